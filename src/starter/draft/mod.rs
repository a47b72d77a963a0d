//! The draft of a starter model: which signals, rules and questions the columns and events at hand allow.
//!
//! Each rule has a weight beside the others of its group and an example, a lead that gets all of its points; what the
//! weights come to in points is settled in [`points`] when all rules are known.

mod activity;
mod phrases;
pub(super) mod points;
mod profile;
mod questions;

use std::collections::BTreeMap;

use super::dates::Form;
use super::event_columns::EventColumns;
use super::event_types::{self, Use};
use super::names::Names;
use super::numbers::Decimals;
use super::roles::{Role, Roles};
use super::survey::Survey;
use crate::value::DateOrder;

/// Groups of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Engagement,
    Completeness,
    Behaviour,
    Fit,
}

impl Group {
    /// Its name in the model, and what readers see.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Engagement => ("engagement", "Engagement level"),
            Self::Completeness => ("completeness", "Profile completeness"),
            Self::Behaviour => ("behaviour", "Behaviour signals"),
            Self::Fit => ("fit", "Fit"),
        }
    }
}

/// What gives a rule's points. Shares are percent of the most it can give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Worth {
    /// All points, if a condition holds.
    When(String),
    /// Points for each unit of a signal, all of them for so many.
    EachOfSignal(&'static str, u32),
    /// Points for each unit of a column.
    EachOfColumn(String, u64),
    /// Shares by the largest length of time not exceeded.
    Quickness(&'static str, &'static [(&'static str, u32)]),
    /// Shares by the largest number reached.
    Reached(String, Vec<(u64, u32)>),
    /// Shares by the text in a column, and for any other text.
    Texts(String, Vec<(String, u32)>, u32),
}

/// A rule to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub name: String,
    pub group: Group,
    pub weight: u32,
    pub worth: Worth,
    pub note: Option<&'static str>,
}

/// A signal to be: its name and the keys of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signal {
    pub name: &'static str,
    pub keys: String,
}

/// An event type of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventType {
    pub name: &'static str,
    /// What becomes of it.
    pub use_for: Use,
    /// How the export spells it.
    pub spellings: Vec<String>,
    /// How many events are of it.
    pub events: u64,
}

/// An item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub name: &'static str,
    pub label: &'static str,
    pub when: String,
    /// Whether a hot lead must meet it.
    pub is_required: bool,
}

/// A reason to disqualify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    pub reason: &'static str,
    pub when: String,
    /// A cell that is enough for it.
    pub cell: Option<(String, String)>,
    /// So many events of a type that are.
    pub event: Option<(&'static str, u32)>,
}

/// An event of the example lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExampleEvent {
    /// The type by the model's name.
    pub kind: &'static str,
    /// A column that differs from event to event.
    pub distinct: Option<String>,
    /// How many give all points.
    pub full: u32,
}

/// A lead that has everything the rules ask for.
#[derive(Debug, Default)]
pub(super) struct Example {
    /// The cells without which a contact is no lead, by the model's names.
    pub needed: BTreeMap<String, String>,
    /// The cells that give points.
    pub cells: BTreeMap<String, String>,
    /// What it did.
    pub events: Vec<ExampleEvent>,
    /// A cell that each of its events has: it took place.
    pub event_cell: Option<(String, String)>,
}

/// What the draft is made from.
pub(super) struct Evidence<'e> {
    pub contacts: &'e Survey,
    pub roles: &'e Roles,
    /// How the contacts' numbers are read.
    pub decimals: Decimals,
    /// The events and their columns, if there are any.
    pub events: Option<(&'e Survey, &'e EventColumns)>,
    /// The order of day and month that the user told.
    pub date_order: Option<DateOrder>,
}

/// A starter model before it is written.
pub(super) struct Draft<'s> {
    pub contacts: Names<'s>,
    pub events: Option<Names<'s>>,
    /// A condition on the contacts, if not all of them are leads.
    pub only: Option<String>,
    /// Types that the model uses, and the spellings of others with their counts.
    pub types: Vec<EventType>,
    pub other_types: Vec<(String, u64)>,
    pub signals: Vec<Signal>,
    pub rules: Vec<Rule>,
    pub questions: Vec<Question>,
    pub disqualify: Vec<Ending>,
    /// Columns of the contacts that would be read as dates if their order of day and month were known.
    pub untold_dates: Vec<usize>,
    /// Whether the contacts' dates need to be told their order.
    pub needs_date_order: bool,
    /// Whether nothing was recognised that a lead could be scored by.
    pub is_bare: bool,
    pub example: Example,
}

