//! What a model's rules, groups and score can come to at the least and at the most, whatever the exports hold.
//!
//! The bounds are safe, not tight: what they leave out cannot be, what they contain may still never be, because two
//! conditions exclude each other or because nobody does so much.

use crate::model::reach::Ends;
use crate::model::{
    Decay, FULL_WEIGHT, Limit, Measure, Model, Operand, Period, Rule, RuleSource, Several, Signal,
};
use crate::value::{Number, Points};

/// The extents of a model.
#[derive(Debug)]
pub(super) struct Reach {
    /// What each rule can give.
    pub rules: Vec<Ends>,
    /// What the rules of each group can give together, before the group's bounds.
    pub group_sums: Vec<Ends>,
    /// What each group can count.
    pub groups: Vec<Ends>,
    /// Groups and ungrouped rules together.
    pub sum: Ends,
    /// The score as it is shown, without overrides.
    pub score: (Points, Points),
    /// What each signal can be, and whether it can be unknown.
    pub signals: Vec<Range>,
}

/// The values of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    /// The least.
    pub low: Option<Number>,
    /// The most.
    pub high: Option<Number>,
    /// Whether it can be unknown.
    pub nullable: bool,
}

impl Range {
    /// Any number, or none.
    pub(super) const ANY: Self = Self {
        low: None,
        high: None,
        nullable: true,
    };
}

impl Reach {
    pub(super) fn of(model: &Model) -> Self {
        let signals: Vec<Range> = model.signals.iter().map(range).collect();
        let rules: Vec<Ends> = model
            .rules
            .iter()
            .map(|rule| extent(rule, &signals))
            .collect();
        let together = |group: Option<usize>| {
            let members = model.rules.iter().zip(&rules);
            members
                .filter(|(rule, _)| rule.group == group)
                .fold(Ends::NOTHING, |sum, (_, extent)| sum.plus(*extent))
        };
        let group_sums: Vec<Ends> = (0..model.groups.len())
            .map(|group| together(Some(group)))
            .collect();
        let groups: Vec<Ends> = group_sums
            .iter()
            .zip(&model.groups)
            .map(|(sum, group)| sum.bounded(group.min, group.max))
            .collect();
        let sum = groups
            .iter()
            .fold(together(None), |sum, group| sum.plus(*group));
        let shown = |end: Option<Points>, otherwise: Points| {
            end.map_or(otherwise, |sum| model.score.total(sum))
                .rounded(model.score.decimals)
        };
        let score = (
            shown(sum.lowest, model.score.min),
            shown(sum.highest, model.score.max),
        );
        Self {
            rules,
            group_sums,
            groups,
            sum,
            score,
            signals,
        }
    }
}

fn extent(rule: &Rule, signals: &[Range]) -> Ends {
    if !rule.enabled {
        return Ends::NOTHING;
    }
    let given = match &rule.source {
        RuleSource::When { points, .. } => Ends::of([Points::ZERO, *points]),
        RuleSource::PerUnit { of, points } => {
            let range = match of {
                Operand::Signal(signal) => signals[*signal],
                Operand::Column(_) => Range::ANY,
            };
            per_unit(*points, range)
        }
        RuleSource::Bands { bands, blank, .. } => {
            let steps = bands.steps.iter().map(|(_, points)| *points);
            Ends::of(steps.chain([*blank, Points::ZERO]))
        }
        RuleSource::Values {
            values,
            other,
            blank,
            several,
            ..
        } => {
            let single = values.iter().map(|(_, points)| *points);
            let mut extent = Ends::of(single.clone().chain([*other, *blank]));
            if *several == Some(Several::Sum) {
                // All that add, or all that take, in one cell.
                let (gains, costs): (Vec<Points>, Vec<Points>) =
                    single.partition(|points| *points > Points::ZERO);
                extent = Ends {
                    lowest: extent.lowest.map(|least| least.min(costs.iter().sum())),
                    highest: extent.highest.map(|most| most.max(gains.iter().sum())),
                };
            }
            extent
        }
    };
    given.bounded(rule.min, rule.max)
}

/// So many points for each unit of a number; unknown gives nothing.
fn per_unit(points: Points, range: Range) -> Ends {
    if points == Points::ZERO {
        return Ends::NOTHING;
    }
    let at = |units: Option<Number>| units.map(|units| points.for_units(units));
    let (mut lowest, mut highest) = (at(range.low), at(range.high));
    if points < Points::ZERO {
        (lowest, highest) = (highest, lowest);
    }
    Ends {
        lowest: lowest.map(|lowest| lowest.min(Points::ZERO)),
        highest: highest.map(|highest| highest.max(Points::ZERO)),
    }
}

