//! A ranked list as comparisons see it: read again as `score` wrote it, in any format that can be read, or taken from a
//! run that has just ended.
//!
//! Leads stand in the order of their ids, temperatures, groups and what ledgers speak of in the order of their names:
//! the order of a file's rows changes nothing.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Run;
use super::small_file::{SmallFile, Wanted, needed, optional, refuse_without_id};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Opened, Options};
use crate::plan::Plan;
use crate::rank::{Entry, Origin};
use crate::value::{Points, normal_id, snake_case};

/// A ranked list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// The instant it looks back from, as outputs write it; empty if it does not say.
    pub as_of: String,
    /// The title of the model it was made by; empty if it does not say.
    pub model: String,
    /// The names of the temperatures in it.
    pub temperatures: Vec<String>,
    /// The names of its columns of groups.
    pub groups: Vec<String>,
    /// What its ledgers speak of.
    pub contributors: Vec<Contributor>,
    /// Whether leads have ledgers.
    pub has_ledgers: bool,
    /// Whether leads have ranks, so that one without is disqualified.
    pub has_ranks: bool,
    /// Whether its rows differ in as-of instant or model.
    pub is_of_several_runs: bool,
    /// The leads, by id in byte order.
    pub leads: Vec<Listed>,
}

/// A lead of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its id, or what stands for it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Its place, from 1; none of a disqualified lead.
    pub rank: Option<u64>,
    /// Its score.
    pub score: Points,
    /// Its temperature, by the place in the list's.
    pub temperature: usize,
    /// How far it has come.
    pub stage: Option<String>,
    /// Why it stands where it stands, in words.
    pub reasons: Option<String>,
    /// The checklist items it lacks, in words.
    pub missing: Option<String>,
    /// What somebody set by hand, in words.
    pub overrides: Option<String>,
    /// What each of the list's groups counts.
    pub groups: Vec<Option<Points>>,
    /// What gave or took points, by the place among the list's contributors, in that order.
    pub ledger: Vec<(usize, Points)>,
}

/// What a line of a ledger belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contributor {
    /// `rule`, `group`, `score`, `override`, `disqualified` or `contact`, as JSON has it.
    pub kind: &'static str,
    /// A rule's id, a group's name and so on.
    pub name: String,
    /// What people call it.
    pub label: String,
}

/// The columns of a list that are looked for, the id first.
fn wanted() -> [Wanted; 13] {
    [
        needed(&["contact_id"]),
        needed(&["score"]),
        needed(&["temperature"]),
        optional(&["rank"]),
        optional(&["name"]),
        optional(&["owner"]),
        optional(&["stage"]),
        optional(&["reasons"]),
        optional(&["missing"]),
        optional(&["override"]),
        optional(&["as_of"]),
        optional(&["model"]),
        optional(&["ledger"]),
    ]
}

/// Which of the columns is the rank, and which the ledger.
const RANK: usize = 3;
const LEDGER: usize = 12;

/// Every column of a list but for groups and those that are carried through: what is called otherwise and stands before
/// `as_of` is a group.
pub const COLUMNS: [&str; 27] = [
    "rank",
    "contact_id",
    "name",
    "email",
    "owner",
    "source",
    "score",
    "temperature",
    "tag",
    "action",
    "stage",
    "grade",
    "checklist",
    "missing",
    "route",
    "assigned_to",
    "reasons",
    "next_step",
    "last_event",
    "computed_temperature",
    "override",
    "previous_score",
    "change",
    LAST,
    "model",
    "tags",
    "ledger",
];

/// A column behind which no group stands.
const LAST: &str = "as_of";

