//! From rules to a total: the groups, their bounds, the share of what can be reached and the bounds of the score.

use super::condition::Reading;
use super::decimal::round_small;
use super::model::Model;
use super::names::Names;
use super::worth::{bound, contribution, reach};

/// What the rules come to for one lead, in thousandths.
#[derive(Debug)]
pub struct Tally {
    /// What each rule gave and each group cut.
    pub ledger: Vec<(String, i64)>,
    /// Each group's bounded sum.
    pub groups: Vec<(String, i64)>,
    /// All of them, after the scale and the bounds of the score.
    pub total: i64,
}

/// Adds up what every rule gives.
pub fn tally(model: &Model, names: &Names, reading: &Reading) -> Tally {
    let points: Vec<i64> = model
        .rules
        .iter()
        .map(|rule| contribution(rule, names, reading))
        .collect();
    let mut ledger: Vec<(String, i64)> = model
        .rules
        .iter()
        .zip(&points)
        .map(|(rule, points)| (format!("rule:{}", rule.id), *points))
        .collect();
    let mut groups = Vec::new();
    for group in &model.groups {
        let sum = sum_of(model, Some(&group.name), &points);
        let bounded = bound(sum, group.min, group.max);
        ledger.push((format!("group:{}", group.name), bounded - sum));
        groups.push((group.name.clone(), bounded));
    }
    let sum = sum_of_all(model, &points);
    let total = if model.is_share {
        share(model, sum)
    } else {
        sum
    };
    Tally {
        ledger,
        groups,
        total: bound(total, Some(model.min), Some(model.max)),
    }
}

/// The sum of the rules of a group, or of those in none.
fn sum_of(model: &Model, group: Option<&str>, points: &[i64]) -> i64 {
    let rules = model.rules.iter().zip(points);
    rules
        .filter(|(rule, _)| rule.group.as_deref() == group)
        .map(|(_, points)| points)
        .sum()
}

/// The groups' bounded sums and the rules outside them.
fn sum_of_all(model: &Model, points: &[i64]) -> i64 {
    let groups = model.groups.iter().map(|group| {
        let sum = sum_of(model, Some(&group.name), points);
        bound(sum, group.min, group.max)
    });
    sum_of(model, None, points) + groups.sum::<i64>()
}

/// Where the sum lies between the least and the most that can be reached: 0
/// to 100, rounded to a thousandth.
fn share(model: &Model, sum: i64) -> i64 {
    let ends = |pick: fn((i64, i64)) -> i64| {
        let points: Vec<i64> = model
            .rules
            .iter()
            .map(|rule| pick(reach(rule, model)))
            .collect();
        i128::from(sum_of_all(model, &points))
    };
    let lowest = ends(|(least, _)| least);
    let highest = ends(|(_, most)| most);
    let share = round_small((i128::from(sum) - lowest) * 100_000, highest - lowest);
    i64::try_from(share).expect("a share is small")
}
