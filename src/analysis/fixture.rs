//! Leads for the tests of reports.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::facts::{Facts, LeadFacts};
use super::table::{Cell, Document, Table};
use crate::engine::Wait;
use crate::model::Model;
use crate::plan::AsOf;
use crate::value::{Instant, Number, Points};

/// A model with the temperatures hot, warm and cold and the stages MQL and SQL.
pub(super) static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let text = "name = \"Small\"\ntimezone = \"Europe/Amsterdam\"\n\
        [[rules]]\nname = \"Points\"\nwhen = \"budget >= 1\"\npoints = 1\n\
        [stages]\nMQL = \"score >= 10\"\nSQL = \"score >= 50\"\n";
    Model::parse("model.toml", text).expect("a model")
});

/// The end of 2026-11-01 in Amsterdam.
pub(super) fn as_of() -> AsOf {
    AsOf::read("2026-11-01", &MODEL.zone).expect("a date")
}

/// An instant so many minutes before as-of.
pub(super) fn ago(minutes: i64) -> Instant {
    Instant::from_micros(as_of().instant.micros() - minutes * 60_000_000)
}

/// A wait that began so many minutes before as-of, and after how many it ended.
pub(super) fn wait(asked: i64, answered_after: Option<i64>) -> Wait {
    Wait {
        asked: ago(asked),
        answered: answered_after.map(|after| ago(asked - after)),
    }
}

/// A cold lead before the first stage, of which nothing is known.
pub(super) fn lead() -> LeadFacts<'static> {
    LeadFacts {
        place: 0,
        contact: 0,
        id: "A",
        owner: None,
        groups: vec![None],
        score: Points::default(),
        temperature: 2,
        stage: None,
        is_pursued: true,
        is_won: false,
        is_lost: false,
        value: None,
        days: None,
        quality: 0,
        last_event: None,
        waits: &[],
        last_touch: None,
    }
}

/// A lead of a source.
pub(super) fn of(source: &'static str) -> LeadFacts<'static> {
    LeadFacts {
        groups: vec![Some(Cow::Borrowed(source))],
        ..lead()
    }
}

/// The same, won.
pub(super) fn won(lead: LeadFacts<'static>) -> LeadFacts<'static> {
    LeadFacts {
        is_won: true,
        ..lead
    }
}

/// So many leads of a source, the first of them won.
pub(super) fn channel(source: &'static str, leads: usize, wins: usize) -> Vec<LeadFacts<'static>> {
    (0..leads)
        .map(|place| LeadFacts {
            is_won: place < wins,
            ..of(source)
        })
        .collect()
}

/// A run of leads divided by their source.
pub(super) fn facts(leads: Vec<LeadFacts<'static>>) -> Facts<'static> {
    Facts {
        model: &MODEL,
        as_of: as_of(),
        leads,
        breakdowns: vec!["source".to_owned()],
        has_owner: true,
        has_answers: true,
    }
}

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

/// The table of a name.
#[track_caller]
pub(super) fn table<'d>(document: &'d Document, name: &str) -> &'d Table {
    let table = document.tables.iter().find(|table| table.name == name);
    table.unwrap_or_else(|| panic!("there is a table {name}"))
}

/// What stands in the column of a name, as text.
#[track_caller]
pub(super) fn column(table: &Table, name: &str) -> Vec<String> {
    let place = table.column(name);
    let place = place.unwrap_or_else(|| panic!("there is a column {name}"));
    table.rows.iter().map(|row| text(&row[place])).collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}

/// That each row has a cell for each column, and no two columns of a table and no two tables have one name.
#[track_caller]
pub(super) fn assert_sound(document: &Document) {
    let mut tables: Vec<&str> = document.tables.iter().map(|table| &*table.name).collect();
    tables.sort_unstable();
    assert!(tables.is_sorted_by(|a, b| a < b), "{tables:?}");
    for table in &document.tables {
        let mut names: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
        let width = names.len();
        names.sort_unstable();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        assert!(table.rows.iter().all(|row| row.len() == width));
    }
}
