//! One JSON object to its cells.

use std::borrow::Cow;
use std::fmt;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use memchr::memchr;
use serde::de::{Deserialize, Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::input::bad_row::BadCode;
use crate::input::encoding::Encoding;
use crate::input::unpack::in_words;

/// How deep objects may nest.
const MAX_DEPTH: usize = 64;

/// How many keys an object may have, those of the objects in it included.
const MAX_KEYS: usize = 10_000;

/// Seed of the key hashes; they only narrow down comparisons.
const SEED: u64 = 0;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: BadCode,
    /// The dotted key to blame.
    pub key: Option<String>,
    pub message: String,
}

impl Fault {
    fn not_json(error: &serde_json::Error) -> Self {
        Self::record(
            BadCode::BadJson,
            format!("is not valid JSON: {}", reason(error)),
        )
    }

    /// The fault of a record whose bytes are no text.
    pub fn no_text(encoding: Encoding) -> Self {
        let message = format!("the record {}", encoding.not_in());
        Self::record(BadCode::BadUtf8, message)
    }

    fn record(code: BadCode, message: impl Into<String>) -> Self {
        Self {
            code,
            key: None,
            message: message.into(),
        }
    }

    /// The fault of one key.
    pub fn of(code: BadCode, key: &str, message: String) -> Self {
        Self {
            code,
            key: Some(key.to_owned()),
            message,
        }
    }
}

/// What `serde_json` says is wrong, without the place, which counts from the value and not from the file.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(place) = text.find(" at line ") {
        text.truncate(place);
    }
    text
}

/// Flattens objects; holds the scratch memory that doing so takes.
#[derive(Default)]
pub(super) struct Flattener {
    /// Numbers that JSON writes with a decimal point read with a comma, as the export's other numbers do.
    decimal_comma: bool,
    /// The longest cell that is taken, in bytes.
    max_cell: usize,
    /// The dotted key at hand.
    path: String,
    /// Every dotted key of the record so far: its hash, and where in `keys` it stands.
    seen: HashTable<(u64, Range<usize>)>,
    keys: String,
    fault: Option<Fault>,
}

impl Flattener {
    /// A flattener that writes numbers with a decimal comma, or as they stand, and takes cells up to `max_cell` bytes.
    pub fn new(decimal_comma: bool, max_cell: usize) -> Self {
        Self {
            decimal_comma,
            max_cell,
            ..Self::default()
        }
    }

    /// Calls `leaf` with the dotted key and the cell of every value of the object `text`, in the object's order.
    ///
    /// A key that is given twice is refused, also where a nested key and a key spelled with a dot meet.
    pub fn flatten<'a>(
        &mut self,
        text: &'a str,
        leaf: &mut dyn FnMut(&str, Cow<'a, str>),
    ) -> Result<(), Fault> {
        self.path.clear();
        self.seen.clear();
        self.keys.clear();
        self.fault = None;
        if text.is_empty() {
            let message = "nothing stands beside a comma";
            return Err(Fault::record(BadCode::BadJson, message));
        }
        if !text.starts_with('{') {
            // Damage is told apart from a value of another kind.
            return Err(match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                Err(error) => Fault::not_json(&error),
                Ok(_) => Fault::record(BadCode::BadJson, "is not a JSON object"),
            });
        }
        self.object(text, 1, leaf)
    }

    fn object<'a>(
        &mut self,
        text: &'a str,
        depth: usize,
        leaf: &mut dyn FnMut(&str, Cow<'a, str>),
    ) -> Result<(), Fault> {
        let mut json = serde_json::Deserializer::from_str(text);
        let members = Members {
            flattener: self,
            depth,
            leaf,
        };
        let outcome = json.deserialize_map(members).and_then(|()| json.end());
        match (self.fault.take(), outcome) {
            (Some(fault), _) => Err(fault),
            (None, Err(error)) => Err(Fault::not_json(&error)),
            (None, Ok(())) => Ok(()),
        }
    }

    fn member<'a>(
        &mut self,
        key: &str,
        value: &'a str,
        depth: usize,
        leaf: &mut dyn FnMut(&str, Cow<'a, str>),
    ) -> Result<(), Fault> {
        let parent = self.path.len();
        if depth > 1 {
            self.path.push('.');
        }
        self.path.push_str(key);
        self.note_key()?;
        if value.starts_with('{') {
            if depth == MAX_DEPTH {
                let message = format!("nests deeper than {MAX_DEPTH} objects");
                return Err(Fault::of(BadCode::BadJson, &self.path, message));
            }
            self.object(value, depth + 1, leaf)?;
        } else {
            let cell = cell(value, self.decimal_comma).map_err(|error| Fault::not_json(&error))?;
            self.check(&cell)?;
            leaf(&self.path, cell);
        }
        self.path.truncate(parent);
        Ok(())
    }

    /// Refuses a dotted key that the record has had before.
    fn note_key(&mut self) -> Result<(), Fault> {
        let hash = FixedState::with_seed(SEED).hash_one(self.path.as_str());
        let same = |(other, span): &(u64, Range<usize>)| {
            *other == hash && self.keys[span.clone()] == self.path
        };
        if self.seen.find(hash, same).is_some() {
            let message = format!("has the key `{}` twice", self.path);
            return Err(Fault::of(BadCode::DuplicateKey, &self.path, message));
        }
        if self.seen.len() == MAX_KEYS {
            let message = "has more than 10,000 keys";
            return Err(Fault::record(BadCode::BadJson, message));
        }
        let start = self.keys.len();
        self.keys.push_str(&self.path);
        let key = (hash, start..self.keys.len());
        self.seen.insert_unique(hash, key, |(hash, _)| *hash);
        Ok(())
    }

    fn check(&self, cell: &str) -> Result<(), Fault> {
        if cell.len() > self.max_cell {
            let limit = in_words(self.max_cell as u64);
            let message = format!("column `{}` is longer than {limit}", self.path);
            return Err(Fault::of(BadCode::FieldTooLong, &self.path, message));
        }
        let control = cell
            .bytes()
            .find(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r'));
        if let Some(control) = control {
            let message = format!(
                "column `{}` holds the control character U+{control:04X}",
                self.path
            );
            return Err(Fault::of(BadCode::ControlChar, &self.path, message));
        }
        Ok(())
    }
}

