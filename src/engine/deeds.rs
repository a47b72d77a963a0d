//! What contacts did, put aside until there is much of it for neighbouring contacts.
//!
//! Events fall on contacts in any order, and the words of many contacts lie all over memory: to wait for one with every
//! event would take longer than to read it. So what an event comes to in words is noted in two machine words of its own,
//! by stretches of contacts; once there are many notes they are taken in stretch by stretch, each of which is near while
//! it is the turn of its notes.

use super::accumulate::STRETCH;
use super::kept::weight;
use super::words::{Operation, Row, Words};
use crate::model::{Decay, Measure, Signal};
use crate::plan::Plan;
use crate::value::Instant;

/// Notes that a thread puts aside before it takes them in: 16 MiB.
const MOST: usize = 1 << 20;

/// The word that holds the newest event of any type: its microseconds and one more.
pub(super) const LAST_EVENT: usize = 0;

/// What is done to that word.
pub(super) const LAST_EVENT_IS: Operation = Operation::Raise;

/// One event of a contact.
#[derive(Debug, Clone, Copy)]
struct Deed {
    /// The contact's place in its stretch.
    place: u16,
    /// The event's type, or [`NO_KIND`].
    kind: u16,
    /// The event's age in days.
    age: u32,
    micros: i64,
}

/// A type that no signal uses.
const NO_KIND: u16 = u16::MAX;

/// What a thread has put aside, and what it comes to.
#[derive(Debug)]
pub(super) struct Deeds<'p> {
    stretches: Vec<Vec<Deed>>,
    length: usize,
    /// The stretch to begin with, so that threads seldom meet.
    begin: usize,
    /// For each type in use, what its events do to words.
    steps: Vec<Vec<Step<'p>>>,
}

/// What an event does to the word of a signal.
#[derive(Debug)]
struct Step<'p> {
    word: usize,
    /// Only events younger than so many days.
    within: u32,
    change: Change<'p>,
}

#[derive(Debug)]
enum Change<'p> {
    /// It is counted, by its weight.
    Count(Option<&'p Decay>),
    /// It may be the newest.
    Newest,
    /// It may be the oldest.
    Oldest,
}

impl<'p> Change<'p> {
    fn of(signal: &'p Signal) -> Option<Self> {
        match &signal.measure {
            _ if signal.filter.is_some() => None,
            Measure::Count {
                decay, limit: None, ..
            } => Some(Self::Count(decay.as_ref())),
            Measure::DaysSinceLast { .. } => Some(Self::Newest),
            Measure::DaysSinceFirst { .. } => Some(Self::Oldest),
            _ => None,
        }
    }
}

/// Whether events of a signal are put aside: it asks only for their type and time, and comes to one word.
pub(super) fn is_put_aside(signal: &Signal) -> bool {
    Change::of(signal).is_some()
}

/// Ages as words, the younger the higher; none is nought.
pub(super) fn youth(age: u32) -> u64 {
    (1 << 32) - u64::from(age)
}

impl<'p> Deeds<'p> {
    /// Nothing put aside, by the thread of this number of so many; `places` says where the words of each signal are.
    pub(super) fn new(
        plan: &'p Plan,
        contacts: usize,
        places: &[usize],
        (number, threads): (usize, usize),
    ) -> Self {
        let stretches = contacts.div_ceil(STRETCH);
        let step = |signal: &usize| {
            let word = places[*signal];
            let signal = &plan.model.signals[*signal];
            Some(Step {
                word,
                within: signal.within.unwrap_or(u32::MAX),
                change: Change::of(signal)?,
            })
        };
        let kinds = plan.signals_of_kind.iter();
        Self {
            begin: number * stretches / threads,
            stretches: vec![Vec::new(); stretches],
            length: 0,
            steps: kinds
                .map(|signals| signals.iter().filter_map(step).collect())
                .collect(),
        }
    }

    /// Puts an event aside.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a stretch has fewer than 2^16 contacts"
    )]
    #[inline]
    pub(super) fn push(&mut self, contact: u32, kind: Option<usize>, instant: Instant, age: u32) {
        let contact = contact as usize;
        let kind = kind.and_then(|kind| u16::try_from(kind).ok());
        self.stretches[contact / STRETCH].push(Deed {
            place: (contact % STRETCH) as u16,
            kind: kind.unwrap_or(NO_KIND),
            age,
            micros: instant.micros(),
        });
        self.length += 1;
    }

    /// Whether it is time to take in what was put aside.
    pub(super) fn are_many(&self) -> bool {
        self.length >= MOST
    }

    /// Takes in everything.
    pub(super) fn take_in(&mut self, words: &Words) {
        let count = self.stretches.len();
        for number in (0..count).map(|step| (self.begin + step) % count) {
            for deed in self.stretches[number].drain(..) {
                let row = words.row(number * STRETCH + usize::from(deed.place));
                row.raise(LAST_EVENT, deed.micros.cast_unsigned() + 1);
                // Types that signals use have small numbers.
                for step in self.steps.get(usize::from(deed.kind)).into_iter().flatten() {
                    if deed.age < step.within {
                        step.take(row, deed.age);
                    }
                }
            }
        }
        self.length = 0;
    }
}

impl Step<'_> {
    #[inline]
    fn take(&self, row: Row<'_>, age: u32) {
        match self.change {
            Change::Count(decay) => {
                row.add(self.word, weight(decay, age).cast_unsigned());
            }
            Change::Newest => row.raise(self.word, youth(age)),
            Change::Oldest => row.raise(self.word, u64::from(age) + 1),
        }
    }
}
