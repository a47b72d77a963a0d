//! A group's `max` that its rules cannot reach, or a `min` they cannot fall below.
//!
//! The bound never does anything, and readers take the group for larger than it is: 40 points of engagement are
//! promised and 25 are all there is. Lower the bound, or give the rules more points. A `min` may stand there for rules to
//! come, and is a remark.
//!
//! ```toml
//! [groups.engagement]
//! max = 40             # with rules of 10 and 15 points
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("cap-out-of-reach", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (number, group) in model.groups.iter().enumerate() {
        let is_empty = !model
            .rules
            .iter()
            .any(|rule| rule.enabled && rule.group == Some(number));
        if is_empty {
            continue;
        }
        let sum = subject.reach.group_sums[number];
        if let (Some(max), Some(highest)) = (group.max, sum.highest)
            && highest < max
        {
            findings.warn(
                subject.places.group(&group.name, "max"),
                format!("`{}` never reaches its `max` of {max}", group.name),
                format!("its rules give at most {highest}"),
                format!("set `max = {highest}`, or give its rules more points"),
            );
        }
        if let (Some(min), Some(lowest)) = (group.min, sum.lowest)
            && lowest > min
        {
            findings.remark(
                subject.places.group(&group.name, "min"),
                format!("`{}` never falls to its `min` of {min}", group.name),
                format!("its rules give at least {lowest}"),
                "delete `min`, or check the points of its rules",
            );
        }
    }
}
