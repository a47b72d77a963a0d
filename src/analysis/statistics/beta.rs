//! The beta distribution: what is known of a rate.

use special::Beta as _;

use super::Interval;

/// What is known of a rate, as if `hits` hits and `misses` misses, or parts of such, had been seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    /// The first parameter, above 0.
    pub hits: f64,
    /// The second parameter, above 0.
    pub misses: f64,
}

impl Beta {
    /// The mean.
    pub fn mean(self) -> f64 {
        self.hits / (self.hits + self.misses)
    }

    /// The rate below which it lies with a probability.
    pub fn quantile(self, probability: f64) -> f64 {
        let ln_beta = self.hits.ln_beta(self.misses);
        probability.inv_inc_beta(self.hits, self.misses, ln_beta)
    }

    /// The middle 95%.
    pub fn interval(self) -> Interval {
        Interval {
            low: self.quantile(0.025),
            high: self.quantile(0.975),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    #[test]
    fn quantiles_are_those_known_in_closed_form() {
        let uniform = Beta {
            hits: 1.0,
            misses: 1.0,
        };
        assert!(is_near(uniform.quantile(0.3), 0.3));
        let cubed = Beta {
            hits: 3.0,
            misses: 1.0,
        };
        assert!(is_near(cubed.quantile(0.125), 0.5));
        let many = Beta {
            hits: 1.0,
            misses: 1000.0,
        };
        assert!(is_near(many.quantile(0.5), 1.0 - 0.5_f64.powf(0.001)));
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_probability_below_it(
            hits in 0_u32..100_000, misses in 0_u32..100_000, part in 0_u32..100, permille in 5_u32..995,
        ) {
            let beta = Beta {
                hits: f64::from(hits) + 1.0 + f64::from(part) / 100.0,
                misses: f64::from(misses) + 1.0,
            };
            let probability = f64::from(permille) / 1000.0;
            let rate = beta.quantile(probability);
            prop_assert!((0.0..=1.0).contains(&rate));
            let below = rate.inc_beta(beta.hits, beta.misses, beta.hits.ln_beta(beta.misses));
            prop_assert!((below - probability).abs() < 1e-6, "{below} for {probability}");
        }
    }
}
