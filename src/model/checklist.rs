//! `[checklist]`, the questions that qualify a lead, and `[quality]`, what may be amiss in its data: names with a
//! condition and a label each.

use super::Reader;
use super::condition::{Condition, Phase};
use super::contacts::Contacts;
use super::document::{Document, Section};
use super::is_plain_name;

/// One question of the qualification checklist, or one of the data's quality.
#[derive(Debug, Clone)]
pub struct ChecklistItem {
    /// Its name in the model.
    pub name: String,
    /// What readers see; the name if the model gives no label.
    pub label: String,
    /// When it is met.
    pub when: Condition,
    /// The condition as written.
    pub text: String,
}

/// Items are kept as bits of one word.
const MOST_ITEMS: usize = 64;

/// Reads `[checklist]` or `[quality]`, whose conditions are asked in a phase.
pub(super) fn read(
    section: Option<Section<'_>>,
    phase: Phase,
    reader: &Reader,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Vec<ChecklistItem> {
    let Some(section) = section else {
        return Vec::new();
    };
    let span = section.span.clone();
    let mut items = Vec::new();
    for (name, value) in section.into_entries() {
        is_plain_name(name, value.key_span.clone(), document);
        // An item that is refused keeps its place, so that `requires` still finds it.
        let mut item = ChecklistItem {
            name: name.to_owned(),
            label: name.to_owned(),
            when: Condition::Literal(None),
            text: String::new(),
        };
        if let Some(mut section) = document.section(value) {
            let label = section.get("label").and_then(|value| document.text(&value));
            let when = section
                .require("when", document)
                .and_then(|value| document.text(&value));
            section.finish(document);
            if let Some(label) = label {
                item.label = label.value;
            }
            if let Some(text) = when {
                item.when = reader
                    .condition(&text, phase, &mut contacts.columns, document)
                    .unwrap_or(item.when);
                item.text = text.value;
            }
        }
        items.push(item);
    }
    if items.len() > MOST_ITEMS {
        document.error(
            "too-many-items",
            span,
            format!("there are at most {MOST_ITEMS} items"),
            "",
        );
    }
    items
}
