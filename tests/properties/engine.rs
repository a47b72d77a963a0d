//! Runs the program on a case and reads what it says about each lead.

use super::Case;
use super::reference::{Decimal, Row, Scored, instant_of};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What both scorers must agree on for one lead.
#[derive(Debug, PartialEq, Eq)]
pub struct Lead {
    pub id: String,
    pub score: String,
    pub temperature: String,
    pub checklist: Vec<(String, bool)>,
    /// Thousandths, without entries of 0 points and with one entry `score`.
    pub ledger: Vec<(String, i64)>,
    pub last_event: Option<i64>,
}

impl From<Scored> for Lead {
    fn from(scored: Scored) -> Self {
        Self {
            id: scored.id,
            score: scored.score,
            temperature: scored.temperature,
            checklist: scored.checklist,
            ledger: scored.ledger,
            last_event: scored.last_event,
        }
    }
}

/// The leads of a case in rank order, as the program has them.
pub fn engine(case: &Case) -> Vec<Lead> {
    let leads: Vec<Value> = serde_json::from_slice(&output(case, &[])).expect("an array of leads");
    leads.iter().map(lead).collect()
}

/// What the program writes for a case, byte for byte.
pub fn output(case: &Case, flags: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("model.toml"), &case.model).expect("a model file");
    write_csv(&folder.path().join("contacts.csv"), &case.exports.contacts);
    write_csv(&folder.path().join("events.csv"), &case.exports.events);
    let run = Command::new(env!("CARGO_BIN_EXE_hotlist"))
        .current_dir(folder.path())
        .args([
            "score",
            "contacts.csv",
            "-e",
            "events.csv",
            "-m",
            "model.toml",
            "--format",
            "json",
        ])
        .args(["--as-of", &case.exports.as_of])
        .args(flags)
        .output()
        .expect("the program runs");
    assert!(
        run.status.success(),
        "{}\n{}",
        run.status,
        String::from_utf8_lossy(&run.stderr)
    );
    run.stdout
}

fn write_csv(path: &Path, rows: &[Row]) {
    let mut writer = csv::Writer::from_path(path).expect("a file");
    writer.write_record(rows[0].keys()).expect("a header");
    for row in rows {
        writer.write_record(row.values()).expect("a row");
    }
    writer.flush().expect("a written file");
}

fn lead(lead: &Value) -> Lead {
    Lead {
        id: text(&lead["contact_id"]),
        score: decimal(&lead["score"]).to_string(),
        temperature: text(&lead["temperature"]),
        checklist: checklist(&lead["checklist"]),
        ledger: ledger(&lead["ledger"]),
        last_event: lead["last_event"]
            .as_str()
            .map(|time| instant_of(time).expect(time)),
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn decimal(value: &Value) -> Decimal {
    Decimal::parse(&value.to_string()).expect("a number")
}

/// An object of items, in its own order; left out where there are none.
fn checklist(value: &Value) -> Vec<(String, bool)> {
    let Some(items) = value.as_object() else {
        return Vec::new();
    };
    items
        .iter()
        .map(|(name, holds)| (name.clone(), holds.as_bool().expect("yes or no")))
        .collect()
}

fn ledger(value: &Value) -> Vec<(String, i64)> {
    let mut entries: Vec<(String, i64)> = Vec::new();
    let mut score = 0;
    for entry in value.as_array().expect("a list of entries") {
        let points = decimal(&entry["points"]).thousandths();
        match (entry["rule"].as_str(), entry["group"].as_str()) {
            (Some(rule), _) => entries.push((format!("rule:{rule}"), points)),
            (None, Some(group)) => entries.push((format!("group:{group}"), points)),
            (None, None) => score += points,
        }
    }
    entries.push(("score".to_owned(), score));
    entries.retain(|(_, points)| *points != 0);
    entries
}
