//! The names that a condition about a lead may use, with the values they have by then.

use super::condition::{Condition, Reading, Value};
use super::decimal::Decimal;
use super::exports::Columns;
use std::collections::BTreeMap;

/// The columns of a lead, and what has been worked out about it so far.
#[derive(Clone)]
pub struct Names<'a> {
    columns: &'a Columns,
    worked_out: BTreeMap<String, Value>,
}

impl<'a> Names<'a> {
    /// The columns alone.
    pub fn of(columns: &'a Columns) -> Self {
        Self {
            columns,
            worked_out: BTreeMap::new(),
        }
    }

    /// From here on the name has this value.
    pub fn set(&mut self, name: impl Into<String>, value: Value) {
        self.worked_out.insert(name.into(), value);
    }

    /// The same for points in thousandths.
    pub fn set_points(&mut self, name: impl Into<String>, thousandths: i64) {
        let number = Decimal(i128::from(thousandths) * 1000);
        self.set(name, Value::Number(number));
    }

    /// The value of a name; a header in double quotes is a column, whatever
    /// else is called so.
    pub fn get(&self, name: &str) -> Value {
        if let Some(header) = name.strip_prefix('"') {
            return self.columns.of_header(header.trim_end_matches('"'));
        }
        match self.worked_out.get(name) {
            Some(value) => value.clone(),
            None => self.columns.get(name),
        }
    }

    /// Whether a condition is met.
    pub fn meet(&self, condition: &Condition, reading: &Reading) -> bool {
        condition.holds(&|name| self.get(name), reading)
    }

    /// The first of the named conditions that is met.
    pub fn first_met<'b>(
        &self,
        conditions: &'b [(String, Condition)],
        reading: &Reading,
    ) -> Option<&'b str> {
        self.all_met(conditions, reading).first().copied()
    }

    /// The names of the conditions that are met, in their order.
    pub fn all_met<'b>(
        &self,
        conditions: &'b [(String, Condition)],
        reading: &Reading,
    ) -> Vec<&'b str> {
        conditions
            .iter()
            .filter(|(_, condition)| self.meet(condition, reading))
            .map(|(name, _)| name.as_str())
            .collect()
    }
}
