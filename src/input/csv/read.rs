//! Blocks of delimited text to rows.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use foldhash::quality::FixedState;
use memchr::{memchr, memchr2};

use super::cut::is_blank;
use super::hits::Hits;
use super::judge::{Fault, content, judge, may_begin_an_export, may_begin_an_export_plainly};
use super::plain::PlainScan;
use crate::input::bad_row::BadRow;
use crate::input::batch::{Batch, MOST, Neighbours, Records, Rows, Surroundings, text};
use crate::input::binding::Binding;
use crate::input::block::{Block, Lines};
use crate::input::parser::Parsed;
use crate::input::row::{Columns, Place, Span, UNBOUND, header_hashers};
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
    hashers: Vec<FixedState>,
    /// Good records with a cell for each header, and the record at hand.
    batch: Batch,
    /// Unescaped cells of these records.
    scratch: Vec<u8>,
    /// Where cells of plain records begin, see [`Neighbours`].
    starts: Vec<u32>,
}

/// How far a block was read.
struct ReadSoFar<'b> {
    /// How many of its bytes.
    bytes: usize,
    /// The number of the record that is next.
    record: u64,
    /// All of it as text, if that was asked for and it is.
    whole: Option<&'b str>,
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
            hashers: header_hashers(&shape.headers),
            cleans: shape.preset.is_some_and(preset::Shape::cleans_cells),
            shape,
            delimiter,
            slots,
            scratch: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Calls `found` with every record, good or bad.
    pub fn read(&mut self, block: &Block, mut found: impl FnMut(Parsed<'_>)) {
        let lines = Lines::new(block, self.shape.line_end);
        let read = self.read_plain(block, &lines, &mut found);
        if read.bytes < block.bytes.len() {
            self.read_any(block, &read, &lines, found);
        }
    }

    /// Reads as many records as are plain and good: cells stand side by side as they are, and no record needs a look at
    /// more than its separators.
    fn read_plain<'b>(
        &mut self,
        block: &'b Block,
        lines: &Lines<'_>,
        found: &mut impl FnMut(Parsed<'_>),
    ) -> ReadSoFar<'b> {
        let bytes = block.bytes.as_slice();
        let width = self.shape.headers.len();
        let mut so_far = ReadSoFar {
            bytes: 0,
            record: block.first_record,
            whole: None,
        };
        // A record of one cell may be a blank line.
        if self.cleans || width < 2 || u32::try_from(bytes.len()).is_err() {
            return so_far;
        }
        let separators = [self.delimiter, self.shape.line_end];
        let memory = std::mem::take(&mut self.starts);
        let mut scan = PlainScan::new(bytes, separators, width, memory);
        loop {
            let count = scan.find(MOST);
            let starts = scan.starts(count);
            let good = self.good(bytes, starts);
            if good > 0 {
                let records = Records::Beside(Neighbours {
                    starts: &starts[..=good * width],
                    width,
                    first: so_far.record,
                    has_cr: scan.has_cr(),
                });
                let around = self.around(bytes, so_far.whole, lines);
                found(Parsed::Rows(Rows { records, around }));
                so_far.record += good as u64;
            }
            scan.pass_over(good);
            if good == MOST {
                continue;
            }
            if good == count && so_far.whole.is_none() && scan.met_more_than_ascii() {
                so_far.whole = std::str::from_utf8(bytes).ok();
                if so_far.whole.is_some() {
                    scan.go_on_as_text();
                    continue;
                }
            }
            (so_far.bytes, self.starts) = scan.finish();
            return so_far;
        }
    }

    /// How many records whose cells begin there are good before the first that needs a second look: because it is long,
    /// or because another export may begin with it.
    fn good(&self, bytes: &[u8], starts: &[u32]) -> usize {
        let width = self.shape.headers.len();
        let records = starts.chunks_exact(width);
        let ends = starts.iter().skip(width).step_by(width);
        let is_bad = |(record, next): (&[u32], &u32)| {
            let (start, next) = (record[0] as usize, *next as usize);
            let first = &bytes[start..record[1] as usize - 1];
            next - start > self.shape.max_cell || may_begin_an_export_plainly(first, &self.shape)
        };
        let mut pairs = records.zip(ends);
        let count = pairs.len();
        pairs.position(is_bad).unwrap_or(count)
    }

    /// Reads the other records of a block, of any kind.
    fn read_any(
        &mut self,
        block: &Block,
        so_far: &ReadSoFar<'_>,
        lines: &Lines<'_>,
        mut found: impl FnMut(Parsed<'_>),
    ) {
        let bytes = block.bytes.as_slice();
        let line_end = self.shape.line_end;
        let width = self.shape.headers.len();
        // Most blocks hold nothing suspicious, and then no record has to be looked at a second time.
        let whole = so_far.whole.or_else(|| std::str::from_utf8(bytes).ok());
        let clean = whole.is_some() && !is_suspicious(bytes, line_end, self.delimiter);
        // Cells that were made safe for spreadsheets hold one of these; those of a workbook never were.
        let has_marks =
            self.shape.format != Format::Sheet && memchr2(b'\'', b'\\', bytes).is_some();
        let (begin, mut record) = (so_far.bytes, so_far.record);
        let mut start = begin;
        let mut field = begin;
        let mut count = 0;
        let mut junk = None;
        let mut quoting = Quoting::default();
        // What good records have put into the scratch; after it stands what the record at hand has.
        let mut good_scratch = 0;
        let mut hits = Hits::new([self.delimiter, line_end, b'"'], &bytes[begin..]);
        loop {
            let (at, byte) = match hits.next().map(|at| begin + at) {
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
                            self.hand_out(bytes, whole, lines, &mut found);
                        }
                    }
                    Some(fault) => {
                        // What is refused need not be UTF-8, and no row asks for it.
                        self.scratch.truncate(good_scratch);
                        // Good rows go before it, in the order of the file.
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
            good_scratch = self.scratch.len();
            start = at + 1;
            count = 0;
            junk = None;
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
        let mut batch = std::mem::take(&mut self.batch);
        batch.hand_out(self.around(bytes, whole, lines), found);
        self.batch = batch;
        self.scratch.clear();
    }

    /// What plain rows have in common.
    fn around<'r>(
        &'r self,
        bytes: &'r [u8],
        whole: Option<&'r str>,
        lines: &'r Lines<'r>,
    ) -> Surroundings<'r> {
        Surroundings {
            bytes,
            whole,
            scratch: text(&self.scratch),
            slots: &self.slots,
            columns: Columns::Headers {
                names: &self.shape.headers,
                hashers: &self.hashers,
            },
            lines,
        }
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
