//! Records that cannot be read: why, where, and the first of them for messages.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::rejects::Rejects;

/// Why a record was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BadCode {
    /// More or fewer fields than the header.
    FieldCount,
    /// Text after a closing quote.
    BadQuote,
    /// Bytes that are not UTF-8.
    BadUtf8,
    /// A control character where none belongs.
    ControlChar,
    /// A cell longer than the limit.
    FieldTooLong,
    /// No identifier in the id column.
    MissingId,
    /// A contact seen before, with other values.
    DuplicateContact,
    /// An event id seen before, with other values.
    DuplicateEvent,
    /// A date or time that cannot be read.
    BadTimestamp,
    /// A date or time outside the years that are supported.
    TimestampRange,
    /// Not a JSON object.
    BadJson,
    /// The same key twice in one JSON object, or two keys for one column.
    DuplicateKey,
    /// The header once more: two exports in one file.
    RepeatedHeader,
}

impl BadCode {
    /// The stable name that the rejects file carries.
    pub fn name(self) -> &'static str {
        match self {
            Self::FieldCount => "field_count",
            Self::BadQuote => "bad_quote",
            Self::BadUtf8 => "bad_utf8",
            Self::ControlChar => "control_char",
            Self::FieldTooLong => "field_too_long",
            Self::MissingId => "missing_id",
            Self::DuplicateContact => "duplicate_contact",
            Self::DuplicateEvent => "duplicate_event",
            Self::BadTimestamp => "bad_timestamp",
            Self::TimestampRange => "timestamp_range",
            Self::BadJson => "bad_json",
            Self::DuplicateKey => "duplicate_key",
            Self::RepeatedHeader => "repeated_header",
        }
    }
}

/// One record that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Physical line on which the record begins, from 1.
    pub line: u64,
    /// Physical line on which it ends.
    pub end_line: u64,
    /// Number of the data record in its file, from 1; the header and blank lines do not count.
    pub record: u64,
    /// The header of the column to blame, where one is to blame.
    pub column: Option<String>,
    /// Why it was refused.
    pub code: BadCode,
    /// The same for people; never quotes the data.
    pub message: String,
    /// The record as it stands in the file, without its line end.
    pub raw: Vec<u8>,
}

/// Refused rows of several files: the first by file and line, and how many there are of each code.
///
/// What is kept does not depend on the order in which rows are pushed.
#[derive(Debug, Clone, Default)]
pub struct BadRows {
    /// The last of those kept stands on top.
    kept: BinaryHeap<Placed>,
    counts: BTreeMap<BadCode, u64>,
    /// Where all of them go, whole.
    rejects: Option<Arc<Rejects>>,
}

impl BadRows {
    /// How many are kept for messages.
    pub const KEPT: usize = 20;

    /// None yet; all that come go to `rejects` too, if there are such.
    pub fn new(rejects: Option<Arc<Rejects>>) -> Self {
        Self {
            rejects,
            ..Self::default()
        }
    }

    /// Adds a row of the file numbered `file`.
    pub fn push(&mut self, file: usize, row: BadRow) {
        *self.counts.entry(row.code).or_default() += 1;
        if let Some(rejects) = &self.rejects {
            rejects.push(file, &row);
        }
        // Messages do not show what a row holds, and it may be long.
        let row = BadRow {
            raw: Vec::new(),
            ..row
        };
        self.keep(Placed { file, row });
    }

    /// Adds the rows of `other`, which numbers its files alike.
    pub fn merge(&mut self, other: Self) {
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
        for placed in other.kept {
            self.keep(placed);
        }
    }

    /// How many rows were added.
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Whether all of them go to a rejects file.
    pub fn are_logged(&self) -> bool {
        self.rejects.is_some()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many rows there are of each code that occurs.
    pub fn counts(&self) -> &BTreeMap<BadCode, u64> {
        &self.counts
    }

    /// The rows that were kept, each with the number of its file, by file and line.
    pub fn first(&self) -> Vec<(usize, &BadRow)> {
        let mut kept: Vec<&Placed> = self.kept.iter().collect();
        kept.sort_unstable();
        kept.into_iter()
            .map(|placed| (placed.file, &placed.row))
            .collect()
    }

    fn keep(&mut self, placed: Placed) {
        if self.kept.len() < Self::KEPT {
            self.kept.push(placed);
        } else if let Some(mut last) = self.kept.peek_mut()
            && placed < *last
        {
            *last = placed;
        }
    }
}

/// A row and its file, in the order of files, lines and records.
#[derive(Debug, Clone)]
struct Placed {
    file: usize,
    row: BadRow,
}

impl Placed {
    /// Rows of one record are told apart by what is said, so that the order is that of no thread.
    fn place(&self) -> (usize, u64, u64, BadCode, &str) {
        let row = &self.row;
        (self.file, row.line, row.record, row.code, &row.message)
    }
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Placed {}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64) -> BadRow {
        BadRow {
            line,
            end_line: line,
            record: line,
            column: None,
            code: BadCode::BadJson,
            message: String::new(),
            raw: Vec::new(),
        }
    }

    fn first(rows: &BadRows) -> Vec<(usize, u64)> {
        let rows = rows.first().into_iter();
        rows.map(|(file, row)| (file, row.line)).collect()
    }

    #[test]
    fn rows_come_out_by_file_and_line_whatever_the_order_they_were_pushed_in() {
        let mut one = BadRows::new(None);
        one.push(1, row(5));
        one.push(0, row(9));
        let mut other = BadRows::new(None);
        other.push(0, row(2));
        one.merge(other);
        assert_eq!(one.len(), 3);
        assert_eq!(first(&one), [(0, 2), (0, 9), (1, 5)]);
    }

    #[test]
    fn only_the_first_are_kept_and_all_are_counted_by_code() {
        let mut rows = BadRows::new(None);
        for line in (0..5000).rev() {
            rows.push(0, row(line));
        }
        let mut later = BadRows::new(None);
        for line in 0..5000 {
            later.push(3, row(line));
        }
        rows.merge(later);
        assert_eq!(rows.len(), 10_000);
        assert_eq!(rows.counts()[&BadCode::BadJson], 10_000);
        let expected: Vec<(usize, u64)> = (0..20).map(|line| (0, line)).collect();
        assert_eq!(first(&rows), expected);
    }
}
