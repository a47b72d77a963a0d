//! What stands in the columns that a model names: how often nothing, and which different values.

use std::collections::BTreeMap;

use crate::rank::Ranking;

/// What was seen in one column.
#[derive(Debug, Clone, Default)]
pub(in crate::lint) struct ColumnSeen {
    /// Cells that say nothing, of leads.
    pub blank: u64,
    /// Cells that say something, of leads.
    pub filled: u64,
    /// The different values, of all rows.
    pub values: Values,
}

/// The different values of a column and how often each stands in it.
#[derive(Debug, Clone)]
pub(in crate::lint) enum Values {
    /// All of them.
    All(BTreeMap<String, u64>),
    /// More than are worth comparing: an id, a name, an address.
    TooMany,
}

impl Default for Values {
    fn default() -> Self {
        Self::All(BTreeMap::new())
    }
}

/// More different values than this are not kept.
const MOST_VALUES: usize = 10_000;

impl Values {
    pub(super) fn note(&mut self, value: &str) {
        let Self::All(values) = self else {
            return;
        };
        if let Some(count) = values.get_mut(value) {
            *count += 1;
        } else if values.len() == MOST_VALUES {
            *self = Self::TooMany;
        } else {
            values.insert(value.to_owned(), 1);
        }
    }
}

/// What stands in the columns of the contacts that the model speaks of.
pub(super) fn of_contacts(ranking: &Ranking) -> Vec<ColumnSeen> {
    let scoring = ranking.scoring();
    let columns = scoring.plan().model.contacts.columns.entries();
    let contacts = scoring.contacts();
    let mut seen = vec![ColumnSeen::default(); columns.len()];
    let mut cells = Vec::new();
    for contact in 0..contacts.people() {
        let is_lead = contacts.is_lead(contact);
        scoring.read_cells(contact, &mut cells);
        for ((seen, column), cell) in seen.iter_mut().zip(columns).zip(&cells) {
            // What outputs merely show is no concern of the model.
            if column.span.is_none() {
                continue;
            }
            match scoring.known(cell) {
                Some(cell) => {
                    seen.filled += u64::from(is_lead);
                    seen.values.note(cell);
                }
                None => seen.blank += u64::from(is_lead),
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_until_there_are_too_many() {
        let mut values = Values::default();
        for value in ["a", "b", "a"] {
            values.note(value);
        }
        let Values::All(counts) = &values else {
            panic!("few values are kept");
        };
        assert_eq!(counts["a"], 2);
        for number in 0..MOST_VALUES {
            values.note(&number.to_string());
        }
        assert!(matches!(values, Values::TooMany));
    }
}
