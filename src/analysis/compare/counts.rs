//! How many leads moved in which way, and what the two lists come to.

use super::changes::{Change, Moves};
use crate::analysis::{Cell, Chart, Column, Part, Table, Unit};
use crate::run::list::List;

/// How many leads had each change, and how many of them were not in the old list.
///
/// Leads of the old list and `new_leads`, less those that are gone, are the leads of the new list.
pub(super) fn changes(moves: &Moves<'_>) -> Table {
    let count = |change: Option<Change>| {
        let pairs = moves.pairs.iter().filter(|pair| pair.change == change);
        let new = pairs.clone().filter(|pair| pair.old.is_none()).count();
        (pairs.count(), new)
    };
    let named = Change::ALL.map(|change| (change.name(), count(Some(change))));
    let rows = named.into_iter().chain([("unchanged", count(None))]);
    Table {
        name: "changes".into(),
        title: "Changes".into(),
        question: "How many moved in which way?".into(),
        columns: vec![
            Column::new("change", "Change", Unit::Text),
            Column::new("leads", "Leads", Unit::Count),
            Column::new("new_leads", "Not there before", Unit::Count),
        ],
        rows: rows
            .map(|(name, (leads, new))| vec![name.into(), leads.into(), new.into()])
            .collect(),
        chart: Some(Chart::Bars {
            label: "change",
            value: "leads",
        }),
        notes: Vec::new(),
    }
}

/// What each list comes to: leads, leads of each temperature, disqualified ones, the mean score of the others.
pub(super) fn summary(moves: &Moves<'_>) -> Table {
    let (old, new) = (moves.old, moves.new);
    let mut rows = vec![measure("leads", [old.leads.len(), new.leads.len()])];
    for (place, name) in moves.heat.names.iter().enumerate() {
        let of = |list: &List, places: &[usize]| {
            let leads = list.leads.iter();
            leads
                .filter(|lead| places[lead.temperature] == place)
                .count()
        };
        rows.push(measure(
            name,
            [of(old, &moves.places.0), of(new, &moves.places.1)],
        ));
    }
    if old.has_ranks && new.has_ranks {
        let disqualified = |list: &List| {
            let leads = list.leads.iter();
            leads.filter(|lead| list.is_disqualified(lead)).count()
        };
        rows.push(measure(
            "disqualified",
            [disqualified(old), disqualified(new)],
        ));
    }
    let means = (mean_score(old), mean_score(new));
    let difference = means.0.zip(means.1).map(|(old, new)| new - old);
    let rounded = |mean: Option<f64>| mean.map_or(Cell::Blank, |mean| Cell::rounded(mean, 2));
    rows.push(vec![
        "mean score".into(),
        rounded(means.0),
        rounded(means.1),
        rounded(difference),
    ]);
    Table {
        name: "summary".into(),
        title: "The two lists".into(),
        question: "What do they come to?".into(),
        columns: vec![
            Column::new("measure", "", Unit::Text),
            Column::new("old", "Old", Unit::Plain),
            Column::new("new", "New", Unit::Plain),
            Column::new("difference", "Difference", Unit::Plain).part(Part::Own),
        ],
        rows,
        chart: None,
        notes: Vec::new(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of leads are far below 2^53"
)]
fn measure(name: &str, [old, new]: [usize; 2]) -> Vec<Cell> {
    vec![
        name.into(),
        old.into(),
        new.into(),
        Cell::rounded(new as f64 - old as f64, 0),
    ]
}

/// The mean score of the leads that are not disqualified; none of nobody.
#[expect(
    clippy::cast_precision_loss,
    reason = "a mean, which is rounded to two decimals"
)]
pub(super) fn mean_score(list: &List) -> Option<f64> {
    let leads = list.leads.iter().filter(|lead| !list.is_disqualified(lead));
    let (sum, count) = leads.fold((0_i128, 0_u64), |(sum, count), lead| {
        (sum + i128::from(lead.score.thousandths()), count + 1)
    });
    (count > 0).then(|| sum as f64 / 1000.0 / count as f64)
}
