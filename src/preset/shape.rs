//! What is known of one kind of export of one system.

use std::fmt;

use crate::value::{Blanks, TimeForm, folded, snake_case};

/// A system that leads are exported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The name by which it is asked for.
    pub name: String,
    /// What the system calls itself.
    pub title: String,
    /// Its exports.
    pub shapes: Vec<Shape>,
}

/// What an export is an export of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// People, a row each.
    Contacts,
    /// What they did, a row for each time.
    Events,
    /// What advertising cost.
    Spend,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Contacts, Self::Events, Self::Spend];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Events => "events",
            Self::Spend => "spend",
        }
    }
}

/// How sure a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// On a vendor's own page, or in the header of a real file.
    Seen,
    /// As others describe it.
    SecondHand,
    /// From memory.
    Guess,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seen => "seen",
            Self::SecondHand => "second-hand",
            Self::Guess => "guess",
        })
    }
}

/// Rows at the end of an export that are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Footer {
    /// Rows whose first cell begins with one of these texts.
    Begins(Vec<String>),
    /// Rows of fewer cells than the header has, behind a blank line.
    ShortRowsAfterBlankLine,
}

/// One kind of export of a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The name of its preset.
    pub preset: String,
    /// Its own name, which tells it from the preset's others.
    pub name: String,
    /// What it is called in messages: `HubSpot contacts`.
    pub title: String,
    /// What it is an export of.
    pub kind: Kind,
    /// How sure all this is.
    pub confidence: Confidence,
    /// Where it is from, and what to look out for.
    pub note: String,
    /// Sets of headers that no other export has together; one of them has to be there whole for the shape to be taken
    /// by itself. There may be none.
    pub recognise: Vec<Vec<String>>,
    /// What models call its columns, and the headers of each, the best first.
    pub columns: Vec<(String, Vec<String>)>,
    /// What models call its event types, and its spellings of each.
    pub types: Vec<(String, Vec<String>)>,
    /// Event types that no built-in model has a name for.
    pub other_types: Vec<String>,
    /// How its times are written, where that is not told from a cell.
    pub time_form: Option<TimeForm>,
    /// The same as it is declared.
    pub time_format: Option<String>,
    /// Texts that mean that nothing is known.
    pub blank: Vec<String>,
    pub(super) blanks: Blanks,
    /// What stands before ids and numbers in cells, such as `l:` and `p:`.
    pub prefixes: Vec<String>,
    /// How many lines there may be before the header.
    pub preamble: u64,
    /// What lines begin with that are comments, before the header or at the end.
    pub comment: Option<String>,
    /// Rows at the end that are none.
    pub footer: Option<Footer>,
}

/// A header by its letters and digits alone, as headers are compared.
fn key(header: &str) -> String {
    folded(&snake_case(header))
}

impl Shape {
    /// Its name with that of its preset: `hubspot contacts`.
    pub fn label(&self) -> String {
        format!("{} {}", self.preset, self.name)
    }

    /// The most headers by which a header row is unmistakably of this shape; None where it is not.
    fn recognises(&self, keys: &[String]) -> Option<usize> {
        let sets = self.recognise.iter();
        let whole = sets.filter(|set| set.iter().all(|header| keys.contains(&key(header))));
        whole.map(Vec::len).max()
    }

    /// How many of the headers the shape knows, by the names of its columns or as those that it is recognised by.
    pub(super) fn known<H: AsRef<str>>(&self, headers: &[H]) -> usize {
        let columns = self.columns.iter().flat_map(|(_, headers)| headers);
        let known = columns.chain(self.recognise.iter().flatten());
        let known: Vec<String> = known.map(|header| key(header)).collect();
        let keys = headers.iter().map(|header| key(header.as_ref()));
        keys.filter(|key| known.contains(key)).count()
    }

