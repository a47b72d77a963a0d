//! The nearest way to the next temperature, in one line.

use crate::rank::{Lead, Step};

/// `for Hot Lead: Budget confirmed (+10)`; None where nothing known would make the lead hotter.
///
/// Where the score suffices and checklist items lack, these; otherwise the smallest rule that is enough, or the
/// fewest that are enough together, and what the checklist still asks for.
pub(super) fn next_step(lead: &Lead<'_>) -> Option<String> {
    let way = lead.upward.as_ref()?.way();
    let next = way.next?;
    let enough = way.steps.first().filter(|step| step.score >= way.from);
    let (steps, missing) = match (enough, &way.together) {
        (Some(step), _) => (vec![told(step)], step.missing.clone()),
        (None, Some(together)) => (together.steps.iter().map(told).collect(), way.missing),
        // The score is there already.
        (None, None) if lead.score >= way.from => (Vec::new(), way.missing),
        (None, None) => return None,
    };
    let parts: Vec<String> = steps.into_iter().chain(missing).collect();
    (!parts.is_empty()).then(|| format!("for {next}: {}", parts.join(" and ")))
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
