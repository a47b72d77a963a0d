//! What a score is called, and what holds a lead back from a hotter name.

use std::ops::Range;

use super::lead::HeldBack;
use crate::model::{Model, Temperature};
use crate::value::Points;

/// The number of the temperature of a score, lowered while its required checklist items are not met; a lead that had
/// one in the previous run stays in it as long as the model lets it `keep` it.
///
/// Temperatures stand hottest first, and the coldest takes every score and requires nothing.
pub(super) fn of(model: &Model, score: Points, checklist: u64, previous: Option<usize>) -> usize {
    let fits = |(number, temperature): (usize, &Temperature)| {
        begins(temperature, number, previous) <= score
            && temperature
                .requires
                .iter()
                .all(|item| checklist >> item & 1 == 1)
    };
    model
        .temperatures
        .iter()
        .enumerate()
        .position(fits)
        .unwrap_or(model.temperatures.len() - 1)
}

/// The score at which a lead has a temperature: lower where it had it in the previous run and may keep it.
pub(super) fn begins(temperature: &Temperature, number: usize, previous: Option<usize>) -> Points {
    let keep = temperature.keep.filter(|_| previous == Some(number));
    keep.unwrap_or(temperature.from)
}

/// The number of the temperature that a score alone would give, with what a lead may keep from the previous run.
pub(super) fn by_score(model: &Model, score: Points, previous: Option<usize>) -> usize {
    of(model, score, u64::MAX, previous)
}

/// Why a lead is cooler than its score: each temperature that it is denied, the hottest first.
pub(super) fn held_back(model: &Model, denied: Range<usize>, checklist: u64) -> Vec<HeldBack<'_>> {
    model.temperatures[denied]
        .iter()
        .map(|temperature| HeldBack {
            from: temperature.tag.as_deref().unwrap_or(&temperature.name),
            missing: missing(model, temperature, checklist),
        })
        .collect()
}

/// Labels of the items that a temperature requires and the checklist lacks.
pub(super) fn missing<'m>(
    model: &'m Model,
    temperature: &Temperature,
    checklist: u64,
) -> Vec<&'m str> {
    temperature
        .requires
        .iter()
        .filter(|item| checklist >> **item & 1 == 0)
        .map(|item| model.checklist[*item].label.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hot from 80 requires both items, warm from 50 the first.
    fn model() -> Model {
        let text = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n\
            [checklist]\nbudget = { when = \"a\", label = \"Budget known\" }\nsoon = { when = \"b\" }\n\
            [temperatures]\nhot = { from = 80, requires = [\"budget\", \"soon\"], tag = \"Hot Lead\" }\n\
            warm = { from = 50, requires = \"budget\" }\ncold = { from = 0 }\n";
        Model::parse("model.toml", text).expect("a valid model")
    }

    fn name(score: i64, checklist: u64) -> String {
        let model = model();
        model.temperatures[of(&model, Points::whole(score), checklist, None)]
            .name
            .clone()
    }

    #[test]
    fn a_temperature_begins_at_its_score() {
        assert_eq!(
            [79, 80, 100].map(|score| name(score, 0b11)),
            ["warm", "hot", "hot"]
        );
        assert_eq!(
            [0, 49, 50].map(|score| name(score, 0b11)),
            ["cold", "cold", "warm"]
        );
    }

    #[test]
    fn what_is_required_and_not_met_lowers_it_step_by_step() {
        assert_eq!(name(90, 0b01), "warm");
        assert_eq!(name(90, 0b10), "cold");
        assert_eq!(name(90, 0), "cold");
    }

    #[test]
    fn a_lead_keeps_the_temperature_it_had_until_its_score_falls_below_keep() {
        let text = "[[rules]]\nname = \"Any\"\nwhen = \"TRUE\"\npoints = 1\n\
            [checklist]\nbudget = { when = \"a\" }\n\
            [temperatures]\nhot = { from = 80, keep = 75, requires = \"budget\" }\n\
            warm = { from = 50, keep = 30 }\ncold = { from = 0 }\n";
        let model = Model::parse("model.toml", text).expect("a valid model");
        let after = |score, met, previous: Option<usize>| {
            let number = of(&model, Points::whole(score), met, previous);
            model.temperatures[number].name.clone()
        };
        let (hot, warm, cold) = (Some(0), Some(1), Some(2));
        assert_eq!(
            [80, 75, 74].map(|score| after(score, 1, hot)),
            ["hot", "hot", "warm"]
        );
        assert_eq!(after(77, 0, hot), "warm", "what it requires still counts");
        assert_eq!(
            after(40, 1, hot),
            "cold",
            "only the temperature it had is kept"
        );
        assert_eq!(after(40, 1, warm), "warm");
        assert_eq!(after(85, 1, warm), "hot");
        assert_eq!(
            [77, 40].map(|score| after(score, 1, cold)),
            ["warm", "cold"]
        );
        assert_eq!(after(77, 1, None), "warm");
    }

    #[test]
    fn a_score_below_every_temperature_takes_the_coldest() {
        assert_eq!(name(-3, 0b11), "cold");
    }

    #[test]
    fn what_holds_a_lead_back_is_told_for_each_temperature_it_does_not_get() {
        let model = model();
        let held = |score: i64, checklist: u64| -> Vec<(&str, Vec<&str>)> {
            let score = Points::whole(score);
            let denied = by_score(&model, score, None)..of(&model, score, checklist, None);
            let held = held_back(&model, denied, checklist);
            held.into_iter()
                .map(|held| (held.from, held.missing))
                .collect()
        };
        assert_eq!(held(90, 0b01), [("Hot Lead", vec!["soon"])]);
        let budget = vec!["Budget known"];
        assert_eq!(
            held(90, 0b10),
            [("Hot Lead", budget.clone()), ("warm", budget)]
        );
        assert_eq!(held(90, 0b11), []);
        assert_eq!(held(40, 0), []);
    }
}
