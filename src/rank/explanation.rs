//! Everything about one lead's score as one value: what each rule gave and on what evidence, what bounds took, what
//! is missing, and what would make the lead hotter. Text and JSON are two views of it.

use serde::Serialize;

use super::Ranking;
use super::lead::{Lead, Origin, Upward};
use super::steps::Way;
use crate::engine::{Evidence, Ledger, Sighting};
use crate::model::condition::Mentions;
use crate::model::{DecayShape, Edge, Measure, Model, Operand, Period, Rule, RuleSource, Signal};
use crate::value::{Number, Points, Span, Zone};

/// Events shown for each signal, the newest.
const EVENTS_SHOWN: usize = 5;

/// A lead explained.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The contact's id.
    pub contact_id: String,
    /// The contact's name, where the export tells it.
    pub name: Option<String>,
    /// Place in the list, from 1; none for a disqualified lead.
    pub rank: Option<u64>,
    /// How many leads the list has.
    pub of: u64,
    /// The score shown.
    pub score: Points,
    /// The temperature's name in the model.
    pub temperature: String,
    /// How a CRM writes it.
    pub tag: Option<String>,
    /// What to do with such a lead.
    pub action: Option<String>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// A letter and a number, such as A1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Whose turn it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<String>,
    /// The reason why it is pursued no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disqualified: Option<String>,
    /// The temperature without overrides, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed_temperature: Option<String>,
    /// Whether it has its temperature only because it had it in the previous run.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_kept: bool,
    /// The overrides in force, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<String>,
    /// Its score in the earlier list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_score: Option<Points>,
    /// The temperatures that the score would give and a lack of checklist items denies, the hottest first.
    pub held_back: Vec<HeldBack>,
    /// The rules, by group in the model's order; last those without a group.
    pub groups: Vec<Part>,
    /// What scaling, the score's bounds, overrides, rounding and a disqualification changed.
    pub score_changes: Vec<Change>,
    /// The checklist in the model's order.
    pub checklist: Vec<Item>,
    /// The newest event of any type.
    pub last_event: Option<String>,
    /// What would make the lead hotter.
    pub hotter: Way,
    /// The instant looked back from.
    pub as_of: String,
    /// Name, version and fingerprint of the model.
    pub model: String,
}

/// Why a lead is cooler than its score.
#[derive(Debug, Serialize)]
pub struct HeldBack {
    /// The temperature denied.
    pub from: String,
    /// Labels of the items it lacks.
    pub missing: Vec<String>,
}

/// The rules of one group.
#[derive(Debug, Serialize)]
pub struct Part {
    /// The group's name; None for rules without a group.
    pub group: Option<String>,
    /// What readers see.
    pub label: String,
    /// What the group counts.
    pub points: Points,
    /// What its rules gave together.
    pub sum: Points,
    /// The most it may count.
    pub max: Option<Points>,
    /// The least it may count.
    pub min: Option<Points>,
    /// Its rules in the model's order.
    pub rules: Vec<Given>,
}

/// What one rule gave.
#[derive(Debug, Serialize)]
pub struct Given {
    /// The rule's id.
    pub rule: String,
    /// Its name.
    pub label: String,
    /// What it gave.
    pub points: Points,
    /// What it is worth, as the model says.
    pub worth: String,
    /// What it looked at and what it saw.
    pub seen: Vec<Seen>,
    /// The author's remark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One thing a rule looked at.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// A signal's or a column's name.
    pub name: String,
    /// Its value; None if nothing is known.
    pub value: Option<String>,
    /// What one unit of it is, for signals.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'static str,
    /// How a signal's value came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Events>,
}

/// The events behind a signal.
#[derive(Debug, Serialize)]
pub struct Events {
    /// How many there are in the window; for responses, how many questions were answered.
    pub count: usize,
    /// Window, limit and decay in words.
    pub manner: String,
    /// The newest of them.
    pub newest: Vec<Event>,
}

/// One event.
#[derive(Debug, Serialize)]
pub struct Event {
    /// When it happened, in the model's time zone.
    pub time: String,
    /// Its type.
    pub event: String,
    /// Its age in days.
    pub age_days: u32,
    /// What stood in the column the signal looks at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it counts after limit and decay, where the signal has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// Whether it counts nothing because its period was full.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub beyond_limit: bool,
    /// For a question, the minutes to its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_after_minutes: Option<i64>,
}

/// A line of the ledger that is no rule.
#[derive(Debug, Serialize)]
pub struct Change {
    /// What changed.
    pub label: String,
    /// By how much.
    pub points: Points,
}

/// A checklist item.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Its name in the model.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// Whether it is met.
    pub met: bool,
}

