//! How soon questions were answered: the same figures for a person, an hour or all.

use super::by_column::ByColumn;
use super::statistics::{Quantile, quantile};
use super::table::{Cell, Column, Part, Unit};
use crate::engine::Wait;
use crate::value::{Instant, Number, round_half_away};

/// The times within which answers are counted: minutes, the end of a column's name, and what people read.
pub(super) const WITHIN: [(i64, &str, &str); 6] = [
    (5, "within_5m", "≤ 5 min"),
    (15, "within_15m", "≤ 15 min"),
    (30, "within_30m", "≤ 30 min"),
    (60, "within_1h", "≤ 1 h"),
    (240, "within_4h", "≤ 4 h"),
    (NEVER_AFTER, "within_24h", "≤ 24 h"),
];

/// Minutes after which a question without an answer counts as never answered.
const NEVER_AFTER: i64 = 24 * 60;

/// What stands under tables of answers.
pub(super) const METHOD: &str = "An answer counts from the question to our next answer. \
    A question without one is waiting for 24 hours, then it counts as never answered, \
    which medians and 90th percentiles take for the longest: where they are blank though somebody asked, \
    that many were never answered. \
    A share within a time is of the questions that were answered or asked at least so long ago.";

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// What a model has to say for answers to be known.
pub(super) const WANTED: &str = "How soon we answer is not known: \
    the model has to say what asks and what answers, such as [answers] from = \"inquiry\", to = \"outreach\", \
    and the run needs the events.";

/// Some waits, and what became of them.
#[derive(Debug, Default)]
pub(super) struct Answering {
    /// Microseconds until the answer, rising.
    answered: Vec<i64>,
    /// Microseconds without one.
    open: Vec<i64>,
}

/// What became of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Answered after so many microseconds.
    Answered(i64),
    /// Not answered, and too old to hope for it.
    Never,
    /// Not answered yet.
    Waiting,
}

/// What has become of a wait up to an instant.
pub(super) fn outcome(wait: &Wait, as_of: Instant) -> Outcome {
    let until = |end: Instant| end.micros().saturating_sub(wait.asked.micros()).max(0);
    match wait.answered {
        Some(answered) => Outcome::Answered(until(answered)),
        None if until(as_of) >= NEVER_AFTER * MICROS_PER_MINUTE => Outcome::Never,
        None => Outcome::Waiting,
    }
}

impl Answering {
    /// What has become of some waits up to an instant.
    pub fn of<'w>(waits: impl IntoIterator<Item = &'w Wait>, as_of: Instant) -> Self {
        let mut all = Self::default();
        for wait in waits {
            match outcome(wait, as_of) {
                Outcome::Answered(after) => all.answered.push(after),
                Outcome::Never | Outcome::Waiting => {
                    let open = as_of.micros().saturating_sub(wait.asked.micros());
                    all.open.push(open.max(0));
                }
            }
        }
        all.answered.sort_unstable();
        all
    }

    /// How many were asked.
    pub fn asked(&self) -> usize {
        self.answered.len() + self.open.len()
    }

    /// How many were answered.
    pub fn answered(&self) -> usize {
        self.answered.len()
    }

    /// How many were never answered.
    pub fn never(&self) -> usize {
        self.open_for(NEVER_AFTER)
    }

    /// How many wait for an answer that may still come.
    pub fn waiting(&self) -> usize {
        self.open.len() - self.never()
    }

    /// The time within which so many per cent were answered, in minutes; blank where that many never were.
    pub fn minutes(&self, per_cent: usize) -> Cell {
        match quantile(&self.answered, self.never(), per_cent) {
            Quantile::Known(micros) => in_minutes(micros),
            Quantile::Nothing | Quantile::Never => Cell::Blank,
        }
    }

    /// The share that was answered within so many minutes.
    pub fn within(&self, minutes: i64) -> Cell {
        let limit = minutes * MICROS_PER_MINUTE;
        let soon = self.answered.partition_point(|micros| *micros <= limit);
        let of = self.answered.len() + self.open_for(minutes);
        Cell::share(soon as u64, of as u64)
    }

    fn open_for(&self, minutes: i64) -> usize {
        let limit = minutes * MICROS_PER_MINUTE;
        self.open.iter().filter(|micros| **micros >= limit).count()
    }
}

