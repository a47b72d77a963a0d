//! Evaluates a condition for one contact or one event, by SQL's three-valued logic: `None` is NULL.

use std::borrow::Cow;

use super::ast::Operator;
use super::typed::{Amount, Case, Condition, Date, Text, TextRelation, TextTest};
use crate::value::{self, Day, Number, Points};

/// What a condition can ask of the contact or event it is evaluated for.
///
/// Each method answers for a slot that the model's check handed out, so none can fail; a scope in which a thing
/// does not exist yet never gets asked for it, because the check refuses such conditions.
pub trait Scope {
    /// The cell of a column, NULL if blank.
    fn cell(&self, column: usize) -> Option<&str>;
    /// The number in the cell of a reading.
    fn number(&self, reading: usize) -> Option<Number>;
    /// The day in the cell of a reading.
    fn day(&self, reading: usize) -> Option<Day>;
    /// The yes or no in the cell of a reading.
    fn yes_no(&self, reading: usize) -> Option<bool>;
    /// A text, not a cell, read as a number.
    fn number_from(&self, text: &str) -> Option<Number>;
    /// A text, not a cell, read as a day.
    fn day_from(&self, text: &str) -> Option<Day>;
    /// The day of the run's as-of instant.
    fn today(&self) -> Day;
    /// The value of a signal.
    fn signal(&self, _signal: usize) -> Option<Number> {
        None
    }
    /// The score as shown.
    fn score(&self) -> Points {
        Points::ZERO
    }
    /// A group's bounded sum.
    fn group(&self, _group: usize) -> Points {
        Points::ZERO
    }
}

impl Condition {
    /// True, false or NULL in `scope`.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<bool> {
        match self {
            Self::Literal(flag) => *flag,
            Self::Read(reading) => scope.yes_no(*reading),
            Self::FromText(text) => value::read_yes_no(&text.evaluate(scope)?),
            Self::And(left, right) => match left.evaluate(scope) {
                Some(false) => Some(false),
                Some(true) => right.evaluate(scope),
                None => right.evaluate(scope).filter(|met| !met),
            },
            Self::Or(left, right) => match left.evaluate(scope) {
                Some(true) => Some(true),
                Some(false) => right.evaluate(scope),
                None => right.evaluate(scope).filter(|met| *met),
            },
            Self::Not(operand) => operand.evaluate(scope).map(|met| !met),
            Self::Numbers(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Days(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Texts(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Flags(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::IsBlank(column) => Some(scope.cell(*column).is_none()),
            Self::NumberIsNull(amount) => Some(amount.evaluate(scope).is_none()),
            Self::DateIsNull(date) => Some(date.evaluate(scope).is_none()),
            Self::TextIsNull(text) => Some(text.evaluate(scope).is_none()),
            Self::FlagIsNull(condition) => Some(condition.evaluate(scope).is_none()),
            Self::Like(text, pattern) => Some(pattern.matches(&text.evaluate(scope)?)),
            Self::Matches(text, pattern) => Some(pattern.is_match(&text.evaluate(scope)?)),
            Self::Test(test, text) => {
                let text = text.evaluate(scope)?;
                Some(match test {
                    TextTest::IsEmail => value::is_email(&text),
                    TextTest::IsFreeEmail => value::is_free_email(&text),
                    TextTest::IsPhone => value::is_phone(&text),
                })
            }
            Self::Relation(relation, left, right) => {
                let (left, right) = (left.evaluate(scope)?, right.evaluate(scope)?);
                let (left, right) = (left.as_ref(), right.as_ref());
                Some(match relation {
                    TextRelation::StartsWith => left.starts_with(right),
                    TextRelation::EndsWith => left.ends_with(right),
                    TextRelation::Contains => left.contains(right),
                    TextRelation::HasTag => value::has_tag(left, right),
                })
            }
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }

    /// Whether the condition is met: NULL is not.
    pub fn is_met<S: Scope>(&self, scope: &S) -> bool {
        self.evaluate(scope) == Some(true)
    }
}

impl Amount {
    /// The number in `scope`, or NULL.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<Number> {
        match self {
            Self::Literal(number) => *number,
            Self::Read(reading) => scope.number(*reading),
            Self::FromText(text) => scope.number_from(&text.evaluate(scope)?),
            Self::Signal(signal) => scope.signal(*signal),
            Self::Score => Some(scope.score().as_number()),
            Self::Group(group) => Some(scope.group(*group).as_number()),
            Self::Arithmetic(operator, left, right) => {
                let (left, right) = (left.evaluate(scope)?, right.evaluate(scope)?);
                match operator {
                    Operator::Plus => left.plus(right),
                    Operator::Minus => left.minus(right),
                    Operator::Times => left.times(right),
                    Operator::Over => left.over(right),
                }
            }
            Self::Negated(amount) => amount.evaluate(scope).map(Number::negated),
            Self::Length(text) => {
                let characters = text.evaluate(scope)?.chars().count();
                i64::try_from(characters).ok().map(Number::integer)
            }
            Self::DaysSince(date) => {
                let day = date.evaluate(scope)?;
                Some(days_between(day, scope.today()))
            }
            Self::DaysUntil(date) => {
                let day = date.evaluate(scope)?;
                Some(days_between(scope.today(), day))
            }
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

fn days_between(from: Day, to: Day) -> Number {
    Number::integer(i64::from(to.days()) - i64::from(from.days()))
}

impl Date {
    /// The day in `scope`, or NULL.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<Day> {
        match self {
            Self::Literal(day) => *day,
            Self::Read(reading) => scope.day(*reading),
            Self::FromText(text) => scope.day_from(&text.evaluate(scope)?),
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

impl Text {
    /// The text in `scope`, or NULL.
    pub fn evaluate<'s, S: Scope>(&'s self, scope: &'s S) -> Option<Cow<'s, str>> {
        match self {
            Self::Literal(text) => text.as_deref().map(Cow::Borrowed),
            Self::Column(column) => scope.cell(*column).map(Cow::Borrowed),
            Self::Lower(text) => {
                let text = text.evaluate(scope)?;
                Some(Cow::Owned(text.to_ascii_lowercase()))
            }
            Self::Upper(text) => {
                let text = text.evaluate(scope)?;
                Some(Cow::Owned(text.to_ascii_uppercase()))
            }
            Self::Trim(text) => Some(match text.evaluate(scope)? {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            }),
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

impl<T> Case<T> {
    fn chosen<S: Scope>(&self, scope: &S) -> Option<&T> {
        self.arms
            .iter()
            .find(|(when, _)| when.is_met(scope))
            .map(|(_, then)| then)
            .or(self.otherwise.as_ref())
    }
}
