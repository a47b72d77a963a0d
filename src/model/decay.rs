//! `decay`: how much an event still counts when it is so many days old.
//!
//! A decay becomes a table of integer weights, one for each day of age, when the model is loaded. Scoring looks
//! them up, and so can a database: no two machines ever compute a power differently.

use super::document::{Document, Section, Value};
use crate::value::{Number, Span};

/// The weight of an event that has not decayed, in millionths.
pub const FULL_WEIGHT: i64 = 1_000_000;

/// Weights tabulated by age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decay {
    /// How the author put it.
    pub shape: DecayShape,
    /// Weights in millionths for the ages 0, 1, 2, … in days.
    pub weights: Vec<i64>,
    /// The weight of every greater age.
    pub beyond: i64,
}

/// How a decay is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecayShape {
    /// Half the weight is left after so many days, a quarter after twice as many.
    HalfLife(u32),
    /// The weight falls evenly to nothing over so many days.
    Linear(u32),
    /// The weight falls by a share at each step.
    Step {
        /// Days from one drop to the next.
        step: u32,
        /// The share lost at each drop, in millionths.
        by: i64,
        /// The age in days of the first drop.
        after: u32,
        /// Whether the share is of what remains rather than of the original weight.
        of_remaining: bool,
        /// The least weight left, in millionths.
        floor: i64,
    },
}

impl Decay {
    /// The weight in millionths of an event `age` days old.
    pub fn weight(&self, age: u32) -> i64 {
        self.weights
            .get(age as usize)
            .copied()
            .unwrap_or(self.beyond)
    }

    /// Tabulates a shape. Ages beyond `within` days never occur and so need no entry.
    fn tabulate(shape: DecayShape, within: Option<u32>) -> Self {
        let (mut weights, beyond) = match shape {
            DecayShape::HalfLife(days) => (half_life(days), 0),
            DecayShape::Linear(days) => (linear(days), 0),
            DecayShape::Step {
                step,
                by,
                after,
                of_remaining,
                floor,
            } => stepped(step, by, after, of_remaining, floor),
        };
        if let Some(days) = within {
            weights.truncate(days as usize);
        }
        Self {
            shape,
            weights,
            beyond,
        }
    }
}

/// `round(10^6 · 2^(−age/days))` until it is nothing.
///
/// The power is taken by `libm`, which is the same code on every platform, unlike the system's own.
fn half_life(days: u32) -> Vec<i64> {
    // A millionth is less than half of one after 21 halvings.
    let ages = 0..=days.saturating_mul(21);
    ages.map(|age| {
        let left = libm::exp2(-f64::from(age) / f64::from(days));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "between 0 and a million"
        )]
        let weight = libm::round(left * FULL_WEIGHT as f64) as i64;
        weight
    })
    .take_while(|weight| *weight > 0)
    .collect()
}

/// `round(10^6 · (1 − age/days))` until it is nothing.
fn linear(days: u32) -> Vec<i64> {
    let days = i64::from(days);
    (0..days)
        .map(|age| rounded(i128::from(FULL_WEIGHT * (days - age)), i128::from(days)))
        .collect()
}

fn rounded(numerator: i128, denominator: i128) -> i64 {
    let weight = crate::value::round_half_away(numerator, denominator);
    i64::try_from(weight).expect("a weight is at most a million")
}

/// Full below `after`; from there on less by `by` at each step, never below `floor`.
fn stepped(step: u32, by: i64, after: u32, of_remaining: bool, floor: i64) -> (Vec<i64>, i64) {
    let mut weights = vec![FULL_WEIGHT; after as usize];
    let mut drops = 0;
    loop {
        drops += 1;
        let left = if of_remaining {
            remaining(by, drops)
        } else {
            (FULL_WEIGHT - by.saturating_mul(i64::from(drops))).max(0)
        };
        if left <= floor {
            return (weights, floor);
        }
        weights.extend(std::iter::repeat_n(left, step as usize));
        // A share too small to reach the floor within any date we read: the rest of the table would be the same.
        if weights.len() > LONGEST {
            return (weights, left);
        }
    }
}

