//! Tells how a JSON input lays out its records, and which keys they have.

use std::collections::HashSet;
use std::ops::Range;

use super::elements::{ElementCutter, ONE_ARRAY, flawed, two_arrays};
use super::flatten::{Fault, Flattener};
use super::lines::LineCutter;
use super::wrapper::{self, Place};
use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::input::beginning::SAMPLE;
use crate::input::block::count;
use crate::input::damage::Damage;
use crate::input::encoding::Encoding;
use crate::input::feed::Feed;
use crate::input::table::{Cut, Format, HeaderSource, Options};
use crate::input::unpack::in_words;

/// How the records of a JSON input are laid out. What stands before the first record is passed over.
pub(in crate::input) struct Layout {
    array: bool,
    /// The array's keys in the objects around it, the outermost first, if it stands in any.
    pub path: Vec<String>,
    /// Line ends that were passed over.
    pub lines_before: u64,
}

/// What an object at the beginning of an input turned out to be.
enum Finding {
    /// It holds the array of records under these keys, behind this offset.
    Wrapper(Vec<String>, usize),
    /// It is the first of many, one per line, or the only one.
    Lines,
    /// More has to be read to tell.
    Unclear,
    /// Neither, and why.
    Refused(&'static str),
    /// It holds two arrays that could be the records.
    TwoArrays(String, String),
}

impl Layout {
    /// Looks at the beginning of a JSON input, of which a sample stands ready; it begins on `line`.
    /// Not more than `most` bytes are looked at.
    pub fn find(
        feed: &mut Feed,
        name: &str,
        line_end: u8,
        line: u64,
        most: usize,
    ) -> Result<Self, Report> {
        let blank = feed.bytes().len() - feed.bytes().trim_ascii_start().len();
        if feed.bytes().get(blank) == Some(&b'[') {
            return Ok(Self::array(feed, blank + 1, Vec::new(), line_end));
        }
        loop {
            match finding(feed.bytes(), blank, feed.ended()) {
                Finding::Wrapper(path, start) => {
                    let bytes = feed.bytes();
                    if let Err(flaw) = wrapper::check_before(&bytes[blank..start], &path) {
                        let damage = flawed(flaw, &path, blank);
                        return Err(damage.report(bytes, line, line_end, name));
                    }
                    return Ok(Self::array(feed, start, path, line_end));
                }
                Finding::Lines => {
                    return Ok(Self {
                        array: false,
                        path: Vec::new(),
                        lines_before: 0,
                    });
                }
                Finding::Refused(reason) => {
                    return Err(refused("unclear-json", &format!("{name} {reason}")));
                }
                Finding::TwoArrays(one, other) => {
                    let message = two_arrays(name, &one, &other);
                    let diagnostic = Diagnostic::error("two-arrays", message).hint(ONE_ARRAY);
                    return Err(Report::new(Kind::Data, diagnostic));
                }
                Finding::Unclear if feed.bytes().len() >= most => {
                    let reason = format!(
                        "begins with an object that holds no array of records in its first {}",
                        in_words(most as u64)
                    );
                    return Err(refused("unclear-json", &format!("{name} {reason}")));
                }
                Finding::Unclear => {
                    let wanted = feed.bytes().len().saturating_mul(2).min(most);
                    feed.fill(wanted)?;
                }
            }
        }
    }

