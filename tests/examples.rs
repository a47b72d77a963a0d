//! Every folder of `examples/` runs: its command in a copy of the folder, compared byte for byte with what the folder
//! says comes out.
//!
//! A folder holds `README.md`, `model.toml`, contacts, events, `command.txt` (one command line), `expected.*` (what the
//! command writes, to standard output or to the one file it makes) and `summary.txt` (what it says on standard error).
//! `UPDATE=1 cargo test --test examples` writes the last two anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the command of an example gave.
struct Outcome {
    /// Bytes of standard output, or of the one file that the command made.
    written: Vec<u8>,
    summary: Vec<u8>,
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("there are examples")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn files(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .expect("a readable folder")
        .map(|entry| entry.expect("a readable folder").file_name())
        .map(|name| name.into_string().expect("a plain name"))
        .collect()
}

/// The one file whose name without its ending is `stem`.
fn file_called(stem: &str, folder: &Path) -> Option<String> {
    files(folder).into_iter().find(|name| {
        name.rsplit_once('.')
            .is_some_and(|(start, _)| start == stem)
    })
}

/// The parts that an example lacks, and files that are no part of one.
fn complaints(folder: &Path) -> Vec<String> {
    let stems = [
        "README", "command", "contacts", "events", "expected", "model", "summary",
    ];
    let lacking = stems
        .iter()
        .filter(|stem| file_called(stem, folder).is_none())
        .map(|stem| format!("{stem}.* is missing"));
    let unknown = files(folder)
        .into_iter()
        .filter(|name| {
            let stem = name
                .rsplit_once('.')
                .map_or(name.as_str(), |(stem, _)| stem);
            !stems.contains(&stem)
        })
        .map(|name| format!("{name} is no part of an example"));
    lacking.chain(unknown).collect()
}

/// The words of the command line after `hotlist`.
fn arguments(command: &str) -> Vec<&str> {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("hotlist"), "the command runs hotlist");
    assert_eq!(command.trim().lines().count(), 1, "the command is one line");
    assert!(
        !command.contains(['"', '\'', '\\', '$', '|', '>']),
        "the command needs no shell"
    );
    words.collect()
}

fn run(folder: &Path) -> Outcome {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    for name in files(folder) {
        fs::copy(folder.join(&name), scratch.path().join(&name)).expect("a copy");
    }
    let before = files(scratch.path());
    let command = fs::read_to_string(folder.join("command.txt")).expect("a command");
    let output = Command::new(env!("CARGO_BIN_EXE_hotlist"))
        .args(arguments(&command))
        .current_dir(scratch.path())
        .env_clear()
        .output()
        .expect("hotlist starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", folder.display());
    let made: Vec<String> = files(scratch.path()).difference(&before).cloned().collect();
    let written = match made.as_slice() {
        [] => output.stdout,
        [name] => {
            assert!(output.stdout.is_empty(), "it writes to one place");
            fs::read(scratch.path().join(name)).expect("the file it made")
        }
        _ => panic!("{} makes several files: {made:?}", folder.display()),
    };
    Outcome {
        written,
        summary: output.stderr,
    }
}

fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

#[test]
fn every_example_gives_what_it_says() {
    let mut different = Vec::new();
    for folder in folders() {
        let outcome = run(&folder);
        let expected = file_called("expected", &folder)
            .unwrap_or_else(|| panic!("{} lacks expected.*", folder.display()));
        for (name, bytes) in [
            (expected, outcome.written),
            ("summary.txt".to_owned(), outcome.summary),
        ] {
            let path = folder.join(&name);
            if update() {
                fs::write(&path, &bytes).expect("the example can be written");
            } else if fs::read(&path).ok().as_deref() != Some(bytes.as_slice()) {
                let given = String::from_utf8_lossy(&bytes);
                different.push(format!("{}\nnow gives:\n{given}", path.display()));
            }
        }
    }
    assert!(
        different.is_empty(),
        "{}\n(UPDATE=1 writes the new outputs)",
        different.join("\n")
    );
}

#[test]
fn every_example_is_complete() {
    let folders = folders();
    assert!(folders.len() >= 4, "only {} examples", folders.len());
    for folder in folders {
        assert_eq!(
            complaints(&folder),
            Vec::<String>::new(),
            "{}",
            folder.display()
        );
    }
}

#[test]
fn an_example_without_a_part_is_found_out() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    for name in [
        "README.md",
        "command.txt",
        "contacts.csv",
        "model.toml",
        "summary.txt",
    ] {
        fs::write(folder.path().join(name), "").expect("a file");
    }
    fs::write(folder.path().join("expected.csv"), "").expect("a file");
    fs::write(folder.path().join("notes.txt"), "").expect("a file");
    assert_eq!(
        complaints(folder.path()),
        ["events.* is missing", "notes.txt is no part of an example"]
    );
}

#[test]
fn an_output_that_differs_by_a_byte_is_found_out() {
    let folder = folders().swap_remove(0);
    let name = file_called("expected", &folder).expect("an expected output");
    let mut expected = fs::read(folder.join(name)).expect("an expected output");
    expected.push(b'\n');
    assert_ne!(run(&folder).written, expected);
}
