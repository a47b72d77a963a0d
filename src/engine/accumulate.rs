//! Accumulators: what all threads have seen of each contact's events so far.
//!
//! Measures that need no single events live in machine words, a row of them for each contact; the others keep short
//! lists ([`super::kept`]) until all events are seen. Every operation is a sum, a largest or a smallest, so the order
//! of events is immaterial.
//!
//! Contacts are divided into stretches small enough for a processor's own cache. A thread puts what events bring into
//! a [`Queue`] with a list for each stretch and now and then empties it stretch by stretch, so that it does not wait
//! for memory with every event, and all threads share one set of accumulators.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kept::{ANSWERS, ASKS, Amount, Kept, PLACE_BITS, fingerprint, weighted};
use super::threads::spread;
use super::waits::{StretchWaits, Waits};
use crate::model::{FULL_WEIGHT, Measure, Model, Signal};
use crate::value::{Day, Instant, Number};

/// Contacts in a stretch.
pub(super) const STRETCH: usize = 1 << PLACE_BITS;

/// Where each signal's words stand in a contact's row, and what an empty row holds.
#[derive(Debug, Clone, Default)]
struct Layout {
    empty: Vec<i64>,
    /// For each signal, its first word.
    places: Vec<usize>,
}

/// The word that holds the newest event of any type, in microseconds.
const LAST_EVENT: usize = 0;
/// No event yet.
const NEVER: i64 = i64::MIN;
/// No largest value yet, in two words.
const NO_LARGEST: i128 = i128::MIN;
/// No smallest value yet, in two words.
const NO_SMALLEST: i128 = i128::MAX;
/// No newest age yet.
const NO_AGE: i64 = i64::MAX;
/// No question was answered.
const NO_ANSWER: i64 = i64::MIN;

impl Layout {
    fn new(model: &Model) -> Self {
        let mut layout = Self::default();
        layout.empty.push(NEVER);
        for signal in &model.signals {
            layout.places.push(layout.empty.len());
            match &signal.measure {
                Measure::Sum { .. } => layout.empty.extend(halves(0)),
                Measure::Max { .. } => layout.empty.extend(halves(NO_LARGEST)),
                Measure::Min { .. } => layout.empty.extend(halves(NO_SMALLEST)),
                Measure::DaysSinceLast { .. } => layout.empty.push(NO_AGE),
                Measure::DaysSinceFirst { .. } => layout.empty.push(-1),
                Measure::Response { .. } => layout.empty.push(NO_ANSWER),
                Measure::Count { .. } | Measure::Distinct { .. } | Measure::ActiveDays { .. } => {
                    layout.empty.push(0);
                }
            }
        }
        layout
    }

    fn width(&self) -> usize {
        self.empty.len()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "each half keeps its bits")]
fn halves(wide: i128) -> [i64; 2] {
    [(wide >> 64) as i64, wide as i64]
}

fn whole(halves: &[i64]) -> i128 {
    i128::from(halves[0]) << 64 | i128::from(halves[1].cast_unsigned())
}

/// What one event brings to one signal of one contact.
#[derive(Debug, Clone, Copy)]
struct Fact {
    /// The contact's place in its stretch.
    place: u16,
    /// The signal's number, or [`NO_SIGNAL`].
    signal: u16,
    /// The event's age in days.
    age: u32,
    /// The event's instant.
    micros: i64,
    /// What a [`Detail`] says, in one number.
    detail: i128,
}

/// The event only happened, no signal took it.
const NO_SIGNAL: u16 = u16::MAX;

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

/// What a thread has seen and not yet added to the accumulators, by stretch.
#[derive(Debug)]
pub(super) struct Queue(Vec<Vec<Fact>>);

impl Queue {
    /// Notes that a contact had an event.
    pub(super) fn saw(&mut self, contact: u32, instant: Instant) {
        self.push(contact, NO_SIGNAL, instant, 0, Detail::None);
    }

