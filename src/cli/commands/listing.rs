//! Which leads of a run are written to an output.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::output::{Exporter, Summary};
use crate::rank::{AccountRanking, Lead, Ranking};

/// Leads by their temperature, the first of them.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    /// Only these; all if empty.
    pub temperatures: BTreeSet<&'a str>,
    /// So many at the most.
    pub top: Option<u64>,
}

/// What is listed.
#[derive(Clone, Copy)]
pub(super) enum List<'r> {
    People(&'r Ranking),
    Accounts(&'r AccountRanking<'r>),
}

impl<'r> List<'r> {
    fn leads(self) -> Box<dyn Iterator<Item = Lead<'r>> + 'r> {
        match self {
            Self::People(ranking) => Box::new(ranking.leads()),
            Self::Accounts(accounts) => Box::new(accounts.leads()),
        }
    }

    /// The places of those that were asked for, from 0.
    fn places(self) -> Box<dyn Iterator<Item = usize> + 'r> {
        match self {
            Self::People(ranking) => Box::new(ranking.places()),
            Self::Accounts(accounts) => Box::new(0..accounts.len()),
        }
    }

    /// The lead in a place.
    fn lead_at(self, place: usize) -> Lead<'r> {
        match self {
            Self::People(ranking) => ranking.lead(place),
            Self::Accounts(accounts) => accounts.lead_at(place),
        }
    }

    fn mix(self) -> Vec<(&'r str, u64)> {
        match self {
            Self::People(ranking) => ranking.mix_asked_for(),
            Self::Accounts(accounts) => accounts.mix(),
        }
    }

    /// How many there are, asked for or not.
    pub fn len(self) -> u64 {
        match self {
            Self::People(ranking) => ranking.len() as u64,
            Self::Accounts(accounts) => accounts.len() as u64,
        }
    }
}

impl Choice<'_> {
    pub fn leads<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = Lead<'r>> {
        let most = self.top.unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        list.leads().filter(|lead| self.admits(lead)).take(most)
    }

    /// The leads of the wanted temperatures, each with its place.
    pub fn of_temperature<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = (usize, Lead<'r>)> {
        list.places()
            .map(move |place| (place, list.lead_at(place)))
            .filter(|(_, lead)| self.admits(lead))
    }

    fn admits(&self, lead: &Lead<'_>) -> bool {
        self.temperatures.is_empty() || self.temperatures.contains(lead.temperature)
    }

    /// How many leads that is.
    pub fn count(&self, list: List<'_>) -> u64 {
        let all: u64 = list
            .mix()
            .into_iter()
            .filter(|(name, _)| self.temperatures.is_empty() || self.temperatures.contains(name))
            .map(|(_, count)| count)
            .sum();
        all.min(self.top.unwrap_or(u64::MAX))
    }
}

/// Which leads are written to one output.
pub(super) enum Picked<'a> {
    Choice(Choice<'a>),
    /// Those in these places of the list.
    Places(Vec<usize>),
}

impl Picked<'_> {
    /// The leads, in rank order.
    pub fn leads<'r>(&'r self, list: List<'r>) -> Box<dyn Iterator<Item = Lead<'r>> + 'r> {
        match self {
            Self::Choice(choice) => Box::new(choice.leads(list)),
            Self::Places(places) => Box::new(places.iter().map(move |place| list.lead_at(*place))),
        }
    }

    /// How many they are.
    pub fn count(&self, list: List<'_>) -> u64 {
        match self {
            Self::Choice(choice) => choice.count(list),
            Self::Places(places) => places.len() as u64,
        }
    }
}

/// Writes leads in a format.
pub(super) fn write<'l>(
    leads: impl Iterator<Item = Lead<'l>>,
    mut exporter: Box<dyn Exporter + '_>,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    exporter.begin(out)?;
    for lead in leads {
        exporter.lead(&lead, out)?;
    }
    let wrote = exporter.finish(out)?;
    out.flush()?;
    Ok(wrote)
}
