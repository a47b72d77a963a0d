//! Numbers in a query: whole numbers with the unit that they count, and the bounds within which they stay.
//!
//! The engine computes with 128 bits and six decimals, a query with 64 bits. An amount knows between which values it
//! lies, so that what cannot leave 64 bits is written plainly, and only what could is guarded by a refusal.

use super::expression::{Comparison, Expression, Sign};
use crate::value::Number;

/// What an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Whole things: events, days, characters.
    One,
    /// Thousandths: points.
    Thousandth,
    /// Millionths: cells read as numbers, weighted events.
    Millionth,
}

impl Unit {
    /// How many of it make one.
    pub const fn per_one(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Thousandth => 1_000,
            Self::Millionth => 1_000_000,
        }
    }
}

/// A number or NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// How many of the unit.
    pub value: Expression,
    /// What it counts.
    pub unit: Unit,
    /// The least that the value can be.
    pub low: i64,
    /// The most that the value can be.
    pub high: i64,
}

/// Numbers are read below this: 10^12, whose millionths 64 bits hold.
pub const LARGEST: i64 = 1_000_000_000_000;
/// Where a contribution saturates, in thousandths of a point; see [`crate::value::Points::for_units`].
const LARGEST_CONTRIBUTION: i64 = 1_000_000_000_000_000;
/// What 64 bits hold, on both sides.
const MOST: i128 = i64::MAX as i128;

/// Products of whole parts, and whole quotients, are at most this, so that what is behind the point has room beside them.
const MANY: i64 = 4_000_000_000_000;

/// The engine's numbers stay below this.
const BEYOND: i128 = 1_000_000_000_000_000_000;

const OUT_OF_RANGE: &str = "hotlist: a number is too large to compute with: ";

impl Amount {
    /// An amount of at most 10^12 on either side, as every number that is read.
    pub fn new(value: Expression, unit: Unit) -> Self {
        let most = LARGEST.saturating_mul(unit.per_one());
        Self::between(value, unit, -most, most)
    }

    /// An amount within bounds, which are in its unit.
    pub fn between(value: Expression, unit: Unit, low: i64, high: i64) -> Self {
        Self {
            value,
            unit,
            low,
            high,
        }
    }

    /// A number that stands in the model, in the largest unit that says it exactly.
    pub fn literal(number: Number) -> Self {
        let unit = [Unit::One, Unit::Thousandth, Unit::Millionth]
            .into_iter()
            .find(|unit| number.millionths() * i128::from(unit.per_one()) % 1_000_000 == 0)
            .unwrap_or(Unit::Millionth);
        match i64::try_from(number.millionths() * i128::from(unit.per_one()) / 1_000_000) {
            Ok(value) => Self::between(Expression::Integer(value), unit, value, value),
            // More than twelve digits before the point and decimals too.
            Err(_) => Self::refused(Expression::literal(number.to_string()), unit),
        }
    }

    /// NULL.
    pub fn null() -> Self {
        Self::between(Expression::NO_NUMBER, Unit::One, 0, 0)
    }

    /// Whether it is NULL for sure: an engine would work out beforehand what is computed of it, refusals as well.
    fn is_null(&self) -> bool {
        matches!(self.value, Expression::Null(_))
    }

    fn refused(text: Expression, unit: Unit) -> Self {
        Self::new(Expression::refuse(OUT_OF_RANGE, text), unit)
    }

