//! The file of a preset, read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::shape::{Confidence, Footer, Kind, Preset, Shape};
use crate::value::{Blanks, TimeForm};

/// A file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    shapes: Vec<WrittenShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenShape {
    name: String,
    title: String,
    kind: WrittenKind,
    confidence: WrittenConfidence,
    note: String,
    #[serde(default)]
    recognise: Vec<Vec<String>>,
    #[serde(default)]
    columns: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    types: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    other_types: Vec<String>,
    time_format: Option<String>,
    #[serde(default)]
    blank: Vec<String>,
    #[serde(default)]
    prefixes: Vec<String>,
    #[serde(default)]
    preamble: u64,
    comment: Option<String>,
    footer: Option<WrittenFooter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenKind {
    Contacts,
    Events,
    Spend,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenConfidence {
    Seen,
    SecondHand,
    Guess,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::More(texts) => texts,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenFooter {
    Called(FooterCalled),
    Begins(Vec<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FooterCalled {
    ShortRowsAfterBlankLine,
}

/// The preset of a file, or why it is none.
pub(super) fn preset(name: &str, text: &str) -> Result<Preset, String> {
    let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
    let shapes = written.shapes.into_iter();
    Ok(Preset {
        name: name.to_owned(),
        title: written.title,
        shapes: shapes
            .map(|shape| shape.of(name))
            .collect::<Result<_, String>>()?,
    })
}

impl WrittenShape {
    fn of(self, preset: &str) -> Result<Shape, String> {
        let all = |entries: BTreeMap<String, OneOrMore>| {
            let entries = entries.into_iter();
            entries.map(|(name, texts)| (name, texts.all())).collect()
        };
        if matches!(self.kind, WrittenKind::Contacts) && self.time_format.is_some() {
            return Err("contacts of several files are read in one way: no time_format".to_owned());
        }
        let time_form = self.time_format.as_deref().map(TimeForm::named);
        Ok(Shape {
            preset: preset.to_owned(),
            name: self.name,
            title: self.title,
            kind: match self.kind {
                WrittenKind::Contacts => Kind::Contacts,
                WrittenKind::Events => Kind::Events,
                WrittenKind::Spend => Kind::Spend,
            },
            confidence: match self.confidence {
                WrittenConfidence::Seen => Confidence::Seen,
                WrittenConfidence::SecondHand => Confidence::SecondHand,
                WrittenConfidence::Guess => Confidence::Guess,
            },
            note: self.note,
            recognise: self.recognise,
            columns: all(self.columns),
            types: all(self.types),
            other_types: self.other_types,
            time_form: time_form.transpose()?,
            time_format: self.time_format,
            blanks: Blanks::new(&self.blank),
            blank: self.blank,
            prefixes: self.prefixes,
            preamble: self.preamble,
            comment: self.comment,
            footer: self.footer.map(|footer| match footer {
                WrittenFooter::Called(FooterCalled::ShortRowsAfterBlankLine) => {
                    Footer::ShortRowsAfterBlankLine
                }
                WrittenFooter::Begins(texts) => Footer::Begins(texts),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_not_known_is_refused_with_its_name() {
        let text = "title = \"X\"\n[[shapes]]\nname = \"a\"\ntitle = \"A\"\nkind = \"contacts\"\n\
            confidence = \"guess\"\nnote = \"n\"\nheaders = []\n";
        let refusal = preset("x", text).expect_err("refused");
        assert!(refusal.contains("headers"), "{refusal}");
    }
}
