//! A ranked lead as every output sees it: one value, many views.

use std::borrow::Cow;

use crate::value::{Instant, Points};

/// One lead of the ranked list. Borrows from the run, so that a million leads cost no copies.
#[derive(Debug, Clone)]
pub struct Lead<'run> {
    /// Place in the list, from 1, without ties.
    pub rank: u64,
    /// The contact's id, as in the export (trimmed, NFC).
    pub id: &'run str,
    /// The contact's name, where the export tells it.
    pub name: Option<Cow<'run, str>>,
    /// The contact's e-mail address, where the export tells it.
    pub email: Option<&'run str>,
    /// Who looks after the lead, where the export tells it.
    pub owner: Option<&'run str>,
    /// Where the lead came from, where the export tells it.
    pub source: Option<&'run str>,
    /// The score shown: rounded to the model's decimals.
    pub score: Points,
    /// Name of the temperature in the model, such as `hot`.
    pub temperature: &'run str,
    /// How the temperature is written in a CRM, such as `Hot Lead`.
    pub tag: Option<&'run str>,
    /// The colour the model gives the temperature, such as `red`.
    pub color: Option<&'run str>,
    /// What to do with a lead of this temperature.
    pub action: Option<&'run str>,
    /// Every checklist item and whether it is met, in the model's order.
    pub checklist: Vec<(&'run str, bool)>,
    /// The temperatures that the score would give and a lack of checklist items denies, the hottest first.
    pub held_back: Vec<HeldBack<'run>>,
    /// The newest event up to as-of, of any type.
    pub last_event: Option<Instant>,
    /// The bounded sum of each group, in the model's order, beside its name.
    pub groups: Vec<(&'run str, Points)>,
    /// Where every point came from; sums exactly to `score`.
    pub ledger: Vec<Entry<'run>>,
}

/// Why a lead is cooler than its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack<'run> {
    /// The temperature denied.
    pub from: &'run str,
    /// Labels of the checklist items that temperature requires and the lead lacks.
    pub missing: Vec<&'run str>,
}

/// One line of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'run> {
    /// What the line belongs to.
    pub origin: Origin<'run>,
    /// What it is called for a reader.
    pub label: Cow<'run, str>,
    /// What it adds to (or takes from) the score.
    pub points: Points,
}

/// What a ledger line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'run> {
    /// A rule, by its id.
    Rule(&'run str),
    /// What a group's bounds took or gave, by its name.
    Group(&'run str),
    /// What the score's bounds or its rounding took or gave.
    Score,
}