    /// The number, if it stands in the query.
    fn known(&self) -> Option<i64> {
        match self.value {
            Expression::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// The largest magnitude.
    fn most(&self) -> i128 {
        i128::from(self.low).abs().max(i128::from(self.high).abs())
    }

    /// The same amount as long as its magnitude is at most this much, refused beyond.
    fn at_most(self, most: i128) -> Self {
        let Ok(most) = i64::try_from(most) else {
            return self;
        };
        let (value, unit) = (self.value, self.unit);
        let decimal = Expression::Decimal(Box::new(value.clone()));
        let mut beyond = Vec::new();
        if self.high > most {
            beyond.push(value.clone().greater(Expression::Integer(most)));
        }
        if self.low < -most {
            beyond.push(value.clone().less(Expression::Integer(-most)));
        }
        let (low, high) = (self.low.clamp(-most, most), self.high.clamp(-most, most));
        if beyond.is_empty() {
            return Self::between(value, unit, low, high);
        }
        let refusal = Expression::refuse(OUT_OF_RANGE, decimal);
        let guarded = Expression::case([(super::phrases::any(beyond), refusal)], value);
        Self::between(guarded, unit, low, high)
    }

    /// The same amount, refused where the engine reads no number any more: from 10^18 on, which only whole things reach.
    fn held(self) -> Self {
        match self.unit {
            Unit::One => self.at_most(BEYOND - 1),
            Unit::Thousandth | Unit::Millionth => self,
        }
    }

    /// So many times the amount, exactly.
    fn multiplied(self, factor: i64, unit: Unit) -> Self {
        if let Expression::Null(_) = self.value {
            return Self { unit, ..self };
        }
        if factor == 0 {
            // NULL stays NULL.
            let value = self.value.times(Expression::Integer(0));
            return Self::between(value, unit, 0, 0);
        }
        let this = if self.most() * i128::from(factor).abs() > MOST {
            self.at_most(MOST / i128::from(factor).abs())
        } else {
            self
        };
        let ends = [this.low * factor, this.high * factor];
        let value = this.value.times(Expression::Integer(factor));
        Self::between(value, unit, ends[0].min(ends[1]), ends[0].max(ends[1])).held()
    }

    /// The same amount in a unit that is as fine or finer.
    #[must_use]
    pub fn in_unit(self, unit: Unit) -> Self {
        let factor = unit.per_one() / self.unit.per_one();
        self.multiplied(factor.max(1), unit)
    }

    /// Both in the finer of their units.
    fn aligned(self, other: Self) -> (Self, Self) {
        let unit = self.unit.max(other.unit);
        (self.in_unit(unit), other.in_unit(unit))
    }

    /// The comparison with another amount; NULL if one of them is.
    pub fn compare(self, comparison: Comparison, other: Self) -> Expression {
        match (self.known(), other.known()) {
            (None, Some(_)) => self.compare_known(comparison, &other),
            (Some(_), None) => other.compare_known(turned(comparison), &self),
            _ => {
                let (left, right) = self.aligned(other);
                left.value.compared(comparison, right.value)
            }
        }
    }

    /// The comparison with a number that stands in the query, in this amount's unit.
    fn compare_known(self, comparison: Comparison, other: &Self) -> Expression {
        let known = i128::from(other.known().unwrap_or_default());
        let scaled = known * i128::from(self.unit.per_one());
        let divisor = i128::from(other.unit.per_one());
        let floor = scaled.div_euclid(divisor);
        // What no 64 bits hold is beyond all amounts, as is the outermost that they do hold.
        let clamped = i64::try_from(floor).unwrap_or(if floor < 0 { -i64::MAX } else { i64::MAX });
        let value = self.value;
        if scaled.rem_euclid(divisor) == 0 {
            return value.compared(comparison, Expression::Integer(clamped));
        }
        // It lies between two values of the unit.
        match comparison {
            Comparison::Less | Comparison::AtMost => {
                value.compared(Comparison::AtMost, Expression::Integer(clamped))
            }
            Comparison::Greater | Comparison::AtLeast => {
                value.compared(Comparison::Greater, Expression::Integer(clamped))
            }
            // False, and NULL where it is NULL; or true.
            Comparison::Equal => value.clone().compared(Comparison::Unequal, value),
            Comparison::Unequal => value.clone().equals(value),
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.added(other, Sign::Plus)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.added(other, Sign::Minus)
    }

    fn added(self, other: Self, sign: Sign) -> Self {
        if self.is_null() || other.is_null() {
            return Self::null();
        }
        let (left, right) = self.aligned(other);
        let (left, right) = if left.most() + right.most() > MOST {
            (left.at_most(MOST / 2), right.at_most(MOST / 2))
        } else {
            (left, right)
        };
        let unit = left.unit;
        if sign == Sign::Plus {
            let (low, high) = (left.low + right.low, left.high + right.high);
            Self::between(left.value.plus(right.value), unit, low, high).held()
        } else {
            let (low, high) = (left.low - right.high, left.high - right.low);
            Self::between(left.value.minus(right.value), unit, low, high).held()
        }
    }

    /// The amount with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        let (low, high) = (-self.high, -self.low);
        Self::between(self.value.negated(), self.unit, low, high)
    }

    /// The product, rounded half away from zero to millionths.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        if self.is_null() || other.is_null() {
            return Self::null();
        }
        let (factor, literal, other) = match (self.known(), other.known()) {
            (Some(known), _) => (known, self, other),
            (None, Some(known)) => (known, other, self),
            (None, None) => return product(self, other),
        };
        let finest = other.unit.per_one() * literal.unit.per_one();
        match unit_of(finest) {
            Some(unit) => other.multiplied(factor, unit),
            // Millionths of 10^-9 or 10^-12.
            None if is_narrow(factor, finest / 1_000_000) => {
                other.ratio(factor, finest / 1_000_000)
            }
            None => product(other, literal),
        }
    }

