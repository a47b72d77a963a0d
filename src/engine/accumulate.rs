//! Accumulators: what all threads have seen of each contact's events so far.
//!
//! Measures that need no single events live in machine words, a row of them for each contact ([`super::words`]); the
//! others keep short lists ([`super::kept`]) until all events are seen. Every operation is a sum or a largest, so the
//! order of events is immaterial.
//!
//! Lists are kept for stretches of neighbouring contacts, by each thread for itself; at the end those of a stretch are
//! brought together.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::deeds::{Deeds, LAST_EVENT, LAST_EVENT_IS};
use super::kept::{Kept, PLACE_BITS};
use super::share::{Lists, Share};
use super::threads::spread;
use super::waits::{StretchWaits, Waits};
use super::words::{Operation, Row, Words};
use crate::model::{Measure, Model, Signal};
use crate::plan::Plan;
use crate::value::{Day, Instant, Number};

/// Contacts in a stretch.
pub(super) const STRETCH: usize = 1 << PLACE_BITS;

/// Words that a thread may have for itself: 8 MiB. More of them are shared.
const MOST_OWN: usize = 1 << 20;

/// Where each signal's words stand in a contact's row, and what is done to each word.
#[derive(Debug, Clone, Default)]
struct Layout {
    operations: Vec<Operation>,
    /// For each signal, its first word.
    places: Vec<usize>,
    /// For each signal that keeps a list, the list's number; signals whose lists would be the same share one.
    lists: Vec<Option<usize>>,
    /// For each list, the signal that adds to it: the first that has it.
    owners: Vec<usize>,
}

impl Layout {
    fn new(model: &Model) -> Self {
        let mut layout = Self {
            operations: vec![LAST_EVENT_IS],
            places: Vec::new(),
            lists: Vec::new(),
            owners: Vec::new(),
        };
        for (number, signal) in model.signals.iter().enumerate() {
            let list = layout.list_of(number, model);
            layout.lists.push(list);
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

    /// The list that the next signal keeps, a new one or that of an earlier signal.
    fn list_of(&mut self, number: usize, model: &Model) -> Option<usize> {
        let signal = &model.signals[number];
        Kept::of(&signal.measure)?;
        // What is worked out for reports is taken from the list itself.
        let is_shared = |owner: &usize| {
            model
                .answers
                .is_none_or(|answers| answers != number && answers != *owner)
                && keep_the_same(&model.signals[*owner], signal)
        };
        Some(self.owners.iter().position(is_shared).unwrap_or_else(|| {
            self.owners.push(number);
            self.owners.len() - 1
        }))
    }

    fn width(&self) -> usize {
        self.operations.len()
    }
}

/// Whether two signals keep the same of every event and differ only in what they make of it.
fn keep_the_same(one: &Signal, other: &Signal) -> bool {
    let sides = |signal: &Signal| match &signal.measure {
        Measure::Response { from, to, .. } if signal.filter.is_none() => {
            Some((from.clone(), to.clone(), signal.within))
        }
        _ => None,
    };
    sides(one).is_some_and(|sides_of_one| sides(other) == Some(sides_of_one))
}

/// Numbers too large for words, by contact and signal: sums of them, or the largest.
type Far = BTreeMap<(u32, u16), i128>;

/// A sum in two words: the lower 32 bits of each number summed up, and the bits above. Numbers that are near enough
/// ([`near`]) reach the end of neither within 2^32 events.
pub(super) fn halves(number: i64) -> [u64; 2] {
    [
        number.cast_unsigned() & 0xffff_ffff,
        (number >> 32).cast_unsigned(),
    ]
}

fn whole(row: Row<'_>, word: usize) -> i128 {
    i128::from(row.get(word)) + (i128::from(row.get(word + 1).cast_signed()) << 32)
}

/// A number that one word holds, in millionths; most do, as it reaches up to nine million millions.
pub(super) fn near(millionths: i128) -> Option<i64> {
    i64::try_from(millionths)
        .ok()
        .filter(|near| *near > i64::MIN)
}

/// Near numbers as words in the same order, all of them above nought.
pub(super) fn ordered(near: i64) -> u64 {
    near.cast_unsigned() ^ 1 << 63
}

fn from_ordered(word: u64) -> i64 {
    (word ^ 1 << 63).cast_signed()
}

/// What all threads have seen.
#[derive(Debug)]
pub(super) struct Accumulators {
    layout: Layout,
    words: Words,
    far: Mutex<Far>,
    /// The lists that each thread which has finished kept.
    lists: Mutex<Vec<Lists>>,
    stretches: usize,
    /// Whether threads have words of their own.
    has_own: bool,
}

impl Accumulators {
    /// Accumulators that so many threads add to.
    pub(super) fn new(model: &Model, contacts: usize, threads: usize) -> Self {
        let layout = Layout::new(model);
        let has_own = threads > 1 && contacts * layout.width() <= MOST_OWN;
        Self {
            words: Words::new(contacts, layout.width(), threads > 1 && !has_own),
            layout,
            far: Mutex::default(),
            lists: Mutex::default(),
            stretches: contacts.div_ceil(STRETCH),
            has_own,
        }
    }

    /// What the thread of this number, of so many, adds to.
    pub(super) fn share<'a>(
        &'a self,
        plan: &'a Plan,
        contacts: usize,
        thread: (usize, usize),
    ) -> Share<'a> {
        let own = self
            .has_own
            .then(|| Words::new(contacts, self.layout.width(), false));
        let measures = self.layout.owners.iter();
        let measures = measures.map(|signal| &plan.model.signals[*signal].measure);
        let lists = Lists::new(&measures, self.stretches);
        let deeds = Deeds::new(plan, contacts, &self.layout.places, thread);
        Share::new(self, own, lists, deeds)
    }

