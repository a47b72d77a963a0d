//! One export: its shape, told from its beginning, and its records, handed out block by block.

use std::ops::Range;
use std::sync::Arc;

use super::beginning::{SAMPLE, line_end, skip_blank, skip_lines};
use super::binding::Binding;
use super::block::{Block, count};
use super::content::{Content, Text};
use super::csv::{self, RecordCutter};
use super::damage::Damage;
use super::encoding::Encoding;
use super::feed::Feed;
use super::foreign;
use super::json::{self, ElementCutter, LineCutter};
use super::open::Opened;
use super::parser::Parser;
use super::unpack::in_words;
use super::workbook;
use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::preset;

/// How much longer than the longest cell a record may be, in bytes.
const BESIDE_A_CELL: usize = 16 * 1024 * 1024;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text with one header record.
    Csv {
        /// What stands between two fields.
        delimiter: u8,
    },
    /// A JSON array of objects, alone or as a member of one object.
    JsonArray,
    /// One JSON object per line.
    Ndjson,
    /// A sheet of a workbook, with one header row.
    Sheet,
}

/// What the user told about an input, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The delimiter of CSV; told from the text where `None`.
    pub delimiter: Option<u8>,
    /// The encoding of texts that do not tell it themselves; UTF-8 where `None`.
    pub encoding: Option<Encoding>,
    /// The sheet to read of workbooks; needed where several could be meant.
    pub sheet: Option<String>,
    /// The longest cell that is taken, in bytes.
    pub max_cell: usize,
    /// How many bytes may come of a compressed file or a workbook; where `None`, 200 times its size or 256 MiB.
    pub max_unpacked: Option<u64>,
    /// How many bytes a block has, give or take a record.
    pub block_size: usize,
    /// How many lines are passed over before the header of delimited text, whatever they hold.
    pub skip: u64,
    /// Which presets may be taken.
    pub presets: preset::Choice,
    /// What the input may be an export of; no preset is taken for what is none of these.
    pub kinds: Vec<preset::Kind>,
    /// Whether numbers in the export's cells have a decimal comma. JSON's own numbers, which always have a point, then
    /// read with a comma as well.
    pub decimal_comma: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            delimiter: None,
            encoding: None,
            sheet: None,
            max_cell: 1024 * 1024,
            max_unpacked: None,
            block_size: 1024 * 1024,
            skip: 0,
            presets: preset::Choice::Automatic,
            kinds: Vec::new(),
            decimal_comma: false,
        }
    }
}

impl Options {
    /// The longest record that is held in memory, in bytes.
    pub(super) fn most_record(&self) -> usize {
        self.max_cell.saturating_add(BESIDE_A_CELL)
    }
}

/// What every parser of a table has to know.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub format: Format,
    pub headers: Vec<String>,
    /// The byte that ends a line: LF, or CR in a file that has no LF.
    pub line_end: u8,
    /// Numbers of JSON read with a decimal comma.
    pub decimal_comma: bool,
    /// The encoding that the text was written in.
    pub encoding: Encoding,
    /// The longest cell that is taken, in bytes.
    pub max_cell: usize,
    /// The known shape that the export has.
    pub preset: Option<&'static preset::Shape>,
}

impl Shape {
    /// What stands between two fields of delimited text.
    pub fn delimiter(&self) -> Option<u8> {
        match self.format {
            Format::Csv { delimiter } => Some(delimiter),
            Format::Sheet => Some(workbook::DELIMITER),
            Format::JsonArray | Format::Ndjson => None,
        }
    }
}

/// The header as a text to point into, and where in it each header lies.
pub(super) type HeaderSource = (Arc<Source>, Vec<Range<usize>>);

/// What a cutter found: whole records up to `end`, `records` of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    pub end: usize,
    pub records: u64,
    /// How many lines end in it, where the cutter came to know.
    pub lines: Option<u64>,
    pub elements: Vec<Range<usize>>,
}

/// Finds the ends of records, one strategy per format.
enum Cutter {
    Records(RecordCutter),
    Lines(LineCutter),
    Elements(ElementCutter),
}

impl Cutter {
    fn advance(&mut self, seen: &[u8]) -> Result<(), Damage> {
        match self {
            Self::Records(cutter) => cutter.advance(seen),
            Self::Lines(cutter) => cutter.advance(seen),
            Self::Elements(cutter) => return cutter.advance(seen),
        }
        Ok(())
    }

