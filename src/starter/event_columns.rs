//! Which columns of the events say whose event it is, what it was and when; and how that is joined to the contacts.

use super::dates::Form;
use super::event_types;
use super::roles::{Role, Roles};
use super::survey::{Column, Survey};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::value::folded;

/// The columns of the events that a model needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventColumns {
    /// Whose event it is.
    pub contact: usize,
    /// The contacts' column that it refers to; their id if none.
    pub joined_to: Option<usize>,
    /// How many percent of the sampled contacts of events are among the contacts, where that is told.
    pub found: Option<u64>,
    /// The type.
    pub kind: usize,
    /// The time, and how it is written.
    pub time: usize,
    pub form: Form,
    /// The event's own id.
    pub id: Option<usize>,
    /// Where planned and done events stand together: the column that tells, and its values for what is done.
    pub done: Option<(usize, Vec<String>)>,
}

#[rustfmt::skip]
const CONTACTS: [&str; 22] = [
    "contact_id", "lead_id", "person_id", "who_id", "record_id", "contact", "lead", "person", "activity_person",
    "activity_lead", "email", "recipient", "email_address", "contact_email", "customer_id", "client_id", "user_id",
    "klantnummer", "kundennummer", "id_cliente", "contact_name", "name",
];
#[rustfmt::skip]
const KINDS: [&str; 20] = [
    "event", "event_type", "event_name", "type", "activity_type", "activity", "action", "engagement_type",
    "task_subtype", "soort", "activiteit", "gebeurtenis", "typ", "art", "aktivitat", "ereignis", "tipo", "evento",
    "actividad", "evenement",
];
#[rustfmt::skip]
const TIMES: [&str; 24] = [
    "timestamp", "time", "event_time", "occurred_at", "created_at", "activity_date", "activity_due_date", "created",
    "date", "created_date", "sent_at", "due_date", "event_date", "event_timestamp", "datum", "tijdstip", "zeitpunkt",
    "zeit", "fecha", "fecha_hora", "date_heure", "data", "marked_as_done_time", "create_date",
];
#[rustfmt::skip]
const IDS: [&str; 8] = [
    "event_id", "activity_id", "engagement_id", "task_id", "message_id", "record_id", "id", "uuid",
];
#[rustfmt::skip]
const STATES: [&str; 6] = ["activity_done", "done", "status", "activity_status", "task_status", "state"];
/// What exports call an activity that took place, in lower case.
#[rustfmt::skip]
const DONE: [&str; 12] = [
    "done", "completed", "complete", "closed", "held", "gedaan", "voltooid", "erledigt", "abgeschlossen",
    "completado", "completada", "termine",
];
/// What they call one that is yet to come.
#[rustfmt::skip]
const PLANNED: [&str; 14] = [
    "to do", "todo", "open", "planned", "not started", "in progress", "waiting on someone else", "deferred",
    "scheduled", "te doen", "offen", "geplant", "pendiente", "a faire",
];

/// Types of a column beyond this are not types but texts.
const MOST_KINDS: usize = 200;
/// The share of contacts of events, in percent, by which columns are told to belong together.
const SHARED: u64 = 40;

/// Finds the columns of the events.
///
/// # Errors
/// A report with each column that a run needs and no header or content tells.
pub(super) fn find(
    events: &Survey,
    contacts: &Survey,
    roles: &Roles,
) -> Result<EventColumns, Report> {
    let names: Vec<String> = events.columns.iter().map(|c| c.folded.clone()).collect();
    let by_names = |usual: &[&str]| -> Vec<usize> {
        let places = usual.iter().filter_map(|usual| {
            let wanted = folded(usual);
            names.iter().position(|name| *name == wanted)
        });
        places
            .filter(|column| events.columns[*column].is_everywhere)
            .collect()
    };
    let time = find_time(events, &by_names(&TIMES));
    let mut kinds = by_names(&KINDS);
    kinds.extend(events.called_by_shape("type"));
    let kind = find_kind(events, &kinds, &by_names(&CONTACTS));
    let mut wanted = by_names(&CONTACTS);
    // What the contacts call their id is likely what the events call it.
    if let Some(id) = roles.get(Role::Id) {
        let name = folded(&contacts.columns[id].snake);
        if let Some(same) = names
            .iter()
            .position(|other| *other == name && !name.is_empty())
        {
            // Unless it is the events' own.
            let place = if events.columns[same].facts.names_rows() {
                wanted.len()
            } else {
                0
            };
            wanted.insert(place, same);
        }
    }
    wanted.retain(|column| Some(*column) != kind && time.is_none_or(|(time, _)| time != *column));
    let others: Vec<usize> = kind.into_iter().chain(time.map(|(time, _)| time)).collect();
    let join = find_join(events, contacts, roles, &wanted, &others);
    let file = events
        .files
        .first()
        .map_or("the events", |file| file.name.as_str());
    let mut missing: Option<Report> = None;
    for (what, is_there) in [
        ("contact", join.is_some()),
        ("type", kind.is_some()),
        ("time", time.is_some()),
    ] {
        if !is_there {
            let report = lacking(file, what);
            missing = Some(match missing {
                Some(others) => others.with(report),
                None => report,
            });
        }
    }
    let (Some((contact, joined_to, found)), Some(kind), Some((time, form))) = (join, kind, time)
    else {
        return Err(missing.unwrap_or_else(|| lacking(file, "contact")));
    };
    let taken = [contact, kind, time];
    let is_id = |column: &usize| {
        let facts = &events.columns[*column].facts;
        !taken.contains(column) && facts.names_rows()
    };
    let done = by_names(&STATES).into_iter().find_map(|column| {
        let values = (!taken.contains(&column)).then(|| done_values(&events.columns[column]))??;
        Some((column, values))
    });
    Ok(EventColumns {
        contact,
        joined_to,
        found,
        kind,
        time,
        form,
        id: by_names(&IDS).into_iter().find(is_id),
        done,
    })
}

