//! Records that cannot be read, as the rejects file lists them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

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
    /// The record as it stands in the file, without its line end; of a long one the beginning.
    pub raw: Vec<u8>,
}

/// How many bytes of a refused record are kept.
const KEPT_BYTES: usize = 4 * 1024;

/// How many refused rows are kept, and how many of a block with what there is to say of them.
const KEPT_ROWS: usize = 1000;

/// The part of a refused record that is kept.
pub(super) fn excerpt(record: &[u8]) -> Vec<u8> {
    record[..record.len().min(KEPT_BYTES)].to_vec()
}

impl BadRow {
    /// This row without column, message and record where `earlier` rows of its block make it one that [`BadRows`]
    /// cannot keep: a block of nothing but bad rows would fill the memory.
    pub(super) fn brief_after(self, earlier: usize) -> Self {
        if earlier < KEPT_ROWS {
            return self;
        }
        Self {
            column: None,
            message: String::new(),
            raw: Vec::new(),
            ..self
        }
    }
}

/// Refused rows of several files: the first thousand by file and line, and how many there are.
///
/// What is kept does not depend on the order in which rows are pushed.
#[derive(Debug, Clone, Default)]
pub struct BadRows {
    /// The last of those kept stands on top.
    kept: BinaryHeap<Placed>,
    count: u64,
}

impl BadRows {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row of the file numbered `file`.
    pub fn push(&mut self, file: usize, row: BadRow) {
        self.count += 1;
        self.keep(Placed { file, row });
    }

    /// Adds the rows of `other`, which numbers its files alike.
    pub fn merge(&mut self, other: Self) {
        self.count += other.count;
        for placed in other.kept {
            self.keep(placed);
        }
    }

    /// The same rows with every file's number raised by `files`.
    #[must_use]
    pub fn behind(self, files: usize) -> Self {
        let kept = self.kept.into_iter();
        let kept = kept.map(|placed| Placed {
            file: placed.file + files,
            ..placed
        });
        Self {
            kept: kept.collect(),
            count: self.count,
        }
    }

    /// How many rows were added.
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The rows that were kept, each with the number of its file, by file and line.
    pub fn into_first(self) -> Vec<(usize, BadRow)> {
        let kept = self.kept.into_sorted_vec().into_iter();
        kept.map(|placed| (placed.file, placed.row)).collect()
    }

    fn keep(&mut self, placed: Placed) {
        if self.kept.len() < KEPT_ROWS {
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

    fn first(rows: BadRows) -> Vec<(usize, u64)> {
        let rows = rows.into_first().into_iter();
        rows.map(|(file, row)| (file, row.line)).collect()
    }

    #[test]
    fn rows_come_out_by_file_and_line_whatever_the_order_they_were_pushed_in() {
        let mut one = BadRows::new();
        one.push(1, row(5));
        one.push(0, row(9));
        let mut other = BadRows::new();
        other.push(0, row(2));
        one.merge(other);
        assert_eq!(one.len(), 3);
        assert_eq!(first(one), [(0, 2), (0, 9), (1, 5)]);
    }

    #[test]
    fn only_the_first_are_kept_and_all_are_counted() {
        let mut rows = BadRows::new();
        for line in (0..5000).rev() {
            rows.push(0, row(line));
        }
        let mut later = BadRows::new();
        for line in 0..5000 {
            later.push(0, row(line));
        }
        rows.merge(later.behind(3));
        assert_eq!(rows.len(), 10_000);
        let expected: Vec<(usize, u64)> = (0..1000).map(|line| (0, line)).collect();
        assert_eq!(first(rows), expected);
    }

    #[test]
    fn of_a_long_record_the_beginning_is_kept() {
        assert_eq!(excerpt(b"abc"), b"abc");
        assert_eq!(excerpt(&vec![b'x'; 1 << 20]).len(), 4096);
    }
}
