//! An array of leads in rank order, one lead per line.
//!
//! Keys are the columns' names, in their order; what is not known is `null`; numbers are exact. After the columns,
//! `ledger` tells where every point came from, and its `points` sum to `score`.
//!
//! Characters that are not seen stand as `\u` escapes, so that the file can be shown on a terminal as it is.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{Cell, Columns};
use super::slug;
use super::{Exporter, Summary};
use crate::rank::{Entry, Lead, Origin};
use crate::value::is_unseen;

/// Writes a JSON array.
#[derive(Debug)]
pub struct Json<'run> {
    columns: &'run Columns<'run>,
    line: Vec<u8>,
    summary: Summary,
}

impl<'run> Json<'run> {
    /// An exporter of these columns.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self {
            columns,
            line: Vec::new(),
            summary: Summary::default(),
        }
    }
}

impl Exporter for Json<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn lead(&mut self, lead: &Lead<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        let before: &[u8] = if self.summary.leads == 0 {
            b"\n"
        } else {
            b",\n"
        };
        self.line.extend_from_slice(before);
        object(self.columns, lead, &mut self.line)?;
        self.summary.leads += 1;
        out.write_all(&self.line)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        let end: &[u8] = if self.summary.leads == 0 {
            b"]\n"
        } else {
            b"\n]\n"
        };
        out.write_all(end)?;
        Ok(self.summary)
    }
}

