//! Times as a number of seconds, milliseconds or microseconds since 1970-01-01T00:00:00Z.

use super::{Reading, TimeError};
use crate::value::Instant;

/// Reads `-?digits[.digits]` of a unit that is so many microseconds long. What is finer than microseconds is cut off.
pub(super) fn read(text: &[u8], micros_per_unit: i128) -> Result<Reading, TimeError> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let point = digits.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = match point {
        Some(point) => (&digits[..point], &digits[point + 1..]),
        None => (digits, &[][..]),
    };
    let decimals_right = if point.is_some() {
        (1..=9).contains(&fraction.len())
    } else {
        true
    };
    if whole.is_empty() || !decimals_right || !whole.iter().chain(fraction).all(u8::is_ascii_digit)
    {
        return Err(TimeError::NotATime);
    }
    if whole.len() > 18 {
        return Err(TimeError::OutOfRange);
    }
    let value = |digits: &[u8]| {
        digits
            .iter()
            .fold(0_i128, |value, digit| value * 10 + i128::from(digit - b'0'))
    };
    let scale = fraction.iter().fold(1_i128, |scale, _| scale * 10);
    let micros = value(whole) * micros_per_unit + value(fraction) * micros_per_unit / scale;
    let micros = i64::try_from(if negative { -micros } else { micros })
        .map_err(|_| TimeError::OutOfRange)?;
    Ok(Reading::Exact(Instant::from_micros(micros)))
}
