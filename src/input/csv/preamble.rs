//! Lines that stand before the header of a known shape: a report's title, its dates, comments.

use super::delimiter::CANDIDATES;
use super::head::separator_line;
use super::sketch::Sketch;
use crate::input::table::Options;

/// Lines within which a header is looked for.
const LOOKED_AT: u64 = 20;

/// The longest line, in bytes, that is looked at.
const LONGEST: usize = 64 * 1024;

/// What stands before the header.
pub(in crate::input) struct Preamble {
    /// How many lines, blank ones among them.
    pub lines: u64,
    /// How long they are.
    pub bytes: usize,
    /// What the header is delimited by.
    pub delimiter: u8,
}

impl Preamble {
    /// The lines before a header that is unmistakably of a shape which has such lines. None where the first line is a
    /// header that is known.
    pub fn find(bytes: &[u8], options: &Options, told: Option<u8>, line_end: u8) -> Option<Self> {
        let shapes = options.presets.shapes(&options.kinds);
        let has_preamble =
            |preset: &&crate::preset::Shape| preset.preamble > 0 || preset.comment.is_some();
        if !shapes.iter().copied().any(|preset| has_preamble(&preset))
            || separator_line(bytes, line_end).is_some()
        {
            return None;
        }
        let mut start = 0;
        let mut plain = 0;
        let mut comments: Vec<&[u8]> = Vec::new();
        for lines in 0..LOOKED_AT {
            let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
            let length = memchr::memchr(line_end, rest).unwrap_or(rest.len());
            let line = &rest[..length];
            let delimiters = told.map_or(CANDIDATES.to_vec(), |told| vec![told]);
            let header = delimiters.into_iter().find_map(|delimiter| {
                let headers = cells(line, delimiter, line_end)?;
                let preset = options.presets.shape_by_header(&options.kinds, &headers)?;
                Some((delimiter, preset))
            });
            if let Some((delimiter, preset)) = header {
                let is_comment = |line: &&[u8]| {
                    let comment = preset.comment.as_ref();
                    comment.is_some_and(|comment| line.starts_with(comment.as_bytes()))
                };
                let others = comments.iter().filter(|line| !is_comment(line)).count() as u64;
                return (lines > 0 && plain + others <= preset.preamble).then_some(Self {
                    lines,
                    bytes: start,
                    delimiter,
                });
            }
            let is_any_comment = shapes.iter().any(|preset| {
                let comment = preset.comment.as_ref();
                comment.is_some_and(|comment| line.starts_with(comment.as_bytes()))
            });
            if is_any_comment {
                comments.push(line);
            } else if !line.trim_ascii().is_empty() {
                plain += 1;
            }
            start += length + 1;
        }
        None
    }
}

/// The cells of a line, if it is a header that can be read.
fn cells(line: &[u8], delimiter: u8, line_end: u8) -> Option<Vec<String>> {
    if line.len() > LONGEST {
        return None;
    }
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let sketch = Sketch::read(line, 0, delimiter, line_end, true);
    let cells = sketch.fields.into_iter();
    let cells = cells.map(|field| Some(String::from_utf8(field.bytes).ok()?.trim().to_owned()));
    cells.collect()
}
