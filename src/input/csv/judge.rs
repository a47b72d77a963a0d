//! Says what is wrong with a delimited record, if anything is.

use crate::input::bad_row::BadCode;
use crate::input::row::{Place, Span};
use crate::input::table::{Format, Shape};
use crate::input::unpack::in_words;
use crate::input::workbook;

/// What is wrong with a record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: BadCode,
    /// Index of the header to blame.
    pub column: Option<usize>,
    pub message: String,
}

/// The first thing wrong with a record: encoding before quotes, quotes before control characters, then the number of
/// fields, then their length. `count` is how many fields it has, of which `cells` holds as many as the header has;
/// `junk` is the field in which text follows a closing quote.
pub(super) fn judge(
    raw: &[u8],
    cells: &[Span],
    scratch: &[u8],
    count: usize,
    junk: Option<usize>,
    shape: &Shape,
) -> Option<Fault> {
    let width = shape.headers.len();
    let cells = &cells[..count.min(width)];
    let content = |span: &Span| content(span, raw, scratch);
    let named = |column: Option<usize>| match column.and_then(|column| shape.headers.get(column)) {
        Some(header) => format!("column `{header}`"),
        None => "the record".to_owned(),
    };
    let fault = |code, column: Option<usize>, message| {
        Some(Fault {
            code,
            column: column.filter(|column| *column < width),
            message,
        })
    };

    if std::str::from_utf8(raw).is_err() {
        let column = cells
            .iter()
            .position(|span| std::str::from_utf8(content(span)).is_err());
        let message = format!("{} {}", named(column), shape.encoding.not_in());
        return fault(BadCode::BadUtf8, column, message);
    }
    if junk.is_some() {
        let message = format!("text follows the closing quote in {}", named(junk));
        return fault(BadCode::BadQuote, junk, message);
    }
    if raw.starts_with(BYTE_ORDER_MARK) {
        let message =
            "begins with a byte order mark (U+FEFF), as a file does: two exports in one file";
        return fault(BadCode::ControlChar, None, message.to_owned());
    }
    // What separates the cells of a sheet is a control character that none of them holds.
    let separator = shape.delimiter();
    let mut controls = raw.iter().copied().filter(|byte| is_forbidden(*byte));
    if let Some(control) = controls.find(|byte| Some(*byte) != separator) {
        let column = cells
            .iter()
            .position(|span| content(span).iter().any(|byte| is_forbidden(*byte)));
        let mut message = control_message(&named(column), control);
        if shape.format == Format::Sheet && char::from(control) == workbook::INEXACT {
            message = format!(
                "{} is a number of more digits than a workbook keeps: have it stored as text",
                named(column)
            );
        }
        return fault(BadCode::ControlChar, column, message);
    }
    let stray = |span: &Span| {
        let at = memchr::memchr2(b'\r', b'\n', content(span))?;
        (span.place() == Place::Bare).then(|| content(span)[at])
    };
    if let Some((column, control)) = cells
        .iter()
        .enumerate()
        .find_map(|(column, span)| Some((column, stray(span)?)))
    {
        let message = control_message(&named(Some(column)), control);
        return fault(BadCode::ControlChar, Some(column), message);
    }
    if count != width {
        let message = format!("has {}, the header has {width}", fields(count));
        return fault(BadCode::FieldCount, None, message);
    }
    if let Some(column) = cells
        .iter()
        .position(|span| content(span).len() > shape.max_cell)
    {
        let limit = in_words(shape.max_cell as u64);
        let message = format!("{} is longer than {limit}", named(Some(column)));
        return fault(BadCode::FieldTooLong, Some(column), message);
    }
    let is_header =
        |(span, header): (&Span, &String)| content(span).trim_ascii() == header.as_bytes();
    if cells.iter().zip(&shape.headers).all(is_header) {
        let message = "is the header again: two exports in one file";
        return fault(BadCode::RepeatedHeader, None, message.to_owned());
    }
    None
}

/// What a file may begin with, and a record may not.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a record needs a second look because another export may begin with it: a byte order mark, or the header.
pub(super) fn may_begin_an_export(
    raw: &[u8],
    cells: &[Span],
    scratch: &[u8],
    shape: &Shape,
) -> bool {
    let Some(cell) = cells.first() else {
        return false;
    };
    raw.starts_with(BYTE_ORDER_MARK) || is_first_header(content(cell, raw, scratch), shape)
}

/// The same of a record whose first cell stands as it is.
#[inline]
pub(super) fn may_begin_an_export_plainly(cell: &[u8], shape: &Shape) -> bool {
    cell.starts_with(BYTE_ORDER_MARK) || is_first_header(cell, shape)
}

#[inline]
fn is_first_header(cell: &[u8], shape: &Shape) -> bool {
    let header = shape.headers.first().map(String::as_bytes);
    header.is_some_and(|header| cell.len() >= header.len() && cell.trim_ascii() == header)
}

/// The bytes of a cell.
pub(super) fn content<'a>(span: &Span, raw: &'a [u8], scratch: &'a [u8]) -> &'a [u8] {
    match span.place() {
        Place::Scratch => &scratch[span.range()],
        Place::Bare | Place::Quoted => &raw[span.range()],
    }
}

/// Control characters that no cell may hold; tab, LF and CR have their own rules.
fn is_forbidden(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}

fn control_message(place: &str, control: u8) -> String {
    format!("{place} holds the control character U+{control:04X}")
}

fn fields(count: usize) -> String {
    if count == 1 {
        "1 field".to_owned()
    } else {
        format!("{count} fields")
    }
}
