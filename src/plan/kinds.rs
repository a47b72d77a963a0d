//! Event types by the spellings of the export.

use std::collections::{HashMap, HashSet};

use crate::model::Events;
use crate::preset::Shape;
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
    /// The names of the types that the model declares.
    declared: HashSet<String>,
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
        let declared = events.spellings.iter().map(|(name, _)| name.clone());
        Self {
            spellings,
            used,
            declared: declared.collect(),
        }
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

    /// The type that `cell` names in an export of a known shape: where the model does not know it, the first that the
    /// model knows of those that the shape calls it, or else what the shape calls it first.
    pub fn find_in(&self, cell: &str, shape: Option<&Shape>) -> Kind {
        let found = self.find(cell);
        let is_said = |name: &str| self.declared.contains(name);
        match (&found, shape) {
            (Kind::Unused(name), Some(shape)) if !is_said(name) => {
                let mut names = shape.types_of(cell).map(|name| self.named(name));
                let first = names.next();
                let is_known = |kind: &Kind| match kind {
                    Kind::Used(_) => true,
                    Kind::Unused(name) => is_said(name),
                };
                let known = first.iter().cloned().chain(names).find(is_known);
                known.or(first).unwrap_or(found)
            }
            _ => found,
        }
    }

    fn named(&self, name: &str) -> Kind {
        match self.used.get(name) {
            Some(number) => Kind::Used(*number),
            None => Kind::Unused(name.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    fn kinds() -> Kinds {
        let text = "[events.types]\nemail_open = [\"Email Opened\", \"OPEN\"]\nclick = \"Clicked\"\n\
            [signals]\nopens = { event = \"email_open\" }\nvisits = { event = \"page_view\" }\n\
            [[rules]]\nname = \"Opens\"\nsignal = \"opens\"\npoints = 1\n";
        Kinds::new(
            &Model::parse("model.toml", text)
                .expect("a valid model")
                .events,
        )
    }

    #[test]
    fn spellings_match_without_blanks_and_capitals() {
        for cell in ["Email Opened", " email opened ", "open", "OPEN"] {
            assert_eq!(kinds().find(cell), Kind::Used(0), "{cell}");
        }
    }

    #[test]
    fn a_type_that_is_not_spelt_is_known_by_its_snake_case() {
        assert_eq!(kinds().find("Page View"), Kind::Used(1));
        assert_eq!(
            kinds().find("Phone Call"),
            Kind::Unused("phone_call".to_owned())
        );
    }

    #[test]
    fn a_declared_type_that_no_signal_uses_is_called_by_its_own_name() {
        assert_eq!(kinds().find("Clicked"), Kind::Unused("click".to_owned()));
    }

    #[test]
    fn a_type_that_the_model_does_not_know_is_looked_up_in_the_preset() {
        let headers = ["marketoGUID", "activityTypeId"];
        let shape = crate::preset::recognise(crate::preset::Kind::Events, &headers);
        let found = |cell| kinds().find_in(cell, shape);
        assert_eq!(found("10"), Kind::Used(0));
        assert_eq!(found("1"), Kind::Used(1));
        assert_eq!(found("Email Opened"), Kind::Used(0));
        assert_eq!(found("Clicked"), Kind::Unused("click".to_owned()));
        assert_eq!(found("9"), Kind::Unused("unsubscribe".to_owned()));
        assert_eq!(found("77"), Kind::Unused("77".to_owned()));
        assert_eq!(kinds().find_in("10", None), Kind::Unused("10".to_owned()));
    }
}
