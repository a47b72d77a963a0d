//! A condition that holds for every row, or for every row in which something is known.
//!
//! `x <> 'a' OR x <> 'b'` holds for every `x` there is, since none is both; `score >= 0` and `opens >= 0` hold for
//! everybody. The rule moves all scores alike, the checklist item says nothing. Often AND was meant where OR stands.
//! A condition written `TRUE` is taken as meant.
//!
//! ```toml
//! [[rules]]
//! name   = "Neither sold nor lost"
//! when   = "stage <> 'sold' OR stage <> 'lost'"
//! points = 5
//! ```

use crate::lint::finding::Findings;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};
use crate::model::condition::Condition;

pub(super) const LINT: Lint = Lint::of_model("always-true", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for stated in subject.all_conditions() {
        if matches!(stated.condition, Condition::Literal(_)) {
            continue;
        }
        let world = subject.world(stated.columns);
        let Some(reasons) = world.impossible(stated.condition, Outcome::False) else {
            continue;
        };
        // What can never hold cannot be false either where it is NULL; that is another finding.
        if world.impossible(stated.condition, Outcome::True).is_some() {
            continue;
        }
        let always = world
            .impossible(stated.condition, Outcome::NotTrue)
            .is_some();
        let when = if always {
            "always holds"
        } else {
            "holds wherever its columns are filled"
        };
        let why = reasons
            .first()
            .map(|reason| format!("it cannot fail: {reason}"));
        findings.warn(
            stated.place,
            format!("{} {when}", stated.owner),
            why.unwrap_or_default(),
            if always {
                "AND in place of OR? to give points to everybody, write TRUE"
            } else {
                "AND in place of OR? to ask whether something is known, write IS NOT NULL"
            },
        );
    }
}
