//! Laws that hold for every model and every export: the program agrees with
//! an independent scorer, and neither the order of the rows nor the number of
//! threads changes a byte.

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
mod reference;

use engine::{Lead, engine, output};
use exports::Exports;
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
        for rows in [&self.exports.contacts, &self.exports.events] {
            writeln!(f, "{:?}", rows[0].keys().collect::<Vec<_>>())?;
            for row in rows {
                writeln!(f, "{:?}", row.values().collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }
}

fn case() -> impl Strategy<Value = Case> {
    models::model().prop_flat_map(|model| {
        let text = model.text;
        exports::exports(model.matches_email, model.clock).prop_map(move |exports| Case {
            model: text.clone(),
            exports,
        })
    })
}

fn reference_leads(case: &Case) -> Vec<Lead> {
    let Exports {
        contacts,
        events,
        as_of,
    } = &case.exports;
    let scored = reference::score(&case.model, contacts, events, as_of);
    scored.into_iter().map(Lead::from).collect()
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
    fn the_order_of_the_rows_changes_no_byte(
        (case, shuffled) in case().prop_flat_map(|case| {
            let contacts = Just(case.exports.contacts.clone()).prop_shuffle();
            let events = Just(case.exports.events.clone()).prop_shuffle();
            (contacts, events).prop_map(move |(contacts, events)| {
                let as_of = case.exports.as_of.clone();
                let shuffled = Exports { contacts, events, as_of };
                (case.clone(), Case { model: case.model.clone(), exports: shuffled })
            })
        })
    ) {
        prop_assert_eq!(output(&case, &[]), output(&shuffled, &[]));
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
