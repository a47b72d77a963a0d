//! What would make a lead hotter: the rules that could still give more, what each would change, and the fewest that
//! reach the next temperature together.

use std::borrow::Cow;

use serde::Serialize;

use super::temperature;
use crate::engine::Ledger;
use crate::model::{Edge, Measure, Model, Operand, Rule, RuleSource, Several, Temperature};
use crate::value::{Number, Points};

/// How a lead gets to the next hotter temperature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The next hotter temperature; None for the hottest leads.
    pub next: Option<String>,
    /// The score it begins at.
    pub from: Points,
    /// Labels of the checklist items it requires and the lead lacks today.
    pub missing: Vec<String>,
    /// Single rules that raise the score, none where the score suffices already: first those that are enough, the
    /// smallest first, then the others, the largest first.
    pub steps: Vec<Step>,
    /// The fewest rules that are enough together, where no single one is.
    pub together: Option<Together>,
}

/// One rule that could give a lead more points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule's name.
    pub label: String,
    /// The rule's id.
    pub rule: String,
    /// What it would take, where that can be said in a few words.
    pub how: Option<String>,
    /// How many points more the rule itself would give.
    pub points: Points,
    /// The score then, bounds of groups and of the score considered.
    pub score: Points,
    /// The temperature of that score.
    pub temperature: String,
    /// Labels of the checklist items that temperature requires and the lead lacks, apart from one that asks for just
    /// what the rule does.
    pub missing: Vec<String>,
}

/// Several rules that together reach the next temperature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Together {
    /// The rules, in the model's order; the score in each is that of the rule alone.
    pub steps: Vec<Step>,
    /// The score with all of them.
    pub score: Points,
}

/// The nearest way to the next hotter temperature: as little of [`Way`] as one line says.
#[derive(Debug, Clone)]
pub struct Nearest<'m> {
    /// The next hotter temperature.
    pub next: &'m str,
    /// The smallest rule that is enough, or the fewest that are together; none where the score suffices already.
    pub steps: Vec<NextStep<'m>>,
    /// Labels of the checklist items that are still required.
    pub missing: Vec<&'m str>,
}

/// One rule of a [`Nearest`] way.
#[derive(Debug, Clone)]
pub struct NextStep<'m> {
    /// The rule's name.
    pub label: &'m str,
    /// How many points more the rule itself would give.
    pub points: Points,
    /// What it would take, where that can be said in a few words.
    pub how: Option<Cow<'m, str>>,
}

/// How a lead with this ledger, these items of the checklist (a bit each) and this temperature (by its number) gets to
/// the next one, which it may have had in the previous run.
pub(super) fn ways_up(
    ledger: &Ledger<'_>,
    potential: &Potential,
    met: u64,
    now: usize,
    previous: Option<usize>,
) -> Way {
    let model = ledger.model();
    let Some((next, from)) = hotter(model, now, previous) else {
        return Way::default();
    };
    let mut way = Way {
        next: Some(title(next).to_owned()),
        from,
        missing: owned(temperature::missing(model, next, met)),
        ..Way::default()
    };
    let Some(search) = Search::new(ledger, potential, met, from) else {
        return way;
    };
    let offers = search.offers();
    way.steps = search.single_steps(&offers);
    if way.steps.first().is_none_or(|step| step.score < from) {
        way.together = search.together(&offers);
    }
    way
}

/// The nearest of those ways; None where nothing known leads up.
pub(super) fn nearest<'l>(
    ledger: &'l Ledger<'l>,
    potential: &'l Potential,
    met: u64,
    now: usize,
    previous: Option<usize>,
) -> Option<Nearest<'l>> {
    let model = ledger.model();
    let (next, from) = hotter(model, now, previous)?;
    let (steps, missing) = match Search::new(ledger, potential, met, from) {
        None => (Vec::new(), temperature::missing(model, next, met)),
        Some(search) => {
            let offers = search.offers();
            match search.smallest(&offers) {
                Some(offer) => {
                    let missing = search.missing_with(offer, search.reached(offer));
                    (vec![search.next_step(offer)], missing)
                }
                None => {
                    let (fewest, _) = search.fewest(&offers)?;
                    let steps = fewest.into_iter().map(|offer| search.next_step(offer));
                    (steps.collect(), temperature::missing(model, next, met))
                }
            }
        }
    };
    Some(Nearest {
        next: title(next),
        steps,
        missing,
    })
}

