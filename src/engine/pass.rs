//! The one pass over the events: blocks of whole records, parsed and accumulated by all threads at once.
//!
//! A thread that is free takes the next block from the file (the only thing threads wait for), parses it and adds
//! its events to accumulators of its own; at the end these are merged.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::account::{EventRows, Unreadable};
use super::accumulate::{Accumulators, Detail, Queue};
use super::cells::{Memory, RowScope};
use super::contacts::{Contacts, account_key, join_key};
use super::duplicates::{OnDuplicate, SeenEvents, Verdict};
use super::evidence::{Evidence, Sighting};
use super::index::{Lookup, NOBODY};
use super::interner::Interner;
use super::manner::{DateColumn, Manner, Told, guess_orders, names_of};
use super::prepare::prepare;
use super::score::{Scoring, describe};
use super::source::Source;
use super::threads::spread;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{
    BadCode, BadRow, BadRows, Binding, Block, Parsed, Parser, Rejects, Row, Rows, Table,
};
use crate::model::condition::Scope;
use crate::model::{Measure, Signal};
use crate::plan::{Kind as EventKind, Plan};
use crate::preset::Shape;
use crate::value::normal_id;
use crate::value::{Instant, TimeError};

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
const MOST_KINDS: usize = 10_000;

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
        accumulators: Accumulators::new(model, contacts.len()),
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
        shared.accumulators = Accumulators::new(model, contacts.len());
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

