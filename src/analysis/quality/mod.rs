//! `report quality`: whether the data can be trusted, and which leads are no good as they stand.

mod look_alikes;

use std::collections::BTreeSet;

use super::{Cell, Chart, Column, Document, Facts, LeadFacts, Part, Table, Unit};
use crate::model::{Operand, RuleSource};
use crate::run::Run;
use crate::value::{Points, is_email};
use look_alikes::Alike;

/// How many leads a check names.
const NAMED: usize = 3;

/// One thing that may be amiss with a lead.
struct Check<'c> {
    name: String,
    label: String,
    holds: Box<dyn Fn(&LeadFacts<'_>) -> bool + 'c>,
}

/// The report on the data; a lead is quiet after so many days without any event.
pub fn quality(facts: &Facts<'_>, run: &Run, quiet_days: u16) -> Document {
    let mut document = facts.document("quality", "Quality of the data", Vec::new(), Vec::new());
    let alike = look_alikes::find(facts, run);
    document.tables = vec![
        checks(facts, run, &alike, quiet_days),
        blanks(facts, run),
        look_alikes::table(facts, &alike),
    ];
    document.tables.extend(events(run));
    document.tables.extend(event_types(run));
    if facts.model.reports.quality.is_empty() {
        document.notes.push(
            "Checks of your own go into the model: [quality] bounced = { when = \"bounces >= 1\" }."
                .to_owned(),
        );
    }
    document
}

/// How many leads fail each check, and some of them.
fn checks(facts: &Facts<'_>, run: &Run, alike: &[Alike], quiet_days: u16) -> Table {
    let rows = all_checks(facts, run, alike, quiet_days)
        .into_iter()
        .map(|check| {
            let (mut count, mut hot) = (0_u64, 0_u64);
            // The best of them first, for these are worth mending.
            let mut named: Vec<&str> = Vec::new();
            for lead in facts.leads.iter().filter(|lead| (check.holds)(lead)) {
                count += 1;
                hot += u64::from(lead.temperature == 0 && lead.is_pursued);
                if named.len() < NAMED {
                    named.push(lead.id);
                }
            }
            vec![
                check.name.into(),
                check.label.into(),
                count.into(),
                Cell::share(count, facts.leads.len() as u64),
                hot.into(),
                named.join(", ").into(),
            ]
        });
    let hottest = facts.model.temperatures.first();
    let hottest = hottest.map_or("hottest", |temperature| temperature.name.as_str());
    Table {
        name: "checks".into(),
        title: "Leads".to_owned(),
        question: "How many leads are no good as they stand?".to_owned(),
        rows: rows.collect(),
        columns: vec![
            Column::new("check", "Name", Unit::Text).part(Part::Hidden),
            Column::new("label", "What is amiss", Unit::Text),
            Column::new("leads", "Leads", Unit::Count),
            Column::new("share", "Of all", Unit::Share),
            Column::new("hottest", format!("Of temperature {hottest}"), Unit::Count),
            Column::new("examples", "For instance", Unit::Text),
        ],
        chart: Some(Chart::Bars {
            label: "label",
            value: "share",
        }),
        notes: Vec::new(),
    }
}

fn all_checks<'c>(
    facts: &'c Facts<'c>,
    run: &'c Run,
    alike: &[Alike],
    quiet_days: u16,
) -> Vec<Check<'c>> {
    let mut checks: Vec<Check<'c>> = Vec::new();
    let mut check = |name: &str, label: &str, holds: Box<dyn Fn(&LeadFacts<'_>) -> bool + 'c>| {
        let (name, label) = (name.to_owned(), label.to_owned());
        checks.push(Check { name, label, holds });
    };
    let scoring = run.ranking.scoring();
    let email = facts.model.contacts.person.email;
    if run.present[email] {
        let cell = move |lead: &LeadFacts<'_>| scoring.cell(lead.contact, email);
        let is_blank = move |lead: &LeadFacts<'_>| cell(lead).is_none();
        check("no_email", "No e-mail address", Box::new(is_blank));
        let is_invalid =
            move |lead: &LeadFacts<'_>| cell(lead).is_some_and(|text| !is_email(text.trim()));
        check(
            "invalid_email",
            "No valid e-mail address",
            Box::new(is_invalid),
        );
    }
    for (number, question) in facts.model.reports.quality.iter().enumerate() {
        let holds = move |lead: &LeadFacts<'_>| lead.quality >> number & 1 == 1;
        check(&question.name, &question.label, Box::new(holds));
    }
    let alike: BTreeSet<usize> = alike.iter().flat_map(|set| set.places.clone()).collect();
    let is_alike = move |lead: &LeadFacts<'_>| alike.contains(&lead.place);
    check("look_alike", "Looks like another lead", Box::new(is_alike));
    if run.event_rows.is_some() {
        let never = |lead: &LeadFacts<'_>| lead.last_event.is_none();
        check("no_event", "Never did anything", Box::new(never));
        let today = facts.as_of.day.days();
        let zone = &facts.model.zone;
        let is_quiet = move |lead: &LeadFacts<'_>| {
            let last = lead.last_event;
            last.is_some_and(|last| today - zone.day_of(last).days() >= i32::from(quiet_days))
        };
        let label = format!("Did nothing for {quiet_days} days");
        check("quiet", &label, Box::new(is_quiet));
        let by_signals = rules_by_signals(facts);
        let is_faded = move |lead: &LeadFacts<'_>| {
            let (_, ledger) = run.ranking.ledger(lead.place);
            let mut given = ledger.rules().zip(&by_signals);
            lead.last_event.is_some()
                && given.all(|((_, points), by_signals)| !by_signals || points <= Points::ZERO)
        };
        let label = "Did something, and nothing of it gives points today";
        check("faded", label, Box::new(is_faded));
    }
    let is_disqualified = |lead: &LeadFacts<'_>| !lead.is_pursued;
    if !facts.model.disqualify.is_empty() {
        check("disqualified", "Disqualified", Box::new(is_disqualified));
    }
    checks
}

