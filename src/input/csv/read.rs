//! Blocks of delimited text to rows.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr2};

use super::cut::is_blank;
use super::hits::Hits;
use super::judge::{Fault, content, judge, may_begin_an_export};
use crate::input::bad_row::BadRow;
use crate::input::batch::{Batch, Surroundings, text};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::parser::Parsed;
use crate::input::row::{Columns, Place, Span, UNBOUND, header_seeds};
use crate::input::table::{Format, Shape};
use crate::preset;
use crate::value::spreadsheet;

/// Reads blocks of delimited text; holds the scratch memory of one thread.
pub(in crate::input) struct RecordReader {
    shape: Arc<Shape>,
    delimiter: u8,
    /// Whether cells of the export's known shape have to be rid of what says nothing.
    cleans: bool,
    /// Slot → header.
    slots: Vec<usize>,
    /// What the cells under each header are hashed with.
    seeds: Vec<u64>,
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
            seeds: header_seeds(&shape.headers),
            cleans: shape.preset.is_some_and(preset::Shape::cleans_cells),
            shape,
            delimiter,
            slots,
            scratch: Vec::new(),
        }
    }

    /// Calls `found` with every record, good or bad.
    pub fn read(&mut self, block: &Block, mut found: impl FnMut(Parsed<'_>)) {
        let bytes = block.bytes.as_slice();
        let line_end = self.shape.line_end;
        let width = self.shape.headers.len();
        let lines = Lines::new(block, line_end);
        if !self.cleans && is_plain(bytes, line_end, self.delimiter) {
            // What is asked for as a text, few of the rows, is looked at then.
            return self.read_plain(block, None, &lines, found);
        }
        // Most blocks hold nothing suspicious, and then no record has to be looked at a second time.
        let whole = std::str::from_utf8(bytes).ok();
        let clean = whole.is_some() && !is_suspicious(bytes, line_end, self.delimiter);
        // Cells that were made safe for spreadsheets hold one of these; those of a workbook never were.
        let has_marks =
            self.shape.format != Format::Sheet && memchr2(b'\'', b'\\', bytes).is_some();
        if clean && !has_marks && !self.cleans && memchr(b'"', bytes).is_none() {
            return self.read_plain(block, whole, &lines, found);
        }
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
                    Span::new(Place::Quoted, content.start - start..content.end - start)
                };
                quoting = Quoting::default();
                span
            } else {
                Span::new(Place::Bare, field - start..end - start)
            };
            self.batch.set(count, span);
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
                    && raw.len() <= self.shape.max_cell
                    && !may_begin_an_export(raw, cells, &self.scratch, &self.shape)
                {
                    None
                } else {
                    judge(raw, cells, &self.scratch, count, junk, &self.shape)
                };
                match fault {
                    None => {
                        if has_marks {
                            take_marks_off(raw, self.batch.cells(), &mut self.scratch);
                        }
                        if self.cleans {
                            self.clean(raw);
                        }
                        self.batch.keep(start, end, record);
                        if self.batch.is_full() {
                            self.hand_out(bytes, whole, &lines, &mut found);
                        }
                    }
                    Some(fault) => {
                        // What is refused need not be UTF-8, and no row asks for it.
                        self.scratch.truncate(good_scratch);
                        // Good rows go before it, in the order of the file.
                        self.hand_out(bytes, whole, &lines, &mut found);
                        found(Parsed::Bad(self.bad_row(
                            fault,
                            record,
                            start..end,
                            &lines,
                            raw,
                        )));
                    }
                }
                record += 1;
            }
            good_scratch = self.scratch.len();
            start = at + 1;
            count = 0;
            junk = None;
        }
        self.hand_out(bytes, whole, &lines, &mut found);
    }

    /// The same for a block without quotes or anything else to be looked at twice, as most are: cells lie between
    /// separators as they stand.
    fn read_plain(
        &mut self,
        block: &Block,
        whole: Option<&str>,
        lines: &Lines<'_>,
        mut found: impl FnMut(Parsed<'_>),
    ) {
        let bytes = block.bytes.as_slice();
        let line_end = self.shape.line_end;
        let width = self.shape.headers.len();
        let mut record = block.first_record;
        let mut start = 0;
        let mut field = 0;
        let mut count = 0;
        let shape = Arc::clone(&self.shape);
        let header = shape
            .headers
            .first()
            .and_then(|header| header.as_bytes().first());
        // The last record of a file need not end its line.
        let last = (!bytes.ends_with(&[line_end])).then_some(bytes.len());
        for at in Hits::new([self.delimiter, line_end, line_end], bytes).chain(last) {
            let ends = bytes.get(at).is_none_or(|byte| *byte == line_end);
            if !ends {
                let cell = Span::new(Place::Bare, field - start..at - start);
                self.batch.set(count, cell);
                count += 1;
                field = at + 1;
                continue;
            }
            let crlf = line_end == b'\n' && at > field && bytes[at - 1] == b'\r';
            let end = at - usize::from(crlf);
            let cell = Span::new(Place::Bare, field - start..end - start);
            self.batch.set(count, cell);
            count += 1;
            let raw = &bytes[start..end];
            if count > 1 || !is_blank(&bytes[start..at]) {
                // What does not begin as the header does is not the header, and a mark or a space is neither.
                let is_good = count == width
                    && raw.len() <= self.shape.max_cell
                    && (bytes[start].is_ascii_graphic()
                        && header.is_some_and(|first| bytes[start] != *first)
                        || !may_begin_an_export(raw, self.batch.cells(), &[], &self.shape));
                let fault = if is_good {
                    None
                } else {
                    judge(raw, self.batch.cells(), &[], count, None, &self.shape)
                };
                match fault {
                    None => {
                        self.batch.keep(start, end, record);
                        if self.batch.is_full() {
                            self.hand_out(bytes, whole, lines, &mut found);
                        }
                    }
                    Some(fault) => {
                        self.hand_out(bytes, whole, lines, &mut found);
                        found(Parsed::Bad(self.bad_row(
                            fault,
                            record,
                            start..end,
                            lines,
                            raw,
                        )));
                    }
                }
                record += 1;
            }
            start = at + 1;
            field = start;
            count = 0;
        }
        self.hand_out(bytes, whole, lines, &mut found);
    }

    /// The refusal of a record that lies somewhere in its block.
    fn bad_row(
        &self,
        fault: Fault,
        record: u64,
        place: Range<usize>,
        lines: &Lines<'_>,
        raw: &[u8],
    ) -> BadRow {
        BadRow {
            line: lines.at(place.start),
            end_line: lines.at(place.end),
            record,
            column: fault
                .column
                .map(|column| self.shape.headers[column].clone()),
            code: fault.code,
            message: fault.message,
            raw: raw.to_vec(),
        }
    }

    /// Rids the cells of the record at hand of what says nothing in an export of its shape.
    fn clean(&mut self, raw: &[u8]) {
        let Some(shape) = self.shape.preset else {
            return;
        };
        for span in self.batch.cells() {
            let said = shape.clean(content(span, raw, &self.scratch));
            // It is the cell's end, or nothing.
            let end = span.range().end;
            *span = Span::new(span.place(), end - said.len()..end);
        }
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
            scratch: text(&self.scratch),
            slots: &self.slots,
            columns: Columns::Headers {
                names: &self.shape.headers,
                seeds: &self.seeds,
            },
            lines,
        };
        self.batch.hand_out(around, found);
        self.scratch.clear();
    }
}

