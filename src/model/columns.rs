//! The columns of an export that a model speaks of, numbered: a column's number is its slot in every row read.
//!
//! The model knows names only; which header of which file fills a slot is settled by the plan.

use std::ops::Range;

use super::condition::Reading;

/// What to do when an export has several headers that fit one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The export is ambiguous: an error.
    Only,
    /// The spellings stand in order of preference: the first that is there.
    First,
    /// The one behind so many others.
    Nth(usize),
}

/// A column the model speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the model.
    pub name: String,
    /// The headers it may have in an export.
    pub spellings: Vec<String>,
    /// Whether several fitting headers are an error.
    pub pick: Pick,
    /// Whether an export without it is refused.
    pub needed: bool,
    /// Whether the name is a header in double quotes, to be matched as it stands.
    pub quoted: bool,
    /// Where the model first speaks of it, if it does.
    pub span: Option<Range<usize>>,
}

/// All columns of one kind of row, and the readings conditions ask of them.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    entries: Vec<Column>,
    readings: Vec<(usize, Reading)>,
    /// For readings of texts made of several columns, the columns beside the first.
    joint: Vec<(usize, usize)>,
    declared: Vec<(String, Vec<String>)>,
    optional: Vec<String>,
    signals: Vec<String>,
}

impl Columns {
    /// Columns under the names a model declares, each with its spellings; `optional` names may be missing.
    pub fn declared(declared: Vec<(String, Vec<String>)>, optional: Vec<String>) -> Self {
        Self {
            declared,
            optional,
            ..Self::default()
        }
    }

    /// Every column, by slot.
    pub fn entries(&self) -> &[Column] {
        &self.entries
    }

    /// Every reading: the slot of its column and what its cells are read as.
    pub fn readings(&self) -> &[(usize, Reading)] {
        &self.readings
    }

    /// The names declared in the model.
    pub fn declared_names(&self) -> impl Iterator<Item = &str> {
        self.declared.iter().map(|(name, _)| name.as_str())
    }

    /// The spellings a model declares for a name.
    pub fn declared_spellings(&self, name: &str) -> Option<&[String]> {
        self.declared
            .iter()
            .find(|(declared, _)| declared == name)
            .map(|(_, spellings)| spellings.as_slice())
    }

    /// Remembers the names of the signals, which a misspelt column may have been meant to be.
    pub(super) fn beside_signals(&mut self, signals: &[String]) {
        self.signals = signals.to_vec();
    }

    /// The signals that conditions over these columns can use as well.
    pub fn signals(&self) -> impl Iterator<Item = &str> {
        self.signals.iter().map(String::as_str)
    }

    /// The slot of a column the model names at `span`.
    pub fn named(&mut self, name: &str, span: Range<usize>) -> usize {
        let spellings = self
            .declared_spellings(name)
            .map_or_else(|| vec![name.to_owned()], <[String]>::to_vec);
        let needed = !self.optional.iter().any(|optional| optional == name);
        self.add(Column {
            name: name.to_owned(),
            spellings,
            pick: Pick::Only,
            needed,
            quoted: false,
            span: Some(span),
        })
    }

    /// The slot of a column that the model names by its header in double quotes.
    pub fn quoted(&mut self, header: &str, span: Range<usize>) -> usize {
        self.add(Column {
            name: header.to_owned(),
            spellings: vec![header.to_owned()],
            pick: Pick::Only,
            needed: !self.optional.iter().any(|optional| optional == header),
            quoted: true,
            span: Some(span),
        })
    }

    /// The slot of a column looked for under its usual names, the best first: each as the model spells it, or else
    /// as a header.
    pub fn usual(&mut self, name: &str, usual: &[&str], needed: bool) -> usize {
        let spellings = [name]
            .iter()
            .filter(|name| self.declared_spellings(name).is_some())
            .chain(usual)
            .flat_map(|&name| {
                self.declared_spellings(name)
                    .map_or_else(|| vec![name.to_owned()], <[String]>::to_vec)
            })
            .collect();
        self.add(Column {
            name: name.to_owned(),
            spellings,
            pick: Pick::First,
            needed,
            quoted: false,
            span: None,
        })
    }

    /// The slot of a column that is kept for the outputs, found by the rules for names; an export may lack it.
    pub fn kept(&mut self, name: &str) -> usize {
        let spellings = self.declared_spellings(name);
        self.add(Column {
            name: name.to_owned(),
            spellings: spellings.map_or_else(|| vec![name.to_owned()], <[String]>::to_vec),
            pick: Pick::Only,
            needed: false,
            quoted: false,
            span: None,
        })
    }

