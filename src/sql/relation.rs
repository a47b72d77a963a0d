//! The query as a tree: named steps, each a table made of earlier ones, and what is selected from them at last.

use super::expression::{Expression, Order, Type};

/// A whole query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What stands above it, a line each.
    pub comments: Vec<String>,
    /// The steps, each of which may use those before it.
    pub steps: Vec<Step>,
    /// What it gives.
    pub result: Select,
    /// In which order it gives it.
    pub order: Vec<Order>,
}

/// One named step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name by which later steps know it.
    pub name: String,
    /// What it does, a line each.
    pub comments: Vec<String>,
    /// Its rows.
    pub rows: Rows,
}

/// Where the rows of a step come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// From a selection.
    Select(Select),
    /// From several, one after the other; they agree in names and types of their columns.
    Union(Vec<Select>),
    /// They stand in the query.
    Literal(Literal),
}

/// Rows that stand in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Names and types of the columns.
    pub columns: Vec<(String, Type)>,
    /// For each row a literal for each column. There is at least one row.
    pub rows: Vec<Vec<Expression>>,
}

/// A selection of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Select {
    /// Tables all of whose columns are taken, before the items.
    pub all_of: Vec<String>,
    /// What else is computed.
    pub items: Vec<Item>,
    /// The rows.
    pub from: Source,
    /// What is joined to them.
    pub joins: Vec<Join>,
    /// Which of them are taken.
    pub filter: Option<Expression>,
    /// What the rows of a group agree in; with any, items are these or aggregates.
    pub group_by: Vec<Expression>,
}

/// A column of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it is.
    pub value: Expression,
    /// What stands behind it.
    pub comment: Option<String>,
}

impl Item {
    /// A column without a comment.
    pub fn new(name: impl Into<String>, value: Expression) -> Self {
        Self {
            name: name.into(),
            value,
            comment: None,
        }
    }

    /// The same with a comment behind it.
    #[must_use]
    pub fn about(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }
}

/// A table to select from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An earlier step.
    Step(String),
    /// An earlier step under another name.
    StepAs {
        /// Its name.
        step: String,
        /// Its name in the selection.
        known_as: String,
    },
    /// A table of the database, under the name by which the selection knows it.
    Table {
        /// The table as it is to be written, such as `crm.contacts`.
        written: TableName,
        /// Its name in the selection.
        known_as: String,
    },
}

impl Default for Source {
    fn default() -> Self {
        Self::Step(String::new())
    }
}

impl Source {
    /// The name by which a selection knows the table.
    pub fn name(&self) -> &str {
        match self {
            Self::Step(name) => name,
            Self::StepAs { known_as, .. } | Self::Table { known_as, .. } => known_as,
        }
    }
}

/// How a table of the database is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableName {
    /// Its name and those of what it is in, the outermost first.
    Parts(Vec<String>),
    /// A text that is put there as it stands, such as a macro of dbt.
    Verbatim(String),
}

/// A table joined to a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Whether rows without a partner stay.
    pub keeps_all: bool,
    /// The table.
    pub to: Source,
    /// Pairs that are equal, the first of the selection, the second of the table; with none, every row meets every other.
    pub on: Vec<(Expression, Expression)>,
}
