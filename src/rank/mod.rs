//! Ledgers to an ordered list: what each lead's score is called, whether it earns that name, and who comes first.

mod accounts;
pub mod explanation;
mod facts;
mod grade;
mod hidden;
mod lead;
mod outcome;
pub mod overrides;
mod previous;
mod standing;
mod steps;
mod temperature;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

pub use accounts::AccountRanking;
pub use explanation::Explanation;
pub use facts::LeadFacts;
pub use lead::{Entry, HeldBack, Lead, Origin, Upward};
pub use outcome::Outcome;
pub use overrides::{Override, Overrides};
pub use previous::{Before, Previous};
pub use steps::{Nearest, Step, Together, Way, ways_up};

use crate::engine::{Ledger, Scoring, Unreadable};
use crate::model::Model;
use crate::model::condition::Condition;
use crate::value::{Points, Pseudonyms};
use hidden::Hidden;
use overrides::apply;
use standing::{Judged, Standing, judge};

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
        let (judged, mut unreadable) = scoring.score(|lead| judge(lead, &beside));
        let mut overridden = HashMap::new();
        let mut unknown_names = 0;
        let mut met = 0;
        let mut standings: Vec<Standing> = Vec::with_capacity(judged.len());
        let mut outcomes = Vec::new();
        if beside.asks_outcomes {
            outcomes.resize(scoring.contacts().len(), Outcome::default());
        }
        for Judged {
            standing,
            overrides,
            is_in_file,
            names_no_temperature,
            outcome,
        } in judged
        {
            if let Some(outcome) = outcome {
                outcomes[standing.contact as usize] = outcome;
            }
            met += u64::from(is_in_file);
            if !overrides.is_empty() {
                overridden.insert(standing.contact, overrides);
            }
            unknown_names += u64::from(names_no_temperature);
            standings.push(standing);
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
        standings.sort_unstable_by(|a, b| {
            let key = |lead: &Standing| {
                (
                    lead.disqualified.is_some(),
                    Reverse(lead.total),
                    Reverse(lead.last_event),
                )
            };
            key(a).cmp(&key(b)).then_with(|| {
                contacts
                    .id(a.contact as usize)
                    .cmp(contacts.id(b.contact as usize))
            })
        });
        take_turns(&mut standings, model);
        let pseudonyms = beside.pseudonyms.as_ref();
        let hidden = pseudonyms.map(|pseudonyms| Hidden::all(pseudonyms, &scoring));
        Self {
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

    /// The lead in a place, from 0.
    pub fn lead(&self, place: usize) -> Lead<'_> {
        let standing = self.standings[place];
        let contact = standing.contact as usize;
        let model = self.model();
        let ledger = self.scoring.ledger(contact);
        let temperature = &model.temperatures[usize::from(standing.temperature)];
        let computed = usize::from(standing.computed_temperature);
        let person = &model.contacts.person;
        let cells = self.scoring.cells(contact);
        let cell = |slot: usize| self.scoring.known(cells[slot]);
        let overrides = self.overridden.get(&standing.contact);
        let overrides = overrides.map_or(&[] as &[_], Vec::as_slice);
        let disqualified = standing.disqualified.map(|reason| reason.name(model));
        let is_pursued = disqualified.is_none();
        let route = standing
            .route
            .map(|route| &model.routes[usize::from(route)]);
        let assigned_to = route.filter(|route| !route.assign.is_empty()).map(|route| {
            let turn = standing.turn as usize % route.assign.len();
            route.assign[turn].as_str()
        });
        let before = self.beside.before(cells[model.contacts.id]);
        let previous = before.and_then(|before| before.temperature);
        let shown = standing.total.rounded(model.score.decimals);
        let by_score = temperature::by_score(model, shown, previous);
        let ledger_entries = entries(model, &ledger, overrides, disqualified);
        Lead {
            rank: is_pursued.then_some(place as u64 + 1),
            id: self.shown_id(contact),
            people: 1,
            name: self.shown_name(contact),
            email: self.shown_email(contact),
            owner: cell(person.owner),
            source: cell(person.source),
            score: ledger_entries.iter().map(|entry| entry.points).sum(),
            temperature: &temperature.name,
            tag: temperature.tag.as_deref(),
            color: temperature.color.as_deref(),
            action: temperature.action.as_deref().filter(|_| is_pursued),
            stage: standing
                .stage
                .map(|stage| model.stages[usize::from(stage)].name.as_str()),
            grade: is_pursued
                .then(|| grade::of(model, &ledger))
                .filter(|grade| !grade.is_empty()),
            route: route.map(|route| route.to.as_str()),
            assigned_to,
            is_kept: is_pursued
                && standing.temperature == standing.computed_temperature
                && shown < temperature.from
                && previous == Some(computed),
            disqualified,
            checklist: answers(model, standing.checklist),
            missing: missing(model, standing.checklist),
            held_back: if is_pursued && standing.temperature == standing.computed_temperature {
                temperature::held_back(model, by_score.min(computed)..computed, standing.checklist)
            } else {
                Vec::new()
            },
            upward: is_pursued.then_some(Upward {
                ledger,
                checklist: standing.checklist,
                temperature: computed,
                previous,
            }),
            last_event: standing.last_event,
            groups: model
                .groups
                .iter()
                .enumerate()
                .map(|(group, bounds)| (bounds.name.as_str(), ledger.group(group)))
                .collect(),
            computed_temperature: &model.temperatures[computed].name,
            overrides: overrides.iter().map(|one| one.describe(model)).collect(),
            previous_score: before.and_then(|before| before.score),
            tags_before: cell(person.tags),
            kept: self
                .kept
                .iter()
                .map(|slot| self.kept_cell(contact, *slot, cells[*slot]))
                .collect(),
            ledger: ledger_entries,
        }
    }
}

