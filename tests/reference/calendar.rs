//! Instants, local days and the spellings of a time that are understood.
//!
//! An instant is a number of microseconds since 1970 in UTC; a day is a civil
//! date in the model's time zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use regex::Regex;
use std::sync::LazyLock;

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ ([0-9]{4}) - ([0-9]{2}) - ([0-9]{2})
        (?: [Tt\x20] ([0-9]{2}) : ([0-9]{2}) (?: : ([0-9]{2}) (?: [.,] ([0-9]{1,9}) )? )?
            ( [Zz] | [+-] [0-9]{2} (?: :? [0-9]{2} )? )? )? $",
    )
    .expect("a fixed pattern")
});

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ ([0-9]{1,2}) [/.-] ([0-9]{1,2}) [/.-] ([0-9]{4})
        (?: ,?\x20 ([0-9]{1,2}) : ([0-9]{2}) (?: : ([0-9]{2}) )? (?: \x20 ([AaPp]) [Mm] )? )? $",
    )
    .expect("a fixed pattern")
});

/// Which of the first two numbers of `03/05/2026` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// The local day of an instant.
pub fn day_of(instant: i64, zone: &TimeZone) -> Date {
    let timestamp = Timestamp::from_microsecond(instant).expect("in range");
    zone.to_datetime(timestamp).date()
}

/// Whole calendar days from one day to another.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The instant that `--as-of` means: a date is the last microsecond of it.
///
/// # Panics
/// Where the text is neither a date nor a time.
pub fn read_as_of(text: &str, zone: &TimeZone) -> i64 {
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => start_of(date.tomorrow().expect("in range"), zone) - 1,
        _ => read_instant(text, zone, None).expect(text),
    }
}

/// The instant of an RFC 3339 time, as outputs write it.
pub fn instant_of(text: &str) -> Option<i64> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_microsecond)
}

/// Reads a cell as a time: without an offset in the zone, a date alone as the
/// start of that day.
pub fn read_instant(cell: &str, zone: &TimeZone, order: Option<DateOrder>) -> Option<i64> {
    let cell = cell.trim();
    let group = |found: &regex::Captures<'_>, at: usize| -> Option<i32> {
        found.get(at).and_then(|part| part.as_str().parse().ok())
    };
    if let Some(found) = ISO.captures(cell) {
        let date = date(group(&found, 1)?, group(&found, 2)?, group(&found, 3)?)?;
        let Some(hour) = group(&found, 4) else {
            return Some(start_of(date, zone));
        };
        let nanos: String = found
            .get(7)
            .map_or("", |part| part.as_str())
            .chars()
            .take(6)
            .collect();
        let micros: i32 = format!("{nanos:0<6}").parse().ok()?;
        let time = time(
            hour,
            group(&found, 5)?,
            group(&found, 6).unwrap_or(0),
            micros,
        )?;
        let local = date.to_datetime(time);
        return match found.get(8) {
            Some(offset) => with_offset(local, offset.as_str()),
            None => Some(in_zone(local, zone)),
        };
    }
    let found = NUMERIC.captures(cell)?;
    let (first, second) = (group(&found, 1)?, group(&found, 2)?);
    let (day, month) = match order? {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    let date = date(group(&found, 3)?, month, day)?;
    let Some(hour) = group(&found, 4) else {
        return Some(start_of(date, zone));
    };
    let hour = match found.get(7).map(|half| half.as_str().to_ascii_lowercase()) {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) if half == "p" => hour % 12 + 12,
        Some(_) => hour % 12,
    };
    let time = time(hour, group(&found, 5)?, group(&found, 6).unwrap_or(0), 0)?;
    Some(in_zone(date.to_datetime(time), zone))
}

