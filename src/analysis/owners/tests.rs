//! Owners of a handful of leads, and the figures worked out by hand.

use super::super::facts::{Facts, LeadFacts};
use super::super::fixture::{ago, assert_sound, column, facts, lead, wait, won};
use super::super::table::{Chart, Document, Part};
use super::owners;
use crate::engine::Wait;
use crate::value::Points;

fn of(owner: &'static str) -> LeadFacts<'static> {
    LeadFacts {
        owner: Some(owner),
        ..lead()
    }
}

fn report(facts: &Facts<'_>) -> Document {
    let document = owners(facts);
    assert_sound(&document);
    document
}

/// So many leads of an owner with a score, the first of them won.
fn leads(owner: &'static str, score: &str, count: usize, wins: usize) -> Vec<LeadFacts<'static>> {
    (0..count)
        .map(|place| LeadFacts {
            score: Points::parse(score).expect("points"),
            is_won: place < wins,
            ..of(owner)
        })
        .collect()
}

#[test]
fn owners_stand_by_their_leads_with_nobody_as_the_last() {
    let hot = LeadFacts {
        temperature: 0,
        ..of("bram")
    };
    let facts = facts(vec![
        lead(),
        lead(),
        lead(),
        of("carla"),
        of(" anna "),
        hot,
        of("bram"),
    ]);
    let document = report(&facts);
    let table = &document.tables[0];
    assert_eq!(
        column(table, "owner"),
        ["bram", "anna", "carla", "(nobody)"]
    );
    assert_eq!(column(table, "leads"), ["2", "1", "1", "3"]);
    assert_eq!(column(table, "hot"), ["1", "0", "0", "0"]);
    assert_eq!(column(table, "cold"), ["1", "1", "1", "3"]);
}

#[test]
fn answers_are_those_to_the_first_question_of_each_lead() {
    let waits: Vec<Vec<Wait>> = vec![
        vec![wait(5000, Some(3)), wait(4000, None)],
        vec![wait(3000, Some(20))],
        vec![wait(2000, None)],
        vec![wait(100, None)],
        vec![],
    ];
    let waits: &'static Vec<Vec<Wait>> = Box::leak(Box::new(waits));
    let leads = waits.iter().map(|waits| LeadFacts {
        waits,
        ..of("anna")
    });
    let document = report(&facts(leads.collect()));
    let table = &document.tables[0];
    for (name, wanted) in [
        ("asked", "4"),
        ("answered", "2"),
        ("median", "20"),
        ("p90", ""),
        ("within_5m", "0.25"),
        ("within_30m", "0.5"),
        ("within_4h", "0.666667"),
        ("never", "1"),
        ("waiting", "1"),
    ] {
        assert_eq!(column(table, name), [wanted], "{name}");
    }
}

#[test]
fn people_get_answers_in_a_table_of_their_own() {
    let document = report(&facts(vec![of("anna"), won(of("anna"))]));
    let shown = |table: usize| {
        let columns = document.tables[table].columns.iter();
        let own = columns.filter(|column| column.part == Part::Own);
        own.map(|column| &*column.name).collect::<Vec<&str>>()
    };
    let main = [
        "owner", "leads", "hot", "median", "won", "expected", "ratio", "verdict",
    ];
    assert_eq!(shown(0), main);
    assert_eq!(document.tables[1].name, "answers");
    assert_eq!(shown(1)[..4], ["owner", "untouched", "asked", "median"]);
    assert_eq!(shown(1).len(), 13);
}

#[test]
fn untouched_are_hot_open_leads_that_wait_or_had_nothing_of_us_for_a_week() {
    const WEEK: i64 = 7 * 24 * 60;
    let open: &'static [Wait] = Box::leak(Box::new([wait(500, None)]));
    let hot = || LeadFacts {
        temperature: 0,
        last_touch: Some(ago(10)),
        ..of("anna")
    };
    let count = |lead: LeadFacts<'static>| {
        let document = report(&facts(vec![lead]));
        column(&document.tables[0], "untouched")[0] == "1"
    };
    assert!(!count(hot()));
    let last_touch = |minutes| LeadFacts {
        last_touch: minutes,
        ..hot()
    };
    assert!(!count(last_touch(Some(ago(WEEK)))));
    assert!(count(last_touch(Some(ago(WEEK + 1)))));
    assert!(count(last_touch(None)));
    let waiting = LeadFacts {
        waits: open,
        ..hot()
    };
    assert!(count(waiting.clone()));
    for decided in [
        won(waiting.clone()),
        LeadFacts {
            is_lost: true,
            ..waiting.clone()
        },
        LeadFacts {
            is_pursued: false,
            ..waiting.clone()
        },
        LeadFacts {
            temperature: 1,
            ..waiting
        },
    ] {
        assert!(!count(decided));
    }
}

#[test]
fn whoever_was_given_bad_leads_is_not_worse_than_they_promise() {
    // Good leads are won by 40 of 100, bad ones by 10, whoever has them; only Dora wins far less of good ones.
    let all = [
        leads("anna", "80", 100, 44),
        leads("bram", "20", 100, 10),
        leads("carla", "80", 100, 45),
        leads("dora", "80", 100, 15),
        leads("emil", "80", 10, 4),
        leads("frida", "80", 90, 52),
    ];
    let document = report(&facts(all.concat()));
    let table = &document.tables[0];
    let names = ["anna", "bram", "carla", "dora", "frida", "emil"];
    assert_eq!(column(table, "owner"), names);
    assert_eq!(column(table, "won"), ["44", "10", "45", "15", "52", "4"]);
    // 160 of 400 leads with a score of 80 were won.
    assert_eq!(
        column(table, "expected"),
        ["40", "10", "40", "40", "36", "4"]
    );
    assert_eq!(
        column(table, "ratio"),
        ["1.1", "1", "1.13", "0.38", "1.44", "1"]
    );
    assert_eq!(
        column(table, "verdict"),
        [
            "as expected",
            "as expected",
            "as expected",
            "worse than their leads",
            "better than their leads",
            "too few to say"
        ]
    );
    assert!(matches!(
        table.chart,
        Some(Chart::Intervals {
            reference: Some(_),
            ..
        })
    ));
}

#[test]
fn expected_wins_add_up_to_those_observed() {
    let all = [
        leads("anna", "80", 30, 9),
        leads("bram", "60", 30, 12),
        leads("carla", "20", 30, 3),
        leads("anna", "20", 10, 4),
    ];
    let document = report(&facts(all.concat()));
    let expected = column(&document.tables[0], "expected");
    let expected: f64 = expected
        .iter()
        .map(|text| text.parse::<f64>().expect("a figure"))
        .sum();
    assert!((expected - 28.0).abs() < 0.2, "{expected}");
}

#[test]
fn where_losses_are_known_open_leads_do_not_count() {
    let mut all = leads("anna", "50", 20, 8);
    for lead in &mut all[8..14] {
        lead.is_lost = true;
    }
    let document = report(&facts(all));
    let table = &document.tables[0];
    assert_eq!(column(table, "judged"), ["14"]);
    assert_eq!(column(table, "expected"), ["8"]);
}

#[test]
fn an_export_that_names_owners_of_won_leads_only_makes_nobody_better() {
    let all = [leads("anna", "50", 30, 30), leads("", "50", 300, 0)];
    let document = report(&facts(all.concat()));
    let table = &document.tables[0];
    assert_eq!(column(table, "owner"), ["anna", "(nobody)"]);
    assert_eq!(column(table, "verdict"), ["too few to say", ""]);
    assert_eq!(column(table, "ratio"), ["1", ""]);
}

#[test]
fn without_answers_or_outcome_their_columns_are_left_out_and_it_is_said_how_to_get_them() {
    let mut facts = facts(vec![of("anna")]);
    facts.has_answers = false;
    facts.has_owner = false;
    let document = report(&facts);
    let names: Vec<&str> = document.tables[0]
        .columns
        .iter()
        .map(|column| &*column.name)
        .collect();
    assert_eq!(names, ["owner", "leads", "hot", "warm", "cold"]);
    let notes = document.notes.join("\n");
    for part in ["[answers] from", "[outcome] won", "[contacts.columns]"] {
        assert!(notes.contains(part), "{notes}");
    }
}

#[test]
fn the_order_of_leads_changes_nothing() {
    let mut all = [
        leads("anna", "80", 40, 20),
        leads("bram", "20", 40, 4),
        leads("carla", "80", 40, 9),
    ]
    .concat();
    let one = report(&facts(all.clone()));
    all.reverse();
    assert_eq!(one, report(&facts(all)));
}