    /// The quotient, rounded half away from zero to millionths; NULL where the divisor is nought.
    #[must_use]
    pub fn over(self, divisor: Self) -> Self {
        if self.is_null() || divisor.is_null() {
            return Self::null();
        }
        let Some(known) = divisor.known() else {
            return quotient(self, divisor);
        };
        if known == 0 {
            return Self::null();
        }
        let numerator = i128::from(divisor.unit.per_one()) * 1_000_000;
        let denominator = i128::from(known).abs() * i128::from(self.unit.per_one());
        let common = gcd(numerator, denominator);
        let sides = (
            i64::try_from(numerator / common),
            i64::try_from(denominator / common),
        );
        match sides {
            (Ok(numerator), Ok(denominator)) if is_narrow(numerator, denominator) => {
                let quotient = self.ratio(numerator, denominator);
                if known < 0 {
                    quotient.negated()
                } else {
                    quotient
                }
            }
            _ => quotient(self, divisor),
        }
    }

    /// `value × factor ÷ divisor` as so many millionths, rounded half away from zero. The divisor is above nought.
    fn ratio(self, factor: i64, divisor: i64) -> Self {
        let common = gcd(i128::from(factor), i128::from(divisor));
        let common = i64::try_from(common).unwrap_or(1);
        let (factor, divisor) = (factor / common, divisor / common);
        if divisor == 1 {
            return self.multiplied(factor, Unit::Millionth);
        }
        let (wide, parts) = (i128::from(factor).abs(), i128::from(divisor));
        debug_assert!(wide * parts + parts / 2 <= MOST, "see `is_narrow`");
        // The whole quotient times the factor, and as much again for what the remainder comes to.
        let most = (MOST / wide - 2) * parts;
        let this = if self.most() / parts * wide + wide > MOST {
            self.at_most(most)
        } else {
            self
        };
        let direct = this.most() * wide + parts / 2 <= MOST;
        let magnitude = |value: Expression| {
            if direct {
                half_up(value.times(Expression::Integer(factor.abs())), divisor)
            } else {
                let whole = value.clone().over(Expression::Integer(divisor));
                let rest = value.modulo(Expression::Integer(divisor));
                whole.times(Expression::Integer(factor.abs())).plus(half_up(
                    rest.times(Expression::Integer(factor.abs())),
                    divisor,
                ))
            }
        };
        let bound = |end: i64| {
            let product = i128::from(end) * i128::from(factor);
            i64::try_from(crate::value::round_half_away(product, parts)).unwrap_or(i64::MAX)
        };
        let ends = [bound(this.low), bound(this.high)];
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let value = this.signed(magnitude, factor < 0);
        Self::between(value, Unit::Millionth, low, high)
    }

    /// What is computed of the magnitude, with the sign put back, or turned.
    fn signed(
        self,
        of_magnitude: impl Fn(Expression) -> Expression,
        is_turned: bool,
    ) -> Expression {
        let value = self.value;
        let above = |value: Expression| {
            let computed = of_magnitude(value);
            if is_turned {
                computed.negated()
            } else {
                computed
            }
        };
        let below = |value: Expression| {
            let computed = of_magnitude(value.negated());
            if is_turned {
                computed
            } else {
                computed.negated()
            }
        };
        if self.low >= 0 {
            above(value)
        } else if self.high <= 0 {
            below(value)
        } else {
            let is_below = value.clone().less(Expression::Integer(0));
            Expression::case([(is_below, below(value.clone()))], above(value))
        }
    }