/// The next hotter temperature and the score at which the lead would have it.
fn hotter(model: &Model, now: usize, previous: Option<usize>) -> Option<(&Temperature, Points)> {
    let number = now.checked_sub(1)?;
    let temperature = &model.temperatures[number];
    Some((
        temperature,
        temperature::begins(temperature, number, previous),
    ))
}

/// What the rules of a model could give and bring, worked out once for all leads.
#[derive(Debug)]
pub(super) struct Potential {
    gives: Vec<Gives>,
    /// What it takes for each rule to give the most it can, where that can be said in a few words.
    hows: Vec<Option<String>>,
    /// For each rule a bit for each checklist item that asks for the rule's own condition, and so is met with it.
    brings: Vec<u64>,
}

/// What a rule could give.
#[derive(Debug, Clone, Copy)]
enum Gives {
    /// Nothing that is known.
    Nothing,
    /// So much more with each unit, without end.
    ForUnit(Points),
    /// So much at the most.
    AtMost(Points),
}

impl Potential {
    pub(super) fn of(model: &Model) -> Self {
        let given = |rule| match (unbounded_unit(model, rule), most(model, rule)) {
            (Some(unit), _) => (Gives::ForUnit(unit), None),
            (None, Some((points, how))) => (Gives::AtMost(points), how),
            (None, None) => (Gives::Nothing, None),
        };
        let (gives, hows) = model.rules.iter().map(given).unzip();
        let brings = model.rules.iter().map(|rule| match &rule.source {
            RuleSource::When { text, points, .. } if *points > Points::ZERO => {
                let items = model.checklist.iter().enumerate();
                items
                    .filter(|(_, item)| *text == item.text)
                    .fold(0, |bits, (number, _)| bits | 1 << number)
            }
            _ => 0,
        });
        Self {
            gives,
            hows,
            brings: brings.collect(),
        }
    }
}

/// A rule that could give more: its number, what it would give, and with how many further units if it counts them.
struct Offer {
    rule: usize,
    points: Points,
    units: Option<i64>,
}

struct Search<'l, 'm> {
    model: &'m Model,
    potential: &'l Potential,
    given: &'l [Points],
    totals: Totals<'l, 'm>,
    met: u64,
    wanted: Points,
}

