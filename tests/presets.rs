//! Every shape of every preset against a made-up export of it: the sample is recognised as that shape and as no other,
//! its columns bind, its types have names, its times read, and what stands around its rows is passed over.
//!
//! `UPDATE=1 cargo test --test presets` writes `docs/presets.md` anew, which is made of the presets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hotlist::diagnostic::Source;
use hotlist::input::{Binding, Options, Table, open};
use hotlist::model::columns::Columns;
use hotlist::plan::{Export, bind};
use hotlist::preset::{self, Choice, Footer, Kind, Shape};
use hotlist::value::{DateOrder, TimeForm, TimeReader, Zone};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/presets")
}

fn shapes() -> impl Iterator<Item = &'static Shape> {
    preset::all().iter().flat_map(|preset| &preset.shapes)
}

/// The sample of a shape: the file of its name in the folder of its preset.
fn sample(shape: &Shape) -> PathBuf {
    let endings = ["csv", "json", "ndjson"];
    let names = endings.map(|ending| format!("{}/{}.{ending}", shape.preset, shape.name));
    let mut paths = names.map(|name| folder().join(name)).into_iter();
    let found = paths.find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("{} has no sample", shape.label()))
}

fn table(shape: &Shape, kind: Kind, presets: Choice) -> Table {
    let options = Options {
        presets,
        kinds: vec![kind],
        ..Options::default()
    };
    let opened = open(&sample(shape)).expect("a sample that can be opened");
    Table::begin(opened, &options).unwrap_or_else(|report| panic!("{}: {report}", shape.label()))
}

fn named(shape: &Shape) -> Choice {
    Choice::read(std::slice::from_ref(&shape.preset)).expect("a preset")
}

/// The sample as a run reads it that is told the preset.
fn told(shape: &Shape) -> Table {
    table(shape, shape.kind, named(shape))
}

/// The cells of a sample's columns that models know by these names, row by row.
fn cells(shape: &Shape, names: &[&str]) -> Vec<Vec<String>> {
    let mut table = told(shape);
    let mut columns = Columns::default();
    for name in names {
        columns.named(name, 0..1);
    }
    let (source, spans) = table.header_source();
    let export = Export {
        name: "sample",
        section: shape.kind.name(),
        headers: table.headers(),
        source: &source,
        spans: &spans,
        shape: table.preset(),
    };
    let bound = bind(&columns, &Source::new("model", "x"), &export)
        .unwrap_or_else(|report| panic!("{}: {report}", shape.label()));
    let mut binding = Binding::new(names.len());
    for (slot, header) in bound.headers.iter().enumerate() {
        binding.bind(header.expect("a column that is needed"), slot);
    }
    let mut parser = table.parser(Arc::new(binding));
    let mut rows = Vec::new();
    while let Some(block) = table.next_block().expect("whole rows") {
        parser.parse(&block, |row| {
            let row = row.unwrap_or_else(|bad| panic!("{}: {bad:?}", shape.label()));
            rows.push(
                (0..names.len())
                    .map(|slot| row.text(slot).to_owned())
                    .collect(),
            );
        });
    }
    rows
}

#[test]
fn every_sample_is_recognised_as_its_shape_and_as_no_other() {
    for shape in shapes() {
        for kind in [Kind::Contacts, Kind::Events, Kind::Spend] {
            let own = kind == shape.kind && !shape.recognise.is_empty();
            let found = table(shape, kind, Choice::Automatic).preset();
            let wanted = own.then_some(shape.label());
            assert_eq!(
                found.map(Shape::label),
                wanted,
                "{} as {}",
                shape.label(),
                kind.name()
            );
        }
        let table = told(shape);
        assert_eq!(table.preset().map(Shape::label), Some(shape.label()));
        for other in shapes().filter(|other| other.label() != shape.label()) {
            let has = |wanted: &String| {
                let mut headers = table.headers().iter();
                headers.any(|header| header.eq_ignore_ascii_case(wanted))
            };
            let mut sets = other.recognise.iter();
            let is_other = other.kind == shape.kind && sets.any(|set| set.iter().all(has));
            assert!(!is_other, "{} is {} as well", shape.label(), other.label());
        }
    }
}

