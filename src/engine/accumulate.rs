//! Accumulators: what a thread has seen of each contact's events so far, in a form that two threads can merge.
//!
//! Measures that need no single events live in machine words, a row of them for each contact; the others keep short
//! lists ([`super::kept`]). Every operation is a sum, a largest or a smallest, so the order of events is immaterial.

use super::kept::{ANSWERS, ASKS, Amount, Kept, NULL, weighted};
use crate::model::{Measure, Model, Signal};
use crate::value::{Day, Instant, Number};

/// Where each signal's words stand in a contact's row, and what an empty row holds.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    width: usize,
    empty: Vec<i64>,
    places: Vec<Place>,
    merges: Vec<Merge>,
}

/// Where a signal accumulates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the word, or two words, from here on.
    Word(usize),
    /// In a list.
    Kept,
}

/// How words of two threads become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    Sum(usize),
    Largest(usize),
    Smallest(usize),
    WideSum(usize),
    WideLargest(usize),
    WideSmallest(usize),
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

impl Layout {
    pub(super) fn new(model: &Model) -> Self {
        let mut layout = Self {
            width: 0,
            empty: Vec::new(),
            places: Vec::new(),
            merges: Vec::new(),
        };
        layout.word(NEVER, Merge::Largest);
        for signal in &model.signals {
            let place = match &signal.measure {
                measure if Kept::of(measure).is_some() => Place::Kept,
                Measure::Sum { .. } => layout.wide(0, Merge::WideSum),
                Measure::Max { .. } => layout.wide(NO_LARGEST, Merge::WideLargest),
                Measure::Min { .. } => layout.wide(NO_SMALLEST, Merge::WideSmallest),
                Measure::DaysSinceLast { .. } => layout.word(NO_AGE, Merge::Smallest),
                Measure::DaysSinceFirst { .. } => layout.word(-1, Merge::Largest),
                _ => layout.word(0, Merge::Sum),
            };
            layout.places.push(place);
        }
        layout
    }

    fn word(&mut self, empty: i64, merge: fn(usize) -> Merge) -> Place {
        let place = self.width;
        self.empty.push(empty);
        self.merges.push(merge(place));
        self.width += 1;
        Place::Word(place)
    }

    fn wide(&mut self, empty: i128, merge: fn(usize) -> Merge) -> Place {
        let place = self.width;
        self.empty.extend(halves(empty));
        self.merges.push(merge(place));
        self.width += 2;
        Place::Word(place)
    }
}

fn halves(wide: i128) -> [i64; 2] {
    [(wide >> 64) as i64, wide as i64]
}

fn whole(halves: &[i64]) -> i128 {
    i128::from(halves[0]) << 64 | i128::from(halves[1].cast_unsigned())
}

/// What one event brings to one signal.
pub(super) struct Fact<'e> {
    pub contact: u32,
    pub instant: Instant,
    pub age: u32,
    /// The number in the column of `of`, for measures that compute with it.
    pub number: Option<Number>,
    /// The text in the column of `of`, for measures that tell values apart.
    pub text: &'e [u8],
    /// Whether the event's type asks, and whether it answers, for responses.
    pub sides: (bool, bool),
}

/// What one thread has seen.
#[derive(Debug)]
pub(super) struct Accumulators {
    layout: Layout,
    words: Vec<i64>,
    kept: Vec<Option<Kept>>,
}

impl Accumulators {
    pub(super) fn new(model: &Model, contacts: usize) -> Self {
        let layout = Layout::new(model);
        let words = layout.empty.repeat(contacts);
        let kept = model
            .signals
            .iter()
            .map(|signal| Kept::of(&signal.measure))
            .collect();
        Self {
            layout,
            words,
            kept,
        }
    }

    fn row(&mut self, contact: u32) -> &mut [i64] {
        let start = contact as usize * self.layout.width;
        &mut self.words[start..start + self.layout.width]
    }

    /// Notes that a contact had an event.
    pub(super) fn saw(&mut self, contact: u32, instant: Instant) {
        let last = &mut self.row(contact)[LAST_EVENT];
        *last = (*last).max(instant.micros());
    }

    /// Adds an event to a signal.
    pub(super) fn add(&mut self, number: usize, signal: &Signal, fact: &Fact<'_>) {
        if let Some(kept) = &mut self.kept[number] {
            keep(kept, &signal.measure, fact);
            return;
        }
        let Place::Word(place) = self.layout.places[number] else {
            return;
        };
        let row = self.row(fact.contact);
        let age = i64::from(fact.age);
        let amount = fact.number.map_or(0, Number::millionths);
        match &signal.measure {
            Measure::Count { decay, .. } => {
                let weight = decay
                    .as_ref()
                    .map_or(crate::model::FULL_WEIGHT, |d| d.weight(fact.age));
                row[place] += weight;
            }
            Measure::DaysSinceLast { .. } => row[place] = row[place].min(age),
            Measure::DaysSinceFirst { .. } => row[place] = row[place].max(age),
            Measure::Sum { decay, .. } => {
                let sum = whole(&row[place..]) + weighted(amount, decay.as_ref(), fact.age);
                row[place..place + 2].copy_from_slice(&halves(sum));
            }
            Measure::Max { .. } => {
                let largest = whole(&row[place..]).max(amount);
                row[place..place + 2].copy_from_slice(&halves(largest));
            }
            Measure::Min { .. } => {
                let smallest = whole(&row[place..]).min(amount);
                row[place..place + 2].copy_from_slice(&halves(smallest));
            }
            Measure::Distinct { .. } | Measure::ActiveDays { .. } | Measure::Response { .. } => {}
        }
    }

