//! Blocks of JSON records to rows.

use std::borrow::Cow;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use memchr::memchr_iter;

use super::flatten::{Fault, Flattener};
use crate::input::bad_row::{BadCode, BadRow};
use crate::input::batch::{Batch, Rows, Surroundings};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::row::{Columns, Place, Span, UNBOUND};
use crate::input::table::{Format, Shape};

/// Reads blocks of JSON records; holds the scratch memory of one thread.
pub(in crate::input) struct ObjectReader {
    format: Format,
    line_end: u8,
    /// Dotted key → cell. Only looked up, never walked.
    keys: HashMap<String, usize, FixedState>,
    /// Slot → cell.
    slots: Vec<usize>,
    /// Good records with a cell for each key that is asked for, and the record at hand.
    batch: Batch,
    /// Unescaped cells of these records.
    scratch: String,
    flattener: Flattener,
}

impl ObjectReader {
    /// A reader of the blocks of a table of this shape.
    pub fn new(shape: &Shape, binding: &Binding) -> Self {
        let mut keys = HashMap::with_hasher(FixedState::with_seed(0));
        let mut slots = vec![UNBOUND; binding.slots()];
        let by_header = binding
            .headers()
            .iter()
            .map(|(header, slot)| (&shape.headers[*header], *slot));
        let by_key = binding.keys().iter().map(|(key, slot)| (key, *slot));
        for (key, slot) in by_header.chain(by_key) {
            let next = keys.len();
            slots[slot] = *keys.entry_ref(key).or_insert(next);
        }
        Self {
            format: shape.format,
            line_end: shape.line_end,
            batch: Batch::new(keys.len()),
            keys,
            slots,
            scratch: String::new(),
            flattener: Flattener::default(),
        }
    }

    /// Calls `rows` with every good record, and gives the bad ones.
    pub fn read(&mut self, block: &Block, mut rows: impl FnMut(Rows<'_>)) -> Vec<BadRow> {
        let mut bad = Vec::new();
        let lines = Lines::new(block, self.line_end);
        let whole = std::str::from_utf8(&block.bytes).ok();
        let (format, line_end) = (self.format, self.line_end);
        let mut number = block.first_record;
        let mut record = |span: Range<usize>| {
            let raw = &block.bytes[span.clone()];
            match self.cells_of(raw) {
                Ok(()) => {
                    self.batch.keep(span.start, span.end, number);
                    if self.batch.is_full() {
                        self.hand_out(&block.bytes, whole, &lines, &mut rows);
                    }
                }
                Err(fault) => {
                    // Lines are counted forwards, so earlier rows must have asked for theirs.
                    self.hand_out(&block.bytes, whole, &lines, &mut rows);
                    bad.push(BadRow {
                        line: lines.at(span.start),
                        end_line: lines.at(span.end),
                        record: number,
                        column: fault.key,
                        code: fault.code,
                        message: fault.message,
                        raw: raw.to_vec(),
                    });
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
        self.hand_out(&block.bytes, whole, &lines, &mut rows);
        bad
    }

    /// Calls `rows` with the good records so far, if there are any, and forgets them.
    fn hand_out(
        &mut self,
        bytes: &[u8],
        whole: Option<&str>,
        lines: &Lines<'_>,
        rows: &mut impl FnMut(Rows<'_>),
    ) {
        if !self.batch.is_empty() {
            rows(Rows {
                batch: &self.batch,
                around: Surroundings {
                    bytes,
                    whole,
                    scratch: &self.scratch,
                    slots: &self.slots,
                    columns: Columns::Keys,
                    lines,
                },
            });
        }
        self.batch.clear();
        self.scratch.clear();
    }

    /// Sets the cells of the record at hand.
    fn cells_of(&mut self, raw: &[u8]) -> Result<(), Fault> {
        let refused = |code, message: &str| Fault {
            code,
            key: None,
            message: message.to_owned(),
        };
        let text = std::str::from_utf8(raw)
            .map_err(|_| refused(BadCode::BadUtf8, "the record is not UTF-8"))?;
        if text.is_empty() {
            return Err(refused(BadCode::BadJson, "nothing stands beside a comma"));
        }
        let (keys, cells, scratch) = (&self.keys, self.batch.cells(), &mut self.scratch);
        cells.fill(Span::BLANK);
        self.flattener.flatten(text, &mut |key, cell| {
            let Some(index) = keys.get(key) else { return };
            cells[*index] = match cell {
                Cow::Borrowed("") => Span::BLANK,
                Cow::Borrowed(part) => {
                    // A borrowed cell is a part of the record's text.
                    let start = part.as_ptr().addr() - text.as_ptr().addr();
                    Span {
                        start,
                        end: start + part.len(),
                        place: Place::Bare,
                    }
                }
                Cow::Owned(unescaped) => {
                    let start = scratch.len();
                    scratch.push_str(&unescaped);
                    Span {
                        start,
                        end: scratch.len(),
                        place: Place::Scratch,
                    }
                }
            };
        })
    }
}