/// For each rule, whether it looks at what the lead did.
fn rules_by_signals(facts: &Facts<'_>) -> Vec<bool> {
    let rules = facts.model.rules.iter();
    let by_signals = rules.map(|rule| match &rule.source {
        RuleSource::PerUnit { of, .. } | RuleSource::Bands { of, .. } => {
            matches!(of, Operand::Signal(_))
        }
        RuleSource::When { condition, .. } => !condition.mentions().signals.is_empty(),
        RuleSource::Values { .. } => false,
    });
    by_signals.collect()
}

/// How many leads say nothing in each column that the model looks at.
fn blanks(facts: &Facts<'_>, run: &Run) -> Table {
    let scoring = run.ranking.scoring();
    let columns = facts.model.contacts.columns.entries();
    let mut blank = vec![0_u64; columns.len()];
    let mut cells = Vec::new();
    for lead in &facts.leads {
        // All cells of a lead at once: one by one each would be looked for from the first.
        scoring.read_cells(lead.contact, &mut cells);
        for (count, cell) in blank.iter_mut().zip(&cells) {
            *count += u64::from(scoring.known(cell).is_none());
        }
    }
    let columns = columns.iter().enumerate();
    // Usual columns that an export does not have are nobody's fault.
    let asked = columns.filter(|(slot, column)| column.span.is_some() || run.present[*slot]);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (slot, column) in asked {
        let count = blank[slot];
        let cells = run.unreadable.iter();
        let unreadable = cells.filter(|cells| cells.column == column.name);
        rows.push(vec![
            column.name.as_str().into(),
            count.into(),
            Cell::share(count, facts.leads.len() as u64),
            unreadable.map(|cells| cells.cells).sum::<u64>().into(),
            if run.present[slot] {
                Cell::Blank
            } else {
                "not in the export".into()
            },
        ]);
    }
    rows.sort_by(|a, b| {
        let key = |row: &[Cell]| match (&row[1], &row[0]) {
            (Cell::Count(count), Cell::Text(name)) => (std::cmp::Reverse(*count), name.clone()),
            _ => (std::cmp::Reverse(0), String::new()),
        };
        key(a).cmp(&key(b))
    });
    rows.dedup_by(|a, b| a[0] == b[0]);
    Table {
        name: "blanks".into(),
        title: "Columns".to_owned(),
        question: "What do the leads not tell?".to_owned(),
        rows,
        columns: vec![
            Column::new("column", "Column", Unit::Text),
            Column::new("blank", "Blank", Unit::Count),
            Column::new("share", "Of all", Unit::Share),
            Column::new("unreadable", "Unreadable", Unit::Count),
            Column::new("remark", "Remark", Unit::Text),
        ],
        chart: Some(Chart::Bars {
            label: "column",
            value: "share",
        }),
        notes: Vec::new(),
    }
}

/// What became of the rows of events; none without events.
fn events(run: &Run) -> Option<Table> {
    let rows = run.event_rows.as_ref()?;
    let all = rows.read;
    let counts = [
        ("counted", "Counted", rows.counted),
        (
            "unused_type",
            "Of a type that the model does not use",
            rows.unused(),
        ),
        ("orphans", "Of nobody in the contacts", rows.no_contact),
        ("not_leads", "Of contacts that are no leads", rows.not_leads),
        ("after_as_of", "Later than as-of", rows.after_as_of),
        ("too_old", "Too old to count", rows.out_of_window),
        ("unmatched", "Not what a signal looks for", rows.unmatched),
        (
            "repeated",
            "The same event once more",
            rows.collapsed + rows.superseded,
        ),
        ("rejected", "Cannot be read", rows.rejected),
        ("footer", "Footer of a report", rows.footer),
    ];
    let counts = counts
        .into_iter()
        .filter(|(name, _, count)| *count > 0 || *name == "counted");
    let rows = counts.map(|(name, label, count)| {
        vec![
            name.into(),
            label.into(),
            count.into(),
            Cell::share(count, all),
        ]
    });
    Some(Table {
        name: "events".into(),
        title: "Events".to_owned(),
        question: "Does what the leads did reach their scores?".to_owned(),
        rows: rows.collect(),
        columns: vec![
            Column::new("events_are", "Name", Unit::Text).part(Part::Hidden),
            Column::new("label", "Events that are", Unit::Text),
            Column::new("events", "Events", Unit::Count),
            Column::new("share", "Of all", Unit::Share),
        ],
        chart: Some(Chart::Bars {
            label: "label",
            value: "share",
        }),
        notes: Vec::new(),
    })
}

/// The types of events that the model does not use; none where it uses all.
fn event_types(run: &Run) -> Option<Table> {
    let rows = run.event_rows.as_ref()?;
    let mut kinds: Vec<(&String, &u64)> = rows.unused_kinds.iter().collect();
    kinds.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    if kinds.is_empty() {
        return None;
    }
    let table = kinds.into_iter().map(|(name, count)| {
        vec![
            name.as_str().into(),
            (*count).into(),
            Cell::share(*count, rows.read),
        ]
    });
    Some(Table {
        name: "unused_types".into(),
        title: "Types of events that the model does not use".to_owned(),
        question: "Is there something that should count?".to_owned(),
        rows: table.collect(),
        columns: vec![
            Column::new("type", "Type", Unit::Text),
            Column::new("events", "Events", Unit::Count),
            Column::new("share", "Of all", Unit::Share),
        ],
        chart: None,
        notes: Vec::new(),
    })
}
