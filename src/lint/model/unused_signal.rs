//! A signal that no rule and no condition uses.
//!
//! It is measured over every event and changes nothing: usually the rule that was to use it was deleted or forgotten,
//! or names another signal by mistake. Write the rule, or delete the signal.
//!
//! ```toml
//! [signals]
//! visits = { event = "page_view" }
//! calls  = { event = "call" }        # no rule says `signal = "calls"`
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{Operand, RuleSource};

pub(super) const LINT: Lint = Lint::of_model("unused-signal", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    let mut used = vec![false; model.signals.len()];
    for rule in &model.rules {
        // A rule that is switched off still says what the signal is for.
        match &rule.source {
            RuleSource::PerUnit {
                of: Operand::Signal(signal),
                ..
            }
            | RuleSource::Bands {
                of: Operand::Signal(signal),
                ..
            } => used[*signal] = true,
            RuleSource::When { condition, .. } => {
                for signal in condition.mentions().signals {
                    used[signal] = true;
                }
            }
            _ => {}
        }
    }
    if let Some(outcome) = &model.reports.outcome {
        for amount in outcome.value.iter().chain(&outcome.days) {
            for signal in amount.mentions().signals {
                used[signal] = true;
            }
        }
    }
    for stated in subject.all_conditions() {
        if !stated.of_events {
            for signal in stated.condition.mentions().signals {
                used[signal] = true;
            }
        }
    }
    for (signal, used) in model.signals.iter().zip(used) {
        if !used {
            findings.warn(
                Some(signal.span.clone()),
                format!("nothing uses the signal `{}`", signal.name),
                "",
                "write a rule with it, or delete it",
            );
        }
    }
}
