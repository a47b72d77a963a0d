//! The list as the page's script reads it: JSON by columns, in which texts that come again stand once.
//!
//! ```text
//! {"leads":2,"who":"leads","zone":"UTC",
//!  "temperatures":[["hot","Hot Lead"],…],
//!  "fields":[{"name":"owner","heading":"Owner","holds":"text","table":true,"texts":["","Bram"],"values":[1,0]},…],
//!  "labels":[["rule","Requested a viewing"],…],
//!  "circumstances":{"texts":["","not Hot: Budget confirmed missing"],"values":[1,0]},
//!  "ledger":"a15!b-2.5!c0.125;a15!"}
//! ```
//!
//! The ledgers are one text, with a semicolon between two leads. An entry is a label by its number in letters
//! ([`letters`]), its points, and `!` if it is one of the lead's reasons. A field without `values` has its one text, or
//! nothing, for every lead. Times are minutes from 1970-01-01 00:00 to what
//! the clock shows. Texts are fit to be read, and no character of them can end the element that holds the JSON.

use std::collections::HashMap;
use std::io::{self, Write};

use super::fields::{Field, Holds, Place, clock_minutes};
use super::palette::Palette;
use crate::output::columns::{Cell, Columns};
use crate::output::reasons::{each_circumstance, strongest};
use crate::rank::{Lead, Origin};
use crate::value::readable;

/// The list as it comes in.
#[derive(Debug)]
pub(super) struct Data {
    values: Vec<Values>,
    labels: Texts,
    ledger: Vec<u8>,
    circumstances: Values,
    items: Items,
    leads: usize,
}

/// What the leads have in one field.
#[derive(Debug)]
enum Values {
    /// Finished JSON values with commas between them, and whether any of them is more than `null`.
    Plain(Vec<u8>, bool),
    /// Texts, those that come again by number.
    Texts(Texts, Vec<u32>),
    /// The page makes it of the rest.
    Nothing,
}

impl Data {
    /// Nothing yet, of these fields.
    pub fn of(fields: &[Field]) -> Self {
        let values = fields.iter().map(|field| match field.holds {
            Holds::Number | Holds::Time => Values::Plain(Vec::new(), false),
            Holds::Text | Holds::Temperature | Holds::Checklist => {
                Values::Texts(Texts::default(), Vec::new())
            }
            Holds::Why => Values::Nothing,
        });
        Self {
            values: values.collect(),
            labels: Texts::default(),
            ledger: Vec::new(),
            circumstances: Values::Texts(Texts::default(), Vec::new()),
            items: Items::default(),
            leads: 0,
        }
    }

    /// Takes the next lead.
    pub fn add(
        &mut self,
        lead: &Lead<'_>,
        fields: &[Field],
        columns: &Columns<'_>,
    ) -> io::Result<()> {
        let comma: &[u8] = if self.leads == 0 { b"" } else { b"," };
        for (field, values) in fields.iter().zip(&mut self.values) {
            match values {
                Values::Nothing => {}
                Values::Plain(json, is_filled) => {
                    json.extend_from_slice(comma);
                    *is_filled |= number(&field.cell(lead, columns), json)?;
                }
                Values::Texts(texts, numbers) if field.holds == Holds::Checklist => {
                    numbers.push(texts.number(&self.items.met(lead)));
                }
                Values::Texts(texts, numbers) => {
                    numbers.push(texts.number(&field.text(lead, columns)));
                }
            }
        }
        if let Values::Texts(texts, numbers) = &mut self.circumstances {
            // They are a part of the reasons, and left out with them.
            let is_asked = fields.iter().any(|field| field.holds == Holds::Why);
            let said = if is_asked {
                let mut said = String::new();
                each_circumstance(lead, |one| {
                    said.push_str(if said.is_empty() { "" } else { "; " });
                    said.push_str(one);
                });
                said
            } else {
                String::new()
            };
            numbers.push(texts.number(&readable(&said)));
        }
        self.add_ledger(lead)?;
        self.leads += 1;
        Ok(())
    }

    fn add_ledger(&mut self, lead: &Lead<'_>) -> io::Result<()> {
        if self.leads > 0 {
            self.ledger.push(b';');
        }
        let reasons = strongest(lead);
        for (place, entry) in lead.ledger.iter().enumerate() {
            let kind = match entry.origin {
                Origin::Rule(_) => "rule",
                Origin::Group(_) => "group",
                Origin::Score => "score",
                Origin::Override(_) => "override",
                Origin::Disqualified(_) => "disqualified",
                Origin::Contact(_) => "contact",
            };
            // The label is fit to be read, so a line break can stand between the two.
            let label = format!("{kind}\n{}", readable(&entry.label));
            let label = letters(self.labels.number(&label));
            let mark = if reasons.contains(&place) { "!" } else { "" };
            write!(self.ledger, "{label}{}{mark}", entry.points)?;
        }
        Ok(())
    }

