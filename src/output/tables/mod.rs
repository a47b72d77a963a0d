//! Tables of figures to bytes, in one format each.
//!
//! What is written is a [`Document`]: formats for people have all of its tables under their headings, with the notes,
//! and figures as [`figures`](super::figures) reads them; formats for programs have the cells as they are, under the
//! columns' names. CSV, TSV and NDJSON hold one table: the first, which is the main one. Whoever wants another asks
//! [`only`] for it before.
//!
//! A page for a browser, with charts, is put together by [`html`].

mod delimited;
mod json;
mod markdown;
mod terminal;
mod workbook;

use std::io::{self, Write};

use super::{Format, Settings, Summary, html};
use crate::analysis::{Document, Table};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::value::readable;

/// Writes a document in a format. The summary counts rows as leads.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use hotlist::analysis::{Column, Document, Table, Unit};
/// use hotlist::output::{Format, Settings, tables};
///
/// let table = Table {
///     name: "sources".into(),
///     columns: vec![Column::new("source", "Source", Unit::Text), Column::new("leads", "Leads", Unit::Count)],
///     rows: vec![vec!["web".into(), 3_u64.into()]],
///     ..Table::default()
/// };
/// let document = Document { tables: vec![table], ..Document::default() };
/// let mut out = Vec::new();
/// tables::write(Format::Csv, &document, Settings::default(), &mut out)?;
/// assert_eq!(out, b"source,leads\nweb,3\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(
    format: Format,
    document: &Document,
    settings: Settings,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    match format {
        Format::Table => terminal::write(document, settings, out),
        Format::Csv => delimited::write(document, b',', settings, out),
        Format::Tsv => delimited::write(document, b'\t', settings, out),
        Format::Json => json::write(document, out),
        Format::Ndjson => json::write_lines(document, out),
        Format::Markdown => markdown::write(document, out),
        Format::Html => {
            html::documents_page(std::slice::from_ref(document), out)?;
            Ok(Summary {
                leads: rows(document),
                ..Summary::default()
            })
        }
        Format::Xlsx => workbook::write(document, out),
    }
}

/// The document with no other table than the one of that name.
///
/// # Errors
/// [`Kind::Usage`] where there is none, with the nearest name or all of them.
pub fn only(mut document: Document, name: &str) -> Result<Document, Report> {
    if document.tables.iter().any(|table| table.name == name) {
        document.tables.retain(|table| table.name == name);
        return Ok(document);
    }
    let names: Vec<&str> = document.tables.iter().map(|table| &*table.name).collect();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    let message = format!("there is no table `{name}` in {}", document.name);
    let diagnostic = Diagnostic::error("unknown-table", message).hint(hint);
    Err(Report::new(Kind::Usage, diagnostic))
}

/// The table that formats of one table write.
fn main_table(document: &Document) -> Option<&Table> {
    document.tables.first()
}

/// The line that says what the figures were worked out from.
fn made_from(document: &Document) -> String {
    let text = match (document.as_of.as_str(), document.model.as_str()) {
        ("", "") => return String::new(),
        (as_of, "") => format!("As of {as_of}"),
        ("", model) => format!("Model {model}"),
        (as_of, model) => format!("As of {as_of}, model {model}"),
    };
    readable(&text).into_owned()
}

/// Rows of all tables.
fn rows(document: &Document) -> u64 {
    let rows = document.tables.iter().map(|table| table.rows.len() as u64);
    rows.sum()
}

#[cfg(test)]
mod tests;
