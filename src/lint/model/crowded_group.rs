//! A group whose rules could give at least twice what it may count.
//!
//! Most of what the rules promise is cut: a lead reaches the cap with few of them, and the others change nothing any
//! more, so that good leads and very good ones look alike. Twice as much is a remark, since a group may be meant to fill up early,
//! three times as much a warning. Raise the group's `max` or lower the rules' points. Rules without a `max` of their own
//! are left out of the sum.
//!
//! ```toml
//! [groups.engagement]
//! max = 15             # with rules of 25, 15 and 10 points
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("crowded-group", check);

/// Rules of fewer than this do not crowd a group: one that fills it alone is another finding.
const FEWEST: usize = 2;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (number, group) in model.groups.iter().enumerate() {
        let Some(max) = group.max.filter(|max| *max > Points::ZERO) else {
            continue;
        };
        let given: Vec<Points> = model
            .rules
            .iter()
            .zip(&subject.reach.rules)
            .filter(|(rule, _)| rule.group == Some(number))
            .filter_map(|(_, extent)| extent.highest)
            .filter(|highest| *highest > Points::ZERO)
            .collect();
        let sum: Points = given.iter().sum();
        if given.len() < FEWEST || sum < max + max {
            continue;
        }
        let place = subject.places.group(&group.name, "max");
        let message = format!(
            "the rules of `{}` can give {sum}, its `max` is {max}",
            group.name
        );
        let label = "most of it is cut";
        let hint = "raise `max`, or lower the points of the rules";
        if sum >= max + max + max {
            findings.warn(place, message, label, hint);
        } else {
            findings.remark(place, message, label, hint);
        }
    }
}
