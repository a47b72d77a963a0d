//! `from` bands whose points fall as the value rises.
//!
//! Of a number that is better the larger it is, such as a budget or a count, the points are probably the wrong way
//! round. Numbers that are better the smaller they are (days since the last event, minutes to an answer) are left
//! alone.
//!
//! ```toml
//! [[rules]]
//! name   = "Budget"
//! column = "budget"
//! bands  = [{ from = 100000, points = 10 }, { from = 300000, points = 5 }]
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{Edge, Measure, Operand, RuleSource};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("falling-bands", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (number, rule) in subject.model.rules.iter().enumerate() {
        let (true, RuleSource::Bands { of, bands, .. }) = (rule.enabled, &rule.source) else {
            continue;
        };
        let is_age = |signal: usize| {
            matches!(
                subject.model.signals[signal].measure,
                Measure::DaysSinceLast { .. }
                    | Measure::DaysSinceFirst { .. }
                    | Measure::Response { .. }
            )
        };
        if bands.edge != Edge::From || matches!(of, Operand::Signal(signal) if is_age(*signal)) {
            continue;
        }
        let points: Vec<Points> = bands.steps.iter().map(|(_, points)| *points).collect();
        let falls = points.array_windows::<2>().all(|[one, next]| next < one);
        if points.len() > 1 && falls && points[points.len() - 1] > Points::ZERO {
            findings.remark(
                subject.places.rule(number, "bands"),
                format!("the larger the value, the less `{}` gives", rule.name),
                "",
                "if less is better here, all is well; otherwise turn the points round",
            );
        }
    }
}
