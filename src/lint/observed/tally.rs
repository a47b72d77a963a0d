//! The ledgers of a run counted over: how many leads each rule reaches and with what, who is cut, and the scores.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::rank::{Parts, Ranking};
use crate::value::Points;

/// What a run's ledgers come to.
#[derive(Debug)]
pub(in crate::lint) struct Tally {
    /// What each rule gave.
    pub rules: Vec<RuleTally>,
    /// How many leads each group's `max` cut.
    pub capped: Vec<u64>,
    /// How many leads have the highest score there is.
    pub at_max: u64,
    /// How many leads meet each item of the checklist.
    pub met: Vec<u64>,
    /// How many leads have each temperature, the hottest first.
    pub mix: Vec<(String, u64)>,
    /// The scores, the highest first.
    pub scores: Vec<Points>,
    /// How many leads each reason disqualifies; these are in none of the other counts.
    pub reasons: BTreeMap<String, u64>,
}

/// What one rule gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::lint) struct RuleTally {
    /// To how many leads it gave something, or took something from.
    pub leads: u64,
    /// The sum over these, in thousandths.
    pub sum: i128,
    /// The least it gave to one of these.
    pub lowest: Points,
    /// The most it gave to one of these.
    pub highest: Points,
}

impl RuleTally {
    fn note(&mut self, points: Points) {
        if points == Points::ZERO {
            return;
        }
        if self.leads == 0 {
            (self.lowest, self.highest) = (points, points);
        }
        self.leads += 1;
        self.sum += i128::from(points.thousandths());
        self.lowest = self.lowest.min(points);
        self.highest = self.highest.max(points);
    }
}

impl Tally {
    pub(super) fn of(ranking: &Ranking) -> Self {
        let model = &ranking.scoring().plan().model;
        let mut tally = Self {
            rules: vec![RuleTally::default(); model.rules.len()],
            capped: vec![0; model.groups.len()],
            at_max: 0,
            met: vec![0; model.checklist.len()],
            mix: model
                .temperatures
                .iter()
                .map(|temperature| (temperature.name.clone(), 0))
                .collect(),
            scores: Vec::with_capacity(ranking.len()),
            reasons: BTreeMap::new(),
        };
        let top = model.score.max.rounded(model.score.decimals);
        for place in 0..ranking.len() {
            let lead = ranking.lead_with(place, Parts::CHECKLIST);
            if let Some(reason) = lead.disqualified {
                *tally.reasons.entry(reason.to_owned()).or_default() += 1;
                continue;
            }
            let (_, ledger) = ranking.ledger(place);
            for (tally, (_, points)) in tally.rules.iter_mut().zip(ledger.rules()) {
                tally.note(points);
            }
            for (group, capped) in tally.capped.iter_mut().enumerate() {
                *capped += u64::from(ledger.group_change(group) < Points::ZERO);
            }
            for (met, (_, is_met)) in tally.met.iter_mut().zip(&lead.checklist) {
                *met += u64::from(*is_met);
            }
            for (name, leads) in &mut tally.mix {
                *leads += u64::from(name == lead.temperature);
            }
            tally.at_max += u64::from(lead.score >= top);
            tally.scores.push(lead.score);
        }
        // Ranks go by what is not rounded, and the order of the rest is no matter here.
        tally.scores.sort_unstable_by_key(|score| Reverse(*score));
        tally
    }

    /// How many leads are counted: all that are not disqualified.
    pub(in crate::lint) fn leads(&self) -> u64 {
        self.scores.len() as u64
    }
}
