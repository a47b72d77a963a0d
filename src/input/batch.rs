//! A few good records together, so that who reads them can do a step for all before the next step.
//!
//! What waits for memory, such as finding each event's contact, is faster for many rows at once than row by row.

use std::cell::OnceCell;

use super::block::Lines;
use super::parser::Parsed;
use super::row::{Cells, Columns, Place, Row, Span, Text, UNBOUND};

/// Rows in a batch at the most: enough to overlap what they wait for, few enough to stay in a near cache.
pub(super) const MOST: usize = 256;

/// Where a good record lies in its block.
#[derive(Debug, Clone, Copy)]
struct Record {
    start: usize,
    end: usize,
    number: u64,
}

/// The records that a reader has collected, and the cells of the record at hand.
#[derive(Debug, Default)]
pub(super) struct Batch {
    width: usize,
    records: Vec<Record>,
    /// `width` cells for each record, those of the record at hand the last.
    cells: Vec<Span>,
}

impl Batch {
    /// An empty batch of records that have `width` cells each.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            records: Vec::with_capacity(MOST),
            cells: vec![Span::BLANK; width * MOST],
        }
    }

    /// The cells of the record at hand.
    pub fn cells(&mut self) -> &mut [Span] {
        &mut self.cells[self.records.len() * self.width..][..self.width]
    }

    /// Sets a cell of the record at hand, if it has that many.
    #[inline]
    pub fn set(&mut self, number: usize, cell: Span) {
        if number < self.width {
            self.cells[self.records.len() * self.width + number] = cell;
        }
    }

    /// Keeps the record at hand, number `number`, which lies at `start..end` of its block. There must be room.
    pub fn keep(&mut self, start: usize, end: usize, number: u64) {
        self.records.push(Record { start, end, number });
    }

    /// Whether no record can be kept before the batch is cleared.
    pub fn is_full(&self) -> bool {
        self.records.len() == MOST
    }

    /// Calls `found` with the records kept, if there are any, and drops them.
    pub fn hand_out(&mut self, around: Surroundings<'_>, found: &mut impl FnMut(Parsed<'_>)) {
        if !self.records.is_empty() {
            found(Parsed::Rows(Rows {
                records: Records::Spanned(self),
                around,
            }));
        }
        self.records.clear();
    }
}

/// What the rows of a batch have in common.
pub(super) struct Surroundings<'a> {
    /// The block.
    pub bytes: &'a [u8],
    /// The block as text, if all of it is UTF-8.
    pub whole: Option<&'a str>,
    /// Unescaped cells.
    pub scratch: &'a str,
    /// Slot → index into a record's cells.
    pub slots: &'a [usize],
    pub columns: Columns<'a>,
    pub lines: &'a Lines<'a>,
}

/// Records all of whose cells stand in the block as they are, one beside the other.
#[derive(Clone, Copy)]
pub(super) struct Neighbours<'a> {
    /// Where in the block each cell of each record begins, and what follows the last; each is one byte behind the end
    /// of the cell before it.
    pub starts: &'a [u32],
    /// Cells of a record.
    pub width: usize,
    /// The number of the first record.
    pub first: u64,
    /// Whether a CR stands behind the last cell of each record too.
    pub has_cr: bool,
}

impl<'a> Neighbours<'a> {
    fn len(self) -> usize {
        (self.starts.len() - 1) / self.width
    }

    /// Where the cells of the record in a place begin, and what follows it.
    fn record(self, place: usize) -> &'a [u32] {
        &self.starts[place * self.width..=(place + 1) * self.width]
    }

    /// How far what follows a cell is from its end.
    fn gap(self, index: usize) -> usize {
        1 + usize::from(self.has_cr && index == self.width - 1)
    }
}

/// Where the cells of records lie.
#[derive(Clone, Copy)]
pub(super) enum Records<'a> {
    /// Each cell has a span of its own.
    Spanned(&'a Batch),
    /// They lie side by side.
    Beside(Neighbours<'a>),
}

/// Good records that follow each other, but for bad ones between batches. Never empty.
pub struct Rows<'a> {
    pub(super) records: Records<'a>,
    pub(super) around: Surroundings<'a>,
}

impl<'a> Rows<'a> {
    /// How many rows there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub fn len(&self) -> usize {
        match self.records {
            Records::Spanned(batch) => batch.records.len(),
            Records::Beside(records) => records.len(),
        }
    }

    /// The row in a place, from 0.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, place: usize) -> Row<'a> {
        let around = &self.around;
        let (start, end, number, cells) = match self.records {
            Records::Spanned(batch) => {
                let Record { start, end, number } = batch.records[place];
                let cells = &batch.cells[place * batch.width..][..batch.width];
                (start, end, number, Cells::Spans(cells))
            }
            Records::Beside(records) => {
                let starts = records.record(place);
                let (start, next) = (starts[0] as usize, starts[records.width] as usize);
                let number = records.first + place as u64;
                let gap = records.gap(records.width - 1);
                (start, next - gap, number, Cells::Starts(starts))
            }
        };
        Row {
            text: match around.whole {
                Some(text) => Text::Known(&text[start..end]),
                None => Text::Good(&around.bytes[start..end]),
            },
            scratch: around.scratch,
            cells,
            slots: around.slots,
            columns: around.columns,
            lines: around.lines,
            offset: start,
            record: number,
            line: OnceCell::new(),
        }
    }

    /// The cells in a slot, of one row after the other.
    pub fn column(&self, slot: usize) -> Column<'a> {
        let column = self.around.slots.get(slot).copied().unwrap_or(UNBOUND);
        let width = match self.records {
            Records::Spanned(batch) => batch.width,
            Records::Beside(records) => records.width,
        };
        Column {
            records: self.records,
            bytes: self.around.bytes,
            scratch: self.around.scratch.as_bytes(),
            index: (column < width).then_some(column),
            gap: match self.records {
                Records::Spanned(_) => 0,
                Records::Beside(records) => records.gap(column),
            },
        }
    }

    /// The rows in file order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'a>> {
        (0..self.len()).map(|place| self.row(place))
    }
}

/// The cells of a batch in one slot.
pub struct Column<'a> {
    records: Records<'a>,
    bytes: &'a [u8],
    scratch: &'a [u8],
    /// Index into a record's cells; none where the slot is unbound.
    index: Option<usize>,
    /// Where cells lie side by side, how far what follows one is from its end.
    gap: usize,
}

impl<'a> Column<'a> {
    /// Whether the export has it.
    pub fn is_bound(&self) -> bool {
        self.index.is_some()
    }

    /// The cell of the row in a place, as [`Row::cell`] gives it.
    ///
    /// # Panics
    /// When there is no such row.
    #[expect(
        clippy::inline_always,
        reason = "a call for each cell of each event is 2% of a run"
    )]
    #[inline(always)]
    pub fn cell(&self, place: usize) -> &'a [u8] {
        let Some(index) = self.index else {
            return &[];
        };
        match self.records {
            Records::Beside(records) => {
                let at = place * records.width + index;
                let (start, next) = (records.starts[at], records.starts[at + 1]);
                &self.bytes[start as usize..next as usize - self.gap]
            }
            Records::Spanned(batch) => {
                let span = batch.cells[place * batch.width + index];
                let range = span.range();
                match span.place() {
                    Place::Bare | Place::Quoted => {
                        let start = batch.records[place].start;
                        &self.bytes[start + range.start..start + range.end]
                    }
                    Place::Scratch => &self.scratch[range],
                }
            }
        }
    }
}

/// The text of a record that was judged good, or of its cells, which is UTF-8.
pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
