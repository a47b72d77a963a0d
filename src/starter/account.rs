//! What was recognised in the exports, in lines for standard error.

use super::Settled;
use super::dates::{Form, word};
use super::draft::Draft;
use super::roles::{self, Role, Roles};
use super::survey::Survey;
use crate::value::DecimalSign;

/// Types without a rule that are named; the rest is a number.
const TYPES_SHOWN: usize = 6;
/// A join that finds fewer percent of the events' contacts is worth a warning.
const FEW_FOUND: u64 = 20;

/// The lines.
pub(super) fn lines(settled: &Settled<'_>, roles: &Roles, draft: &Draft<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let surveys = std::iter::once(settled.contacts).chain(settled.events.map(|(survey, _)| survey));
    for survey in surveys {
        for file in &survey.files {
            if let Some(shape) = file.shape {
                lines.push(format!(
                    "shape     {} is in the shape of {} ({})",
                    file.name, shape.title, shape.confidence
                ));
            }
        }
    }
    lines.push(contacts(settled, roles));
    if !roles.counters.is_empty() {
        let counters = roles.counters.iter().map(|(column, kind)| {
            format!("{kind} = \"{}\"", settled.contacts.columns[*column].header)
        });
        let counters: Vec<String> = counters.collect();
        lines.push(format!("counters  {}", counters.join(", ")));
    }
    numbers(&mut lines, settled);
    dates(&mut lines, settled, roles, draft);
    events(&mut lines, settled, draft);
    if draft.is_bare {
        lines.push(
            "warning: nothing was recognised that a lead could be scored by: write rules of your own, or start from a template (--template)"
                .to_owned(),
        );
    }
    for survey in std::iter::once(settled.contacts).chain(settled.events.map(|(survey, _)| survey))
    {
        if survey.bad_rows > 0 {
            let name = survey.files.first().map_or("", |file| file.name.as_str());
            lines.push(format!(
                "warning: {} cannot be read in {name}; score will refuse the export and list them",
                counted(survey.bad_rows, "row")
            ));
        }
    }
    lines
}

/// A number of things in words.
pub(super) fn counted(number: u64, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

fn contacts(settled: &Settled<'_>, roles: &Roles) -> String {
    let columns: Vec<String> = roles
        .iter()
        .map(|(role, column)| {
            format!(
                "{} = \"{}\"",
                roles::name(role),
                settled.contacts.columns[column].header
            )
        })
        .collect();
    format!("contacts  {}", columns.join(", "))
}

fn numbers(lines: &mut Vec<String>, settled: &Settled<'_>) {
    let decimals = settled.decimals;
    if decimals.is_told {
        let sign = match decimals.sign {
            DecimalSign::Point => "point",
            DecimalSign::Comma => "comma",
        };
        let but = if decimals.is_mixed {
            ", though some columns have the other sign"
        } else {
            ""
        };
        lines.push(format!("numbers   with a decimal {sign}{but}"));
    }
    let unclear = settled
        .contacts
        .columns
        .iter()
        .find(|column| decimals.are_needed(&column.facts));
    if let Some(column) = unclear {
        lines.push(format!(
            "note: no number in \"{}\" tells whether 1.234 is a thousand or one and a bit; say it in the model: [contacts] decimal",
            column.header
        ));
    }
}

fn dates(lines: &mut Vec<String>, settled: &Settled<'_>, roles: &Roles, draft: &Draft<'_>) {
    for role in [Role::LastActivity, Role::Created] {
        let Some(column) = roles.get(role) else {
            continue;
        };
        let column = &settled.contacts.columns[column];
        if let Some(form) = Form::of(&column.facts).and_then(form) {
            lines.push(format!("dates     \"{}\": {form}", column.header));
        }
    }
    for column in &draft.untold_dates {
        lines.push(format!(
            "note: the dates in \"{}\" do not tell whether day or month comes first, so no rule reads them; --date-order says it",
            settled.contacts.columns[*column].header
        ));
    }
}

/// How dates are written, where that is worth saying.
fn form(form: Form) -> Option<String> {
    match form {
        Form::Told(order) => Some(format!("{}, as its dates tell", word(order))),
        Form::Declared(format) => Some(format!("in the form {format}")),
        Form::Contradictory => Some("the day first in some and the month in others".to_owned()),
        Form::Plain | Form::Untold => None,
    }
}

fn events(lines: &mut Vec<String>, settled: &Settled<'_>, draft: &Draft<'_>) {
    let Some((survey, columns)) = settled.events else {
        return;
    };
    let header = |survey: &Survey, column: usize| survey.columns[column].header.clone();
    let joined = match columns.joined_to {
        Some(column) => format!(" (the contact's \"{}\")", header(settled.contacts, column)),
        None => String::new(),
    };
    let form = form(columns.form).map(|form| format!(" ({form})"));
    lines.push(format!(
        "events    contact = \"{}\"{joined}, type = \"{}\", time = \"{}\"{}",
        header(survey, columns.contact),
        header(survey, columns.kind),
        header(survey, columns.time),
        form.unwrap_or_default()
    ));
    if let Some(found) = columns.found.filter(|found| *found < FEW_FOUND) {
        lines.push(format!(
            "warning: {found}% of the contacts that events name are among the contacts; are both exports of the same system?"
        ));
    }
    if !draft.types.is_empty() {
        let types: Vec<String> = draft
            .types
            .iter()
            .map(|kind| format!("{} {}", kind.name, kind.events))
            .collect();
        lines.push(format!("types     {}", types.join(", ")));
    }
    let others = &draft.other_types;
    if !others.is_empty() {
        let shown = others.iter().take(TYPES_SHOWN);
        let mut shown: Vec<String> = shown
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        if others.len() > TYPES_SHOWN {
            shown.push(format!("{} more", others.len() - TYPES_SHOWN));
        }
        lines.push(format!("no rule   for {}", shown.join(", ")));
    }
    if draft.types.is_empty() {
        lines.push("warning: no type of event was recognised: name them under [events.types] and make signals of them".to_owned());
    }
}
