//! What a query computes with: expressions that every engine can be told, before a dialect spells them.
//!
//! There are three types: whole numbers of 64 bits, text and truth; every one may be NULL. Amounts are whole numbers of
//! millionths, points of thousandths, instants of microseconds and days are counted from 1970-01-01, because sums of
//! whole numbers do not depend on their order and all engines agree on them. Whoever builds an expression keeps it
//! within 64 bits, or guards it by [`Expression::Refuse`]: an engine must fail rather than answer differently.

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// A whole number of 64 bits.
    Integer,
    /// Text.
    Text,
    /// True or false.
    Truth,
}

/// One expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A column of a table or of an earlier step; of which one is said where several are joined.
    Column {
        /// The name under which the query knows the table.
        of: Option<String>,
        /// The column's name.
        name: String,
    },
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// True or false.
    Truth(bool),
    /// A parameter of the query, whose value is a text.
    Parameter(String),
    /// NULL of a type.
    Null(Type),
    /// Two whole numbers and a sign between them.
    Arithmetic(Sign, Box<Expression>, Box<Expression>),
    /// The quotient of two whole numbers, cut off. Neither is negative, and the second is not nought.
    Quotient(Box<Expression>, Box<Expression>),
    /// What is left of the first after that division.
    Remainder(Box<Expression>, Box<Expression>),
    /// Two expressions of one type compared. Texts of which one may be less than the other are [`Expression::Bytes`].
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// A text such that it is compared by its bytes, whatever order the database keeps its texts in.
    Bytes(Box<Expression>),
    /// Whether an expression is one of several literals.
    In(Box<Expression>, Vec<Expression>),
    /// All hold; none at all is true.
    And(Vec<Expression>),
    /// At least one holds; none at all is false.
    Or(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// It is NULL.
    IsNull(Box<Expression>),
    /// The first that is not NULL.
    Coalesce(Vec<Expression>),
    /// The first whose condition holds, else the last, else NULL.
    Case {
        /// Conditions and what each gives.
        arms: Vec<(Expression, Expression)>,
        /// What is given when none holds.
        otherwise: Option<Box<Expression>>,
    },
    /// Texts one after the other; NULL if one of them is.
    Concatenation(Vec<Expression>),
    /// ASCII letters in lower case, all else as it stands.
    Lower(Box<Expression>),
    /// ASCII letters in upper case, all else as it stands.
    Upper(Box<Expression>),
    /// A text without these characters at its ends.
    Trim(Box<Expression>, String),
    /// A text without these characters anywhere.
    Without(Box<Expression>, String),
    /// A text with every occurrence of one literal, which is not empty, replaced by another.
    Replace(Box<Expression>, String, String),
    /// How many characters a text has.
    Length(Box<Expression>),
    /// A part of a text: from a character, counted from 1, so many characters.
    Substring(Box<Expression>, Box<Expression>, Box<Expression>),
    /// The part of a text before (or after) the first occurrence of a literal, which it holds.
    Before(Box<Expression>, String),
    /// See [`Expression::Before`].
    After(Box<Expression>, String),
    /// Whether the first text holds the second somewhere, bytes compared.
    Contains(Box<Expression>, Box<Expression>),
    /// Whether all characters of a text are ASCII.
    IsAscii(Box<Expression>),
    /// Whether a text begins with another, bytes compared.
    StartsWith(Box<Expression>, Box<Expression>),
    /// Whether a text ends with another, bytes compared.
    EndsWith(Box<Expression>, Box<Expression>),
    /// Whether the whole text matches a pattern of the shared syntax (see docs/conditions.md, `regexp_like`).
    Matches(Box<Expression>, String),
    /// Whether a pattern of the shared syntax is found somewhere in the text.
    Finds(Box<Expression>, String),
    /// The whole number that 1 to 18 ASCII digits write. Only evaluated where that is sure: inside a `Case` that
    /// checked it; engines that evaluate more than is asked get the digits wrapped by their dialect.
    Digits(Box<Expression>),
    /// The days since 1970-01-01 of a date written `2026-11-01`, of the years 1899 to 2200. Only evaluated where that is
    /// sure, as [`Expression::Digits`].
    DayOf(Box<Expression>),
    /// The date of so many days since 1970-01-01, of the years 1899 to 2200, written `2026-11-01`.
    DateText(Box<Expression>),
    /// The largest of several whole numbers, none of which is NULL.
    Greatest(Vec<Expression>),
    /// A whole number in decimal digits, with `-` in front of a negative one.
    Decimal(Box<Expression>),
    /// Something only a dialect can say of a typed column: the microseconds of a timestamp, the days of a date, a
    /// decimal column in millionths.
    Native(Native, Box<Expression>),
    /// Fails the query with a message that ends in the given text, instead of answering wrongly. Its type is a whole
    /// number.
    Refuse(String, Box<Expression>),
    /// Of the rows of a group.
    Aggregate(Aggregate, Box<Expression>),
    /// The texts of the rows of a group in the order of a whole number, with a separator between; rows that give NULL do
    /// not count, and of none it is NULL.
    Joined {
        /// The text of a row.
        text: Box<Expression>,
        /// What stands between.
        separator: String,
        /// The row's place, which no other row has.
        order: Box<Expression>,
    },
    /// Of the rows beside this one.
    Window(Box<Window>),
}

