//! Texts to numbers: each different text gets the next number, and its bytes are kept once.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Texts by number. Numbers are handed out in order of first appearance and never reach an output.
#[derive(Debug, Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: FixedState,
}

impl Interner {
    /// The number of a text, which gets one if it has none.
    ///
    /// # Panics
    /// With more than 2^32 different texts, which is more than memory holds.
    pub(super) fn intern(&mut self, wanted: &[u8]) -> u32 {
        let hash = self.hasher.hash_one(wanted);
        let found = self.numbers.find(hash, |&number| {
            text(&self.bytes, &self.ends, number) == wanted
        });
        if let Some(number) = found {
            return *number;
        }
        let number = u32::try_from(self.ends.len()).expect("fewer than 2^32 texts fit in memory");
        self.bytes.extend_from_slice(wanted);
        self.ends.push(self.bytes.len());
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.numbers
            .insert_unique(hash, number, |&n| hasher.hash_one(text(bytes, ends, n)));
        number
    }
}

fn text<'b>(bytes: &'b [u8], ends: &[usize], number: u32) -> &'b [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start..ends[number]]
}
