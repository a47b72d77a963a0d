//! A rule that gives no lead anything.
//!
//! What it asks for does not occur in this export: a column or an event type has another name, a text another
//! spelling, a threshold another unit; or nobody is so yet. The findings about columns and event types often say
//! which. With fewer than 20 leads it is a remark. Rules of signals are left out where no events are given.
//!
//! ```toml
//! [[rules]]
//! name   = "Budget above a million"
//! when   = "budget > 1000000"
//! points = 20
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};
use crate::model::{Operand, RuleSource};

pub(super) const LINT: Lint = Lint::of_exports("rule-never-triggers", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if observed.leads() == 0 {
        return;
    }
    let world = subject.world(&subject.model.contacts.columns);
    let has_events = observed.run.event_rows.is_some();
    for (number, rule) in subject.model.rules.iter().enumerate() {
        let idle = rule.enabled && observed.tally.rules[number].leads == 0;
        if !idle || subject.reach.rules[number].is_nothing() {
            continue;
        }
        let needs_events = match &rule.source {
            RuleSource::When { condition, .. } => {
                if world.impossible(condition, Outcome::True).is_some() {
                    // That is a finding of its own.
                    continue;
                }
                !condition.mentions().signals.is_empty()
            }
            RuleSource::PerUnit { of, .. } | RuleSource::Bands { of, .. } => {
                matches!(of, Operand::Signal(_))
            }
            RuleSource::Values { .. } => false,
        };
        if needs_events && !has_events {
            continue;
        }
        let message = format!("the rule `{}` gives no lead anything", rule.name);
        let hint = "do its column, its texts, its event types and its window fit the export?";
        let place = Some(rule.span.clone());
        if observed.has_enough() {
            findings.warn(place, message, "", hint);
        } else {
            findings.remark(place, message, "", hint);
        }
    }
}
