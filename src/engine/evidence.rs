//! The events behind the signals of a few watched contacts, for `explain`.

use std::collections::BTreeMap;

use crate::value::Instant;

/// One event that a signal of a watched contact took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// When it happened.
    pub instant: Instant,
    /// Its type, by the model's name.
    pub kind: String,
    /// Its age in days.
    pub age: u32,
    /// What stood in the column of `of`, for measures that have one.
    pub value: Option<String>,
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

    /// Brings the events into an order that does not depend on threads.
    pub(super) fn sort(&mut self) {
        for sightings in self.sightings.values_mut() {
            sightings.sort_by(|a, b| b.cmp(a));
        }
    }

    /// The events that a signal of a contact took, the newest first.
    pub fn of(&self, contact: usize, signal: usize) -> &[Sighting] {
        self.sightings
            .get(&(contact, signal))
            .map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(micros: i64) -> Sighting {
        Sighting {
            instant: Instant::from_micros(micros),
            kind: "email_open".to_owned(),
            age: 0,
            value: None,
        }
    }

    #[test]
    fn what_threads_saw_comes_out_newest_first_whoever_saw_it() {
        let mut one = Evidence::default();
        one.add(0, 1, sighting(5));
        one.add(0, 1, sighting(9));
        let mut other = Evidence::default();
        other.add(0, 1, sighting(7));
        other.add(3, 1, sighting(1));
        let mut merged = one.clone();
        merged.merge(other.clone());
        merged.sort();
        other.merge(one);
        other.sort();
        let times = |evidence: &Evidence| -> Vec<Sighting> { evidence.of(0, 1).to_vec() };
        assert_eq!(times(&merged), [9, 7, 5].map(sighting));
        assert_eq!(times(&merged), times(&other));
        assert_eq!(merged.of(0, 0), []);
    }
}
