//! The starter model's own tests: leads made up for its rules. What they expect is what the model itself gives, tried
//! as `hotlist test` tries it.

use std::collections::BTreeMap;

use super::draft::{Draft, Example, ExampleEvent};
use super::event_types::OUTREACH;
use crate::diagnostic::Report;
use crate::model::Model;
use crate::run::case::{Verdict, try_all};

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
    pub expect: Expectation,
}

/// What a test expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expectation {
    /// A score and a temperature, as they are written.
    Score(String, String),
    /// A reason to disqualify.
    Disqualified(&'static str),
}

/// How many events of one type the hot lead may have: as few as will do.
const REPEATS: [u32; 4] = [1, 2, 4, 10];

/// The temperature that the first test is to reach.
const HOT: &str = "hot";

/// The tests of a draft; `write` gives its model with tests.
///
/// # Errors
/// A refusal of the model or of a made-up lead, which would be a mistake in the draft.
pub(super) fn cases(
    draft: &mut Draft<'_>,
    mut write: impl FnMut(&mut Draft<'_>, &[Case]) -> String,
) -> Result<Vec<Case>, Report> {
    let mut tried = |draft: &mut Draft<'_>, mut cases: Vec<Case>| -> Result<Vec<Case>, Report> {
        let model = Model::parse(super::MODEL, &write(draft, &cases))?;
        for (case, verdict) in cases.iter_mut().zip(try_all(&model)?) {
            settle(&mut case.expect, &verdict);
        }
        Ok(cases)
    };
    let hottest = REPEATS.map(|repeats| hot(&draft.example, repeats));
    let mut cases = Vec::new();
    for case in hottest {
        cases = tried(draft, vec![case])?;
        if cases.iter().any(|case| case.expect.is(HOT)) {
            break;
        }
    }
    let mut others = Vec::new();
    if let Some(hot) = cases.first()
        && !hot.events.is_empty()
        && !draft.example.cells.is_empty()
    {
        others.push(Case {
            name: "the same lead before it did anything",
            events: Vec::new(),
            ..hot.clone()
        });
    }
    others.extend(left_alone(draft));
    others.push(Case {
        name: "a lead of whom nothing is known",
        cells: pairs(&draft.example.needed),
        events: Vec::new(),
        expect: Expectation::untried(),
    });
    cases.extend(tried(draft, others)?);
    Ok(cases)
}

impl Expectation {
    fn untried() -> Self {
        Self::Score("0".to_owned(), HOT.to_owned())
    }

    fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Score(_, temperature) if temperature == wanted)
    }
}

/// Puts what came out in the place of what was not tried yet.
fn settle(expect: &mut Expectation, verdict: &Verdict) {
    if let Expectation::Score(score, temperature) = expect {
        *score = verdict.score.to_string();
        let other = verdict
            .mismatches
            .iter()
            .find(|mismatch| mismatch.what == "temperature");
        if let Some(other) = other {
            temperature.clone_from(&other.found);
        }
    }
}

fn pairs(cells: &BTreeMap<String, String>) -> Cells {
    let cells = cells.iter();
    cells
        .map(|(name, cell)| (name.clone(), cell.clone()))
        .collect()
}

/// A lead that has everything the rules ask for.
fn hot(example: &Example, repeats: u32) -> Case {
    let mut cells = pairs(&example.needed);
    cells.extend(pairs(&example.cells));
    Case {
        name: "a lead that told and did all that counts",
        cells,
        events: events(example, repeats),
        expect: Expectation::untried(),
    }
}

/// A lead with the first reason to disqualify.
fn left_alone(draft: &Draft<'_>) -> Option<Case> {
    let ending = draft.disqualify.first()?;
    let mut cells = pairs(&draft.example.needed);
    let mut events = Vec::new();
    match (&ending.cell, ending.event) {
        (Some(cell), _) => cells.push(cell.clone()),
        (None, Some((kind, number))) => {
            events.extend((0..number).map(|minute| event(kind, &format!("10:{minute:02}"))));
        }
        (None, None) => return None,
    }
    Some(Case {
        name: "a lead that is to be left alone",
        cells,
        events,
        expect: Expectation::Disqualified(ending.reason),
    })
}

fn event(kind: &str, clock: &str) -> Cells {
    vec![
        ("event".to_owned(), kind.to_owned()),
        ("time".to_owned(), format!("{DAY}T{clock}:00Z")),
    ]
}

/// The example's events on the day itself: where answers are measured, first what is answered.
fn events(example: &Example, repeats: u32) -> Vec<Cells> {
    let is_outreach = |event: &&ExampleEvent| event.kind == OUTREACH;
    let (first, rest): (Vec<&ExampleEvent>, Vec<&ExampleEvent>) =
        example.events.iter().partition(is_outreach);
    let mut events = Vec::new();
    for kind in first.into_iter().chain(rest) {
        for number in 1..=kind.full.min(repeats) {
            let minutes = events.len();
            let clock = format!("{:02}:{:02}", 8 + minutes / 60, minutes % 60);
            let mut cells = event(kind.kind, &clock);
            let value = |column: &String| (column.clone(), format!("P-{number}"));
            cells.extend(kind.distinct.as_ref().map(value));
            cells.extend(example.event_cell.clone());
            events.push(cells);
        }
    }
    events
}
