//! Whole model files: what is valid is read, and what is wrong is told as the snapshots beside the models say.
//!
//! `tests/models/invalid/NAME.toml` must be refused with exactly the text of `NAME.stderr`. After a change of wording,
//! `UPDATE=1 cargo test --test models` rewrites the snapshots; read the difference before keeping it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::mem::discriminant;
use std::path::{Path, PathBuf};

use hotlist::diagnostic::render::{Style, render};
use hotlist::diagnostic::{Kind, Report};
use hotlist::model::{Model, RuleSource};
use regex::Regex;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/models")
        .join(name)
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse(path: &Path) -> Result<Model, Report> {
    let name = path.file_name().expect("a file").to_string_lossy();
    Model::parse(&name, &text(path))
}

/// Everything that the snapshots say.
fn all_messages() -> String {
    let snapshots = files(&folder("invalid"), "stderr");
    snapshots.iter().map(|path| text(path)).collect()
}

/// The Rust files of the model.
fn model_sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model");
    let mut sources = files(&root, "rs");
    sources.extend(files(&root.join("condition"), "rs"));
    sources
}

/// What `pattern` captures in the sources of the model.
fn found_in_sources(pattern: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    model_sources()
        .iter()
        .flat_map(|path| {
            let source = text(path);
            let found = pattern.captures_iter(&source);
            found
                .map(|found| found[1].to_owned())
                .collect::<Vec<String>>()
        })
        .collect()
}

#[test]
fn every_valid_model_is_read() {
    let models = files(&folder("valid"), "toml");
    assert!(!models.is_empty());
    for path in models {
        if let Err(report) = parse(&path) {
            panic!(
                "{} is refused:\n{}",
                path.display(),
                render(&report, Style::Plain)
            );
        }
    }
}

/// What other engines are measured with has to be all that the language can do.
#[test]
fn the_models_that_peers_run_are_read_and_the_full_one_has_every_measure() {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let models: Vec<Model> = ["small.toml", "full.toml"]
        .iter()
        .map(|name| parse(&peers.join(name)).unwrap_or_else(|report| panic!("{name}: {report:?}")))
        .collect();
    assert_eq!(models[0].signals.len(), 8);
    let measures = models[1]
        .signals
        .iter()
        .map(|signal| discriminant(&signal.measure));
    assert_eq!(measures.collect::<HashSet<_>>().len(), 9);
    let full = text(&peers.join("full.toml"));
    for part in [
        "half_life",
        "linear",
        "step",
        "'day'",
        "'week'",
        "'month'",
        "where =",
    ] {
        assert!(full.replace('"', "'").contains(part), "{part}");
    }
    let conditions = models[1]
        .rules
        .iter()
        .filter(|rule| matches!(rule.source, RuleSource::When { .. }));
    assert_eq!(conditions.count(), 40);
}

