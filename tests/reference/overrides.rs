//! What was set by hand, in columns of the export or in a file of its own.

use super::Row;
use super::condition::{Reading, Value};
use super::decimal::Decimal;
use super::exports::{Columns, identity};
use super::model::{Model, OverrideColumns, Temperature};
use super::worth::bound;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is in force for one contact on the day of as-of; points in thousandths.
#[derive(Debug, Default)]
pub struct ByHand {
    pub score: Option<i64>,
    /// All that is to be added.
    pub add: Option<i64>,
    pub floor: Option<i64>,
    pub ceiling: Option<i64>,
    /// The name of the temperature.
    pub temperature: Option<String>,
    pub is_excluded: bool,
}

impl ByHand {
    /// What is in force for the contact: an action that the file names for it
    /// is taken from there alone.
    pub fn of(model: &Model, id: &str, columns: &Columns, file: &[Row], reading: &Reading) -> Self {
        let mut by_hand = Self::default();
        // The same row twice is one row.
        let file: BTreeSet<&Row> = file.iter().collect();
        let mut named_in_file = BTreeSet::new();
        for row in file {
            if identity(&row["contact_id"]) != id || !is_in_force(&row["until"], reading.today) {
                continue;
            }
            let action = row["action"].trim();
            let value = row["value"].trim();
            let value = match (action, value) {
                ("exclude", "") => "yes",
                _ => value,
            };
            let value = Value::Cell {
                text: value.to_owned(),
                order: None,
            };
            by_hand.take(action, &value, &model.temperatures, reading);
            named_in_file.insert(action.to_owned());
        }
        if column_is_in_force(&model.overrides, columns, reading) {
            for (action, column) in &model.overrides.actions {
                if !named_in_file.contains(action) {
                    let value = columns.get(column);
                    by_hand.take(action, &value, &model.temperatures, reading);
                }
            }
        }
        by_hand
    }

    /// Whether anything at all was set by hand.
    pub fn is_any(&self) -> bool {
        let points = [self.score, self.add, self.floor, self.ceiling];
        points.iter().any(Option::is_some) || self.temperature.is_some() || self.is_excluded
    }

    /// Takes one action; what cannot be read does nothing.
    fn take(&mut self, action: &str, value: &Value, known: &[Temperature], reading: &Reading) {
        let points = || value.as_number(reading).map(Decimal::thousandths);
        match action {
            "score" => self.score = points().or(self.score),
            "add" => {
                if let Some(points) = points() {
                    self.add = Some(self.add.unwrap_or(0) + points);
                }
            }
            "floor" => self.floor = self.floor.max(points()),
            "ceiling" => {
                self.ceiling = match (self.ceiling, points()) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                }
            }
            "temperature" => {
                let named = value.as_text().and_then(|cell| by_name_or_tag(cell, known));
                self.temperature = named.or(self.temperature.take());
            }
            "exclude" => self.is_excluded |= value.as_bool() == Some(true),
            other => panic!("there is no override {other}"),
        }
    }

    /// The total that comes of a computed one, and an entry of the ledger for
    /// each action.
    pub fn on_total(&self, model: &Model, computed: i64) -> (i64, Vec<(String, i64)>) {
        let set = self.score.unwrap_or(computed);
        let added = set + self.add.unwrap_or(0);
        let lifted = bound(added, self.floor, None);
        let lowered = bound(lifted, None, self.ceiling);
        let ledger = [
            ("score", set - computed),
            ("add", added - set),
            ("floor", lifted - added),
            ("ceiling", lowered - lifted),
        ];
        let ledger = ledger.map(|(action, points)| (format!("override:{action}"), points));
        let total = bound(lowered, Some(model.min), Some(model.max));
        (total, ledger.to_vec())
    }
}

/// The temperature whose name or tag the cell is, in any ASCII case.
fn by_name_or_tag(cell: &str, known: &[Temperature]) -> Option<String> {
    let is = |name: &str| name.eq_ignore_ascii_case(cell.trim());
    known
        .iter()
        .find(|one| is(&one.name) || one.tag.as_deref().is_some_and(is))
        .map(|one| one.name.clone())
}

/// Whether an override of the file is in force: up to and including its last day.
fn is_in_force(until: &str, today: Date) -> bool {
    match until.trim() {
        "" => true,
        until => today <= until.parse::<Date>().expect("a date"),
    }
}

/// The same for a contact's columns; a day that cannot be read puts nothing in force.
fn column_is_in_force(columns: &OverrideColumns, row: &Columns, reading: &Reading) -> bool {
    let Some(column) = &columns.until else {
        return true;
    };
    match row.get(column) {
        Value::Null => true,
        until => until
            .as_day(reading)
            .is_some_and(|until| reading.today <= until),
    }
}
