//! Keys that are whole numbers close to each other, as databases hand them out: a list takes the place of a table.
//!
//! A look-up is then a small sum and one look into memory, and the list is smaller than the table, so that more of it
//! stays near.

use std::hint::black_box;

use super::index::NOBODY;

/// Contacts by number.
#[derive(Debug)]
pub(super) struct Dense {
    /// The smallest number.
    first: u64,
    /// The contact of each number from there on, or [`NOBODY`].
    contacts: Vec<u32>,
}

/// Numbers to each contact at the most: then the list is no larger than the table would be.
const MOST_NUMBERS: u64 = 4;

/// Digits of the longest number.
const MOST_DIGITS: usize = 16;

impl Dense {
    /// The list of these keys and their contacts, if all are numbers close enough to each other.
    pub(super) fn of<'k>(keys: impl Iterator<Item = (u32, &'k str)> + Clone) -> Option<Self> {
        let (mut first, mut last, mut count) = (u64::MAX, 0, 0_u64);
        for (_, key) in keys.clone() {
            let number = read(key.as_bytes())?;
            first = first.min(number);
            last = last.max(number);
            count += 1;
        }
        let span = last.checked_sub(first)? + 1;
        if span > count * MOST_NUMBERS {
            return None;
        }
        let mut dense = Self {
            first,
            contacts: vec![NOBODY; usize::try_from(span).ok()?],
        };
        for (contact, key) in keys {
            let place = dense.place(key.as_bytes())?;
            dense.contacts[place] = contact;
        }
        Some(dense)
    }

    /// Where the contact of a key stands, if anybody can have it.
    #[inline]
    pub(super) fn place(&self, key: &[u8]) -> Option<usize> {
        let place = read(key)?.checked_sub(self.first)?;
        usize::try_from(place)
            .ok()
            .filter(|place| *place < self.contacts.len())
    }

    /// The contacts in some places, or [`NOBODY`], into `found`.
    pub(super) fn find_all(
        &self,
        places: impl Iterator<Item = Option<usize>>,
        found: &mut Vec<u32>,
    ) {
        found.clear();
        // A list in memory has fewer than 2^32 places.
        let place = |place: Option<usize>| place.and_then(|place| u32::try_from(place).ok());
        found.extend(places.map(|at| place(at).unwrap_or(NOBODY)));
        let contact = |place: u32| self.contacts.get(place as usize).copied();
        // Nothing depends on what is loaded, so many are loaded at once.
        black_box(
            found
                .iter()
                .fold(0, |all, at| all ^ contact(*at).unwrap_or(0)),
        );
        for at in found {
            *at = contact(*at).unwrap_or(NOBODY);
        }
    }
}

/// The number that a key is, if it is written in the one way in which such keys are: digits, the first of them not 0.
#[inline]
fn read(key: &[u8]) -> Option<u64> {
    if key.first().is_none_or(|first| *first == b'0') {
        return None;
    }
    match key.len() {
        1..=8 => eight(key),
        9..=MOST_DIGITS => {
            let (high, low) = key.split_at(key.len() - 8);
            Some(eight(high)? * 100_000_000 + eight(low)?)
        }
        _ => None,
    }
}

/// The number of up to eight digits, all looked at at once.
#[inline]
fn eight(digits: &[u8]) -> Option<u64> {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let word = match digits.first_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            // With noughts before them.
            let mut word = [b'0'; 8];
            word[8 - digits.len()..].copy_from_slice(digits);
            u64::from_le_bytes(word)
        }
    };
    let digits = word ^ (EACH * u64::from(b'0'));
    // Adding 118 to a byte sets its highest bit if it is 10 or more.
    if (digits | digits.wrapping_add(118 * EACH)) & (128 * EACH) != 0 {
        return None;
    }
    // Neighbours are brought together: pairs of digits, then of pairs, then of these.
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(dense: &Dense, key: &str) -> Option<u32> {
        let mut found = Vec::new();
        dense.find_all(std::iter::once(dense.place(key.as_bytes())), &mut found);
        Some(found[0]).filter(|contact| *contact != NOBODY)
    }

    #[test]
    fn numbers_close_to_each_other_are_found_and_nothing_else_is() {
        let keys = [(0, "1002"), (1, "998"), (2, "1000")];
        let dense = Dense::of(keys.into_iter()).expect("close numbers");
        for (contact, key) in keys {
            assert_eq!(found(&dense, key), Some(contact), "{key}");
        }
        for key in [
            "",
            "0",
            "997",
            "999",
            "1003",
            "01000",
            "1000 ",
            "+1000",
            "1000.0",
            "99999999999999999",
        ] {
            assert_eq!(found(&dense, key), None, "{key:?}");
        }
    }

    #[test]
    fn other_keys_and_numbers_far_apart_are_left_to_the_table() {
        for keys in [
            vec!["1", "a"],
            vec!["1", "01"],
            vec!["1", ""],
            vec!["1", "1000000"],
            vec!["0"],
            vec![],
        ] {
            assert!(
                Dense::of((0..).zip(keys.iter().copied())).is_none(),
                "{keys:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_the_number_that_it_is(key in "[0-9]{0,18}|[0-9]{1,7}[!-~]{1,3}") {
            let plain = key.parse::<u64>().ok().filter(|number| number.to_string() == key && *number > 0);
            prop_assert_eq!(read(key.as_bytes()), plain.filter(|_| key.len() <= MOST_DIGITS));
        }
    }
}
