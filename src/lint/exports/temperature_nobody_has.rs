//! A temperature that no lead has.
//!
//! Either its `from` is higher than anybody scores, or what it requires is met by nobody who scores so much. The
//! preview shows where the scores lie. With fewer than 20 leads nothing is said.
//!
//! ```toml
//! [temperatures.hot]
//! from = 95            # and the best lead has 82
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("temperature-nobody-has", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if !observed.has_enough() {
        return;
    }
    let highest = observed.tally.scores.first().copied().unwrap_or_default();
    for (temperature, (_, leads)) in subject.model.temperatures.iter().zip(&observed.tally.mix) {
        let name = &temperature.name;
        // That no lead ever can is a finding of its own.
        if *leads > 0 || temperature.from > subject.reach.score.1 {
            continue;
        }
        let (key, why, hint) = if highest < temperature.from {
            (
                "from",
                format!("the highest score is {highest}"),
                "lower `from`, or give rules more points",
            )
        } else if temperature.requires.is_empty() {
            (
                "from",
                "no score lies here".to_owned(),
                "see in the preview where the scores lie",
            )
        } else {
            (
                "requires",
                "no lead with the score for it meets all of these".to_owned(),
                "see with `hotlist explain` what the first leads lack",
            )
        };
        findings.warn(
            subject.places.temperature(name, key),
            format!("no lead is `{name}`"),
            why,
            hint,
        );
    }
}
