//! Why a lead moved: what was set by hand, what holds it back, and which rules or groups give it other points.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::changes::{Change, Moves, Pair};
use crate::run::list::{Contributor, List, Listed};
use crate::value::Points;

/// What can give points in either of two lists, whatever its place in each.
pub(super) struct Contributors<'l> {
    /// What each is, by the new list where that has it, and whether it is in the old list and in the new one.
    pub all: Vec<(&'l Contributor, [bool; 2])>,
    /// For each contributor of the old list its place among all, and the same of the new one.
    places: (Vec<usize>, Vec<usize>),
}

impl<'l> Contributors<'l> {
    pub(super) fn of(moves: &Moves<'l>) -> Self {
        let mut known: BTreeMap<(&str, &str), (&'l Contributor, [bool; 2])> = BTreeMap::new();
        for (side, list) in [moves.old, moves.new].into_iter().enumerate() {
            for one in &list.contributors {
                let key = (one.kind, one.name.as_str());
                let known = known.entry(key).or_insert((one, [false; 2]));
                known.0 = one;
                known.1[side] = true;
            }
        }
        let keys: Vec<(&str, &str)> = known.keys().copied().collect();
        let places = |list: &List| -> Vec<usize> {
            let place = |one: &Contributor| keys.binary_search(&(one.kind, one.name.as_str()));
            let places = list.contributors.iter();
            places.map(|one| place(one).unwrap_or_default()).collect()
        };
        Self {
            places: (places(moves.old), places(moves.new)),
            all: known.into_values().collect(),
        }
    }

    /// What each gave a lead in the old list and in the new one, where either gave anything.
    pub(super) fn points(&self, pair: &Pair<'_>) -> Vec<(usize, Points, Points)> {
        let (Some(old), Some(new)) = (pair.old, pair.new) else {
            return Vec::new();
        };
        let placed = |ledger: &[(usize, Points)], places: &[usize]| -> Vec<(usize, Points)> {
            ledger
                .iter()
                .map(|(at, points)| (places[*at], *points))
                .collect()
        };
        let old = placed(&old.ledger, &self.places.0);
        let new = placed(&new.ledger, &self.places.1);
        let mut both = Vec::with_capacity(old.len().max(new.len()));
        let (mut olds, mut news) = (old.into_iter().peekable(), new.into_iter().peekable());
        // Both stand in the order of kinds and names, as all contributors do.
        loop {
            let order = match (olds.peek(), news.peek()) {
                (None, None) => return both,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((one, _)), Some((other, _))) => one.cmp(other),
            };
            let old = olds.next_if(|_| order != Ordering::Greater);
            let new = news.next_if(|_| order != Ordering::Less);
            if let Some((place, _)) = old.or(new) {
                let points = |one: Option<(usize, Points)>| one.map_or(Points::ZERO, |(_, p)| p);
                both.push((place, points(old), points(new)));
            }
        }
    }
}

/// What tells why leads moved.
pub(super) struct Reasons<'m, 'l> {
    moves: &'m Moves<'l>,
    contributors: Contributors<'l>,
    has_ledgers: bool,
    /// The groups that both lists have: the name, and the place in each.
    groups: Vec<(&'l str, usize, usize)>,
}

impl<'m, 'l> Reasons<'m, 'l> {
    pub(super) fn of(moves: &'m Moves<'l>) -> Self {
        let (old, new) = (moves.old, moves.new);
        let groups = old.groups.iter().enumerate().filter_map(|(before, name)| {
            let after = new.groups.iter().position(|group| group == name)?;
            Some((name.as_str(), before, after))
        });
        let mut groups: Vec<(&str, usize, usize)> = groups.collect();
        groups.sort_unstable();
        Self {
            moves,
            contributors: Contributors::of(moves),
            has_ledgers: old.has_ledgers && new.has_ledgers,
            groups,
        }
    }

