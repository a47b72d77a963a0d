//! `hotlist man`.

use std::fs;
use std::path::Path;

use regex::Regex;

use crate::completions::commands;
use crate::scene::Scene;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A page without the escapes of its typesetter.
#[track_caller]
fn page(arguments: &str) -> String {
    let page = Scene::empty().run(arguments).output();
    assert!(page.contains("\n.TH hotlist"), "{page}");
    let escapes = [("\\-", "-"), ("\\fB", ""), ("\\fR", ""), ("\"", "")];
    let plain = |page: String, (escape, meant): (&str, &str)| page.replace(escape, meant);
    escapes.into_iter().fold(page, plain)
}

/// The lines of a section of a page.
fn section(page: &str, title: &str) -> String {
    let heading = format!("\n.SH {title}\n");
    let (_, rest) = page
        .split_once(&heading)
        .unwrap_or_else(|| panic!("no {title} in {page}"));
    rest.split("\n.SH ").next().unwrap_or_default().to_owned()
}

#[test]
fn the_page_of_hotlist_names_every_command() {
    let page = page("man");
    let listed = section(&page, "COMMANDS");
    for command in commands() {
        let reference = format!("hotlist-{command}(1)");
        assert!(
            listed.contains(&reference),
            "{reference} is not in {listed}"
        );
    }
}

#[test]
fn each_command_has_a_page_with_its_flags_and_an_example() {
    for command in commands() {
        let page = page(&format!("man {command}"));
        assert!(page.contains(&format!("hotlist-{command} - ")), "{page}");
        let examples = section(&page, "EXAMPLES");
        assert!(
            examples.contains(&format!("hotlist {command}")),
            "{command}: {examples}"
        );
        assert!(section(&page, "SEE ALSO").contains("hotlist(1)"));
    }
    assert!(section(&page("man score"), "INPUT").contains("--allow-empty"));
}

#[test]
fn every_exit_code_of_the_readme_is_explained() {
    let table = text("README.md");
    let codes = Regex::new(r"(?m)^\| ([0-9]+) \|").expect("a pattern");
    let codes: Vec<&str> = codes
        .captures_iter(&table)
        .map(|found| found.extract::<1>().1[0])
        .collect();
    assert!(codes.len() >= 9, "{codes:?}");
    for arguments in ["man", "man score"] {
        let explained = section(&page(arguments), "EXIT STATUS");
        for code in &codes {
            assert!(
                explained.contains(&format!(".TP\n{code}\n")),
                "{code}: {explained}"
            );
        }
    }
}

#[test]
fn every_variable_that_the_command_line_asks_for_is_explained() {
    let asked = Regex::new(r#"(?:var|var_os|set|is)\("([A-Z_]+)""#).expect("a pattern");
    let mut variables: Vec<String> = Vec::new();
    for file in ["console", "settings"] {
        let source = text(&format!("src/cli/{file}.rs"));
        let found = asked.captures_iter(&source);
        variables.extend(found.map(|found| found[1].to_owned()));
    }
    assert!(variables.len() >= 5, "{variables:?}");
    let explained = section(&page("man"), "ENVIRONMENT");
    for variable in variables {
        assert!(explained.contains(&variable), "{variable}: {explained}");
    }
}

#[test]
fn a_page_of_no_command_is_refused_with_the_nearest() {
    let refusal = Scene::empty().run("man scor").refusal(2);
    assert!(refusal.contains("there is no command `scor`"), "{refusal}");
    assert!(refusal.contains("did you mean `score`?"), "{refusal}");
    let refusal = Scene::empty().run("man zzzz").refusal(2);
    assert!(refusal.contains("score, explain"), "{refusal}");
}
