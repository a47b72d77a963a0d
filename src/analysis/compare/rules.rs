//! What moved the scores, rule by rule, over the leads that stand in both lists.

use std::cmp::Reverse;

use super::Between;
use super::changes::Moves;
use super::reasons::Contributors;
use crate::analysis::{Cell, Chart, Column, Part, Table, Unit};
use crate::value::Points;

/// What became of one rule's points.
#[derive(Debug, Clone, Copy, Default)]
struct Effect {
    /// Leads it gave or took points of in the old list and in the new one.
    leads: [u64; 2],
    /// The points it gave all of them.
    points: [Points; 2],
    /// Leads that have more points of it than before, and how many more.
    gained: (u64, Points),
    /// Leads that have fewer, and how many fewer, as a negative number.
    lost: (u64, Points),
}

impl Effect {
    fn add(&mut self, before: Points, after: Points) {
        for (side, points) in [before, after].into_iter().enumerate() {
            self.leads[side] += u64::from(points != Points::ZERO);
            self.points[side] += points;
        }
        let difference = after - before;
        let side = if difference > Points::ZERO {
            &mut self.gained
        } else {
            &mut self.lost
        };
        side.0 += u64::from(difference != Points::ZERO);
        side.1 += difference;
    }

    /// What is to be said of the rule itself: whether it is in one of the lists alone, and else whether it gives
    /// anybody other points.
    fn status(&self, is_in: [bool; 2], between: Between) -> &'static str {
        match (is_in, between) {
            ([true, false], Between::Lists) => "only in the old list",
            ([false, true], Between::Lists) => "only in the new list",
            ([true, false], Between::Models) => "only in A",
            ([false, true], Between::Models) => "only in B",
            _ if self.gained.0 + self.lost.0 > 0 => "changed",
            _ => "same",
        }
    }
}

/// A row for each line of the ledgers, those that moved most first.
pub(super) fn table(moves: &Moves<'_>, between: Between) -> Table {
    let contributors = Contributors::of(moves);
    let mut effects = vec![Effect::default(); contributors.all.len()];
    for pair in &moves.pairs {
        for (place, before, after) in contributors.points(pair) {
            effects[place].add(before, after);
        }
    }
    let mut rules: Vec<_> = contributors.all.into_iter().zip(effects).collect();
    // One that is in both and gives nobody anything says nothing.
    rules.retain(|((_, is_in), effect)| effect.leads != [0, 0] || *is_in != [true, true]);
    rules.sort_by_key(|(_, effect)| {
        let moved = effect.gained.1 - effect.lost.1;
        Reverse(moved.thousandths())
    });
    let rows = rules.iter().map(|((of, is_in), effect)| {
        vec![
            of.kind.into(),
            of.name.clone().into(),
            of.label.clone().into(),
            effect.status(*is_in, between).into(),
            effect.leads[0].into(),
            effect.leads[1].into(),
            Cell::points(effect.points[0]),
            Cell::points(effect.points[1]),
            effect.gained.0.into(),
            Cell::points(effect.gained.1),
            effect.lost.0.into(),
            Cell::points(effect.lost.1),
            Cell::points(effect.gained.1 + effect.lost.1),
        ]
    });
    let detail =
        |name: &'static str, heading, unit| Column::new(name, heading, unit).part(Part::Hidden);
    Table {
        name: "rules".into(),
        title: "What moved the scores".into(),
        question: "Which rules gave other points, to how many, and how many?".into(),
        rows: rows.collect(),
        columns: vec![
            detail("kind", "Kind", Unit::Text),
            detail("rule", "Id", Unit::Text),
            Column::new("label", "Rule", Unit::Text),
            Column::new("status", "Is", Unit::Text),
            detail("old_leads", "Leads before", Unit::Count),
            detail("leads", "Leads now", Unit::Count),
            detail("old_points", "Points before", Unit::Points),
            detail("points", "Points now", Unit::Points),
            Column::new("leads_gained", "Leads up", Unit::Count),
            Column::new("points_gained", "by", Unit::Points),
            Column::new("leads_lost", "Leads down", Unit::Count),
            Column::new("points_lost", "by", Unit::Points),
            Column::new("difference", "In all", Unit::Points),
        ],
        chart: Some(Chart::Bars {
            label: "label",
            value: "difference",
        }),
        notes: vec!["Only leads that stand in both lists count here.".to_owned()],
    }
}