/// Appends a lead as one object without line breaks.
pub(super) fn object(columns: &Columns<'_>, lead: &Lead<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    line.push(b'{');
    for (column, cell) in columns.list().iter().zip(columns.cells(lead)) {
        string(&column.name, line)?;
        line.push(b':');
        value(&cell, line)?;
        line.push(b',');
    }
    line.extend_from_slice(b"\"ledger\":");
    list(&lead.ledger, line, entry)?;
    line.push(b'}');
    Ok(())
}

fn value(cell: &Cell<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    match cell {
        Cell::Empty => line.extend_from_slice(b"null"),
        Cell::Integer(number) => write!(line, "{number}")?,
        // Points show themselves as the shortest exact decimal, which is how JSON writes a number.
        Cell::Points(points) => write!(line, "{points}")?,
        Cell::Text(text) => string(text, line)?,
        Cell::Time(time) => string(time, line)?,
        Cell::Sentences(sentences) => list(sentences, line, |text, line| string(text, line))?,
        Cell::Checklist(items) => {
            line.push(b'{');
            for (index, (name, met)) in items.iter().enumerate() {
                if index > 0 {
                    line.push(b',');
                }
                string(name, line)?;
                write!(line, ":{met}")?;
            }
            line.push(b'}');
        }
    }
    Ok(())
}

/// `{"rule":"viewing","label":"Requested a viewing","points":15}`.
///
/// The first key says what the entry belongs to. What the score's own bounds and rounding did goes under `score`,
/// named as rules without an id are: by the slug of the label.
fn entry(entry: &Entry<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    let (key, name) = match entry.origin {
        Origin::Rule(id) => ("rule", Cow::Borrowed(id)),
        Origin::Group(name) => ("group", Cow::Borrowed(name)),
        Origin::Score => ("score", Cow::Owned(slug(&entry.label))),
        Origin::Override(action) => ("override", Cow::Borrowed(action)),
        Origin::Disqualified(reason) => ("disqualified", Cow::Borrowed(reason)),
        Origin::Contact(id) => ("contact", Cow::Borrowed(id)),
    };
    write!(line, "{{\"{key}\":")?;
    string(&name, line)?;
    line.extend_from_slice(b",\"label\":");
    string(&entry.label, line)?;
    write!(line, ",\"points\":{}}}", entry.points)
}

pub(super) fn string(text: &str, line: &mut Vec<u8>) -> io::Result<()> {
    let start = line.len();
    serde_json::to_writer(&mut *line, text)?;
    if text.contains(is_unseen) {
        let written = String::from_utf8_lossy(&line[start..]).into_owned();
        line.truncate(start);
        line.extend_from_slice(escape_unseen(&written).as_bytes());
    }
    Ok(())
}

/// JSON text with every character that is not seen as a `\u` escape; its own line feeds stay.
///
/// It says the same: outside of its strings JSON has no such characters.
pub fn escape_unseen(json: &str) -> Cow<'_, str> {
    let is_unfit = |c: char| c != '\n' && is_unseen(c);
    if !json.contains(is_unfit) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_unfit(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

fn list<T>(
    items: &[T],
    line: &mut Vec<u8>,
    write: impl Fn(&T, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    line.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        write(item, line)?;
    }
    line.push(b']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Format, sample};
    use super::*;
    use crate::value::Points;
    use proptest::prelude::*;
    use serde_json::Value;

    fn written(leads: &[Lead<'_>]) -> String {
        sample::written(Format::Json, leads)
    }

    #[test]
    fn the_list_of_nasty_names_is_written_as_agreed() {
        let text = sample::visible(&written(&sample::leads()));
        sample::assert_agreed("ranked.json", &text);
    }

    #[test]
    fn each_lead_is_one_line_of_the_array() {
        let text = written(&sample::leads());
        assert_eq!(text.lines().count(), sample::leads().len() + 2);
        assert!(text.starts_with("[\n{\"rank\":1,") && text.ends_with("}\n]\n"));
    }

    #[test]
    fn a_list_of_nobody_is_an_empty_array() {
        assert_eq!(written(&[]), "[]\n");
    }

    #[test]
    fn text_comes_back_as_it_was() {
        let leads = sample::leads();
        let values: Vec<Value> = serde_json::from_str(&written(&leads)).unwrap();
        for (value, lead) in values.iter().zip(&leads) {
            assert_eq!(value["contact_id"], lead.id);
            assert_eq!(value["name"], lead.name.as_deref().unwrap());
        }
    }

    #[test]
    fn the_points_of_the_ledger_sum_to_the_score() {
        let values: Vec<Value> = serde_json::from_str(&written(&sample::leads())).unwrap();
        for value in values {
            let ledger = value["ledger"].as_array().unwrap();
            let sum: f64 = ledger
                .iter()
                .map(|entry| entry["points"].as_f64().unwrap())
                .sum();
            // All figures of the sample are exact in binary.
            assert_eq!(Some(sum), value["score"].as_f64());
        }
    }

    #[test]
    fn an_entry_says_what_it_belongs_to() {
        let of = |origin, label| {
            let mut line = Vec::new();
            entry(
                &sample::entry(origin, label, Points::from_thousandths(-7_125)),
                &mut line,
            )
            .unwrap();
            String::from_utf8(line).unwrap()
        };
        assert_eq!(
            of(Origin::Rule("r"), "A"),
            r#"{"rule":"r","label":"A","points":-7.125}"#
        );
        assert_eq!(
            of(Origin::Group("fit"), "B"),
            r#"{"group":"fit","label":"B","points":-7.125}"#
        );
        let score =
            r#"{"score":"bounds-of-the-score","label":"Bounds of the score","points":-7.125}"#;
        assert_eq!(of(Origin::Score, "Bounds of the score"), score);
    }

    #[test]
    fn what_is_not_seen_is_written_as_an_escape() {
        let mut line = Vec::new();
        string(
            "a\u{1b}\u{7f}\u{9b}\u{202e}\u{200b}\u{2028}\u{e0041}é",
            &mut line,
        )
        .unwrap();
        let expected = r#""a\u001b\u007f\u009b\u202e\u200b\u2028\udb40\udc41é""#;
        assert_eq!(String::from_utf8(line).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_nothing_unseen_is_written(text in any::<String>()) {
            let mut line = Vec::new();
            string(&text, &mut line).unwrap();
            let written = String::from_utf8(line).unwrap();
            prop_assert!(!written.contains(is_unseen), "{}", written);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
