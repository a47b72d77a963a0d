//! Leads through three lists or more.

use std::cmp::Reverse;

use super::changes::{Change, Moves};
use super::counts::mean_score;
use super::{Heat, notes};
use crate::analysis::by_column::ColumnNames;
use crate::analysis::{Cell, Chart, Column, Document, Part, Table, Unit};
use crate::run::list::{List, Listed};

/// What a lead's way through the lists shows where it does not stand in one.
const ABSENT: &str = "–";

/// How the leads went through lists, as a document: the table `runs` with a row for each list, and `leads` with one for
/// each lead that ever was; and how many leads moved between lists that follow each other.
///
/// Lists go by their as-of instants; those that say none, or the same, as they are given.
pub fn trends(lists: &[List], heat: &Heat) -> (Document, usize) {
    let mut ordered: Vec<&List> = lists.iter().collect();
    let is_timed = ordered.iter().all(|list| notes::instant(list).is_some());
    if is_timed {
        ordered.sort_by_key(|list| notes::instant(list));
    }
    let moves: Vec<Moves<'_>> = ordered
        .windows(2)
        .map(|two| Moves::between(two[0], two[1], heat))
        .collect();
    let moved = moves.iter().map(|moves| moves.count(&[])).sum();
    let newest = ordered.last();
    let text = |of: fn(&List) -> &String| newest.map_or_else(String::new, |list| of(list).clone());
    let document = Document {
        temperatures: Vec::new(),
        name: "trends".into(),
        title: format!("{} lists", lists.len()),
        as_of: text(|list| &list.as_of),
        model: text(|list| &list.model),
        tables: vec![runs(&ordered, &moves, heat), leads(&ordered, heat)],
        notes: all_notes(lists, &ordered, is_timed, heat),
    };
    (document, moved)
}

fn all_notes(lists: &[List], ordered: &[&List], is_timed: bool, heat: &Heat) -> Vec<String> {
    let mut all = Vec::new();
    let instants: Vec<_> = ordered.iter().map(|list| notes::instant(list)).collect();
    let given = lists.iter().map(|list| list.name.as_str());
    if !is_timed {
        all.push(
            "Not all lists say their as-of instant, so they stand as they were given.".to_owned(),
        );
    } else if !given.eq(ordered.iter().map(|list| list.name.as_str())) {
        all.push(
            "The lists stand in the order of their as-of instants, not as they were given."
                .to_owned(),
        );
    }
    if is_timed && instants.windows(2).any(|two| two[0] == two[1]) {
        all.push("Several lists look back from the same instant; among them they stand as they were given.".to_owned());
    }
    all.extend(notes::models_differ(ordered));
    all.extend(heat.note());
    for list in ordered {
        all.extend(notes::of_list(list));
    }
    all
}