/// What a signal can be.
fn range(signal: &Signal) -> Range {
    let from_nothing = |high: Option<Number>, nullable: bool| Range {
        low: Some(Number::ZERO),
        high,
        nullable,
    };
    let days = |days: u32| Number::integer(i64::from(days));
    match &signal.measure {
        Measure::Count { decay, limit, .. } => {
            let most = limit.and_then(|limit| most_counted(signal.within, limit, decay.as_ref()));
            from_nothing(most, false)
        }
        Measure::Distinct { .. } => from_nothing(None, false),
        Measure::ActiveDays { .. } => from_nothing(signal.within.map(days), false),
        Measure::Sum { .. } => Range {
            nullable: false,
            ..Range::ANY
        },
        Measure::Max { .. } | Measure::Min { .. } => Range::ANY,
        Measure::DaysSinceLast { .. } | Measure::DaysSinceFirst { .. } => {
            from_nothing(signal.within.map(|within| days(within - 1)), true)
        }
        Measure::Response { .. } => from_nothing(None, true),
    }
}

/// The most that events limited for each day can count within a window: as many each day, at that day's weight. A
/// longer period is not worked out, because it need not begin with the window.
fn most_counted(within: Option<u32>, limit: Limit, decay: Option<&Decay>) -> Option<Number> {
    if limit.per != Period::Day {
        return None;
    }
    let weights: i128 = (0..within?)
        .map(|age| i128::from(decay.map_or(FULL_WEIGHT, |decay| decay.weight(age))))
        .sum();
    Some(Number::from_millionths(weights * i128::from(limit.max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(text: &str) -> Reach {
        Reach::of(&Model::parse("model.toml", text).expect("a valid model"))
    }

    fn points(lowest: i64, highest: i64) -> Ends {
        Ends {
            lowest: Some(Points::whole(lowest)),
            highest: Some(Points::whole(highest)),
        }
    }

    #[test]
    fn a_rule_gives_its_points_or_nothing() {
        let reach = reach(
            "[[rules]]\nname = \"a\"\nwhen = \"x\"\npoints = -5\n\
             [[rules]]\nname = \"b\"\ncolumn = \"y\"\nbands = [{ from = 1, points = 3 }, { from = 5, points = 8 }]\nblank = -2\n\
             [[rules]]\nname = \"c\"\ncolumn = \"z\"\nvalues = { q = 4 }\nother = 1\nblank = 2\n",
        );
        assert_eq!(reach.rules, [points(-5, 0), points(-2, 8), points(1, 4)]);
        assert_eq!(reach.sum, points(-6, 12));
        assert_eq!(reach.score, (Points::ZERO, Points::whole(12)));
    }

    #[test]
    fn points_for_each_unit_have_an_end_where_the_rule_or_the_signal_has_one() {
        let reach = reach(
            "[signals]\na = { event = \"x\" }\nb = { event = \"x\", measure = \"active_days\", within = \"10 days\" }\n\
             c = { event = \"x\", within = \"4 days\", limit = { per = \"day\", max = 3 } }\n\
             [[rules]]\nname = \"a\"\nsignal = \"a\"\npoints = 2\n\
             [[rules]]\nname = \"a bounded\"\nsignal = \"a\"\npoints = 2\nmax = 9\n\
             [[rules]]\nname = \"b\"\nsignal = \"b\"\npoints = -2\n\
             [[rules]]\nname = \"c\"\nsignal = \"c\"\npoints = 1.5\n",
        );
        assert_eq!(reach.rules[0].lowest, Some(Points::ZERO));
        assert_eq!(reach.rules[0].highest, None);
        assert_eq!(
            reach.rules[1..],
            [points(0, 9), points(-20, 0), points(0, 18)]
        );
        assert_eq!(reach.sum.highest, None);
        assert_eq!(reach.score, (Points::ZERO, Points::whole(100)));
    }

    #[test]
    fn a_group_holds_its_rules_within_its_bounds() {
        let reach = reach(
            "[groups.g]\nmin = 1\nmax = 10\n\
             [[rules]]\nname = \"a\"\ngroup = \"g\"\nwhen = \"x\"\npoints = 30\n\
             [[rules]]\nname = \"b\"\ngroup = \"g\"\nwhen = \"y\"\npoints = 5\nenabled = false\n",
        );
        assert_eq!(reach.group_sums, [points(0, 30)]);
        assert_eq!(reach.groups, [points(1, 10)]);
    }
}
