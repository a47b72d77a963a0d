//! The ledger of a lead: what each rule gave, what each group's bounds took, what the score's bounds and the rounding
//! changed. Its entries sum exactly to the score, and every view of a score is a view of it.

use crate::model::{Model, Rule};
use crate::value::Points;

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

    /// What a rule gave, by its place in the model.
    pub fn rule(&self, rule: usize) -> Points {
        self.contributions[rule]
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
        self.group(group) - self.group_sum(group)
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

    /// The sum held within the score's bounds, not rounded: what leads are ranked by.
    pub fn total(&self) -> Points {
        self.model.score.bounded(self.sum())
    }

    /// The total rounded half away from zero to the score's decimals: what is shown and compared.
    pub fn score(&self) -> Points {
        self.total().rounded(self.model.score.decimals)
    }

    /// What the score's bounds gave or took.
    pub fn bounds_change(&self) -> Points {
        self.total() - self.sum()
    }

    /// What the rounding gave or took.
    pub fn rounding(&self) -> Points {
        self.score() - self.total()
    }
}
