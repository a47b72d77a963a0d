//! Formats in which each lead is a text of its own, whatever stands around it: written one after the other, or by
//! several threads side by side.

use std::io::{self, Write};

use super::{Exporter, Summary};
use crate::rank::{Lead, Parts};

/// One such format. Pure, as an [`Exporter`] is.
pub trait Rows: Send {
    /// Writes what stands before the first lead.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// Appends a lead; `number` is its own in what is written, from 0.
    fn lead(&mut self, number: u64, lead: &Lead<'_>, text: &mut Vec<u8>) -> io::Result<()>;

    /// Writes what stands after the last of so many leads.
    fn end(&mut self, leads: u64, out: &mut dyn Write) -> io::Result<()>;

    /// The parts of a lead that it shows.
    fn parts(&self) -> Parts;

    /// Text cells written otherwise so far, so that no spreadsheet runs or obeys them.
    fn cells_escaped(&self) -> u64 {
        0
    }

    /// Another of the same, which has written nothing yet.
    fn another(&self) -> Box<dyn Rows + '_>;
}

/// Exports a format of [`Rows`].
#[derive(Debug)]
pub struct ByRow<R> {
    rows: R,
    text: Vec<u8>,
    summary: Summary,
}

impl<R: Rows> ByRow<R> {
    /// An exporter of the format.
    pub fn new(rows: R) -> Self {
        Self {
            rows,
            text: Vec::new(),
            summary: Summary::default(),
        }
    }
}

impl<R: Rows> Exporter for ByRow<R> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.rows.begin(out)
    }

    fn lead(&mut self, lead: &Lead<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.text.clear();
        self.rows.lead(self.summary.leads, lead, &mut self.text)?;
        self.summary.leads += 1;
        out.write_all(&self.text)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        self.rows.end(self.summary.leads, out)?;
        self.summary.cells_escaped += self.rows.cells_escaped();
        Ok(self.summary)
    }

    fn parts(&self) -> Parts {
        self.rows.parts()
    }

    fn rows(&self) -> Option<Box<dyn Rows + '_>> {
        Some(self.rows.another())
    }

    fn wrote(&mut self, rows: Summary) {
        self.summary.leads += rows.leads;
        self.summary.cells_escaped += rows.cells_escaped;
    }
}
