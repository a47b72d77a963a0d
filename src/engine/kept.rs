//! What some measures must keep of single events until all are seen: limited counts and sums, distinct values, days,
//! questions and answers.
//!
//! Each list belongs to a thread and a stretch of contacts, and holds small entries of half a machine word to two that
//! begin with the contact's place in the stretch, so that sorting brings a contact's entries together. Lists in which
//! equal entries add nothing are thinned out as they grow, so that they grow with what is different, not with the
//! events.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

use crate::model::{Decay, Limit, Measure, Period, Take};
use crate::value::{Day, round_half_away};

/// Bits for a contact's place in its stretch.
pub(super) const PLACE_BITS: u32 = 11;

/// The entries of one signal for one stretch of contacts.
#[derive(Debug)]
pub(super) enum Kept {
    /// Contact and day of each event, the newest day first; of equal entries only `most` count.
    Days { list: Thinned<u32>, most: u32 },
    /// Contact and fingerprint of each value.
    Values(Thinned<u128>),
    /// Each event's contact, age, instant and value.
    Amounts(Vec<Amount>),
    /// Each event's contact, instant and side.
    Turns(Vec<u64>),
}

/// One summand of a limited sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub place: u16,
    pub age: u32,
    pub micros: i64,
    pub millionths: i128,
}

/// A turn that asks; it sorts before an answer at the same instant, which answers it.
pub(super) const ASKS: u64 = 0;
/// A turn that answers.
pub(super) const ANSWERS: u64 = 1;

/// Bits for a day. Times are read from 1970 to the end of 2099; in some zone the first is a day before, or the last a day
/// after.
const DAY_BITS: u32 = 16;
/// The newest day that there may be, and some more.
const NEWEST: i32 = (1 << DAY_BITS) - 2;
/// Bits for an instant, in microseconds from 1970 to the end of 2099, and the side of a turn.
const TURN_BITS: u32 = 64 - PLACE_BITS;
/// Bits for the fingerprint of a value.
const VALUE_BITS: u32 = 128 - PLACE_BITS;

/// A value in few bits. Two values of one contact are taken for one only if 117 bits of two hashes agree.
pub(super) fn fingerprint(value: &[u8]) -> u128 {
    const ONE: FixedState = FixedState::with_seed(1);
    const OTHER: FixedState = FixedState::with_seed(2);
    let both = u128::from(ONE.hash_one(value)) << 64 | u128::from(OTHER.hash_one(value));
    both >> PLACE_BITS
}

/// An entry that begins with the contact's place.
pub(super) trait Entry: Copy + Ord {
    /// The place of the entry's contact in its stretch.
    fn place(self) -> usize;
}

impl Entry for u32 {
    fn place(self) -> usize {
        (self >> DAY_BITS) as usize
    }
}

impl Entry for u128 {
    fn place(self) -> usize {
        (self >> VALUE_BITS) as usize
    }
}

/// The day in an entry of [`Kept::Days`].
fn day(entry: u32) -> Day {
    let before_newest = entry & ((1 << DAY_BITS) - 1);
    Day::from_days(NEWEST - before_newest.cast_signed())
}

/// A list that is thinned out whenever it has doubled.
#[derive(Debug, Default)]
pub(super) struct Thinned<E> {
    entries: Vec<E>,
    /// Length at which it is thinned out next.
    next: usize,
}

/// Lists shorter than this are not worth thinning out.
const SHORT: usize = 1 << 13;

impl<E: Entry> Thinned<E> {
    fn push(&mut self, entry: E, most: u32) {
        self.entries.push(entry);
        if self.entries.len() >= self.next.max(SHORT) {
            self.thin_out(most);
            self.next = self.entries.len() * 2;
        }
    }

    /// Sorts, and keeps at most `most` of equal entries.
    fn thin_out(&mut self, most: u32) {
        self.entries.sort_unstable();
        let mut run = 0;
        let mut last = None;
        self.entries.retain(|&entry| {
            run = if last == Some(entry) { run + 1 } else { 1 };
            last = Some(entry);
            run <= most
        });
    }

