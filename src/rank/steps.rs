//! What would make a lead hotter: for each rule that could give more, how much, and what the score would be then.

use serde::Serialize;

use super::temperature;
use crate::engine::Ledger;
use crate::model::{Edge, Model, Rule, RuleSource, Temperature};
use crate::value::Points;

/// One rule that could give a lead more points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule.
    pub label: String,
    /// Its id.
    pub rule: String,
    /// What it would take, where that can be said in a few words.
    pub how: Option<String>,
    /// By how much the score would rise, bounds of groups and of the score considered.
    pub gain: Points,
    /// The score then.
    pub score: Points,
    /// The temperature of that score.
    pub temperature: String,
    /// Checklist items that temperature requires and the lead lacks today.
    pub still_missing: Vec<String>,
}

/// How a lead gets to the next hotter temperature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The next hotter temperature; None for the hottest leads.
    pub next: Option<String>,
    /// The score it begins at.
    pub from: Points,
    /// Checklist items it requires and the lead lacks today.
    pub missing: Vec<String>,
    /// Single rules that would raise the score, those that suffice first (the smallest gain before others), then
    /// the others (the largest gain first).
    pub steps: Vec<Step>,
    /// The fewest rules that together suffice, where no single one does; empty where nothing does.
    pub together: Vec<Step>,
}

/// How the lead with this ledger and checklist gets to the next temperature.
pub fn ways_up(model: &Model, ledger: &Ledger<'_>, checklist: &[(&str, bool)]) -> Way {
    let met = checklist
        .iter()
        .enumerate()
        .filter(|(_, (_, met))| *met)
        .fold(0_u64, |bits, (item, _)| bits | 1 << item);
    let now = temperature::of(model, ledger.score(), met);
    let Some(next) = now.checked_sub(1).map(|hotter| &model.temperatures[hotter]) else {
        return Way {
            next: None,
            from: Points::ZERO,
            missing: Vec::new(),
            steps: Vec::new(),
            together: Vec::new(),
        };
    };
    let contributions: Vec<Points> = ledger.rules().map(|(_, points)| points).collect();
    let mut steps = all_steps(model, &contributions, met);
    steps.sort_by_key(|(_, step)| {
        let suffices = step.score >= next.from;
        let gain = step.gain.thousandths();
        (!suffices, if suffices { gain } else { -gain })
    });
    let enough =
        ledger.score() >= next.from || steps.first().is_some_and(|(_, s)| s.score >= next.from);
    let together = if enough {
        Vec::new()
    } else {
        together(model, contributions, met, next.from)
    };
    Way {
        next: Some(title(next).to_owned()),
        from: next.from,
        missing: labels(model, next, met),
        steps: steps.into_iter().map(|(_, step)| step).collect(),
        together,
    }
}

/// How a CRM writes a temperature.
fn title(temperature: &Temperature) -> &str {
    temperature.tag.as_deref().unwrap_or(&temperature.name)
}

