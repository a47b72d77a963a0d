//! Accumulators: what all threads have seen of each contact's events so far.
//!
//! Measures that need no single events live in machine words, a row of them for each contact ([`super::words`]); the
//! others keep short lists ([`super::kept`]) until all events are seen. Every operation is a sum or a largest, so the
//! order of events is immaterial.
//!
//! Lists are kept for stretches of neighbouring contacts. A thread puts what goes into them into a [`Queue`] with a list
//! for each stretch and now and then empties it stretch by stretch, so that it does not wait for memory with every
//! event.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kept::{ANSWERS, ASKS, Amount, Kept, PLACE_BITS, fingerprint, weighted};
use super::threads::spread;
use super::waits::{StretchWaits, Waits};
use super::words::{Operation, Row, Words};
use crate::model::{Decay, FULL_WEIGHT, Measure, Model, Signal};
use crate::value::{Day, Instant, Number};

/// Contacts in a stretch.
pub(super) const STRETCH: usize = 1 << PLACE_BITS;

/// Words that a thread may have for itself: 8 MiB. More of them are shared.
const MOST_OWN: usize = 1 << 20;

/// Facts that a thread queues before it empties its queue.
const MOST_QUEUED: usize = 1 << 17;

/// Where each signal's words stand in a contact's row, and what is done to each word.
#[derive(Debug, Clone, Default)]
struct Layout {
    operations: Vec<Operation>,
    /// For each signal, its first word.
    places: Vec<usize>,
}

/// The word that holds the newest event of any type: its microseconds and one more.
const LAST_EVENT: usize = 0;

impl Layout {
    fn new(model: &Model) -> Self {
        let mut layout = Self {
            operations: vec![Operation::Raise],
            places: Vec::new(),
        };
        for signal in &model.signals {
            layout.places.push(layout.operations.len());
            match &signal.measure {
                Measure::Sum { .. } => layout.operations.extend([Operation::Add; 2]),
                Measure::Count { .. } => layout.operations.push(Operation::Add),
                Measure::Max { .. }
                | Measure::Min { .. }
                | Measure::DaysSinceLast { .. }
                | Measure::DaysSinceFirst { .. }
                | Measure::Response { .. }
                | Measure::Distinct { .. }
                | Measure::ActiveDays { .. } => layout.operations.push(Operation::Raise),
            }
        }
        layout
    }

    fn width(&self) -> usize {
        self.operations.len()
    }
}

/// Numbers too large for words, by contact and signal: sums of them, or the largest.
type Far = BTreeMap<(u32, u16), i128>;

/// A sum in two words: the lower 32 bits of each number summed up, and the bits above. Numbers that are near enough
/// ([`near`]) reach the end of neither within 2^32 events.
fn halves(number: i64) -> [u64; 2] {
    [
        number.cast_unsigned() & 0xffff_ffff,
        (number >> 32).cast_unsigned(),
    ]
}

fn whole(row: Row<'_>, word: usize) -> i128 {
    i128::from(row.get(word)) + (i128::from(row.get(word + 1).cast_signed()) << 32)
}

/// A number that one word holds, in millionths; most do, as it reaches up to nine million millions.
fn near(millionths: i128) -> Option<i64> {
    i64::try_from(millionths)
        .ok()
        .filter(|near| *near > i64::MIN)
}

/// Near numbers as words in the same order, all of them above nought.
fn ordered(near: i64) -> u64 {
    near.cast_unsigned() ^ 1 << 63
}

fn from_ordered(word: u64) -> i64 {
    (word ^ 1 << 63).cast_signed()
}

/// Ages as words, the younger the higher.
fn youth(age: u32) -> u64 {
    (1 << 32) - u64::from(age)
}

/// What one event brings to a signal of one contact that keeps lists.
#[derive(Debug, Clone, Copy)]
struct Fact {
    /// The contact's place in its stretch.
    place: u16,
    /// The signal's number.
    signal: u16,
    /// The event's age in days.
    age: u32,
    /// The event's instant.
    micros: i64,
    /// What a [`Detail`] says, in one number.
    detail: i128,
}

/// What a signal's measure needs of an event besides its time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Detail<'e> {
    /// Nothing.
    None,
    /// The number in the column of `of`.
    Number(Number),
    /// The text in the column of `of`.
    Text(&'e str),
    /// Whether the event's type asks, and whether it answers.
    Sides(bool, bool),
}

