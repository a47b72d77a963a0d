//! Where a list goes: standard output or a file, opened before the exports are read.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use crate::cli::interrupt::Interrupts;
use crate::cli::settings::STANDARD;
use crate::diagnostic::Report;
use crate::output::{Target, target};

/// Where a list goes.
pub(super) enum Sink {
    Standard(BufWriter<StdoutLock<'static>>),
    File(Target),
}

impl Sink {
    /// Opens all outputs; the files among them leave nothing behind should the run be interrupted.
    pub fn open_all(
        outputs: &[PathBuf],
        interrupts: Option<&Interrupts>,
    ) -> Result<Vec<Self>, Report> {
        let is_file = |path: &&Path| path.as_os_str() != STANDARD;
        let files: Vec<&Path> = outputs
            .iter()
            .map(PathBuf::as_path)
            .filter(is_file)
            .collect();
        let targets = Target::open_all(files)?;
        for temporary in targets.iter().filter_map(Target::temporary) {
            if let Some(interrupts) = interrupts {
                interrupts.remove(temporary);
            }
        }
        let mut targets = targets.into_iter();
        let sinks = outputs.iter().map(|path| {
            let target = is_file(&path.as_path()).then(|| targets.next()).flatten();
            target.map_or_else(Self::standard, Self::File)
        });
        Ok(sinks.collect())
    }

    /// Opens one file, likewise.
    pub fn open(path: &Path, interrupts: Option<&Interrupts>) -> Result<Self, Report> {
        let target = Target::open(path)?;
        if let (Some(temporary), Some(interrupts)) = (target.temporary(), interrupts) {
            interrupts.remove(temporary);
        }
        Ok(Self::File(target))
    }

    fn standard() -> Self {
        Self::Standard(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
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

    /// The file that will be replaced, if it is one.
    pub fn place(&self) -> Option<&Path> {
        match self {
            Self::Standard(_) => None,
            Self::File(target) => target.place(),
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