    /// Notes that a contact had an event which a signal takes.
    pub(super) fn add(
        &mut self,
        contact: u32,
        signal: usize,
        instant: Instant,
        age: u32,
        detail: Detail<'_>,
    ) {
        let signal = u16::try_from(signal).expect("a model has few signals");
        self.push(contact, signal, instant, age, detail);
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a stretch has fewer than 2^16 contacts"
    )]
    fn push(&mut self, contact: u32, signal: u16, instant: Instant, age: u32, detail: Detail<'_>) {
        let contact = contact as usize;
        self.0[contact / STRETCH].push(Fact {
            place: (contact % STRETCH) as u16,
            signal,
            age,
            micros: instant.micros(),
            detail: detail.packed(),
        });
    }
}

/// What all threads have seen.
#[derive(Debug)]
pub(super) struct Accumulators {
    layout: Layout,
    stretches: Vec<Mutex<Stretch>>,
}

/// The accumulators of neighbouring contacts.
#[derive(Debug)]
struct Stretch {
    words: Vec<i64>,
    kept: Vec<Option<Kept>>,
    /// How long its contacts waited for our answers, once that is known and if it is asked for.
    waits: StretchWaits,
}

impl Accumulators {
    pub(super) fn new(model: &Model, contacts: usize) -> Self {
        let layout = Layout::new(model);
        let stretch = |first: usize| Stretch {
            words: layout.empty.repeat(STRETCH.min(contacts - first)),
            kept: model
                .signals
                .iter()
                .map(|signal| Kept::of(&signal.measure))
                .collect(),
            waits: StretchWaits::default(),
        };
        let stretches = (0..contacts)
            .step_by(STRETCH)
            .map(|first| Mutex::new(stretch(first)))
            .collect();
        Self { layout, stretches }
    }

    /// A queue for one thread.
    pub(super) fn queue(&self) -> Queue {
        Queue(self.stretches.iter().map(|_| Vec::new()).collect())
    }

    /// Adds everything in a queue, and empties it. Threads that begin with different stretches seldom meet.
    pub(super) fn take(&self, queue: &mut Queue, signals: &[Signal], begin: usize) {
        let count = self.stretches.len();
        for number in (0..count).map(|step| (begin + step) % count) {
            let facts = &mut queue.0[number];
            if facts.is_empty() {
                continue;
            }
            // A thread that panicked while it held the lock has ended the run anyway.
            let mut stretch: MutexGuard<'_, Stretch> = self.stretches[number]
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            for fact in facts.drain(..) {
                stretch.add(&fact, &self.layout, signals);
            }
        }
    }

    /// How many stretches there are.
    pub(super) fn stretches(&self) -> usize {
        self.stretches.len()
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
        let Self { layout, stretches } = self;
        let mut stretches: Vec<Stretch> = stretches
            .into_iter()
            .map(|stretch| stretch.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        in_parallel(&mut stretches, threads, |stretch| {
            if let Some(answers) = answers {
                stretch.waits = StretchWaits::of(stretch.kept[answers].take());
            }
            stretch.resolve(&layout, signals, today);
        });
        let parts = stretches.into_iter();
        let (rows, waits) = parts.map(|stretch| (stretch.words, stretch.waits)).unzip();
        Signals {
            rows,
            waits: Waits::new(waits),
            layout,
        }
    }
}

/// Calls `work` with every stretch, on so many threads; one that is free takes the next.
fn in_parallel(stretches: &mut [Stretch], threads: usize, work: impl Fn(&mut Stretch) + Sync) {
    let waiting = Mutex::new(stretches.iter_mut());
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.next()
    };
    let empty = || {
        while let Some(stretch) = next() {
            work(stretch);
        }
    };
    spread(vec![empty; threads]);
}

