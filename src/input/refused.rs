//! A refusal on its way through a reader, which can fail with an [`io::Error`] only.

use std::fmt;
use std::io;

use crate::diagnostic::Diagnostic;

/// The cause of an [`io::Error`] where what was read is at fault and not the reading.
#[derive(Debug)]
pub(super) struct Refused(pub Diagnostic);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        Self::other(refused)
    }
}
