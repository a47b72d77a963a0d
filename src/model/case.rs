//! `[[tests]]`: contacts with their events, and what the model should make of them.
//!
//! A test speaks of columns and event types by the model's own names, so that it holds whatever an export calls them.

use std::ops::Range;
use std::sync::Arc;

use super::Model;
use super::document::{Document, Section, Value};
use crate::value::{AsOf, Points, Zone};

/// One test of a model.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it says.
    pub name: String,
    /// Where its name stands.
    pub span: Range<usize>,
    /// The instant looked back from.
    pub as_of: AsOf,
    /// The contact's cells by the model's names; all others are blank.
    pub contact: Vec<(String, Given)>,
    /// Events, each with its columns by the model's names.
    pub events: Vec<Vec<(String, Given)>>,
    /// The temperature of the previous run.
    pub previous: Option<String>,
    /// What should come out.
    pub expect: Expected,
}

/// What a test puts into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// As an export would have it.
    Text(String),
    /// A number, in digits with a point.
    Number(String),
}

/// What a test expects; only what is there is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The score shown.
    pub score: Option<Points>,
    /// The temperature's name.
    pub temperature: Option<String>,
    /// The stage's name; empty for none.
    pub stage: Option<String>,
    /// The grade; empty for none.
    pub grade: Option<String>,
    /// Where the lead goes; empty for nowhere.
    pub route: Option<String>,
    /// The reason to disqualify it; empty for none.
    pub disqualified: Option<String>,
    /// Items of the checklist, and whether they are met.
    pub checklist: Vec<(String, bool)>,
    /// What groups count.
    pub groups: Vec<(String, Points)>,
    /// What rules give, by their ids.
    pub rules: Vec<(String, Points)>,
    /// The labels of the checklist's items that are not met.
    pub missing: Option<Vec<String>>,
}

/// Reads `[[tests]]` of a model whose other parts are read.
pub(super) fn read(value: Option<Value<'_>>, model: &Model, document: &mut Document) -> Vec<Case> {
    let elements = value
        .and_then(|value| document.elements(&value))
        .unwrap_or_default();
    let mut cases: Vec<Case> = Vec::new();
    for element in elements {
        let read = document
            .section(element)
            .and_then(|section| read_case(section, model, document));
        let Some(case) = read else {
            continue;
        };
        if cases.iter().any(|other| other.name == case.name) {
            document
                .error(
                    "duplicate-name",
                    case.span.clone(),
                    format!("another test is called `{}`", case.name),
                    "",
                )
                .hint = Some("a test that fails is found by its name".to_owned());
        }
        cases.push(case);
    }
    cases
}

fn read_case(mut section: Section<'_>, model: &Model, document: &mut Document) -> Option<Case> {
    let name = section.require("name", document);
    let name = name.as_ref().and_then(|value| document.text(value));
    let as_of = section.require("as_of", document);
    let as_of = as_of.and_then(|value| read_as_of(&value, &model.zone, document));
    let contact = section.get("contact").map(|value| {
        let section = document.section(value)?;
        let columns: Vec<&str> = contact_columns(model).collect();
        read_row(section, &columns, "contact", document)
    });
    let events = section
        .get("events")
        .map(|value| read_events(&value, model, document));
    let previous = section.get("previous").and_then(|value| {
        let name = document.text(&value)?;
        is_temperature(&name.value, &value, model, document).then_some(name.value)
    });
    let expect = section
        .require("expect", document)
        .and_then(|value| document.section(value))
        .and_then(|section| read_expected(section, model, document));
    section.finish(document);
    let name = name?;
    Some(Case {
        span: name.span,
        name: name.value,
        as_of: as_of?,
        contact: contact.map_or(Some(Vec::new()), |contact| contact)?,
        events: events.map_or(Some(Vec::new()), |events| events)?,
        previous,
        expect: expect?,
    })
}

fn read_as_of(value: &Value<'_>, zone: &Arc<Zone>, document: &mut Document) -> Option<AsOf> {
    let text = document.text_or_date(value)?;
    let as_of = AsOf::read(&text, zone);
    if as_of.is_none() {
        document
            .error(
                "bad-time",
                value.span.clone(),
                format!("`{text}` is neither a date nor an instant"),
                "",
            )
            .hint = Some("for instance \"2026-11-01\" or \"2026-11-01T09:00:00Z\"".to_owned());
    }
    as_of
}

