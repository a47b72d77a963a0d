//! A stretch of whole records, cut from an export and ready for any thread to parse.

use std::cell::Cell;
use std::ops::Range;

/// Whole records of one export, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Position among the blocks of its table, from 0.
    pub index: usize,
    /// Physical line on which the block begins, from 1.
    pub first_line: u64,
    /// Number of the block's first data record, from 1.
    pub first_record: u64,
    /// The records as they stand in the file.
    pub(super) bytes: Vec<u8>,
    /// Where the elements of a JSON array lie in `bytes`; empty for every other format.
    pub(super) elements: Vec<Range<usize>>,
}

impl Block {
    /// How many bytes of the file it holds.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// Counts physical lines of a block on demand. Asked with growing offsets it walks the block once; otherwise it begins
/// again.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    line_end: u8,
    /// The line on which the block begins.
    first: u64,
    known: Cell<(usize, u64)>,
}

impl<'a> Lines<'a> {
    /// Lines of `block`, each ended by `line_end`.
    pub fn new(block: &'a Block, line_end: u8) -> Self {
        Self {
            bytes: &block.bytes,
            line_end,
            first: block.first_line,
            known: Cell::new((0, block.first_line)),
        }
    }

    /// The byte that ends a line.
    pub fn line_end(&self) -> u8 {
        self.line_end
    }

    /// The physical line that holds byte `offset`.
    pub fn at(&self, offset: usize) -> u64 {
        let (mut from, mut line) = self.known.get();
        if offset < from {
            (from, line) = (0, self.first);
        }
        let line = line + count(self.line_end, &self.bytes[from..offset]);
        self.known.set((offset, line));
        line
    }
}

/// How often `byte` occurs.
pub(super) fn count(byte: u8, bytes: &[u8]) -> u64 {
    memchr::memchr_iter(byte, bytes).count() as u64
}