    /// Calls `each` with the place of every contact in the list and its entries, sorted.
    fn by_contact(&mut self, most: u32, mut each: impl FnMut(usize, &[E])) {
        self.thin_out(most);
        for group in self.entries.chunk_by(|a, b| a.place() == b.place()) {
            each(group[0].place(), group);
        }
    }
}

impl Kept {
    /// The list that a measure needs, if it needs one.
    pub(super) fn of(measure: &Measure) -> Option<Self> {
        match measure {
            Measure::Count {
                limit: Some(limit), ..
            } => Some(Self::Days {
                list: Thinned::default(),
                most: limit.max,
            }),
            Measure::Sum { limit: Some(_), .. } => Some(Self::Amounts(Vec::new())),
            Measure::Distinct { .. } => Some(Self::Values(Thinned::default())),
            Measure::ActiveDays { .. } => Some(Self::Days {
                list: Thinned::default(),
                most: 1,
            }),
            Measure::Response { .. } => Some(Self::Turns(Vec::new())),
            _ => None,
        }
    }

    /// Keeps an event's day.
    #[inline]
    pub(super) fn day(&mut self, place: u16, day: Day) {
        if let Self::Days { list, most } = self {
            let before_newest = (NEWEST - day.days()).cast_unsigned();
            debug_assert!(before_newest >> DAY_BITS == 0, "a day is of 1970 to 2099");
            list.push(u32::from(place) << DAY_BITS | before_newest, *most);
        }
    }

    /// Keeps a value, by its [`fingerprint`].
    pub(super) fn value(&mut self, place: u16, fingerprint: u128) {
        if let Self::Values(list) = self {
            list.push(u128::from(place) << VALUE_BITS | fingerprint, 1);
        }
    }

    /// Keeps a summand.
    pub(super) fn amount(&mut self, amount: Amount) {
        if let Self::Amounts(list) = self {
            list.push(amount);
        }
    }

    /// Keeps a question or an answer.
    pub(super) fn turn(&mut self, place: u16, micros: i64, side: u64) {
        if let Self::Turns(list) = self {
            let instant = micros.cast_unsigned() << 1 | side;
            debug_assert!(instant >> TURN_BITS == 0, "a time is of 1970 to 2099");
            list.push(u64::from(place) << TURN_BITS | instant);
        }
    }

    /// Takes what another thread kept for the same.
    pub(super) fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Days { list, .. }, Self::Days { list: others, .. }) => {
                list.entries.extend(others.entries);
            }
            (Self::Values(list), Self::Values(others)) => list.entries.extend(others.entries),
            (Self::Amounts(list), Self::Amounts(others)) => list.extend(others),
            (Self::Turns(list), Self::Turns(others)) => list.extend(others),
            _ => unreachable!("both were made for one measure"),
        }
    }

    /// Calls `each` with the place of every contact that asked or was answered, and its turns in order of time: the
    /// instant in microseconds and the side.
    pub(super) fn turns(self, mut each: impl FnMut(usize, &mut dyn Iterator<Item = (i64, u64)>)) {
        let Self::Turns(mut list) = self else {
            return;
        };
        list.sort_unstable();
        let micros = |turn: u64| (turn << PLACE_BITS >> (PLACE_BITS + 1)).cast_signed();
        for group in list.chunk_by(|a, b| a >> TURN_BITS == b >> TURN_BITS) {
            let place = (group[0] >> TURN_BITS) as usize;
            each(
                place,
                &mut group.iter().map(|turn| (micros(*turn), turn & 1)),
            );
        }
    }

    /// Calls `each` with the place of every contact that has a value, and the value in millionths.
    pub(super) fn resolve(
        &mut self,
        measure: &Measure,
        today: Day,
        mut each: impl FnMut(usize, i128),
    ) {
        match (self, measure) {
            (Self::Days { list, most }, Measure::Count { decay, limit, .. }) => {
                list.by_contact(*most, |place, entries| {
                    let mut allowed = Allowance::new(*limit, today);
                    let counted = entries
                        .iter()
                        .map(|entry| age(today, day(*entry)))
                        .filter(|age| allowed.takes(*age))
                        .map(|age| i128::from(weight(decay.as_ref(), age)));
                    each(place, counted.sum());
                });
            }
            (Self::Days { list, most }, _) => list.by_contact(*most, |place, entries| {
                each(place, entries.len() as i128 * MILLION);
            }),
            (Self::Values(list), _) => list.by_contact(1, |place, entries| {
                each(place, entries.len() as i128 * MILLION);
            }),
            (Self::Amounts(list), Measure::Sum { decay, limit, .. }) => {
                sum_amounts(list, decay.as_ref(), *limit, today, each);
            }
            (Self::Turns(list), Measure::Response { take, .. }) => {
                response_times(list, *take, each);
            }
            _ => unreachable!("a list was made for its measure"),
        }
    }
}

