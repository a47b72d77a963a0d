//! One good record, seen through its binding.

use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::quality::FixedState;

use super::bad_row::{BadCode, BadRow};
use super::batch;
use super::block::{Lines, count};
use super::json;
use crate::value::trim_ascii_fast;

/// Seed of the row fingerprint: any constant does, it only has to stay the same within a run.
const FINGERPRINT_SEED: u64 = 0x5eed_0f40_7115;

/// How the bytes of a cell are to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As they stand in the record, outside quotes.
    Bare,
    /// As they stand in the record, between quotes.
    Quoted,
    /// Unescaped, in the parser's scratch text.
    Scratch,
}

/// Where a cell lies. A record is never as long as four gibibytes, see
/// [`Options::most_record`](super::table::Options::most_record).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    end: u32,
    place: Place,
}

impl Span {
    /// A cell without text.
    pub const BLANK: Self = Self {
        start: 0,
        end: 0,
        place: Place::Bare,
    };

    /// A cell that lies in some place.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "records are shorter than four gibibytes"
    )]
    #[inline]
    pub fn new(place: Place, range: Range<usize>) -> Self {
        Self {
            start: range.start as u32,
            end: range.end as u32,
            place,
        }
    }

    /// How its bytes are to be had.
    #[inline]
    pub fn place(self) -> Place {
        self.place
    }

    /// Where they lie there.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Marks a slot that no column feeds.
pub(super) const UNBOUND: usize = usize::MAX;

/// What the cells under each header are hashed with.
pub(super) fn header_hashers(headers: &[String]) -> Vec<FixedState> {
    let seeds = headers.iter().map(|header| header_seed(header));
    seeds.map(FixedState::with_seed).collect()
}

/// What the cells under a header are hashed with.
pub(super) fn header_seed(header: &str) -> u64 {
    FixedState::with_seed(FINGERPRINT_SEED).hash_one(header)
}

/// What a row's fingerprint is made of.
#[derive(Clone, Copy)]
pub(super) enum Columns<'a> {
    /// Headers that stand for the cells one by one.
    Headers {
        names: &'a [String],
        /// For each, what its cells are hashed with, see [`header_hashers`].
        hashers: &'a [FixedState],
    },
    /// Keys inside the record's own JSON text, whose numbers read with a decimal comma or as they stand.
    Keys {
        decimal_comma: bool,
        /// What is known of records of the file.
        outline: &'a json::Outline,
    },
}

/// The text of a good record.
#[derive(Clone, Copy)]
pub(super) enum Text<'a> {
    /// As text.
    Known(&'a str),
    /// As bytes that were judged to be text: looked at again only where a text is asked for.
    Good(&'a [u8]),
}

impl<'a> Text<'a> {
    fn bytes(self) -> &'a [u8] {
        match self {
            Self::Known(text) => text.as_bytes(),
            Self::Good(bytes) => bytes,
        }
    }

    fn whole(self) -> &'a str {
        match self {
            Self::Known(text) => text,
            Self::Good(bytes) => batch::text(bytes),
        }
    }

    fn part(self, range: Range<usize>) -> &'a str {
        match self {
            Self::Known(text) => &text[range],
            Self::Good(bytes) => batch::text(&bytes[range]),
        }
    }
}

/// Where the cells of a record lie.
#[derive(Clone, Copy)]
pub(super) enum Cells<'a> {
    /// In spans of their own.
    Spans(&'a [Span]),
    /// Side by side: where in the block each begins, and what follows the last.
    Starts(&'a [u32]),
}

/// One good record. Cells are asked for by slot, see [`Binding`](super::Binding).
pub struct Row<'a> {
    /// The record's text.
    pub(super) text: Text<'a>,
    /// Unescaped cells.
    pub(super) scratch: &'a str,
    pub(super) cells: Cells<'a>,
    /// Slot → index into `cells`.
    pub(super) slots: &'a [usize],
    pub(super) columns: Columns<'a>,
    pub(super) lines: &'a Lines<'a>,
    /// Where the record begins in its block.
    pub(super) offset: usize,
    pub(super) record: u64,
    pub(super) line: OnceCell<u64>,
}

