//! The beginning of a delimited text: its `sep=` line, its delimiter, its header.

use std::ops::Range;

use super::cut::unclosed;
use super::delimiter::{self, CANDIDATES};
use super::sketch::{Ending, MAX_COLUMNS, Sketch};
use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::input::beginning::{SAMPLE, skip_blank};
use crate::input::block::count;
use crate::input::encoding::Encoding;
use crate::input::feed::Feed;
use crate::input::table::HeaderSource;
use crate::input::unpack::in_words;
use crate::input::workbook;
use crate::value::spreadsheet;

/// What the beginning of a delimited text says.
pub(in crate::input) struct Head {
    pub delimiter: u8,
    pub headers: Vec<String>,
    pub source: HeaderSource,
    /// Physical line on which the first record begins.
    pub next_line: u64,
}

impl Head {
    /// Takes `sep=` line and header out of the feed, which begins at physical line `line`. What is `told` is the
    /// delimiter, if it is, and the encoding that the text was in; a header has `most` bytes at the most.
    pub fn read(
        feed: &mut Feed,
        name: &str,
        (mut told, encoding): (Option<u8>, Encoding),
        most: usize,
        line_end: u8,
        mut line: u64,
    ) -> Result<Self, Report> {
        if let Some(delimiter) = told
            && (matches!(delimiter, b'"' | b'\r' | b'\n') || !delimiter.is_ascii())
        {
            let message = "the delimiter cannot be a quote, a line end or a letter beyond ASCII";
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error("bad-delimiter", message),
            ));
        }
        let is_sheet = told == Some(workbook::DELIMITER);
        if !is_sheet && let Some((delimiter, length)) = separator_line(feed.bytes(), line_end) {
            if !CANDIDATES.contains(&delimiter) {
                return Err(unsupported_separator(name, line));
            }
            told.get_or_insert(delimiter);
            line += count(line_end, &feed.bytes()[..length]);
            feed.skip(length);
            line += skip_blank(feed, line_end)?;
            if feed.bytes().is_empty() {
                return Err(refused("empty-file", format!("{name} has no header")));
            }
        }
        // The delimiter is told by whole records, so a header longer than the sample is read to its end first; not,
        // though, one that has too many columns by any delimiter.
        while !feed.ended()
            && feed.bytes().len() < most
            && memchr::memchr(line_end, feed.bytes()).is_none()
        {
            let columns =
                |delimiter| Sketch::read(feed.bytes(), 0, delimiter, line_end, false).count;
            if CANDIDATES
                .into_iter()
                .any(|delimiter| columns(told.unwrap_or(delimiter)) > MAX_COLUMNS)
            {
                return Err(too_many_columns(name));
            }
            feed.fill(feed.bytes().len().saturating_mul(2).clamp(SAMPLE, most))?;
        }
        let delimiter = match told {
            Some(delimiter) => delimiter,
            None => delimiter::tell(feed.bytes(), line_end, feed.ended()).ok_or_else(|| {
                let message = format!("the delimiter of {name} cannot be told");
                let hint = "say it with --delimiter, for example --delimiter ';'";
                let diagnostic = Diagnostic::error("unclear-delimiter", message).hint(hint);
                Report::new(Kind::Data, diagnostic)
            })?,
        };
        let sketch = whole_record(feed, name, delimiter, line_end, line, most)?;
        let bytes = &feed.bytes()[sketch.span.clone()];
        let source = header_text(bytes, name, line, encoding)?;
        let source = if sketch
            .fields
            .iter()
            .any(|field| is_of_a_person(&field.bytes))
        {
            hidden(&source)
        } else {
            source
        };
        if let Some(junk) = sketch.junk {
            let before = count(line_end, &bytes[..junk]);
            let mut diagnostic = if before == 0 {
                Diagnostic::error("bad-header", "text follows the closing quote").at(
                    &source,
                    junk..junk + 1,
                    "a delimiter belongs here",
                )
            } else {
                // The quote of a header was closed in what may well be rows, which are nobody's business.
                let line = line + before;
                let message =
                    format!("text follows the closing quote of a header on line {line} of {name}");
                Diagnostic::error("bad-header", message)
            };
            diagnostic = diagnostic.hint(
                "write a quote inside a quoted header twice, or say the delimiter: --delimiter ';'",
            );
            return Err(Report::new(Kind::Data, diagnostic));
        }
        let mut headers = Vec::with_capacity(sketch.fields.len());
        let mut spans = Vec::with_capacity(sketch.fields.len());
        for field in sketch.fields {
            // The whole line is UTF-8, and fields are cut from it at ASCII bytes.
            let text = String::from_utf8_lossy(&field.bytes);
            let span = trimmed(&source.text, field.span);
            if text
                .trim()
                .contains(|c: char| c.is_control() && !c.is_ascii_whitespace())
            {
                let diagnostic =
                    Diagnostic::error("bad-header", "a header holds a control character")
                        .at(&source, span, "")
                        .hint("is it the header? --skip N passes over lines before it; or export again as CSV UTF-8");
                return Err(Report::new(Kind::Data, diagnostic));
            }
            headers.push(if delimiter == workbook::DELIMITER {
                text.trim().to_owned()
            } else {
                spreadsheet::unescape_export(text.trim()).into_owned()
            });
            spans.push(span);
        }
        let next_line = line + count(line_end, &feed.bytes()[..sketch.next]);
        feed.skip(sketch.next);
        Ok(Self {
            delimiter,
            headers,
            source: (source, spans),
            next_line,
        })
    }
}

