//! Events seen before, told by the id that some exports give them.

use std::hash::BuildHasher;
use std::sync::Mutex;

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use crate::input::{BadCode, BadRow, Row};

/// Every event id so far, by its hash. Two ids are taken for one only if 96 bits of two hashes agree.
#[derive(Debug)]
pub(super) struct SeenEvents {
    /// Shards by the hash's last bits, so that threads seldom wait for each other.
    shards: Vec<Mutex<HashTable<Seen>>>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    id: u64,
    id_too: u32,
    row: u32,
    file: u16,
    line: u64,
}

const SHARDS: usize = 64;

/// Whether an event is to be counted.
pub(super) enum Verdict {
    New,
    /// It repeats another to the letter.
    Repeats,
    /// It has the id of another and says something else.
    Contradicts(BadRow),
}

impl SeenEvents {
    pub(super) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// Looks a row's id up, and remembers it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any bits of a hash are as good as others"
    )]
    pub(super) fn check(&self, id: &[u8], file: u16, row: &Row<'_>) -> Verdict {
        let hash = FixedState::with_seed(1).hash_one(id);
        let seen = Seen {
            id: hash,
            id_too: FixedState::with_seed(2).hash_one(id) as u32,
            row: row.fingerprint() as u32,
            file,
            line: row.line(),
        };
        let shard = &self.shards[(hash as usize) % SHARDS];
        // A thread that panicked while it held the lock has ended the run anyway.
        let mut shard = shard
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let same = |other: &Seen| other.id == seen.id && other.id_too == seen.id_too;
        let Some(first) = shard.find_mut(hash, same) else {
            shard.insert_unique(hash, seen, |other| other.id);
            return Verdict::New;
        };
        if first.row == seen.row {
            return Verdict::Repeats;
        }
        // Threads meet rows in any order; the later row in the files is the one to blame.
        let earlier = std::mem::replace(first, seen);
        let in_order = (earlier.file, earlier.line) < (seen.file, seen.line);
        let (one, other) = if in_order {
            *first = earlier;
            (earlier, seen)
        } else {
            (seen, earlier)
        };
        let elsewhere = if one.file == other.file {
            ""
        } else {
            " of an earlier file"
        };
        let mut bad = row.refuse(
            BadCode::DuplicateEvent,
            format!(
                "the event id of line {}{elsewhere} again, with other values",
                one.line
            ),
        );
        if !in_order {
            bad.line = other.line;
            bad.end_line = other.line;
            bad.raw.clear();
        }
        Verdict::Contradicts(bad)
    }
}
