//! What rules, groups and the sum of all of them can come to at the least and at the most, whatever a contact does:
//! the ends of `scale = "share"`, and what lints compare thresholds with.

use super::group::Group;
use super::rule::{Operand, Rule, RuleSource, Several};
use super::signal::{Measure, Signal};
use crate::value::Points;

/// A range of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The least.
    pub lowest: Points,
    /// The most.
    pub highest: Points,
}

/// The least and the most that something can come to; None where there is no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// The least.
    pub lowest: Option<Points>,
    /// The most.
    pub highest: Option<Points>,
}

impl Ends {
    /// Nothing else than nothing.
    pub const NOTHING: Self = Self {
        lowest: Some(Points::ZERO),
        highest: Some(Points::ZERO),
    };

    /// The range, if it has both ends.
    pub fn closed(self) -> Option<Reach> {
        Some(Reach {
            lowest: self.lowest?,
            highest: self.highest?,
        })
    }

    /// The ends of what can be any of these; of none, nothing.
    pub fn of(points: impl IntoIterator<Item = Points>) -> Self {
        let ends = points.into_iter().fold(None, |ends, points| {
            let (lowest, highest): (Points, Points) = ends.unwrap_or((points, points));
            Some((lowest.min(points), highest.max(points)))
        });
        ends.map_or(Self::NOTHING, |(lowest, highest)| Self {
            lowest: Some(lowest),
            highest: Some(highest),
        })
    }

    /// The ends of what can be any of these or nothing.
    fn among(points: impl IntoIterator<Item = Points>) -> Self {
        Self::of(points.into_iter().chain([Points::ZERO]))
    }

    /// Whether it can be nothing but nothing.
    pub fn is_nothing(self) -> bool {
        self == Self::NOTHING
    }

    /// The ends once values are held within bounds.
    #[must_use]
    pub fn bounded(self, min: Option<Points>, max: Option<Points>) -> Self {
        let hold = |points: Points| super::rule::bounded(points, min, max);
        Self {
            lowest: self.lowest.map(hold).or(min),
            highest: self.highest.map(hold).or(max),
        }
    }

    /// The ends of two sums added up.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let add = |a: Option<Points>, b: Option<Points>| Some(a? + b?);
        Self {
            lowest: add(self.lowest, other.lowest),
            highest: add(self.highest, other.highest),
        }
    }
}

/// What a rule can give. Each rule by itself: that two conditions exclude each other is not considered.
pub fn of_rule(rule: &Rule, signals: &[Signal]) -> Ends {
    if !rule.enabled {
        return Ends::NOTHING;
    }
    let ends = match &rule.source {
        RuleSource::When { points, .. } => Ends::among([*points]),
        RuleSource::PerUnit { of, points } => per_unit(is_never_negative(*of, signals), *points),
        RuleSource::Bands { bands, blank, .. } => {
            let steps = bands.steps.iter().map(|(_, points)| *points);
            Ends::among(steps.chain([*blank]))
        }
        RuleSource::Values {
            values,
            other,
            blank,
            several,
            ..
        } => {
            let alone = values.iter().map(|(_, points)| *points);
            let sums = (*several == Some(Several::Sum)).then(|| {
                let gains = alone.clone().filter(|points| *points > Points::ZERO);
                let costs = alone.clone().filter(|points| *points < Points::ZERO);
                [gains.sum(), costs.sum()]
            });
            let together = sums.into_iter().flatten();
            Ends::among(alone.clone().chain(together).chain([*other, *blank]))
        }
    };
    ends.bounded(rule.min, rule.max)
}

/// What `points` for each unit come to for any number of units.
fn per_unit(never_negative: bool, points: Points) -> Ends {
    if points == Points::ZERO {
        return Ends::NOTHING;
    }
    let (gains, costs) = (points > Points::ZERO, points < Points::ZERO);
    let end = |open: bool| (never_negative && !open).then_some(Points::ZERO);
    Ends {
        lowest: end(costs),
        highest: end(gains),
    }
}

/// Whether a number cannot fall below zero: what is counted, and ages.
fn is_never_negative(of: Operand, signals: &[Signal]) -> bool {
    match of {
        Operand::Column(_) => false,
        Operand::Signal(signal) => !matches!(
            signals[signal].measure,
            Measure::Sum { .. } | Measure::Max { .. } | Measure::Min { .. }
        ),
    }
}

