//! One model, one answer: the queries that `hotlist sql` writes give, on SQLite, the list and the ledger of `hotlist
//! score`, cell by cell, for random models and exports, for every example and for the sample data.
//!
//! Other engines get the same cases from `write_cases`, which writes them to a folder; `.ci/sql-parity` runs them.

#![allow(clippy::doc_markdown, reason = "SQLite is a name, not code")]

#[path = "sql_parity/beyond.rs"]
mod beyond;
#[path = "properties/by_hand.rs"]
mod by_hand;
#[path = "sql_parity/cases.rs"]
mod cases;
#[path = "properties/clocks.rs"]
mod clocks;
#[path = "properties/conditions.rs"]
mod conditions;
#[path = "sql_parity/examples.rs"]
mod examples;
#[path = "properties/exports.rs"]
mod exports;
#[path = "sql_parity/flavour.rs"]
mod flavour;
#[path = "sql_parity/folders.rs"]
mod folders;
#[path = "properties/models.rs"]
#[allow(dead_code, reason = "queries are of people, not of accounts")]
mod models;
#[path = "properties/outcomes.rs"]
mod outcomes;
#[path = "sql_parity/query.rs"]
mod query;
#[path = "properties/row.rs"]
mod row;
#[path = "properties/rules.rs"]
mod rules;
#[path = "sql_parity/scored.rs"]
mod scored;
#[path = "properties/signals.rs"]
mod signals;
#[path = "sql_parity/spoiled.rs"]
mod spoiled;
#[path = "sql_parity/sqlite.rs"]
mod sqlite;
#[path = "sql_parity/table.rs"]
mod table;
#[path = "sql_parity/words.rs"]
mod words;

use cases::{Case, case};
use flavour::Typed;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use query::{Refused, queries};
use scored::{Answer, Files};
use spoiled::spoiled;
use std::cell::{Cell, RefCell};
use table::Table;

/// What SQLite makes of the queries.
///
/// # Errors
/// Where there are none, or where a query refuses what it finds in the tables.
fn on_sqlite(files: &Files, tables: &[(&str, &Table)], types: &[Typed]) -> Result<Answer, Refused> {
    let queries = queries(files, "sqlite", types)?;
    let database = sqlite::database(tables, types).expect("a database");
    let rows = |sql: &str| sqlite::rows(&database, sql).map_err(refusal);
    Ok(Answer {
        list: rows(&queries.list)?,
        ledger: rows(&queries.ledger)?,
    })
}

/// A query that refuses what it finds says so itself.
fn refusal(error: rusqlite::Error) -> Refused {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(told)) if told.contains("hotlist: ") => {
            Refused::Data(told)
        }
        rusqlite::Error::SqlInputError { msg, .. } => Refused::Crash(msg),
        other => Refused::Crash(other.to_string()),
    }
}

/// The case in a folder, what the engine says of it, and SQLite.
fn both(case: &Case) -> (Result<Answer, String>, Result<Answer, Refused>) {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folders::write(case, folder.path());
    let tables: Vec<(&str, &Table)> = case.tables.iter().map(|(name, t)| (*name, t)).collect();
    (files.score(), on_sqlite(&files, &tables, &case.types))
}

/// A number from the environment.
fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A runner that makes the same cases every time, unless `PROPTEST_RNG_SEED` asks for others.
fn runner(cases: u64) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases: u32::try_from(asked("PROPTEST_CASES").unwrap_or(cases)).expect("so many"),
        rng_seed: RngSeed::Fixed(asked("PROPTEST_RNG_SEED").unwrap_or(1)),
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

/// What came of one case.
enum Outcome {
    Same,
    /// The query refuses the model or the tables, and says why.
    Refused(String),
    /// What is wrong.
    Wrong(String),
}

fn outcome(case: &Case) -> Outcome {
    match both(case) {
        (_, Err(Refused::Crash(why))) => Outcome::Wrong(why),
        (_, Err(refused)) => Outcome::Refused(refused.why().to_owned()),
        // Where nobody is a lead, no database looks at what anybody did.
        (Err(why), Ok(theirs)) if theirs.list.rows.is_empty() => Outcome::Refused(why),
        (Err(why), Ok(_)) => Outcome::Wrong(format!("is not refused: {why}")),
        (Ok(ours), Ok(theirs)) => match ours.difference(&theirs) {
            None => Outcome::Same,
            Some(difference) => Outcome::Wrong(difference),
        },
    }
}

