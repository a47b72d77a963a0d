//! A model file as plain nodes: tables keep the order of the file, numbers the
//! digits that were written.

use super::decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One value of the file.
#[derive(Debug, Clone)]
pub enum Node {
    Text(String),
    Number(Decimal),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

/// Reads a TOML text.
///
/// # Panics
/// Where it is not TOML.
pub fn read(text: &str) -> Node {
    table(DeTable::parse(text).expect("the model is TOML").get_ref())
}

fn table(table: &DeTable<'_>) -> Node {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let named = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| -> (String, Node) {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        (key.to_string(), node(value.get_ref()))
    };
    Node::Table(entries.into_iter().map(named).collect())
}

fn node(value: &DeValue<'_>) -> Node {
    let number = |digits: &str| Node::Number(Decimal::parse(digits).expect("a plain number"));
    match value {
        DeValue::String(text) => Node::Text(text.to_string()),
        DeValue::Integer(integer) => number(integer.as_str()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(flag) => Node::Flag(*flag),
        DeValue::Datetime(_) => panic!("a model has no bare date"),
        DeValue::Array(list) => {
            Node::List(list.iter().map(|value| node(value.get_ref())).collect())
        }
        DeValue::Table(inner) => table(inner),
    }
}

impl Node {
    /// The value of a key, if it is given.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let found = self.entries().iter().find(|(name, _)| name == key);
        found.map(|(_, node)| node)
    }

    /// The keys and values of a table, in the order of the file.
    pub fn entries(&self) -> &[(String, Node)] {
        match self {
            Self::Table(entries) => entries,
            other => panic!("{other:?} is no table"),
        }
    }

    /// The keys and values of a table that may be missing.
    pub fn entries_of(&self, key: &str) -> &[(String, Node)] {
        self.get(key).map_or(&[], Node::entries)
    }

    /// The list of a key, empty where it is missing.
    pub fn list_of(&self, key: &str) -> &[Node] {
        match self.get(key) {
            None => &[],
            Some(Self::List(list)) => list,
            Some(other) => panic!("{other:?} is no list"),
        }
    }

    /// The text of a key, if it is given.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).map(Node::text)
    }

    /// The number of a key, if it is given.
    pub fn number_of(&self, key: &str) -> Option<Decimal> {
        self.get(key).map(Node::number)
    }

    /// The points of a key in thousandths, if they are given.
    pub fn points_of(&self, key: &str) -> Option<i64> {
        self.number_of(key).map(Decimal::thousandths)
    }

    /// The text that this node is.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            other => panic!("{other:?} is no text"),
        }
    }

    /// The number that this node is.
    pub fn number(&self) -> Decimal {
        match self {
            Self::Number(number) => *number,
            other => panic!("{other:?} is no number"),
        }
    }

    /// One text, or a list of them.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::List(list) => list.iter().map(|node| node.text().to_owned()).collect(),
            one => vec![one.text().to_owned()],
        }
    }

    /// The texts of a key, none where it is missing.
    pub fn texts_of(&self, key: &str) -> Vec<String> {
        self.get(key).map_or(Vec::new(), Node::texts)
    }
}
