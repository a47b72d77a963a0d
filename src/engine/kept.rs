//! What some measures must keep of single events until all are seen: limited counts and sums, distinct values, days,
//! questions and answers.
//!
//! Each list holds small fixed-size entries that begin with the contact, so that sorting brings a contact's entries
//! together. Lists in which equal entries add nothing are thinned out as they grow, so that they grow with what is
//! different, not with the events.

use super::interner::Interner;
use crate::model::{Decay, Limit, Measure, Period, Take};
use crate::value::{Day, round_half_away};

/// The entries of one signal.
#[derive(Debug)]
pub(super) enum Kept {
    /// Contact and age in days of each event; of equal entries only `most` count.
    Ages { list: Thinned, most: u32 },
    /// Contact and number of each value.
    Values { list: Thinned, values: Interner },
    /// Each event's contact, age, instant and value.
    Amounts(Vec<Amount>),
    /// Each event's contact, and its instant with the side in the lowest bits.
    Turns(Vec<(u32, i64)>),
}

/// One summand of a limited sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub contact: u32,
    pub age: u32,
    pub micros: i64,
    pub millionths: i128,
}

/// A turn that asks; it sorts before an answer at the same instant, which answers it.
pub(super) const ASKS: i64 = 0;
/// A turn that answers.
pub(super) const ANSWERS: i64 = 1;

/// A contact without a value.
pub(super) const NULL: i128 = i128::MIN;

/// Pairs of contact and something, thinned out whenever the list has doubled.
#[derive(Debug, Default)]
pub(super) struct Thinned {
    pairs: Vec<u64>,
    /// Length at which it is thinned out next.
    next: usize,
}

/// Lists shorter than this are not worth thinning out.
const SHORT: usize = 1 << 20;

impl Thinned {
    fn push(&mut self, contact: u32, second: u32, most: u32) {
        self.pairs
            .push(u64::from(contact) << 32 | u64::from(second));
        if self.pairs.len() >= self.next.max(SHORT) {
            self.thin_out(most);
            self.next = self.pairs.len() * 2;
        }
    }

    /// Sorts, and keeps at most `most` of equal pairs.
    fn thin_out(&mut self, most: u32) {
        self.pairs.sort_unstable();
        let mut run = 0;
        let mut last = None;
        self.pairs.retain(|&pair| {
            run = if last == Some(pair) { run + 1 } else { 1 };
            last = Some(pair);
            run <= most
        });
    }

    /// Calls `each` with every contact in the list and the second parts of its pairs in rising order.
    fn by_contact(mut self, most: u32, mut each: impl FnMut(usize, &[u32])) {
        self.thin_out(most);
        let mut seconds = Vec::new();
        for group in self.pairs.chunk_by(|a, b| a >> 32 == b >> 32) {
            seconds.clear();
            // The lower half is the second part, the upper the contact.
            seconds.extend(group.iter().map(|pair| *pair as u32));
            each((group[0] >> 32) as usize, &seconds);
        }
    }
}

impl Kept {
    /// The list that a measure needs, if it needs one.
    pub(super) fn of(measure: &Measure) -> Option<Self> {
        match measure {
            Measure::Count {
                limit: Some(limit), ..
            } => Some(Self::Ages {
                list: Thinned::default(),
                most: limit.max,
            }),
            Measure::Sum { limit: Some(_), .. } => Some(Self::Amounts(Vec::new())),
            Measure::Distinct { .. } => Some(Self::Values {
                list: Thinned::default(),
                values: Interner::default(),
            }),
            Measure::ActiveDays { .. } => Some(Self::Ages {
                list: Thinned::default(),
                most: 1,
            }),
            Measure::Response { .. } => Some(Self::Turns(Vec::new())),
            _ => None,
        }
    }

    /// Keeps an event's age.
    pub(super) fn age(&mut self, contact: u32, age: u32) {
        if let Self::Ages { list, most } = self {
            list.push(contact, age, *most);
        }
    }

    /// Keeps a value.
    pub(super) fn value(&mut self, contact: u32, value: &[u8]) {
        if let Self::Values { list, values } = self {
            list.push(contact, values.intern(value), 1);
        }
    }

    /// Keeps a summand.
    pub(super) fn amount(&mut self, amount: Amount) {
        if let Self::Amounts(list) = self {
            list.push(amount);
        }
    }

    /// Keeps a question or an answer.
    pub(super) fn turn(&mut self, contact: u32, micros: i64, side: i64) {
        if let Self::Turns(list) = self {
            list.push((contact, micros << 1 | side));
        }
    }

