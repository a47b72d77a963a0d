//! What became of a lead, and what is amiss in its data, where a run is asked.

use crate::model::Model;
use crate::model::condition::Scope;
use crate::value::Number;

/// What became of a lead, by `[outcome]`, and what is amiss in its data, by `[quality]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it was won.
    pub is_won: bool,
    /// Whether it was lost; false of one that was won.
    pub is_lost: bool,
    /// What it is worth.
    pub value: Option<Number>,
    /// Days from its beginning to the win.
    pub days: Option<Number>,
    /// A bit for each question of `[quality]` that holds.
    pub quality: u64,
}

impl Outcome {
    /// The outcome of the lead in a scope in which all of it is known.
    pub(super) fn of(model: &Model, scope: &impl Scope) -> Self {
        let questions = model.reports.quality.iter().enumerate();
        let quality = questions
            .filter(|(_, question)| question.when.is_met(scope))
            .fold(0, |bits, (number, _)| bits | 1 << number);
        let Some(outcome) = &model.reports.outcome else {
            return Self {
                quality,
                ..Self::default()
            };
        };
        let is_won = outcome.won.is_met(scope);
        let lost = outcome.lost.as_ref();
        Self {
            is_won,
            is_lost: !is_won && lost.is_some_and(|lost| lost.is_met(scope)),
            value: outcome.value.as_ref().and_then(|v| v.evaluate(scope)),
            days: outcome.days.as_ref().and_then(|d| d.evaluate(scope)),
            quality,
        }
    }
}
