//! The cases of the Rust library `csv` for its reader as it is without settings, and its example files. That library
//! takes whatever it is given; hotlist refuses what could hide damage.

use std::fs;

use serde_json::Value;

use crate::reading::{Comparison, Deviation, folder, read, records};

const DEVIATIONS: [Deviation; 1] = [(
    "quote_no_escapes",
    "bad_quote",
    "text behind a closing quote is damage: nobody can tell what was meant",
)];

const FILES: [Deviation; 2] = [
    (
        "strange.csv",
        "bad-header",
        "its quotes are escaped with a backslash, and some of its lines are comments",
    ),
    (
        "uspop-latin1.csv",
        "bad_utf8",
        "it is not UTF-8, and nothing in it says what else: that is what --encoding is for",
    ),
];

#[test]
#[ignore = "needs the cases of the csv library in the folder that RUST_CSV names"]
fn the_reader_cases_of_the_csv_library_read_as_they_should() {
    let text = fs::read_to_string(folder("RUST_CSV").join("csv-core-reader-cases.json"));
    let cases: Vec<Value> =
        serde_json::from_str(&text.expect("the collection is there")).expect("JSON");
    let mut comparison = Comparison::default();
    for case in &cases {
        let name = case["name"].as_str().expect("a name");
        let delimiter = match case["config"].as_str() {
            Some("") => b',',
            _ if name == "delimiter_tabs" => b'\t',
            _ => continue,
        };
        let wanted: Vec<Vec<String>> =
            serde_json::from_value(case["expect"].clone()).expect("records");
        let width = wanted.iter().map(Vec::len).max().unwrap_or(1);
        let outcome = records(case["input"].as_str().expect("a text"), width, delimiter);
        comparison.add_records(name, &outcome, &wanted, &DEVIATIONS);
    }
    comparison.finish(45, &DEVIATIONS);
}

#[test]
#[ignore = "needs the cases of the csv library in the folder that RUST_CSV names"]
fn the_example_files_of_the_csv_library_are_read_or_refused_for_a_reason() {
    let folder = folder("RUST_CSV").join("examples/data");
    let mut comparison = Comparison::default();
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the collection is there")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    names.sort();
    for path in names {
        let bytes = fs::read(&path).expect("the file can be read");
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bytes.as_slice());
        let wanted: Vec<Vec<String>> = reader
            .byte_records()
            .map(|record| {
                let record = record.expect("the library reads its own files");
                record
                    .iter()
                    .map(|cell| String::from_utf8_lossy(cell).into_owned())
                    .collect()
            })
            .collect();
        let outcome = read(bytes, None).map(|records| records.len().to_string());
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let outcome = outcome.unwrap_or_else(|code| code);
        comparison.add(&name, &outcome, &wanted.len().to_string(), &FILES);
    }
    comparison.finish(5, &FILES);
}
