//! Columns that the warehouse keeps as numbers, booleans or times: read as the engine would read their usual text.

use super::super::expression::{Expression, Native};

/// How a column of a table is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColumnType {
    /// As the text that an export has.
    #[default]
    Text,
    /// As a decimal or floating number.
    Number,
    /// As a whole number.
    Integer,
    /// As true or false.
    Boolean,
    /// As an instant: a timestamp with a zone, or one that the warehouse keeps so.
    Timestamp,
    /// As a timestamp without a zone: what a clock in the model's zone shows.
    LocalTimestamp,
    /// As a date.
    Date,
}

impl ColumnType {
    /// Every type with the name by which it is declared.
    pub const ALL: [(&str, Self); 7] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("integer", Self::Integer),
        ("boolean", Self::Boolean),
        ("timestamp", Self::Timestamp),
        ("local-timestamp", Self::LocalTimestamp),
        ("date", Self::Date),
    ];

    /// The name by which it is declared.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, of)| *of == self)
            .map_or("text", |(name, _)| name)
    }

    /// Whether it is a time or a date.
    pub(super) fn is_time(self) -> bool {
        matches!(self, Self::Timestamp | Self::LocalTimestamp | Self::Date)
    }

    /// What is asked of a dialect to read such a column.
    pub fn native(self) -> Option<Native> {
        Some(match self {
            Self::Text => return None,
            Self::Number => Native::Number,
            Self::Integer => Native::Integer,
            Self::Boolean => Native::Truth,
            Self::Timestamp => Native::Instant,
            Self::LocalTimestamp => Native::LocalTime,
            Self::Date => Native::Date,
        })
    }

    /// The text that an export would usually have of a column: of a number as few decimals as say it. None of a time,
    /// which has many.
    pub(super) fn usual_text(self, column: &Expression) -> Option<Expression> {
        let native = || self.native().map(|native| column.clone().native(native));
        match self {
            Self::Text => Some(column.clone()),
            Self::Integer => native().map(|number| Expression::Decimal(Box::new(number))),
            Self::Number => native().as_ref().map(decimal),
            Self::Boolean => native().map(|truth| {
                let not = truth.clone().negation();
                Expression::case(
                    [
                        (truth, Expression::literal("true")),
                        (not, Expression::literal("false")),
                    ],
                    Expression::Null(super::TEXT),
                )
            }),
            Self::Timestamp | Self::LocalTimestamp | Self::Date => None,
        }
    }

    /// Whether a text could be the usual one of a value of this type.
    pub(super) fn may_say(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Number | Self::Integer => crate::value::Number::parse(text).is_some(),
            Self::Timestamp | Self::LocalTimestamp | Self::Date => {
                text.bytes().any(|byte| byte.is_ascii_digit())
            }
        }
    }
}

/// Millionths in decimals, as few as say them.
fn decimal(millionths: &Expression) -> Expression {
    const UNIT: Expression = Expression::Integer(1_000_000);
    let is_below = millionths.clone().less(Expression::Integer(0));
    let magnitude = || {
        Expression::case(
            [(is_below.clone(), millionths.clone().negated())],
            millionths.clone(),
        )
    };
    let text = |number: Expression| Expression::Decimal(Box::new(number));
    let sign = Expression::case(
        [(is_below.clone(), Expression::literal("-"))],
        Expression::literal(""),
    );
    let rest = magnitude().modulo(UNIT);
    // The noughts at its end are not said; those before it are, by a one that is then cut off.
    let six = text(rest.clone().plus(UNIT)).part(2, 6);
    let decimals = (1..=5).fold(
        vec![(
            rest.clone().equals(Expression::Integer(0)),
            Expression::literal(""),
        )],
        |mut arms, digits: u32| {
            let finer = Expression::Integer(10_i64.pow(6 - digits));
            let is_enough = rest.clone().modulo(finer).equals(Expression::Integer(0));
            let shown = six.clone().part(1, i64::from(digits)).prefixed(".");
            arms.push((is_enough, shown));
            arms
        },
    );
    let decimals = Expression::case(decimals, six.prefixed("."));
    Expression::Concatenation(vec![sign, text(magnitude().over(UNIT)), decimals])
}
