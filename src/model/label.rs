//! `[stages]` and `[disqualify]`: names that a condition gives to a lead.

use std::ops::Range;

use super::Reader;
use super::condition::{Condition, Phase};
use super::contacts::Contacts;
use super::document::{Document, Section};

/// A stage, or a reason to disqualify.
#[derive(Debug, Clone)]
pub struct Label {
    /// What the author calls it.
    pub name: String,
    /// When it holds.
    pub when: Condition,
    /// The condition as written.
    pub text: String,
    /// Where its name stands.
    pub span: Range<usize>,
}

/// Reads a section of names with a condition each, in the order of the file.
pub(super) fn read(
    section: Option<Section<'_>>,
    reader: &Reader,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Vec<Label> {
    let entries = section.map(Section::into_entries).unwrap_or_default();
    let mut labels = Vec::new();
    for (name, value) in entries {
        let span = value.key_span.clone();
        if name.trim().is_empty() {
            document
                .error("bad-name", span.clone(), "a name here cannot be empty", "")
                .hint = Some("outputs show it: call it as your colleagues do".to_owned());
        }
        let Some(text) = document.text(&value) else {
            continue;
        };
        let columns = &mut contacts.columns;
        if let Some(when) = reader.condition(&text, Phase::Labelled, columns, document) {
            labels.push(Label {
                name: name.to_owned(),
                when,
                text: text.value,
                span,
            });
        }
    }
    labels
}
