//! What a column holds, remembered in bounded memory: its different values while they are few, an even sample of
//! them, and whether any comes twice. What is remembered does not depend on the order of the rows, but for the last
//! beyond its limit.

use std::collections::{BTreeMap, HashMap};

use crate::value::normal_id;

/// Different values that are told apart; a column of more is not one of choices.
const MOST_VALUES: usize = 400;
/// The longest value, in bytes, of a column of choices.
const LONGEST_VALUE: usize = 120;
/// Values in a sample.
const MOST_SAMPLED: usize = 512;
/// The longest value, in bytes, that is sampled.
const LONGEST_SAMPLED: usize = 80;
/// Values looked at to find one that comes twice.
const MOST_KEYS: usize = 1 << 16;

/// Different values and how often each comes.
#[derive(Debug)]
pub(super) struct Distinct(Option<BTreeMap<String, u64>>);

impl Default for Distinct {
    fn default() -> Self {
        Self(Some(BTreeMap::new()))
    }
}

impl Distinct {
    pub(super) fn note(&mut self, value: &str) {
        let Some(counts) = &mut self.0 else {
            return;
        };
        if let Some(count) = counts.get_mut(value) {
            *count += 1;
        } else if counts.len() < MOST_VALUES && value.len() <= LONGEST_VALUE {
            counts.insert(value.to_owned(), 1);
        } else {
            self.0 = None;
        }
    }

    /// The values and their counts, in the order of their texts; `None` where there are too many.
    pub(super) fn counts(&self) -> Option<&BTreeMap<String, u64>> {
        self.0.as_ref()
    }

    /// The values, the most frequent first, but for those that may be somebody's address or number.
    pub(super) fn by_frequency(&self) -> Vec<(&str, u64)> {
        let counts = self.0.iter().flatten();
        let counts = counts.filter(|(value, _)| !may_be_personal(value));
        let mut values: Vec<(&str, u64)> = counts.map(|(value, n)| (value.as_str(), *n)).collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values
    }
}

/// The values of the smallest hashes: which they are depends on the set of values only, so that two columns sampled so
/// tell how many values they share.
#[derive(Debug, Default)]
pub(super) struct Sample(BTreeMap<u64, String>);

impl Sample {
    pub(super) fn note(&mut self, value: &str) {
        if value.len() > LONGEST_SAMPLED {
            return;
        }
        let hash = hash(value);
        let is_full = self.0.len() == MOST_SAMPLED;
        let last = self.0.last_key_value().map_or(0, |(last, _)| *last);
        if is_full && hash >= last || self.0.contains_key(&hash) {
            return;
        }
        if is_full {
            self.0.pop_last();
        }
        self.0.insert(hash, value.to_owned());
    }

    /// The sampled values.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// How many percent of this column's values the other column has too; `None` where the samples do not tell.
    pub(super) fn found_in(&self, other: &Self) -> Option<u64> {
        // Below this hash both samples are complete.
        let end = |sample: &Self| match sample.0.last_key_value() {
            Some((last, _)) if sample.0.len() == MOST_SAMPLED => *last,
            _ => u64::MAX,
        };
        let end = end(self).min(end(other));
        let here: Vec<u64> = self.0.range(..=end).map(|(hash, _)| *hash).collect();
        let shared = here
            .iter()
            .filter(|hash| other.0.contains_key(hash))
            .count();
        (!here.is_empty()).then(|| (shared * 100 / here.len()) as u64)
    }
}

/// Whether no value comes twice, repeated rows aside.
#[derive(Debug)]
pub(super) struct Keys(Option<HashMap<u64, u64>>);

impl Default for Keys {
    fn default() -> Self {
        Self(Some(HashMap::new()))
    }
}

impl Keys {
    /// Notes the value of a row that has a fingerprint.
    pub(super) fn note(&mut self, value: &str, row: u64) {
        let Some(rows) = &mut self.0 else {
            return;
        };
        let has_room = rows.len() < MOST_KEYS;
        // As ids are compared: a capital makes another one.
        let key = exact_hash(&normal_id(value));
        match rows.get(&key) {
            Some(other) if *other != row => self.0 = None,
            None if has_room => {
                rows.insert(key, row);
            }
            Some(_) | None => {}
        }
    }

    /// Gives up: a row has none.
    pub(super) fn lack(&mut self) {
        self.0 = None;
    }

    pub(super) fn are_keys(&self) -> bool {
        self.0.as_ref().is_some_and(|rows| !rows.is_empty())
    }
}

/// A hash of a text in which capitals make no difference, the same on every machine: FNV-1a, with its bits mixed
/// once more by the end of `MurmurHash3`, because a sample goes by the high ones.
fn hash(value: &str) -> u64 {
    mixed(value.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The hash of a value as it stands.
fn exact_hash(value: &str) -> u64 {
    mixed(value.bytes())
}

/// Whether a value may be somebody's address or number, which no model should hold.
fn may_be_personal(value: &str) -> bool {
    value.contains('@') || value.bytes().filter(u8::is_ascii_digit).count() >= 7
}

fn mixed(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(values: impl IntoIterator<Item = u32>) -> Sample {
        let mut sample = Sample::default();
        for value in values {
            sample.note(&format!("K-{value}"));
        }
        sample
    }

    #[test]
    fn a_column_of_too_many_values_is_none_of_choices() {
        let mut values = Distinct::default();
        for value in 0..MOST_VALUES {
            values.note(&value.to_string());
            values.note("0");
        }
        assert_eq!(values.counts().expect("few").len(), MOST_VALUES);
        assert_eq!(values.by_frequency()[0], ("0", MOST_VALUES as u64 + 1));
        values.note("one more");
        assert_eq!(values.counts(), None);
    }

    #[test]
    fn a_sample_is_the_same_in_whatever_order_the_values_come() {
        let forth: Vec<String> = sampled(0..5_000).values().map(str::to_owned).collect();
        let back: Vec<String> = sampled((0..5_000).rev())
            .values()
            .map(str::to_owned)
            .collect();
        assert_eq!(forth, back);
        assert_eq!(forth.len(), MOST_SAMPLED);
    }

    #[test]
    fn samples_tell_how_many_values_two_columns_share() {
        let all = sampled(0..20_000);
        assert_eq!(sampled(0..2_000).found_in(&all), Some(100));
        assert_eq!(sampled(30_000..31_000).found_in(&all), Some(0));
        let half = sampled(19_000..21_000).found_in(&all).expect("told");
        assert!((20..=80).contains(&half), "{half}");
        assert_eq!(Sample::default().found_in(&all), None);
    }

    #[test]
    fn a_value_that_two_rows_have_is_no_key_but_a_repeated_row_does_not_matter() {
        let mut keys = Keys::default();
        assert!(!keys.are_keys());
        keys.note("a", 1);
        keys.note("b", 2);
        keys.note("a", 1);
        assert!(keys.are_keys());
        keys.note("b", 3);
        assert!(!keys.are_keys());
    }
}
