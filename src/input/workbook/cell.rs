//! The text of a workbook's cell, as an export of CSV would have it.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;
const MILLISECONDS_OF_A_DAY: f64 = 86_400_000.0;

/// Day 60 of the 1900 system, the 29th of February 1900, which never was.
const NO_DAY: i64 = 60;

/// The last day that Excel knows, the end of the year 9999, in the 1900 system.
const LAST_DAY: i64 = 2_958_465;

/// Days from the start of the 1900 system to that of the 1904 system.
const BETWEEN_SYSTEMS: i64 = 1462;

/// Numbers outside of these are written with an exponent.
const PLAIN: std::ops::Range<f64> = 1e-7..1e21;

/// The largest number up to which every whole number is what was written: 2^53. Beyond it two ids may become one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What stands for a number beyond that, so that its row is refused.
pub(in crate::input) const INEXACT: char = '\u{1c}';

/// Writes cells as text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    /// Numbers have a decimal comma, as the export's other cells do.
    pub decimal_comma: bool,
    /// Days are counted from 1904 on, as Excel for the Mac once did.
    pub is_1904: bool,
}

impl Cells {
    /// The text of a cell. Dates are ISO 8601, numbers the shortest text that reads as the same number; an error such
    /// as `#N/A` is blank, because it is no value.
    pub fn text<'a>(self, value: &'a DataRef<'a>) -> Cow<'a, str> {
        match value {
            DataRef::Empty | DataRef::Error(_) => Cow::Borrowed(""),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Cow::Borrowed(text)
            }
            DataRef::SharedString(text) => Cow::Borrowed(text),
            DataRef::Bool(true) => Cow::Borrowed("TRUE"),
            DataRef::Bool(false) => Cow::Borrowed("FALSE"),
            DataRef::Int(number) => Cow::Owned(number.to_string()),
            DataRef::Float(number) => Cow::Owned(self.number(*number)),
            DataRef::DateTime(time) => Cow::Owned(self.time(time)),
        }
    }

    fn number(self, number: f64) -> String {
        if number.abs() > EXACT {
            return INEXACT.to_string();
        }
        // Excel has no minus zero to show.
        let number = if number == 0.0 { 0.0 } else { number };
        let text = if number == 0.0 || PLAIN.contains(&number.abs()) {
            number.to_string()
        } else {
            format!("{number:e}")
        };
        if self.decimal_comma {
            text.replace('.', ",")
        } else {
            text
        }
    }

    /// A date, a date with a time, a time of day alone or a duration; the number itself where it is none of these.
    fn time(self, time: &ExcelDateTime) -> String {
        let serial = time.as_f64();
        // A serial is a fraction of days in binary: only to the millisecond is it what was entered.
        let milliseconds = (serial * MILLISECONDS_OF_A_DAY).round();
        if milliseconds.is_nan() || milliseconds.abs() >= 1e17 {
            return self.number(serial);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole and below 1e17"
        )]
        let milliseconds = milliseconds as i64;
        if time.is_duration() {
            return duration(milliseconds);
        }
        let day = milliseconds.div_euclid(SECONDS_OF_A_DAY * 1000);
        let clock = clock(milliseconds.rem_euclid(SECONDS_OF_A_DAY * 1000));
        if day == 0 && milliseconds != 0 && !self.is_1904 {
            return clock;
        }
        let Some(date) = date(day, self.is_1904) else {
            return self.number(serial);
        };
        if clock == "00:00:00" {
            date
        } else {
            format!("{date} {clock}")
        }
    }
}

/// The date of a day's number, in ISO 8601.
fn date(day: i64, is_1904: bool) -> Option<String> {
    let day = if is_1904 { day + BETWEEN_SYSTEMS } else { day };
    if !(1..=LAST_DAY).contains(&day) || day == NO_DAY {
        return None;
    }
    let epoch = jiff::civil::date(1899, 12, if day > NO_DAY { 30 } else { 31 });
    let span = jiff::Span::new().try_days(day).ok()?;
    Some(epoch.checked_add(span).ok()?.to_string())
}

/// A time of day, with milliseconds where it has some.
fn clock(milliseconds: i64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
    }
}

/// A length of time as Excel shows it, in hours, minutes and seconds.
fn duration(milliseconds: i64) -> String {
    let sign = if milliseconds < 0 { "-" } else { "" };
    format!("{sign}{}", clock(milliseconds.abs()))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    const CELLS: Cells = Cells {
        decimal_comma: false,
        is_1904: false,
    };

    fn date_text(serial: f64, is_1904: bool) -> String {
        let time = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
        let cells = Cells { is_1904, ..CELLS };
        cells.text(&DataRef::DateTime(time)).into_owned()
    }

    #[test]
    fn dates_and_times_are_iso_8601_in_both_date_systems() {
        assert_eq!(date_text(46086.0, false), "2026-03-05");
        assert_eq!(
            date_text(46_086.598_611_111_11, false),
            "2026-03-05 14:22:00"
        );
        assert_eq!(
            date_text(44_624.598_611_111_11, true),
            "2026-03-05 14:22:00"
        );
        assert_eq!(date_text(45943.541, false), "2025-10-13 12:59:02.400");
        assert_eq!(date_text(1.0, false), "1900-01-01");
        assert_eq!(date_text(59.0, false), "1900-02-28");
        assert_eq!(date_text(61.0, false), "1900-03-01");
        assert_eq!(date_text(2_958_465.0, false), "9999-12-31");
    }

    #[test]
    fn what_is_no_date_stays_a_number_or_a_time_of_day() {
        assert_eq!(date_text(60.0, false), "60");
        assert_eq!(date_text(-3.5, false), "-3.5");
        assert_eq!(date_text(1e9, false), "1000000000");
        assert_eq!(date_text(0.5, false), "12:00:00");
        assert_eq!(date_text(f64::NAN, false), "NaN");
    }

    #[test]
    fn durations_count_hours_on() {
        let time = ExcelDateTime::new(1.510_416_666_667, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(CELLS.text(&DataRef::DateTime(time)), "36:15:00");
    }

    #[test]
    fn numbers_are_the_shortest_text_without_an_exponent() {
        let cases = [
            (1_736_899_200_000.0, "1736899200000"),
            (10001.0, "10001"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (123_456_789_012_345_680.0, "\u{1c}"),
            (-1.5e-5, "-0.000015"),
            (1e300, "\u{1c}"),
            (f64::INFINITY, "\u{1c}"),
        ];
        for (number, text) in cases {
            assert_eq!(CELLS.text(&DataRef::Float(number)), text);
        }
        let comma = Cells {
            decimal_comma: true,
            ..CELLS
        };
        assert_eq!(comma.text(&DataRef::Float(1234.5)), "1234,5");
    }

    #[test]
    fn errors_are_blank_and_truth_is_written_out() {
        use calamine::CellErrorType::NA;
        assert_eq!(CELLS.text(&DataRef::Error(NA)), "");
        assert_eq!(CELLS.text(&DataRef::Bool(true)), "TRUE");
    }
}
