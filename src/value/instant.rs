//! Instants: points on the one time line, whatever any clock on the wall says.

use std::fmt::Write;

use super::Zone;
use super::day::Day;

/// Microseconds in a day.
pub(super) const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;
/// Microseconds in a second.
pub(super) const MICROS_PER_SECOND: i64 = 1_000_000;

/// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(i64);

impl Instant {
    /// So many microseconds since 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Instant(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Written as RFC 3339 on the clocks of a zone: `2026-11-01T09:30:00+01:00`, with `Z` in UTC and a fraction of the
    /// second only where there is one.
    ///
    /// RFC 3339 knows whole minutes of offset only. Where a zone once had seconds in its offset, the clock shown is the
    /// one of the offset's whole minutes: the text says the same instant still.
    pub fn write_in(self, zone: &Zone) -> String {
        let mut text = String::with_capacity("2026-11-01T09:30:00.123456+01:00".len());
        self.append_in(zone, &mut text);
        text
    }

    /// Appends what [`Instant::write_in`] gives.
    pub fn append_in(self, zone: &Zone, text: &mut String) {
        let minutes = zone.offset_seconds(self) / 60;
        let local = self
            .0
            .saturating_add(i64::from(minutes) * 60 * MICROS_PER_SECOND);
        let day = local.div_euclid(MICROS_PER_DAY);
        let of_day = local.rem_euclid(MICROS_PER_DAY);
        let seconds = of_day / MICROS_PER_SECOND;
        let micros = of_day % MICROS_PER_SECOND;
        let day = Day::from_days(i32::try_from(day).unwrap_or_default());
        day.append_to(text);
        for (mark, number) in [
            ('T', seconds / 3600),
            (':', seconds / 60 % 60),
            (':', seconds % 60),
        ] {
            text.push(mark);
            push_two_digits(text, number);
        }
        if micros != 0 {
            let fraction = format!("{micros:06}");
            // Writing into a string cannot fail.
            let _ = write!(text, ".{}", fraction.trim_end_matches('0'));
        }
        if zone.is_utc() {
            text.push('Z');
        } else {
            let minutes = i64::from(minutes);
            text.push(if minutes < 0 { '-' } else { '+' });
            push_two_digits(text, minutes.abs() / 60);
            text.push(':');
            push_two_digits(text, minutes.abs() % 60);
        }
    }
}

/// Appends a number from 0 to 99.
pub(super) fn push_two_digits(text: &mut String, number: i64) {
    for digit in [number / 10, number % 10] {
        let digit = u8::try_from(digit).unwrap_or_default();
        text.push(char::from(b'0' + digit));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::value::{TimeForm, TimeReader};

    #[test]
    fn utc_is_written_with_a_z_and_other_zones_with_their_offset() {
        let instant = Instant::from_micros(1_793_523_600_000_000);
        for (zone, text) in [
            ("UTC", "2026-11-01T09:00:00Z"),
            ("Etc/UTC", "2026-11-01T09:00:00Z"),
            ("Europe/Amsterdam", "2026-11-01T10:00:00+01:00"),
            ("America/New_York", "2026-11-01T04:00:00-05:00"),
            ("Asia/Kolkata", "2026-11-01T14:30:00+05:30"),
            ("America/St_Johns", "2026-11-01T05:30:00-03:30"),
            // Its clocks show UTC today, but it is a zone with a history: the offset is spelt out.
            ("Africa/Abidjan", "2026-11-01T09:00:00+00:00"),
        ] {
            assert_eq!(instant.write_in(&Zone::named(zone).unwrap()), text);
        }
    }

    #[test]
    fn a_fraction_is_written_only_where_there_is_one() {
        let utc = Zone::utc();
        for (micros, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (500_000, "1970-01-01T00:00:00.5Z"),
            (1, "1970-01-01T00:00:00.000001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(Instant(micros).write_in(&utc), text);
        }
    }

    #[test]
    fn an_offset_with_seconds_is_written_in_minutes_and_says_the_same_instant() {
        // Monrovia was 44 minutes and 30 seconds behind until 1972.
        let monrovia = Zone::named("Africa/Monrovia").unwrap();
        let instant = Instant::from_micros(30_000_000_000_000);
        let text = instant.write_in(&monrovia);
        assert_eq!(text, "1970-12-14T04:36:00-00:44");
        let reader = TimeReader {
            zone: Arc::new(Zone::utc()),
            form: TimeForm::Recognised,
            order: None,
        };
        assert_eq!(reader.read(&text), Ok(instant));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(micros in 0_i64..4_102_444_800_000_000, zone in prop::sample::select(vec!["UTC", "Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Monrovia"])) {
            let zone = Zone::named(zone).unwrap();
            let reader = TimeReader { zone: Arc::new(Zone::utc()), form: TimeForm::Recognised, order: None };
            let instant = Instant(micros);
            prop_assert_eq!(reader.read(&instant.write_in(&zone)), Ok(instant));
        }
    }
}
