//! The interval of a share: between which ends it lies, given how many were counted.

use super::{Interval, real};

/// Between minus and plus this lie 95% of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95% Wilson score interval of a share, `hits` of `of`; none of none.
///
/// It is the set of all shares that a normal test at 5% does not reject, without a correction for continuity, so that
/// it never leaves 0 to 1 and holds for few leads as well (Wilson, "Probable inference, the law of succession, and
/// statistical inference", JASA 22, 1927; recommended by Brown, Cai and Das Gupta, "Interval estimation for a binomial
/// proportion", Statistical Science 16, 2001).
pub fn wilson(hits: u64, of: u64) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let trials = real(of);
    let share = real(hits.min(of)) / trials;
    let squared = Z * Z;
    let whole = 1.0 + squared / trials;
    let centre = (share + squared / (2.0 * trials)) / whole;
    let spread = share * (1.0 - share) / trials + squared / (4.0 * trials * trials);
    let half = Z * spread.sqrt() / whole;
    // Rounding must not leave a nought just beside nought.
    Some(Interval {
        low: if hits == 0 { 0.0 } else { centre - half },
        high: if hits >= of { 1.0 } else { centre + half },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(hits: u64, of: u64) -> (f64, f64) {
        let Interval { low, high } = wilson(hits, of).expect("some");
        let round = |end: f64| (end * 10_000.0).round() / 10_000.0;
        (round(low), round(high))
    }

    #[test]
    fn it_is_the_interval_of_the_literature() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I.
        assert_eq!(rounded(81, 263), (0.2553, 0.3662));
        assert_eq!(rounded(15, 148), (0.0624, 0.1605));
        assert_eq!(rounded(0, 20), (0.0, 0.1611));
        assert_eq!(rounded(1, 29), (0.0061, 0.1718));
    }

    #[test]
    fn of_none_there_is_none_and_ends_do_not_leave_the_possible() {
        assert_eq!(wilson(0, 0), None);
        assert!((wilson(0, 3).expect("some").low).abs() < f64::EPSILON);
        assert!((wilson(3, 3).expect("some").high - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn it_holds_the_true_share_about_as_often_as_it_says() {
        for of in [5_u32, 10, 20, 50] {
            let intervals: Vec<Interval> = (0..=of)
                .map(|hits| wilson(u64::from(hits), u64::from(of)).expect("some"))
                .collect();
            let shares = (1..1000).map(|share| f64::from(share) / 1000.0);
            // Each number of hits has its binomial chance, so that nothing is left to luck.
            let held = shares.map(|share| {
                let mut chance = (1.0 - share).powi(of.cast_signed());
                let mut held = 0.0;
                for (hits, interval) in (0_u32..).zip(&intervals) {
                    if interval.low <= share && share <= interval.high {
                        held += chance;
                    }
                    chance *= f64::from(of - hits) / f64::from(hits + 1) * share / (1.0 - share);
                }
                held
            });
            let held: Vec<f64> = held.collect();
            let mean = held.iter().sum::<f64>() / 999.0;
            assert!((mean - 0.95).abs() < 0.01, "{of}: {mean}");
            assert!(held.iter().all(|held| *held > 0.82), "{of}");
        }
    }
}
