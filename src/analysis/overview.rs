//! `report overview`: the whole on one screen.

use super::facts::UNTOUCHED_DAYS;
use super::{Cell, Chart, Column, Document, Facts, LeadFacts, Part, Table, Unit};
use crate::value::{Number, Points, grouped};

/// About so many bars of the histogram of scores.
const SPANS: i64 = 10;

/// The report that says most in least room.
pub fn overview(facts: &Facts<'_>) -> Document {
    let tables = vec![temperatures(facts), funnel(facts), scores(facts)];
    facts.document("overview", "Overview", tables, notes(facts))
}

/// How many leads have each temperature, and how many of them were won.
fn temperatures(facts: &Facts<'_>) -> Table {
    let model = facts.model;
    let won = facts.has_wins();
    let mut columns = vec![
        Column::new("temperature", "Temperature", Unit::Text),
        Column::new("leads", "Leads", Unit::Count),
        Column::new("share", "Of all", Unit::Share),
    ];
    if won {
        columns.push(Column::new("won", "Won", Unit::Count));
        columns.push(Column::new("won_rate", "Win rate", Unit::Share));
    }
    columns.push(Column::new("action", "What to do", Unit::Text));
    let rows = model.temperatures.iter().enumerate();
    let rows = rows.map(|(number, temperature)| {
        let its = |lead: &&LeadFacts<'_>| lead.temperature == number;
        let leads = facts.leads.iter().filter(its).count() as u64;
        let mut row = vec![
            Cell::from(temperature.name.as_str()),
            leads.into(),
            Cell::share(leads, facts.leads.len() as u64),
        ];
        if won {
            let leads_won = facts.leads.iter().filter(its).filter(|lead| lead.is_won);
            let leads_won = leads_won.count() as u64;
            row.extend([leads_won.into(), Cell::share(leads_won, leads)]);
        }
        row.push(Cell::text(temperature.action.as_deref()));
        row
    });
    Table {
        name: "temperatures".into(),
        title: "Temperatures".to_owned(),
        question: "How many leads are ready?".to_owned(),
        rows: rows.collect(),
        columns,
        chart: Some(Chart::Parts {
            label: "temperature",
            value: "leads",
        }),
        notes: Vec::new(),
    }
}

/// Leads, those that passed each stage, and those that were won.
fn funnel(facts: &Facts<'_>) -> Table {
    let count = |passed: &dyn Fn(&LeadFacts<'_>) -> bool| {
        facts.leads.iter().filter(|lead| passed(lead)).count() as u64
    };
    let mut steps = vec![("leads".to_owned(), facts.leads.len() as u64)];
    for (number, stage) in facts.model.stages.iter().enumerate() {
        steps.push((stage.name.clone(), count(&|lead| lead.has_passed(number))));
    }
    if facts.has_wins() {
        steps.push(("won".to_owned(), count(&|lead| lead.is_won)));
    }
    let mut before = facts.leads.len() as u64;
    let rows = steps.into_iter().map(|(step, leads)| {
        let of_those_before = Cell::share(leads, before);
        before = leads;
        vec![
            step.into(),
            leads.into(),
            Cell::share(leads, facts.leads.len() as u64),
            of_those_before,
        ]
    });
    Table {
        name: "funnel".into(),
        title: "Funnel".to_owned(),
        question: "How far did the leads come?".to_owned(),
        rows: rows.collect(),
        columns: vec![
            Column::new("step", "Step", Unit::Text),
            Column::new("leads", "Leads", Unit::Count),
            Column::new("share", "Of all", Unit::Share),
            Column::new("conversion", "Of the step before", Unit::Share),
        ],
        chart: Some(Chart::Funnel {
            label: "step",
            value: "leads",
        }),
        notes: Vec::new(),
    }
}

/// How many leads have which scores, in spans of one width.
fn scores(facts: &Facts<'_>) -> Table {
    let spans = Spans::of(facts);
    let mut counts = vec![0_u64; spans.count];
    let mut wins = vec![0_u64; spans.count];
    for lead in facts.leads.iter().filter(|lead| lead.is_pursued) {
        let span = spans.span_of(lead.score);
        counts[span] += 1;
        wins[span] += u64::from(lead.is_won);
    }
    let has_wins = facts.has_wins();
    let rows = (0..spans.count).map(|span| {
        let (from, to) = spans.ends(span);
        let mut row = vec![
            format!("{from} to {to}").into(),
            Cell::points(from),
            Cell::points(to),
            counts[span].into(),
        ];
        if has_wins {
            row.extend([wins[span].into(), Cell::share(wins[span], counts[span])]);
        }
        row
    });
    let mut columns = vec![
        Column::new("scores", "Scores", Unit::Text),
        Column::new("from", "From", Unit::Points).part(Part::Hidden),
        Column::new("to", "To", Unit::Points).part(Part::Hidden),
        Column::new("leads", "Leads", Unit::Count),
    ];
    if has_wins {
        columns.push(Column::new("won", "Won", Unit::Count));
        columns.push(Column::new("won_rate", "Win rate", Unit::Share));
    }
    Table {
        name: "scores".into(),
        title: "Scores".to_owned(),
        question: "How are the scores spread?".to_owned(),
        rows: rows.collect(),
        columns,
        chart: Some(Chart::Histogram {
            label: "scores",
            value: "leads",
        }),
        notes: Vec::new(),
    }
}

