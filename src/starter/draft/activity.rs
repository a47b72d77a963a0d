//! Signals and rules over what leads did: their events, and the counters that exports carry with the contacts.

use std::collections::BTreeMap;

use super::super::cases::DAY;
use super::super::event_types::{ANSWER, Area, BOUNCES, GOODBYES, Scoring, Use, recognise};
use super::super::roles::Role;
use super::super::toml;
use super::{Draft, Ending, EventType, Evidence, ExampleEvent, Group, Signal, Worth};
use crate::value::folded;

/// How quick answers are worth what.
const QUICKNESS: [(&str, u32); 3] = [("1 hour", 100), ("4 hours", 70), ("1 day", 40)];
/// Spellings of one type, and types without a rule, that a model lists.
const MOST_LISTED: usize = 30;

/// Adds the types, signals and rules of events, and the rules of counters.
pub(super) fn add(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    if evidence.events.is_some() {
        add_types(draft, evidence);
        add_signals(draft, evidence);
    }
    add_counters(draft, evidence);
    add_endings(draft, evidence);
}

/// Sorts the spellings of types into those known and others.
fn add_types(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let Some((survey, columns)) = evidence.events else {
        return;
    };
    // A spelling in other capitals is the same to a run.
    let mut spellings: BTreeMap<String, (&str, u64)> = BTreeMap::new();
    for (spelling, events) in survey.columns[columns.kind].facts.values.by_frequency() {
        let same = spellings
            .entry(spelling.to_ascii_lowercase())
            .or_insert((spelling, 0));
        same.1 += events;
    }
    let mut spellings: Vec<(&str, u64)> = spellings.into_values().collect();
    spellings.sort_by_key(|(_, events)| std::cmp::Reverse(*events));
    for (spelling, events) in spellings {
        let by_preset = survey.types_of(spelling).find_map(recognise);
        let Some(known) = by_preset.or_else(|| recognise(spelling)) else {
            draft.other_types.push((spelling.to_owned(), events));
            continue;
        };
        match draft.types.iter_mut().find(|kind| kind.name == known.name) {
            Some(kind) if kind.spellings.len() < MOST_LISTED => {
                kind.spellings.push(spelling.to_owned());
                kind.events += events;
            }
            Some(_) => draft.other_types.push((spelling.to_owned(), events)),
            None => draft.types.push(EventType {
                name: known.name,
                use_for: known.use_for,
                spellings: vec![spelling.to_owned()],
                events,
            }),
        }
    }
    draft.other_types.truncate(MOST_LISTED);
}

/// What becomes of the types that the events have.
fn uses(draft: &Draft<'_>) -> Vec<(&'static str, Use)> {
    let types = draft.types.iter();
    types.map(|kind| (kind.name, kind.use_for)).collect()
}

fn add_signals(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    let filter = done(draft, evidence);
    let filter = filter.as_deref();
    let uses = uses(draft);
    let find = |wanted: fn(&Use) -> bool| {
        uses.iter()
            .find(|(_, use_for)| wanted(use_for))
            .map(|(name, _)| *name)
    };
    for (kind, use_for) in &uses {
        match use_for {
            Use::Rule(scoring) | Use::Reply(scoring) => {
                add_rule(draft, evidence, kind, scoring, filter);
            }
            Use::Goodbye => add_ending(draft, GOODBYES, kind, None),
            Use::Bounce => add_ending(draft, BOUNCES, kind, Some(180)),
            Use::Outreach => {}
        }
    }
    let outreach = find(|use_for| matches!(use_for, Use::Outreach));
    let reply = find(|use_for| matches!(use_for, Use::Reply(_)));
    if let (Some(from), Some(to)) = (outreach, reply) {
        let keys = format!(
            "measure = \"response\", from = {}, to = {}, take = \"median\"{}, within = \"180 days\"",
            toml::text(from),
            toml::text(to),
            filter
                .map(|filter| format!(", where = {}", toml::text(filter)))
                .unwrap_or_default(),
        );
        draft.signals.push(Signal { name: ANSWER, keys });
        draft.rule(
            "Answers quickly",
            Group::Engagement,
            10,
            Worth::Quickness(ANSWER, &QUICKNESS),
        );
        draft.example.events.push(ExampleEvent {
            kind: from,
            distinct: None,
            full: 1,
        });
    }
}

/// The condition that an event took place, where planned ones stand among them.
fn done(draft: &mut Draft<'_>, evidence: &Evidence<'_>) -> Option<String> {
    let (column, values) = evidence.events?.1.done.as_ref()?;
    let name = draft.events.as_mut()?.own_name(*column);
    let quoted: Vec<String> = values.iter().map(|value| toml::literal(value)).collect();
    draft.example.event_cell = Some((name.clone(), values.first()?.clone()));
    Some(match quoted.as_slice() {
        [one] => format!("{name} = {one}"),
        several => format!("{name} IN ({})", several.join(", ")),
    })
}

