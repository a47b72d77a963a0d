//! Conditions of the model as expressions, with the same three-valued logic as `src/model/condition/eval.rs`.
//!
//! Numbers are [`Amount`]s, days are counted from 1970-01-01. What numbers come to is exact or refused; `LIKE` and the
//! tests of texts become patterns of the shared syntax.

use super::amount::{Amount, Unit};
use super::expression::{Comparison, Expression, Type};
use super::phrases::{all, any};
use super::read::{Cells, WHITE_SPACE_CLASS, trimmed};
use crate::model::condition::{
    self as model, Case, Condition, Date, Operator, Text, TextRelation, TextTest,
};
use crate::value::{self, FREE_EMAIL_DOMAINS, Like};

/// Where a condition finds what it names.
pub trait Slots {
    /// The text of a column's cell, NULL where it is blank.
    fn text(&self, slot: usize) -> Expression;
    /// Whether a column's cell is blank.
    fn is_blank(&self, slot: usize) -> Expression {
        self.text(slot).is_null()
    }
    /// A column read as a number (in millionths), a day or yes or no, by the number of the reading.
    fn reading(&self, reading: usize) -> Expression;
    /// The cells, in whose manner texts made of them are read.
    fn cells(&self) -> &Cells<'_>;
    /// A signal.
    fn signal(&self, signal: usize) -> Amount;
    /// The score as shown.
    fn score(&self) -> Amount;
    /// A group's bounded sum.
    fn group(&self, group: usize) -> Amount;
    /// Whether an item of the checklist is met.
    fn checklist(&self, item: usize) -> Expression;
    /// The temperature's name.
    fn temperature(&self) -> Expression;
    /// The stage's name, NULL where none holds.
    fn stage(&self) -> Expression;
    /// The day of as-of.
    fn as_of_day(&self) -> Expression;
    /// A value that is about to be used several times: where there is a step before to work it out, its column there.
    fn worked_out(&self, value: Expression) -> Expression {
        value
    }
    /// Takes note of a part of the condition that no query can say. In its place stands what fails the query.
    fn unsaid(&self, message: &str);
}

/// The largest number of days between a day that is read and as-of.
const MOST_DAYS: i64 = 1_000_000;
/// Any character that a cell may hold, line breaks included.
const ANY: &str = "[^\\x7f]";
/// An address before its domain; see [`crate::value::is_email`].
const MAILBOX: &str = "[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+";
const DOMAIN: &str = "[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,24}";

/// A condition: a truth, or NULL.
pub fn condition(condition: &Condition, slots: &dyn Slots) -> Expression {
    let lower = |inner: &Condition| self::condition(inner, slots);
    match condition {
        Condition::Literal(Some(truth)) => Expression::Truth(*truth),
        Condition::Literal(None) => Expression::Null(Type::Truth),
        Condition::Read(reading) => slots.reading(*reading),
        Condition::Checklist(item) => slots.checklist(*item),
        Condition::FromText(inner, _) => slots.cells().yes_no_from(text(inner, slots)),
        Condition::And(left, right) => all([lower(left), lower(right)]),
        Condition::Or(left, right) => either(any([lower(left), lower(right)])),
        Condition::Not(inner) => lower(inner).negation(),
        Condition::Numbers(comparison, left, right) => {
            amount(left, slots).compare(said(*comparison), amount(right, slots))
        }
        Condition::Days(comparison, left, right) => {
            date(left, slots).compared(said(*comparison), date(right, slots))
        }
        Condition::Texts(comparison, left, right) => {
            texts(*comparison, text(left, slots), text(right, slots))
        }
        Condition::Flags(comparison, left, right) => {
            lower(left).compared(said(*comparison), lower(right))
        }
        Condition::IsBlank(column) => slots.is_blank(*column),
        Condition::NumberIsNull(inner) => amount(inner, slots).value.is_null(),
        Condition::DateIsNull(inner) => date(inner, slots).is_null(),
        Condition::TextIsNull(inner) => text(inner, slots).is_null(),
        Condition::FlagIsNull(inner) => lower(inner).is_null(),
        Condition::Like(inner, pattern) => like(text(inner, slots), pattern),
        Condition::Matches(inner, pattern) => {
            let pattern = pattern.as_str();
            match odd(pattern) {
                None => text(inner, slots).finds(pattern),
                Some(why) => refused(slots, &why, text(inner, slots)),
            }
        }
        Condition::Test(test, inner) => tested(*test, text(inner, slots)),
        Condition::Relation(relation, left, right) => {
            related(*relation, text(left, slots), text(right, slots), slots)
        }
        Condition::Case(case) => {
            let (arms, otherwise) = arms(case, slots, lower);
            Expression::case(arms, otherwise.unwrap_or(Expression::Null(Type::Truth)))
        }
        Condition::Coalesce(choices) => Expression::Coalesce(choices.iter().map(lower).collect()),
    }
}