#[test]
fn every_invalid_model_is_refused_in_the_words_of_its_snapshot() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut differing = Vec::new();
    for path in files(&folder("invalid"), "toml") {
        let Err(report) = parse(&path) else {
            differing.push(format!("{} is accepted", path.display()));
            continue;
        };
        assert_eq!(report.kind, Kind::Model);
        let message = render(&report, Style::Plain);
        let snapshot = path.with_extension("stderr");
        if update {
            fs::write(&snapshot, message).expect("the snapshot can be written");
        } else if fs::read_to_string(&snapshot).ok().as_ref() != Some(&message) {
            differing.push(format!("{} now says:\n{message}", path.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn every_snapshot_has_its_model() {
    for path in files(&folder("invalid"), "stderr") {
        assert!(path.with_extension("toml").exists(), "{}", path.display());
    }
}

#[test]
fn every_code_of_the_model_has_an_invalid_model_that_shows_it() {
    let codes = found_in_sources(r#"(?:error|unknown_name)\([ \n]*"([a-z-]+)""#);
    assert!(
        codes.contains("unknown-key"),
        "the pattern finds no codes any more: {codes:?}"
    );
    let messages = all_messages();
    let unseen: Vec<&String> = codes
        .iter()
        .filter(|code| !messages.contains(&format!("error[{code}]")))
        .collect();
    assert!(unseen.is_empty(), "no invalid model shows {unseen:?}");
}

#[test]
fn every_key_of_the_language_stands_in_a_valid_model() {
    let keys = found_in_sources(r#"(?:get|require|section|column|text)\([ \n]*"([a-z_]+)""#);
    assert!(
        keys.contains("half_life"),
        "the pattern finds no keys any more: {keys:?}"
    );
    let models: String = files(&folder("valid"), "toml")
        .iter()
        .map(|path| text(path))
        .collect();
    let unused: Vec<&String> = keys
        .iter()
        .filter(|key| {
            let stands =
                Regex::new(&format!(r"(?-u:\b){key}(?-u:\b)[^\n]*[=\]]")).expect("a pattern");
            !stands.is_match(&models)
        })
        .collect();
    assert!(unused.is_empty(), "no valid model uses {unused:?}");
}

#[test]
fn every_problem_has_a_place_and_is_a_lowercase_phrase() {
    for path in files(&folder("invalid"), "toml") {
        let Err(report) = parse(&path) else { continue };
        for problem in report.diagnostics {
            let message = &problem.message;
            assert!(
                !problem.labels.is_empty(),
                "{}: {message} has no place",
                path.display()
            );
            assert!(!message.ends_with('.'), "{}: {message}", path.display());
            let first = message.chars().next().expect("a message");
            assert!(!first.is_uppercase(), "{}: {message}", path.display());
        }
    }
}

#[test]
fn problems_stand_in_the_order_of_the_file() {
    for path in files(&folder("invalid"), "toml") {
        let Err(report) = parse(&path) else { continue };
        let starts: Vec<usize> = report
            .diagnostics
            .iter()
            .map(|p| p.labels[0].span.start)
            .collect();
        assert!(starts.is_sorted(), "{}: {starts:?}", path.display());
    }
}

/// What the caret of the only problem stands under, for a condition written as the TOML string `written`.
fn pointed_at(written: &str) -> String {
    let model = format!("[[rules]]\nname = \"Fits\"\nwhen = {written}\npoints = 5\n");
    let report = Model::parse("model.toml", &model).expect_err("the condition is wrong");
    let [problem] = report.diagnostics.as_slice() else {
        panic!("one problem was expected: {report}");
    };
    let label = &problem.labels[0];
    label.source.text[label.span.clone()].to_owned()
}

#[test]
fn the_caret_lands_on_the_token_in_every_kind_of_string() {
    for written in [
        r#""city = 'Málaga' AND wrong(x)""#,
        r#"'city = "Málaga" AND wrong(x)'"#,
        r#""city = '\\ \t \u00e9 \U0001F600' AND wrong(x)""#,
        r#""\"Lead Source\" = 'a' AND wrong(x)""#,
        "\"\"\"\n  city = 'a'\n  AND wrong(x)\"\"\"",
        "\"\"\"\r\n  city = 'a'\r\n  AND wrong(x)\"\"\"",
        "\"\"\"city = 'a' \\\n\n     AND wrong(x)\"\"\"",
        "\"\"\"\\\n     city = '\"' AND wrong(x)\"\"\"",
        "'''\n  city = 'a'\n  AND wrong(x)\n'''",
        "'''city = 'a\\' AND wrong(x)'''",
    ] {
        assert_eq!(pointed_at(written), "wrong", "{written}");
    }
}

#[test]
fn a_model_with_windows_line_ends_is_told_the_same_places() {
    let unix = text(&folder("invalid").join("five-mistakes.toml"));
    let windows = unix.replace('\n', "\r\n");
    let places = |text: &str| -> Vec<(usize, usize)> {
        let report = Model::parse("model.toml", text).expect_err("it has mistakes");
        let labels = report.diagnostics.iter().map(|problem| &problem.labels[0]);
        labels
            .map(|label| label.source.position(label.span.start))
            .collect()
    };
    assert_eq!(places(&unix), places(&windows));
}
