//! One thread's share in accumulating: what it adds to words and lists with every event.

use super::accumulate::{Accumulators, STRETCH, halves, near, ordered};
use super::deeds::{Deeds, youth};
use super::kept::{ANSWERS, ASKS, Amount, Kept, fingerprint, weight, weighted};
use super::words::Words;
use crate::model::Measure;
use crate::value::{Day, Instant, Number};

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
}

/// When an event happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub instant: Instant,
    /// The day in the model's zone.
    pub day: Day,
    /// That day's age in days.
    pub age: u32,
}

/// The accumulators as one thread adds to them.
#[derive(Debug)]
pub(super) struct Share<'a> {
    all: &'a Accumulators,
    /// The thread's own words, where there are few.
    own: Option<Words>,
    lists: Lists,
    /// What it has put aside for the words.
    deeds: Deeds<'a>,
}

impl<'a> Share<'a> {
    pub(super) fn new(
        all: &'a Accumulators,
        own: Option<Words>,
        lists: Lists,
        deeds: Deeds<'a>,
    ) -> Self {
        Self {
            all,
            own,
            lists,
            deeds,
        }
    }

    fn words(&self) -> &Words {
        self.own.as_ref().unwrap_or(self.all.words())
    }

    /// Notes that a contact had an event of some type, if a signal uses the type, for all signals that only ask for that.
    #[inline]
    pub(super) fn saw(&mut self, contact: u32, kind: Option<usize>, instant: Instant, age: u32) {
        self.deeds.push(contact, kind, instant, age);
    }

    /// Takes in what was put aside, once it is much.
    pub(super) fn relieve(&mut self) {
        if self.deeds.are_many() {
            let words = self.own.as_ref().unwrap_or(self.all.words());
            self.deeds.take_in(words);
        }
    }

    /// Adds what an event of a contact brings to a signal that takes it, unless [`Share::saw`] is all it needs.
    #[inline]
    pub(super) fn add(
        &mut self,
        contact: u32,
        signal: usize,
        measure: &Measure,
        when: When,
        detail: Detail<'_>,
    ) {
        let age = when.age;
        let row = self.words().row(contact as usize);
        let word = self.all.word(signal);
        match measure {
            // Of those with a `where`: the others are put aside.
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
                let Detail::Number(number) = detail else {
                    return;
                };
                let value = weighted(number.millionths(), decay.as_ref(), age);
                match near(value) {
                    Some(near) => {
                        let [low, high] = halves(near);
                        row.add(word, low);
                        row.add(word + 1, high);
                    }
                    None => self
                        .all
                        .add_far(contact, signal, value, |sum, value| sum + value),
                }
            }
            Measure::Max { .. } => {
                if let Detail::Number(number) = detail {
                    self.extreme(contact, signal, number.millionths());
                }
            }
            Measure::Min { .. } => {
                if let Detail::Number(number) = detail {
                    self.extreme(contact, signal, -number.millionths());
                }
            }
            Measure::Count { .. }
            | Measure::Sum { .. }
            | Measure::Distinct { .. }
            | Measure::ActiveDays { .. }
            | Measure::Response { .. } => self.keep(contact, signal, measure, when, detail),
        }
    }

    /// Takes a number into account of which the largest counts.
    fn extreme(&self, contact: u32, signal: usize, value: i128) {
        match near(value) {
            Some(near) => {
                let word = self.all.word(signal);
                self.words()
                    .row(contact as usize)
                    .raise(word, ordered(near));
            }
            None => self.all.add_far(contact, signal, value, i128::max),
        }
    }

    /// Keeps what an event brings to a signal in the signal's list.
    #[inline]
    fn keep(
        &mut self,
        contact: u32,
        signal: usize,
        measure: &Measure,
        When { instant, day, age }: When,
        detail: Detail<'_>,
    ) {
        let Some(list) = self.all.list(signal) else {
            return;
        };
        let (kept, place) = self.lists.of(contact, list);
        let micros = instant.micros();
        match (measure, detail) {
            (Measure::Count { .. } | Measure::ActiveDays { .. }, _) => kept.day(place, day),
            (Measure::Distinct { .. }, Detail::Text(text)) => {
                kept.value(place, fingerprint(text.as_bytes()));
            }
            (Measure::Sum { .. }, Detail::Number(number)) => kept.amount(Amount {
                place,
                age,
                micros,
                millionths: number.millionths(),
            }),
            (Measure::Response { .. }, Detail::Sides(asks, answers)) => {
                if asks {
                    kept.turn(place, micros, ASKS);
                }
                if answers {
                    kept.turn(place, micros, ANSWERS);
                }
            }
            _ => {}
        }
    }

    /// Brings all that the thread has seen to the others'.
    pub(super) fn finish(mut self) {
        self.deeds
            .take_in(self.own.as_ref().unwrap_or(self.all.words()));
        self.all.take(self.own, self.lists);
    }
}

/// The lists that a thread keeps: for each stretch, those that signals need.
#[derive(Debug)]
pub(super) struct Lists {
    /// How many there are for each stretch.
    width: usize,
    lists: Vec<Kept>,
}

impl Lists {
    /// Empty ones for these measures, in each of so many stretches of contacts.
    pub(super) fn new<'m>(
        measures: &(impl Iterator<Item = &'m Measure> + Clone),
        stretches: usize,
    ) -> Self {
        let lists = || measures.clone().filter_map(Kept::of);
        Self {
            width: lists().count(),
            lists: (0..stretches).flat_map(|_| lists()).collect(),
        }
    }

    /// How many there are for each stretch, and all of them, stretch by stretch.
    pub(super) fn into_parts(self) -> (usize, Vec<Kept>) {
        (self.width, self.lists)
    }

    /// The list of a signal for the stretch of a contact, by the list's number.
    #[inline]
    fn of(&mut self, contact: u32, number: usize) -> (&mut Kept, u16) {
        let (stretch, place) = (contact as usize / STRETCH, contact as usize % STRETCH);
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 2^16 contacts")]
        let place = place as u16;
        (&mut self.lists[stretch * self.width + number], place)
    }
}
