//! Blocks of JSON records to rows.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use memchr::memchr_iter;

use super::flatten::{Fault, Flattener};
use crate::input::bad_row::{BadCode, BadRow};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::row::{Columns, Place, Row, Span, UNBOUND};
use crate::input::table::{Format, Shape};

/// Reads blocks of JSON records; holds the scratch memory of one thread.
pub(in crate::input) struct ObjectReader {
    format: Format,
    line_end: u8,
    /// Dotted key → cell. Only looked up, never walked.
    keys: HashMap<String, usize, FixedState>,
    /// Slot → cell.
    slots: Vec<usize>,
    /// The cells of the record at hand, one per key that is asked for.
    cells: Vec<Span>,
    /// Unescaped cells of the record at hand.
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
            cells: vec![Span::BLANK; keys.len()],
            keys,
            slots,
            scratch: String::new(),
            flattener: Flattener::default(),
        }
    }

    /// Calls `row` for every good record, and gives the bad ones.
    pub fn read(&mut self, block: &Block, mut row: impl FnMut(Row<'_>)) -> Vec<BadRow> {
        let mut bad = Vec::new();
        let lines = Lines::new(block, self.line_end);
        let mut record = block.first_record;
        if self.format == Format::JsonArray {
            for element in &block.elements {
                bad.extend(self.record(block, &lines, element.clone(), record, &mut row));
                record += 1;
            }
            return bad;
        }
        let mut start = 0;
        let ends = memchr_iter(self.line_end, &block.bytes).chain([block.bytes.len()]);
        for end in ends {
            let line = &block.bytes[start..end];
            let text = line.trim_ascii();
            if !text.is_empty() {
                let blank = line.len() - line.trim_ascii_start().len();
                let span = start + blank..start + blank + text.len();
                bad.extend(self.record(block, &lines, span, record, &mut row));
                record += 1;
            }
            start = end + 1;
        }
        bad
    }

    fn record(
        &mut self,
        block: &Block,
        lines: &Lines<'_>,
        span: Range<usize>,
        record: u64,
        row: &mut impl FnMut(Row<'_>),
    ) -> Option<BadRow> {
        let raw = &block.bytes[span.clone()];
        match self.cells_of(raw) {
            Ok(text) => {
                row(Row {
                    text,
                    scratch: &self.scratch,
                    cells: &self.cells,
                    slots: &self.slots,
                    columns: Columns::Keys,
                    lines,
                    offset: span.start,
                    record,
                    line: OnceCell::new(),
                });
                None
            }
            Err(fault) => Some(BadRow {
                line: lines.at(span.start),
                end_line: lines.at(span.end),
                record,
                column: fault.key,
                code: fault.code,
                message: fault.message,
                raw: raw.to_vec(),
            }),
        }
    }

    /// Sets `cells` from one record and gives its text.
    fn cells_of<'a>(&mut self, raw: &'a [u8]) -> Result<&'a str, Fault> {
        self.cells.fill(Span::BLANK);
        self.scratch.clear();
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
        let (keys, cells, scratch) = (&self.keys, &mut self.cells, &mut self.scratch);
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
        })?;
        Ok(text)
    }
}
