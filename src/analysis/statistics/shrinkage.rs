//! Rates of groups of very different sizes, drawn towards the whole as far as chance explains how they differ.

use super::{Beta, Interval, real};

/// Two groups whose rates differ by less than this are not told apart: the 95% point of chi-squared with one degree of
/// freedom.
const TELLS_TWO_APART: f64 = 3.841_458_820_694_124;

/// What the rates of all groups tell of each before its own trials are looked at.
///
/// The beta-binomial model of empirical Bayes: the rates of groups are themselves spread as a beta distribution, which
/// is estimated from the groups, and what is known of one group is that distribution after the group's own trials
/// (Efron and Morris, JASA 70, 1975; for rates Casella, "An introduction to empirical Bayes data analysis", The
/// American Statistician 39, 1985).
///
/// Mean and spread are estimated by moments, with groups weighted by their size (Kleinman, "Proportions with extraneous
/// variance: single and independent samples", JASA 68, 1973): with `p` hits of all `N` trials of `k` groups,
/// `S = Σ nᵢ (pᵢ − p)²` has the expectation `p (1 − p) (k − 1 + ρ (N − Σ nᵢ² / N − (k − 1)))`, in which `ρ` is what two
/// trials of one group have in common; the prior is then worth `1/ρ − 1` trials. Where that does not hold:
/// - `ρ` at or below 0, so that groups differ no more than by chance: each is taken for as good as the whole.
/// - One group says nothing of a spread. Of two the estimate has a single degree of freedom: unless they differ by a
///   chi-squared test at 5%, each is taken for as good as the whole.
/// - A few tiny groups can make a spread so large that rates would gather at 0 and 1. The prior is never worth less
///   than the trials in which one hit and one miss are to be expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    hits: u64,
    trials: u64,
    /// The rate that is expected of a group of which nothing is known.
    pub mean: f64,
    /// How much it weighs against a group's own trials.
    pub strength: Strength,
}

/// How much a prior weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Strength {
    /// As much as so many trials of the group's own.
    Trials(f64),
    /// Alone: groups differ no more than by chance.
    Whole,
}

/// A rate drawn towards the whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// What is expected of the rate.
    pub mean: f64,
    /// Between which ends it lies with 95%: its credible interval.
    pub interval: Interval,
}

impl Prior {
    /// The prior of some groups, each with its hits and trials; none where there are no trials.
    pub fn of(groups: impl IntoIterator<Item = (u64, u64)>) -> Option<Self> {
        let groups: Vec<(u64, u64)> = groups.into_iter().filter(|group| group.1 > 0).collect();
        let hits: u64 = groups.iter().map(|group| group.0).sum();
        let trials: u64 = groups.iter().map(|group| group.1).sum();
        if trials == 0 {
            return None;
        }
        let mean = real(hits) / real(trials);
        Some(Self {
            hits,
            trials,
            mean,
            strength: strength(&groups, real(trials), mean),
        })
    }

    /// What is known of a group's rate; none where groups are not told apart.
    pub fn posterior(&self, hits: u64, trials: u64) -> Option<Beta> {
        let Strength::Trials(strength) = self.strength else {
            return None;
        };
        Some(Beta {
            hits: self.mean * strength + real(hits),
            misses: (1.0 - self.mean) * strength + real(trials.saturating_sub(hits)),
        })
    }

    /// A group's rate drawn towards the whole. Where groups are not told apart it is that of the whole, with Jeffreys'
    /// interval of it (recommended by Brown and others, see [`wilson`](super::wilson)).
    pub fn shrink(&self, hits: u64, trials: u64) -> Shrunk {
        match self.posterior(hits, trials) {
            Some(posterior) => Shrunk {
                mean: posterior.mean(),
                interval: posterior.interval(),
            },
            None => Shrunk {
                mean: self.mean,
                interval: self.jeffreys(),
            },
        }
    }

    fn jeffreys(&self) -> Interval {
        let whole = Beta {
            hits: real(self.hits) + 0.5,
            misses: real(self.trials.saturating_sub(self.hits)) + 0.5,
        };
        let interval = whole.interval();
        Interval {
            low: if self.hits == 0 { 0.0 } else { interval.low },
            high: if self.hits >= self.trials {
                1.0
            } else {
                interval.high
            },
        }
    }
}

