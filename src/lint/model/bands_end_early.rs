//! `upto` bands whose points rise, and nothing above the last of them.
//!
//! A value above the largest `upto` gives nothing. Where points rise with the value (a budget, a company's size), the
//! best leads fall out at the top. Write the bands with `from`, which has no upper end, or give a last band that is
//! large enough.
//!
//! ```toml
//! bands = [{ upto = 100000, points = 2 }, { upto = 300000, points = 5 }]     # 300001 gives nothing
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{Edge, RuleSource};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("bands-end-early", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (number, rule) in subject.model.rules.iter().enumerate() {
        let (true, RuleSource::Bands { bands, .. }) = (rule.enabled, &rule.source) else {
            continue;
        };
        let [.., (_, before), (edge, last)] = bands.steps.as_slice() else {
            continue;
        };
        if bands.edge == Edge::Upto && last > before && *last > Points::ZERO {
            let edge = bands.edge_text(*edge);
            findings.warn(
                subject.places.rule(number, "bands"),
                format!(
                    "`{}` gives more and more up to {edge}, and nothing above",
                    rule.name
                ),
                "",
                "write the bands with `from`: the largest one not above the value holds",
            );
        }
    }
}