impl Expression {
    /// Calls `look` with the expression and every part of it.
    pub fn each(&self, look: &mut impl FnMut(&Self)) {
        look(self);
        match self {
            Self::Column { .. }
            | Self::Integer(_)
            | Self::Text(_)
            | Self::Truth(_)
            | Self::Parameter(_)
            | Self::Null(_) => {}
            Self::Joined {
                text: left,
                order: right,
                ..
            }
            | Self::Arithmetic(_, left, right)
            | Self::Quotient(left, right)
            | Self::Remainder(left, right)
            | Self::Compare(_, left, right)
            | Self::Contains(left, right)
            | Self::StartsWith(left, right)
            | Self::EndsWith(left, right) => {
                left.each(look);
                right.each(look);
            }
            Self::In(value, parts) => {
                value.each(look);
                for part in parts {
                    part.each(look);
                }
            }
            Self::And(parts)
            | Self::Or(parts)
            | Self::Coalesce(parts)
            | Self::Concatenation(parts)
            | Self::Greatest(parts) => {
                for part in parts {
                    part.each(look);
                }
            }
            Self::Case { arms, otherwise } => {
                for (condition, result) in arms {
                    condition.each(look);
                    result.each(look);
                }
                if let Some(otherwise) = otherwise {
                    otherwise.each(look);
                }
            }
            Self::Substring(text, from, count) => {
                text.each(look);
                from.each(look);
                count.each(look);
            }
            Self::Bytes(inner)
            | Self::Not(inner)
            | Self::IsNull(inner)
            | Self::IsAscii(inner)
            | Self::Lower(inner)
            | Self::Upper(inner)
            | Self::Trim(inner, _)
            | Self::Without(inner, _)
            | Self::Replace(inner, _, _)
            | Self::Length(inner)
            | Self::Before(inner, _)
            | Self::After(inner, _)
            | Self::Matches(inner, _)
            | Self::Finds(inner, _)
            | Self::Digits(inner)
            | Self::DayOf(inner)
            | Self::DateText(inner)
            | Self::Decimal(inner)
            | Self::Native(_, inner)
            | Self::Refuse(_, inner)
            | Self::Aggregate(_, inner) => inner.each(look),
            Self::Window(window) => {
                if let WindowFunction::Of(_, value)
                | WindowFunction::Lag(value)
                | WindowFunction::Lead(value) = &window.function
                {
                    value.each(look);
                }
                for key in &window.partition {
                    key.each(look);
                }
                for order in &window.order {
                    order.key.each(look);
                }
            }
        }
    }
}

/// Arithmetic that every engine does alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// What a typed column of the warehouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Native {
    /// A timestamp with a zone, or one that the warehouse keeps as an instant: to microseconds since 1970 in UTC.
    Instant,
    /// A timestamp without a zone: to microseconds since 1970 as a local clock shows them.
    LocalTime,
    /// A date: to days since 1970.
    Date,
    /// A whole number of any width: to 64 bits.
    Integer,
    /// A decimal or floating number: to whole millionths, rounded half away from zero.
    Number,
    /// A boolean.
    Truth,
}

/// What is made of the rows of a group; rows that give NULL do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// Their total, which 64 bits hold for sure; NULL of none.
    Total,
    /// Their total; the query fails if 64 bits do not hold it. NULL of none.
    Sum,
    /// How many there are.
    Count,
    /// How many different values there are, exactly.
    CountDistinct,
    /// The least.
    Min,
    /// The largest.
    Max,
}

/// A value that looks at the rows beside its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What is computed.
    pub function: WindowFunction,
    /// Which rows belong together: those that agree in these.
    pub partition: Vec<Expression>,
    /// Their order.
    pub order: Vec<Order>,
}

/// What a window computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowFunction {
    /// The number of the row, from 1.
    RowNumber,
    /// Of all rows of the partition (without order), or of those up to and with this row (with order, row by row).
    Of(Aggregate, Expression),
    /// The value in the row before.
    Lag(Expression),
    /// The value in the row after.
    Lead(Expression),
}

/// One key of an order. It is never NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The key; a text is one of [`Expression::Bytes`].
    pub key: Expression,
    /// The largest first.
    pub descending: bool,
}
