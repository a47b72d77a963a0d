//! `[overrides]`: columns of the export in which people set scores and temperatures by hand.

use super::condition::Reading;
use super::contacts::Contacts;
use super::document::{Document, Section};
use super::text::FileText;

/// Columns that override, by slot or by reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverrideColumns {
    /// The slot of the column that names a temperature.
    pub temperature: Option<usize>,
    /// The reading of the column that sets the score.
    pub score: Option<usize>,
    /// The reading of the column whose number is added.
    pub add: Option<usize>,
    /// The reading of the column below which the score does not fall.
    pub floor: Option<usize>,
    /// The reading of the column above which the score does not rise.
    pub ceiling: Option<usize>,
    /// The reading of the column that takes a lead out.
    pub exclude: Option<usize>,
    /// The slot and the reading of the last day on which all of these count; for ever where the cell is blank.
    pub until: Option<(usize, usize)>,
    /// The slot of who says so.
    pub by: Option<usize>,
    /// The slot of why.
    pub reason: Option<usize>,
}

/// Reads `[overrides]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    contacts: &mut Contacts,
    document: &mut Document,
) -> Option<OverrideColumns> {
    let mut section = section?;
    let span = section.span.clone();
    let columns = &mut contacts.columns;
    let mut named = |key, document: &mut Document| {
        let name: Option<FileText> = section.get(key).and_then(|value| document.text(&value));
        name.map(|name| columns.named(&name.value, name.span))
    };
    let temperature = named("temperature", document);
    let [score, add, floor, ceiling, exclude] =
        ["score", "add", "floor", "ceiling", "exclude"].map(|key| named(key, document));
    let until = named("until", document);
    let by = named("by", document);
    let reason = named("reason", document);
    let before = document.problems.len();
    section.finish(document);
    let is_misspelt = document.problems.len() > before;
    let number = |slot: Option<usize>, contacts: &mut Contacts| {
        slot.map(|slot| contacts.columns.reading(slot, Reading::Number))
    };
    let overrides = OverrideColumns {
        temperature,
        score: number(score, contacts),
        add: number(add, contacts),
        floor: number(floor, contacts),
        ceiling: number(ceiling, contacts),
        exclude: exclude.map(|slot| contacts.columns.reading(slot, Reading::YesNo)),
        until: until.map(|slot| (slot, contacts.columns.reading(slot, Reading::Day))),
        by,
        reason,
    };
    let sets = [temperature, score, add, floor, ceiling, exclude];
    if sets.iter().all(Option::is_none) && !is_misspelt {
        document
            .error(
                "no-override",
                span,
                "no column is named that overrides anything",
                "",
            )
            .hint = Some(
            "name the column for `temperature`, `score`, `add`, `floor`, `ceiling` or `exclude`"
                .to_owned(),
        );
    }
    Some(overrides)
}
