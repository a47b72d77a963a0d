//! `[output]`: what the command line would otherwise have to say every time.

use std::ops::Range;

use super::document::{Document, Section};
use super::temperature::Temperature;

/// Defaults for what is written; flags of the command line win.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutputDefaults {
    /// The columns to write, in order; all if empty.
    pub columns: Vec<String>,
    /// Where they are named.
    pub columns_span: Range<usize>,
    /// Only the first so many leads.
    pub top: Option<u32>,
    /// Only leads of these temperatures; all if empty.
    pub temperatures: Vec<String>,
}

/// Reads `[output]`.
pub(super) fn read(
    section: Option<Section<'_>>,
    temperatures: &[Temperature],
    document: &mut Document,
) -> OutputDefaults {
    let Some(mut section) = section else {
        return OutputDefaults::default();
    };
    let columns_value = section.get("columns");
    let columns_span = columns_value
        .as_ref()
        .map_or(0..0, |value| value.span.clone());
    let columns = columns_value
        .and_then(|value| document.texts(&value))
        .unwrap_or_default();
    let top = section
        .get("top")
        .and_then(|value| document.whole(&value, 1, u32::MAX));
    let wanted = section
        .get("temperature")
        .and_then(|value| document.texts(&value))
        .unwrap_or_default();
    section.finish(document);
    for name in &wanted {
        let known = temperatures
            .iter()
            .map(|temperature| temperature.name.as_str());
        if !known.clone().any(|known| known == name.value) {
            document.unknown_name(
                "unknown-temperature",
                name.span.clone(),
                format!("there is no temperature `{}`", name.value),
                &name.value,
                known,
                "declare it: [temperatures]",
            );
        }
    }
    let plain = |texts: Vec<super::text::FileText>| texts.into_iter().map(|t| t.value).collect();
    OutputDefaults {
        columns: plain(columns),
        columns_span,
        top,
        temperatures: plain(wanted),
    }
}