/// Every item of the checklist and whether it is met, by a bit for each.
fn answers(model: &Model, checklist: u64) -> Vec<(&str, bool)> {
    let items = model.checklist.iter().enumerate();
    items
        .map(|(item, question)| (question.name.as_str(), checklist >> item & 1 == 1))
        .collect()
}

/// The labels of the checklist's items that are not met.
fn missing(model: &Model, checklist: u64) -> Vec<&str> {
    let items = model.checklist.iter().enumerate();
    items
        .filter(|(item, _)| checklist >> item & 1 == 0)
        .map(|(_, question)| question.label.as_str())
        .collect()
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
    overrides: &[Override],
    disqualified: Option<&'run str>,
) -> Vec<Entry<'run>> {
    let bottom_line = ledger.bottom_line();
    let mut entries = Vec::new();
    let mut push = |origin, label: Cow<'run, str>, points: Points| {
        if points != Points::ZERO {
            entries.push(Entry {
                origin,
                label,
                points,
            });
        }
    };
    for (rule, points) in ledger.rules() {
        push(Origin::Rule(&rule.id), Cow::Borrowed(&rule.name), points);
    }
    for (number, group) in model.groups.iter().enumerate() {
        let points = ledger.group_change(number);
        let bound = if points < Points::ZERO {
            group.max
        } else {
            group.min
        };
        let label = match bound {
            Some(max) if points < Points::ZERO => format!("{}: at most {max}", group.label),
            Some(min) => format!("{}: at least {min}", group.label),
            None => group.label.clone(),
        };
        push(Origin::Group(&group.name), Cow::Owned(label), points);
    }
    let share = Cow::Borrowed("Share of what can be reached");
    push(Origin::Score, share, bottom_line.scale_change);
    let bounds = |change: Points| {
        Cow::Owned(if change < Points::ZERO {
            format!("Score: at most {}", model.score.max)
        } else {
            format!("Score: at least {}", model.score.min)
        })
    };
    let change = bottom_line.bounds_change;
    push(Origin::Score, bounds(change), change);
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
    push(Origin::Score, bounds(change), change);
    let score = overridden.total.rounded(model.score.decimals);
    push(
        Origin::Score,
        Cow::Borrowed("Rounding"),
        score - overridden.total,
    );
    if let Some(reason) = disqualified {
        let label = Cow::Owned(format!("Disqualified: {reason}"));
        push(Origin::Disqualified(reason), label, -score);
    }
    entries
}
