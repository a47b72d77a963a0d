//! Times as numbers since 1970-01-01T00:00:00Z, as `src/value/timestamp/epoch.rs` reads them.

use super::super::expression::Expression;
use crate::value::TimeForm;

/// A time that is a number.
const NUMBER: &str = "-?[0-9]{1,18}(?:\\.[0-9]{1,9})?";

/// A unit in which time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Epoch {
    micros: i64,
    /// Digits of a fraction down to microseconds.
    digits: i64,
    /// Digits of the largest whole number that is looked at: some 300 years.
    most: u32,
}

impl Epoch {
    /// The unit of a declared form.
    pub(super) fn of(form: &TimeForm) -> Option<Self> {
        let (micros, digits, most) = match form {
            TimeForm::EpochSeconds => (1_000_000, 6, 10),
            TimeForm::EpochMillis => (1_000, 3, 13),
            TimeForm::EpochMicros => (1, 0, 16),
            TimeForm::Recognised | TimeForm::Pattern(_) | TimeForm::Usually(_) => return None,
        };
        Some(Self {
            micros,
            digits,
            most,
        })
    }

    /// The microseconds since 1970 that a trimmed text says; NULL where it says none, or is more than 300 years off.
    pub(super) fn micros(self, text: &Expression) -> Expression {
        let unit = || Expression::Integer(self.micros);
        let is_plain = text.clone().matches(format!("[0-9]{{1,{}}}", self.most));
        let whole = || {
            let magnitude = text.clone().trimmed_of("-").followed_by(".");
            magnitude.before(".").digits()
        };
        let mut value = whole().times(unit());
        if self.digits > 0 {
            let fraction = text.clone().followed_by(".").after(".").replaced(".", "");
            let padded =
                fraction.followed_by("0".repeat(usize::try_from(self.digits).unwrap_or(0)));
            value = value.plus(padded.part(1, self.digits).digits());
        }
        let signed = Expression::case(
            [(text.clone().contains("-"), value.clone().negated())],
            value,
        );
        let is_near = whole().less(Expression::Integer(10_i64.pow(self.most)));
        Expression::case(
            [
                (is_plain, text.clone().digits().times(unit())),
                (
                    text.clone().matches(NUMBER),
                    Expression::case([(is_near, signed)], Expression::NO_NUMBER),
                ),
            ],
            Expression::NO_NUMBER,
        )
    }
}