/// Takes off the marks that make cells safe for spreadsheets: one `'` before what they would run.
fn take_marks_off(raw: &[u8], cells: &mut [Span], scratch: &mut Vec<u8>) {
    if memchr2(b'\'', b'\\', raw).is_none() {
        return;
    }
    for cell in cells {
        if let Cow::Owned(plain) = spreadsheet::unescape_export(text(content(cell, raw, scratch))) {
            let start = scratch.len();
            scratch.extend_from_slice(plain.as_bytes());
            *cell = Span::new(Place::Scratch, start..scratch.len());
        }
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
    Span::new(Place::Scratch, start..scratch.len())
}

/// Whether a block holds nothing but printable ASCII and line ends, no quotes, and no marks that make cells safe for
/// spreadsheets: most blocks of events do.
fn is_plain(bytes: &[u8], line_end: u8, delimiter: u8) -> bool {
    // Written without branches so that the compiler looks at many bytes at once.
    let odd = |odd: u8, byte: &u8| {
        let is_ours = u8::from(*byte == line_end) | u8::from(*byte == delimiter);
        let is_odd = u8::from(*byte < b' ')
            | u8::from(*byte >= 0x7f)
            | u8::from(*byte == b'"')
            | u8::from(*byte == b'\'')
            | u8::from(*byte == b'\\');
        odd | (is_odd & !is_ours)
    };
    bytes
        .chunks(GLANCE)
        .all(|chunk| chunk.iter().fold(0, odd) == 0)
}

/// Bytes after which it is time to see whether a block is still plain.
const GLANCE: usize = 1 << 14;

/// Whether a block holds a byte that may be a forbidden control character.
fn is_suspicious(bytes: &[u8], line_end: u8, delimiter: u8) -> bool {
    // Written without branches so that the compiler looks at many bytes at once.
    let control = bytes.iter().fold(0_u8, |found, byte| {
        let low = u8::from(*byte < b' ');
        let allowed = u8::from(*byte == b'\t')
            | u8::from(*byte == b'\n')
            | u8::from(*byte == b'\r')
            | (low & (u8::from(*byte == line_end) | u8::from(*byte == delimiter)));
        found | (low ^ allowed) | u8::from(*byte == 0x7f)
    });
    if control != 0 {
        return true;
    }
    if line_end != b'\n' {
        // Then neither CR, if it ends no lines, nor LF belongs outside of quotes.
        return memchr(b'\n', bytes).is_some()
            || line_end != b'\r' && memchr(b'\r', bytes).is_some();
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
