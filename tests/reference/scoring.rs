//! From signals to a score: rules, groups, the clamp, the temperature, the
//! checklist and the order of the leads.

use super::Scored;
use super::calendar;
use super::condition::{Reading, Value};
use super::decimal::{Decimal, round_small};
use super::exports::{Contact, Event};
use super::model::{Band, Form, Model, Rule, Source, Temperature};
use super::signals;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where points stop growing, in thousandths.
const MOST_POINTS: i128 = 1_000_000_000_000_000;

/// Scores the contacts that are leads and puts them in rank order.
pub fn score(model: &Model, contacts: &[Contact], events: &[Event], as_of: i64) -> Vec<Scored> {
    let today = calendar::day_of(as_of, &model.zone);
    let reading = |decimal| Reading {
        decimal,
        zone: model.zone.clone(),
        today,
    };
    let of_contacts = reading(model.contacts.decimal);
    let of_events = reading(model.events.decimal);

    let mut scored = Vec::new();
    for contact in contacts {
        let column = |name: &str| contact.columns.get(name);
        if model
            .contacts
            .only
            .as_ref()
            .is_some_and(|only| !only.holds(&column, &of_contacts))
        {
            continue;
        }
        let own: Vec<&Event> = events
            .iter()
            .filter(|event| event.key == contact.key && event.instant <= as_of)
            .collect();
        let signals = model
            .signals
            .iter()
            .map(|(name, signal)| (name.clone(), signals::measure(signal, &own, &of_events)))
            .collect();
        let mut lead = score_one(model, contact, &signals, &of_contacts);
        lead.last_event = own.iter().map(|event| event.instant).max();
        scored.push(lead);
    }
    // No event sorts before any event, so that its reverse comes last.
    scored.sort_by_key(|lead| {
        (
            Reverse(lead.total_thousandths),
            Reverse(lead.last_event),
            lead.id.clone(),
        )
    });
    scored
}

fn score_one(
    model: &Model,
    contact: &Contact,
    signals: &BTreeMap<String, Option<Decimal>>,
    reading: &Reading,
) -> Scored {
    let known = |name: &str| match signals.get(name) {
        Some(value) => (*value).into(),
        None => contact.columns.get(name),
    };
    let points: Vec<i64> = model
        .rules
        .iter()
        .map(|rule| contribution(rule, &known, reading))
        .collect();
    let rules_of = |group: Option<&str>| -> i64 {
        let rules = model.rules.iter().zip(&points);
        rules
            .filter(|(rule, _)| rule.group.as_deref() == group)
            .map(|(_, points)| points)
            .sum()
    };

    let mut ledger = Vec::new();
    for (rule, points) in model.rules.iter().zip(&points) {
        ledger.push((format!("rule:{}", rule.id), *points));
    }
    let mut total = rules_of(None);
    let mut groups = Vec::new();
    for group in &model.groups {
        let sum = rules_of(Some(&group.name));
        let bounded = bound(sum, group.min, group.max);
        ledger.push((format!("group:{}", group.name), bounded - sum));
        groups.push((group.name.clone(), bounded));
        total += bounded;
    }
    let clamped = bound(total, Some(model.min), Some(model.max));
    let shown = round_to(clamped, model.decimals);
    ledger.push(("score".to_owned(), shown - total));
    ledger.retain(|(_, points)| *points != 0);

    let known_after_scoring = |name: &str| {
        if name == "score" {
            return as_number(shown);
        }
        match name.strip_prefix("groups.") {
            Some(name) => {
                let (_, sum) = groups
                    .iter()
                    .find(|(group, _)| group == name)
                    .expect("a group");
                as_number(*sum)
            }
            None => known(name),
        }
    };
    let checklist: Vec<(String, bool)> = model
        .checklist
        .iter()
        .map(|(name, condition)| (name.clone(), condition.holds(&known_after_scoring, reading)))
        .collect();

    Scored {
        id: contact.id.clone(),
        score: Decimal(i128::from(shown) * 1000).to_string(),
        total_thousandths: clamped,
        temperature: temperature(&model.temperatures, shown, &checklist),
        checklist,
        ledger,
        groups,
        last_event: None,
    }
}

fn as_number(thousandths: i64) -> Value {
    Value::Number(Decimal(i128::from(thousandths) * 1000))
}

fn bound(points: i64, min: Option<i64>, max: Option<i64>) -> i64 {
    points
        .max(min.unwrap_or(i64::MIN))
        .min(max.unwrap_or(i64::MAX))
}

fn round_to(thousandths: i64, decimals: u32) -> i64 {
    let unit = 10_i64.pow(3 - decimals);
    let units = round_small(thousandths.into(), unit.into());
    i64::try_from(units).expect("a score is small") * unit
}

/// The points of a rule, rounded to a thousandth and bounded.
fn contribution(rule: &Rule, known: &dyn Fn(&str) -> Value, reading: &Reading) -> i64 {
    let number = |of: &Source| match of {
        Source::Signal(name) | Source::Column(name) => known(name).as_number(reading),
    };
    let points = match &rule.form {
        Form::When { condition, points } if condition.holds(known, reading) => *points,
        Form::When { .. } => 0,
        Form::ForEach { of, points } => number(of).map_or(0, |units| for_each(units, *points)),
        Form::Bands {
            of,
            bands,
            upto,
            blank,
        } => number(of).map_or(*blank, |value| in_band(value, bands, *upto)),
        Form::Values {
            column,
            values,
            other,
            blank,
        } => match known(column).as_text() {
            None => *blank,
            Some(cell) => {
                let listed = values.iter().find(|(value, _)| value == cell);
                listed.map_or(*other, |(_, points)| *points)
            }
        },
    };
    bound(points, rule.min, rule.max)
}

fn for_each(units: Decimal, points: i64) -> i64 {
    let thousandths = round_small(units.0 * i128::from(points), 1_000_000);
    let thousandths = thousandths.clamp(-MOST_POINTS, MOST_POINTS);
    i64::try_from(thousandths).expect("within the most points")
}

/// The points of the band that the value is in: the largest `from` not above
/// it, or the smallest `upto` not below it.
fn in_band(value: Decimal, bands: &[Band], upto: bool) -> i64 {
    let band = if upto {
        bands
            .iter()
            .filter(|band| band.edge >= value)
            .min_by_key(|band| band.edge)
    } else {
        bands
            .iter()
            .filter(|band| band.edge <= value)
            .max_by_key(|band| band.edge)
    };
    band.map_or(0, |band| band.points)
}

/// The temperature with the largest `from` not above the score whose
/// requirements are met; the lowest has none that could fail it.
fn temperature(temperatures: &[Temperature], shown: i64, checklist: &[(String, bool)]) -> String {
    let is_met = |item: &String| checklist.iter().any(|(name, holds)| name == item && *holds);
    let mut highest_first: Vec<&Temperature> = temperatures.iter().collect();
    highest_first.sort_by_key(|temperature| Reverse(temperature.from));
    let reached = highest_first
        .iter()
        .find(|temperature| temperature.from <= shown && temperature.requires.iter().all(is_met));
    reached
        .or(highest_first.last())
        .expect("a model has temperatures")
        .name
        .clone()
}