    /// How many of the bytes at hand were looked at.
    fn looked_at(&self) -> usize {
        match self {
            Self::Records(cutter) => cutter.looked_at(),
            Self::Lines(cutter) => cutter.looked_at(),
            Self::Elements(cutter) => cutter.looked_at(),
        }
    }

    fn take(&mut self) -> Cut {
        match self {
            Self::Records(cutter) => cutter.take(),
            Self::Lines(cutter) => cutter.take(),
            Self::Elements(cutter) => cutter.take(),
        }
    }

    fn finish(&mut self, rest: &[u8]) -> Result<Cut, Damage> {
        match self {
            Self::Records(cutter) => cutter.finish(rest),
            Self::Lines(cutter) => cutter.finish(rest),
            Self::Elements(cutter) => cutter.finish(rest),
        }
    }
}

/// One export being read: its shape is known, its rows still to come, handed out in blocks that any thread may parse.
pub struct Table {
    /// As the user gave it; `<stdin>` for standard input.
    pub name: String,
    content: Content,
    line_ends: Option<&'static str>,
    shape: Arc<Shape>,
    header: HeaderSource,
    has_rows: bool,
    feed: Feed,
    cutter: Cutter,
    block_size: usize,
    /// The longest record that is held in memory, in bytes.
    most_record: usize,
    /// Physical line on which the bytes at hand begin.
    line: u64,
    /// Number of the next data record.
    record: u64,
    /// Number of the next block.
    index: usize,
    finished: bool,
    /// The last line, where it lacks its line end.
    unended_line: Option<u64>,
    /// Lines passed over before the header.
    lines_before_header: u64,
    /// Rows passed over at the end.
    footer_rows: u64,
}

impl Table {
    /// Reads the beginning of an input and tells format, delimiter and header from it.
    ///
    /// The format follows from the first byte that is not blank: `[` and `{` begin JSON, all else is CSV. A byte
    /// order mark, blank lines and a `sep=` line are passed over, as are the lines that [`Options::skip`] counts and
    /// those that a known shape has before its header. A header without rows is no error here, see
    /// [`Table::has_rows`]; an empty file, a header that cannot be read and a delimiter that cannot be told are.
    pub fn begin(opened: Opened, options: &Options) -> Result<Self, Report> {
        let Text { reader, content } = Text::of(&opened.name, opened.reader, options)?;
        let mut feed = Feed::new(opened.name.clone(), reader);
        feed.fill(SAMPLE)?;
        let is_sheet = content.sheet.is_some();
        // A page may hide under an encoding.
        foreign::refuse(feed.bytes(), &opened.name)?;
        if feed.bytes().starts_with(b"\xef\xbb\xbf") {
            feed.skip(3);
        }
        let line_end = if is_sheet {
            workbook::LINE_END
        } else {
            line_end(&mut feed)?
        };
        let line_ends = match line_end {
            workbook::LINE_END => None,
            b'\r' => Some("CR"),
            _ => match memchr::memchr(b'\n', feed.bytes()) {
                Some(at) if feed.bytes()[..at].ends_with(b"\r") => Some("CRLF"),
                _ => Some("LF"),
            },
        };
        let mut lines_before_header = 0;
        if options.skip > 0 && !begins_json(feed.bytes()) {
            lines_before_header = skip_lines(&mut feed, line_end, options.skip)?;
        }
        let mut line = 1 + lines_before_header + skip_blank(&mut feed, line_end)?;
        let first = feed.bytes().iter().find(|byte| !byte.is_ascii_whitespace());
        let (format, headers, header, cutter) = match first {
            None if feed.ended() => return Err(empty(&opened.name)),
            Some(b'[' | b'{') if !is_sheet => {
                let most = options.most_record();
                let layout = json::Layout::find(&mut feed, &opened.name, line_end, line, most)?;
                line += layout.lines_before;
                let format = layout.format();
                let headers = json::headers(
                    &layout,
                    &mut feed,
                    &opened.name,
                    line_end,
                    line,
                    (options, content.encoding),
                )?;
                let header = json::header_source(&opened.name, &headers);
                let cutter = match format {
                    Format::JsonArray => Cutter::Elements(ElementCutter::new(layout.path)),
                    _ => Cutter::Lines(LineCutter::new(line_end)),
                };
                (format, headers, header, cutter)
            }
            _ => {
                let told = if is_sheet {
                    Some(workbook::DELIMITER)
                } else {
                    options.delimiter
                };
                let preamble = csv::Preamble::find(feed.bytes(), options, told, line_end);
                if let Some(preamble) = &preamble {
                    lines_before_header += preamble.lines;
                    line += preamble.lines;
                    feed.skip(preamble.bytes);
                    feed.fill(SAMPLE)?;
                }
                let told = told.or(preamble.map(|preamble| preamble.delimiter));
                let head = csv::Head::read(
                    &mut feed,
                    &opened.name,
                    (told, content.encoding),
                    options.most_record(),
                    line_end,
                    line,
                )?;
                line = head.next_line;
                let delimiter = head.delimiter;
                let format = if is_sheet {
                    Format::Sheet
                } else {
                    Format::Csv { delimiter }
                };
                let cutter = Cutter::Records(RecordCutter::new(delimiter, line_end));
                (format, head.headers, head.source, cutter)
            }
        };
        let shape = Shape {
            format,
            preset: options.presets.shape_of(&options.kinds, &headers),
            headers,
            line_end,
            decimal_comma: options.decimal_comma,
            encoding: content.encoding,
            max_cell: options.max_cell,
        };
        // Blank lines before the first record are no rows; where a footer begins with one, it is left to be found.
        let footer = shape.preset.and_then(|preset| preset.footer.as_ref());
        if footer != Some(&preset::Footer::ShortRowsAfterBlankLine) {
            line += skip_blank(&mut feed, line_end)?;
        }
        let has_rows = match (&cutter, feed.bytes().trim_ascii_start().first()) {
            (Cutter::Elements(_), Some(byte)) => *byte != b']',
            (Cutter::Records(_), _) if feed.ended() => {
                let footer = csv::Footer::find(feed.bytes(), &shape);
                !feed.bytes()[..footer.start].trim_ascii().is_empty()
            }
            (Cutter::Records(_), _) => !feed.bytes().is_empty(),
            (_, first) => first.is_some(),
        };
        Ok(Self {
            name: opened.name,
            content,
            line_ends,
            shape: Arc::new(shape),
            header,
            has_rows,
            feed,
            cutter,
            block_size: options.block_size.max(1),
            most_record: options.most_record(),
            line,
            record: 1,
            index: 0,
            finished: false,
            unended_line: None,
            lines_before_header,
            footer_rows: 0,
        })
    }

