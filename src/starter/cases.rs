//! The starter model's own tests: leads made up for its rules, scored by the model itself, so that what the tests
//! expect is what a run gives.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use super::draft::{Draft, Example, ExampleEvent};
use super::event_types::OUTREACH;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Opened, Options};
use crate::model::Model;
use crate::model::columns::Columns;
use crate::plan::{AsOf, Plan};
use crate::run::{Inputs, run};

/// The day the tests look back from.
pub(super) const DAY: &str = "2026-11-01";

/// Cells by the names of their columns.
pub(super) type Cells = Vec<(String, String)>;

/// A test of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    pub name: &'static str,
    pub cells: Cells,
    pub events: Vec<Cells>,
    /// What a run of it gives, as keys of a table.
    pub expect: String,
}

/// Events of one type that the hot lead has: as few as will do.
const REPEATS: [u32; 4] = [1, 2, 4, 10];

/// The tests of a draft, given its model without them.
///
/// # Errors
/// A refusal of the model or of the made-up leads, which would be a mistake in the draft.
pub(super) fn cases(draft: &Draft<'_>, model: &Arc<Model>) -> Result<Vec<Case>, Report> {
    let example = &draft.example;
    let needed: Cells = pairs(&example.needed);
    let mut full = needed.clone();
    full.extend(pairs(&example.cells));
    let mut cases = Vec::new();
    let mut hot = None;
    for repeats in REPEATS {
        let events = events(example, repeats);
        let case = scored("a lead that told and did all that counts", full.clone(), events, model)?;
        let is_hot = case.expect.contains("\"hot\"");
        hot = Some(case);
        if is_hot || example.events.is_empty() {
            break;
        }
    }
    cases.extend(hot);
    if !example.events.is_empty() && !example.cells.is_empty() {
        cases.push(scored("the same lead before it did anything", full, Vec::new(), model)?);
    }
    cases.push(scored("a lead of whom nothing is known", needed, Vec::new(), model)?);
    Ok(cases)
}

fn pairs(cells: &BTreeMap<String, String>) -> Cells {
    cells.iter().map(|(name, cell)| (name.clone(), cell.clone())).collect()
}

/// The example's events on the day itself: where answers are measured, first what is answered.
fn events(example: &Example, repeats: u32) -> Vec<Cells> {
    let mut events = Vec::new();
    let is_outreach = |event: &&ExampleEvent| event.kind == OUTREACH;
    let (first, rest): (Vec<&ExampleEvent>, Vec<&ExampleEvent>) =
        example.events.iter().partition(is_outreach);
    let mut minute = 0;
    for event in first.into_iter().chain(rest) {
        for number in 1..=event.full.min(repeats) {
            let mut cells = vec![
                ("event".to_owned(), event.kind.to_owned()),
                ("time".to_owned(), format!("{DAY}T09:{minute:02}:00Z")),
            ];
            if let Some(column) = &event.distinct {
                cells.push((column.clone(), format!("P-{number}")));
            }
            cells.extend(example.event_cell.clone());
            events.push(cells);
            minute += 1;
        }
    }
    events
}

/// Scores a made-up lead and writes down what came of it.
fn scored(
    name: &'static str,
    cells: Cells,
    events: Vec<Cells>,
    model: &Arc<Model>,
) -> Result<Case, Report> {
    let mut contact = cells.clone();
    let id = &model.contacts.columns.entries()[model.contacts.id].name;
    complete(&mut contact, id);
    if let Some(slot) = model.events.matching {
        complete(&mut contact, &model.contacts.columns.entries()[slot].name.clone());
    }
    let key = model.events.matching.unwrap_or(model.contacts.id);
    let key = &model.contacts.columns.entries()[key].name;
    let key = contact.iter().find(|(name, _)| name == key).map_or("", |(_, cell)| cell.as_str());
    let entries = model.events.columns.entries();
    let rows: Vec<Cells> = events
        .iter()
        .map(|event| {
            let mut row = vec![(entries[model.events.contact].name.clone(), key.to_owned())];
            for (name, cell) in event {
                let name = match name.as_str() {
                    "event" => &entries[model.events.kind].name,
                    "time" => &entries[model.events.time].name,
                    other => other,
                };
                row.push((name.to_owned(), cell.clone()));
            }
            row
        })
        .collect();
    let zone = Arc::clone(&model.zone);
    let Some(as_of) = AsOf::read(DAY, &zone) else {
        unreachable!("the day of the tests is a day");
    };
    let plan = Plan::new(Arc::clone(model), as_of);
    let events_file = (!rows.is_empty()).then(|| opened("events", &table(&model.events.columns, &rows)));
    let outcome = run(
        &plan,
        Inputs {
            contacts: vec![opened("contacts", &table(&model.contacts.columns, &[contact]))],
            events: events_file.into_iter().collect(),
            options: Options {
                delimiter: Some(b','),
                ..Options::default()
            },
            allow_empty: false,
            threads: 1,
            watched: &[],
            progress: &|_| {},
        },
    )?;
    let lead = outcome.ranking.leads().next().ok_or_else(|| {
        let diagnostic = Diagnostic::error("no-lead", "the lead of a test is no lead by the model");
        Report::new(Kind::Model, diagnostic)
    })?;
    Ok(Case {
        name,
        cells,
        events,
        expect: format!("score = {}, temperature = \"{}\"", lead.score, lead.temperature),
    })
}

/// Fills the cell of a column that a lead cannot be without.
fn complete(cells: &mut Cells, column: &str) {
    if cells.iter().all(|(name, _)| name != column) {
        cells.push((column.to_owned(), "made-up".to_owned()));
    }
}

/// Rows as an export would have them: every column that the model speaks of, under a header that it knows.
fn table(columns: &Columns, rows: &[Cells]) -> String {
    let needed = columns.entries().iter().filter(|column| column.needed || column.span.is_some());
    let mut headers: Vec<(&str, &str)> = Vec::new();
    for column in needed {
        if let Some(spelling) = column.spellings.first()
            && headers.iter().all(|(_, header)| header != spelling)
        {
            headers.push((column.name.as_str(), spelling));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let quoted: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        format!("{}\n", quoted.join(","))
    };
    let mut csv = line(&mut headers.iter().map(|(_, header)| *header));
    for row in rows {
        let cell = |name: &str| row.iter().find(|(known, _)| known == name).map_or("", |(_, cell)| cell.as_str());
        csv.push_str(&line(&mut headers.iter().map(|(name, _)| cell(name))));
    }
    csv
}

fn opened(name: &str, text: &str) -> Opened {
    Opened {
        name: format!("the tests' {name}"),
        size: None,
        reader: Box::new(Cursor::new(text.as_bytes().to_vec())),
    }
}
