//! Points and times as texts, as the list shows them.

use crate::sql::expression::{Comparison, Expression};

/// Points with as few decimals as say them exactly: `10`, `-2.5`. The column holds thousandths, at least `low`.
pub(super) fn points(thousandths: &Expression, low: i64) -> Expression {
    let thousand = || Expression::Integer(1_000);
    let text = |magnitude: Expression| {
        let whole = Expression::Decimal(Box::new(magnitude.clone().over(thousand())));
        let rest = || magnitude.clone().modulo(thousand());
        // The digits behind the point, with the noughts before them and without those behind.
        let digits = Expression::Decimal(Box::new(rest().plus(thousand())));
        let behind = Expression::Concatenation(vec![Expression::literal("."), digits.part(2, 3)]);
        let behind = Expression::case(
            [(
                rest().equals(Expression::Integer(0)),
                Expression::literal(""),
            )],
            behind.trimmed_of("0"),
        );
        Expression::Concatenation(vec![whole, behind])
    };
    if low >= 0 {
        return text(thousandths.clone());
    }
    let below = text(thousandths.clone().negated());
    let below = Expression::Concatenation(vec![Expression::literal("-"), below]);
    let is_below = thousandths.clone().less(Expression::Integer(0));
    Expression::case([(is_below, below)], text(thousandths.clone()))
}

/// Thousandths that are whole points, as these.
pub(super) fn whole_points(thousandths: &Expression, low: i64) -> Expression {
    let thousand = || Expression::Integer(1_000);
    let above = thousandths.clone().over(thousand());
    if low >= 0 {
        return above;
    }
    let below = thousandths.clone().negated().over(thousand()).negated();
    let is_below = thousandths.clone().less(Expression::Integer(0));
    Expression::case([(is_below, below)], above)
}

/// Two digits of a number from 0 to 99.
fn two(number: Expression) -> Expression {
    let digits = Expression::Decimal(Box::new(number.plus(Expression::Integer(100))));
    digits.part(2, 2)
}

/// An instant, in microseconds, on the clocks of a zone that is so many minutes ahead, as RFC 3339 writes it; `Z` in UTC.
pub(super) fn time(instant: &Expression, minutes: &Expression, is_utc: bool) -> Expression {
    let number = Expression::Integer;
    let local = instant
        .clone()
        .plus(minutes.clone().times(number(60_000_000)));
    // A day may begin before 1970 on some clocks.
    let shifted = local.plus(number(86_400_000_000));
    let day = shifted
        .clone()
        .over(number(86_400_000_000))
        .minus(number(1));
    let of_day = |micros: i64, count: i64| {
        let of_all = shifted.clone().over(number(micros));
        two(of_all.modulo(number(count)))
    };
    let micros = shifted.clone().modulo(number(1_000_000));
    let digits = Expression::Decimal(Box::new(micros.clone().plus(number(1_000_000))));
    let fraction = Expression::Concatenation(vec![Expression::literal("."), digits.part(2, 6)]);
    let fraction = Expression::case(
        [(micros.equals(number(0)), Expression::literal(""))],
        fraction.trimmed_of("0"),
    );
    let mut parts = vec![
        Expression::DateText(Box::new(day)),
        Expression::literal("T"),
        of_day(3_600_000_000, 24),
        Expression::literal(":"),
        of_day(60_000_000, 60),
        Expression::literal(":"),
        of_day(1_000_000, 60),
        fraction,
    ];
    if is_utc {
        parts.push(Expression::literal("Z"));
    } else {
        let offset = |sign: &str, minutes: Expression| {
            Expression::Concatenation(vec![
                Expression::literal(sign),
                two(minutes.clone().over(number(60))),
                Expression::literal(":"),
                two(minutes.modulo(number(60))),
            ])
        };
        parts.push(match minutes {
            Expression::Integer(fixed) if *fixed < 0 => offset("-", number(-fixed)),
            Expression::Integer(_) => offset("+", minutes.clone()),
            _ => {
                let is_behind = minutes.clone().less(number(0));
                let behind = offset("-", minutes.clone().negated());
                Expression::case([(is_behind, behind)], offset("+", minutes.clone()))
            }
        });
    }
    Expression::Concatenation(parts)
}

/// Texts one after the other, each behind a `; ` and left out where its condition does not hold. [`behind`] takes the
/// first of these off again.
pub(super) fn sentences(parts: Vec<(Option<Expression>, Expression)>) -> Expression {
    let between = |text: Expression| match text {
        Expression::Concatenation(mut texts) => {
            texts.insert(0, Expression::literal("; "));
            Expression::Concatenation(texts)
        }
        Expression::Text(text) => Expression::Text(format!("; {text}")),
        text => Expression::Concatenation(vec![Expression::literal("; "), text]),
    };
    let parts = parts.into_iter().map(|(when, text)| match when {
        Some(when) => Expression::case([(when, between(text))], Expression::literal("")),
        None => between(text),
    });
    Expression::Concatenation(parts.collect())
}

/// What stands in a column behind its first two characters; NULL of an empty text.
pub(super) fn behind(column: &str) -> Expression {
    let text = || Expression::column(column);
    let is_something = text().compared(Comparison::Unequal, Expression::literal(""));
    let behind = Expression::Substring(
        Box::new(text()),
        Box::new(Expression::Integer(3)),
        Box::new(text().length()),
    );
    Expression::case([(is_something, behind)], None)
}
