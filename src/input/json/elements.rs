//! Finds where the elements of a JSON array end, without reading them.

use std::ops::Range;

use memchr::memchr2;

use super::wrapper::{Flaw, check_behind};
use crate::input::damage::Damage;
use crate::input::table::Cut;

/// How far the array has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between the array's brackets.
    Elements,
    /// After it, where nothing may follow.
    After,
    /// After it, in the rest of the object around it, which is looked at as a whole.
    Rest,
}

/// Finds the elements in a growing stretch of bytes that begins behind the array's opening bracket.
///
/// An element is whatever stands between two commas of the array; whether it is an object is the reader's matter.
pub(in crate::input) struct ElementCutter {
    phase: Phase,
    /// The array's keys in the objects around it, the outermost first, if it stands in any.
    path: Vec<String>,
    at: usize,
    /// Brackets open inside the element at hand.
    depth: usize,
    in_string: bool,
    /// Where the element at hand may begin, or the rest behind the array.
    start: usize,
    /// Everything before is whole elements.
    end: usize,
    elements: Vec<Range<usize>>,
    /// A comma stands before the element at hand.
    after_comma: bool,
}

impl ElementCutter {
    /// A cutter behind the opening bracket of an array, which may stand in objects under the keys of `path`.
    pub fn new(path: Vec<String>) -> Self {
        Self {
            phase: Phase::Elements,
            path,
            at: 0,
            depth: 0,
            in_string: false,
            start: 0,
            end: 0,
            elements: Vec::new(),
            after_comma: false,
        }
    }

    /// Looks at what was added to `seen` since the last call.
    pub fn advance(&mut self, seen: &[u8]) -> Result<(), Damage> {
        while self.at < seen.len() {
            if self.in_string {
                match memchr2(b'"', b'\\', &seen[self.at..]).map(|i| self.at + i) {
                    None => self.at = seen.len(),
                    Some(at) if seen[at] == b'"' => {
                        self.in_string = false;
                        self.at = at + 1;
                    }
                    Some(at) if at + 1 < seen.len() => self.at = at + 2,
                    Some(at) => {
                        self.at = at;
                        return Ok(());
                    }
                }
                continue;
            }
            let at = self.at;
            let byte = seen[at];
            match self.phase {
                Phase::Elements => self.inside(seen, at, byte),
                Phase::After => {
                    if !byte.is_ascii_whitespace() {
                        return Err(trailing(at));
                    }
                    self.end = at + 1;
                }
                Phase::Rest => {
                    self.at = seen.len();
                    return Ok(());
                }
            }
            self.at = at + 1;
        }
        Ok(())
    }

    fn inside(&mut self, seen: &[u8], at: usize, byte: u8) {
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => self.depth -= 1,
            b',' if self.depth == 0 => {
                self.elements.push(trimmed(seen, self.start..at));
                self.after_comma = true;
                self.start = at + 1;
                self.end = at + 1;
            }
            b']' => {
                let element = trimmed(seen, self.start..at);
                if self.after_comma || !element.is_empty() {
                    self.elements.push(element);
                }
                self.phase = if self.path.is_empty() {
                    Phase::After
                } else {
                    Phase::Rest
                };
                self.start = at + 1;
                self.end = at + 1;
            }
            _ => {}
        }
    }

    /// How many bytes were looked at.
    pub fn looked_at(&self) -> usize {
        self.at
    }

    /// The whole elements found since the last call.
    pub fn take(&mut self) -> Cut {
        let cut = Cut {
            end: self.end,
            records: self.elements.len() as u64,
            lines: None,
            elements: std::mem::take(&mut self.elements),
        };
        self.at -= cut.end;
        self.start = self.start.saturating_sub(cut.end);
        self.end = 0;
        cut
    }

    /// All of `rest`, which the input ends with.
    pub fn finish(&mut self, rest: &[u8]) -> Result<Cut, Damage> {
        let start = self.start.min(rest.len());
        match self.phase {
            Phase::Elements => {
                let blank = rest[start..].len() - rest[start..].trim_ascii_start().len();
                Err(truncated(start + blank))
            }
            Phase::Rest => match check_behind(&rest[start..], &self.path) {
                Ok(()) => {
                    self.end = rest.len();
                    Ok(self.take())
                }
                Err(flaw) => Err(flawed(flaw, &self.path, start)),
            },
            Phase::After => Ok(self.take()),
        }
    }

    /// Whether the array has ended, and the rest of the object around it is being read.
    pub fn is_in_rest(&self) -> bool {
        self.phase == Phase::Rest
    }
}

/// `span` without the blanks at its ends.
fn trimmed(bytes: &[u8], span: Range<usize>) -> Range<usize> {
    let text = &bytes[span.clone()];
    let start = span.start + (text.len() - text.trim_ascii_start().len());
    start..start + text.trim_ascii().len()
}

/// The damage of JSON that ends inside the record that begins at `at`.
pub(super) fn truncated(at: usize) -> Damage {
    Damage {
        code: "truncated-json",
        at,
        message: Box::new(|line, name| {
            format!("{name} ends in the middle of the JSON that begins on line {line}")
        }),
        hint: "the file was cut off: export it again",
    }
}

/// The damage of an object whose array of records, under the keys of `path`, is sound; `start` is where what was looked
/// at begins.
pub(super) fn flawed(flaw: Flaw, path: &[String], start: usize) -> Damage {
    let key = path.join(".");
    match flaw {
        Flaw::Truncated => truncated(start),
        Flaw::Trailing(at) => trailing(start + at),
        Flaw::NotJson { line_start, reason } => Damage {
            code: "bad-json",
            at: start + line_start,
            message: Box::new(move |line, name| {
                format!(
                    "what stands beside the records on line {line} of {name} is not valid JSON: {reason}"
                )
            }),
            hint: "the file is damaged: export it again",
        },
        Flaw::Twice => Damage {
            code: "two-arrays",
            at: start,
            message: Box::new(move |_, name| {
                format!("the JSON object of {name} has the key `{key}` twice")
            }),
            hint: ONE_ARRAY,
        },
        Flaw::SecondArray(other) => Damage {
            code: "two-arrays",
            at: start,
            message: Box::new(move |_, name| two_arrays(name, &key, &other)),
            hint: ONE_ARRAY,
        },
    }
}

/// What to do about a file of two arrays.
pub(in crate::input) const ONE_ARRAY: &str =
    "a file holds one array of records: put the other one into a file of its own";

/// Says that the object of `name` holds two arrays that could be the records.
pub(super) fn two_arrays(name: &str, one: &str, other: &str) -> String {
    format!("the JSON object of {name} holds two arrays, `{one}` and `{other}`")
}

fn trailing(at: usize) -> Damage {
    Damage {
        code: "trailing-json",
        at,
        message: Box::new(|line, name| {
            format!("something follows the end of the JSON on line {line} of {name}")
        }),
        hint: "a file holds one array, or one object per line",
    }
}