impl Explanation {
    /// Explains the lead in a place (from 0) of a ranking, with the evidence kept for it.
    pub fn of(ranking: &Ranking, place: usize, evidence: &Evidence) -> Self {
        let lead = ranking.lead(place);
        let (contact, ledger) = ranking.ledger(place);
        let plan = ranking.scoring().plan();
        let model = &plan.model;
        let witness = Witness {
            ranking,
            evidence,
            contact,
            model,
            zone: &model.zone,
            signals: ranking.scoring().signals_of(contact),
        };
        Self {
            contact_id: lead.id.to_owned(),
            name: lead.name.as_deref().map(str::to_owned),
            rank: lead.rank,
            of: (ranking.len() - ranking.disqualified()) as u64,
            score: lead.score,
            temperature: lead.temperature.to_owned(),
            tag: lead.tag.map(str::to_owned),
            action: lead.action.map(str::to_owned),
            stage: lead.stage.map(str::to_owned),
            grade: lead.grade.clone(),
            route: lead.route.map(str::to_owned),
            assigned_to: lead.assigned_to.map(str::to_owned),
            disqualified: lead.disqualified.map(str::to_owned),
            computed_temperature: (!lead.overrides.is_empty())
                .then(|| lead.computed_temperature.to_owned()),
            is_kept: lead.is_kept,
            overrides: lead.overrides.clone(),
            previous_score: lead.previous_score,
            held_back: lead
                .held_back
                .iter()
                .map(|held_back| HeldBack {
                    from: held_back.from.to_owned(),
                    missing: held_back
                        .missing
                        .iter()
                        .map(|&label| label.to_owned())
                        .collect(),
                })
                .collect(),
            groups: parts(model, &ledger, &witness),
            score_changes: score_changes(&lead),
            checklist: model
                .checklist
                .iter()
                .zip(&lead.checklist)
                .map(|(item, (_, met))| Item {
                    name: item.name.clone(),
                    label: item.label.clone(),
                    met: *met,
                })
                .collect(),
            last_event: lead.last_event.map(|instant| instant.write_in(&model.zone)),
            // What the rules would do is beside the point where somebody has decided.
            hotter: lead
                .upward
                .as_ref()
                .filter(|_| lead.overrides.is_empty())
                .map(Upward::way)
                .unwrap_or_default(),
            as_of: plan.as_of.write(&model.zone),
            model: model.title(),
        }
    }
}

fn score_changes(lead: &Lead<'_>) -> Vec<Change> {
    lead.ledger
        .iter()
        .filter(|entry| !matches!(entry.origin, Origin::Rule(_) | Origin::Group(_)))
        .map(|entry| Change {
            label: entry.label.clone().into_owned(),
            points: entry.points,
        })
        .collect()
}

fn parts(model: &Model, ledger: &Ledger<'_>, witness: &Witness<'_>) -> Vec<Part> {
    let rules_of = |group: Option<usize>| -> Vec<Given> {
        ledger
            .rules()
            .filter(|(rule, _)| rule.group == group)
            .map(|(rule, points)| witness.given(rule, points))
            .collect()
    };
    let mut parts: Vec<Part> = model
        .groups
        .iter()
        .enumerate()
        .map(|(number, group)| Part {
            group: Some(group.name.clone()),
            label: group.label.clone(),
            points: ledger.group(number),
            sum: ledger.group_sum(number),
            max: group.max,
            min: group.min,
            rules: rules_of(Some(number)),
        })
        .collect();
    let rules = rules_of(None);
    if !rules.is_empty() {
        let sum = rules.iter().map(|given| given.points).sum();
        parts.push(Part {
            group: None,
            label: "Other".to_owned(),
            points: sum,
            sum,
            max: None,
            min: None,
            rules,
        });
    }
    parts
}

/// What is known of the contact beyond its ledger.
struct Witness<'r> {
    ranking: &'r Ranking,
    evidence: &'r Evidence,
    contact: usize,
    model: &'r Model,
    zone: &'r Zone,
    signals: Vec<Option<Number>>,
}

