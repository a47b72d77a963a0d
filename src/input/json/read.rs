//! Blocks of JSON records to rows.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use super::flatten::{Fault, Flattener};
use super::keys::{Keys, Target};
use super::outline::Outline;
use crate::input::bad_row::{BadCode, BadRow};
use crate::input::batch::{Batch, Surroundings};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::encoding::Encoding;
use crate::input::parser::Parsed;
use crate::input::row::{Columns, Place, Span};
use crate::input::table::{Format, Shape};
use crate::preset;
use crate::value::trim_ascii_fast;

/// Reads blocks of JSON records; holds the scratch memory of one thread.
pub(in crate::input) struct ObjectReader {
    format: Format,
    line_end: u8,
    decimal_comma: bool,
    encoding: Encoding,
    /// The known shape of the export, if its cells have to be rid of what says nothing.
    cleans: Option<&'static preset::Shape>,
    keys: Keys,
    /// Slot → cell: every slot has one of its own.
    slots: Vec<usize>,
    /// Good records with a cell for each slot, and the record at hand.
    batch: Batch,
    /// The ranks of the keys that the cells of the record at hand are from.
    ranks: Vec<usize>,
    /// Unescaped cells of these records.
    scratch: String,
    flattener: Flattener,
    outline: Outline,
}

impl ObjectReader {
    /// A reader of the blocks of a table of this shape.
    pub fn new(shape: &Shape, binding: &Binding) -> Self {
        Self {
            format: shape.format,
            line_end: shape.line_end,
            decimal_comma: shape.decimal_comma,
            encoding: shape.encoding,
            cleans: shape.preset.filter(|preset| preset.cleans_cells()),
            keys: Keys::new(&shape.headers, binding),
            slots: (0..binding.slots()).collect(),
            batch: Batch::new(binding.slots()),
            ranks: vec![0; binding.slots()],
            scratch: String::new(),
            flattener: Flattener::new(shape.decimal_comma, shape.max_cell),
            outline: Outline::new(shape.decimal_comma, shape.max_cell),
        }
    }

