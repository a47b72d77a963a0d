//! The JSON Schema of the model file (`docs/model.schema.json`) says what the parser does: the same keys in the same
//! sections, the same words for choices, every valid model fits, and of the invalid ones those do not whose mistake is
//! one of shape.

#[path = "properties/clocks.rs"]
#[expect(dead_code, reason = "the clocks are for the exports")]
mod clocks;
#[path = "properties/conditions.rs"]
mod conditions;
#[path = "readme/document.rs"]
#[expect(dead_code, reason = "the links are followed elsewhere")]
mod document;
#[path = "schema/json.rs"]
mod json;
#[path = "properties/models.rs"]
#[expect(dead_code, reason = "the exports are of no interest here")]
mod models;
#[path = "schema/nodes.rs"]
mod nodes;
#[path = "properties/outcomes.rs"]
mod outcomes;
#[path = "schema/parser.rs"]
mod parser;
#[path = "properties/rules.rs"]
mod rules;
#[path = "properties/signals.rs"]
mod signals;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hotlist::model::{Model, templates};
use hotlist::value::Span;
use json::json;
use jsonschema::Validator;
use nodes::nodes;
use proptest::prelude::*;
use regex::Regex;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    let text = fs::read_to_string(root().join("docs/model.schema.json")).expect("it is there");
    serde_json::from_str(&text).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).expect("a schema")
}

/// Files below `folder` with that ending, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the schema holds against a model.
fn faults(validator: &Validator, model: &str) -> Vec<String> {
    let model = json(model);
    let faults = validator.iter_errors(&model);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

#[track_caller]
fn assert_fits(validator: &Validator, name: &str, model: &str) {
    let faults = faults(validator, model);
    assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
}

#[test]
fn it_is_a_schema_of_the_draft_it_names() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(jsonschema::draft7::meta::is_valid(&schema));
}

#[test]
fn every_valid_model_fits() {
    let validator = validator();
    let mut models = files("tests/models/valid", "toml");
    models.extend(files("examples", "toml"));
    assert!(models.len() >= 8, "{models:?}");
    for path in models {
        assert_fits(&validator, &path.display().to_string(), &text(&path));
    }
    for template in templates::ALL {
        assert_fits(&validator, template.name, template.text);
    }
}

#[test]
fn every_model_that_the_documents_show_fits() {
    let validator = validator();
    let mut documents = files("docs", "md");
    documents.push(root().join("README.md"));
    let mut seen = 0;
    for path in documents {
        let document = text(&path);
        for block in document::blocks(&document) {
            if block.language != "toml" {
                continue;
            }
            let mut model = block.text();
            if !block.lines.contains(&"[[rules]]") {
                model.push_str("\n[[rules]]\nname = \"any\"\nwhen = \"TRUE\"\npoints = 1\n");
            }
            let name = format!("{}, line {}", path.display(), block.first_line);
            assert_fits(&validator, &name, &model);
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} models");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_random_valid_model_fits(model in models::model()) {
        let faults = faults(&validator(), &model.text);
        prop_assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), model.text);
    }
}

/// Mistakes of shape: what a schema can see.
const STRUCTURAL: [&str; 26] = [
    "bad-band",
    "bad-decay",
    "bad-duration",
    "bad-name",
    "bad-number",
    "bad-points",
    "key-does-not-fit",
    "missing-key",
    "mixed-bands",
    "named-twice",
    "no-event-types",
    "no-groups",
    "no-marks",
    "no-override",
    "no-points",
    "no-rules",
    "no-source",
    "nobody-to-assign",
    "nothing-expected",
    "several-sources",
    "several-worths",
    "too-many-items",
    "unknown-choice",
    "unknown-color",
    "unknown-key",
    "wrong-type",
];

/// Invalid models whose mistake of shape the schema lets through, and why.
const LET_THROUGH: [(&str, &str); 10] = [
    ("band-of-hours-for-an-age", LENGTH),
    ("band-of-time-for-a-count", LENGTH),
    (
        "date-where-a-text-belongs",
        "JSON has no dates: editors make texts of them",
    ),
    ("duration-beyond-any-export", LENGTH),
    ("duration-in-hours", LENGTH),
    ("duration-of-nothing", LENGTH),
    ("five-mistakes", "its mistakes of shape are two of these"),
    (
        "points-in-hexadecimal",
        "JSON knows numbers, not how they were written",
    ),
    (
        "points-with-too-many-decimals",
        "`multipleOf` a thousandth refuses numbers that are right, in binary arithmetic",
    ),
    (
        "rule-with-a-name-without-letters",
        "right if the rule has an `id`",
    ),
];
const LENGTH: &str = "a pattern sees that it is a length of time, not how long";

