//! A document as an Excel workbook: a sheet for each table, and one of the notes.

use std::io::{self, Write};

use rust_xlsxwriter::Format;

use super::rows;
use crate::analysis::{Cell, Document, Unit};
use crate::output::Summary;
use crate::output::workbook::{Book, Value};

pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<Summary> {
    let mut book = Book::new()?;
    for table in &document.tables {
        let title = match table.title.as_str() {
            "" => &table.name,
            title => title,
        };
        book.begin_sheet(title, table.columns.iter().map(|column| &*column.name))?;
        let looks: Vec<Option<Format>> = table.columns.iter().map(|c| look(c.unit)).collect();
        for row in &table.rows {
            for (number, (column, cell)) in table.columns.iter().zip(row).enumerate() {
                let look = looks[number].as_ref();
                let text;
                let value = match cell {
                    Cell::Blank => Value::Blank,
                    Cell::Text(text) if column.unit == Unit::Time => Value::Time(text),
                    Cell::Text(text) => Value::Text(text),
                    Cell::Count(count) => {
                        text = count.to_string();
                        Value::Number(&text)
                    }
                    Cell::Number(number) => {
                        text = number.to_string();
                        Value::Number(&text)
                    }
                };
                book.cell(number, value, look)?;
            }
            book.end_row();
        }
        book.end_sheet()?;
    }
    notes(document, &mut book)?;
    book.save(out)?;
    Ok(Summary {
        leads: rows(document),
        cells_escaped: 0,
        cells_cut: book.cells_cut,
    })
}

/// The last sheet: what a reader should know, and what of.
fn notes(document: &Document, book: &mut Book) -> io::Result<()> {
    book.begin_sheet("Notes", ["about", "note"].into_iter())?;
    let title = document.title.as_str();
    let first = [
        ("title", title),
        ("as_of", &document.as_of),
        ("model", &document.model),
    ];
    let of_all = document.notes.iter().map(|note| (title, note.as_str()));
    let of_tables = document.tables.iter().flat_map(|table| {
        let notes = table.notes.iter().map(String::as_str);
        let question = [table.question.as_str()].into_iter();
        question
            .chain(notes)
            .map(|note| (table.title.as_str(), note))
    });
    let lines = first.into_iter().chain(of_all).chain(of_tables);
    for (about, note) in lines.filter(|(_, note)| !note.is_empty()) {
        book.cell(0, Value::Text(about), None)?;
        book.cell(1, Value::Text(note), None)?;
        book.end_row();
    }
    book.end_sheet()
}

/// How figures of a unit are shown; as they are where nothing is said.
fn look(unit: Unit) -> Option<Format> {
    let format = match unit {
        Unit::Share => "0.0%",
        Unit::Money => "#,##0.00",
        Unit::Count => "#,##0",
        _ => return None,
    };
    Some(Format::new().set_num_format(format))
}