impl Stretch {
    fn add(&mut self, fact: &Fact, layout: &Layout, signals: &[Signal]) {
        let row = usize::from(fact.place) * layout.width();
        let last = &mut self.words[row + LAST_EVENT];
        *last = (*last).max(fact.micros);
        if fact.signal == NO_SIGNAL {
            return;
        }
        let signal = usize::from(fact.signal);
        let measure = &signals[signal].measure;
        if let Some(kept) = &mut self.kept[signal] {
            keep(kept, measure, fact);
            return;
        }
        let words = &mut self.words[row + layout.places[signal]..];
        let age = i64::from(fact.age);
        match measure {
            Measure::Count { decay, .. } => {
                words[0] += decay
                    .as_ref()
                    .map_or(FULL_WEIGHT, |decay| decay.weight(fact.age));
            }
            Measure::DaysSinceLast { .. } => words[0] = words[0].min(age),
            Measure::DaysSinceFirst { .. } => words[0] = words[0].max(age),
            Measure::Sum { decay, .. } => {
                let sum = whole(words) + weighted(fact.detail, decay.as_ref(), fact.age);
                words[..2].copy_from_slice(&halves(sum));
            }
            Measure::Max { .. } => {
                let largest = whole(words).max(fact.detail);
                words[..2].copy_from_slice(&halves(largest));
            }
            Measure::Min { .. } => {
                let smallest = whole(words).min(fact.detail);
                words[..2].copy_from_slice(&halves(smallest));
            }
            Measure::Distinct { .. } | Measure::ActiveDays { .. } | Measure::Response { .. } => {
                unreachable!("these measures keep lists")
            }
        }
    }

    /// Turns lists into words.
    fn resolve(&mut self, layout: &Layout, signals: &[Signal], today: Day) {
        let lists = self.kept.iter_mut().zip(signals).zip(&layout.places);
        for ((kept, signal), at) in lists {
            let Some(kept) = kept.take() else {
                continue;
            };
            kept.resolve(&signal.measure, today, |place, value| {
                let words = &mut self.words[place * layout.width() + at..];
                if let Measure::Sum { .. } = signal.measure {
                    words[..2].copy_from_slice(&halves(value));
                } else {
                    words[0] = i64::try_from(value).expect("counts and minutes are small");
                }
            });
        }
    }
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
    /// The rows of each stretch of contacts.
    rows: Vec<Vec<i64>>,
    /// How long contacts waited for our answers, if that was asked for.
    waits: Waits,
}

impl Signals {
    fn row(&self, contact: usize) -> &[i64] {
        let width = self.layout.width();
        &self.rows[contact / STRETCH][contact % STRETCH * width..][..width]
    }

    /// The newest event of a contact.
    pub(super) fn last_event(&self, contact: usize) -> Option<Instant> {
        let micros = self.row(contact)[LAST_EVENT];
        (micros != NEVER).then(|| Instant::from_micros(micros))
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
        let row = self.row(contact);
        let in_words = signals
            .iter()
            .zip(&self.layout.places)
            .map(|(signal, place)| value(&signal.measure, &row[*place..]));
        values.clear();
        values.extend(in_words.map(|value| value.map(Number::from_millionths)));
    }
}

/// A signal's value in millionths.
fn value(measure: &Measure, words: &[i64]) -> Option<i128> {
    let days = |age: i64| i128::from(age) * 1_000_000;
    match measure {
        Measure::Sum { .. } => Some(whole(words)),
        Measure::Max { .. } => Some(whole(words)).filter(|value| *value != NO_LARGEST),
        Measure::Min { .. } => Some(whole(words)).filter(|value| *value != NO_SMALLEST),
        Measure::DaysSinceLast { .. } => Some(words[0]).filter(|age| *age != NO_AGE).map(days),
        Measure::DaysSinceFirst { .. } => Some(words[0]).filter(|age| *age >= 0).map(days),
        Measure::Response { .. } => Some(words[0])
            .filter(|minutes| *minutes != NO_ANSWER)
            .map(i128::from),
        Measure::Count { .. } | Measure::Distinct { .. } | Measure::ActiveDays { .. } => {
            Some(i128::from(words[0]))
        }
    }
}
