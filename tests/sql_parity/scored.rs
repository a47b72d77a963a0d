//! What the engine says of a case: the list and the ledger, as tables.

use super::table::Table;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Columns of the list that a query does not have.
const NOT_SAID: [&str; 2] = ["next_step", "tags"];

/// A list and the ledgers of all its leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub list: Table,
    pub ledger: Table,
}

impl Answer {
    /// Where `found` is another answer than this, in words; nothing if it is the same.
    pub fn difference(&self, found: &Self) -> Option<String> {
        let list = self.list.difference(&found.list);
        let ledger = self.ledger.difference(&found.ledger);
        let told: Vec<String> = [("list", list), ("ledger", ledger)]
            .into_iter()
            .filter_map(|(name, told)| told.map(|told| format!("{name}: {told}")))
            .collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }
}

/// A folder with the files of a run, and what the program is told of them.
#[derive(Debug)]
pub struct Files {
    pub folder: PathBuf,
    pub contacts: String,
    pub events: Option<String>,
    /// The built-in model, if none.
    pub model: Option<String>,
    pub previous: Option<String>,
    pub overrides: Option<String>,
    pub as_of: String,
}

impl Files {
    /// `hotlist COMMAND` with the exports, the model and as-of.
    pub fn command(&self, command: &str) -> Command {
        let mut line = self.program();
        line.arg(command).arg(&self.contacts);
        let files = [("-e", &self.events), ("-m", &self.model)];
        for (flag, file) in files {
            if let Some(file) = file {
                line.args([flag, file]);
            }
        }
        line.args(["--as-of", &self.as_of]);
        line
    }

    /// `hotlist` in the folder.
    pub fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hotlist"));
        program.current_dir(&self.folder).env_clear();
        program
    }

    /// What the engine says.
    ///
    /// # Errors
    /// What the program says where it refuses the exports.
    pub fn score(&self) -> Result<Answer, String> {
        let mut command = self.command("score");
        for (flag, file) in [
            ("--previous", &self.previous),
            ("--overrides", &self.overrides),
        ] {
            if let Some(file) = file {
                command.args([flag, file]);
            }
        }
        command.args(["-q", "--csv-escape", "none"]);
        command.args(["-o", "scored.csv", "-o", "scored.json"]);
        let output = command.output().expect("the program runs");
        if output.status.code() == Some(65) {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        succeeded(&output);
        let list = Table::from_csv(&read(&self.folder.join("scored.csv")));
        Ok(Answer {
            list: list.without(&NOT_SAID),
            ledger: ledger(&read(&self.folder.join("scored.json"))),
        })
    }
}

/// Standard output of a run that must have succeeded.
pub fn succeeded(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{said}", output.status);
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a written file")
}

/// The ledgers in a list of JSON, one entry a row.
fn ledger(list: &str) -> Table {
    let leads: Vec<Value> = serde_json::from_str(list).expect("an array of leads");
    let mut rows = Vec::new();
    for lead in &leads {
        let entries = lead["ledger"].as_array().expect("a list of entries");
        for (number, entry) in (1..).zip(entries) {
            let entry = entry.as_object().expect("an object");
            let mut keys = entry.iter();
            let origin = keys.find(|(key, _)| !["label", "points"].contains(&key.as_str()));
            let (kind, name) = origin.expect("what the entry is of");
            rows.push(vec![
                text(&lead["contact_id"]),
                number.to_string(),
                kind.clone(),
                text(name),
                text(&entry["label"]),
                entry["points"].to_string(),
            ]);
        }
    }
    Table {
        columns: ["contact_id", "ordinal", "kind", "entry", "label", "points"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
