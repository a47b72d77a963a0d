//! Cases as folders: for the program, and for engines that are run elsewhere.
//!
//! A folder holds `model.toml`, the tables as `contacts.csv`, `events.csv` and perhaps `previous.csv` and
//! `overrides.csv`, the typed columns as `types.csv`, what must come out as `list.csv` and `ledger.csv`, and for each
//! dialect `DIALECT.list.sql` and `DIALECT.ledger.sql`. Where the query fails on SQLite there is `refused.txt`; if it stands
//! alone the queries must fail everywhere, and beside the answers they may fail or give these. Where a dialect cannot
//! say the model, `DIALECT.refused.txt` stands for its queries. `SQL_DIALECTS` names the dialects that are wanted, with
//! commas between; without it all are.

use super::cases::{Case, case};
use super::examples;
use super::flavour::Typed;
use super::query::{Refused, queries};
use super::scored::{Answer, Files};
use super::spoiled::spoiled;
use super::table::Table;
use super::{asked, on_sqlite};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every dialect that there is.
const DIALECTS: [&str; 11] = [
    "duckdb",
    "postgres",
    "spark",
    "databricks",
    "bigquery",
    "snowflake",
    "redshift",
    "trino",
    "clickhouse",
    "datafusion",
    "sqlite",
];

/// Writes what the program reads of a case.
pub fn write(case: &Case, folder: &Path) -> Files {
    let file = |name: &str, content: &str| fs::write(folder.join(name), content).expect("a file");
    file("model.toml", &case.model);
    for (name, table) in &case.tables {
        file(&format!("{name}.csv"), &table.to_csv());
    }
    let has = |name: &str| {
        let is_there = case.tables.iter().any(|(table, _)| *table == name);
        is_there.then(|| format!("{name}.csv"))
    };
    Files {
        folder: folder.to_owned(),
        contacts: "contacts.csv".to_owned(),
        events: has("events"),
        model: Some("model.toml".to_owned()),
        previous: has("previous"),
        overrides: has("overrides"),
        as_of: case.as_of.clone(),
    }
}

/// Writes what other engines are asked, and what must come out: the answer, or that the query fails.
fn write_for_engines(
    folder: &Path,
    tables: &[(&str, &Table)],
    types: &[Typed],
    answer: Option<&Answer>,
    refusal: Option<&str>,
    files: &Files,
) {
    let file = |name: &str, content: &str| fs::write(folder.join(name), content).expect("a file");
    for (name, table) in tables {
        file(&format!("{name}.csv"), &table.to_csv());
    }
    let typed = types
        .iter()
        .map(|typed| [typed.table, typed.header, typed.kind]);
    let typed = Table {
        columns: ["table", "column", "type"].map(str::to_owned).to_vec(),
        rows: typed.map(|row| row.map(str::to_owned).to_vec()).collect(),
    };
    file("types.csv", &typed.to_csv());
    if let Some(answer) = answer {
        file("list.csv", &answer.list.to_csv());
        file("ledger.csv", &answer.ledger.to_csv());
    }
    if let Some(why) = refusal {
        file("refused.txt", why);
    }
    let wanted = std::env::var("SQL_DIALECTS").unwrap_or_default();
    let is_wanted =
        |dialect: &&str| wanted.is_empty() || wanted.split(',').any(|one| one == *dialect);
    for dialect in DIALECTS.into_iter().filter(is_wanted) {
        match queries(files, dialect, types) {
            Ok(queries) => {
                file(&format!("{dialect}.list.sql"), &queries.list);
                file(&format!("{dialect}.ledger.sql"), &queries.ledger);
            }
            Err(refused) => file(&format!("{dialect}.refused.txt"), refused.why()),
        }
    }
}

/// Writes as many cases as `SQL_CASES` says to the folder `SQL_FOLDER`, a tenth as many that must be refused, and every
/// example, each after SQLite gave the same. Models that cannot be said in SQL are not among them.
pub fn write_all() {
    let folder = PathBuf::from(std::env::var("SQL_FOLDER").expect("SQL_FOLDER names a folder"));
    let wanted = usize::try_from(asked("SQL_CASES").unwrap_or(1000)).expect("so many");
    let to = |name: &str| {
        let to = folder.join(name);
        fs::create_dir_all(&to).expect("a folder");
        to
    };
    for (name, example) in examples::all() {
        let tables: Vec<(&str, &Table)> = example.tables.iter().map(|(n, t)| (*n, t)).collect();
        let expected = example.files.score().expect("a list");
        write_for_engines(
            &to(&name),
            &tables,
            &[],
            Some(&expected),
            None,
            &example.files,
        );
    }

    let config = ProptestConfig {
        rng_seed: RngSeed::Fixed(asked("SQL_SEED").unwrap_or(1)),
        ..ProptestConfig::default()
    };
    let runner = Mutex::new((TestRunner::new(config), 0));
    let (answered, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let unsaid = Mutex::new(Vec::new());
    // The next case and its number, until there are enough.
    let next = || {
        let (runner, number) = &mut *runner.lock().expect("a runner");
        *number += 1;
        if answered.load(Ordering::Relaxed) < wanted {
            let case = case().new_tree(runner).expect("a case").current();
            Some((format!("case-{number:04}"), case))
        } else if refused.load(Ordering::Relaxed) * 10 < wanted {
            let case = spoiled().new_tree(runner).expect("a case").current();
            Some((format!("spoiled-{number:04}"), case))
        } else {
            None
        }
    };
    let write_one = |name: &str, case: &mut Case| {
        let scratch = tempfile::tempdir().expect("a folder");
        let files = write(case, scratch.path());
        // What compares a column of a type as a text cannot be said; then it is kept as a text.
        if queries(&files, "duckdb", &case.types).is_err() {
            case.types.clear();
        }
        let tables: Vec<(&str, &Table)> = case.tables.iter().map(|(name, t)| (*name, t)).collect();
        let ours = files.score();
        let refusal = match (&ours, on_sqlite(&files, &tables, &case.types)) {
            (Ok(ours), Ok(theirs)) => {
                if let Some(difference) = ours.difference(&theirs) {
                    panic!("SQLite: {difference}\n{case:?}");
                }
                answered.fetch_add(1, Ordering::Relaxed);
                None
            }
            (Err(_), Ok(theirs)) if theirs.list.rows.is_empty() => return,
            (Err(why), Ok(_)) => panic!("SQLite answers: {why}\n{case:?}"),
            (_, Err(Refused::Crash(why))) => panic!("SQLite: {why}\n{case:?}"),
            (_, Err(Refused::Data(why))) => {
                refused.fetch_add(1, Ordering::Relaxed);
                Some(why)
            }
            (_, Err(Refused::Model(why))) => {
                unsaid.lock().expect("a list").push(why);
                return;
            }
        };
        let to = to(name);
        write(case, &to);
        let answer = ours.as_ref().ok();
        write_for_engines(
            &to,
            &tables,
            &case.types,
            answer,
            refusal.as_deref(),
            &files,
        );
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, mut case)) = next() {
                    write_one(&name, &mut case);
                }
            });
        }
    });
    let unsaid = unsaid.into_inner().expect("a list");
    #[expect(
        clippy::print_stdout,
        reason = "who asks for the cases is told about them"
    )]
    {
        println!(
            "{} cases with answers, {} that are refused, {} models not said\n{}",
            answered.into_inner(),
            refused.into_inner(),
            unsaid.len(),
            unsaid.join("\n")
        );
    }
}
