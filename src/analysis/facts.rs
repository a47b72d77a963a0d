//! What a run knows of its leads, in the form that figures are made from.

use super::{Document, Table};
use crate::model::Model;
use crate::plan::AsOf;
pub use crate::rank::LeadFacts;
use crate::run::Run;

/// A lead of the hottest temperature with which nothing was done for so many days is left alone.
pub const UNTOUCHED_DAYS: i64 = 7;

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

impl<'r> Facts<'r> {
    /// What a run that was asked for outcomes and answers knows of its leads, divided by the columns it kept or, where
    /// it kept none, by the source.
    pub fn of(run: &'r Run) -> Self {
        let plan = run.ranking.scoring().plan();
        let person = &plan.model.contacts.person;
        let has = |slot: usize| run.present[slot];
        let source = (run.kept.is_empty() && has(person.source)).then(|| {
            let name = "source".to_owned();
            (name, person.source)
        });
        let kept = run.kept.iter().map(|kept| (kept.name.clone(), kept.slot));
        let (breakdowns, slots): (Vec<String>, Vec<usize>) = kept.chain(source).unzip();
        let places = run.ranking.places();
        Self {
            model: &plan.model,
            as_of: plan.as_of,
            leads: places
                .map(|place| run.ranking.facts(place, &slots))
                .collect(),
            breakdowns,
            has_owner: has(person.owner),
            has_answers: plan.model.answers.is_some() && run.event_rows.is_some(),
        }
    }

    /// Whether any lead was won; without one, nothing can be said of wins.
    pub fn has_wins(&self) -> bool {
        self.leads.iter().any(|lead| lead.is_won)
    }

    /// Whether it is known of any lead how it ended.
    pub fn has_outcome(&self) -> bool {
        self.leads.iter().any(|lead| lead.is_won || lead.is_lost)
    }

    /// Why nothing is said of wins, where no lead was won; what to do about it.
    pub fn without_wins(&self) -> Option<String> {
        let why = match &self.model.reports.outcome {
            _ if self.has_wins() => return None,
            Some(outcome) => format!(
                "Nobody was won: no lead meets [outcome] won = \"{}\".",
                outcome.won_text
            ),
            None => "Who was won is not known: the model has to say it, such as [outcome] \
                     won = \"status = 'Customer'\", lost = \"status = 'Lost'\"."
                .to_owned(),
        };
        Some(why)
    }

    /// Whether a lead of the hottest temperature is left alone: we did nothing for `UNTOUCHED_DAYS` days, or a
    /// question of it is open.
    pub fn is_untouched(&self, lead: &LeadFacts<'_>) -> bool {
        const MICROS_PER_DAY: i64 = 86_400_000_000;
        let since = self.as_of.instant.micros() - UNTOUCHED_DAYS * MICROS_PER_DAY;
        let is_fresh = lead.last_touch.is_some_and(|touch| touch.micros() >= since);
        lead.temperature == 0 && lead.is_open() && (!is_fresh || lead.waits_now())
    }

    /// A document about this run.
    pub fn document(
        &self,
        name: &'static str,
        title: impl Into<String>,
        tables: Vec<Table>,
        notes: Vec<String>,
    ) -> Document {
        Document {
            name: name.into(),
            title: title.into(),
            as_of: self.as_of.write(&self.model.zone),
            model: self.model.title(),
            temperatures: self.model.temperatures.clone(),
            tables,
            notes,
        }
    }
}

impl LeadFacts<'_> {
    /// Whether there is still something to do about it: it is neither disqualified nor won nor lost.
    pub fn is_open(&self) -> bool {
        self.is_pursued && !self.is_won && !self.is_lost
    }

    /// Whether it came as far as a stage, by its number: it is there, or further, or was won.
    pub fn has_passed(&self, stage: usize) -> bool {
        self.is_won || self.stage.is_some_and(|own| own >= stage)
    }

    /// Whether it asked something that we have not answered yet.
    pub fn waits_now(&self) -> bool {
        self.waits
            .last()
            .is_some_and(|wait| wait.answered.is_none())
    }
}
