//! Whole runs, worked out by hand.

mod accounts;
mod by_hand;
mod outcomes;
mod points;
mod share;

use super::{Inputs, Row, Scored, score_leads};

/// The as-of of every example.
const AS_OF: &str = "2026-11-01";

/// A run of a model without a run before and without a file of overrides.
fn inputs<'a>(model: &'a str, contacts: &'a [Row], events: &'a [Row]) -> Inputs<'a> {
    Inputs {
        model,
        contacts,
        events,
        previous: &[],
        overrides: &[],
        as_of: AS_OF,
    }
}

fn ledger(lead: &Scored) -> Vec<(&str, i64)> {
    lead.ledger
        .iter()
        .map(|(entry, points)| (entry.as_str(), *points))
        .collect()
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells
        .iter()
        .map(|(header, cell)| ((*header).to_owned(), (*cell).to_owned()))
        .collect()
}

fn event(contact: &str, kind: &str, time: &str) -> Row {
    row(&[
        ("contact_id", contact),
        ("event", kind),
        ("timestamp", time),
        ("amount", ""),
    ])
}
