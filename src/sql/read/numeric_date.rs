//! Dates of three numbers, `03/05/2026` and `2026/3/5`, as `src/value/timestamp/numeric_date.rs` reads them: they are
//! written as ISO 8601 has them, and then read as that.
//!
//! Where the model says whether day or month comes first, this takes a few steps that cut a text up. Where it does not,
//! such dates are refused, but for those that only need other separators.

use super::super::expression::Expression;
use super::super::phrases::all;
use super::ColumnPlan;
use super::blank::{WHITE_SPACE, WHITE_SPACE_CLASS};
use crate::value::DateOrder;

/// Two numbers and the year, with one separator.
const YEAR_LAST: &str = "[0-9]{1,2}(?:/[0-9]{1,2}/|\\.[0-9]{1,2}\\.|-[0-9]{1,2}-)[0-9]{4}";
/// The same of a day and a month, in whichever order.
const YEAR_LAST_POSSIBLE: &str = "(?:0?[1-9]|[12][0-9]|3[01])(?:/(?:0?[1-9]|[12][0-9]|3[01])/|\\.(?:0?[1-9]|[12][0-9]|3[01])\\.|-(?:0?[1-9]|[12][0-9]|3[01])-)[0-9]{4}";
const YEAR_FIRST: &str = "[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}";
/// The year first and two digits of each other number, as ISO 8601 has it but for the separators.
const YEAR_FIRST_PLAIN: &str =
    "[0-9]{4}/[0-9]{2}/[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?";

/// A time behind such a date.
fn time() -> String {
    let rest = ":[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?";
    format!(
        "(?:,[{WHITE_SPACE_CLASS}]*|[{WHITE_SPACE_CLASS}]+)(?:[0-9]{{1,2}}{rest}|(?:0?[1-9]|1[0-2]){rest}[{WHITE_SPACE_CLASS}]*[AaPp][Mm])"
    )
}

/// A pattern of dates that cannot be read because nobody has said whether day or month comes first, with or without
/// anything behind them.
pub(super) fn undecided() -> String {
    format!("(?:{YEAR_LAST_POSSIBLE}|{YEAR_FIRST})(?:[,{WHITE_SPACE_CLASS}].*)?")
}

/// A trimmed text as ISO 8601 writes it, where all that it takes are other separators, and as it stands otherwise.
pub(super) fn separated(text: &Expression) -> Expression {
    // Nearly none has one, and to look for a sign costs less than a pattern.
    let has_no_slash = text.clone().contains("/").negation();
    let is_plain = text.clone().matches(YEAR_FIRST_PLAIN);
    Expression::case(
        [
            (has_no_slash, text.clone()),
            (is_plain, text.clone().replaced("/", "-")),
        ],
        text.clone(),
    )
}

/// A trimmed text as ISO 8601 writes it, where it is a date of three numbers, and as it stands otherwise. Whether there
/// is such a day or time is not looked at.
pub(super) fn written(
    text: &Expression,
    order: Option<DateOrder>,
    plan: &mut ColumnPlan<'_>,
) -> Expression {
    let Some(order) = order else {
        return plan.column("written", separated(text));
    };
    let is_numeric = text
        .clone()
        .matches(format!("(?:{YEAR_LAST}|{YEAR_FIRST})(?:{})?", time()));
    // Beside the separators there may be the point of a fraction, which becomes `/` for a while.
    let slashed = text.clone().replaced(".", "/").replaced("-", "/");
    // As nearly all are; a date of three numbers has no sign in one of these places.
    let is_iso =
        all([5, 8].map(|place| text.clone().part(place, 1).equals(Expression::literal("-"))));
    let slashed = Expression::case(
        [
            (is_iso, Expression::Null(super::TEXT)),
            (is_numeric, slashed),
        ],
        Expression::Null(super::TEXT),
    );
    let slashed = plan.column("slashed", slashed);
    plan.next();
    let first = plan.column("first", slashed.clone().before("/"));
    let rest = plan.column("rest", slashed.clone().after("/"));
    plan.next();
    let second = plan.column("second_part", rest.clone().before("/"));
    let behind = plan.column("behind", rest.after("/"));
    plan.next();
    let is_year_last = || first.clone().length().less(Expression::Integer(4));
    let has_two = || behind.clone().finds("^[0-9]{2}");
    let cut = |with_year: Expression, with_two: Expression, with_one: Expression| {
        Expression::case(
            [(is_year_last(), with_year), (has_two(), with_two)],
            with_one,
        )
    };
    let digits = |count: i64| behind.clone().part(1, count);
    let third = plan.column("third", cut(digits(4), digits(2), digits(1)));
    let after = |count: i64| behind.clone().part(count + 1, 60);
    let time = cut(after(4), after(2), after(1)).trimmed_of(format!("{WHITE_SPACE},"));
    let time = plan.column("time", time);
    plan.next();
    let has_time = time.clone().contains(":");
    let hour = Expression::case(
        [(has_time, time.clone().before(":").digits())],
        Expression::NO_NUMBER,
    );
    let hour = plan.column("hour", hour);
    let minutes = time
        .clone()
        .after(":")
        .trimmed_of(format!("{WHITE_SPACE}AaPpMm"))
        .replaced("/", ".");
    let minutes = plan.column("minutes", minutes);
    plan.next();
    let of_twelve = hour.clone().modulo(Expression::Integer(12));
    let of_day = Expression::case(
        [
            (
                time.clone().finds("[Pp]"),
                of_twelve.clone().plus(Expression::Integer(12)),
            ),
            (time.finds("[Aa]"), of_twelve),
        ],
        hour,
    );
    // Two digits of it, for it has no more.
    let of_day = Expression::Decimal(Box::new(of_day.plus(Expression::Integer(100)))).part(2, 2);
    let clock = Expression::Concatenation(vec![
        Expression::literal("T"),
        of_day,
        Expression::literal(":"),
        minutes,
    ]);
    let clock = clock.or_else(Expression::literal(""));
    let iso = |year: &Expression, month: &Expression, day: &Expression| {
        let dash = || Expression::literal("-");
        Expression::Concatenation(vec![
            year.clone(),
            dash(),
            padded(month),
            dash(),
            padded(day),
        ])
    };
    let date = match order {
        DateOrder::DayFirst => iso(&third, &second, &first),
        DateOrder::MonthFirst => iso(&third, &first, &second),
    };
    let date = Expression::case([(is_year_last(), date)], iso(&first, &second, &third));
    let is_other = slashed.is_null();
    let written = Expression::Concatenation(vec![date, clock]);
    plan.column(
        "written",
        Expression::case([(is_other, text.clone())], written),
    )
}

/// One or two digits as two.
fn padded(digits: &Expression) -> Expression {
    Expression::Substring(
        Box::new(digits.clone().prefixed("0")),
        Box::new(digits.clone().length()),
        Box::new(Expression::Integer(2)),
    )
}
