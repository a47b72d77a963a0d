//! Cells that say something, but not what the model reads in them.
//!
//! A budget of `about 200k` is no number, a date of `next spring` is no date; such a cell is taken as unknown, and the
//! lead gets no points for it. Mend the cells, tell how they are written (`decimal`, `date_order`, `time_format`), or
//! list what means nothing under `blank`.
//!
//! ```toml
//! [[rules]]
//! name   = "Large budget"
//! when   = "budget >= 300000"        # some cells say `about 200k`
//! points = 5
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::{Observed, Values};
use crate::lint::{Lint, Subject};
use crate::model::columns::{Column, Columns};
use crate::model::condition::Reading;
use crate::value::{DecimalSign, read_number, read_yes_no};

pub(super) const LINT: Lint = Lint::of_exports("unreadable-cells", check);

/// Cells shown.
const SHOWN: usize = 3;

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    let (contacts, events) = (&model.contacts.columns, &model.events.columns);
    // Contacts' come first; a second one of the same kind is the events'.
    let mut said: Vec<(&str, &str)> = Vec::new();
    for unreadable in &observed.run.unreadable {
        let key = (unreadable.column.as_str(), unreadable.wanted);
        let of_contacts = find(contacts, key).filter(|_| !said.contains(&key));
        said.push(key);
        let (of_events, (slot, column)) = match (of_contacts, find(events, key)) {
            (Some(found), _) => (false, found),
            (None, Some(found)) => (true, found),
            (None, None) => continue,
        };
        let decimal = if of_events {
            model.events.cells.decimal
        } else {
            model.contacts.cells.decimal
        };
        let examples = observed
            .column(slot, of_events)
            .map(|seen| examples(&seen.values, unreadable.wanted, decimal))
            .unwrap_or_default();
        let cells = if unreadable.cells == 1 {
            "cell"
        } else {
            "cells"
        };
        findings.warn(
            column.span.clone(),
            format!(
                "{} {cells} of the column `{}` cannot be read as a {}",
                unreadable.cells, column.name, unreadable.wanted
            ),
            if examples.is_empty() {
                String::new()
            } else {
                format!("for instance {}", examples.join(", "))
            },
            "mend them, tell how they are written, or list them under `blank` if they mean nothing",
        );
    }
}

fn word(reading: Reading) -> &'static str {
    match reading {
        Reading::Number => "number",
        Reading::Day => "date",
        Reading::YesNo => "yes/no",
    }
}

fn find<'m>(columns: &'m Columns, (name, wanted): (&str, &str)) -> Option<(usize, &'m Column)> {
    let read = columns
        .readings()
        .iter()
        .find(|(slot, reading)| columns.entries()[*slot].name == name && word(*reading) == wanted);
    read.map(|(slot, _)| (*slot, &columns.entries()[*slot]))
}

/// The most frequent cells that cannot be read; whether a date can be depends on the whole column, so none of these.
fn examples(values: &Values, wanted: &str, decimal: DecimalSign) -> Vec<String> {
    let Values::All(values) = values else {
        return Vec::new();
    };
    let mut unreadable: Vec<(&String, &u64)> = values
        .iter()
        .filter(|(value, _)| match wanted {
            "number" => read_number(value, decimal).is_none(),
            "yes/no" => read_yes_no(value).is_none(),
            _ => false,
        })
        .collect();
    unreadable.sort_by_key(|(value, count)| (std::cmp::Reverse(**count), value.as_str()));
    let shown = unreadable.into_iter().take(SHOWN);
    shown.map(|(value, _)| format!("`{value}`")).collect()
}
