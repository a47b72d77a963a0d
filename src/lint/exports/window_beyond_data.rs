//! A window that reaches further back than the export.
//!
//! The oldest event of the export is younger than `within`: the signal counts what the export has, which is less than
//! the model means. Leads look colder than they are, and the same model gives other scores over a longer export.
//! Export more, or shorten the window.
//!
//! ```toml
//! [signals]
//! visits = { event = "page_view", within = "180 days" }      # the export goes back 30 days
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};
use crate::value::Span;

pub(super) const LINT: Lint = Lint::of_exports("window-beyond-data", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let plan = observed.run.ranking.scoring().plan();
    let Some(oldest) = observed.events.as_ref().and_then(|events| events.oldest) else {
        return;
    };
    // Today is one of the days of a window.
    let days = plan.as_of.day.days_since(oldest) + 1;
    for signal in &subject.model.signals {
        if let Some(within) = signal.within.filter(|within| i64::from(*within) > days) {
            findings.remark(
                subject.places.signal(&signal.name, "within"),
                format!(
                    "the window of `{}`, {}, is longer than the events reach back",
                    signal.name,
                    Span::from_days(within)
                ),
                format!("the oldest event is of {oldest}"),
                "export more events, or shorten the window",
            );
        }
    }
}
