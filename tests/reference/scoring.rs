//! A run over people: each is scored by itself, then all are put in order and their routes assigned.

use super::calendar;
use super::condition::Reading;
use super::decimal::Decimal;
use super::exports::{Columns, Contact, Event};
use super::model::Model;
use super::names::Names;
use super::outcome::{Given, coldest, missing, outcome};
use super::overrides::ByHand;
use super::previous::Previous;
use super::signals;
use super::tally::tally;
use super::{Row, Scored};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is the same for all leads of a run.
pub struct Run<'a> {
    pub model: &'a Model,
    /// The rows of the file of overrides.
    pub overrides: &'a [Row],
    /// The leads of the run before.
    pub previous: BTreeMap<String, Previous>,
    pub as_of: i64,
}

/// Scores the contacts that are leads and puts them in rank order.
pub fn score(run: &Run, contacts: &[Contact], events: &[Event]) -> Vec<Scored> {
    let mut scored: Vec<Scored> = run
        .leads(contacts)
        .map(|contact| {
            let own = |event: &&Event| !event.key.is_empty() && event.key == contact.key;
            run.person(&contact.id, &contact.columns, events.iter().filter(own))
        })
        .collect();
    rank(&mut scored);
    assign(run.model, &mut scored);
    scored
}

/// No event sorts before any event, so that its reverse comes last.
fn rank(leads: &mut [Scored]) {
    leads.sort_by_key(|lead| {
        (
            lead.disqualified.is_some(),
            Reverse(lead.total_thousandths),
            Reverse(lead.last_event),
            lead.id.clone(),
        )
    });
    let ranked = leads.iter_mut().filter(|lead| lead.disqualified.is_none());
    for (rank, lead) in (1..).zip(ranked) {
        lead.rank = Some(rank);
    }
}

/// Gives the leads of each route to its people in turn.
fn assign(model: &Model, leads: &mut [Scored]) {
    for route in &model.routes {
        if route.assign.is_empty() {
            continue;
        }
        let of_route = leads
            .iter_mut()
            .filter(|lead| lead.route.as_ref() == Some(&route.to));
        for (lead, person) in of_route.zip(route.assign.iter().cycle()) {
            lead.assigned_to = Some(person.clone());
        }
    }
}

impl Run<'_> {
    /// The contacts that are leads at all.
    pub fn leads<'a>(&self, contacts: &'a [Contact]) -> impl Iterator<Item = &'a Contact> {
        let reading = self.reading(self.model.contacts.decimal);
        contacts.iter().filter(move |contact| {
            let only = self.model.contacts.only.as_ref();
            only.is_none_or(|only| Names::of(&contact.columns).meet(only, &reading))
        })
    }

    fn reading(&self, decimal: char) -> Reading {
        Reading {
            decimal,
            zone: self.model.zone.clone(),
            today: calendar::day_of(self.as_of, &self.model.zone),
        }
    }

    /// Scores one person by its columns and its events, of which those after
    /// as-of do not count.
    pub fn person<'a>(
        &self,
        id: &str,
        columns: &Columns,
        events: impl Iterator<Item = &'a Event>,
    ) -> Scored {
        let model = self.model;
        let reading = self.reading(model.contacts.decimal);
        let of_events = self.reading(model.events.decimal);
        let events: Vec<&Event> = events.filter(|event| event.instant <= self.as_of).collect();

        let mut names = Names::of(columns);
        for (name, signal) in &model.signals {
            let value = signals::measure(signal, &events, &of_events);
            names.set(name.clone(), value.into());
        }
        let tally = tally(model, &names, &reading);

        let previous = self.previous.get(id);
        let by_hand = ByHand::of(model, id, columns, self.overrides, &reading);
        let (total, overridden) = by_hand.on_total(model, tally.total);
        let computed = Given {
            previous: previous.map(|previous| previous.temperature.as_str()),
            ..Given::default()
        };
        let given = Given {
            by_hand: by_hand.temperature.as_deref(),
            is_excluded: by_hand.is_excluded,
            ..computed
        };
        let work_out =
            |total, given| outcome(model, names.clone(), &tally.groups, total, given, &reading);
        let without_overrides = work_out(tally.total, computed);
        let lead = work_out(total, given);
        // The model's own disqualification is not set by hand.
        let computed_temperature = if lead.disqualified.is_some() && !by_hand.is_excluded {
            coldest(model)
        } else {
            without_overrides.temperature_by_score
        };

        let mut ledger = tally.ledger;
        ledger.extend(overridden);
        let so_far: i64 = ledger.iter().map(|(_, points)| points).sum();
        ledger.push(("score".to_owned(), lead.shown - so_far));
        let (score, total) = match lead.disqualified {
            Some(_) => (0, 0),
            None => (lead.shown, total),
        };
        ledger.push(("disqualified".to_owned(), score - lead.shown));
        ledger.retain(|(_, points)| *points != 0);

        Scored {
            id: id.to_owned(),
            rank: None,
            score: shown(score),
            total_thousandths: total,
            temperature: lead.temperature,
            computed_temperature,
            is_overridden: by_hand.is_any(),
            disqualified: lead.disqualified,
            stage: lead.stage,
            grade: lead.grade,
            missing: missing(model, &lead.checklist),
            checklist: lead.checklist,
            route: lead.route.map(|route| model.routes[route].to.clone()),
            assigned_to: None,
            ledger,
            groups: tally.groups,
            previous_score: previous.map(|previous| shown(previous.score)),
            change: previous.map(|previous| shown(score - previous.score)),
            last_event: events.iter().map(|event| event.instant).max(),
        }
    }
}

/// Thousandths with no decimals that they do not need.
pub fn shown(thousandths: i64) -> String {
    Decimal(i128::from(thousandths) * 1000).to_string()
}