    /// Writes all of it as JSON that may stand in an element of a page.
    pub fn write(
        &self,
        fields: &[Field],
        palette: &Palette,
        who: &str,
        zone: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        write!(out, "{{\"leads\":{},\"who\":", self.leads)?;
        string(who, out)?;
        out.write_all(b",\"zone\":")?;
        string(&readable(zone), out)?;
        out.write_all(b",\"temperatures\":[")?;
        for (place, (name, shown)) in palette.shown().enumerate() {
            out.write_all(if place == 0 { b"[" } else { b",[" })?;
            string(&readable(name), out)?;
            out.write_all(b",")?;
            string(&shown, out)?;
            out.write_all(b"]")?;
        }
        out.write_all(b"],\n\"fields\":[")?;
        for (place, (field, values)) in fields.iter().zip(&self.values).enumerate() {
            out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
            out.write_all(b"{\"name\":")?;
            string(&readable(&field.name), out)?;
            out.write_all(b",\"heading\":")?;
            string(&field.heading, out)?;
            let is_in_table = field.place == Place::Table;
            write!(
                out,
                ",\"holds\":\"{}\",\"table\":{is_in_table}",
                field.holds.name()
            )?;
            if field.holds == Holds::Checklist {
                out.write_all(b",\"items\":")?;
                strings(self.items.labels.iter().map(String::as_str), out)?;
            }
            values.write(out)?;
            out.write_all(b"}")?;
        }
        out.write_all(b"],\n\"labels\":[")?;
        for (place, label) in self.labels.texts.iter().enumerate() {
            let (kind, label) = label.split_once('\n').unwrap_or_default();
            out.write_all(if place == 0 { b"[" } else { b",[" })?;
            string(kind, out)?;
            out.write_all(b",")?;
            string(label, out)?;
            out.write_all(b"]")?;
        }
        out.write_all(b"],\n\"circumstances\":{\"holds\":\"text\"")?;
        self.circumstances.write(out)?;
        out.write_all(b"},\n\"ledger\":\"")?;
        out.write_all(&self.ledger)?;
        out.write_all(b"\"}")
    }
}

/// A number as letters, of which capitals come after small ones: 0 is `a`, 51 is `Z`, 52 is `ba`.
fn letters(number: u32) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let last = char::from(LETTERS[(number % 52) as usize]);
    let mut text = match number / 52 {
        0 => String::new(),
        before => letters(before),
    };
    text.push(last);
    text
}

impl Values {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Nothing | Self::Plain(_, false) => Ok(()),
            Self::Plain(json, true) => {
                out.write_all(b",\"values\":[")?;
                out.write_all(json)?;
                out.write_all(b"]")
            }
            // Where most are different, numbers would only be longer.
            Self::Texts(texts, numbers) if texts.texts.len() * 2 > numbers.len() => {
                out.write_all(b",\"values\":")?;
                let all = numbers.iter().map(|number| texts.text(*number));
                strings(all, out)
            }
            Self::Texts(texts, numbers) => {
                out.write_all(b",\"texts\":")?;
                strings(texts.texts.iter().map(AsRef::as_ref), out)?;
                if texts.texts.len() == 1 {
                    return Ok(());
                }
                out.write_all(b",\"values\":[")?;
                for (place, number) in numbers.iter().enumerate() {
                    let comma = if place == 0 { "" } else { "," };
                    write!(out, "{comma}{number}")?;
                }
                out.write_all(b"]")
            }
        }
    }
}

/// Appends a number or an instant, and tells whether it is known.
fn number(cell: &Cell<'_>, json: &mut Vec<u8>) -> io::Result<bool> {
    match cell {
        Cell::Integer(number) => write!(json, "{number}")?,
        Cell::Points(points) => write!(json, "{points}")?,
        Cell::Time(..) if let Some(minutes) = clock_minutes(&cell.text()) => {
            write!(json, "{minutes}")?;
        }
        _ => {
            json.extend_from_slice(b"null");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Texts by number, in order of first appearance.
#[derive(Debug, Default)]
struct Texts {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Texts {
    /// The number of a text, which gets one if it has none.
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).expect("fewer than 2^32 texts fit in memory");
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}

/// What the items of the checklist are called.
#[derive(Debug, Default)]
struct Items {
    /// The label as far as a lead that lacks the item has told it; the name of the item before that.
    labels: Vec<String>,
}

impl Items {
    /// `1` for each item that the lead meets, `0` for each that it lacks.
    fn met(&mut self, lead: &Lead<'_>) -> String {
        if self.labels.len() < lead.checklist.len() {
            self.labels = lead
                .checklist
                .iter()
                .map(|(name, _)| readable(name).into_owned())
                .collect();
        }
        let lacking = lead.checklist.iter().zip(&mut self.labels);
        let lacking = lacking.filter(|((_, met), _)| !met);
        for ((_, label), missing) in lacking.zip(&lead.missing) {
            *label = readable(missing).into_owned();
        }
        let met = lead.checklist.iter();
        met.map(|(_, met)| if *met { '1' } else { '0' }).collect()
    }
}

fn strings<'t>(texts: impl Iterator<Item = &'t str>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (place, text) in texts.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        string(text, out)?;
    }
    out.write_all(b"]")
}

/// A JSON string in which no `<` begins a tag or a comment.
fn string(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(text)?;
    out.write_all(json.replace('<', "\\u003c").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_letters_without_gaps() {
        let named = [
            (0, "a"),
            (25, "z"),
            (26, "A"),
            (51, "Z"),
            (52, "ba"),
            (2703, "ZZ"),
        ];
        for (number, text) in named {
            assert_eq!(letters(number), text);
        }
    }
}
