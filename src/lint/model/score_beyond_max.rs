//! Groups and rules that together can come to more than the score's `max`.
//!
//! Leads above it are cut to the same score, and the best cannot be told from the very best any more. A little of it
//! does no harm (few leads have everything), so it is a remark; from half as much again on it is a warning. Raise
//! `max`, lower the groups' caps, or let `scale` do it.
//!
//! ```toml
//! [score]
//! max = 100            # with groups of 60, 60 and 50 points
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("score-beyond-max", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let score = &subject.model.score;
    let Some(highest) = subject.reach.sum.highest else {
        return;
    };
    let highest = subject.model.score.scaled(highest);
    let place = || subject.places.value(&["score".into(), "max".into()]);
    let message = format!(
        "groups and rules can come to {highest}, and the score ends at {}",
        score.max
    );
    let hint = "lower the groups' `max`, or raise the score's";
    // Twice the part above `min`, so that halves need no fractions.
    let range = score.max - score.min;
    let excess = highest - score.max;
    if excess + excess >= range {
        findings.warn(place(), message, "", hint);
    } else if excess > Points::ZERO {
        findings.remark(place(), message, "", hint);
    }
}
