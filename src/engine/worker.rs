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
    lookup: Lookup,
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
    place: usize,
    instant: Instant,
}

/// An event of a lead that happened in time.
struct Joined {
    /// Its row's place in the batch.
    place: usize,
    instant: Instant,
    lead: u32,
    /// Its type, if a signal uses it.
    kind: Option<usize>,
    /// Whether it is counted with this lead; if it is one of several leads, it is with the first.
    is_first: bool,
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
            lookup: Lookup::default(),
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
            date.note_all(self.file, rows, &shared.manners[self.file], told);
        }
        let mut admitted = Vec::with_capacity(rows.len());
        self.admit_all(rows, &mut admitted);
        self.look_up(rows, &admitted);
        self.join_all(rows, &admitted);
    }

    /// Finds the contact of each event, into `lookup.found`.
    fn look_up(&mut self, rows: &Rows<'_>, admitted: &[Admitted]) {
        let Shared { plan, contacts, .. } = self.shared;
        let column = rows.column(plan.model.events.contact);
        let mut lookup = std::mem::take(&mut self.lookup);
        if let Some(dense) = contacts.index.dense() {
            let lector = &self.manner().lector;
            let place = |event: &Admitted| {
                let cell = column.cell(event.place);
                dense
                    .place(cell)
                    .filter(|_| !lector.is_blank_bytes(cell))
                    .or_else(|| dense.place(&self.key(&column, rows, event.place)))
            };
            dense.find_all(admitted.iter().map(place), &mut lookup.found);
        } else {
            let keys: Vec<Cow<'_, [u8]>> = admitted
                .iter()
                .map(|event| self.key(&column, rows, event.place))
                .collect();
            contacts.index.find_all(&keys, &mut lookup);
        }
        self.lookup = lookup;
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
        for place in 0..rows.len() {
            let time = manner
                .times
                .read_noting(times.cell(place), &mut self.found.account.times);
            let instant = match time {
                Ok(instant) => instant,
                Err(error) => {
                    self.reject(bad_time(&rows.row(place), events.time, error));
                    continue;
                }
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
            admitted.push(Admitted { place, instant });
        }
    }

    /// Takes each event to its leads: into exactly one count of the account, and into every signal it concerns. The
    /// contact that was found by its key is one of those that have the key; the index knows the others.
    fn join_all(&mut self, rows: &Rows<'_>, admitted: &[Admitted]) {
        let Shared { plan, contacts, .. } = self.shared;
        let column = rows.column(plan.model.events.kind);
        let is_shared = contacts.index.is_shared();
        let are_all_leads = contacts.are_all_leads();
        let mut leads = Vec::new();
        for (number, Admitted { place, instant }) in admitted.iter().enumerate() {
            let (place, instant) = (*place, *instant);
            let contact = self.lookup.found[number];
            let account = &mut self.found.account;
            if contact == NOBODY {
                account.no_contact += 1;
                continue;
            }
            leads.clear();
            let mut join = |contact: u32| {
                if are_all_leads || contacts.is_lead(contact as usize) {
                    leads.push(contact);
                }
            };
            join(contact);
            // Mostly a key is one contact's.
            if is_shared {
                contacts.index.others(contact).for_each(join);
            }
            if leads.is_empty() {
                account.not_leads += 1;
                continue;
            }
            if instant > plan.as_of.instant {
                account.after_as_of += 1;
                continue;
            }
            let known = &mut self.kinds[self.file];
            let spelling = known.find(column.cell(place), plan);
            let kind = match known.kinds[spelling] {
                EventKind::Unused(_) => {
                    known.unused[spelling] += 1;
                    None
                }
                EventKind::Used(kind) => Some(kind),
            };
            for (number, lead) in leads.iter().enumerate() {
                let event = Joined {
                    place,
                    instant,
                    lead: *lead,
                    kind,
                    is_first: number == 0,
                };
                self.take(&event, rows);
            }
        }
    }

    /// Takes one event of a lead, and counts it.
    #[inline]
    fn take(&mut self, event: &Joined, rows: &Rows<'_>) {
        let plan = self.shared.plan;
        let day = plan.model.zone.day_of(event.instant);
        // Not after as-of, so not younger than today.
        let age = u32::try_from(plan.as_of.day.days() - day.days()).unwrap_or(0);
        self.share.saw(event.lead, event.kind, event.instant, age);
        let Some(kind) = event.kind else { return };
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
        let row = self.asks_cells[kind].then(|| rows.row(event.place));
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
