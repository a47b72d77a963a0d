//! Reading an input once more from its beginning.
//!
//! A file is opened again, and must be what it was. A pipe is gone once it is read, so what comes through it is written
//! to a temporary file of no name on the way.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::open::{Opened, open};
use super::steady::State;
use crate::diagnostic::{Diagnostic, Kind, Report};

/// How the bytes of an input can be had once more.
pub struct Again {
    name: String,
    from: From,
}

enum From {
    File { path: PathBuf, state: State },
    Spool(Spool),
}

/// What came through a pipe.
#[derive(Clone)]
struct Spool {
    /// Where it is kept; none where no temporary file can be made.
    file: Arc<Option<File>>,
    /// Why not all of it is there.
    failure: Arc<OnceLock<String>>,
}

impl Spool {
    fn new() -> Self {
        let failure = OnceLock::new();
        let file = match tempfile::tempfile() {
            Ok(file) => Some(file),
            Err(why) => {
                failure.get_or_init(|| why.to_string());
                None
            }
        };
        Self {
            file: Arc::new(file),
            failure: Arc::new(failure),
        }
    }

    /// Keeps some more bytes. That it cannot be done is no failure yet: mostly nobody asks for them again.
    fn keep(&self, bytes: &[u8]) {
        if let (Some(mut file), None) = (self.file.as_ref().as_ref(), self.failure.get())
            && let Err(why) = file.write_all(bytes)
        {
            self.failure.get_or_init(|| why.to_string());
        }
    }
}

impl fmt::Debug for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Again").field(&self.name).finish()
    }
}

impl Opened {
    /// Makes sure that the input can be read again after it was read to its end: what comes through a pipe is kept in a
    /// temporary file on the way.
    pub fn repeatable(&mut self) -> Again {
        let name = self.name.clone();
        if let Some((path, state)) = self.file.clone() {
            let from = From::File { path, state };
            return Again { name, from };
        }
        let spool = Spool::new();
        let source = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        let copy = spool.clone();
        self.reader = Box::new(Tee { source, copy });
        let from = From::Spool(spool);
        Again { name, from }
    }
}

impl Again {
    /// Opens the input again.
    ///
    /// # Errors
    /// As [`open`]; where a file is not what it was, [`Kind::Changed`]; and where a pipe could not be kept.
    pub fn open(&self) -> Result<Opened, Report> {
        match &self.from {
            From::File { path, state } => {
                let opened = open(path)?;
                match &opened.file {
                    Some((_, now)) if now == state => Ok(opened),
                    _ => Err(super::feed::changed(&self.name)),
                }
            }
            From::Spool(spool) => {
                let file = match (spool.file.as_ref(), spool.failure.get()) {
                    (Some(file), None) => file,
                    (_, why) => return Err(self.not_kept(why.map_or("", String::as_str))),
                };
                let rewound = file.try_clone().and_then(|mut file| {
                    file.rewind()?;
                    Ok(file)
                });
                let file = rewound.map_err(|why| super::feed::failed(&self.name, &why))?;
                Ok(Opened::stream(self.name.clone(), file))
            }
        }
    }

    fn not_kept(&self, why: &str) -> Report {
        let name = &self.name;
        let message = format!(
            "{name} has to be read a second time, and no temporary file could keep it: {why}"
        );
        let hint = "say where there is room in TMPDIR, or give a file instead of a pipe";
        Report::new(
            Kind::Io,
            Diagnostic::error("no-temporary-file", message).hint(hint),
        )
    }
}

/// Reads a source and writes what it gives to a copy.
struct Tee {
    source: Box<dyn Read + Send>,
    copy: Spool,
}

impl Read for Tee {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.copy.keep(&buffer[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn drain(mut opened: Opened) -> Vec<u8> {
        let mut bytes = Vec::new();
        opened.reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_pipe_gives_the_same_bytes_again_and_again() {
        let mut piped = Opened::stream("<stdin>".to_owned(), io::Cursor::new(b"id\n1\n"));
        let again = piped.repeatable();
        assert_eq!(drain(piped), b"id\n1\n");
        for _ in 0..2 {
            let opened = again.open().unwrap();
            assert_eq!(opened.name, "<stdin>");
            assert_eq!(drain(opened), b"id\n1\n");
        }
    }

    #[test]
    fn a_file_is_opened_again_unless_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.csv");
        fs::write(&path, "id\n1\n").unwrap();
        let mut opened = open(&path).unwrap();
        let again = opened.repeatable();
        assert_eq!(drain(opened), b"id\n1\n");
        assert_eq!(drain(again.open().unwrap()), b"id\n1\n");
        fs::write(&path, "id\n1\n2\n").unwrap();
        let report = again.open().err().unwrap();
        assert_eq!(report.kind, Kind::Changed);
    }
}
