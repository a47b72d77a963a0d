//! A second scorer, written from the description of the point model alone, to
//! be compared with the real one.
//!
//! It is slow and obvious on purpose: every signal walks every event of the
//! contact, every condition is evaluated straight from its syntax tree, and
//! every weight is worked out with big integers. It shares no code with the
//! library. It trusts that the model is valid and that the rows can be read,
//! and panics where they are not.

mod accounts;
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
mod names;
mod outcome;
mod overrides;
mod previous;
mod scoring;
mod signals;
mod tally;
mod weights;
mod worth;

use std::collections::BTreeMap;

pub use calendar::instant_of;
pub use decimal::Decimal;

/// One row of an export: header → cell, as they stand in the file.
pub type Row = BTreeMap<String, String>;

/// All that a run is given.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The text of a model file.
    pub model: &'a str,
    pub contacts: &'a [Row],
    pub events: &'a [Row],
    /// The output of an earlier run; empty where there is none.
    pub previous: &'a [Row],
    /// A file of overrides; empty where there is none.
    pub overrides: &'a [Row],
    /// A date or an instant.
    pub as_of: &'a str,
}

/// What is known of one lead after scoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The contact's id, trimmed.
    pub id: String,
    /// From 1; none where the lead is disqualified.
    pub rank: Option<usize>,
    /// The score as shown, with no decimals that it does not need.
    pub score: String,
    /// The total after the clamp and before rounding, in thousandths.
    pub total_thousandths: i64,
    /// The name of the temperature.
    pub temperature: String,
    /// The temperature without what was set by hand.
    pub computed_temperature: String,
    /// Something was set by hand.
    pub is_overridden: bool,
    /// Which condition the lead is disqualified by, or `excluded`.
    pub disqualified: Option<String>,
    pub stage: Option<String>,
    pub grade: Option<String>,
    /// Each item of the checklist, in the model's order, and whether it holds.
    pub checklist: Vec<(String, bool)>,
    /// The labels of the items that do not hold.
    pub missing: Vec<String>,
    pub route: Option<String>,
    pub assigned_to: Option<String>,
    /// `rule:ID`, `group:NAME`, `override:ACTION`, `score` or `disqualified`,
    /// with its points in thousandths. Entries of 0 points are left out; the
    /// rest sum to the score.
    pub ledger: Vec<(String, i64)>,
    /// Each group, in the model's order, with its bounded sum in thousandths.
    pub groups: Vec<(String, i64)>,
    /// The score of the earlier run, if the lead was in it.
    pub previous_score: Option<String>,
    /// How much the score rose since.
    pub change: Option<String>,
    /// Microseconds since 1970 of the newest event up to as-of, of any type.
    pub last_event: Option<i64>,
}

/// What is known of one account after scoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// From 1.
    pub rank: usize,
    pub name: String,
    /// How many of the contacts are its people and not disqualified.
    pub people: usize,
    pub score: String,
    pub temperature: String,
    pub checklist: Vec<(String, bool)>,
    pub missing: Vec<String>,
    pub last_event: Option<i64>,
}

/// Scores the contacts of a run with nothing from before and nothing set by
/// hand in a file, and puts them in rank order.
///
/// # Panics
/// Where the model is invalid or a row cannot be read.
pub fn score(model: &str, contacts: &[Row], events: &[Row], as_of: &str) -> Vec<Scored> {
    score_leads(&Inputs {
        model,
        contacts,
        events,
        previous: &[],
        overrides: &[],
        as_of,
    })
}

/// Scores the contacts and puts them in rank order.
///
/// # Panics
/// Where the model is invalid or a row cannot be read.
pub fn score_leads(inputs: &Inputs) -> Vec<Scored> {
    run(inputs, scoring::score)
}

/// Scores the accounts of the contacts and puts them in rank order.
///
/// # Panics
/// Where the model is invalid or has no accounts, or a row cannot be read.
pub fn score_accounts(inputs: &Inputs) -> Vec<Account> {
    run(inputs, accounts::score)
}

fn run<T>(
    inputs: &Inputs,
    score: fn(&scoring::Run, &[exports::Contact], &[exports::Event]) -> Vec<T>,
) -> Vec<T> {
    let model = model_file::read(inputs.model);
    let contacts = exports::read_contacts(&model, inputs.contacts);
    let events = exports::read_events(&model, inputs.events);
    let run = scoring::Run {
        as_of: calendar::read_as_of(inputs.as_of, &model.zone),
        previous: previous::read(inputs.previous),
        overrides: inputs.overrides,
        model: &model,
    };
    score(&run, &contacts, &events)
}
