//! What README and docs show is so: their commands run, their models are models, their links lead somewhere.
//!
//! The conventions, for README.md and every file of docs/:
//! - In a `console` block each line `$ …` is run by a shell in a scratch folder that holds `sample-data/` and
//!   `examples/`; `cargo run --release --` stands for the binary under test. The lines after it are what it writes to
//!   standard output and standard error together; a line `…` stands for any lines. It must succeed unless the next
//!   command is `echo $?`. The blocks of a file run in order, in one folder.
//! - A block with a file's name behind its language (`toml model.toml`) is that file from there on.
//! - Every `toml` block is a model; one without rules is completed by a rule.
//!
//! `UPDATE=1 cargo test --test readme` writes the outputs anew where they differ.

#![cfg(unix)]

#[path = "readme/document.rs"]
mod document;
#[path = "readme/shell.rs"]
mod shell;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use document::{Block, blocks};
use hotlist::model::Model;
use shell::{Command, Shell, commands, elided, fits, written};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> = fs::read_dir(root().join("docs"))
        .expect("there are docs")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    documents.push(root().join("README.md"));
    documents.sort();
    documents
}

fn text(document: &Path) -> String {
    fs::read_to_string(document).expect("a readable document")
}

/// The text of a document with the outputs its commands give today, and where these differ from what it says.
fn replayed(text: &str) -> (String, Vec<String>) {
    let shell = Shell::new(root());
    let mut mended: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    let mut differences = Vec::new();
    for block in blocks(text) {
        if let Some(name) = block.file {
            shell.put(name, &block.text());
        }
        if block.language != "console" {
            continue;
        }
        let commands: Vec<Command> = commands(&block.lines);
        for (index, command) in commands.iter().enumerate() {
            let (output, status) = shell.run(&command.line);
            let asks_for_status = commands
                .get(index + 1)
                .is_some_and(|next| next.line == "echo $?");
            let succeeded = status == 0 || asks_for_status;
            if succeeded && fits(&command.output, &output) {
                continue;
            }
            let line = block.first_line + command.first_output;
            differences.push(format!(
                "line {line}: `{}` ended with {status} and gave\n{}",
                command.line,
                output.join("\n")
            ));
            let place = line - 1..line - 1 + command.output.len();
            mended.push((place, elided(&command.output, &output)));
        }
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the end, so that what is still to be replaced stays in its place.
    for (place, output) in mended.into_iter().rev() {
        lines.splice(place, output);
    }
    (written(&lines), differences)
}

#[test]
fn every_command_gives_what_is_shown() {
    for document in documents() {
        let (new, differences) = replayed(&text(&document));
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            fs::write(&document, new).expect("the document can be written");
        } else {
            let name = document.file_name().unwrap_or_default().display();
            assert!(
                differences.is_empty(),
                "{name}: {}\n(UPDATE=1 writes the new outputs)",
                differences.join("\n")
            );
        }
    }
}

#[test]
fn every_model_shown_is_a_model() {
    let mut seen = 0;
    for document in documents() {
        let text = text(&document);
        for block in blocks(&text)
            .into_iter()
            .filter(|block| block.language == "toml")
        {
            let model = completed(&block);
            if let Err(report) = Model::parse("model.toml", &model) {
                panic!(
                    "{}, line {}: {report}",
                    document.display(),
                    block.first_line
                );
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} models");
}

/// The block as a model: one that shows no rules gets one.
fn completed(block: &Block<'_>) -> String {
    let mut model = block.text();
    if !block.lines.contains(&"[[rules]]") {
        model.push_str("\n[[rules]]\nname = \"any\"\nwhen = \"TRUE\"\npoints = 1\n");
    }
    model
}

#[test]
fn a_fresh_machine_needs_exactly_two_commands() {
    let text = text(&root().join("README.md"));
    let shown: Vec<String> = blocks(&text)
        .into_iter()
        .filter(|block| block.language == "sh")
        .flat_map(|block| block.lines)
        .filter(|line| line.starts_with("cargo "))
        .map(str::to_owned)
        .collect();
    let first = "cargo run --release -- score sample-data/contacts.csv -e sample-data/events.csv \
                 --as-of 2026-11-01 --format table";
    assert_eq!(shown, [first, "cargo test"]);
    let (output, status) = Shell::new(root()).run(first);
    assert_eq!(status, 0, "{}", output.join("\n"));
}

#[test]
fn every_link_leads_to_a_file() {
    for document in documents() {
        let folder = document.parent().expect("a document is in a folder");
        for link in document::links(&text(&document)) {
            let path = link.split('#').next().unwrap_or_default();
            let there = path.is_empty() || path.contains("://") || folder.join(path).exists();
            assert!(there, "{}: {link} leads nowhere", document.display());
        }
    }
}

#[test]
fn an_output_that_is_not_what_is_shown_is_found_out() {
    let text = "```console\n$ hotlist --version\nhotlist 99.0\n$ hotlist no-such-command\n…\n```\n";
    let (_, differences) = replayed(text);
    assert_eq!(differences.len(), 2, "{differences:?}");
    let right = "```console\n$ hotlist no-such-command\n…\n$ echo $?\n2\n```\n";
    assert_eq!(replayed(right), (right.to_owned(), Vec::new()));
}

#[test]
fn an_update_keeps_what_was_left_out() {
    let text = "before\n```console\n$ echo a; echo b; echo c; echo d\nx\n…\nd\n$ echo e\nf\ng\n$ echo h\ni\n```\nafter\n";
    let new = "before\n```console\n$ echo a; echo b; echo c; echo d\na\n…\nd\n$ echo e\ne\n$ echo h\nh\n```\nafter\n";
    assert_eq!(replayed(text).0, new);
    assert_eq!(replayed(new), (new.to_owned(), Vec::new()));
}
