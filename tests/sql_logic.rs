//! Conditions mean what SQL says they mean: each operator and function, over blank, plain, odd and mistyped cells, comes
//! to the same TRUE, FALSE or NULL in the program, in the independent scorer of `reference` and in SQLite.
//!
//! SQLite gets the cells as columns whose types were settled by hand, and each condition in its own syntax. Operators are
//! SQLite's own; the functions that it lacks are written once more here. What conditions define otherwise than SQL is
//! left out, and `translation` says what that is.

#![allow(clippy::doc_markdown, reason = "SQLite is a name, not code")]

#[path = "sql_logic/cells.rs"]
mod cells;
#[path = "sql_logic/functions.rs"]
mod functions;
#[path = "sql_logic/grid.rs"]
mod grid;
#[path = "sql_logic/language.rs"]
mod language;
#[path = "sql_logic/lexer.rs"]
mod lexer;
#[path = "sql_logic/pattern.rs"]
mod pattern;
#[path = "sql_logic/random.rs"]
mod random;
#[allow(
    dead_code,
    unused_imports,
    reason = "only the checklist is asked for here"
)]
mod reference;
#[path = "sql_logic/rows.rs"]
mod rows;
#[path = "sql_logic/scorers.rs"]
mod scorers;
#[path = "sql_logic/sqlite.rs"]
mod sqlite;
#[path = "sql_logic/translation.rs"]
mod translation;

use grid::Section;
use proptest::prelude::*;
use rows::Lead;
use scorers::Scorer;
use std::collections::BTreeSet;

/// TRUE, FALSE or NULL.
type Truth = Option<bool>;

/// How a scorer and SQLite differ: the first few places, each with the cells and both answers.
fn differences(
    conditions: &[String],
    leads: &[Lead],
    scorer: Scorer,
    truths: &[Vec<Truth>],
    sqlite: &[Vec<Truth>],
) -> Vec<String> {
    let mut differences = Vec::new();
    for (at, condition) in conditions.iter().enumerate() {
        let mut places = (0..leads.len()).filter(|&lead| truths[at][lead] != sqlite[at][lead]);
        if let Some(lead) = places.next() {
            differences.push(format!(
                "{condition}\n  {:?}: {scorer:?} {:?}, SQLite {:?}, and {} leads more\n  {}",
                leads[lead],
                truths[at][lead],
                sqlite[at][lead],
                places.count(),
                translation::translate(condition),
            ));
        }
    }
    differences
}

/// What the conditions come to, one list for each, after the scorers were found to agree with SQLite.
fn agreed(conditions: &[String], leads: &[Lead], scorers: &[Scorer]) -> Vec<Vec<Truth>> {
    let sqlite = sqlite::truths(conditions, leads);
    let differences: Vec<String> = scorers
        .iter()
        .flat_map(|&scorer| {
            let truths = scorers::truths(scorer, conditions, leads);
            differences(conditions, leads, scorer, &truths, &sqlite)
        })
        .collect();
    assert!(
        differences.is_empty(),
        "{} conditions differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
    sqlite
}

/// The sections whose conditions do not come out TRUE, FALSE and NULL, each at least once.
fn one_sided(sections: &[Section], truths: &[Vec<Truth>]) -> Vec<String> {
    let mut truths = truths.iter();
    let mut one_sided = Vec::new();
    for section in sections {
        let seen: BTreeSet<Truth> = truths
            .by_ref()
            .take(section.conditions.len())
            .flatten()
            .copied()
            .collect();
        if !section.outcomes.iter().all(|truth| seen.contains(truth)) {
            one_sided.push(format!("{}: only {seen:?}", section.about));
        }
    }
    one_sided
}

fn conditions_of(sections: &[Section]) -> Vec<String> {
    sections
        .iter()
        .flat_map(|section| section.conditions.iter().cloned())
        .collect()
}

#[test]
fn every_operator_and_function_agrees_with_the_reference_and_with_sqlite_on_every_cell() {
    let sections = grid::sections();
    let truths = agreed(
        &conditions_of(&sections),
        &rows::grid(),
        &[Scorer::Program, Scorer::Reference],
    );
    assert_eq!(one_sided(&sections, &truths), [""; 0]);
}

#[test]
fn what_the_reference_leaves_out_agrees_with_sqlite_on_every_cell() {
    let sections = grid::beyond_the_reference();
    let truths = agreed(&conditions_of(&sections), &rows::grid(), &[Scorer::Program]);
    assert_eq!(one_sided(&sections, &truths), [""; 0]);
}

#[test]
fn operators_bind_as_they_do_in_sqlite() {
    let conditions: Vec<String> = grid::PRECEDENCE.map(str::to_owned).into();
    let leads = &rows::grid()[..1];
    let as_they_stand = sqlite::evaluate(&conditions, leads);
    for scorer in [Scorer::Program, Scorer::Reference] {
        let truths = scorers::truths(scorer, &conditions, leads);
        for (condition, (ours, theirs)) in conditions.iter().zip(truths.iter().zip(&as_they_stand))
        {
            assert_eq!(ours, theirs, "{scorer:?}: {condition}");
        }
    }
}

#[test]
fn the_grid_uses_every_word_sign_and_function_of_the_language() {
    let mut sections = grid::sections();
    sections.extend(grid::beyond_the_reference());
    assert_eq!(language::unused(&conditions_of(&sections)), [""; 0]);
}

#[test]
fn words_that_are_only_reserved_are_refused() {
    for condition in [
        r"a LIKE 'x' ESCAPE '\'",
        "exists (select 1)",
        "a IN (select b)",
    ] {
        let model = scorers::model(&[condition.to_owned()]);
        assert!(
            hotlist::model::Model::parse("model.toml", &model).is_err(),
            "{condition}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: random::cases(64),
        max_shrink_iters: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nested_conditions_agree_with_the_reference_and_with_sqlite(
        conditions in proptest::collection::vec(random::condition(), 1..20),
        leads in random::leads(),
    ) {
        agreed(&conditions, &leads, &[Scorer::Program, Scorer::Reference]);
    }
}