const MILLION: i128 = 1_000_000;

/// What an event of some age weighs, in millionths.
#[inline]
pub(super) fn weight(decay: Option<&Decay>, age: u32) -> i64 {
    decay.map_or(crate::model::FULL_WEIGHT, |decay| decay.weight(age))
}

/// `value` by the weight of its age, rounded half away from zero to millionths.
pub(super) fn weighted(millionths: i128, decay: Option<&Decay>, age: u32) -> i128 {
    match decay {
        None => millionths,
        Some(decay) => round_half_away(millionths * i128::from(decay.weight(age)), MILLION),
    }
}

/// Counts events of one contact, the newest first, until their period is full.
pub(super) struct Allowance {
    limit: Option<Limit>,
    today: Day,
    period: Option<Day>,
    taken: u32,
}

impl Allowance {
    pub(super) fn new(limit: Option<Limit>, today: Day) -> Self {
        Self {
            limit,
            today,
            period: None,
            taken: 0,
        }
    }

    /// Whether the next event, `age` days old, still counts. Ages must not fall.
    pub(super) fn takes(&mut self, age: u32) -> bool {
        let Some(limit) = self.limit else {
            return true;
        };
        let day = day_of_age(self.today, age);
        let period = match limit.per {
            Period::Day => day,
            Period::Week => day.start_of_week(),
            Period::Month => day.start_of_month(),
        };
        if self.period != Some(period) {
            self.period = Some(period);
            self.taken = 0;
        }
        self.taken += 1;
        self.taken <= limit.max
    }
}

fn age(today: Day, day: Day) -> u32 {
    // Not after as-of, so not younger than today.
    u32::try_from(today.days_since(day)).unwrap_or(0)
}

fn day_of_age(today: Day, age: u32) -> Day {
    Day::from_days(today.days().saturating_sub_unsigned(age))
}

fn sum_amounts(
    list: &mut [Amount],
    decay: Option<&Decay>,
    limit: Option<Limit>,
    today: Day,
    mut each: impl FnMut(usize, i128),
) {
    // The newest first, and at one instant the larger value.
    list.sort_unstable_by(|a, b| {
        (a.place, b.micros, b.millionths).cmp(&(b.place, a.micros, a.millionths))
    });
    for group in list.chunk_by(|a, b| a.place == b.place) {
        let mut allowed = Allowance::new(limit, today);
        let counted = group
            .iter()
            .filter(|amount| allowed.takes(amount.age))
            .map(|amount| weighted(amount.millionths, decay, amount.age));
        each(usize::from(group[0].place), counted.sum());
    }
}

const MICROS_PER_MINUTE: u64 = 60_000_000;

/// Each question with its answer, the first before the next question, from turns in order of time, questions before
/// answers at one instant.
pub(super) fn answered<T>(turns: impl Iterator<Item = (T, u64)>) -> impl Iterator<Item = (T, T)> {
    let mut asked = None;
    turns.filter_map(move |(instant, side)| {
        if side == ASKS {
            asked = Some(instant);
            return None;
        }
        asked.take().map(|question| (question, instant))
    })
}

