//! A stage that no lead can be in, because a later one always holds where it does.
//!
//! The last stage that holds is the lead's. A later one with the same condition, or with one that always holds, hides
//! those before it. Stages stand in the order in which leads come through them.
//!
//! ```toml
//! [stages]
//! SQL  = "score >= 80"
//! Lead = "score >= 0"            # holds for everybody, so nobody is SQL
//! ```

use crate::lint::conditions::same;
use crate::lint::finding::Findings;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("unreachable-stage", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let stages = &subject.model.stages;
    let world = subject.world(&subject.model.contacts.columns);
    for (number, stage) in stages.iter().enumerate() {
        let hiding = stages[number + 1..].iter().find(|later| {
            same(&later.text, &stage.text)
                || world.impossible(&later.when, Outcome::NotTrue).is_some()
        });
        if let Some(later) = hiding {
            let why = if same(&later.text, &stage.text) {
                "it has the same condition"
            } else {
                "it always holds"
            };
            findings.warn(
                Some(stage.span.clone()),
                format!("no lead can be in the stage `{}`", stage.name),
                "",
                "the last stage that holds is the lead's: put them in the order leads come through them",
            );
            findings.beside(Some(later.span.clone()), why);
        }
    }
}
