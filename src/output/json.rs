//! An array of leads in rank order, one lead per line.
//!
//! Keys are the columns' names, in their order; what is not known is `null`; numbers are exact. After the columns,
//! `ledger` tells where every point came from, and its `points` sum to `score`.
//!
//! Characters that are not seen stand as `\u` escapes, so that the file can be shown on a terminal as it is.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{Cell, Columns};
use super::rows::Rows;
use super::slug;
use crate::rank::{Entry, Lead, Origin, Parts};
use crate::value::{Decimal, is_unseen};

/// Writes a JSON array.
#[derive(Debug)]
pub struct Json<'run> {
    columns: &'run Columns<'run>,
}

impl<'run> Json<'run> {
    /// A writer of these columns.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self { columns }
    }
}

impl Rows for Json<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn lead(&mut self, number: u64, lead: &Lead<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        text.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        object(self.columns, lead, text);
        Ok(())
    }

    fn end(&mut self, leads: u64, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if leads == 0 { b"]\n" } else { b"\n]\n" })
    }

    fn parts(&self) -> Parts {
        object_parts(self.columns)
    }

    fn another(&self) -> Box<dyn Rows + '_> {
        Box::new(Self::new(self.columns))
    }
}

/// The parts of a lead that [`object`] shows.
pub(super) fn object_parts(columns: &Columns<'_>) -> Parts {
    columns.parts().and(Parts::LEDGER)
}

/// Appends a lead as one object without line breaks.
pub(super) fn object(columns: &Columns<'_>, lead: &Lead<'_>, line: &mut Vec<u8>) {
    line.push(b'{');
    for (column, cell) in columns.list().iter().zip(columns.cells(lead)) {
        string(&column.name, line);
        line.push(b':');
        value(&cell, line);
        line.push(b',');
    }
    line.extend_from_slice(b"\"ledger\":[");
    for (place, one) in lead.ledger.iter().enumerate() {
        line.extend_from_slice(if place == 0 { b"" } else { b"," });
        entry(one, line);
    }
    line.extend_from_slice(b"]}");
}

fn value(cell: &Cell<'_>, line: &mut Vec<u8>) {
    match cell {
        Cell::Empty => line.extend_from_slice(b"null"),
        Cell::Integer(number) => line.extend_from_slice(Decimal::whole(*number).text().as_bytes()),
        // Points show themselves as the shortest exact decimal, which is how JSON writes a number.
        Cell::Points(points) => line.extend_from_slice(points.decimal().text().as_bytes()),
        Cell::Text(text) => string(text, line),
        Cell::Time(..) => string(&cell.text(), line),
        Cell::Sentences(sentences) => {
            let mut before = b'[';
            sentences.each(|sentence| {
                line.push(before);
                string(sentence, line);
                before = b',';
            });
            line.extend_from_slice(if before == b'[' { b"[]" } else { b"]" });
        }
        Cell::Checklist(items) => {
            line.push(b'{');
            for (index, (name, met)) in items.iter().enumerate() {
                if index > 0 {
                    line.push(b',');
                }
                string(name, line);
                line.extend_from_slice(if *met { b":true" } else { b":false" });
            }
            line.push(b'}');
        }
    }
}

/// `{"rule":"viewing","label":"Requested a viewing","points":15}`.
///
/// The first key says what the entry belongs to. What the score's own bounds and rounding did goes under `score`,
/// named as rules without an id are: by the slug of the label.
fn entry(entry: &Entry<'_>, line: &mut Vec<u8>) {
    let (key, name): (&[u8], _) = match entry.origin {
        Origin::Rule(id) => (b"{\"rule\":", Cow::Borrowed(id)),
        Origin::Group(name) => (b"{\"group\":", Cow::Borrowed(name)),
        Origin::Score => (b"{\"score\":", Cow::Owned(slug(&entry.label))),
        Origin::Override(action) => (b"{\"override\":", Cow::Borrowed(action)),
        Origin::Disqualified(reason) => (b"{\"disqualified\":", Cow::Borrowed(reason)),
        Origin::Contact(id) => (b"{\"contact\":", Cow::Borrowed(id)),
    };
    line.extend_from_slice(key);
    string(&name, line);
    line.extend_from_slice(b",\"label\":");
    string(&entry.label, line);
    line.extend_from_slice(b",\"points\":");
    line.extend_from_slice(entry.points.decimal().text().as_bytes());
    line.push(b'}');
}

/// Appends a string.
pub(super) fn string(text: &str, line: &mut Vec<u8>) {
    // What stands for itself: all of ASCII that is seen, but the quote and the backslash. Most texts are no more.
    let is_odd = |byte: u8| !(0x20..0x7f).contains(&byte) || byte == b'"' || byte == b'\\';
    if !text.bytes().fold(false, |odd, byte| odd | is_odd(byte)) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
        return;
    }
    let written = serde_json::Value::from(text).to_string();
    line.extend_from_slice(escape_unseen(&written).as_bytes());
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
            );
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
        );
        let expected = r#""a\u001b\u007f\u009b\u202e\u200b\u2028\udb40\udc41é""#;
        assert_eq!(String::from_utf8(line).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_nothing_unseen_is_written(text in any::<String>()) {
            let mut line = Vec::new();
            string(&text, &mut line);
            let written = String::from_utf8(line).unwrap();
            prop_assert!(!written.contains(is_unseen), "{}", written);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
