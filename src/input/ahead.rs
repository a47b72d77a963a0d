//! Reads ahead on a thread of its own, for inputs that take work before they are text: while rows are read from what
//! has been unpacked, more is unpacked.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Builder;

use super::refused::Refused;
use super::steady::Changed;

/// Bytes that are handed over at a time.
const CHUNK: usize = 256 * 1024;

/// How many chunks wait at the most: enough for a block of rows while another is read.
const WAITING: usize = 32;

/// The bytes of a reader that is read ahead of whoever reads these.
pub(super) struct Ahead {
    source: Source,
    chunk: Vec<u8>,
    /// How much of the chunk has been given.
    given: usize,
    /// What went wrong, which goes wrong again whenever more is asked for.
    failed: Option<io::Error>,
}

enum Source {
    /// What another thread reads: a chunk, one without bytes at the end, or what went wrong, behind which nothing comes.
    Thread(Receiver<io::Result<Vec<u8>>>),
    /// The reader itself, where the system gives no thread.
    Here(Box<dyn Read + Send>),
    /// Nothing more comes.
    Ended,
}

impl Ahead {
    /// Begins to read ahead. The thread ends with the reader, or when nobody is left to take what it reads.
    pub fn new(reader: Box<dyn Read + Send>) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        // The reader goes to its thread by a channel of its own, so that it is still here if there is no thread.
        let (handover, taking) = sync_channel(1);
        let spawned = Builder::new().spawn(move || {
            if let Ok(reader) = taking.recv() {
                read_all(reader, &sender);
            }
        });
        let source = match spawned {
            Ok(_) => match handover.send(reader) {
                Ok(()) => Source::Thread(receiver),
                Err(unsent) => Source::Here(unsent.0),
            },
            Err(_) => Source::Here(reader),
        };
        Self {
            source,
            chunk: Vec::new(),
            given: 0,
            failed: None,
        }
    }
}

/// Sends all that a reader gives.
fn read_all(mut reader: Box<dyn Read + Send>, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = reader.by_ref().take(CHUNK as u64).read_to_end(&mut chunk);
        let is_last = chunk.is_empty() || read.is_err();
        // What came before something went wrong comes first.
        let says_something = !chunk.is_empty() || read.is_ok();
        if says_something && sender.send(Ok(chunk)).is_err() {
            return;
        }
        if let Err(error) = read {
            drop(sender.send(Err(error)));
        }
        if is_last {
            return;
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = &self.failed {
            return Err(same(error));
        }
        if self.given == self.chunk.len() && !buffer.is_empty() {
            let received = match &mut self.source {
                Source::Thread(receiver) => receiver.recv(),
                Source::Here(reader) => return reader.read(buffer),
                Source::Ended => return Ok(0),
            };
            self.given = 0;
            match received {
                Ok(Ok(chunk)) => {
                    if chunk.is_empty() {
                        self.source = Source::Ended;
                    }
                    self.chunk = chunk;
                }
                Ok(Err(error)) => return Err(same(self.failed.insert(error))),
                // It panicked.
                Err(_) => return Err(io::Error::other("reading ahead ended early")),
            }
        }
        let length = buffer.len().min(self.chunk.len() - self.given);
        buffer[..length].copy_from_slice(&self.chunk[self.given..][..length]);
        self.given += length;
        Ok(length)
    }
}

/// The same error once more.
fn same(error: &io::Error) -> io::Error {
    let cause = error.get_ref();
    if let Some(Refused(diagnostic)) = cause.and_then(|cause| cause.downcast_ref()) {
        return Refused(diagnostic.clone()).into();
    }
    if cause
        .and_then(|cause| cause.downcast_ref::<Changed>())
        .is_some()
    {
        return io::Error::other(Changed);
    }
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::mpsc::channel;

    use super::*;

    /// Gives bytes, and then fails.
    struct Failing(Cursor<Vec<u8>>);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other(Changed)),
                length => Ok(length),
            }
        }
    }

    #[test]
    fn all_bytes_come_in_order() {
        let bytes: Vec<u8> = (0..3 * CHUNK + 7)
            .map(|at| at.to_le_bytes()[at % 3])
            .collect();
        let mut read = Vec::new();
        let mut ahead = Ahead::new(Box::new(Cursor::new(bytes.clone())));
        ahead.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert_eq!(ahead.read(&mut [0; 4]).unwrap(), 0);
    }

    #[test]
    fn what_comes_before_a_failure_comes_first_and_the_failure_stays() {
        let bytes = vec![b'x'; CHUNK + 5];
        let mut ahead = Ahead::new(Box::new(Failing(Cursor::new(bytes.clone()))));
        let mut read = vec![0; bytes.len()];
        ahead.read_exact(&mut read).unwrap();
        assert!(read == bytes);
        for _ in 0..2 {
            let error = ahead.read(&mut [0; 4]).unwrap_err();
            assert!(error.get_ref().unwrap().is::<Changed>());
        }
    }

    #[test]
    fn nobody_reads_on_when_nobody_takes_what_is_read() {
        /// Says when it is dropped.
        struct Endless(
            #[expect(dead_code, reason = "its end is what counts")] std::sync::mpsc::Sender<()>,
        );
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                buffer.fill(b'x');
                Ok(buffer.len())
            }
        }
        let (alive, ended) = channel();
        let mut ahead = Ahead::new(Box::new(Endless(alive)));
        assert_eq!(ahead.read(&mut [0; 4]).unwrap(), 4);
        drop(ahead);
        // The other end is gone only with the reader.
        assert!(ended.recv().is_err());
    }
}
