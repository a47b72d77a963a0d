//! `[events]`: which columns hold the contact, the type and the time of an event, and what the export calls the
//! types.

use super::columns::Columns;
use super::contacts::{Cells, Contacts, read_cells, read_names};
use super::document::{Document, Section};

/// How events are read.
#[derive(Debug, Clone)]
pub struct Events {
    /// Every column of the events that the run needs.
    pub columns: Columns,
    /// The slot of the column that says whose event it is.
    pub contact: usize,
    /// The slot of the event's type.
    pub kind: usize,
    /// The slot of the event's time.
    pub time: usize,
    /// The slot of the event's own id; exports may lack it.
    pub id: usize,
    /// The slot of the contacts' column that `contact` refers to; their id if absent.
    pub matching: Option<usize>,
    /// How cells are read.
    pub cells: Cells,
    /// The types that signals use, by number.
    pub types: Vec<String>,
    /// Declared types: the name in the model and its spellings in the export.
    pub spellings: Vec<(String, Vec<String>)>,
}

impl Events {
    /// The number of an event type, which from now on is one that signals use.
    pub(super) fn kind_number(&mut self, name: &str) -> usize {
        match self.types.iter().position(|known| known == name) {
            Some(number) => number,
            None => {
                self.types.push(name.to_owned());
                self.types.len() - 1
            }
        }
    }
}

const USUAL_CONTACTS: [&str; 8] = [
    "contact_id",
    "lead_id",
    "person_id",
    "who_id",
    "record_id",
    "contact",
    "email",
    "recipient",
];
const USUAL_ADDRESSES: [&str; 4] = ["email", "email_address", "recipient", "contact_email"];
const USUAL_KINDS: [&str; 7] = [
    "event",
    "event_type",
    "event_name",
    "type",
    "activity_type",
    "activity",
    "action",
];
const USUAL_TIMES: [&str; 9] = [
    "timestamp",
    "time",
    "event_time",
    "occurred_at",
    "created_at",
    "activity_date",
    "created",
    "date",
    "created_date",
];

/// Reads `[events]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Events {
    let Some(mut section) = section else {
        let mut columns = Columns::default();
        return Events {
            contact: columns.usual("contact", &USUAL_CONTACTS, true),
            kind: columns.usual("type", &USUAL_KINDS, true),
            time: columns.usual("time", &USUAL_TIMES, true),
            id: columns.usual("id", &["event_id"], false),
            columns,
            matching: None,
            cells: Cells::default(),
            types: Vec::new(),
            spellings: Vec::new(),
        };
    };
    let mut columns = read_names(&mut section, document);
    let matching = section.get("match").and_then(|value| document.text(&value));
    let mut usual_contacts = Vec::new();
    match &matching {
        // The events probably call it what the contacts call it.
        Some(column) => usual_contacts.push(column.value.as_str()),
        None => usual_contacts.extend(USUAL_CONTACTS),
    }
    if matching
        .as_ref()
        .is_some_and(|column| column.value.contains("mail"))
    {
        usual_contacts.extend(USUAL_ADDRESSES);
    }
    let mut column = |key, usual: &[&str], needed, document: &mut Document| match section
        .get(key)
        .and_then(|value| document.text(&value))
    {
        Some(name) => columns.named(&name.value, name.span),
        None => columns.usual(key, usual, needed),
    };
    let contact = column("contact", &usual_contacts, true, document);
    let kind = column("type", &USUAL_KINDS, true, document);
    let time = column("time", &USUAL_TIMES, true, document);
    let id = column("id", &["event_id"], false, document);
    let spellings = section
        .get("types")
        .and_then(|value| document.section(value))
        .map(|types| read_types(types, document))
        .unwrap_or_default();
    let cells = read_cells(&mut section, document);
    section.finish(document);
    Events {
        columns,
        contact,
        kind,
        time,
        id,
        matching: matching.map(|text| contacts.columns.named(&text.value, text.span)),
        cells,
        types: Vec::new(),
        spellings,
    }
}

fn read_types(section: Section<'_>, document: &mut Document) -> Vec<(String, Vec<String>)> {
    let mut types: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in section.into_entries() {
        let Some(spellings) = document.texts(&value) else {
            continue;
        };
        for spelling in &spellings {
            let taken = types.iter().find(|(_, others)| {
                others
                    .iter()
                    .any(|other| other.trim().eq_ignore_ascii_case(spelling.value.trim()))
            });
            if let Some((other, _)) = taken {
                document
                    .error(
                        "duplicate-name",
                        spelling.span.clone(),
                        format!("`{}` already means `{other}`", spelling.value),
                        "",
                    )
                    .hint = Some(
                    "list a spelling under one type only; capitals make no difference".to_owned(),
                );
            }
        }
        let spellings = spellings.into_iter().map(|text| text.value).collect();
        types.push((name.to_owned(), spellings));
    }
    types
}
