//! What a total makes of a lead: checklist, temperature, disqualification, stage, grade and route.

use super::condition::{Reading, Value};
use super::decimal::round_small;
use super::model::{Grade, Model};
use super::names::Names;
use std::cmp::Reverse;

/// What is known of a lead once its total is.
#[derive(Debug)]
pub struct Outcome {
    /// The total as it is shown, in thousandths; not yet 0 where the lead is
    /// disqualified.
    pub shown: i64,
    /// Each item, and whether it is met.
    pub checklist: Vec<(String, bool)>,
    pub temperature: String,
    /// The temperature by the score alone, whether or not the lead is
    /// disqualified.
    pub temperature_by_score: String,
    /// Why the lead is none.
    pub disqualified: Option<String>,
    pub stage: Option<String>,
    pub grade: Option<String>,
    /// Which of the model's routes.
    pub route: Option<usize>,
}

/// What is not worked out from the total.
#[derive(Debug, Default, Clone, Copy)]
pub struct Given<'a> {
    /// The temperature of the run before.
    pub previous: Option<&'a str>,
    /// The temperature that was set by hand.
    pub by_hand: Option<&'a str>,
    pub is_excluded: bool,
}

/// Works a lead out, one thing after another; each may use those before it.
pub fn outcome(
    model: &Model,
    mut names: Names,
    groups: &[(String, i64)],
    total: i64,
    given: Given,
    reading: &Reading,
) -> Outcome {
    let shown = round_to(total, model.decimals);
    names.set_points("score", shown);
    for (group, sum) in groups {
        names.set_points(format!("groups.{group}"), *sum);
    }

    let checklist: Vec<(String, bool)> = model
        .checklist
        .iter()
        .map(|item| (item.name.clone(), names.meet(&item.condition, reading)))
        .collect();
    for (item, is_met) in &checklist {
        names.set(format!("checklist.{item}"), Value::Bool(*is_met));
    }

    let temperature_by_score = temperature(model, shown, &checklist, given.previous);
    let temperature = given.by_hand.unwrap_or(&temperature_by_score).to_owned();
    names.set("temperature", Value::Text(temperature.clone()));

    let by_hand = given.is_excluded.then_some("excluded");
    let by_condition = names.first_met(&model.disqualify, reading);
    if let Some(reason) = by_hand.or(by_condition) {
        return Outcome {
            shown,
            checklist,
            temperature: coldest(model),
            temperature_by_score,
            disqualified: Some(reason.to_owned()),
            stage: None,
            grade: None,
            route: None,
        };
    }

    let stage = names.all_met(&model.stages, reading).last().copied();
    names.set("stage", stage.map(str::to_owned).into());

    let route = model.routes.iter().position(|route| {
        let when = route.when.as_ref();
        when.is_none_or(|when| names.meet(when, reading))
    });
    Outcome {
        shown,
        checklist,
        temperature,
        temperature_by_score,
        disqualified: None,
        stage: stage.map(str::to_owned),
        grade: grade(&model.grades, groups),
        route,
    }
}

/// Points in thousandths, rounded to so many decimals.
pub fn round_to(thousandths: i64, decimals: u32) -> i64 {
    let unit = 10_i64.pow(3 - decimals);
    let units = round_small(thousandths.into(), unit.into());
    i64::try_from(units).expect("a score is small") * unit
}

/// The labels of the items that are not met.
pub fn missing(model: &Model, checklist: &[(String, bool)]) -> Vec<String> {
    let items = model.checklist.iter().zip(checklist);
    items
        .filter(|(_, (_, is_met))| !is_met)
        .map(|(item, _)| item.label.clone())
        .collect()
}

/// The hottest temperature that the score reaches, or stays above where the
/// lead had it before, and whose requirements are met; the lowest has none
/// that could fail it.
pub fn temperature(
    model: &Model,
    shown: i64,
    checklist: &[(String, bool)],
    previous: Option<&str>,
) -> String {
    let is_met = |item: &String| checklist.iter().any(|(name, holds)| name == item && *holds);
    let mut hottest_first: Vec<_> = model.temperatures.iter().collect();
    hottest_first.sort_by_key(|temperature| Reverse(temperature.from));
    for temperature in hottest_first {
        let from = match temperature.keep {
            Some(keep) if previous == Some(&temperature.name) => keep,
            _ => temperature.from,
        };
        if shown >= from && temperature.requires.iter().all(is_met) {
            return temperature.name.clone();
        }
    }
    coldest(model)
}

/// The temperature of the lowest score.
pub fn coldest(model: &Model) -> String {
    let coldest = model.temperatures.iter().min_by_key(|one| one.from);
    coldest.expect("a model has temperatures").name.clone()
}

/// The letter, the number, or both.
fn grade(grades: &[Grade], groups: &[(String, i64)]) -> Option<String> {
    let mark = |grade: &Grade| {
        let of_grade = groups.iter().filter(|(group, _)| grade.of.contains(group));
        let sum: i64 = of_grade.map(|(_, sum)| sum).sum();
        let reached = grade.marks.iter().find(|(_, from)| sum >= *from);
        reached.map_or(grade.lowest.to_owned(), |(mark, _)| mark.clone())
    };
    let grade: String = grades.iter().map(mark).collect();
    (!grade.is_empty()).then_some(grade)
}