/// Spans of scores of one width, over all scores there can be or, where these reach far, over those there are.
struct Spans {
    /// Thousandths of a point at which the first begins.
    first: i64,
    /// Their width in thousandths.
    width: i64,
    /// The lowest score.
    low: i64,
    /// The smallest step between two scores.
    step: i64,
    count: usize,
    /// The largest score of the last.
    last: i64,
}

impl Spans {
    fn of(facts: &Facts<'_>) -> Self {
        let score = &facts.model.score;
        let step = 1000 / 10_i64.pow(score.decimals.into());
        let scores = facts.leads.iter().filter(|lead| lead.is_pursued);
        let scores = scores.map(|lead| lead.score.thousandths());
        let (min, max) = (score.min.thousandths(), score.max.thousandths());
        let (low, high) = if max - min <= 1_000_000 {
            (min, max)
        } else {
            let seen = scores.fold(None, |ends: Option<(i64, i64)>, score| {
                Some(ends.map_or((score, score), |(low, high)| {
                    (low.min(score), high.max(score))
                }))
            });
            seen.unwrap_or((0, 0))
        };
        // 1, 2 or 5 points times a power of ten, so that there are about ten spans.
        let wanted = (high - low) / SPANS;
        let mut width = 1000;
        let mut factors = [2, 5, 10].into_iter().cycle();
        let mut base = 1000;
        while width < wanted && width < i64::MAX / 20 {
            let factor = factors.next().unwrap_or(10);
            width = base * factor;
            if factor == 10 {
                base = width;
            }
        }
        let first = low.div_euclid(width) * width;
        // A highest score at a round number belongs to the span before it.
        let count = ((high - first).max(1) + width - 1) / width;
        Self {
            first,
            low,
            width,
            step,
            count: usize::try_from(count.max(1)).unwrap_or(1),
            last: high,
        }
    }

    fn span_of(&self, score: Points) -> usize {
        let span = (score.thousandths() - self.first).max(0) / self.width;
        usize::try_from(span).unwrap_or(0).min(self.count - 1)
    }

    /// The smallest and the largest score of a span.
    fn ends(&self, span: usize) -> (Points, Points) {
        let from = self.first + self.width * i64::try_from(span).unwrap_or(0);
        let from = from.max(self.low);
        let to = if span + 1 == self.count {
            self.last.max(from)
        } else {
            self.first + self.width * i64::try_from(span + 1).unwrap_or(0) - self.step
        };
        (Points::from_thousandths(from), Points::from_thousandths(to))
    }
}

/// What asks for attention today, and what was won.
fn notes(facts: &Facts<'_>) -> Vec<String> {
    let leads = |count: usize| match count {
        1 => "1 lead".to_owned(),
        _ => format!("{} leads", grouped(&count.to_string())),
    };
    let mut notes = Vec::new();
    if facts.has_answers {
        let untouched = facts.leads.iter().filter(|lead| facts.is_untouched(lead));
        if let (untouched @ 1.., Some(hottest)) =
            (untouched.count(), facts.model.temperatures.first())
        {
            notes.push(format!(
                "Of temperature {} and left alone: {} (nothing from us for {UNTOUCHED_DAYS} days, or a question is open).",
                hottest.name,
                leads(untouched),
            ));
        }
        let is_open = |lead: &&LeadFacts<'_>| lead.is_open() && lead.waits_now();
        let open = facts.leads.iter().filter(is_open).count();
        if open > 0 {
            notes.push(format!("Asked and got no answer yet: {}.", leads(open)));
        }
    }
    let won = facts.leads.iter().filter(|lead| lead.is_won);
    let is_known_of_all = won.clone().all(|lead| lead.value.is_some());
    let mut values = won.clone().filter_map(|lead| lead.value);
    let value = values.try_fold(Number::ZERO, Number::plus);
    let won = won.count();
    if won > 0 {
        let worth = value.filter(|value| *value != Number::ZERO);
        let worth = worth.map_or(String::new(), |value| {
            format!(
                ", worth {} {}",
                grouped(&value.to_string()),
                if is_known_of_all {
                    "in all"
                } else {
                    "as far as that is known"
                }
            )
        });
        let all = leads(facts.leads.len());
        notes.push(format!("Won: {won} of {all}{worth}."));
    }
    notes.extend(facts.without_wins());
    notes
}
