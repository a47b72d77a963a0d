//! ISO 8601 and RFC 3339 as exports write them: `2026-11-01`, `2026-11-01T10:00:00Z`, `2026-11-01 10:00:00.123+0100`,
//! and RFC 9557's `2026-11-01T10:00:00+01:00[Europe/Amsterdam]`.
//!
//! The layout is fixed, so it is read by position; this is the reader that every event of a run passes through.

use super::clock::{fraction, micros_of_day, two_digits};
use super::{Reading, TimeError};
use crate::value::instant::{MICROS_PER_DAY, MICROS_PER_SECOND};
use crate::value::zone::offset_of_named;
use crate::value::{Day, Instant};

/// Reads a trimmed cell.
#[inline]
pub(super) fn read(text: &[u8]) -> Result<Reading, TimeError> {
    fixed(text).map_or_else(|| any(text), Ok)
}

/// `2026-11-01T10:00:00`, with `Z` or without: as most exports write all of their times.
#[inline]
pub(super) fn fixed(text: &[u8]) -> Option<Reading> {
    if let Ok(text) = text.try_into() {
        return in_utc(text).map(Reading::Exact);
    }
    let text: &[u8; 19] = text.try_into().ok()?;
    let mut with_z = [b'Z'; 20];
    with_z[..19].copy_from_slice(text);
    moment(&with_z).map(|(day, micros)| Reading::Local(day, micros))
}

/// `2026-11-01T10:00:00Z`.
#[inline]
pub(super) fn in_utc(text: &[u8; 20]) -> Option<Instant> {
    let (day, micros) = moment(text)?;
    let local = i64::from(day.days()) * MICROS_PER_DAY + micros;
    Some(Instant::from_micros(local))
}

/// The day and the microseconds since its midnight. Eight bytes are looked at at once, so that it takes a few steps.
#[inline]
fn moment(text: &[u8; 20]) -> Option<(Day, i64)> {
    let [
        y1,
        y2,
        y3,
        y4,
        b5,
        m1,
        m2,
        b8,
        d1,
        d2,
        mark,
        h1,
        h2,
        b14,
        n1,
        n2,
        b17,
        s1,
        s2,
        z,
    ] = *text;
    let date =
        u64::from_le_bytes([y1, y2, y3, y4, b5, m1, m2, b8]) ^ u64::from_le_bytes(*b"0000-00-");
    let time =
        u64::from_le_bytes([d1, d2, b'0', h1, h2, b14, n1, n2]) ^ u64::from_le_bytes(*b"00000:00");
    let end = u32::from_le_bytes([b17, s1, s2, z]) ^ u32::from_le_bytes(*b":00Z");
    // What is no digit has to be the same; adding 118 to a byte sets its highest bit if it is 10 or more, and adding 127
    // if it is not nought.
    let odd = (date | date.wrapping_add(0x7f76_767f_7676_7676))
        | (time | time.wrapping_add(0x7676_7f76_7676_7676))
        | u64::from(end | end.wrapping_add(0x7f76_767f));
    if odd & (128 * EACH) != 0 || mark != b'T' && mark != b' ' {
        return None;
    }
    // The number that each two neighbouring digits make, in the byte of the first of them.
    let pairs = |digits: u64| digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let (date, time, end) = (pairs(date), pairs(time), pairs(u64::from(end)));
    let pair = |pairs: u64, at: u32| (pairs >> (8 * at)) & 0xff;
    let year = pair(date, 0) * 100 + pair(date, 2);
    #[expect(clippy::cast_possible_truncation, reason = "four digits, or two")]
    let day = Day::from_date(year as i32, pair(date, 5) as u32, pair(time, 0) as u32)?;
    let (hour, minute, second) = (pair(time, 3), pair(time, 6), pair(end, 1));
    #[expect(clippy::cast_possible_truncation, reason = "two digits")]
    let micros = micros_of_day(hour as u32, minute as u32, second as u32, 0)?;
    Some((day, micros))
}

/// One in each byte.
const EACH: u64 = u64::from_ne_bytes([1; 8]);

