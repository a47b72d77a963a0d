//! CSV of any columns, written so that it reads as the same cells again.
//!
//! A cell is quoted where a reader could take a part of it for something else: a delimiter of any kind, a quote, a line
//! break. The header's cells are quoted also where they begin with neither letter nor digit, so that the file is never
//! taken for JSON, a page or a `sep=` line.

use std::io::{self, Write};

use super::Settings;
use super::delimited::Lines;
use crate::value::spreadsheet::CsvEscape;

/// Writes CSV in UTF-8 with commas and LF.
#[derive(Debug)]
pub struct PlainCsv {
    lines: Lines,
}

impl PlainCsv {
    /// A writer that makes cells safe for spreadsheets, or not.
    pub fn new(csv_escape: CsvEscape) -> Self {
        let settings = Settings {
            csv_escape,
            ..Settings::default()
        };
        Self {
            lines: Lines::new(b',', settings),
        }
    }

    /// Cells that were made safe for spreadsheets, headers included.
    pub fn cells_escaped(&self) -> u64 {
        self.lines.cells_escaped
    }

    /// Writes the header.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn header(&mut self, columns: &[String], out: &mut dyn Write) -> io::Result<()> {
        let is_plain = |cell: &str| cell.starts_with(|c: char| c.is_ascii_alphanumeric());
        self.write(columns.iter().map(String::as_str), is_plain, out)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn row<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let is_plain = |cell: &str| !cell.starts_with('\u{feff}');
        self.write(cells, is_plain, out)
    }

    fn write<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c str>,
        is_plain: impl Fn(&str) -> bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for cell in cells {
            let safe = self.lines.safe(cell);
            let splits =
                |byte: u8| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"' | b'\r' | b'\n');
            let is_whole = safe.is_empty() || is_plain(&safe) && !safe.bytes().any(splits);
            self.lines.quoted_if(!is_whole, &safe);
        }
        self.lines.end_line(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(header: &[&str], rows: &[&[&str]]) -> String {
        let header: Vec<String> = header.iter().map(ToString::to_string).collect();
        let mut out = Vec::new();
        let mut csv = PlainCsv::new(CsvEscape::Formulas);
        csv.header(&header, &mut out).unwrap();
        for row in rows {
            csv.row(row.iter().copied(), &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_could_be_taken_for_something_else() {
        assert_eq!(
            written(
                &["id", "[x]", "a;b"],
                &[&["1", "a \"b\"", "=1+1"], &["", "\n", "x"]]
            ),
            "id,\"[x]\",\"a;b\"\n1,\"a \"\"b\"\"\",'=1+1\n,\"'\n\",x\n"
        );
        assert_eq!(written(&["id"], &[&[""]]), "id\n\"\"\n");
    }
}
