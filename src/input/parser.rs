//! Blocks to rows: the part of reading that runs on every thread.

use std::sync::Arc;

use super::bad_row::BadRow;
use super::batch::Rows;
use super::binding::Binding;
use super::block::Block;
use super::csv::RecordReader;
use super::json::ObjectReader;
use super::row::Row;
use super::table::Shape;

/// What a parser finds in a block.
pub enum Parsed<'a> {
    /// Good records that follow each other.
    Rows(Rows<'a>),
    /// A record that cannot be read.
    Bad(BadRow),
}

/// Turns blocks of one table into rows. Holds the scratch memory, so that a row costs no allocation.
pub struct Parser {
    reader: Reader,
}

enum Reader {
    Records(RecordReader),
    Objects(Box<ObjectReader>),
}

impl Parser {
    pub(super) fn new(shape: Arc<Shape>, binding: &Binding) -> Self {
        let reader = match shape.delimiter() {
            Some(delimiter) => Reader::Records(RecordReader::new(shape, delimiter, binding)),
            None => Reader::Objects(Box::new(ObjectReader::new(&shape, binding))),
        };
        Self { reader }
    }

    /// Calls `row` with every record of the block in file order, good or bad.
    ///
    /// Which records are bad depends on the binding only where JSON keys turn up that are no headers, see
    /// [`Binding::late`].
    pub fn parse(&mut self, block: &Block, mut row: impl FnMut(Result<Row<'_>, BadRow>)) {
        self.parse_batches(block, |parsed| match parsed {
            Parsed::Rows(rows) => rows.iter().for_each(|good| row(Ok(good))),
            Parsed::Bad(bad) => row(Err(bad)),
        });
    }

    /// As [`Parser::parse`], but good records a batch at a time.
    pub fn parse_batches(&mut self, block: &Block, found: impl FnMut(Parsed<'_>)) {
        match &mut self.reader {
            Reader::Records(reader) => reader.read(block, found),
            Reader::Objects(reader) => reader.read(block, found),
        }
    }
}
