//! Whether owners win more or less than the scores of their leads promise.

use std::collections::BTreeMap;

use super::super::facts::{Facts, LeadFacts};
use super::super::statistics::{Chances, Compared, Rate, discoveries, isotonic, real};
use super::owner::{Owner, owner_of};
use crate::value::Points;

/// What stands under the table.
pub const METHOD: &str = "Expected are the wins that leads of such scores come to: the chance of a score is the share \
    won of all leads with an owner, made to rise with the score (isotonic regression). Where it is known what was \
    lost, only leads count that were won or lost. Won to expected stands with its 95% interval (Poisson-binomial). \
    Better or worse is said only of who differs by more than chance explains, with the number of owners allowed for \
    (Benjamini and Hochberg, 5%), and nothing of who has fewer than 5 wins or fewer than 5 other outcomes to be \
    expected, or whose leads' scores settle nearly all. An owner's own leads are among those that the chances come \
    from, which draws the ratio a little towards 1. A verdict compares colleagues on leads of the same scores, as these are now; what the score does not \
    see, such as a district, is not allowed for.";

/// Fewer wins, or fewer other outcomes, to be expected say nothing of an owner.
const LEAST_EXPECTED: f64 = 5.0;
/// The least variance of the wins to be expected: with less, not even one win more or less is left to the owner, as where
/// the score tells the winners from the others.
const LEAST_VARIANCE: f64 = 1.0;
/// Of the owners called better or worse, the share that may be so by chance.
const FALSE_SHARE: f64 = 0.05;

/// What can be said of an owner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// How many of the leads are compared.
    pub leads: u64,
    /// The variance of the wins to be expected.
    variance: f64,
    /// Wins against those expected; none where none is expected.
    pub compared: Option<Compared>,
    /// The verdict in words; none of nobody's leads.
    pub words: Option<&'static str>,
}

/// A verdict for each owner.
pub fn verdicts(facts: &Facts<'_>, owners: &[Owner]) -> Vec<Verdict> {
    let knows_lost = facts.leads.iter().any(|lead| lead.is_lost);
    let counts = |lead: &LeadFacts<'_>| {
        owner_of(lead).is_some() && (!knows_lost || lead.is_won || lead.is_lost)
    };
    let mut by_score: BTreeMap<Points, Rate> = BTreeMap::new();
    for lead in facts.leads.iter().filter(|lead| counts(lead)) {
        let rate = by_score
            .entry(lead.score)
            .or_insert(Rate { hits: 0, of: 0 });
        rate.of += 1;
        rate.hits += u64::from(lead.is_won);
    }
    let observed: Vec<Rate> = by_score.values().copied().collect();
    let fitted = isotonic(&observed);
    let chances: BTreeMap<Points, Rate> = by_score.into_keys().zip(fitted).collect();
    let mut verdicts: Vec<Verdict> = owners
        .iter()
        .map(|owner| {
            let leads = owner.places.iter().map(|place| &facts.leads[*place]);
            compared(leads.filter(|lead| counts(lead)), &chances, owner)
        })
        .collect();
    judge(&mut verdicts);
    verdicts
}

/// The wins of some leads against those expected of them.
fn compared<'l>(
    leads: impl Iterator<Item = &'l LeadFacts<'l>>,
    chances: &BTreeMap<Points, Rate>,
    owner: &Owner,
) -> Verdict {
    // Trials of one chance go together, whatever the order of the leads.
    let mut by_chance: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for rate in leads.filter_map(|lead| chances.get(&lead.score)) {
        *by_chance.entry((rate.hits, rate.of)).or_default() += 1;
    }
    let mut trials = Chances::default();
    let mut variance = 0.0;
    for ((hits, of), leads) in by_chance {
        let chance = real(hits) / real(of);
        trials.add(chance, leads);
        variance += real(leads) * chance * (1.0 - chance);
    }
    let compared = trials.compare(owner.won);
    Verdict {
        leads: trials.trials(),
        variance,
        compared: if owner.is_nobody { None } else { compared },
        words: (!owner.is_nobody).then_some(TOO_FEW),
    }
}

const TOO_FEW: &str = "too few to say";

/// Says of all who can be judged how they do.
fn judge(verdicts: &mut [Verdict]) {
    let can_be_judged = |verdict: &Verdict| {
        let expected = verdict.compared.map_or(0.0, |compared| compared.expected);
        expected >= LEAST_EXPECTED
            && real(verdict.leads) - expected >= LEAST_EXPECTED
            && verdict.variance >= LEAST_VARIANCE
    };
    // Who is alone would be compared with nobody else.
    let others = verdicts.iter().filter(|verdict| verdict.compared.is_some());
    if others.count() < 2 {
        return;
    }
    let mut judged: Vec<(&mut Verdict, Compared)> = verdicts
        .iter_mut()
        .filter(|verdict| can_be_judged(verdict))
        .filter_map(|verdict| verdict.compared.map(|compared| (verdict, compared)))
        .collect();
    let p_values: Vec<f64> = judged
        .iter()
        .map(|(_, compared)| compared.p_value)
        .collect();
    let differ = discoveries(&p_values, FALSE_SHARE);
    for ((verdict, compared), differs) in judged.iter_mut().zip(differ) {
        verdict.words = Some(match differs {
            true if compared.ratio > 1.0 => "better than their leads",
            true => "worse than their leads",
            false => "as expected",
        });
    }
}
