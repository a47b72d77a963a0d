//! The index that events join contacts on: from the key in an event's cell to the contacts that have it.
//!
//! An index of many contacts is far larger than a processor's cache, and a look-up in it waits for memory: for the entry
//! and, where the key is too long to stand in it, for the bytes of the key. So events are looked up many at a time
//! ([`Index::find_all`]): first every entry is touched, then every key, and the waits of a batch overlap.

use std::hash::BuildHasher;
use std::hint::black_box;

use foldhash::fast::FixedState;

use super::dense::Dense;
use super::keys::Keys;

/// Finds contacts by key: an open-addressed table of linear probing (Knuth, The Art of Computer Programming 3, 6.4,
/// Algorithm L), at most three quarters full.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A power of two of entries; none while the index is empty.
    entries: Vec<Entry>,
    /// Every key, with the contact that has it, the first added if there are several.
    pub(super) keys: Keys,
    /// How many keys there are.
    len: usize,
    /// For each contact, the next with the same key; empty while all keys differ.
    next: Vec<u32>,
    /// In place of the entries, where keys are numbers close to each other.
    dense: Option<Dense>,
}

/// One key with the contact that has it, the first added if there are several. A quarter of a cache line.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Brief,
    /// [`NOBODY`] in an empty entry.
    contact: u32,
}

/// A key as it stands in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Brief {
    /// Short keys as they are; of long ones where they begin among the keys, and in the lowest [`LENGTH_BITS`] bits how
    /// long they are.
    word: u64,
    /// The length of short keys; of long ones the upper half of the hash, with the highest bit set.
    tag: u32,
}

/// No contact.
pub(super) const NOBODY: u32 = u32::MAX;

/// Bytes of the longest key that stands in its entry.
const SHORT: usize = 8;

/// Set in the tags of long keys.
const LONG: u32 = 1 << 31;

/// Enough for the longest cell there is, also where its normal form is longer; 64 GiB of keys remain.
const LENGTH_BITS: u32 = 28;

const EMPTY: Entry = Entry {
    key: Brief { word: 0, tag: 0 },
    contact: NOBODY,
};

/// The hash of a key.
#[inline]
pub(super) fn hash(key: &[u8]) -> u64 {
    FixedState::default().hash_one(key)
}

impl Brief {
    /// The key of a text, if it is a short one.
    #[inline]
    fn short(text: &[u8]) -> Option<Self> {
        let tag = u32::try_from(text.len()).ok()?;
        if let Some(word) = text.first_chunk::<SHORT>() {
            let word = u64::from_le_bytes(*word);
            return (text.len() == SHORT).then_some(Self { word, tag });
        }
        let bytes = text.iter().rev();
        let word = bytes.fold(0, |word, byte| word << 8 | u64::from(*byte));
        Some(Self { word, tag })
    }

    /// The key of a text that begins in a place among the keys.
    fn of(hash: u64, text: &[u8], start: u64) -> Self {
        Self::short(text).unwrap_or_else(|| {
            assert!(
                start >> (64 - LENGTH_BITS) == 0 && text.len() >> LENGTH_BITS == 0,
                "keys of less than 64 GiB fit in memory"
            );
            Self {
                word: start << LENGTH_BITS | text.len() as u64,
                tag: long_tag(hash),
            }
        })
    }

    fn is_long(self) -> bool {
        self.tag & LONG != 0
    }

    fn start(self) -> u64 {
        self.word >> LENGTH_BITS
    }

    fn length(self) -> u64 {
        self.word & ((1 << LENGTH_BITS) - 1)
    }
}

#[inline]
fn long_tag(hash: u64) -> u32 {
    (hash >> 32) as u32 | LONG
}

/// What a thread keeps from one batch to the next.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    hashes: Vec<u64>,
    /// For each key of the batch, the contact that has it, the first added if there are several, or [`NOBODY`].
    pub(super) found: Vec<u32>,
}

impl Index {
    /// An index with room for the keys of so many contacts.
    pub(super) fn with_room(contacts: usize) -> Self {
        let mut index = Self::default();
        index.reserve(contacts);
        index
    }

    /// Makes room for so many keys more.
    pub(super) fn reserve(&mut self, more: usize) {
        let wanted = ((self.len + more) * 4).div_ceil(3);
        if wanted <= self.entries.len() {
            return;
        }
        self.entries = Vec::new();
        self.entries.resize(wanted.next_power_of_two(), EMPTY);
        // One key behind the other in memory, and none waits for where another goes.
        for (start, contact, text) in self.keys.iter() {
            let hash = hash(text.as_bytes());
            let mut at = self.home(hash);
            while self.entries[at].contact != NOBODY {
                at = (at + 1) & (self.entries.len() - 1);
            }
            self.entries[at] = Entry {
                key: Brief::of(hash, text.as_bytes(), start),
                contact,
            };
        }
    }