    /// The words that all threads share.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// The first word of a signal.
    #[inline]
    pub(super) fn word(&self, signal: usize) -> usize {
        self.layout.places[signal]
    }

    /// The number of the list that a signal adds to, if it does.
    #[inline]
    pub(super) fn list(&self, signal: usize) -> Option<usize> {
        self.layout.lists[signal].filter(|list| self.layout.owners[*list] == signal)
    }

    /// Takes a number into account that is too large for a word.
    #[cold]
    pub(super) fn add_far(
        &self,
        contact: u32,
        signal: usize,
        value: i128,
        add: fn(i128, i128) -> i128,
    ) {
        // A thread that panicked while it held the lock has ended the run anyway.
        let mut far = self.far.lock().unwrap_or_else(PoisonError::into_inner);
        far.entry(far_key(contact as usize, signal))
            .and_modify(|known| *known = add(*known, value))
            .or_insert(value);
    }

    /// Takes what a thread has seen that is done.
    pub(super) fn take(&self, own: Option<Words>, lists: Lists) {
        // One thread after the other.
        let mut all = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = own {
            self.words.merge(&own, &self.layout.operations);
        }
        all.push(lists);
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
            lists,
            ..
        } = self;
        let lists = lists.into_inner().unwrap_or_else(PoisonError::into_inner);
        let far = Mutex::new(far.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut stretches = by_stretch(lists);
        in_parallel(&mut stretches, threads, |number, stretch| {
            let first = number * STRETCH;
            for (number, owner) in layout.owners.iter().enumerate() {
                let Some(mut kept) = stretch.take(number) else {
                    continue;
                };
                if answers == Some(*owner) {
                    stretch.waits = StretchWaits::of(kept);
                    continue;
                }
                let lists = layout.lists.iter().enumerate();
                for (signal, _) in lists.filter(|(_, list)| **list == Some(number)) {
                    let measure = &signals[signal].measure;
                    kept.resolve(measure, today, |place, value| {
                        let contact = first + place;
                        let word = layout.places[signal];
                        set(&words, &far, measure, (contact, signal, word), value);
                    });
                }
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

/// The lists of one stretch of contacts.
#[derive(Debug, Default)]
struct Stretch {
    /// Those of all threads, by number.
    kept: Vec<Vec<Kept>>,
    /// How long its contacts waited for our answers, once that is known and if it is asked for.
    waits: StretchWaits,
}

impl Stretch {
    /// The lists of a number, brought together.
    fn take(&mut self, number: usize) -> Option<Kept> {
        let lists = std::mem::take(self.kept.get_mut(number)?);
        lists.into_iter().reduce(|mut one, other| {
            one.append(other);
            one
        })
    }
}

/// The lists of all threads, by stretch.
fn by_stretch(lists: Vec<Lists>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for lists in lists {
        let (width, lists) = lists.into_parts();
        let count = lists.len().checked_div(width).unwrap_or(0);
        stretches.resize_with(stretches.len().max(count), Stretch::default);
        let mut lists = lists.into_iter();
        for stretch in &mut stretches {
            stretch.kept.resize_with(width, Vec::new);
            for (all, list) in stretch.kept.iter_mut().zip(&mut lists) {
                all.push(list);
            }
        }
    }
    stretches
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_that_differ_only_in_which_is_taken_share_a_list() {
        let model = Model::parse(
            "model.toml",
            "[signals]\n\
            usual = { measure = \"response\", from = \"sent\", to = \"reply\" }\n\
            best = { measure = \"response\", from = \"sent\", to = \"reply\", take = \"fastest\" }\n\
            ours = { measure = \"response\", from = \"reply\", to = \"sent\" }\n\
            recent = { measure = \"response\", from = \"sent\", to = \"reply\", within = \"9 days\" }\n\
            days = { measure = \"active_days\", event = \"reply\" }\n\
            again = { measure = \"active_days\", event = \"reply\" }\n\
            [[rules]]\nname = \"Quick\"\nwhen = \"best < 9\"\npoints = 1\n",
        )
        .expect("a valid model");
        let layout = Layout::new(&model);
        let lists: Vec<Option<usize>> = [0, 0, 1, 2, 3, 4].map(Some).to_vec();
        assert_eq!(layout.lists, lists);
        assert_eq!(layout.owners, [0, 2, 3, 4, 5]);
    }
}
