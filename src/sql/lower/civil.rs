//! Calendar periods of days, which are counted from 1970-01-01.

use crate::model::Period;
use crate::sql::expression::Expression;

/// Something that is the same of two days only if they are of one period. No day is before 1969-12-29.
pub(super) fn period(day: Expression, period: Period) -> Expression {
    match period {
        Period::Day => day,
        // 1970-01-01 was a Thursday, three days after a Monday.
        Period::Week => day
            .plus(Expression::Integer(3))
            .over(Expression::Integer(7)),
        // Year and month of the date.
        Period::Month => Expression::DateText(Box::new(day)).part(1, 7),
    }
}

/// What a period is called.
pub(super) fn name(period: Period) -> &'static str {
    match period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
    }
}