/// What a group can count: its rules together, within its bounds.
pub fn of_group(number: usize, groups: &[Group], rules: &[Rule], signals: &[Signal]) -> Ends {
    let group = &groups[number];
    of_rules(
        rules.iter().filter(|rule| rule.group == Some(number)),
        signals,
    )
    .bounded(group.min, group.max)
}

/// What all groups and ungrouped rules can come to together.
pub fn of_sum(groups: &[Group], rules: &[Rule], signals: &[Signal]) -> Ends {
    let ungrouped = rules.iter().filter(|rule| rule.group.is_none());
    (0..groups.len())
        .map(|number| of_group(number, groups, rules, signals))
        .fold(of_rules(ungrouped, signals), Ends::plus)
}

fn of_rules<'r>(rules: impl Iterator<Item = &'r Rule>, signals: &[Signal]) -> Ends {
    rules
        .map(|rule| of_rule(rule, signals))
        .fold(Ends::NOTHING, Ends::plus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    /// The ends of the sum of a model with these lines, as `lowest..highest`.
    fn ends(lines: &str) -> String {
        let text = format!(
            "[signals]\nopens = {{ event = \"open\" }}\npaid = {{ event = \"pay\", measure = \"sum\", of = \"eur\" }}\n{lines}"
        );
        let model = Model::parse("model.toml", &text).expect("a valid model");
        let ends = of_sum(&model.groups, &model.rules, &model.signals);
        let end = |end: Option<Points>| end.map_or_else(|| "…".to_owned(), |end| end.to_string());
        format!("{}..{}", end(ends.lowest), end(ends.highest))
    }

    fn rule(lines: &str) -> String {
        format!("[[rules]]\nname = \"Any\"\n{lines}\n")
    }

    #[test]
    fn a_condition_gives_its_points_or_none() {
        assert_eq!(ends(&rule("when = \"TRUE\"\npoints = 5")), "0..5");
        assert_eq!(ends(&rule("when = \"TRUE\"\npoints = -5")), "-5..0");
    }

    #[test]
    fn what_is_counted_has_a_lowest_and_needs_a_max() {
        assert_eq!(ends(&rule("signal = \"opens\"\npoints = 2")), "0..…");
        assert_eq!(
            ends(&rule("signal = \"opens\"\npoints = 2\nmax = 10")),
            "0..10"
        );
        assert_eq!(
            ends(&rule("signal = \"opens\"\npoints = -2\nmin = -6")),
            "-6..0"
        );
        assert_eq!(
            ends(&rule("signal = \"opens\"\npoints = 2\nmin = 1\nmax = 10")),
            "1..10"
        );
    }

    #[test]
    fn sums_and_columns_can_be_negative() {
        assert_eq!(
            ends(&rule("signal = \"paid\"\npoints = 2\nmax = 10")),
            "…..10"
        );
        assert_eq!(
            ends(&rule("column = \"x\"\npoints = 2\nmin = 0\nmax = 10")),
            "0..10"
        );
    }

    #[test]
    fn bands_and_values_give_any_of_their_points_or_none() {
        let bands = "column = \"x\"\nbands = [{ from = 1, points = 3 }, { from = 2, points = 7 }]\nblank = -1";
        assert_eq!(ends(&rule(bands)), "-1..7");
        let values = "column = \"x\"\nvalues = { a = 3, b = 4, c = -2 }\nother = -1";
        assert_eq!(ends(&rule(values)), "-2..4");
        assert_eq!(
            ends(&rule(&format!("{values}\nseveral = \"sum\""))),
            "-2..7"
        );
        assert_eq!(
            ends(&rule(&format!("{values}\nseveral = \"max\""))),
            "-2..4"
        );
    }

    #[test]
    fn a_groups_bounds_end_what_its_rules_leave_open() {
        let grouped = rule("group = \"fit\"\nsignal = \"opens\"\npoints = 2");
        assert_eq!(ends(&format!("[groups.fit]\n{grouped}")), "0..…");
        assert_eq!(ends(&format!("[groups.fit]\nmax = 30\n{grouped}")), "0..30");
    }

    #[test]
    fn a_rule_switched_off_gives_nothing() {
        let off = rule("signal = \"opens\"\npoints = 2\nenabled = false");
        assert_eq!(ends(&off), "0..0");
    }
}
