//! Ledgers to an ordered list: what each lead's score is called, whether it earns that name, and who comes first.

mod accounts;
mod entries;
pub mod explanation;
mod facts;
mod grade;
mod hidden;
mod lead;
mod order;
mod outcome;
pub mod overrides;
mod parts;
mod previous;
mod reader;
mod standing;
mod steps;
mod temperature;

use std::collections::HashMap;

pub use accounts::AccountRanking;
pub use explanation::Explanation;
pub use facts::LeadFacts;
pub use lead::{Entry, HeldBack, Lead, Origin, Upward};
pub use outcome::Outcome;
pub use overrides::{Override, Overrides};
pub use parts::Parts;
pub use previous::{Before, Previous};
pub use reader::LeadReader;
pub use steps::{Nearest, NextStep, Step, Together, Way};

use crate::engine::{Ledger, Scoring, Unreadable};
use crate::model::Model;
use crate::model::condition::Condition;
use crate::value::Pseudonyms;
use entries::BoundLabels;
use hidden::Hidden;
use standing::{Judgements, Standing};
use steps::Potential;

/// What bears on leads beside their exports.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// What people set by hand, in a file.
    pub overrides: Option<Overrides>,
    /// The list of an earlier run.
    pub previous: Option<Previous>,
    /// Which leads are asked for; all if absent.
    pub filter: Option<Condition>,
    /// What stands in place of ids, e-mail addresses and names; they themselves if absent.
    pub pseudonyms: Option<Pseudonyms>,
    /// Whether it is asked what became of each lead.
    pub asks_outcomes: bool,
}

/// The ranked leads of a run.
#[derive(Debug)]
pub struct Ranking {
    scoring: Scoring,
    /// In rank order, disqualified leads last.
    standings: Vec<Standing>,
    /// Unnamed persons of accounts who did something.
    unnamed: Vec<Standing>,
    /// The overrides in force, by contact.
    overridden: HashMap<u32, Vec<Override>>,
    beside: Beside,
    /// What became of each contact, by its number, where that was asked.
    outcomes: Vec<Outcome>,
    /// What bounds are called in ledgers.
    bound_labels: BoundLabels,
    /// What each rule could give.
    potential: Potential,
    /// The slots of the columns that outputs carry through.
    kept: Vec<usize>,
    /// What is shown of each contact, by its number, where the run shows pseudonyms.
    hidden: Option<Vec<Hidden>>,
    /// How many contacts the file of overrides speaks of that are no leads.
    pub strangers: u64,
    /// Cells of the contacts that conditions could not read.
    pub unreadable: Vec<Unreadable>,
}

impl Ranking {
    /// Scores and ranks every lead: by total, then the newer last event, then the id in byte order; disqualified
    /// leads behind all others.
    pub fn new(mut scoring: Scoring, beside: Beside) -> Self {
        let (parts, mut unreadable) =
            scoring.score(|judged: &mut Judgements, lead| judged.add(lead, &beside));
        let mut overridden = HashMap::new();
        let mut unknown_names = 0;
        let mut met = 0;
        let mut standings: Vec<Standing> = Vec::with_capacity(scoring.contacts().len());
        let mut outcomes = Vec::new();
        if beside.asks_outcomes {
            outcomes.resize(scoring.contacts().len(), Outcome::default());
        }
        for judged in parts {
            standings.extend(judged.standings);
            overridden.extend(judged.overridden);
            for (contact, outcome) in judged.outcomes {
                outcomes[contact as usize] = outcome;
            }
            met += judged.in_file;
            unknown_names += judged.unknown_names;
        }
        let model = &scoring.plan().model;
        if let (Some(slot), 1..) = (
            model.overrides.as_ref().and_then(|o| o.temperature),
            unknown_names,
        ) {
            unreadable.push(Unreadable {
                column: model.contacts.columns.entries()[slot].name.clone(),
                wanted: "temperature",
                cells: unknown_names,
            });
        }
        let contacts = scoring.contacts();
        let mut unnamed: Vec<Standing> = standings
            .extract_if(.., |lead| lead.contact as usize >= contacts.people())
            .collect();
        unnamed.retain(|somebody| somebody.last_event.is_some());
        let mut standings = order::ranked(&standings, contacts, scoring.threads());
        take_turns(&mut standings, model);
        let pseudonyms = beside.pseudonyms.as_ref();
        let hidden = pseudonyms.map(|pseudonyms| Hidden::all(pseudonyms, &scoring));
        Self {
            bound_labels: BoundLabels::of(model),
            potential: Potential::of(model),
            hidden,
            outcomes,
            scoring,
            standings,
            unnamed,
            overridden,
            kept: Vec::new(),
            strangers: beside.overrides.as_ref().map_or(0, Overrides::contacts) - met,
            beside,
            unreadable,
        }
    }

