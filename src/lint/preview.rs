//! What scores and temperatures would be handed out, and how far each rule reaches: numbers to look at before anybody
//! else sees them.

use serde::Serialize;

use super::Observed;
use crate::value::{Points, round_half_away};

/// A preview of a model over exports.
#[derive(Debug, Serialize)]
pub struct Preview {
    /// How many leads there are that are not disqualified; all other counts are of these.
    pub leads: u64,
    /// How many leads are disqualified.
    pub disqualified: u64,
    /// The instant looked back from.
    pub as_of: String,
    /// Name, version and fingerprint of the model.
    pub model: String,
    /// How many leads have each temperature, the hottest first.
    pub temperatures: Vec<Share>,
    /// How the scores are distributed.
    pub scores: Scores,
    /// What each rule gives, in the model's order.
    pub rules: Vec<RuleReach>,
    /// How many leads each group's `max` cuts, in the model's order.
    pub groups: Vec<Capped>,
}

/// So many leads of all.
#[derive(Debug, Serialize)]
pub struct Share {
    /// The temperature.
    pub name: String,
    /// How many leads.
    pub leads: u64,
    /// Their share of all, from 0 to 1, to four decimals.
    #[serde(rename = "share")]
    pub of_all: f64,
}

/// The distribution of scores.
#[derive(Debug, Serialize)]
pub struct Scores {
    /// The middle one; of two middle ones the lower. None without leads.
    pub median: Option<Points>,
    /// The mean, to three decimals.
    pub mean: Option<Points>,
    /// Ranges of scores, the lowest first.
    pub bins: Vec<Bin>,
}

/// A range of scores.
#[derive(Debug, Serialize)]
pub struct Bin {
    /// Its lower end, included.
    pub from: Points,
    /// Its upper end: left out, but for the last range.
    pub to: Points,
    /// How many leads have such a score.
    pub leads: u64,
}

/// What a rule gives.
#[derive(Debug, Serialize)]
pub struct RuleReach {
    /// The rule's id.
    pub rule: String,
    /// Its name.
    pub label: String,
    /// The group it counts in.
    pub group: Option<String>,
    /// Whether it counts at all.
    pub enabled: bool,
    /// How many leads it gives points to, or takes points from.
    pub leads: u64,
    /// Their share of all.
    pub share: f64,
    /// What it gives these on average, to three decimals.
    pub mean: Points,
    /// The least it gives one of these.
    pub lowest: Points,
    /// The most it gives one of these.
    pub highest: Points,
}

/// How many leads a group's `max` cuts.
#[derive(Debug, Serialize)]
pub struct Capped {
    /// The group's name.
    pub group: String,
    /// What readers see.
    pub label: String,
    /// The most it may count.
    pub max: Option<Points>,
    /// How many leads are cut.
    pub leads: u64,
    /// Their share of all.
    pub share: f64,
}

impl Preview {
    pub(super) fn of(observed: &Observed<'_>) -> Self {
        let plan = observed.run.ranking.scoring().plan();
        let model = &plan.model;
        let tally = &observed.tally;
        let leads = observed.leads();
        Self {
            leads,
            disqualified: observed.run.ranking.disqualified() as u64,
            as_of: plan.as_of.write(&model.zone),
            model: model.title(),
            temperatures: tally
                .mix
                .iter()
                .map(|(name, count)| Share {
                    name: name.clone(),
                    leads: *count,
                    of_all: share(*count, leads),
                })
                .collect(),
            scores: Scores {
                median: tally.scores.get(tally.scores.len() / 2).copied(),
                mean: mean(
                    tally
                        .scores
                        .iter()
                        .map(|score| i128::from(score.thousandths()))
                        .sum(),
                    leads,
                ),
                bins: bins(&tally.scores, model.score.min, model.score.max),
            },
            rules: model
                .rules
                .iter()
                .zip(&tally.rules)
                .map(|(rule, reach)| RuleReach {
                    rule: rule.id.clone(),
                    label: rule.name.clone(),
                    group: rule.group.map(|group| model.groups[group].name.clone()),
                    enabled: rule.enabled,
                    leads: reach.leads,
                    share: share(reach.leads, leads),
                    mean: mean(reach.sum, reach.leads).unwrap_or_default(),
                    lowest: reach.lowest,
                    highest: reach.highest,
                })
                .collect(),
            groups: model
                .groups
                .iter()
                .zip(&tally.capped)
                .map(|(group, capped)| Capped {
                    group: group.name.clone(),
                    label: group.label.clone(),
                    max: group.max,
                    leads: *capped,
                    share: share(*capped, leads),
                })
                .collect(),
        }
    }
}