#[test]
fn every_sample_belongs_to_a_shape() {
    let wanted: BTreeSet<PathBuf> = shapes().map(sample).collect();
    let folders = fs::read_dir(folder()).expect("samples");
    let files = folders
        .flat_map(|folder| fs::read_dir(folder.expect("an entry").path()).expect("a folder"));
    let found: BTreeSet<PathBuf> = files.map(|file| file.expect("an entry").path()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_column_of_a_shape_binds_in_its_sample() {
    for shape in shapes() {
        for (name, _) in &shape.columns {
            let rows = cells(shape, &[name]);
            assert!(!rows.is_empty(), "{}", shape.label());
            let is_said = rows.iter().any(|row| !row[0].is_empty());
            // What leads rarely have may be blank in a sample.
            let rarely = ["notes", "won_at", "changed", "campaign"].contains(&name.as_str());
            assert!(
                is_said || rarely,
                "{}: {name} is blank in all rows",
                shape.label()
            );
        }
    }
}

#[test]
fn every_type_of_a_sample_has_a_name_or_is_known_to_have_none() {
    for shape in shapes().filter(|shape| shape.kind == Kind::Events) {
        for row in cells(shape, &["type"]) {
            let has_name = shape.types_of(&row[0]).next().is_some();
            let has_none = shape
                .other_types
                .iter()
                .any(|other| other.eq_ignore_ascii_case(&row[0]));
            assert!(has_name != has_none, "{}: {}", shape.label(), row[0]);
        }
    }
}

#[test]
fn every_type_of_a_shape_stands_in_its_sample() {
    for shape in shapes().filter(|shape| shape.kind == Kind::Events) {
        let rows = cells(shape, &["type"]);
        let spellings = shape.types.iter().flat_map(|(_, spellings)| spellings);
        for spelling in spellings.chain(&shape.other_types) {
            let there = rows.iter().any(|row| row[0].eq_ignore_ascii_case(spelling));
            let usual = shape.types.is_empty();
            assert!(there || usual, "{}: {spelling}", shape.label());
        }
    }
}

#[test]
fn every_time_of_a_sample_can_be_read() {
    for shape in shapes() {
        let reader = TimeReader {
            zone: Arc::new(Zone::named("UTC").expect("a zone")),
            form: shape.time_form.clone().unwrap_or(TimeForm::Recognised),
            // What a report writes in the reader's own order, a model has to say.
            order: Some(DateOrder::MonthFirst),
        };
        let times = ["time", "created", "last_activity", "day"];
        for (name, _) in &shape.columns {
            let in_own_form = shape.time_form.is_some() && name != "time";
            if !times.contains(&name.as_str()) || in_own_form {
                continue;
            }
            for row in cells(shape, &[name]) {
                let read = row[0].is_empty() || reader.read(&row[0]).is_ok();
                assert!(read, "{}: {name} {:?}", shape.label(), row[0]);
            }
        }
    }
}

#[test]
fn what_stands_around_the_rows_is_passed_over_and_counted() {
    for shape in shapes() {
        let mut table = told(shape);
        let before = table.lines_before_header();
        let expected = shape.preamble > 0 || shape.comment.is_some();
        assert_eq!(before > 0, expected, "{}: {before} lines", shape.label());
        while table.next_block().expect("whole rows").is_some() {}
        let rows = table.footer_rows();
        assert_eq!(
            rows > 0,
            shape.footer.is_some(),
            "{}: {rows} rows",
            shape.label()
        );
    }
}

#[test]
fn prefixes_and_blank_texts_do_not_reach_the_cells() {
    for shape in shapes().filter(|shape| shape.cleans_cells()) {
        for (name, _) in &shape.columns {
            for row in cells(shape, &[name]) {
                let cell = row[0].trim();
                let prefix = shape
                    .prefixes
                    .iter()
                    .find(|prefix| cell.starts_with(prefix.as_str()));
                assert_eq!(prefix, None, "{}: {cell}", shape.label());
                assert!(
                    !shape.blank.iter().any(|blank| blank == cell),
                    "{}",
                    shape.label()
                );
            }
        }
    }
}

/// A text of Markdown that stands in a cell of a table.
fn code(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    quoted.join(", ")
}

/// What stands on the left for each thing that has a name, by what it is called by.
fn by_spelling(names: &[(String, Vec<String>)]) -> BTreeMap<String, Vec<String>> {
    let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, of_name) in names {
        for spelling in of_name {
            spellings
                .entry(spelling.clone())
                .or_default()
                .push(name.clone());
        }
    }
    spellings
}

fn document() -> String {
    let mut text = "\
# Presets

<!-- Made of src/preset/*.toml by `UPDATE=1 cargo test --test presets`. -->

What is known of the exports of other systems. An export is taken for one of them by itself where its header row is
unmistakable; `--preset NAME` says which system it is from where it is not, `--preset none` that it is from none. A
preset that is named is taken for files of which it knows a header; where there is no such file, a warning says so. The
summary of a run says what was taken for what, and how sure that is:

- **seen**: on a page of the vendor, or in the header of a real file;
- **second-hand**: as others describe it;
- **guess**: from memory.

A preset fills in what a model leaves open and changes nothing that it says: a header is known under its name here only
to a column that no header fits otherwise, an event type only where the model does not know it, a form of times only
where it declares none. A model that names the columns and types of an export needs no preset for it.
"
    .to_owned();
    for preset in preset::all() {
        write!(
            text,
            "\n## {}\n\n`--preset {}`\n",
            preset.title, preset.name
        )
        .expect("written");
        for shape in &preset.shapes {
            describe(shape, &mut text);
        }
    }
    text
}

fn describe(shape: &Shape, text: &mut String) {
    let mut line = |line: String| writeln!(text, "{line}").expect("written");
    line(format!("\n### {}\n", shape.label()));
    line(format!(
        "{}: {}, **{}**. {}\n",
        shape.title,
        shape.kind.name(),
        shape.confidence,
        shape.note
    ));
    match shape.recognise.as_slice() {
        [] => line("- Taken only when it is named.".to_owned()),
        sets => {
            let sets: Vec<String> = sets.iter().map(|set| code(set)).collect();
            line(format!("- Recognised by {}.", sets.join("; or ")));
        }
    }
    if let Some(format) = &shape.time_format {
        line(format!("- Times: `time_format = \"{format}\"`."));
    }
    if !shape.blank.is_empty() {
        line(format!("- Nothing is known: {}.", code(&shape.blank)));
    }
    if !shape.prefixes.is_empty() {
        line(format!(
            "- Taken off before numbers: {}.",
            code(&shape.prefixes)
        ));
    }
    if shape.preamble > 0 {
        line(format!(
            "- Lines before the header: up to {}.",
            shape.preamble
        ));
    }
    if let Some(comment) = &shape.comment {
        line(format!(
            "- Comments before the header and at the end begin with `{comment}`."
        ));
    }
    match &shape.footer {
        Some(Footer::Begins(texts)) => line(format!(
            "- Rows at the end that begin with {} are none.",
            code(texts)
        )),
        Some(Footer::ShortRowsAfterBlankLine) => line(
            "- Rows of fewer cells than the header has, behind a blank line at the end, are none."
                .to_owned(),
        ),
        None => {}
    }
    line("\n| header | name in models |\n|---|---|".to_owned());
    for (header, names) in by_spelling(&shape.columns) {
        line(format!("| `{header}` | {} |", code(&names)));
    }
    if !shape.types.is_empty() {
        line("\n| event type | name in models |\n|---|---|".to_owned());
        for (spelling, names) in by_spelling(&shape.types) {
            line(format!("| `{spelling}` | {} |", code(&names)));
        }
    }
    if !shape.other_types.is_empty() {
        line(format!(
            "\nTypes that no built-in model has a name for: {}.",
            code(&shape.other_types)
        ));
    }
}

#[test]
fn the_document_says_what_the_presets_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/presets.md");
    let wanted = document();
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(&path, &wanted).expect("the document can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/presets.md is out of date; UPDATE=1 writes it anew"
    );
}
