//! The events behind the signals of a few watched contacts, for `explain`: which there were, and which of them count
//! how much after limit and decay, by the same rules as the signals themselves.

use std::collections::BTreeMap;

use super::kept::{ANSWERS, ASKS, Allowance, answered, weighted};
use crate::model::{Measure, Signal};
use crate::value::{Day, Instant, Number};

/// One event that a signal of a watched contact took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// When it happened.
    pub instant: Instant,
    /// The number in the column of `of`, for measures that compute with it.
    pub number: Option<Number>,
    /// Its type, by the model's name.
    pub kind: String,
    /// Its age in days.
    pub age: u32,
    /// What stood in the column of `of`, for measures that have one.
    pub value: Option<String>,
    /// What it counts, for measures with a limit or a decay; nothing beyond the limit.
    pub counts: Option<Number>,
    /// Whether it counts nothing because its period was full.
    pub is_beyond_limit: bool,
    /// Whether it asks and whether it answers, for responses.
    pub sides: (bool, bool),
    /// For a question that was answered, after how many whole minutes.
    pub answered_after: Option<i64>,
}

/// For each watched contact and signal, the events the signal took, the newest first.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    sightings: BTreeMap<(usize, usize), Vec<Sighting>>,
}

impl Evidence {
    pub(super) fn add(&mut self, contact: usize, signal: usize, sighting: Sighting) {
        self.sightings
            .entry((contact, signal))
            .or_default()
            .push(sighting);
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (key, sightings) in other.sightings {
            self.sightings.entry(key).or_default().extend(sightings);
        }
    }

    /// Brings the events into the order in which they count, and settles what each counts.
    pub(super) fn finish(&mut self, signals: &[Signal], today: Day) {
        for ((_, signal), sightings) in &mut self.sightings {
            // The newest first, and at one instant the larger value, as limits have it.
            sightings.sort_by(|a, b| b.cmp(a));
            match &signals[*signal].measure {
                Measure::Count { decay, limit, .. } | Measure::Sum { decay, limit, .. } => {
                    if decay.is_none() && limit.is_none() {
                        continue;
                    }
                    let mut allowed = Allowance::new(*limit, today);
                    for sighting in sightings {
                        let amount = sighting.number.unwrap_or(Number::ONE).millionths();
                        sighting.is_beyond_limit = !allowed.takes(sighting.age);
                        let counts = if sighting.is_beyond_limit {
                            0
                        } else {
                            weighted(amount, decay.as_ref(), sighting.age)
                        };
                        sighting.counts = Some(Number::from_millionths(counts));
                    }
                }
                Measure::Response { .. } => mark_answers(sightings),
                _ => {}
            }
        }
    }

    /// The events that a signal of a contact took, the newest first.
    pub fn of(&self, contact: usize, signal: usize) -> &[Sighting] {
        self.sightings
            .get(&(contact, signal))
            .map_or(&[], Vec::as_slice)
    }
}

/// Notes with each question that was answered how long that took.
fn mark_answers(sightings: &mut [Sighting]) {
    let mut turns: Vec<(i64, u64)> = sightings
        .iter()
        .map(|sighting| {
            let side = if sighting.sides.0 { ASKS } else { ANSWERS };
            (sighting.instant.micros(), side)
        })
        .collect();
    turns.sort_unstable();
    let pairs: BTreeMap<i64, i64> = answered(turns.into_iter()).collect();
    // Several questions at one instant count as one.
    let mut last = None;
    for sighting in sightings.iter_mut().filter(|sighting| sighting.sides.0) {
        let question = sighting.instant.micros();
        if last.replace(question) != Some(question) {
            let answer = pairs.get(&question);
            sighting.answered_after = answer.map(|answer| (answer - question) / 60_000_000);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    const MINUTE: i64 = 60_000_000;

    fn sighting(micros: i64) -> Sighting {
        Sighting {
            instant: Instant::from_micros(micros),
            number: None,
            kind: "email_open".to_owned(),
            age: 0,
            value: None,
            counts: None,
            is_beyond_limit: false,
            sides: (false, false),
            answered_after: None,
        }
    }

    fn signals(text: &str) -> Vec<Signal> {
        let rule = "\n[[rules]]\nname = \"R\"\nsignal = \"s\"\npoints = 1\n";
        let model = Model::parse("m.toml", &format!("[signals]\ns = {text}{rule}"));
        model.expect("a valid model").signals
    }

    fn finished(signal: &str, sightings: Vec<Sighting>) -> Vec<Sighting> {
        let mut evidence = Evidence::default();
        for sighting in sightings {
            evidence.add(0, 0, sighting);
        }
        evidence.finish(&signals(signal), Day::from_days(20_000));
        evidence.of(0, 0).to_vec()
    }

    #[test]
    fn what_threads_saw_comes_out_newest_first_whoever_saw_it() {
        let mut one = Evidence::default();
        one.add(0, 0, sighting(5));
        one.add(0, 0, sighting(9));
        let mut other = Evidence::default();
        other.add(0, 0, sighting(7));
        other.add(3, 0, sighting(1));
        let signals = signals("{ event = \"email_open\" }");
        let mut merged = one.clone();
        merged.merge(other.clone());
        merged.finish(&signals, Day::from_days(0));
        other.merge(one);
        other.finish(&signals, Day::from_days(0));
        assert_eq!(merged.of(0, 0), [9, 7, 5].map(sighting));
        assert_eq!(merged.of(0, 0), other.of(0, 0));
        assert_eq!(merged.of(0, 1), []);
    }

    #[test]
    fn what_is_beyond_the_limit_counts_nothing() {
        let signal = "{ event = \"email_open\", limit = { per = \"day\", max = 2 } }";
        let counts: Vec<String> = finished(signal, (0..3).map(sighting).collect())
            .iter()
            .map(|sighting| sighting.counts.expect("a limit").to_string())
            .collect();
        assert_eq!(counts, ["1", "1", "0"]);
    }

    #[test]
    fn of_two_values_at_one_instant_the_larger_counts_first() {
        let signal = "{ event = \"sale\", measure = \"sum\", of = \"eur\", limit = { per = \"day\", max = 1 } }";
        let value = |number| Sighting {
            number: Some(Number::integer(number)),
            ..sighting(5)
        };
        let counts: Vec<Option<Number>> = finished(signal, vec![value(9), value(10)])
            .iter()
            .map(|sighting| sighting.counts)
            .collect();
        assert_eq!(counts, [Some(Number::integer(10)), Some(Number::ZERO)]);
    }

    #[test]
    fn an_answered_question_says_how_long_it_took() {
        let signal = "{ measure = \"response\", from = \"mail\", to = \"reply\" }";
        let turn = |minute: i64, asks: bool| Sighting {
            sides: (asks, !asks),
            ..sighting(minute * MINUTE)
        };
        let turns = vec![turn(0, true), turn(7, false), turn(9, true), turn(8, false)];
        let waits: Vec<Option<i64>> = finished(signal, turns)
            .iter()
            .map(|sighting| sighting.answered_after)
            .collect();
        assert_eq!(waits, [None, None, None, Some(7)]);
    }
}
