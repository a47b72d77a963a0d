//! A rule that gives nothing whatever it meets.
//!
//! All its points are 0, or its own `min` and `max` leave nothing. It takes up room in the model and in explanations.
//! Give it points, or switch it off with `enabled = false` if it is to stay as a reminder.
//!
//! ```toml
//! [[rules]]
//! name   = "Opens our emails"
//! signal = "opens"
//! points = 0
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("rule-without-points", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (number, rule) in subject.model.rules.iter().enumerate() {
        if rule.enabled && subject.reach.rules[number].is_nothing() {
            let points = subject.places.rule(number, "points");
            findings.warn(
                points.or_else(|| Some(rule.span.clone())),
                format!("the rule `{}` never gives any points", rule.name),
                "",
                "give it points, or set `enabled = false`",
            );
        }
    }
}
