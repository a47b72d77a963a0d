//! Says what is wrong with a delimited record, if anything is.

use crate::input::bad_row::BadCode;
use crate::input::row::{Place, Span};
use crate::input::table::{MAX_FIELD, Shape};

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
    let content = |span: &Span| match span.place {
        Place::Scratch => &scratch[span.start..span.end],
        Place::Bare | Place::Quoted => &raw[span.start..span.end],
    };
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
        let message = format!("{} is not UTF-8", named(column));
        return fault(BadCode::BadUtf8, column, message);
    }
    if junk.is_some() {
        let message = format!("text follows the closing quote in {}", named(junk));
        return fault(BadCode::BadQuote, junk, message);
    }
    if let Some(control) = raw.iter().copied().find(|byte| is_forbidden(*byte)) {
        let column = cells
            .iter()
            .position(|span| content(span).iter().any(|byte| is_forbidden(*byte)));
        let message = control_message(&named(column), control);
        return fault(BadCode::ControlChar, column, message);
    }
    let stray = |span: &Span| {
        let at = memchr::memchr2(b'\r', b'\n', content(span))?;
        (span.place == Place::Bare).then(|| content(span)[at])
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
        .position(|span| content(span).len() > MAX_FIELD)
    {
        let message = format!("{} is longer than 1 MiB", named(Some(column)));
        return fault(BadCode::FieldTooLong, Some(column), message);
    }
    None
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
