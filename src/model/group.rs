//! `[groups.NAME]`: rules that count together, and how much of them may.

use super::document::{Document, Section};
use super::is_plain_name;
use super::rule::bounded;
use crate::value::Points;

/// Rules that count together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name in the model.
    pub name: String,
    /// What readers see; the name if the model gives no label.
    pub label: String,
    /// The least the group counts.
    pub min: Option<Points>,
    /// The most the group counts.
    pub max: Option<Points>,
}

impl Group {
    /// `sum` held within the group's bounds.
    pub fn bounded(&self, sum: Points) -> Points {
        bounded(sum, self.min, self.max)
    }
}

/// Reads `[groups]`.
pub(super) fn read(section: Option<Section<'_>>, document: &mut Document) -> Vec<Group> {
    let Some(section) = section else {
        return Vec::new();
    };
    let mut groups = Vec::new();
    for (name, value) in section.into_entries() {
        is_plain_name(name, value.key_span.clone(), document);
        // A group that is refused keeps its name, so that its rules are not refused as well.
        let mut group = Group {
            name: name.to_owned(),
            label: name.to_owned(),
            min: None,
            max: None,
        };
        if let Some(mut section) = document.section(value) {
            if let Some(label) = section.get("label").and_then(|value| document.text(&value)) {
                group.label = label.value;
            }
            (group.min, group.max) = bounds(&mut section, document);
            section.finish(document);
        }
        groups.push(group);
    }
    groups
}

/// Reads `min` and `max`, which must not contradict each other.
pub(super) fn bounds(
    section: &mut Section<'_>,
    document: &mut Document,
) -> (Option<Points>, Option<Points>) {
    let min = section.get("min").and_then(|value| document.points(&value));
    let max_value = section.get("max");
    let max = max_value.as_ref().and_then(|value| document.points(value));
    if let (Some(low), Some(high), Some(value)) = (min, max, max_value)
        && low > high
    {
        document.error(
            "empty-range",
            value.span,
            format!("`{}` is below `min`", value.path),
            format!("`min` is {low}"),
        );
    }
    (min, max)
}