    /// The slot of a column that is kept for the outputs, by its header as it stands; an export may lack it.
    ///
    /// Of several alike it is the one behind `before` others.
    pub fn kept_header(&mut self, header: &str, before: usize) -> usize {
        // There may be very many of these, and none of them is one of the model's.
        self.entries.push(Column {
            name: header.to_owned(),
            spellings: vec![header.to_owned()],
            pick: Pick::Nth(before),
            needed: false,
            quoted: true,
            span: None,
        });
        self.entries.len() - 1
    }

    /// Forgets where the columns from a slot on are spoken of.
    pub(super) fn forget_places(&mut self, from: usize) {
        for column in &mut self.entries[from..] {
            column.span = None;
        }
    }

    /// The same columns as an export would have them that calls them by the model's own names; any may be missing.
    #[must_use]
    pub(super) fn by_own_names(&self) -> Self {
        // What is merely looked for under its usual headers leaves the model's names to what the model speaks of.
        let is_spoken_of = |name: &str| {
            let mut entries = self.entries.iter();
            entries.any(|other| other.name == name && other.pick == Pick::Only)
        };
        let own = |column: &Column| {
            let is_own = column.pick == Pick::Only || !is_spoken_of(&column.name);
            let usual = column
                .spellings
                .iter()
                .filter(|_| column.pick == Pick::First);
            let own = is_own.then_some(&column.name);
            Column {
                spellings: own.into_iter().chain(usual).cloned().collect(),
                pick: Pick::First,
                needed: false,
                quoted: column.pick == Pick::Only,
                span: None,
                ..column.clone()
            }
        };
        Self {
            entries: self.entries.iter().map(own).collect(),
            declared: Vec::new(),
            ..self.clone()
        }
    }

    fn add(&mut self, column: Column) -> usize {
        let same = |known: &Column| {
            known.spellings == column.spellings
                && known.quoted == column.quoted
                && known.pick == column.pick
        };
        if let Some(slot) = self.entries.iter().position(same) {
            let known = &mut self.entries[slot];
            known.needed |= column.needed;
            known.span = known.span.take().or(column.span);
            return slot;
        }
        self.entries.push(column);
        self.entries.len() - 1
    }

    /// The slots of the columns whose cells a reading meets.
    pub fn columns_of_reading(&self, reading: usize) -> impl Iterator<Item = usize> + '_ {
        let others = self
            .joint
            .iter()
            .filter(move |(joint, _)| *joint == reading);
        std::iter::once(self.readings[reading].0).chain(others.map(|(_, column)| *column))
    }

    /// The number of the reading of a text made of some columns: that of the first, which then minds the others too.
    pub fn joint_reading(&mut self, columns: &[usize], reading: Reading) -> Option<usize> {
        let (first, others) = columns.split_first()?;
        let number = self.reading(*first, reading);
        for other in others {
            if !self.joint.contains(&(number, *other)) {
                self.joint.push((number, *other));
            }
        }
        Some(number)
    }

    /// The number of a reading of a column.
    pub fn reading(&mut self, column: usize, reading: Reading) -> usize {
        let wanted = (column, reading);
        match self.readings.iter().position(|known| *known == wanted) {
            Some(index) => index,
            None => {
                self.readings.push(wanted);
                self.readings.len() - 1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_named_twice_has_one_slot_and_its_first_place() {
        let mut columns = Columns::default();
        assert_eq!(columns.named("budget", 5..11), 0);
        assert_eq!(columns.named("city", 20..24), 1);
        assert_eq!(columns.named("budget", 40..46), 0);
        assert_eq!(columns.entries()[0].span, Some(5..11));
    }

    #[test]
    fn a_header_in_double_quotes_is_another_column_than_the_name() {
        let mut columns = Columns::default();
        assert_ne!(
            columns.named("budget", 0..1),
            columns.quoted("budget", 2..3)
        );
    }

    #[test]
    fn a_declared_name_brings_its_spellings() {
        let declared = vec![(
            "price".to_owned(),
            vec!["Budget".to_owned(), "Max".to_owned()],
        )];
        let mut columns = Columns::declared(declared, vec!["price".to_owned()]);
        let slot = columns.named("price", 0..1);
        assert_eq!(columns.entries()[slot].spellings, ["Budget", "Max"]);
        assert!(!columns.entries()[slot].needed);
    }

    #[test]
    fn a_reading_asked_for_twice_is_one() {
        let mut columns = Columns::default();
        let slot = columns.named("budget", 0..1);
        let number = columns.reading(slot, Reading::Number);
        assert_ne!(columns.reading(slot, Reading::Day), number);
        assert_eq!(columns.reading(slot, Reading::Number), number);
        assert_eq!(columns.readings().len(), 2);
    }
}
