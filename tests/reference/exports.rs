//! The rows of the exports as contacts and events under the model's names.

use super::calendar::{self, DateOrder};
use super::cells;
use super::condition::Value;
use super::model::Model;
use super::{Row, calendar::read_instant};
use jiff::civil::Date;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// A row of the contacts.
#[derive(Debug)]
pub struct Contact {
    pub id: String,
    /// What the events' contact column says when they are this contact's.
    pub key: String,
    pub columns: Columns,
}

/// A row of the events.
#[derive(Debug)]
pub struct Event {
    /// Which contact it is of; empty where it names none.
    pub key: String,
    /// The account it is of where it names no contact.
    pub account: Option<String>,
    /// The model's name of its type.
    pub kind: String,
    /// Microseconds since 1970.
    pub instant: i64,
    /// The local day.
    pub day: Date,
    pub columns: Columns,
}

/// The cells of a row by the model's names; blank ones are NULL.
#[derive(Debug)]
pub struct Columns {
    values: BTreeMap<String, Value>,
    optional: Vec<String>,
}

impl Columns {
    /// The value of a column.
    ///
    /// # Panics
    /// Where the export has no such column and it is not optional.
    pub fn get(&self, name: &str) -> Value {
        match self.values.get(name) {
            Some(value) => value.clone(),
            None if self.optional.iter().any(|optional| optional == name) => Value::Null,
            None => panic!("there is no column {name}"),
        }
    }

    /// The value of the column with this header.
    pub fn of_header(&self, header: &str) -> Value {
        self.get(&cells::snake_case(header))
    }

    /// The same columns of a row that says nothing.
    pub fn blank(&self) -> Self {
        let nulls = self.values.keys().map(|name| (name.clone(), Value::Null));
        Self {
            values: nulls.collect(),
            optional: self.optional.clone(),
        }
    }

    fn text(&self, name: &str) -> String {
        self.get(name).as_text().unwrap_or("").to_owned()
    }
}

/// An id or the name of an account as it is compared: trimmed, and composed as
/// Unicode's NFC has it.
pub fn identity(cell: &str) -> String {
    cell.trim().nfc().collect()
}

/// Reads the contacts; the same row twice is one contact.
pub fn read_contacts(model: &Model, rows: &[Row]) -> Vec<Contact> {
    let settings = &model.contacts;
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort();
    rows.dedup();
    let contacts = name_columns(
        &rows,
        &settings.columns,
        &settings.blank,
        &settings.optional,
    );
    let contacts: Vec<Contact> = contacts
        .into_iter()
        .map(|columns| {
            let id = identity(&columns.text(&settings.id));
            let key = match &model.events.matches {
                Some(column) => columns.text(column).trim().to_ascii_lowercase(),
                None => id.clone(),
            };
            Contact { id, key, columns }
        })
        .collect();
    for (at, contact) in contacts.iter().enumerate() {
        assert!(!contact.id.is_empty(), "a contact has an id");
        assert!(
            contacts[..at].iter().all(|other| other.id != contact.id),
            "an id is unique"
        );
    }
    contacts
}

/// Reads the events; the same row twice is one event only where rows have ids.
pub fn read_events(model: &Model, rows: &[Row]) -> Vec<Event> {
    let settings = &model.events;
    let mut rows: Vec<&Row> = rows.iter().collect();
    if rows.iter().any(|row| row.contains_key(&settings.id)) {
        rows.sort();
        rows.dedup();
    }
    let times = rows.iter().filter_map(|row| row.get(&settings.time));
    let order = calendar::settle_order(times.map(String::as_str));
    let events = name_columns(&rows, &[], &settings.blank, &[]);
    let event_key = model
        .accounts
        .as_ref()
        .and_then(|accounts| accounts.event_key.as_ref());
    let account_of =
        |columns: &Columns| -> Option<String> { columns.get(event_key?).as_text().map(identity) };
    events
        .into_iter()
        .map(|columns| {
            let time = columns.text(&settings.time);
            let instant = read_instant(&time, &model.zone, order).expect("a time");
            let key = identity(&columns.text(&settings.contact));
            Event {
                key: if settings.matches.is_some() {
                    key.to_ascii_lowercase()
                } else {
                    key
                },
                kind: kind_of(&columns.text(&settings.kind), &settings.types),
                account: account_of(&columns),
                instant,
                day: calendar::day_of(instant, &model.zone),
                columns,
            }
        })
        .collect()
}

/// The model's name of a type: the one it gives to this spelling, else the
/// spelling in snake case.
fn kind_of(cell: &str, types: &[(String, Vec<String>)]) -> String {
    let is_spelling = |spelling: &String| spelling.trim().eq_ignore_ascii_case(cell.trim());
    let mapped = types
        .iter()
        .find(|(_, spellings)| spellings.iter().any(is_spelling));
    mapped.map_or_else(|| cells::snake_case(cell), |(name, _)| name.clone())
}

/// Puts the cells of every row under the model's names.
fn name_columns(
    rows: &[&Row],
    mapped: &[(String, Vec<String>)],
    blanks: &[String],
    optional: &[String],
) -> Vec<Columns> {
    let orders: BTreeMap<&String, Option<DateOrder>> = rows
        .iter()
        .flat_map(|row| row.keys())
        .map(|header| {
            let cells = rows.iter().filter_map(|row| row.get(header));
            (header, calendar::settle_order(cells.map(String::as_str)))
        })
        .collect();
    let name_of = |header: &String| {
        let found = mapped
            .iter()
            .find(|(_, spellings)| spellings.contains(header));
        found.map_or_else(|| cells::snake_case(header), |(name, _)| name.clone())
    };
    let value_of = |header: &String, cell: &String| {
        if cells::is_blank(cell, blanks) {
            Value::Null
        } else {
            Value::Cell {
                text: cell.clone(),
                order: orders[header],
            }
        }
    };
    rows.iter()
        .map(|row| Columns {
            values: row
                .iter()
                .map(|(header, cell)| (name_of(header), value_of(header, cell)))
                .collect(),
            optional: optional.to_vec(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_by_the_models_name_or_by_its_snake_case() {
        let types = [(
            "email_open".to_owned(),
            vec!["OPEN".to_owned(), "Email Opened".to_owned()],
        )];
        assert_eq!(kind_of(" email opened ", &types), "email_open");
        assert_eq!(kind_of("open", &types), "email_open");
        assert_eq!(kind_of("Page View", &types), "page_view");
    }

    #[test]
    fn a_mapped_column_is_known_by_its_new_name() {
        let row: Row = [("Max Price", "5"), ("Lead Source", " ")]
            .map(|(header, cell)| (header.to_owned(), cell.to_owned()))
            .into();
        let mapped = [(
            "budget".to_owned(),
            vec!["Price".to_owned(), "Max Price".to_owned()],
        )];
        let columns = name_columns(&[&row], &mapped, &[], &["phone".to_owned()]);
        assert_eq!(columns[0].text("budget"), "5");
        assert_eq!(columns[0].get("lead_source"), Value::Null);
        assert_eq!(columns[0].get("phone"), Value::Null);
    }
}