    /// Ends the building: nothing is added from now on.
    pub(super) fn settle(&mut self) {
        let keys = self.keys.iter().map(|(_, contact, key)| (contact, key));
        self.dense = Dense::of(keys);
        if self.dense.is_some() {
            self.entries = Vec::new();
        }
    }

    /// The list in place of a table, where keys are numbers close to each other.
    #[inline]
    pub(super) fn dense(&self) -> Option<&Dense> {
        self.dense.as_ref()
    }

    /// Whether some key is that of several contacts.
    #[inline]
    pub(super) fn is_shared(&self) -> bool {
        !self.next.is_empty()
    }

    /// Loads the entries where the searches for these hashes begin, all at once.
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let touched = hashes.fold(0, |all, hash| all ^ self.entries[self.home(hash)].contact);
        black_box(touched);
    }

    /// The contact that has a key of this hash; where nobody has it, it is given to `contact`. There must be room.
    pub(super) fn find_or_add(&mut self, hash: u64, key: &str, contact: u32) -> Option<u32> {
        let at = self.probe(hash, key.as_bytes());
        let known = self.entries[at].contact;
        if known != NOBODY {
            return Some(known);
        }
        let start = self.keys.push(contact, key);
        self.entries[at] = Entry {
            key: Brief::of(hash, key.as_bytes(), start),
            contact,
        };
        self.len += 1;
        None
    }

    /// Adds a contact, of `contacts`, with its key. There must be room.
    pub(super) fn insert(&mut self, key: &str, contact: u32, contacts: usize) {
        if let Some(first) = self.find_or_add(hash(key.as_bytes()), key, contact) {
            self.next.resize(contacts, NOBODY);
            // Behind the first, so that no chain is walked.
            self.next[contact as usize] = self.next[first as usize];
            self.next[first as usize] = contact;
        }
    }

    /// The other contacts with the same key as `contact`, which is the one that is found by it.
    pub(super) fn others(&self, contact: u32) -> impl Iterator<Item = u32> + '_ {
        let next = |contact: u32| self.next.get(contact as usize).copied();
        let beyond = move |contact: &u32| next(*contact).filter(|next| *next != NOBODY);
        std::iter::successors(beyond(&contact), beyond)
    }

    /// Looks up a batch of keys, into `lookup.found`.
    pub(super) fn find_all<K: AsRef<[u8]>>(&self, keys: &[K], lookup: &mut Lookup) {
        let Lookup { hashes, found } = lookup;
        found.clear();
        if let Some(dense) = &self.dense {
            let places = keys.iter().map(|key| dense.place(key.as_ref()));
            return dense.find_all(places, found);
        }
        if self.entries.is_empty() {
            found.resize(keys.len(), NOBODY);
            return;
        }
        hashes.clear();
        hashes.extend(keys.iter().map(|key| hash(key.as_ref())));
        // Nothing here depends on what is loaded, so the processor loads many entries at once.
        self.touch(hashes.iter().copied());
        let seek = |(key, hash): (&K, &u64)| self.candidate(*hash, key.as_ref());
        found.extend(keys.iter().zip(hashes.iter()).map(seek));
        let touched = found
            .iter()
            .map(|at| self.entries[*at as usize].key)
            .filter(|key| key.is_long())
            .fold(0, |all, key| all ^ self.keys.touch(key.start()));
        black_box(touched);
        for ((key, hash), at) in keys.iter().zip(hashes.iter()).zip(found) {
            let candidate = self.entries[*at as usize];
            *at = if !candidate.key.is_long() || self.is_text(candidate.key, key.as_ref()) {
                candidate.contact
            } else {
                self.entries[self.probe(*hash, key.as_ref())].contact
            };
        }
    }

    /// Whether a long key is that of a text.
    #[inline]
    fn is_text(&self, key: Brief, text: &[u8]) -> bool {
        key.length() == text.len() as u64 && self.keys.bytes(key.start(), text.len()) == text
    }

    /// The entry where the search for a hash begins.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the mask keeps the lowest bits only"
    )]
    fn home(&self, hash: u64) -> usize {
        hash as usize & (self.entries.len() - 1)
    }

    /// The first entry that is empty, or that is of a text if the text is short and may be if it is long.
    #[inline]
    fn candidate(&self, hash: u64, text: &[u8]) -> u32 {
        let mask = self.entries.len() - 1;
        let mut at = self.home(hash);
        let is_end = |entry: Entry, fits: bool| fits || entry.contact == NOBODY;
        if let Some(short) = Brief::short(text) {
            while !is_end(self.entries[at], self.entries[at].key == short) {
                at = (at + 1) & mask;
            }
        } else {
            let tag = long_tag(hash);
            while !is_end(self.entries[at], self.entries[at].key.tag == tag) {
                at = (at + 1) & mask;
            }
        }
        u32::try_from(at).expect("fewer than 2^32 entries")
    }

    /// The entry of a text, or the empty one where it belongs.
    fn probe(&self, hash: u64, text: &[u8]) -> usize {
        let short = Brief::short(text);
        let tag = long_tag(hash);
        let mut at = self.home(hash);
        loop {
            let Entry { key, contact } = self.entries[at];
            let is_of_text = match short {
                Some(short) => key == short,
                None => key.tag == tag && self.is_text(key, text),
            };
            if contact == NOBODY || is_of_text {
                return at;
            }
            at = (at + 1) & (self.entries.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn index_of(keys: &[&str]) -> Index {
        let mut index = Index::with_room(keys.len());
        for (contact, key) in (0..).zip(keys) {
            index.insert(key, contact, keys.len());
        }
        index.settle();
        index
    }

    fn find(index: &Index, wanted: &[&str]) -> Vec<Vec<u32>> {
        let mut lookup = Lookup::default();
        index.find_all(wanted, &mut lookup);
        let all = |first: &u32| match *first {
            NOBODY => Vec::new(),
            first => std::iter::once(first).chain(index.others(first)).collect(),
        };
        lookup.found.iter().map(all).collect()
    }

    #[test]
    fn a_key_finds_the_contact_that_has_it() {
        let index = index_of(&["a-1", "a-2", "a-3"]);
        assert_eq!(find(&index, &["a-3", "a-1"]), [vec![2], vec![0]]);
    }

    #[test]
    fn a_key_that_nobody_has_finds_nobody() {
        let index = index_of(&["a-1"]);
        assert_eq!(find(&index, &["a-2", ""]), [Vec::<u32>::new(), vec![]]);
    }

    #[test]
    fn contacts_that_share_a_key_are_all_found_by_it() {
        let index = index_of(&["home@x.example", "b", "home@x.example", "home@x.example"]);
        assert_eq!(
            find(&index, &["home@x.example", "b"]),
            [vec![0, 3, 2], vec![1]]
        );
    }

    #[test]
    fn keys_are_found_wherever_they_went_when_the_index_grew() {
        let mut index = Index::default();
        let keys: Vec<String> = (0..3000).map(|number| format!("a-{number}")).collect();
        for (contact, key) in (0..).zip(&keys) {
            index.reserve(1);
            index.insert(key, contact, keys.len());
        }
        let wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
        let expected: Vec<Vec<u32>> = (0..3000).map(|contact| vec![contact]).collect();
        assert_eq!(find(&index, &wanted), expected);
    }

    #[test]
    fn an_index_of_nobody_finds_nobody() {
        assert_eq!(find(&Index::default(), &["a"]), [Vec::<u32>::new()]);
        assert_eq!(find(&Index::with_room(0), &["a"]), [Vec::<u32>::new()]);
    }

    #[test]
    fn keys_that_are_numbers_are_found_without_a_table() {
        let index = index_of(&["1003", "1001", "1003"]);
        assert!(index.dense.is_some());
        let wanted = ["1003", "1002", "", "x", "1001"];
        assert_eq!(
            find(&index, &wanted),
            [vec![0, 2], vec![], vec![], vec![], vec![1]]
        );
    }

    proptest! {
        #[test]
        fn numbers_are_found_as_an_ordered_map_finds_them(
            keys in prop::collection::vec("[1-9][0-9]", 0..60),
            wanted in prop::collection::vec("[1-9][0-9]|[0-9]{1,3}", 0..60),
        ) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let has = |wanted: &&str| (0..).zip(&keys).filter(|(_, key)| *key == wanted).map(|(n, _)| n).collect();
            let expected: Vec<BTreeSet<u32>> = wanted.iter().map(has).collect();
            let found: Vec<BTreeSet<u32>> = find(&index_of(&keys), &wanted).into_iter().map(|all| all.into_iter().collect()).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn it_finds_what_an_ordered_map_finds(
            keys in prop::collection::vec("[ab]{0,4}|[1-3]{1,2}", 0..60),
            wanted in prop::collection::vec("[ab]{0,4}|[1-3]{1,2}", 0..60),
        ) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let mut map: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
            for (contact, key) in (0..).zip(&keys) {
                let all = map.entry(*key).or_default();
                all.insert(all.len().min(1), contact);
            }
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let expected: Vec<Vec<u32>> =
                wanted.iter().map(|key| map.get(key).cloned().unwrap_or_default()).collect();
            prop_assert_eq!(find(&index_of(&keys), &wanted), expected);
        }
    }
}
