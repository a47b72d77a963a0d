//! Chance, from a seed: `SplitMix64` and the few draws the sample needs. Everything is an integer, and a share is in permille,
//! so that the sample comes out byte for byte the same on every machine.

/// A stream of chance (`SplitMix64`, Steele, Lea and Flood 2014).
pub struct Random(u64);

impl Random {
    /// The stream number `number` of `seed`: one for each lead, so that a change to one leaves the others as they were.
    pub fn stream(seed: u64, number: u64) -> Self {
        let mut first = Self(seed ^ number.wrapping_mul(0xA24B_AED4_963E_E407));
        Self(first.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` − 1; 0 for an `n` below 1.
    pub fn below(&mut self, n: i64) -> i64 {
        let wide = u128::from(self.next()) * u128::from(n.max(0).unsigned_abs());
        i64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// A number from a range given as a pair.
    pub fn within(&mut self, (low, high): (i64, i64)) -> i64 {
        self.between(low, high)
    }

    /// The middle of the range is likelier than its ends: the mean of three even draws.
    pub fn bell(&mut self, low: i64, high: i64) -> i64 {
        (self.between(low, high) + self.between(low, high) + self.between(low, high)) / 3
    }

    /// Small numbers are likelier: `low` plus an even draw cubed, so that half the draws fall in the first eighth.
    pub fn skewed(&mut self, low: i64, high: i64) -> i64 {
        let u = self.below(1000);
        low + (high - low) * (u * u / 1000 * u / 1000) / 1000
    }

    /// True in `permille` of a thousand draws.
    pub fn chance(&mut self, permille: i64) -> bool {
        self.below(1000) < permille
    }

    /// One of `choices`, each as likely.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.index(choices.len())]
    }

    /// One of `choices`, as likely as its weight.
    pub fn weighted<'a, T>(&mut self, choices: &'a [(T, i64)]) -> &'a T {
        let total = choices.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (choice, weight) in choices {
            if left < *weight {
                return choice;
            }
            left -= weight;
        }
        &choices[0].0
    }

    /// One of `choices`, as likely as its weight, by value.
    pub fn likely<T: Copy>(&mut self, choices: &[(T, i64)]) -> T {
        *self.weighted(choices)
    }

    /// A place in a list of `length`.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(i64::try_from(length).unwrap_or(i64::MAX))).unwrap_or(0)
    }

    /// A place in a list of `length` whose first places are likelier.
    pub fn early_index(&mut self, length: usize) -> usize {
        let (a, b) = (self.index(length), self.index(length));
        a.min(b)
    }
}
