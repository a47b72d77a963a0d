//! A model's own tests: each a run of one contact with its events, held against what the test expects.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Inputs, run};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::Opened;
use crate::model::{Case, Expected, Given, Model};
use crate::plan::Plan;
use crate::rank::{Before, Beside, Lead, Origin, Previous};
use crate::value::Points;

/// The id of a contact to which the test gives none.
const ID: &str = "test";

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What the test is called.
    pub name: String,
    /// Where it came out otherwise than expected; none if it passed.
    pub mismatches: Vec<Mismatch>,
    /// The ledger of the contact: what each line is called and what it gives.
    pub ledger: Vec<(String, Points)>,
    /// The score those sum to.
    pub score: Points,
}

/// One thing that came out otherwise than expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// What: `score`, `groups.engagement`, ….
    pub what: String,
    /// What the test expects.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl Verdict {
    /// Whether all came out as expected.
    pub fn passed(&self) -> bool {
        self.mismatches.is_empty()
    }
}

/// Runs every test of a model, in the order of the file.
///
/// # Errors
/// A test whose cells cannot be read.
pub fn try_all(model: &Model) -> Result<Vec<Verdict>, Report> {
    let own = Arc::new(model.by_its_own_names());
    let cases = model.tests.iter();
    cases
        .map(|case| try_one(&own, case).map_err(|report| of_case(report, model, case)))
        .collect()
}

fn try_one(model: &Arc<Model>, case: &Case) -> Result<Verdict, Report> {
    let plan = Plan::new(Arc::clone(model), case.as_of);
    let (id, contact) = contact(model, case);
    let events: Vec<String> = case
        .events
        .iter()
        .map(|event| row(model, event, &id))
        .collect();
    let mut previous = Previous::default();
    previous.add(
        id,
        Before {
            temperature: case
                .previous
                .as_ref()
                .and_then(|name| model.temperatures.iter().position(|t| t.name == *name)),
            score: None,
        },
    );
    let run = run(
        &plan,
        Inputs {
            contacts: vec![opened("contact", contact)],
            events: if events.is_empty() {
                Vec::new()
            } else {
                vec![opened("events", events.join("\n"))]
            },
            beside: Beside {
                previous: Some(previous),
                ..Beside::default()
            },
            ..Inputs::default()
        },
    )?;
    let Some(lead) = run.ranking.leads().next() else {
        return Ok(Verdict {
            name: case.name.clone(),
            mismatches: vec![Mismatch {
                what: "contact".to_owned(),
                expected: "a lead".to_owned(),
                found: "no lead by `only` under [contacts]".to_owned(),
            }],
            ledger: Vec::new(),
            score: Points::ZERO,
        });
    };
    Ok(Verdict {
        name: case.name.clone(),
        mismatches: mismatches(&lead, &case.expect),
        ledger: lead
            .ledger
            .iter()
            .map(|entry| (entry.label.to_string(), entry.points))
            .collect(),
        score: lead.score,
    })
}

/// The contact as a line of JSON, with its id.
fn contact(model: &Model, case: &Case) -> (String, String) {
    let id_column = &model.contacts.columns.entries()[model.contacts.id].name;
    let mut cells = object(&case.contact);
    let given = cells.get(id_column).and_then(Value::as_str).map(str::trim);
    let id = given.filter(|id| !id.is_empty()).unwrap_or(ID).to_owned();
    cells.insert(id_column.clone(), Value::String(id.clone()));
    (id, Value::Object(cells).to_string())
}

/// An event as a line of JSON.
fn row(model: &Model, event: &[(String, Given)], id: &str) -> String {
    let columns = model.events.columns.entries();
    let mut cells = object(event);
    for (key, slot) in [("event", model.events.kind), ("time", model.events.time)] {
        if let Some(value) = cells.remove(key) {
            cells.insert(columns[slot].name.clone(), value);
        }
    }
    cells.insert(
        columns[model.events.contact].name.clone(),
        Value::String(id.to_owned()),
    );
    Value::Object(cells).to_string()
}

fn object(cells: &[(String, Given)]) -> Map<String, Value> {
    let value = |given: &Given| match given {
        Given::Text(text) => Value::String(text.clone()),
        // Digits with a point are a number of JSON; were they not, they would still be the text of one.
        Given::Number(digits) => {
            serde_json::from_str(digits).unwrap_or_else(|_| Value::String(digits.clone()))
        }
    };
    cells
        .iter()
        .map(|(name, given)| (name.clone(), value(given)))
        .collect()
}

fn opened(kind: &str, text: String) -> Opened {
    let name = format!("the test's {kind}");
    Opened::stream(name, std::io::Cursor::new(text.into_bytes()))
}

/// The refusal of a test, with the place where it stands.
fn of_case(report: Report, model: &Model, case: &Case) -> Report {
    let diagnostics = report.diagnostics.into_iter().map(|told| {
        let rows = told.list.join("; ");
        let message = if rows.is_empty() {
            told.message
        } else {
            format!("{}: {rows}", told.message)
        };
        Diagnostic::error(told.code, message)
            .at(&model.source, case.span.clone(), "in this test")
            .hint("mend the cells or the events of the test")
    });
    Report {
        kind: Kind::Model,
        diagnostics: diagnostics.collect(),
    }
}

/// Everything that came out otherwise than expected.
fn mismatches(lead: &Lead<'_>, expect: &Expected) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    let mut compare = |what: String, expected: Option<String>, found: String| {
        if let Some(expected) = expected
            && expected != found
        {
            mismatches.push(Mismatch {
                what,
                expected,
                found,
            });
        }
    };
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    compare(
        "score".to_owned(),
        expect.score.map(|score| score.to_string()),
        lead.score.to_string(),
    );
    for (what, expected, found) in [
        ("temperature", &expect.temperature, Some(lead.temperature)),
        ("stage", &expect.stage, lead.stage),
        ("grade", &expect.grade, lead.grade.as_deref()),
        ("route", &expect.route, lead.route),
        ("disqualified", &expect.disqualified, lead.disqualified),
    ] {
        compare(what.to_owned(), expected.clone(), text(found));
    }
    for (item, met) in &expect.checklist {
        let is_met = lead.checklist.contains(&(item.as_str(), true));
        compare(
            format!("checklist.{item}"),
            Some(met.to_string()),
            is_met.to_string(),
        );
    }
    for (group, points) in &expect.groups {
        let found = lead.groups.iter().find(|(name, _)| name == group);
        let found = found.map_or(Points::ZERO, |(_, points)| *points);
        compare(
            format!("groups.{group}"),
            Some(points.to_string()),
            found.to_string(),
        );
    }
    for (rule, points) in &expect.rules {
        let is_of_rule = |entry: &&crate::rank::Entry<'_>| entry.origin == Origin::Rule(rule);
        let found = lead.ledger.iter().find(is_of_rule);
        let found = found.map_or(Points::ZERO, |entry| entry.points);
        compare(
            format!("rules.{rule}"),
            Some(points.to_string()),
            found.to_string(),
        );
    }
    compare(
        "missing".to_owned(),
        expect.missing.as_ref().map(|labels| labels.join("; ")),
        lead.missing.join("; "),
    );
    mismatches
}
