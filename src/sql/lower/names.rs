//! Names for columns and steps: the model's own words, made such that every engine takes them, each once.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::value::snake_case;

/// The names given so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    taken: RefCell<BTreeSet<String>>,
}

impl Names {
    /// None given yet, but these are not to be given.
    pub(super) fn taken(names: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: RefCell::new(names.into_iter().map(|name| plain(&name)).collect()),
        }
    }

    /// A name like this one that was not given before.
    pub(super) fn take(&self, wanted: &str) -> String {
        let wanted = plain(wanted);
        let mut taken = self.taken.borrow_mut();
        let mut name = wanted.clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = format!("{wanted}_{number}");
        }
        name
    }
}

/// The longest name that is sure to be told apart from others everywhere: `PostgreSQL` cuts at 63 bytes.
const LONGEST: usize = 50;

/// A name of small letters, digits and underscores that begins with none of the digits.
fn plain(name: &str) -> String {
    let mut plain: String = snake_case(name)
        .chars()
        .map(|c| {
            if c.is_ascii_lowercase() || c.is_ascii_digit() {
                c
            } else {
                '_'
            }
        })
        .take(LONGEST)
        .collect();
    if !plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        plain.insert(0, 'x');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_given_once() {
        let names = Names::taken(["contacts".to_owned()]);
        let given = [
            "Lead Source",
            "lead-source",
            "contacts",
            "2nd",
            "a.b",
            "größe",
        ];
        let given = given.map(|name| names.take(name));
        assert_eq!(
            given,
            [
                "lead_source",
                "lead_source_2",
                "contacts_2",
                "x2nd",
                "a_b",
                "gro_e"
            ]
        );
    }

    #[test]
    fn long_names_stay_different() {
        let names = Names::default();
        let long = "x".repeat(80);
        assert_ne!(names.take(&long), names.take(&long));
    }
}