impl Detail<'_> {
    /// What a reader is told of it.
    pub(super) fn shown(self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.to_owned()),
            Self::None | Self::Sides(..) => None,
        }
    }

    /// The number, for measures that compute with it.
    pub(super) fn number(self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether the event asks, and whether it answers.
    pub(super) fn sides(self) -> (bool, bool) {
        match self {
            Self::Sides(asks, answers) => (asks, answers),
            _ => (false, false),
        }
    }

    fn packed(self) -> i128 {
        match self {
            Self::None => 0,
            Self::Number(number) => number.millionths(),
            Self::Text(text) => fingerprint(text.as_bytes()).cast_signed(),
            Self::Sides(asks, answers) => i128::from(asks) | i128::from(answers) << 1,
        }
    }
}

/// What a thread has seen and not yet added to the lists, by stretch.
#[derive(Debug)]
struct Queue {
    facts: Vec<Vec<Fact>>,
    length: usize,
    /// The stretch with which it begins to be emptied, so that threads seldom meet.
    begin: usize,
}

/// What all threads have seen.
#[derive(Debug)]
pub(super) struct Accumulators {
    layout: Layout,
    words: Words,
    far: Mutex<Far>,
    stretches: Vec<Mutex<Stretch>>,
    /// Whether threads have words of their own.
    has_own: bool,
}

/// The lists of neighbouring contacts.
#[derive(Debug)]
struct Stretch {
    kept: Vec<Option<Kept>>,
    /// How long its contacts waited for our answers, once that is known and if it is asked for.
    waits: StretchWaits,
}

impl Accumulators {
    /// Accumulators that so many threads add to.
    pub(super) fn new(model: &Model, contacts: usize, threads: usize) -> Self {
        let layout = Layout::new(model);
        let has_own = threads > 1 && contacts * layout.width() <= MOST_OWN;
        let stretch = || Stretch {
            kept: model
                .signals
                .iter()
                .map(|signal| Kept::of(&signal.measure))
                .collect(),
            waits: StretchWaits::default(),
        };
        Self {
            words: Words::new(contacts, layout.width(), threads > 1 && !has_own),
            layout,
            far: Mutex::default(),
            stretches: (0..contacts.div_ceil(STRETCH))
                .map(|_| Mutex::new(stretch()))
                .collect(),
            has_own,
        }
    }

    /// What the thread of this number, of so many, adds to.
    pub(super) fn share(&self, contacts: usize, number: usize, threads: usize) -> Share<'_> {
        let stretches = self.stretches.len();
        Share {
            all: self,
            own: self
                .has_own
                .then(|| Words::new(contacts, self.layout.width(), false)),
            queue: Queue {
                facts: vec![Vec::new(); stretches],
                length: 0,
                begin: number * stretches / threads,
            },
        }
    }

    /// The signals of every contact, now that all events are seen; `answers` is the number of the one from which it
    /// is worked out how long they waited.
    pub(super) fn resolve(
        self,
        signals: &[Signal],
        answers: Option<usize>,
        today: Day,
        threads: usize,
    ) -> Signals {
        let Self {
            layout,
            words,
            far,
            stretches,
            ..
        } = self;
        let mut stretches: Vec<Stretch> = stretches
            .into_iter()
            .map(|stretch| stretch.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        let far = Mutex::new(far.into_inner().unwrap_or_else(PoisonError::into_inner));
        in_parallel(&mut stretches, threads, |number, stretch| {
            if let Some(answers) = answers {
                stretch.waits = StretchWaits::of(stretch.kept[answers].take());
            }
            let first = number * STRETCH;
            for (signal, kept) in stretch.kept.iter_mut().enumerate() {
                let Some(kept) = kept.take() else { continue };
                let measure = &signals[signal].measure;
                kept.resolve(measure, today, |place, value| {
                    let contact = first + place;
                    let word = layout.places[signal];
                    set(&words, &far, measure, (contact, signal, word), value);
                });
            }
        });
        let waits = stretches.into_iter().map(|stretch| stretch.waits).collect();
        Signals {
            layout,
            words,
            far: far.into_inner().unwrap_or_else(PoisonError::into_inner),
            waits: Waits::new(waits),
        }
    }
}

/// Sets what a list came to.
fn set(
    words: &Words,
    far: &Mutex<Far>,
    measure: &Measure,
    (contact, signal, word): (usize, usize, usize),
    value: i128,
) {
    let row = words.row(contact);
    match (measure, near(value)) {
        (Measure::Sum { .. }, Some(near)) => {
            let [low, high] = halves(near);
            row.set(word, low);
            row.set(word + 1, high);
        }
        (Measure::Sum { .. }, None) => {
            let mut far = far.lock().unwrap_or_else(PoisonError::into_inner);
            far.insert(far_key(contact, signal), value);
        }
        (Measure::Response { .. }, minutes) => {
            row.set(word, ordered(minutes.expect("minutes are few")));
        }
        (_, count) => row.set(word, count.expect("counts are small").cast_unsigned()),
    }
}

