//! Rates that never fall as a score rises.

/// A rate as the hits and trials it is made of, so that sums of it stay exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many hits.
    pub hits: u64,
    /// Of how many trials; never 0.
    pub of: u64,
}

impl Rate {
    /// Whether it is at least as high as another.
    fn is_at_least(self, other: Self) -> bool {
        let cross = |hits: u64, of: u64| u128::from(hits) * u128::from(of);
        cross(self.hits, other.of) >= cross(other.hits, self.of)
    }
}

/// The rates of groups, in the order in which they must not fall, that fit their hits best: isotonic regression.
///
/// Neighbours that fall are pooled until none is left, which gives the fit of most likelihood (Ayer, Brunk, Ewing, Reid
/// and Silverman, "An empirical distribution function for sampling with incomplete information", Annals of Mathematical
/// Statistics 26, 1955; Barlow, Bartholomew, Bremner and Brunk, "Statistical inference under order restrictions", 1972).
/// Each pool has the rate of its groups together, so that the fitted rates add up to exactly the hits.
///
/// Gives a rate for each group; groups are their hits and trials, none of them without trials.
pub fn isotonic(groups: &[Rate]) -> Vec<Rate> {
    let mut pools: Vec<(Rate, usize)> = Vec::new();
    for &group in groups {
        let (mut rate, mut count) = (group, 1);
        while let Some((before, groups)) = pools.pop_if(|(before, _)| before.is_at_least(rate)) {
            rate = Rate {
                hits: rate.hits + before.hits,
                of: rate.of + before.of,
            };
            count += groups;
        }
        pools.push((rate, count));
    }
    let pools = pools.into_iter();
    pools
        .flat_map(|(rate, count)| std::iter::repeat_n(rate, count))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::real;
    use super::*;

    fn rates(groups: &[(u64, u64)]) -> Vec<Rate> {
        let groups = groups.iter();
        groups.map(|&(hits, of)| Rate { hits, of }).collect()
    }

    #[test]
    fn neighbours_that_fall_are_pooled() {
        let fit = isotonic(&rates(&[(1, 10), (4, 10), (2, 10), (3, 5), (9, 10)]));
        assert_eq!(fit, rates(&[(1, 10), (6, 20), (6, 20), (3, 5), (9, 10)]));
    }

    #[test]
    fn rates_that_only_fall_become_one() {
        let fit = isotonic(&rates(&[(3, 4), (2, 4), (0, 2)]));
        assert_eq!(fit, rates(&[(5, 10), (5, 10), (5, 10)]));
    }

    proptest! {
        #[test]
        fn the_fit_never_falls_and_keeps_the_sum(
            groups in prop::collection::vec((0_u64..20, 0_u64..20), 0..40),
        ) {
            let groups: Vec<(u64, u64)> = groups.into_iter().map(|(hits, misses)| (hits, hits + misses + 1)).collect();
            let fit = isotonic(&rates(&groups));
            prop_assert_eq!(fit.len(), groups.len());
            prop_assert!(fit.is_sorted_by(|a, b| b.is_at_least(*a)));
            let hits: u64 = groups.iter().map(|group| group.0).sum();
            let fitted: f64 = fit.iter().zip(&groups).map(|(rate, group)| real(rate.hits) / real(rate.of) * real(group.1)).sum();
            prop_assert!((fitted - real(hits)).abs() < 1e-6);
        }

        #[test]
        fn no_other_rates_that_never_fall_fit_better(
            groups in prop::collection::vec((0_u64..5, 1_u64..5), 1..6),
            others in prop::collection::vec(0_u32..=100, 6),
        ) {
            let groups: Vec<(u64, u64)> = groups.into_iter().map(|(hits, more)| (hits, hits + more)).collect();
            let mut others = others;
            others.sort_unstable();
            let squares = |rates: &[f64]| -> f64 {
                let each = rates.iter().zip(&groups);
                each.map(|(rate, &(hits, of))| real(of) * (real(hits) / real(of) - rate).powi(2)).sum()
            };
            let fit: Vec<f64> = isotonic(&rates(&groups)).iter().map(|rate| real(rate.hits) / real(rate.of)).collect();
            let others: Vec<f64> = others.into_iter().take(groups.len()).map(|percent| f64::from(percent) / 100.0).collect();
            prop_assert!(squares(&fit) <= squares(&others) + 1e-9);
        }
    }
}
