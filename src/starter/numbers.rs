//! Which sign stands before the decimals of an export's numbers, and round figures to make bands of.

use super::facts::{Facts, Numbers};
use super::survey::Survey;
use crate::value::{DecimalSign, read_number};

/// What an export's columns of numbers tell of their decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimals {
    /// The sign to read them with.
    pub sign: DecimalSign,
    /// Whether any number tells it; otherwise it is the usual one.
    pub is_told: bool,
    /// Whether some columns tell the one sign and some the other.
    pub is_mixed: bool,
}

impl Decimals {
    /// The sign of an export's numbers: that of the most cells that tell.
    pub(super) fn of(survey: &Survey) -> Self {
        let columns = survey.columns.iter();
        let numbers = columns.filter(|column| column.facts.holds_numbers());
        let (mut point, mut comma) = (0, 0);
        for column in numbers {
            point += column.facts.numbers.point;
            comma += column.facts.numbers.comma;
        }
        Self {
            sign: if comma > point {
                DecimalSign::Comma
            } else {
                DecimalSign::Point
            },
            is_told: point + comma > 0,
            is_mixed: point > 0 && comma > 0,
        }
    }

    /// Whether a column's numbers can be relied on: most cells are some, and none that tells is of the other sign.
    ///
    /// `1.234` may be a thousand or one and a bit; where no number tells, it is not guessed. `1,234` is a thousand
    /// also by the usual sign.
    pub(super) fn reads(self, facts: &Facts) -> bool {
        let Numbers {
            point,
            comma,
            unsettled_point,
            ..
        } = facts.numbers;
        let other = match self.sign {
            DecimalSign::Point => comma,
            DecimalSign::Comma => point,
        };
        facts.is_share(facts.numbers.all(), 75)
            && !facts.are_most(facts.times.recognised())
            && other == 0
            && (self.is_told || unsettled_point == 0)
    }

    /// Whether a column would hold numbers, were it known what `1.234` means.
    pub(super) fn are_needed(self, facts: &Facts) -> bool {
        facts.holds_numbers() && !self.is_told && facts.numbers.unsettled_point > 0
    }

    /// Whole parts of the numbers in a column's sample, in rising order.
    fn sorted(self, facts: &Facts) -> Vec<i128> {
        let cells = facts.sample.values();
        let numbers = cells.filter_map(|cell| read_number(cell, self.sign));
        let mut whole: Vec<i128> = numbers.map(|n| n.millionths() / 1_000_000).collect();
        whole.sort_unstable();
        whole
    }

    /// The value that `percent` of the different values in a column do not reach, rounded down to a round figure.
    pub(super) fn quantile(self, facts: &Facts, percent: usize) -> Option<u64> {
        let sorted = self.sorted(facts);
        let at = sorted.len().checked_sub(1)? * percent / 100;
        u64::try_from(sorted[at]).ok().map(round_down)
    }
}

/// The largest round figure (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8 and 9 times a power of ten) not above a value.
pub(super) fn round_down(value: u64) -> u64 {
    const FIGURES: [u64; 11] = [10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90];
    if value < 10 {
        return value;
    }
    // A value of two digits stands for itself.
    let mut power = 1;
    while value / power >= 100 {
        power *= 10;
    }
    let fits = |figure: &&u64| **figure <= value / power;
    FIGURES
        .iter()
        .rfind(fits)
        .map_or(value, |figure| figure * power)
}

#[cfg(test)]
mod tests {
    use super::super::facts::Examiner;
    use super::super::survey::Column;
    use super::*;

    fn survey(columns: &[&[&str]]) -> Survey {
        let columns = columns.iter().map(|cells| {
            let mut facts = Facts::default();
            for (cell, row) in cells.iter().zip(0..) {
                Examiner::new().note(cell, row, &mut facts);
            }
            Column {
                header: String::new(),
                snake: String::new(),
                words: Vec::new(),
                folded: String::new(),
                is_only: true,
                is_everywhere: true,
                facts,
            }
        });
        Survey {
            columns: columns.collect(),
            ..Survey::default()
        }
    }

    #[test]
    fn one_column_that_tells_settles_the_sign_for_all() {
        let survey = survey(&[&["12.500", "8.000"], &["7,5%", "5%"]]);
        let decimals = Decimals::of(&survey);
        assert_eq!(
            (decimals.sign, decimals.is_told),
            (DecimalSign::Comma, true)
        );
        assert!(
            survey
                .columns
                .iter()
                .all(|column| decimals.reads(&column.facts))
        );
        assert_eq!(
            decimals.quantile(&survey.columns[0].facts, 100),
            Some(10_000)
        );
    }

    #[test]
    fn thousands_with_a_point_are_not_guessed() {
        let survey = survey(&[&["250.000", "300.000"], &["1,500", "20"]]);
        let decimals = Decimals::of(&survey);
        assert!(!decimals.is_told);
        assert!(!decimals.reads(&survey.columns[0].facts));
        assert!(decimals.are_needed(&survey.columns[0].facts));
        assert!(decimals.reads(&survey.columns[1].facts));
    }

    #[test]
    fn a_column_of_the_other_sign_is_not_relied_on() {
        let survey = survey(&[&["1,5", "2,5", "3,5"], &["52.1", "52.3"]]);
        let decimals = Decimals::of(&survey);
        assert!(decimals.is_mixed);
        assert!(decimals.reads(&survey.columns[0].facts));
        assert!(!decimals.reads(&survey.columns[1].facts));
    }

    #[test]
    fn figures_are_rounded_down() {
        for (value, round) in [
            (0, 0),
            (7, 7),
            (14, 10),
            (99, 90),
            (347_000, 300_000),
            (1_600_000, 1_500_000),
        ] {
            assert_eq!(round_down(value), round, "{value}");
        }
        assert_eq!(round_down(u64::MAX), 15_000_000_000_000_000_000);
    }
}
