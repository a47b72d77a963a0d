//! A condition that can never hold, or one of its alternatives that cannot.
//!
//! Its parts exclude each other (`x = 'a' AND x = 'b'`, `score >= 80 AND score < 50`, `x IS NULL AND x > 5`), it asks
//! for more than there can be (`groups.fit >= 50` where the group's `max` is 40), or it compares with NULL. The rule
//! gives nothing to anybody, the checklist item is met by nobody. Often OR was meant where AND stands.
//!
//! ```toml
//! [[rules]]
//! name   = "From Paris or Lyon"
//! when   = "city = 'Paris' AND city = 'Lyon'"
//! points = 5
//! ```

use crate::lint::conditions::Stated;
use crate::lint::finding::Findings;
use crate::lint::truth::{Outcome, World};
use crate::lint::{Lint, Subject};
use crate::model::condition::Condition;

pub(super) const LINT: Lint = Lint::of_model("never-true", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for stated in subject.all_conditions() {
        let world = subject.world(stated.columns);
        if let Some(reasons) = world.impossible(stated.condition, Outcome::True) {
            report(&stated, "", &reasons, findings);
        } else {
            check_alternatives(stated.condition, &world, &stated, findings);
        }
    }
}

/// Looks for an alternative that cannot hold in a condition that can.
fn check_alternatives(
    condition: &Condition,
    world: &World<'_>,
    stated: &Stated<'_>,
    findings: &mut Findings<'_>,
) {
    match condition {
        Condition::Or(left, right) => {
            for side in [left, right] {
                match world.impossible(side, Outcome::True) {
                    Some(reasons) => report(stated, "an alternative of ", &reasons, findings),
                    None => check_alternatives(side, world, stated, findings),
                }
            }
        }
        Condition::And(left, right) => {
            check_alternatives(left, world, stated, findings);
            check_alternatives(right, world, stated, findings);
        }
        _ => {}
    }
}

/// Reasons shown.
const SHOWN: usize = 3;

fn report(stated: &Stated<'_>, part: &str, reasons: &[String], findings: &mut Findings<'_>) {
    let mut shown: Vec<&str> = reasons.iter().take(SHOWN).map(String::as_str).collect();
    if reasons.len() > SHOWN {
        shown.push("and so on");
    }
    findings.warn(
        stated.place.clone(),
        format!("{part}{} can never hold", stated.owner),
        shown.join("; "),
        "OR in place of AND? a rule that is not wanted any more has `enabled = false`",
    );
}
