//! What a reader of a comparison should bear in mind.

use super::Between;
use super::changes::{Moves, Pair};
use crate::run::list::List;
use crate::value::{AsOf, Instant, Zone};

/// The notes of two lists.
pub(super) fn of(moves: &Moves<'_>, between: Between) -> Vec<String> {
    let (old, new) = (moves.old, moves.new);
    let mut notes = Vec::new();
    match between {
        Between::Models => notes.push(format!("A is {}, B is {}.", old.model, new.model)),
        Between::Lists => {
            notes.extend(strangers(moves));
            notes.extend(models_differ(&[old, new]));
            notes.extend(times(old, new));
        }
    }
    notes.extend(moves.heat.note());
    for list in [old, new] {
        notes.extend(of_list(list));
    }
    if between == Between::Lists && !(old.has_ledgers && new.has_ledgers) {
        notes.push(
            "Lists in JSON have ledgers, by which the reasons are told rule by rule.".to_owned(),
        );
    }
    notes
}

/// Whether no lead stands in both lists, which are then hardly of the same people, or not under the same names.
fn strangers(moves: &Moves<'_>) -> Option<String> {
    let is_empty = moves.old.leads.is_empty() || moves.new.leads.is_empty();
    let meets = |pair: &Pair<'_>| pair.old.is_some() && pair.new.is_some();
    (!is_empty && !moves.pairs.iter().any(meets)).then(|| {
        "No lead stands in both lists: are their ids of one kind, and pseudonyms by one key?"
            .to_owned()
    })
}

/// Whether the lists come from several models, which may be why scores moved.
pub(super) fn models_differ(lists: &[&List]) -> Option<String> {
    let mut models: Vec<&str> = Vec::new();
    for list in lists {
        if !list.model.is_empty() && !models.contains(&list.model.as_str()) {
            models.push(&list.model);
        }
    }
    (models.len() > 1).then(|| {
        format!(
            "The lists come from different models, so scores may have moved because the model did: {}.",
            models.join(", ")
        )
    })
}

/// What the as-of instants say against the order in which two lists are given.
fn times(old: &List, new: &List) -> Option<String> {
    let (before, after) = (instant(old)?, instant(new)?);
    if before == after {
        return Some(format!("Both lists look back from {}.", new.as_of));
    }
    (before > after).then(|| {
        format!(
            "The old list looks back from {}, after the new one ({}): are they in order?",
            old.as_of, new.as_of
        )
    })
}

/// The instant a list looks back from; a date is read as one of UTC, which is near enough to tell what is newer.
pub(super) fn instant(list: &List) -> Option<Instant> {
    AsOf::read(&list.as_of, &Zone::utc().into()).map(|as_of| as_of.instant)
}

/// What is to be said of one list.
pub(super) fn of_list(list: &List) -> Vec<String> {
    let mut notes = Vec::new();
    if list.is_of_several_runs {
        notes.push(format!("{} holds rows of several runs.", list.name));
    }
    if !list.has_every_rank() {
        notes.push(format!(
            "{} does not have every rank: leads were left out of it, and who is missing is not known to be gone.",
            list.name
        ));
    }
    notes
}
