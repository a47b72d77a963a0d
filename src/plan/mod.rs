//! A model brought together with the exports of one run.
//!
//! The model speaks of columns and event types by name; here names become slots of rows and numbers of types, and
//! the as-of instant is fixed. What comes after asks no names any more.

mod bind;
mod kinds;

use std::sync::Arc;

pub use crate::value::AsOf;
pub use bind::{Bound, Export, bind, late_slots};
pub use kinds::{Kind, Kinds};

use crate::model::Model;

/// What one run computes.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The model.
    pub model: Arc<Model>,
    /// The instant the run looks back from.
    pub as_of: AsOf,
    /// Event types by spelling.
    pub kinds: Arc<Kinds>,
    /// For each event type in use, the signals that look at it.
    pub signals_of_kind: Vec<Vec<usize>>,
}

impl Plan {
    /// Plans a run of `model` as of an instant.
    pub fn new(model: Arc<Model>, as_of: AsOf) -> Self {
        let kinds = Arc::new(Kinds::new(&model.events));
        let signals_of_kind = (0..model.events.types.len())
            .map(|kind| {
                let looks =
                    |&signal: &usize| model.signals[signal].measure.kinds().any(|k| k == kind);
                (0..model.signals.len()).filter(looks).collect()
            })
            .collect();
        Self {
            model,
            as_of,
            kinds,
            signals_of_kind,
        }
    }
}