    /// What a rule gives for so many units: the amount × points, which are thousandths, rounded half away from zero to a
    /// thousandth and saturated at ±10^12 points, as [`crate::value::Points::for_units`].
    pub fn times_points(self, points: i64) -> Expression {
        let per_one = i128::from(self.unit.per_one());
        let wide = i128::from(points).abs();
        if wide == 0 {
            return self.value.times(Expression::Integer(0));
        }
        // From here on it saturates.
        let full = i128::from(LARGEST_CONTRIBUTION) * per_one;
        let first = i64::try_from((full + wide - 1) / wide).unwrap_or(i64::MAX);
        let (low, high) = (self.low, self.high);
        let within = Self::between(
            self.value.clone(),
            self.unit,
            low.max(1 - first),
            high.min(first - 1),
        );
        // A ratio is one of millionths; which unit it is does not matter for its value.
        let product = within.ratio(points, self.unit.per_one()).value;
        let most = Expression::Integer(LARGEST_CONTRIBUTION * points.signum());
        let least = most.clone().negated();
        let mut arms = Vec::new();
        if high >= first {
            arms.push((
                self.value.clone().at_least(Expression::Integer(first)),
                most,
            ));
        }
        if low <= -first {
            let is_below = self
                .value
                .compared(Comparison::AtMost, Expression::Integer(-first));
            arms.push((is_below, least));
        }
        if arms.is_empty() {
            product
        } else {
            Expression::case(arms, product)
        }
    }

    /// The amount × a weight, which is from nought to a million millionths; rounded half away from zero to millionths.
    #[must_use]
    pub fn weighted(self, weight: &Expression) -> Self {
        const FULL: i64 = 1_000_000;
        if self.unit == Unit::One {
            let this = self.at_most(MOST / i128::from(FULL));
            let (low, high) = (this.low * FULL, this.high * FULL);
            let value = this.value.times(weight.clone());
            return Self::between(value, Unit::Millionth, low.min(0), high.max(0));
        }
        let this = self.in_unit(Unit::Millionth);
        let (low, high) = (this.low.min(0), this.high.max(0));
        let magnitude = |value: Expression| {
            let whole = value.clone().over(Expression::Integer(FULL));
            let rest = value.modulo(Expression::Integer(FULL));
            whole
                .times(weight.clone())
                .plus(half_up(rest.times(weight.clone()), FULL))
        };
        Self::between(this.signed(magnitude, false), Unit::Millionth, low, high)
    }

    /// The value divided by so much and rounded half away from zero, as it is when points are shown.
    pub fn rounded(self, divisor: i64) -> Expression {
        self.ratio(1, divisor).value
    }
}

/// The product of two amounts of which neither stands in the query.
fn product(left: Amount, right: Amount) -> Amount {
    if let Some(unit) = unit_of(left.unit.per_one() * right.unit.per_one())
        && left.most() * right.most() <= MOST
    {
        let corners = [
            left.low * right.low,
            left.low * right.high,
            left.high * right.low,
            left.high * right.high,
        ];
        let low = corners.into_iter().min().unwrap_or_default();
        let high = corners.into_iter().max().unwrap_or_default();
        return Amount::between(left.value.times(right.value), unit, low, high).held();
    }
    // With a = a1 + a0 and b = b1 + b0, whole parts and the millionths behind them:
    // a × b = a1 × b1 + a1 × b0 + a0 × b1 + a0 × b0, of which only the last is rounded.
    let (left, right) = (
        left.in_unit(Unit::Millionth),
        right.in_unit(Unit::Millionth),
    );
    let million = || Expression::Integer(1_000_000);
    let is_below = match (left.low < 0, right.low < 0) {
        (false, false) => None,
        (true, false) => Some(left.value.clone().less(Expression::Integer(0))),
        (false, true) => Some(right.value.clone().less(Expression::Integer(0))),
        (true, true) => {
            let [a, b] =
                [&left, &right].map(|side| side.value.clone().less(Expression::Integer(0)));
            Some(a.compared(Comparison::Unequal, b))
        }
    };
    let text = Expression::Concatenation(vec![
        Expression::Decimal(Box::new(left.value.clone())),
        Expression::literal(" and "),
        Expression::Decimal(Box::new(right.value.clone())),
    ]);
    let (a, b) = (magnitude(left), magnitude(right));
    let whole = |of: &Expression| of.clone().over(million());
    let rest = |of: &Expression| of.clone().modulo(million());
    let is_beyond =
        whole(&b).greater(Expression::Integer(MANY).over(whole(&a).plus(Expression::Integer(1))));
    let value = whole(&a)
        .times(whole(&b))
        .times(million())
        .plus(whole(&a).times(rest(&b)))
        .plus(rest(&a).times(whole(&b)))
        .plus(half_up(rest(&a).times(rest(&b)), 1_000_000));
    let refusal = Expression::refuse(OUT_OF_RANGE, text);
    let mut arms = vec![(is_beyond, refusal)];
    if let Some(is_below) = is_below {
        arms.push((is_below, value.clone().negated()));
    }
    let most = MANY * 1_000_000 + 2_000_000_000_000_000_000 + 1_000_000;
    Amount::between(Expression::case(arms, value), Unit::Millionth, -most, most)
}

