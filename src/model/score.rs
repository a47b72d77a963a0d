//! `[score]`, `[temperatures]` and `[checklist]`: what the points come to, what that is called, and what a lead must
//! have shown to be called so.

use std::ops::Range;

use super::Reader;
use super::condition::{Condition, Stage};
use super::contacts::Contacts;
use super::document::{Document, Section, Value};
use super::group::bounds;
use super::is_plain_name;
use super::rule::bounded;
use crate::value::Points;

/// Bounds and decimals of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The least.
    pub min: Points,
    /// The most.
    pub max: Points,
    /// How many decimals are shown and compared: 0 to 3.
    pub decimals: u8,
}

impl Score {
    /// `total` held within the bounds.
    pub fn bounded(&self, total: Points) -> Points {
        bounded(total, Some(self.min), Some(self.max))
    }
}

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
}

/// One question of the qualification checklist.
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

/// Colours a model can name, as terminals and spreadsheets know them.
pub const COLORS: [&str; 10] = [
    "red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "grey", "gray",
];

/// Reads `[score]`.
pub(super) fn read_score(section: Option<Section<'_>>, document: &mut Document) -> Score {
    let default = Score {
        min: Points::ZERO,
        max: Points::whole(100),
        decimals: 0,
    };
    let Some(mut section) = section else {
        return default;
    };
    let before = document.problems.len();
    let (min, max) = bounds(&mut section, document);
    let sound = document.problems.len() == before;
    let decimals = section
        .get("decimals")
        .and_then(|value| document.whole(&value, 0, 3));
    section.finish(document);
    let score = Score {
        min: min.unwrap_or(default.min),
        max: max.unwrap_or(default.max),
        decimals: decimals.and_then(|d| u8::try_from(d).ok()).unwrap_or(0),
    };
    // One bound can also contradict the other's default; and a score that is always the same ranks nobody.
    if score.min >= score.max && sound {
        document
            .error(
                "empty-range",
                section.span.clone(),
                format!("the score runs from {} to {}", score.min, score.max),
                "",
            )
            .hint = Some(format!(
            "`max` must be above `min`; left out, `min` is {} and `max` is {}",
            default.min, default.max
        ));
    }
    score
}

/// Reads `[checklist]`.
pub(super) fn read_checklist(
    section: Option<Section<'_>>,
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
                    .condition(&text, Stage::Scored, &mut contacts.columns, document)
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
            format!("a checklist has at most {MOST_ITEMS} items"),
            "",
        );
    }
    items
}

/// Reads `[temperatures]`; without any, the usual three.
pub(super) fn read_temperatures(
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
    section.finish(document);
    Some(Temperature {
        name: name.to_owned(),
        from: from?,
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
