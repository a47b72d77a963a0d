//! Delimited text, read strictly: comma, semicolon, tab or bar.
//!
//! A quote opens a field only as the field's first byte; inside, `""` is a quote; after the closing quote only a
//! delimiter or the record's end may follow. Text after a closing quote makes a bad record, and reading goes on as
//! if that field were unquoted from there, so that cutting and parsing agree on where every record ends.

mod cut;
mod delimiter;
mod footer;
mod head;
mod hits;
mod judge;
mod plain;
mod preamble;
mod read;
mod sketch;

pub(super) use cut::RecordCutter;
pub(super) use footer::{Footer, LONGEST_FOOTER};
pub(super) use head::Head;
pub(super) use preamble::Preamble;
pub(super) use read::RecordReader;
