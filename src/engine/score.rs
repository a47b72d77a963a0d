//! Signals and cells to contributions: every rule applied to every lead.

use std::ops::Range;

use super::account::Unreadable;
use super::accumulate::Signals;
use super::cells::{ContactScope, Labels, Lector, Memory, RowScope};
use super::contacts::Contacts;
use super::ledger::Ledger;
use super::prepare::Prepared;
use super::threads::spread;
use super::waits::Wait;
use crate::model::condition::{Reading, Scope};
use crate::model::{Model, Operand, Rule, RuleSource, Several};
use crate::plan::Plan;
use crate::value::{Instant, Number, Points, has_tag, tags};

/// All that is known of the contacts once the events are read, ready to be scored.
#[derive(Debug)]
pub struct Scoring {
    plan: Plan,
    contacts: Contacts,
    signals: Signals,
    lector: Lector,
    /// For each reading, how many cells of contacts that are no leads could not be read.
    unreadable: Vec<u64>,
    threads: usize,
    /// What every rule gave every contact, the rules of a contact side by side.
    contributions: Vec<Points>,
}

/// One lead while it is scored: everything about it at once, for whoever labels it.
pub struct InHand<'r> {
    /// The contact's number.
    pub contact: usize,
    /// The contact's id.
    pub id: &'r str,
    /// What the rules gave.
    pub ledger: Ledger<'r>,
    /// Cells, signals, score and groups, for conditions that come after the score.
    pub scope: &'r ContactScope<'r>,
    /// The contact's newest event.
    pub last_event: Option<Instant>,
}

impl Scoring {
    pub(super) fn new(
        plan: Plan,
        contacts: Contacts,
        signals: Signals,
        prepared: Prepared,
        threads: usize,
    ) -> Self {
        Self {
            plan,
            contacts,
            signals,
            lector: prepared.lector,
            unreadable: prepared.unreadable,
            threads,
            contributions: Vec::new(),
        }
    }

    /// The plan of the run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The contacts of the run.
    pub fn contacts(&self) -> &Contacts {
        &self.contacts
    }

    /// The times a contact waited for an answer of ours, the oldest first; none where the run did not ask.
    pub fn waits(&self, contact: usize) -> &[Wait] {
        self.signals.waits().of(contact)
    }

    /// When we last answered a contact, or did what counts as an answer; none where the run did not ask.
    pub fn last_touch(&self, contact: usize) -> Option<Instant> {
        self.signals.waits().last_touch(contact)
    }

