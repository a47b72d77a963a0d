//! Texts with a number each, one behind the other in memory: the keys of an index, the ids of contacts.

use super::packed::{push_cell, take_cell};

/// Numbered texts. Each is its number in [`DIGITS`] bytes of seven bits, its length and its text, so that all of them
/// are one text, and a look at a text's beginning brings its number along.
#[derive(Debug, Default)]
pub(super) struct Keys {
    records: String,
}

/// Bytes of a number.
const DIGITS: usize = 5;

impl Keys {
    /// The place of the next text that is pushed.
    pub(super) fn end(&self) -> u64 {
        self.records.len() as u64
    }

    /// Puts a text behind the others, and tells where it begins.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number is written in pieces of seven bits"
    )]
    pub(super) fn push(&mut self, number: u32, text: &str) -> u64 {
        for digit in 0..DIGITS {
            let piece = (u64::from(number) >> (7 * digit)) as u8 & 0x7f;
            self.records.push(char::from(piece));
        }
        push_cell(&mut self.records, text);
        self.end() - text.len() as u64
    }

    /// The text in a place.
    pub(super) fn text(&self, place: u64) -> &str {
        take_cell(&mut &self.records[at(place) + DIGITS..])
    }

    /// So many bytes from where a text begins.
    #[inline]
    pub(super) fn bytes(&self, start: u64, length: usize) -> &[u8] {
        &self.records.as_bytes()[at(start)..at(start) + length]
    }

    /// Some byte of the text in a place, so that it is on its way to the cache; 0 where there is no such place.
    pub(super) fn touch(&self, place: u64) -> u8 {
        self.records.as_bytes().get(at(place)).copied().unwrap_or(0)
    }

    /// All texts with where they begin and their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, u32, &str)> + Clone {
        let mut place = 0;
        std::iter::from_fn(move || {
            if place == self.end() {
                return None;
            }
            let here = place;
            let mut rest = &self.records[at(here) + DIGITS..];
            let text = take_cell(&mut rest);
            place = self.end() - rest.len() as u64;
            Some((place - text.len() as u64, self.number(here), text))
        })
    }

    /// The number of the text in a place.
    #[expect(clippy::cast_possible_truncation, reason = "it was a `u32` once")]
    fn number(&self, place: u64) -> u32 {
        let digits = &self.records.as_bytes()[at(place)..at(place) + DIGITS];
        let number = digits
            .iter()
            .rev()
            .fold(0_u64, |number, digit| number << 7 | u64::from(*digit));
        number as u32
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is in memory has places that fit"
)]
fn at(place: u64) -> usize {
    place as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_places_with_their_numbers() {
        let long = "é".repeat(5000);
        let all = [(0, "a-1"), (u32::MAX - 1, ""), (300, long.as_str())];
        let mut keys = Keys::default();
        let mut places = Vec::new();
        for (number, text) in all {
            places.push(keys.end());
            keys.push(number, text);
        }
        for (place, (number, text)) in places.iter().zip(all) {
            assert_eq!((keys.number(*place), keys.text(*place)), (number, text));
        }
        for ((start, number, text), expected) in keys.iter().zip(all) {
            assert_eq!((number, text), expected);
            assert_eq!(keys.bytes(start, text.len()), text.as_bytes());
        }
        assert_eq!(keys.iter().count(), all.len());
    }
}
