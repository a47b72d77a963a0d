//! Ranked leads to bytes, in one format each.
//!
//! The station after `rank`: it shows what is in a [`Lead`] and works nothing out anew. Which columns there are, and
//! in what order, is said once in [`columns`]; each format is one [`Exporter`] in a file of its own that writes to
//! whatever it is handed; and [`target`] owns the files, which are replaced whole or not at all.
//!
//! [`xlsx`] alone is no text: a workbook that spreadsheets open with types, filters and colours. [`html`] is a page with
//! charts and a list to sort and filter, whole in one file.
//!
//! Two things make names from the wild safe to show: [`spreadsheet`] keeps a cell from being run as a formula, and
//! [`readable()`] keeps control, escape and bidirectional characters away from people's eyes.

pub mod color;
pub mod columns;
mod commit;
pub mod csv;
mod delimited;
pub mod explanation;
pub mod figures;
mod format;
mod glance;
mod grid;
pub mod html;
pub mod json;
mod list;
pub mod markdown;
pub mod ndjson;
mod next_step;
pub mod plain;
mod reasons;
mod room;
mod rows;
mod slug;
pub mod table;
pub mod tables;
pub mod target;
pub mod verdicts;
mod workbook;
pub mod xlsx;

#[cfg(test)]
mod sample;

use std::io::{self, Write};

pub use crate::value::spreadsheet::{self, CsvEscape};
pub use columns::{Available, Columns, Context};
pub use format::Format;
pub use list::{Leads, write_list};
pub use rows::{ByRow, Rows};
pub use slug::slug;
pub use target::Target;

pub use crate::value::readable;

use crate::rank::{Lead, Parts};

/// One format. Pure: it sees columns, leads and a place to write, no file and no terminal.
///
/// A failed write comes back as the error it was, so that a caller can tell a reader that went away
/// ([`io::ErrorKind::BrokenPipe`]) from a full disk. The writer should be buffered.
pub trait Exporter {
    /// Writes what stands before the first lead.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// Takes the next lead, in rank order.
    fn lead(&mut self, lead: &Lead<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands after the last lead, and tells what the run's summary should mention.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary>;

    /// The parts of a lead that it reads; all if it does not say.
    fn parts(&self) -> Parts {
        Parts::ALL
    }

    /// What writes leads beside this exporter, where each is a text of its own; None for a format in which leads have
    /// to come one after the other.
    fn rows(&self) -> Option<Box<dyn Rows + '_>> {
        None
    }

    /// Counts what was written so.
    fn wrote(&mut self, _rows: Summary) {}
}

/// What an exporter did that people should hear of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Leads written.
    pub leads: u64,
    /// Text cells (headers too) that are written otherwise, so that no spreadsheet runs or obeys them.
    pub cells_escaped: u64,
    /// Cells of a workbook that were cut, because Excel takes no longer ones.
    pub cells_cut: u64,
}

/// How to write, as far as a format leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Whether CSV and TSV are made safe to open in a spreadsheet.
    pub csv_escape: CsvEscape,
    /// Whether CSV and TSV begin with a byte order mark and end their lines in CR LF, as Excel likes them.
    pub excel: bool,
    /// Widest line of a table, in terminal cells; taken for two where it is less.
    pub width: usize,
    /// Whether a table may use colour.
    pub color: bool,
    /// Whether CSV and TSV are shown on a terminal, where a cell may not act on it.
    pub terminal: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            csv_escape: CsvEscape::default(),
            excel: false,
            width: 80,
            color: false,
            terminal: false,
        }
    }
}

/// The exporter of a format.
pub fn exporter<'run>(
    format: Format,
    columns: &'run Columns<'run>,
    settings: Settings,
) -> Box<dyn Exporter + 'run> {
    match format {
        Format::Table => Box::new(table::Table::new(columns, settings)),
        Format::Csv => Box::new(ByRow::new(csv::Csv::commas(columns, settings))),
        Format::Tsv => Box::new(ByRow::new(csv::Csv::tabs(columns, settings))),
        Format::Json => Box::new(ByRow::new(json::Json::new(columns))),
        Format::Ndjson => Box::new(ByRow::new(ndjson::Ndjson::new(columns))),
        Format::Markdown => Box::new(ByRow::new(markdown::Markdown::new(columns))),
        Format::Html => Box::new(html::Html::new(columns, Vec::new())),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(columns)),
    }
}

/// Writes a whole list in one format.
///
/// ```
/// use hotlist::output::{Available, Columns, Context, Format, Settings, write};
/// use hotlist::value::Zone;
///
/// let zone = Zone::utc();
/// let context = Context { as_of: "2026-11-01T23:59:59Z".into(), model: "Demo 1".into(), zone: &zone, temperature_tags: Vec::new() };
/// let columns = Columns::of_run(&Available::default(), context);
/// let mut out = Vec::new();
/// write(Format::Json, &columns, Settings::default(), [], &mut out)?;
/// assert_eq!(out, b"[]\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write<'lead>(
    format: Format,
    columns: &Columns<'_>,
    settings: Settings,
    leads: impl IntoIterator<Item = &'lead Lead<'lead>>,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    let mut exporter = exporter(format, columns, settings);
    exporter.begin(out)?;
    for lead in leads {
        exporter.lead(lead, out)?;
    }
    exporter.finish(out)
}
