//! Calendar days, counted from 1970-01-01 in the proleptic Gregorian calendar.

use std::fmt;

use super::instant::push_two_digits;

/// A calendar day: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(i32);

/// Days before each month of a common year.
const BEFORE_MONTH: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

impl Day {
    /// So many days since 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Day(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The day of a year, month (1 to 12) and day of the month. `None` if there is none such; years reach from -9999 to
    /// 9999.
    #[inline]
    pub fn from_date(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        if (FIRST_OF_TABLE..END_OF_TABLE).contains(&year) {
            let at = (year - FIRST_OF_TABLE).cast_unsigned() * 12 + month - 1;
            let start = MONTHS[at as usize];
            let after = start + day.cast_signed() - 1;
            return (after < MONTHS[at as usize + 1]).then_some(Day(after));
        }
        if !(-9999..=9999).contains(&year) || day > days_in_month(year, month) {
            return None;
        }
        let after_february = i32::from(month > 2 && is_leap(year));
        // Counted from the first day of the year 0, which is a leap year; the quotients round down for years before it.
        let before = year - 1;
        let days_before_year =
            before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
        let of_month = BEFORE_MONTH[month as usize - 1] + after_february + day.cast_signed() - 1;
        Some(Day(days_before_year + of_month - DAYS_BEFORE_1970))
    }

    /// Year, month (1 to 12) and day of the month.
    pub const fn date(self) -> (i32, u32, u32) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in March, so that
        // the leap day is the last of its year, and 400 years are one era.
        let shifted = self.0 as i64 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a month and a day are small, and an i32 of days is under 6 million years"
        )]
        (year as i32, month as u32, day as u32)
    }

    /// Reads `2026-11-01`: four, two and two ASCII digits, nothing around them. `None` for anything else.
    pub fn parse(text: &str) -> Option<Day> {
        Day::from_iso(text.as_bytes().try_into().ok()?)
    }

    /// The day written as `2026-11-01`.
    #[inline]
    pub(super) fn from_iso(text: &[u8; 10]) -> Option<Day> {
        let digit = |at: usize| text[at].wrapping_sub(b'0');
        let all_digits = [0, 1, 2, 3, 5, 6, 8, 9]
            .iter()
            .fold(true, |good, &at| good & (digit(at) < 10));
        if !all_digits || text[4] != b'-' || text[7] != b'-' {
            return None;
        }
        let two = |at: usize| u32::from(digit(at)) * 10 + u32::from(digit(at + 1));
        Day::from_date((two(0) * 100 + two(2)).cast_signed(), two(5), two(8))
    }

    /// How many days this day is after another: its age seen from this day. Negative when it comes before.
    pub const fn days_since(self, earlier: Day) -> i64 {
        self.0 as i64 - earlier.0 as i64
    }

    /// The Monday of this day's week.
    #[must_use]
    pub const fn start_of_week(self) -> Day {
        // 1970-01-01 was a Thursday, three days after a Monday.
        Day(self.0 - (self.0.wrapping_add(3)).rem_euclid(7))
    }

    /// The first day of this day's month.
    #[must_use]
    pub const fn start_of_month(self) -> Day {
        let (_, _, day) = self.date();
        Day(self.0 - (day.cast_signed() - 1))
    }

    /// The day after.
    #[must_use]
    pub const fn next(self) -> Day {
        Day(self.0.saturating_add(1))
    }
}

/// Days from the first of January of the year 1 to 1970-01-01.
const DAYS_BEFORE_1970: i32 = 719_162;

/// The years of [`MONTHS`]: all from which a time or a day is ever read.
const FIRST_OF_TABLE: i32 = 1900;
const END_OF_TABLE: i32 = 2200;

/// The first day of each month of these years, and of the one after.
static MONTHS: [i32; 300 * 12 + 1] = {
    let mut months = [0; _];
    let (mut at, mut day) = (0, -25_567);
    let mut year = FIRST_OF_TABLE;
    while year < END_OF_TABLE {
        let mut month = 1;
        while month <= 12 {
            months[at] = day;
            day += days_in_month(year, month).cast_signed();
            (at, month) = (at + 1, month + 1);
        }
        year += 1;
    }
    months[at] = day;
    months
};

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 => 28 + is_leap(year) as u32,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// Appends the day as `2026-11-01`.
    pub(super) fn append_to(self, text: &mut String) {
        let (year, month, day) = self.date();
        if (0..=9999).contains(&year) {
            push_two_digits(text, i64::from(year / 100));
            push_two_digits(text, i64::from(year % 100));
        } else {
            text.push_str(&format!("{year:04}"));
        }
        for number in [month, day] {
            text.push('-');
            push_two_digits(text, i64::from(number));
        }
    }
}

impl fmt::Display for Day {
    /// `2026-11-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity("2026-11-01".len());
        self.append_to(&mut text);
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_counted_from_the_first_of_january_1970() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1970-01-02", 1),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2026-11-01", 20_758),
        ] {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
            assert_eq!(Day(days).to_string(), text);
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-1",
            "26-01-01",
            "2026/01/01",
            "2026-01-01 ",
            "+026-01-01",
            "２026-1",
            "",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let monday = Day::parse("2026-11-02").unwrap();
        for offset in 0..7 {
            assert_eq!(Day(monday.0 + offset).start_of_week(), monday);
        }
        assert_eq!(Day(monday.0 - 1).start_of_week(), Day(monday.0 - 7));
        assert_eq!(
            Day::parse("1969-12-31")
                .unwrap()
                .start_of_week()
                .to_string(),
            "1969-12-29"
        );
    }

    #[test]
    fn months_begin_on_the_first() {
        assert_eq!(
            Day::parse("2024-02-29")
                .unwrap()
                .start_of_month()
                .to_string(),
            "2024-02-01"
        );
        assert_eq!(
            Day::parse("2024-03-01")
                .unwrap()
                .start_of_month()
                .to_string(),
            "2024-03-01"
        );
    }

    #[test]
    fn an_age_is_a_difference_of_days() {
        assert_eq!(Day(10).days_since(Day(3)), 7);
        assert_eq!(Day(3).days_since(Day(10)), -7);
    }

    proptest! {
        #[test]
        fn a_day_and_its_date_say_the_same_as_another_calendar(days in -4_000_000_i32..2_932_000) {
            let day = Day(days);
            let (year, month, of_month) = day.date();
            prop_assert_eq!(Day::from_date(year, month, of_month), Some(day));
            let theirs = Date::constant(1970, 1, 1) + jiff::Span::new().days(days);
            prop_assert_eq!((year, month, of_month), (i32::from(theirs.year()), u32::from(theirs.month().unsigned_abs()), u32::from(theirs.day().unsigned_abs())));
        }
    }
}
