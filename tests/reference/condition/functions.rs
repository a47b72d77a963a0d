//! The functions that a condition may call, and the matching of LIKE.

use super::super::{calendar, cells, decimal::Decimal};
use super::{Reading, Value};
use regex::Regex;

/// Calls a function. Except for `coalesce`, an argument that is NULL gives
/// NULL.
///
/// # Panics
/// Where there is no such function, or an argument is of the wrong type.
pub fn call(function: &str, arguments: &[Value], reading: &Reading) -> Value {
    if function == "coalesce" {
        let first = arguments.iter().find(|argument| **argument != Value::Null);
        return first.cloned().unwrap_or(Value::Null);
    }
    if arguments.contains(&Value::Null) {
        return Value::Null;
    }
    let text = |at: usize| arguments[at].as_text().expect("NULL is taken care of");
    match function {
        "lower" => Value::Text(text(0).to_ascii_lowercase()),
        "upper" => Value::Text(text(0).to_ascii_uppercase()),
        "trim" => Value::Text(text(0).trim().to_owned()),
        "length" => Value::Number(Decimal(1_000_000 * text(0).chars().count() as i128)),
        "starts_with" => Value::Bool(text(0).starts_with(text(1))),
        "ends_with" => Value::Bool(text(0).ends_with(text(1))),
        "contains" => Value::Bool(text(0).contains(text(1))),
        "regexp_like" => Value::Bool(Regex::new(text(1)).expect("a pattern").is_match(text(0))),
        "days_since" => days_since(&arguments[0], reading)
            .map(Decimal::whole)
            .into(),
        "days_until" => days_since(&arguments[0], reading)
            .map(|days| Decimal::whole(-days))
            .into(),
        "is_email" => Value::Bool(cells::is_email(text(0))),
        "is_free_email" => Value::Bool(cells::is_free_email(text(0))),
        "is_phone" => Value::Bool(cells::is_phone(text(0))),
        "has_tag" => Value::Bool(cells::has_tag(text(0), text(1))),
        "number" => arguments[0].as_number(reading).into(),
        "date" => arguments[0].as_day(reading).into(),
        other => panic!("there is no function {other}"),
    }
}

fn days_since(value: &Value, reading: &Reading) -> Option<i64> {
    let day = value.as_day(reading)?;
    Some(calendar::days_between(day, reading.today))
}

/// Whether the whole text matches: `%` is any text, `_` one character, and
/// `\` takes what follows as it stands.
pub fn like(text: &str, pattern: &str) -> bool {
    let Some(first) = pattern.chars().next() else {
        return text.is_empty();
    };
    let pattern_rest = &pattern[first.len_utf8()..];
    if first == '%' {
        let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        return ends.any(|at| like(&text[at..], pattern_rest));
    }
    let Some(c) = text.chars().next() else {
        return false;
    };
    let text_rest = &text[c.len_utf8()..];
    if first == '\\' {
        let wanted = pattern_rest
            .chars()
            .next()
            .expect("something follows the escape");
        return c == wanted && like(text_rest, &pattern_rest[wanted.len_utf8()..]);
    }
    (first == '_' || first == c) && like(text_rest, pattern_rest)
}
