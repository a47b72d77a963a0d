//! Documents of tables to the outputs that the command line names, for every command that has one to show.

use std::path::PathBuf;

use super::outputs::{Output, Written, open};
use super::sink::Sink;
use crate::analysis::{Document, Table};
use crate::cli::args::DocumentFlags;
use crate::cli::collisions::Files;
use crate::cli::console::Console;
use crate::cli::settings::Screen;
use crate::diagnostic::Report;
use crate::output::{Format, tables, xlsx};

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: usize = 20;

/// Outputs of a document, open to be written.
pub(super) struct DocumentOutputs<'a> {
    flags: &'a DocumentFlags,
    screen: Screen,
    outputs: Vec<Output>,
    sinks: Vec<Sink>,
}

impl<'a> DocumentOutputs<'a> {
    /// Opens all outputs before anything is worked out, so that what cannot be created is told at once; one that
    /// would replace one of these files is refused.
    pub(super) fn open(
        flags: &'a DocumentFlags,
        files: &Files,
        screen: Screen,
    ) -> Result<Self, Report> {
        let outputs = flags.outputs.outputs(screen)?;
        files.refuse_collisions(outputs.iter().map(|output| &output.path))?;
        let sinks = open(&outputs)?;
        Ok(Self {
            flags,
            screen,
            outputs,
            sinks,
        })
    }

    /// Where they go.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.outputs.iter().map(|output| &output.path)
    }

    /// Writes the document to all of them, lets them take their places, and says what became of it.
    pub(super) fn write(self, document: Document, console: Console) -> Result<(), Report> {
        let mut written = Written::default();
        self.write_to(&mut written, document)?;
        written.commit()?;
        for line in written.lines() {
            console.say(&line);
        }
        Ok(())
    }

    /// Writes the document to all of them.
    pub(super) fn write_to(self, written: &mut Written, document: Document) -> Result<(), Report> {
        let mut document = match &self.flags.table {
            Some(name) => tables::only(document, name)?,
            None => document,
        };
        if let (Some(top), Some(main)) = (self.flags.top, document.tables.first_mut()) {
            cut(main, usize::try_from(top).unwrap_or(usize::MAX), "");
        }
        for (output, sink) in self.outputs.into_iter().zip(self.sinks) {
            let settings = self.flags.outputs.settings(&sink, self.screen);
            let is_screenful = output.format == Format::Table && sink.is_standard();
            let shown = (is_screenful && self.flags.top.is_none()).then(|| screenful(&document));
            let document = shown.as_ref().unwrap_or(&document);
            if output.format == Format::Xlsx {
                for table in &document.tables {
                    xlsx::refuse_too_large(table.rows.len() as u64, table.columns.len())?;
                }
            }
            written.write(sink, |out| {
                tables::write(output.format, document, settings, out)
            })?;
        }
        Ok(())
    }
}

/// The document with as many rows of each table as a screen shows.
fn screenful(document: &Document) -> Document {
    let mut shown = document.clone();
    for (number, table) in shown.tables.iter_mut().enumerate() {
        let all = table.rows.len();
        let tip = match number {
            0 => format!(" (all: --top {all})"),
            _ => format!(" (all: --table {} --top {all})", table.name),
        };
        cut(table, TABLE_ROWS, &tip);
    }
    shown
}

/// Leaves the first rows of a table, and says so in a note.
fn cut(table: &mut Table, most: usize, tip: &str) {
    let all = table.rows.len();
    if all > most {
        table.rows.truncate(most);
        let note = format!("The first {most} of {all} rows{tip}.");
        table.notes.insert(0, note);
    }
}