impl<'l, 'm: 'l> Search<'l, 'm> {
    /// A search for what brings the score to the one wanted; None if it is there.
    fn new(
        ledger: &'l Ledger<'m>,
        potential: &'l Potential,
        met: u64,
        wanted: Points,
    ) -> Option<Self> {
        (ledger.score() < wanted).then(|| Self {
            model: ledger.model(),
            potential,
            given: ledger.contributions(),
            totals: Totals::of(ledger),
            met,
            wanted,
        })
    }

    /// What every rule could give beyond what it gives now.
    fn offers(&self) -> Vec<Offer> {
        let rules = self.potential.gives.iter().zip(self.given).enumerate();
        rules
            .filter_map(|(rule, (gives, given))| {
                let (points, units) = match *gives {
                    Gives::Nothing => return None,
                    Gives::ForUnit(unit) => self.units(rule, unit)?,
                    Gives::AtMost(points) => (points, None),
                };
                let offer = Offer {
                    rule,
                    points,
                    units,
                };
                (points > *given).then_some(offer)
            })
            .collect()
    }

    /// The fewest further units of a rule without a maximum that are enough alone, or together with all else so many
    /// that its group is full.
    fn units(&self, rule: usize, unit: Points) -> Option<(Points, Option<i64>)> {
        /// More units than anyone waits for.
        const MOST: i64 = 1_000_000_000;
        let more = |units: i64| unit.for_units(Number::integer(units));
        let score = |units: i64| self.totals.score_with(rule, more(units));
        if self.totals.sum_with(rule, more(MOST)) <= self.totals.sum {
            return None;
        }
        let enough = score(MOST).min(self.wanted);
        // The score never falls with more units. So the least number that is enough is between the last that is not
        // and the first that is of 1, 2, 4, …, and can be found there by halving. It is small, as a rule.
        let (mut low, mut high) = (0, 1);
        while high < MOST && score(high) < enough {
            low = high;
            high = (high * 2).min(MOST);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if score(middle) >= enough {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some((self.given[rule] + more(high), Some(high)))
    }

    /// How many points more an offer is.
    fn gain(&self, offer: &Offer) -> Points {
        offer.points - self.given[offer.rule]
    }

    /// The score with one offer taken.
    fn score_with(&self, offer: &Offer) -> Points {
        self.totals.score_with(offer.rule, self.gain(offer))
    }

    /// Of the offers that are enough alone the one that raises the score least.
    fn smallest<'o>(&self, offers: &'o [Offer]) -> Option<&'o Offer> {
        offers
            .iter()
            .map(|offer| (self.score_with(offer), offer))
            .filter(|(score, _)| *score >= self.wanted)
            .min_by_key(|(score, _)| *score)
            .map(|(_, offer)| offer)
    }

    fn single_steps(&self, offers: &[Offer]) -> Vec<Step> {
        let now = self.totals.score();
        let mut steps: Vec<Step> = offers
            .iter()
            .map(|offer| self.step(offer))
            .filter(|step| step.score > now)
            .collect();
        steps.sort_by_key(|step| {
            let enough = step.score >= self.wanted;
            let gain = step.score.thousandths();
            (!enough, if enough { gain } else { -gain })
        });
        steps
    }

    /// The temperature of the score with one offer taken.
    fn reached(&self, offer: &Offer) -> &'m Temperature {
        let score = self.score_with(offer);
        &self.model.temperatures[temperature::by_score(self.model, score, None)]
    }

    /// Labels of the items that a temperature requires and the checklist lacks with one offer taken.
    fn missing_with(&self, offer: &Offer, temperature: &Temperature) -> Vec<&'m str> {
        let met = self.met | self.potential.brings[offer.rule];
        temperature::missing(self.model, temperature, met)
    }

    /// What an offer takes, where that can be said in a few words.
    fn how(&self, offer: &Offer) -> Option<Cow<'l, str>> {
        match offer.units {
            Some(units) => Some(Cow::Owned(format!("{units} more"))),
            None => self.potential.hows[offer.rule]
                .as_deref()
                .map(Cow::Borrowed),
        }
    }

    fn next_step(&self, offer: &Offer) -> NextStep<'l> {
        NextStep {
            label: &self.model.rules[offer.rule].name,
            points: self.gain(offer),
            how: self.how(offer),
        }
    }

    fn step(&self, offer: &Offer) -> Step {
        let rule = &self.model.rules[offer.rule];
        let reached = self.reached(offer);
        Step {
            label: rule.name.clone(),
            rule: rule.id.clone(),
            how: self.how(offer).map(Cow::into_owned),
            points: self.gain(offer),
            score: self.score_with(offer),
            temperature: title(reached).to_owned(),
            missing: owned(self.missing_with(offer, reached)),
        }
    }

    /// All offers, less as many as can be spared, the smallest first; with the score that the others reach.
    fn fewest<'o>(&self, offers: &'o [Offer]) -> Option<(Vec<&'o Offer>, Points)> {
        let mut totals = self.totals.clone();
        for offer in offers {
            totals.add(offer.rule, self.gain(offer));
        }
        if totals.score() < self.wanted {
            return None;
        }
        let mut smallest_first: Vec<&Offer> = offers.iter().collect();
        smallest_first.sort_by_key(|offer| self.gain(offer));
        let mut spared = vec![false; self.given.len()];
        for offer in smallest_first {
            let less = -self.gain(offer);
            if totals.score_with(offer.rule, less) >= self.wanted {
                totals.add(offer.rule, less);
                spared[offer.rule] = true;
            }
        }
        let kept = offers.iter().filter(|offer| !spared[offer.rule]);
        Some((kept.collect(), totals.score()))
    }

    fn together(&self, offers: &[Offer]) -> Option<Together> {
        let (fewest, score) = self.fewest(offers)?;
        let steps = fewest.into_iter().map(|offer| self.step(offer));
        Some(Together {
            steps: steps.collect(),
            score,
        })
    }
}

/// What a ledger comes to, kept so that a change of one rule costs no second look at the others.
#[derive(Clone)]
struct Totals<'l, 'm> {
    model: &'m Model,
    /// What the rules of each group give together, before its bounds.
    groups: Cow<'l, [Points]>,
    /// Groups within their bounds and ungrouped rules together.
    sum: Points,
}

impl<'l, 'm> Totals<'l, 'm> {
    fn of(ledger: &'l Ledger<'m>) -> Self {
        Self {
            model: ledger.model(),
            groups: Cow::Borrowed(ledger.group_sums()),
            sum: ledger.sum(),
        }
    }

    /// The sum if a rule gave so much more.
    fn sum_with(&self, rule: usize, more: Points) -> Points {
        let Some(group) = self.model.rules[rule].group else {
            return self.sum + more;
        };
        let (bounds, points) = (&self.model.groups[group], self.groups[group]);
        self.sum - bounds.bounded(points) + bounds.bounded(points + more)
    }

