//! Facts: what a condition says of one term, such as a column, a signal or the score.

use std::cmp::Ordering;

use regex::Regex;

use crate::model::Model;
use crate::model::columns::Columns;
use crate::model::condition::{Comparison, TextRelation, TextTest};
use crate::value::{Day, Like, Number, has_tag, is_email, is_free_email, is_phone};

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) enum Term {
    /// The text of a column.
    Column(usize),
    /// A column's cell by one of its readings: as a number, a day, or yes or no.
    Reading(usize),
    /// A text in ASCII lower case.
    Lower(Box<Term>),
    /// A text in ASCII upper case.
    Upper(Box<Term>),
    /// A text without white space at its ends.
    Trim(Box<Term>),
    /// The number of characters of a text.
    Length(Box<Term>),
    /// Days from the day of a reading to as-of.
    DaysSince(usize),
    /// Days from as-of to the day of a reading.
    DaysUntil(usize),
    /// A signal.
    Signal(usize),
    /// The score.
    Score,
    /// The temperature's name.
    Temperature,
    /// The stage's name.
    Stage,
    /// A group's bounded sum.
    Group(usize),
}

/// A literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lint) enum Worth {
    Number(Number),
    Day(Day),
    Text(String),
}

impl Worth {
    /// The order of two literals of one kind.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => Some(one.cmp(other)),
            (Self::Day(one), Self::Day(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

/// What is said of a term.
#[derive(Debug, Clone)]
pub(in crate::lint) enum Fact<'c> {
    /// Nothing is known of it.
    IsNull,
    /// Something is known of it.
    IsKnown,
    /// It is yes, or no.
    Is(bool),
    /// It compares so with a literal.
    Compares(Comparison, Worth),
    /// Its text has a property, or has not.
    Has(Property<'c>, bool),
    /// It does not hold, and this is why.
    Never(&'static str),
}

/// A property of a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) enum Property<'c> {
    Like(&'c Like),
    Matches(&'c Regex),
    Test(TextTest),
    Relation(TextRelation, &'c str),
}

impl Property<'_> {
    /// Whether a text has it.
    pub(super) fn is_had_by(&self, text: &str) -> bool {
        match self {
            Self::Like(pattern) => pattern.matches(text),
            Self::Matches(pattern) => pattern.is_match(text),
            Self::Test(TextTest::IsEmail) => is_email(text),
            Self::Test(TextTest::IsFreeEmail) => is_free_email(text),
            Self::Test(TextTest::IsPhone) => is_phone(text),
            Self::Relation(TextRelation::StartsWith, other) => text.starts_with(other),
            Self::Relation(TextRelation::EndsWith, other) => text.ends_with(other),
            Self::Relation(TextRelation::Contains, other) => text.contains(other),
            Self::Relation(TextRelation::HasTag, other) => has_tag(text, other),
        }
    }
}

/// A fact about a term.
#[derive(Debug, Clone)]
pub(in crate::lint) struct Atom<'c> {
    pub term: Term,
    pub fact: Fact<'c>,
}

impl Term {
    /// The column whose cell it is made of.
    pub(super) fn column(&self, columns: &Columns) -> Option<usize> {
        match self {
            Self::Column(column) => Some(*column),
            Self::Reading(reading) | Self::DaysSince(reading) | Self::DaysUntil(reading) => {
                Some(columns.readings()[*reading].0)
            }
            Self::Lower(text) | Self::Upper(text) | Self::Trim(text) | Self::Length(text) => {
                text.column(columns)
            }
            Self::Signal(_) | Self::Score | Self::Group(_) | Self::Temperature | Self::Stage => {
                None
            }
        }
    }

    /// As a condition writes it.
    pub(super) fn written(&self, model: &Model, columns: &Columns) -> String {
        let inner = |text: &Self| text.written(model, columns);
        let column = |slot: usize| columns.entries()[slot].name.clone();
        match self {
            Self::Column(slot) => column(*slot),
            Self::Reading(reading) => column(columns.readings()[*reading].0),
            Self::Lower(text) => format!("lower({})", inner(text)),
            Self::Upper(text) => format!("upper({})", inner(text)),
            Self::Trim(text) => format!("trim({})", inner(text)),
            Self::Length(text) => format!("length({})", inner(text)),
            Self::DaysSince(reading) => {
                format!("days_since({})", column(columns.readings()[*reading].0))
            }
            Self::DaysUntil(reading) => {
                format!("days_until({})", column(columns.readings()[*reading].0))
            }
            Self::Signal(signal) => model.signals[*signal].name.clone(),
            Self::Score => "score".to_owned(),
            Self::Temperature => "temperature".to_owned(),
            Self::Stage => "stage".to_owned(),
            Self::Group(group) => format!("groups.{}", model.groups[*group].name),
        }
    }
}

impl Atom<'_> {
    /// As a condition writes it.
    pub(super) fn written(&self, model: &Model, columns: &Columns) -> String {
        let term = self.term.written(model, columns);
        match &self.fact {
            Fact::IsNull => format!("{term} IS NULL"),
            Fact::IsKnown => format!("{term} IS NOT NULL"),
            Fact::Is(true) | Fact::Never(_) => term,
            Fact::Is(false) => format!("NOT {term}"),
            Fact::Compares(comparison, worth) => {
                let sign = match comparison {
                    Comparison::Equal => "=",
                    Comparison::NotEqual => "<>",
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                };
                let worth = match worth {
                    Worth::Number(number) => number.to_string(),
                    Worth::Day(day) => format!("DATE '{day}'"),
                    Worth::Text(text) => format!("'{}'", text.replace('\'', "''")),
                };
                format!("{term} {sign} {worth}")
            }
            Fact::Has(property, has) => {
                let said = match property {
                    Property::Like(_) => format!("{term} LIKE …"),
                    Property::Matches(_) => format!("regexp_like({term}, …)"),
                    Property::Test(TextTest::IsEmail) => format!("is_email({term})"),
                    Property::Test(TextTest::IsFreeEmail) => format!("is_free_email({term})"),
                    Property::Test(TextTest::IsPhone) => format!("is_phone({term})"),
                    Property::Relation(relation, other) => {
                        let name = match relation {
                            TextRelation::StartsWith => "starts_with",
                            TextRelation::EndsWith => "ends_with",
                            TextRelation::Contains => "contains",
                            TextRelation::HasTag => "has_tag",
                        };
                        format!("{name}({term}, '{other}')")
                    }
                };
                if *has { said } else { format!("NOT {said}") }
            }
        }
    }
}