/// A row for each list, with what changed since the one before.
fn runs(lists: &[&List], moves: &[Moves<'_>], heat: &Heat) -> Table {
    let mut columns = vec![
        Column::new("list", "List", Unit::Text),
        Column::new("as_of", "As of", Unit::Time),
        Column::new("model", "Model", Unit::Text).part(Part::Hidden),
        Column::new("leads", "Leads", Unit::Count),
    ];
    let mut given = ColumnNames::beside(&[]);
    let of_temperature: Vec<String> = heat
        .names
        .iter()
        .map(|name| format!("leads_{}", given.give(name, "temperature", &["*"])))
        .collect();
    let named = heat.names.iter().zip(&of_temperature);
    columns
        .extend(named.map(|(name, column)| Column::new(column.clone(), name.clone(), Unit::Count)));
    columns.push(Column::new("mean_score", "Mean score", Unit::Points));
    let shown = [Change::NewlyHot, Change::Cooled, Change::New, Change::Gone];
    columns.extend(Change::ALL.map(|change| {
        let part = if shown.contains(&change) {
            Part::Own
        } else {
            Part::Hidden
        };
        let name = change.name();
        Column::new(name.replace(' ', "_"), name, Unit::Count).part(part)
    }));
    let before = std::iter::once(None).chain(moves.iter().map(Some));
    let rows = lists.iter().zip(before).map(|(list, moves)| {
        let mut row = vec![
            list.name.clone().into(),
            Cell::text((!list.as_of.is_empty()).then(|| list.as_of.clone())),
            Cell::text((!list.model.is_empty()).then(|| list.model.clone())),
            list.leads.len().into(),
        ];
        let places = heat.places(list);
        let mut counts = vec![0_u64; heat.names.len()];
        for lead in &list.leads {
            counts[places[lead.temperature]] += 1;
        }
        row.extend(counts.into_iter().map(Cell::from));
        row.push(mean_score(list).map_or(Cell::Blank, |mean| Cell::rounded(mean, 2)));
        let count = |change| moves.map(|moves| moves.count(&[change]));
        row.extend(Change::ALL.map(|change| Cell::from(count(change))));
        row
    });
    Table {
        name: "runs".into(),
        title: "Runs".into(),
        question: "How did the list change from run to run?".into(),
        rows: rows.collect(),
        chart: Some(Chart::Lines {
            time: "as_of",
            values: of_temperature.into_iter().map(Into::into).collect(),
        }),
        columns,
        notes: Vec::new(),
    }
}

/// A lead's way.
struct Way<'l> {
    id: &'l str,
    /// What each list says of it, with its temperature's place in the order of heat.
    stations: Vec<Option<(&'l Listed, usize)>>,
}

impl<'l> Way<'l> {
    fn present(&self) -> impl DoubleEndedIterator<Item = &(&'l Listed, usize)> {
        self.stations.iter().flatten()
    }

    /// Points from the first list it stands in to the last one.
    fn difference(&self) -> i64 {
        let score = |found: Option<&(&Listed, usize)>| {
            found.map_or(0, |(lead, _)| lead.score.thousandths())
        };
        score(self.present().next_back()) - score(self.present().next())
    }

    /// The temperatures in the order of the lists, each named once for as long as it lasts.
    fn path(&self, heat: &Heat) -> String {
        let names = self.stations.iter().map(|station| match station {
            Some((_, place)) => heat.names[*place].as_str(),
            None => ABSENT,
        });
        let mut path: Vec<&str> = names.collect();
        path.dedup();
        path.join(" → ")
    }
}

/// A row for each lead: those in the newest list first, the hottest of them, and of those the ones that rose most.
fn leads(lists: &[&List], heat: &Heat) -> Table {
    let mut ways = ways(lists, heat);
    // The ways stand in the order of the ids, which decides between equals.
    ways.sort_by_key(|way| {
        let newest = way.stations.last().copied().flatten();
        let heat = newest.map(|(_, place)| place);
        (heat.is_none(), heat, Reverse(way.difference()))
    });
    let rows = ways.iter().map(|way| {
        let newest_first = || way.present().rev().map(|(lead, _)| *lead);
        let score = |found: Option<&(&Listed, usize)>| {
            found.map_or(Cell::Blank, |(lead, _)| Cell::points(lead.score))
        };
        let newest = way.stations.last().copied().flatten();
        vec![
            way.id.into(),
            Cell::text(newest_first().find_map(|lead| lead.name.as_deref())),
            Cell::text(newest_first().find_map(|lead| lead.owner.as_deref())),
            newest.and_then(|(lead, _)| lead.rank).into(),
            score(way.present().next()),
            score(way.present().next_back()),
            Cell::points(crate::value::Points::from_thousandths(way.difference())),
            way.present().count().into(),
            Cell::text(newest.map(|(_, place)| heat.names[place].as_str())),
            way.path(heat).into(),
        ]
    });
    Table {
        name: "leads".into(),
        title: "Leads".into(),
        question: "Who is on the way up, and who was lost?".into(),
        columns: vec![
            Column::new("contact_id", "Id", Unit::Text),
            Column::new("name", "Name", Unit::Text),
            Column::new("owner", "Owner", Unit::Text).part(Part::Hidden),
            Column::new("rank", "Rank", Unit::Count),
            Column::new("first_score", "First", Unit::Points),
            Column::new("last_score", "Last", Unit::Points),
            Column::new("difference", "By", Unit::Points),
            Column::new("lists", "Lists", Unit::Count),
            Column::new("temperature", "Is", Unit::Text),
            Column::new("path", "Way", Unit::Text),
        ],
        rows: rows.collect(),
        chart: None,
        notes: Vec::new(),
    }
}

/// Every lead that stands in a list, by id.
fn ways<'l>(lists: &[&'l List], heat: &Heat) -> Vec<Way<'l>> {
    let mut ids: Vec<&str> = lists
        .iter()
        .flat_map(|list| list.leads.iter().map(|lead| lead.id.as_str()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut ways: Vec<Way<'_>> = ids
        .into_iter()
        .map(|id| Way {
            id,
            stations: Vec::with_capacity(lists.len()),
        })
        .collect();
    for list in lists {
        let places = heat.places(list);
        let mut leads = list.leads.iter().peekable();
        // The leads of a list stand in the order of their ids too.
        for way in &mut ways {
            let lead = leads.next_if(|lead| lead.id == way.id);
            way.stations
                .push(lead.map(|lead| (lead, places[lead.temperature])));
        }
    }
    ways
}
