//! Dates of three numbers, `03/05/2026` and `2026/3/5`, as `src/value/timestamp/numeric_date.rs` reads them: they are
//! written as ISO 8601 has them, and then read as that.

use super::super::expression::Expression;
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

/// A pattern of dates of which nobody has said whether day or month comes first, with or without anything behind them.
pub(super) fn undecided() -> String {
    format!("{YEAR_LAST_POSSIBLE}(?:[,{WHITE_SPACE_CLASS}].*)?")
}

/// A trimmed text as ISO 8601 writes it, where it is a date of three numbers whose order is known, and as it stands
/// otherwise. Whether there is such a day or time is not looked at.
pub(super) fn written(text: &Expression, order: Option<DateOrder>) -> Expression {
    let mut arms = vec![
        // Nearly all.
        (text.clone().finds("^[0-9]{4}-"), text.clone()),
        (
            text.clone().matches(YEAR_FIRST_PLAIN),
            text.clone().replaced("/", "-"),
        ),
    ];
    // Beside these a time may hold `.` only, which becomes `/` for a while.
    let first = text.clone().before("/");
    let second = text.clone().after("/").before("/");
    let behind = text.clone().after("/").after("/");
    let has_two = behind.clone().finds("^[0-9]{2}");
    let year_first = |rest: Expression| {
        let day = Expression::case(
            [(has_two.clone(), behind.clone().part(1, 2))],
            behind.clone().part(1, 1).prefixed("0"),
        );
        iso(first.clone(), padded(second.clone()), day, Some(rest))
    };
    arms.push((
        text.clone().matches(format!("{YEAR_FIRST}(?:{})?", time())),
        year_first(clock(&Expression::case(
            [(has_two.clone(), behind.clone().part(3, 60))],
            behind.clone().part(2, 60),
        ))),
    ));
    if let Some(order) = order {
        let slashed = text.clone().replaced(".", "/").replaced("-", "/");
        let first = padded(slashed.clone().before("/"));
        let second = padded(slashed.clone().after("/").before("/"));
        let behind = slashed.after("/").after("/");
        let year = behind.clone().part(1, 4);
        let (month, day) = match order {
            DateOrder::DayFirst => (second, first),
            DateOrder::MonthFirst => (first, second),
        };
        arms.push((
            text.clone().matches(YEAR_LAST),
            iso(year.clone(), month.clone(), day.clone(), None),
        ));
        arms.push((
            text.clone().matches(format!("{YEAR_LAST}{}", time())),
            iso(year, month, day, Some(clock(&behind.part(5, 60)))),
        ));
    }
    Expression::case(arms, text.clone())
}

fn iso(
    year: Expression,
    month: Expression,
    day: Expression,
    time: Option<Expression>,
) -> Expression {
    let dash = || Expression::literal("-");
    let mut parts = vec![year, dash(), month, dash(), day];
    parts.extend(time);
    Expression::Concatenation(parts)
}

/// One or two digits as two.
fn padded(digits: Expression) -> Expression {
    let length = digits.clone().length();
    Expression::Substring(
        Box::new(digits.prefixed("0")),
        Box::new(length),
        Box::new(Expression::Integer(2)),
    )
}

/// What stands behind a date, from its comma or blank on, as `T14:22:33.5`; nothing where nothing is there.
fn clock(behind: &Expression) -> Expression {
    let time = behind.clone().trimmed_of(format!("{WHITE_SPACE},"));
    let hour = time.clone().before(":");
    let after = time.after(":");
    let minutes = after
        .clone()
        .trimmed_of(format!("{WHITE_SPACE}AaPpMm"))
        .replaced("/", ".");
    let of_twelve = hour.clone().digits().modulo(Expression::Integer(12));
    let of_day = Expression::case(
        [
            (
                after.clone().finds("[Pp]"),
                decimal(of_twelve.clone().plus(Expression::Integer(12))),
            ),
            (after.finds("[Aa]"), padded(decimal(of_twelve))),
        ],
        padded(hour),
    );
    let time = Expression::Concatenation(vec![
        Expression::literal("T"),
        of_day,
        Expression::literal(":"),
        minutes,
    ]);
    let is_nothing = behind.clone().equals(Expression::literal(""));
    Expression::case([(is_nothing, Expression::literal(""))], time)
}

fn decimal(number: Expression) -> Expression {
    Expression::Decimal(Box::new(number))
}
