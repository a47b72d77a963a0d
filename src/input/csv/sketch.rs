//! A plain reading of a few records, for the header and for telling the delimiter.

use std::ops::Range;

/// How many columns an export may have.
pub(super) const MAX_COLUMNS: usize = 100_000;

/// One field as it stands: the bytes of its content, and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The content's bytes, without quotes, relative to the bytes that were read.
    pub span: Range<usize>,
    /// The content, unescaped.
    pub bytes: Vec<u8>,
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a line end, or at the end of the input.
    Whole,
    /// The bytes at hand end first; with the opening quote where they end inside quotes.
    Short(Option<usize>),
}

/// One record as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The first [`MAX_COLUMNS`] of them.
    pub fields: Vec<Field>,
    /// How many fields there are.
    pub count: usize,
    /// Text follows a closing quote, here.
    pub junk: Option<usize>,
    pub ending: Ending,
    /// The record without its line end.
    pub span: Range<usize>,
    /// Where the next record begins.
    pub next: usize,
}

impl Sketch {
    /// Reads the record that begins at `start`. `ended` says that nothing follows `bytes`.
    pub fn read(bytes: &[u8], start: usize, delimiter: u8, line_end: u8, ended: bool) -> Self {
        let mut sketch = Self {
            fields: Vec::new(),
            count: 0,
            junk: None,
            ending: Ending::Whole,
            span: start..bytes.len(),
            next: bytes.len(),
        };
        let mut at = start;
        loop {
            let mut field = Field {
                span: at..at,
                bytes: Vec::new(),
            };
            let opened = at;
            let quoted = bytes.get(at) == Some(&b'"');
            if quoted {
                at += 1;
                field.span.start = at;
                loop {
                    match (bytes.get(at), bytes.get(at + 1)) {
                        (Some(b'"'), Some(b'"')) => {
                            field.bytes.push(b'"');
                            at += 2;
                        }
                        (Some(b'"'), _) => break,
                        (Some(byte), _) => {
                            field.bytes.push(*byte);
                            at += 1;
                        }
                        (None, _) => {
                            sketch.ending = Ending::Short(Some(opened));
                            return sketch;
                        }
                    }
                }
                field.span.end = at;
                at += 1;
            }
            let tail = at;
            while bytes
                .get(at)
                .is_some_and(|byte| *byte != delimiter && *byte != line_end)
            {
                at += 1;
            }
            let more = bytes.get(at) == Some(&delimiter);
            let mut end = at;
            let at_crlf = line_end == b'\n' && !more && end > tail && bytes[end - 1] == b'\r';
            end -= usize::from(at_crlf);
            if !quoted {
                field.span.end = end;
                field.bytes.extend_from_slice(&bytes[tail..end]);
            } else if end > tail {
                sketch.junk.get_or_insert(tail);
            }
            sketch.count += 1;
            if sketch.count <= MAX_COLUMNS {
                sketch.fields.push(field);
            }
            if !more {
                sketch.span.end = end;
                if at < bytes.len() {
                    sketch.next = at + 1;
                } else if !ended {
                    sketch.ending = Ending::Short(None);
                }
                return sketch;
            }
            at += 1;
        }
    }
}
