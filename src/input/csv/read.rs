//! Blocks of delimited text to rows.

use std::sync::Arc;

use memchr::memchr;

use super::cut::is_blank;
use super::hits::Hits;
use super::judge::{Fault, judge, may_begin_an_export};
use crate::input::bad_row::{BadRow, excerpt};
use crate::input::batch::{Batch, Rows, Surroundings, text};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::row::{Columns, Place, Span, UNBOUND};
use crate::input::table::{MAX_FIELD, Shape};
use crate::preset;

/// Reads blocks of delimited text; holds the scratch memory of one thread.
pub(in crate::input) struct RecordReader {
    shape: Arc<Shape>,
    delimiter: u8,
    /// Whether cells of the export's known shape have to be rid of what says nothing.
    cleans: bool,
    /// Slot → header.
    slots: Vec<usize>,
    /// Good records with a cell for each header, and the record at hand.
    batch: Batch,
    /// Unescaped cells of these records.
    scratch: Vec<u8>,
}

/// The field at hand.
#[derive(Default)]
struct Quoting {
    /// The field began with a quote.
    quoted: bool,
    /// That quote is still open.
    open: bool,
    /// Where the closing quote stands.
    closed: usize,
    /// `""` occurs in it.
    escapes: bool,
}

impl RecordReader {
    /// A reader of the blocks of a table of this shape.
    pub fn new(shape: Arc<Shape>, delimiter: u8, binding: &Binding) -> Self {
        let mut slots = vec![UNBOUND; binding.slots()];
        for (header, slot) in binding.headers() {
            slots[*slot] = *header;
        }
        Self {
            batch: Batch::new(shape.headers.len()),
            cleans: shape.preset.is_some_and(preset::Shape::cleans_cells),
            shape,
            delimiter,
            slots,
            scratch: Vec::new(),
        }
    }

