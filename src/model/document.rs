//! The model file as a tree of tables and values that know where they stand.
//!
//! A [`Section`] hands out values by key and remembers which keys were asked for: what is left over at the end is
//! an unknown key, and the keys asked for are the ones to suggest instead. Problems are collected, never thrown, so
//! that an author sees all of them at once.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::case::Given;
use super::text::FileText;
use crate::diagnostic::{Diagnostic, Source, nearest};
use crate::value::{Number, Points};

/// A model file and the problems found in it so far.
pub(super) struct Document {
    /// The file.
    pub source: Arc<Source>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// A value of the file.
#[derive(Clone)]
pub(super) struct Value<'d> {
    /// The dotted path to it, for messages: `rules["Budget confirmed"].points`.
    pub path: String,
    /// Where its key stands; for an element of an array, where the element stands.
    pub key_span: Range<usize>,
    /// Where the value stands.
    pub span: Range<usize>,
    inner: &'d DeValue<'d>,
}

/// A table of the file.
pub(super) struct Section<'d> {
    /// The dotted path to it; empty for the file itself.
    pub path: String,
    /// Where it is named.
    pub span: Range<usize>,
    entries: Vec<(&'d str, Value<'d>)>,
    asked: Vec<&'static str>,
    /// What is missing, by the keys any of which would do; said at the end, unless one of them is merely misspelt.
    lacking: Vec<(Vec<&'static str>, Diagnostic)>,
}

