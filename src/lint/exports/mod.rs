//! Lints that hold a model against exports, one file each.

mod absent_event_type;
mod absent_literal;
mod blank_column;
mod everybody_disqualified;
mod group_mostly_cut;
mod idle_checklist_item;
mod misspelt_literal;
mod rule_always_triggers;
mod rule_never_triggers;
mod score_inflation;
mod temperature_nobody_has;
mod temperature_of_everybody;
mod unreadable_cells;
mod unused_event_types;
mod window_beyond_data;

use super::Lint;

/// In the order of the documentation: columns, events, rules, score, temperatures.
pub(super) const LINTS: [Lint; 15] = [
    misspelt_literal::LINT,
    absent_literal::LINT,
    blank_column::LINT,
    unreadable_cells::LINT,
    absent_event_type::LINT,
    unused_event_types::LINT,
    window_beyond_data::LINT,
    rule_never_triggers::LINT,
    rule_always_triggers::LINT,
    group_mostly_cut::LINT,
    score_inflation::LINT,
    temperature_nobody_has::LINT,
    temperature_of_everybody::LINT,
    idle_checklist_item::LINT,
    everybody_disqualified::LINT,
];
