//! `[accounts]`: people who belong together, such as those of one company, and how their scores make one.

use super::contacts::{Contacts, choice};
use super::document::{Document, Section};
use super::events::Events;

/// How people become accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accounts {
    /// The slot of the contacts' column that names the account.
    pub key: usize,
    /// The slot of the events' column that names it, for events without a contact.
    pub event_key: Option<usize>,
    /// How the scores of its people make one.
    pub roll_up: RollUp,
    /// Only the best so many people count.
    pub best: Option<u32>,
}

/// How several scores make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollUp {
    /// Added up.
    Sum,
    /// The largest.
    Max,
    /// Their mean.
    Mean,
}

const ROLL_UPS: &[(&str, RollUp)] = &[
    ("sum", RollUp::Sum),
    ("max", RollUp::Max),
    ("mean", RollUp::Mean),
];

/// Most people that `best` can name.
const MOST_PEOPLE: u32 = 1_000_000;

/// Reads `[accounts]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    contacts: &mut Contacts,
    events: &mut Events,
    document: &mut Document,
) -> Option<Accounts> {
    let mut section = section?;
    let key = section
        .require("key", document)
        .and_then(|value| document.text(&value));
    let event_key = section
        .get("event_key")
        .and_then(|value| document.text(&value));
    let roll_up = section.get("roll_up").map_or(Some(RollUp::Max), |value| {
        choice(&value, ROLL_UPS, document)
    });
    let best_value = section.get("best");
    let best = best_value
        .as_ref()
        .and_then(|value| document.whole(value, 1, MOST_PEOPLE));
    section.finish(document);
    if let (Some(RollUp::Max), Some(value)) = (roll_up, &best_value) {
        let hint = "`best` goes with roll_up = \"sum\" or \"mean\"; the largest is one person's";
        document.misplaced_key(value, "here", hint);
    }
    let key = key?;
    Some(Accounts {
        key: contacts.columns.named(&key.value, key.span),
        event_key: event_key.map(|name| events.columns.named(&name.value, name.span)),
        roll_up: roll_up?,
        best,
    })
}
