//! A document as Markdown for people: a heading and a table for each question, and the notes.

use std::io::{self, Write};

use super::{made_from, rows};
use crate::analysis::{Document, Unit};
use crate::output::Summary;
use crate::output::figures::Shown;
use crate::output::markdown::{escape, write_row};
use crate::value::readable;

pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<Summary> {
    let mut parts: Vec<String> = Vec::new();
    if !document.title.is_empty() {
        parts.push(format!("# {}", text(&document.title)));
    }
    for table in &document.tables {
        if !table.title.is_empty() {
            parts.push(format!("## {}", text(&table.title)));
        }
        if !table.question.is_empty() {
            parts.push(text(&table.question));
        }
        let shown = Shown::of(table);
        let mut grid = Vec::new();
        let headings = shown.columns.iter().map(|column| text(&column.heading));
        write_row(headings, &mut grid)?;
        let rules = shown.columns.iter().map(|column| match column.unit {
            Unit::Text | Unit::Time => "---".to_owned(),
            _ => "---:".to_owned(),
        });
        write_row(rules, &mut grid)?;
        for row in &shown.rows {
            write_row(row.iter().map(|cell| text(cell.trim())), &mut grid)?;
        }
        parts.push(String::from_utf8_lossy(&grid).trim_end().to_owned());
        parts.extend(list(&table.notes));
    }
    parts.extend(list(&document.notes));
    parts.push(escape(&made_from(document)));
    parts.retain(|part| !part.is_empty());
    if !parts.is_empty() {
        writeln!(out, "{}", parts.join("\n\n"))?;
    }
    Ok(Summary {
        leads: rows(document),
        ..Summary::default()
    })
}

/// Text on one line that stands for itself.
fn text(text: &str) -> String {
    escape(&readable(text))
}

/// Sentences as a list, if there are any.
fn list(notes: &[String]) -> Option<String> {
    let items: Vec<String> = notes
        .iter()
        .map(|note| format!("- {}", text(note)))
        .collect();
    (!items.is_empty()).then(|| items.join("\n"))
}