    /// The names under which models know the column of a header, each with a place that no other header has for it,
    /// the best being the lowest.
    pub fn names_of(&self, header: &str) -> impl Iterator<Item = (&str, usize)> {
        let wanted = key(header);
        let mut before = 0;
        self.columns.iter().filter_map(move |(name, headers)| {
            let place = headers.iter().position(|known| key(known) == wanted);
            let place = place.map(|place| before + place);
            before += headers.len();
            Some((name.as_str(), place?))
        })
    }

    /// The names under which models know an event type; capitals and blanks around it make no difference.
    pub fn types_of(&self, cell: &str) -> impl Iterator<Item = &str> {
        let wanted = cell.trim().to_owned();
        let types = self.types.iter();
        types
            .filter(move |(_, spellings)| {
                let mut spellings = spellings.iter();
                spellings.any(|spelling| spelling.eq_ignore_ascii_case(&wanted))
            })
            .map(|(name, _)| name.as_str())
    }

    /// Whether rows at the end may be none.
    pub fn has_footer(&self) -> bool {
        self.footer.is_some() || self.comment.is_some()
    }

    /// Whether cells have to be looked at one by one.
    pub fn cleans_cells(&self) -> bool {
        !self.blank.is_empty() || !self.prefixes.is_empty()
    }

    /// The part of a cell that says something: nothing of a blank one, and what stands behind a prefix where that is
    /// a number, as ids and telephone numbers are.
    pub fn clean<'c>(&self, cell: &'c [u8]) -> &'c [u8] {
        if self.blanks.is_blank(cell) {
            return b"";
        }
        let number = |prefix: &String| {
            let rest = cell.strip_prefix(prefix.as_bytes())?;
            let digits = rest.strip_prefix(b"+").unwrap_or(rest);
            let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            is_number.then_some(rest)
        };
        self.prefixes.iter().find_map(number).unwrap_or(cell)
    }
}

/// The shape that a header row is unmistakably of, of most headers where it is of several.
pub(super) fn recognise<'s, H: AsRef<str>>(
    shapes: impl Iterator<Item = &'s Shape>,
    kind: Kind,
    headers: &[H],
) -> Option<&'s Shape> {
    let keys: Vec<String> = headers.iter().map(|header| key(header.as_ref())).collect();
    let mut best: Option<(usize, &Shape)> = None;
    for shape in shapes.filter(|shape| shape.kind == kind) {
        if let Some(headers) = shape.recognises(&keys)
            && best.is_none_or(|(most, _)| headers > most)
        {
            best = Some((headers, shape));
        }
    }
    best.map(|(_, shape)| shape)
}

#[cfg(test)]
mod tests {
    use crate::preset::all;

    fn shape(label: &str) -> &'static super::Shape {
        let mut shapes = all().iter().flat_map(|preset| &preset.shapes);
        shapes.find(|shape| shape.label() == label).expect("known")
    }

    #[test]
    fn a_prefix_is_taken_off_numbers_and_left_on_words() {
        let meta = shape("meta leads");
        for (cell, said) in [
            ("l:1234567890", "1234567890"),
            ("ag:120", "120"),
            ("p:+31612345678", "+31612345678"),
            ("p: see below", "p: see below"),
            ("c:", "c:"),
            ("1234", "1234"),
        ] {
            assert_eq!(meta.clean(cell.as_bytes()), said.as_bytes(), "{cell}");
        }
    }

    #[test]
    fn a_blank_text_says_nothing() {
        let marketo = shape("marketo activities");
        assert_eq!(marketo.clean(b" null "), b"");
        assert_eq!(marketo.clean(b"nullable"), b"nullable");
    }

    #[test]
    fn a_header_and_a_type_are_found_in_any_spelling() {
        let contacts = shape("hubspot contacts");
        assert!(
            contacts
                .names_of("phone number")
                .any(|(name, _)| name == "phone")
        );
        let events = shape("hubspot email-events");
        assert!(events.types_of(" Open ").any(|name| name == "email_open"));
    }
}
