//! The station as a whole: from the bytes of an export to what a reader of rows is handed.

mod delimited;
mod known_shapes;
mod objects;
mod packed;
mod properties;
mod workbooks;

use std::io::{self, Read};
use std::sync::Arc;

use super::{BadRow, Binding, Opened, Options, Table};
use crate::diagnostic::Report;

/// A good row as the program sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    line: u64,
    record: u64,
    fingerprint: u64,
    cells: Vec<String>,
}

/// All of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Export {
    headers: Vec<String>,
    rows: Vec<Seen>,
    bad: Vec<BadRow>,
}

impl Export {
    fn cells(&self) -> Vec<Vec<&str>> {
        self.rows
            .iter()
            .map(|row| row.cells.iter().map(String::as_str).collect())
            .collect()
    }

    fn lines(&self) -> Vec<u64> {
        self.rows.iter().map(|row| row.line).collect()
    }

    /// Line, last line, record and code of every bad row.
    fn faults(&self) -> Vec<(u64, u64, u64, &'static str)> {
        self.bad
            .iter()
            .map(|bad| (bad.line, bad.end_line, bad.record, bad.code.name()))
            .collect()
    }
}

/// Gives one byte at a time, as a slow pipe may.
struct Drip(io::Cursor<Vec<u8>>);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(1);
        self.0.read(&mut buffer[..room])
    }
}

fn opened(reader: impl Read + Send + 'static) -> Opened {
    Opened::stream("export.csv".to_owned(), reader)
}

fn begin(bytes: &[u8]) -> Result<Table, Report> {
    Table::begin(opened(io::Cursor::new(bytes.to_vec())), &Options::default())
}

/// Reads everything with every header bound to the slot of its number.
fn drain(table: &mut Table) -> Result<Export, Report> {
    let headers = table.headers().to_vec();
    let mut binding = Binding::new(headers.len());
    for index in 0..headers.len() {
        binding.bind(index, index);
    }
    let mut parser = table.parser(Arc::new(binding));
    let mut rows = Vec::new();
    let mut bad = Vec::new();
    let mut index = 0;
    while let Some(block) = table.next_block()? {
        assert_eq!(block.index, index, "blocks count up");
        index += 1;
        parser.parse(&block, |row| match row {
            Ok(row) => rows.push(Seen {
                line: row.line(),
                record: row.record(),
                fingerprint: row.fingerprint(),
                cells: (0..headers.len())
                    .map(|slot| row.text(slot).to_owned())
                    .collect(),
            }),
            Err(refused) => bad.push(refused),
        });
    }
    Ok(Export { headers, rows, bad })
}

fn read_with(bytes: &[u8], options: &Options) -> Result<Export, Report> {
    let bytes = io::Cursor::new(bytes.to_vec());
    drain(&mut Table::begin(opened(bytes), options)?)
}

fn read(text: impl AsRef<[u8]>) -> Export {
    read_with(text.as_ref(), &Options::default()).unwrap()
}

fn refusal(text: impl AsRef<[u8]>) -> Report {
    read_with(text.as_ref(), &Options::default()).unwrap_err()
}