fn lacking(file: &str, what: &str) -> Report {
    let sought = match what {
        "contact" => "whose event it is: the contact's id, address or name",
        "type" => "what the event was",
        _ => "when it was, in every row",
    };
    let message = format!("no column of {file} looks like the {what} of its events ({sought})");
    let header = match what {
        "contact" => "contact_id",
        "type" => "event",
        _ => "timestamp",
    };
    let hint = format!(
        "call it \"{header}\" in the export, or start from a template and name it there: [events] {what} = \"…\""
    );
    Report::new(
        Kind::Data,
        Diagnostic::error("missing-column", message).hint(hint),
    )
}

/// A column of times that every row has: by a usual header, or the first there is.
fn find_time(events: &Survey, usual: &[usize]) -> Option<(usize, Form)> {
    let form = |column: usize| -> Option<(usize, Form)> {
        let Column {
            facts,
            is_everywhere,
            ..
        } = &events.columns[column];
        // A blank time would be refused in its row.
        let form = Form::of(facts).filter(|_| *is_everywhere)?;
        Some((column, form))
    };
    let is_whole = |(column, _): &(usize, Form)| {
        let facts = &events.columns[*column].facts;
        facts.filled == facts.rows
    };
    let all = || {
        usual
            .iter()
            .copied()
            .chain(0..events.columns.len())
            .filter_map(form)
    };
    all().find(is_whole)
}

/// A column of not too many types: by a usual header, or by what it holds.
fn find_kind(events: &Survey, usual: &[usize], contacts: &[usize]) -> Option<usize> {
    let known = |column: usize| -> u64 {
        let values = events.columns[column].facts.values.by_frequency();
        let known = values
            .iter()
            .filter(|(value, _)| event_types::recognise(value).is_some());
        known.map(|(_, count)| *count).sum()
    };
    let could_be = |column: &usize| {
        let Column {
            facts,
            is_everywhere,
            ..
        } = &events.columns[*column];
        *is_everywhere && facts.holds_choices(MOST_KINDS)
    };
    let there = usual.iter().copied();
    let usual = there.clone().filter(could_be);
    usual
        .clone()
        .find(|column| known(*column) > 0)
        .or_else(|| usual.clone().next())
        .or_else(|| {
            there
                .clone()
                .find(|column| events.columns[*column].is_everywhere)
        })
        .or_else(|| {
            let others = (0..events.columns.len())
                .filter(could_be)
                .filter(|column| !contacts.contains(column));
            let ranked = others.map(|column| (known(column), std::cmp::Reverse(column)));
            let best = ranked.max().filter(|(known, _)| *known > 0)?;
            Some(best.1.0)
        })
}

/// The column of the contact, the contacts' column it refers to (none: their id), and how many are found there.
fn find_join(
    events: &Survey,
    contacts: &Survey,
    roles: &Roles,
    wanted: &[usize],
    others: &[usize],
) -> Option<(usize, Option<usize>, Option<u64>)> {
    let id = roles.get(Role::Id);
    let keys = [Role::Id, Role::Email, Role::Name].map(|role| roles.get(role));
    let keys: Vec<usize> = keys.into_iter().flatten().collect();
    let share = |event: usize, key: usize| {
        let (event, key) = (&events.columns[event].facts, &contacts.columns[key].facts);
        event.sample.found_in(&key.sample)
    };
    let to = |key: usize| (Some(key) != id).then_some(key);
    let best = |event: usize| {
        let shares = keys
            .iter()
            .filter_map(|key| Some((share(event, *key)?, *key)));
        shares.max_by_key(|(share, _)| *share)
    };
    // By header, if some of its contacts are there; else by content; else by header all the same.
    let by_header = wanted.iter().find_map(|event| {
        let (share, key) = best(*event).filter(|(share, _)| *share >= SHARED)?;
        Some((*event, to(key), Some(share)))
    });
    let by_content = || {
        let all = (0..events.columns.len())
            .filter(|event| events.columns[*event].is_everywhere && !others.contains(event));
        let ranked = all.filter_map(|event| {
            let (share, key) = best(event).filter(|(share, _)| *share >= SHARED)?;
            Some((share, std::cmp::Reverse(event), key))
        });
        let (share, event, key) = ranked.max()?;
        Some((event.0, to(key), Some(share)))
    };
    let blindly = || {
        let event = *wanted.first()?;
        let facts = &events.columns[event].facts;
        let email = roles
            .get(Role::Email)
            .filter(|_| facts.are_most(facts.emails));
        match best(event).filter(|(share, _)| *share > 0) {
            Some((share, key)) => Some((event, to(key), Some(share))),
            None => Some((event, email.and_then(to), share(event, id?))),
        }
    };
    by_header.or_else(by_content).or_else(blindly)
}

/// The values of a column that mean that an activity took place, if others mean that it is planned.
fn done_values(column: &Column) -> Option<Vec<String>> {
    let counts = column.facts.values.counts()?;
    let fits = |words: &[&str], value: &str| words.contains(&value.to_lowercase().as_str());
    let is_planned = counts.keys().any(|value| fits(&PLANNED, value));
    let done = counts.keys().filter(|value| fits(&DONE, value));
    let done: Vec<String> = done.cloned().collect();
    let all_known = counts
        .keys()
        .all(|value| fits(&PLANNED, value) || fits(&DONE, value));
    (is_planned && !done.is_empty() && all_known).then_some(done)
}