    /// Calls `rows` with every good record, and gives the bad ones.
    pub fn read(&mut self, block: &Block, mut rows: impl FnMut(Rows<'_>)) -> Vec<BadRow> {
        let bytes = block.bytes.as_slice();
        let line_end = self.shape.line_end;
        let width = self.shape.headers.len();
        let lines = Lines::new(block, line_end);
        // Most blocks hold nothing suspicious, and then no record has to be looked at a second time.
        let whole = std::str::from_utf8(bytes).ok();
        let clean = whole.is_some() && !is_suspicious(bytes, line_end);
        let mut bad = Vec::new();
        let mut record = block.first_record;
        let mut start = 0;
        let mut field = 0;
        let mut count = 0;
        let mut junk = None;
        let mut quoting = Quoting::default();
        // What good records have put into the scratch; after it stands what the record at hand has.
        let mut good_scratch = 0;
        let mut hits = Hits::new([self.delimiter, line_end, b'"'], bytes);
        loop {
            let (at, byte) = match hits.next() {
                Some(at) => (at, bytes[at]),
                // The last record of a file need not end its line.
                None if start < bytes.len() => (bytes.len(), line_end),
                None => break,
            };
            if byte == b'"' && at < bytes.len() {
                if quoting.open {
                    if bytes.get(at + 1) == Some(&b'"') {
                        hits.next();
                        quoting.escapes = true;
                    } else {
                        quoting.open = false;
                        quoting.closed = at;
                    }
                } else if at == field {
                    quoting = Quoting {
                        quoted: true,
                        open: true,
                        closed: bytes.len(),
                        escapes: false,
                    };
                }
                continue;
            }
            if quoting.open && at < bytes.len() {
                continue;
            }
            let ends = byte == line_end;
            let crlf = ends && line_end == b'\n' && at > field && bytes[at - 1] == b'\r';
            let end = at - usize::from(crlf);
            let span = if quoting.quoted {
                let close = quoting.closed.min(end);
                if close + 1 != end {
                    junk.get_or_insert(count);
                }
                let content = field + 1..close.max(field + 1);
                let span = if quoting.escapes {
                    unescape(&bytes[content], &mut self.scratch)
                } else {
                    Span {
                        start: content.start - start,
                        end: content.end - start,
                        place: Place::Quoted,
                    }
                };
                quoting = Quoting::default();
                span
            } else {
                Span {
                    start: field - start,
                    end: end - start,
                    place: Place::Bare,
                }
            };
            if let Some(cell) = self.batch.cells().get_mut(count) {
                *cell = span;
            }
            count += 1;
            field = at + 1;
            if !ends {
                continue;
            }
            let raw = &bytes[start..end];
            if !(count == 1 && is_blank(&bytes[start..at])) {
                let cells = self.batch.cells();
                let fault = if clean
                    && junk.is_none()
                    && count == width
                    && raw.len() <= MAX_FIELD
                    && !may_begin_an_export(raw, cells, &self.scratch, &self.shape)
                {
                    None
                } else {
                    judge(raw, cells, &self.scratch, count, junk, &self.shape)
                };
                match fault {
                    None => {
                        if self.cleans {
                            self.clean(raw);
                        }
                        self.batch.keep(start, end, record);
                        if self.batch.is_full() {
                            self.hand_out(bytes, whole, &lines, &mut rows);
                        }
                    }
                    Some(Fault {
                        code,
                        column,
                        message,
                    }) => {
                        // What is refused need not be UTF-8, and no row asks for it.
                        self.scratch.truncate(good_scratch);
                        // Lines are counted forwards, so earlier rows must have asked for theirs.
                        self.hand_out(bytes, whole, &lines, &mut rows);
                        let refused = BadRow {
                            line: lines.at(start),
                            end_line: lines.at(end),
                            record,
                            column: column.map(|column| self.shape.headers[column].clone()),
                            code,
                            message,
                            raw: excerpt(raw),
                        };
                        bad.push(refused.brief_after(bad.len()));
                    }
                }
                record += 1;
            }
            good_scratch = self.scratch.len();
            start = at + 1;
            count = 0;
            junk = None;
        }
        self.hand_out(bytes, whole, &lines, &mut rows);
        bad
    }

    /// Rids the cells of the record at hand of what says nothing in an export of its shape.
    fn clean(&mut self, raw: &[u8]) {
        let Some(shape) = self.shape.preset else {
            return;
        };
        for span in self.batch.cells() {
            let said = match span.place {
                Place::Scratch => shape.clean(&self.scratch[span.start..span.end]),
                Place::Bare | Place::Quoted => shape.clean(&raw[span.start..span.end]),
            };
            // It is the cell's end, or nothing.
            span.start = span.end - said.len();
        }
    }

    /// Calls `rows` with the good records so far, if there are any, and forgets them.
    fn hand_out(
        &mut self,
        bytes: &[u8],
        whole: Option<&str>,
        lines: &Lines<'_>,
        rows: &mut impl FnMut(Rows<'_>),
    ) {
        let around = Surroundings {
            bytes,
            whole,
            scratch: text(&self.scratch),
            slots: &self.slots,
            columns: Columns::Headers(&self.shape.headers),
            lines,
        };
        self.batch.hand_out(around, rows);
        self.scratch.clear();
    }
}

/// Puts `content` with every `""` as one quote into `scratch`.
fn unescape(content: &[u8], scratch: &mut Vec<u8>) -> Span {
    let start = scratch.len();
    let mut rest = content;
    while let Some(quote) = memchr(b'"', rest) {
        scratch.extend_from_slice(&rest[..=quote]);
        rest = rest.get(quote + 2..).unwrap_or_default();
    }
    scratch.extend_from_slice(rest);
    Span {
        start,
        end: scratch.len(),
        place: Place::Scratch,
    }
}

/// Whether a block holds a byte that may be a forbidden control character.
fn is_suspicious(bytes: &[u8], line_end: u8) -> bool {
    // Written without branches so that the compiler looks at many bytes at once.
    let control = bytes.iter().fold(0_u8, |found, byte| {
        let low = u8::from(*byte < b' ');
        let allowed =
            u8::from(*byte == b'\t') | u8::from(*byte == b'\n') | u8::from(*byte == b'\r');
        found | (low ^ allowed) | u8::from(*byte == 0x7f)
    });
    if control != 0 {
        return true;
    }
    if line_end == b'\r' {
        return memchr(b'\n', bytes).is_some();
    }
    // A CR belongs before a LF or inside quotes.
    memchr(b'\r', bytes).is_some()
        && bytes
            .iter()
            .zip(bytes.iter().skip(1))
            .fold(0_u8, |found, (byte, next)| {
                found | (u8::from(*byte == b'\r') & u8::from(*next != b'\n'))
            })
            != 0
}
