//! Workbooks for Excel and its like, sheet by sheet.
//!
//! Numbers are numbers, times are times, and all text is text: ids keep their zeros, and nothing becomes a formula or a
//! link. The header row is bold and stays in sight, every column has a filter and a width that fits it. What would act
//! on the reader is shown by its number, as in [`readable()`](crate::value::readable); line breaks stay.
//!
//! The same cells give the same bytes: the workbook's date of creation is a constant. Rows go to a temporary file as
//! they come.

use std::borrow::Cow;
use std::io::{self, Read, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::value::readable;

/// Rows that fit below the header: Excel has 1,048,576.
pub const MOST_ROWS: u64 = 1_048_575;

/// Characters that a cell takes, counted as UTF-16 does.
pub const LONGEST_CELL: usize = 32_767;

/// Characters that the name of a sheet takes.
const LONGEST_NAME: usize = 31;

/// How times are shown.
const TIME_FORMAT: &str = "yyyy-mm-dd hh:mm:ss";

/// Characters that are as wide as a time.
const TIME_WIDTH: usize = 19;

/// The widest a column becomes, in characters.
const WIDEST: usize = 60;

/// The button of a filter hides so many characters of a heading.
const BUTTON: usize = 3;

/// What is put into a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'t> {
    Blank,
    /// A decimal number.
    Number(&'t str),
    /// An RFC 3339 time; text where it is none.
    Time(&'t str),
    Text(&'t str),
}

/// A workbook being written. Nothing is written out before it is saved.
pub(super) struct Book {
    workbook: Workbook,
    /// The names of the sheets so far, in small letters.
    names: Vec<String>,
    /// For each column of the sheet being written, what its widest cell takes.
    widths: Vec<usize>,
    /// Rows of that sheet, its header left out.
    rows: u64,
    heading: Format,
    time: Format,
    /// Cells that were cut, because Excel takes no longer ones.
    pub cells_cut: u64,
}

impl Book {
    pub(super) fn new() -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // The library would take the hour of the run, and two runs would differ.
        let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io_error)?;
        let properties = DocProperties::new().set_creation_datetime(&epoch);
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            names: Vec::new(),
            widths: Vec::new(),
            rows: 0,
            heading: Format::new().set_bold(),
            time: Format::new().set_num_format(TIME_FORMAT),
            cells_cut: 0,
        })
    }

    /// Begins the next sheet, under a name as near to the wanted one as a workbook takes.
    pub(super) fn begin_sheet<'t>(
        &mut self,
        name: &str,
        headings: impl Iterator<Item = &'t str>,
    ) -> io::Result<()> {
        let name = self.free_name(name);
        let sheet = self.workbook.add_worksheet_with_constant_memory();
        let sheet = sheet.map_err(io_error)?;
        sheet.set_name(name).map_err(io_error)?;
        sheet.set_freeze_panes(1, 0).map_err(io_error)?;
        self.widths.clear();
        self.rows = 0;
        for (number, heading) in headings.enumerate() {
            let (text, is_cut) = shown(heading);
            self.cells_cut += u64::from(is_cut);
            self.widths.push(width(&text) + BUTTON);
            put_text(sheet, 0, column_of(number)?, text, Some(&self.heading))?;
        }
        Ok(())
    }

    /// Puts a cell into the next row of the sheet.
    pub(super) fn cell(
        &mut self,
        number: usize,
        value: Value<'_>,
        look: Option<&Format>,
    ) -> io::Result<()> {
        let (row, column) = (row_of(self.rows + 1)?, column_of(number)?);
        let width = match value {
            Value::Blank => 0,
            Value::Number(text) => {
                // The nearest binary fraction, which Excel shows as the decimal it came from.
                let value: f64 = text.parse().map_err(io::Error::other)?;
                let sheet = self.sheet()?;
                let written = match look {
                    Some(look) => sheet.write_number_with_format(row, column, value, look),
                    None => sheet.write_number(row, column, value),
                };
                written.map_err(io_error)?;
                text.len()
            }
            Value::Time(text) if wall_clock(text).is_some() => {
                let time = wall_clock(text).unwrap_or_default();
                let look = self.time.clone();
                let written = self
                    .sheet()?
                    .write_datetime_with_format(row, column, &time, &look);
                written.map_err(io_error)?;
                TIME_WIDTH
            }
            Value::Time(text) | Value::Text(text) => {
                let (text, is_cut) = shown(text);
                self.cells_cut += u64::from(is_cut);
                let width = width(&text);
                put_text(self.sheet()?, row, column, text, look)?;
                width
            }
        };
        self.widths[number] = self.widths[number].max(width);
        Ok(())
    }

    pub(super) fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Gives the columns of the sheet their widths and filters.
    pub(super) fn end_sheet(&mut self) -> io::Result<()> {
        let last_row = row_of(self.rows)?;
        let widths = std::mem::take(&mut self.widths);
        let sheet = self.sheet()?;
        for (number, width) in widths.iter().enumerate() {
            let width = u8::try_from((width + 1).min(WIDEST)).unwrap_or(u8::MAX);
            sheet
                .set_column_width(column_of(number)?, width)
                .map_err(io_error)?;
        }
        if let Some(last) = widths.len().checked_sub(1) {
            sheet
                .autofilter(0, 0, last_row, column_of(last)?)
                .map_err(io_error)?;
        }
        Ok(())
    }

    /// Writes the whole workbook.
    pub(super) fn save(&mut self, out: &mut dyn Write) -> io::Result<()> {
        // The library writes to what may go to another thread, which our output may not.
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(io_error)?;
        file.rewind()?;
        copy(&mut file, out)
    }

    /// The sheet being written.
    fn sheet(&mut self) -> io::Result<&mut Worksheet> {
        let last = self.names.len().saturating_sub(1);
        self.workbook.worksheet_from_index(last).map_err(io_error)
    }

    /// A name that a workbook takes and no sheet has yet: some characters are forbidden, and so are an apostrophe at
    /// either end, more than 31 characters, two names that differ by case alone, and `History`.
    fn free_name(&mut self, wanted: &str) -> String {
        let wanted = readable(wanted).replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
        let wanted = match wanted.trim_matches(|c: char| c == '\'' || c.is_whitespace()) {
            "" => "Sheet",
            wanted => wanted,
        };
        let cut = |most: usize| {
            let mut taken = 0;
            let fits = |c: &char| {
                taken += c.len_utf16();
                taken <= most
            };
            let cut: String = wanted.chars().take_while(fits).collect();
            cut.trim_end_matches(|c: char| c == '\'' || c.is_whitespace())
                .to_owned()
        };
        let mut name = cut(LONGEST_NAME);
        let mut number = 1;
        while self.names.contains(&name.to_lowercase()) || name.eq_ignore_ascii_case("history") {
            number += 1;
            let ending = format!(" {number}");
            name = cut(LONGEST_NAME - ending.len()) + &ending;
        }
        self.names.push(name.to_lowercase());
        name
    }
}

