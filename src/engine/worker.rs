//! One thread's part of the pass over the events: rows in, accumulators and accounts out.
//!
//! Rows come in batches, and each step is done for a whole batch before the next: times are read, keys are looked up,
//! and only then goes each event to its contacts. So the waits for memory of the rows of a batch overlap.

use std::borrow::Cow;

use super::cells::{Memory, RowScope};
use super::contacts::{account_key, join_key};
use super::deeds::is_put_aside;
use super::duplicates::Verdict;
use super::evidence::Sighting;
use super::index::{Lookup, NOBODY};
use super::manner::Manner;
use super::pass::{Found, MOST_KINDS, Shared, too_many_kinds};
use super::share::{Detail, Share, When};
use super::spellings::Spellings;
use crate::diagnostic::Report;
use crate::input::{BadCode, BadRow, Block, Column, Parsed, Parser, Row, Rows};
use crate::model::condition::Scope;
use crate::model::{Measure, Signal};
use crate::plan::{Kind as EventKind, Plan};
use crate::preset::Shape;
use crate::value::{Instant, TimeError, is_plain_id, normal_id};

/// One thread's part of the pass.
pub(super) struct Worker<'p> {
    shared: &'p Shared<'p>,
    share: Share<'p>,
    /// The number of the file at hand.
    file: usize,
    /// For each file so far.
    kinds: Vec<KindMemory>,
    memory: Memory,
    found: Found,
    stages: Stages,
    /// For each type in use, whether a signal looks at cells of its events.
    asks_cells: Vec<bool>,
    /// For each type in use whose events are only put aside: up to which age one is in a signal's window.
    windows: Vec<Option<u32>>,
    /// Whether the events of some contacts are kept as evidence.
    is_watching: bool,
}

/// Spellings of types met so far in a file, so that each is looked up in the model once.
#[derive(Default)]
struct KindMemory {
    shape: Option<&'static Shape>,
    spellings: Spellings,
    kinds: Vec<EventKind>,
    /// For each spelling, how many events of a type that no signal uses.
    unused: Vec<u64>,
}

impl KindMemory {
    /// The number of a cell's spelling.
    #[inline]
    fn find(&mut self, cell: &[u8], plan: &Plan) -> usize {
        let number = self.spellings.number(cell);
        if number == self.kinds.len() {
            let cell = std::str::from_utf8(cell).unwrap_or_default();
            self.kinds.push(plan.kinds.find_in(cell, self.shape));
            self.unused.push(0);
        }
        number
    }
}

/// A row that has a time and may count, by its place in the batch.
struct Admitted {
    place: u32,
    instant: Instant,
}

/// An event of a lead that happened in time.
struct Joined {
    instant: Instant,
    lead: u32,
    /// Its row's place in the batch.
    place: u32,
    /// Whether it is counted with this lead; if it is one of several leads, it is with the first.
    is_first: bool,
}

/// What is known of the events of the batch at hand, one list after the other.
#[derive(Default)]
struct Stages {
    admitted: Vec<Admitted>,
    /// The contact that the key of each of these finds.
    lookup: Lookup,
    joined: Vec<Joined>,
    /// The type of each of these, if a signal uses it.
    kinds: Vec<Option<usize>>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(shared: &'p Shared<'p>, share: Share<'p>) -> Self {
        let signals = &shared.plan.model.signals;
        let is_watching = !shared.watch.contacts.is_empty();
        let window = |kind: &Vec<usize>| {
            let mut signals = kind.iter().map(|signal| &signals[*signal]);
            let widest = signals
                .clone()
                .map(|signal| signal.within.unwrap_or(u32::MAX));
            (!is_watching && signals.all(is_put_aside)).then(|| widest.max().unwrap_or(0))
        };
        let asks = |kind: &Vec<usize>| kind.iter().any(|signal| asks_cells(&signals[*signal]));
        Self {
            asks_cells: shared.plan.signals_of_kind.iter().map(asks).collect(),
            windows: shared.plan.signals_of_kind.iter().map(window).collect(),
            is_watching,
            shared,
            share,
            file: 0,
            kinds: Vec::new(),
            memory: Manner::of(shared.plan, None).lector.memory(),
            found: Found::new(shared),
            stages: Stages::default(),
        }
    }