fn far_key(contact: usize, signal: usize) -> (u32, u16) {
    (
        u32::try_from(contact).expect("fewer than 2^32 contacts fit in memory"),
        u16::try_from(signal).expect("a model has few signals"),
    )
}

/// Calls `work` with every stretch and its number, on so many threads; one that is free takes the next.
fn in_parallel(
    stretches: &mut [Stretch],
    threads: usize,
    work: impl Fn(usize, &mut Stretch) + Sync,
) {
    let waiting = Mutex::new(stretches.iter_mut().enumerate());
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.next()
    };
    let empty = || {
        while let Some((number, stretch)) = next() {
            work(number, stretch);
        }
    };
    spread(vec![empty; threads]);
}

/// The accumulators as one thread adds to them.
#[derive(Debug)]
pub(super) struct Share<'a> {
    all: &'a Accumulators,
    /// The thread's own words, where there are few.
    own: Option<Words>,
    queue: Queue,
}

impl Share<'_> {
    fn words(&self) -> &Words {
        self.own.as_ref().unwrap_or(&self.all.words)
    }

    /// Has the processor load what is kept of contacts that soon have an event.
    #[inline]
    pub(super) fn touch(&self, contacts: impl Iterator<Item = u32>) {
        self.words().touch(contacts.map(|contact| contact as usize));
    }

    /// Notes that a contact had an event.
    #[inline]
    pub(super) fn saw(&self, contact: u32, instant: Instant) {
        let row = self.words().row(contact as usize);
        row.raise(LAST_EVENT, instant.micros().cast_unsigned() + 1);
    }

    /// Adds what an event of a contact brings to a signal that takes it.
    #[inline]
    pub(super) fn add(
        &mut self,
        contact: u32,
        signal: usize,
        measure: &Measure,
        (instant, age): (Instant, u32),
        detail: Detail<'_>,
    ) {
        let row = self.words().row(contact as usize);
        let word = self.all.layout.places[signal];
        match measure {
            Measure::Count {
                decay, limit: None, ..
            } => {
                row.add(word, weight(decay.as_ref(), age).cast_unsigned());
            }
            Measure::DaysSinceLast { .. } => row.raise(word, youth(age)),
            Measure::DaysSinceFirst { .. } => row.raise(word, u64::from(age) + 1),
            Measure::Sum {
                decay, limit: None, ..
            } => {
                let value = weighted(detail.packed(), decay.as_ref(), age);
                match near(value) {
                    Some(near) => {
                        let [low, high] = halves(near);
                        row.add(word, low);
                        row.add(word + 1, high);
                    }
                    None => self.add_far(contact, signal, value, |sum, value| sum + value),
                }
            }
            Measure::Max { .. } => self.extreme(contact, signal, detail.packed()),
            Measure::Min { .. } => self.extreme(contact, signal, -detail.packed()),
            Measure::Count { .. }
            | Measure::Sum { .. }
            | Measure::Distinct { .. }
            | Measure::ActiveDays { .. }
            | Measure::Response { .. } => self.queue.push(contact, signal, instant, age, detail),
        }
    }

    /// Takes a number into account of which the largest counts.
    fn extreme(&self, contact: u32, signal: usize, value: i128) {
        match near(value) {
            Some(near) => {
                let word = self.all.layout.places[signal];
                self.words()
                    .row(contact as usize)
                    .raise(word, ordered(near));
            }
            None => self.add_far(contact, signal, value, i128::max),
        }
    }

    #[cold]
    fn add_far(&self, contact: u32, signal: usize, value: i128, add: fn(i128, i128) -> i128) {
        // A thread that panicked while it held the lock has ended the run anyway.
        let mut far = self.all.far.lock().unwrap_or_else(PoisonError::into_inner);
        far.entry(far_key(contact as usize, signal))
            .and_modify(|known| *known = add(*known, value))
            .or_insert(value);
    }

    /// Empties the queue once it is long.
    pub(super) fn relieve(&mut self, signals: &[Signal]) {
        if self.queue.length >= MOST_QUEUED {
            self.empty(signals);
        }
    }

    /// Adds everything in the queue to the lists.
    fn empty(&mut self, signals: &[Signal]) {
        let stretches = &self.all.stretches;
        let count = stretches.len();
        for number in (0..count).map(|step| (self.queue.begin + step) % count) {
            let facts = &mut self.queue.facts[number];
            if facts.is_empty() {
                continue;
            }
            let mut stretch: MutexGuard<'_, Stretch> = stretches[number]
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            for fact in facts.drain(..) {
                let signal = usize::from(fact.signal);
                if let Some(kept) = &mut stretch.kept[signal] {
                    keep(kept, &signals[signal].measure, &fact);
                }
            }
        }
        self.queue.length = 0;
    }

    /// Brings all that the thread has seen to the others'.
    pub(super) fn finish(mut self, signals: &[Signal]) {
        self.empty(signals);
        if let Some(own) = &self.own {
            // One thread after the other.
            let _turn = self.all.far.lock().unwrap_or_else(PoisonError::into_inner);
            self.all.words.merge(own, &self.all.layout.operations);
        }
    }
}

