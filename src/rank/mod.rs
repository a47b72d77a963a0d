//! Ledgers to an ordered list: what each lead's score is called, whether it earns that name, and who comes first.

pub mod explanation;
mod lead;
mod steps;
mod temperature;

use std::borrow::Cow;
use std::cmp::Reverse;

pub use explanation::Explanation;
pub use lead::{Entry, HeldBack, Lead, Origin};
pub use steps::{Step, Way, ways_up};

use crate::engine::{BottomLine, InHand, Ledger, Scoring, Unreadable};
use crate::model::Model;
use crate::value::{Instant, Points};

/// Where a lead stands: all that ordering and labels need, in little memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    contact: u32,
    total: Points,
    last_event: Option<Instant>,
    temperature: u32,
    /// A bit for each checklist item that is met.
    checklist: u64,
}

/// The ranked leads of a run.
#[derive(Debug)]
pub struct Ranking {
    scoring: Scoring,
    standings: Vec<Standing>,
    /// Cells of the contacts that conditions could not read.
    pub unreadable: Vec<Unreadable>,
}

impl Ranking {
    /// Scores and ranks every lead: by total, then the newer last event, then the id in byte order.
    pub fn new(mut scoring: Scoring) -> Self {
        let (mut standings, unreadable) = scoring.score(standing);
        let contacts = scoring.contacts();
        standings.sort_unstable_by(|a, b| {
            let key = |lead: &Standing| (Reverse(lead.total), Reverse(lead.last_event));
            key(a).cmp(&key(b)).then_with(|| {
                contacts
                    .id(a.contact as usize)
                    .cmp(contacts.id(b.contact as usize))
            })
        });
        Self {
            scoring,
            standings,
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

    /// What the ranking was made from.
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    fn model(&self) -> &Model {
        &self.scoring.plan().model
    }

    /// The leads in rank order.
    pub fn leads(&self) -> impl Iterator<Item = Lead<'_>> {
        (0..self.len()).map(|place| self.lead(place))
    }

    /// How many leads have each temperature, the hottest first.
    pub fn mix(&self) -> Vec<(&str, u64)> {
        let mut mix: Vec<(&str, u64)> = self
            .model()
            .temperatures
            .iter()
            .map(|temperature| (temperature.name.as_str(), 0))
            .collect();
        for standing in &self.standings {
            mix[standing.temperature as usize].1 += 1;
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

    /// The lead in a place, from 0.
    pub fn lead(&self, place: usize) -> Lead<'_> {
        let standing = self.standings[place];
        let contact = standing.contact as usize;
        let model = self.model();
        let ledger = self.scoring.ledger(contact);
        let temperature = &model.temperatures[standing.temperature as usize];
        let is_met = |item: usize| standing.checklist >> item & 1 == 1;
        let person = &model.contacts.person;
        let cells = self.scoring.cells(contact);
        let cell = |slot: usize| self.scoring.known(cells[slot]);
        let bottom_line = ledger.bottom_line();
        Lead {
            rank: place as u64 + 1,
            id: cells[model.contacts.id],
            name: name(
                cell(person.name),
                cell(person.first_name),
                cell(person.last_name),
            ),
            email: cell(person.email),
            owner: cell(person.owner),
            source: cell(person.source),
            score: bottom_line.score,
            temperature: &temperature.name,
            tag: temperature.tag.as_deref(),
            color: temperature.color.as_deref(),
            action: temperature.action.as_deref(),
            checklist: model
                .checklist
                .iter()
                .enumerate()
                .map(|(item, question)| (question.name.as_str(), is_met(item)))
                .collect(),
            held_back: temperature::held_back(model, bottom_line.score, standing.checklist),
            last_event: standing.last_event,
            groups: model
                .groups
                .iter()
                .enumerate()
                .map(|(group, bounds)| (bounds.name.as_str(), ledger.group(group)))
                .collect(),
            ledger: entries(model, &ledger, &bottom_line),
        }
    }
}

fn standing(lead: &InHand<'_>) -> Standing {
    let model = lead.ledger.model();
    let checklist = model
        .checklist
        .iter()
        .enumerate()
        .filter(|(_, item)| item.when.is_met(lead.scope))
        .fold(0, |bits, (item, _)| bits | 1 << item);
    let temperature = temperature::of(model, lead.ledger.score(), checklist);
    Standing {
        contact: u32::try_from(lead.contact).expect("contacts are numbered by 32 bits"),
        total: lead.ledger.total(),
        last_event: lead.last_event,
        temperature: u32::try_from(temperature).expect("a model has few temperatures"),
        checklist,
    }
}

/// The whole name, or the first and the last.
fn name<'r>(
    whole: Option<&'r str>,
    first: Option<&'r str>,
    last: Option<&'r str>,
) -> Option<Cow<'r, str>> {
    match (whole, first, last) {
        (Some(name), _, _) | (None, Some(name), None) | (None, None, Some(name)) => {
            Some(Cow::Borrowed(name))
        }
        (None, Some(first), Some(last)) => Some(Cow::Owned(format!("{first} {last}"))),
        (None, None, None) => None,
    }
}

/// The ledger's entries that are not nothing; they sum to the score.
fn entries<'run>(
    model: &'run Model,
    ledger: &Ledger<'run>,
    bottom_line: &BottomLine,
) -> Vec<Entry<'run>> {
    let rules = ledger
        .rules()
        .filter(|(_, points)| *points != Points::ZERO)
        .map(|(rule, points)| Entry {
            origin: Origin::Rule(&rule.id),
            label: Cow::Borrowed(rule.name.as_str()),
            points,
        });
    let groups = model
        .groups
        .iter()
        .enumerate()
        .filter_map(|(number, group)| {
            let points = ledger.group_change(number);
            let bound = if points < Points::ZERO {
                group.max
            } else {
                group.min
            };
            let label = match bound {
                _ if points == Points::ZERO => return None,
                Some(max) if points < Points::ZERO => format!("{}: at most {max}", group.label),
                Some(min) => format!("{}: at least {min}", group.label),
                None => group.label.clone(),
            };
            Some(Entry {
                origin: Origin::Group(&group.name),
                label: Cow::Owned(label),
                points,
            })
        });
    let score = |label, points| {
        (points != Points::ZERO).then_some(Entry {
            origin: Origin::Score,
            label,
            points,
        })
    };
    let bounds = bottom_line.bounds_change;
    let bounds_label = match bounds {
        Points::ZERO => Cow::Borrowed(""),
        bounds if bounds < Points::ZERO => {
            Cow::Owned(format!("Score: at most {}", model.score.max))
        }
        _ => Cow::Owned(format!("Score: at least {}", model.score.min)),
    };
    rules
        .chain(groups)
        .chain(score(bounds_label, bounds))
        .chain(score(Cow::Borrowed("Rounding"), bottom_line.rounding))
        .collect()
}
