//! The time of day within a cell, as microseconds since midnight.

/// Microseconds since midnight. `None` unless hour, minute and second are 0 to 23, 59 and 60. A leap second is read as
/// the second before it, because instants have none.
#[inline]
pub(super) fn micros_of_day(hour: u32, minute: u32, second: u32, fraction: u32) -> Option<i64> {
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = hour * 3_600 + minute * 60 + second.min(59);
    Some(i64::from(seconds) * 1_000_000 + i64::from(fraction))
}

/// Reads a fraction of a second behind its `.` or `,`, if there is one: one to nine digits, of which those beyond
/// microseconds are cut off. Returns the microseconds and the rest of the text.
#[inline]
pub(super) fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let [b'.' | b',', digits @ ..] = text else {
        return Some((0, text));
    };
    let length = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if !(1..=9).contains(&length) {
        return None;
    }
    let mut micros = 0;
    // Six places, whether written or not.
    let written = digits[..length].iter().map(|digit| digit - b'0');
    for digit in written.chain(std::iter::repeat(0)).take(6) {
        micros = micros * 10 + u32::from(digit);
    }
    Some((micros, &digits[length..]))
}

/// The value of two ASCII digits.
#[inline]
pub(super) fn two_digits(high: u8, low: u8) -> Option<u32> {
    let (high, low) = (high.wrapping_sub(b'0'), low.wrapping_sub(b'0'));
    (high < 10 && low < 10).then(|| u32::from(high) * 10 + u32::from(low))
}
