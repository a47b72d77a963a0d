//! The one pass over the events: blocks of whole records, parsed and accumulated by all threads at once.
//!
//! A thread that is free takes the next block from the file (the only thing threads wait for), parses it and adds
//! its events to the accumulators ([`super::worker`]).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::account::{EventRows, Unreadable};
use super::accumulate::Accumulators;
use super::contacts::Contacts;
use super::duplicates::{OnDuplicate, SeenEvents};
use super::evidence::Evidence;
use super::manner::{DateColumn, Manner, Told, guess_orders, names_of};
use super::prepare::prepare;
use super::score::{Scoring, describe};
use super::source::Source;
use super::threads::spread;
use super::worker::Worker;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{BadRows, Binding, Block, Parser, Rejects, Table};
use crate::plan::Plan;

/// A file of events, its columns bound to the model's.
pub struct EventFile {
    /// The file.
    pub table: Table,
    /// Which header fills which slot of the model's event columns.
    pub binding: Arc<Binding>,
}

/// The events of a run.
pub struct Events<'e> {
    /// The files, in order.
    pub files: Vec<EventFile>,
    /// The number of the first among all files of the run.
    pub first: usize,
    /// Opens them once more, should events with one id turn out to differ.
    pub again: &'e mut dyn FnMut() -> Result<Vec<EventFile>, Report>,
    /// What is done with those.
    pub on_duplicate: OnDuplicate,
    /// Where rows go that cannot be read.
    pub rejects: Option<Arc<Rejects>>,
}

/// What a caller wants to be told while events are read.
pub struct Watch<'w> {
    /// Contacts whose events are to be kept as evidence.
    pub contacts: BTreeSet<usize>,
    /// Called with the number of bytes done, from any thread.
    pub progress: &'w (dyn Fn(usize) + Sync),
}

/// The outcome of the pass.
pub struct Passed {
    /// Everything needed to score.
    pub scoring: Scoring,
    /// The account of the rows.
    pub account: EventRows,
    /// Files whose last line has no end, by number among those of events, and that line.
    pub unended: Vec<(usize, u64)>,
    /// Rows that cannot be read.
    pub bad: BadRows,
    /// Cells that conditions could not read.
    pub unreadable: Vec<Unreadable>,
    /// The events behind the signals of watched contacts.
    pub evidence: Evidence,
}

/// An export whose type column holds more different texts than this is bound to the wrong column.
pub(super) const MOST_KINDS: usize = 10_000;

/// Reads all events into the signals of `contacts`.
///
/// # Errors
/// What no budget of bad rows covers: damage of a file, dates whose order cannot be told, a column of types that is
/// none.
pub fn pass(
    plan: &Plan,
    mut contacts: Contacts,
    events: Events<'_>,
    threads: usize,
    watch: &Watch<'_>,
) -> Result<Passed, Report> {
    let prepared = prepare(&mut contacts, plan, threads)?;
    let model = &plan.model;
    let mut shared = Shared {
        plan,
        manners: Vec::new(),
        dates: DateColumn::all(plan),
        contacts: &contacts,
        watch,
        seen: SeenEvents::new(events.on_duplicate),
        accumulators: Accumulators::new(model, contacts.len(), threads),
        first_file: events.first,
        rejects: events.rejects,
    };
    let rejected_before = shared.rejects.as_ref().map_or(0, |rejects| rejects.len());
    let sources_of =
        |files: Vec<EventFile>| -> Vec<Source> { files.into_iter().map(Source::from).collect() };
    let mut sources = sources_of(events.files);
    guess_orders(plan, &mut sources, &mut shared.dates)?;
    let names = names_of(&sources);
    let mut all = loop {
        let all = shared.read(sources, threads)?;
        // Mostly what was read first holds for all, and this is the end.
        if shared.settle_orders(&all.orders, &names)? {
            shared.seen = SeenEvents::new(events.on_duplicate);
        } else if !shared.seen.settle() {
            break all;
        }
        if let Some(rejects) = &shared.rejects {
            rejects.truncate(rejected_before);
        }
        shared.accumulators = Accumulators::new(model, contacts.len(), threads);
        sources = sources_of((events.again)()?);
    };
    all.evidence.finish(&model.signals, plan.as_of.day);
    let signals =
        shared
            .accumulators
            .resolve(&model.signals, model.answers, plan.as_of.day, threads);
    Ok(Passed {
        scoring: Scoring::new(plan.clone(), contacts, signals, prepared, threads),
        account: all.account,
        unended: all.unended,
        bad: all.bad,
        unreadable: describe(&all.unreadable, &model.events.columns),
        evidence: all.evidence,
    })
}

