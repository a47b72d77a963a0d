//! A time as it stands in a cell: ISO 8601 and RFC 3339 in their usual spellings, numeric dates once their order is
//! settled, epoch numbers and declared patterns.
//!
//! Nothing is guessed. A time without an offset is read in the model's zone, a date alone is the start of that day, and
//! `03/05/2026` is refused until the order of day and month is settled for the whole column.

mod clock;
mod epoch;
mod iso;
mod numeric_date;
mod pattern;

use std::fmt;
use std::sync::Arc;

pub use numeric_date::{OrderEvidence, order_evidence};

use super::zone::Shown;
use super::{Day, Instant, Zone, trim_ascii_fast};
use numeric_date::NumericDate;

/// Which of day and month comes first in dates such as `03/05/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The third of May.
    DayFirst,
    /// The fifth of March.
    MonthFirst,
}

/// How the times of a column are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TimeForm {
    /// As ISO 8601 or RFC 3339 in their usual spellings, or as a numeric date.
    #[default]
    Recognised,
    /// Seconds since 1970-01-01T00:00:00Z, with or without decimals.
    EpochSeconds,
    /// Milliseconds since then.
    EpochMillis,
    /// Microseconds since then.
    EpochMicros,
    /// As a `strftime` pattern says. Make it with [`TimeForm::pattern`], which checks it.
    Pattern(String),
    /// In another form, or else as recognised: what is usual for an export and declared by nobody.
    Usually(Box<TimeForm>),
}

impl TimeForm {
    /// The form that is declared as `unix`, `unix-ms` or `unix-us`, or by a pattern.
    ///
    /// # Errors
    /// As [`TimeForm::pattern`].
    pub fn named(name: &str) -> Result<TimeForm, String> {
        match name {
            "unix" => Ok(TimeForm::EpochSeconds),
            "unix-ms" => Ok(TimeForm::EpochMillis),
            "unix-us" => Ok(TimeForm::EpochMicros),
            pattern => TimeForm::pattern(pattern),
        }
    }

    /// The form of a `strftime`-like pattern such as `%d/%m/%Y %H:%M`, in the syntax of the `jiff` library.
    ///
    /// # Errors
    /// A phrase that says why no time can be read by it.
    pub fn pattern(pattern: &str) -> Result<TimeForm, String> {
        pattern::check(pattern)?;
        Ok(TimeForm::Pattern(pattern.to_owned()))
    }
}

/// Why a cell gives no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeError {
    /// It is not a time in the column's form, or no calendar has it.
    NotATime,
    /// It is a time, but so far away that it is surely a marker for "none": before 1970 or from 2100 on (as a day:
    /// before 1900 or from 2200 on).
    OutOfRange,
    /// It is a numeric date, and the order of day and month is not settled.
    AmbiguousOrder,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeError::NotATime => "not a time that can be read",
            TimeError::OutOfRange => "a time out of range",
            TimeError::AmbiguousOrder => "day and month could be either way round",
        })
    }
}

impl std::error::Error for TimeError {}

/// What a cell says before a zone and a range are applied to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// A day without a time.
    Date(Day),
    /// A day and microseconds since its midnight on local clocks.
    Local(Day, i64),
    /// One instant, because the cell told the offset.
    Exact(Instant),
}

/// Instants that are read as times: 1970-01-01T00:00:00Z up to, but not including, 2100-01-01T00:00:00Z.
const INSTANTS: std::ops::Range<i64> = 0..4_102_444_800_000_000;
/// Days that are read as days: 1900-01-01 up to, but not including, 2200-01-01.
const DAYS: std::ops::Range<i32> = -25_567..84_006;

/// What was assumed of the times of a column, each a number of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeNotes {
    /// Without an offset of their own, so read in the zone.
    pub without_offset: u64,
    /// Skipped by the zone's clocks, so shifted forward.
    pub skipped: u64,
    /// Shown twice by the zone's clocks, so taken for the first of the two.
    pub shown_twice: u64,
    /// 1970-01-01T00:00:00Z, which is more often a blank than a time.
    pub epoch: u64,
}

impl TimeNotes {
    /// Adds the notes of other cells.
    pub fn add(&mut self, other: Self) {
        self.without_offset += other.without_offset;
        self.skipped += other.skipped;
        self.shown_twice += other.shown_twice;
        self.epoch += other.epoch;
    }
}

