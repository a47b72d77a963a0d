//! What an event still counts for at its age, in millionths.

use super::decimal::{Decimal, round_half_away, round_small};
use num_bigint::BigInt;

/// The weight of an event of today.
const FULL: i128 = 1_000_000;

/// How the weight of an event falls with its age; spans are in days.
#[derive(Debug, Clone)]
pub enum Decay {
    HalfLife(i64),
    Linear(i64),
    Step {
        step: i64,
        by: Decimal,
        after: i64,
        of_remaining: bool,
        floor: Decimal,
    },
}

impl Decay {
    /// The weight at an age in days, in millionths.
    pub fn weight(&self, age: i64) -> i128 {
        match self {
            Self::HalfLife(days) => half_life(*days, age),
            Self::Linear(days) if age >= *days => 0,
            Self::Linear(days) => round_small(FULL * i128::from(days - age), (*days).into()),
            Self::Step { after, floor, .. } if age < *after => FULL.max(floor.0),
            Self::Step {
                step,
                by,
                after,
                of_remaining,
                floor,
            } => {
                let drops = 1 + (age - after) / step;
                let weight = if *of_remaining {
                    power(FULL - by.0, drops)
                } else {
                    (FULL - by.0 * i128::from(drops)).max(0)
                };
                weight.max(floor.0)
            }
        }
    }
}

/// `10^6 · 2^(−age/days)`, rounded.
///
/// The rounded weight is the largest whole number `w` with
/// `w − 1/2 ≤ 10^6 · 2^(−age/days)`. Both sides doubled and raised to the
/// power of `days` are whole numbers: `(2w − 1)^days · 2^age ≤ (2 · 10^6)^days`.
fn half_life(days: i64, age: i64) -> i128 {
    let age = u32::try_from(age).expect("an age is not negative");
    let days = u32::try_from(days).expect("a half-life is short");
    let limit = BigInt::from(2 * FULL).pow(days);
    let reaches = |weight: i128| (BigInt::from(2 * weight - 1).pow(days) << age) <= limit;
    let (mut low, mut high) = (0, FULL + 1);
    while high - low > 1 {
        let middle = i128::midpoint(low, high);
        if reaches(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// `10^6 · (kept/10^6)^times`, rounded once.
fn power(kept: i128, times: i64) -> i128 {
    let times = u32::try_from(times).expect("few steps");
    let numerator = BigInt::from(kept).pow(times) * FULL;
    let denominator = BigInt::from(FULL).pow(times);
    i128::try_from(round_half_away(&numerator, &denominator)).expect("at most a million")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).expect(text)
    }

    #[test]
    fn half_is_left_after_the_half_life_and_a_quarter_after_twice_that() {
        let decay = Decay::HalfLife(30);
        assert_eq!(decay.weight(0), 1_000_000);
        assert_eq!(decay.weight(30), 500_000);
        assert_eq!(decay.weight(60), 250_000);
        // 2^(-1/30) = 0.977159968…
        assert_eq!(decay.weight(1), 977_160);
        // 10^6 / 2^7 = 7812.5, and the half goes up.
        assert_eq!(decay.weight(210), 7813);
        assert_eq!(decay.weight(30 * 21), 0);
    }

    #[test]
    fn a_linear_decay_ends_at_nothing() {
        let decay = Decay::Linear(90);
        assert_eq!(decay.weight(0), 1_000_000);
        assert_eq!(decay.weight(30), 666_667);
        assert_eq!(decay.weight(89), 11_111);
        assert_eq!(decay.weight(90), 0);
        assert_eq!(decay.weight(400), 0);
    }

    #[test]
    fn a_step_decay_is_full_until_after_and_never_falls_below_its_floor() {
        let decay = Decay::Step {
            step: 30,
            by: number("0.4"),
            after: 45,
            of_remaining: false,
            floor: number("0.1"),
        };
        let weights: Vec<i128> = [0, 44, 45, 74, 75, 105]
            .map(|age| decay.weight(age))
            .to_vec();
        assert_eq!(
            weights,
            [1_000_000, 1_000_000, 600_000, 600_000, 200_000, 100_000]
        );
    }

    #[test]
    fn a_step_of_what_remains_is_a_power_rounded_once() {
        let decay = Decay::Step {
            step: 1,
            by: number("0.15"),
            after: 1,
            of_remaining: true,
            floor: number("0"),
        };
        assert_eq!(decay.weight(1), 850_000);
        assert_eq!(decay.weight(2), 722_500);
        // 0.85^6 = 0.377149515625
        assert_eq!(decay.weight(6), 377_150);
    }
}
