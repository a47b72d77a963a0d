//! Where a lead stands: what its score is called, whether it earns that name, how far it has come and who takes it.

use super::overrides::{Action, Override, apply, in_force};
use super::{Beside, Outcome, temperature};
use crate::engine::{InHand, Labels};
use crate::model::condition::Scope;
use crate::model::{Label, Model};
use crate::value::{Instant, Points};

/// All that ordering and outputs need to remember of a lead, in little memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub contact: u32,
    /// What it is ranked by; nothing for a disqualified lead.
    pub total: Points,
    pub last_event: Option<Instant>,
    /// A bit for each checklist item that is met.
    pub checklist: u64,
    pub temperature: u16,
    /// The temperature without overrides.
    pub computed_temperature: u16,
    pub disqualified: Option<Disqualified>,
    pub stage: Option<u16>,
    pub route: Option<u16>,
    /// Its turn within the route, from 0 by rank.
    pub turn: u32,
    /// Whether the list was asked to show it.
    pub is_wanted: bool,
}

/// Why a lead is pursued no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disqualified {
    /// For a reason of the model, by its number.
    Because(u16),
    /// By hand.
    Excluded,
}

impl Disqualified {
    /// The name of the reason.
    pub(super) fn name(self, model: &Model) -> &str {
        match self {
            Self::Because(reason) => &model.disqualify[usize::from(reason)].name,
            Self::Excluded => Model::EXCLUDED,
        }
    }
}

/// Leads self.
#[derive(Debug, Default)]
pub(super) struct Judgements {
    pub standings: Vec<Standing>,
    /// The overrides in force, by contact.
    pub overridden: Vec<(u32, Vec<Override>)>,
    /// Of how many leads the file of overrides speaks.
    pub in_file: u64,
    /// How many cells that should name a temperature do not.
    pub unknown_names: u64,
    /// What became of each contact, where that is asked.
    pub outcomes: Vec<(u32, Outcome)>,
}

impl Judgements {
    /// Judges one more lead: checklist, temperature, disqualification, stage and route, in this order.
    pub(super) fn add(&mut self, lead: &InHand<'_>, beside: &Beside) {
        let model = lead.ledger.model();
        let file = beside.overrides.as_ref();
        let file = file.map_or(&[] as &[_], |overrides| overrides.of(lead.id));
        let (overrides, names_no_temperature) = if file.is_empty() && model.overrides.is_none() {
            (Vec::new(), false)
        } else {
            in_force(model, file, lead.scope)
        };
        let before = beside.before(lead.id);
        let previous = before.and_then(|before| before.temperature);

        let computed = lead.ledger.total();
        let total = apply(computed, &overrides, &model.score).total;
        let decimals = model.score.decimals;
        let score = total.rounded(decimals);
        let checklist = met(model, lead, score);
        let by_score = |score, checklist| temperature::of(model, score, checklist, previous);
        let computed_temperature = if total == computed {
            by_score(score, checklist)
        } else {
            let score = computed.rounded(decimals);
            by_score(score, met(model, lead, score))
        };
        let by_hand = overrides.iter().rev().find_map(|one| match one.action {
            Action::Temperature(number) => Some(number),
            _ => None,
        });
        let temperature = by_hand.unwrap_or_else(|| by_score(score, checklist));

        let mut labels = Labels {
            checklist,
            temperature: Some(&model.temperatures[temperature].name),
            stage: None,
        };
        let scope = lead.scope.labelled(score, labels);
        let is_excluded = overrides.iter().any(|one| one.action == Action::Exclude);
        let disqualified = if is_excluded {
            Some(Disqualified::Excluded)
        } else {
            let reason = model.disqualify.iter().position(|r| r.when.is_met(&scope));
            reason.map(|reason| Disqualified::Because(small(reason)))
        };
        let mut standing = Standing {
            contact: u32::try_from(lead.contact).expect("contacts are numbered by 32 bits"),
            total,
            last_event: lead.last_event,
            checklist,
            temperature: small(temperature),
            computed_temperature: small(computed_temperature),
            disqualified,
            stage: None,
            route: None,
            turn: 0,
            is_wanted: true,
        };
        if disqualified.is_some() {
            let coldest = model.temperatures.len() - 1;
            standing.total = Points::ZERO;
            standing.temperature = small(coldest);
            if disqualified != Some(Disqualified::Excluded) {
                standing.computed_temperature = small(coldest);
            }
            labels.temperature = Some(&model.temperatures[coldest].name);
        } else {
            let stage = last_met(&model.stages, &scope);
            standing.stage = stage.map(small);
            labels.stage = stage.map(|stage| model.stages[stage].name.as_str());
        }
        let shown = standing.total.rounded(decimals);
        let scope = lead.scope.labelled(shown, labels);
        if disqualified.is_none() {
            let takes = |route: &crate::model::Route| {
                let when = route.when.as_ref();
                when.is_none_or(|when| when.is_met(&scope))
            };
            standing.route = model.routes.iter().position(takes).map(small);
        }
        let filter = beside.filter.as_ref();
        standing.is_wanted = filter.is_none_or(|filter| filter.is_met(&scope));
        self.in_file += u64::from(!file.is_empty());
        self.unknown_names += u64::from(names_no_temperature);
        if beside.asks_outcomes {
            let outcome = Outcome::of(model, &scope);
            self.outcomes.push((standing.contact, outcome));
        }
        if !overrides.is_empty() {
            self.overridden.push((standing.contact, overrides));
        }
        self.standings.push(standing);
    }
}

/// A bit for each checklist item that a lead with this score meets.
fn met(model: &Model, lead: &InHand<'_>, score: Points) -> u64 {
    let scope = lead.scope.labelled(score, Labels::default());
    let items = model.checklist.iter().enumerate();
    items
        .filter(|(_, item)| item.when.is_met(&scope))
        .fold(0, |bits, (item, _)| bits | 1 << item)
}

fn last_met(labels: &[Label], scope: &impl Scope) -> Option<usize> {
    labels.iter().rposition(|label| label.when.is_met(scope))
}

fn small(number: usize) -> u16 {
    u16::try_from(number).expect("a model has at most Model::MOST_LABELS of a kind")
}
