//! Finds where the records of newline-delimited JSON end.

use memchr::memchr_iter;
use serde::de::IgnoredAny;

use super::elements::truncated;
use crate::input::damage::Damage;
use crate::input::table::Cut;

/// Finds the last line end in a growing stretch of bytes.
pub(in crate::input) struct LineCutter {
    line_end: u8,
    at: usize,
    start: usize,
    records: u64,
}

impl LineCutter {
    /// A cutter at the beginning of a line.
    pub fn new(line_end: u8) -> Self {
        Self {
            line_end,
            at: 0,
            start: 0,
            records: 0,
        }
    }

    /// Looks at what was added to `seen` since the last call.
    pub fn advance(&mut self, seen: &[u8]) {
        for end in memchr_iter(self.line_end, &seen[self.at..]) {
            let end = self.at + end;
            self.records += u64::from(!seen[self.start..end].trim_ascii().is_empty());
            self.start = end + 1;
        }
        self.at = seen.len();
    }

    /// How many bytes were looked at.
    pub fn looked_at(&self) -> usize {
        self.at
    }

    /// The whole lines found since the last call.
    pub fn take(&mut self) -> Cut {
        let cut = Cut {
            end: self.start,
            records: self.records,
            lines: None,
            elements: Vec::new(),
        };
        self.at -= cut.end;
        self.start = 0;
        self.records = 0;
        cut
    }

    /// All of `rest`, which the input ends with. A last line that breaks off is damage.
    pub fn finish(&mut self, rest: &[u8]) -> Result<Cut, Damage> {
        let last = rest[self.start..].trim_ascii();
        if !last.is_empty()
            && let Err(error) = serde_json::from_slice::<IgnoredAny>(last)
            && error.is_eof()
        {
            return Err(truncated(self.start));
        }
        Ok(Cut {
            end: rest.len(),
            records: self.records + u64::from(!last.is_empty()),
            lines: None,
            elements: Vec::new(),
        })
    }
}