    /// How many leads there are.
    pub fn len(&self) -> usize {
        self.standings.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.standings.is_empty()
    }

    /// How many leads are disqualified.
    pub fn disqualified(&self) -> usize {
        let first = self
            .standings
            .partition_point(|lead| lead.disqualified.is_none());
        self.len() - first
    }

    /// How many leads have an override in force.
    pub fn overridden(&self) -> usize {
        self.overridden.len()
    }

    /// What the ranking was made from.
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// What bore on it beside the exports.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    fn model(&self) -> &Model {
        &self.scoring.plan().model
    }

    /// The leads that were asked for, in rank order.
    pub fn leads(&self) -> impl Iterator<Item = Lead<'_>> {
        self.wanted().map(|(place, _)| self.lead(place))
    }

    /// The places, from 0, of the leads that were asked for.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.wanted().map(|(place, _)| place)
    }

    /// The ids that are shown of the leads that were asked for, in rank order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.wanted()
            .map(|(_, standing)| self.shown_id(standing.contact as usize))
    }

    fn wanted(&self) -> impl Iterator<Item = (usize, &Standing)> {
        let standings = self.standings.iter().enumerate();
        standings.filter(|(_, standing)| standing.is_wanted)
    }

    /// Has leads carry the cells of these slots of the contacts' columns.
    pub fn keep(&mut self, slots: Vec<usize>) {
        self.kept = slots;
    }

    /// How many leads have each temperature, the hottest first.
    pub fn mix(&self) -> Vec<(&str, u64)> {
        self.mix_of(self.standings.iter())
    }

    /// The same of the leads that were asked for.
    pub fn mix_asked_for(&self) -> Vec<(&str, u64)> {
        self.mix_of(self.wanted().map(|(_, standing)| standing))
    }

    fn mix_of<'s>(&self, standings: impl Iterator<Item = &'s Standing>) -> Vec<(&str, u64)> {
        let mut mix: Vec<(&str, u64)> = self
            .model()
            .temperatures
            .iter()
            .map(|temperature| (temperature.name.as_str(), 0))
            .collect();
        for standing in standings {
            mix[usize::from(standing.temperature)].1 += 1;
        }
        mix
    }

    /// The place, from 0, of a contact in the list; None if it is no lead.
    pub fn place_of(&self, contact: usize) -> Option<usize> {
        self.standings
            .iter()
            .position(|standing| standing.contact as usize == contact)
    }

    /// The contact's number and the ledger of the lead in a place, from 0.
    pub fn ledger(&self, place: usize) -> (usize, Ledger<'_>) {
        let contact = self.standings[place].contact as usize;
        (contact, self.scoring.ledger(contact))
    }

    /// The overrides of a contact that are in force.
    fn overrides_of(&self, contact: usize) -> &[Override] {
        let contact = u32::try_from(contact).ok();
        let overrides = contact.and_then(|contact| self.overridden.get(&contact));
        overrides.map_or(&[], Vec::as_slice)
    }

    /// The name of the temperature of the lead in a place, from 0.
    pub fn temperature_at(&self, place: usize) -> &str {
        let temperature = self.standings[place].temperature;
        &self.model().temperatures[usize::from(temperature)].name
    }

    /// Has what is read of the leads in these places loaded at once.
    pub fn touch(&self, places: &[u32]) {
        let contact = |place: &u32| self.standings[*place as usize].contact as usize;
        self.scoring.contacts().touch(places.iter().map(contact));
    }

    /// The lead in a place, from 0.
    pub fn lead(&self, place: usize) -> Lead<'_> {
        self.lead_with(place, Parts::ALL)
    }

    /// The lead in a place, from 0, with these parts.
    pub fn lead_with(&self, place: usize, parts: Parts) -> Lead<'_> {
        let mut reader = self.reader(parts);
        reader.read(place);
        reader.into_lead()
    }

    /// Reads leads one after the other, with these parts.
    pub fn reader(&self, parts: Parts) -> LeadReader<'_> {
        LeadReader::new(self, parts)
    }
}

/// Gives each lead of a route its turn, by rank.
fn take_turns(standings: &mut [Standing], model: &Model) {
    let mut turns = vec![0; model.routes.len()];
    for standing in standings {
        if let Some(route) = standing.route {
            let turn = &mut turns[usize::from(route)];
            standing.turn = *turn;
            *turn += 1;
        }
    }
}