/// Reads a list that `score` wrote.
///
/// # Errors
/// A file that is no such list, a lead that stands in it twice, and, unless that is allowed, one without leads.
pub fn read_list(opened: Opened, allow_empty: bool) -> Result<List, Report> {
    let file = SmallFile::begin(opened, "list", &Options::default())?;
    let mut columns = file.find(&wanted())?;
    let fixed = columns.len();
    let groups = group_columns(file.headers());
    let mut building = Building {
        list: List {
            name: file.name().to_owned(),
            has_ranks: columns[RANK].is_some(),
            has_ledgers: columns[LEDGER].is_some(),
            ..List::default()
        },
        ..Building::default()
    };
    let mut ids: HashSet<String> = HashSet::new();
    // A column that once holds no points is of something else.
    let mut are_points = vec![true; groups.len()];
    columns.extend(groups.iter().map(|(_, place)| Some(*place)));
    file.each_row(&columns, |_, cells| {
        refuse_without_id(cells)?;
        let (fixed, sums) = cells.split_at(fixed);
        let [
            id,
            score,
            temperature,
            rank,
            name,
            owner,
            stage,
            reasons,
            missing,
            overrides,
            as_of,
            model,
            ledger,
        ] = fixed
        else {
            return Err("a cell is missing".to_owned());
        };
        let score = Points::parse(score).ok_or_else(|| "its score is no number".to_owned())?;
        if temperature.is_empty() {
            return Err("it has no temperature".to_owned());
        }
        let rank = match *rank {
            "" => None,
            rank => Some(
                rank.parse()
                    .map_err(|_| "its rank is no whole number".to_owned())?,
            ),
        };
        let id = normal_id(id).into_owned();
        if !ids.insert(id.clone()) {
            return Err(format!("the lead `{id}` stands in the list twice"));
        }
        let groups = sums.iter().zip(&mut are_points);
        let groups = groups.map(|(sum, are_points)| {
            let points = Points::parse(sum);
            *are_points &= sum.is_empty() || points.is_some();
            points
        });
        let text = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let lead = Listed {
            id,
            name: text(name),
            owner: text(owner),
            rank,
            score,
            temperature: building.temperature(temperature),
            stage: text(stage),
            reasons: text(reasons),
            missing: text(missing),
            overrides: text(overrides),
            groups: groups.collect(),
            ledger: building.ledger(ledger)?,
        };
        building.came_from(as_of, model);
        building.list.leads.push(lead);
        Ok(())
    })?;
    let mut list = building.list;
    if list.leads.is_empty() && !allow_empty {
        return Err(nobody(&list.name));
    }
    list.groups = groups.into_iter().map(|(name, _)| name).collect();
    keep(&mut list, &are_points);
    Ok(sorted(list))
}

impl List {
    /// The leads of a run that were asked for.
    pub fn of_run(name: &str, plan: &Plan, run: &Run) -> Self {
        let model = &plan.model;
        let mut building = Building::default();
        // Those that give nobody anything are of the model all the same.
        for rule in &model.rules {
            let (id, name) = (rule.id.as_str().into(), rule.name.as_str().into());
            building.contributor(("rule", id, name));
        }
        for lead in run.ranking.leads() {
            let temperature = building.temperature(lead.temperature);
            let ledger = lead.ledger.iter();
            let ledger = ledger.map(|entry| (building.contributor(of_entry(entry)), entry.points));
            let ledger = ledger.collect();
            let text = |text: Option<&str>| text.filter(|t| !t.is_empty()).map(str::to_owned);
            building.list.leads.push(Listed {
                id: lead.id.to_owned(),
                name: text(lead.name.as_deref()),
                owner: text(lead.owner),
                rank: lead.rank,
                score: lead.score,
                temperature,
                stage: text(lead.stage),
                reasons: None,
                missing: text(Some(&lead.missing.join(", "))),
                overrides: text(Some(&lead.overrides.join(", "))),
                groups: Vec::new(),
                ledger,
            });
        }
        sorted(Self {
            name: name.to_owned(),
            as_of: plan.as_of.write(&model.zone),
            model: model.title(),
            has_ledgers: true,
            has_ranks: true,
            ..building.list
        })
    }

    /// Whether a lead of it is disqualified.
    pub fn is_disqualified(&self, lead: &Listed) -> bool {
        self.has_ranks && lead.rank.is_none()
    }

    /// Whether it has each rank from 1 on once: else somebody left out leads. A list without ranks does not tell.
    pub fn has_every_rank(&self) -> bool {
        let mut ranks: Vec<u64> = self.leads.iter().filter_map(|lead| lead.rank).collect();
        ranks.sort_unstable();
        (1..).zip(ranks).all(|(expected, rank)| expected == rank)
    }
}

/// A list being gathered.
#[derive(Default)]
struct Building {
    list: List,
    temperatures: HashMap<String, usize>,
    /// For each kind the places by name.
    contributors: HashMap<&'static str, HashMap<String, usize>>,
    is_begun: bool,
}

impl Building {
    fn temperature(&mut self, name: &str) -> usize {
        if let Some(place) = self.temperatures.get(name) {
            return *place;
        }
        let place = self.list.temperatures.len();
        self.list.temperatures.push(name.to_owned());
        self.temperatures.insert(name.to_owned(), place);
        place
    }