    /// The headers in file order, trimmed. For JSON the keys of the file's beginning, nested ones dotted, in the
    /// order they were first seen.
    pub fn headers(&self) -> &[String] {
        &self.shape.headers
    }

    /// The header as a text to point into, with the bytes of each header in it.
    pub fn header_source(&self) -> (Arc<Source>, Vec<Range<usize>>) {
        self.header.clone()
    }

    /// Whether its columns are those of a header, and not the keys of records, which may turn up anywhere.
    pub fn is_delimited(&self) -> bool {
        self.shape.delimiter().is_some()
    }

    /// How the export is written.
    pub fn format(&self) -> Format {
        self.shape.format
    }

    /// How the text was come by.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// How lines end; `None` for the rows of a sheet.
    pub fn line_ends(&self) -> Option<&'static str> {
        self.line_ends
    }

    /// The known shape that the export has, if any.
    pub fn preset(&self) -> Option<&'static preset::Shape> {
        self.shape.preset
    }

    /// How many lines before the header were passed over that were neither blank nor a `sep=` line.
    pub fn lines_before_header(&self) -> u64 {
        self.lines_before_header
    }

    /// How many rows at the end were passed over because the known shape has a footer. Known once
    /// [`Table::next_block`] has come to the end.
    pub fn footer_rows(&self) -> u64 {
        self.footer_rows
    }

    /// Whether any row follows the header.
    pub fn has_rows(&self) -> bool {
        self.has_rows
    }

    /// The last line of a delimited text that does not end as lines do: it may be cut off. Known once
    /// [`Table::next_block`] has come to the end.
    pub fn ends_without_line_end(&self) -> Option<u64> {
        self.unended_line
    }

    /// A parser of this table's blocks; every thread has its own.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers share one binding among threads"
    )]
    pub fn parser(&self, binding: Arc<Binding>) -> Parser {
        Parser::new(Arc::clone(&self.shape), &binding)
    }

    /// The next block of whole records in file order; `None` at the end.
    ///
    /// Reads and looks for the last record end only, so it may be called behind a lock. Fails for damage that no
    /// budget of bad rows covers: a quote that is never closed, JSON that ends half-way, a record that is too long to be held, a
    /// read error.
    pub fn next_block(&mut self) -> Result<Option<Block>, Report> {
        let mut window = self.block_size;
        // A footer stands in the last block as a whole.
        let spare = match self.shape.preset {
            Some(preset) if preset.has_footer() => csv::LONGEST_FOOTER,
            _ => 0,
        };
        while !self.finished {
            // What the cutter has looked at stays in sight, also where the window has shrunk since.
            window = window.max(self.cutter.looked_at());
            self.feed.fill(window + spare)?;
            let bytes = self.feed.bytes();
            let all = self.feed.ended() && bytes.len() <= window + spare;
            let seen = if all {
                bytes
            } else {
                &bytes[..bytes.len().min(window)]
            };
            let cut = match self.cutter.advance(seen) {
                Ok(()) if all => {
                    self.finished = true;
                    let line_end = self.shape.line_end;
                    if matches!(self.cutter, Cutter::Records(_))
                        && seen.last().is_some_and(|last| *last != line_end)
                        && seen != b"\r"
                    {
                        self.unended_line = Some(self.line + count(line_end, seen));
                    }
                    self.cutter.finish(seen).map(|cut| {
                        let footer = csv::Footer::find(seen, &self.shape);
                        self.footer_rows = footer.rows;
                        Cut {
                            end: cut.end.min(footer.start),
                            records: cut.records.saturating_sub(footer.rows),
                            lines: None,
                            ..cut
                        }
                    })
                }
                Ok(()) => Ok(self.cutter.take()),
                Err(damage) => Err(damage),
            };
            let cut = match cut {
                Ok(cut) => cut,
                Err(damage) => {
                    self.finished = true;
                    return Err(self.damaged(&damage));
                }
            };
            if cut.records > 0 {
                return Ok(Some(self.emit(cut)));
            }
            if cut.end > 0 {
                // Nothing but blank lines, or what follows the last element.
                self.line += count(self.shape.line_end, &self.feed.bytes()[..cut.end]);
                self.feed.skip(cut.end);
                window = self.block_size;
            } else if self.finished {
                break;
            } else if window >= self.most_record {
                self.finished = true;
                return Err(self.too_long());
            } else {
                window = window.saturating_mul(2).min(self.most_record);
            }
        }
        Ok(None)
    }

    fn emit(&mut self, cut: Cut) -> Block {
        let block = Block {
            index: self.index,
            first_line: self.line,
            first_record: self.record,
            bytes: self.feed.take(cut.end, self.block_size),
            elements: cut.elements,
        };
        self.index += 1;
        self.record += cut.records;
        let lines = cut.lines;
        self.line += lines.unwrap_or_else(|| count(self.shape.line_end, &block.bytes));
        block
    }

    /// Takes a block back that is done with, for its memory.
    pub fn give_back(&mut self, block: Block) {
        self.feed.give_back(block.bytes);
    }

    fn damaged(&self, damage: &Damage) -> Report {
        damage.report(
            self.feed.bytes(),
            self.line,
            self.shape.line_end,
            &self.name,
        )
    }

    fn too_long(&self) -> Report {
        if let Cutter::Elements(cutter) = &self.cutter
            && cutter.is_in_rest()
        {
            let message = format!(
                "what follows the array of records on line {} of {} is longer than {}",
                self.line,
                self.name,
                in_words(self.most_record as u64)
            );
            return Report::new(
                Kind::Data,
                Diagnostic::error("record-too-long", message).hint(json::ONE_ARRAY),
            );
        }
        let message = format!(
            "the record that begins on line {} of {} is longer than {}",
            self.line,
            self.name,
            in_words(self.most_record as u64)
        );
        let hint = "look for a quote on that line that is never closed";
        Report::new(
            Kind::Data,
            Diagnostic::error("record-too-long", message).hint(hint),
        )
    }
}

/// Whether an input begins as JSON does.
fn begins_json(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b'[' | b'{'))
}

fn empty(name: &str) -> Report {
    let message = format!("{name} is empty");
    Report::new(
        Kind::Data,
        Diagnostic::error("empty-file", message).hint("an export has at least a header line"),
    )
}
