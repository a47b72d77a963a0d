//! A condition as it was written: operators and names, before anything is known about their types.

use std::ops::Range;

/// A part of a condition and the bytes it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub span: Range<usize>,
    pub expression: Expression,
}

/// What a part of a condition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    /// `DATE '2026-11-01'`: the text between the quotes.
    Date(String),
    /// A name; `quoted` when it stood in double quotes.
    Name {
        name: String,
        quoted: bool,
    },
    Call {
        function: String,
        function_span: Range<usize>,
        arguments: Vec<Node>,
    },
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Arithmetic(Operator, Box<Node>, Box<Node>),
    In {
        operand: Box<Node>,
        list: Vec<Node>,
        negated: bool,
    },
    Between {
        operand: Box<Node>,
        low: Box<Node>,
        high: Box<Node>,
        negated: bool,
    },
    Like {
        operand: Box<Node>,
        pattern: Box<Node>,
        ignore_case: bool,
        negated: bool,
    },
    IsNull {
        operand: Box<Node>,
        negated: bool,
    },
    Case {
        operand: Option<Box<Node>>,
        arms: Vec<(Node, Node)>,
        otherwise: Option<Box<Node>>,
    },
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Whether the operator holds for two values that stand in this order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}
