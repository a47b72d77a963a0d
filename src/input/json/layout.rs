//! Tells how a JSON input lays out its records, and which keys they have.

use std::collections::HashSet;

use super::elements::ElementCutter;
use super::flatten::Flattener;
use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::input::block::count;
use crate::input::feed::Feed;
use crate::input::table::{Format, HeaderSource, MAX_RECORD};

/// How the records of a JSON input are laid out. What stands before the first record is passed over.
pub(in crate::input) struct Layout {
    array: bool,
    /// Objects around the array.
    pub depth: usize,
    /// Line ends that were passed over.
    pub lines_before: u64,
}

/// What an object at the beginning of an input turned out to be.
enum Finding {
    /// It holds the array of records, which begins behind this offset.
    Wrapper(usize),
    /// It is the first of many, one per line.
    Lines,
    /// More has to be read to tell.
    Unclear,
    /// Neither, and why.
    Refused(&'static str),
}

impl Layout {
    /// Looks at the beginning of a JSON input; `sample` is how much of it stands ready at least.
    pub fn find(feed: &mut Feed, name: &str, sample: usize, line_end: u8) -> Result<Self, Report> {
        let blank = feed.bytes().len() - feed.bytes().trim_ascii_start().len();
        if feed.bytes()[blank] == b'[' {
            return Ok(Self::array(feed, blank + 1, 0, line_end));
        }
        loop {
            match finding(feed.bytes(), blank, feed.ended(), sample) {
                Finding::Wrapper(start) => return Ok(Self::array(feed, start, 1, line_end)),
                Finding::Lines => {
                    return Ok(Self {
                        array: false,
                        depth: 0,
                        lines_before: 0,
                    });
                }
                Finding::Refused(reason) => {
                    return Err(refused("unclear-json", &format!("{name} {reason}")));
                }
                Finding::Unclear if feed.bytes().len() >= MAX_RECORD => {
                    let reason =
                        "begins with an object that holds no array of objects in its first 64 MiB";
                    return Err(refused("unclear-json", &format!("{name} {reason}")));
                }
                Finding::Unclear => {
                    let wanted = feed.bytes().len().saturating_mul(2).min(MAX_RECORD);
                    feed.fill(wanted)?;
                }
            }
        }
    }

    fn array(feed: &mut Feed, start: usize, depth: usize, line_end: u8) -> Self {
        let lines_before = count(line_end, &feed.bytes()[..start]);
        feed.skip(start);
        Self {
            array: true,
            depth,
            lines_before,
        }
    }

    /// The format that this layout is.
    pub fn format(&self) -> Format {
        if self.array {
            Format::JsonArray
        } else {
            Format::Ndjson
        }
    }
}

fn refused(code: &'static str, message: &str) -> Report {
    let hint = "give an array of objects, an object that holds one, or one object per line";
    Report::new(Kind::Data, Diagnostic::error(code, message).hint(hint))
}

fn finding(bytes: &[u8], start: usize, ended: bool, sample: usize) -> Finding {
    let end = skip_value(bytes, start);
    let Some(end) = end else {
        // An object longer than the sample, or one that breaks off.
        return match rows_array(bytes, start) {
            Some(array) if ended || bytes.len() >= sample => Finding::Wrapper(array),
            _ if !ended => Finding::Unclear,
            _ => Finding::Lines,
        };
    };
    let one_line = memchr::memchr2(b'\n', b'\r', &bytes[start..end]).is_none();
    if !bytes[end..].trim_ascii().is_empty() {
        return if one_line {
            Finding::Lines
        } else {
            Finding::Refused("spreads an object over several lines, and another one follows")
        };
    }
    if !ended {
        return Finding::Unclear;
    }
    match rows_array(bytes, start) {
        Some(array) => Finding::Wrapper(array),
        None if one_line => Finding::Lines,
        None => Finding::Refused("is one object that holds no array of objects"),
    }
}

/// Where the first member of the object at `start` whose value is an array of objects has its elements; an empty
/// array counts where no other does.
fn rows_array(bytes: &[u8], start: usize) -> Option<usize> {
    let mut empty = None;
    let mut at = start + 1;
    loop {
        at = skip_blank(bytes, at);
        if *bytes.get(at)? != b'"' {
            return empty;
        }
        at = skip_blank(bytes, skip_value(bytes, at)?);
        if bytes.get(at).is_some_and(|byte| *byte != b':') {
            return empty;
        }
        at = skip_blank(bytes, at + 1);
        if bytes.get(at) == Some(&b'[') {
            match bytes.get(skip_blank(bytes, at + 1)) {
                Some(b'{') => return Some(at + 1),
                Some(b']') => empty = empty.or(Some(at + 1)),
                _ => {}
            }
        }
        let Some(next) = skip_value(bytes, at) else {
            return empty;
        };
        at = skip_blank(bytes, next);
        match bytes.get(at) {
            Some(b',') => at += 1,
            _ => return empty,
        }
    }
}

fn skip_blank(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

/// Where the value that begins at `start` ends, if it does.
fn skip_value(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'"' => {
                at += 1;
                loop {
                    match *bytes.get(at)? {
                        b'"' => break,
                        b'\\' => at += 2,
                        _ => at += 1,
                    }
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            // The end of a bare number or word.
            b',' | b'}' | b']' if depth == 0 => return Some(at),
            _ if depth == 0 => {
                at += 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The dotted keys of the records at the beginning of the input, in the order they are first seen.
pub(in crate::input) fn headers(layout: &Layout, bytes: &[u8], line_end: u8) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    let mut flattener = Flattener::default();
    let mut note = |record: &[u8]| {
        let Ok(text) = std::str::from_utf8(record) else {
            return;
        };
        let mut keys = Vec::new();
        // A bad record has no say in the headers; it is reported when its turn comes.
        if flattener
            .flatten(text, &mut |key, _| keys.push(key.to_owned()))
            .is_ok()
        {
            headers.extend(keys.into_iter().filter(|key| known.insert(key.clone())));
        }
    };
    if layout.array {
        let mut cutter = ElementCutter::new(layout.depth);
        // Damage further on is reported when its turn comes.
        let _ = cutter.advance(bytes);
        for element in cutter.take().elements {
            note(&bytes[element]);
        }
    } else {
        for line in bytes.split(|byte| *byte == line_end) {
            note(line.trim_ascii());
        }
    }
    headers
}

/// The keys as a text to point into: JSON has no header line of its own.
pub(in crate::input) fn header_source(name: &str, headers: &[String]) -> HeaderSource {
    let mut text = String::from("{");
    let mut spans = Vec::with_capacity(headers.len());
    for (index, header) in headers.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push('"');
        let start = text.len();
        text.push_str(header);
        spans.push(start..text.len());
        text.push('"');
    }
    text.push('}');
    (Source::new(name, text), spans)
}