    /// Adds what another thread kept for the same signal.
    pub(super) fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Ages { list, .. }, Self::Ages { list: more, .. }) => {
                list.pairs.extend(more.pairs);
            }
            (Self::Amounts(list), Self::Amounts(more)) => list.extend(more),
            (Self::Turns(list), Self::Turns(more)) => list.extend(more),
            (
                Self::Values { list, values },
                Self::Values {
                    list: more,
                    values: theirs,
                },
            ) => {
                // The other thread numbered values in its own order.
                let numbers = u32::try_from(theirs.len()).expect("numbers are 32 bits long");
                let ours: Vec<u32> = (0..numbers)
                    .map(|number| values.intern(theirs.text(number)))
                    .collect();
                list.pairs.extend(
                    more.pairs
                        .iter()
                        .map(|pair| pair >> 32 << 32 | u64::from(ours[(*pair as u32) as usize])),
                );
            }
            _ => unreachable!("one signal keeps one kind of list"),
        }
    }

    /// The signal's value for each of `contacts` contacts, in millionths; [`NULL`] where it has none.
    pub(super) fn resolve(self, measure: &Measure, contacts: usize, today: Day) -> Vec<i128> {
        match (self, measure) {
            (Self::Ages { list, most }, Measure::Count { decay, limit, .. }) => {
                let mut values = vec![0; contacts];
                list.by_contact(most, |contact, ages| {
                    let mut allowed = Allowance::new(*limit, today);
                    values[contact] = ages
                        .iter()
                        .filter(|age| allowed.takes(**age))
                        .map(|age| i128::from(weight(decay.as_ref(), *age)))
                        .sum();
                });
                values
            }
            (Self::Ages { list, most }, _) => count_pairs(list, most, contacts),
            (Self::Values { list, .. }, _) => count_pairs(list, 1, contacts),
            (Self::Amounts(list), Measure::Sum { decay, limit, .. }) => {
                sum_amounts(list, decay.as_ref(), *limit, contacts, today)
            }
            (Self::Turns(list), Measure::Response { take, .. }) => {
                response_times(list, *take, contacts)
            }
            _ => unreachable!("a list was made for its measure"),
        }
    }
}

const MILLION: i128 = 1_000_000;

fn weight(decay: Option<&Decay>, age: u32) -> i64 {
    decay.map_or(crate::model::FULL_WEIGHT, |decay| decay.weight(age))
}

/// `value` by the weight of its age, rounded half away from zero to millionths.
pub(super) fn weighted(millionths: i128, decay: Option<&Decay>, age: u32) -> i128 {
    match decay {
        None => millionths,
        Some(decay) => round_half_away(millionths * i128::from(decay.weight(age)), MILLION),
    }
}

fn count_pairs(list: Thinned, most: u32, contacts: usize) -> Vec<i128> {
    let mut values = vec![0; contacts];
    list.by_contact(most, |contact, seconds| {
        values[contact] = seconds.len() as i128 * MILLION;
    });
    values
}

/// Counts events of one contact, the newest first, until their period is full.
struct Allowance {
    limit: Option<Limit>,
    today: Day,
    period: Option<Day>,
    taken: u32,
}

impl Allowance {
    fn new(limit: Option<Limit>, today: Day) -> Self {
        Self {
            limit,
            today,
            period: None,
            taken: 0,
        }
    }

    /// Whether the next event, `age` days old, still counts. Ages must not fall.
    fn takes(&mut self, age: u32) -> bool {
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

fn day_of_age(today: Day, age: u32) -> Day {
    Day::from_days(today.days().saturating_sub_unsigned(age))
}

fn sum_amounts(
    mut list: Vec<Amount>,
    decay: Option<&Decay>,
    limit: Option<Limit>,
    contacts: usize,
    today: Day,
) -> Vec<i128> {
    // The newest first, and at one instant the larger value.
    list.sort_unstable_by(|a, b| {
        (a.contact, b.micros, b.millionths).cmp(&(b.contact, a.micros, a.millionths))
    });
    let mut values = vec![0; contacts];
    for group in list.chunk_by(|a, b| a.contact == b.contact) {
        let mut allowed = Allowance::new(limit, today);
        values[group[0].contact as usize] = group
            .iter()
            .filter(|amount| allowed.takes(amount.age))
            .map(|amount| weighted(amount.millionths, decay, amount.age))
            .sum();
    }
    values
}

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// Minutes, rounded down, from a question to the first answer before the next question.
fn response_times(mut list: Vec<(u32, i64)>, take: Take, contacts: usize) -> Vec<i128> {
    list.sort_unstable();
    let mut values = vec![NULL; contacts];
    let mut minutes = Vec::new();
    for group in list.chunk_by(|a, b| a.0 == b.0) {
        minutes.clear();
        let mut asked = None;
        for &(_, turn) in group {
            let micros = turn >> 1;
            if turn & 1 == ASKS {
                asked = Some(micros);
            } else if let Some(question) = asked.take() {
                minutes.push((micros - question) / MICROS_PER_MINUTE);
            }
        }
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
            values[group[0].0 as usize] = i128::from(value) * MILLION;
        }
    }
    values
}
