//! Finds where delimited records end, hopping from quote to quote.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem, memrchr};

use crate::input::block::count;
use crate::input::damage::Damage;
use crate::input::table::Cut;

/// The quote state of a record at the point that has been reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside quotes.
    Outside,
    /// Inside a quoted field; the quote that opened it stands there.
    Inside { opened: usize },
}

/// Stretches shorter than this are counted line by line.
const SHORT: usize = 256;

/// Finds the last record end in a growing stretch of bytes; what was looked at is not looked at again.
pub(in crate::input) struct RecordCutter {
    delimiter: u8,
    line_end: u8,
    state: State,
    /// The next byte to look at.
    at: usize,
    /// Where the record at hand begins; everything before it is whole records.
    start: usize,
    /// How many records end before `start`, blank lines not among them.
    records: u64,
    /// How many lines end before `start`; not known where there were quotes, inside of which lines end too.
    lines: Option<u64>,
    /// Whether the record at hand has a quoted field.
    has_quotes: bool,
}

impl RecordCutter {
    /// A cutter at the beginning of a record.
    pub fn new(delimiter: u8, line_end: u8) -> Self {
        Self {
            delimiter,
            line_end,
            state: State::Outside,
            at: 0,
            start: 0,
            records: 0,
            lines: Some(0),
            has_quotes: false,
        }
    }

    /// Looks at what was added to `seen` since the last call.
    pub fn advance(&mut self, seen: &[u8]) {
        while self.at < seen.len() {
            match self.state {
                State::Outside => self.outside(seen),
                State::Inside { opened } => {
                    let Some(quote) = memchr(b'"', &seen[self.at..]).map(|i| self.at + i) else {
                        self.at = seen.len();
                        return;
                    };
                    match seen.get(quote + 1) {
                        Some(b'"') => self.at = quote + 2,
                        Some(_) => {
                            self.state = State::Outside;
                            self.at = quote + 1;
                        }
                        // Only the next byte tells whether this quote closes the field.
                        None => {
                            self.state = State::Inside { opened };
                            self.at = quote;
                            return;
                        }
                    }
                }
            }
        }
    }

    /// From `at` on to the next quote that opens a field, or to the end.
    fn outside(&mut self, seen: &[u8]) {
        let mut from = self.at;
        loop {
            let quote = memchr(b'"', &seen[from..]).map(|i| from + i);
            let stretch = self.at..quote.unwrap_or(seen.len());
            if let Some(quote) = quote {
                let opens = quote == self.start || {
                    let before = seen[quote - 1];
                    before == self.delimiter || before == self.line_end
                };
                if !opens {
                    from = quote + 1;
                    continue;
                }
                self.state = State::Inside { opened: quote };
            }
            self.at = quote.map_or(seen.len(), |quote| quote + 1);
            self.count(seen, stretch);
            if quote.is_some() {
                self.lines = None;
                self.has_quotes = true;
            }
            return;
        }
    }

    /// Counts the lines and records that end in a stretch outside quotes.
    fn count(&mut self, seen: &[u8], stretch: Range<usize>) {
        let text = &seen[stretch.clone()];
        if stretch.len() < SHORT {
            for end in memchr_iter(self.line_end, text) {
                self.end_line(seen, stretch.start + end);
            }
            return;
        }
        let (Some(first), Some(last)) = (memchr(self.line_end, text), memrchr(self.line_end, text))
        else {
            return;
        };
        self.end_line(seen, stretch.start + first);
        let rest = &text[first..=last];
        let end = self.line_end;
        if memmem::find(rest, &[end, end])
            .or_else(|| memmem::find(rest, &[end, b'\r', end]))
            .is_some()
        {
            for end in memchr_iter(self.line_end, &rest[1..]) {
                self.end_line(seen, stretch.start + first + 1 + end);
            }
            return;
        }
        // No blank lines: each is a record.
        let lines = count(self.line_end, &rest[1..]);
        self.records += lines;
        self.lines = self.lines.map(|so_far| so_far + lines);
        self.start = stretch.start + last + 1;
        self.has_quotes = false;
    }

    fn end_line(&mut self, seen: &[u8], end: usize) {
        self.records += u64::from(!is_blank(&seen[self.start..end]));
        self.lines = self.lines.map(|so_far| so_far + 1);
        self.start = end + 1;
        self.has_quotes = false;
    }

    /// How many bytes were looked at.
    pub fn looked_at(&self) -> usize {
        self.at
    }

    /// The whole records found since the last call.
    pub fn take(&mut self) -> Cut {
        let cut = Cut {
            end: self.start,
            records: self.records,
            lines: self.lines,
            elements: Vec::new(),
        };
        self.at -= cut.end;
        if let State::Inside { opened } = &mut self.state {
            *opened -= cut.end;
        }
        self.start = 0;
        self.records = 0;
        self.lines = (!self.has_quotes).then_some(0);
        cut
    }

    /// All of `rest`, which the input ends with.
    pub fn finish(&mut self, rest: &[u8]) -> Result<Cut, Damage> {
        if let State::Inside { opened } = self.state {
            // `advance` stops short of a quote that is the last byte: there it closes.
            if self.at >= rest.len() {
                return Err(unclosed(opened));
            }
        }
        let last = &rest[self.start..];
        Ok(Cut {
            end: rest.len(),
            records: self.records + u64::from(!is_blank(last)),
            lines: self.lines,
            elements: Vec::new(),
        })
    }
}

/// Whether a record without its LF is a blank line.
pub(super) fn is_blank(record: &[u8]) -> bool {
    matches!(record, b"" | b"\r")
}

/// The damage of a quote that opens at `at` and is never closed.
pub(super) fn unclosed(at: usize) -> Damage {
    Damage {
        code: "unclosed-quote",
        at,
        message: Box::new(|line, name| {
            format!("the quote opened on line {line} of {name} is never closed")
        }),
        hint: "close the quote, or write a quote inside a quoted field twice",
    }
}