/// `part` of `all`, from 0 to 1, to four decimals.
pub(super) fn share(part: u64, all: u64) -> f64 {
    if all == 0 {
        return 0.0;
    }
    let in_ten_thousand = round_half_away(i128::from(part) * 10_000, i128::from(all));
    #[expect(clippy::cast_precision_loss, reason = "at most 10,000")]
    let share = in_ten_thousand as f64 / 10_000.0;
    share
}

/// A sum of thousandths divided among so many.
fn mean(thousandths: i128, count: u64) -> Option<Points> {
    if count == 0 {
        return None;
    }
    let mean = round_half_away(thousandths, i128::from(count));
    i64::try_from(mean).ok().map(Points::from_thousandths)
}

/// Ranges of 10, or of another round number where that gives too many or too few.
fn width(range: i64) -> i64 {
    const MOST: i64 = 20;
    if (50_000..=200_000).contains(&range) {
        return 10_000;
    }
    let mut unit = 1;
    loop {
        for width in [unit, unit * 2, unit * 5] {
            if range / width <= MOST {
                return width;
            }
        }
        unit *= 10;
    }
}

/// The scores, the highest first, in ranges of equal width.
fn bins(scores: &[Points], min: Points, max: Points) -> Vec<Bin> {
    let (low, high) = (min.thousandths(), max.thousandths());
    let width = width(high - low);
    let first = low.div_euclid(width);
    // The highest score belongs to the range below it.
    let last = (high - 1).div_euclid(width);
    let mut bins: Vec<Bin> = (first..=last)
        .map(|bin| Bin {
            from: Points::from_thousandths((bin * width).max(low)),
            to: Points::from_thousandths(((bin + 1) * width).min(high)),
            leads: 0,
        })
        .collect();
    for score in scores {
        let bin = score.thousandths().div_euclid(width).clamp(first, last) - first;
        if let Some(bin) = usize::try_from(bin).ok().and_then(|bin| bins.get_mut(bin)) {
            bin.leads += 1;
        }
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(min: i64, max: i64) -> Vec<String> {
        bins(&[], Points::whole(min), Points::whole(max))
            .iter()
            .map(|bin| format!("{}-{}", bin.from, bin.to))
            .collect()
    }

    #[test]
    fn scores_are_counted_in_tens() {
        assert_eq!(edges(0, 100).len(), 10);
        assert_eq!(edges(0, 100)[9], "90-100");
        assert_eq!(edges(-25, 30)[..2], ["-25--20", "-20--10"]);
    }

    #[test]
    fn wide_and_narrow_scales_have_ranges_of_other_round_numbers() {
        assert_eq!(edges(0, 1000).len(), 20);
        assert_eq!(edges(0, 1000)[0], "0-50");
        assert_eq!(edges(0, 10)[0], "0-0.5");
    }

    #[test]
    fn the_highest_score_is_in_the_last_range() {
        let scores: Vec<Points> = [100, 95, 90, 89, 0].map(Points::whole).to_vec();
        let bins = bins(&scores, Points::ZERO, Points::whole(100));
        assert_eq!((bins[9].leads, bins[8].leads, bins[0].leads), (3, 1, 1));
    }

    #[test]
    fn shares_have_four_decimals() {
        assert!((share(1, 3) - 0.3333).abs() < 1e-9);
        assert!(share(0, 0).abs() < 1e-9);
    }
}
