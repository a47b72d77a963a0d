//! One lead per line, each an object as in the [`json`](super::json) array.

use std::io::{self, Write};

use super::columns::Columns;
use super::json::object;
use super::{Exporter, Summary};
use crate::rank::Lead;

/// Writes newline-delimited JSON.
#[derive(Debug)]
pub struct Ndjson<'run> {
    columns: &'run Columns<'run>,
    line: Vec<u8>,
    summary: Summary,
}

impl<'run> Ndjson<'run> {
    /// An exporter of these columns.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self {
            columns,
            line: Vec::new(),
            summary: Summary::default(),
        }
    }
}

impl Exporter for Ndjson<'_> {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn lead(&mut self, lead: &Lead<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        object(self.columns, lead, &mut self.line)?;
        self.line.push(b'\n');
        self.summary.leads += 1;
        out.write_all(&self.line)
    }

    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<Summary> {
        Ok(self.summary)
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
