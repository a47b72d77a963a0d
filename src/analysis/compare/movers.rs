//! The leads that moved, each with what changed and why.

use std::cmp::Reverse;

use super::changes::{Change, Moves, Pair};
use super::reasons::Reasons;
use crate::analysis::{Cell, Column, Part, Table, Unit};
use crate::run::list::Listed;

/// How many reasons people are shown.
const REASONS: usize = 3;

/// What stands between two reasons.
const BETWEEN: &str = "; ";

/// The table of the leads with one of the chosen changes, or any if none is chosen.
pub(super) fn table(moves: &Moves<'_>, chosen: &[Change]) -> Table {
    let reasons = Reasons::of(moves);
    let mut pairs: Vec<(Change, &Pair<'_>)> = moves
        .pairs
        .iter()
        .filter_map(|pair| Some((pair.change?, pair)))
        .filter(|(change, _)| chosen.is_empty() || chosen.contains(change))
        .collect();
    // The pairs stand in the order of their ids, which decides between equals.
    pairs.sort_by_key(|(change, pair)| (*change, Reverse(distance(pair))));
    let rows = pairs
        .iter()
        .map(|(change, pair)| row(moves, &reasons, *change, pair));
    Table {
        name: "movers".into(),
        title: "Who moved".into(),
        question: "Who came, went, rose or fell, and why?".into(),
        columns: columns(moves),
        rows: rows.collect(),
        chart: None,
        notes: notes(moves, chosen, pairs.len()),
    }
}

fn columns(moves: &Moves<'_>) -> Vec<Column> {
    let lists = [moves.old, moves.new];
    let has = |told: fn(&Listed) -> bool| lists.iter().any(|list| list.leads.iter().any(told));
    let shown_if = |is_shown: bool| if is_shown { Part::Own } else { Part::Hidden };
    vec![
        Column::new("change", "Change", Unit::Text),
        Column::new("contact_id", "Id", Unit::Text),
        Column::new("name", "Name", Unit::Text).part(shown_if(has(|lead| lead.name.is_some()))),
        Column::new("owner", "Owner", Unit::Text).part(Part::Hidden),
        Column::new("old_rank", "Old rank", Unit::Count).part(Part::Hidden),
        Column::new("rank", "Rank", Unit::Count).part(Part::Hidden),
        Column::new("old_score", "Was", Unit::Points),
        Column::new("score", "Is", Unit::Points),
        Column::new("difference", "By", Unit::Points),
        Column::new("old_temperature", "From", Unit::Text),
        Column::new("temperature", "To", Unit::Text),
        Column::new("old_stage", "Old stage", Unit::Text).part(Part::Hidden),
        Column::new("stage", "Stage", Unit::Text).part(Part::Hidden),
        Column::new("why", "Why", Unit::Text),
        Column::new("reasons", "All reasons", Unit::Text).part(Part::Hidden),
    ]
}

fn row(moves: &Moves<'_>, reasons: &Reasons<'_, '_>, change: Change, pair: &Pair<'_>) -> Vec<Cell> {
    let (old, new) = (pair.old, pair.new);
    let both = [new, old];
    // What a lead is called today; of one that is gone, what it was called.
    let called =
        |of: fn(&Listed) -> Option<&str>| Cell::text(both.into_iter().flatten().find_map(of));
    let why = reasons.why(pair);
    let why_of = |most: usize| {
        let parts = &why[..most.min(why.len())];
        Cell::text((!parts.is_empty()).then(|| parts.join(BETWEEN)))
    };
    vec![
        change.name().into(),
        called(|lead| Some(&lead.id)),
        called(|lead| lead.name.as_deref()),
        called(|lead| lead.owner.as_deref()),
        old.and_then(|lead| lead.rank).into(),
        new.and_then(|lead| lead.rank).into(),
        old.map_or(Cell::Blank, |lead| Cell::points(lead.score)),
        new.map_or(Cell::Blank, |lead| Cell::points(lead.score)),
        pair.difference().map_or(Cell::Blank, Cell::points),
        Cell::text(old.map(|lead| moves.old.temperatures[lead.temperature].as_str())),
        Cell::text(new.map(|lead| moves.new.temperatures[lead.temperature].as_str())),
        Cell::text(old.and_then(|lead| lead.stage.as_deref())),
        Cell::text(new.and_then(|lead| lead.stage.as_deref())),
        why_of(REASONS),
        why_of(why.len()),
    ]
}

/// How far the score moved; one that came or went moved by all of it.
fn distance(pair: &Pair<'_>) -> u64 {
    let score = |lead: Option<&Listed>| lead.map_or(0, |lead| lead.score.thousandths());
    score(pair.new).abs_diff(score(pair.old))
}

fn notes(moves: &Moves<'_>, chosen: &[Change], listed: usize) -> Vec<String> {
    let all = moves.count(&[]);
    if all == 0 {
        return vec!["Nobody moved.".to_owned()];
    }
    if chosen.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = Change::ALL
        .into_iter()
        .filter(|change| chosen.contains(change))
        .map(Change::name)
        .collect();
    vec![format!(
        "Only leads that are {} are listed: {listed} of {all} that moved.",
        names.join(" or ")
    )]
}
