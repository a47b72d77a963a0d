//! Where lists and documents go: the outputs that the command line names, in which format, and how they are written.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::sink::Sink;
use crate::cli::args::{Escape, OutputFlags};
use crate::cli::collisions::refuse_two_standard_outputs;
use crate::cli::interrupt::Interrupts;
use crate::cli::settings::{STANDARD, Screen};
use crate::cli::summary::{self, Changed};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::output::target::Sealed;
use crate::output::{CsvEscape, Format, Settings, Summary};

/// One output as it is asked for.
#[derive(Clone)]
pub(super) struct Output {
    pub path: PathBuf,
    pub format: Format,
}

impl OutputFlags {
    /// The outputs that are asked for: standard output if none is named.
    pub(super) fn outputs(&self, screen: Screen) -> Result<Vec<Output>, Report> {
        let standard = [PathBuf::from(STANDARD)];
        let paths: &[PathBuf] = match self.output.as_slice() {
            [] => &standard,
            named => named,
        };
        refuse_two_standard_outputs(paths)?;
        let told = self.format.as_deref().map(Format::from_name).transpose()?;
        let outputs = paths.iter().map(|path| {
            Ok(Output {
                path: path.clone(),
                format: told.map_or_else(|| format_of(path, screen), Ok)?,
            })
        });
        let outputs: Vec<Output> = outputs.collect::<Result<_, Report>>()?;
        if self.excel && !outputs.iter().any(|output| output.format.is_delimited()) {
            return Err(excel_without_csv());
        }
        Ok(outputs)
    }

    /// How to write to a sink.
    pub(super) fn settings(&self, sink: &Sink, screen: Screen) -> Settings {
        Settings {
            csv_escape: match self.csv_escape {
                Escape::Formulas => CsvEscape::Formulas,
                Escape::None => CsvEscape::None,
            },
            excel: self.excel,
            width: screen.width,
            color: screen.color && sink.is_standard(),
            terminal: sink.is_terminal(),
        }
    }
}

/// Opens all outputs.
pub(super) fn open(outputs: &[Output]) -> Result<Vec<Sink>, Report> {
    let sinks = outputs.iter().map(|output| {
        let sink = Sink::open(&output.path)?;
        if sink.is_terminal() && !output.format.is_text() {
            return Err(no_text(output.format));
        }
        Ok(sink)
    });
    sinks.collect()
}

/// What was written.
#[derive(Default)]
pub(super) struct Written {
    /// The files, which are yet to take their places.
    sealed: Vec<Sealed>,
    /// Their names as they were given.
    names: Vec<PathBuf>,
    changed: Changed,
}

impl Written {
    /// Writes one output to its end, and tells whether somebody took it.
    pub(super) fn write(
        &mut self,
        mut sink: Sink,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<Summary>,
    ) -> Result<bool, Report> {
        let wrote = write(&mut sink).and_then(|wrote| sink.flush().map(|()| wrote));
        match wrote {
            Ok(wrote) => self.changed.add(&wrote),
            // The reader went away: it has what it wanted, and so may the readers of the other outputs.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(false),
            Err(error) => return Err(sink.failed(&error)),
        }
        if let Some(file) = sink.into_file() {
            self.names.push(file.path().to_owned());
            self.sealed.extend(file.seal()?);
        }
        Ok(true)
    }

    /// Has the files take their places, all or none.
    pub(super) fn commit(&mut self) -> Result<(), Report> {
        if self.sealed.is_empty() {
            return Ok(());
        }
        Interrupts::listen().commit(std::mem::take(&mut self.sealed))
    }

    /// What is to be said of it.
    pub(super) fn lines(&self) -> Vec<String> {
        summary::written(self.changed, &self.names)
    }
}

/// The format that a path's ending names. On standard output it is a table for people and CSV for programs; a device
/// or a pipe without an ending takes CSV too.
fn format_of(path: &Path, screen: Screen) -> Result<Format, Report> {
    if path.as_os_str() == STANDARD {
        return Ok(if screen.terminal {
            Format::Table
        } else {
            Format::Csv
        });
    }
    let is_stream = || fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if path.extension().is_none() && is_stream() {
        return Ok(Format::Csv);
    }
    Format::from_path(path)
}

fn excel_without_csv() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error(
            "excel-without-csv",
            "--excel is for CSV and TSV, and no output is either",
        )
        .hint("write CSV, such as -o ranked.csv, or a workbook without --excel: -o ranked.xlsx"),
    )
}

fn no_text(format: Format) -> Report {
    let name = format.name();
    Report::new(
        Kind::Usage,
        Diagnostic::error(
            "not-for-a-terminal",
            format!("a terminal cannot show {name}"),
        )
        .hint(format!("write it to a file: -o ranked.{name}")),
    )
}