/// What the cells of a column together say about its day/month order: nothing
/// where they contradict each other, or no day is above twelve.
pub fn settle_order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let mut day_first = false;
    let mut month_first = false;
    for cell in cells {
        let Some(found) = NUMERIC.captures(cell.trim()) else {
            continue;
        };
        let first: u32 = found[1].parse().expect("digits");
        let second: u32 = found[2].parse().expect("digits");
        day_first |= first > 12 && second <= 12;
        month_first |= second > 12 && first <= 12;
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

fn start_of(date: Date, zone: &TimeZone) -> i64 {
    in_zone(date.to_datetime(Time::midnight()), zone)
}

/// A gap goes forward, a fold takes the earlier offset.
fn in_zone(local: DateTime, zone: &TimeZone) -> i64 {
    let instant = zone
        .to_ambiguous_timestamp(local)
        .compatible()
        .expect("in range");
    instant.as_microsecond()
}

fn with_offset(local: DateTime, offset: &str) -> Option<i64> {
    let utc = in_zone(local, &TimeZone::UTC);
    if offset.eq_ignore_ascii_case("z") {
        return Some(utc);
    }
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = digits
        .get(2..4)
        .map_or(Some(0), |digits| digits.parse().ok())?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    let micros = (hours * 60 + minutes) * 60_000_000;
    Some(if offset.starts_with('-') {
        utc + micros
    } else {
        utc - micros
    })
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

fn time(hour: i32, minute: i32, second: i32, micros: i32) -> Option<Time> {
    // A leap second is read as the second before it.
    let (second, nanos) = if second == 60 {
        (59, 0)
    } else {
        (second, micros * 1000)
    };
    Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        nanos,
    )
    .ok()
}

/// The Monday of the ISO week that a day lies in.
pub fn monday_of(day: Date) -> Date {
    let after_monday = i64::from(day.weekday().to_monday_zero_offset());
    day - after_monday.days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect(name)
    }

    fn utc(text: &str) -> i64 {
        instant_of(text).expect(text)
    }

    #[test]
    fn an_offset_wins_over_the_zone_and_a_naive_time_takes_it() {
        let amsterdam = zone("Europe/Amsterdam");
        let read = |cell| read_instant(cell, &amsterdam, None);
        assert_eq!(
            read("2026-01-15T10:00:00+0530"),
            Some(utc("2026-01-15T04:30:00Z"))
        );
        assert_eq!(
            read(" 2026-01-15 10:00 "),
            Some(utc("2026-01-15T09:00:00Z"))
        );
        assert_eq!(read("2026-07-15"), Some(utc("2026-07-14T22:00:00Z")));
        assert_eq!(
            read("2026-01-15T10:00:00.1234567Z"),
            Some(utc("2026-01-15T10:00:00.123456Z"))
        );
    }

    #[test]
    fn a_gap_goes_forward_and_a_fold_takes_the_earlier_offset() {
        let new_york = zone("America/New_York");
        let read = |cell| read_instant(cell, &new_york, None);
        assert_eq!(
            read("2026-03-08T02:30:00"),
            Some(utc("2026-03-08T07:30:00Z"))
        );
        assert_eq!(
            read("2026-11-01T01:30:00"),
            Some(utc("2026-11-01T05:30:00Z"))
        );
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for cell in [
            "",
            "soon",
            "1736899200",
            "2026-02-29",
            "2026-01-15T24:00:00Z",
            "26-01-15",
        ] {
            assert_eq!(read_instant(cell, &TimeZone::UTC, None), None, "{cell:?}");
        }
    }

    #[test]
    fn an_as_of_date_is_the_last_microsecond_of_that_local_day() {
        let amsterdam = zone("Europe/Amsterdam");
        assert_eq!(
            read_as_of("2026-10-25", &amsterdam),
            utc("2026-10-25T22:59:59.999999Z")
        );
        // In Santiago the clocks jump from midnight to one on this Sunday.
        let santiago = zone("America/Santiago");
        assert_eq!(
            read_as_of("2026-09-05", &santiago),
            utc("2026-09-06T03:59:59.999999Z")
        );
        assert_eq!(
            read_instant("2026-09-06", &santiago, None),
            Some(utc("2026-09-06T04:00:00Z"))
        );
    }

    #[test]
    fn the_order_of_a_column_is_settled_by_one_day_above_twelve() {
        let order = settle_order(["03/05/2026", "25/03/2026", ""].into_iter());
        assert_eq!(order, Some(DateOrder::DayFirst));
        let read = read_instant("03/05/2026 2:22 PM", &TimeZone::UTC, order);
        assert_eq!(read, Some(utc("2026-05-03T14:22:00Z")));
        assert_eq!(settle_order(["2026-05-03", "03/05/2026"].into_iter()), None);
        assert_eq!(settle_order(["25/03/2026", "03/25/2026"].into_iter()), None);
    }

    #[test]
    fn weeks_begin_on_monday() {
        let day = |text: &str| text.parse::<Date>().expect(text);
        assert_eq!(monday_of(day("2026-11-01")), day("2026-10-26"));
        assert_eq!(monday_of(day("2026-11-02")), day("2026-11-02"));
    }
}
