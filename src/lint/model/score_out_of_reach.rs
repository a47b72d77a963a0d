//! A score whose `max` no lead can reach.
//!
//! "70 of 100" reads as if there were more to be had, and thresholds chosen on a scale of 100 are too high for it.
//! Give rules and groups more points, or lower `max`; the temperatures then want to be looked at as well. It is a
//! remark where the model does not say `max` and the score ends at 100 by itself.
//!
//! ```toml
//! [score]
//! max = 100            # with groups of 40 and 30 points
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("score-out-of-reach", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let max = subject.model.score.max;
    let Some(highest) = subject.reach.sum.highest else {
        return;
    };
    let highest = subject.model.score.scaled(highest);
    if highest >= max {
        return;
    }
    let message = format!("no lead can reach a score of {max}");
    let label = format!("groups and rules come to {highest} at most");
    let hint = "give rules and groups more points, or lower the score's `max`";
    match subject.places.value(&["score".into(), "max".into()]) {
        Some(place) => findings.warn(Some(place), message, label, hint),
        None => findings.remark(None, format!("{message}: {label}"), "", hint),
    }
}
