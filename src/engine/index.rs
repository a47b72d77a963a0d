//! The index that events join contacts on: from the key in an event's cell to the contacts that have it.
//!
//! An index of many contacts is far larger than a processor's cache, and a look-up in it waits for memory twice: for
//! the entry and for the bytes of the key. So events are looked up many at a time ([`Index::find_all`]): first every
//! entry is touched, then every key, and the waits of a batch overlap.

use std::hash::BuildHasher;
use std::hint::black_box;

use foldhash::fast::FixedState;

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
}

/// One key: the highest bits of its hash, and below them its place among the keys. An eighth of a cache line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry(u64);

/// No contact.
pub(super) const NOBODY: u32 = u32::MAX;

/// The bits of a place: enough for a tebibyte of keys.
const PLACE_BITS: u32 = 40;

/// No key ends where a tebibyte does.
const EMPTY: Entry = Entry(u64::MAX);

/// The hash of a key.
pub(super) fn hash(key: &[u8]) -> u64 {
    FixedState::default().hash_one(key)
}

impl Entry {
    fn new(hash: u64, place: u64) -> Self {
        assert!(
            place >> PLACE_BITS == 0,
            "keys of less than a tebibyte fit in memory"
        );
        Self(hash >> PLACE_BITS << PLACE_BITS | place)
    }

    fn place(self) -> u64 {
        self.0 & ((1 << PLACE_BITS) - 1)
    }

    /// Whether it is one of a key that may have this hash; an empty one may seem to.
    fn fits(self, hash: u64) -> bool {
        (self.0 ^ hash) >> PLACE_BITS == 0
    }
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
        for (place, _, key) in self.keys.iter() {
            let hash = hash(key.as_bytes());
            let mut at = self.home(hash);
            while self.entries[at] != EMPTY {
                at = (at + 1) & (self.entries.len() - 1);
            }
            self.entries[at] = Entry::new(hash, place);
        }
    }

    /// Whether some key is that of several contacts.
    #[inline]
    pub(super) fn is_shared(&self) -> bool {
        !self.next.is_empty()
    }

    /// Loads the entries where the searches for these hashes begin, all at once.
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let touched = hashes.fold(0, |all, hash| all ^ self.entries[self.home(hash)].0);
        black_box(touched);
    }

    /// The contact that has a key of this hash; where nobody has it, it is given to `contact`. There must be room.
    pub(super) fn find_or_add(&mut self, hash: u64, key: &str, contact: u32) -> Option<u32> {
        let at = self.probe(hash, key.as_bytes());
        if self.entries[at] != EMPTY {
            return Some(self.keys.number(self.entries[at].place()));
        }
        self.entries[at] = Entry::new(hash, self.keys.end());
        self.keys.push(contact, key);
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
        if self.entries.is_empty() {
            found.resize(keys.len(), NOBODY);
            return;
        }
        hashes.clear();
        hashes.extend(keys.iter().map(|key| hash(key.as_ref())));
        // Nothing here depends on what is loaded, so the processor loads many entries at once.
        self.touch(hashes.iter().copied());
        let candidates = hashes.iter().map(|hash| self.candidate(*hash));
        found.extend(candidates.map(|at| u32::try_from(at).expect("fewer than 2^32 keys")));
        let touched = found
            .iter()
            .map(|at| self.entries[*at as usize].place())
            .fold(0, |all, place| all ^ self.keys.touch(place));
        black_box(touched);
        for ((key, hash), at) in keys.iter().zip(hashes.iter()).zip(found) {
            let key = key.as_ref();
            let candidate = self.entries[*at as usize];
            *at = if candidate == EMPTY {
                NOBODY
            } else if self.keys.text(candidate.place()).as_bytes() == key {
                self.keys.number(candidate.place())
            } else {
                match self.entries[self.probe(*hash, key)] {
                    EMPTY => NOBODY,
                    entry => self.keys.number(entry.place()),
                }
            };
        }
    }

    /// The entry where the search for a hash begins.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the mask keeps the lowest bits only"
    )]
    fn home(&self, hash: u64) -> usize {
        hash as usize & (self.entries.len() - 1)
    }

    /// The first entry that is empty or may be one of the hash.
    fn candidate(&self, hash: u64) -> usize {
        let mut at = self.home(hash);
        while !self.entries[at].fits(hash) && self.entries[at] != EMPTY {
            at = (at + 1) & (self.entries.len() - 1);
        }
        at
    }

    /// The entry of a key, or the empty one where it belongs.
    fn probe(&self, hash: u64, key: &[u8]) -> usize {
        let mut at = self.home(hash);
        loop {
            let entry = self.entries[at];
            let is_of_key = || entry.fits(hash) && self.keys.text(entry.place()).as_bytes() == key;
            if entry == EMPTY || is_of_key() {
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
    use std::collections::BTreeMap;

    fn index_of(keys: &[&str]) -> Index {
        let mut index = Index::with_room(keys.len());
        for (contact, key) in (0..).zip(keys) {
            index.insert(key, contact, keys.len());
        }
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

    proptest! {
        #[test]
        fn it_finds_what_an_ordered_map_finds(
            keys in prop::collection::vec("[ab]{0,4}", 0..60),
            wanted in prop::collection::vec("[ab]{0,4}", 0..60),
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
