//! One event that two rules count in the same way.
//!
//! Two signals count the same type of event by the same measure, none of them narrowed by `where`, and rules give
//! points for both; or two rules give points for one signal. Every such event is worth the sum of both rules, which
//! no single rule says. Make one rule of them, or tell the signals apart with `where`. Signals that differ in their
//! window, limit or decay may be meant so (a bonus for what is recent) and are a remark.
//!
//! ```toml
//! [signals]
//! opens  = { event = "email_open" }
//! emails = { event = ["email_open", "email_click"] }     # an open counts here, too
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{Measure, Operand, RuleSource, Signal};
use crate::value::Points;

pub(super) const LINT: Lint = Lint::of_model("double-counting", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    // Each enabled rule that gives points for a signal.
    let counting: Vec<(usize, usize)> = model
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.enabled)
        .filter_map(|(number, rule)| match rule.source {
            RuleSource::PerUnit {
                of: Operand::Signal(signal),
                points,
            } if points != Points::ZERO => Some((number, signal)),
            RuleSource::Bands {
                of: Operand::Signal(signal),
                ..
            } => Some((number, signal)),
            _ => None,
        })
        .collect();
    for (place, (later, signal)) in counting.iter().enumerate() {
        let twin = counting[..place].iter().find_map(|(earlier, other)| {
            twice(&model.signals[*signal], &model.signals[*other])
                .map(|shared| (*earlier, *other, shared))
        });
        let Some((earlier, other, shared)) = twin else {
            continue;
        };
        let rules = (&model.rules[earlier], &model.rules[*later]);
        let (one, two) = (&model.signals[other], &model.signals[*signal]);
        let place = subject.places.rule(*later, "signal");
        let hint = "make one rule of them, or tell the signals apart with `where`";
        let message = format!(
            "`{}` and `{}` both give points for {}",
            rules.0.name,
            rules.1.name,
            if one.name == two.name {
                format!("the signal `{}`", one.name)
            } else {
                format!("each `{}`", model.events.types[shared])
            }
        );
        if manner(one) == manner(two) {
            findings.warn(place, message, "", hint);
        } else {
            findings.remark(place, message, "", hint);
        }
        findings.beside(
            subject.places.rule(earlier, "signal"),
            "counted here already",
        );
    }
}

/// An event type that two signals count in the same way.
fn twice(one: &Signal, other: &Signal) -> Option<usize> {
    if one.name == other.name {
        return one.measure.kinds().next();
    }
    if one.filter.is_some() || other.filter.is_some() {
        return None;
    }
    let alike = match (&one.measure, &other.measure) {
        (Measure::Count { .. }, Measure::Count { .. })
        | (Measure::ActiveDays { .. }, Measure::ActiveDays { .. })
        | (Measure::DaysSinceLast { .. }, Measure::DaysSinceLast { .. })
        | (Measure::DaysSinceFirst { .. }, Measure::DaysSinceFirst { .. }) => true,
        (Measure::Sum { of: one, .. }, Measure::Sum { of: other, .. })
        | (Measure::Distinct { of: one, .. }, Measure::Distinct { of: other, .. })
        | (Measure::Max { of: one, .. }, Measure::Max { of: other, .. })
        | (Measure::Min { of: one, .. }, Measure::Min { of: other, .. }) => one == other,
        (
            Measure::Response { from, to, .. },
            Measure::Response {
                from: other_from,
                to: other_to,
                ..
            },
        ) => from == other_from && to == other_to,
        _ => false,
    };
    let mut kinds = one.measure.kinds();
    if alike {
        kinds.find(|kind| other.measure.kinds().any(|also| also == *kind))
    } else {
        None
    }
}

/// Window, limit and decay, in a form that can be compared.
fn manner(signal: &Signal) -> String {
    let (decay, limit) = match &signal.measure {
        Measure::Count { decay, limit, .. } | Measure::Sum { decay, limit, .. } => (decay, limit),
        _ => (&None, &None),
    };
    let shape = decay.as_ref().map(|decay| &decay.shape);
    format!("{:?} {limit:?} {shape:?}", signal.within)
}
