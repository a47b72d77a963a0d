//! What every rule gave every contact, packed.
//!
//! Most rules give most contacts nothing, and what the others give are small numbers. So only what is not nothing is
//! kept: for each such rule how many rules were passed over since the last one, and its thousandths of a point, both
//! seven bits to a byte. A contact whom no rule gives anything takes four bytes, others two to four more for each rule.

use crate::value::Points;

/// What the rules gave some neighbouring contacts.
#[derive(Debug, Default)]
pub(super) struct Contributions {
    bytes: Vec<u8>,
    /// Where each contact's bytes end.
    ends: Vec<u32>,
}

impl Contributions {
    /// Adds the next contact.
    ///
    /// # Panics
    /// With more than 4 GiB for these contacts, which a few thousand of them never need.
    pub(super) fn push(&mut self, given: &[Points]) {
        let mut next = 0;
        for (rule, points) in given.iter().enumerate() {
            if *points != Points::ZERO {
                self.put((rule - next) as u64);
                self.put(folded(points.thousandths()));
                next = rule + 1;
            }
        }
        let end = u32::try_from(self.bytes.len()).expect("few contacts take little memory");
        self.ends.push(end);
    }

    /// What the rules gave the contact in a place, into `given`, which holds a place for each rule.
    pub(super) fn unpack(&self, place: usize, given: &mut [Points]) {
        given.fill(Points::ZERO);
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut bytes = &self.bytes[start as usize..self.ends[place] as usize];
        let mut rules = given.iter_mut();
        while let Some(passed) = take(&mut bytes)
            && let Some(points) = take(&mut bytes)
            && let Ok(passed) = usize::try_from(passed)
            && let Some(given) = rules.nth(passed)
        {
            *given = Points::from_thousandths(unfolded(points));
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
    fn put(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// Takes a number off the bytes; None at their end.
fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// The sign as the lowest bit, so that small numbers of either sign are short.
fn folded(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

fn unfolded(folded: u64) -> i64 {
    (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_contact_without_points_takes_no_bytes_but_its_end() {
        let mut packed = Contributions::default();
        packed.push(&[Points::ZERO; 40]);
        assert_eq!((packed.bytes.len(), packed.ends.len()), (0, 1));
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            contacts in prop::collection::vec(
                prop::collection::vec(prop_oneof![Just(0), -200_000..200_000_i64, any::<i64>()], 5),
                1..20,
            ),
        ) {
            let points = |contact: &Vec<i64>| -> Vec<Points> {
                contact.iter().map(|one| Points::from_thousandths(*one)).collect()
            };
            let contacts: Vec<Vec<Points>> = contacts.iter().map(points).collect();
            let mut packed = Contributions::default();
            for given in &contacts {
                packed.push(given);
            }
            for (place, given) in contacts.iter().enumerate() {
                // What stood there before does not shine through.
                let mut unpacked = vec![Points::whole(1); given.len()];
                packed.unpack(place, &mut unpacked);
                prop_assert_eq!(&unpacked, given);
            }
        }
    }
}