/// Microseconds as minutes to one decimal.
fn in_minutes(micros: i64) -> Cell {
    // A tenth of a minute is six seconds.
    let tenths = round_half_away(i128::from(micros), 6_000_000);
    Cell::Number(Number::from_millionths(tenths * 100_000))
}

/// The columns of how soon was answered that people get.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    let within = WITHIN.iter().map(|(_, name, _)| *name);
    let before = ["asked", "median", "p90"].into_iter();
    before.chain(within).chain(["never", "waiting"])
}

/// Adds the columns of how soon was answered: what `of` gives of each row.
pub(super) fn add_columns<R>(table: &mut ByColumn<'_, R>, of: impl Fn(&R) -> &Answering + Copy) {
    let count = |name: &'static str, heading| Column::new(name, heading, Unit::Count);
    let time = |name: &'static str, heading| Column::new(name, heading, Unit::Minutes);
    table.add(count("asked", "Asked"), |row| of(row).asked().into());
    table.add(count("answered", "Answered").part(Part::Hidden), |row| {
        of(row).answered().into()
    });
    table.add(time("median", "Median"), |row| of(row).minutes(50));
    table.add(time("p90", "90%"), |row| of(row).minutes(90));
    for (minutes, name, heading) in WITHIN {
        table.add(Column::new(name, heading, Unit::Share), |row| {
            of(row).within(minutes)
        });
    }
    table.add(count("never", "Never"), |row| of(row).never().into());
    table.add(count("waiting", "Waiting"), |row| of(row).waiting().into());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(minutes: i64) -> Instant {
        Instant::from_micros(minutes * MICROS_PER_MINUTE)
    }

    fn wait(asked: i64, answered: Option<i64>) -> Wait {
        Wait {
            asked: instant(asked),
            answered: answered.map(instant),
        }
    }

    fn number(text: &str) -> Cell {
        Cell::Number(Number::parse(text).expect("a number"))
    }

    #[test]
    fn a_question_without_an_answer_is_waiting_and_after_a_day_never_answered() {
        let of = |open: i64| outcome(&wait(10_000 - open, None), instant(10_000));
        assert_eq!(of(1439), Outcome::Waiting);
        assert_eq!(of(1440), Outcome::Never);
    }

    #[test]
    fn quantiles_are_over_those_answered_or_never() {
        let waits = [
            wait(0, Some(4)),
            wait(0, Some(10)),
            wait(0, Some(200)),
            wait(0, None),
            wait(9_000, None),
        ];
        let all = Answering::of(&waits, instant(10_000));
        assert_eq!((all.asked(), all.answered()), (5, 3));
        assert_eq!((all.never(), all.waiting()), (1, 1));
        assert_eq!(all.minutes(50), number("10"));
        assert_eq!(all.minutes(90), Cell::Blank);
    }

    #[test]
    fn a_share_within_a_time_leaves_out_who_asked_less_than_that_ago() {
        let waits = [wait(0, Some(4)), wait(0, Some(90)), wait(9_980, None)];
        let all = Answering::of(&waits, instant(10_000));
        assert_eq!(all.within(5), number("0.333333"));
        assert_eq!(all.within(30), number("0.5"));
        assert_eq!(all.within(240), number("1"));
        assert_eq!(Answering::default().within(5), Cell::Blank);
    }

    #[test]
    fn minutes_have_one_decimal() {
        assert_eq!(in_minutes(MICROS_PER_MINUTE * 3 / 2), number("1.5"));
        assert_eq!(in_minutes(3_000_000), number("0.1"));
        assert_eq!(in_minutes(2_999_999), number("0"));
    }
}