    /// The reasons in words, the most telling first.
    pub(super) fn why(&self, pair: &Pair<'_>) -> Vec<String> {
        let (old, new) = match (pair.old, pair.new) {
            (Some(old), Some(new)) => (old, new),
            // Of one that was not there before, why it stands where it stands.
            (None, Some(new)) => return new.reasons.iter().cloned().collect(),
            _ => return Vec::new(),
        };
        let mut why = Vec::new();
        let was_disqualified = self.moves.old.is_disqualified(old);
        let is_disqualified = self.moves.new.is_disqualified(new);
        match (was_disqualified, is_disqualified) {
            (false, true) => why.push("disqualified".to_owned()),
            (true, false) => why.push("no longer disqualified".to_owned()),
            _ => {}
        }
        let by_hand = |text: &Option<String>| text.as_deref().map(in_one_form);
        let (was, is) = (by_hand(&old.overrides), by_hand(&new.overrides));
        if was != is {
            why.extend(was.map(|what| format!("no longer by hand: {what}")));
            why.extend(is.map(|what| format!("by hand: {what}")));
        }
        let changed = if self.has_ledgers {
            self.ledger_changes(pair)
        } else {
            self.group_changes(pair)
        };
        let points = changed.into_iter();
        let points = points.map(|(name, points)| format!("{name} {}", points.signed()));
        let checklist = checklist(pair.change, old, new);
        // Where the score went the way the temperature went, it says more than the checklist.
        let rose = new.score.cmp(&old.score);
        let is_told_by_score = match pair.change {
            Some(Change::NewlyHot | Change::Hotter) => rose == Ordering::Greater,
            _ => rose == Ordering::Less,
        };
        if is_told_by_score {
            why.extend(points.chain(checklist));
        } else {
            why.extend(checklist.into_iter().chain(points));
        }
        why
    }

    /// What gives other points than before: rules first, then bounds and rounding, of each the strongest first.
    fn ledger_changes(&self, pair: &Pair<'_>) -> Vec<(&'l str, Points)> {
        let (mut rules, mut bounds) = (Vec::new(), Vec::new());
        for (place, before, after) in self.contributors.points(pair) {
            let (of, _) = self.contributors.all[place];
            let changed = (of.label.as_str(), after - before);
            match of.kind {
                _ if before == after => {}
                // That somebody set something by hand, or that it is pursued no more, is said in words.
                "override" | "disqualified" => {}
                "rule" | "contact" => rules.push(changed),
                _ => bounds.push(changed),
            }
        }
        let mut changed = strongest_first(rules);
        changed.append(&mut strongest_first(bounds));
        changed
    }

    /// The groups that count other points than before, the strongest first.
    fn group_changes(&self, pair: &Pair<'_>) -> Vec<(&'l str, Points)> {
        let (Some(old), Some(new)) = (pair.old, pair.new) else {
            return Vec::new();
        };
        let changed = self.groups.iter().filter_map(|(name, before, after)| {
            let difference = new.groups[*after]? - old.groups[*before]?;
            (difference != Points::ZERO).then_some((*name, difference))
        });
        strongest_first(changed.collect())
    }
}

/// The items of the checklist that made the lead hotter or cooler.
fn checklist(change: Option<Change>, old: &Listed, new: &Listed) -> Option<String> {
    let items = |lead: &Listed| -> Vec<String> {
        let text = lead.missing.as_deref().map(in_one_form).unwrap_or_default();
        let items = text.split(", ").filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    };
    let (was, is) = (items(old), items(new));
    let without = |some: &[String], others: &[String]| {
        let left: Vec<&str> = some
            .iter()
            .filter(|item| !others.contains(item))
            .map(String::as_str)
            .collect();
        (!left.is_empty()).then(|| left.join(", "))
    };
    match change? {
        Change::NewlyHot | Change::Hotter => {
            without(&was, &is).map(|items| format!("no longer missing: {items}"))
        }
        Change::Cooled => without(&is, &was).map(|items| format!("missing: {items}")),
        _ => None,
    }
}

/// By the size of the difference; between equals the order stays.
fn strongest_first(mut changed: Vec<(&str, Points)>) -> Vec<(&str, Points)> {
    changed.sort_by_key(|(_, points)| Reverse(points.thousandths().unsigned_abs()));
    changed
}

/// A text of several parts as CSV and JSON both would have it: CSV joins them with `; `, and a list of JSON is read with
/// commas.
fn in_one_form(text: &str) -> String {
    text.replace("; ", ", ")
}
