//! The sample data in every format, as it has to come out to the byte.

use std::fs;
use std::path::Path;

use crate::scene::Scene;

const SAMPLE: &str = "score contacts.csv -e events.csv --as-of 2026-11-01";

/// Compares `found` with a golden file, or rewrites it if the environment says UPDATE.
#[track_caller]
pub fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, found).expect("the golden file can be written");
        return;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    let differing = wanted
        .lines()
        .zip(found.lines())
        .position(|(wanted, found)| wanted != found);
    if let Some(line) = differing {
        let line_of = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
        panic!(
            "{name}, line {}:\nwanted {}\nfound  {}",
            line + 1,
            line_of(&wanted),
            line_of(found)
        );
    }
    assert!(wanted == found, "{name} has another length");
}

#[test]
fn the_sample_as_csv_is_every_lead_and_the_summary_accounts_for_every_row() {
    let run = Scene::sample().run(SAMPLE);
    assert_eq!(run.code, 0);
    golden("ranked.csv", &run.stdout);
    golden("summary.txt", &run.stderr);
}

#[test]
fn the_sample_as_a_table_without_a_terminal_is_100_cells_wide() {
    let found = Scene::sample()
        .run(&format!("{SAMPLE} --format table"))
        .output();
    let widest = found
        .lines()
        .map(unicode_width::UnicodeWidthStr::width)
        .max();
    assert_eq!(widest, Some(100));
    golden("ranked.txt", &found);
}

#[test]
fn the_sample_as_tsv() {
    golden(
        "ranked.tsv",
        &Scene::sample()
            .run(&format!("{SAMPLE} --top 30 --format tsv"))
            .output(),
    );
}

#[test]
fn the_sample_as_json() {
    golden(
        "ranked.json",
        &Scene::sample()
            .run(&format!("{SAMPLE} --top 30 --format json"))
            .output(),
    );
}

#[test]
fn the_sample_as_ndjson() {
    let found = Scene::sample()
        .run(&format!("{SAMPLE} --top 30 --format ndjson"))
        .output();
    golden("ranked.ndjson", &found);
}

#[test]
fn the_sample_as_markdown() {
    let found = Scene::sample()
        .run(&format!("{SAMPLE} --top 30 --format markdown"))
        .output();
    golden("ranked.md", &found);
}