    fn contributor(
        &mut self,
        (kind, name, label): (&'static str, Cow<'_, str>, Cow<'_, str>),
    ) -> usize {
        let of_kind = self.contributors.entry(kind).or_default();
        if let Some(place) = of_kind.get(&*name) {
            let known = &mut self.list.contributors[*place].label;
            // A bound has two names, at least and at most; whichever comes first in order stands for both.
            if label.as_ref() < known.as_str() {
                *known = label.into_owned();
            }
            return *place;
        }
        let place = self.list.contributors.len();
        self.list.contributors.push(Contributor {
            kind,
            name: name.clone().into_owned(),
            label: label.into_owned(),
        });
        of_kind.insert(name.into_owned(), place);
        place
    }

    fn ledger(&mut self, text: &str) -> Result<Vec<(usize, Points)>, String> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let lines: Vec<Line<'_>> =
            serde_json::from_str(text).map_err(|_| "its ledger is none".to_owned())?;
        let mut ledger = Vec::with_capacity(lines.len());
        for line in lines {
            let points = Points::parse(line.points.get());
            let points = points.ok_or_else(|| "its ledger has no points".to_owned())?;
            let of = line.of().ok_or_else(|| "its ledger is none".to_owned())?;
            ledger.push((self.contributor(of), points));
        }
        Ok(ledger)
    }

    /// Takes down what the row says it was made from.
    fn came_from(&mut self, as_of: &str, model: &str) {
        if self.is_begun {
            self.list.is_of_several_runs |= self.list.as_of != as_of || self.list.model != model;
            // The newest and the last by name, whichever row is first.
            if (as_of, model) <= (&self.list.as_of, &self.list.model) {
                return;
            }
        }
        self.is_begun = true;
        as_of.clone_into(&mut self.list.as_of);
        model.clone_into(&mut self.list.model);
    }
}

/// A line of a ledger in JSON.
#[derive(Deserialize)]
struct Line<'t> {
    #[serde(borrow)]
    rule: Option<Word<'t>>,
    #[serde(borrow)]
    group: Option<Word<'t>>,
    #[serde(borrow)]
    score: Option<Word<'t>>,
    #[serde(borrow, rename = "override")]
    by_hand: Option<Word<'t>>,
    #[serde(borrow)]
    disqualified: Option<Word<'t>>,
    #[serde(borrow)]
    contact: Option<Word<'t>>,
    #[serde(borrow)]
    label: Cow<'t, str>,
    #[serde(borrow)]
    points: &'t RawValue,
}

/// Text that borrows where it can, also where it may be missing.
#[derive(Deserialize)]
struct Word<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'t> Line<'t> {
    fn of(self) -> Option<(&'static str, Cow<'t, str>, Cow<'t, str>)> {
        let kinds = [
            ("rule", self.rule),
            ("group", self.group),
            ("score", self.score),
            ("override", self.by_hand),
            ("disqualified", self.disqualified),
            ("contact", self.contact),
        ];
        let mut kinds = kinds.into_iter();
        let (kind, name) = kinds.find_map(|(kind, name)| Some((kind, name?.0)))?;
        Some((kind, name, self.label))
    }
}

/// What a line of a run's ledger belongs to.
fn of_entry<'l>(entry: &'l Entry<'l>) -> (&'static str, Cow<'l, str>, Cow<'l, str>) {
    let label = Cow::Borrowed(&*entry.label);
    let (kind, name) = match entry.origin {
        Origin::Rule(id) => ("rule", id),
        Origin::Group(name) => ("group", name),
        Origin::Score => ("score", &*entry.label),
        Origin::Override(action) => ("override", action),
        Origin::Disqualified(reason) => ("disqualified", reason),
        Origin::Contact(id) => ("contact", id),
    };
    (kind, Cow::Borrowed(name), label)
}

/// The columns of groups among these headers, each with its place.
fn group_columns(headers: &[String]) -> Vec<(String, usize)> {
    let named = |header: &String| snake_case(header);
    let names: Vec<String> = headers.iter().map(named).collect();
    let Some(last) = names.iter().position(|name| name == LAST) else {
        return Vec::new();
    };
    let places = (0..last).filter(|place| {
        let name = names[*place].as_str();
        // JSON has an object of the checklist.
        !COLUMNS.contains(&name) && !headers[*place].starts_with("checklist.")
    });
    places
        .map(|place| (headers[place].clone(), place))
        .collect()
}

/// Leaves the groups that are wanted.
fn keep(list: &mut List, are_wanted: &[bool]) {
    let mut wanted = are_wanted.iter();
    list.groups.retain(|_| wanted.next() == Some(&true));
    if are_wanted.contains(&false) {
        for lead in &mut list.leads {
            let mut wanted = are_wanted.iter();
            lead.groups.retain(|_| wanted.next() == Some(&true));
        }
    }
}

/// The list with everything in the order of names.
fn sorted(mut list: List) -> List {
    let temperatures = order(&mut list.temperatures);
    let contributors = order(&mut list.contributors);
    for lead in &mut list.leads {
        lead.temperature = temperatures[lead.temperature];
        for (contributor, _) in &mut lead.ledger {
            *contributor = contributors[*contributor];
        }
        lead.ledger.sort_unstable();
        // Two bounds of the score are one contributor.
        lead.ledger.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
    }
    list.leads
        .sort_unstable_by(|one, other| one.id.cmp(&other.id));
    list
}

