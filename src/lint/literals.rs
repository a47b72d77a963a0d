//! The texts that a model compares columns with, and which of them an export knows.
//!
//! A text that never stands in its column, while one stands there that differs by capitals, spaces, accents or a slip
//! of the finger, is probably that one.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Subject;
use super::observed::{Observed, Values};
use crate::model::RuleSource;
use crate::model::condition::{Comparison, Condition, Text, TextRelation};
use crate::value::{ascii_lower, ascii_upper};

/// A text of the model that a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// The text.
    pub text: String,
    /// The column's slot.
    column: usize,
    of_events: bool,
    /// What is done with the cell before it is compared.
    manner: Manner,
    /// Where it stands, or the condition it is part of.
    pub place: Option<Range<usize>>,
    /// How it is written where it stands, so that another text can be put in its place; None if that is not known.
    quote: Option<char>,
}

/// How a cell meets a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    AsItIs,
    Lower,
    Upper,
    Trimmed,
    /// One of the cell's comma- or semicolon-separated values is the literal.
    Tag,
}

/// A literal that never stands in its column.
pub(super) struct Missing {
    pub literal: Literal,
    /// The column's name.
    pub column: String,
    /// A value that does stand there and is nearly the same, and how often.
    pub near: Option<(String, u64)>,
}

impl Missing {
    /// What to put in the literal's place to mend it.
    pub(super) fn replacement(&self) -> Option<String> {
        let (near, _) = self.near.as_ref()?;
        match self.literal.quote? {
            '\'' => Some(format!("'{}'", near.replace('\'', "''"))),
            _ if near.contains(['"', '\\']) || near.chars().any(char::is_control) => None,
            _ => Some(format!("\"{near}\"")),
        }
    }
}

/// Every literal that never stands in its column, in the order of the model.
pub(super) fn missing(subject: &Subject<'_>, observed: &Observed<'_>) -> Vec<Missing> {
    let literals = literals(subject);
    let mut missing = Vec::new();
    for literal in &literals {
        let columns = if literal.of_events {
            &subject.model.events.columns
        } else {
            &subject.model.contacts.columns
        };
        let Some(seen) = observed.column(literal.column, literal.of_events) else {
            continue;
        };
        let Values::All(values) = &seen.values else {
            continue;
        };
        if values.is_empty() {
            continue;
        }
        let values = met(
            values.iter().map(|(value, count)| (value.as_str(), *count)),
            literal.manner,
        );
        if values.iter().any(|(value, _)| *value == literal.text) {
            continue;
        }
        // What the model names as well is not what this was meant to be.
        let named = |value: &str| {
            literals.iter().any(|other| {
                other.column == literal.column
                    && other.of_events == literal.of_events
                    && other.text == value
            })
        };
        let free = values.into_iter().filter(|(value, _)| !named(value));
        missing.push(Missing {
            near: near(&literal.text, free),
            column: columns.entries()[literal.column].name.clone(),
            literal: literal.clone(),
        });
    }
    missing
}

/// The values as literals meet them.
fn met<'v>(values: impl Iterator<Item = (&'v str, u64)>, manner: Manner) -> Vec<(String, u64)> {
    match manner {
        Manner::AsItIs => values
            .map(|(value, count)| (value.to_owned(), count))
            .collect(),
        Manner::Lower => values
            .map(|(value, count)| (ascii_lower(value).into_owned(), count))
            .collect(),
        Manner::Upper => values
            .map(|(value, count)| (ascii_upper(value).into_owned(), count))
            .collect(),
        Manner::Trimmed => values
            .map(|(value, count)| (value.trim().to_owned(), count))
            .collect(),
        Manner::Tag => values
            .flat_map(|(value, count)| {
                let tags = value.split([',', ';']);
                tags.map(move |tag| (tag.trim().to_owned(), count))
            })
            .collect(),
    }
}

/// The value that is nearly the text, the most frequent of several alike.
fn near(text: &str, values: impl Iterator<Item = (String, u64)>) -> Option<(String, u64)> {
    let wanted = folded(text);
    let allowed = match wanted.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    values
        .filter(|(value, _)| value.len() <= LONGEST)
        .filter_map(|(value, count)| {
            let value_folded = folded(&value);
            // 1 month and 3 months are no slips of the finger.
            if wanted.is_empty() || digits(&value_folded) != digits(&wanted) {
                return None;
            }
            let distance = strsim::osa_distance(&wanted, &value_folded);
            (distance <= allowed).then_some((distance, value, count))
        })
        .min_by(|one, other| {
            (one.0, std::cmp::Reverse(one.2), &one.1).cmp(&(
                other.0,
                std::cmp::Reverse(other.2),
                &other.1,
            ))
        })
        .map(|(_, value, count)| (value, count))
}