/// The quotient of two amounts of which the second does not stand in the query.
fn quotient(left: Amount, right: Amount) -> Amount {
    /// Divisors are at most this many millionths, so that a remainder can be made a thousand times as large, twice.
    const WIDEST: i64 = 4_600_000_000_000_000;
    let (left, right) = if left.unit == right.unit {
        (left, right)
    } else {
        left.aligned(right)
    };
    let zero = || Expression::Integer(0);
    let thousand = || Expression::Integer(1_000);
    let is_nought = right.value.clone().equals(zero());
    let may_be_nought = right.low <= 0 && right.high >= 0;
    let is_below = match (left.low < 0, right.low < 0) {
        (false, false) => None,
        (true, false) => Some(left.value.clone().less(zero())),
        (false, true) => Some(right.value.clone().less(zero())),
        (true, true) => {
            let [a, b] = [&left, &right].map(|side| side.value.clone().less(zero()));
            Some(a.compared(Comparison::Unequal, b))
        }
    };
    let text = Expression::Concatenation(vec![
        Expression::Decimal(Box::new(left.value.clone())),
        Expression::literal(" / "),
        Expression::Decimal(Box::new(right.value.clone())),
    ]);
    let is_small = left.most() * 1_000_000 + right.most() <= MOST;
    let (is_wide, is_many) = (
        right.most() > i128::from(WIDEST),
        left.most() > i128::from(MANY),
    );
    let (a, b) = (magnitude(left), magnitude(right));
    let whole = a.clone().over(b.clone());
    let mut beyond = Vec::new();
    let value = if is_small {
        half_up_of(a.times(Expression::Integer(1_000_000)), &b)
    } else {
        if is_wide {
            beyond.push(b.clone().greater(Expression::Integer(WIDEST)));
        }
        if is_many {
            beyond.push(whole.clone().greater(Expression::Integer(MANY)));
        }
        let first = a.modulo(b.clone()).times(thousand());
        let second = first.clone().modulo(b.clone()).times(thousand());
        whole
            .times(Expression::Integer(1_000_000))
            .plus(first.over(b.clone()).times(thousand()))
            .plus(half_up_of(second, &b))
    };
    let mut arms = Vec::new();
    if may_be_nought {
        arms.push((is_nought, Expression::NO_NUMBER));
    }
    if !beyond.is_empty() {
        arms.push((
            super::phrases::any(beyond),
            Expression::refuse(OUT_OF_RANGE, text),
        ));
    }
    if let Some(is_below) = is_below {
        arms.push((is_below, value.clone().negated()));
    }
    let most = (MANY + 1) * 1_000_000;
    let value = if arms.is_empty() {
        value
    } else {
        Expression::case(arms, value)
    };
    Amount::between(value, Unit::Millionth, -most, most)
}

/// Whether a value below a divisor can be multiplied by a factor, and the product rounded, in 64 bits.
fn is_narrow(factor: i64, divisor: i64) -> bool {
    let common = gcd(factor.into(), divisor.into());
    let (wide, parts) = (
        i128::from(factor).abs() / common,
        i128::from(divisor) / common,
    );
    wide * parts + parts / 2 <= MOST
}