/// Drafts a model.
pub(super) fn draft<'s>(evidence: &Evidence<'s>) -> Draft<'s> {
    let mut draft = Draft {
        contacts: Names::new(evidence.contacts, event_types::signal_names()),
        events: evidence
            .events
            .map(|(survey, _)| Names::new(survey, ["event", "time"])),
        only: None,
        types: Vec::new(),
        other_types: Vec::new(),
        signals: Vec::new(),
        rules: Vec::new(),
        questions: Vec::new(),
        disqualify: Vec::new(),
        untold_dates: Vec::new(),
        needs_date_order: false,
        is_bare: false,
        example: Example::default(),
    };
    // Outputs show these; they are named first, so that each gets the name by which it is looked for.
    for role in [
        Role::Name,
        Role::FirstName,
        Role::LastName,
        Role::Email,
        Role::Owner,
        Role::Source,
    ] {
        draft.column(role, evidence);
    }
    draft.only = profile::only(&mut draft, evidence);
    activity::add(&mut draft, evidence);
    profile::add(&mut draft, evidence);
    draft.settle_groups();
    questions::add(&mut draft, evidence);
    draft
}

impl Draft<'_> {
    /// The name of a role's column, if there is one.
    fn column(&mut self, role: Role, evidence: &Evidence<'_>) -> Option<String> {
        let column = evidence.roles.get(role)?;
        Some(self.contacts.name(column, super::roles::name(role)))
    }

    /// The name of a role's column of dates, if its dates can be read.
    fn date_column(&mut self, role: Role, evidence: &Evidence<'_>) -> Option<String> {
        let column = evidence.roles.get(role)?;
        match Form::of(&evidence.contacts.columns[column].facts)? {
            Form::Plain => {}
            Form::Told(order) => {
                // What the model says holds for all columns.
                if evidence.date_order.is_some_and(|told| told != order) {
                    return None;
                }
            }
            Form::Untold if evidence.date_order.is_some() => self.needs_date_order = true,
            Form::Untold => {
                self.untold_dates.push(column);
                return None;
            }
            Form::Contradictory | Form::Declared(_) => return None,
        }
        self.column(role, evidence)
    }

    /// Adds a rule whose name no other has.
    fn rule(&mut self, name: &str, group: Group, weight: u32, worth: Worth) {
        let slug = |name: &str| -> String {
            let lower = name.to_lowercase();
            lower.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let mut free = name.to_owned();
        let mut number = 1;
        while self
            .rules
            .iter()
            .any(|rule| slug(&rule.name) == slug(&free))
        {
            number += 1;
            free = format!("{name} ({number})");
        }
        self.rules.push(Rule {
            name: free,
            group,
            weight,
            worth,
            note: None,
        });
    }

    /// Adds what makes the last rule's intention clear.
    fn note(&mut self, note: &'static str) {
        if let Some(rule) = self.rules.last_mut() {
            rule.note = Some(note);
        }
    }

    /// Gives the example lead a cell.
    fn example(&mut self, column: &str, cell: impl Into<String>) {
        self.example.cells.insert(column.to_owned(), cell.into());
    }

    /// Fit is a group of its own where not both engagement and behaviour are known, otherwise a part of the profile;
    /// and a model has a rule in any case.
    fn settle_groups(&mut self) {
        let has = |group: Group, rules: &[Rule]| rules.iter().any(|rule| rule.group == group);
        if has(Group::Engagement, &self.rules) && has(Group::Behaviour, &self.rules) {
            for rule in &mut self.rules {
                if rule.group == Group::Fit {
                    rule.group = Group::Completeness;
                }
            }
        }
        if self.rules.is_empty() {
            // A model has a rule, and one that nobody meets makes nobody hot.
            self.rule(
                "A rule of your own",
                Group::Completeness,
                1,
                Worth::When("FALSE".to_owned()),
            );
            self.note("No column was recognised: put rules of your own in its place.");
            self.is_bare = true;
        }
        self.rules.sort_by_key(|rule| rule.group);
    }
}

/// The words of a name as a sentence: `quote_requested` is `Quote requested`.
fn sentence(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spaced,
    }
}
