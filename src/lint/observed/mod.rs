//! What the exports say of a model: a finished run, counted over.

mod columns;
mod events;
mod tally;

pub(super) use columns::{ColumnSeen, Values};
pub use events::EventFiles;
pub(super) use events::EventsSeen;
pub(super) use tally::Tally;

use super::Preview;
use crate::diagnostic::Report;
use crate::run::Run;

/// A run and what lints want to know of it.
pub struct Observed<'r> {
    pub(super) run: &'r Run,
    pub(super) tally: Tally,
    /// What each slot of the contacts' columns holds.
    pub(super) contacts: Vec<ColumnSeen>,
    /// What the events hold, where they could be read a second time.
    pub(super) events: Option<EventsSeen>,
}

/// Fewer leads than this say nothing about shares: all of three leads are hot by chance.
pub(super) const ENOUGH: u64 = 20;

impl<'r> Observed<'r> {
    /// Counts over a finished run, and over the files of its events, which are read once more.
    ///
    /// # Errors
    /// What makes events unreadable, should they have changed since the run.
    pub fn of(run: &'r Run, events: Option<EventFiles<'_>>) -> Result<Self, Report> {
        let plan = run.ranking.scoring().plan();
        Ok(Self {
            run,
            tally: Tally::of(&run.ranking),
            contacts: columns::of_contacts(&run.ranking),
            events: events.map(|files| events::read(plan, files)).transpose()?,
        })
    }

    /// The distribution of scores and temperatures, and each rule's reach.
    pub fn preview(&self) -> Preview {
        Preview::of(self)
    }

    /// How many leads there are that are not disqualified.
    pub(super) fn leads(&self) -> u64 {
        self.tally.leads()
    }

    /// Whether there are leads enough to speak of shares.
    pub(super) fn has_enough(&self) -> bool {
        self.leads() >= ENOUGH
    }

    /// What a column holds, and what the model calls it: None where the export lacks it.
    pub(super) fn column(&self, slot: usize, of_events: bool) -> Option<&ColumnSeen> {
        if of_events {
            self.events.as_ref()?.columns.get(slot)
        } else {
            let present = self.run.present.get(slot).copied().unwrap_or(false);
            self.contacts.get(slot).filter(|_| present)
        }
    }
}
