//! The nearest way to the next temperature, in one line.

use crate::rank::{Lead, NextStep};
use crate::value::Points;

/// `for Hot Lead: Budget confirmed (+10)`; None where nothing known would make the lead hotter.
///
/// Where the score suffices and checklist items lack, these; otherwise the smallest rule that is enough, or the
/// fewest that are enough together, and what the checklist still asks for.
pub(super) fn next_step(lead: &Lead<'_>) -> Option<String> {
    // What the rules would do is beside the point where somebody has decided.
    if !lead.overrides.is_empty() {
        return None;
    }
    let nearest = lead.upward.as_ref()?.nearest()?;
    if nearest.steps.is_empty() && nearest.missing.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(160);
    text.push_str("for ");
    text.push_str(nearest.next);
    let mut before = ": ";
    for step in &nearest.steps {
        text.push_str(std::mem::replace(&mut before, " and "));
        add_step(step, &mut text);
    }
    for missing in nearest.missing {
        text.push_str(std::mem::replace(&mut before, " and "));
        text.push_str(missing);
    }
    Some(text)
}

/// Adds `Opens our emails, 3 more (+6)`.
fn add_step(step: &NextStep<'_>, text: &mut String) {
    text.push_str(step.label);
    if let Some(how) = &step.how {
        text.push_str(", ");
        text.push_str(how);
    }
    text.push_str(if step.points > Points::ZERO {
        " (+"
    } else {
        " ("
    });
    text.push_str(step.points.decimal().text());
    text.push(')');
}
