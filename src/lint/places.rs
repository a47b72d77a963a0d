//! Where the keys and values of a model stand in its file, so that a finding can point at them.
//!
//! A checked model keeps what it needs for scoring. Lints point at more, and find it by reading the file once more:
//! it is known to be sound.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The file as a tree of places.
pub(super) struct Places<'m> {
    root: Option<Spanned<DeTable<'m>>>,
}

/// One step from a table or a list to what is in it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'s> {
    /// The value of a key.
    Key(&'s str),
    /// An element, from 0.
    Element(usize),
}

impl<'s> From<&'s str> for Step<'s> {
    fn from(key: &'s str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Element(index)
    }
}

/// The place of a key and that of its value.
struct Place {
    key: Range<usize>,
    value: Range<usize>,
}

impl<'m> Places<'m> {
    pub(super) fn of(text: &'m str) -> Self {
        Self {
            root: DeTable::parse(text).ok(),
        }
    }

    /// Where the key at the end of a path stands, or the element.
    pub(super) fn key(&self, path: &[Step<'_>]) -> Option<Range<usize>> {
        self.find(path).map(|place| place.key)
    }

    /// Where the value at the end of a path stands.
    pub(super) fn value(&self, path: &[Step<'_>]) -> Option<Range<usize>> {
        self.find(path).map(|place| place.value)
    }

    /// Where a key of a rule has its value.
    pub(super) fn rule(&self, rule: usize, key: &str) -> Option<Range<usize>> {
        self.value(&["rules".into(), rule.into(), key.into()])
    }

    /// Where a temperature's key has its value, or else where the temperature is named.
    pub(super) fn temperature(&self, name: &str, key: &str) -> Option<Range<usize>> {
        let named = ["temperatures".into(), name.into(), key.into()];
        self.value(&named).or_else(|| self.key(&named[..2]))
    }

    /// Where a group's key has its value, or else where the group is named.
    pub(super) fn group(&self, name: &str, key: &str) -> Option<Range<usize>> {
        let named = ["groups".into(), name.into(), key.into()];
        self.value(&named).or_else(|| self.key(&named[..2]))
    }

    /// Where a signal's key has its value, or else where the signal is named.
    pub(super) fn signal(&self, name: &str, key: &str) -> Option<Range<usize>> {
        let named = ["signals".into(), name.into(), key.into()];
        self.value(&named).or_else(|| self.key(&named[..2]))
    }

    fn find(&self, path: &[Step<'_>]) -> Option<Place> {
        let mut table = Some(self.root.as_ref()?.get_ref());
        let mut list: Option<&DeArray<'m>> = None;
        let mut place = None;
        for step in path {
            let value = match step {
                Step::Key(wanted) => {
                    let entry = table?.iter().find(|(key, _)| key.get_ref() == *wanted);
                    let (key, value) = entry?;
                    place = Some(Place {
                        key: key.span(),
                        value: value.span(),
                    });
                    value.get_ref()
                }
                Step::Element(index) => {
                    let element = list?.get(*index)?;
                    place = Some(Place {
                        key: element.span(),
                        value: element.span(),
                    });
                    element.get_ref()
                }
            };
            (table, list) = match value {
                DeValue::Table(inner) => (Some(inner), None),
                DeValue::Array(inner) => (None, Some(inner)),
                _ => (None, None),
            };
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[groups.a]\nmax = 40\n[[rules]]\nname = \"x\"\nbands = [{ from = 1 }]\n";

    #[test]
    fn keys_and_values_are_found_through_tables_and_lists() {
        let places = Places::of(TEXT);
        let at = |place: Option<Range<usize>>| place.map(|place| &TEXT[place]);
        assert_eq!(at(places.group("a", "max")), Some("40"));
        assert_eq!(at(places.rule(0, "name")), Some("\"x\""));
        let edge = [
            "rules".into(),
            0.into(),
            "bands".into(),
            0.into(),
            "from".into(),
        ];
        assert_eq!(at(places.key(&edge)), Some("from"));
    }

    #[test]
    fn a_key_that_is_not_there_leaves_the_place_of_what_lacks_it() {
        let places = Places::of(TEXT);
        assert_eq!(
            places.group("a", "min").map(|place| &TEXT[place]),
            Some("a")
        );
        assert_eq!(places.rule(1, "name"), None);
    }
}