    /// Adds what another thread has seen.
    pub(super) fn merge(&mut self, other: Self) {
        let Layout { width, merges, .. } = &self.layout;
        let rows = self.words.chunks_exact_mut(*width);
        for (ours, theirs) in rows.zip(other.words.chunks_exact(*width)) {
            for merge in merges {
                match *merge {
                    Merge::Sum(at) => ours[at] += theirs[at],
                    Merge::Largest(at) => ours[at] = ours[at].max(theirs[at]),
                    Merge::Smallest(at) => ours[at] = ours[at].min(theirs[at]),
                    Merge::WideSum(at) => wide(ours, theirs, at, |a, b| a + b),
                    Merge::WideLargest(at) => wide(ours, theirs, at, i128::max),
                    Merge::WideSmallest(at) => wide(ours, theirs, at, i128::min),
                }
            }
        }
        for (ours, theirs) in self.kept.iter_mut().zip(other.kept) {
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                ours.merge(theirs);
            }
        }
    }

    /// The signals of every contact, now that all events are seen.
    pub(super) fn resolve(self, model: &Model, contacts: usize, today: Day) -> Signals {
        let jobs = self.kept.into_iter().zip(&model.signals);
        let resolved = std::thread::scope(|scope| {
            let running: Vec<_> = jobs
                .map(|(kept, signal)| {
                    kept.map(|kept| {
                        scope.spawn(move || kept.resolve(&signal.measure, contacts, today))
                    })
                })
                .collect();
            running
                .into_iter()
                .map(|job| {
                    job.map(|job| {
                        job.join()
                            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                    })
                })
                .collect()
        });
        Signals {
            layout: self.layout,
            words: self.words,
            resolved,
        }
    }
}

fn wide(ours: &mut [i64], theirs: &[i64], at: usize, merge: fn(i128, i128) -> i128) {
    let merged = merge(whole(&ours[at..]), whole(&theirs[at..]));
    ours[at..at + 2].copy_from_slice(&halves(merged));
}

fn keep(kept: &mut Kept, measure: &Measure, fact: &Fact<'_>) {
    match measure {
        Measure::Count { .. } | Measure::ActiveDays { .. } => kept.age(fact.contact, fact.age),
        Measure::Distinct { .. } => kept.value(fact.contact, fact.text),
        Measure::Sum { .. } => kept.amount(Amount {
            contact: fact.contact,
            age: fact.age,
            micros: fact.instant.micros(),
            millionths: fact.number.map_or(0, Number::millionths),
        }),
        Measure::Response { .. } => {
            let (asks, answers) = fact.sides;
            let micros = fact.instant.micros();
            if asks {
                kept.turn(fact.contact, micros, ASKS);
            }
            if answers {
                kept.turn(fact.contact, micros, ANSWERS);
            }
        }
        _ => {}
    }
}

/// The finished signals of every contact.
#[derive(Debug)]
pub(super) struct Signals {
    layout: Layout,
    words: Vec<i64>,
    /// For signals with lists, the value of each contact in millionths.
    resolved: Vec<Option<Vec<i128>>>,
}

impl Signals {
    /// The newest event of a contact.
    pub(super) fn last_event(&self, contact: usize) -> Option<Instant> {
        let micros = self.words[contact * self.layout.width + LAST_EVENT];
        (micros != NEVER).then(|| Instant::from_micros(micros))
    }

    /// The values of a contact's signals, into `values`.
    pub(super) fn of_contact(
        &self,
        contact: usize,
        signals: &[Signal],
        values: &mut Vec<Option<Number>>,
    ) {
        let row = &self.words[contact * self.layout.width..][..self.layout.width];
        values.clear();
        for (number, signal) in signals.iter().enumerate() {
            let millionths = match (&self.resolved[number], self.layout.places[number]) {
                (Some(resolved), _) => Some(resolved[contact]).filter(|value| *value != NULL),
                (None, Place::Word(place)) => value_in_words(&signal.measure, &row[place..]),
                (None, Place::Kept) => None,
            };
            values.push(millionths.map(Number::from_millionths));
        }
    }
}

fn value_in_words(measure: &Measure, words: &[i64]) -> Option<i128> {
    let days = |age: i64| i128::from(age) * 1_000_000;
    match measure {
        Measure::Sum { .. } => Some(whole(words)),
        Measure::Max { .. } => Some(whole(words)).filter(|value| *value != NO_LARGEST),
        Measure::Min { .. } => Some(whole(words)).filter(|value| *value != NO_SMALLEST),
        Measure::DaysSinceLast { .. } => Some(words[0]).filter(|age| *age != NO_AGE).map(days),
        Measure::DaysSinceFirst { .. } => Some(words[0]).filter(|age| *age >= 0).map(days),
        _ => Some(i128::from(words[0])),
    }
}