fn too_many_kinds() -> Report {
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
    let next = || {
        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
        source.next_block()
    };
    let next = &next;
    let jobs = workers.iter_mut().zip(parsers).map(|(worker, mut parser)| {
        move || -> Result<(), Report> {
            while let Some(block) = next()? {
                worker.take_block(number, &block, &mut parser)?;
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
struct Shared<'p> {
    plan: &'p Plan,
    /// For each file.
    manners: Vec<Manner>,
    /// The columns of dates whose order the model does not say.
    dates: Vec<DateColumn>,
    contacts: &'p Contacts,
    watch: &'p Watch<'p>,
    seen: SeenEvents,
    accumulators: Accumulators,
    /// The number of the first file of events among all files of the run.
    first_file: usize,
    rejects: Option<Arc<Rejects>>,
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
        let stretches = self.accumulators.stretches();
        let mut workers: Vec<Worker<'_>> = (0..threads)
            .map(|number| Worker::new(self, number * stretches / threads))
            .collect();
        let mut unended = Vec::new();
        let mut footer = 0;
        for (number, source) in sources.into_iter().enumerate() {
            let read = read_file(number, source, &mut workers)?;
            unended.extend(read.ends_without_line_end().map(|line| (number, line)));
            footer += read.footer_rows();
        }
        let mut workers = workers.into_iter().map(Worker::finish);
        let Some(mut all) = workers.next() else {
            unreachable!("a pass has at least one thread");
        };
        for worker in workers {
            all.merge(worker);
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

/// One thread's part of the pass.
struct Worker<'p> {
    shared: &'p Shared<'p>,
    queue: Queue,
    /// The stretch of contacts with which this thread begins to empty its queue.
    begin: usize,
    /// The number of the file at hand.
    file: usize,
    /// For each file so far.
    kinds: Vec<KindMemory>,
    memory: Memory,
    found: Found,
    lookup: Lookup,
    /// The leads that the event at hand is of.
    joined: Vec<u32>,
}

/// What a thread found.
struct Found {
    account: EventRows,
    bad: BadRows,
    unreadable: Vec<u64>,
    evidence: Evidence,
    /// What the cells of each column of dates tell of its order.
    orders: Vec<Told>,
    /// Files whose last line has no end, and that line; known when all threads are done.
    unended: Vec<(usize, u64)>,
}

impl Found {
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

/// Spellings of types met so far in a file, so that each is looked up in the model once.
#[derive(Default)]
struct KindMemory {
    shape: Option<&'static Shape>,
    spellings: Interner,
    kinds: Vec<EventKind>,
    /// For each spelling, how many events of a type that no signal uses.
    unused: Vec<u64>,
}

impl KindMemory {
    fn find(&mut self, cell: &str, plan: &Plan) -> usize {
        let number = self.spellings.intern(cell.as_bytes()) as usize;
        if number == self.kinds.len() {
            self.kinds.push(plan.kinds.find_in(cell, self.shape));
            self.unused.push(0);
        }
        number
    }
}

impl<'p> Worker<'p> {
    fn new(shared: &'p Shared<'p>, begin: usize) -> Self {
        Self {
            shared,
            queue: shared.accumulators.queue(),
            begin,
            file: 0,
            kinds: Vec::new(),
            memory: Manner::of(shared.plan, None).lector.memory(),
            found: Found {
                account: EventRows::default(),
                bad: BadRows::new(shared.rejects.clone()),
                unreadable: Vec::new(),
                evidence: Evidence::default(),
                orders: vec![Told::default(); shared.dates.len()],
                unended: Vec::new(),
            },
            lookup: Lookup::default(),
            joined: Vec::new(),
        }
    }

    /// Goes on with the next file.
    fn begin_file(&mut self, number: usize, shape: Option<&'static Shape>) {
        self.file = number;
        self.kinds.push(KindMemory {
            shape,
            ..KindMemory::default()
        });
    }

    /// How the cells of the file at hand are read.
    fn manner(&self) -> &'p Manner {
        &self.shared.manners[self.file]
    }

    fn finish(mut self) -> Found {
        let kinds = |memory: KindMemory| memory.kinds.into_iter().zip(memory.unused);
        for (kind, count) in self.kinds.into_iter().flat_map(kinds) {
            if let (EventKind::Unused(name), 1..) = (&kind, count) {
                let name = if name.is_empty() { "(blank)" } else { name };
                let sum = self.found.account.unused_kinds.entry(name.to_owned());
                *sum.or_default() += count;
            }
        }
        self.found.unreadable = self.memory.unreadable();
        self.found
    }

    fn take_block(
        &mut self,
        file: usize,
        block: &Block,
        parser: &mut Parser,
    ) -> Result<(), Report> {
        parser.parse_batches(block, |parsed| match parsed {
            Parsed::Rows(rows) => self.take_rows(file, &rows),
            Parsed::Bad(row) => {
                self.found.account.read += 1;
                self.reject(file, row);
            }
        });
        let shared = self.shared;
        shared
            .accumulators
            .take(&mut self.queue, &shared.plan.model.signals, self.begin);
        (shared.watch.progress)(block.len());
        if self.kinds[file].kinds.len() > MOST_KINDS {
            return Err(too_many_kinds());
        }
        Ok(())
    }

    /// Takes a batch of events: first whatever can be known of each without its contact, then all their contacts at
    /// once, then each event to its contacts.
    fn take_rows(&mut self, file: usize, rows: &Rows<'_>) {
        let shared = self.shared;
        let column = shared.plan.model.events.contact;
        let account = shared.plan.model.accounts.and_then(|a| a.event_key);
        let mut admitted = Vec::with_capacity(rows.len());
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            self.found.account.read += 1;
            for (date, told) in shared.dates.iter().zip(&mut self.found.orders) {
                date.note(file, &row, &shared.manners[file], told);
            }
            match self.admit(file, &row) {
                Ok(Some(instant)) => {
                    keys.push(match row.text(column) {
                        blank if self.manner().lector.is_blank(blank) => {
                            account.map_or(Cow::Borrowed(""), |slot| account_key(row.text(slot)))
                        }
                        key => join_key(key),
                    });
                    admitted.push((instant, row));
                }
                Ok(None) => {}
                Err(bad) => self.reject(file, bad),
            }
        }
        shared.contacts.index.find_all(&keys, &mut self.lookup);
        for (place, (instant, row)) in admitted.iter().enumerate() {
            self.take(*instant, row, self.lookup.found[place]);
        }
    }

    /// Counts a row that cannot be read.
    fn reject(&mut self, file: usize, row: BadRow) {
        self.found.account.rejected += 1;
        self.found.bad.push(self.shared.first_file + file, row);
    }

    /// An event's instant; None if another one with its id counts instead, which the account then says.
    fn admit(&mut self, file: usize, row: &Row<'_>) -> Result<Option<Instant>, BadRow> {
        let (plan, manner) = (self.shared.plan, self.manner());
        let events = &plan.model.events;
        let time = row.cell(events.time);
        let instant = manner
            .times
            .read_noting(time, &mut self.found.account.times)
            .map_err(|error| bad_time(row, events.time, error))?;
        let id = row.text(events.id);
        if manner.lector.is_blank(id) {
            return Ok(Some(instant));
        }
        let id = normal_id(id);
        match self.shared.seen.check(id.as_bytes(), file, row) {
            Verdict::Counts => return Ok(Some(instant)),
            Verdict::Repeats => self.found.account.collapsed += 1,
            Verdict::GivesWay => self.found.account.superseded += 1,
            Verdict::Contradicts(bad) => return Err(bad),
        }
        Ok(None)
    }

    /// Takes one event: into exactly one count of the account, and into every signal it concerns.
    ///
    /// `first` is the contact that the event's key names, one of them if there are several; the index knows the others.
    fn take(&mut self, instant: Instant, row: &Row<'_>, first: u32) {
        let Shared { plan, contacts, .. } = self.shared;
        let account = &mut self.found.account;
        if first == NOBODY {
            account.no_contact += 1;
            return;
        }
        let all = std::iter::once(first).chain(contacts.index.others(first));
        self.joined.clear();
        self.joined
            .extend(all.filter(|contact| contacts.is_lead(*contact as usize)));
        if self.joined.is_empty() {
            account.not_leads += 1;
            return;
        }
        if instant > plan.as_of.instant {
            account.after_as_of += 1;
            return;
        }
        let kinds = &mut self.kinds[self.file];
        let spelling = kinds.find(row.text(plan.model.events.kind), plan);
        let taken = match kinds.kinds[spelling] {
            EventKind::Unused(_) => {
                kinds.unused[spelling] += 1;
                false
            }
            EventKind::Used(kind) => self.add(kind, instant, row),
        };
        if !taken {
            for contact in &self.joined {
                self.queue.saw(*contact, instant);
            }
        }
    }

    /// Adds an event of leads to every signal that looks at its type; tells whether one takes it.
    fn add(&mut self, kind: usize, instant: Instant, row: &Row<'_>) -> bool {
        let Shared { plan, watch, .. } = self.shared;
        let manner = self.manner();
        let day = plan.model.zone.day_of(instant);
        let age = plan.as_of.day.days() - day.days();
        // Not after as-of, so not younger than today.
        let age = u32::try_from(age).unwrap_or(0);
        self.memory.forget();
        let scope = RowScope {
            row,
            lector: &manner.lector,
            memory: &self.memory,
        };
        let (mut taken, mut in_window) = (false, false);
        for &number in &plan.signals_of_kind[kind] {
            let signal = &plan.model.signals[number];
            if signal.within.is_some_and(|days| age >= days) {
                continue;
            }
            in_window = true;
            let Some(detail) = detail(signal, kind, &scope) else {
                continue;
            };
            taken = true;
            for &contact in &self.joined {
                self.queue.add(contact, number, instant, age, detail);
                let contact = contact as usize;
                if watch.contacts.contains(&contact) {
                    let sighting = Sighting {
                        instant,
                        number: detail.number(),
                        kind: plan.model.events.types[kind].clone(),
                        age,
                        value: detail.shown(),
                        counts: None,
                        is_beyond_limit: false,
                        sides: detail.sides(),
                        answered_after: None,
                    };
                    self.found.evidence.add(contact, number, sighting);
                }
            }
        }
        let account = &mut self.found.account;
        if taken {
            account.counted += 1;
        } else if in_window {
            account.unmatched += 1;
        } else {
            account.out_of_window += 1;
        }
        taken
    }
}

/// What an event in the window brings to a signal: None if the signal does not take it.
fn detail<'r>(
    signal: &Signal,
    kind: usize,
    scope: &'r RowScope<'_, Row<'_>>,
) -> Option<Detail<'r>> {
    if let Some(filter) = &signal.filter
        && !filter.is_met(scope)
    {
        return None;
    }
    Some(match &signal.measure {
        Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
            Detail::Number(scope.number(*of)?)
        }
        Measure::Distinct { of, .. } => Detail::Text(scope.cell(*of)?),
        Measure::Response { from, to, .. } => {
            Detail::Sides(from.contains(&kind), to.contains(&kind))
        }
        Measure::Count { .. }
        | Measure::ActiveDays { .. }
        | Measure::DaysSinceLast { .. }
        | Measure::DaysSinceFirst { .. } => Detail::None,
    })
}

fn bad_time(row: &Row<'_>, slot: usize, error: TimeError) -> BadRow {
    let cell = row.text(slot).trim();
    let digits = !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let (code, message) = match error {
        TimeError::OutOfRange => (
            BadCode::TimestampRange,
            "its time is outside the years 1970 to 2099",
        ),
        TimeError::AmbiguousOrder => (
            BadCode::BadTimestamp,
            "its date may begin with the day or the month: set [events] date_order",
        ),
        TimeError::NotATime if cell.is_empty() => (BadCode::BadTimestamp, "it has no time"),
        TimeError::NotATime if digits && cell.len() == 10 => (
            BadCode::BadTimestamp,
            "its time is a number, of seconds as it seems: set [events] time_format = \"unix\"",
        ),
        TimeError::NotATime if digits && cell.len() == 13 => (
            BadCode::BadTimestamp,
            "its time is a number, of milliseconds as it seems: set [events] time_format = \"unix-ms\"",
        ),
        TimeError::NotATime => (
            BadCode::BadTimestamp,
            "its time is not one: write 2026-11-01T14:22:00+01:00, or set [events] time_format",
        ),
    };
    row.refuse_cell(slot, code, message)
}