    /// Goes on with the next file.
    pub(super) fn begin_file(&mut self, number: usize, shape: Option<&'static Shape>) {
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

    /// What was found, with everything seen added to the accumulators.
    pub(super) fn finish(mut self) -> Found {
        let kinds = |memory: KindMemory| memory.kinds.into_iter().zip(memory.unused);
        for (kind, count) in self.kinds.into_iter().flat_map(kinds) {
            if let (EventKind::Unused(name), 1..) = (&kind, count) {
                let name = if name.is_empty() { "(blank)" } else { name };
                let sum = self.found.account.unused_kinds.entry(name.to_owned());
                *sum.or_default() += count;
            }
        }
        self.found.unreadable = self.memory.unreadable();
        self.share.finish();
        self.found
    }

    pub(super) fn take_block(&mut self, block: &Block, parser: &mut Parser) -> Result<(), Report> {
        parser.parse_batches(block, |parsed| match parsed {
            Parsed::Rows(rows) => self.take_rows(&rows),
            Parsed::Bad(row) => {
                self.found.account.read += 1;
                self.reject(row);
            }
        });
        self.share.relieve();
        (self.shared.watch.progress)(block.len());
        if self.kinds[self.file].kinds.len() > MOST_KINDS {
            return Err(too_many_kinds());
        }
        Ok(())
    }

    /// Takes a batch of events: first whatever can be known of each without its contact, then all their contacts at
    /// once, then each event to its contacts.
    fn take_rows(&mut self, rows: &Rows<'_>) {
        let shared = self.shared;
        self.found.account.read += rows.len() as u64;
        for (date, told) in shared.dates.iter().zip(&mut self.found.orders) {
            // Times are looked at when they are read.
            if !date.is_of_times() {
                date.note_all(self.file, rows, &shared.manners[self.file], told);
            }
        }
        let mut stages = std::mem::take(&mut self.stages);
        self.admit_all(rows, &mut stages.admitted);
        self.look_up(rows, &stages.admitted, &mut stages.lookup);
        self.join_all(&stages.admitted, &stages.lookup.found, &mut stages.joined);
        self.name_all(rows, &stages.joined, &mut stages.kinds);
        for (event, kind) in stages.joined.iter().zip(&stages.kinds) {
            self.take(event, *kind, rows);
        }
        self.stages = stages;
    }

    /// Finds the contact of each event, into `lookup.found`.
    fn look_up(&self, rows: &Rows<'_>, admitted: &[Admitted], lookup: &mut Lookup) {
        let Shared { plan, contacts, .. } = self.shared;
        let column = rows.column(plan.model.events.contact);
        if let Some(dense) = contacts.index.dense() {
            let lector = &self.manner().lector;
            let place = |event: &Admitted| {
                let cell = column.cell(event.place as usize);
                dense
                    .place(cell)
                    .filter(|_| !lector.is_blank_bytes(cell))
                    .or_else(|| dense.place(&self.key(&column, rows, event.place as usize)))
            };
            dense.find_all(admitted.iter().map(place), &mut lookup.found);
        } else {
            let keys: Vec<Cow<'_, [u8]>> = admitted
                .iter()
                .map(|event| self.key(&column, rows, event.place as usize))
                .collect();
            contacts.index.find_all(&keys, lookup);
        }
    }

    /// Counts a row that cannot be read.
    fn reject(&mut self, row: BadRow) {
        self.found.account.rejected += 1;
        let file = self.shared.first_file + self.file;
        self.found.bad.push(file, row);
    }

    /// What an event's contact is found by.
    #[inline]
    fn key<'r>(&self, column: &Column<'r>, rows: &Rows<'r>, place: usize) -> Cow<'r, [u8]> {
        let cell = column.cell(place);
        let lector = &self.manner().lector;
        if is_plain_id(cell) && !lector.is_blank_bytes(cell) {
            return Cow::Borrowed(cell);
        }
        let row = rows.row(place);
        let model = &self.shared.plan.model;
        let key = match row.text(model.events.contact) {
            blank if lector.is_blank(blank) => {
                let account = model.accounts.and_then(|a| a.event_key);
                account.map_or(Cow::Borrowed(""), |slot| account_key(row.text(slot)))
            }
            key => join_key(key),
        };
        match key {
            Cow::Borrowed(key) => Cow::Borrowed(key.as_bytes()),
            Cow::Owned(key) => Cow::Owned(key.into_bytes()),
        }
    }

    /// The rows of a batch that have a time, but for those instead of which another one with their id counts, which the
    /// account then says.
    fn admit_all(&mut self, rows: &Rows<'_>, admitted: &mut Vec<Admitted>) {
        let events = &self.shared.plan.model.events;
        let manner = self.manner();
        let times = rows.column(events.time);
        let ids = rows.column(events.id);
        admitted.clear();
        for (place, number) in (0..rows.len()).zip(0..) {
            let time = manner.times.read_usual(times.cell(place));
            let Some(instant) = time.or_else(|| self.read_time(rows, place)) else {
                continue;
            };
            if ids.is_bound() && !manner.lector.is_blank_bytes(ids.cell(place)) {
                let row = rows.row(place);
                let id = normal_id(row.text(events.id));
                match self.shared.seen.check(id.as_bytes(), self.file, &row) {
                    Verdict::Counts => {}
                    Verdict::Repeats => {
                        self.found.account.collapsed += 1;
                        continue;
                    }
                    Verdict::GivesWay => {
                        self.found.account.superseded += 1;
                        continue;
                    }
                    Verdict::Contradicts(bad) => {
                        self.reject(bad);
                        continue;
                    }
                }
            }
            admitted.push(Admitted {
                place: number,
                instant,
            });
        }
    }

    /// The time of an event that is not written as most are; none of one that is rejected.
    #[inline(never)]
    fn read_time(&mut self, rows: &Rows<'_>, place: usize) -> Option<Instant> {
        let events = &self.shared.plan.model.events;
        let manner = self.manner();
        let row = rows.row(place);
        for (date, told) in self.shared.dates.iter().zip(&mut self.found.orders) {
            if date.is_of_times() {
                date.note(self.file, &row, manner, told);
            }
        }
        let notes = &mut self.found.account.times;
        match manner.times.read_noting(row.cell(events.time), notes) {
            Ok(instant) => Some(instant),
            Err(error) => {
                self.reject(bad_time(&row, events.time, error));
                None
            }
        }
    }

    /// Brings each event to its leads, or into a count of the account. The contact that was found by its key is one of
    /// those that have the key; the index knows the others.
    fn join_all(&mut self, admitted: &[Admitted], found: &[u32], joined: &mut Vec<Joined>) {
        let Shared { plan, contacts, .. } = self.shared;
        let account = &mut self.found.account;
        // Mostly a key is one contact's, who is a lead.
        let is_always_one = !contacts.index.is_shared() && contacts.are_all_leads();
        let mut several = Vec::new();
        joined.clear();
        for (Admitted { place, instant }, contact) in admitted.iter().zip(found) {
            if *contact == NOBODY {
                account.no_contact += 1;
                continue;
            }
            let leads = if is_always_one {
                std::slice::from_ref(contact)
            } else {
                several.clear();
                let all = std::iter::once(*contact).chain(contacts.index.others(*contact));
                several.extend(all.filter(|contact| contacts.is_lead(*contact as usize)));
                several.as_slice()
            };
            if leads.is_empty() {
                account.not_leads += 1;
            } else if *instant > plan.as_of.instant {
                account.after_as_of += 1;
            } else {
                joined.extend(leads.iter().enumerate().map(|(number, lead)| Joined {
                    instant: *instant,
                    lead: *lead,
                    place: *place,
                    is_first: number == 0,
                }));
            }
        }
    }

    /// Finds the type of each event.
    fn name_all(&mut self, rows: &Rows<'_>, joined: &[Joined], kinds: &mut Vec<Option<usize>>) {
        let plan = self.shared.plan;
        let column = rows.column(plan.model.events.kind);
        let known = &mut self.kinds[self.file];
        kinds.clear();
        kinds.extend(joined.iter().map(|event| {
            let spelling = known.find(column.cell(event.place as usize), plan);
            match known.kinds[spelling] {
                EventKind::Used(kind) => Some(kind),
                EventKind::Unused(_) => {
                    known.unused[spelling] += u64::from(event.is_first);
                    None
                }
            }
        }));
    }

    /// Takes one event of a lead, and counts it.
    #[inline]
    fn take(&mut self, event: &Joined, kind: Option<usize>, rows: &Rows<'_>) {
        let plan = self.shared.plan;
        let day = plan.model.zone.day_of(event.instant);
        // Not after as-of, so not younger than today.
        let age = u32::try_from(plan.as_of.day.days() - day.days()).unwrap_or(0);
        self.share.saw(event.lead, kind, event.instant, age);
        let Some(kind) = kind else { return };
        let (taken, in_window) = match self.windows[kind] {
            Some(widest) => (age < widest, age < widest),
            None => {
                let instant = event.instant;
                self.add(kind, event, When { instant, day, age }, rows)
            }
        };
        if !event.is_first {
            return;
        }
        let account = &mut self.found.account;
        if taken {
            account.counted += 1;
        } else if in_window {
            account.unmatched += 1;
        } else {
            account.out_of_window += 1;
        }
    }

    /// Adds an event of a lead to every signal that looks at its type; tells whether one takes it, and whether it is in
    /// the window of one.
    fn add(&mut self, kind: usize, event: &Joined, when: When, rows: &Rows<'_>) -> (bool, bool) {
        let plan = self.shared.plan;
        let When { instant, age, .. } = when;
        let row = self.asks_cells[kind].then(|| rows.row(event.place as usize));
        let (manner, memory) = (self.manner(), &self.memory);
        let scope = row.as_ref().map(|row| {
            memory.forget();
            RowScope {
                row,
                lector: &manner.lector,
                memory,
            }
        });
        let (mut taken, mut in_window) = (false, false);
        for &number in &plan.signals_of_kind[kind] {
            let signal = &plan.model.signals[number];
            if signal.within.is_some_and(|days| age >= days) {
                continue;
            }
            in_window = true;
            let Some(detail) = detail(signal, kind, scope.as_ref()) else {
                continue;
            };
            taken = true;
            if !is_put_aside(signal) {
                self.share
                    .add(event.lead, number, &signal.measure, when, detail);
            }
            let lead = event.lead as usize;
            if self.is_watching && self.shared.watch.contacts.contains(&lead) {
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
                self.found.evidence.add(lead, number, sighting);
            }
        }
        (taken, in_window)
    }
}

/// Whether a signal looks at other cells of an event than its contact, its type and its time.
fn asks_cells(signal: &Signal) -> bool {
    signal.filter.is_some()
        || matches!(
            signal.measure,
            Measure::Sum { .. }
                | Measure::Max { .. }
                | Measure::Min { .. }
                | Measure::Distinct { .. }
        )
}

/// What an event in the window brings to a signal: None if the signal does not take it. `scope` is its row, if any signal
/// of its type asks for cells.
#[inline]
fn detail<'r>(
    signal: &Signal,
    kind: usize,
    scope: Option<&'r RowScope<'_, Row<'_>>>,
) -> Option<Detail<'r>> {
    if let Some(filter) = &signal.filter
        && !filter.is_met(scope?)
    {
        return None;
    }
    Some(match &signal.measure {
        Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
            Detail::Number(scope?.number(*of)?)
        }
        Measure::Distinct { of, .. } => Detail::Text(scope?.cell(*of)?),
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
