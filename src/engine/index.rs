//! The index that events join contacts on: from the key in an event's cell to the contacts that have it.
//!
//! An index of many contacts is far larger than a processor's cache, and a look-up in it waits for memory twice: for
//! the entry and for the bytes of the key. So events are looked up many at a time ([`Index::find_all`]): first every
//! entry is touched, then every key, and the waits of a batch overlap.

use std::hash::BuildHasher;
use std::hint::black_box;

use foldhash::fast::FixedState;

/// Finds contacts by key: an open-addressed table of linear probing (Knuth, The Art of Computer Programming 3, 6.4,
/// Algorithm L), at most half full.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A power of two of entries; none while the index is empty.
    entries: Vec<Entry>,
    /// The bytes of all keys.
    keys: Vec<u8>,
    /// For each contact, the next with the same key; empty while all keys differ.
    next: Vec<u32>,
    hasher: FixedState,
}

/// One key. A quarter of a cache line.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The upper half of the key's hash; the place follows from the lower.
    tag: u32,
    /// The contact that has the key, the last read if there are several; [`NOBODY`] in an empty entry.
    contact: u32,
    /// Where the key begins in `keys`, and in the lowest [`LENGTH_BITS`] bits how long it is.
    place: u64,
}

/// No contact.
pub(super) const NOBODY: u32 = u32::MAX;

/// Enough for the longest record there is, also where its normal form is longer; 64 GiB of keys remain.
const LENGTH_BITS: u32 = 28;

const EMPTY: Entry = Entry {
    tag: 0,
    contact: NOBODY,
    place: 0,
};

impl Entry {
    fn start(self) -> usize {
        (self.place >> LENGTH_BITS) as usize
    }

    fn length(self) -> usize {
        (self.place & ((1 << LENGTH_BITS) - 1)) as usize
    }
}

/// What a thread keeps from one batch to the next.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    hashes: Vec<u64>,
    /// For each key of the batch, the contact last read that has it, or [`NOBODY`].
    pub(super) found: Vec<u32>,
}

impl Index {
    /// An index with room for the keys of so many contacts.
    pub(super) fn with_room(contacts: usize) -> Self {
        Self {
            entries: vec![EMPTY; (contacts * 2).next_power_of_two()],
            ..Self::default()
        }
    }

    /// Adds a contact, of `contacts`, with its key.
    pub(super) fn insert(&mut self, key: &[u8], contact: u32, contacts: usize) {
        let hash = self.hasher.hash_one(key);
        let at = self.probe(hash, key);
        if self.entries[at].contact != NOBODY {
            self.next.resize(contacts, NOBODY);
            self.next[contact as usize] = self.entries[at].contact;
            self.entries[at].contact = contact;
            return;
        }
        assert!(
            key.len() >> LENGTH_BITS == 0,
            "a key is shorter than a record"
        );
        self.entries[at] = Entry {
            tag: (hash >> 32) as u32,
            contact,
            place: (self.keys.len() as u64) << LENGTH_BITS | key.len() as u64,
        };
        self.keys.extend_from_slice(key);
    }

    /// Whether some key is that of several contacts.
    #[inline]
    pub(super) fn is_shared(&self) -> bool {
        !self.next.is_empty()
    }

    /// The other contacts with the same key as `contact`, those read before it.
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
        let hash = |key: &K| self.hasher.hash_one(key.as_ref());
        hashes.clear();
        hashes.extend(keys.iter().map(hash));
        // Nothing here depends on what is loaded, so the processor loads many entries at once.
        let touched = hashes
            .iter()
            .fold(0, |all, hash| all ^ self.entries[self.home(*hash)].tag);
        black_box(touched);
        let candidates = hashes.iter().map(|hash| self.candidate(*hash));
        found.extend(candidates.map(|at| u32::try_from(at).expect("fewer than 2^32 keys")));
        let touched = found
            .iter()
            .map(|at| self.entries[*at as usize].start())
            .fold(0, |all, start| all ^ self.keys.get(start).unwrap_or(&0));
        black_box(touched);
        for ((key, hash), at) in keys.iter().zip(hashes.iter()).zip(found) {
            let key = key.as_ref();
            let candidate = self.entries[*at as usize];
            *at = if self.key(candidate) == key {
                candidate.contact
            } else {
                self.entries[self.probe(*hash, key)].contact
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

    /// The first entry that is empty or has the tag of the hash.
    fn candidate(&self, hash: u64) -> usize {
        let tag = (hash >> 32) as u32;
        let mut at = self.home(hash);
        while self.entries[at].tag != tag && self.entries[at].contact != NOBODY {
            at = (at + 1) & (self.entries.len() - 1);
        }
        at
    }

    /// The entry of a key, or the empty one where it belongs.
    fn probe(&self, hash: u64, key: &[u8]) -> usize {
        let tag = (hash >> 32) as u32;
        let mut at = self.home(hash);
        loop {
            let entry = self.entries[at];
            if entry.contact == NOBODY || (entry.tag == tag && self.key(entry) == key) {
                return at;
            }
            at = (at + 1) & (self.entries.len() - 1);
        }
    }

    fn key(&self, entry: Entry) -> &[u8] {
        &self.keys[entry.start()..entry.start() + entry.length()]
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
            index.insert(key.as_bytes(), contact, keys.len());
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
            [vec![3, 2, 0], vec![1]]
        );
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
                map.entry(*key).or_default().insert(0, contact);
            }
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let expected: Vec<Vec<u32>> =
                wanted.iter().map(|key| map.get(key).cloned().unwrap_or_default()).collect();
            prop_assert_eq!(find(&index_of(&keys), &wanted), expected);
        }
    }
}
