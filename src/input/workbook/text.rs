//! The cells of a sheet as delimited text.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::IN_MEMORY;
use crate::diagnostic::Diagnostic;
use crate::input::refused::Refused;
use crate::input::unpack::outgrown;

/// What stands between two cells: a character that is made for it, and that no cell may hold.
pub(in crate::input) const DELIMITER: u8 = 0x1f;

/// What ends a row, likewise.
pub(in crate::input) const LINE_END: u8 = 0x1e;

/// What stands in for these two in a cell, which is refused for it as for any other control character.
const SUBSTITUTE: char = '\u{1a}';

/// The cells of a sheet, in a temporary file: row and column from 0, how long the text is, the text.
pub(super) struct Gathered {
    file: BufWriter<SpooledTempFile>,
    /// How many bytes the text may have.
    limit: u64,
    /// How many bytes the cells have.
    length: u64,
    /// The first and the last column that hold something.
    columns: Option<(u32, u32)>,
    /// How many rows hold something.
    rows: u64,
    /// The cell that was seen last, blank or not.
    last: Option<(u32, u32)>,
    /// The last row that holds something.
    last_row: Option<u32>,
    /// Cells that hold an error.
    pub error_cells: u64,
}

impl Gathered {
    /// None yet; the text that they make may have `limit` bytes.
    pub fn new(limit: u64) -> Self {
        Self {
            file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)),
            limit,
            length: 0,
            columns: None,
            rows: 0,
            last: None,
            last_row: None,
            error_cells: 0,
        }
    }

    /// Adds the next cell of the sheet; a blank one leaves no trace.
    pub fn add(&mut self, name: &str, row: u32, column: u32, text: &str) -> io::Result<()> {
        if self.last.is_some_and(|last| last >= (row, column)) {
            let message = format!("the cells of {name} are not in their order");
            let diagnostic = Diagnostic::error("damaged-file", message)
                .hint("open it in Excel and save it again");
            return Err(Refused(diagnostic).into());
        }
        self.last = Some((row, column));
        if text.is_empty() {
            return Ok(());
        }
        if self.last_row != Some(row) {
            self.rows += 1;
            self.last_row = Some(row);
        }
        let (first, last) = self.columns.unwrap_or((column, column));
        let (first, last) = (first.min(column), last.max(column));
        self.columns = Some((first, last));
        self.length += text.len() as u64 + 2;
        // Every row is as wide as the sheet, and rows without cells are lines as well.
        let width = u64::from(last - first) + 1;
        if self.length + self.rows * width + u64::from(row) > self.limit {
            return Err(Refused(outgrown(name, self.limit)).into());
        }
        let text = without_separators(text);
        for number in [row, column, u32::try_from(text.len()).unwrap_or(u32::MAX)] {
            self.file.write_all(&number.to_le_bytes())?;
        }
        self.file.write_all(text.as_bytes())
    }

    /// The text of the sheet.
    pub fn text(self) -> io::Result<SheetText> {
        let mut file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        let mut text = SheetText {
            file: BufReader::new(file),
            columns: self.columns.unwrap_or((0, 0)),
            next: None,
            row: 0,
            begun: None,
            out: Vec::new(),
            given: 0,
        };
        text.next = text.read_cell()?;
        Ok(text)
    }
}

fn without_separators(text: &str) -> Cow<'_, str> {
    let separators = [char::from(DELIMITER), char::from(LINE_END)];
    if text.contains(separators) {
        Cow::Owned(text.replace(separators, &SUBSTITUTE.to_string()))
    } else {
        Cow::Borrowed(text)
    }
}

/// A cell with its row and column.
struct Placed {
    row: u32,
    column: u32,
    text: Vec<u8>,
}

/// A sheet as delimited text. Every row that holds something is as wide as the sheet; a row that holds nothing is a
/// blank line; columns and rows around all cells are left out, but for rows above, so that lines count as rows do.
pub(in crate::input) struct SheetText {
    file: BufReader<SpooledTempFile>,
    /// The first and the last column.
    columns: (u32, u32),
    /// The cell to come.
    next: Option<Placed>,
    /// The row that is written.
    row: u32,
    /// The column to be written next, where something of the row is written already.
    begun: Option<u32>,
    out: Vec<u8>,
    given: usize,
}

