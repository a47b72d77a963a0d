//! Event types of the export that no signal uses.
//!
//! They are in the account of every run, and count nothing. Some are noise; others are what a score could be made of,
//! or a spelling that is missing under `[events.types]`.
//!
//! ```toml
//! [signals]
//! opens = { event = "email_open" }       # the export has `email_click`, too
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("unused-event-types", check);

/// Types shown, the most frequent first.
const SHOWN: usize = 8;

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let Some(rows) = &observed.run.event_rows else {
        return;
    };
    if rows.unused_kinds.is_empty() {
        return;
    }
    let mut kinds: Vec<(&String, &u64)> = rows.unused_kinds.iter().collect();
    kinds.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    let mut shown: Vec<String> = kinds
        .iter()
        .take(SHOWN)
        .map(|(name, count)| format!("{name} ({count})"))
        .collect();
    if kinds.len() > SHOWN {
        shown.push(format!("{} more", kinds.len() - SHOWN));
    }
    let what = if kinds.len() == 1 { "type" } else { "types" };
    let signals = subject.places.key(&["signals".into()]);
    findings.remark(
        signals.filter(|place| !place.is_empty()),
        format!(
            "no signal uses {} event {what} of the export: {}",
            kinds.len(),
            shown.join(", ")
        ),
        "",
        "write a signal for what matters, or list spellings under [events.types]",
    );
}
