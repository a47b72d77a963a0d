//! What is known of one lead, in the form that figures are made from.

use std::borrow::Cow;

use super::Ranking;
use crate::engine::Wait;
use crate::value::{Instant, Number, Points};

/// What a run knows of one lead.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadFacts<'r> {
    /// Its place in the ranking, from 0.
    pub place: usize,
    /// Its number among the contacts.
    pub contact: usize,
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
    /// A bit for each question of `[quality]` that holds.
    pub quality: u64,
    /// The newest event of any type.
    pub last_event: Option<Instant>,
    /// The times it waited for an answer of ours, the oldest first.
    pub waits: &'r [Wait],
    /// When we last did something of what `[answers]` calls an answer.
    pub last_touch: Option<Instant>,
}

impl Ranking {
    /// What is known of the lead in a place, from 0, with what stands in some slots of the contacts' columns.
    pub fn facts(&self, place: usize, slots: &[usize]) -> LeadFacts<'_> {
        let standing = &self.standings[place];
        let contact = standing.contact as usize;
        let model = self.model();
        let outcome = self.outcomes.get(contact).copied().unwrap_or_default();
        let group = |slot: &usize| {
            let text = self.scoring.cell(contact, *slot)?;
            Some(self.kept_cell(contact, *slot, text))
        };
        LeadFacts {
            place,
            contact,
            id: self.shown_id(contact),
            owner: self.scoring.cell(contact, model.contacts.person.owner),
            groups: slots.iter().map(group).collect(),
            score: standing.total.rounded(model.score.decimals),
            temperature: usize::from(standing.temperature),
            stage: standing.stage.map(usize::from),
            is_pursued: standing.disqualified.is_none(),
            is_won: outcome.is_won,
            is_lost: outcome.is_lost,
            value: outcome.value,
            days: outcome.days,
            quality: outcome.quality,
            last_event: standing.last_event,
            waits: self.scoring.waits(contact),
            last_touch: self.scoring.last_touch(contact),
        }
    }
}
