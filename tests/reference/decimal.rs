//! Exact decimals with six places, and the one way they are rounded.

use num_bigint::BigInt;
use std::fmt;

/// 10^18 in millionths: from here on a number is no longer one.
const TOO_LARGE: i128 = 10_i128.pow(24);

/// A decimal with six places, kept as a whole number of millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub i128);

impl Decimal {
    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * 1_000_000)
    }

    /// Reads `[+-]digits[.digits]`, or digits after the point alone; more than
    /// six decimals are rounded half away from zero.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some((whole, decimals)) => (whole, decimals),
            None if digits.is_empty() => return None,
            None => (digits, ""),
        };
        if !whole
            .bytes()
            .chain(decimals.bytes())
            .all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let all: BigInt = format!("0{whole}{decimals}").parse().ok()?;
        let scale = BigInt::from(10).pow(u32::try_from(decimals.len()).ok()?);
        let millionths = round_half_away(&(all * 1_000_000), &scale);
        Self::within_range(if negative { -millionths } else { millionths })
    }

    /// The sum, unless it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::within_range(BigInt::from(self.0) + other.0)
    }

    /// The difference, unless it is too large.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::within_range(BigInt::from(self.0) - other.0)
    }

    /// The product, rounded half away to six places, unless it is too large.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = BigInt::from(self.0) * other.0;
        Self::within_range(round_half_away(&product, &BigInt::from(1_000_000)))
    }

    /// The quotient, rounded half away to six places, unless the divisor is
    /// zero or the quotient too large.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.0 == 0 {
            return None;
        }
        let (numerator, denominator) = if other.0 < 0 {
            (-self.0, -other.0)
        } else {
            (self.0, other.0)
        };
        let numerator = BigInt::from(numerator) * 1_000_000;
        Self::within_range(round_half_away(&numerator, &BigInt::from(denominator)))
    }

    /// The number in thousandths, as points are counted.
    ///
    /// # Panics
    /// Where it has more than three decimals.
    pub fn thousandths(self) -> i64 {
        assert_eq!(self.0 % 1000, 0, "points have at most three decimals");
        i64::try_from(self.0 / 1000).expect("points are small")
    }

    fn within_range(millionths: BigInt) -> Option<Self> {
        let millionths = i128::try_from(millionths).ok()?;
        (millionths.abs() < TOO_LARGE).then_some(Self(millionths))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.abs() / 1_000_000;
        let decimals = format!("{:06}", self.0.abs() % 1_000_000);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{decimals}")
    }
}

/// `numerator / denominator` to the nearest whole number; a half goes away
/// from zero. The denominator is positive.
pub fn round_half_away(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let zero = BigInt::from(0);
    if *numerator < zero {
        return -round_half_away(&-numerator, denominator);
    }
    (numerator * 2 + denominator) / (denominator * 2)
}

/// The same for numbers that are known to be small.
pub fn round_small(numerator: i128, denominator: i128) -> i128 {
    i128::try_from(round_half_away(&numerator.into(), &denominator.into())).expect("small")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).expect(text)
    }

    #[test]
    fn a_half_is_rounded_away_from_zero_on_both_sides() {
        assert_eq!(round_small(5, 10), 1);
        assert_eq!(round_small(-5, 10), -1);
        assert_eq!(round_small(4, 10), 0);
        assert_eq!(round_small(-14, 10), -1);
    }

    #[test]
    fn seven_halves_are_three_and_a_half() {
        assert_eq!(number("7").over(number("2")), Some(number("3.5")));
        assert_eq!(number("1").over(number("-3")), Some(number("-0.333333")));
        assert_eq!(number("1").over(number("0")), None);
    }

    #[test]
    fn the_seventh_decimal_is_rounded() {
        assert_eq!(number("0.0000005"), number("0.000001"));
        assert_eq!(number("-0.00000049"), number("0"));
    }

    #[test]
    fn a_number_of_ten_to_the_eighteen_is_too_large() {
        assert_eq!(Decimal::parse("1000000000000000000"), None);
        assert!(Decimal::parse("999999999999999999.999999").is_some());
        assert_eq!(number("1000000000").times(number("1000000000")), None);
        assert_eq!(number("999999999999999999").plus(number("1")), None);
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", "-", "5.", "1e3", "1_000", "0x10", "1.2.3", " 1", "٣"] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
        assert_eq!(number(".5"), number("0.5"));
    }

    #[test]
    fn a_decimal_is_shown_with_no_more_digits_than_it_needs() {
        assert_eq!(number("-0.250").to_string(), "-0.25");
        assert_eq!(number("12.000").to_string(), "12");
    }
}
