//! What the leads of a list come to: how many have each temperature, and how their scores are spread. Counted from
//! the leads as they pass through.

use std::collections::BTreeMap;

use crate::analysis::{Cell, Chart, Column, Document, Table, Unit};
use crate::rank::Lead;
use crate::value::Points;

use super::palette::Palette;

/// About so many steps of scores.
const STEPS: i64 = 12;

/// What has passed through.
#[derive(Debug, Default)]
pub(super) struct Seen {
    temperatures: BTreeMap<String, u64>,
    scores: BTreeMap<i64, u64>,
    leads: u64,
}

impl Seen {
    /// Counts a lead.
    pub fn add(&mut self, lead: &Lead<'_>) {
        self.leads += 1;
        *self.scores.entry(lead.score.thousandths()).or_default() += 1;
        match self.temperatures.get_mut(lead.temperature) {
            Some(count) => *count += 1,
            None => drop(self.temperatures.insert(lead.temperature.to_owned(), 1)),
        }
    }

    /// The tables of it; none without leads. `who` is what the list is of: `leads` or `accounts`.
    pub fn document(&self, palette: &Palette, who: &str) -> Option<Document> {
        (self.leads > 0).then(|| Document {
            name: "overview".into(),
            title: "At a glance".to_owned(),
            tables: vec![self.mix(palette, who), self.histogram(who)],
            ..Document::default()
        })
    }

    fn mix(&self, palette: &Palette, who: &str) -> Table {
        let heading = capital(who);
        Table {
            name: "temperatures".into(),
            title: "Temperature mix".to_owned(),
            question: format!("How many {who} are of which temperature?"),
            columns: vec![
                Column::new("temperature", "Temperature", Unit::Text),
                Column::new(who.to_owned(), heading, Unit::Count),
                Column::new("share", "Share", Unit::Share),
            ],
            rows: palette
                .shown()
                .map(|(name, shown)| {
                    let count = self.temperatures.get(name).copied().unwrap_or_default();
                    vec![shown.into(), count.into(), Cell::share(count, self.leads)]
                })
                .collect(),
            chart: Some(Chart::Parts {
                label: "temperature",
                value: if who == "leads" { "leads" } else { "accounts" },
            }),
            notes: Vec::new(),
        }
    }

    fn histogram(&self, who: &str) -> Table {
        let lowest = self.scores.keys().next().copied().unwrap_or_default();
        let highest = self.scores.keys().next_back().copied().unwrap_or_default();
        let step = round_step(highest.saturating_sub(lowest) / STEPS);
        let first = lowest.div_euclid(step);
        // The highest score stands in the step below it where it is its upper end, unless it is the only one.
        let last = (highest - 1).div_euclid(step).max(first);
        let mut counts: BTreeMap<i64, u64> = (first..=last).map(|place| (place, 0)).collect();
        for (score, count) in &self.scores {
            *counts.entry(score.div_euclid(step).min(last)).or_default() += count;
        }
        let edge = |place: i64| Points::from_thousandths(place.saturating_mul(step));
        Table {
            name: "scores".into(),
            title: "Scores".to_owned(),
            question: format!("How are the scores of these {who} spread?"),
            columns: vec![
                Column::new("scores", "Score, points", Unit::Text),
                Column::new("count", capital(who), Unit::Count),
            ],
            rows: counts
                .into_iter()
                .map(|(place, count)| {
                    let span = format!("{}–{}", edge(place), edge(place + 1));
                    vec![span.into(), count.into()]
                })
                .collect(),
            chart: Some(Chart::Histogram {
                label: "scores",
                value: "count",
            }),
            notes: vec![
                "A score between two steps counts in the upper one, the highest in the last."
                    .to_owned(),
            ],
        }
    }
}

/// The least of 1, 2 and 5 times a power of ten thousandths that is more than `least`, a point or more.
fn round_step(least: i64) -> i64 {
    let mut power = 1000_i64;
    loop {
        for times in [1, 2, 5] {
            let step = power.saturating_mul(times);
            if step > least || step == i64::MAX {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(scores: &[i64]) -> Vec<(String, u64)> {
        let mut seen = Seen::default();
        for score in scores {
            seen.add(&Lead {
                score: Points::from_thousandths(*score),
                ..Lead::nobody()
            });
        }
        let rows = seen.histogram("leads").rows.into_iter();
        rows.map(|row| match &row[..] {
            [Cell::Text(span), Cell::Count(count)] => (span.clone(), *count),
            other => panic!("{other:?}"),
        })
        .collect()
    }

    #[test]
    fn every_score_is_in_one_step_and_the_highest_in_the_last() {
        let found = histogram(&[0, 9_999, 10_000, 99_000, 100_000]);
        let of = |span: &str| found.iter().find(|(name, _)| name == span).map(|it| it.1);
        assert_eq!(found.len(), 10);
        assert_eq!(of("0–10"), Some(2));
        assert_eq!(of("10–20"), Some(1));
        assert_eq!(of("90–100"), Some(2));
    }

    #[test]
    fn one_score_is_one_step() {
        assert_eq!(histogram(&[0, 0]), [("0–1".to_owned(), 2)]);
        assert_eq!(histogram(&[42_000]).len(), 1);
    }

    #[test]
    fn scores_below_zero_and_scores_far_apart_are_counted_once_each() {
        for scores in [
            vec![-5_000, 0, 5_000],
            vec![-1_000_000_000_000_000, 1_000_000_000_000_000],
            vec![-1],
        ] {
            let found = histogram(&scores);
            assert!(found.len() <= 25, "{found:?}");
            let sum: u64 = found.iter().map(|(_, count)| count).sum();
            assert_eq!(sum, scores.len() as u64);
        }
    }

    #[test]
    fn the_mix_has_temperatures_that_no_lead_has() {
        let hot = Lead {
            temperature: "hot",
            tag: Some("Hot Lead"),
            ..Lead::nobody()
        };
        let mut palette = Palette::default();
        palette.meet(&hot);
        palette.meet(&Lead {
            temperature: "cold",
            ..Lead::nobody()
        });
        let mut seen = Seen::default();
        seen.add(&hot);
        let rows = seen.mix(&palette, "leads").rows;
        assert_eq!(rows[0][..2], ["Hot Lead".into(), 1_u64.into()]);
        assert_eq!(rows[1][..2], ["cold".into(), 0_u64.into()]);
    }
}
