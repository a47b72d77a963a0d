//! A checklist item that nothing requires.
//!
//! It is shown with every lead, and no temperature, stage, route or reason to disqualify depends on it. That may be meant: the checklist is
//! also there to be read. If it was to hold leads back, name it in a temperature's `requires`.
//!
//! ```toml
//! [checklist]
//! budget = { when = "budget >= 150000" }    # no temperature says requires = ["budget"]
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::condition::Condition;

pub(super) const LINT: Lint = Lint::of_model("unrequired-item", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    for (number, item) in model.checklist.iter().enumerate() {
        let mut temperatures = model.temperatures.iter();
        if temperatures.any(|temperature| temperature.requires.contains(&number)) {
            continue;
        }
        let mut conditions = subject.conditions().into_iter();
        if conditions.any(|stated| asks(stated.condition, number)) {
            continue;
        }
        findings.remark(
            subject
                .places
                .key(&["checklist".into(), item.name.as_str().into()]),
            format!("nothing requires the checklist item `{}`", item.name),
            "",
            "to hold leads back, name it in the `requires` of a temperature",
        );
    }
}

/// Whether a condition asks for an item of the checklist.
fn asks(condition: &Condition, item: usize) -> bool {
    match condition {
        Condition::Checklist(asked) => *asked == item,
        Condition::And(left, right)
        | Condition::Or(left, right)
        | Condition::Flags(_, left, right) => asks(left, item) || asks(right, item),
        Condition::Not(inner) | Condition::FlagIsNull(inner) => asks(inner, item),
        Condition::Case(case) => {
            case.arms
                .iter()
                .any(|(when, then)| asks(when, item) || asks(then, item))
                || case
                    .otherwise
                    .as_ref()
                    .is_some_and(|otherwise| asks(otherwise, item))
        }
        Condition::Coalesce(choices) => choices.iter().any(|choice| asks(choice, item)),
        _ => false,
    }
}