/// A number, or NULL.
pub fn amount(amount: &model::Amount, slots: &dyn Slots) -> Amount {
    let lower = |inner: &model::Amount| self::amount(inner, slots);
    match amount {
        model::Amount::Literal(Some(number)) => Amount::literal(*number),
        model::Amount::Literal(None) => Amount::null(),
        model::Amount::Read(reading) => Amount::new(slots.reading(*reading), Unit::Millionth),
        model::Amount::FromText(inner, _) => slots.cells().number_from(text(inner, slots)),
        model::Amount::Signal(signal) => slots.signal(*signal),
        model::Amount::Score => slots.score(),
        model::Amount::Group(group) => slots.group(*group),
        model::Amount::Arithmetic(operator, left, right) => {
            // Guards name their operands several times, so that those of operands would grow with each other.
            let [left, right] = [left, right].map(|side| operand(lower(side), slots));
            match operator {
                Operator::Plus => left.plus(right),
                Operator::Minus => left.minus(right),
                Operator::Times => left.times(right),
                Operator::Over => left.over(right),
            }
        }
        model::Amount::Negated(inner) => lower(inner).negated(),
        model::Amount::Length(inner) => {
            // No cell is longer than 64 MiB.
            Amount::between(text(inner, slots).length(), Unit::One, 0, 1 << 26)
        }
        model::Amount::DaysSince(inner) => days(slots.as_of_day().minus(date(inner, slots))),
        model::Amount::DaysUntil(inner) => days(date(inner, slots).minus(slots.as_of_day())),
        model::Amount::Case(case) => {
            let (arms, otherwise) = arms(case, slots, lower);
            let otherwise = otherwise.unwrap_or_else(Amount::null);
            let (conditions, mut values): (Vec<_>, Vec<_>) = arms.into_iter().unzip();
            values.push(otherwise);
            in_one_unit(values, |mut values| {
                let otherwise = values.pop();
                Expression::case(conditions.into_iter().zip(values), otherwise)
            })
        }
        model::Amount::Coalesce(choices) => {
            in_one_unit(choices.iter().map(lower).collect(), Expression::Coalesce)
        }
    }
}

/// An amount that something is computed of: where it is guarded itself, the column of it.
fn operand(amount: Amount, slots: &dyn Slots) -> Amount {
    let mut is_guarded = false;
    amount
        .value
        .each(&mut |part| is_guarded |= matches!(part, Expression::Case { .. }));
    if !is_guarded {
        return amount;
    }
    Amount {
        value: slots.worked_out(amount.value),
        ..amount
    }
}

/// A day, or NULL.
pub fn date(date: &Date, slots: &dyn Slots) -> Expression {
    let lower = |inner: &Date| self::date(inner, slots);
    match date {
        Date::Literal(Some(day)) => Expression::Integer(day.days().into()),
        Date::Literal(None) => Expression::NO_NUMBER,
        Date::Read(reading) => slots.reading(*reading),
        Date::FromText(inner, _) => slots.cells().day_from(&text(inner, slots)),
        Date::Case(case) => {
            let (arms, otherwise) = arms(case, slots, lower);
            Expression::case(arms, otherwise.unwrap_or(Expression::NO_NUMBER))
        }
        Date::Coalesce(choices) => Expression::Coalesce(choices.iter().map(lower).collect()),
    }
}

/// A text, or NULL.
pub fn text(text: &Text, slots: &dyn Slots) -> Expression {
    let lower = |inner: &Text| self::text(inner, slots);
    // Of a text that stands in the query what it becomes stands there.
    let of_literal =
        |inner: Expression, now: fn(&str) -> String, later: fn(Expression) -> Expression| {
            match inner {
                Expression::Text(text) => Expression::Text(now(&text)),
                other => later(other),
            }
        };
    match text {
        Text::Literal(Some(text)) => Expression::literal(text),
        Text::Literal(None) => Expression::Null(Type::Text),
        Text::Column(column) => slots.text(*column),
        Text::Temperature => slots.temperature(),
        Text::Stage => slots.stage(),
        Text::Lower(inner) => of_literal(lower(inner), str::to_ascii_lowercase, Expression::lower),
        Text::Upper(inner) => of_literal(lower(inner), str::to_ascii_uppercase, |inner| {
            Expression::Upper(Box::new(inner))
        }),
        Text::Trim(inner) => of_literal(lower(inner), |text| text.trim().to_owned(), trimmed),
        Text::Case(case) => {
            let (arms, otherwise) = arms(case, slots, lower);
            Expression::case(arms, otherwise.unwrap_or(Expression::Null(Type::Text)))
        }
        Text::Coalesce(choices) => Expression::Coalesce(choices.iter().map(lower).collect()),
    }
}