/// More days than lie between any two dates that exports hold.
const LONGEST: usize = 400 * 366;

/// `round(10^6 · (1 − by)^drops)`.
fn remaining(by: i64, drops: u32) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "between 0 and a million"
    )]
    {
        let share = (FULL_WEIGHT - by) as f64 / FULL_WEIGHT as f64;
        libm::round(libm::pow(share, f64::from(drops)) * FULL_WEIGHT as f64) as i64
    }
}

/// Reads a `decay` table.
pub(super) fn read(
    value: Value<'_>,
    within: Option<u32>,
    document: &mut Document,
) -> Option<Decay> {
    let path = value.path.clone();
    let span = value.span.clone();
    let mut section = document.section(value)?;
    let half_life = section.get("half_life");
    let linear = section.get("linear");
    let step = section.get("step");
    let given = [&half_life, &linear, &step].into_iter().flatten().count();
    if given != 1 {
        document
            .error(
                "bad-decay",
                span,
                format!("`{path}` needs exactly one of half_life, linear and step"),
                "",
            )
            .hint = Some("for instance { half_life = \"30 days\" }".to_owned());
        return None;
    }
    let evenly = match (half_life, linear) {
        (Some(value), _) => Some(days(&value, document).map(DecayShape::HalfLife)),
        (None, Some(value)) => Some(days(&value, document).map(DecayShape::Linear)),
        (None, None) => None,
    };
    let shape = if let Some(shape) = evenly {
        refuse_keys_of_steps(&mut section, document);
        shape
    } else {
        step.and_then(|value| read_step(&value, &mut section, document))
    };
    section.finish(document);
    Some(Decay::tabulate(shape?, within))
}

/// What is known of steps only means nothing for a decay without them.
fn refuse_keys_of_steps(section: &mut Section<'_>, document: &mut Document) {
    for key in ["by", "after", "of", "floor"] {
        if let Some(value) = section.get(key) {
            document.misplaced_key(&value, "here", format!("`{key}` goes with `step`"));
        }
    }
}

fn read_step(
    step: &Value<'_>,
    section: &mut Section<'_>,
    document: &mut Document,
) -> Option<DecayShape> {
    let step = days(step, document);
    let by = section
        .require("by", document)
        .and_then(|value| share(&value, document));
    let after = match section.get("after") {
        Some(value) => days_from(0, &value, document),
        None => step,
    };
    let of = section.get("of").map_or(Some(false), |value| {
        let choices = [("original", false), ("remaining", true)];
        super::contacts::choice(&value, &choices, document)
    });
    let floor = section
        .get("floor")
        .map_or(Some(0), |value| share(&value, document));
    Some(DecayShape::Step {
        step: step?,
        by: by?,
        after: after?,
        of_remaining: of?,
        floor: floor?,
    })
}

/// A share of the whole, in millionths.
fn share(value: &Value<'_>, document: &mut Document) -> Option<i64> {
    let number = document.number(value)?;
    if number < Number::ZERO || number > Number::ONE {
        document
            .error(
                "bad-number",
                value.span.clone(),
                format!("`{}` should be between 0 and 1", value.path),
                "",
            )
            .hint = Some("15 percent is 0.15".to_owned());
        return None;
    }
    i64::try_from(number.millionths()).ok()
}

/// A whole number of days, at least one.
pub(super) fn days(value: &Value<'_>, document: &mut Document) -> Option<u32> {
    days_from(1, value, document)
}

