//! Rows at the end of a known shape that are none: totals, and what a report says about itself.

use super::cut::is_blank;
use super::sketch::{Ending, Field, Sketch};
use crate::input::table::{Format, Shape};
use crate::preset;

/// The longest footer that is known for one, in bytes.
pub(in crate::input) const LONGEST_FOOTER: usize = 64 * 1024;

/// Where the footer of an export begins.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::input) struct Footer {
    /// Where it begins; the end where there is none.
    pub start: usize,
    /// How many rows it has, blank lines not among them.
    pub rows: u64,
}

impl Footer {
    /// The footer of an export that ends with `bytes`, which begin with a record. Nothing but a footer's rows follows
    /// its first: what looks like one of them further up is a row like any other.
    pub fn find(bytes: &[u8], shape: &Shape) -> Self {
        let none = Self {
            start: bytes.len(),
            rows: 0,
        };
        let (Some(preset), Some(delimiter)) = (shape.preset, shape.delimiter()) else {
            return none;
        };
        if !preset.has_footer() {
            return none;
        }
        let earliest = bytes.len().saturating_sub(LONGEST_FOOTER);
        let mut footer: Option<Self> = None;
        let mut at = 0;
        while at < bytes.len() {
            let record = Sketch::read(bytes, at, delimiter, shape.line_end, true);
            if record.ending != Ending::Whole {
                return none;
            }
            let blank = is_blank(&bytes[record.span.clone()]);
            let belongs = if blank {
                footer.is_some() || preset.footer == Some(preset::Footer::ShortRowsAfterBlankLine)
            } else {
                belongs(&record, preset, shape, footer.is_some())
            };
            if belongs {
                let footer = footer.get_or_insert(Self { start: at, rows: 0 });
                footer.rows += u64::from(!blank);
            } else {
                footer = None;
            }
            at = record.next;
        }
        footer
            .filter(|footer| footer.rows > 0 && footer.start >= earliest)
            .unwrap_or(none)
    }
}

/// The most cells that a row of a report's footer fills.
const MOST_FILLED: usize = 2;

/// Whether a record is shorter than those of the table. The rows of a sheet are all as wide as the sheet, so there the
/// cells that are filled have to tell.
fn is_short(record: &Sketch, width: usize, is_sheet: bool) -> bool {
    if !is_sheet {
        return record.count < width;
    }
    let is_filled = |field: &Field| !field.bytes.trim_ascii().is_empty();
    let filled = record.fields.iter().rposition(is_filled);
    filled.map_or(0, |last| last + 1) <= MOST_FILLED.min(width - 1)
}

/// Whether a record may stand in the footer; `begun` says that one before it does.
fn belongs(record: &Sketch, preset: &preset::Shape, shape: &Shape, begun: bool) -> bool {
    let Some(first) = record.fields.first() else {
        return false;
    };
    let begins = |text: &String| first.bytes.trim_ascii_start().starts_with(text.as_bytes());
    if preset.comment.as_ref().is_some_and(begins) {
        return true;
    }
    match &preset.footer {
        Some(preset::Footer::Begins(texts)) => texts.iter().any(begins),
        Some(preset::Footer::ShortRowsAfterBlankLine) => {
            begun && is_short(record, shape.headers.len(), shape.format == Format::Sheet)
        }
        None => false,
    }
}
