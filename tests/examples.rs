//! Every folder of `examples/` runs: its command in a copy of the folder, compared byte for byte with what the folder
//! says comes out.
//!
//! A folder holds `README.md`, `model.toml`, contacts, `command.txt` (one command line), `expected.*` (what the command
//! writes, to standard output or to the one file it makes), `summary.txt` (what it says on standard error), and where the
//! command asks for them events, overrides and the list of a previous run.
//! An example of `hotlist sql` may hold scripts (`*.sh`, `*.py`) that take its query to an engine, and a dbt project; they
//! are run where their engines are.
//! `UPDATE=1 cargo test --test examples` writes `expected.*` and `summary.txt` anew.
//!
//! The tests that a model holds are run, too, and of every built-in template there is an example that holds it unchanged.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hotlist::model::templates;

/// The parts that every example has, by the name without its ending.
const PARTS: [&str; 6] = [
    "README", "command", "contacts", "expected", "model", "summary",
];

/// The parts that an example has if its command names them.
const PARTS_ON_DEMAND: [&str; 3] = ["events", "overrides", "previous"];

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
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().into_string().expect("a plain name"))
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
    let command = fs::read_to_string(folder.join("command.txt")).unwrap_or_default();
    let lacking = PARTS
        .iter()
        .filter(|stem| file_called(stem, folder).is_none())
        .map(|stem| format!("{stem}.* is missing"));
    let unknown = files(folder)
        .into_iter()
        .filter(|name| {
            let stem = name
                .rsplit_once('.')
                .map_or(name.as_str(), |(stem, _)| stem);
            let asked_for = PARTS_ON_DEMAND.contains(&stem)
                && command.split_whitespace().any(|word| word == name);
            let is_script = command.starts_with("hotlist sql") && is_script(name);
            !PARTS.contains(&stem) && !asked_for && !is_script
        })
        .map(|name| format!("{name} is no part of an example"));
    lacking.chain(unknown).collect()
}

/// Whether a file takes a query to an engine.
fn is_script(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending == "sh" || ending == "py")
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
fn the_tests_of_every_model_hold() {
    let mut tested = 0;
    for folder in folders() {
        let model = fs::read_to_string(folder.join("model.toml")).expect("a model");
        if !model.contains("[[tests]]") {
            continue;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_hotlist"))
            .args(["test", "-m", "model.toml"])
            .current_dir(&folder)
            .env_clear()
            .output()
            .expect("hotlist starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}: {said}", folder.display());
        tested += 1;
    }
    assert!(tested >= 8, "only {tested} models with tests");
}

#[test]
fn every_template_has_an_example_that_holds_it_unchanged() {
    for template in templates::ALL {
        let ending = format!("-template-{}", template.name);
        let name = |folder: &PathBuf| folder.file_name().map(|n| n.to_string_lossy().into_owned());
        let folder = folders()
            .into_iter()
            .find(|folder| name(folder).is_some_and(|name| name.ends_with(&ending)))
            .unwrap_or_else(|| panic!("there is no example …{ending}"));
        let copy = fs::read_to_string(folder.join("model.toml")).expect("a model");
        assert!(
            copy == template.text,
            "{} is not src/model/templates/{}.toml: copy it there",
            folder.join("model.toml").display(),
            template.name
        );
        assert!(
            template.text.matches("[[tests]]").count() >= 3,
            "{} tests too little of itself",
            template.name
        );
    }
}

#[test]
fn an_example_without_a_part_is_found_out() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    for name in [
        "README.md",
        "contacts.csv",
        "model.toml",
        "expected.csv",
        "events.csv",
        "previous.csv",
        "notes.txt",
    ] {
        fs::write(folder.path().join(name), "").expect("a file");
    }
    let command = "hotlist score contacts.csv -e events.csv -m model.toml";
    fs::write(folder.path().join("command.txt"), command).expect("a file");
    assert_eq!(
        complaints(folder.path()),
        [
            "summary.* is missing",
            "notes.txt is no part of an example",
            "previous.csv is no part of an example"
        ]
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
