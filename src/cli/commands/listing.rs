//! Which leads of a run are written to an output.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::output::{Exporter, Leads, Summary, write_list};
use crate::rank::{AccountRanking, Lead, Parts, Ranking};

/// Leads that are loaded together.
const TOGETHER: usize = 64;

/// Leads by their temperature, the first of them.
#[derive(Clone, Default)]
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
    /// The places of those that were asked for, from 0.
    fn places(self) -> Box<dyn Iterator<Item = usize> + 'r> {
        match self {
            Self::People(ranking) => Box::new(ranking.places()),
            Self::Accounts(accounts) => Box::new(0..accounts.len()),
        }
    }

    /// The lead in a place, with its person.
    fn lead_at(self, place: usize) -> Lead<'r> {
        match self {
            Self::People(ranking) => ranking.lead_with(place, Parts::PERSON),
            Self::Accounts(accounts) => accounts.lead_at(place),
        }
    }

    /// The name of the temperature of the lead in a place.
    fn temperature_at(self, place: usize) -> &'r str {
        match self {
            Self::People(ranking) => ranking.temperature_at(place),
            Self::Accounts(accounts) => accounts.temperature_at(place),
        }
    }

    /// How many threads may write it.
    fn threads(self) -> usize {
        match self {
            Self::People(ranking) => ranking.scoring().threads(),
            Self::Accounts(accounts) => accounts.threads(),
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

impl Leads for List<'_> {
    fn each(
        &self,
        places: &[u32],
        parts: Parts,
        take: &mut dyn FnMut(&Lead<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::People(ranking) => {
                let mut reader = ranking.reader(parts);
                places.chunks(TOGETHER).try_for_each(|places| {
                    ranking.touch(places);
                    let mut places = places.iter();
                    places.try_for_each(|place| take(reader.read(*place as usize)))
                })
            }
            Self::Accounts(accounts) => {
                let mut places = places.iter().map(|place| *place as usize);
                places.try_for_each(|place| take(&accounts.lead_at(place)))
            }
        }
    }
}

impl Choice<'_> {
    /// The places of the leads, in rank order.
    fn places<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = usize> {
        let most = self.top.unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        self.places_of_temperature(list).take(most)
    }

    /// The leads of the wanted temperatures, each with its place and its person.
    pub fn of_temperature<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = (usize, Lead<'r>)> {
        self.places_of_temperature(list)
            .map(move |place| (place, list.lead_at(place)))
    }

    fn places_of_temperature<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = usize> {
        let is_any = self.temperatures.is_empty();
        let is_wanted =
            move |place: &usize| is_any || self.temperatures.contains(list.temperature_at(*place));
        list.places().filter(is_wanted)
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
    /// The places of the leads, in rank order.
    pub fn places(&self, list: List<'_>) -> Vec<u32> {
        let number = |place| u32::try_from(place).expect("contacts are numbered by 32 bits");
        match self {
            Self::Choice(choice) => choice.places(list).map(number).collect(),
            Self::Places(places) => places.iter().copied().map(number).collect(),
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

/// Writes the leads in these places of a list in a format.
pub(super) fn write(
    list: List<'_>,
    places: &[u32],
    mut exporter: Box<dyn Exporter + '_>,
    out: &mut (dyn Write + Send),
) -> io::Result<Summary> {
    write_list(&list, places, &mut *exporter, list.threads(), out)
}
