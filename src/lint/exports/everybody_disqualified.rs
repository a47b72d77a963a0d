//! Reasons to disqualify that take nearly all leads.
//!
//! At least nine of ten leads are disqualified, so that hardly any are left to rank. A reason is probably wider than
//! it was meant, or asks a column that says something else in this export. With fewer than 20 leads nothing is said.
//!
//! ```toml
//! [disqualify]
//! elsewhere = "country <> 'ES'"      # the export says Spain
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::{ENOUGH, Observed};
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("everybody-disqualified", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    let disqualified = observed.run.ranking.disqualified() as u64;
    let all = observed.leads() + disqualified;
    if all < ENOUGH || disqualified * 10 < all * 9 {
        return;
    }
    let reason = observed
        .tally
        .reasons
        .iter()
        .max_by_key(|(_, leads)| **leads);
    let label = reason.map_or_else(String::new, |(_, leads)| {
        format!("takes {leads} of {all} leads")
    });
    findings.warn(
        reason.and_then(|(name, _)| {
            subject
                .places
                .value(&["disqualify".into(), name.as_str().into()])
        }),
        format!("{disqualified} of {all} leads are disqualified"),
        label,
        "does the condition fit the export?",
    );
}
