//! Short ways to write expressions, so that what is lowered reads as the SQL it becomes.

use super::expression::{Comparison, Expression, Native, Sign, Type};

impl Expression {
    /// A column of the only table.
    pub fn column(name: impl Into<String>) -> Self {
        Self::Column {
            of: None,
            name: name.into(),
        }
    }

    /// A column of one of several tables.
    pub fn column_of(table: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Column {
            of: Some(table.into()),
            name: name.into(),
        }
    }

    /// A text that stands in the query.
    pub fn literal(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn arithmetic(self, sign: Sign, other: Self) -> Self {
        Self::Arithmetic(sign, Box::new(self), Box::new(other))
    }

    /// The sum; of two numbers that stand in the query their sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Integer(0), _) => other,
            (_, Self::Integer(0)) => self,
            (Self::Integer(a), Self::Integer(b)) if a.checked_add(*b).is_some() => {
                Self::Integer(a + b)
            }
            (_, Self::Integer(b)) if *b < 0 && *b > i64::MIN => {
                let b = -b;
                self.arithmetic(Sign::Minus, Self::Integer(b))
            }
            _ => self.arithmetic(Sign::Plus, other),
        }
    }

    /// The difference; of two numbers that stand in the query their difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        match (&self, &other) {
            (_, Self::Integer(0)) => self,
            (Self::Integer(a), Self::Integer(b)) if a.checked_sub(*b).is_some() => {
                Self::Integer(a - b)
            }
            (_, Self::Integer(b)) if *b < 0 && *b > i64::MIN => {
                let b = -b;
                self.arithmetic(Sign::Plus, Self::Integer(b))
            }
            _ => self.arithmetic(Sign::Minus, other),
        }
    }

    /// The product; of two numbers that stand in the query their product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Integer(1), _) => other,
            (_, Self::Integer(1)) => self,
            (Self::Integer(a), Self::Integer(b)) if a.checked_mul(*b).is_some() => {
                Self::Integer(a * b)
            }
            _ => self.arithmetic(Sign::Times, other),
        }
    }

    /// The number with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Integer(number) if number > i64::MIN => Self::Integer(-number),
            other => Self::Integer(0).arithmetic(Sign::Minus, other),
        }
    }

    /// See [`Expression::Quotient`].
    #[must_use]
    pub fn over(self, divisor: Self) -> Self {
        match (&self, &divisor) {
            (_, Self::Integer(1)) => self,
            (Self::Integer(a @ 0..), Self::Integer(b @ 1..)) => Self::Integer(a / b),
            _ => Self::Quotient(Box::new(self), Box::new(divisor)),
        }
    }

    /// See [`Expression::Remainder`].
    #[must_use]
    pub fn modulo(self, divisor: Self) -> Self {
        match (&self, &divisor) {
            (Self::Integer(a @ 0..), Self::Integer(b @ 1..)) => Self::Integer(a % b),
            _ => Self::Remainder(Box::new(self), Box::new(divisor)),
        }
    }

    /// The comparison of two expressions.
    #[must_use]
    pub fn compared(self, comparison: Comparison, other: Self) -> Self {
        Self::Compare(comparison, Box::new(self), Box::new(other))
    }

    /// `=`
    #[must_use]
    pub fn equals(self, other: Self) -> Self {
        self.compared(Comparison::Equal, other)
    }

    /// `<`
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        self.compared(Comparison::Less, other)
    }

    /// `>`
    #[must_use]
    pub fn greater(self, other: Self) -> Self {
        self.compared(Comparison::Greater, other)
    }

    /// `>=`
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        self.compared(Comparison::AtLeast, other)
    }

    /// Whether a text is one of some; one alone is compared.
    #[must_use]
    pub fn is_one_of<T: Into<String>>(self, texts: impl IntoIterator<Item = T>) -> Self {
        let mut texts: Vec<Self> = texts.into_iter().map(Self::literal).collect();
        match texts.len() {
            1 => self.equals(texts.remove(0)),
            _ => Self::In(Box::new(self), texts),
        }
    }

    /// Whether it is NULL.
    #[must_use]
    pub fn is_null(self) -> Self {
        Self::IsNull(Box::new(self))
    }

    /// It does not hold.
    #[must_use]
    pub fn negation(self) -> Self {
        match self {
            Self::Truth(truth) => Self::Truth(!truth),
            other => Self::Not(Box::new(other)),
        }
    }

    /// It, or another where it is NULL.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        Self::Coalesce(vec![self, other])
    }

    /// `CASE WHEN … THEN … ELSE … END`.
    pub fn case(
        arms: impl IntoIterator<Item = (Self, Self)>,
        otherwise: impl Into<Option<Self>>,
    ) -> Self {
        Self::Case {
            arms: arms.into_iter().collect(),
            otherwise: otherwise.into().map(Box::new),
        }
    }

    /// See [`Expression::Matches`].
    #[must_use]
    pub fn matches(self, pattern: impl Into<String>) -> Self {
        Self::Matches(Box::new(self), pattern.into())
    }

    /// See [`Expression::Finds`].
    #[must_use]
    pub fn finds(self, pattern: impl Into<String>) -> Self {
        Self::Finds(Box::new(self), pattern.into())
    }

    /// A part of a text: so many characters from the one with this number, counted from 1.
    #[must_use]
    pub fn part(self, from: i64, count: i64) -> Self {
        Self::Substring(
            Box::new(self),
            Box::new(Self::Integer(from)),
            Box::new(Self::Integer(count)),
        )
    }

    /// The last characters of a text that has at least so many.
    #[must_use]
    pub fn last(self, count: i64) -> Self {
        let from = self.clone().length().minus(Self::Integer(count - 1));
        Self::Substring(
            Box::new(self),
            Box::new(from),
            Box::new(Self::Integer(count)),
        )
    }

    /// How many characters a text has.
    #[must_use]
    pub fn length(self) -> Self {
        Self::Length(Box::new(self))
    }

    /// Texts one after the other.
    #[must_use]
    pub fn followed_by(self, text: impl Into<String>) -> Self {
        Self::Concatenation(vec![self, Self::literal(text)])
    }

    /// The text with another before it.
    #[must_use]
    pub fn prefixed(self, text: impl Into<String>) -> Self {
        Self::Concatenation(vec![Self::literal(text), self])
    }

    /// See [`Expression::Before`].
    #[must_use]
    pub fn before(self, literal: impl Into<String>) -> Self {
        Self::Before(Box::new(self), literal.into())
    }

    /// See [`Expression::After`].
    #[must_use]
    pub fn after(self, literal: impl Into<String>) -> Self {
        Self::After(Box::new(self), literal.into())
    }

    /// Whether it holds a literal somewhere.
    #[must_use]
    pub fn contains(self, literal: impl Into<String>) -> Self {
        Self::Contains(Box::new(self), Box::new(Self::literal(literal)))
    }

    /// See [`Expression::Trim`].
    #[must_use]
    pub fn trimmed_of(self, characters: impl Into<String>) -> Self {
        Self::Trim(Box::new(self), characters.into())
    }

    /// See [`Expression::Without`].
    #[must_use]
    pub fn without(self, characters: impl Into<String>) -> Self {
        Self::Without(Box::new(self), characters.into())
    }

    /// See [`Expression::Replace`].
    #[must_use]
    pub fn replaced(self, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::Replace(Box::new(self), from.into(), to.into())
    }

    /// ASCII letters in lower case.
    #[must_use]
    pub fn lower(self) -> Self {
        Self::Lower(Box::new(self))
    }

    /// See [`Expression::Digits`].
    #[must_use]
    pub fn digits(self) -> Self {
        Self::Digits(Box::new(self))
    }

    /// See [`Expression::Native`].
    #[must_use]
    pub fn native(self, kind: Native) -> Self {
        Self::Native(kind, Box::new(self))
    }

    /// Fails the query with a message that ends in this text, or in nothing where it is NULL.
    pub fn refuse(message: impl Into<String>, text: Self) -> Self {
        let text = text.or_else(Self::literal(""));
        Self::Refuse(message.into(), Box::new(text))
    }

    /// NULL of a whole number.
    pub const NO_NUMBER: Self = Self::Null(Type::Integer);
}

/// All of several, in one list.
pub(super) fn all(parts: impl IntoIterator<Item = Expression>) -> Expression {
    let mut list = Vec::new();
    for part in parts {
        match part {
            Expression::And(inner) => list.extend(inner),
            other => list.push(other),
        }
    }
    one_or(list, Expression::And)
}

/// At least one of several, in one list.
pub(super) fn any(parts: impl IntoIterator<Item = Expression>) -> Expression {
    let mut list = Vec::new();
    for part in parts {
        match part {
            Expression::Or(inner) => list.extend(inner),
            other => list.push(other),
        }
    }
    one_or(list, Expression::Or)
}

fn one_or(
    mut list: Vec<Expression>,
    several: impl FnOnce(Vec<Expression>) -> Expression,
) -> Expression {
    match list.len() {
        1 => list.remove(0),
        _ => several(list),
    }
}