/// The text of a value that is not an object.
fn cell(value: &str, decimal_comma: bool) -> Result<Cow<'_, str>, serde_json::Error> {
    match value.as_bytes().first() {
        Some(b'"') => Ok(serde_json::from_str::<Text>(value)?.0),
        Some(b'[') => array(value, decimal_comma),
        Some(b'n') => Ok(Cow::Borrowed("")),
        Some(b'-' | b'0'..=b'9') if decimal_comma && value.contains('.') => {
            Ok(Cow::Owned(value.replace('.', ",")))
        }
        _ => Ok(Cow::Borrowed(value)),
    }
}

/// Plain values joined by `, `, nulls left out; compact JSON where an element is not plain.
fn array(value: &str, decimal_comma: bool) -> Result<Cow<'_, str>, serde_json::Error> {
    let elements: Vec<&RawValue> = serde_json::from_str(value)?;
    if elements.iter().any(|raw| raw.get().starts_with(['{', '['])) {
        check_strings(value)?;
        return Ok(Cow::Owned(compact(value)));
    }
    let mut joined = String::new();
    for element in elements.iter().filter(|raw| raw.get() != "null") {
        if !joined.is_empty() {
            joined.push_str(", ");
        }
        joined.push_str(&cell(element.get(), decimal_comma)?);
    }
    Ok(Cow::Owned(joined))
}

/// Refuses strings that stand for no text, such as half a surrogate pair, anywhere in JSON that is otherwise valid.
fn check_strings(json: &str) -> Result<(), serde_json::Error> {
    let mut rest = json;
    while let Some(open) = memchr(b'"', rest.as_bytes()) {
        let mut strings = serde_json::Deserializer::from_str(&rest[open..]).into_iter::<Text<'_>>();
        if let Some(string) = strings.next() {
            string?;
        }
        rest = &rest[open + strings.byte_offset()..];
    }
    Ok(())
}

/// Valid JSON without the blanks between its tokens.
fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    json.chars()
        .filter(|c| {
            let keep = in_string || !c.is_ascii_whitespace();
            if in_string {
                in_string = escaped || *c != '"';
                escaped = !escaped && *c == '\\';
            } else {
                in_string = *c == '"';
            }
            keep
        })
        .collect()
}

/// A string that borrows from its JSON where it can.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Words)
    }
}

/// Walks the members of one object.
struct Members<'f, 'a> {
    flattener: &'f mut Flattener,
    depth: usize,
    leaf: &'f mut dyn FnMut(&str, Cow<'a, str>),
}

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            let value: &'a RawValue = map.next_value()?;
            let outcome = self
                .flattener
                .member(&key, value.get(), self.depth, self.leaf);
            if let Err(fault) = outcome {
                // serde carries no fault of ours, so it waits beside.
                self.flattener.fault = Some(fault);
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}
