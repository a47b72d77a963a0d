//! Texts as our reader reads them, and how outcomes are compared.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use hotlist::input::{Binding, Opened, Options, Table};

/// What becomes of a text: its records, or the code of what is wrong with it.
pub type Outcome = Result<Vec<Vec<String>>, String>;

/// A case that comes out otherwise on purpose: its name, the outcome and the reason.
pub type Deviation = (&'static str, &'static str, &'static str);

/// The folder that a variable names.
pub fn folder(variable: &str) -> PathBuf {
    let folder = std::env::var_os(variable);
    PathBuf::from(folder.unwrap_or_else(|| panic!("{variable} names the folder of the collection")))
}

/// The records of `text`, read below a header of `width` columns.
pub fn records(text: &str, width: usize, delimiter: u8) -> Outcome {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    // The lines of the text tell how its header has to end.
    let line_end = if text.contains('\r') && !text.contains('\n') {
        "\r"
    } else {
        "\n"
    };
    let headers: Vec<String> = (0..width)
        .map(|column| format!("column {column}"))
        .collect();
    let header = headers.join(&char::from(delimiter).to_string());
    read(
        format!("{mark}{header}{line_end}{text}").into_bytes(),
        Some(delimiter),
    )
}

/// The records of a text that has a header of its own.
pub fn read(bytes: Vec<u8>, delimiter: Option<u8>) -> Outcome {
    let opened = Opened::stream("case.csv".to_owned(), Cursor::new(bytes));
    let options = Options {
        delimiter,
        ..Options::default()
    };
    let code = |report: hotlist::diagnostic::Report| report.diagnostics[0].code.to_owned();
    let mut table = Table::begin(opened, &options).map_err(code)?;
    let width = table.headers().len();
    let mut binding = Binding::new(width);
    for slot in 0..width {
        binding.bind(slot, slot);
    }
    let mut parser = table.parser(Arc::new(binding));
    let mut records = Vec::new();
    while let Some(block) = table.next_block().map_err(code)? {
        parser.parse(&block, |row| {
            records.push(match row {
                Ok(row) => Ok((0..width).map(|slot| row.text(slot).to_owned()).collect()),
                Err(bad) => Err(bad.code.name().to_owned()),
            });
        });
    }
    records.into_iter().collect()
}

/// Collects what differs and fails with all of it.
#[derive(Default)]
pub struct Comparison {
    differences: Vec<String>,
    seen: BTreeSet<String>,
    count: usize,
}

impl Comparison {
    /// Compares the outcome of the case `name`, in a few words, with what it should be.
    pub fn add(&mut self, name: &str, outcome: &str, wanted: &str, deviations: &[Deviation]) {
        self.count += 1;
        let listed = deviations.iter().find(|(listed, ..)| *listed == name);
        if let Some((_, other, _)) = listed {
            self.seen.insert(name.to_owned());
            if outcome == wanted {
                self.differences
                    .push(format!("{name}: listed, and as it should be"));
            } else if outcome != *other {
                self.differences
                    .push(format!("{name}: listed as {other}, is {outcome}"));
            }
        } else if outcome != wanted {
            self.differences
                .push(format!("{name}: {outcome}, should be {wanted}"));
        }
    }

    /// The same for records.
    pub fn add_records(
        &mut self,
        name: &str,
        outcome: &Outcome,
        wanted: &[Vec<String>],
        deviations: &[Deviation],
    ) {
        let outcome = match outcome {
            Ok(records) => format!("{records:?}"),
            Err(code) => code.clone(),
        };
        self.add(name, &outcome, &format!("{wanted:?}"), deviations);
    }

    /// Fails where anything differs, where fewer than `least` cases were compared, or where one is listed for nothing.
    #[track_caller]
    pub fn finish(mut self, least: usize, deviations: &[Deviation]) {
        for (name, ..) in deviations {
            if !self.seen.contains(*name) {
                self.differences
                    .push(format!("{name}: listed, and not there"));
            }
        }
        assert!(self.differences.is_empty(), "{:#?}", self.differences);
        assert!(self.count >= least, "{} cases only", self.count);
    }
}
