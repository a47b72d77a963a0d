//! What the list of an earlier run said of each lead, for hysteresis and for who moved.

use std::collections::HashMap;

use crate::value::Points;

/// A lead in the earlier list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Before {
    /// The number of its temperature in today's model, if there still is one of that name.
    pub temperature: Option<usize>,
    /// Its score.
    pub score: Option<Points>,
}

/// An earlier list, by the ids of its leads.
#[derive(Debug, Clone, Default)]
pub struct Previous {
    leads: HashMap<String, Before>,
    /// How many of its leads had a temperature that today's model does not have.
    pub unknown: u64,
}

impl Previous {
    /// Adds a lead; false if its id was there already.
    pub fn add(&mut self, id: String, before: Before) -> bool {
        self.leads.insert(id, before).is_none()
    }

    /// What it says of the lead with an id.
    pub fn of(&self, id: &str) -> Option<Before> {
        self.leads.get(id).copied()
    }
}
