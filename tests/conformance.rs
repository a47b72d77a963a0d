//! The CSV reader against csv-spectrum, a collection of small files with what they should read as. The collection is
//! not part of the project: `CSV_SPECTRUM=its-folder cargo test --test conformance -- --ignored`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hotlist::input::{Binding, Options, Table, open};

type Record = BTreeMap<String, String>;

fn records(path: &Path) -> Vec<Record> {
    let opened = open(path).expect("the file opens");
    let mut table = Table::begin(opened, &Options::default()).expect("it has a header");
    let headers = table.headers().to_vec();
    let mut binding = Binding::new(headers.len());
    for slot in 0..headers.len() {
        binding.bind(slot, slot);
    }
    let mut parser = table.parser(Arc::new(binding));
    let mut records = Vec::new();
    while let Some(block) = table.next_block().expect("it is whole") {
        parser.parse(&block, |row| {
            let row = row.unwrap_or_else(|bad| panic!("{}: {bad:?}", path.display()));
            let cells = (0..).zip(&headers);
            records.push(
                cells
                    .map(|(slot, name)| (name.clone(), row.text(slot).to_owned()))
                    .collect(),
            );
        });
    }
    records
}

#[test]
#[ignore = "needs the csv-spectrum collection in the folder that CSV_SPECTRUM names"]
fn every_file_of_csv_spectrum_reads_as_it_should() {
    let folder = PathBuf::from(std::env::var_os("CSV_SPECTRUM").expect("CSV_SPECTRUM is set"));
    let mut names: Vec<PathBuf> = fs::read_dir(folder.join("csvs"))
        .expect("the collection is there")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "the collection is empty");
    for path in &names {
        let stem = path.file_stem().expect("a file has a name");
        let json = folder.join("json").join(stem).with_extension("json");
        let json = fs::read_to_string(json).expect("what it should read as");
        let expected: Vec<Record> = serde_json::from_str(&json).expect("an array of objects");
        assert_eq!(records(path), expected, "{}", path.display());
    }
}