/// The names by which a test can fill the cells of its contact.
fn contact_columns(model: &Model) -> impl Iterator<Item = &str> {
    let columns = &model.contacts.columns;
    let entries = columns.entries().iter();
    let usual = entries.clone().filter(|column| column.span.is_none());
    let usual = usual.flat_map(|column| column.spellings.iter().map(String::as_str));
    let spoken_of = entries.map(|column| column.name.as_str());
    spoken_of.chain(columns.declared_names()).chain(usual)
}

fn read_row(
    section: Section<'_>,
    columns: &[&str],
    kind: &str,
    document: &mut Document,
) -> Option<Vec<(String, Given)>> {
    let mut row = Vec::new();
    let mut sound = true;
    for (name, value) in section.into_entries() {
        if !columns.contains(&name) {
            document.unknown_name(
                "unknown-test-column",
                value.key_span.clone(),
                format!("the model speaks of no column `{name}` of {kind}s"),
                name,
                columns.iter().copied(),
                "a test names columns as the model does, and only those it looks at",
            );
            sound = false;
            continue;
        }
        match document.given(&value) {
            Some(given) => row.push((name.to_owned(), given)),
            None => sound = false,
        }
    }
    sound.then_some(row)
}

fn read_events(
    value: &Value<'_>,
    model: &Model,
    document: &mut Document,
) -> Option<Vec<Vec<(String, Given)>>> {
    let mut columns: Vec<&str> = vec!["event", "time"];
    let events = &model.events;
    for (slot, column) in events.columns.entries().iter().enumerate() {
        // An event of a test is its contact's: there is nothing to say.
        if slot == events.contact {
            continue;
        }
        columns.push(&column.name);
        if column.span.is_none() {
            columns.extend(column.spellings.iter().map(String::as_str));
        }
    }
    columns.extend(events.columns.declared_names());
    let mut rows = Vec::new();
    let mut sound = true;
    for element in document.elements(value)? {
        let row = document.section(element).and_then(|section| {
            let places = section.places(["event", "time"], document)?;
            let row = read_row(section, &columns, "event", document)?;
            let ok = is_event_type(&row, &places[0], model, document)
                & is_event_time(&row, &places[1], model, document);
            ok.then_some(row)
        });
        match row {
            Some(row) => rows.push(row),
            None => sound = false,
        }
    }
    sound.then_some(rows)
}

fn text_of<'r>(row: &'r [(String, Given)], column: &str) -> Option<&'r str> {
    row.iter()
        .find(|(name, _)| name == column)
        .map(|(_, given)| match given {
            Given::Text(text) | Given::Number(text) => text.as_str(),
        })
}

fn is_event_type(
    row: &[(String, Given)],
    place: &Range<usize>,
    model: &Model,
    document: &mut Document,
) -> bool {
    let events = &model.events;
    let declared = events.spellings.iter().map(|(name, _)| name.as_str());
    let known = declared.chain(events.types.iter().map(String::as_str));
    let kind = text_of(row, "event").unwrap_or_default();
    if known.clone().any(|known| known == kind) {
        return true;
    }
    document.unknown_name(
        "unknown-event-type",
        place.clone(),
        format!("the model has no event type `{kind}`"),
        kind,
        known,
        "a test names event types as the signals do",
    );
    false
}

fn is_event_time(
    row: &[(String, Given)],
    place: &Range<usize>,
    model: &Model,
    document: &mut Document,
) -> bool {
    let time = text_of(row, "time").unwrap_or_default();
    let is_time = AsOf::read(time, &model.zone).is_some();
    if !is_time {
        document
            .error(
                "bad-time",
                place.clone(),
                format!("`{time}` is not a time"),
                "",
            )
            .hint = Some("for instance \"2026-10-30T10:00:00Z\" or \"2026-10-30\"".to_owned());
    }
    is_time
}

fn is_temperature(name: &str, value: &Value<'_>, model: &Model, document: &mut Document) -> bool {
    let names = model.temperatures.iter().map(|t| t.name.as_str());
    is_known("temperature", name, names, &value.span, document)
}

/// Whether a name is among the model's names of a kind; refuses it if not.
fn is_known<'n>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    span: &Range<usize>,
    document: &mut Document,
) -> bool {
    if known.clone().any(|known| known == name) {
        return true;
    }
    let otherwise = match known.clone().collect::<Vec<&str>>().join(", ") {
        names if names.is_empty() => format!("the model has no {kind}s"),
        names => format!("there is {names}"),
    };
    document.unknown_name(
        "unknown-expectation",
        span.clone(),
        format!("the model has no {kind} `{name}`"),
        name,
        known,
        &otherwise,
    );
    false
}

