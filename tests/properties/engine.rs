//! Runs the program on a case and reads what it says about each lead and account.

use super::Case;
use super::reference::{Account, Decimal, Row, Scored, instant_of};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What both scorers must agree on for one lead.
#[derive(Debug, PartialEq, Eq)]
pub struct Lead {
    pub rank: Option<usize>,
    pub id: String,
    pub score: String,
    pub temperature: String,
    /// Only where the run has overrides.
    pub computed_temperature: Option<String>,
    pub is_overridden: bool,
    pub disqualified: Option<String>,
    pub stage: Option<String>,
    pub grade: Option<String>,
    pub checklist: Vec<(String, bool)>,
    pub missing: Vec<String>,
    pub route: Option<String>,
    pub assigned_to: Option<String>,
    /// Thousandths, without entries of 0 points and with one entry of each kind that has no name.
    pub ledger: Vec<(String, i64)>,
    /// Thousandths.
    pub groups: Vec<(String, i64)>,
    pub previous_score: Option<String>,
    pub change: Option<String>,
    pub last_event: Option<i64>,
}

impl Lead {
    /// What the reference says of a lead, as far as the outputs of the case have columns for it.
    pub fn expected(scored: Scored, case: &Case) -> Self {
        let has_overrides =
            case.model.contains("[overrides]") || !case.exports.overrides.is_empty();
        Self {
            rank: scored.rank,
            id: scored.id,
            score: scored.score,
            temperature: scored.temperature,
            computed_temperature: has_overrides.then_some(scored.computed_temperature),
            is_overridden: scored.is_overridden,
            disqualified: scored.disqualified,
            stage: scored.stage,
            grade: scored.grade,
            checklist: scored.checklist,
            missing: scored.missing,
            route: scored.route,
            assigned_to: scored.assigned_to,
            ledger: scored.ledger,
            groups: scored.groups,
            previous_score: scored.previous_score,
            change: scored.change,
            last_event: scored.last_event,
        }
    }
}

/// The leads of a case in rank order, as the program has them.
pub fn engine(case: &Case) -> Vec<Lead> {
    objects(&output(case, &[])).iter().map(lead).collect()
}

/// The accounts of a case in rank order, as the program has them.
///
/// # Panics
/// Where the ledger of one does not sum to its score.
pub fn engine_accounts(case: &Case) -> Vec<Account> {
    let accounts = objects(&output(case, &["--accounts"]));
    accounts.iter().map(account).collect()
}

fn objects(json: &[u8]) -> Vec<Value> {
    serde_json::from_slice(json).expect("an array of objects")
}

/// What the program writes for a case, byte for byte.
pub fn output(case: &Case, flags: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let exports = &case.exports;
    std::fs::write(folder.path().join("model.toml"), &case.model).expect("a model file");
    let mut arguments = vec![
        "score",
        "contacts.csv",
        "-e",
        "events.csv",
        "-m",
        "model.toml",
    ];
    write_csv(&folder.path().join("contacts.csv"), &exports.contacts);
    write_csv(&folder.path().join("events.csv"), &exports.events);
    if !exports.previous.is_empty() {
        write_csv(&folder.path().join("previous.csv"), &exports.previous);
        arguments.extend(["--previous", "previous.csv"]);
    }
    if !exports.overrides.is_empty() {
        write_csv(&folder.path().join("overrides.csv"), &exports.overrides);
        arguments.extend(["--overrides", "overrides.csv"]);
    }
    let run = Command::new(env!("CARGO_BIN_EXE_hotlist"))
        .current_dir(folder.path())
        .args(arguments)
        .args(["--format", "json", "--as-of", &exports.as_of])
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
        rank: lead["rank"]
            .as_u64()
            .map(|rank| rank.try_into().expect("small")),
        id: text(&lead["contact_id"]),
        score: decimal(&lead["score"]).to_string(),
        temperature: text(&lead["temperature"]),
        computed_temperature: filled(&lead["computed_temperature"]),
        is_overridden: !texts(&lead["override"]).is_empty(),
        disqualified: disqualified(&lead["reasons"]),
        stage: filled(&lead["stage"]),
        grade: filled(&lead["grade"]),
        checklist: checklist(&lead["checklist"]),
        missing: texts(&lead["missing"]),
        route: filled(&lead["route"]),
        assigned_to: filled(&lead["assigned_to"]),
        ledger: ledger(&lead["ledger"]),
        groups: groups(lead),
        previous_score: number(&lead["previous_score"]),
        change: number(&lead["change"]),
        last_event: instant(&lead["last_event"]),
    }
}

fn account(account: &Value) -> Account {
    let score = decimal(&account["score"]);
    let entries = account["ledger"].as_array().expect("a list of entries");
    let points = entries
        .iter()
        .map(|entry| decimal(&entry["points"]).thousandths());
    let sum: i64 = points.sum();
    assert_eq!(sum, score.thousandths(), "the ledger of {account}");
    let whole = |key: &str| account[key].as_u64().expect(key).try_into().expect("small");
    Account {
        rank: whole("rank"),
        name: text(&account["account"]),
        people: whole("people"),
        score: score.to_string(),
        temperature: text(&account["temperature"]),
        checklist: checklist(&account["checklist"]),
        missing: texts(&account["missing"]),
        last_event: instant(&account["last_event"]),
    }
}

/// A text that is there and not empty.
fn filled(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

/// A list that is left out where no lead could have anything in it.
fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().map_or(&[][..], Vec::as_slice);
    texts.iter().map(text).collect()
}

fn number(value: &Value) -> Option<String> {
    value.is_number().then(|| decimal(value).to_string())
}

fn instant(value: &Value) -> Option<i64> {
    value.as_str().map(|time| instant_of(time).expect(time))
}

fn disqualified(reasons: &Value) -> Option<String> {
    let reason = texts(reasons).into_iter().next()?;
    reason.strip_prefix("Disqualified: ").map(str::to_owned)
}

/// The columns of the model's groups, in their own order.
fn groups(lead: &Value) -> Vec<(String, i64)> {
    let columns = lead.as_object().expect("an object").iter();
    columns
        .filter(|(name, _)| name.starts_with("group_"))
        .map(|(name, sum)| (name.clone(), decimal(sum).thousandths()))
        .collect()
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

/// The entries of rules and groups as they stand, those of overrides by their action, then those of the score.
fn ledger(value: &Value) -> Vec<(String, i64)> {
    let mut named = Vec::new();
    let mut overrides = ["score", "add", "floor", "ceiling"].map(|action| (action, 0));
    let (mut score, mut disqualified) = (0, 0);
    for entry in value.as_array().expect("a list of entries") {
        let points = decimal(&entry["points"]).thousandths();
        if let Some(rule) = entry["rule"].as_str() {
            named.push((format!("rule:{rule}"), points));
        } else if let Some(group) = entry["group"].as_str() {
            named.push((format!("group:{group}"), points));
        } else if let Some(action) = entry["override"].as_str() {
            let of_action = overrides.iter_mut().find(|(name, _)| *name == action);
            of_action.expect(action).1 += points;
        } else if entry.get("disqualified").is_some() {
            disqualified += points;
        } else {
            assert!(entry.get("score").is_some(), "{entry} is of something else");
            score += points;
        }
    }
    let overrides = overrides.map(|(action, points)| (format!("override:{action}"), points));
    let last = [("score", score), ("disqualified", disqualified)];
    let mut entries = named;
    entries.extend(overrides);
    entries.extend(last.map(|(name, points)| (name.to_owned(), points)));
    entries.retain(|(_, points)| *points != 0);
    entries
}