    /// Lets a rule give so much more.
    fn add(&mut self, rule: usize, more: Points) {
        self.sum = self.sum_with(rule, more);
        if let Some(group) = self.model.rules[rule].group {
            self.groups.to_mut()[group] += more;
        }
    }

    fn score_with(&self, rule: usize, more: Points) -> Points {
        self.score_of(self.sum_with(rule, more))
    }

    fn score(&self) -> Points {
        self.score_of(self.sum)
    }

    fn score_of(&self, sum: Points) -> Points {
        let score = &self.model.score;
        score.total(sum).rounded(score.decimals)
    }
}

/// How a CRM writes a temperature.
fn title(temperature: &Temperature) -> &str {
    temperature.tag.as_deref().unwrap_or(&temperature.name)
}

fn owned(labels: Vec<&str>) -> Vec<String> {
    labels.into_iter().map(str::to_owned).collect()
}

/// What each unit is worth, for a rule that gives more and more without end.
fn unbounded_unit(model: &Model, rule: &Rule) -> Option<Points> {
    match &rule.source {
        RuleSource::PerUnit { of, points } => {
            let endless = rule.enabled && rule.max.is_none() && *points > Points::ZERO;
            (endless && grows(model, *of)).then_some(*points)
        }
        _ => None,
    }
}

/// Whether more of what happens makes the number larger; ages and response times do not grow by acting.
fn grows(model: &Model, of: Operand) -> bool {
    match of {
        Operand::Column(_) => true,
        Operand::Signal(signal) => !matches!(
            model.signals[signal].measure,
            Measure::DaysSinceLast { .. }
                | Measure::DaysSinceFirst { .. }
                | Measure::Response { .. }
                | Measure::Min { .. }
        ),
    }
}