/// Any spelling.
fn any(text: &[u8]) -> Result<Reading, TimeError> {
    let Some((date, rest)) = text.split_first_chunk::<10>() else {
        return Err(TimeError::NotATime);
    };
    let Some(day) = Day::from_iso(date) else {
        return before_the_year_nought(text);
    };
    let rest = match rest {
        [] => return Ok(Reading::Date(day)),
        [b'T' | b't' | b' ', rest @ ..] => rest,
        _ => return Err(TimeError::NotATime),
    };
    let (micros, rest) = clock(rest).ok_or(TimeError::NotATime)?;
    let local = i64::from(day.days()) * MICROS_PER_DAY + micros;
    match rest {
        [] => Ok(Reading::Local(day, micros)),
        [b'Z' | b'z'] => Ok(Reading::Exact(Instant::from_micros(local))),
        _ => with_offset(local, rest)
            .map(Reading::Exact)
            .ok_or(TimeError::NotATime),
    }
}

/// `HH:MM[:SS[.fraction]]`: microseconds since midnight, and the rest.
#[inline]
fn clock(text: &[u8]) -> Option<(i64, &[u8])> {
    let (&[h1, h2, b':', m1, m2], mut rest) = text.split_first_chunk::<5>()? else {
        return None;
    };
    let (mut second, mut micros) = (0, 0);
    if let [b':', s1, s2, after @ ..] = rest {
        second = two_digits(*s1, *s2)?;
        (micros, rest) = fraction(after)?;
    }
    Some((
        micros_of_day(two_digits(h1, h2)?, two_digits(m1, m2)?, second, micros)?,
        rest,
    ))
}

/// `Z` or `±hh`, `±hhmm`, `±hh:mm`, and perhaps a zone in brackets that keeps this offset at this instant.
fn with_offset(local: i64, text: &[u8]) -> Option<Instant> {
    let (told, rest) = match text {
        [b'Z' | b'z', rest @ ..] => (None, rest),
        [sign @ (b'+' | b'-'), h1, h2, rest @ ..] => {
            let (minutes, rest) = match rest {
                [b':', m1, m2, rest @ ..] => (two_digits(*m1, *m2)?, rest),
                [m1, m2, rest @ ..] if m1.is_ascii_digit() => (two_digits(*m1, *m2)?, rest),
                rest => (0, rest),
            };
            let hours = two_digits(*h1, *h2)?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i64::from(hours * 3_600 + minutes * 60);
            match (sign, seconds) {
                // RFC 3339: the instant is known, where it was is not. The same as `Z`.
                (b'-', 0) => (None, rest),
                (b'-', _) => (Some(-seconds), rest),
                _ => (Some(seconds), rest),
            }
        }
        _ => return None,
    };
    let instant = Instant::from_micros(local - told.unwrap_or(0) * MICROS_PER_SECOND);
    match rest {
        [] => Some(instant),
        [b'[', name @ .., b']'] => zone_agrees(name, told, instant).then_some(instant),
        _ => None,
    }
}

/// Whether the zone in brackets exists and keeps the offset that the cell tells, if it tells one.
fn zone_agrees(name: &[u8], told: Option<i64>, instant: Instant) -> bool {
    // RFC 9557: `!` marks the suffix as critical, which it is to us anyway.
    let name = name.strip_prefix(b"!").unwrap_or(name);
    std::str::from_utf8(name)
        .ok()
        .and_then(|name| offset_of_named(name, instant))
        .is_some_and(|kept| told.is_none_or(|told| told == kept))
}

/// ISO 8601 writes years before 0000 with a sign and six digits. No lead is that old, but it is a date: the value of an
/// export that holds the smallest time its database knows.
#[cold]
fn before_the_year_nought(text: &[u8]) -> Result<Reading, TimeError> {
    if let [b'-', high, low, rest @ ..] = text
        && two_digits(*high, *low).is_some()
        && rest.first().is_some_and(u8::is_ascii_digit)
    {
        read(rest)?;
        return Err(TimeError::OutOfRange);
    }
    Err(TimeError::NotATime)
}
