//! `[temperatures]`: what a score is called, what to do about it, and what a lead must have shown to be called so.

use std::ops::Range;

use super::checklist::ChecklistItem;
use super::document::{Document, Section, Value};
use super::score::Score;
use crate::value::Points;

/// What a score is called, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temperature {
    /// Its name in the model.
    pub name: String,
    /// The least score it takes.
    pub from: Points,
    /// How a CRM's tag calls it.
    pub tag: Option<String>,
    /// Its colour: a word or #rrggbb.
    pub color: Option<String>,
    /// What to do with such a lead.
    pub action: Option<String>,
    /// The checklist items a lead must meet.
    pub requires: Vec<usize>,
    /// The score down to which a lead that had the temperature in the previous run stays in it.
    pub keep: Option<Points>,
}

/// Colours a model can name, as terminals and spreadsheets know them.
pub const COLORS: [&str; 10] = [
    "red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "grey", "gray",
];

/// Reads `[temperatures]`; without any, the usual three.
pub(super) fn read(
    section: Option<Section<'_>>,
    score: &Score,
    checklist: &[ChecklistItem],
    document: &mut Document,
) -> Vec<Temperature> {
    let Some(section) = section else {
        return usual(score.min);
    };
    let span = section.span.clone();
    let mut temperatures: Vec<Temperature> = Vec::new();
    let mut places: Vec<(String, Range<usize>)> = Vec::new();
    let mut sound = true;
    for (name, value) in section.into_entries() {
        let key_span = value.key_span.clone();
        let read = document
            .section(value)
            .and_then(|section| read_temperature(name, section, checklist, document));
        let Some(temperature) = read else {
            sound = false;
            continue;
        };
        if let Some(other) = temperatures
            .iter()
            .find(|other| other.from == temperature.from)
        {
            document
                .error(
                    "duplicate-temperature",
                    key_span.clone(),
                    format!(
                        "`{}` and `{}` both begin at {}",
                        other.name, name, temperature.from
                    ),
                    "",
                )
                .hint = Some("give each its own `from`".to_owned());
        }
        places.push((temperature.name.clone(), key_span));
        temperatures.push(temperature);
    }
    temperatures.sort_by_key(|temperature| std::cmp::Reverse(temperature.from));
    let coldest = temperatures.last();
    if sound && coldest.is_none_or(|temperature| temperature.from > score.min) {
        document
            .error(
                "no-lowest-temperature",
                span,
                format!("no temperature begins at the lowest score, {}", score.min),
                "",
            )
            .hint = Some(format!(
            "give the coldest one `from = {}`, or add one",
            score.min
        ));
    } else if let Some(coldest) = coldest.filter(|coldest| !coldest.requires.is_empty()) {
        let place = places.iter().find(|(name, _)| *name == coldest.name);
        document
            .error(
                "coldest-requires",
                place.map_or(span, |(_, place)| place.clone()),
                format!("`{}`, the coldest, cannot require anything", coldest.name),
                "",
            )
            .hint = Some("a lead that lacks it would have no temperature".to_owned());
    }
    temperatures
}

fn read_temperature(
    name: &str,
    mut section: Section<'_>,
    checklist: &[ChecklistItem],
    document: &mut Document,
) -> Option<Temperature> {
    let from = section
        .require("from", document)
        .and_then(|value| document.points(&value));
    let mut text = |key, document: &mut Document| {
        section
            .get(key)
            .and_then(|value| document.text(&value))
            .map(|text| (text.value, text.span))
    };
    let tag = text("tag", document);
    let action = text("action", document);
    let color = text("color", document);
    if let Some((color, span)) = &color
        && !is_color(color)
    {
        document.unknown_name(
            "unknown-color",
            span.clone(),
            format!("there is no colour `{color}`"),
            color,
            COLORS,
            &format!("use #rrggbb or one of {}", COLORS.join(", ")),
        );
    }
    let requires = section
        .get("requires")
        .map(|value| read_requires(&value, checklist, document));
    let keep_value = section.get("keep");
    let keep = keep_value.as_ref().and_then(|value| document.points(value));
    section.finish(document);
    if let (Some(from), Some(keep), Some(value)) = (from, keep, keep_value)
        && keep > from
    {
        document
            .error(
                "keep-above-from",
                value.span,
                format!("`{}` is above `from`", value.path),
                format!("`from` is {from}"),
            )
            .hint = Some(
            "a lead stays until its score falls below `keep`, so it lies below `from`".to_owned(),
        );
    }
    Some(Temperature {
        name: name.to_owned(),
        from: from?,
        keep,
        tag: tag.map(|(tag, _)| tag),
        color: color.map(|(color, _)| color),
        action: action.map(|(action, _)| action),
        requires: requires.unwrap_or_default(),
    })
}