/// A whole number of days, at least `least`.
fn days_from(least: u32, value: &Value<'_>, document: &mut Document) -> Option<u32> {
    let hint = "for instance \"90 days\", \"12 weeks\", \"3 months\" or \"1 year\"";
    let Some(text) = document.text(value) else {
        if let Some(problem) = document.problems.last_mut() {
            problem.hint = Some(hint.to_owned());
        }
        return None;
    };
    let problem = match Span::parse(&text.value) {
        Ok(span) => match span.whole_days() {
            Some(days) if days < least => format!("`{}` should be at least one day", value.path),
            Some(days) if days as usize > LONGEST => {
                format!("`{}` is longer than any export", value.path)
            }
            Some(days) => return Some(days),
            None => format!("`{}` should be whole days", value.path),
        },
        Err(reason) => format!("`{}`: {reason}", value.path),
    };
    document
        .error("bad-duration", value.span.clone(), problem, "")
        .hint = Some(hint.to_owned());
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(step: u32, by: i64, after: u32, of_remaining: bool, floor: i64) -> DecayShape {
        DecayShape::Step {
            step,
            by,
            after,
            of_remaining,
            floor,
        }
    }

    fn weights(shape: DecayShape, ages: &[u32]) -> Vec<i64> {
        let decay = Decay::tabulate(shape, None);
        ages.iter().map(|age| decay.weight(*age)).collect()
    }

    #[test]
    fn a_half_life_leaves_half_after_itself_and_a_quarter_after_twice_itself() {
        let found = weights(DecayShape::HalfLife(30), &[0, 1, 30, 60, 90]);
        assert_eq!(found, [1_000_000, 977_160, 500_000, 250_000, 125_000]);
    }

    #[test]
    fn a_half_life_ends_where_less_than_half_a_millionth_is_left() {
        assert_eq!(
            weights(DecayShape::HalfLife(1), &[19, 20, 21, 40_000]),
            [2, 1, 0, 0]
        );
    }

    #[test]
    fn a_linear_decay_falls_evenly_to_nothing() {
        let found = weights(DecayShape::Linear(90), &[0, 1, 45, 89, 90, 5000]);
        assert_eq!(found, [1_000_000, 988_889, 500_000, 11_111, 0, 0]);
    }

    #[test]
    fn steps_of_the_original_weight_begin_at_after_and_end_at_the_floor() {
        let found = weights(
            step(30, 150_000, 45, false, 100_000),
            &[44, 45, 74, 75, 195, 225, 9999],
        );
        assert_eq!(
            found,
            [
                1_000_000, 850_000, 850_000, 700_000, 100_000, 100_000, 100_000
            ]
        );
    }

    #[test]
    fn steps_of_what_remains_shrink() {
        let found = weights(step(10, 500_000, 10, true, 0), &[9, 10, 20, 30]);
        assert_eq!(found, [1_000_000, 500_000, 250_000, 125_000]);
    }

    #[test]
    fn a_step_of_nothing_leaves_everything_and_one_of_all_leaves_nothing() {
        assert_eq!(
            weights(step(7, 0, 7, false, 0), &[0, 7, 100_000]),
            [1_000_000; 3]
        );
        assert_eq!(weights(step(7, 1_000_000, 0, false, 0), &[0, 7]), [0, 0]);
    }

    #[test]
    fn no_more_ages_are_tabulated_than_the_window_lets_through() {
        let decay = Decay::tabulate(DecayShape::HalfLife(30), Some(10));
        assert_eq!(decay.weights.len(), 10);
    }

    fn shapes() -> impl Strategy<Value = DecayShape> {
        let step = (
            1..200_u32,
            0..=FULL_WEIGHT,
            0..200_u32,
            any::<bool>(),
            0..=FULL_WEIGHT,
        )
            .prop_map(|(s, by, after, remaining, floor)| step(s, by, after, remaining, floor));
        prop_oneof![
            (1..1000_u32).prop_map(DecayShape::HalfLife),
            (1..1000_u32).prop_map(DecayShape::Linear),
            step,
        ]
    }

    proptest! {
        #[test]
        fn an_older_event_never_weighs_more_and_none_more_than_itself(shape in shapes(), age in 0..3000_u32) {
            let decay = Decay::tabulate(shape, None);
            prop_assert!(decay.weight(age) >= decay.weight(age + 1));
            prop_assert!((0..=FULL_WEIGHT).contains(&decay.weight(age)));
        }
    }
}
