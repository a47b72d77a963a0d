//! Damage after which the rest of an input cannot be trusted, and how it is said.

use super::block::count;
use crate::diagnostic::{Diagnostic, Kind, Report};

/// Makes a message of a line number and the input's name.
type Message = Box<dyn Fn(u64, &str) -> String>;

/// What is damaged, by an offset into the bytes at hand.
pub(super) struct Damage {
    pub code: &'static str,
    /// Where it is: only the line is said.
    pub at: usize,
    pub message: Message,
    pub hint: &'static str,
}

impl Damage {
    /// The refusal of the input `name`, whose `bytes` at hand begin on `line`.
    pub fn report(&self, bytes: &[u8], line: u64, line_end: u8, name: &str) -> Report {
        let line = line + count(line_end, &bytes[..self.at]);
        let message = (self.message)(line, name);
        Report::new(
            Kind::Data,
            Diagnostic::error(self.code, message).hint(self.hint),
        )
    }
}
