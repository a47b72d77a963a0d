//! `[outcome]`, `[answers]` and `[quality]`: what reports look at beside the score, and no rule does.
//!
//! They bear on no score, so an export that is only to be scored need not have their columns: these are added when a
//! report is asked for.

use super::checklist::{self, ChecklistItem};
use super::columns::Columns;
use super::condition::Phase;
use super::contacts::Contacts;
use super::document::{Document, Section};
use super::events::Events;
use super::outcome::{self, Outcome};
use super::signal::{self, Signal};
use super::{Model, Reader};

const USUAL_PHONES: [&str; 7] = [
    "phone",
    "phone_number",
    "mobile",
    "mobile_phone",
    "mobile_phone_number",
    "telephone",
    "person_phone",
];

/// What reports look at beside the score.
#[derive(Debug, Clone)]
pub struct Reports {
    /// What became of leads.
    pub outcome: Option<Outcome>,
    /// How we answer leads: a response, from what they ask to what we do.
    pub answers: Option<Signal>,
    /// What is amiss in the data of a lead if it holds, in the order of the file.
    pub quality: Vec<ChecklistItem>,
    /// The slot of the contacts' telephone number; exports may lack it.
    pub phone: usize,
    /// The columns of contacts that the model speaks of, here or elsewhere.
    pub columns: Columns,
    /// The columns and types of events that the model speaks of, here or elsewhere.
    events: Events,
}

/// The sections of the file, to be read when all others are.
pub(super) struct Sections<'t> {
    pub outcome: Option<Section<'t>>,
    pub answers: Option<Section<'t>>,
    pub quality: Option<Section<'t>>,
}

/// Reads what reports look at.
pub(super) fn read(
    sections: Sections<'_>,
    reader: &Reader,
    contacts: &Contacts,
    events: &Events,
    document: &mut Document,
) -> Reports {
    let mut contacts = contacts.clone();
    let mut events = events.clone();
    let outcome = outcome::read(sections.outcome, reader, &mut contacts, document);
    let quality = sections.quality;
    let quality = checklist::read(quality, Phase::Staged, reader, &mut contacts, document);
    let answers = sections.answers;
    let answers = answers.and_then(|answers| signal::read_response(answers, &mut events, document));
    let phone = contacts.columns.usual("phone", &USUAL_PHONES, false);
    Reports {
        phone,
        outcome,
        answers,
        quality,
        columns: contacts.columns,
        events,
    }
}

impl Model {
    /// The model as reports need it: it asks exports also for what these look at, and its last signal measures how we
    /// answer, if the model says that. Scores are the same.
    #[must_use]
    pub fn for_reports(mut self) -> Self {
        self.contacts.columns = self.reports.columns.clone();
        self.events = self.reports.events.clone();
        if let Some(answers) = self.reports.answers.clone() {
            self.answers = Some(self.signals.len());
            self.signals.push(answers);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[events.types]\ncall = \"Call Made\"\n\
        [signals]\nvisits = { event = \"visit\" }\n\
        [[rules]]\nname = \"Visits\"\nsignal = \"visits\"\npoints = 1\n\
        [outcome]\nwon = \"outcome = 'won'\"\n\
        [answers]\nfrom = \"inquiry\"\nto = \"call\"\nwhere = \"channel = 'web'\"\n\
        [quality]\nlate = { when = \"days_since(seen) > 30 AND stage IS NULL\" }\n";

    fn columns(model: &Model) -> Vec<&str> {
        let named = model.contacts.columns.entries().iter();
        let named = named.filter(|column| column.span.is_some());
        named.map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn an_export_that_is_scored_need_not_have_what_reports_look_at() {
        let model = Model::parse("model.toml", TEXT).expect("a valid model");
        assert_eq!(columns(&model), [""; 0]);
        assert_eq!(model.events.types, ["visit"]);
        assert_eq!((model.signals.len(), model.answers), (1, None));
    }

    #[test]
    fn reports_have_columns_types_and_a_signal_more_and_all_others_in_their_places() {
        let scored = Model::parse("model.toml", TEXT).expect("a valid model");
        let model = scored.clone().for_reports();
        assert_eq!(columns(&model), ["outcome", "seen"]);
        assert_eq!(model.events.types, ["visit", "inquiry", "call"]);
        assert_eq!((model.signals.len(), model.answers), (2, Some(1)));
        let before = scored.contacts.columns.entries();
        assert_eq!(model.contacts.columns.entries()[..before.len()], *before);
        let before = scored.events.columns.entries();
        assert_eq!(model.events.columns.entries()[..before.len()], *before);
    }
}
