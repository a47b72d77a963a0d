//! Points: what rules give and scores are made of, exact to a thousandth.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Serialize, Serializer};

use super::number::{Decimal, split_sign};
use super::{Number, round_half_away};

/// Thousandths in a point.
const UNIT: i64 = 1_000;
/// The most points a model may name: 10^9.
const LARGEST_LITERAL: i64 = 1_000_000_000 * UNIT;
/// Where a contribution saturates: 10^12 points.
const LARGEST_CONTRIBUTION: i64 = 1_000_000_000_000 * UNIT;

/// Exact points, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// So many thousandths of a point.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Points(thousandths)
    }

    /// The points × 1,000.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// So many whole points, saturating.
    pub const fn whole(points: i64) -> Self {
        Points(points.saturating_mul(UNIT))
    }

    /// Reads points as a model writes them: `[+-]?digits[.digits]` with at most three decimals and at most 10^9 in
    /// magnitude. `None` for anything else.
    ///
    /// ```
    /// # use hotlist::value::Points;
    /// assert_eq!(Points::parse("-2.5"), Some(Points::from_thousandths(-2_500)));
    /// assert_eq!(Points::parse("0.0005"), None);
    /// ```
    pub fn parse(literal: &str) -> Option<Points> {
        let (_, digits) = split_sign(literal);
        if digits
            .split_once('.')
            .is_some_and(|(_, decimals)| decimals.len() > 3)
        {
            return None;
        }
        // At most three decimals, so whole thousandths: nothing is cut off.
        let thousandths = i64::try_from(Number::parse(literal)?.millionths() / 1_000).ok()?;
        (thousandths.abs() <= LARGEST_LITERAL).then_some(Points(thousandths))
    }

    /// Rounded half away from zero to 0 to 3 decimals; more than three is exact already.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Points {
        // A step known to the compiler costs no division.
        match decimals {
            0 => self.rounded_to::<1_000>(),
            1 => self.rounded_to::<100>(),
            2 => self.rounded_to::<10>(),
            _ => self,
        }
    }

    /// Rounded half away from zero to whole steps of so many thousandths.
    fn rounded_to<const STEP: i64>(self) -> Points {
        let rest = self.0 % STEP;
        let whole = self.0 - rest;
        if rest.abs() * 2 < STEP {
            return Points(whole);
        }
        Points(whole.saturating_add(STEP * rest.signum()).max(-i64::MAX))
    }

    /// `signal` × these points (so much for each unit), rounded half away from zero to a thousandth and saturated at
    /// ±10^12 points.
    #[must_use]
    pub fn for_units(self, signal: Number) -> Points {
        match i128::from(self.0).checked_mul(signal.millionths()) {
            Some(product) => saturated(round_half_away(product, 1_000_000), LARGEST_CONTRIBUTION),
            None if (self.0 < 0) == (signal < Number::ZERO) => Points(LARGEST_CONTRIBUTION),
            None => Points(-LARGEST_CONTRIBUTION),
        }
    }

    /// How much of `whole` these points are, in hundredths of it, rounded half away from zero to a thousandth:
    /// 20 of 80 are 25.
    ///
    /// # Panics
    /// If `whole` is not above zero.
    #[must_use]
    pub fn share_of_hundred(self, whole: Points) -> Points {
        let part = i128::from(self.0) * 100 * i128::from(UNIT);
        saturated(
            round_half_away(part, i128::from(whole.0)),
            LARGEST_CONTRIBUTION,
        )
    }

    /// The mean of a sum over `count`, rounded half away from zero to a thousandth; nothing over none.
    #[must_use]
    pub fn divided_by(self, count: u32) -> Points {
        match count {
            0 => Points::ZERO,
            count => saturated(
                round_half_away(i128::from(self.0), i128::from(count)),
                i64::MAX,
            ),
        }
    }

    /// The same value as a number, to compare and compute with.
    pub const fn as_number(self) -> Number {
        Number::from_millionths(self.0 as i128 * 1_000)
    }

    /// As few decimals as say it exactly: `10`, `-2.5`. What `Display` shows, for places where very many are written.
    pub fn decimal(self) -> Decimal {
        let magnitude = Decimal::minimal(u128::from(self.0.unsigned_abs()), 3);
        if self.0 < 0 {
            magnitude.negated()
        } else {
            magnitude
        }
    }

    /// With its sign, as a ledger shows it: `+10`, `-2.5`, `0`.
    pub fn signed(self) -> String {
        if self.0 > 0 {
            format!("+{self}")
        } else {
            self.to_string()
        }
    }
}

fn saturated(thousandths: i128, limit: i64) -> Points {
    let limit = i128::from(limit);
    Points(i64::try_from(thousandths.clamp(-limit, limit)).unwrap_or_default())
}

impl Add for Points {
    type Output = Points;

    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Points;

    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

impl Neg for Points {
    type Output = Points;