/// The most a rule could give, and what that takes, where it can be said in a few words.
fn most(model: &Model, rule: &Rule) -> Option<(Points, Option<String>)> {
    if !rule.enabled {
        return None;
    }
    let words = |words: &str| Some(words.to_owned());
    let (most, how) = match &rule.source {
        RuleSource::When { points, .. } if *points > Points::ZERO => (*points, None),
        // A condition that costs points helps when it stops holding.
        RuleSource::When { .. } => (Points::ZERO, words("if it no longer holds")),
        RuleSource::PerUnit { of, points } => match rule.max {
            Some(max) if *points > Points::ZERO && grows(model, *of) => (max, None),
            // Units that cost points, or whose number no deed makes larger, cost nothing where there are none.
            _ if *points < Points::ZERO => (Points::ZERO, words("with none of it")),
            _ => return None,
        },
        RuleSource::Bands { bands, .. } => {
            let (edge, points) = bands.steps.iter().max_by_key(|(_, points)| *points)?;
            let edge_after = |word: &str, edge| Some(format!("{word} {}", bands.edge_text(edge)));
            if *points < Points::ZERO {
                let (outside, word) = match bands.edge {
                    Edge::From => (bands.steps.first()?, "below"),
                    Edge::Upto => (bands.steps.last()?, "above"),
                };
                (Points::ZERO, edge_after(word, outside.0))
            } else {
                let word = match bands.edge {
                    Edge::From => "from",
                    Edge::Upto => "up to",
                };
                (*points, edge_after(word, *edge))
            }
        }
        RuleSource::Values {
            values,
            other,
            several,
            ..
        } => {
            let most = values.iter().map(|(_, points)| *points).max()?;
            if most < *other {
                (*other, words("any other"))
            } else if *several == Some(Several::Sum) {
                let gains = values.iter().map(|(_, points)| *points);
                let all = gains.filter(|points| *points > Points::ZERO).sum();
                (most.max(all), words("with more of its values"))
            } else {
                let best = values.iter().filter(|(_, points)| *points == most);
                let texts: Vec<&str> = best.map(|(text, _)| text.as_str()).collect();
                (most, Some(texts.join(" or ")))
            }
        }
    };
    Some((rule.bounded(most), how))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = r#"
[signals]
opens = { event = "open" }
quiet = { event = "open", measure = "days_since_last" }
[groups.fit]
max = 30
[groups.mood]
min = 0
[[rules]]
name = "Budget"
group = "fit"
when = "budget_confirmed"
points = 20
[[rules]]
name = "Timeline"
group = "fit"
column = "timeline"
values = { now = 20, later = -5 }
other = 3
[[rules]]
name = "Opens"
signal = "opens"
points = 4
[[rules]]
name = "Quiet"
signal = "quiet"
bands = [ { from = 30, points = -10 }, { from = 7, points = -5 } ]
[[rules]]
name = "Rude"
group = "mood"
when = "rude"
points = -40
[[rules]]
name = "Nice"
group = "mood"
when = "nice"
points = 15
[checklist]
budget = { when = "budget_confirmed", label = "Budget known" }
[temperatures.hot]
from = 50
requires = ["budget"]
[temperatures.cold]
from = 0
"#;

    fn model() -> Model {
        Model::parse("model.toml", MODEL).expect("a valid model")
    }

    fn way(model: &Model, given: [i64; 6], budget: bool) -> Way {
        let mut ledger = Ledger::new(model);
        ledger.give(&given.map(Points::whole));
        let met = u64::from(budget);
        let now = temperature::of(model, ledger.score(), met, None);
        ways_up(&ledger, &Potential::of(model), met, now, None)
    }

    fn told(steps: &[Step]) -> Vec<String> {
        steps
            .iter()
            .map(|step| {
                let how = step.how.as_deref().unwrap_or("");
                format!(
                    "{} {} ({how}) → {}",
                    step.points.signed(),
                    step.label,
                    step.score
                )
            })
            .collect()
    }

    #[test]
    fn the_smallest_single_rule_that_is_enough_comes_first() {
        let model = model();
        // Timeline's 17 more points count for 7 only: its group is full at 30.
        let way = way(&model, [20, 3, 0, 0, 0, 15], true);
        assert_eq!(
            told(&way.steps),
            ["+12 Opens (3 more) → 50", "+17 Timeline (now) → 45"]
        );
        assert_eq!(way.together, None);
    }

    #[test]
    fn a_rule_without_a_maximum_is_enough_alone_if_it_happens_often_enough() {
        let model = model();
        let way = way(&model, [0, -5, 0, -10, 0, 0], false);
        assert_eq!(way.together, None);
        assert_eq!(told(&way.steps)[0], "+68 Opens (17 more) → 53");
    }

    #[test]
    fn points_swallowed_by_a_lower_bound_are_not_promised() {
        let model = model();
        // Mood stands at -40 and counts 0: being nice alone changes nothing.
        let way = way(&model, [20, 3, 0, 0, -40, 0], true);
        assert!(way.steps.iter().all(|step| step.label != "Nice"), "{way:?}");
    }

    #[test]
    fn a_penalty_that_ends_helps_and_an_age_band_can_be_left_below() {
        let model = model();
        let way = way(&model, [20, 3, 0, -10, -40, 15], true);
        let told = told(&way.steps);
        assert!(
            told.contains(&"+40 Rude (if it no longer holds) → 28".to_owned()),
            "{told:?}"
        );
        assert!(
            told.contains(&"+10 Quiet (below 7 days) → 23".to_owned()),
            "{told:?}"
        );
    }

    #[test]
    fn a_score_that_suffices_needs_no_points_but_the_items() {
        let model = model();
        let way = way(&model, [0, 20, 40, 0, 0, 0], false);
        assert_eq!(way.missing, ["Budget known"]);
        assert!(way.steps.is_empty() && way.together.is_none());
    }

    #[test]
    fn an_item_that_asks_for_the_rules_own_condition_is_met_with_it() {
        let model = model();
        let way = way(&model, [0, 3, 32, 0, 0, 0], false);
        let budget = way.steps.iter().find(|step| step.label == "Budget");
        let opens = way.steps.iter().find(|step| step.label == "Opens");
        assert_eq!(budget.map(|step| step.missing.len()), Some(0));
        assert_eq!(opens.map(|step| step.missing.len()), Some(1));
    }

    #[test]
    fn the_hottest_leads_have_nowhere_to_go() {
        let model = model();
        assert_eq!(way(&model, [20, 20, 40, 0, 0, 0], true), Way::default());
    }

    #[test]
    fn rules_that_can_be_spared_are_left_out_of_several() {
        let text = MODEL.replace("points = 4\n", "points = 4\nmax = 8\n");
        let model = Model::parse("model.toml", &text).expect("a valid model");
        let way = way(&model, [0, 3, 0, 0, 0, 0], false);
        let together = way.together.expect("several rules are enough");
        let labels: Vec<&str> = together.steps.iter().map(|s| s.label.as_str()).collect();
        assert_eq!(labels, ["Budget", "Timeline", "Opens", "Nice"]);
        assert_eq!(together.score, Points::whole(53));
    }
}
