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

/// The contributions of all rules for one lead, in the model's order, and what follows from them. The sums are worked
/// out once, when the contributions are known.
#[derive(Debug, Clone)]
pub struct Ledger<'run> {
    model: &'run Model,
    contributions: Vec<Points>,
    /// The sum of each group's rules, before its bounds.
    group_sums: Vec<Points>,
    /// See [`Ledger::sum`].
    sum: Points,
    /// See [`Ledger::total`].
    total: Points,
}

impl<'run> Ledger<'run> {
    /// A ledger in which no rule gives anything.
    pub(crate) fn new(model: &'run Model) -> Self {
        let mut ledger = Self {
            model,
            contributions: Vec::new(),
            group_sums: Vec::new(),
            sum: Points::ZERO,
            total: Points::ZERO,
        };
        ledger.fill(|_| {});
        ledger
    }

    /// Has `give` say what each rule gives, by the rule's number, in place of what the ledger held before.
    pub(super) fn fill(&mut self, give: impl FnOnce(&mut [Points])) {
        let model = self.model;
        self.contributions.resize(model.rules.len(), Points::ZERO);
        give(&mut self.contributions);
        self.group_sums.clear();
        self.group_sums.resize(model.groups.len(), Points::ZERO);
        let mut ungrouped = Points::ZERO;
        for (rule, points) in model.rules.iter().zip(&self.contributions) {
            let sum = rule.group.map(|group| &mut self.group_sums[group]);
            *sum.unwrap_or(&mut ungrouped) += *points;
        }
        let groups = model.groups.iter().zip(&self.group_sums);
        let groups: Points = groups.map(|(bounds, sum)| bounds.bounded(*sum)).sum();
        self.sum = groups + ungrouped;
        self.total = model.score.total(self.sum);
    }

    /// Has the rules give so much, in the model's order.
    #[cfg(test)]
    pub(crate) fn give(&mut self, contributions: &[Points]) {
        self.fill(|given| given.copy_from_slice(contributions));
    }

    /// The model the ledger belongs to.
    pub fn model(&self) -> &'run Model {
        self.model
    }

    /// What each rule gave, bounded by the rule itself, in the model's order.
    pub fn contributions(&self) -> &[Points] {
        &self.contributions
    }

    /// Each rule with what it gave, bounded by the rule itself.
    pub fn rules(&self) -> impl Iterator<Item = (&'run Rule, Points)> {
        self.model
            .rules
            .iter()
            .zip(self.contributions.iter().copied())
    }

    /// The sum of each group's rules, before its bounds.
    pub fn group_sums(&self) -> &[Points] {
        &self.group_sums
    }

    /// The sum of a group's rules, before its bounds.
    pub fn group_sum(&self, group: usize) -> Points {
        self.group_sums.get(group).copied().unwrap_or_default()
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
        self.sum
    }

    /// The sum, or the share it is of what can be reached, held within the score's bounds, not rounded: what leads
    /// are ranked by.
    pub fn total(&self) -> Points {
        self.total
    }

    /// The total rounded half away from zero to the score's decimals: what is shown and compared.
    pub fn score(&self) -> Points {
        self.total.rounded(self.model.score.decimals)
    }

    /// The score and how it comes from the sum.
    pub fn bottom_line(&self) -> BottomLine {
        let scaled = self.model.score.scaled(self.sum);
        let score = self.score();
        BottomLine {
            score,
            scale_change: scaled - self.sum,
            bounds_change: self.total - scaled,
            rounding: score - self.total,
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

    fn ledger<'m>(model: &'m Model, given: &[Points]) -> Ledger<'m> {
        let mut ledger = Ledger::new(model);
        ledger.give(given);
        ledger
    }

    fn points(text: &str) -> Points {
        Points::parse(text).expect("points")
    }

    #[test]
    fn a_group_cuts_then_the_score_cuts_then_it_is_rounded() {
        let model = model();
        let given = [points("8.25"), points("6"), points("15.5")];
        let ledger = ledger(&model, &given);
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
            assert_eq!(ledger(&model, &given).score(), points(score));
        }
    }

    #[test]
    fn bounds_give_as_well_as_take() {
        let model = model();
        let given = [points("-9"), Points::ZERO, points("-9")];
        let ledger = ledger(&model, &given);
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
            let ledger = ledger(&model, &given);
            let rules: Points = ledger.rules().map(|(_, points)| points).sum();
            let changes = ledger.group_change(0) + ledger.bottom_line().bounds_change + ledger.bottom_line().rounding;
            prop_assert_eq!(rules + changes, ledger.score());
        }
    }
}