/// Reads the times of one column.
#[derive(Debug, Clone)]
pub struct TimeReader {
    /// The zone in which times without an offset, and days, are meant.
    pub zone: Arc<Zone>,
    /// How the column writes its times.
    pub form: TimeForm,
    /// The order of day and month in numeric dates, once it is settled for the column.
    pub order: Option<DateOrder>,
}

impl TimeReader {
    /// The instant a cell names, from 1970 to the end of 2099. A date alone is the start of that day.
    pub fn read(&self, cell: &str) -> Result<Instant, TimeError> {
        self.read_bytes(cell.as_bytes())
    }

    /// As [`TimeReader::read`], for a cell that has not been checked to be UTF-8.
    #[inline]
    pub fn read_bytes(&self, cell: &[u8]) -> Result<Instant, TimeError> {
        self.read_noting(cell, &mut TimeNotes::default())
    }

    /// The instant that a cell names as most exports write all of their times, in UTC to the second; `None` of any other,
    /// which may be a time all the same.
    #[inline]
    pub fn read_usual(&self, cell: &[u8]) -> Option<Instant> {
        if !matches!(self.form, TimeForm::Recognised) {
            return None;
        }
        let instant = iso::in_utc(cell.try_into().ok()?)?;
        // What is said of the very first instant is for others to judge.
        (1..INSTANTS.end)
            .contains(&instant.micros())
            .then_some(instant)
    }

    /// As [`TimeReader::read_bytes`], noting what was assumed.
    pub fn read_noting(&self, cell: &[u8], notes: &mut TimeNotes) -> Result<Instant, TimeError> {
        let (instant, shown) = match self.reading(cell)? {
            Reading::Exact(instant) => (instant, None),
            Reading::Local(day, micros) => {
                let (instant, shown) = self.zone.shown(day, micros);
                (instant, Some(shown))
            }
            Reading::Date(day) => (self.zone.start_of(day), Some(Shown::Once)),
        };
        if !INSTANTS.contains(&instant.micros()) {
            return Err(TimeError::OutOfRange);
        }
        notes.without_offset += u64::from(shown.is_some());
        notes.skipped += u64::from(shown == Some(Shown::Never));
        notes.shown_twice += u64::from(shown == Some(Shown::Twice));
        notes.epoch += u64::from(instant.micros() == 0);
        Ok(instant)
    }

    /// The day a cell names, from 1900 to the end of 2199: the date it writes, or for a time with an offset the day on
    /// the zone's clocks. Unlike [`TimeReader::read`] it takes dates of birth.
    pub fn read_day(&self, cell: &str) -> Result<Day, TimeError> {
        let day = match self.reading(cell.as_bytes())? {
            Reading::Exact(instant) => self.zone.day_of(instant),
            Reading::Local(day, _) | Reading::Date(day) => day,
        };
        if DAYS.contains(&day.days()) {
            Ok(day)
        } else {
            Err(TimeError::OutOfRange)
        }
    }

    #[inline]
    fn reading(&self, cell: &[u8]) -> Result<Reading, TimeError> {
        self.reading_in(&self.form, trim_ascii_fast(cell))
    }

    #[inline]
    fn reading_in(&self, form: &TimeForm, text: &[u8]) -> Result<Reading, TimeError> {
        match form {
            TimeForm::Recognised => self.recognised(text),
            TimeForm::Usually(form) => self.usually(form, text),
            TimeForm::EpochSeconds => epoch::read(text, 1_000_000),
            TimeForm::EpochMillis => epoch::read(text, 1_000),
            TimeForm::EpochMicros => epoch::read(text, 1),
            TimeForm::Pattern(pattern) => pattern::read(pattern, text),
        }
    }

    #[inline]
    fn recognised(&self, text: &[u8]) -> Result<Reading, TimeError> {
        match iso::read(text) {
            Err(TimeError::NotATime) => self.numeric(text),
            reading => reading,
        }
    }

    fn usually(&self, form: &TimeForm, text: &[u8]) -> Result<Reading, TimeError> {
        match self.reading_in(form, text) {
            Err(TimeError::NotATime) => self.recognised(text),
            reading => reading,
        }
    }

    #[cold]
    fn numeric(&self, text: &[u8]) -> Result<Reading, TimeError> {
        let date = NumericDate::parse(text).ok_or(TimeError::NotATime)?;
        let day = date.day(self.order)?;
        Ok(date
            .micros
            .map_or(Reading::Date(day), |micros| Reading::Local(day, micros)))
    }
}

#[cfg(test)]
mod tests;