/// Copies what is there; an error of `out` stays the error it was.
fn copy(from: &mut dyn Read, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            count => out.write_all(&buffer[..count])?,
        }
    }
}

fn put_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: String,
    look: Option<&Format>,
) -> io::Result<()> {
    let written = match look {
        Some(look) => sheet.write_string_with_format(row, column, text, look),
        None => sheet.write_string(row, column, text),
    };
    written.map(drop).map_err(io_error)
}

/// Text as a cell shows it, and whether it had to be cut.
fn shown(text: &str) -> (String, bool) {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(readable).collect();
    let text = lines.join("\n");
    let length = |c: char| c.len_utf16();
    if text.len() <= LONGEST_CELL || text.chars().map(length).sum::<usize>() <= LONGEST_CELL {
        return (text, false);
    }
    let mut taken = 0;
    let mut cut: String = text
        .chars()
        .take_while(|c| {
            taken += length(*c);
            // The last character says that it goes on.
            taken < LONGEST_CELL
        })
        .collect();
    cut.push('…');
    (cut, true)
}

/// How many characters wide the longest line is; those of East Asia count twice.
fn width(text: &str) -> usize {
    let of = |line: &str| -> usize {
        let wide = |c: char| if c >= '\u{1100}' { 2 } else { 1 };
        line.chars().take(WIDEST).map(wide).sum()
    };
    text.split('\n').map(of).max().unwrap_or_default()
}

/// The time on the clock of the zone that an RFC 3339 time is written in: Excel knows no zones.
fn wall_clock(text: &str) -> Option<ExcelDateTime> {
    let text = text.get(..TIME_WIDTH)?;
    ExcelDateTime::parse_from_str(text).ok()
}

/// The number of a row below the header, from 1; 0 is the header.
fn row_of(row: u64) -> io::Result<u32> {
    if row > MOST_ROWS {
        return Err(io::Error::other("an Excel sheet has no room for more rows"));
    }
    u32::try_from(row).map_err(io::Error::other)
}

fn column_of(number: usize) -> io::Result<u16> {
    u16::try_from(number).map_err(io::Error::other)
}

/// The error as it was, where it is one of writing.
fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_than_a_sheet_has_are_an_error_even_where_nobody_asked_before() {
        assert!(row_of(MOST_ROWS).is_ok());
        assert!(row_of(MOST_ROWS + 1).is_err());
    }

    #[test]
    fn names_of_sheets_are_such_as_a_workbook_takes() {
        let mut book = Book::new().unwrap();
        let long = "A very long title that no sheet takes whole";
        for (wanted, given) in [
            ("Movers", "Movers"),
            ("movers", "movers 2"),
            ("History", "History 2"),
            ("a/b: [c]", "a b   c"),
            ("'quoted'", "quoted"),
            ("", "Sheet"),
            (long, "A very long title that no sheet"),
            (long, "A very long title that no she 2"),
        ] {
            book.begin_sheet(wanted, ["x"].into_iter()).unwrap();
            let sheet = book.sheet().unwrap();
            assert_eq!(sheet.name(), given);
        }
    }
}
