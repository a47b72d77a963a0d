//! The bytes of one input, read ahead as far as asked for.

use std::io::{self, Read};

use super::refused::Refused;
use super::steady::Changed;
use crate::diagnostic::{Diagnostic, Kind, Report};

/// How many taken stretches of memory are kept for use again, which few threads give back at once.
const MOST_SPARE: usize = 8;

/// Larger ones held a very long record, and are not kept.
const LARGEST_SPARE: usize = 4 << 20;

/// A reader and what has been read from it but not yet taken.
pub(super) struct Feed {
    name: String,
    reader: Box<dyn Read + Send>,
    /// What stands ready, and behind it memory that was used before, so that it need not be cleared.
    buffer: Vec<u8>,
    /// How many bytes stand ready.
    filled: usize,
    ended: bool,
    /// Memory of what was taken and is done with: the system need not find and clear it anew.
    spare: Vec<Vec<u8>>,
}

impl Feed {
    /// A feed of `reader`, called `name` in messages.
    pub fn new(name: String, reader: Box<dyn Read + Send>) -> Self {
        Self {
            name,
            reader,
            buffer: Vec::new(),
            filled: 0,
            ended: false,
            spare: Vec::new(),
        }
    }

    /// Reads until `wanted` bytes stand ready or the input ends.
    pub fn fill(&mut self, wanted: usize) -> Result<(), Report> {
        if self.buffer.len() < wanted && !self.ended {
            self.buffer.resize(wanted, 0);
        }
        while self.filled < wanted && !self.ended {
            match self.reader.read(&mut self.buffer[self.filled..wanted]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(&self.name, &error)),
            }
        }
        Ok(())
    }

    /// What stands ready.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// Whether nothing comes after [`Feed::bytes`].
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Takes the first `length` bytes out; `room` is how many more will soon be asked for.
    pub fn take(&mut self, length: usize, room: usize) -> Vec<u8> {
        let rest = &self.buffer[length..self.filled];
        let mut next = self.spare.pop().unwrap_or_default();
        if next.len() < rest.len() {
            next.clear();
            next.reserve(rest.len().max(if self.ended { 0 } else { room }));
            next.extend_from_slice(rest);
        } else {
            next[..rest.len()].copy_from_slice(rest);
        }
        self.filled = rest.len();
        self.buffer.truncate(length);
        std::mem::replace(&mut self.buffer, next)
    }

    /// Takes memory back that [`Feed::take`] gave.
    pub fn give_back(&mut self, memory: Vec<u8>) {
        if self.spare.len() < MOST_SPARE && memory.capacity() <= LARGEST_SPARE {
            self.spare.push(memory);
        }
    }

    /// Passes over the first `length` bytes.
    pub fn skip(&mut self, length: usize) {
        self.buffer.drain(..length);
        self.filled -= length;
    }
}

/// The refusal of an input that is not what it was when it was opened.
pub(super) fn changed(name: &str) -> Report {
    let message = format!("{name} changed while it was read");
    Report::new(
        Kind::Changed,
        Diagnostic::error("input-changed", message).hint("try again when it is complete"),
    )
}

/// The refusal of an input of which reading failed.
pub(super) fn failed(name: &str, error: &io::Error) -> Report {
    let cause = error.get_ref();
    if let Some(Refused(diagnostic)) = cause.and_then(|cause| cause.downcast_ref()) {
        return Report::new(Kind::Data, diagnostic.clone());
    }
    if cause
        .and_then(|cause| cause.downcast_ref::<Changed>())
        .is_some()
    {
        return changed(name);
    }
    let message = format!("reading {name} failed: {error}");
    Report::new(Kind::Io, Diagnostic::error("read-failed", message))
}