/// Minutes, rounded down, from a question to the first answer before the next question.
fn response_times(list: &mut [u64], take: Take, mut each: impl FnMut(usize, i128)) {
    list.sort_unstable();
    let mut minutes = Vec::new();
    for group in list.chunk_by(|a, b| a >> TURN_BITS == b >> TURN_BITS) {
        minutes.clear();
        // The contact's bits are the same for all, so that they do not count in a difference.
        let turns = group.iter().map(|turn| (turn >> 1, turn & 1));
        minutes.extend(answered(turns).map(|(asked, answer)| (answer - asked) / MICROS_PER_MINUTE));
        let value = match take {
            Take::Latest => minutes.last().copied(),
            Take::Fastest => minutes.iter().min().copied(),
            Take::Slowest => minutes.iter().max().copied(),
            Take::Median => {
                minutes.sort_unstable();
                // Of two middle ones the lower.
                minutes.len().checked_sub(1).map(|last| minutes[last / 2])
            }
        };
        if let Some(value) = value {
            let place = (group[0] >> TURN_BITS) as usize;
            each(place, i128::from(value) * MILLION);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LAST_PLACE: u16 = (1 << PLACE_BITS) - 1;
    /// The last microsecond of 2099.
    const LAST_MICROS: i64 = 4_102_444_799_999_999;

    fn resolved(mut kept: Kept, measure: &Measure) -> Vec<(usize, i128)> {
        let mut values = Vec::new();
        kept.resolve(measure, Day::from_days(20_000), |place, value| {
            values.push((place, value));
        });
        values
    }

    fn response(take: Take) -> Measure {
        Measure::Response {
            from: vec![0],
            to: vec![1],
            take,
        }
    }

    #[test]
    fn the_last_place_and_the_last_instant_fit_into_a_turn() {
        let measure = response(Take::Fastest);
        let mut kept = Kept::of(&measure).expect("responses keep turns");
        kept.turn(LAST_PLACE, LAST_MICROS, ANSWERS);
        kept.turn(LAST_PLACE, LAST_MICROS - 120_000_000, ASKS);
        kept.turn(0, 0, ASKS);
        kept.turn(0, 60_000_000, ANSWERS);
        let last = usize::from(LAST_PLACE);
        assert_eq!(
            resolved(kept, &measure),
            [(0, MILLION), (last, 2 * MILLION)]
        );
    }

    #[test]
    fn an_answer_at_the_instant_of_the_question_answers_it() {
        let measure = response(Take::Latest);
        let mut kept = Kept::of(&measure).expect("responses keep turns");
        kept.turn(3, 1_000, ANSWERS);
        kept.turn(3, 1_000, ASKS);
        assert_eq!(resolved(kept, &measure), [(3, 0)]);
    }

    #[test]
    fn a_value_that_comes_again_is_one_value() {
        let measure = Measure::Distinct {
            kinds: vec![0],
            of: 0,
        };
        let mut kept = Kept::of(&measure).expect("distinct keeps values");
        for value in ["MB-1", "MB-2", "MB-1", ""] {
            kept.value(LAST_PLACE, fingerprint(value.as_bytes()));
        }
        kept.value(0, fingerprint(b"MB-1"));
        let last = usize::from(LAST_PLACE);
        assert_eq!(
            resolved(kept, &measure),
            [(0, MILLION), (last, 3 * MILLION)]
        );
    }

    proptest! {
        #[test]
        fn a_list_that_was_thinned_out_on_the_way_counts_the_same(
            ages in prop::collection::vec((0..3_u16, 0..2_u32), 0..200),
            again in 0..100_usize,
        ) {
            let limit = Some(Limit { per: Period::Day, max: 2 });
            let measure = Measure::Count { kinds: vec![0], decay: None, limit };
            let of = |times: usize| {
                let mut kept = Kept::of(&measure).expect("limited counts keep ages");
                for (place, age) in (0..times).flat_map(|_| ages.iter()) {
                    kept.day(*place, Day::from_days(20_000 - age.cast_signed()));
                }
                resolved(kept, &measure)
            };
            // Twice holds as many of each age as a day allows, so more of them change nothing.
            prop_assert_eq!(of(2), of(2 + again));
        }
    }
}
