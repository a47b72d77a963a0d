//! One lead per line, each an object as in the [`json`](super::json) array.

use std::io::{self, Write};

use super::columns::Columns;
use super::json::{object, object_parts};
use super::rows::Rows;
use crate::rank::{Lead, Parts};

/// Writes newline-delimited JSON.
#[derive(Debug)]
pub struct Ndjson<'run> {
    columns: &'run Columns<'run>,
}

impl<'run> Ndjson<'run> {
    /// A writer of these columns.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self { columns }
    }
}

impl Rows for Ndjson<'_> {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn lead(&mut self, _: u64, lead: &Lead<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        object(self.columns, lead, text);
        text.push(b'\n');
        Ok(())
    }

    fn end(&mut self, _: u64, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn parts(&self) -> Parts {
        object_parts(self.columns)
    }

    fn another(&self) -> Box<dyn Rows + '_> {
        Box::new(Self::new(self.columns))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, sample};

    fn written(format: Format) -> String {
        sample::written(format, &sample::leads())
    }

    #[test]
    fn each_line_is_a_lead_as_in_the_array() {
        let array = written(Format::Json);
        let leads = array.trim_start_matches("[\n").trim_end_matches("\n]\n");
        let lines = leads.replace(",\n{", "\n{") + "\n";
        assert_eq!(written(Format::Ndjson), lines);
    }

    #[test]
    fn every_line_is_json_of_its_own() {
        for line in written(Format::Ndjson).lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value["ledger"].is_array());
        }
    }
}