pub(super) fn too_many_kinds() -> Report {
    Report::new(
        Kind::Data,
        Diagnostic::error(
            "too-many-event-types",
            format!("the events have more than {MOST_KINDS} different types"),
        )
        .hint("is it the right column? name it in the model: [events] type = \"…\""),
    )
}

/// Reads a file to its end, and gives it back.
fn read_file(number: usize, source: Source, workers: &mut [Worker<'_>]) -> Result<Table, Report> {
    for worker in &mut *workers {
        worker.begin_file(number, source.table.preset());
    }
    let parsers: Vec<Parser> = workers
        .iter()
        .map(|_| source.table.parser(Arc::clone(&source.binding)))
        .collect();
    let source = Mutex::new(source);
    // Reading happens behind the lock, so blocks are handed out in file order.
    let next = |done: Option<Block>| {
        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(done) = done {
            source.table.give_back(done);
        }
        source.next_block()
    };
    let next = &next;
    let jobs = workers.iter_mut().zip(parsers).map(|(worker, mut parser)| {
        move || -> Result<(), Report> {
            let mut done = None;
            while let Some(block) = next(done.take())? {
                worker.take_block(&block, &mut parser)?;
                done = Some(block);
            }
            Ok(())
        }
    });
    let done: Result<(), Report> = spread(jobs.collect()).into_iter().collect();
    done?;
    let source = source.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(source.table)
}

/// What all threads of the pass look at and add to.
pub(super) struct Shared<'p> {
    pub plan: &'p Plan,
    /// For each file.
    pub manners: Vec<Manner>,
    /// The columns of dates whose order the model does not say.
    pub dates: Vec<DateColumn>,
    pub contacts: &'p Contacts,
    pub watch: &'p Watch<'p>,
    pub seen: SeenEvents,
    accumulators: Accumulators,
    /// The number of the first file of events among all files of the run.
    pub first_file: usize,
    pub rejects: Option<Arc<Rejects>>,
}

impl Shared<'_> {
    /// Takes the orders that all cells tell; whether one is other than what was read by.
    fn settle_orders(&mut self, told: &[Told], names: &[String]) -> Result<bool, Report> {
        let mut changed = false;
        for (date, told) in self.dates.iter_mut().zip(told) {
            let order = date.settled(self.plan, *told, names)?;
            changed |= order != date.order;
            date.order = order;
        }
        Ok(changed)
    }

    /// Reads all files with so many threads.
    fn read(&mut self, sources: Vec<Source>, threads: usize) -> Result<Found, Report> {
        self.manners = Manner::of_all(self.plan, &sources, &self.dates);
        let contacts = self.contacts.len();
        let share = |number| {
            let thread = (number, threads);
            self.accumulators.share(self.plan, contacts, thread)
        };
        let mut workers: Vec<Worker<'_>> = (0..threads)
            .map(|number| Worker::new(self, share(number)))
            .collect();
        let mut unended = Vec::new();
        let mut footer = 0;
        for (number, source) in sources.into_iter().enumerate() {
            let read = read_file(number, source, &mut workers)?;
            unended.extend(read.ends_without_line_end().map(|line| (number, line)));
            footer += read.footer_rows();
        }
        let finishes = workers.into_iter().map(|worker| move || worker.finish());
        let mut all = Found::new(self);
        for found in spread(finishes.collect()) {
            all.merge(found);
        }
        if all.account.unused_kinds.len() > MOST_KINDS {
            return Err(too_many_kinds());
        }
        all.account.read += footer;
        all.account.footer += footer;
        all.unended = unended;
        Ok(all)
    }
}

/// What a thread found.
pub(super) struct Found {
    pub account: EventRows,
    pub bad: BadRows,
    pub unreadable: Vec<u64>,
    pub evidence: Evidence,
    /// What the cells of each column of dates tell of its order.
    pub orders: Vec<Told>,
    /// Files whose last line has no end, and that line; known when all threads are done.
    pub unended: Vec<(usize, u64)>,
}

impl Found {
    /// Nothing found yet.
    pub fn new(shared: &Shared<'_>) -> Self {
        let readings = shared.plan.model.events.columns.readings();
        Self {
            account: EventRows::default(),
            bad: BadRows::new(shared.rejects.clone()),
            unreadable: vec![0; readings.len()],
            evidence: Evidence::default(),
            orders: vec![Told::default(); shared.dates.len()],
            unended: Vec::new(),
        }
    }

    fn merge(&mut self, other: Self) {
        self.account.add(other.account);
        self.bad.merge(other.bad);
        self.evidence.merge(other.evidence);
        for (told, other) in self.orders.iter_mut().zip(other.orders) {
            told.merge(other);
        }
        for (sum, count) in self.unreadable.iter_mut().zip(other.unreadable) {
            *sum += count;
        }
    }
}