/// Labels of the items that a temperature requires and the checklist lacks.
fn labels(model: &Model, temperature: &Temperature, met: u64) -> Vec<String> {
    temperature::missing(model, temperature, met)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Every single rule that would raise the score.
fn all_steps(model: &Model, contributions: &[Points], met: u64) -> Vec<(usize, Step)> {
    let before = Ledger::new(model, contributions).score();
    model
        .rules
        .iter()
        .enumerate()
        .filter_map(|(number, rule)| {
            let (best, how) = best(rule, contributions[number])?;
            let mut changed = contributions.to_vec();
            changed[number] = best;
            let score = Ledger::new(model, &changed).score();
            let hotter = &model.temperatures[temperature::by_score(model, score)];
            (score > before).then(|| {
                let step = Step {
                    label: rule.name.clone(),
                    rule: rule.id.clone(),
                    how,
                    gain: score - before,
                    score,
                    temperature: title(hotter).to_owned(),
                    still_missing: labels(model, hotter, met),
                };
                (number, step)
            })
        })
        .collect()
}

/// Takes the largest step again and again until the score suffices; nothing if it never does.
fn together(model: &Model, mut contributions: Vec<Points>, met: u64, wanted: Points) -> Vec<Step> {
    let mut taken = Vec::new();
    while Ledger::new(model, &contributions).score() < wanted {
        let steps = all_steps(model, &contributions, met);
        // The first of equal gains, as the model orders its rules.
        let largest = steps.into_iter().reduce(|best, step| {
            if step.1.gain > best.1.gain {
                step
            } else {
                best
            }
        });
        let Some((number, step)) = largest else {
            return Vec::new();
        };
        if let Some((most, _)) = best(&model.rules[number], contributions[number]) {
            contributions[number] = most;
        }
        taken.push(step);
    }
    taken
}

/// The most a rule could give beyond what it gives now, and what that takes.
fn best(rule: &Rule, now: Points) -> Option<(Points, Option<String>)> {
    if !rule.enabled {
        return None;
    }
    let (most, how) = match &rule.source {
        // A condition that costs points helps when it stops holding.
        RuleSource::When { points, .. } => {
            if *points < Points::ZERO {
                (Points::ZERO, Some("if it no longer holds".to_owned()))
            } else {
                (*points, None)
            }
        }
        RuleSource::PerUnit { points, .. } => match rule.max {
            Some(max) => (max, None),
            None if *points > Points::ZERO => (now + *points, Some("one more".to_owned())),
            None => (Points::ZERO, None),
        },
        RuleSource::Bands { bands, .. } => {
            let (edge, points) = bands.steps.iter().max_by_key(|(_, points)| *points)?;
            let edge = bands.edge_text(*edge);
            let how = match bands.edge {
                Edge::From => format!("from {edge}"),
                Edge::Upto => format!("up to {edge}"),
            };
            (*points, Some(how))
        }
        RuleSource::Values { values, .. } => {
            let most = values.iter().map(|(_, points)| *points).max()?;
            let texts: Vec<&str> = values
                .iter()
                .filter(|(_, points)| *points == most)
                .map(|(text, _)| text.as_str())
                .collect();
            (most, Some(texts.join(" or ")))
        }
    };
    let most = rule.bounded(most);
    (most > now).then_some((most, how))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let text = r#"
            [signals]
            opens = { event = "email_open" }
            quiet = { event = "visit", measure = "days_since_last" }
            [groups.fit]
            max = 30
            [[rules]]
            name = "Budget"
            group = "fit"
            when = "budget > 0"
            points = 25
            [[rules]]
            name = "Source"
            group = "fit"
            column = "source"
            values = { Referral = 20, Partner = 20, Portals = 5 }
            [[rules]]
            name = "Opens"
            signal = "opens"
            points = 2
            [[rules]]
            name = "Quiet"
            signal = "quiet"
            bands = [{ upto = "1 week", points = 10 }, { upto = "1 month", points = 4 }]
            [[rules]]
            name = "Off"
            when = "TRUE"
            points = 90
            enabled = false
            [checklist]
            budget = { when = "budget > 0", label = "Budget known" }
            [temperatures]
            hot = { from = 40, requires = "budget" }
            warm = { from = 20 }
            cold = { from = 0 }
        "#;
        Model::parse("model.toml", text).expect("a valid model")
    }

    fn way(given: [i64; 5], budget: bool) -> Way {
        let model = model();
        let given = given.map(Points::whole);
        ways_up(&model, &Ledger::new(&model, &given), &[("budget", budget)])
    }

    fn steps(steps: &[Step]) -> Vec<(&str, String, &str)> {
        let told = |step: &Step| step.how.clone().unwrap_or_default();
        steps
            .iter()
            .map(|step| {
                (
                    step.label.as_str(),
                    format!("+{} {}", step.gain, told(step)),
                    step.temperature.as_str(),
                )
            })
            .collect()
    }

    #[test]
    fn rules_that_suffice_stand_first_the_cheapest_before_others() {
        let way = way([0, 0, 12, 0, 0], false);
        assert_eq!(
            (way.next.as_deref(), way.from),
            (Some("warm"), Points::whole(20))
        );
        assert_eq!(
            steps(&way.steps),
            [
                ("Quiet", "+10 up to 1 week".to_owned(), "warm"),
                ("Source", "+20 Referral or Partner".to_owned(), "warm"),
                ("Budget", "+25 ".to_owned(), "warm"),
                ("Opens", "+2 one more".to_owned(), "cold"),
            ]
        );
        assert!(way.together.is_empty());
    }

    #[test]
    fn a_gain_is_what_the_group_leaves_of_it() {
        let way = way([25, 0, 0, 10, 0], true);
        let source = way
            .steps
            .iter()
            .find(|step| step.label == "Source")
            .expect("a step");
        assert_eq!(
            (source.gain, source.score),
            (Points::whole(5), Points::whole(40))
        );
    }

    #[test]
    fn where_no_single_rule_suffices_the_fewest_together_are_told() {
        let one = way([0, 0, 0, 20, 0], true);
        assert_eq!(one.next.as_deref(), Some("hot"));
        assert!(one.together.is_empty(), "the budget alone suffices");
        let both = way([0, 20, 0, 4, 0], true);
        assert_eq!(
            steps(&both.together)
                .iter()
                .map(|(label, ..)| *label)
                .collect::<Vec<&str>>(),
            ["Budget", "Quiet"]
        );
        assert_eq!(
            both.together.last().expect("a step").score,
            Points::whole(40)
        );
    }

    #[test]
    fn what_the_next_temperature_requires_is_told() {
        let way = way([0, 20, 20, 10, 0], false);
        assert_eq!(way.next.as_deref(), Some("hot"));
        assert_eq!(way.missing, ["Budget known"]);
    }

    #[test]
    fn the_hottest_have_no_way_up() {
        let way = way([25, 5, 20, 0, 0], true);
        assert_eq!(way.next, None);
        assert!(way.steps.is_empty());
    }
}
