//! Records that cannot be read, as the rejects file lists them.

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
    /// The same key twice in one JSON object.
    DuplicateKey,
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