/// Sorts, and gives for each old place the new one.
fn order<T: Ord>(items: &mut Vec<T>) -> Vec<usize> {
    let mut placed: Vec<(T, usize)> = items.drain(..).zip(0..).collect();
    placed.sort_unstable();
    let mut new_places = vec![0; placed.len()];
    for (new, (item, old)) in placed.into_iter().enumerate() {
        new_places[old] = new;
        items.push(item);
    }
    new_places
}

fn nobody(name: &str) -> Report {
    let message = format!("the list {name} has no leads");
    Report::new(
        Kind::Data,
        Diagnostic::error("no-rows", message)
            .hint("is it the right file? if that is as it should be, say --allow-empty"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<List, Report> {
        read_list(Opened::stream("list".to_owned(), text.as_bytes()), false)
    }

    fn points(text: &str) -> Points {
        Points::parse(text).expect("points")
    }

    #[test]
    fn a_list_is_read_whatever_the_order_of_its_rows() {
        let one = read("rank,contact_id,score,temperature,fit,as_of\n1,B,80,hot,12.5,2026-11-01\n,A,0,cold,,2026-11-01\n").unwrap();
        let other = read("rank,contact_id,score,temperature,fit,as_of\n,A,0,cold,,2026-11-01\n1,B,80,hot,12.5,2026-11-01\n").unwrap();
        assert_eq!(one, other);
        assert_eq!(one.temperatures, ["cold", "hot"]);
        assert_eq!(one.groups, ["fit"]);
        assert_eq!(one.leads[1].groups, [Some(points("12.5"))]);
        assert_eq!(one.leads[1].temperature, 1);
        assert!(one.is_disqualified(&one.leads[0]) && !one.is_disqualified(&one.leads[1]));
    }

    #[test]
    fn groups_are_the_columns_of_points_that_stand_before_the_as_of_instant() {
        let list = read("contact_id,score,temperature,fit,note,as_of,model,budget\nA,1,hot,3,x,2026-11-01,M,5\n").unwrap();
        assert_eq!(list.groups, ["fit"]);
        assert_eq!(list.leads[0].groups, [Some(points("3"))]);
        let bare = read("contact_id,score,temperature,budget\nA,1,hot,5\n").unwrap();
        assert!(bare.groups.is_empty());
    }

    #[test]
    fn ledgers_are_read_from_json() {
        let list = read(
            r#"[{"contact_id":"A","score":7.5,"temperature":"hot","checklist":{"x":true},"as_of":"2026-11-01",
                "ledger":[{"rule":"b","label":"B","points":9},{"rule":"a","label":"A \"a\"","points":-1.5}]}]"#,
        )
        .unwrap();
        assert!(list.has_ledgers && list.groups.is_empty());
        let labels: Vec<&str> = list.contributors.iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["A \"a\"", "B"]);
        assert_eq!(
            list.leads[0].ledger,
            [(0, points("-1.5")), (1, points("9"))]
        );
    }

    #[test]
    fn rows_that_cannot_be_compared_are_refused_with_their_lines() {
        let refused = |text| read(text).unwrap_err().diagnostics.remove(0);
        let twice = refused(
            "contact_id,score,temperature,rank\nA,1,hot,1\nA,2,hot,2\nB,x,hot,3\nC,1,,4\nD,1,hot,first\n",
        );
        assert_eq!(
            twice.list,
            [
                "list:3: the lead `A` stands in the list twice",
                "list:4: its score is no number",
                "list:5: it has no temperature",
                "list:6: its rank is no whole number",
            ]
        );
        assert_eq!(
            refused("contact_id,score\nA,1\n").message,
            "the list list has no column `temperature`"
        );
        assert_eq!(refused("[]").message, "the list list has no leads");
        let no_ledger = refused("contact_id,score,temperature,ledger\nA,1,hot,none\n");
        assert_eq!(no_ledger.list, ["list:2: its ledger is none"]);
    }

    #[test]
    fn a_gap_in_the_ranks_shows_that_leads_were_left_out() {
        let whole = read("contact_id,score,temperature,rank\nA,1,hot,2\nB,1,hot,1\nC,0,cold,\n");
        assert!(whole.unwrap().has_every_rank());
        let part = read("contact_id,score,temperature,rank\nA,1,hot,3\nB,1,hot,1\n");
        assert!(!part.unwrap().has_every_rank());
    }

    #[test]
    fn rows_of_several_runs_are_noticed() {
        let list =
            read("contact_id,score,temperature,as_of\nA,1,hot,2026-11-01\nB,1,hot,2026-11-02\n")
                .unwrap();
        assert!(list.is_of_several_runs);
        assert_eq!(list.as_of, "2026-11-02");
    }
}