    /// Calls `found` with every record, good or bad.
    pub fn read(&mut self, block: &Block, mut found: impl FnMut(Parsed<'_>)) {
        let lines = Lines::new(block, self.line_end);
        let whole = std::str::from_utf8(&block.bytes).ok();
        let (format, line_end) = (self.format, self.line_end);
        let mut number = block.first_record;
        let mut record = |span: Range<usize>| {
            let raw = &block.bytes[span.clone()];
            let text = whole.and_then(|whole| whole.get(span.clone()));
            match self.cells_of(raw, text) {
                Ok(()) => {
                    self.batch.keep(span.start, span.end, number);
                    if self.batch.is_full() {
                        self.hand_out(&block.bytes, whole, &lines, &mut found);
                    }
                }
                Err(fault) => {
                    // Lines are counted forwards, so earlier rows must have asked for theirs.
                    self.hand_out(&block.bytes, whole, &lines, &mut found);
                    found(Parsed::Bad(BadRow {
                        line: lines.at(span.start),
                        end_line: lines.at(span.end),
                        record: number,
                        column: fault.key,
                        code: fault.code,
                        message: fault.message,
                        raw: raw.to_vec(),
                    }));
                }
            }
            number += 1;
        };
        if format == Format::JsonArray {
            block.elements.iter().cloned().for_each(record);
        } else {
            let mut start = 0;
            let ends = memchr_iter(line_end, &block.bytes).chain([block.bytes.len()]);
            for end in ends {
                let line = &block.bytes[start..end];
                let text = line.trim_ascii();
                if !text.is_empty() {
                    let blank = line.len() - line.trim_ascii_start().len();
                    record(start + blank..start + blank + text.len());
                }
                start = end + 1;
            }
        }
        self.hand_out(&block.bytes, whole, &lines, &mut found);
    }

    /// Calls `found` with the good records so far, if there are any, and forgets them.
    fn hand_out(
        &mut self,
        bytes: &[u8],
        whole: Option<&str>,
        lines: &Lines<'_>,
        found: &mut impl FnMut(Parsed<'_>),
    ) {
        let around = Surroundings {
            bytes,
            whole,
            scratch: &self.scratch,
            slots: &self.slots,
            columns: Columns::Keys {
                decimal_comma: self.decimal_comma,
                outline: &self.outline,
            },
            lines,
        };
        self.batch.hand_out(around, found);
        self.scratch.clear();
    }

    /// Sets the cells of the record at hand, whose text may be known.
    fn cells_of(&mut self, raw: &[u8], text: Option<&str>) -> Result<(), Fault> {
        let text = match text {
            Some(text) => text,
            None => std::str::from_utf8(raw).map_err(|_| Fault::no_text(self.encoding))?,
        };
        let (keys, ranks, scratch) = (&mut self.keys, &mut self.ranks, &mut self.scratch);
        let cells = self.batch.cells();
        cells.fill(Span::BLANK);
        let cleans = self.cleans;
        let place = Place::Bare;
        if cleans.is_none()
            && self
                .outline
                .read(text, keys, |targets, Range { start, end }| {
                    let is_blank = trim_ascii_fast(&text.as_bytes()[start..end]).is_empty();
                    fill(
                        targets,
                        Span::new(place, start..end),
                        is_blank,
                        cells,
                        ranks,
                    )
                })
        {
            return Ok(());
        }
        cells.fill(Span::BLANK);
        let mut contradiction = None;
        self.flattener.flatten(text, &mut |key, cell| {
            let cell = match cleans {
                Some(shape) => said(cell, shape),
                None => cell,
            };
            let targets = keys.slots_of(key);
            if targets.is_empty() || cell.is_empty() {
                return;
            }
            let is_blank = cell.trim().is_empty();
            let span = match cell {
                Cow::Borrowed(part) => {
                    // A borrowed cell is a part of the record's text.
                    let start = part.as_ptr().addr() - text.as_ptr().addr();
                    let end = start + part.len();
                    Span::new(place, start..end)
                }
                Cow::Owned(unescaped) => {
                    let start = scratch.len();
                    scratch.push_str(&unescaped);
                    Span::new(Place::Scratch, start..scratch.len())
                }
            };
            if !fill(targets, span, is_blank, cells, ranks) && contradiction.is_none() {
                contradiction = Some(key.to_owned());
            }
        })?;
        match contradiction {
            None => Ok(()),
            Some(key) => {
                let message = format!("has `{key}` beside another key for the same column");
                Err(Fault::of(BadCode::DuplicateKey, &key, message))
            }
        }
    }
}

/// Fills slots with a cell of a record, where it goes before what is there; tells whether no other key contradicts it.
fn fill(
    targets: &[Target],
    span: Span,
    is_blank: bool,
    cells: &mut [Span],
    ranks: &mut [usize],
) -> bool {
    let mut is_alone = true;
    for Target { slot, rank } in targets.iter().copied() {
        // A blank cell gives way to any other, and takes the place of none.
        let rank = if is_blank { usize::MAX } else { rank };
        let is_free = cells[slot] == Span::BLANK;
        if is_free || rank < ranks[slot] {
            cells[slot] = span;
            ranks[slot] = rank;
        } else if rank == ranks[slot] && !is_blank {
            is_alone = false;
        }
    }
    is_alone
}

/// The part of a cell that says something in an export of a known shape.
fn said<'c>(cell: Cow<'c, str>, shape: &preset::Shape) -> Cow<'c, str> {
    // What is left is the cell's end, or nothing.
    let length = shape.clean(cell.as_bytes()).len();
    match cell {
        Cow::Borrowed(text) => Cow::Borrowed(&text[text.len() - length..]),
        Cow::Owned(text) => Cow::Owned(text[text.len() - length..].to_owned()),
    }
}
