//! A document as JSON: one object with all tables, or the main table with an object on each line.
//!
//! Numbers are exact, what is blank is `null`, and a row stands on a line of its own.

use std::io::{self, Write};

use super::{main_table, rows};
use crate::analysis::{Cell, Document, Table};
use crate::output::Summary;
use crate::output::json::string;

/// `{"report":"channels",…,"tables":{"channels":[…]},"notes":[…]}`.
pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<Summary> {
    let mut text = Vec::new();
    for (key, value) in [
        ("{\"report\"", &*document.name),
        (",\n\"title\"", &document.title),
        (",\n\"as_of\"", &document.as_of),
        (",\n\"model\"", &document.model),
    ] {
        text.extend_from_slice(key.as_bytes());
        text.push(b':');
        string(value, &mut text);
    }
    text.extend_from_slice(b",\n\"tables\":{");
    for (number, table) in document.tables.iter().enumerate() {
        text.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        string(&table.name, &mut text);
        text.extend_from_slice(b":[");
        for (number, row) in table.rows.iter().enumerate() {
            text.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
            object(table, row, &mut text)?;
            out.write_all(&text)?;
            text.clear();
        }
        text.extend_from_slice(if table.rows.is_empty() { b"]" } else { b"\n]" });
    }
    text.extend_from_slice(b"\n},\n\"notes\":[");
    let of_tables = document.tables.iter().flat_map(|table| &table.notes);
    for (number, note) in document.notes.iter().chain(of_tables).enumerate() {
        text.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        string(note, &mut text);
    }
    text.extend_from_slice(b"]}\n");
    out.write_all(&text)?;
    Ok(Summary {
        leads: rows(document),
        ..Summary::default()
    })
}

/// The main table, an object on each line.
pub(super) fn write_lines(document: &Document, out: &mut dyn Write) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let Some(table) = main_table(document) else {
        return Ok(summary);
    };
    let mut line = Vec::new();
    for row in &table.rows {
        line.clear();
        object(table, row, &mut line)?;
        line.push(b'\n');
        out.write_all(&line)?;
        summary.leads += 1;
    }
    Ok(summary)
}

/// Appends a row as one object without line breaks.
fn object(table: &Table, row: &[Cell], text: &mut Vec<u8>) -> io::Result<()> {
    text.push(b'{');
    for (number, (column, cell)) in table.columns.iter().zip(row).enumerate() {
        if number > 0 {
            text.push(b',');
        }
        string(&column.name, text);
        text.push(b':');
        match cell {
            Cell::Blank => text.extend_from_slice(b"null"),
            Cell::Text(content) => string(content, text),
            Cell::Count(count) => write!(text, "{count}")?,
            Cell::Number(number) => write!(text, "{number}")?,
        }
    }
    text.push(b'}');
    Ok(())
}
