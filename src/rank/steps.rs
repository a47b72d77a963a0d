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