impl SheetText {
    fn read_cell(&mut self) -> io::Result<Option<Placed>> {
        if self.file.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let mut number = || -> io::Result<u32> {
            let mut bytes = [0; 4];
            self.file.read_exact(&mut bytes)?;
            Ok(u32::from_le_bytes(bytes))
        };
        let (row, column, length) = (number()?, number()?, number()?);
        let mut text = vec![0; length as usize];
        self.file.read_exact(&mut text)?;
        Ok(Some(Placed { row, column, text }))
    }

    /// Writes up to the next cell and that cell, or up to the end of a row. Gives whether there was anything to write.
    fn step(&mut self) -> io::Result<bool> {
        let (first, last) = self.columns;
        let Some(cell) = self.next.take_if(|cell| cell.row == self.row) else {
            let Some(column) = self.begun.take() else {
                if self.next.is_none() {
                    return Ok(false);
                }
                // A row without cells.
                self.out.push(LINE_END);
                self.row += 1;
                return Ok(true);
            };
            // What follows a row's last cell is blank.
            let blank = (last + 1 - column) as usize;
            self.out.resize(self.out.len() + blank, DELIMITER);
            self.out.push(LINE_END);
            self.row += 1;
            return Ok(true);
        };
        let column = self.begun.unwrap_or(first);
        let before = cell.column - column + u32::from(self.begun.is_some());
        self.out.resize(self.out.len() + before as usize, DELIMITER);
        write_cell(&cell.text, &mut self.out);
        self.begun = Some(cell.column + 1);
        self.next = self.read_cell()?;
        Ok(true)
    }
}

/// Writes a cell, in quotes where it would not be read as one text otherwise.
fn write_cell(text: &[u8], out: &mut Vec<u8>) {
    if !text.iter().any(|byte| matches!(byte, b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    for byte in text {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

impl Read for SheetText {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            self.out.clear();
            self.given = 0;
            if buffer.is_empty() || !self.step()? {
                return Ok(0);
            }
        }
        let length = buffer.len().min(self.out.len() - self.given);
        buffer[..length].copy_from_slice(&self.out[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[(u32, u32, &str)]) -> String {
        let mut gathered = Gathered::new(1000);
        for (row, column, text) in cells {
            gathered.add("x.xlsx", *row, *column, text).unwrap();
        }
        let mut text = String::new();
        gathered.text().unwrap().read_to_string(&mut text).unwrap();
        text.replace('\u{1f}', "|").replace('\u{1e}', "/")
    }

    #[test]
    fn every_row_is_as_wide_as_the_sheet_and_stands_on_its_own_line() {
        assert_eq!(
            text(&[(1, 2, "id"), (1, 3, "name"), (2, 2, "1"), (4, 3, "Bob")]),
            "/id|name/1|//|Bob/"
        );
        assert_eq!(
            text(&[(0, 0, "a"), (0, 3, "d"), (1, 1, "b")]),
            "a|||d/|b||/"
        );
        assert_eq!(text(&[]), "");
        assert_eq!(text(&[(0, 0, "a"), (0, 1, ""), (3, 7, "")]), "a/");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_hold_no_separators() {
        assert_eq!(
            text(&[(0, 0, "a\nb"), (0, 1, "\"c\""), (0, 2, "d\u{1e}e\u{1f}")]),
            "\"a\nb\"|\"\"\"c\"\"\"|d\u{1a}e\u{1a}/"
        );
    }

    #[test]
    fn cells_out_of_order_and_sheets_beyond_the_limit_are_refused() {
        let mut gathered = Gathered::new(100);
        gathered.add("x.xlsx", 1, 1, "a").unwrap();
        let error = gathered.add("x.xlsx", 1, 1, "b").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the cells of x.xlsx are not in their order"
        );
        let mut gathered = Gathered::new(100);
        gathered.add("x.xlsx", 0, 0, "a").unwrap();
        assert!(gathered.add("x.xlsx", 0, 200, "b").is_err());
    }
}