fn is_color(color: &str) -> bool {
    let hexadecimal = color
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
    hexadecimal || COLORS.contains(&color)
}

fn read_requires(
    value: &Value<'_>,
    checklist: &[ChecklistItem],
    document: &mut Document,
) -> Vec<usize> {
    let mut items = Vec::new();
    for name in document.texts(value).unwrap_or_default() {
        match checklist.iter().position(|item| item.name == name.value) {
            Some(item) => items.push(item),
            None => document.unknown_name(
                "unknown-checklist-item",
                name.span,
                format!("the checklist has no item `{}`", name.value),
                &name.value,
                checklist.iter().map(|item| item.name.as_str()),
                "declare it under [checklist]",
            ),
        }
    }
    items
}

/// Hot, warm and cold, for a model that names no temperatures of its own.
fn usual(lowest: Points) -> Vec<Temperature> {
    let temperature = |name: &str, from, tag: &str, color: &str, action: &str| Temperature {
        name: name.to_owned(),
        from,
        tag: Some(tag.to_owned()),
        color: Some(color.to_owned()),
        action: Some(action.to_owned()),
        requires: Vec::new(),
        keep: None,
    };
    vec![
        temperature(
            "hot",
            Points::whole(80),
            "Hot Lead",
            "red",
            "Immediate follow-up, schedule viewing, prepare offer",
        ),
        temperature(
            "warm",
            Points::whole(50),
            "Warm Lead",
            "orange",
            "Regular follow-up, provide information, build the relationship",
        ),
        temperature(
            "cold",
            lowest.min(Points::ZERO),
            "Cold Lead",
            "blue",
            "Newsletter, occasional check-in, long-term nurture",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn model(lines: &str) -> Model {
        let rule = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n";
        Model::parse("model.toml", &format!("{lines}\n{rule}")).expect("a valid model")
    }

    fn names(model: &Model) -> Vec<&str> {
        model.temperatures.iter().map(|t| t.name.as_str()).collect()
    }

    #[test]
    fn without_temperatures_there_are_hot_warm_and_cold() {
        let model = model("");
        assert_eq!(names(&model), ["hot", "warm", "cold"]);
        assert_eq!(model.temperatures[1].from, Points::whole(50));
        assert_eq!(
            (model.score.min, model.score.max),
            (Points::ZERO, Points::whole(100))
        );
    }

    #[test]
    fn temperatures_that_are_given_are_all_there_are_and_stand_hottest_first() {
        let model = model(
            "[temperatures]\ncool = { from = 0 }\nglowing = { from = 90 }\nmild = { from = 30.5 }",
        );
        assert_eq!(names(&model), ["glowing", "mild", "cool"]);
    }

    #[test]
    fn the_coldest_may_begin_below_the_lowest_score() {
        assert_eq!(
            names(&model("[temperatures]\nall = { from = -5 }")),
            ["all"]
        );
    }

    #[test]
    fn requires_finds_its_items_by_their_place() {
        let model = model(
            "[checklist]\na = { when = \"x\" }\nb = { when = \"y\" }\n\
             [temperatures]\nhot = { from = 50, requires = [\"b\", \"a\"] }\ncold = { from = 0 }",
        );
        assert_eq!(model.temperatures[0].requires, [1, 0]);
    }

    #[test]
    fn colours_are_words_or_six_hexadecimal_digits() {
        for color in ["red", "grey", "#00ff7F"] {
            assert!(is_color(color), "{color}");
        }
        for color in ["Red", "#00f", "#00ff7g", "00ff7f", ""] {
            assert!(!is_color(color), "{color}");
        }
    }
}