fn arms<T, L>(
    case: &Case<T>,
    slots: &dyn Slots,
    lower: impl Fn(&T) -> L,
) -> (Vec<(Expression, L)>, Option<L>) {
    let arms = case.arms.iter();
    let arms = arms.map(|(when, then)| (condition(when, slots), lower(then)));
    (arms.collect(), case.otherwise.as_ref().map(&lower))
}

fn days(value: Expression) -> Amount {
    Amount::between(value, Unit::One, -MOST_DAYS, MOST_DAYS)
}

/// Several amounts of which one is taken, in the finest of their units.
fn in_one_unit(values: Vec<Amount>, one: impl FnOnce(Vec<Expression>) -> Expression) -> Amount {
    let unit = values
        .iter()
        .map(|value| value.unit)
        .max()
        .unwrap_or(Unit::One);
    let values: Vec<Amount> = values
        .into_iter()
        .map(|value| value.in_unit(unit))
        .collect();
    let low = values.iter().map(|value| value.low).min().unwrap_or(0);
    let high = values.iter().map(|value| value.high).max().unwrap_or(0);
    let values = values.into_iter().map(|value| value.value).collect();
    Amount::between(one(values), unit, low, high)
}

fn said(comparison: model::Comparison) -> Comparison {
    match comparison {
        model::Comparison::Equal => Comparison::Equal,
        model::Comparison::NotEqual => Comparison::Unequal,
        model::Comparison::Less => Comparison::Less,
        model::Comparison::LessOrEqual => Comparison::AtMost,
        model::Comparison::Greater => Comparison::Greater,
        model::Comparison::GreaterOrEqual => Comparison::AtLeast,
    }
}

/// Two texts compared, by their bytes where one may be less than the other.
fn texts(comparison: model::Comparison, left: Expression, right: Expression) -> Expression {
    let comparison = said(comparison);
    if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
        return left.compared(comparison, right);
    }
    let by_bytes = |text| Expression::Bytes(Box::new(text));
    by_bytes(left).compared(comparison, by_bytes(right))
}

/// Alternatives that compare one thing with several literals, as one list.
fn either(condition: Expression) -> Expression {
    let Expression::Or(parts) = condition else {
        return condition;
    };
    let mut merged: Vec<Expression> = Vec::new();
    for part in parts {
        let (value, literals) = match part {
            Expression::Compare(Comparison::Equal, value, literal) if is_literal(&literal) => {
                (value, vec![*literal])
            }
            Expression::In(value, literals) => (value, literals),
            other => {
                merged.push(other);
                continue;
            }
        };
        match merged.last_mut() {
            Some(Expression::In(known, list)) if **known == *value => list.extend(literals),
            _ => merged.push(Expression::In(value, literals)),
        }
    }
    let merged = merged.into_iter().map(|part| match part {
        Expression::In(value, mut literals) if literals.len() == 1 => {
            value.equals(literals.remove(0))
        }
        other => other,
    });
    any(merged)
}

fn is_literal(expression: &Expression) -> bool {
    matches!(expression, Expression::Text(_) | Expression::Integer(_))
}

/// False, and NULL where the text is.
fn never(text: Expression) -> Expression {
    text.clone().compared(Comparison::Unequal, text)
}

/// A truth in whose place the query fails, and which no query can say.
fn refused(slots: &dyn Slots, why: &str, text: Expression) -> Expression {
    slots.unsaid(why);
    Expression::refuse(format!("hotlist: {why}: "), text).equals(Expression::Integer(0))
}

/// Whether a text is what a `LIKE` pattern says.
fn like(text: Expression, pattern: &Like) -> Expression {
    let text = if pattern.ignores_case() {
        text.lower()
    } else {
        text
    };
    let segments: Vec<Vec<Option<char>>> = pattern.segments().collect();
    let literals: Option<Vec<String>> = segments
        .iter()
        .map(|segment| segment.iter().copied().collect())
        .collect();
    let literal = |text: &String| Box::new(Expression::literal(text));
    let subject = || Box::new(text.clone());
    match literals.as_deref() {
        Some([whole]) => return text.equals(Expression::literal(whole)),
        Some([start, end]) if end.is_empty() && !start.is_empty() => {
            return Expression::StartsWith(subject(), literal(start));
        }
        Some([start, end]) if start.is_empty() && !end.is_empty() => {
            return Expression::EndsWith(subject(), literal(end));
        }
        Some([start, part, end]) if start.is_empty() && end.is_empty() && !part.is_empty() => {
            return Expression::Contains(subject(), literal(part));
        }
        _ => {}
    }
    let segments: Vec<String> = segments
        .iter()
        .map(|segment| {
            let characters = segment.iter();
            characters
                .map(|c| c.map_or_else(|| ANY.to_owned(), |c| quoted(&c.to_string())))
                .collect()
        })
        .collect();
    text.matches(segments.join(&format!("{ANY}*")))
}