#[test]
fn mistakes_of_shape_do_not_fit() {
    let validator = validator();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in files("tests/models/invalid", "toml") {
        let model = text(&path);
        let report = Model::parse("model.toml", &model).expect_err("it is invalid");
        let codes = report.diagnostics.iter().map(|problem| problem.code);
        let shape: Vec<&str> = codes.filter(|code| STRUCTURAL.contains(code)).collect();
        seen.extend(shape.iter().copied());
        if shape.is_empty() {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let fits = faults(&validator, &model).is_empty();
        let let_through = LET_THROUGH.iter().any(|(known, _)| *known == name);
        if fits != let_through {
            wrong.push(format!("{name} {shape:?}: fits is {fits}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(seen.iter().eq(STRUCTURAL.iter()), "only {seen:?} are shown");
}

#[test]
fn the_schema_knows_the_keys_of_each_section_that_the_parser_knows_and_no_others() {
    let schema = schema();
    let mut described: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in nodes(&schema) {
        if let Some(keys) = node.keys() {
            let keys = keys.into_iter().map(str::to_owned);
            described.insert(node.path.clone(), keys.collect());
        }
    }
    let parsed: BTreeMap<String, BTreeSet<String>> = parser::SECTIONS
        .iter()
        .map(|(path, _)| ((*path).to_owned(), parser::keys(path).into_iter().collect()))
        .collect();
    for (path, keys) in &parsed {
        assert_eq!(
            described.get(path),
            Some(keys),
            "`{path}`: the schema's keys and the parser's"
        );
    }
    assert!(described.keys().eq(parsed.keys()), "SECTIONS lacks some");
}

#[test]
fn every_key_that_the_source_of_the_parser_asks_for_stands_in_the_schema() {
    let asks = Regex::new(r#"(?:get|require|section|column|text)\([ \n]*"([a-z_]+)""#);
    let asks = asks.expect("a pattern");
    let schema = schema();
    let known: BTreeSet<String> = nodes(&schema)
        .iter()
        .map(|node| node.place().1.to_owned())
        .collect();
    let mut asked = BTreeSet::new();
    for path in files("src/model", "rs") {
        let source = text(&path);
        asked.extend(asks.captures_iter(&source).map(|found| found[1].to_owned()));
    }
    assert!(
        asked.contains("half_life"),
        "the pattern finds no keys any more"
    );
    let lacking: Vec<&String> = asked.difference(&known).collect();
    assert!(lacking.is_empty(), "the schema lacks {lacking:?}");
}

#[test]
fn the_schema_knows_the_words_of_each_choice_that_the_parser_knows_in_their_order() {
    let schema = schema();
    let mut seen = 0;
    for node in nodes(&schema) {
        let Some(words) = node.schema["enum"].as_array() else {
            continue;
        };
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let (section, key) = node.place();
        assert_eq!(words, parser::choices(section, key), "{}", node.path);
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} choices");
}

#[test]
fn the_schema_knows_the_colours() {
    let validator = validator();
    let model = |color: &str| {
        format!(
            "[temperatures.a]\nfrom = 0\ncolor = \"{color}\"\n\
             [[rules]]\nname = \"a\"\nwhen = \"b\"\npoints = 1\n"
        )
    };
    for color in parser::colors() {
        assert_fits(&validator, &color, &model(&color));
    }
    let schema = schema();
    let pattern = &schema["properties"]["temperatures"]["additionalProperties"]["properties"]["color"]
        ["pattern"];
    let named = pattern.as_str().expect("a pattern").matches('|').count();
    assert_eq!(
        named,
        parser::colors().len(),
        "the pattern is one word each, and #rrggbb"
    );
}

/// Every key of the model that takes a length of time.
const DURATIONS: [&str; 7] = [
    "rules[].bands[].from",
    "rules[].bands[].upto",
    "signals.*.decay.after",
    "signals.*.decay.half_life",
    "signals.*.decay.linear",
    "signals.*.decay.step",
    "signals.*.within",
];

#[test]
fn lengths_of_time_that_the_parser_reads_fit_and_others_do_not() {
    let schema = schema();
    let is_duration = |path: &str| DURATIONS.contains(&path);
    let nodes: Vec<_> = nodes(&schema)
        .into_iter()
        .filter(|node| is_duration(&node.path))
        .collect();
    assert_eq!(nodes.len(), DURATIONS.len());
    let units =
        "minute minutes min mins hour hours h day days d week weeks w month months mo year years y";
    for node in nodes {
        let validator = jsonschema::draft7::new(node.schema).expect("a schema");
        let fits = |text: &str| validator.is_valid(&Value::from(text));
        for unit in units.split(' ') {
            for written in [
                format!("90 {unit}"),
                format!("90{}", unit.to_uppercase()),
                format!(" 007  {unit} "),
            ] {
                assert!(Span::parse(&written).is_ok(), "{written}");
                assert!(fits(&written), "{}: {written}", node.path);
            }
        }
        for written in [
            "",
            "90",
            "90 m",
            "1.5 days",
            "a day",
            "-1 day",
            "3 quarters",
        ] {
            assert!(Span::parse(written).is_err(), "{written}");
            assert!(!fits(written), "{}: {written}", node.path);
        }
    }
}

#[test]
fn every_key_is_described_and_every_table_says_what_may_stand_in_it() {
    for node in nodes(&schema()) {
        let described = node.schema["description"].as_str().unwrap_or_default();
        assert!(described.ends_with('.'), "{}: {described:?}", node.path);
        if node.schema["type"] == "object" {
            assert!(
                !node.schema["additionalProperties"].is_null(),
                "{}",
                node.path
            );
        }
    }
}

#[test]
fn examples_and_defaults_are_such_as_may_be_written() {
    let mut seen = 0;
    for node in nodes(&schema()) {
        let validator = jsonschema::draft7::new(node.schema).expect("a schema");
        let examples = node.schema["examples"].as_array().into_iter().flatten();
        for value in examples.chain(node.schema.get("default")) {
            assert!(validator.is_valid(value), "{}: {value}", node.path);
            seen += 1;
        }
    }
    assert!(seen >= 40, "only {seen} examples");
}
