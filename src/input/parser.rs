//! Blocks to rows: the part of reading that runs on every thread.

use std::sync::Arc;

use super::bad_row::BadRow;
use super::batch::Rows;
use super::binding::Binding;
use super::block::Block;
use super::csv::RecordReader;
use super::json::ObjectReader;
use super::row::Row;
use super::table::{Format, Shape};
use super::workbook;
use crate::diagnostic::Report;

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
        let reader = match shape.format {
            Format::Csv { delimiter } => {
                Reader::Records(RecordReader::new(shape, delimiter, binding))
            }
            Format::Sheet => {
                Reader::Records(RecordReader::new(shape, workbook::DELIMITER, binding))
            }
            Format::JsonArray | Format::Ndjson => {
                Reader::Objects(Box::new(ObjectReader::new(&shape, binding)))
            }
        };
        Self { reader }
    }

    /// Calls `row` for every good record of the block in file order, and gives the bad ones.
    ///
    /// Which records are bad depends on the binding only where JSON keys turn up that are no headers, see
    /// [`Binding::late`]. Of a block's bad rows beyond the first thousand only place and code are kept. Fails where a
    /// block shows damage that no budget of bad rows covers.
    pub fn parse(
        &mut self,
        block: &Block,
        mut row: impl FnMut(Row<'_>),
    ) -> Result<Vec<BadRow>, Report> {
        self.parse_batches(block, |rows| rows.iter().for_each(&mut row))
    }

    /// As [`Parser::parse`], but a batch of rows at a time.
    pub fn parse_batches(
        &mut self,
        block: &Block,
        rows: impl FnMut(Rows<'_>),
    ) -> Result<Vec<BadRow>, Report> {
        Ok(match &mut self.reader {
            Reader::Records(reader) => reader.read(block, rows),
            Reader::Objects(reader) => reader.read(block, rows),
        })
    }
}
