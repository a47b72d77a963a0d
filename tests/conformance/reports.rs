//! Reports on real data, with what they are compared with: rows counted here, plainly.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::scene::Scene;

/// A row of a file by its headers.
pub type Row = BTreeMap<String, String>;

/// The rows of a CSV file.
pub fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("the file is there");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("a row");
        let cells = headers.iter().zip(&row);
        cells
            .map(|(header, cell)| (header.to_owned(), cell.trim().to_owned()))
            .collect()
    };
    reader.records().map(row).collect()
}

/// Days from one date to another, both written as 2018-02-26, whatever follows.
pub fn days_between(from: &str, to: &str) -> i64 {
    let day = |text: &str| {
        let part = |place: std::ops::Range<usize>| text[place].parse::<i64>().expect("a date");
        let (year, month, day) = (part(0..4), part(5..7), part(8..10));
        // Years begin in March, so that the leap day is the last.
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
    };
    day(to) - day(from)
}

/// The lower of the two values in the middle.
pub fn lower_median(values: &[i64]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// A report as JSON.
pub fn report(scene: &Scene, arguments: &str) -> Value {
    let output = scene.run(&format!("report {arguments} -q --format json"));
    serde_json::from_str(&output.output()).expect("JSON")
}

/// The row of a table of a report whose first column has this name.
#[track_caller]
pub fn row<'j>(report: &'j Value, table: &str, column: &str, name: &str) -> &'j Value {
    let rows = report["tables"][table].as_array().expect("the table");
    let found = rows.iter().find(|row| row[column] == name);
    found.unwrap_or_else(|| panic!("no {name} in {table}"))
}

/// That a figure of a row is this one, to so many decimals.
#[track_caller]
pub fn assert_near(row: &Value, column: &str, wanted: f64, decimals: i32) {
    let found = row[column].as_f64();
    let found = found.unwrap_or_else(|| panic!("no {column} in {row}"));
    assert!(
        (found - wanted).abs() <= 0.5001 * 10_f64.powi(-decimals),
        "{column}: {wanted} in {row}"
    );
}

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
pub fn real(count: usize) -> f64 {
    count as f64
}
