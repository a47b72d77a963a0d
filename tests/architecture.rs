//! The stations of the library stand in one order, and arrows between them point one way only: this test reads the
//! source and fails on a path that leads from a station to a later one, or out of the library's rules.

use std::fs;
use std::path::{Path, PathBuf};

/// The stations, in order: each may use those before it.
const STATIONS: [&str; 15] = [
    "value",
    "diagnostic",
    "preset",
    "model",
    "plan",
    "input",
    "engine",
    "rank",
    "run",
    "lint",
    "analysis",
    "output",
    "sql",
    "starter",
    "cli",
];

/// Stations that are handed everything: they open no file and ask neither the clock nor the environment.
const PURE: [&str; 9] = [
    "diagnostic",
    "value",
    "preset",
    "model",
    "plan",
    "engine",
    "rank",
    "analysis",
    "sql",
];

/// What only pure stations do without.
const IMPURE_PATHS: [&str; 6] = [
    "std::fs",
    "std::env",
    "std::process",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
];

/// What only the command line may do.
const PRINTING: [&str; 7] = [
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "io::stdout",
    "io::stderr",
];

/// One word or sign of Rust, without comments and without what stands in strings.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = &rest[rest.find("*/").map_or(rest.len(), |end| end + 2)..];
        } else if let Some(length) = string(rest) {
            rest = &rest[length..];
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(word.to_owned());
            rest = after;
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// How long the string or character is that `text` begins with, if it begins with one.
fn string(text: &str) -> Option<usize> {
    let hashes = text
        .strip_prefix('r')
        .map(|raw| raw.len() - raw.trim_start_matches('#').len());
    if let Some(hashes) = hashes
        && text[1 + hashes..].starts_with('"')
    {
        let close = format!("\"{}", "#".repeat(hashes));
        let start = 2 + hashes;
        return Some(start + text[start..].find(&close)? + close.len());
    }
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    if quote == '\'' && !text[1..].starts_with('\\') {
        // A lifetime has no closing quote two characters on.
        let character = text[1..].chars().next()?;
        let end = 1 + character.len_utf8();
        return text[end..].starts_with('\'').then_some(end + 1);
    }
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The first names of what follows `crate::` at `at`: one, or several in braces.
fn heads(tokens: &[String], at: usize) -> Vec<&str> {
    if tokens.get(at).is_none_or(|token| token != "{") {
        return tokens.get(at).map(String::as_str).into_iter().collect();
    }
    let mut heads = Vec::new();
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            word if depth == 1 && matches!(tokens[index - 1].as_str(), "{" | ",") => {
                heads.push(word);
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// The names under the crate's root that a file refers to, by `crate::` or by as many `super::` as lead there.
/// `module` is the file's own module path.
fn used<'t>(tokens: &'t [String], module: &[&str]) -> Vec<&'t str> {
    let is = |at: usize, wanted: &str| tokens.get(at).is_some_and(|token| token == wanted);
    let joined = |at: usize| is(at, ":") && is(at + 1, ":");
    let mut used = Vec::new();
    let mut depth = module.len();
    let mut at = 0;
    while at < tokens.len() {
        // Tests stand in a module of their own at the end of a file.
        if is(at, "mod") && is(at + 1, "tests") && is(at + 2, "{") {
            depth += 1;
        }
        if is(at, "crate") && joined(at + 1) {
            used.extend(heads(tokens, at + 3));
        }
        let mut climbed = 0;
        while is(at, "super") && joined(at + 1) {
            climbed += 1;
            at += 3;
        }
        if climbed > 0 {
            if climbed == depth {
                used.extend(heads(tokens, at));
            }
        } else {
            at += 1;
        }
    }
    used
}

/// What is wrong with a file, given its path under `src/`.
fn faults(file: &Path, source: &str) -> Vec<String> {
    let name = file.with_extension("").to_string_lossy().replace('\\', "/");
    let module: Vec<&str> = name.split('/').filter(|part| *part != "mod").collect();
    let station = module[0];
    if matches!(station, "lib" | "main") {
        return Vec::new();
    }
    let Some(place) = STATIONS.iter().position(|known| *known == station) else {
        return vec![format!("{name}: `{station}` is no station")];
    };
    let tokens = tokens(source);
    let mut faults = Vec::new();
    for head in used(&tokens, &module) {
        match STATIONS.iter().position(|known| *known == head) {
            Some(other) if other > place => {
                faults.push(format!(
                    "{name}: {station} uses {head}, which comes after it"
                ));
            }
            _ => {}
        }
    }
    let written = tokens.concat();
    if PURE.contains(&station) {
        for path in IMPURE_PATHS.iter().filter(|path| written.contains(**path)) {
            faults.push(format!("{name}: {station} uses {path}"));
        }
    }
    if station != "cli" {
        // With a space before it, so that `print!` is not found in `sprint!`.
        let spaced = tokens.join(" ");
        for call in PRINTING {
            let call = call.replace('!', " !").replace("::", " : : ");
            if format!(" {spaced}").contains(&format!(" {call}")) {
                faults.push(format!("{name}: {station} prints: {call}"));
            }
        }
    }
    faults
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_arrow_points_back_and_nothing_is_done_where_it_does_not_belong() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files.sort();
    assert!(files.len() > STATIONS.len(), "the source was not found");
    let faults: Vec<String> = files
        .iter()
        .flat_map(|path| {
            let source = fs::read_to_string(path).expect("readable");
            faults(path.strip_prefix(&root).expect("below src"), &source)
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_station_exists_and_is_named_in_the_table_of_the_library() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let library = fs::read_to_string(root.join("lib.rs")).expect("readable");
    let mut before = 0;
    for station in STATIONS {
        let there = root.join(station).is_dir() || root.join(format!("{station}.rs")).is_file();
        assert!(there, "there is no station {station}");
        let row = library.find(&format!("| [`{station}`]"));
        let row = row.unwrap_or_else(|| panic!("{station} is not in the table"));
        assert!(
            row > before,
            "{station} stands at another place in the table"
        );
        before = row;
    }
}

fn faults_of(file: &str, source: &str) -> usize {
    faults(Path::new(file), source).len()
}

#[test]
fn an_arrow_that_points_back_is_found_however_it_is_written() {
    for source in [
        "use crate::engine::Pass;",
        "use crate::{diagnostic::Report, engine::Pass};",
        "use crate::{\n    diagnostic::{self, Report},\n    rank::Lead,\n};",
        "fn f() -> crate::cli::Args { todo!() }",
        "use super::super::engine;",
        "use super::super::{value::Day, output};",
        "use crate :: engine;",
        "mod tests { use super::super::super::engine; }",
        "fn f<'a>(x: &'a str) { crate::run::run(x, '\"') }",
    ] {
        assert_eq!(faults_of("model/score.rs", source), 1, "{source}");
    }
}

#[test]
fn an_arrow_that_points_forward_is_no_fault() {
    for source in [
        "use crate::diagnostic::Report;\nuse crate::value::Day;\nuse super::rule;\nuse super::super::value;",
        "// see crate::engine\n/// and [`crate::rank`]\n/* crate::cli */",
        "const TEXT: &str = \"crate::engine \\\" crate::cli\";",
        "const TEXT: &str = r#\"crate::engine \" println!\"#;",
        "use crate::model::rule;",
        "mod tests { use super::super::engine; }",
    ] {
        assert_eq!(faults_of("model/score.rs", source), 0, "{source}");
    }
}

#[test]
fn files_clocks_and_the_environment_are_found_in_pure_stations() {
    for source in [
        "use std::fs::File;",
        "let home = std::env::var(\"HOME\");",
        "let now = jiff::Timestamp::now();",
        "let now = std::time::Instant::now();",
    ] {
        assert_eq!(faults_of("engine/pass.rs", source), 1, "{source}");
        assert_eq!(faults_of("cli/settings.rs", source), 0, "{source}");
    }
}

#[test]
fn printing_is_found_outside_the_command_line() {
    for source in [
        "fn f() { println!(\"x\") }",
        "dbg!(x);",
        "io::stdout().lock()",
    ] {
        assert_eq!(faults_of("output/csv.rs", source), 1, "{source}");
        assert_eq!(faults_of("cli/console.rs", source), 0, "{source}");
    }
    assert_eq!(faults_of("output/csv.rs", "fn print(x: u8) {}"), 0);
}

#[test]
fn a_module_that_is_no_station_is_found() {
    assert_eq!(faults_of("helpers.rs", ""), 1);
    assert_eq!(faults_of("lib.rs", "pub mod cli;"), 0);
}
