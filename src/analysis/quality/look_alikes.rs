//! Leads that look like one person: the same e-mail address, the same telephone number, or the same name and nothing
//! that tells them apart.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::super::{Column, Facts, LeadFacts, Table, Unit};
use crate::run::Run;

/// Digits at the end of a telephone number by which two are compared: countries write the beginning in many ways.
const PHONE_DIGITS: usize = 9;

/// What tells who a lead is, each part in one spelling.
struct Marks {
    email: Option<String>,
    phone: Option<String>,
    name: Option<String>,
}

/// Leads that look like one person.
pub(super) struct Alike {
    /// Their places in the ranking, the best first.
    pub places: Vec<usize>,
    /// What they have in common.
    pub reasons: Vec<&'static str>,
}

/// Every set of leads that look like one person, by its best lead.
pub(super) fn find(facts: &Facts<'_>, run: &Run) -> Vec<Alike> {
    let marks: Vec<Marks> = facts
        .leads
        .iter()
        .map(|lead| marks(lead, facts, run))
        .collect();
    let mut sets = Sets::new(marks.len());
    by_mark(&marks, |marks| marks.email.as_deref(), "e-mail", &mut sets);
    by_mark(&marks, |marks| marks.phone.as_deref(), "phone", &mut sets);
    by_name(&marks, &mut sets);
    let sets = sets.found().into_iter();
    sets.map(|(numbers, reasons)| Alike {
        places: numbers
            .into_iter()
            .map(|number| facts.leads[number].place)
            .collect(),
        reasons,
    })
    .collect()
}

/// The sets as a table.
pub(super) fn table(facts: &Facts<'_>, alike: &[Alike]) -> Table {
    let ids: BTreeMap<usize, &str> = facts
        .leads
        .iter()
        .map(|lead| (lead.place, lead.id))
        .collect();
    let rows = alike.iter().map(|set| {
        let ids: Vec<&str> = set.places.iter().map(|place| ids[place]).collect();
        vec![
            set.reasons.join(", ").into(),
            ids.len().into(),
            ids.join("; ").into(),
        ]
    });
    Table {
        name: "look_alikes".into(),
        title: "Leads that look like one person".to_owned(),
        question: "Who is in the list twice?".to_owned(),
        rows: rows.collect(),
        columns: vec![
            Column::new("same", "The same", Unit::Text),
            Column::new("leads", "Leads", Unit::Count),
            Column::new("contact_ids", "Ids", Unit::Text),
        ],
        chart: None,
        notes: Vec::new(),
    }
}

fn marks(lead: &LeadFacts<'_>, facts: &Facts<'_>, run: &Run) -> Marks {
    let scoring = run.ranking.scoring();
    let person = &facts.model.contacts.person;
    let cell = |slot| scoring.cell(lead.contact, slot).map(str::trim);
    let phone = cell(facts.model.reports.phone).and_then(plain_phone);
    let name = cell(person.name).map(Cow::Borrowed).or_else(|| {
        let (first, last) = (cell(person.first_name)?, cell(person.last_name)?);
        Some(Cow::Owned(format!("{first} {last}")))
    });
    Marks {
        email: cell(person.email).and_then(plain_email),
        phone,
        name: name.as_deref().and_then(plain_name),
    }
}

/// An address in small letters and without what stands between a + and the @, which reaches the same box.
fn plain_email(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let (local, domain) = text.split_once('@')?;
    let local = local.split('+').next().unwrap_or(local);
    (!local.is_empty()).then(|| format!("{local}@{domain}"))
}

/// The last digits of a number that has so many.
fn plain_phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(PHONE_DIGITS)?;
    Some(digits[from..].to_owned())
}

/// A name of two words at the least, in small letters.
fn plain_name(text: &str) -> Option<String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    (words.len() > 1).then(|| words.join(" "))
}

/// Joins leads that have a mark in common.
fn by_mark(
    marks: &[Marks],
    mark: fn(&Marks) -> Option<&str>,
    reason: &'static str,
    sets: &mut Sets,
) {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(marks.len());
    for (number, own) in marks.iter().enumerate() {
        if let Some(mark) = mark(own) {
            sets.join(*first.entry(mark).or_insert(number), number, reason);
        }
    }
}

