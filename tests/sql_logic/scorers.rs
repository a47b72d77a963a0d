//! What conditions come to in the program and in the independent scorer.
//!
//! Each condition becomes two items of a checklist, itself and its opposite: neither of them is met where it is NULL.

use super::Truth;
use super::reference::{self, Row};
use super::rows::{COLUMNS, Lead};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The day on which the leads are scored.
pub const AS_OF: &str = "2026-11-01";

/// Who scores the leads.
#[derive(Debug, Clone, Copy)]
pub enum Scorer {
    /// The program, run on files.
    Program,
    /// The slow and obvious scorer.
    Reference,
}

impl Scorer {
    /// How many conditions one model can hold: the program takes at most 64 items in a checklist.
    fn most_conditions(self) -> usize {
        match self {
            Self::Program => 32,
            Self::Reference => usize::MAX,
        }
    }
}

/// What each condition comes to for each lead, one list for each condition.
pub fn truths(scorer: Scorer, conditions: &[String], leads: &[Lead]) -> Vec<Vec<Truth>> {
    let contacts = contacts(leads);
    let visits = visits(leads);
    let mut truths = Vec::new();
    for conditions in conditions.chunks(scorer.most_conditions()) {
        let model = model(conditions);
        let checklists = match scorer {
            Scorer::Program => program(&model, &contacts, &visits),
            Scorer::Reference => reference(&model, &contacts, &visits),
        };
        assert_eq!(checklists.len(), leads.len(), "every lead is scored");
        truths.extend(
            conditions
                .iter()
                .enumerate()
                .map(|(at, condition)| column(condition, at, &checklists)),
        );
    }
    truths
}

/// A model whose checklist holds the conditions and their opposites.
pub fn model(conditions: &[String]) -> String {
    let mut model = String::from(
        r#"
name = "Conditions"
timezone = "Europe/Amsterdam"

[contacts]
id = "id"
blank = ["Select", "N/A", "-"]

[events]
contact = "contact"
type = "event"
time = "time"

[signals]
quiet = { event = "visit", measure = "days_since_last" }

[[rules]]
name = "There"
when = "id IS NOT NULL"
points = 1

[temperatures.any]
from = 0

[checklist]
"#,
    );
    for (at, condition) in conditions.iter().enumerate() {
        for (name, condition) in [
            (format!("holds_{at}"), condition.clone()),
            (format!("fails_{at}"), format!("NOT ({condition})")),
        ] {
            let quoted = condition.replace('\\', r"\\").replace('"', "\\\"");
            writeln!(model, "{name} = {{ when = \"{quoted}\" }}").expect("a text grows");
        }
    }
    model
}

/// The items of the checklist and whether they are met, lead by lead.
type Checklists = Vec<BTreeMap<String, bool>>;

fn column(condition: &str, at: usize, checklists: &Checklists) -> Vec<Truth> {
    checklists
        .iter()
        .map(|checklist| {
            let met = |item: &str| checklist[&format!("{item}_{at}")];
            match (met("holds"), met("fails")) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                (false, false) => None,
                (true, true) => panic!("{condition} holds as well as its opposite"),
            }
        })
        .collect()
}

fn id(lead: usize) -> String {
    format!("L{lead:05}")
}

fn row<const N: usize>(cells: [(&str, &str); N]) -> Row {
    cells
        .map(|(header, cell)| (header.to_owned(), cell.to_owned()))
        .into()
}

fn contacts(leads: &[Lead]) -> Vec<Row> {
    let contact = |(at, lead): (usize, &Lead)| {
        let mut contact = row([("id", &id(at))]);
        for (column, cell) in COLUMNS.iter().zip(lead.cells) {
            contact.insert((*column).to_owned(), cell.text.to_owned());
        }
        contact
    };
    leads.iter().enumerate().map(contact).collect()
}

/// The last visit of each lead, and one of somebody unknown, so that there are visits at all.
fn visits(leads: &[Lead]) -> Vec<Row> {
    let visit = |contact: &str, ago: u8| {
        let as_of: jiff::civil::Date = AS_OF.parse().expect("a day");
        let day = as_of - jiff::Span::new().days(i64::from(ago));
        row([
            ("contact", contact),
            ("event", "visit"),
            ("time", &format!("{day}T10:00:00Z")),
        ])
    };
    let mut visits = vec![visit("nobody", 1)];
    for (at, lead) in leads.iter().enumerate() {
        visits.extend(lead.quiet.map(|ago| visit(&id(at), ago)));
    }
    visits
}

fn reference(model: &str, contacts: &[Row], visits: &[Row]) -> Checklists {
    let mut scored = reference::score(model, contacts, visits, AS_OF);
    scored.sort_by(|one, other| one.id.cmp(&other.id));
    scored
        .into_iter()
        .map(|lead| lead.checklist.into_iter().collect())
        .collect()
}

fn program(model: &str, contacts: &[Row], visits: &[Row]) -> Checklists {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("model.toml"), model).expect("a model file");
    write_csv(&folder.path().join("contacts.csv"), contacts);
    write_csv(&folder.path().join("events.csv"), visits);
    let run = Command::new(env!("CARGO_BIN_EXE_hotlist"))
        .current_dir(folder.path())
        .args(["score", "contacts.csv", "-e", "events.csv"])
        .args(["-m", "model.toml", "--format", "json", "--as-of", AS_OF])
        .output()
        .expect("the program runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}\n{told}", run.status);
    let leads: Vec<Value> = serde_json::from_slice(&run.stdout).expect("an array of leads");
    let leads: BTreeMap<String, BTreeMap<String, bool>> = leads
        .iter()
        .map(|lead| {
            let id = lead["contact_id"].as_str().expect("an id").to_owned();
            let items = lead["checklist"].as_object().expect("a checklist");
            let items = items
                .iter()
                .map(|(name, met)| (name.clone(), met.as_bool().expect("met or not")));
            (id, items.collect())
        })
        .collect();
    leads.into_values().collect()
}

fn write_csv(path: &Path, rows: &[Row]) {
    let mut writer = csv::Writer::from_path(path).expect("a file");
    writer.write_record(rows[0].keys()).expect("a header");
    for row in rows {
        writer.write_record(row.values()).expect("a row");
    }
    writer.flush().expect("a written file");
}
