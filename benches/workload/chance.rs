//! Numbers that look like chance and are the same every time.

/// Chance, from a seed: `SplitMix64` (Steele, Lea and Flood 2014).
pub struct Chance(u64);

impl Chance {
    /// The stream of one thing among many, so that it can be made again without the others.
    pub fn of(seed: u64, number: u64) -> Self {
        let mut first = Self(seed ^ number.wrapping_mul(0xA24B_AED4_963E_E407));
        Self(first.next())
    }

    /// 64 even bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to one less than `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(n)) >> 64).unwrap_or(0)
    }

    /// Eight even bits.
    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[7]
    }

    /// One of these, each as likely.
    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let place = self.below(u64::try_from(choices.len()).unwrap_or(1));
        choices[usize::try_from(place).unwrap_or(0)]
    }
}
