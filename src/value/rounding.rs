//! The one way this crate rounds: half away from zero, on integers, so that every engine and database agrees.

/// The quotient of two integers of one type, rounded half away from zero.
macro_rules! nearest {
    ($numerator:expr, $denominator:expr) => {{
        let quotient = $numerator / $denominator;
        let remainder = ($numerator % $denominator).abs();
        // `2 * remainder >= denominator`, said so that nothing can overflow.
        if remainder >= $denominator - remainder {
            quotient + $numerator.signum()
        } else {
            quotient
        }
    }};
}

/// `numerator / denominator` rounded to the nearest integer, a half going away from zero.
///
/// ```
/// # use hotlist::value::round_half_away;
/// assert_eq!(round_half_away(5, 2), 3);
/// assert_eq!(round_half_away(-5, 2), -3);
/// assert_eq!(round_half_away(7, 3), 2);
/// ```
///
/// # Panics
/// If `denominator` is zero. It must be positive.
pub fn round_half_away(numerator: i128, denominator: i128) -> i128 {
    debug_assert!(denominator > 0, "a denominator must be positive");
    // Nearly all numbers fit into one machine word, which is divided many times quicker than two.
    if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator))
    {
        return i128::from(nearest!(numerator, denominator));
    }
    nearest!(numerator, denominator)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_less_goes_to_the_nearest() {
        for (numerator, denominator, expected) in [
            (0, 1, 0),
            (1, 2, 1),
            (-1, 2, -1),
            (3, 2, 2),
            (-3, 2, -2),
            (49, 100, 0),
            (-49, 100, 0),
            (50, 100, 1),
            (151, 100, 2),
            (i128::MAX, 1, i128::MAX),
            (i128::MIN + 1, i128::MAX, -1),
        ] {
            assert_eq!(
                round_half_away(numerator, denominator),
                expected,
                "{numerator}/{denominator}"
            );
        }
    }

    proptest! {
        #[test]
        fn it_is_the_textbook_formula_with_the_sign_put_back(a in -1_000_000_000_i128..1_000_000_000, b in 1_i128..100_000) {
            let expected = (2 * a.abs() + b) / (2 * b) * a.signum();
            prop_assert_eq!(round_half_away(a, b), expected);
        }
    }
}
