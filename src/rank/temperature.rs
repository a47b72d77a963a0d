//! What a score is called, and what holds a lead back from a hotter name.

use super::lead::HeldBack;
use crate::model::{Model, Temperature};
use crate::value::Points;

/// The number of the temperature of a score, lowered while its required checklist items are not met.
///
/// Temperatures stand hottest first, and the coldest takes every score and requires nothing.
pub(super) fn of(model: &Model, score: Points, checklist: u64) -> usize {
    let fits = |temperature: &Temperature| {
        temperature.from <= score
            && temperature
                .requires
                .iter()
                .all(|item| checklist >> item & 1 == 1)
    };
    model
        .temperatures
        .iter()
        .position(fits)
        .unwrap_or(model.temperatures.len() - 1)
}

/// The number of the temperature that a score alone would give.
pub(super) fn by_score(model: &Model, score: Points) -> usize {
    of(model, score, u64::MAX)
}

/// Why a lead is cooler than its score: each temperature it does not get, the hottest first.
pub(super) fn held_back(model: &Model, score: Points, checklist: u64) -> Vec<HeldBack<'_>> {
    let denied = by_score(model, score)..of(model, score, checklist);
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
        model.temperatures[of(&model, Points::whole(score), checklist)]
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
    fn a_score_below_every_temperature_takes_the_coldest() {
        assert_eq!(name(-3, 0b11), "cold");
    }

    #[test]
    fn what_holds_a_lead_back_is_told_for_each_temperature_it_does_not_get() {
        let model = model();
        let held = |score: i64, checklist: u64| -> Vec<(&str, Vec<&str>)> {
            let held = held_back(&model, Points::whole(score), checklist);
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
