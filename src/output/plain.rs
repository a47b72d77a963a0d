//! CSV of any columns, written so that it reads as the same cells again.
//!
//! A cell is quoted where a reader could take a part of it for something else: a delimiter of any kind, a quote, a line
//! break. The header's cells are quoted also where they begin with neither letter nor digit, so that the file is never
//! taken for JSON, a page or a `sep=` line.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::value::spreadsheet::{CsvEscape, escape};

/// Writes CSV in UTF-8 with commas and LF.
#[derive(Debug)]
pub struct PlainCsv {
    escape: CsvEscape,
    /// Cells that were made safe for spreadsheets, headers included.
    pub cells_escaped: u64,
    line: Vec<u8>,
}

impl PlainCsv {
    /// A writer that makes cells safe for spreadsheets, or not.
    pub fn new(escape: CsvEscape) -> Self {
        Self {
            escape,
            cells_escaped: 0,
            line: Vec::new(),
        }
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
        self.line.clear();
        let mut count = 0_usize;
        for cell in cells {
            if count > 0 {
                self.line.push(b',');
            }
            count += 1;
            let safe = match self.escape {
                CsvEscape::Formulas => escape(cell),
                CsvEscape::None => Cow::Borrowed(cell),
            };
            self.cells_escaped += u64::from(safe.len() != cell.len());
            let splits =
                |byte: u8| matches!(byte, b',' | b';' | b'\t' | b'|' | b'"' | b'\r' | b'\n');
            if safe.is_empty() || is_plain(&safe) && !safe.bytes().any(splits) {
                self.line.extend_from_slice(safe.as_bytes());
            } else {
                self.line.push(b'"');
                self.line
                    .extend_from_slice(safe.replace('"', "\"\"").as_bytes());
                self.line.push(b'"');
            }
        }
        if count == 1 && self.line.is_empty() {
            // A line of its own would be passed over.
            self.line.extend_from_slice(b"\"\"");
        }
        self.line.push(b'\n');
        out.write_all(&self.line)
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