/// Joins leads of one name, unless both have an address or both have a number, and another one.
fn by_name(marks: &[Marks], sets: &mut Sets) {
    // By the first of each name, so that the order of the sets is that of the leads.
    let mut firsts: HashMap<&str, usize> = HashMap::with_capacity(marks.len());
    let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, own) in marks.iter().enumerate() {
        if let Some(name) = &own.name {
            let first = *firsts.entry(name).or_insert(place);
            if first != place {
                named
                    .entry(first)
                    .or_insert_with(|| vec![first])
                    .push(place);
            }
        }
    }
    let differ = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if one != other);
    for places in named.into_values() {
        // Of a name that very many have, nothing follows; and pairs of them would be many more.
        for (before, one) in places.iter().enumerate().take(MOST_NAMESAKES) {
            for other in places.iter().take(MOST_NAMESAKES).skip(before + 1) {
                let (a, b) = (&marks[*one], &marks[*other]);
                if !differ(&a.email, &b.email) && !differ(&a.phone, &b.phone) {
                    sets.join(*one, *other, "name");
                }
            }
        }
    }
}

/// Leads of one name that are compared with each other.
const MOST_NAMESAKES: usize = 50;

/// Leads joined to sets (union–find; the set goes by its best lead).
struct Sets {
    parents: Vec<usize>,
    reasons: BTreeMap<usize, Vec<&'static str>>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
            reasons: BTreeMap::new(),
        }
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.parents[place] != place {
            self.parents[place] = self.parents[self.parents[place]];
            place = self.parents[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize, reason: &'static str) {
        if one == other {
            return;
        }
        let (one, other) = (self.root(one), self.root(other));
        let (best, worse) = (one.min(other), one.max(other));
        self.parents[worse] = best;
        let more = self.reasons.remove(&worse).unwrap_or_default();
        let reasons = self.reasons.entry(best).or_default();
        for reason in more.into_iter().chain([reason]) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }

    /// The sets of more than one, by their best lead.
    fn found(mut self) -> Vec<(Vec<usize>, Vec<&'static str>)> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..self.parents.len() {
            let root = self.root(place);
            if self.reasons.contains_key(&root) {
                members.entry(root).or_default().push(place);
            }
        }
        let reasons = self.reasons;
        let sets = members.into_iter();
        sets.map(|(root, places)| {
            let mut reasons = reasons.get(&root).cloned().unwrap_or_default();
            reasons.sort_unstable();
            (places, reasons)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_compared_in_one_spelling() {
        assert_eq!(
            plain_email("Ana+News@Home.Example"),
            Some("ana@home.example".to_owned())
        );
        assert_eq!(plain_email("ana"), None);
        assert_eq!(
            plain_phone("+34 600 55 50-01"),
            Some("600555001".to_owned())
        );
        assert_eq!(plain_phone("0034600555001"), Some("600555001".to_owned()));
        assert_eq!(plain_phone("12 345"), None);
        assert_eq!(
            plain_name(" Ana  de la Cruz"),
            Some("ana de la cruz".to_owned())
        );
        assert_eq!(plain_name("Ana"), None);
    }

    #[test]
    fn namesakes_are_one_person_only_if_nothing_tells_them_apart() {
        let mark = |email: Option<&str>, phone: Option<&str>| Marks {
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
            name: Some("ana cruz".to_owned()),
        };
        let marks = [
            mark(Some("a@x"), None),
            mark(Some("b@x"), None),
            mark(None, Some("1")),
        ];
        let mut sets = Sets::new(3);
        by_name(&marks, &mut sets);
        // The third may be either, and so all are looked at together.
        assert_eq!(sets.found(), [(vec![0, 1, 2], vec!["name"])]);
        let mut sets = Sets::new(2);
        by_name(&marks[..2], &mut sets);
        assert_eq!(sets.found(), []);
    }

    #[test]
    fn sets_that_meet_are_one_and_say_all_their_reasons() {
        let mut sets = Sets::new(5);
        sets.join(3, 4, "phone");
        sets.join(1, 2, "e-mail");
        sets.join(2, 4, "name");
        sets.join(2, 4, "name");
        assert_eq!(
            sets.found(),
            [(vec![1, 2, 3, 4], vec!["e-mail", "name", "phone"])]
        );
    }
}
