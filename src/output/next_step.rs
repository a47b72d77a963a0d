//! The nearest way to the next temperature, in one line.

use crate::rank::{Lead, Step};

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
    let steps = nearest.steps.iter().map(told);
    let parts: Vec<String> = steps.chain(nearest.missing).collect();
    (!parts.is_empty()).then(|| format!("for {}: {}", nearest.next, parts.join(" and ")))
}

/// `Opens our emails, 3 more (+6)`.
fn told(step: &Step) -> String {
    let how = step.how.as_deref().map(|how| format!(", {how}"));
    format!(
        "{}{} ({})",
        step.label,
        how.unwrap_or_default(),
        step.points.signed()
    )
}
