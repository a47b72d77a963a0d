//! The main table as CSV or TSV: every column under its name, every cell as it is.

use std::io::{self, Write};

use super::main_table;
use crate::analysis::{Cell, Document};
use crate::output::delimited::{Lines, begin};
use crate::output::{Settings, Summary};

pub(super) fn write(
    document: &Document,
    separator: u8,
    settings: Settings,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let Some(table) = main_table(document) else {
        return Ok(summary);
    };
    begin(settings, out)?;
    let mut lines = Lines::new(separator, settings);
    for column in &table.columns {
        lines.text(&column.name);
    }
    lines.end_line(out)?;
    for row in &table.rows {
        for cell in row {
            match cell {
                Cell::Blank => lines.cell(""),
                Cell::Text(text) => lines.text(text),
                Cell::Count(count) => lines.cell(&count.to_string()),
                Cell::Number(number) => lines.cell(&number.to_string()),
            }
        }
        lines.end_line(out)?;
        summary.leads += 1;
    }
    summary.cells_escaped = lines.cells_escaped;
    Ok(summary)
}