impl Document {
    pub(super) fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            problems: Vec::new(),
        }
    }

    /// Records an error at a place of the file.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, message).at(&self.source, span, label);
        self.problems.push(diagnostic);
        self.problems.last_mut().expect("one was just pushed")
    }

    /// Reports a key that is known, but means nothing beside what else is there; `hint` says what it goes with.
    pub(super) fn misplaced_key(
        &mut self,
        value: &Value<'_>,
        place: &str,
        hint: impl Into<String>,
    ) {
        let message = format!("`{}` means nothing {place}", value.path);
        self.error("key-does-not-fit", value.key_span.clone(), message, "")
            .hint = Some(hint.into());
    }

    /// An error about a name that is not declared, with the nearest that is.
    pub(super) fn unknown_name<'n>(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: String,
        name: &str,
        known: impl IntoIterator<Item = &'n str> + Clone,
        otherwise: &str,
    ) {
        let near = nearest(name, known).map(str::to_owned);
        // Only a quoted text can be replaced by a quoted text; inside a condition the caret covers bare words.
        let quoted = self.source.text[span.clone()].starts_with(['"', '\'']);
        let problem = self.error(code, span, message, "");
        match near {
            Some(near) => {
                problem.hint = Some(format!("did you mean `{near}`?"));
                problem.replacement = quoted.then(|| format!("\"{near}\""));
            }
            None => problem.hint = Some(otherwise.to_owned()),
        }
    }

    fn wrong_type(&mut self, value: &Value<'_>, wanted: &str) -> &mut Diagnostic {
        let found = value.kind();
        self.error(
            "wrong-type",
            value.span.clone(),
            format!("`{}` should be {wanted}", value.path),
            format!("this is {found}"),
        )
    }

    /// The value as a table.
    pub(super) fn section<'d>(&mut self, value: Value<'d>) -> Option<Section<'d>> {
        match value.inner {
            DeValue::Table(table) => Some(Section::new(table, value.path, value.key_span)),
            _ => {
                let hint = if value.path.contains('[') {
                    "a table is written { key = value, key = value }".to_owned()
                } else {
                    format!(
                        "a table is a section, [{}] with its keys below, or {{ key = value }}",
                        value.path
                    )
                };
                self.wrong_type(&value, "a table").hint = Some(hint);
                None
            }
        }
    }

    /// The value as a text.
    pub(super) fn text(&mut self, value: &Value<'_>) -> Option<FileText> {
        match value.inner {
            DeValue::String(text) => {
                Some(FileText::new(text, &self.source.text, value.span.clone()))
            }
            _ => {
                let written = self.source.text[value.span.clone()].to_owned();
                let problem = self.wrong_type(value, "a text in quotes");
                if value.is_plain() {
                    problem.hint = Some(format!("put it in quotes: \"{written}\""));
                }
                None
            }
        }
    }

    /// The value as the text of a date: in quotes, or as TOML itself writes dates.
    pub(super) fn text_or_date(&mut self, value: &Value<'_>) -> Option<String> {
        match value.inner {
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => self.text(value).map(|text| text.value),
        }
    }

    /// The value as what a test puts into a cell.
    pub(super) fn given(&mut self, value: &Value<'_>) -> Option<Given> {
        match value.inner {
            DeValue::Integer(_) | DeValue::Float(_) => {
                let number = self.number(value)?;
                Some(Given::Number(number.to_string()))
            }
            DeValue::Boolean(flag) => {
                Some(Given::Text(if *flag { "yes" } else { "no" }.to_owned()))
            }
            DeValue::Datetime(date) => Some(Given::Text(date.to_string())),
            DeValue::String(_) | DeValue::Array(_) => {
                let texts = self.texts(value)?;
                let texts: Vec<String> = texts.into_iter().map(|text| text.value).collect();
                Some(Given::Text(texts.join(", ")))
            }
            DeValue::Table(_) => {
                self.wrong_type(value, "a text, a number, true or false");
                None
            }
        }
    }

    /// The value as a list of texts; a single text is a list of one.
    pub(super) fn texts(&mut self, value: &Value<'_>) -> Option<Vec<FileText>> {
        match value.inner {
            DeValue::String(_) => Some(vec![self.text(value)?]),
            DeValue::Array(_) => {
                let elements = self.elements(value)?;
                elements.iter().map(|element| self.text(element)).collect()
            }
            _ => {
                self.wrong_type(value, "a text in quotes or a list of them");
                None
            }
        }
    }

    /// The elements of a list.
    pub(super) fn elements<'d>(&mut self, value: &Value<'d>) -> Option<Vec<Value<'d>>> {
        let DeValue::Array(array) = value.inner else {
            let double_brackets = value
                .is_section()
                .then(|| format!("each begins with double brackets: [[{}]]", value.path));
            self.wrong_type(value, "a list").hint = double_brackets;
            return None;
        };
        Some(
            array
                .iter()
                .enumerate()
                .map(|(index, element)| Value {
                    path: element_path(&value.path, index, element.get_ref()),
                    key_span: element.span(),
                    span: element.span(),
                    inner: element.get_ref(),
                })
                .collect(),
        )
    }

    /// The value as true or false.
    pub(super) fn flag(&mut self, value: &Value<'_>) -> Option<bool> {
        match value.inner {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                self.wrong_type(value, "true or false").hint =
                    Some("both are written without quotes".to_owned());
                None
            }
        }
    }

    /// The value as a number with at most six decimals.
    pub(super) fn number(&mut self, value: &Value<'_>) -> Option<Number> {
        let text = self.plain_number(value)?;
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        let number = Number::parse(&text).filter(|_| decimals <= 6);
        if number.is_none() {
            self.error(
                "bad-number",
                value.span.clone(),
                "numbers have at most six decimals and eighteen digits before them",
                "",
            );
        }
        number
    }

    /// The value as points.
    pub(super) fn points(&mut self, value: &Value<'_>) -> Option<Points> {
        let text = self.plain_number(value)?;
        let points = Points::parse(&text);
        if points.is_none() {
            self.error(
                "bad-points",
                value.span.clone(),
                "points have at most three decimals and nine digits before them",
                "",
            );
        }
        points
    }

    /// The value as a whole number from `low` to `high`.
    pub(super) fn whole(&mut self, value: &Value<'_>, low: u32, high: u32) -> Option<u32> {
        let number = match value.inner {
            DeValue::Integer(integer) if integer.radix() == 10 => {
                integer.as_str().replace('_', "").parse().ok()
            }
            _ => None,
        };
        let number = number.filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.error(
                "bad-number",
                value.span.clone(),
                format!(
                    "`{}` should be a whole number from {low} to {high}",
                    value.path
                ),
                "",
            );
        }
        number
    }

    /// A number's digits as written, without the underscores TOML allows.
    fn plain_number(&mut self, value: &Value<'_>) -> Option<String> {
        let text = match value.inner {
            DeValue::Integer(integer) => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            DeValue::String(text) => {
                let hint = Number::parse(text)
                    .map(|number| format!("numbers stand without quotes: {number}"));
                self.wrong_type(value, "a number").hint = hint;
                return None;
            }
            _ => {
                self.wrong_type(value, "a number");
                return None;
            }
        };
        let text = text.replace('_', "");
        let decimal = !matches!(value.inner, DeValue::Integer(i) if i.radix() != 10);
        if !decimal
            || text.contains(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-')))
        {
            self.error(
                "bad-number",
                value.span.clone(),
                "numbers are written plainly, such as 10 or 2.5",
                "",
            );
            return None;
        }
        Some(text)
    }
}

