//! Numbers as people and exports write them, as [`crate::value::read_number`] reads them.
//!
//! In two steps: a text becomes the plain decimal that it means, `-1234.5`, and that becomes millionths. Numbers of
//! 10^12 and more are refused, because 64 bits do not hold their millionths; from 10^18 on the engine reads none either.

use super::super::expression::Expression;
use crate::value::DecimalSign;

/// Currency signs, the Unicode general category Sc, as the inside of a class.
const CURRENCY_CLASS: &str = "$\u{a2}-\u{a5}\u{58f}\u{60b}\u{7fe}\u{7ff}\u{9f2}\u{9f3}\u{9fb}\u{af1}\u{bf9}\u{e3f}\u{17db}\u{20a0}-\u{20c1}\u{a838}\u{fdfc}\u{fe69}\u{ff04}\u{ffe0}\u{ffe1}\u{ffe5}\u{ffe6}\u{11fdd}-\u{11fe0}\u{1e2ff}\u{1ecb0}";
/// What may set a currency or percent sign off.
const SPACE_CLASS: &str = " \u{a0}\u{202f}";

const TOO_LARGE: &str =
    "hotlist: a number of 10^12 or more cannot be scored by a query, only by hotlist score: ";

/// The plain decimal that a trimmed text means; NULL where it is none.
pub(super) fn plain(text: Expression, sign: DecimalSign) -> Expression {
    let (point, thousands) = (sign.symbol(), sign.thousands());
    let with_point = |text: Expression| match sign {
        DecimalSign::Point => text,
        DecimalSign::Comma => text.replaced(",", "."),
    };
    let is_plain = format!("-?[0-9]{{1,12}}(?:{}[0-9]{{1,6}})?", quoted(point));
    let minus = Expression::case(
        [(text.clone().contains("-"), Expression::literal("-"))],
        Expression::literal(""),
    );
    let digits = text.clone().trimmed_of(around());
    let digits = with_point(digits.replaced(thousands, ""));
    Expression::case(
        [
            (text.clone().matches(is_plain), with_point(text.clone())),
            (
                text.matches(grammar(sign)),
                Expression::Concatenation(vec![minus, digits]),
            ),
        ],
        Expression::Null(super::TEXT),
    )
}

/// The millionths of a plain decimal.
pub(super) fn millionths(plain: Expression) -> Expression {
    const UNIT: Expression = Expression::Integer(1_000_000);
    let magnitude = || plain.clone().trimmed_of("-").followed_by(".");
    let whole = magnitude().before(".");
    let padded =
        Expression::Concatenation(vec![Expression::literal("000000000000"), whole.clone()]);
    let last_twelve = Expression::Substring(
        Box::new(padded),
        Box::new(whole.length().plus(Expression::Integer(1))),
        Box::new(Expression::Integer(12)),
    );
    let decimals = magnitude().after(".").replaced(".", "");
    let seven = decimals.followed_by("0000000").part(1, 7);
    let rounded = seven
        .digits()
        .plus(Expression::Integer(5))
        .over(Expression::Integer(10));
    let value = last_twelve.digits().times(UNIT).plus(rounded);
    let sign = Expression::case(
        [(plain.clone().contains("-"), Expression::Integer(-1))],
        Expression::Integer(1),
    );
    Expression::case(
        [
            (
                plain.clone().matches("[0-9]{1,12}"),
                plain.clone().digits().times(UNIT),
            ),
            (
                plain.clone().matches("-?0*[0-9]{0,12}(?:\\.[0-9]+)?"),
                sign.times(value),
            ),
            (
                plain.clone().is_null().negation(),
                Expression::refuse(TOO_LARGE, plain),
            ),
        ],
        Expression::NO_NUMBER,
    )
}

/// A refusal of whole or decimal numbers of a typed column that are too large, in millionths or in whole numbers.
pub(super) fn below_the_largest(value: Expression, per_one: i64) -> Expression {
    let most = super::super::amount::LARGEST * per_one;
    let is_beyond = super::super::phrases::any([
        value.clone().at_least(Expression::Integer(most)),
        value.clone().compared(
            super::super::expression::Comparison::AtMost,
            Expression::Integer(-most),
        ),
    ]);
    let refusal = Expression::refuse(TOO_LARGE, Expression::Decimal(Box::new(value.clone())));
    Expression::case([(is_beyond, refusal)], value)
}

/// All characters that may stand around the digits and separators.
fn around() -> String {
    let mut characters: String = "+-% \u{a0}\u{202f}".to_owned();
    let mut class = CURRENCY_CLASS.chars().peekable();
    while let Some(first) = class.next() {
        match class.next_if_eq(&'-').and_then(|_| class.next()) {
            Some(last) => characters.extend(first..=last),
            None => characters.push(first),
        }
    }
    characters
}

/// The pattern of all numbers below 10^18.
fn grammar(sign: DecimalSign) -> String {
    let (point, thousands) = (quoted(sign.symbol()), quoted(sign.thousands()));
    let whole = format!("0*[0-9]{{1,18}}|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}}){{1,5}}");
    let body = format!("(?:(?:{whole})(?:{point}[0-9]+)?|{point}[0-9]+)");
    let currency = format!("[{CURRENCY_CLASS}][{SPACE_CLASS}]?");
    let behind = format!("(?:[{SPACE_CLASS}]?[%{CURRENCY_CLASS}])?");
    format!("(?:[+-]?{currency}|{currency}[+-]){body}|[+-]?{body}{behind}")
}

/// A sign for itself in a pattern.
fn quoted(sign: char) -> &'static str {
    match sign {
        ',' => ",",
        _ => "\\.",
    }
}
