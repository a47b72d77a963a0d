//! What is counted of an owner.

use std::collections::BTreeMap;

use super::super::answering::Answering;
use super::super::facts::{Facts, LeadFacts};

/// The name of leads that are nobody's.
const NOBODY: &str = "(nobody)";

/// Who looks after leads.
#[derive(Debug, Default)]
pub struct Owner {
    pub name: String,
    pub is_nobody: bool,
    pub leads: u64,
    /// How many have each temperature, the hottest first.
    pub temperatures: Vec<u64>,
    /// The answers to the first question of each lead.
    pub answering: Answering,
    /// Hot leads that nobody turned to.
    pub untouched: u64,
    pub won: u64,
    /// The places of the leads among those of the run.
    pub places: Vec<usize>,
}

/// The owners, of most leads first, and nobody as the last.
pub fn owners(facts: &Facts<'_>) -> Vec<Owner> {
    let mut places: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (place, lead) in facts.leads.iter().enumerate() {
        places.entry(owner_of(lead)).or_default().push(place);
    }
    let owners = places.into_iter();
    let mut owners: Vec<Owner> = owners
        .map(|(name, places)| Owner::of(name, places, facts))
        .collect();
    owners.sort_by(|a, b| {
        let of_nobody = a.is_nobody.cmp(&b.is_nobody);
        of_nobody
            .then_with(|| b.leads.cmp(&a.leads))
            .then_with(|| a.name.cmp(&b.name))
    });
    owners
}

/// Who looks after a lead, if anybody does.
pub fn owner_of<'l>(lead: &'l LeadFacts<'_>) -> Option<&'l str> {
    lead.owner.map(str::trim).filter(|owner| !owner.is_empty())
}

impl Owner {
    fn of(name: Option<&str>, places: Vec<usize>, facts: &Facts<'_>) -> Self {
        let leads = || places.iter().map(|place| &facts.leads[*place]);
        let mut temperatures = vec![0; facts.model.temperatures.len()];
        for lead in leads() {
            if let Some(count) = temperatures.get_mut(lead.temperature) {
                *count += 1;
            }
        }
        let as_of = facts.as_of.instant;
        let first_waits = leads().filter_map(|lead| lead.waits.first());
        Self {
            name: name.unwrap_or(NOBODY).to_owned(),
            is_nobody: name.is_none(),
            leads: places.len() as u64,
            temperatures,
            answering: Answering::of(first_waits, as_of),
            untouched: leads().filter(|lead| facts.is_untouched(lead)).count() as u64,
            won: leads().filter(|lead| lead.is_won).count() as u64,
            places,
        }
    }
}