impl Queue {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a stretch has fewer than 2^16 contacts"
    )]
    fn push(
        &mut self,
        contact: u32,
        signal: usize,
        instant: Instant,
        age: u32,
        detail: Detail<'_>,
    ) {
        let contact = contact as usize;
        self.facts[contact / STRETCH].push(Fact {
            place: (contact % STRETCH) as u16,
            signal: u16::try_from(signal).expect("a model has few signals"),
            age,
            micros: instant.micros(),
            detail: detail.packed(),
        });
        self.length += 1;
    }
}

fn weight(decay: Option<&Decay>, age: u32) -> i64 {
    decay.map_or(FULL_WEIGHT, |decay| decay.weight(age))
}

fn keep(kept: &mut Kept, measure: &Measure, fact: &Fact) {
    match measure {
        Measure::Count { .. } | Measure::ActiveDays { .. } => kept.age(fact.place, fact.age),
        Measure::Distinct { .. } => kept.value(fact.place, fact.detail.cast_unsigned()),
        Measure::Sum { .. } => kept.amount(Amount {
            place: fact.place,
            age: fact.age,
            micros: fact.micros,
            millionths: fact.detail,
        }),
        Measure::Response { .. } => {
            if fact.detail & 1 != 0 {
                kept.turn(fact.place, fact.micros, ASKS);
            }
            if fact.detail & 2 != 0 {
                kept.turn(fact.place, fact.micros, ANSWERS);
            }
        }
        _ => {}
    }
}

/// The finished signals of every contact.
#[derive(Debug)]
pub(super) struct Signals {
    layout: Layout,
    words: Words,
    far: Far,
    /// How long contacts waited for our answers, if that was asked for.
    waits: Waits,
}

impl Signals {
    /// The newest event of a contact.
    pub(super) fn last_event(&self, contact: usize) -> Option<Instant> {
        let word = self.words.row(contact).get(LAST_EVENT);
        let micros = word.checked_sub(1)?;
        Some(Instant::from_micros(micros.cast_signed()))
    }

    /// How long contacts waited for our answers.
    pub(super) fn waits(&self) -> &Waits {
        &self.waits
    }

    /// The values of a contact's signals, into `values`.
    pub(super) fn of_contact(
        &self,
        contact: usize,
        signals: &[Signal],
        values: &mut Vec<Option<Number>>,
    ) {
        let row = self.words.row(contact);
        let in_words = signals
            .iter()
            .zip(&self.layout.places)
            .map(|(signal, word)| value(&signal.measure, row, *word));
        values.clear();
        values.extend(in_words.map(|value| value.map(Number::from_millionths)));
        if !self.far.is_empty() {
            self.add_far(contact, signals, values);
        }
    }

    /// Takes the numbers into account that are too large for words.
    #[cold]
    fn add_far(&self, contact: usize, signals: &[Signal], values: &mut [Option<Number>]) {
        let numbers = self.far.range(far_key(contact, 0)..);
        let own = numbers.take_while(|((other, _), _)| *other as usize == contact);
        for ((_, signal), far) in own {
            let signal = usize::from(*signal);
            let near = values[signal].map(Number::millionths);
            let both = match &signals[signal].measure {
                Measure::Max { .. } => near.map_or(*far, |near| near.max(*far)),
                Measure::Min { .. } => near.map_or(-far, |near| near.min(-far)),
                _ => near.unwrap_or(0) + far,
            };
            values[signal] = Some(Number::from_millionths(both));
        }
    }
}

/// A signal's value in millionths.
#[inline]
fn value(measure: &Measure, row: Row<'_>, word: usize) -> Option<i128> {
    let seen = || Some(row.get(word)).filter(|word| *word != 0);
    let days = |age: u64| i128::from(age) * 1_000_000;
    match measure {
        Measure::Sum { .. } => Some(whole(row, word)),
        Measure::Max { .. } | Measure::Response { .. } => {
            seen().map(|word| i128::from(from_ordered(word)))
        }
        Measure::Min { .. } => seen().map(|word| -i128::from(from_ordered(word))),
        Measure::DaysSinceLast { .. } => seen().map(|word| days((1 << 32) - word)),
        Measure::DaysSinceFirst { .. } => seen().map(|word| days(word - 1)),
        Measure::Count { .. } | Measure::Distinct { .. } | Measure::ActiveDays { .. } => {
            Some(i128::from(row.get(word)))
        }
    }
}
