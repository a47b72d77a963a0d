//! What the cells of one column are: how many are blank, numbers, dates, addresses, yes or no, told by the readers
//! that a run reads them with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sketch::{Distinct, Keys, Sample};
use crate::value::{
    DateOrder, DecimalSign, OrderEvidence, TimeError, TimeForm, TimeReader, Zone, is_email,
    is_phone, order_evidence, read_number, read_yes_no,
};

/// Counts of the cells of a column.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Rows that have the column.
    pub rows: u64,
    /// Cells that say something.
    pub filled: u64,
    /// Cells that say in words that nothing is known, by their spelling.
    pub fillers: BTreeMap<String, u64>,
    /// E-mail addresses.
    pub emails: u64,
    /// Telephone numbers.
    pub phones: u64,
    /// Telephone numbers written so that they cannot be plain numbers.
    pub spelt_phones: u64,
    /// Yes or no.
    pub yes_no: u64,
    /// Numbers, by the decimal signs they can be read with.
    pub numbers: Numbers,
    /// Dates and times, by how they are written.
    pub times: Times,
    /// Cells of several values separated by comma or semicolon.
    pub listed: u64,
    /// Different values.
    pub values: Distinct,
    /// Some of them.
    pub sample: Sample,
    /// Whether a value names a row.
    pub keys: Keys,
}

/// Numbers by the decimal sign they can be read with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The same with either.
    pub either: u64,
    /// Only with a decimal point: `1.5`, `1,234.50`.
    pub point: u64,
    /// Only with a decimal comma.
    pub comma: u64,
    /// With either, but another number, and the sign is a comma: `1,234`.
    pub unsettled_comma: u64,
    /// The same with a point: `1.234`.
    pub unsettled_point: u64,
}

impl Numbers {
    /// All of them.
    pub(super) fn all(self) -> u64 {
        self.either + self.point + self.comma + self.unsettled_comma + self.unsettled_point
    }
}

/// Times by how they are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// In a form that leaves no doubt, such as ISO 8601.
    pub plain: u64,
    /// `03/05/2026`: either order of day and month gives a day.
    pub unsettled: u64,
    /// Only with the day first.
    pub day_first: u64,
    /// Only with the month first.
    pub month_first: u64,
    /// Ten digits that are seconds since 1970, in this century.
    pub seconds: u64,
    /// Thirteen: milliseconds.
    pub millis: u64,
    /// Sixteen: microseconds.
    pub micros: u64,
}

impl Times {
    /// Dates and times that are read without a declared form.
    pub(super) fn recognised(self) -> u64 {
        self.plain + self.unsettled + self.day_first + self.month_first
    }
}

/// Cells that say, usually left by a form or an export, that nothing is known; in lower case.
#[rustfmt::skip]
const FILLERS: [&str; 24] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "n/a",
    "#n/a",
    "n.a.",
    "null",
    "none",
    "--none--",
    "(none)",
    "(blank)",
    "not set",
    "(not set)",
    "select",
    "select…",
    "select...",
    "please select",
    "- select -",
    "-- select --",
    "k.a.",
    "n.v.t.",
];

/// The share of filled cells, in percent, from which a column is one of such cells.
const MOSTLY: u64 = 90;

/// Reads the cells of all columns of an export.
pub(super) struct Examiner {
    times: TimeReader,
}

impl Examiner {
    pub(super) fn new() -> Self {
        Self {
            times: TimeReader {
                zone: Arc::new(Zone::utc()),
                form: TimeForm::Recognised,
                order: None::<DateOrder>,
            },
        }
    }

    /// Takes a cell of a row that has a fingerprint into account.
    pub(super) fn note(&self, cell: &str, row: u64, facts: &mut Facts) {
        facts.rows += 1;
        let cell = cell.trim();
        if cell.is_empty() {
            facts.keys.lack();
            return;
        }
        if is_filler(cell) {
            *facts.fillers.entry(cell.to_owned()).or_default() += 1;
            facts.keys.lack();
            return;
        }
        facts.filled += 1;
        facts.values.note(cell);
        facts.sample.note(cell);
        facts.keys.note(cell, row);
        facts.yes_no += u64::from(read_yes_no(cell).is_some());
        facts.listed += u64::from(cell.contains([',', ';']) && cell.len() < 200);
        if cell.contains('@') {
            facts.emails += u64::from(is_email(cell));
        }
        // What follows begins with a digit or with the signs before one.
        if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        if is_phone(cell) {
            facts.phones += 1;
            facts.spelt_phones += u64::from(is_spelt_phone(cell));
        }
        facts.numbers.note(cell);
        facts.times.note(cell, &self.times);
    }
}

impl Facts {
    /// Whether so many of the filled cells are enough to say what the column holds.
    pub(super) fn are_most(&self, cells: u64) -> bool {
        self.is_share(cells, MOSTLY)
    }

    /// Whether so many of the filled cells are at least `percent` of them.
    pub(super) fn is_share(&self, cells: u64, percent: u64) -> bool {
        self.filled > 0 && cells.saturating_mul(100) >= self.filled.saturating_mul(percent)
    }

    /// Whether the column is one of numbers.
    pub(super) fn holds_numbers(&self) -> bool {
        self.are_most(self.numbers.all())
    }

