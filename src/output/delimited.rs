//! Lines of cells with a separator between them: what every CSV and TSV is written by.
//!
//! A cell with the separator, a quote or a line break in it is quoted, as RFC 4180 has it. A line goes out at once, so
//! that a broken pipe never cuts one that could have been whole.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Settings;
use crate::value::readable;
use crate::value::spreadsheet::{CsvEscape, escape};

/// Writes one line after the other.
#[derive(Debug)]
pub(super) struct Lines {
    separator: u8,
    end: &'static str,
    escape: CsvEscape,
    /// Whether a person is looking, so that no cell may act on what shows it.
    terminal: bool,
    /// The line being written.
    line: Vec<u8>,
    /// Cells in it.
    cells: usize,
    /// Cells that were made safe for spreadsheets.
    pub cells_escaped: u64,
}

impl Lines {
    pub(super) fn new(separator: u8, settings: Settings) -> Self {
        Self {
            separator,
            end: if settings.excel { "\r\n" } else { "\n" },
            escape: settings.csv_escape,
            terminal: settings.terminal,
            line: Vec::new(),
            cells: 0,
            cells_escaped: 0,
        }
    }

    /// Text that is not our own as it is to be written, quotes aside.
    pub(super) fn safe<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let safe = match self.escape {
            CsvEscape::Formulas => escape(text),
            CsvEscape::None => Cow::Borrowed(text),
        };
        // A cell that was changed became longer, so the length tells.
        self.cells_escaped += u64::from(safe.len() != text.len());
        if self.terminal {
            return Cow::Owned(readable(&safe).into_owned());
        }
        safe
    }

    /// Appends a cell of text that is not our own.
    pub(super) fn text(&mut self, text: &str) {
        let safe = self.safe(text);
        self.cell(&safe);
    }

    /// Appends a cell as it is, quoted where it must be.
    pub(super) fn cell(&mut self, text: &str) {
        let separator = self.separator;
        let splits = |byte: u8| byte == separator || matches!(byte, b'"' | b'\r' | b'\n');
        // No branch for each byte, so that many are looked at in one go.
        let is_split = text.bytes().fold(false, |split, byte| split | splits(byte));
        self.quoted_if(is_split, text);
    }

    /// Appends a number of our own, or nothing: what is never quoted.
    pub(super) fn number(&mut self, text: &str) {
        self.quoted_if(false, text);
    }

    /// What stands between cells.
    pub(super) fn separator(&self) -> u8 {
        self.separator
    }

    /// Appends a cell, in quotes or not.
    pub(super) fn quoted_if(&mut self, is_quoted: bool, text: &str) {
        if self.cells > 0 {
            self.line.push(self.separator);
        }
        self.cells += 1;
        if !is_quoted {
            self.line.extend_from_slice(text.as_bytes());
            return;
        }
        self.line.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(quote) = memchr::memchr(b'"', rest) {
            self.line.extend_from_slice(&rest[..=quote]);
            self.line.push(b'"');
            rest = &rest[quote + 1..];
        }
        self.line.extend_from_slice(rest);
        self.line.push(b'"');
    }

    /// Writes the line.
    pub(super) fn end_line(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.cells == 1 && self.line.is_empty() {
            // A line of its own would be passed over.
            self.line.extend_from_slice(b"\"\"");
        }
        self.line.extend_from_slice(self.end.as_bytes());
        let written = out.write_all(&self.line);
        self.line.clear();
        self.cells = 0;
        written
    }
}

/// What stands before the first line: Excel wants a byte order mark.
pub(super) fn begin(settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    if settings.excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    Ok(())
}
