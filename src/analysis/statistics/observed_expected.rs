//! Wins against those to be expected: whether somebody wins more or less than the chances of his leads say.

use super::{Interval, real};

/// Up to so many trials the distribution of the hits is worked out exactly.
const EXACT_UP_TO: u64 = 150;

/// How far the logarithm of odds is sought on either side, and how often that span is halved: to below 10⁻⁹.
const FARTHEST_ODDS: f64 = 40.0;
const HALVINGS: u32 = 37;

/// The probability of either tail that a 95% interval leaves out.
const TAIL: f64 = 0.025;

/// Trials with a chance each: how often each chance occurs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chances(Vec<(f64, u64)>);

/// Hits compared with what is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// How many hits are expected.
    pub expected: f64,
    /// Hits to one that is expected.
    pub ratio: f64,
    /// Between which ends that ratio lies.
    pub interval: Interval,
    /// How probable hits as far from the expected ones are by chance alone, two-sided.
    pub p_value: f64,
}

impl Chances {
    /// Adds so many trials of one chance, from 0 to 1.
    pub fn add(&mut self, chance: f64, trials: u64) {
        self.0.push((chance, trials));
    }

    /// How many trials there are.
    pub fn trials(&self) -> u64 {
        self.0.iter().map(|(_, trials)| trials).sum()
    }

    /// How many hits are expected.
    pub fn expected(&self) -> f64 {
        let each = self.0.iter();
        each.map(|(chance, trials)| chance * real(*trials)).sum()
    }

    /// Compares hits with those expected; none where none is expected.
    ///
    /// By chance alone the hits follow the Poisson-binomial distribution: each trial has its own chance. Up to 150
    /// trials it is worked out exactly; beyond, by the normal approximation with correction for skewness and continuity
    /// (Volkova, "A refinement of the central limit theorem for sums of independent random indicators", Theory of
    /// Probability and its Applications 40, 1996; its errors in Hong, "On computing the distribution function for the
    /// Poisson binomial distribution", Computational Statistics & Data Analysis 59, 2013).
    ///
    /// The p-value is twice the smaller tail. The interval holds the ratios of all who multiply the odds of each trial
    /// by one factor and for whom neither tail is below 2.5% (the exact interval of Clopper and Pearson, Biometrika 26,
    /// 1934, carried over to unequal chances), so that, where it is exact, it lacks 1 just where the p-value is below 5%.
    pub fn compare(&self, hits: u64) -> Option<Compared> {
        let expected = self.expected();
        if expected <= 0.0 {
            return None;
        }
        let (at_most, at_least) = self.tails(hits);
        let sure = |wanted: f64| -> u64 {
            let is = self
                .0
                .iter()
                .filter(|(chance, _)| (chance - wanted).abs() < f64::EPSILON);
            is.map(|(_, trials)| trials).sum()
        };
        // Trials that are sure to hit or miss stay so whatever the odds of the others.
        let (least, most) = (sure(1.0), self.trials() - sure(0.0));
        let low = if hits <= least {
            real(least)
        } else {
            self.expected_where(|chances| chances.tails(hits).1 < TAIL)
        };
        let high = if hits >= most {
            real(most)
        } else {
            self.expected_where(|chances| chances.tails(hits).0 >= TAIL)
        };
        Some(Compared {
            expected,
            ratio: real(hits) / expected,
            interval: Interval {
                low: low / expected,
                high: high / expected,
            },
            p_value: (2.0 * at_most.min(at_least)).clamp(0.0, 1.0),
        })
    }

