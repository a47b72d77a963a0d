//! Machine words that all threads add to at once: what most measures have seen of each contact.
//!
//! A word begins as nought and is only ever added to or raised, which in any order gives the same. Words of many contacts
//! are shared by all threads, so that memory does not grow with their number; words of few would be fought over, so then
//! every thread has its own, which are brought together at the end.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is done to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    /// It is added to.
    Add,
    /// It becomes the largest of all.
    Raise,
}

/// Rows of words, a row for each contact.
#[derive(Debug)]
pub(super) struct Words {
    width: usize,
    all: Vec<AtomicU64>,
    /// Whether other threads change them too.
    is_shared: bool,
}

impl Words {
    /// Rows of so many words, all nought.
    pub(super) fn new(rows: usize, width: usize, is_shared: bool) -> Self {
        Self {
            width,
            // The system gives cleared memory, and only when it is touched: contacts without events cost little.
            all: vec![0; rows * width]
                .into_iter()
                .map(AtomicU64::new)
                .collect(),
            is_shared,
        }
    }

    /// The words of a row.
    #[inline]
    pub(super) fn row(&self, row: usize) -> Row<'_> {
        Row {
            words: &self.all[row * self.width..][..self.width],
            is_shared: self.is_shared,
        }
    }

    /// Brings what another thread has seen into these.
    pub(super) fn merge(&self, other: &Self, operations: &[Operation]) {
        for row in 0..self.all.len() / self.width {
            let (mine, others) = (self.row(row), other.row(row));
            for (word, operation) in operations.iter().enumerate() {
                match operation {
                    Operation::Add => mine.add(word, others.get(word)),
                    Operation::Raise => mine.raise(word, others.get(word)),
                }
            }
        }
    }
}

/// The words of one contact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'w> {
    words: &'w [AtomicU64],
    is_shared: bool,
}

impl Row<'_> {
    /// Adds to a word; beyond 2^64 it begins again at nought, so that numbers below nought can be added too.
    #[inline]
    pub(super) fn add(self, word: usize, amount: u64) {
        let word = &self.words[word];
        if self.is_shared {
            word.fetch_add(amount, Ordering::Relaxed);
        } else {
            let sum = word.load(Ordering::Relaxed).wrapping_add(amount);
            word.store(sum, Ordering::Relaxed);
        }
    }

    /// Raises a word to at least `level`.
    #[inline]
    pub(super) fn raise(self, word: usize, level: u64) {
        let word = &self.words[word];
        // Mostly it is as high already.
        if word.load(Ordering::Relaxed) >= level {
            return;
        }
        if self.is_shared {
            word.fetch_max(level, Ordering::Relaxed);
        } else {
            word.store(level, Ordering::Relaxed);
        }
    }

    /// What a word holds.
    #[inline]
    pub(super) fn get(self, word: usize) -> u64 {
        self.words[word].load(Ordering::Relaxed)
    }

    /// Sets a word that is known only when all has been seen.
    pub(super) fn set(self, word: usize, value: u64) {
        self.words[word].store(value, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn own_words_brought_together_are_what_shared_ones_hold(
            changes in prop::collection::vec((0..3_usize, 0..2_usize, any::<u64>(), any::<bool>()), 0..60),
        ) {
            let operations = [Operation::Add, Operation::Raise];
            let shared = Words::new(3, 2, true);
            let (one, other) = (Words::new(3, 2, false), Words::new(3, 2, false));
            for (row, word, value, by_one) in changes {
                let own = if by_one { &one } else { &other };
                for words in [&shared, own] {
                    match operations[word] {
                        Operation::Add => words.row(row).add(word, value),
                        Operation::Raise => words.row(row).raise(word, value),
                    }
                }
            }
            one.merge(&other, &operations);
            for row in 0..3 {
                for word in 0..2 {
                    prop_assert_eq!(one.row(row).get(word), shared.row(row).get(word));
                }
            }
        }
    }
}
