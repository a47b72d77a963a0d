//! Ranked lists held against each other: who came, went, rose and fell between two, and how leads went through many.
//!
//! Two lists are joined by the ids of their leads. Each lead has one [`Change`] at most, told by its temperature first
//! and by its score where that is the same; a lead whose score and temperature are the same did not move, whatever
//! became of its rank.

mod changes;
mod counts;
mod heat;
mod movers;
mod notes;
mod reasons;
mod rules;
mod transitions;
mod trends;

pub use changes::{Change, Moves};
pub use heat::Heat;
pub use trends::trends;

use super::Document;

/// What two lists are, which decides the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Two runs, the older first.
    Lists,
    /// What two models make of the same exports, the one in use first.
    Models,
}

/// Who moved between two lists, as a document: the table `movers` with the leads of the chosen changes (all if none is
/// chosen), then `changes`, `summary`, `transitions` and, where both lists have ledgers, `rules`.
pub fn compare(moves: &Moves<'_>, between: Between, chosen: &[Change]) -> Document {
    let (old, new) = (moves.old, moves.new);
    let title = match between {
        Between::Lists => match (old.as_of.as_str(), new.as_of.as_str()) {
            ("", _) | (_, "") => "What changed".to_owned(),
            (before, after) => format!("What changed from {before} to {after}"),
        },
        Between::Models => format!("What changes from {} to {}", old.name, new.name),
    };
    let mut tables = vec![
        movers::table(moves, chosen),
        counts::changes(moves),
        counts::summary(moves),
        transitions::table(moves),
    ];
    if old.has_ledgers && new.has_ledgers {
        tables.push(rules::table(moves, between));
    }
    Document {
        temperatures: Vec::new(),
        name: match between {
            Between::Lists => "compare",
            Between::Models => "compare-models",
        }
        .into(),
        title,
        as_of: new.as_of.clone(),
        model: new.model.clone(),
        tables,
        notes: notes::of(moves, between),
    }
}

#[cfg(test)]
mod tests;