    /// How many hits are expected at the odds up to which something holds.
    fn expected_where(&self, holds: impl Fn(&Self) -> bool) -> f64 {
        let (mut low, mut high) = (-FARTHEST_ODDS, FARTHEST_ODDS);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if holds(&self.with_odds(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.with_odds(f64::midpoint(low, high)).expected()
    }

    /// The same trials with their odds multiplied by the exponential of a number.
    fn with_odds(&self, logarithm: f64) -> Self {
        let factor = libm::exp(logarithm);
        let each = self.0.iter();
        let changed = each.map(|&(chance, trials)| {
            let odds = factor * chance;
            (odds / (1.0 - chance + odds), trials)
        });
        Self(changed.collect())
    }

    /// The probabilities of at most and of at least so many hits.
    fn tails(&self, hits: u64) -> (f64, f64) {
        let trials = self.trials();
        if hits > trials {
            return (1.0, 0.0);
        }
        if trials > EXACT_UP_TO {
            return self.approximate_tails(hits);
        }
        // What is counted is the rarer, which takes fewer steps: hits, or what is none.
        if hits <= trials / 2 {
            let (at_most, exactly) = self.exactly(hits, |chance| chance);
            (at_most, 1.0 - at_most + exactly)
        } else {
            let (at_most, exactly) = self.exactly(trials - hits, |chance| 1.0 - chance);
            (1.0 - at_most + exactly, at_most)
        }
    }

    /// The probabilities of at most and of exactly so many trials that have what `chance` gives the chance of: one trial
    /// after the other is added to the distribution.
    fn exactly(&self, count: u64, chance: impl Fn(f64) -> f64) -> (f64, f64) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let mut distribution = vec![0.0; count + 1];
        distribution[0] = 1.0;
        let mut added = 0;
        for &(of_hit, trials) in &self.0 {
            let chance = chance(of_hit);
            for _ in 0..trials {
                added += 1;
                for at in (1..=added.min(count)).rev() {
                    distribution[at] =
                        distribution[at] * (1.0 - chance) + distribution[at - 1] * chance;
                }
                distribution[0] *= 1.0 - chance;
            }
        }
        (distribution.iter().sum(), distribution[count])
    }

    fn approximate_tails(&self, hits: u64) -> (f64, f64) {
        let sum = |term: fn(f64) -> f64| -> f64 {
            let each = self.0.iter();
            each.map(|(chance, trials)| term(*chance) * real(*trials))
                .sum()
        };
        let deviation = sum(|chance| chance * (1.0 - chance)).sqrt();
        let distance = real(hits) - self.expected();
        if deviation <= 1e-9 {
            let at = |holds: bool| if holds { 1.0 } else { 0.0 };
            return (at(distance > -0.5), at(distance < 0.5));
        }
        let third = sum(|chance| chance * (1.0 - chance) * (1.0 - 2.0 * chance));
        let skewness = third / (deviation * deviation * deviation);
        let below = |distance: f64, skewness: f64| {
            let x = distance / deviation;
            let density = libm::exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
            let normal = libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0;
            (normal + skewness * (1.0 - x * x) * density / 6.0).clamp(0.0, 1.0)
        };
        // The upper tail is the lower one of the misses, whose skewness is the other way.
        (
            below(distance + 0.5, skewness),
            below(0.5 - distance, -skewness),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chances(of: &[(f64, u64)]) -> Chances {
        Chances(of.to_vec())
    }

    fn is_near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn of_equal_chances_the_interval_is_that_of_clopper_and_pearson() {
        // 7 of 20: 0.1539 to 0.5922.
        let compared = chances(&[(0.25, 20)]).compare(7).expect("some expected");
        assert!(is_near(compared.expected, 5.0));
        assert!(is_near(compared.ratio, 1.4));
        assert!(
            is_near(compared.interval.low, 0.153_91 * 4.0),
            "{compared:?}"
        );
        assert!(
            is_near(compared.interval.high, 0.592_19 * 4.0),
            "{compared:?}"
        );
        // At least 7 of 20 at a quarter: 0.21421.
        assert!(is_near(compared.p_value, 0.428_43), "{compared:?}");
    }

    #[test]
    fn trials_that_are_sure_stay_so() {
        let compared = chances(&[(1.0, 2), (0.5, 2), (0.0, 3)]);
        let most = compared.compare(4).expect("some expected");
        assert!(is_near(most.interval.high, 4.0 / 3.0), "{most:?}");
        let least = compared.compare(2).expect("some expected");
        assert!(is_near(least.interval.low, 2.0 / 3.0), "{least:?}");
        assert!(is_near(least.p_value, 0.5), "{least:?}");
        assert_eq!(chances(&[(0.0, 3)]).compare(0), None);
    }

    #[test]
    fn the_approximation_is_near_what_is_exact() {
        let trials = chances(&[(0.03, 60), (0.1, 40), (0.4, 30), (0.8, 20)]);
        for hits in 15..=60 {
            let (exact, near) = (trials.tails(hits), trials.approximate_tails(hits));
            assert!(
                (exact.0 - near.0).abs() < 0.002,
                "{hits} {exact:?} {near:?}"
            );
            assert!(
                (exact.1 - near.1).abs() < 0.002,
                "{hits} {exact:?} {near:?}"
            );
        }
    }

    #[test]
    fn a_test_at_five_per_cent_errs_in_no_more_by_exact_enumeration() {
        let trials = chances(&[(0.1, 20), (0.3, 15), (0.6, 10)]);
        let mut wrong = 0.0;
        for hits in 0..=45 {
            let (_, exactly) = trials.exactly(hits, |chance| chance);
            let compared = trials.compare(hits).expect("some expected");
            let lacks_one = compared.interval.low > 1.0 || compared.interval.high < 1.0;
            assert_eq!(lacks_one, compared.p_value < 0.05, "{hits} {compared:?}");
            if lacks_one {
                wrong += exactly;
            }
        }
        assert!(wrong < 0.05 && wrong > 0.01, "{wrong}");
    }

    #[test]
    fn many_trials_are_compared_as_well() {
        let compared = chances(&[(0.1, 5000), (0.2, 5000)]).compare(1600);
        let compared = compared.expect("some expected");
        assert!(compared.p_value < 0.01 && compared.interval.low > 1.0);
        assert!(compared.interval.low < compared.ratio && compared.ratio < compared.interval.high);
    }

    proptest! {
        #[test]
        fn tails_overlap_in_what_was_hit_and_more_hits_mean_a_higher_interval(
            of in prop::collection::vec((1_u32..100, 1_u64..12), 1..6), hits in 0_u64..30,
        ) {
            let trials = Chances(of.into_iter().map(|(chance, trials)| (f64::from(chance) / 100.0, trials)).collect());
            let hits = hits.min(trials.trials());
            let (at_most, at_least) = trials.tails(hits);
            let (_, exactly) = trials.exactly(hits, |chance| chance);
            prop_assert!((at_most + at_least - exactly - 1.0).abs() < 1e-9);
            let one = trials.compare(hits).expect("some expected");
            prop_assert!(one.interval.low <= one.ratio + 1e-9 && one.ratio <= one.interval.high + 1e-9);
            if let Some(more) = (hits < trials.trials()).then(|| trials.compare(hits + 1)).flatten() {
                prop_assert!(more.interval.low >= one.interval.low - 1e-9);
                prop_assert!(more.interval.high >= one.interval.high - 1e-9);
            }
        }
    }
}