    fn neg(self) -> Points {
        Points(self.0.saturating_neg())
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        *self = *self + other;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        points.fold(Points::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Points> for Points {
    fn sum<I: Iterator<Item = &'a Points>>(points: I) -> Points {
        points.copied().sum()
    }
}

impl fmt::Display for Points {
    /// As few decimals as say it exactly: `10`, `-2.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = Decimal::minimal(u128::from(self.0.unsigned_abs()), 3);
        f.pad_integral(self.0 >= 0, "", decimal.text())
    }
}

impl Serialize for Points {
    /// A number: an integer where the points are whole, else the decimal. Up to 10^12 points, which is as far as a
    /// contribution reaches, the nearest binary fraction prints as exactly these decimals.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % UNIT == 0 {
            serializer.serialize_i64(self.0 / UNIT)
        } else {
            #[expect(
                clippy::cast_precision_loss,
                reason = "below 2^53 for every score; see above"
            )]
            let decimal = self.0 as f64 / 1_000.0;
            serializer.serialize_f64(decimal)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_model_may_write_three_decimals_and_a_thousand_million() {
        for (text, thousandths) in [
            ("10", 10_000),
            ("+10", 10_000),
            ("-2.5", -2_500),
            ("7.125", 7_125),
            ("0.001", 1),
            ("1000000000", LARGEST_LITERAL),
            ("-1000000000.000", -LARGEST_LITERAL),
        ] {
            assert_eq!(Points::parse(text), Some(Points(thousandths)), "{text}");
        }
    }

    #[test]
    fn a_fourth_decimal_or_too_many_points_are_refused() {
        for text in [
            "0.0005",
            "1.5000",
            "1000000000.001",
            "1000000001",
            "-1000000001",
            "999999999999999999",
            "",
            "1e3",
            ".5",
            "5.",
            "ten",
        ] {
            assert_eq!(Points::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_score_rounds_half_away_from_zero() {
        for (thousandths, decimals, expected) in [
            (499, 0, 0),
            (500, 0, 1_000),
            (-500, 0, -1_000),
            (-499, 0, 0),
            (81_500, 0, 82_000),
            (1_250, 1, 1_300),
            (-1_250, 1, -1_300),
            (1_244, 2, 1_240),
            (1_245, 2, 1_250),
            (1_245, 3, 1_245),
        ] {
            assert_eq!(
                Points(thousandths).rounded(decimals),
                Points(expected),
                "{thousandths} to {decimals}"
            );
        }
    }

    #[test]
    fn the_largest_points_saturate_instead_of_rounding_over() {
        for decimals in 0..3 {
            assert_eq!(Points(i64::MAX).rounded(decimals).0.signum(), 1);
            assert_eq!(Points(i64::MIN).rounded(decimals).0.signum(), -1);
        }
    }

    #[test]
    fn points_for_each_unit_round_half_away_to_a_thousandth() {
        let half = Number::parse("0.5").unwrap();
        assert_eq!(
            Points::whole(2).for_units(Number::integer(3)),
            Points::whole(6)
        );
        assert_eq!(Points(1).for_units(half), Points(1));
        assert_eq!(Points(-1).for_units(half), Points(-1));
        assert_eq!(Points(1).for_units(half.negated()), Points(-1));
        assert_eq!(
            Points(1).for_units(Number::parse("0.499999").unwrap()),
            Points(0)
        );
    }

    #[test]
    fn points_for_very_many_units_saturate_with_the_right_sign() {
        let many = Number::parse("999999999999999999").unwrap();
        let most = Points(LARGEST_CONTRIBUTION);
        assert_eq!(Points::whole(1_000_000_000).for_units(many), most);
        assert_eq!(Points::whole(-1_000_000_000).for_units(many), -most);
        assert_eq!(Points(i64::MAX).for_units(many), most);
        assert_eq!(Points(i64::MIN).for_units(many), -most);
        assert_eq!(Points(i64::MIN).for_units(many.negated()), most);
    }

    #[test]
    fn a_ledger_shows_the_sign() {
        for (thousandths, text) in [(10_000, "+10"), (-2_500, "-2.5"), (0, "0"), (1, "+0.001")] {
            assert_eq!(Points(thousandths).signed(), text);
        }
    }

    #[test]
    fn sums_saturate_instead_of_wrapping() {
        assert_eq!(Points(i64::MAX) + Points(1), Points(i64::MAX));
        assert_eq!(Points(i64::MIN) - Points(1), Points(i64::MIN));
        assert_eq!([Points(1), Points(2)].iter().sum::<Points>(), Points(3));
    }

    #[test]
    fn json_shows_whole_points_as_integers_and_others_as_the_exact_decimal() {
        for (thousandths, json) in [
            (7_125, "7.125"),
            (82_000, "82"),
            (-2_500, "-2.5"),
            (0, "0"),
            (1, "0.001"),
            (-999_999_999_999_999, "-999999999999.999"),
        ] {
            assert_eq!(serde_json::to_string(&Points(thousandths)).unwrap(), json);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(thousandths in -LARGEST_LITERAL..=LARGEST_LITERAL) {
            let points = Points(thousandths);
            prop_assert_eq!(Points::parse(&points.to_string()), Some(points));
            prop_assert_eq!(Points::parse(&points.signed()), Some(points));
            prop_assert_eq!(Points::parse(points.decimal().text()), Some(points));
        }

        #[test]
        fn json_says_what_display_says(thousandths in -LARGEST_CONTRIBUTION..=LARGEST_CONTRIBUTION) {
            let points = Points(thousandths);
            prop_assert_eq!(serde_json::to_string(&points).unwrap(), points.to_string());
        }

        #[test]
        fn a_score_rounds_as_everything_does(thousandths in -LARGEST_CONTRIBUTION..=LARGEST_CONTRIBUTION, decimals in 0..3_u8) {
            let step = 10_i128.pow(u32::from(3 - decimals));
            let steps = round_half_away(i128::from(thousandths), step);
            prop_assert_eq!(i128::from(Points(thousandths).rounded(decimals).0), steps * step);
        }

        #[test]
        fn one_unit_gives_the_points_themselves(thousandths in -LARGEST_LITERAL..=LARGEST_LITERAL) {
            prop_assert_eq!(Points(thousandths).for_units(Number::ONE), Points(thousandths));
        }
    }
}
