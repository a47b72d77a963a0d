//! A column that the model asks and that is nearly always blank.
//!
//! Where all its cells say nothing, which is a warning, the CRM probably fills another column by now, or the export
//! leaves this one out. Where at least 95 percent do, what hangs on it holds for hardly anybody: a remark, since a flag
//! that is set for few may be meant so. Columns of events are looked at in the events of the signals that use them;
//! those in which people override are blank by nature and left out.
//!
//! ```toml
//! [[rules]]
//! name   = "Budget"
//! column = "budget"                  # the agents fill `price_max`
//! bands  = [{ from = 100000, points = 5 }]
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::{ENOUGH, Observed};
use crate::lint::{Lint, Subject};
use crate::model::condition::Condition;
use crate::model::{Measure, Model, Signal};

pub(super) const LINT: Lint = Lint::of_exports("blank-column", check);

/// The share of blank cells, in percent, from which on a column says nothing.
const NEARLY_ALL: u64 = 95;

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (slot, column) in model.contacts.columns.entries().iter().enumerate() {
        let (Some(span), Some(seen)) = (&column.span, observed.column(slot, false)) else {
            continue;
        };
        if overrides(model, slot) {
            continue;
        }
        let rows = seen.blank + seen.filled;
        report(&column.name, "leads", (seen.blank, rows), span, findings);
    }
    let Some(events) = &observed.events else {
        return;
    };
    let columns = &model.events.columns;
    for (slot, column) in columns.entries().iter().enumerate() {
        let Some(span) = &column.span else {
            continue;
        };
        let mut kinds = vec![false; model.events.types.len()];
        for signal in &model.signals {
            if uses(model, signal, slot) {
                for kind in signal.measure.kinds() {
                    kinds[kind] = true;
                }
            }
        }
        let (mut blank, mut rows) = (0, 0);
        for (kind, _) in kinds.iter().enumerate().filter(|(_, used)| **used) {
            blank += events.blanks[kind][slot];
            rows += events.kinds[kind];
        }
        report(&column.name, "events", (blank, rows), span, findings);
    }
}

fn report(
    name: &str,
    what: &str,
    (blank, rows): (u64, u64),
    span: &std::ops::Range<usize>,
    findings: &mut Findings<'_>,
) {
    if rows < ENOUGH || blank * 100 < rows * NEARLY_ALL {
        return;
    }
    let place = Some(span.clone());
    let hint = "does the export say it in another column?";
    if blank == rows {
        let message = format!("the column `{name}` is blank for all {rows} {what}");
        findings.warn(place, message, "", hint);
    } else {
        let message = format!("the column `{name}` is nearly always blank");
        let label = format!("blank for {blank} of {rows} {what}");
        findings.remark(place, message, label, hint);
    }
}

/// Whether a column of the contacts is one in which people override.
fn overrides(model: &Model, slot: usize) -> bool {
    let Some(columns) = &model.overrides else {
        return false;
    };
    let readings = model.contacts.columns.readings();
    let slots = [columns.temperature, columns.by, columns.reason];
    let read = [
        columns.score,
        columns.add,
        columns.floor,
        columns.ceiling,
        columns.exclude,
    ];
    let read = read
        .into_iter()
        .flatten()
        .map(|reading| readings[reading].0);
    let until = columns.until.map(|(until, _)| until);
    slots
        .into_iter()
        .flatten()
        .chain(read)
        .chain(until)
        .any(|column| column == slot)
}

/// Whether a signal looks at a column of the events.
fn uses(model: &Model, signal: &Signal, slot: usize) -> bool {
    let readings = model.events.columns.readings();
    let of = match &signal.measure {
        Measure::Distinct { of, .. } => Some(*of),
        Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
            Some(readings[*of].0)
        }
        _ => None,
    };
    let filter = signal.filter.as_ref().map(Condition::mentions);
    of == Some(slot)
        || filter.is_some_and(|filter| {
            filter.columns.contains(&slot)
                || filter
                    .readings
                    .iter()
                    .any(|reading| readings[*reading].0 == slot)
        })
}
