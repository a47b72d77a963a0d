//! `hotlist explain-code`: every code there is has its explanation, and what the explanations show is so.
//!
//! An example is a `diff` block: its `-` lines are refused with the code, its `+` lines are right. With a file's name
//! behind `diff` it is that file, in a folder with the usual three; without one, commands. Other blocks of an entry
//! are files too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hotlist::model::Model;
use regex::Regex;

use crate::scene::{Outcome, Scene};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file, without its tests.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                sources.extend(self::sources(&path));
            }
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            let text = fs::read_to_string(&path).expect("a readable source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            sources.push((path, code.to_owned()));
        }
    }
    sources
}

/// Every code that the sources give to something.
fn codes_of_the_sources() -> BTreeSet<String> {
    let given = r#"(?:Diagnostic::\w+|Lint::\w+|\.error|unknown_name|refused)\(\s*"([a-z]+(?:-[a-z]+)*)"|code: "([a-z-]+)""#;
    let given = Regex::new(given).expect("a pattern");
    let of_rows = Regex::new(r#"Self::\w+ => "([a-z0-9_]+)""#).expect("a pattern");
    let mut codes = BTreeSet::new();
    for (path, source) in sources(&root().join("src")) {
        let found = given.captures_iter(&source);
        codes.extend(found.filter_map(|found| {
            let code = found.get(1).or_else(|| found.get(2))?;
            Some(code.as_str().to_owned())
        }));
        if path.ends_with("bad_row.rs") {
            let found = of_rows.captures_iter(&source);
            codes.extend(found.map(|found| found[1].to_owned()));
        }
    }
    codes
}

/// Every code that the command lists.
fn codes_listed() -> Vec<String> {
    let list = Scene::empty().run("explain-code").output();
    let codes = list.lines().filter_map(|line| line.split(' ').next());
    codes.map(str::to_owned).collect()
}

#[test]
fn every_code_has_an_explanation_and_every_explanation_a_code() {
    let given = codes_of_the_sources();
    assert!(given.len() > 100, "{given:?}");
    let listed = codes_listed();
    let explained: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), explained.len(), "a code is explained twice");
    let unexplained: Vec<&String> = given.difference(&explained).collect();
    assert!(unexplained.is_empty(), "not explained: {unexplained:?}");
    let gone: Vec<&String> = explained.difference(&given).collect();
    assert!(gone.is_empty(), "explained, but given to nothing: {gone:?}");
}

#[test]
fn every_code_is_told_in_a_line_and_explained_at_length() {
    for line in Scene::empty().run("explain-code").output().lines() {
        let (code, summary) = line.split_once("  ").expect("a code and what it means");
        let summary = summary.trim();
        assert!(!summary.is_empty(), "{code} has no first sentence");
        assert!(line.chars().count() <= 130, "too long a line: {line}");
        let text = Scene::empty().run(&format!("explain-code {code}")).output();
        assert!(text.starts_with(&format!("{code}\n\n")), "{text}");
        assert!(!text.contains("```"), "{text}");
    }
}

#[test]
fn a_code_shows_its_entry_alone() {
    let expected = "\
unknown-key

A section has a key that the language does not know.

It is not passed over, because a misspelt key would change scores unseen. The hint names the nearest key, or all that
there are.

     [groups.fit]
    -maxx = 40
    +max = 40
";
    let text = Scene::empty().run("explain-code unknown-key").output();
    assert_eq!(text, expected);
    let bold = Scene::empty().run("explain-code unknown-key --color always");
    assert!(bold.output().starts_with("\u{1b}[1munknown-key\u{1b}[0m\n"));
}

#[test]
fn an_unknown_code_is_refused_with_the_nearest() {
    let refusal = Scene::empty().run("explain-code unknown-kee").refusal(2);
    assert!(refusal.contains("error[unknown-code]: there is no code `unknown-kee`"));
    assert!(refusal.contains("did you mean `unknown-key`?"), "{refusal}");
    let refusal = Scene::empty().run("explain-code zzz").refusal(2);
    assert!(refusal.contains("hotlist explain-code"), "{refusal}");
}

