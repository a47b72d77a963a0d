//! Cases as folders: for the program, and for engines that are run elsewhere.
//!
//! A folder holds `model.toml`, the tables as `contacts.csv`, `events.csv` and perhaps `previous.csv` and
//! `overrides.csv`, the typed columns as `types.csv`, what must come out as `list.csv` and `ledger.csv`, and for each
//! dialect `DIALECT.list.sql` and `DIALECT.ledger.sql`.

use super::cases::{Case, case};
use super::examples;
use super::flavour::Typed;
use super::query::{Refused, queries};
use super::scored::{Answer, Files};
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

/// Writes what other engines are asked, and what must come out.
fn write_for_engines(
    folder: &Path,
    tables: &[(&str, &Table)],
    types: &[Typed],
    expected: &Answer,
    files: &Files,
) -> Result<(), Refused> {
    let file = |name: &str, content: &str| fs::write(folder.join(name), content).expect("a file");
    for (name, table) in tables {
        file(&format!("{name}.csv"), &table.to_csv());
    }
    let types = (
        types,
        types
            .iter()
            .map(|typed| [typed.table, typed.header, typed.kind]),
    );
    let typed = Table {
        columns: ["table", "column", "type"].map(str::to_owned).to_vec(),
        rows: types.1.map(|row| row.map(str::to_owned).to_vec()).collect(),
    };
    file("types.csv", &typed.to_csv());
    file("list.csv", &expected.list.to_csv());
    file("ledger.csv", &expected.ledger.to_csv());
    for dialect in DIALECTS {
        let queries = queries(files, dialect, types.0)?;
        file(&format!("{dialect}.list.sql"), &queries.list);
        file(&format!("{dialect}.ledger.sql"), &queries.ledger);
    }
    Ok(())
}

/// Writes as many cases as `SQL_CASES` says to the folder `SQL_FOLDER`, and every example, each after SQLite gave the
/// same; those that are refused are not among them.
pub fn write_all() {
    let folder = PathBuf::from(std::env::var("SQL_FOLDER").expect("SQL_FOLDER names a folder"));
    let wanted = usize::try_from(asked("SQL_CASES").unwrap_or(1000)).expect("so many");
    for (name, example) in examples::all() {
        let to = folder.join(&name);
        fs::create_dir_all(&to).expect("a folder");
        let tables: Vec<(&str, &Table)> = example.tables.iter().map(|(n, t)| (*n, t)).collect();
        let expected = example.files.score();
        let written = write_for_engines(&to, &tables, &[], &expected, &example.files);
        written.unwrap_or_else(|Refused(why)| panic!("{name}: {why}"));
    }

    let config = ProptestConfig {
        rng_seed: RngSeed::Fixed(asked("SQL_SEED").unwrap_or(1)),
        ..ProptestConfig::default()
    };
    let runner = Mutex::new(TestRunner::new(config));
    let (written, refused) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let next = || {
        let mut runner = runner.lock().expect("a runner");
        let number = written.fetch_add(1, Ordering::Relaxed);
        let tree = || case().new_tree(&mut runner).expect("a case");
        (number < wanted)
            .then(tree)
            .map(|tree| (number, tree.current()))
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((number, case)) = next() {
                    let to = folder.join(format!("case-{number:04}"));
                    fs::create_dir_all(&to).expect("a folder");
                    if let Err(Refused(why)) = write_case(&case, &to) {
                        fs::remove_dir_all(&to).expect("a folder to remove");
                        refused
                            .lock()
                            .expect("a list")
                            .push(format!("{number}: {why}"));
                    }
                }
            });
        }
    });
    let refused = refused.into_inner().expect("a list");
    println!(
        "{} cases, {} refused",
        wanted - refused.len(),
        refused.len()
    );
    println!("{}", refused.join("\n"));
}

fn write_case(case: &Case, folder: &Path) -> Result<(), Refused> {
    let files = write(case, folder);
    let tables: Vec<(&str, &Table)> = case.tables.iter().map(|(name, t)| (*name, t)).collect();
    let expected = files.score();
    let theirs = on_sqlite(&files, &tables, &case.types)?;
    let difference = expected.difference(&theirs);
    assert_eq!(difference, None, "SQLite, {}", folder.display());
    write_for_engines(folder, &tables, &case.types, &expected, &files)
}
