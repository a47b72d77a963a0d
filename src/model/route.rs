//! `[[routes]]`: who takes which leads.

use std::ops::Range;

use super::Reader;
use super::condition::{Condition, Phase};
use super::contacts::Contacts;
use super::document::{Document, Section, Value};

/// Where leads go.
#[derive(Debug, Clone)]
pub struct Route {
    /// The department, the team or the person.
    pub to: String,
    /// Which leads; all that no route before it takes if absent.
    pub when: Option<Condition>,
    /// The condition as written.
    pub text: String,
    /// Who takes them in turn.
    pub assign: Vec<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Reads `[[routes]]`.
pub(super) fn read(
    value: Option<Value<'_>>,
    reader: &Reader,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Vec<Route> {
    let elements = value
        .and_then(|value| document.elements(&value))
        .unwrap_or_default();
    elements
        .into_iter()
        .filter_map(|element| {
            let section = document.section(element)?;
            read_route(section, reader, contacts, document)
        })
        .collect()
}

fn read_route(
    mut section: Section<'_>,
    reader: &Reader,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Option<Route> {
    let to_value = section.require("to", document);
    let to = to_value.as_ref().and_then(|value| document.text(value));
    let text = section.get("when").map(|value| document.text(&value));
    let assign = section
        .get("assign")
        .map(|value| read_people(&value, document));
    section.finish(document);
    let (when, text) = match text {
        None => (None, String::new()),
        Some(text) => {
            let text = text?;
            let columns = &mut contacts.columns;
            let when = reader.condition(&text, Phase::Staged, columns, document)?;
            (Some(when), text.value)
        }
    };
    let to = to?;
    if to.value.trim().is_empty() {
        document
            .error("bad-name", to.span.clone(), "a route leads somewhere", "")
            .hint = Some("name the department, the team or the person".to_owned());
    }
    Some(Route {
        span: to.span.clone(),
        to: to.value,
        when,
        text,
        assign: match assign {
            None => Vec::new(),
            Some(people) => people?,
        },
    })
}

fn read_people(value: &Value<'_>, document: &mut Document) -> Option<Vec<String>> {
    let people = document.texts(value)?;
    if people.is_empty() {
        document
            .error(
                "nobody-to-assign",
                value.span.clone(),
                "nobody is named",
                "",
            )
            .hint = Some("name who takes the leads in turn, or leave `assign` out".to_owned());
        return None;
    }
    Some(people.into_iter().map(|person| person.value).collect())
}
