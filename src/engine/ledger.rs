//! The ledger of a lead: what each rule gave, what each group's bounds took, what the score's bounds and the rounding
//! changed. Its entries sum exactly to the score, and every view of a score is a view of it.

use crate::model::{Model, Rule};
use crate::value::Points;

/// The end of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BottomLine {
    /// See [`Ledger::score`].
    pub score: Points,
    /// What taking the share of what can be reached gave or took.
    pub scale_change: Points,
    /// What the score's bounds gave or took.
    pub bounds_change: Points,
    /// What the rounding gave or took.
    pub rounding: Points,
}

/// The contributions of all rules for one lead, in the model's order, and what follows from them.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'run> {
    model: &'run Model,
    contributions: &'run [Points],
}

impl<'run> Ledger<'run> {
    pub(crate) fn new(model: &'run Model, contributions: &'run [Points]) -> Self {
        Self {
            model,
            contributions,
        }
    }

    /// The model the ledger belongs to.
    pub fn model(&self) -> &'run Model {
        self.model
    }

    /// Each rule with what it gave, bounded by the rule itself.
    pub fn rules(&self) -> impl Iterator<Item = (&'run Rule, Points)> + use<'run> {
        self.model
            .rules
            .iter()
            .zip(self.contributions.iter().copied())
    }

    /// The sum of a group's rules, before its bounds.
    pub fn group_sum(&self, group: usize) -> Points {
        self.rules()
            .filter(|(rule, _)| rule.group == Some(group))
            .map(|(_, points)| points)
            .sum()
    }

    /// What a group counts: its sum held within its bounds.
    pub fn group(&self, group: usize) -> Points {
        let Some(bounds) = self.model.groups.get(group) else {
            return Points::ZERO;
        };
        bounds.bounded(self.group_sum(group))
    }

    /// What a group's bounds gave or, below zero, took.
    pub fn group_change(&self, group: usize) -> Points {
        let sum = self.group_sum(group);
        self.model.groups[group].bounded(sum) - sum
    }

    /// Groups and ungrouped rules together, before the score's bounds.
    pub fn sum(&self) -> Points {
        let groups: Points = (0..self.model.groups.len())
            .map(|group| self.group(group))
            .sum();
        let ungrouped: Points = self
            .rules()
            .filter(|(rule, _)| rule.group.is_none())
            .map(|(_, points)| points)
            .sum();
        groups + ungrouped
    }

    /// The sum, or the share it is of what can be reached, held within the score's bounds, not rounded: what leads
    /// are ranked by.
    pub fn total(&self) -> Points {
        self.model.score.total(self.sum())
    }

    /// The total rounded half away from zero to the score's decimals: what is shown and compared.
    pub fn score(&self) -> Points {
        self.total().rounded(self.model.score.decimals)
    }

    /// The score and how it comes from the sum, worked out once.
    pub fn bottom_line(&self) -> BottomLine {
        let sum = self.sum();
        let scaled = self.model.score.scaled(sum);
        let total = self.model.score.bounded(scaled);
        let score = total.rounded(self.model.score.decimals);
        BottomLine {
            score,
            scale_change: scaled - sum,
            bounds_change: total - scaled,
            rounding: score - total,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two rules in a group of at most 10, one ungrouped; scores from −5 to 20 with one decimal.
    fn model() -> Model {
        let rule = |name: &str, group: &str| {
            format!("[[rules]]\nname = \"{name}\"\n{group}when = \"TRUE\"\npoints = 1\n")
        };
        let text = format!(
            "[groups.fit]\nmin = -4\nmax = 10\n{}{}{}[score]\nmin = -5\nmax = 20\ndecimals = 1\n\
             [temperatures.all]\nfrom = -5\n",
            rule("A", "group = \"fit\"\n"),
            rule("B", "group = \"fit\"\n"),
            rule("C", ""),
        );
        Model::parse("model.toml", &text).expect("a valid model")
    }

    fn points(text: &str) -> Points {
        Points::parse(text).expect("points")
    }

    #[test]
    fn a_group_cuts_then_the_score_cuts_then_it_is_rounded() {
        let model = model();
        let given = [points("8.25"), points("6"), points("15.5")];
        let ledger = Ledger::new(&model, &given);
        assert_eq!(ledger.group_sum(0), points("14.25"));
        assert_eq!(
            (ledger.group(0), ledger.group_change(0)),
            (points("10"), points("-4.25"))
        );
        assert_eq!(ledger.sum(), points("25.5"));
        assert_eq!(
            (ledger.total(), ledger.bottom_line().bounds_change),
            (points("20"), points("-5.5"))
        );
        assert_eq!(
            (ledger.score(), ledger.bottom_line().rounding),
            (points("20"), Points::ZERO)
        );
    }

    #[test]
    fn the_score_is_rounded_half_away_from_zero() {
        let model = model();
        for (given, score) in [("0.25", "0.3"), ("0.249", "0.2"), ("-0.25", "-0.3")] {
            let given = [points(given), Points::ZERO, Points::ZERO];
            assert_eq!(Ledger::new(&model, &given).score(), points(score));
        }
    }

    #[test]
    fn bounds_give_as_well_as_take() {
        let model = model();
        let given = [points("-9"), Points::ZERO, points("-9")];
        let ledger = Ledger::new(&model, &given);
        assert_eq!(ledger.group_change(0), points("5"));
        assert_eq!(ledger.bottom_line().bounds_change, points("8"));
        assert_eq!(ledger.score(), points("-5"));
    }

    proptest! {
        #[test]
        fn rules_and_changes_sum_exactly_to_the_score(given in prop::array::uniform3(-40_000..40_000_i64)) {
            let model = model();
            let given = given.map(|thousandths| {
                let sign = if thousandths < 0 { "-" } else { "" };
                let size = thousandths.unsigned_abs();
                points(&format!("{sign}{}.{:03}", size / 1000, size % 1000))
            });
            let ledger = Ledger::new(&model, &given);
            let rules: Points = ledger.rules().map(|(_, points)| points).sum();
            let changes = ledger.group_change(0) + ledger.bottom_line().bounds_change + ledger.bottom_line().rounding;
            prop_assert_eq!(rules + changes, ledger.score());
        }
    }
}
