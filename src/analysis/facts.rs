//! What a run knows of each lead, in the form that figures are made from.

use std::borrow::Cow;

use crate::engine::Wait;
use crate::model::Model;
use crate::plan::AsOf;
use crate::value::{Instant, Number, Points};

/// What a run knows of its leads.
#[derive(Debug, Clone)]
pub struct Facts<'r> {
    /// The model of the run.
    pub model: &'r Model,
    /// The instant it looks back from.
    pub as_of: AsOf,
    /// The leads that were asked for, in rank order.
    pub leads: Vec<LeadFacts<'r>>,
    /// What the leads are divided by, as it was asked for: the source, or columns of the export.
    pub breakdowns: Vec<String>,
    /// Whether the export says who looks after a lead.
    pub has_owner: bool,
    /// Whether the model says how we answer (`[answers]`) and the run has events.
    pub has_answers: bool,
}

/// What a run knows of one lead.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadFacts<'r> {
    /// Its place in the ranking, from 0.
    pub place: usize,
    /// The id that is shown of it.
    pub id: &'r str,
    /// Who looks after it.
    pub owner: Option<&'r str>,
    /// What stands in the column of each breakdown; none where it is blank.
    pub groups: Vec<Option<Cow<'r, str>>>,
    /// The score shown.
    pub score: Points,
    /// The number of its temperature in the model, 0 for the hottest.
    pub temperature: usize,
    /// The number of its stage in the model; none before the first. A lead has passed all stages up to its own.
    pub stage: Option<usize>,
    /// Whether it is not disqualified.
    pub is_pursued: bool,
    /// Whether it was won, by `[outcome]`.
    pub is_won: bool,
    /// Whether it was lost, by `[outcome]`; false of one that was won.
    pub is_lost: bool,
    /// What it is worth, by `[outcome]`.
    pub value: Option<Number>,
    /// Days from its beginning to the win, by `[outcome]`.
    pub days: Option<Number>,
    /// The newest event of any type.
    pub last_event: Option<Instant>,
    /// The times it waited for an answer of ours, the oldest first.
    pub waits: &'r [Wait],
    /// When we last did something of what `[answers]` calls an answer.
    pub last_touch: Option<Instant>,
}