fn read_expected(
    mut section: Section<'_>,
    model: &Model,
    document: &mut Document,
) -> Option<Expected> {
    let before = document.problems.len();
    let span = section.span.clone();
    let path = section.path.clone();
    let score = section.get("score").and_then(|v| document.points(&v));
    let temperatures = model.temperatures.iter().map(|t| t.name.as_str());
    let temperature = named(&mut section, "temperature", temperatures, document);
    let none = std::iter::once("");
    let stages = model.stages.iter().map(|stage| stage.name.as_str());
    let stage = named(&mut section, "stage", stages.chain(none.clone()), document);
    let grade = section
        .get("grade")
        .and_then(|value| document.text(&value))
        .map(|grade| grade.value);
    let routes = model.routes.iter().map(|route| route.to.as_str());
    let route = named(&mut section, "route", routes.chain(none.clone()), document);
    let disqualified = read_disqualified(&mut section, model, document);
    let checklist = section
        .get("checklist")
        .and_then(|value| document.section(value))
        .map(|items| read_items(items, model, document))
        .unwrap_or_default();
    let groups = model.groups.iter().map(|group| group.name.as_str());
    let groups = points_of(&mut section, "groups", "group", &groups, document);
    let rules = model.rules.iter().map(|rule| rule.id.as_str());
    let rules = points_of(&mut section, "rules", "rule", &rules, document);
    let missing = section
        .get("missing")
        .and_then(|value| read_missing(&value, model, document));
    section.finish(document);
    let expected = Expected {
        score,
        temperature,
        stage,
        grade,
        route,
        disqualified,
        checklist,
        groups,
        rules,
        missing,
    };
    if document.problems.len() > before {
        return None;
    }
    if expected == Expected::default() {
        document
            .error(
                "nothing-expected",
                span,
                format!("`{path}` expects nothing"),
                "",
            )
            .hint = Some("for instance expect = { temperature = \"hot\", score = 82 }".to_owned());
        return None;
    }
    Some(expected)
}

fn named<'n>(
    section: &mut Section<'_>,
    key: &'static str,
    known: impl Iterator<Item = &'n str> + Clone,
    document: &mut Document,
) -> Option<String> {
    let value = section.get(key)?;
    let name = document.text(&value)?;
    is_known(key, &name.value, known, &value.span, document).then_some(name.value)
}

fn read_disqualified(
    section: &mut Section<'_>,
    model: &Model,
    document: &mut Document,
) -> Option<String> {
    let value = section.get("disqualified")?;
    if !value.is_text() {
        if document.flag(&value)? {
            document
                .error(
                    "wrong-type",
                    value.span.clone(),
                    format!("`{}` should say why", value.path),
                    "",
                )
                .hint = Some("give the name under [disqualify], or false".to_owned());
            return None;
        }
        return Some(String::new());
    }
    let name = document.text(&value)?;
    let reasons = model.disqualify.iter().map(|reason| reason.name.as_str());
    is_known(
        "disqualify",
        &name.value,
        reasons.chain([Model::EXCLUDED]),
        &value.span,
        document,
    )
    .then_some(name.value)
}

fn read_items(section: Section<'_>, model: &Model, document: &mut Document) -> Vec<(String, bool)> {
    let mut items = Vec::new();
    for (name, value) in section.into_entries() {
        let known = model.checklist.iter().map(|item| item.name.as_str());
        if is_known("checklist item", name, known, &value.key_span, document)
            && let Some(met) = document.flag(&value)
        {
            items.push((name.to_owned(), met));
        }
    }
    items
}

fn points_of<'n>(
    section: &mut Section<'_>,
    key: &'static str,
    kind: &str,
    known: &(impl Iterator<Item = &'n str> + Clone),
    document: &mut Document,
) -> Vec<(String, Points)> {
    let entries = section
        .get(key)
        .and_then(|value| document.section(value))
        .map(Section::into_entries)
        .unwrap_or_default();
    let mut points = Vec::new();
    for (name, value) in entries {
        if is_known(kind, name, known.clone(), &value.key_span, document)
            && let Some(given) = document.points(&value)
        {
            points.push((name.to_owned(), given));
        }
    }
    points
}

fn read_missing(value: &Value<'_>, model: &Model, document: &mut Document) -> Option<Vec<String>> {
    let labels = model.checklist.iter().map(|item| item.label.as_str());
    let mut missing = Vec::new();
    for label in document.texts(value)? {
        if is_known(
            "checklist item",
            &label.value,
            labels.clone(),
            &label.span,
            document,
        ) {
            missing.push(label.value);
        }
    }
    Some(missing)
}
