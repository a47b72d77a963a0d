//! Event types by the spellings of the export.

use std::collections::HashMap;

use crate::model::Events;
use crate::value::snake_case;

/// What an event's type cell means to the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A type that signals use, by its number.
    Used(usize),
    /// A type that no signal uses, by the name a model would call it.
    Unused(String),
}

/// Finds the type that a cell names.
#[derive(Debug, Clone)]
pub struct Kinds {
    /// Trimmed spellings in ASCII lower case → the model's name.
    spellings: HashMap<String, String>,
    used: HashMap<String, usize>,
}

impl Kinds {
    /// The types of `[events]`.
    pub fn new(events: &Events) -> Self {
        let spellings = events
            .spellings
            .iter()
            .flat_map(|(name, spellings)| {
                spellings
                    .iter()
                    .map(|spelling| (spelling.trim().to_ascii_lowercase(), name.clone()))
            })
            .collect();
        let used = events.types.iter().cloned().zip(0..).collect();
        Self { spellings, used }
    }

    /// The type that `cell` names. Spellings match after trimming, ignoring ASCII case; a type that the model does
    /// not spell is known by its name in `snake_case`.
    pub fn find(&self, cell: &str) -> Kind {
        let spelling = cell.trim().to_ascii_lowercase();
        if let Some(name) = self.spellings.get(&spelling) {
            return self.named(name);
        }
        self.named(&snake_case(cell.trim()))
    }

    fn named(&self, name: &str) -> Kind {
        match self.used.get(name) {
            Some(number) => Kind::Used(*number),
            None => Kind::Unused(name.to_owned()),
        }
    }
}
