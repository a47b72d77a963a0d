//! Exact decimal numbers with six places: what conditions compute with, and what signals count and sum.

use std::fmt;
use std::ops::Range;

use super::round_half_away;

/// Millionths in one.
const UNIT: i128 = 1_000_000;
/// Every number's magnitude, in millionths, stays below this: 10^18.
const LIMIT: i128 = 1_000_000_000_000_000_000 * UNIT;

/// An exact decimal with six places: the value × 1,000,000 as an integer, below 10^18 in magnitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(i128);

impl Number {
    /// Nought.
    pub const ZERO: Number = Number(0);
    /// One.
    pub const ONE: Number = Number(UNIT);

    /// The number of so many millionths. The caller keeps the magnitude below 10^24 millionths, as every operation
    /// here does.
    pub const fn from_millionths(millionths: i128) -> Self {
        Number(millionths)
    }

    /// The value × 1,000,000.
    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// A whole number. `i64` reaches a little further than 10^18; such numbers are kept as they are, but no sum or
    /// product that large is.
    pub const fn integer(value: i64) -> Self {
        Number(value as i128 * UNIT)
    }

    /// Reads a plain decimal literal as it stands in a model or a condition: `[+-]?digits[.digits]`, ASCII digits only.
    /// More than six decimals are rounded half away from zero. `None` for anything else and from 10^18 on.
    ///
    /// ```
    /// # use hotlist::value::Number;
    /// assert_eq!(Number::parse("0.15"), Some(Number::from_millionths(150_000)));
    /// assert_eq!(Number::parse("1e3"), None);
    /// ```
    pub fn parse(literal: &str) -> Option<Number> {
        let (negative, digits) = split_sign(literal);
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some((whole, fraction)) => (whole, fraction),
            None => (digits, ""),
        };
        if whole.is_empty() {
            return None;
        }
        Number::from_digits(negative, whole.bytes(), fraction.bytes())
    }

    /// The number written by ASCII digits before and after the decimal sign, rounded half away from zero to six places.
    /// `None` if a byte is not a digit or the magnitude reaches 10^18.
    pub(super) fn from_digits(
        negative: bool,
        whole: impl Iterator<Item = u8>,
        fraction: impl Iterator<Item = u8>,
    ) -> Option<Number> {
        // 18 significant digits fit an u64; one more step of the loop cannot overflow because it is refused first.
        let mut integer: u64 = 0;
        for byte in whole {
            let digit = digit(byte)?;
            if integer >= 100_000_000_000_000_000 {
                return None;
            }
            integer = integer * 10 + u64::from(digit);
        }
        let mut decimals: u64 = 0;
        let mut place: u64 = 1_000_000;
        let mut round_up = false;
        for (index, byte) in fraction.enumerate() {
            let digit = digit(byte)?;
            if index < 6 {
                place /= 10;
                decimals += u64::from(digit) * place;
            } else if index == 6 {
                round_up = digit >= 5;
            }
        }
        let magnitude = i128::from(integer) * UNIT + i128::from(decimals) + i128::from(round_up);
        bounded(if negative { -magnitude } else { magnitude })
    }

    /// The sum. `None` when it leaves the range.
    pub fn plus(self, other: Number) -> Option<Number> {
        bounded(self.0.checked_add(other.0)?)
    }

    /// The difference. `None` when it leaves the range.
    pub fn minus(self, other: Number) -> Option<Number> {
        bounded(self.0.checked_sub(other.0)?)
    }

    /// The product, rounded half away from zero to six places. `None` when it leaves the range.
    pub fn times(self, other: Number) -> Option<Number> {
        // A product too large for i128 is far beyond the range, so an overflow hides nothing.
        bounded(round_half_away(self.0.checked_mul(other.0)?, UNIT))
    }

    /// The quotient, rounded half away from zero to six places: `7 / 2` is 3.5. `None` for a zero divisor and when the
    /// quotient leaves the range.
    pub fn over(self, divisor: Number) -> Option<Number> {
        if divisor.0 == 0 {
            return None;
        }
        let numerator = self.0.checked_mul(UNIT)?;
        bounded(round_half_away(
            numerator * divisor.0.signum(),
            divisor.0.abs(),
        ))
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Number {
        Number(-self.0)
    }
}

/// A leading sign taken off: whether it was a minus, and the rest.
pub(super) fn split_sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

fn bounded(millionths: i128) -> Option<Number> {
    (-LIMIT < millionths && millionths < LIMIT).then_some(Number(millionths))
}

impl fmt::Display for Number {
    /// As few decimals as say it exactly: `3.5`, `-0.25`, `12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = Decimal::minimal(self.0.unsigned_abs(), 6);
        f.pad_integral(self.0 >= 0, "", decimal.text())
    }
}

/// A decimal in digits. It lives on the stack: a list of a million leads shows many millions of numbers.
#[derive(Debug)]
pub struct Decimal {
    /// Room for the longest magnitude, its point, a nought before it and a sign.
    bytes: [u8; 42],
    used: Range<usize>,
}

impl Decimal {
    /// A whole number.
    pub fn whole(number: u64) -> Self {
        Self::minimal(u128::from(number), 0)
    }

