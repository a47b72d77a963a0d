//! A rule that gives every lead the same points.
//!
//! It lifts, or lowers, all scores alike and tells nobody apart: the question has been answered before the lead came
//! into the list, or the condition is wider than it was meant. Narrow it, or delete it and move the thresholds. With
//! fewer than 20 leads nothing is said.
//!
//! ```toml
//! [[rules]]
//! name   = "Has an e-mail address"
//! when   = "email IS NOT NULL"       # the list is made of newsletter readers
//! points = 5
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("rule-always-triggers", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if !observed.has_enough() {
        return;
    }
    for (rule, tally) in subject.model.rules.iter().zip(&observed.tally.rules) {
        if tally.leads == observed.leads() && tally.lowest == tally.highest {
            findings.warn(
                Some(rule.span.clone()),
                format!(
                    "the rule `{}` gives all {} leads the same, {}",
                    rule.name,
                    tally.leads,
                    tally.lowest.signed()
                ),
                "",
                "narrow it, or delete it and move the thresholds",
            );
        }
    }
}
