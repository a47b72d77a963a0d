//! Every folder of `examples/`, and the built-in models over the sample data, as tables.

use super::scored::{Files, succeeded};
use super::table::Table;
use std::fs;
use std::path::{Path, PathBuf};

/// An example in a folder of its own.
pub struct Example {
    pub files: Files,
    pub tables: Vec<(&'static str, Table)>,
    /// Is removed with the example.
    _folder: tempfile::TempDir,
}

/// All of them, by name.
pub fn all() -> Vec<(String, Example)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = fs::read_dir(root.join("examples"))
        .expect("there are examples")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    folders.sort();
    let mut all: Vec<(String, Example)> = folders
        .iter()
        .filter_map(|folder| {
            let command = fs::read_to_string(folder.join("command.txt")).ok()?;
            let name = folder.file_name().expect("a name").to_string_lossy();
            let scores = command.starts_with("hotlist score ");
            scores.then(|| (name.into_owned(), of_folder(folder, &command)))
        })
        .collect();
    let sample = "hotlist score contacts.csv -e events.csv --as-of 2026-11-01";
    all.push((
        "sample-data".to_owned(),
        of_folder(&root.join("sample-data"), sample),
    ));
    all
}

/// The example that a command line tells of.
fn of_folder(folder: &Path, command: &str) -> Example {
    let scratch = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_file() {
            let name = path.file_name().expect("a name");
            fs::copy(&path, scratch.path().join(name)).expect("a copy");
        }
    }
    let words: Vec<&str> = command.split_whitespace().collect();
    let after = |flag: &str| {
        let at = words.iter().position(|word| *word == flag)?;
        Some(words[at + 1].to_owned())
    };
    let files = Files {
        folder: scratch.path().to_owned(),
        contacts: words[2].to_owned(),
        events: after("-e"),
        model: after("-m"),
        previous: after("--previous"),
        overrides: after("--overrides"),
        as_of: after("--as-of").expect("the command says as of when"),
    };
    let named = [
        ("contacts", Some(&files.contacts)),
        ("events", files.events.as_ref()),
        ("previous", files.previous.as_ref()),
        ("overrides", files.overrides.as_ref()),
    ];
    let tables = named
        .into_iter()
        .filter_map(|(name, file)| Some((name, normalized(&files, file?))))
        .collect();
    Example {
        files,
        tables,
        _folder: scratch,
    }
}

/// A file as it is read.
fn normalized(files: &Files, file: &str) -> Table {
    let mut command = files.program();
    let output = command
        .args(["normalize", "--csv-escape", "none", file])
        .output();
    Table::from_csv(&succeeded(&output.expect("the program runs")))
}
