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

/// Why a lead is cooler than its score, if it is.
pub(super) fn held_back(model: &Model, score: Points, checklist: u64) -> Option<HeldBack<'_>> {
    let by_score = by_score(model, score);
    if by_score == of(model, score, checklist) {
        return None;
    }
    let temperature = &model.temperatures[by_score];
    Some(HeldBack {
        from: temperature.tag.as_deref().unwrap_or(&temperature.name),
        missing: missing(model, temperature, checklist),
    })
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