/// An entry of the page with its blocks: what stands behind the fence, and the lines.
struct Entry<'p> {
    code: &'p str,
    blocks: Vec<(Vec<&'p str>, Vec<&'p str>)>,
}

fn entries(page: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut is_block = false;
    for line in page.lines() {
        if let Some(code) = line.strip_prefix("## ").filter(|_| !is_block) {
            let blocks = Vec::new();
            entries.push(Entry { code, blocks });
        } else if let Some(entry) = entries.last_mut() {
            match line.strip_prefix("```") {
                Some(_) if is_block => is_block = false,
                Some(info) => {
                    is_block = true;
                    entry.blocks.push((info.split(' ').collect(), Vec::new()));
                }
                None if is_block => entry.blocks.last_mut().expect("a block").1.push(line),
                None => {}
            }
        }
    }
    entries
}

/// One side of a `diff` block.
fn side(lines: &[&str], mark: char) -> String {
    let marked = |line: &&str| {
        line.strip_prefix([' ', mark])
            .map(|line| format!("{line}\n"))
    };
    lines.iter().filter_map(marked).collect()
}

/// What hotlist makes of one side of an entry's example.
fn try_side(entry: &Entry<'_>, mark: char) -> Outcome {
    let scene = Scene::small();
    let mut command = String::new();
    for (info, lines) in &entry.blocks {
        match info.as_slice() {
            ["diff"] => command = side(lines, mark).trim().replacen("hotlist ", "", 1),
            ["diff", file] => {
                scene.write(file, side(lines, mark));
                let contacts = if file.starts_with("contacts.") {
                    *file
                } else {
                    "contacts.csv"
                };
                command = format!("score {contacts} -m model.toml --as-of 2026-11-01");
                if file.starts_with("events.") {
                    command.push_str(&format!(" -e {file}"));
                }
                if *file == "overrides.csv" {
                    command.push_str(" --overrides overrides.csv");
                }
            }
            [_, file] => scene.write(file, lines.join("\n") + "\n"),
            other => panic!("{}: a block of {other:?}", entry.code),
        }
    }
    scene.run(&command)
}

/// One side of a model, with a rule if the example is about something else.
fn model(lines: &[&str], mark: char) -> String {
    let mut model = side(lines, mark);
    if !lines.iter().any(|line| line.contains("[[rules]]")) {
        model.push_str("[[rules]]\nname = \"any\"\nwhen = \"TRUE\"\npoints = 1\n");
    }
    model
}

#[test]
fn what_is_shown_as_wrong_is_refused_with_the_code_and_what_is_shown_as_right_is_not() {
    let page = fs::read_to_string(root().join("docs/diagnostics.md")).expect("the page");
    let mut tried = 0;
    for entry in entries(&page) {
        let code = entry.code;
        let is_example = |(info, _): &&(Vec<&str>, Vec<&str>)| info[0] == "diff";
        let examples: Vec<_> = entry.blocks.iter().filter(is_example).collect();
        assert!(examples.len() <= 1, "{code} has several examples");
        let Some((info, lines)) = examples.first() else {
            continue;
        };
        tried += 1;
        if info.as_slice() == ["diff", "model.toml"] && entry.blocks.len() == 1 {
            let wrong = Model::parse("model.toml", &model(lines, '-'));
            let problems = wrong.err().map(|report| report.diagnostics);
            let codes: Vec<&str> = problems
                .iter()
                .flatten()
                .map(|problem| problem.code)
                .collect();
            assert_eq!(codes, [code], "the wrong model of {code}");
            if let Err(report) = Model::parse("model.toml", &model(lines, '+')) {
                panic!("the right model of {code}: {report}");
            }
            continue;
        }
        let wrong = try_side(&entry, '-');
        assert!(wrong.code > 0, "the wrong side of {code} is not refused");
        let told = [
            format!("error[{code}]"),
            format!(": {code}:"),
            format!(": {code}, "),
        ];
        let is_told = told.iter().any(|told| wrong.stderr.contains(told));
        assert!(is_told, "the wrong side of {code}: {}", wrong.stderr);
        let right = try_side(&entry, '+');
        assert_eq!(right.code, 0, "the right side of {code}: {}", right.stderr);
    }
    assert!(tried > 90, "only {tried} examples");
}
