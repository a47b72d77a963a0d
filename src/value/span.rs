//! Lengths of time as a model writes them: `"90 days"`, `"90d"`, `"1 hour"`.

use std::fmt;

/// A length of time in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    minutes: u64,
}

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;
/// A thousand years; longer is a slip of the pen.
const LONGEST: u64 = 365_000 * DAY;

/// Every unit with its length in minutes and its spellings.
const UNITS: [(u64, &[&str]); 6] = [
    (1, &["minute", "minutes", "min", "mins"]),
    (HOUR, &["hour", "hours", "h"]),
    (DAY, &["day", "days", "d"]),
    (7 * DAY, &["week", "weeks", "w"]),
    (30 * DAY, &["month", "months", "mo"]),
    (365 * DAY, &["year", "years", "y"]),
];

impl Span {
    /// So many minutes.
    pub const fn from_minutes(minutes: u64) -> Self {
        Span { minutes }
    }

    /// So many days.
    pub const fn from_days(days: u32) -> Self {
        Span {
            minutes: days as u64 * DAY,
        }
    }

    /// Reads a whole number and a unit, with or without a space between them, in any ASCII case. A week is 7 days, a
    /// month 30, a year 365. At most 1000 years.
    ///
    /// ```
    /// # use hotlist::value::Span;
    /// assert_eq!(Span::parse("90 days"), Ok(Span::from_days(90)));
    /// assert_eq!(Span::parse("1h"), Ok(Span::from_minutes(60)));
    /// ```
    ///
    /// # Errors
    /// A lower-case phrase that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Span, String> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        if number.is_empty() {
            return Err(format!(
                "`{text}` does not begin with a whole number, as `90 days` does"
            ));
        }
        if unit.starts_with(['.', ',']) {
            return Err(format!(
                "`{text}` is not a whole number of its unit; use a smaller unit"
            ));
        }
        let unit = unit.trim_start();
        if unit.is_empty() {
            return Err(format!("`{text}` has no unit, as `{text} days` has"));
        }
        if unit.eq_ignore_ascii_case("m") {
            return Err(format!(
                "`{text}` could be minutes or months; write `min` or `months`"
            ));
        }
        let length = UNITS
            .iter()
            .find(|(_, spellings)| spellings.iter().any(|spelling| spelling.eq_ignore_ascii_case(unit)))
            .map(|&(length, _)| length)
            .ok_or_else(|| format!("`{unit}` is not a unit of time; use minutes, hours, days, weeks, months or years"))?;
        number
            .parse::<u64>()
            .ok()
            .and_then(|number| number.checked_mul(length))
            .filter(|&minutes| minutes <= LONGEST)
            .map(Span::from_minutes)
            .ok_or_else(|| format!("`{text}` is longer than 1000 years"))
    }

    /// The length in minutes.
    pub const fn minutes(self) -> u64 {
        self.minutes
    }

    /// The length in days. `None` if it is not a whole number of days.
    pub fn whole_days(self) -> Option<u32> {
        if self.minutes.is_multiple_of(DAY) {
            u32::try_from(self.minutes / DAY).ok()
        } else {
            None
        }
    }
}

impl fmt::Display for Span {
    /// In days, hours or minutes, whichever is the largest that says it exactly: `90 days`, `1 hour`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, unit) = [(DAY, "day"), (HOUR, "hour")]
            .into_iter()
            .find(|&(length, _)| self.minutes > 0 && self.minutes.is_multiple_of(length))
            .unwrap_or((1, "minute"));
        let count = self.minutes / length;
        let plural = if count == 1 { "" } else { "s" };
        f.pad(&format!("{count} {unit}{plural}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_unit_is_read_long_and_short() {
        for (text, minutes) in [
            ("90 days", 90 * DAY),
            ("90d", 90 * DAY),
            ("1 day", DAY),
            ("1 hour", 60),
            ("4h", 240),
            ("30 minutes", 30),
            ("5min", 5),
            ("2 weeks", 14 * DAY),
            ("1w", 7 * DAY),
            ("3 months", 90 * DAY),
            ("3mo", 90 * DAY),
            ("1 year", 365 * DAY),
            ("2Y", 730 * DAY),
            ("0 days", 0),
            (" 7  Days ", 7 * DAY),
            ("1000 years", LONGEST),
        ] {
            assert_eq!(Span::parse(text), Ok(Span { minutes }), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, part) in [
            ("", "whole number"),
            ("days", "whole number"),
            ("-3 days", "whole number"),
            ("1.5 hours", "smaller unit"),
            ("1,5 hours", "smaller unit"),
            ("90", "no unit"),
            ("5m", "minutes or months"),
            ("5 fortnights", "`fortnights` is not a unit"),
            ("5 days ago", "`days ago` is not a unit"),
            ("1001 years", "longer than 1000 years"),
            ("99999999999999999999 days", "longer than 1000 years"),
        ] {
            let error = Span::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn only_whole_days_count_as_days() {
        assert_eq!(Span::parse("48 hours").unwrap().whole_days(), Some(2));
        assert_eq!(Span::parse("36 hours").unwrap().whole_days(), None);
        assert_eq!(Span::parse("0 min").unwrap().whole_days(), Some(0));
    }

    #[test]
    fn it_is_written_in_the_largest_of_days_hours_and_minutes() {
        for (minutes, text) in [
            (90 * DAY, "90 days"),
            (DAY, "1 day"),
            (60, "1 hour"),
            (36 * 60, "36 hours"),
            (90, "90 minutes"),
            (1, "1 minute"),
            (0, "0 minutes"),
        ] {
            assert_eq!(Span { minutes }.to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minutes in 0..=LONGEST) {
            let span = Span { minutes };
            prop_assert_eq!(Span::parse(&span.to_string()), Ok(span));
        }
    }
}
