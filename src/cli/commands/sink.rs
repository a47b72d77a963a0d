//! Where a list goes: standard output or a file, opened before the exports are read.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::Path;

use crate::cli::interrupt::Interrupts;
use crate::cli::settings::STANDARD;
use crate::diagnostic::Report;
use crate::output::{Target, target};

/// Where a list goes.
pub(super) enum Sink {
    Standard(BufWriter<Stdout>),
    File(Target),
}

impl Sink {
    /// Opens an output; a file leaves nothing behind should the run be interrupted.
    pub fn open(path: &Path) -> Result<Self, Report> {
        if path.as_os_str() == STANDARD {
            return Ok(Self::standard());
        }
        Ok(Self::File(Interrupts::listen().open(path)?))
    }

    fn standard() -> Self {
        Self::Standard(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Whether it is standard output.
    pub fn is_standard(&self) -> bool {
        matches!(self, Self::Standard(_))
    }

    /// Whether a person is looking.
    pub fn is_terminal(&self) -> bool {
        match self {
            Self::Standard(out) => out.get_ref().is_terminal(),
            Self::File(target) => target.is_terminal(),
        }
    }

    /// The file, if it is one.
    pub fn into_file(self) -> Option<Target> {
        match self {
            Self::Standard(_) => None,
            Self::File(target) => Some(target),
        }
    }

    /// The refusal for a write that failed.
    pub fn failed(&self, why: &io::Error) -> Report {
        match self {
            Self::Standard(_) => target::write_failed("standard output", why),
            Self::File(target) => target.failed(why),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File(target) => target.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(target) => target.flush(),
        }
    }
}
