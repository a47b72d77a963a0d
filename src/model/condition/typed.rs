//! A condition after its names are resolved and its types settled: what the engine evaluates.
//!
//! There is one tree for each type, so that a comparison of a number with a date cannot be expressed. Columns and
//! signals are numbers of slots; nothing is looked up by name while scoring.

use std::cmp::Ordering;

use super::ast::{Comparison, Operator};
use crate::value::{Day, Like, Number};

/// How a column's cell is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reading {
    /// As a number.
    Number,
    /// As a day.
    Day,
    /// As yes or no.
    YesNo,
}

/// A condition: true, false or NULL.
#[derive(Debug, Clone)]
pub enum Condition {
    /// `TRUE`, `FALSE` or NULL.
    Literal(Option<bool>),
    /// A cell read as yes or no.
    Read(usize),
    /// An item of the checklist is met.
    Checklist(usize),
    /// A text read as yes or no, under the reading of a column it is made of.
    FromText(Text, Option<usize>),
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// At least one holds.
    Or(Box<Condition>, Box<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Two numbers compared.
    Numbers(Comparison, Amount, Amount),
    /// Two days compared.
    Days(Comparison, Date, Date),
    /// Two texts compared, by bytes.
    Texts(Comparison, Text, Text),
    /// Two truth values compared.
    Flags(Comparison, Box<Condition>, Box<Condition>),
    /// A cell is blank.
    IsBlank(usize),
    /// A number is NULL.
    NumberIsNull(Amount),
    /// A day is NULL.
    DateIsNull(Date),
    /// A text is NULL.
    TextIsNull(Text),
    /// A truth value is NULL.
    FlagIsNull(Box<Condition>),
    /// A text matches a pattern.
    Like(Text, Like),
    /// A text matches a regular expression somewhere.
    Matches(Text, Box<regex::Regex>),
    /// A property of one text.
    Test(TextTest, Text),
    /// A relation of two texts.
    Relation(TextRelation, Text, Text),
    /// The first arm that holds.
    Case(Box<Case<Condition>>),
    /// The first that is not NULL.
    Coalesce(Vec<Condition>),
}

/// A property of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextTest {
    /// It has the form of an e-mail address.
    IsEmail,
    /// It is an e-mail address at a free provider.
    IsFreeEmail,
    /// It has the form of a phone number.
    IsPhone,
}

/// A relation of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRelation {
    /// The first begins with the second.
    StartsWith,
    /// The first ends with the second.
    EndsWith,
    /// The first holds the second somewhere.
    Contains,
    /// One of the first's comma- or semicolon-separated values is the second.
    HasTag,
}

/// A number or NULL.
#[derive(Debug, Clone)]
pub enum Amount {
    /// A literal.
    Literal(Option<Number>),
    /// A cell read as a number.
    Read(usize),
    /// A text read as a number, under the reading of a column it is made of.
    FromText(Box<Text>, Option<usize>),
    /// A signal of the contact.
    Signal(usize),
    /// The score as shown.
    Score,
    /// A group's bounded sum.
    Group(usize),
    /// A sum, difference, product or quotient.
    Arithmetic(Operator, Box<Amount>, Box<Amount>),
    /// The number with its sign turned.
    Negated(Box<Amount>),
    /// Characters of a text.
    Length(Box<Text>),
    /// Days from a day to as-of.
    DaysSince(Box<Date>),
    /// Days from as-of to a day.
    DaysUntil(Box<Date>),
    /// The first arm that holds.
    Case(Box<Case<Amount>>),
    /// The first that is not NULL.
    Coalesce(Vec<Amount>),
}

/// A day or NULL.
#[derive(Debug, Clone)]
pub enum Date {
    /// A literal.
    Literal(Option<Day>),
    /// A cell read as a day.
    Read(usize),
    /// A text read as a day, under the reading of a column it is made of.
    FromText(Box<Text>, Option<usize>),
    /// The first arm that holds.
    Case(Box<Case<Date>>),
    /// The first that is not NULL.
    Coalesce(Vec<Date>),
}

/// A text or NULL.
#[derive(Debug, Clone)]
pub enum Text {
    /// A literal.
    Literal(Option<String>),
    /// A cell as it stands.
    Column(usize),
    /// The temperature's name.
    Temperature,
    /// The stage's name; NULL where none holds.
    Stage,
    /// ASCII letters in lower case.
    Lower(Box<Text>),
    /// ASCII letters in upper case.
    Upper(Box<Text>),
    /// Without white space at its ends.
    Trim(Box<Text>),
    /// The first arm that holds.
    Case(Box<Case<Text>>),
    /// The first that is not NULL.
    Coalesce(Vec<Text>),
}

/// `CASE WHEN … THEN … ELSE … END`.
#[derive(Debug, Clone)]
pub struct Case<T> {
    /// Conditions and what each gives.
    pub arms: Vec<(Condition, T)>,
    /// What is given when no arm holds; NULL when absent.
    pub otherwise: Option<T>,
}

impl Comparison {
    /// Applies the operator to two values, NULL if either is.
    pub(super) fn apply<T: Ord>(self, left: Option<T>, right: Option<T>) -> Option<bool> {
        let order: Ordering = left?.cmp(&right?);
        Some(self.holds(order))
    }
}