/// The delimiter and the length of a `sep=` line, with its line end.
pub(super) fn separator_line(bytes: &[u8], line_end: u8) -> Option<(u8, usize)> {
    let end = memchr::memchr(line_end, bytes).unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    let line = line
        .strip_prefix(b"\"")
        .and_then(|rest| rest.strip_suffix(b"\""))
        .unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            Some((*delimiter, (end + 1).min(bytes.len())))
        }
        _ => None,
    }
}

/// Reads on until the first record is whole.
fn whole_record(
    feed: &mut Feed,
    name: &str,
    delimiter: u8,
    line_end: u8,
    line: u64,
    most: usize,
) -> Result<Sketch, Report> {
    loop {
        let sketch = Sketch::read(feed.bytes(), 0, delimiter, line_end, feed.ended());
        if sketch.count > MAX_COLUMNS {
            return Err(too_many_columns(name));
        }
        match sketch.ending {
            Ending::Whole => return Ok(sketch),
            Ending::Short(Some(at)) if feed.ended() => {
                return Err(unclosed(at).report(feed.bytes(), line, line_end, name));
            }
            Ending::Short(_) if feed.bytes().len() >= most => {
                let limit = in_words(most as u64);
                let message = format!("the header of {name} does not end within {limit}");
                return Err(refused("record-too-long", message));
            }
            Ending::Short(_) => {
                let wanted = feed.bytes().len().saturating_mul(2);
                feed.fill(wanted.clamp(SAMPLE, most))?;
            }
        }
    }
}

/// The header record as a text to point into.
fn header_text(
    bytes: &[u8],
    name: &str,
    line: u64,
    encoding: Encoding,
) -> Result<std::sync::Arc<Source>, Report> {
    let first_line = usize::try_from(line).unwrap_or(usize::MAX);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            // What separates the cells of a sheet is nothing to be seen.
            let text = text.replace(char::from(workbook::DELIMITER), "|");
            Ok(Source::from_line(name, text, first_line))
        }
        Err(error) => {
            // What came before the damage is text; the caret stands right behind it.
            let good = error.valid_up_to();
            let shown = String::from_utf8_lossy(bytes);
            let source = Source::from_line(name, shown, first_line);
            let not_in = encoding.not_in();
            let mark = good..good + char::REPLACEMENT_CHARACTER.len_utf8();
            let diagnostic =
                Diagnostic::error("bad-utf8", format!("the header of {name} {not_in}"))
                    .at(&source, mark, "no text")
                    .hint(encoding.other());
            Err(Report::new(Kind::Data, diagnostic))
        }
    }
}

/// Whether a header is more likely the cell of a person: an address, or a telephone number. Then the file has no header,
/// and its first row must not be shown.
fn is_of_a_person(header: &[u8]) -> bool {
    let digits = header.iter().filter(|byte| byte.is_ascii_digit()).count();
    header.contains(&b'@') || digits >= 7 && !header.iter().any(u8::is_ascii_alphabetic)
}

/// A header with a `*` for every byte that says something, so that places in it stay what they are.
fn hidden(source: &Source) -> std::sync::Arc<Source> {
    let hide = |byte: u8| match byte {
        b',' | b';' | b'\t' | b'|' | b'\n' | b'\r' | b'"' | b' ' => char::from(byte),
        _ => '*',
    };
    let text: String = source.text.bytes().map(hide).collect();
    Source::from_line(source.name.clone(), text, source.first_line)
}

/// `span` without the blanks at its ends.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let cell = &text[span.clone()];
    let start = span.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

fn unsupported_separator(name: &str, line: u64) -> Report {
    let message = format!("line {line} of {name} names a delimiter that is not supported");
    let hint = "comma, semicolon, tab and bar are supported";
    Report::new(
        Kind::Data,
        Diagnostic::error("bad-delimiter", message).hint(hint),
    )
}

fn refused(code: &'static str, message: String) -> Report {
    Report::new(Kind::Data, Diagnostic::error(code, message))
}

fn too_many_columns(name: &str) -> Report {
    let message = format!("the header of {name} has more than 100,000 columns");
    refused("too-many-columns", message)
}