fn tested(test: TextTest, text: Expression) -> Expression {
    match test {
        TextTest::IsEmail => text.matches(format!("{MAILBOX}@{DOMAIN}")),
        TextTest::IsFreeEmail => {
            let domains = FREE_EMAIL_DOMAINS.map(quoted).join("|");
            text.lower().matches(format!("{MAILBOX}@(?:{domains})"))
        }
        TextTest::IsPhone => {
            let between = format!("[{WHITE_SPACE_CLASS}./()-]*");
            text.matches(format!(
                "{between}(?:\\+{between}|0{between}0{between})?(?:[0-9]{between}){{7,15}}"
            ))
        }
    }
}

fn related(
    relation: TextRelation,
    left: Expression,
    right: Expression,
    slots: &dyn Slots,
) -> Expression {
    let (subject, part) = (Box::new(left.clone()), Box::new(right.clone()));
    match relation {
        TextRelation::StartsWith => Expression::StartsWith(subject, part),
        TextRelation::EndsWith => Expression::EndsWith(subject, part),
        TextRelation::Contains => Expression::Contains(subject, part),
        TextRelation::HasTag => match right {
            Expression::Text(tag) => has_tag(left, &tag),
            Expression::Null(_) => Expression::Null(Type::Truth),
            _ => {
                let why = "has_tag(…) asks for a tag that stands in another column, which no query can look for";
                refused(slots, why, left)
            }
        },
    }
}

/// Whether one of the comma- or semicolon-separated values of a text is a tag.
pub(super) fn has_tag(text: Expression, tag: &str) -> Expression {
    let tag = value::trim(tag);
    if tag.is_empty() || tag.contains([',', ';']) {
        return never(text);
    }
    let space = format!("[{WHITE_SPACE_CLASS}]*");
    let tag = quoted(tag);
    text.finds(format!("(?:^|[,;]){space}{tag}{space}(?:$|[,;])"))
}

/// Whether there is any such value.
pub(super) fn has_tags(text: Expression) -> Expression {
    text.finds(format!("[^,;{WHITE_SPACE_CLASS}]"))
}

/// A text for itself in a pattern of the shared syntax.
pub(super) fn quoted(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$'
        ) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// What in a regular expression means something else in other engines than in the one that it was checked by; None as a
/// rule.
fn odd(pattern: &str) -> Option<String> {
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    let mut first_of_class = false;
    // A repetition, and whether it was said that it takes as little as can be.
    let mut repeated = 0;
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        let at_first = std::mem::take(&mut first_of_class);
        let was_repeated = std::mem::take(&mut repeated);
        match c {
            '\\' => {
                let escaped = characters.next()?;
                if matches!(escaped, '<' | '>') {
                    return Some(format!(
                        "`\\{escaped}` in a regular expression is not the same in every database"
                    ));
                }
            }
            '[' if in_class => {
                return Some("a class within a class of a regular expression is not the same in every database; write `\\[`".to_owned());
            }
            '[' => {
                in_class = true;
                first_of_class = true;
                if next == Some('^') {
                    characters.next();
                }
                if characters.peek() == Some(&']') {
                    return Some("`]` first in a class of a regular expression is not the same in every database; write `\\]`".to_owned());
                }
            }
            ']' if in_class && !at_first => in_class = false,
            '-' | '~' if in_class && next == Some(c) => {
                return Some(format!(
                    "`{c}{c}` in a class of a regular expression is not the same in every database"
                ));
            }
            '*' | '+' | '?' | '{' if !in_class => {
                if c == '{' {
                    if next == Some(',') {
                        return Some("`{,n}` in a regular expression is not the same in every database; write `{0,n}`".to_owned());
                    }
                    for inner in characters.by_ref() {
                        if inner == '}' {
                            break;
                        }
                    }
                }
                let is_lazy = c == '?' && was_repeated == 1;
                if was_repeated > 0 && !is_lazy {
                    return Some("a repetition of a repetition in a regular expression is not the same in every database; put parentheses around the inner one".to_owned());
                }
                repeated = was_repeated + 1;
            }
            // Of a group that only groups.
            '(' if !in_class && next == Some('?') => {
                characters.next();
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
