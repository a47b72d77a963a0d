//! csv-spectrum: small files with what they should read as.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::reading::{folder, read};

type Record = BTreeMap<String, String>;

#[test]
#[ignore = "needs the csv-spectrum collection in the folder that CSV_SPECTRUM names"]
fn every_file_of_csv_spectrum_reads_as_it_should() {
    let folder = folder("CSV_SPECTRUM");
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
        let bytes = fs::read(path).expect("the file can be read");
        let header = String::from_utf8_lossy(&bytes).into_owned();
        let header = header.lines().next().unwrap_or_default().to_owned();
        let names = header
            .split(',')
            .map(|name| name.trim_matches('"').to_owned());
        let names: Vec<String> = names.collect();
        let records = read(bytes, None).expect("it is sound");
        let records: Vec<Record> = records
            .into_iter()
            .map(|record| names.iter().cloned().zip(record).collect())
            .collect();
        assert_eq!(records, expected, "{}", path.display());
    }
}
