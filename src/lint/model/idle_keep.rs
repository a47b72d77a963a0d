//! A `keep` that keeps every lead, or that has nothing to keep it from.
//!
//! At or below the lowest score there can be, a lead that was once so hot stays so for ever; the coldest temperature
//! has no colder one to fall to; and a `keep` equal to `from` is none. Choose it a few points below `from`.
//!
//! ```toml
//! [temperatures.hot]
//! from = 80
//! keep = 0             # once hot, always hot
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("idle-keep", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let lowest = subject.reach.score.0;
    let temperatures = &subject.model.temperatures;
    for (place, temperature) in temperatures.iter().enumerate() {
        let Some(keep) = temperature.keep else {
            continue;
        };
        let name = &temperature.name;
        let why = if place + 1 == temperatures.len() {
            format!("`{name}` is the coldest: there is nothing to keep a lead from")
        } else if keep <= lowest {
            format!("once `{name}`, a lead stays so: no score is below {keep}")
        } else if keep == temperature.from {
            format!("the `keep` of `{name}` is its `from`, and so keeps nobody")
        } else {
            continue;
        };
        findings.warn(
            subject.places.temperature(name, "keep"),
            why,
            "",
            "choose it a few points below `from`, or delete it",
        );
    }
}
