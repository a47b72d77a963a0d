//! `--rejects`: the file of rows that cannot be read, which is written whether the run is refused or not.

use std::io;
use std::path::Path;
use std::sync::Arc;

use anyhow::Error;

use super::interrupt::Interrupts;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Rejects, WriteError};
use crate::output::Target;

/// The file of rows that cannot be read.
pub(super) struct RejectsFile {
    target: Target,
    collected: Arc<Rejects>,
    /// The names of the files that are read, by number.
    names: Vec<String>,
}

impl RejectsFile {
    /// Opens it before the files of these names are read, so that a folder that is missing is known at once.
    pub(super) fn open(path: &Path, names: Vec<String>) -> Result<Self, Report> {
        Ok(Self {
            target: Interrupts::listen().open_private(path)?,
            collected: Arc::new(Rejects::new().map_err(|why| no_temporary_file(&why))?),
            names,
        })
    }

    /// What collects the rows for it.
    pub(super) fn collected(&self) -> Arc<Rejects> {
        Arc::clone(&self.collected)
    }

    /// Puts it in its place, unless the reading broke off and rows are missing.
    pub(super) fn place(mut self) -> Result<(), Report> {
        if !self.collected.are_complete() {
            return Ok(());
        }
        let written = self.collected.write(&self.names, &mut self.target);
        written.map_err(|error| match error {
            WriteError::Spool(why) => no_temporary_file(&why),
            WriteError::Output(why) => self.target.failed(&why),
        })?;
        Interrupts::listen().commit(self.target.seal()?)
    }
}

/// Puts the file in its place although the run ends with `refusal`, and gives that: with what keeps the file from its
/// place, if anything does.
pub(super) fn place_beside(file: Option<RejectsFile>, refusal: Error) -> Error {
    let Err(failure) = file.map_or(Ok(()), RejectsFile::place) else {
        return refusal;
    };
    match refusal.downcast::<Report>() {
        Ok(report) => report.with(failure).into(),
        Err(refusal) => refusal,
    }
}

/// The refusal where rows cannot wait for being written.
fn no_temporary_file(why: &io::Error) -> Report {
    let message = format!("rows that cannot be read cannot be kept in a temporary file: {why}");
    Report::new(
        Kind::Io,
        Diagnostic::error("no-temporary-file", message)
            .hint("say where there is room in TMPDIR, or leave out --rejects"),
    )
}
