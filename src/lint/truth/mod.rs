//! Whether a condition can come out true, or false, at all.
//!
//! A condition is taken apart into ways: lists of facts that would have to hold together for the outcome wanted. If
//! the facts of each way clash, the outcome is impossible. What is not understood, such as a comparison of two
//! columns, is taken as possible, so that nothing is called impossible that is not.

mod clash;
mod fact;
mod ways;

pub(super) use fact::{Atom, Fact, Term, Worth};
pub(super) use ways::Outcome;

use crate::model::Model;
use crate::model::columns::Columns;
use crate::model::condition::{Comparison, Condition};
use crate::value::Number;

use super::reach::Reach;

/// What is known of the terms of conditions over one kind of row.
pub(super) struct World<'w> {
    pub model: &'w Model,
    pub columns: &'w Columns,
    pub reach: &'w Reach,
}

impl World<'_> {
    /// Why a condition cannot have an outcome: a reason for each way to it, each once. None if it can.
    pub(super) fn impossible(&self, condition: &Condition, wanted: Outcome) -> Option<Vec<String>> {
        self.none_of(&self.ways(condition, wanted)?)
    }

    /// Why conditions cannot all hold together with the score between two values, the upper one left out.
    pub(super) fn impossible_together(
        &self,
        conditions: &[&Condition],
        score: (Number, Option<Number>),
    ) -> Option<Vec<String>> {
        let at = |comparison, number| Atom {
            term: Term::Score,
            fact: Fact::Compares(comparison, Worth::Number(number)),
        };
        let mut facts = vec![at(Comparison::GreaterOrEqual, score.0)];
        facts.extend(score.1.map(|upper| at(Comparison::Less, upper)));
        let mut all = vec![facts];
        for condition in conditions {
            all = ways::product(&all, &self.ways(condition, Outcome::True)?)?;
        }
        self.none_of(&all)
    }

    fn none_of(&self, ways: &[Vec<Atom<'_>>]) -> Option<Vec<String>> {
        let mut reasons = Vec::new();
        for way in ways {
            let reason = self.clash(way)?;
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Some(reasons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RuleSource;

    const SIGNALS: &str = "[signals]\nopens = { event = \"open\" }\n\
        quiet = { event = \"open\", measure = \"days_since_last\", within = \"30 days\" }\n\
        [groups.g]\nmax = 40\n";

    fn outcome(condition: &str, wanted: Outcome) -> Option<Vec<String>> {
        let text = format!(
            "{SIGNALS}[[rules]]\nname = \"a\"\ngroup = \"g\"\nwhen = \"\"\"{condition}\"\"\"\npoints = 1\n"
        );
        let model = Model::parse("model.toml", &text).expect("a valid model");
        let reach = Reach::of(&model);
        let world = World {
            model: &model,
            columns: &model.contacts.columns,
            reach: &reach,
        };
        let RuleSource::When { condition, .. } = &model.rules[0].source else {
            panic!("a rule with a condition");
        };
        world.impossible(condition, wanted)
    }

    fn reason(condition: &str) -> String {
        let reasons = outcome(condition, Outcome::True);
        let reasons = reasons.unwrap_or_else(|| panic!("{condition} can hold"));
        reasons.join("; ")
    }

    #[test]
    fn facts_about_one_term_that_exclude_each_other_cannot_hold() {
        for (condition, why) in [
            (
                "x = 'a' AND x = 'b'",
                "`x = 'a'` and `x = 'b'` exclude each other",
            ),
            ("x IN ('a', 'b') AND NOT x IN ('a', 'b')", ""),
            ("x > 5 AND x < 5", "`x > 5` and `x < 5` exclude each other"),
            (
                "x BETWEEN 9 AND 3",
                "`x >= 9` and `x <= 3` exclude each other",
            ),
            ("x IN (1, 2) AND x BETWEEN 5 AND 9", ""),
            (
                "x IS NULL AND x = 'a'",
                "`x IS NULL` and `x = 'a'` exclude each other",
            ),
            ("x IS NULL AND x > 4", ""),
            ("x AND NOT x", ""),
            ("x = 'abc' AND x LIKE 'b%'", ""),
            ("x = 'abc' AND NOT starts_with(x, 'ab')", ""),
            ("x > DATE '2026-01-01' AND x < DATE '2025-01-01'", ""),
            ("opens < 0", "`opens < 0`, but `opens` is at least 0"),
            ("quiet >= 30", "`quiet >= 30`, but `quiet` is at most 29"),
            ("opens IS NULL", ""),
            (
                "lower(x) = 'Paris'",
                "lower() leaves no capitals, so `lower(x) = 'Paris'` never holds",
            ),
            (
                "x = NULL",
                "a comparison with NULL is never true: write IS NULL",
            ),
            ("FALSE", "it is FALSE"),
        ] {
            let found = reason(condition);
            assert!(why.is_empty() || found == why, "{condition}: {found}");
        }
    }

    #[test]
    fn what_can_hold_is_not_called_impossible() {
        for condition in [
            "x = 'a' OR x = 'b'",
            "x > 5 AND x < 6",
            "x >= 5 AND x <= 5",
            "x <> 'a' AND x <> 'b'",
            "x = 'a' AND y = 'b'",
            "x = 'a' AND x = y",
            "x IS NOT NULL AND x LIKE '%b'",
            "lower(x) = 'paris'",
            "opens = 0",
            "quiet IS NULL",
            "CASE WHEN x THEN y ELSE z END",
            "NOT (x = 'a' AND x = 'b')",
        ] {
            assert_eq!(outcome(condition, Outcome::True), None, "{condition}");
        }
    }

    #[test]
    fn a_condition_that_cannot_fail_is_told_from_one_that_fails_where_nothing_is_known() {
        for condition in [
            "opens >= 0",
            "x IS NULL OR x IS NOT NULL",
            "opens < 5 OR opens > 2",
        ] {
            assert!(
                outcome(condition, Outcome::NotTrue).is_some(),
                "{condition}"
            );
        }
        for condition in ["x <> 'a' OR x <> 'b'", "x > 1 OR x < 5"] {
            assert!(outcome(condition, Outcome::False).is_some(), "{condition}");
            assert!(
                outcome(condition, Outcome::NotTrue).is_none(),
                "{condition}"
            );
        }
        for condition in ["x <> 'a'", "opens >= 1", "x > 5 OR x < 1"] {
            assert!(outcome(condition, Outcome::False).is_none(), "{condition}");
        }
    }
}