fn magnitude(amount: Amount) -> Expression {
    if amount.low >= 0 {
        return amount.value;
    }
    let value = amount.value;
    let is_below = value.clone().less(Expression::Integer(0));
    Expression::case([(is_below, value.clone().negated())], value)
}

/// A quotient of what is not negative, a half rounded up.
fn half_up(value: Expression, divisor: i64) -> Expression {
    value
        .plus(Expression::Integer(divisor / 2))
        .over(Expression::Integer(divisor))
}

/// The same by a divisor that does not stand in the query.
fn half_up_of(value: Expression, divisor: &Expression) -> Expression {
    value
        .plus(divisor.clone().over(Expression::Integer(2)))
        .over(divisor.clone())
}

fn unit_of(per_one: i64) -> Option<Unit> {
    match per_one {
        1 => Some(Unit::One),
        1_000 => Some(Unit::Thousandth),
        1_000_000 => Some(Unit::Millionth),
        _ => None,
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The comparison with its sides changed.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{dialect, render, trial};
    use super::*;
    use crate::value::{Points, round_half_away};

    const MILLION: i128 = 1_000_000;

    /// What `SQLite` makes of an expression over the columns `a` and `b`, or the message with which it is refused.
    fn evaluated(value: &Expression, a: i64, b: i64) -> Result<Option<i64>, String> {
        thread_local! {
            static CONNECTION: rusqlite::Connection = trial::connection();
        }
        let sqlite = dialect::named("sqlite").expect("a dialect");
        let value = render::expression(value, sqlite);
        // Where 64 bits do not hold a number it becomes a float, which `typeof` tells.
        let query = format!(
            "SELECT typeof(v), v FROM (SELECT {value} AS v FROM (SELECT ?1 AS a, ?2 AS b))"
        );
        CONNECTION.with(|connection| {
            let row = connection.query_row(&query, [a, b], |row| {
                let kind: String = row.get(0)?;
                assert!(
                    kind == "integer" || kind == "null",
                    "{kind} of {a} and {b}: {query}"
                );
                row.get::<_, Option<i64>>(1)
            });
            row.map_err(|error| error.to_string())
        })
    }

    fn column(name: &str, unit: Unit) -> Amount {
        Amount::new(Expression::column(name), unit)
    }

    fn number(value: i64, unit: Unit) -> Number {
        Number::from_millionths(i128::from(value) * MILLION / i128::from(unit.per_one()))
    }

    /// Values of a unit, near nought and up to the largest.
    fn values(unit: Unit) -> impl Strategy<Value = i64> {
        let most = LARGEST * unit.per_one();
        let scale = unit.per_one();
        prop_oneof![
            -3 * scale..=3 * scale,
            -1_000 * scale..=1_000 * scale,
            -9_000_000_000 * scale..=9_000_000_000 * scale,
            -most..=most,
            (-100_i64..=100).prop_map(move |whole| whole * scale),
        ]
    }

    fn units() -> impl Strategy<Value = Unit> {
        prop::sample::select(vec![Unit::One, Unit::Thousandth, Unit::Millionth])
    }

    fn valued() -> impl Strategy<Value = (Unit, i64)> {
        units().prop_flat_map(|unit| (Just(unit), values(unit)))
    }

    /// Holds an amount against the engine's number: it is refused only where that is beyond 10^12, and lies within the
    /// bounds that it claims.
    fn agrees(
        amount: &Amount,
        a: i64,
        b: i64,
        engine: Option<Number>,
    ) -> Result<(), TestCaseError> {
        match evaluated(&amount.value, a, b) {
            Ok(value) => {
                let said = value.map(|value| number(value, amount.unit));
                prop_assert_eq!(said, engine, "{} and {}", a, b);
                let within = value.is_none_or(|value| (amount.low..=amount.high).contains(&value));
                prop_assert!(within, "{:?} of {} and {}", value, a, b);
            }
            Err(_) => {
                let most = i128::from(LARGEST) * MILLION;
                let is_beyond = engine.is_none_or(|number| number.millionths().abs() > most);
                prop_assert!(is_beyond, "refused: {} and {}", a, b);
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn sums_differences_and_products_are_those_of_the_engine((of_a, a) in valued(), (of_b, b) in valued()) {
            let (left, right) = (column("a", of_a), column("b", of_b));
            let (x, y) = (number(a, of_a), number(b, of_b));
            agrees(&left.clone().plus(right.clone()), a, b, x.plus(y))?;
            agrees(&left.clone().minus(right.clone()), a, b, x.minus(y))?;
            agrees(&left.times(right), a, b, x.times(y))?;
        }

        #[test]
        fn quotients_are_those_of_the_engine((of_a, a) in valued(), (of_b, b) in valued()) {
            let quotient = column("a", of_a).over(column("b", of_b));
            let engine = number(a, of_a).over(number(b, of_b));
            // Divisors beyond four milliards are refused as well.
            if evaluated(&quotient.value, a, b).is_ok() || number(b, of_b).millionths().abs() < 4_000_000_000_000_000 {
                agrees(&quotient, a, b, engine)?;
            }
        }

        #[test]
        fn so_is_what_is_computed_with_numbers_of_the_model((of_a, a) in valued(), (of_b, b) in valued()) {
            let (x, y) = (number(a, of_a), number(b, of_b));
            let literal = Amount::literal(y);
            agrees(&column("a", of_a).times(literal.clone()), a, b, x.times(y))?;
            agrees(&column("a", of_a).plus(literal.clone()), a, b, x.plus(y))?;
            let quotient = column("a", of_a).over(literal.clone());
            if evaluated(&quotient.value, a, b).is_ok() || y.millionths().abs() < MILLION * MILLION {
                agrees(&quotient, a, b, x.over(y))?;
            }
            let by_column = literal.clone().over(column("a", of_a));
            if evaluated(&by_column.value, a, b).is_ok() || x.millionths().abs() < 4_000_000_000_000_000 {
                agrees(&by_column, a, b, y.over(x))?;
            }
            let all = [Comparison::Less, Comparison::AtMost, Comparison::Equal, Comparison::Unequal, Comparison::Greater, Comparison::AtLeast];
            let holds = [x < y, x <= y, x == y, x != y, x > y, x >= y];
            for (comparison, holds) in all.into_iter().zip(holds) {
                let said = column("a", of_a).compare(comparison, literal.clone());
                prop_assert_eq!(evaluated(&said, a, b), Ok(Some(i64::from(holds))), "{:?}", comparison);
                let said = literal.clone().compare(turned(comparison), column("a", of_a));
                prop_assert_eq!(evaluated(&said, a, b), Ok(Some(i64::from(holds))), "{:?}", comparison);
                let said = column("a", of_a).compare(comparison, column("b", of_b));
                prop_assert_eq!(evaluated(&said, a, b), Ok(Some(i64::from(holds))), "{:?}", comparison);
            }
        }

        #[test]
        fn what_a_rule_gives_is_rounded_and_saturated_as_the_engine_does(
            (unit, signal) in valued(),
            points in prop_oneof![-10_000_i64..10_000, -1_000_000_000_000_i64..=1_000_000_000_000, (-50_i64..50).prop_map(|p| p * 1_000)],
        ) {
            let given = column("a", unit).times_points(points);
            let engine = Points::from_thousandths(points).for_units(number(signal, unit));
            prop_assert_eq!(evaluated(&given, signal, 0), Ok(Some(engine.thousandths())));
        }

        #[test]
        fn a_weighted_amount_is_rounded_half_away_from_zero((unit, value) in valued(), weight in 0_i64..=1_000_000) {
            let weighted = column("a", unit).weighted(&Expression::column("b"));
            let engine = round_half_away(number(value, unit).millionths() * i128::from(weight), MILLION);
            agrees(&weighted, value, weight, Some(Number::from_millionths(engine)))?;
        }

        #[test]
        fn points_are_rounded_to_what_is_shown(points in -1_000_000_000_000_i64..1_000_000_000_000, divisor in prop::sample::select(vec![1_i64, 10, 100, 1_000])) {
            let shown = column("a", Unit::Thousandth).rounded(divisor);
            let engine = round_half_away(i128::from(points), i128::from(divisor));
            prop_assert_eq!(evaluated(&shown, points, 0).map(|shown| shown.map(i128::from)), Ok(Some(engine)));
        }
    }
}
