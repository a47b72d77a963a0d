//! Dates of three numbers: `03/05/2026`, which means two days, and `2026/03/05`, which means one.

use super::clock::{fraction, micros_of_day, two_digits};
use super::{DateOrder, TimeError};
use crate::value::{Day, trim_ascii_fast};

/// What a cell says about the order of day and month in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderEvidence {
    /// It is no date of three numbers with the year last, so it says nothing.
    NotNumericDate,
    /// It is such a date, and either order gives a day: `03/05/2026`.
    Undecided,
    /// Only with the day first is it a day: `25/03/2026`.
    DayFirst,
    /// Only with the month first is it a day: `03/25/2026`.
    MonthFirst,
}

/// What one cell says about the order of day and month in its column.
pub fn order_evidence(cell: &str) -> OrderEvidence {
    let date = NumericDate::parse(trim_ascii_fast(cell.as_bytes()));
    let Some(date) = date.filter(|date| !matches!(date.parts, Parts::YearFirst(_))) else {
        return OrderEvidence::NotNumericDate;
    };
    match (
        date.day(Some(DateOrder::DayFirst)),
        date.day(Some(DateOrder::MonthFirst)),
    ) {
        (Ok(_), Ok(_)) => OrderEvidence::Undecided,
        (Ok(_), Err(_)) => OrderEvidence::DayFirst,
        (Err(_), Ok(_)) => OrderEvidence::MonthFirst,
        (Err(_), Err(_)) => OrderEvidence::NotNumericDate,
    }
}

/// A date of three numbers and perhaps a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumericDate {
    parts: Parts,
    /// Microseconds since midnight, if the cell tells a time.
    pub(super) micros: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// `2026/03/05`: no doubt about it.
    YearFirst(Day),
    /// `03/05/2026`: two numbers of which one is the month, and the year.
    YearLast(u32, u32, i32),
}

impl NumericDate {
    /// Reads a trimmed cell: `D/M/Y` or `M/D/Y` with `/`, `.` or `-`, or `Y/M/D` with `/`, where the year has four digits
    /// and the others one or two; then perhaps `, ` or a space and `H:MM[:SS[.fraction]]`, with or without AM or PM.
    pub(super) fn parse(text: &[u8]) -> Option<NumericDate> {
        let (first, rest) = number(text)?;
        let (&separator, rest) = rest.split_first()?;
        let (second, rest) = number(rest)?;
        let rest = rest.strip_prefix(&[separator])?;
        let (third, rest) = number(rest)?;
        let parts = match (first.digits, second.digits, third.digits, separator) {
            (4, 1..=2, 1..=2, b'/') => Parts::YearFirst(Day::from_date(
                first.value.cast_signed(),
                second.value,
                third.value,
            )?),
            (1..=2, 1..=2, 4, b'/' | b'.' | b'-') => {
                Parts::YearLast(first.value, second.value, third.value.cast_signed())
            }
            _ => return None,
        };
        let micros = if rest.is_empty() {
            None
        } else {
            Some(time_of_day(after_date(rest)?)?)
        };
        Some(NumericDate { parts, micros })
    }

    /// The day, with day and month in this order.
    pub(super) fn day(&self, order: Option<DateOrder>) -> Result<Day, TimeError> {
        match (self.parts, order) {
            (Parts::YearFirst(day), _) => Ok(day),
            (Parts::YearLast(day, month, year), Some(DateOrder::DayFirst))
            | (Parts::YearLast(month, day, year), Some(DateOrder::MonthFirst)) => {
                Day::from_date(year, month, day).ok_or(TimeError::NotATime)
            }
            (Parts::YearLast(first, second, year), None) => {
                // What is a day in neither order is no date at all.
                let either = Day::from_date(year, second, first)
                    .or_else(|| Day::from_date(year, first, second));
                Err(either.map_or(TimeError::NotATime, |_| TimeError::AmbiguousOrder))
            }
        }
    }
}

struct Digits {
    value: u32,
    digits: usize,
}

/// One to four ASCII digits, and the rest.
fn number(text: &[u8]) -> Option<(Digits, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let value = text[..digits]
        .iter()
        .fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    Some((Digits { value, digits }, &text[digits..]))
}

/// What follows the comma or the blanks behind a date.
fn after_date(text: &[u8]) -> Option<&[u8]> {
    let rest = text.strip_prefix(b",").unwrap_or(text);
    let rest = trim_ascii_fast(rest);
    (rest.len() < text.len()).then_some(rest)
}

/// `H:MM[:SS[.fraction]][ AM|PM]` as microseconds since midnight.
fn time_of_day(text: &[u8]) -> Option<i64> {
    let (hour, rest) = number(text)?;
    let [b':', m1, m2, rest @ ..] = rest else {
        return None;
    };
    let minute = two_digits(*m1, *m2)?;
    let (mut second, mut micros, mut rest) = (0, 0, rest);
    if let [b':', s1, s2, after @ ..] = rest {
        second = two_digits(*s1, *s2)?;
        (micros, rest) = fraction(after)?;
    }
    let hour = hour_of_day(&hour, rest)?;
    micros_of_day(hour, minute, second, micros)
}

/// The hour of 24, where nothing follows the time, or AM or PM in any case, set off by white space or not: newer software
/// writes a narrow no-break space.
fn hour_of_day(hour: &Digits, half: &[u8]) -> Option<u32> {
    let of_twelve = hour.value % 12;
    let twelve_hours = (1..=12).contains(&hour.value);
    match trim_ascii_fast(half) {
        _ if hour.digits > 2 => None,
        [] => Some(hour.value),
        [b'a' | b'A', b'm' | b'M'] => twelve_hours.then_some(of_twelve),
        [b'p' | b'P', b'm' | b'M'] => twelve_hours.then_some(of_twelve + 12),
        _ => None,
    }
}
