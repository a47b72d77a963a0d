//! A group without rules that count.
//!
//! It is a column of every output, and always the same. Usually its rules name another group by mistake, or have none.
//! Put `group = "…"` into them, or delete the group.
//!
//! ```toml
//! [groups.fit]
//! max = 20             # no rule says `group = "fit"`
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("empty-group", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (number, group) in model.groups.iter().enumerate() {
        let mut members = model.rules.iter().filter(|rule| rule.group == Some(number));
        if members.any(|rule| rule.enabled) {
            continue;
        }
        findings.warn(
            subject
                .places
                .key(&["groups".into(), group.name.as_str().into()]),
            format!("no rule counts in the group `{}`", group.name),
            "",
            format!(
                "put `group = \"{}\"` into its rules, or delete it",
                group.name
            ),
        );
    }
}