/// How much the prior of these groups weighs, none of which is empty.
fn strength(groups: &[(u64, u64)], trials: f64, mean: f64) -> Strength {
    let variance = mean * (1.0 - mean);
    if variance <= 0.0 || groups.len() < 2 {
        return Strength::Whole;
    }
    let spread: f64 = groups
        .iter()
        .map(|&(hits, of)| {
            let difference = real(hits) / real(of) - mean;
            real(of) * difference * difference
        })
        .sum();
    let squares: f64 = groups.iter().map(|&(_, of)| real(of) * real(of)).sum();
    let freedom = real(groups.len() as u64 - 1);
    let chi_squared = spread / variance;
    let room = trials - squares / trials - freedom;
    let in_common = (chi_squared - freedom) / room;
    if room <= 0.0 || in_common <= 0.0 || groups.len() == 2 && chi_squared < TELLS_TWO_APART {
        return Strength::Whole;
    }
    let least = 1.0 / mean.min(1.0 - mean);
    Strength::Trials((1.0 / in_common - 1.0).max(least))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_win_of_two_does_not_top_hundreds() {
        let groups = [(150, 1000), (90, 1000), (40, 1000), (60, 600), (1, 2)];
        let prior = Prior::of(groups).expect("trials");
        assert!(matches!(prior.strength, Strength::Trials(_)));
        let means = groups.map(|(hits, of)| prior.shrink(hits, of).mean);
        assert!(means[4] < means[0], "{means:?}");
        assert!(means[4] > prior.mean, "{means:?}");
    }

    #[test]
    fn the_strength_is_what_the_moments_say() {
        // Worked out by hand: S/pq = 2·100·0.1²/0.16 = 12.5 of three groups, room = 300 − 100 − 2.
        let prior = Prior::of([(10, 100), (20, 100), (30, 100)]).expect("trials");
        let in_common: f64 = (12.5 - 2.0) / 198.0;
        let Strength::Trials(trials) = prior.strength else {
            panic!("the groups differ");
        };
        assert!((trials - (1.0 / in_common - 1.0)).abs() < 1e-9, "{trials}");
        let shrunk = prior.shrink(10, 100);
        let mean = (0.2 * trials + 10.0) / (trials + 100.0);
        assert!((shrunk.mean - mean).abs() < 1e-12);
        assert!(shrunk.interval.low < mean && mean < shrunk.interval.high);
    }

    #[test]
    fn groups_that_differ_by_chance_alone_are_as_good_as_the_whole() {
        let prior = Prior::of([(10, 100), (11, 100), (9, 100), (0, 3)]).expect("trials");
        assert_eq!(prior.strength, Strength::Whole);
        let (small, large) = (prior.shrink(0, 3), prior.shrink(10, 100));
        assert_eq!(small, large);
        assert!((small.mean - 30.0 / 303.0).abs() < 1e-12);
        assert!(small.interval.low > 0.06 && small.interval.high < 0.15);
        assert_eq!(prior.posterior(0, 3), None);
    }

    #[test]
    fn two_groups_are_told_apart_only_where_chance_does_not_explain_them() {
        let strength = |groups: [(u64, u64); 2]| Prior::of(groups).expect("trials").strength;
        assert_eq!(strength([(1, 2), (100, 1000)]), Strength::Whole);
        assert!(matches!(
            strength([(500, 1000), (50, 1000)]),
            Strength::Trials(_)
        ));
    }

    #[test]
    fn tiny_groups_do_not_make_a_prior_of_less_than_a_hit_and_a_miss() {
        let prior = Prior::of([(2, 2), (0, 2), (2, 2), (0, 2), (2, 2)]).expect("trials");
        let Strength::Trials(trials) = prior.strength else {
            panic!("the groups differ");
        };
        assert!((trials - 2.5).abs() < 1e-12, "{trials}");
    }

    #[test]
    fn of_no_trials_nothing_is_known_and_of_none_or_all_hits_there_is_an_interval() {
        assert_eq!(Prior::of([(0, 0)]), None);
        let never = Prior::of([(0, 30), (0, 10), (0, 5)]).expect("trials");
        let shrunk = never.shrink(0, 5);
        assert!(shrunk.mean.abs() < f64::EPSILON && shrunk.interval.low.abs() < f64::EPSILON);
        assert!(shrunk.interval.high > 0.02 && shrunk.interval.high < 0.1);
        let always = Prior::of([(30, 30)]).expect("trials").shrink(30, 30);
        assert!((always.interval.high - 1.0).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn a_shrunk_rate_lies_between_the_groups_own_and_the_whole(
            groups in prop::collection::vec((0_u64..50, 0_u64..200), 1..12),
        ) {
            let groups: Vec<(u64, u64)> = groups.into_iter().map(|(hits, misses)| (hits, hits + misses)).collect();
            if let Some(prior) = Prior::of(groups.iter().copied()) {
                for (hits, of) in groups.into_iter().filter(|group| group.1 > 0) {
                    let own = real(hits) / real(of);
                    let shrunk = prior.shrink(hits, of);
                    let (low, high) = (own.min(prior.mean), own.max(prior.mean));
                    prop_assert!(low - 1e-9 <= shrunk.mean && shrunk.mean <= high + 1e-9);
                    prop_assert!(0.0 <= shrunk.interval.low && shrunk.interval.high <= 1.0);
                    prop_assert!(shrunk.interval.low < shrunk.interval.high);
                }
            }
        }
    }
}
