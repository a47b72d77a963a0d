//! How the tables of a database are called, what their columns are called there, and of which types those are.

pub use super::relation::TableName;

/// A table that takes the place of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLayout {
    /// What it is called.
    pub name: TableName,
    /// For each slot of the export's columns, the column that fills it; None where the table has none.
    pub columns: Vec<Option<TableColumn>>,
}

impl TableLayout {
    /// The column in a slot.
    pub fn column(&self, slot: usize) -> Option<&TableColumn> {
        self.columns.get(slot)?.as_ref()
    }
}

/// A column of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub of: ColumnType,
}

/// What stands in a column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColumnType {
    /// The text of the export's cell; NULL where the export has nothing.
    #[default]
    Text,
    /// A decimal or floating number.
    Number,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// A time that says an instant.
    Timestamp,
    /// A time as a clock in the model's zone shows it.
    LocalTimestamp,
    /// A date.
    Date,
}

impl ColumnType {
    /// The names by which people ask for the types.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("integer", Self::Integer),
        ("boolean", Self::Boolean),
        ("timestamp", Self::Timestamp),
        ("local-timestamp", Self::LocalTimestamp),
        ("date", Self::Date),
    ];

    /// The type of a name.
    pub fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names.find(|(known, _)| *known == name).map(|(_, of)| *of)
    }
}

/// Which of the two exports a table takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The contacts.
    Contacts,
    /// The events.
    Events,
}
