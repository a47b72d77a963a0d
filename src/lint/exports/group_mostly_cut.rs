//! A group whose `max` cuts most leads.
//!
//! At least half of all leads have more in the group than may count, so that it is nearly the same for everybody and
//! its rules tell few leads apart. Raise `max`, or lower the rules' points. With fewer than 20 leads nothing is said.
//!
//! ```toml
//! [groups.engagement]
//! max = 10             # and five points for each page view
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("group-mostly-cut", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if !observed.has_enough() {
        return;
    }
    for (group, capped) in subject.model.groups.iter().zip(&observed.tally.capped) {
        if capped * 2 >= observed.leads() {
            findings.warn(
                subject.places.group(&group.name, "max"),
                format!("most leads have more in `{}` than may count", group.name),
                format!("cuts {capped} of {} leads", observed.leads()),
                "raise `max`, or lower the points of its rules",
            );
        }
    }
}
