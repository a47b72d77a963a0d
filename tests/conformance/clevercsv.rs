//! The unit tests of `CleverCSV`, as far as they speak of what hotlist reads: comma, semicolon, tab and bar, and double
//! quotes that are written twice inside quotes.

use std::fs;
use std::io::Cursor;

use hotlist::input::{Format, Opened, Options, Table};
use serde_json::Value;

use crate::reading::{Comparison, Deviation, folder, records};

const UNCLOSED: &str = "a quote that is never closed would swallow every later row";

const DEVIATIONS: [Deviation; 7] = [
    ("test_parse_builtin_5", "unclosed-quote", UNCLOSED),
    ("test_parse_builtin_6", "unclosed-quote", UNCLOSED),
    (
        "test_parse_differ_2",
        "bad_quote",
        "text behind a closing quote is damage: nobody can tell what was meant",
    ),
    (
        "test_parse_other_5",
        "control_char",
        "lines of one file end in one way: beside LF a CR alone is no line end",
    ),
    (
        "test_parse_quote_mismatch_1",
        "field_count",
        "a quote inside a cell without quotes is a character like any other",
    ),
    ("test_parse_quote_mismatch_3", "unclosed-quote", UNCLOSED),
    ("test_parse_quote_mismatch_4", "unclosed-quote", UNCLOSED),
];

fn cases(kind: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder("CLEVERCSV").join("cases.json"));
    let cases: Value = serde_json::from_str(&text.expect("the collection is there")).expect("JSON");
    cases[kind].as_array().expect("cases").clone()
}

#[test]
#[ignore = "needs CleverCSV's cases in the folder that CLEVERCSV names"]
fn the_parser_cases_of_clevercsv_read_as_they_should() {
    let mut comparison = Comparison::default();
    for case in cases("parser_cases") {
        let text = case["chunks"].as_str().expect("a text");
        let told = &case["kwargs"];
        let delimiter = match told["delimiter"].as_str() {
            Some(delimiter @ ("," | ";" | "\t" | "|")) => delimiter.as_bytes()[0],
            _ => continue,
        };
        let quotes = told["quotechar"].as_str() == Some("\"") || !text.contains('"');
        if !quotes || !told["escapechar"].is_null() || !told["return_quoted"].is_null() {
            continue;
        }
        let wanted: Vec<Vec<String>> =
            serde_json::from_value(case["expect"].clone()).expect("records");
        // A blank line is no record.
        let wanted: Vec<Vec<String>> = wanted.into_iter().filter(|r| !r.is_empty()).collect();
        let width = wanted.iter().map(Vec::len).max().unwrap_or(1);
        let outcome = records(text, width, delimiter);
        let name = case["test"].as_str().expect("a name");
        comparison.add_records(name, &outcome, &wanted, &DEVIATIONS);
    }
    comparison.finish(20, &DEVIATIONS);
}

#[test]
#[ignore = "needs CleverCSV's cases in the folder that CLEVERCSV names"]
fn no_delimiter_of_clevercsv_is_guessed_wrong() {
    let mut told = 0;
    for case in cases("detect_cases") {
        let wanted = match case["dialect"]["delimiter"].as_str() {
            Some(delimiter @ ("," | ";" | "\t" | "|")) => delimiter.as_bytes()[0],
            _ => continue,
        };
        let sample = case["sample"].as_str().expect("a text").to_owned();
        let opened = Opened::stream(
            "case.csv".to_owned(),
            Cursor::new(sample.clone().into_bytes()),
        );
        match Table::begin(opened, &Options::default()) {
            Ok(table) => {
                assert_eq!(
                    table.format(),
                    Format::Csv { delimiter: wanted },
                    "{sample}"
                );
                told += 1;
            }
            Err(report) => assert_eq!(report.diagnostics[0].code, "unclear-delimiter", "{sample}"),
        }
    }
    assert!(told >= 5, "{told}");
}
