//! Signals and cells to contributions: every rule applied to every lead.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::account::Unreadable;
use super::accumulate::Signals;
use super::cells::{ContactScope, Labels, Lector, Memory, RowScope};
use super::contacts::Contacts;
use super::contributions::Contributions;
use super::ledger::Ledger;
use super::prepare::Prepared;
use super::threads::spread;
use super::waits::Wait;
use crate::model::condition::{Reading, Scope};
use crate::model::{Model, Operand, Rule, RuleSource, Several};
use crate::plan::Plan;
use crate::value::{Instant, Number, Points, has_tag, tags};

/// Contacts that are scored in one go by a thread, which takes the next so many when it is done: contacts differ in
/// what they cost.
const PART: usize = 1 << 12;

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
    /// What every rule gave every contact, in parts of so many contacts.
    contributions: Vec<Contributions>,
}

/// One lead while it is scored: everything about it at once, for whoever labels it.
pub struct InHand<'r> {
    /// The contact's number.
    pub contact: usize,
    /// The contact's id.
    pub id: &'r str,
    /// What the rules gave.
    pub ledger: &'r Ledger<'r>,
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

    /// How many threads the run may use.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// The ledger of a contact that was scored.
    pub fn ledger(&self, contact: usize) -> Ledger<'_> {
        let mut ledger = Ledger::new(&self.plan.model);
        self.read_ledger(contact, &mut ledger);
        ledger
    }

    /// Puts what the rules gave a contact that was scored into a ledger, in place of what it held.
    pub fn read_ledger<'r>(&'r self, contact: usize, ledger: &mut Ledger<'r>) {
        let part = &self.contributions[contact / PART];
        ledger.fill(|given| part.unpack(contact % PART, given));
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

    /// Puts the cells of a contact as they stand in the export, by slot, in place of those there.
    pub fn read_cells<'r>(&'r self, contact: usize, cells: &mut Vec<&'r str>) {
        self.contacts.cells(contact, cells);
    }

    /// What a cell says as conditions see it: None if it is blank.
    pub fn known<'c>(&self, cell: &'c str) -> Option<&'c str> {
        Some(cell).filter(|cell| !self.lector.is_blank(cell))
    }

    /// Scores every lead, on all threads. `take` adds each to what is made of its neighbours, in the order they were
    /// read; gives all that was made, in that order, together with the cells that conditions could not read.
    pub fn score<T: Default + Send>(
        &mut self,
        take: impl Fn(&mut T, &InHand<'_>) + Sync,
    ) -> (Vec<T>, Vec<Unreadable>) {
        let this = &*self;
        let parts = this.contacts.len().div_ceil(PART);
        let next = AtomicUsize::new(0);
        let (next, take) = (&next, &take);
        let work = move || {
            let mut desk = Desk::of(this);
            let mut done = Vec::new();
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts {
                    return (done, desk.memory.unreadable());
                }
                done.push((part, this.score_part(part, &mut desk, take)));
            }
        };
        let mut unreadable = self.unreadable.clone();
        let mut done = Vec::with_capacity(parts);
        for (parts, counts) in spread(vec![work; self.threads.clamp(1, parts.max(1))]) {
            done.extend(parts);
            for (sum, count) in unreadable.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        done.sort_unstable_by_key(|(part, _)| *part);
        let (made, contributions) = done.into_iter().map(|(_, made)| made).unzip();
        self.contributions = contributions;
        let columns = &self.plan.model.contacts.columns;
        (made, describe(&unreadable, columns))
    }

    fn score_part<'r, T: Default>(
        &'r self,
        part: usize,
        desk: &mut Desk<'r>,
        take: &impl Fn(&mut T, &InHand<'_>),
    ) -> (T, Contributions) {
        let model: &Model = &self.plan.model;
        let Desk {
            memory,
            cells,
            signals,
            groups,
            ledger,
        } = desk;
        let mut made = T::default();
        let mut contributions = Contributions::default();
        let first = part * PART;
        for contact in first..self.contacts.len().min(first + PART) {
            if !self.contacts.is_lead(contact) {
                contributions.push(&[]);
                continue;
            }
            memory.forget();
            self.contacts.cells(contact, cells);
            self.signals.of_contact(contact, &model.signals, signals);
            let before = ContactScope {
                cells: row_scope(cells, &self.lector, memory),
                signals,
                groups: &[],
                score: Points::ZERO,
                labels: Labels::default(),
            };
            ledger.fill(|given| {
                for (rule, points) in model.rules.iter().zip(given) {
                    *points = contribution(rule, &before);
                }
            });
            contributions.push(ledger.contributions());
            groups.clear();
            groups.extend((0..model.groups.len()).map(|group| ledger.group(group)));
            let after = ContactScope {
                groups,
                score: ledger.score(),
                ..before
            };
            let lead = InHand {
                contact,
                id: cells[model.contacts.id],
                ledger,
                scope: &after,
                last_event: self.signals.last_event(contact),
            };
            take(&mut made, &lead);
        }
        (made, contributions)
    }
}

/// What a thread works with, used for one contact after the other.
struct Desk<'r> {
    memory: Memory,
    cells: Vec<&'r str>,
    signals: Vec<Option<Number>>,
    groups: Vec<Points>,
    ledger: Ledger<'r>,
}

impl<'r> Desk<'r> {
    fn of(scoring: &'r Scoring) -> Self {
        Self {
            memory: scoring.lector.memory(),
            cells: Vec::new(),
            signals: Vec::new(),
            groups: Vec::new(),
            ledger: Ledger::new(&scoring.plan.model),
        }
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
