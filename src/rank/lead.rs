//! A ranked lead as every output sees it: one value, many views.

use std::borrow::Cow;

use super::steps::{self, Nearest, Potential, Way, ways_up};
use crate::engine::Ledger;
use crate::model::Model;
use crate::value::{Instant, Points};

/// One lead of the ranked list. Borrows from the run, so that a million leads cost no copies.
#[derive(Debug, Clone)]
pub struct Lead<'run> {
    /// Place in the list, from 1, without ties; none for a disqualified lead.
    pub rank: Option<u64>,
    /// The contact's id, as in the export (trimmed, NFC); the name of an account.
    pub id: &'run str,
    /// How many people it stands for: one, but for accounts.
    pub people: u64,
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
    /// What to do with a lead of this temperature; nothing with a disqualified one.
    pub action: Option<&'run str>,
    /// How far it has come.
    pub stage: Option<&'run str>,
    /// A letter and a number, such as A1.
    pub grade: Option<String>,
    /// Where it goes.
    pub route: Option<&'run str>,
    /// Whose turn it is there.
    pub assigned_to: Option<&'run str>,
    /// Whether it has its temperature only because it had it in the previous run.
    pub is_kept: bool,
    /// The reason why it is pursued no more.
    pub disqualified: Option<&'run str>,
    /// Every checklist item and whether it is met, in the model's order.
    pub checklist: Vec<(&'run str, bool)>,
    /// Labels of the checklist items that are not met.
    pub missing: Vec<&'run str>,
    /// The temperatures that the score would give and a lack of checklist items denies, the hottest first.
    pub held_back: Vec<HeldBack<'run>>,
    /// What would make it hotter, to be worked out when asked for; none for a disqualified lead.
    pub upward: Option<Upward<'run>>,
    /// The newest event up to as-of, of any type.
    pub last_event: Option<Instant>,
    /// The bounded sum of each group, in the model's order, beside its name.
    pub groups: Vec<(&'run str, Points)>,
    /// The temperature without overrides.
    pub computed_temperature: &'run str,
    /// The overrides in force, in words.
    pub overrides: Vec<String>,
    /// Its score in the earlier list.
    pub previous_score: Option<Points>,
    /// The tags it carries in the CRM.
    pub tags_before: Option<&'run str>,
    /// The cells of the export's columns that are kept, as they stand there.
    pub kept: Vec<Cow<'run, str>>,
    /// Where every point came from; sums exactly to `score`.
    pub ledger: Vec<Entry<'run>>,
}

impl<'run> Lead<'run> {
    /// Fills the checklist, of which a bit for each item tells whether it is met.
    pub(super) fn answer(&mut self, model: &'run Model, met: u64) {
        self.checklist.clear();
        self.missing.clear();
        for (item, question) in model.checklist.iter().enumerate() {
            let is_met = met >> item & 1 == 1;
            self.checklist.push((&question.name, is_met));
            if !is_met {
                self.missing.push(&question.label);
            }
        }
    }

    /// A lead of which nothing is known.
    pub fn nobody() -> Self {
        Self {
            rank: None,
            id: "",
            people: 1,
            name: None,
            email: None,
            owner: None,
            source: None,
            score: Points::ZERO,
            temperature: "",
            tag: None,
            color: None,
            action: None,
            stage: None,
            grade: None,
            route: None,
            assigned_to: None,
            is_kept: false,
            disqualified: None,
            checklist: Vec::new(),
            missing: Vec::new(),
            held_back: Vec::new(),
            upward: None,
            last_event: None,
            groups: Vec::new(),
            computed_temperature: "",
            overrides: Vec::new(),
            previous_score: None,
            tags_before: None,
            kept: Vec::new(),
            ledger: Vec::new(),
        }
    }
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
    /// What scaling, the score's bounds or its rounding took or gave.
    Score,
    /// What somebody set by hand, by the name of the action.
    Override(&'run str),
    /// The reason why the score is nothing.
    Disqualified(&'run str),
    /// For accounts: one of its people, by their id; empty for the unnamed.
    Contact(&'run str),
}

/// From where a lead can rise.
#[derive(Debug, Clone)]
pub struct Upward<'run> {
    pub(super) ledger: Ledger<'run>,
    pub(super) potential: &'run Potential,
    pub(super) checklist: u64,
    /// The temperature without overrides, by its number.
    pub(super) temperature: usize,
    /// The temperature of the previous run, by its number.
    pub(super) previous: Option<usize>,
}

impl Upward<'_> {
    /// The nearest way to the next temperature; None where nothing known leads up.
    pub fn nearest(&self) -> Option<Nearest<'_>> {
        steps::nearest(
            &self.ledger,
            self.potential,
            self.checklist,
            self.temperature,
            self.previous,
        )
    }

    /// What would make the lead hotter.
    pub fn way(&self) -> Way {
        ways_up(
            &self.ledger,
            self.potential,
            self.checklist,
            self.temperature,
            self.previous,
        )
    }
}
