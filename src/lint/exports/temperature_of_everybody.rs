//! A temperature that all leads have.
//!
//! It tells nobody apart. Move the thresholds to where the scores lie; the preview shows them. With fewer than 20
//! leads nothing is said.
//!
//! ```toml
//! [temperatures.warm]
//! from = 10            # and the lowest lead has 15, the highest 60
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("temperature-of-everybody", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if !observed.has_enough() {
        return;
    }
    let scores = &observed.tally.scores;
    let (highest, lowest) = (scores.first().copied(), scores.last().copied());
    for (name, leads) in &observed.tally.mix {
        if *leads == observed.leads() {
            findings.warn(
                subject.places.temperature(name, "from"),
                format!("all {leads} leads are `{name}`"),
                format!(
                    "scores run from {} to {}",
                    lowest.unwrap_or_default(),
                    highest.unwrap_or_default()
                ),
                "move the thresholds between these",
            );
        }
    }
}