/// Tries cases until one comes out wrong, which is shrunk; gives how many were the same, and why others were refused.
fn try_all(cases: u64, case: impl Strategy<Value = Case>) -> (usize, Vec<String>) {
    let (same, refused) = (Cell::new(0), RefCell::new(Vec::new()));
    let tried = runner(cases).run(&case, |case| {
        match outcome(&case) {
            Outcome::Same => same.set(same.get() + 1),
            Outcome::Refused(why) => refused.borrow_mut().push(why),
            Outcome::Wrong(why) => return Err(TestCaseError::fail(why)),
        }
        Ok(())
    });
    tried.unwrap_or_else(|failure| panic!("{failure}"));
    (same.get(), refused.into_inner())
}

#[test]
fn sqlite_gives_the_list_and_the_ledger_of_the_engine_on_every_row() {
    let (same, refused) = try_all(240, case());
    let why = refused.join("\n");
    assert!(
        refused.len() * 20 <= same,
        "{} are refused:\n{why}",
        refused.len()
    );
}

#[test]
fn no_query_answers_what_the_engine_refuses() {
    let (same, refused) = try_all(120, spoiled());
    assert!(
        same >= 20 && refused.len() >= 20,
        "{same} of 120 are answered"
    );
}

#[test]
fn the_cases_use_every_word_of_the_model_language() {
    let mut runner = runner(240);
    let models: Vec<String> = (0..runner.config().cases)
        .map(|_| {
            let tree = case().new_tree(&mut runner).expect("a case");
            tree.current().model
        })
        .collect();
    assert_eq!(words::unused(&models), [""; 0]);
}

#[test]
fn every_example_gives_the_same_on_sqlite() {
    for (name, example) in examples::all() {
        let tables: Vec<(&str, &Table)> = example.tables.iter().map(|(n, t)| (*n, t)).collect();
        let theirs = on_sqlite(&example.files, &tables, &[]);
        let theirs = theirs.unwrap_or_else(|refused| panic!("{name}: {}", refused.why()));
        let ours = example.files.score().expect("a list");
        if let Some(difference) = ours.difference(&theirs) {
            panic!("{name}: {difference}");
        }
    }
}

#[test]
fn of_several_answers_the_one_that_is_asked_for_counts() {
    let events = [
        ("A", "outreach", "10:00"),
        ("A", "reply", "10:30"),
        ("A", "outreach", "11:00"),
        ("A", "reply", "11:05"),
        ("A", "outreach", "12:00"),
        ("A", "reply", "12:50"),
        ("B", "outreach", "09:00"),
        ("B", "reply", "09:02"),
        ("B", "reply", "09:03"),
    ];
    let events = events.map(|(contact, event, time)| {
        [contact, event, &format!("2026-10-01 {time}")].map(str::to_owned)
    });
    let table = |columns: &[&str], rows: Vec<Vec<String>>| Table {
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        rows,
    };
    let contacts = ["A", "B", "C"].map(|id| vec![id.to_owned()]).to_vec();
    for take in ["fastest", "slowest", "median", "latest"] {
        let case = Case {
            model: format!(
                "[signals]\nwait = {{ measure = \"response\", from = \"outreach\", to = \"reply\", take = \"{take}\" }}\n\
                 [[rules]]\nname = \"Wait\"\nsignal = \"wait\"\npoints = 1\n"
            ),
            as_of: "2026-11-01".to_owned(),
            tables: vec![
                ("contacts", table(&["contact_id"], contacts.clone())),
                (
                    "events",
                    table(
                        &["contact_id", "event", "timestamp"],
                        events.iter().map(|event| event.to_vec()).collect(),
                    ),
                ),
            ],
            types: Vec::new(),
        };
        match outcome(&case) {
            Outcome::Same => {}
            Outcome::Refused(why) | Outcome::Wrong(why) => panic!("{take}: {why}"),
        }
    }
}

#[test]
#[ignore = "writes SQL_CASES cases, from SQL_SEED on, to the folder SQL_FOLDER"]
fn write_cases() {
    folders::write_all();
}

#[test]
#[expect(clippy::print_stdout, reason = "a list is what was asked for")]
#[ignore = "tries PROPTEST_CASES cases without shrinking any; what is wrong goes to SQL_FOLDER"]
fn list_differences() {
    let mut runner = runner(240);
    for number in 0..runner.config().cases {
        let case = case().new_tree(&mut runner).expect("a case").current();
        let why = match outcome(&case) {
            Outcome::Same => continue,
            Outcome::Refused(why) => format!("refused: {why}"),
            Outcome::Wrong(why) => why,
        };
        println!("{number}: {why}");
        if let Ok(folder) = std::env::var("SQL_FOLDER") {
            let folder = std::path::Path::new(&folder).join(number.to_string());
            std::fs::create_dir_all(&folder).expect("a folder");
            folders::write(&case, &folder);
        }
    }
}
