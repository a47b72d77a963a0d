//! `[score]`: the bounds and decimals of what the points come to.

use std::ops::Range;
use std::sync::Arc;

use super::contacts::choice;
use super::document::{Document, Section, Value};
use super::group::bounds;
use super::reach::{Ends, Reach};
use super::rule::bounded;
use crate::diagnostic::Diagnostic;
use crate::value::Points;

/// Bounds and decimals of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The least.
    pub min: Points,
    /// The most.
    pub max: Points,
    /// How many decimals are shown and compared: 0 to 3.
    pub decimals: u8,
    /// The sums that become 0 and 100 where the score is a share of what can be reached.
    pub share: Option<Reach>,
}

impl Score {
    /// The sum of the points, scaled if the model asks for it, within the bounds.
    pub fn total(&self, sum: Points) -> Points {
        self.bounded(self.scaled(sum))
    }

    /// The sum of the points, or the share it is of what can be reached: the lowest sum is 0, the highest 100.
    pub fn scaled(&self, sum: Points) -> Points {
        self.share.map_or(sum, |reach| {
            (sum - reach.lowest).share_of_hundred(reach.highest - reach.lowest)
        })
    }

    /// `total` held within the bounds.
    pub fn bounded(&self, total: Points) -> Points {
        bounded(total, Some(self.min), Some(self.max))
    }
}

/// Reads `[score]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    reach: Option<&Reached>,
    document: &mut Document,
) -> Score {
    let default = Score {
        min: Points::ZERO,
        max: Points::whole(100),
        decimals: 0,
        share: None,
    };
    let Some(mut section) = section else {
        return default;
    };
    let before = document.problems.len();
    let (min, max) = bounds(&mut section, document);
    let sound = document.problems.len() == before;
    let decimals = section
        .get("decimals")
        .and_then(|value| document.whole(&value, 0, 3));
    let scale = section.get("scale");
    let is_share = scale
        .as_ref()
        .and_then(|value| choice(value, SCALES, document));
    let share = match (is_share, scale, reach) {
        (Some(()), Some(value), Some(reach)) => read_share(&value, reach, document),
        _ => None,
    };
    section.finish(document);
    let score = Score {
        min: min.unwrap_or(default.min),
        max: max.unwrap_or(default.max),
        decimals: decimals.and_then(|d| u8::try_from(d).ok()).unwrap_or(0),
        share,
    };
    // One bound can also contradict the other's default; and a score that is always the same ranks nobody.
    if score.min >= score.max && sound {
        document
            .error(
                "empty-range",
                section.span.clone(),
                format!("the score runs from {} to {}", score.min, score.max),
                "",
            )
            .hint = Some(format!(
            "`max` must be above `min`; left out, `min` is {} and `max` is {}",
            default.min, default.max
        ));
    }
    score
}

const SCALES: &[(&str, ())] = &[("share", ())];

/// What the rules can come to.
pub(super) struct Reached {
    /// All of them together.
    pub sum: Ends,
    /// The names and places of those without an end.
    pub open: Vec<(String, Range<usize>)>,
}

/// The sums that become 0 and 100, if every rule has an end and the ends differ.
fn read_share(value: &Value<'_>, reached: &Reached, document: &mut Document) -> Option<Reach> {
    let Some(reach) = reached.sum.closed() else {
        let source = Arc::clone(&document.source);
        let mut problem = Diagnostic::error(
            "unbounded-share",
            "a share needs every rule to have an end, and some have none",
        )
        .at(&source, value.span.clone(), "")
        .hint("give rules with `points` for each unit a `max`, and a `min` where the number can be negative");
        for (name, span) in &reached.open {
            problem = problem.at(&source, span.clone(), format!("`{name}` has none"));
        }
        document.problems.push(problem);
        return None;
    };
    if reach.lowest == reach.highest {
        document
            .error(
                "flat-share",
                value.span.clone(),
                format!(
                    "every lead comes to {}: there is nothing to take a share of",
                    reach.lowest
                ),
                "",
            )
            .hint = Some("give a rule points, or leave `scale` out".to_owned());
        return None;
    }
    Some(reach)
}
