//! Finds where the elements of a JSON array end, without reading them.

use std::ops::Range;

use memchr::memchr2;

use crate::input::table::{Cut, Damage};

/// How far the array has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between the array's brackets.
    Elements,
    /// After it, with this many brackets around it still open.
    After(usize),
}

/// Finds the elements in a growing stretch of bytes that begins behind the array's opening bracket.
///
/// An element is whatever stands between two commas of the array; whether it is an object is the reader's matter.
pub(in crate::input) struct ElementCutter {
    phase: Phase,
    /// Brackets around the array.
    around: usize,
    at: usize,
    /// Brackets open inside the element at hand, or behind the array.
    depth: usize,
    in_string: bool,
    /// Where the element at hand may begin.
    start: usize,
    /// Everything before is whole elements.
    end: usize,
    elements: Vec<Range<usize>>,
    /// A comma stands before the element at hand.
    after_comma: bool,
}

impl ElementCutter {
    /// A cutter behind the opening bracket of an array that stands inside `around` objects.
    pub fn new(around: usize) -> Self {
        Self {
            phase: Phase::Elements,
            around,
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
                Phase::After(0) => {
                    if !byte.is_ascii_whitespace() {
                        return Err(trailing(at));
                    }
                    self.end = at + 1;
                }
                Phase::After(open) => {
                    match byte {
                        b'"' => self.in_string = true,
                        b'{' | b'[' => self.phase = Phase::After(open + 1),
                        b'}' | b']' => self.phase = Phase::After(open - 1),
                        _ => {}
                    }
                    self.end = at + 1;
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
                self.phase = Phase::After(self.around);
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
            elements: std::mem::take(&mut self.elements),
        };
        self.at -= cut.end;
        self.start = self.start.saturating_sub(cut.end);
        self.end = 0;
        cut
    }

    /// All of `rest`, which the input ends with.
    pub fn finish(&mut self, rest: &[u8]) -> Result<Cut, Damage> {
        if self.phase == Phase::After(0) && !self.in_string {
            return Ok(self.take());
        }
        let start = self.start.min(rest.len());
        let blank = rest[start..].len() - rest[start..].trim_ascii_start().len();
        Err(truncated(start + blank))
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
        message: |line, name| {
            format!("{name} ends in the middle of the JSON that begins on line {line}")
        },
        hint: "the file was cut off: export it again",
    }
}

fn trailing(at: usize) -> Damage {
    Damage {
        code: "trailing-json",
        at,
        message: |line, name| {
            format!("something follows the end of the JSON on line {line} of {name}")
        },
        hint: "a file holds one array, or one object per line",
    }
}
