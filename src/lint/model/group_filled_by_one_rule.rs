//! A group of several rules whose cap one of them reaches alone.
//!
//! Once that rule gives its most, the others of the group change nothing. Where the rule has an end of its own this is
//! a warning; where it has none (points for each event, without `max`) it is a remark. Give the rule a `max` below the
//! group's.
//!
//! ```toml
//! [groups.engagement]
//! max = 40
//!
//! [[rules]]
//! name   = "Opens our emails"
//! group  = "engagement"
//! signal = "opens"
//! points = 2
//! max    = 40           # 20 opens, and clicks and visits do not matter any more
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("group-filled-by-one-rule", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (number, group) in model.groups.iter().enumerate() {
        let Some(max) = group.max.filter(|max| *max > Points::ZERO) else {
            continue;
        };
        let raising: Vec<usize> = (0..model.rules.len())
            .filter(|rule| model.rules[*rule].group == Some(number))
            .filter(|rule| {
                let highest = subject.reach.rules[*rule].highest;
                highest.is_none_or(|highest| highest > Points::ZERO)
            })
            .collect();
        if raising.len() < 2 {
            continue;
        }
        for rule in raising {
            let name = &model.rules[rule].name;
            let message = format!("`{name}` alone can fill the group `{}`", group.name);
            let place = |key| subject.places.rule(rule, key);
            match subject.reach.rules[rule].highest {
                Some(highest) if highest >= max => findings.warn(
                    place("max").or_else(|| Some(model.rules[rule].span.clone())),
                    message,
                    format!("it gives up to {highest}, the group's `max` is {max}"),
                    format!("let it give less than {max}"),
                ),
                Some(_) => {}
                None => findings.remark(
                    place("points"),
                    message,
                    "it has no `max`",
                    format!("give it a `max` below {max}"),
                ),
            }
        }
    }
}