    /// `magnitude / 10^places` in decimal notation without needless zeros.
    pub(super) fn minimal(magnitude: u128, places: usize) -> Self {
        // Nearly every number fits into one machine word, which is divided far quicker.
        match u64::try_from(magnitude) {
            Ok(word) => Self::of_digits(word, places, |rest| {
                let digit = (*rest % 10) as u8;
                *rest /= 10;
                digit
            }),
            Err(_) => Self::of_digits(magnitude, places, |rest| {
                let digit = (*rest % 10) as u8;
                *rest /= 10;
                digit
            }),
        }
    }

    /// The decimal of a number off which `take` takes the last digit.
    fn of_digits<N: PartialEq + Default>(
        mut rest: N,
        places: usize,
        take: impl Fn(&mut N) -> u8,
    ) -> Self {
        let mut decimal = Self {
            bytes: [b'0'; 42],
            used: 42..42,
        };
        let mut needless = true;
        for _ in 0..places {
            let digit = take(&mut rest);
            needless &= digit == 0;
            if !needless {
                decimal.put(b'0' + digit);
            }
        }
        if !needless {
            decimal.put(b'.');
        }
        loop {
            decimal.put(b'0' + take(&mut rest));
            if rest == N::default() {
                return decimal;
            }
        }
    }

    /// Puts a minus in front.
    pub(super) fn negated(mut self) -> Self {
        self.put(b'-');
        self
    }

    fn put(&mut self, byte: u8) {
        self.used.start -= 1;
        self.bytes[self.used.start] = byte;
    }

    /// The decimal's characters.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.used.clone()]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn a_plain_decimal_is_read_exactly() {
        for (text, millionths) in [
            ("0", 0),
            ("-0", 0),
            ("12", 12_000_000),
            ("+12", 12_000_000),
            ("-0.25", -250_000),
            ("0.15", 150_000),
            ("007.50", 7_500_000),
            ("0.1234564", 123_456),
            ("0.1234565", 123_457),
            ("-0.1234565", -123_457),
            ("0.12345649999", 123_456),
            ("999999999999999999", 999_999_999_999_999_999_000_000),
            ("000000000000000000000000001", 1_000_000),
        ] {
            assert_eq!(Number::parse(text), Some(Number(millionths)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in [
            "", "+", "-", ".", ".5", "5.", "1e3", "0x10", "1_000", "1,5", " 1", "1 ", "--1",
            "1.2.3", "١", "NaN", "inf", "1.-5",
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nineteen_digits_are_refused_also_when_only_rounding_reaches_them() {
        assert_eq!(Number::parse("1000000000000000000"), None);
        assert_eq!(Number::parse("999999999999999999.9999995"), None);
        assert!(Number::parse("999999999999999999.9999994").is_some());
    }

    #[test]
    fn seven_over_two_is_three_and_a_half() {
        assert_eq!(number("7").over(number("2")), Some(number("3.5")));
        assert_eq!(number("-2").over(number("3")), Some(number("-0.666667")));
        assert_eq!(number("2").over(number("-3")), Some(number("-0.666667")));
        assert_eq!(number("7").over(Number::ZERO), None);
    }

    #[test]
    fn products_round_half_away_at_the_sixth_place() {
        assert_eq!(
            number("0.001").times(number("0.0005")),
            Some(number("0.000001"))
        );
        assert_eq!(
            number("-0.001").times(number("0.0005")),
            Some(number("-0.000001"))
        );
        assert_eq!(
            number("0.001").times(number("0.000499")),
            Some(Number::ZERO)
        );
    }

    #[test]
    fn leaving_the_range_gives_nothing() {
        let large = number("999999999999999999");
        assert_eq!(large.plus(Number::ONE), None);
        assert_eq!(large.negated().minus(Number::ONE), None);
        assert_eq!(large.times(large), None);
        assert_eq!(large.over(number("0.5")), None);
        assert_eq!(large.times(Number::ONE), Some(large));
    }

    #[test]
    fn it_is_written_with_as_few_decimals_as_say_it() {
        for text in [
            "0",
            "12",
            "-12",
            "3.5",
            "-0.25",
            "0.000001",
            "100",
            "-999999999999999999.999999",
        ] {
            assert_eq!(number(text).to_string(), text);
        }
        assert_eq!(number("1.500").to_string(), "1.5");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(millionths in -LIMIT + 1..LIMIT) {
            let number = Number(millionths);
            prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
        }

        #[test]
        fn a_sum_taken_back_is_what_it_was(a in -LIMIT / 2..LIMIT / 2, b in -LIMIT / 2..LIMIT / 2) {
            let (a, b) = (Number(a), Number(b));
            prop_assert_eq!(a.plus(b).and_then(|sum| sum.minus(b)), Some(a));
        }

        #[test]
        fn a_product_divided_by_a_whole_factor_is_what_it_was(a in -1_000_000_000_i128..1_000_000_000, b in 1_i64..100_000) {
            let (a, b) = (Number(a), Number::integer(b));
            prop_assert_eq!(a.times(b).and_then(|product| product.over(b)), Some(a));
        }
    }
}
