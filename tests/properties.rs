//! Laws that hold for every model and every export: the program agrees with
//! an independent scorer on people and accounts, and neither the order of the
//! rows nor the number of threads changes a byte.

#[path = "properties/by_hand.rs"]
mod by_hand;
#[path = "properties/clocks.rs"]
mod clocks;
#[path = "properties/conditions.rs"]
mod conditions;
#[path = "properties/engine.rs"]
mod engine;
#[path = "properties/exports.rs"]
mod exports;
#[path = "properties/models.rs"]
mod models;
#[path = "properties/outcomes.rs"]
mod outcomes;
mod reference;
#[path = "properties/round_trip.rs"]
mod round_trip;
#[path = "properties/row.rs"]
mod row;
#[path = "properties/rules.rs"]
mod rules;
#[path = "properties/signals.rs"]
mod signals;

use engine::{Lead, engine, engine_accounts, output};
use exports::Exports;
use models::ModelText;
use proptest::prelude::*;
use std::fmt;

/// A model, the exports it scores and the as-of of the run.
#[derive(Clone)]
pub struct Case {
    model: String,
    exports: Exports,
}

impl fmt::Debug for Case {
    /// As it stands in the files, so that a failing case can be run by hand.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "as of {}\n{}", self.exports.as_of, self.model)?;
        let Exports {
            contacts,
            events,
            previous,
            overrides,
            ..
        } = &self.exports;
        for rows in [contacts, events, previous, overrides] {
            let Some(first) = rows.first() else {
                continue;
            };
            writeln!(f, "{:?}", first.keys().collect::<Vec<_>>())?;
            for row in rows {
                writeln!(f, "{:?}", row.values().collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }
}

impl Case {
    /// As the reference takes it.
    fn inputs(&self) -> reference::Inputs<'_> {
        reference::Inputs {
            model: &self.model,
            contacts: &self.exports.contacts,
            events: &self.exports.events,
            previous: &self.exports.previous,
            overrides: &self.exports.overrides,
            as_of: &self.exports.as_of,
        }
    }
}

fn case() -> impl Strategy<Value = Case> {
    models::model().prop_flat_map(case_of)
}

fn case_of_accounts() -> impl Strategy<Value = Case> {
    models::model_of_accounts().prop_flat_map(case_of)
}

fn case_of(model: ModelText) -> impl Strategy<Value = Case> {
    exports::exports(&model).prop_map(move |exports| Case {
        model: model.text.clone(),
        exports,
    })
}

/// A case, and the same with the rows of every file in another order.
fn shuffled(case: impl Strategy<Value = Case>) -> impl Strategy<Value = (Case, Case)> {
    case.prop_flat_map(|case| {
        let exports = case.exports.clone();
        let rows = [
            exports.contacts,
            exports.events,
            exports.previous,
            exports.overrides,
        ];
        rows.map(|rows| Just(rows).prop_shuffle()).prop_map(
            move |[contacts, events, previous, overrides]| {
                let exports = Exports {
                    contacts,
                    events,
                    previous,
                    overrides,
                    as_of: case.exports.as_of.clone(),
                };
                let model = case.model.clone();
                (case.clone(), Case { model, exports })
            },
        )
    })
}

fn reference_leads(case: &Case) -> Vec<Lead> {
    let scored = reference::score_leads(&case.inputs());
    let expected = scored.into_iter().map(|lead| Lead::expected(lead, case));
    expected.collect()
}

/// How many cases a law is tried on: `usual`, unless `PROPTEST_CASES` asks for more or fewer.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(512),
        max_shrink_iters: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_program_agrees_with_the_reference_on_every_lead(case in case()) {
        prop_assert_eq!(engine(&case), reference_leads(&case));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(48),
        max_shrink_iters: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_program_agrees_with_the_reference_on_every_account(case in case_of_accounts()) {
        prop_assert_eq!(engine(&case), reference_leads(&case));
        prop_assert_eq!(engine_accounts(&case), reference::score_accounts(&case.inputs()));
    }

    #[test]
    fn the_order_of_the_rows_changes_no_byte((case, other) in shuffled(case())) {
        prop_assert_eq!(output(&case, &[]), output(&other, &[]));
    }

    #[test]
    fn the_order_of_the_rows_changes_no_byte_of_accounts((case, other) in shuffled(case_of_accounts())) {
        prop_assert_eq!(output(&case, &["--accounts"]), output(&other, &["--accounts"]));
    }

    #[test]
    fn the_number_of_threads_changes_no_byte(case in case()) {
        prop_assert_eq!(output(&case, &["--threads", "1"]), output(&case, &["--threads", "3"]));
    }

    #[test]
    fn a_ledger_sums_to_the_score(case in case()) {
        for lead in engine(&case) {
            let sum: i64 = lead.ledger.iter().map(|(_, points)| points).sum();
            let score = reference::Decimal::parse(&lead.score).map(reference::Decimal::thousandths);
            prop_assert_eq!(Some(sum), score, "{:?}", lead);
        }
    }
}
