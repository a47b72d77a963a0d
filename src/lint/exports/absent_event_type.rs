//! An event type that signals count and the export does not have.
//!
//! The signal is nothing for everybody. Usually the export spells the type otherwise: list its spelling under
//! `[events.types]`. If no event of the type has happened yet, all is well.
//!
//! ```toml
//! [signals]
//! opens = { event = "email_open" }       # the export says `Opened an e-mail`
//! ```

use crate::diagnostic::nearest;
use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("absent-event-type", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let (Some(events), Some(rows)) = (&observed.events, &observed.run.event_rows) else {
        return;
    };
    let model = subject.model;
    for (kind, name) in model.events.types.iter().enumerate() {
        if events.kinds[kind] > 0 {
            continue;
        }
        let mut using = model.signals.iter();
        let Some(signal) = using.find(|signal| signal.measure.kinds().any(|used| used == kind))
        else {
            continue;
        };
        let unused = rows.unused_kinds.keys().map(String::as_str);
        let hint = match nearest(name, unused) {
            Some(near) => {
                let count = rows.unused_kinds[near];
                format!(
                    "the export has `{near}` ({count}), which no signal uses: did you mean that?"
                )
            }
            None => format!("does the export spell it otherwise? [events.types] {name} = \"…\""),
        };
        let place = ["event", "from", "to"].into_iter().find_map(|key| {
            let path = ["signals".into(), signal.name.as_str().into(), key.into()];
            let place = subject.places.value(&path)?;
            let written = format!("\"{name}\"");
            let at = model.source.text[place.clone()].find(&written)?;
            Some(place.start + at..place.start + at + written.len())
        });
        findings.warn(
            place.or_else(|| Some(signal.span.clone())),
            format!("the export has no event of the type `{name}`"),
            "",
            hint,
        );
    }
}
