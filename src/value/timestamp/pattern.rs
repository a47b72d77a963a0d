//! Times in a pattern that the model declares, such as `%d.%m.%Y %H:%M`.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::{self, BrokenDownTime};

use super::{Reading, TimeError};
use crate::value::{Day, Instant};

/// Reads a trimmed cell by a pattern.
pub(super) fn read(pattern: &str, text: &[u8]) -> Result<Reading, TimeError> {
    let parts = BrokenDownTime::parse(pattern, text).map_err(|_| TimeError::NotATime)?;
    reading(&parts).ok_or(TimeError::NotATime)
}

fn reading(parts: &BrokenDownTime) -> Option<Reading> {
    if parts.timestamp().is_some() || parts.offset().is_some() {
        let micros = parts.to_timestamp().ok()?.as_microsecond();
        return Some(Reading::Exact(Instant::from_micros(micros)));
    }
    let day = day(parts.to_date().ok()?)?;
    if parts.hour().is_none() {
        return Some(Reading::Date(day));
    }
    let time = parts.to_time().ok()?;
    let seconds =
        i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some(Reading::Local(
        day,
        seconds * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1_000,
    ))
}

fn day(date: Date) -> Option<Day> {
    Day::from_date(
        i32::from(date.year()),
        u32::try_from(date.month()).ok()?,
        u32::try_from(date.day()).ok()?,
    )
}

/// Refuses a pattern by which no time can be read: a known time is written by it, and must come back.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    // An afternoon, so that an hour of twelve without AM or PM is found out.
    let known = DateTime::constant(2026, 11, 23, 14, 35, 46, 123_456_000);
    let zoned = known
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|error| error.to_string())?;
    let written = strtime::format(pattern, &zoned).map_err(|error| error.to_string())?;
    let parts = BrokenDownTime::parse(pattern, &written).map_err(|error| error.to_string())?;
    if parts.iana_time_zone().is_some() {
        return Err(
            "a pattern cannot read the name of a time zone; use %z for an offset".to_owned(),
        );
    }
    let Some(found) = reading(&parts) else {
        return Err("the pattern does not tell year, month and day".to_owned());
    };
    let micros = match found {
        Reading::Exact(instant) => instant.micros(),
        Reading::Local(day, micros) => i64::from(day.days()) * 86_400_000_000 + micros,
        Reading::Date(day) => i64::from(day.days()) * 86_400_000_000,
    };
    let whole = zoned.timestamp().as_microsecond();
    let told = [
        1,
        1_000,
        1_000_000,
        60_000_000,
        3_600_000_000,
        86_400_000_000,
    ];
    if told.iter().any(|unit| whole - whole % unit == micros) {
        Ok(())
    } else {
        Err("the pattern does not tell the time of day; %I needs %p".to_owned())
    }
}
