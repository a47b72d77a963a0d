//! What moved the scores, rule by rule, over the leads that stand in both lists.

use std::cmp::Reverse;

use super::Between;
use super::changes::Moves;
use super::reasons::Contributors;
use crate::analysis::{Cell, Chart, Column, Part, Table, Unit};
use crate::run::list::Contributor;
use crate::value::Points;

/// What is said of a rule that gives everybody what it gave before.
const SAME: &str = "same";

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

    /// What is to be said of it: a rule may be in one of the lists alone; else whether it gives anybody other points.
    fn status(&self, of: &Contributor, is_in: [bool; 2], between: Between) -> &'static str {
        // What bounds and rounding do is known only where they do something.
        let is_rule = of.kind == "rule";
        match (is_in, between) {
            ([true, false], Between::Lists) if is_rule => "only in the old list",
            ([false, true], Between::Lists) if is_rule => "only in the new list",
            ([true, false], Between::Models) if is_rule => "only in A",
            ([false, true], Between::Models) if is_rule => "only in B",
            _ if self.gained.0 + self.lost.0 > 0 => "changed",
            _ => SAME,
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
    let rules = contributors.all.into_iter().zip(effects);
    let rules = rules.map(|((of, is_in), effect)| (of, effect.status(of, is_in, between), effect));
    // Of two models every rule is told, of two runs those that moved a score.
    let is_told = |(_, status, _): &(_, &str, _)| between == Between::Models || *status != SAME;
    let mut rules: Vec<(&Contributor, &str, Effect)> = rules.filter(is_told).collect();
    rules.sort_by_key(|(_, _, effect)| {
        let moved = effect.gained.1 - effect.lost.1;
        Reverse(moved.thousandths())
    });
    let rows = rules.iter().map(|(of, status, effect)| {
        vec![
            of.kind.into(),
            of.name.clone().into(),
            of.label.clone().into(),
            (*status).into(),
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