fn add_rule(
    draft: &mut Draft<'_>,
    evidence: &Evidence<'_>,
    kind: &'static str,
    scoring: &'static Scoring,
    filter: Option<&str>,
) {
    let distinct = distinct_column(draft, evidence, scoring);
    let mut keys = format!("event = {}", toml::text(kind));
    if let Some(column) = &distinct {
        keys.push_str(&format!(
            ", measure = \"distinct\", of = {}",
            toml::text(column)
        ));
    }
    if let Some(filter) = filter {
        keys.push_str(&format!(", where = {}", toml::text(filter)));
    }
    keys.push_str(&format!(", within = \"{} days\"", scoring.within));
    if distinct.is_none() {
        if let Some(days) = scoring.half_life {
            keys.push_str(&format!(", decay = {{ half_life = \"{days} days\" }}"));
        }
        if let Some(most) = scoring.per_day {
            keys.push_str(&format!(", limit = {{ per = \"day\", max = {most} }}"));
        }
    }
    draft.signals.push(Signal {
        name: scoring.signal,
        keys,
    });
    let group = match scoring.area {
        Area::Engagement => Group::Engagement,
        Area::Behaviour => Group::Behaviour,
    };
    let worth = if scoring.full == 1 {
        Worth::When(format!("{} >= 1", scoring.signal))
    } else {
        Worth::EachOfSignal(scoring.signal, scoring.full)
    };
    draft.rule(scoring.rule, group, scoring.weight, worth);
    if distinct.is_some() {
        draft.note("Different ones: the same one again does not count twice.");
    }
    draft.example.events.push(ExampleEvent {
        kind,
        distinct,
        full: scoring.full,
    });
}

/// The column whose different values are counted, if the events have one that says something.
fn distinct_column(
    draft: &mut Draft<'_>,
    evidence: &Evidence<'_>,
    scoring: &Scoring,
) -> Option<String> {
    let (survey, columns) = evidence.events?;
    let taken = [columns.contact, columns.kind, columns.time];
    let column = scoring.distinct.iter().find_map(|wanted| {
        let fits = |column: &usize| {
            let it = &survey.columns[*column];
            !taken.contains(column)
                && it.is_everywhere
                && !it.facts.is_empty()
                && folded(&it.snake) == folded(wanted)
        };
        (0..survey.columns.len()).find(fits)
    })?;
    Some(draft.events.as_mut()?.own_name(column))
}

fn add_ending(draft: &mut Draft<'_>, name: &'static str, kind: &str, within: Option<u32>) {
    let within = within.map(|days| format!(", within = \"{days} days\""));
    let keys = format!("event = {}{}", toml::text(kind), within.unwrap_or_default());
    draft.signals.push(Signal { name, keys });
}

/// Rules over counters, but for what the events tell as well.
fn add_counters(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    for (column, kind) in &evidence.roles.counters {
        if draft.types.iter().any(|known| known.name == *kind) {
            continue;
        }
        let (rule, group, weight) = match *kind {
            "page_view" => ("Visits the website", Group::Engagement, 10),
            "email_open" => ("Opens our emails", Group::Engagement, 8),
            "email_click" => ("Clicks in our emails", Group::Engagement, 10),
            "reply" => ("Answers us", Group::Behaviour, 9),
            "form_submit" => ("Fills in our forms", Group::Behaviour, 10),
            "meeting" => ("Met us", Group::Behaviour, 12),
            _ => ("Downloads what we offer", Group::Engagement, 8),
        };
        let facts = &evidence.contacts.columns[*column].facts;
        let full = evidence.decimals.quantile(facts, 75).unwrap_or(1).max(1);
        let name = draft.contacts.own_name(*column);
        // Points for each are rounded up, so that so many give them all.
        draft.example(&name, full.to_string());
        draft.rule(rule, group, weight, Worth::EachOfColumn(name, full));
    }
}

/// Reasons to pursue a lead no more, of events and columns.
fn add_endings(draft: &mut Draft<'_>, evidence: &Evidence<'_>) {
    for (reason, role, signal, kind, events) in [
        ("unsubscribed", Role::OptOut, GOODBYES, "unsubscribe", 1),
        ("undeliverable", Role::Bounced, BOUNCES, "bounce", 2),
    ] {
        let mut parts = Vec::new();
        let mut cell = None;
        if let Some(name) = draft.column(role, evidence)
            && let Some(column) = evidence.roles.get(role)
        {
            let is_flag = evidence.contacts.columns[column].facts.holds_yes_no();
            cell = Some((name.clone(), if is_flag { "yes" } else { DAY }.to_owned()));
            parts.push(if is_flag {
                name
            } else {
                format!("{name} IS NOT NULL")
            });
        }
        let is_measured = draft.signals.iter().any(|known| known.name == signal);
        if is_measured {
            parts.push(format!("{signal} >= {events}"));
        }
        if !parts.is_empty() {
            draft.disqualify.push(Ending {
                reason,
                when: parts.join(" OR "),
                cell,
                event: is_measured.then_some((kind, events)),
            });
        }
    }
}
