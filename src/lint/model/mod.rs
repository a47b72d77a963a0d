//! Lints that need the model alone, one file each.

mod always_true;
mod bands_end_early;
mod bands_out_of_order;
mod cap_out_of_reach;
mod crowded_group;
mod decay_without_effect;
mod double_counting;
mod empty_group;
mod falling_bands;
mod grade_out_of_reach;
mod group_filled_by_one_rule;
mod idle_keep;
mod impossible_requirement;
mod model_without_tests;
mod never_true;
mod one_temperature_for_all;
mod rule_without_points;
mod same_tag;
mod score_beyond_max;
mod score_out_of_reach;
mod unreachable_route;
mod unreachable_stage;
mod unreachable_temperature;
mod unrequired_item;
mod unused_signal;

use super::Lint;

/// In the order of the documentation: signals and conditions, rules, groups, score, temperatures, what follows.
pub(super) const LINTS: [Lint; 25] = [
    unused_signal::LINT,
    decay_without_effect::LINT,
    never_true::LINT,
    always_true::LINT,
    rule_without_points::LINT,
    bands_out_of_order::LINT,
    bands_end_early::LINT,
    falling_bands::LINT,
    double_counting::LINT,
    empty_group::LINT,
    crowded_group::LINT,
    cap_out_of_reach::LINT,
    group_filled_by_one_rule::LINT,
    score_beyond_max::LINT,
    score_out_of_reach::LINT,
    unreachable_temperature::LINT,
    one_temperature_for_all::LINT,
    impossible_requirement::LINT,
    same_tag::LINT,
    idle_keep::LINT,
    unrequired_item::LINT,
    grade_out_of_reach::LINT,
    unreachable_stage::LINT,
    unreachable_route::LINT,
    model_without_tests::LINT,
];
