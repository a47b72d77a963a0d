//! The leads of two lists side by side, and what became of each.

use std::cmp::Ordering;

use super::Heat;
use crate::run::list::{List, Listed};
use crate::value::Points;

/// What became of a lead, in the order in which movers are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It has the hottest temperature and had another, or was not there.
    NewlyHot,
    /// It has a hotter temperature than before, if not the hottest.
    Hotter,
    /// It has a cooler temperature than before.
    Cooled,
    /// It was not in the old list and is not of the hottest temperature.
    New,
    /// It is not in the new list.
    Gone,
    /// Its score is higher, in the same temperature.
    Up,
    /// Its score is lower, in the same temperature.
    Down,
}

impl Change {
    /// Every change, in order.
    pub const ALL: [Self; 7] = [
        Self::NewlyHot,
        Self::Hotter,
        Self::Cooled,
        Self::New,
        Self::Gone,
        Self::Up,
        Self::Down,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewlyHot => "newly hot",
            Self::Hotter => "hotter",
            Self::Cooled => "cooled",
            Self::New => "new",
            Self::Gone => "gone",
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// A lead that stands in one of two lists or in both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'l> {
    pub old: Option<&'l Listed>,
    pub new: Option<&'l Listed>,
    /// What became of it; none if nothing.
    pub change: Option<Change>,
}

impl Pair<'_> {
    /// How much its score rose; none where one list lacks it.
    pub(super) fn difference(&self) -> Option<Points> {
        Some(self.new?.score - self.old?.score)
    }
}

/// Two lists joined.
#[derive(Debug, Clone)]
pub struct Moves<'l> {
    /// The older one.
    pub old: &'l List,
    /// The newer one.
    pub new: &'l List,
    pub(super) heat: &'l Heat,
    /// For each temperature of the old list its place in the order of heat, and the same of the new one.
    pub(super) places: (Vec<usize>, Vec<usize>),
    /// Every lead of either, by id.
    pub(super) pairs: Vec<Pair<'l>>,
}

impl<'l> Moves<'l> {
    /// Joins two lists; `heat` is of both.
    pub fn between(old: &'l List, new: &'l List, heat: &'l Heat) -> Self {
        let places = (heat.places(old), heat.places(new));
        let mut pairs = Vec::with_capacity(old.leads.len().max(new.leads.len()));
        let (mut olds, mut news) = (old.leads.iter().peekable(), new.leads.iter().peekable());
        // Both stand in the order of their ids.
        loop {
            let (old, new) = match (olds.peek(), news.peek()) {
                (None, None) => break,
                (Some(_), None) => (olds.next(), None),
                (None, Some(_)) => (None, news.next()),
                (Some(one), Some(other)) => match one.id.cmp(&other.id) {
                    Ordering::Less => (olds.next(), None),
                    Ordering::Greater => (None, news.next()),
                    Ordering::Equal => (olds.next(), news.next()),
                },
            };
            let heat_of = |lead: Option<&Listed>, places: &[usize]| {
                lead.map(|lead| (places[lead.temperature], lead.score))
            };
            let (before, after) = (heat_of(old, &places.0), heat_of(new, &places.1));
            let change = change(before, after, heat.hottest());
            pairs.push(Pair { old, new, change });
        }
        Self {
            old,
            new,
            heat,
            places,
            pairs,
        }
    }

    /// How many leads had one of these changes; any, if none is named.
    pub fn count(&self, changes: &[Change]) -> usize {
        let is_counted = |change: &Change| changes.is_empty() || changes.contains(change);
        let pairs = self.pairs.iter();
        pairs
            .filter_map(|pair| pair.change)
            .filter(is_counted)
            .count()
    }
}

/// What becomes of a lead with a place in the order of heat and a score before and after.
fn change(
    before: Option<(usize, Points)>,
    after: Option<(usize, Points)>,
    hottest: Option<usize>,
) -> Option<Change> {
    let is_hot = |place: usize| hottest == Some(place);
    match (before, after) {
        (None, None) => None,
        (Some(_), None) => Some(Change::Gone),
        (None, Some((heat, _))) if is_hot(heat) => Some(Change::NewlyHot),
        (None, Some(_)) => Some(Change::New),
        (Some((was, before)), Some((is, after))) => match (is.cmp(&was), after.cmp(&before)) {
            (Ordering::Less, _) if is_hot(is) => Some(Change::NewlyHot),
            (Ordering::Less, _) => Some(Change::Hotter),
            (Ordering::Greater, _) => Some(Change::Cooled),
            (Ordering::Equal, Ordering::Greater) => Some(Change::Up),
            (Ordering::Equal, Ordering::Less) => Some(Change::Down),
            (Ordering::Equal, Ordering::Equal) => None,
        },
    }
}
