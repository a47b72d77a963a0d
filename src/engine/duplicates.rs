//! Rows that come twice: what is done with them, and events seen before, told by the id that some exports give them.
//!
//! Threads meet events in any order, so which of several different rows with one id is to count is known only when
//! all have been read. Mostly there are none such. Where there are, the events are read once more, and this time every
//! row is held against the one that counts.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use crate::input::{BadCode, BadRow, Row};

/// What is done with rows that have one id and say different things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnDuplicate {
    /// All but the first are refused.
    #[default]
    Error,
    /// The first counts.
    First,
    /// The last counts.
    Last,
}

/// The refusal of a row that has the id of an earlier one, on `line`, and says something else.
pub(super) fn contradicts(
    row: &Row<'_>,
    code: BadCode,
    what: &str,
    line: u64,
    same_file: bool,
) -> BadRow {
    let elsewhere = if same_file { "" } else { " of an earlier file" };
    row.refuse(
        code,
        format!("the {what} of line {line}{elsewhere} again, with other values"),
    )
}

/// Every event id so far, by its hash, with the row that counts. Two ids are taken for one only if 96 bits of two
/// hashes agree.
#[derive(Debug)]
pub(super) struct SeenEvents {
    /// Shards by the hash's last bits, so that threads seldom wait for each other.
    shards: Vec<Mutex<HashTable<Seen>>>,
    on_duplicate: OnDuplicate,
    /// Whether some id has rows that differ.
    conflicts: AtomicBool,
    /// Whether all rows have been seen, so that the rows that count are known.
    is_settled: bool,
}

/// An id and the row that counts of those seen with it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    id: u64,
    id_too: u32,
    fingerprint: u32,
    file: u32,
    record: u64,
    line: u64,
}

impl Seen {
    fn place(&self) -> (u32, u64) {
        (self.file, self.record)
    }
}

const SHARDS: usize = 64;

/// What becomes of an event.
pub(super) enum Verdict {
    /// It is counted.
    Counts,
    /// It repeats the one that counts to the letter.
    Repeats,
    /// Another one with its id counts instead.
    GivesWay,
    /// It has the id of the one that counts and says something else.
    Contradicts(BadRow),
}

impl SeenEvents {
    pub(super) fn new(on_duplicate: OnDuplicate) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            on_duplicate,
            conflicts: AtomicBool::new(false),
            is_settled: false,
        }
    }

    /// Whether what was counted cannot be trusted, because rows with one id differ; then they are to be read again, and
    /// the next time they are known.
    pub(super) fn settle(&mut self) -> bool {
        let was_settled = self.is_settled;
        self.is_settled = *self.conflicts.get_mut();
        self.is_settled && !was_settled
    }

    /// Looks a row's id up, and remembers it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any bits of a hash are as good as others"
    )]
    pub(super) fn check(&self, id: &[u8], file: usize, row: &Row<'_>) -> Verdict {
        let seen = Seen {
            id: FixedState::with_seed(1).hash_one(id),
            id_too: FixedState::with_seed(2).hash_one(id) as u32,
            fingerprint: row.fingerprint() as u32,
            file: u32::try_from(file).unwrap_or(u32::MAX),
            record: row.record(),
            line: row.line(),
        };
        if self.is_settled {
            self.compare(&seen, row)
        } else {
            self.note(seen)
        }
    }

    /// The first time: the row that counts of those seen so far is kept.
    fn note(&self, seen: Seen) -> Verdict {
        let mut shard = self.shard(seen.id);
        let Some(known) = shard.find_mut(seen.id, |other| is_same_id(other, &seen)) else {
            shard.insert_unique(seen.id, seen, |other| other.id);
            return Verdict::Counts;
        };
        if known.fingerprint != seen.fingerprint {
            self.conflicts.store(true, Ordering::Relaxed);
        }
        let is_better = match self.on_duplicate {
            OnDuplicate::Error | OnDuplicate::First => seen.place() < known.place(),
            OnDuplicate::Last => seen.place() > known.place(),
        };
        if is_better {
            *known = seen;
        }
        Verdict::Repeats
    }

    /// The second time: the row that counts is known.
    fn compare(&self, seen: &Seen, row: &Row<'_>) -> Verdict {
        let shard = self.shard(seen.id);
        let Some(counts) = shard.find(seen.id, |other| is_same_id(other, seen)) else {
            // Every id was seen the first time; a file that has become another is refused when it is opened again.
            return Verdict::Counts;
        };
        if counts.place() == seen.place() {
            return Verdict::Counts;
        }
        if counts.fingerprint == seen.fingerprint {
            return Verdict::Repeats;
        }
        match self.on_duplicate {
            OnDuplicate::First | OnDuplicate::Last => Verdict::GivesWay,
            OnDuplicate::Error => Verdict::Contradicts(contradicts(
                row,
                BadCode::DuplicateEvent,
                "event id",
                counts.line,
                counts.file == seen.file,
            )),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "any bits of a hash are as good as others"
    )]
    fn shard(&self, hash: u64) -> MutexGuard<'_, HashTable<Seen>> {
        // A thread that panicked while it held the lock has ended the run anyway.
        self.shards[(hash as usize) % SHARDS]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_same_id(one: &Seen, other: &Seen) -> bool {
    one.id == other.id && one.id_too == other.id_too
}