    /// The ledger of a contact that was scored.
    pub fn ledger(&self, contact: usize) -> Ledger<'_> {
        let rules = self.plan.model.rules.len();
        Ledger::new(
            &self.plan.model,
            &self.contributions[contact * rules..][..rules],
        )
    }

    /// The values of a contact's signals, in the model's order.
    pub fn signals_of(&self, contact: usize) -> Vec<Option<Number>> {
        let mut values = Vec::new();
        self.signals
            .of_contact(contact, &self.plan.model.signals, &mut values);
        values
    }

    /// What a contact's cell in a slot says as conditions see it: None if it is blank.
    pub fn cell(&self, contact: usize, slot: usize) -> Option<&str> {
        self.known(self.contacts.cell(contact, slot))
    }

    /// The cells of a contact as they stand in the export, by slot.
    pub fn cells(&self, contact: usize) -> Vec<&str> {
        let mut cells = Vec::new();
        self.contacts.cells(contact, &mut cells);
        cells
    }

    /// What a cell says as conditions see it: None if it is blank.
    pub fn known<'c>(&self, cell: &'c str) -> Option<&'c str> {
        Some(cell).filter(|cell| !self.lector.is_blank(cell))
    }

    /// Scores every lead, on all threads, and gives what `label` makes of each, in the order they were read,
    /// together with the cells that conditions could not read.
    pub fn score<T: Send>(
        &mut self,
        label: impl Fn(&InHand<'_>) -> T + Sync,
    ) -> (Vec<T>, Vec<Unreadable>) {
        let rules = self.plan.model.rules.len();
        let count = self.contacts.len();
        let mut contributions = vec![Points::ZERO; count * rules];
        let share = count.div_ceil(self.threads).max(1);
        let this = &*self;
        let label = &label;
        let mut rest = contributions.as_mut_slice();
        let mut jobs = Vec::new();
        for start in (0..count).step_by(share) {
            let range = start..count.min(start + share);
            let (part, after) = rest.split_at_mut(range.len() * rules);
            rest = after;
            jobs.push(move || this.score_range(range, part, label));
        }
        let parts = spread(jobs);
        self.contributions = contributions;
        let mut unreadable = self.unreadable.clone();
        let mut labels = Vec::new();
        for (part, counts) in parts {
            labels.extend(part);
            for (sum, count) in unreadable.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let columns = &self.plan.model.contacts.columns;
        (labels, describe(&unreadable, columns))
    }

    fn score_range<T>(
        &self,
        contacts: Range<usize>,
        contributions: &mut [Points],
        label: &(impl Fn(&InHand<'_>) -> T + Sync),
    ) -> (Vec<T>, Vec<u64>) {
        let model: &Model = &self.plan.model;
        let rules = model.rules.len();
        let memory = self.lector.memory();
        let mut labels = Vec::new();
        let mut cells = Vec::new();
        let mut signals = Vec::new();
        let mut groups = Vec::new();
        let first = contacts.start;
        for contact in contacts {
            if !self.contacts.is_lead(contact) {
                continue;
            }
            memory.forget();
            self.contacts.cells(contact, &mut cells);
            self.signals
                .of_contact(contact, &model.signals, &mut signals);
            let given = &mut contributions[(contact - first) * rules..][..rules];
            let scope = |groups, score| ContactScope {
                cells: row_scope(&cells, &self.lector, &memory),
                signals: &signals,
                groups,
                score,
                labels: Labels::default(),
            };
            let before = scope(&[], Points::ZERO);
            for (rule, points) in model.rules.iter().zip(given.iter_mut()) {
                *points = contribution(rule, &before);
            }
            let ledger = Ledger::new(model, given);
            groups.clear();
            groups.extend((0..model.groups.len()).map(|group| ledger.group(group)));
            let after = scope(&groups, ledger.score());
            labels.push(label(&InHand {
                contact,
                id: cells[model.contacts.id],
                ledger,
                scope: &after,
                last_event: self.signals.last_event(contact),
            }));
        }
        (labels, memory.unreadable())
    }
}

pub(super) fn row_scope<'r>(
    cells: &'r Vec<&'r str>,
    lector: &'r Lector,
    memory: &'r Memory,
) -> RowScope<'r, Vec<&'r str>> {
    RowScope {
        row: cells,
        lector,
        memory,
    }
}

/// What a rule gives, held within its own bounds.
fn contribution(rule: &Rule, scope: &ContactScope<'_>) -> Points {
    if !rule.enabled {
        return Points::ZERO;
    }
    let number = |of: &Operand| match of {
        Operand::Signal(signal) => scope.signal(*signal),
        Operand::Column(reading) => scope.number(*reading),
    };
    let points = match &rule.source {
        RuleSource::When {
            condition, points, ..
        } => {
            if condition.is_met(scope) {
                *points
            } else {
                Points::ZERO
            }
        }
        RuleSource::PerUnit { of, points } => {
            number(of).map_or(Points::ZERO, |units| points.for_units(units))
        }
        RuleSource::Bands { of, bands, blank } => {
            number(of).map_or(*blank, |value| bands.points(value))
        }
        RuleSource::Values {
            column,
            values,
            other,
            blank,
            several,
        } => match (scope.cell(*column), several) {
            (Some(cell), None) => values
                .iter()
                .find(|(text, _)| text == cell)
                .map_or(*other, |(_, points)| *points),
            (Some(cell), Some(several)) if tags(cell).next().is_some() => {
                let mut listed = values
                    .iter()
                    .filter(|(text, _)| has_tag(cell, text))
                    .map(|(_, points)| *points);
                match several {
                    Several::Max => listed.max().unwrap_or(*other),
                    Several::Sum => match listed.next() {
                        None => *other,
                        Some(first) => listed.fold(first, |sum, points| sum + points),
                    },
                }
            }
            // Separators alone say as little as a blank cell.
            (Some(_), Some(_)) | (None, _) => *blank,
        },
    };
    rule.bounded(points)
}

/// Names what could not be read.
pub(super) fn describe(
    unreadable: &[u64],
    columns: &crate::model::columns::Columns,
) -> Vec<Unreadable> {
    columns
        .readings()
        .iter()
        .zip(unreadable)
        .filter(|(_, cells)| **cells > 0)
        .map(|((slot, reading), cells)| Unreadable {
            column: columns.entries()[*slot].name.clone(),
            wanted: match reading {
                Reading::Number => "number",
                Reading::Day => "date",
                Reading::YesNo => "yes/no",
            },
            cells: *cells,
        })
        .collect()
}
