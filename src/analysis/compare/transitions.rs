//! From which temperature to which: how many leads went each way.

use super::changes::Moves;
use crate::analysis::by_column::ColumnNames;
use crate::analysis::{Cell, Chart, Column, Table, Unit};

/// A row for each temperature of the old list and one for leads that were not in it; a column for each of the new list
/// and one for leads that are gone. Those that kept their temperature stand on the diagonal.
pub(super) fn table(moves: &Moves<'_>) -> Table {
    let names = &moves.heat.names;
    let outside = names.len();
    let mut counts = vec![vec![0_u64; outside + 1]; outside + 1];
    for pair in &moves.pairs {
        let from = pair
            .old
            .map_or(outside, |lead| moves.places.0[lead.temperature]);
        let to = pair
            .new
            .map_or(outside, |lead| moves.places.1[lead.temperature]);
        counts[from][to] += 1;
    }
    let from = Column::new("from", "From", Unit::Text);
    let mut given = ColumnNames::beside(&[]);
    let to = names.iter().map(|name| {
        let column = given.give(name, "temperature", &["*"]);
        Column::new(format!("to_{column}"), format!("to {name}"), Unit::Count)
    });
    let gone = Column::new("gone", "gone", Unit::Count);
    let labels = names.iter().map(String::as_str).chain(["not there"]);
    let rows = labels
        .zip(counts)
        .enumerate()
        .map(|(from, (label, counts))| {
            let mut cells: Vec<Cell> = counts.into_iter().map(Cell::from).collect();
            if from == outside {
                cells[outside] = Cell::Blank;
            }
            std::iter::once(Cell::from(label)).chain(cells).collect()
        });
    Table {
        name: "transitions".into(),
        title: "Temperatures, old and new".into(),
        question: "From which temperature to which did leads go?".into(),
        rows: rows.collect(),
        columns: [from].into_iter().chain(to).chain([gone]).collect(),
        chart: Some(Chart::Heat),
        notes: Vec::new(),
    }
}