    fn array(feed: &mut Feed, start: usize, path: Vec<String>, line_end: u8) -> Self {
        let lines_before = count(line_end, &feed.bytes()[..start]);
        feed.skip(start);
        Self {
            array: true,
            path,
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

fn finding(bytes: &[u8], start: usize, ended: bool) -> Finding {
    let Some(end) = skip_value(bytes, start) else {
        // An object longer than what is at hand, or one that breaks off.
        if has_objects_on_lines(&bytes[..bytes.len().min(SAMPLE)]) {
            return Finding::Lines;
        }
        return match wrapper::place(bytes, start) {
            Place::Array(path, content) if ended || bytes.len() >= SAMPLE => {
                Finding::Wrapper(path, content)
            }
            Place::EmptyArray(path, content) if ended => Finding::Wrapper(path, content),
            Place::Unclear(one, other) => Finding::TwoArrays(one, other),
            _ if !ended => Finding::Unclear,
            _ => Finding::Lines,
        };
    };
    let one_line = memchr::memchr2(b'\n', b'\r', &bytes[start..end]).is_none();
    let rest = bytes[end..].trim_ascii_start();
    // A bracket too many does not begin another record.
    let more = !rest.is_empty() && !rest.starts_with(b"]") && !rest.starts_with(b"}");
    if one_line && more || has_objects_on_lines(&bytes[..bytes.len().min(SAMPLE)]) {
        return Finding::Lines;
    }
    if rest.starts_with(b"{") {
        return Finding::Refused("spreads an object over several lines, and another one follows");
    }
    if !ended {
        return Finding::Unclear;
    }
    match wrapper::place(bytes, start) {
        Place::Array(path, content) | Place::EmptyArray(path, content) => {
            Finding::Wrapper(path, content)
        }
        Place::Unclear(one, other) => Finding::TwoArrays(one, other),
        Place::Record if one_line => Finding::Lines,
        Place::Record => Finding::Refused(
            "is one object over several lines that looks like a record, not like one that holds records",
        ),
    }
}

/// Whether two lines in a row look like objects, which never stand so inside a value.
fn has_objects_on_lines(bytes: &[u8]) -> bool {
    let mut before = false;
    bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .any(|line| {
            let object = line.starts_with(b"{") && line.ends_with(b"}");
            std::mem::replace(&mut before, object) && object
        })
}

/// The first place from `at` on that is no blank.
pub(super) fn skip_blank(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

/// Where the value that begins at `start` ends, if it does.
pub(super) fn skip_value(bytes: &[u8], start: usize) -> Option<usize> {
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

/// The dotted keys of the records at the beginning of the input, in the order they are first seen. The bytes at hand
/// begin on `line`.
///
/// Records that cannot be read have no say in it, and are reported when their turn comes; unless there are no others.
pub(in crate::input) fn headers(
    layout: &Layout,
    feed: &mut Feed,
    name: &str,
    line_end: u8,
    line: u64,
    (options, encoding): (&Options, Encoding),
) -> Result<Vec<String>, Report> {
    let most = options.most_record();
    loop {
        let bytes = feed.bytes();
        let mut keys = KeysSeen {
            headers: Vec::new(),
            known: HashSet::new(),
            records: 0,
            fault: None,
            flattener: Flattener::new(options.decimal_comma, options.max_cell),
            encoding,
        };
        let damage = if layout.array {
            keys.note_elements(bytes, layout, feed.ended())
        } else {
            keys.note_lines(bytes, line_end, feed.ended())
        };
        if !keys.headers.is_empty() {
            return Ok(keys.headers);
        }
        // An only record that is cut off is no bad record.
        if let Some(damage) = damage {
            return Err(damage.report(bytes, line, line_end, name));
        }
        if let Some((at, fault)) = keys.fault {
            return Err(unreadable(
                name,
                line + count(line_end, &bytes[..at]),
                &fault,
            ));
        }
        if keys.records > 0 || feed.ended() {
            return Ok(Vec::new());
        }
        if bytes.len() >= most {
            let message = format!(
                "the first record of {name} is longer than {}",
                in_words(most as u64)
            );
            let hint =
                "is it one record? the records are an array of objects, or one object per line";
            return Err(Report::new(
                Kind::Data,
                Diagnostic::error("record-too-long", message).hint(hint),
            ));
        }
        let wanted = bytes.len().saturating_mul(2).clamp(SAMPLE, most);
        feed.fill(wanted)?;
    }
}

/// The keys of the records at the beginning, and what was wrong with the first that cannot be read.
struct KeysSeen {
    headers: Vec<String>,
    known: HashSet<String>,
    records: u64,
    fault: Option<(usize, Fault)>,
    flattener: Flattener,
    encoding: Encoding,
}

impl KeysSeen {
    /// Notes the elements of an array; gives the damage in it where no element could be read.
    fn note_elements(&mut self, bytes: &[u8], layout: &Layout, ended: bool) -> Option<Damage> {
        let mut cutter = ElementCutter::new(layout.path.clone());
        let damage = cutter.advance(bytes).err();
        let Cut { end, elements, .. } = cutter.take();
        for element in elements {
            self.note(bytes, element);
        }
        if damage.is_some() || !ended || !self.headers.is_empty() {
            return damage;
        }
        let mut damage = cutter.finish(&bytes[end..]).err()?;
        damage.at += end;
        Some(damage)
    }

    /// Notes lines; gives the damage of the last where no line could be read.
    fn note_lines(&mut self, bytes: &[u8], line_end: u8, ended: bool) -> Option<Damage> {
        let mut start = 0;
        let rest = ended.then_some(bytes.len());
        for end in memchr::memchr_iter(line_end, bytes).chain(rest) {
            let line = &bytes[start..end];
            let text = line.trim_ascii();
            if !text.is_empty() {
                let blank = line.len() - line.trim_ascii_start().len();
                self.note(bytes, start + blank..start + blank + text.len());
            }
            start = end + 1;
        }
        if !ended || !self.headers.is_empty() {
            return None;
        }
        let mut cutter = LineCutter::new(line_end);
        cutter.advance(bytes);
        cutter.finish(bytes).err()
    }

    fn note(&mut self, bytes: &[u8], span: Range<usize>) {
        let record = &bytes[span.clone()];
        self.records += 1;
        let mut keys = Vec::new();
        let read = match std::str::from_utf8(record) {
            Ok(text) => self
                .flattener
                .flatten(text, &mut |key, _| keys.push(key.to_owned())),
            Err(_) => Err(Fault::no_text(self.encoding)),
        };
        match read {
            Ok(()) => {
                let new = keys
                    .into_iter()
                    .filter(|key| self.known.insert(key.clone()));
                self.headers.extend(new);
            }
            Err(fault) => {
                self.fault.get_or_insert((span.start, fault));
            }
        }
    }
}

fn unreadable(name: &str, line: u64, fault: &Fault) -> Report {
    let message = format!("no record at the beginning of {name} can be read");
    let first = format!("{name}:{line}: {}: {}", fault.code.name(), fault.message);
    let diagnostic = Diagnostic::error("bad-rows", message)
        .list(vec![first])
        .hint("mend these rows or export again; nothing was written");
    Report::new(Kind::Data, diagnostic)
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