/// How messages call an element of a list: by its name if it has one, otherwise by its number, counted from 1 as
/// people do.
fn element_path(list: &str, index: usize, element: &DeValue<'_>) -> String {
    let name = match element {
        DeValue::Table(table) => table.iter().find(|(key, _)| key.get_ref() == "name"),
        _ => None,
    };
    match name.map(|(_, name)| name.get_ref()) {
        Some(DeValue::String(name)) => format!("{list}[\"{name}\"]"),
        _ => format!("{list}[{}]", index + 1),
    }
}

impl Value<'_> {
    fn kind(&self) -> &'static str {
        match self.inner {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// Whether the value is one that quotes around it would make the text it was meant to be.
    fn is_plain(&self) -> bool {
        !matches!(self.inner, DeValue::Array(_) | DeValue::Table(_))
    }

    /// Whether the value is a text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.inner, DeValue::String(_))
    }

    /// Whether the value is a table.
    pub(super) fn is_section(&self) -> bool {
        matches!(self.inner, DeValue::Table(_))
    }
}

impl<'d> Section<'d> {
    /// A table whose entries stand in the order of the file.
    pub(super) fn new(table: &'d DeTable<'d>, path: String, span: Range<usize>) -> Self {
        let mut entries: Vec<(&'d str, Value<'d>)> = table
            .iter()
            .map(|(key, value)| {
                let name: &str = key.get_ref();
                let full = if path.is_empty() {
                    name.to_owned()
                } else {
                    format!("{path}.{name}")
                };
                let entry = Value {
                    path: full,
                    key_span: key.span(),
                    span: value.span(),
                    inner: value.get_ref(),
                };
                (name, entry)
            })
            .collect();
        entries.sort_by_key(|(_, value)| (value.key_span.start, value.span.start));
        Self {
            path,
            span,
            entries,
            asked: Vec::new(),
            lacking: Vec::new(),
        }
    }

    /// The value of a key that this kind of table knows.
    pub(super) fn get(&mut self, key: &'static str) -> Option<Value<'d>> {
        self.asked.push(key);
        self.entries
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.clone())
    }

    /// The value of a key that must be there.
    pub(super) fn require(&mut self, key: &'static str, document: &Document) -> Option<Value<'d>> {
        let value = self.get(key);
        if value.is_none() {
            let message = format!("`{}` lacks `{key}`", self.path);
            let span = self.span.clone();
            let problem = Diagnostic::error("missing-key", message).at(&document.source, span, "");
            self.lack([key], problem);
        }
        value
    }

    /// Where the values of keys that must be there stand.
    pub(super) fn places<const N: usize>(
        &self,
        keys: [&'static str; N],
        document: &mut Document,
    ) -> Option<[Range<usize>; N]> {
        let place = |key| {
            let entry = self.entries.iter().find(|(name, _)| *name == key);
            entry.map(|(_, value)| value.span.clone())
        };
        if let Some(lacking) = keys.iter().find(|&&key| place(key).is_none()) {
            document.error(
                "missing-key",
                self.span.clone(),
                format!("`{}` lacks `{lacking}`", self.path),
                "",
            );
            return None;
        }
        Some(keys.map(|key| place(key).unwrap_or_default()))
    }

    /// Notes that none of some keys is there.
    pub(super) fn lack<const N: usize>(&mut self, keys: [&'static str; N], problem: Diagnostic) {
        self.lacking.push((keys.to_vec(), problem));
    }

    /// Every key and value, in the order of the file, for tables whose keys are the author's own names.
    pub(super) fn into_entries(self) -> Vec<(&'d str, Value<'d>)> {
        self.entries
    }

    /// Reports every key that nobody asked for, and every one that is missing.
    pub(super) fn finish(&mut self, document: &mut Document) {
        for (name, value) in &self.entries {
            if self.asked.contains(name) {
                continue;
            }
            let place = if self.path.is_empty() {
                "the model".to_owned()
            } else {
                format!("`{}`", self.path)
            };
            let near = nearest(name, self.asked.iter().copied());
            if let Some(near) = near {
                self.lacking.retain(|(keys, _)| !keys.contains(&near));
            }
            let known = self.asked.join(", ");
            let problem = document.error(
                "unknown-key",
                value.key_span.clone(),
                format!("unknown key `{name}` in {place}"),
                "not a known key",
            );
            match near {
                Some(near) => {
                    problem.hint = Some(format!("did you mean `{near}`?"));
                    problem.replacement = Some(near.to_owned());
                }
                None => problem.hint = Some(format!("known here: {known}")),
            }
        }
        let lacking = self.lacking.drain(..);
        document
            .problems
            .extend(lacking.map(|(_, problem)| problem));
    }
}
