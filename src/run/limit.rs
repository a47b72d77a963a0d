//! Limits as people give them: a number of rows, or a share of them in percent.

use std::fmt;

/// So many rows, or such a share of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many.
    Rows(u64),
    /// A share in millionths.
    Share(u64),
}

/// Millionths in one percent.
const PERCENT: u64 = 10_000;

impl Limit {
    /// None at all.
    pub const NONE: Self = Self::Rows(0);

    /// Reads `25`, `2%` or `0.5%`; None where it is neither a number nor a share up to 100%.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(percent) = text.strip_suffix('%') else {
            return is_digits(text)
                .then(|| text.parse().ok())
                .flatten()
                .map(Self::Rows);
        };
        let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
        if !is_digits(whole) || !is_digits(fraction) || fraction.len() > 4 {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        let fraction: u64 = format!("{fraction:0<4}").parse().ok()?;
        let share = whole.checked_mul(PERCENT)?.checked_add(fraction)?;
        (share <= 100 * PERCENT).then_some(Self::Share(share))
    }

    /// Whether `count` of `all` rows are within it.
    pub fn allows(self, count: u64, all: u64) -> bool {
        match self {
            Self::Rows(rows) => count <= rows,
            Self::Share(share) => {
                u128::from(count) * u128::from(100 * PERCENT) <= u128::from(all) * u128::from(share)
            }
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Limit {
    /// As it is given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(rows) => write!(f, "{rows}"),
            Self::Share(share) => {
                let (whole, fraction) = (share / PERCENT, share % PERCENT);
                let fraction = format!(".{fraction:04}");
                let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
                write!(f, "{whole}{fraction}%")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_written_alike() {
        for text in ["0", "25", "0%", "2%", "0.5%", "33.3333%", "100%"] {
            let limit = Limit::parse(text).unwrap();
            assert_eq!(limit.to_string(), text);
        }
        assert_eq!(Limit::parse("2%"), Some(Limit::Share(20_000)));
    }

    #[test]
    fn what_is_no_limit_is_not_read() {
        for text in [
            "",
            "%",
            "-1",
            "+1",
            "1.5",
            "101%",
            "1.%",
            ".5%",
            "1.00001%",
            "1 %",
            "many",
            "99999999999999999999",
        ] {
            assert_eq!(Limit::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_exact_at_its_edge() {
        let half = Limit::parse("0.5%").unwrap();
        assert!(half.allows(5, 1000));
        assert!(!half.allows(6, 1000) && !half.allows(1, 199));
        assert!(half.allows(0, 0) && half.allows(u64::MAX / 200, u64::MAX));
        assert!(Limit::Rows(3).allows(3, 3) && !Limit::Rows(3).allows(4, 1_000_000));
    }
}