    /// Whether the column is one of yes and no, in words the program reads.
    pub(super) fn holds_yes_no(&self) -> bool {
        self.is_share(self.yes_no, 100) && self.values.counts().is_some_and(|v| v.len() <= 6)
    }

    /// Whether the column is one of a few choices.
    pub(super) fn holds_choices(&self, most: usize) -> bool {
        self.filled > 0
            && self
                .values
                .counts()
                .is_some_and(|values| values.len() <= most)
    }

    /// Whether nothing is known in any row.
    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Whether every row has a value of its own.
    pub(super) fn names_rows(&self) -> bool {
        self.rows > 0 && self.filled == self.rows && self.keys.are_keys()
    }
}

impl Numbers {
    fn note(&mut self, cell: &str) {
        let point = read_number(cell, DecimalSign::Point);
        let comma = read_number(cell, DecimalSign::Comma);
        match (point, comma) {
            (Some(one), Some(other)) if one == other => self.either += 1,
            (Some(_), Some(_)) if cell.contains(',') => self.unsettled_comma += 1,
            (Some(_), Some(_)) => self.unsettled_point += 1,
            (Some(_), None) => self.point += 1,
            (None, Some(_)) => self.comma += 1,
            (None, None) => {}
        }
    }
}

impl Times {
    fn note(&mut self, cell: &str, reader: &TimeReader) {
        // The first digit keeps numbers of other kinds out: 1, 2, 3 are the years 2001 to 2096.
        if matches!(cell.as_bytes(), [b'1'..=b'3', rest @ ..] if rest.iter().all(u8::is_ascii_digit))
        {
            match cell.len() {
                10 => self.seconds += 1,
                13 => self.millis += 1,
                16 => self.micros += 1,
                _ => {}
            }
            return;
        }
        match reader.read_day(cell) {
            Ok(_) | Err(TimeError::OutOfRange) => self.plain += 1,
            Err(TimeError::AmbiguousOrder) => match order_evidence(cell) {
                OrderEvidence::Undecided => self.unsettled += 1,
                OrderEvidence::DayFirst => self.day_first += 1,
                OrderEvidence::MonthFirst => self.month_first += 1,
                OrderEvidence::NotNumericDate => {}
            },
            Err(TimeError::NotATime) => {}
        }
    }
}

fn is_filler(cell: &str) -> bool {
    // The longest of them has thirteen bytes.
    cell.len() <= 13 && FILLERS.contains(&cell.to_lowercase().as_str())
}

/// Whether a telephone number is written as only those are: international, or in several pieces.
fn is_spelt_phone(cell: &str) -> bool {
    cell.starts_with('+')
        || cell.starts_with("00")
        || cell.contains([' ', '/', '(']) && !cell.contains(':')
        || cell.matches('-').count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(cells: &[&str]) -> Facts {
        let examiner = Examiner::new();
        let mut facts = Facts::default();
        for (cell, row) in cells.iter().zip(0..) {
            examiner.note(cell, row, &mut facts);
        }
        facts
    }

    #[test]
    fn blank_cells_and_words_for_nothing_are_not_counted_as_filled() {
        let facts = facts(&["a", "", "  ", "N/A", "n/a", "Select", "None of these"]);
        assert_eq!((facts.rows, facts.filled), (7, 2));
        let fillers: Vec<&str> = facts.fillers.keys().map(String::as_str).collect();
        assert_eq!(fillers, ["N/A", "Select", "n/a"]);
        assert!(!facts.names_rows());
    }

    #[test]
    fn numbers_are_counted_by_the_sign_they_need() {
        let numbers = facts(&["12", "1.5", "1,5", "1,234", "1.234", "1.234,50", "twelve"]).numbers;
        let wanted = Numbers {
            either: 1,
            point: 1,
            comma: 2,
            unsettled_comma: 1,
            unsettled_point: 1,
        };
        assert_eq!(numbers, wanted);
    }

    #[test]
    fn dates_are_counted_by_the_order_they_need() {
        let times = facts(&[
            "2026-11-01",
            "2026-11-01T10:00:00.000+0000",
            "03/05/2026",
            "13/05/2026",
            "05/13/2026, 3:04 PM",
            "1788242400",
            "1788242400000",
            "20261101",
            "soon",
        ])
        .times;
        let wanted = Times {
            plain: 2,
            unsettled: 1,
            day_first: 1,
            month_first: 1,
            seconds: 1,
            millis: 1,
            micros: 0,
        };
        assert_eq!(times, wanted);
    }

    #[test]
    fn addresses_numbers_and_words_for_yes_are_told() {
        let facts = facts(&[
            "anna@example.com",
            "+31 20 123 45 67",
            "ja",
            "Nee",
            "12345678",
        ]);
        assert_eq!(facts.emails, 1);
        assert_eq!((facts.phones, facts.spelt_phones), (2, 1));
        assert_eq!(facts.yes_no, 2);
    }

    #[test]
    fn a_column_names_its_rows_if_every_row_has_a_value_of_its_own() {
        assert!(facts(&["a", "b", "c"]).names_rows());
        assert!(!facts(&["a", "b", "a"]).names_rows());
        assert!(!facts(&["a", "b", ""]).names_rows());
        assert!(!facts(&[]).names_rows());
    }
}
