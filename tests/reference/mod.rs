//! A second scorer, written from the description of the point model alone, to
//! be compared with the real one.
//!
//! It is slow and obvious on purpose: every signal walks every event of the
//! contact, every condition is evaluated straight from its syntax tree, and
//! every weight is worked out with big integers. It shares no code with the
//! library. It knows contacts, events, signals, rules, groups, score,
//! temperatures and checklist; it trusts that the model is valid and panics
//! where it is not.

mod calendar;
mod cells;
mod condition;
mod decimal;
mod document;
#[cfg(test)]
mod examples;
mod exports;
mod model;
mod model_file;
mod scoring;
mod signals;
mod weights;

use std::collections::BTreeMap;

pub use calendar::instant_of;
pub use decimal::Decimal;

/// One row of an export: header → cell, as they stand in the file.
pub type Row = BTreeMap<String, String>;

/// What is known of one lead after scoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The contact's id, trimmed.
    pub id: String,
    /// The score as shown, with no decimals that it does not need.
    pub score: String,
    /// The total after the clamp and before rounding, in thousandths.
    pub total_thousandths: i64,
    /// The name of the temperature.
    pub temperature: String,
    /// Each item of the checklist, in the model's order, and whether it holds.
    pub checklist: Vec<(String, bool)>,
    /// `rule:ID`, `group:NAME` or `score`, with its points in thousandths.
    /// Entries of 0 points are left out; the rest sum to the score.
    pub ledger: Vec<(String, i64)>,
    /// Each group, in the model's order, with its bounded sum in thousandths.
    pub groups: Vec<(String, i64)>,
    /// Microseconds since 1970 of the newest event up to as-of, of any type.
    pub last_event: Option<i64>,
}

/// Scores the contacts and puts them in rank order.
///
/// # Panics
/// Where the model is invalid or a row cannot be read.
pub fn score(model: &str, contacts: &[Row], events: &[Row], as_of: &str) -> Vec<Scored> {
    let model = model_file::read(model);
    let as_of = calendar::read_as_of(as_of, &model.zone);
    let contacts = exports::read_contacts(&model, contacts);
    let events = exports::read_events(&model, events);
    scoring::score(&model, &contacts, &events, as_of)
}
