//! Every lint by example: `tests/lints/CODE/` holds a model that the lint speaks of (`triggers.toml`), one that it does
//! not (`silent.toml`), the exports it needs, and what `hotlist check` says of the first (`expected.txt`).
//!
//! `docs/lints.md` is made of the paragraphs that the lints' files open with. `UPDATE=1 cargo test --test lints` writes
//! both anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hotlist::lint::{Lint, findings, lints};
use hotlist::model::{Model, templates};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder(lint: &Lint) -> PathBuf {
    root().join("tests/lints").join(lint.code)
}

fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Runs `hotlist check` in a folder, over the exports that are there.
fn check(folder: &Path, model: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hotlist"));
    command.args(["check", "--model", model, "--as-of", "2026-11-01"]);
    command.args(more);
    if folder.join("contacts.csv").exists() {
        command.arg("contacts.csv");
    }
    if folder.join("events.csv").exists() {
        command.args(["-e", "events.csv"]);
    }
    command.current_dir(folder).env_clear();
    command.output().expect("hotlist starts")
}

/// The codes of all findings.
fn codes(folder: &Path, model: &str) -> BTreeSet<String> {
    let output = check(folder, model, &["--format", "json"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", folder.display());
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = checked["findings"].as_array().expect("a list of findings");
    findings
        .iter()
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn every_lint_speaks_of_its_example_and_not_of_the_mended_one() {
    for lint in lints() {
        let folder = folder(lint);
        assert!(
            codes(&folder, "triggers.toml").contains(lint.code),
            "{} does not speak of its triggers.toml",
            lint.code
        );
        assert!(
            !codes(&folder, "silent.toml").contains(lint.code),
            "{} speaks of its silent.toml",
            lint.code
        );
    }
}

#[test]
fn every_mended_model_is_free_of_warnings() {
    // A handful of made-up leads has scores that no real list has.
    for lint in lints().filter(|lint| !lint.needs_exports()) {
        let output = check(&folder(lint), "silent.toml", &["--deny", "warnings"]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}:\n{said}", lint.code);
    }
}

#[test]
fn every_lint_says_what_is_expected() {
    let mut different = Vec::new();
    for lint in lints() {
        let folder = folder(lint);
        let output = check(&folder, "triggers.toml", &[]);
        let path = folder.join("expected.txt");
        if update() {
            fs::write(&path, &output.stdout).expect("the expectation can be written");
        } else if fs::read(&path).ok().as_ref() != Some(&output.stdout) {
            let given = String::from_utf8_lossy(&output.stdout);
            different.push(format!("{} now says:\n{given}", lint.code));
        }
    }
    assert!(
        different.is_empty(),
        "{}\n(UPDATE=1 writes the new outputs)",
        different.join("\n")
    );
}

#[test]
fn there_is_a_folder_for_every_lint_and_a_lint_for_every_folder() {
    let codes: BTreeSet<String> = lints().map(|lint| lint.code.to_owned()).collect();
    let folders: BTreeSet<String> = fs::read_dir(root().join("tests/lints"))
        .expect("there are examples")
        .map(|entry| entry.expect("a readable folder").file_name())
        .map(|name| name.into_string().expect("a plain name"))
        .collect();
    assert_eq!(folders, codes);
}

#[test]
fn exports_are_there_exactly_for_the_lints_that_need_them() {
    for lint in lints() {
        let has = folder(lint).join("contacts.csv").exists();
        assert_eq!(has, lint.needs_exports(), "{}", lint.code);
    }
}

/// The codes of the warnings in a model alone.
fn warnings(name: &str, text: &str) -> Vec<String> {
    let model = Model::parse(name, text).expect("a valid model");
    findings(&model, None)
        .iter()
        .filter(|finding| finding.severity == hotlist::diagnostic::Severity::Warning)
        .map(|finding| format!("{name}: {}: {}", finding.code, finding.message))
        .collect()
}

#[test]
fn the_models_that_come_with_hotlist_are_free_of_warnings() {
    for template in templates::ALL {
        assert_eq!(warnings(template.name, template.text), [""; 0]);
    }
}

#[test]
fn the_models_of_the_examples_are_free_of_warnings() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("examples")).expect("there are examples") {
        let path = entry.expect("a readable folder").path().join("model.toml");
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        seen += 1;
        let name = path.display().to_string();
        assert_eq!(warnings(&name, &text), [""; 0]);
    }
    assert!(seen >= 4, "only {seen} examples");
}

/// The file of a lint.
fn source(lint: &Lint) -> PathBuf {
    let folder = if lint.needs_exports() {
        "exports"
    } else {
        "model"
    };
    let name = format!("{}.rs", lint.code.replace('-', "_"));
    root().join("src/lint").join(folder).join(name)
}

/// The paragraph that a lint's file opens with.
fn documentation(lint: &Lint) -> String {
    let path = source(lint);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("there is no {}", path.display()));
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.collect::<Vec<&str>>().join("\n")
}

/// `docs/lints.md` as the lints' files make it.
fn page() -> String {
    let mut page = String::from(
        "# The lints of `hotlist check`\n\n\
         `hotlist check` says what a valid model can hardly mean. A **warning** is something to change, a **remark** \
         something\nthat may well be meant so; `--deny warnings` makes the exit code 1 where there is a warning. Codes \
         stay as they are;\n`hotlist explain-code CODE` shows an entry.\n\n\
         This page is made of the lints' own documentation; the examples are parts of models.\n",
    );
    for (title, needs_exports) in [
        ("## The model alone", false),
        ("## The model against exports", true),
    ] {
        page.push_str(&format!("\n{title}\n"));
        for lint in lints().filter(|lint| lint.needs_exports() == needs_exports) {
            // Parts of models, which are no models by themselves.
            let text = documentation(lint).replace("```toml", "```text");
            page.push_str(&format!("\n### {}\n\n{text}\n", lint.code));
        }
    }
    page
}

#[test]
fn the_page_of_lints_is_what_the_lints_say_of_themselves() {
    let path = root().join("docs/lints.md");
    let page = page();
    if update() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).expect("there is a page of lints");
    assert!(
        written == page,
        "docs/lints.md differs from the lints' documentation (UPDATE=1 writes it anew)"
    );
}

#[test]
fn every_lint_says_what_it_finds_in_one_sentence_and_shows_an_example() {
    for lint in lints() {
        let text = documentation(lint);
        let first = text.lines().next().unwrap_or_default();
        assert!(first.ends_with('.'), "{}: {first}", lint.code);
        assert!(text.contains("```toml\n"), "{} shows no example", lint.code);
    }
}
