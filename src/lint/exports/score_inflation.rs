//! Many leads with the highest score there is.
//!
//! At least five percent of the leads stand at the score's `max`. At the top of the list, where it matters most, their
//! order is then by date and id. Lower points, cap groups, or raise `max`. With fewer than 20 leads nothing is said.
//!
//! ```toml
//! [[rules]]
//! name   = "Visits the website"
//! signal = "visits"
//! points = 10          # ten visits are 100 points
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("score-inflation", check);

/// One lead in so many is five percent.
const ONE_IN: u64 = 20;

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let (at_max, leads) = (observed.tally.at_max, observed.leads());
    if !observed.has_enough() || at_max * ONE_IN < leads {
        return;
    }
    let max = subject.model.score.max;
    findings.warn(
        subject.places.value(&["score".into(), "max".into()]),
        format!("{at_max} of {leads} leads have the highest score, {max}"),
        "",
        "lower points, give rules and groups a `max`, or raise the score's",
    );
}