/// Longer cells are prose.
const LONGEST: usize = 200;

/// Letters and digits without capitals and accents.
fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Every text that the model compares a column with.
fn literals(subject: &Subject<'_>) -> Vec<Literal> {
    let mut literals = Vec::new();
    for stated in subject.conditions() {
        let mut found = Vec::new();
        collect(stated.condition, &mut found);
        for (text, column, manner) in found {
            let written = format!("'{}'", text.replace('\'', "''"));
            let within = stated.place.clone().and_then(|place| {
                let at = subject.model.source.text[place.clone()].find(&written)?;
                Some(place.start + at..place.start + at + written.len())
            });
            let quote = within.is_some().then_some('\'');
            literals.push(Literal {
                text,
                column,
                of_events: stated.of_events,
                manner,
                place: within.or_else(|| stated.place.clone()),
                quote,
            });
        }
    }
    for (number, rule) in subject.model.rules.iter().enumerate() {
        let (
            true,
            RuleSource::Values {
                column,
                values,
                several,
                ..
            },
        ) = (rule.enabled, &rule.source)
        else {
            continue;
        };
        for (text, _) in values {
            let path = [
                "rules".into(),
                number.into(),
                "values".into(),
                text.as_str().into(),
            ];
            literals.push(Literal {
                text: text.clone(),
                column: *column,
                of_events: false,
                manner: if several.is_some() {
                    Manner::Tag
                } else {
                    Manner::AsItIs
                },
                place: subject.places.key(&path),
                quote: Some('"'),
            });
        }
    }
    literals
}

/// The texts that a condition compares columns with.
fn collect(condition: &Condition, found: &mut Vec<(String, usize, Manner)>) {
    match condition {
        Condition::And(left, right)
        | Condition::Or(left, right)
        | Condition::Flags(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
        Condition::Not(inner) | Condition::FlagIsNull(inner) => collect(inner, found),
        Condition::Texts(Comparison::Equal | Comparison::NotEqual, left, right) => {
            let ((column, Text::Literal(Some(text))) | (Text::Literal(Some(text)), column)) =
                (left, right)
            else {
                return;
            };
            let (column, manner) = match column {
                Text::Column(column) => (*column, Manner::AsItIs),
                Text::Lower(inner) | Text::Upper(inner) | Text::Trim(inner) => {
                    let Text::Column(slot) = **inner else {
                        return;
                    };
                    let manner = match column {
                        Text::Lower(_) => Manner::Lower,
                        Text::Upper(_) => Manner::Upper,
                        _ => Manner::Trimmed,
                    };
                    (slot, manner)
                }
                _ => return,
            };
            found.push((text.clone(), column, manner));
        }
        Condition::Relation(
            TextRelation::HasTag,
            Text::Column(column),
            Text::Literal(Some(text)),
        ) => found.push((text.clone(), *column, Manner::Tag)),
        Condition::Case(case) => {
            for (when, then) in &case.arms {
                collect(when, found);
                collect(then, found);
            }
            if let Some(otherwise) = &case.otherwise {
                collect(otherwise, found);
            }
        }
        Condition::Coalesce(choices) => {
            for choice in choices {
                collect(choice, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(text: &str, values: &[&str]) -> Option<String> {
        let values = values.iter().map(|value| ((*value).to_owned(), 1));
        near(text, values).map(|(value, _)| value)
    }

    #[test]
    fn capitals_spaces_accents_and_slips_are_seen_through() {
        for (text, value) in [
            ("referral", "Referral"),
            ("Malaga", "Málaga"),
            ("CostaDelSol", "Costa del Sol "),
            ("Refferal", "Referral"),
            ("3 months", "3 month"),
        ] {
            assert_eq!(
                nearest(text, &["Other", value]).as_deref(),
                Some(value),
                "{text}"
            );
        }
    }

    #[test]
    fn other_words_and_other_numbers_are_not_near() {
        for (text, value) in [
            ("1 month", "3 months"),
            ("new", "now"),
            ("Website", "Webinar"),
            ("", "x"),
        ] {
            assert_eq!(nearest(text, &[value]), None, "{text}");
        }
    }

    #[test]
    fn of_values_alike_the_most_frequent_is_near() {
        let values = [("REFERRAL".to_owned(), 2), ("Referral".to_owned(), 9)];
        assert_eq!(
            near("referral", values.into_iter()),
            Some(("Referral".to_owned(), 9))
        );
    }
}