impl<'a> Row<'a> {
    /// The cell in `slot`, unescaped and not trimmed; empty where the slot is unbound or the record lacks the key.
    pub fn text(&self, slot: usize) -> &'a str {
        let cell = self.slots.get(slot);
        cell.and_then(|cell| self.nth(*cell)).unwrap_or_default()
    }

    /// The same as [`Row::text`], as bytes.
    pub fn cell(&self, slot: usize) -> &'a [u8] {
        let cell = self.slots.get(slot);
        cell.and_then(|cell| self.nth_bytes(*cell))
            .unwrap_or_default()
    }

    /// The physical line on which the record begins, from 1. Counted when asked for.
    pub fn line(&self) -> u64 {
        *self.line.get_or_init(|| self.lines.at(self.offset))
    }

    /// The number of the data record in its file, from 1.
    pub fn record(&self) -> u64 {
        self.record
    }

    /// A hash of the whole row, bound or not, that does not depend on the order of columns.
    ///
    /// It is the wrapping sum, over the cells that are not blank, of a hash of the cell seeded by a hash of its header.
    /// Equal rows have equal fingerprints within one run of the program; the value means nothing beyond it.
    pub fn fingerprint(&self) -> u64 {
        let hash = |hasher: &FixedState, cell: &[u8]| match trim_ascii_fast(cell) {
            b"" => 0,
            cell => hasher.hash_one(cell),
        };
        let mut sum = 0_u64;
        match self.columns {
            Columns::Headers { hashers, .. } => {
                for (number, hasher) in hashers.iter().enumerate() {
                    let cell = self.nth_bytes(number).unwrap_or_default();
                    sum = sum.wrapping_add(hash(hasher, cell));
                }
            }
            Columns::Keys {
                decimal_comma,
                outline,
            } => {
                let hash = |seed, cell: &str| hash(&FixedState::with_seed(seed), cell.as_bytes());
                let mut add = |seed, cell: &str| sum = sum.wrapping_add(hash(seed, cell));
                if outline.each_cell(self.text.whole(), &mut add) {
                    return sum;
                }
                sum = 0;
                // The parser has read this text before, so it cannot fail now.
                json::each_leaf(self.text.whole(), decimal_comma, &mut |key, cell| {
                    sum = sum.wrapping_add(hash(header_seed(key), &cell));
                });
            }
        }
        sum
    }

    /// This row as a bad one, for what only its reader can see.
    pub fn refuse(&self, code: BadCode, message: impl Into<String>) -> BadRow {
        let line = self.line();
        BadRow {
            line,
            end_line: line + count(self.lines.line_end(), self.text.bytes()),
            record: self.record,
            column: None,
            code,
            message: message.into(),
            raw: self.text.bytes().to_vec(),
        }
    }

    /// The same, with the column of `slot` to blame.
    pub fn refuse_cell(&self, slot: usize, code: BadCode, message: impl Into<String>) -> BadRow {
        let column = match self.columns {
            Columns::Headers { names, .. } => self
                .slots
                .get(slot)
                .and_then(|cell| names.get(*cell))
                .cloned(),
            Columns::Keys { .. } => None,
        };
        BadRow {
            column,
            ..self.refuse(code, message)
        }
    }

    /// The cell under the header of a number.
    #[inline]
    fn nth(&self, number: usize) -> Option<&'a str> {
        let span = self.span(number)?;
        Some(match span.place() {
            Place::Bare | Place::Quoted => self.text.part(span.range()),
            Place::Scratch => &self.scratch[span.range()],
        })
    }

    /// The same as bytes, which need not be judged to be text again.
    #[inline]
    fn nth_bytes(&self, number: usize) -> Option<&'a [u8]> {
        let span = self.span(number)?;
        Some(match span.place() {
            Place::Bare | Place::Quoted => &self.text.bytes()[span.range()],
            Place::Scratch => &self.scratch.as_bytes()[span.range()],
        })
    }

    /// Where the cell of a number lies.
    #[inline]
    fn span(&self, number: usize) -> Option<Span> {
        match self.cells {
            Cells::Spans(spans) => spans.get(number).copied(),
            Cells::Starts(starts) => {
                let (start, next) = (*starts.get(number)?, *starts.get(number + 1)?);
                let at = |place: u32| place as usize - self.offset;
                // The text ends before what ends the line.
                let end = (at(next) - 1).min(self.text.bytes().len());
                Some(Span::new(Place::Bare, at(start)..end))
            }
        }
    }
}
