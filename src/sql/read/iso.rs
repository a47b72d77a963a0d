//! Times in ISO 8601 and RFC 3339, as `src/value/timestamp/iso.rs` reads them.
//!
//! The layout is fixed up to the minutes, so that all before them is read by position; a text is matched as a whole first.
//! Whether a calendar has a day is part of the pattern, because engines do not agree on the 30th of February.

use super::super::expression::{Comparison, Expression};

/// A day from 1900 to 2199.
const DAY: &str = "(?:(?:19|20|21)[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)";
/// A time of a day behind it, with or without seconds and a fraction of them.
const CLOCK: &str =
    "[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?";
/// How far the clock is from UTC.
const OFFSET: &str = "[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?";
/// Days that an offset may take out of the years in which days are read, or into them.
const EDGES: &str = "(?:1899-12-31|1900-01-01|2199-12-31|2200-01-01)";
/// A zone's name behind a time.
const ZONE: &str = "\\[.*\\]";

/// Microseconds of a day.
pub(super) const DAY_MICROS: i64 = 86_400_000_000;
/// Microseconds of a second.
pub(super) const SECOND_MICROS: i64 = 1_000_000;

/// A day, with or without a time, that says no offset; where `or_utc`, it may say that it is UTC.
pub(super) fn local(or_utc: bool) -> String {
    let utc = if or_utc { "[Zz]?" } else { "" };
    format!("{DAY}(?:{CLOCK}{utc})?")
}

/// A time with an offset.
pub(super) fn exact() -> String {
    format!("{DAY}{CLOCK}(?:[Zz]|{OFFSET})")
}

/// A time with an offset, on a day from which it may lead out of the years that are read, or into them; `or_utc`, where
/// UTC is an offset too.
pub(super) fn exact_at_the_edge(or_utc: bool) -> String {
    let utc = if or_utc { "[Zz]|" } else { "" };
    format!("{EDGES}{CLOCK}(?:{utc}{OFFSET})")
}

/// Any of these times.
pub(super) fn any() -> String {
    format!("{DAY}(?:{CLOCK}(?:[Zz]|{OFFSET})?)?")
}

/// A time with a zone in brackets, whose offsets a query does not know.
pub(super) fn with_zone() -> String {
    format!("[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{CLOCK}(?:[Zz]|{OFFSET}){ZONE}")
}

/// The day that a matched text begins with.
pub(super) fn day(text: &Expression) -> Expression {
    Expression::DayOf(Box::new(text.clone().part(1, 10)))
}

/// The number that two characters write.
fn two_digits(text: &Expression, from: i64) -> Expression {
    text.clone().part(from, 2).digits()
}

fn seconds_of(number: i64) -> Expression {
    Expression::Integer(number)
}

/// What a matched text says beside its day, in seconds: `unit` is 1, or in microseconds.
fn of_day(text: &Expression, unit: i64) -> Expression {
    let has_time = text.clone().length().greater(Expression::Integer(10));
    let minutes = two_digits(text, 12)
        .times(seconds_of(3_600 * unit))
        .plus(two_digits(text, 15).times(seconds_of(60 * unit)));
    let has_seconds = text.clone().part(17, 1).equals(Expression::literal(":"));
    // A leap second is read as the second before it.
    let is_leap = text.clone().part(18, 2).equals(Expression::literal("60"));
    let seconds = Expression::case(
        [
            (is_leap, Expression::Integer(59 * unit)),
            (has_seconds, two_digits(text, 18).times(seconds_of(unit))),
        ],
        Expression::Integer(0),
    );
    Expression::case([(has_time, minutes.plus(seconds))], Expression::Integer(0))
}

/// The microseconds of a matched text's fraction of a second; what is finer is cut off.
fn fraction(text: &Expression) -> Expression {
    let has_fraction = text.clone().part(20, 1).is_one_of([".", ","]);
    // Behind it there may be an offset.
    let digits = text
        .clone()
        .part(21, 6)
        .followed_by("+")
        .before("+")
        .followed_by("-")
        .before("-")
        .replaced("Z", "")
        .replaced("z", "");
    let six = digits.followed_by("00000").part(1, 6).digits();
    Expression::case([(has_fraction, six)], Expression::Integer(0))
}

/// The microseconds since 1970 that a matched text's clock shows, as if it were in UTC.
pub(super) fn clock_micros(text: &Expression) -> Expression {
    day(text)
        .times(Expression::Integer(DAY_MICROS))
        .plus(of_day(text, SECOND_MICROS))
        .plus(fraction(text))
}

/// The whole seconds of the same.
pub(super) fn clock_seconds(text: &Expression) -> Expression {
    day(text)
        .times(Expression::Integer(86_400))
        .plus(of_day(text, 1))
}

/// The offset that a text says, in seconds; `otherwise` where it says none or is no time.
pub(super) fn offset_seconds(text: &Expression, otherwise: Expression) -> Expression {
    // Behind the minutes there are seconds, if anything, and then the offset.
    let tail = text.clone().part(17, 40);
    let told = |sign: &str| {
        let digits = tail.clone().after(sign).replaced(":", "");
        let minutes = digits.clone().followed_by("00").part(3, 2).digits();
        digits
            .part(1, 2)
            .digits()
            .times(seconds_of(3_600))
            .plus(minutes.times(seconds_of(60)))
    };
    let written = |sign: &str| {
        let pattern = format!("[0-9:.,]*{sign}[0-9]{{2}}(?::?[0-9]{{2}})?");
        tail.clone().matches(pattern)
    };
    // As most times are told, without a look at a pattern.
    let is_utc = text.clone().part(20, 1).is_one_of(["Z", "z"]);
    let is_late_utc = tail.clone().matches("[0-9:.,]*[Zz]");
    let none = tail.clone().matches("[0-9:.,]*");
    let arms = [
        (is_utc, Expression::Integer(0)),
        (none, otherwise.clone()),
        (is_late_utc, Expression::Integer(0)),
        (written("\\+"), told("+")),
        (written("-"), told("-").negated()),
    ];
    Expression::case(arms, otherwise)
}

/// Whether a number lies from one to below another.
pub(super) fn within(value: &Expression, from: i64, to: i64) -> Expression {
    super::super::phrases::all([
        value.clone().at_least(Expression::Integer(from)),
        value
            .clone()
            .compared(Comparison::Less, Expression::Integer(to)),
    ])
}