impl Witness<'_> {
    fn given(&self, rule: &Rule, points: Points) -> Given {
        let seen = match &rule.source {
            RuleSource::When { condition, .. } => self.mentioned(&condition.mentions()),
            RuleSource::PerUnit { of, .. } | RuleSource::Bands { of, .. } => match of {
                Operand::Signal(signal) => vec![self.signal(*signal)],
                Operand::Column(reading) => vec![self.reading(*reading)],
            },
            RuleSource::Values { column, .. } => vec![self.column(*column)],
        };
        Given {
            rule: rule.id.clone(),
            label: rule.name.clone(),
            points,
            worth: worth(rule),
            seen,
            note: rule.note.clone(),
        }
    }

    fn mentioned(&self, mentions: &Mentions) -> Vec<Seen> {
        let columns = &self.model.contacts.columns;
        let mut slots = mentions.columns.clone();
        for reading in &mentions.readings {
            let (slot, _) = columns.readings()[*reading];
            if !slots.contains(&slot) {
                slots.push(slot);
            }
        }
        let columns = slots.into_iter().map(|slot| self.column(slot));
        let signals = mentions.signals.iter().map(|signal| self.signal(*signal));
        columns.chain(signals).collect()
    }

    fn reading(&self, reading: usize) -> Seen {
        let (slot, _) = self.model.contacts.columns.readings()[reading];
        self.column(slot)
    }

    fn column(&self, slot: usize) -> Seen {
        let value = self.ranking.scoring().cell(self.contact, slot);
        Seen {
            name: self.model.contacts.columns.entries()[slot].name.clone(),
            value: value.map(|text| self.ranking.shown_cell(self.contact, Some(slot), text)),
            unit: "",
            events: None,
        }
    }

    fn signal(&self, number: usize) -> Seen {
        let signal = &self.model.signals[number];
        let mut sightings: Vec<&Sighting> = self.evidence.of(self.contact, number).iter().collect();
        if let Measure::Response { .. } = signal.measure {
            sightings.retain(|sighting| sighting.answered_after.is_some());
        }
        let newest = sightings
            .iter()
            .take(EVENTS_SHOWN)
            .map(|sighting| Event {
                time: sighting.instant.write_in(self.zone),
                event: sighting.kind.clone(),
                age_days: sighting.age,
                value: sighting
                    .value
                    .as_deref()
                    .map(|text| self.ranking.shown_cell(self.contact, None, text)),
                counts: sighting.counts.map(|counts| counts.to_string()),
                beyond_limit: sighting.is_beyond_limit,
                answered_after_minutes: sighting.answered_after,
            })
            .collect();
        Seen {
            name: signal.name.clone(),
            value: self.signals[number].map(|value| value.to_string()),
            unit: match self.signals[number] {
                Some(Number::ONE) => signal.measure.unit().trim_end_matches('s'),
                _ => signal.measure.unit(),
            },
            events: Some(Events {
                count: sightings.len(),
                manner: manner(signal),
                newest,
            }),
        }
    }
}

/// What a rule is worth, in words.
fn worth(rule: &Rule) -> String {
    let mut words = match &rule.source {
        RuleSource::When { text, points, .. } => format!("{} if {text}", points.signed()),
        RuleSource::PerUnit { points, .. } => format!("{} for each", points.signed()),
        RuleSource::Bands { bands, blank, .. } => {
            let edge = match bands.edge {
                Edge::From => "from",
                Edge::Upto => "up to",
            };
            let steps: Vec<String> = bands
                .steps
                .iter()
                .map(|(number, points)| {
                    format!("{} {edge} {}", points.signed(), bands.edge_text(*number))
                })
                .collect();
            worth_blank(steps, *blank)
        }
        RuleSource::Values {
            values,
            other,
            blank,
            ..
        } => {
            let mut texts: Vec<String> = values
                .iter()
                .map(|(text, points)| format!("{} for {text}", points.signed()))
                .collect();
            if *other != Points::ZERO {
                texts.push(format!("{} for any other", other.signed()));
            }
            worth_blank(texts, *blank)
        }
    };
    if let Some(max) = rule.max {
        words.push_str(&format!(", at most {max}"));
    }
    if let Some(min) = rule.min {
        words.push_str(&format!(", at least {min}"));
    }
    if !rule.enabled {
        words.push_str(" (switched off)");
    }
    words
}

/// What a rule gives for each case, and where nothing is known.
fn worth_blank(mut cases: Vec<String>, blank: Points) -> String {
    if blank != Points::ZERO {
        cases.push(format!("{} where nothing is known", blank.signed()));
    }
    cases.join(", ")
}

/// Window, limit and decay of a signal in words.
fn manner(signal: &Signal) -> String {
    let mut words = Vec::new();
    if let Some(days) = signal.within {
        words.push(format!("within {}", Span::from_days(days)));
    }
    let (decay, limit) = match &signal.measure {
        Measure::Count { decay, limit, .. } | Measure::Sum { decay, limit, .. } => (decay, limit),
        _ => (&None, &None),
    };
    if let Some(limit) = limit {
        let period = match limit.per {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        };
        words.push(format!("at most {} a {period}", limit.max));
    }
    match decay.as_ref().map(|decay| &decay.shape) {
        None => {}
        Some(DecayShape::HalfLife(days)) => {
            words.push(format!("half after {}", Span::from_days(*days)));
        }
        Some(DecayShape::Linear(days)) => {
            words.push(format!("fading over {}", Span::from_days(*days)));
        }
        Some(DecayShape::Step {
            step, by, after, ..
        }) => words.push(format!(
            "less by {} each {} from {} on",
            Number::from_millionths(i128::from(*by)),
            Span::from_days(*step),
            Span::from_days(*after)
        )),
    }
    words.join(", ")
}
