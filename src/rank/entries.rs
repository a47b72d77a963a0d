//! The entries of a lead's ledger: where every point came from.

use std::borrow::Cow;

use super::Ranking;
use super::lead::{Entry, Lead, Origin};
use super::overrides::{Override, apply};
use crate::engine::Ledger;
use crate::model::Model;
use crate::value::Points;

/// What bounds are called in ledgers, put into words once for all leads.
#[derive(Debug)]
pub(super) struct BoundLabels {
    groups: Vec<Bounds>,
    score: Bounds,
}

/// What is said where an upper bound took something, and where a lower bound gave something.
#[derive(Debug)]
struct Bounds {
    most: String,
    least: String,
}

impl Bounds {
    fn new(label: &str, min: Option<Points>, max: Option<Points>) -> Self {
        let words = |word: &str, bound: Option<Points>| match bound {
            Some(bound) => format!("{label}: at {word} {bound}"),
            None => label.to_owned(),
        };
        Self {
            most: words("most", max),
            least: words("least", min),
        }
    }

    fn label(&self, change: Points) -> Cow<'_, str> {
        Cow::Borrowed(if change < Points::ZERO {
            &self.most
        } else {
            &self.least
        })
    }
}

impl BoundLabels {
    pub(super) fn of(model: &Model) -> Self {
        let groups = model.groups.iter();
        let groups = groups.map(|group| Bounds::new(&group.label, group.min, group.max));
        Self {
            groups: groups.collect(),
            score: Bounds::new("Score", Some(model.score.min), Some(model.score.max)),
        }
    }
}

/// Adds the ledger's entries that are not nothing to those of a lead; gives their sum, which is the score.
pub(super) fn add<'run>(
    ranking: &'run Ranking,
    ledger: &Ledger<'run>,
    overrides: &[Override],
    lead: &mut Lead<'run>,
) -> Points {
    let model = ranking.model();
    let labels = &ranking.bound_labels;
    let mut sum = Points::ZERO;
    let entries = &mut lead.ledger;
    let mut push = |origin, label: Cow<'run, str>, points: Points| {
        if points != Points::ZERO {
            sum += points;
            entries.push(Entry {
                origin,
                label,
                points,
            });
        }
    };
    for (rule, points) in model.rules.iter().zip(ledger.contributions()) {
        push(Origin::Rule(&rule.id), Cow::Borrowed(&rule.name), *points);
    }
    for (number, (group, bounds)) in model.groups.iter().zip(&labels.groups).enumerate() {
        let change = ledger.group_change(number);
        push(Origin::Group(&group.name), bounds.label(change), change);
    }
    let bottom_line = ledger.bottom_line();
    let share = Cow::Borrowed("Share of what can be reached");
    push(Origin::Score, share, bottom_line.scale_change);
    let change = bottom_line.bounds_change;
    push(Origin::Score, labels.score.label(change), change);
    let overridden = apply(ledger.total(), overrides, &model.score);
    for (place, points) in overridden.steps {
        let one = &overrides[place];
        let label = format!("By hand: {}", one.describe(model));
        push(
            Origin::Override(one.action.name()),
            Cow::Owned(label),
            points,
        );
    }
    let change = overridden.bounds_change;
    push(Origin::Score, labels.score.label(change), change);
    let score = overridden.total.rounded(model.score.decimals);
    push(
        Origin::Score,
        Cow::Borrowed("Rounding"),
        score - overridden.total,
    );
    if let Some(reason) = lead.disqualified {
        let label = Cow::Owned(format!("Disqualified: {reason}"));
        push(Origin::Disqualified(reason), label, -score);
    }
    sum
}
