//! The laws of comparisons, over lists made up at random.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::analysis::{Cell, Table};
use crate::run::list::{List, Listed};
use crate::value::Points;

const TEMPERATURES: [&str; 3] = ["cold", "hot", "warm"];

fn heat() -> Heat {
    Heat::of(&[], &["hot", "warm", "cold"].map(str::to_owned))
}

/// A list of these leads: id, score and the place of the temperature.
fn list(leads: &BTreeMap<u8, (i64, usize)>) -> List {
    let leads = leads.iter().map(|(id, (score, temperature))| Listed {
        id: format!("L-{id:03}"),
        score: Points::whole(*score),
        temperature: *temperature,
        ..Listed::default()
    });
    List {
        temperatures: TEMPERATURES.map(str::to_owned).to_vec(),
        leads: leads.collect(),
        ..List::default()
    }
}

fn lists() -> impl Strategy<Value = List> {
    let lead = (0_i64..4, 0_usize..3);
    prop::collection::btree_map(0_u8..12, lead, 0..12).prop_map(|leads| list(&leads))
}

fn table<'d>(document: &'d Document, name: &str) -> &'d Table {
    let mut tables = document.tables.iter();
    tables.find(|table| table.name == name).expect("a table")
}

/// The counts of a table of names and figures.
fn figures(table: &Table, column: &str) -> BTreeMap<String, u64> {
    let place = table.column(column).expect("a column");
    let figure = |cell: &Cell| match cell {
        Cell::Count(count) => *count,
        other => panic!("no count: {other:?}"),
    };
    let name = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => panic!("no name: {other:?}"),
    };
    let rows = table.rows.iter();
    rows.map(|row| (name(&row[0]), figure(&row[place])))
        .collect()
}

proptest! {
    #[test]
    fn a_list_against_itself_has_no_movers(list in lists()) {
        let heat = heat();
        let moves = Moves::between(&list, &list, &heat);
        prop_assert_eq!(moves.count(&[]), 0);
        let document = compare(&moves, Between::Lists, &[]);
        prop_assert!(table(&document, "movers").rows.is_empty());
    }

    #[test]
    fn what_came_less_what_went_is_the_difference_of_the_lists(old in lists(), new in lists()) {
        let heat = heat();
        let moves = Moves::between(&old, &new, &heat);
        let document = compare(&moves, Between::Lists, &[]);
        let changes = table(&document, "changes");
        let (leads, came) = (figures(changes, "leads"), figures(changes, "new_leads"));
        let came: u64 = came.values().sum();
        prop_assert_eq!(old.leads.len() as u64 + came - leads["gone"], new.leads.len() as u64);
        let all: u64 = leads.values().sum();
        prop_assert_eq!(all, new.leads.len() as u64 + leads["gone"]);
        let movers = table(&document, "movers").rows.len() as u64;
        prop_assert_eq!(movers, all - leads["unchanged"]);
    }

    #[test]
    fn the_lists_swapped_mirror_the_changes(old in lists(), new in lists()) {
        let heat = heat();
        let there = Moves::between(&old, &new, &heat);
        let back = Moves::between(&new, &old, &heat);
        prop_assert_eq!(there.count(&[Change::Up]), back.count(&[Change::Down]));
        prop_assert_eq!(there.count(&[Change::Down]), back.count(&[Change::Up]));
        let documents = [&there, &back].map(|moves| compare(moves, Between::Lists, &[]));
        let new_leads = |document: &Document, change: &str| {
            figures(table(document, "changes"), "new_leads")[change]
        };
        let heated = there.count(&[Change::NewlyHot, Change::Hotter]) as u64;
        let heated = heated - new_leads(&documents[0], "newly hot");
        prop_assert_eq!(heated, back.count(&[Change::Cooled]) as u64);
        let came = new_leads(&documents[0], "newly hot") + new_leads(&documents[0], "new");
        prop_assert_eq!(came, back.count(&[Change::Gone]) as u64);
        // The matrix of transitions is turned round.
        let cells = |document: &Document| -> Vec<Vec<Cell>> {
            let rows = &table(document, "transitions").rows;
            rows.iter().map(|row| row[1..].to_vec()).collect()
        };
        let (there, back) = (cells(&documents[0]), cells(&documents[1]));
        for (row, cells) in there.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(cell, &back[column][row]);
            }
        }
    }

    #[test]
    fn each_change_can_be_listed_alone(old in lists(), new in lists()) {
        let heat = heat();
        let moves = Moves::between(&old, &new, &heat);
        let listed = |chosen: &[Change]| {
            table(&compare(&moves, Between::Lists, chosen), "movers").rows.clone()
        };
        let alone: Vec<Vec<Cell>> = Change::ALL.iter().flat_map(|one| listed(&[*one])).collect();
        prop_assert_eq!(alone, listed(&[]));
    }

    #[test]
    fn two_lists_and_their_trend_agree(old in lists(), new in lists()) {
        let heat = heat();
        let moves = Moves::between(&old, &new, &heat);
        let (document, moved) = trends(&[old.clone(), new.clone()], &heat);
        prop_assert_eq!(moved, moves.count(&[]));
        let runs = table(&document, "runs");
        let last = &runs.rows[1];
        for change in Change::ALL {
            let place = runs.column(&change.name().replace(' ', "_")).expect("a column");
            prop_assert_eq!(&last[place], &Cell::from(moves.count(&[change])));
        }
        prop_assert_eq!(table(&document, "leads").rows.len(), moves.pairs.len());
    }
}

#[test]
fn without_a_model_the_temperature_with_the_higher_scores_is_the_hotter() {
    let one = list(&[(1, (5, 0)), (2, (9, 1)), (3, (1, 1)), (4, (7, 2))].into());
    let order = Heat::of(&[&one], &[]);
    assert_eq!(order.names, ["warm", "cold", "hot"]);
    assert!(order.note().expect("a note").contains("warm, cold, hot"));
    let order = Heat::of(&[&one], &["hot".to_owned()]);
    assert_eq!(order.names, ["hot", "warm", "cold"]);
    assert!(
        order
            .note()
            .expect("a note")
            .contains("does not have the temperatures warm, cold")
    );
    assert_eq!(heat().note(), None);
}

#[test]
fn where_all_leads_have_one_temperature_nobody_is_newly_hot() {
    let few = |ids: &[u8]| List {
        temperatures: vec!["warm".to_owned()],
        ..list(&ids.iter().map(|id| (*id, (1, 0))).collect())
    };
    let (old, new) = (few(&[1]), few(&[1, 2]));
    let heat = Heat::of(&[&old, &new], &[]);
    let moves = Moves::between(&old, &new, &heat);
    assert_eq!(moves.count(&[Change::New]), 1);
    assert_eq!(moves.count(&[Change::NewlyHot]), 0);
}
