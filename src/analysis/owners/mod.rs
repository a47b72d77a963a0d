//! The report on owners: who holds which leads, answers how soon, and wins more or less than those leads promise.

mod owner;
#[cfg(test)]
mod tests;
mod verdict;

use super::answering::{self, METHOD, WANTED};
use super::by_column::{ByColumn, ColumnNames};
use super::facts::Facts;
use super::table::{Cell, Chart, Column, Document, Part, Table, Unit};
use crate::value::Number;
use owner::Owner;
use verdict::Verdict;

/// The columns that are called the same whatever the model.
const FIXED: [&str; 27] = [
    "owner",
    "leads",
    "asked",
    "answered",
    "median",
    "p90",
    "within_5m",
    "within_15m",
    "within_30m",
    "within_1h",
    "within_4h",
    "within_24h",
    "never",
    "waiting",
    "untouched",
    "judged",
    "won",
    "expected",
    "ratio",
    "ratio_low",
    "ratio_high",
    "p_value",
    "verdict",
    "total",
    "lost",
    "share",
    "prior",
];

/// A row of the table.
struct Row {
    owner: Owner,
    verdict: Verdict,
}

/// How the owners fare, of most leads first; leads of nobody are the last row, `(nobody)`.
///
/// Answers are those to the first question of each lead. Wins are compared with what the scores of the owner's leads
/// promise, as `verdict` says.
pub fn owners(facts: &Facts<'_>) -> Document {
    let owners = owner::owners(facts);
    let has_outcome = facts.has_outcome();
    let verdicts = verdict::verdicts(facts, &owners);
    let rows: Vec<Row> = owners
        .into_iter()
        .zip(verdicts)
        .map(|(owner, verdict)| Row { owner, verdict })
        .collect();
    let mut tables = vec![table(facts, &rows, has_outcome)];
    if facts.has_answers {
        tables.push(answers(&tables[0]));
    }
    let mut notes = Vec::new();
    if !facts.has_owner {
        notes.push(
            "Whose the leads are is not known: the export has no column of the owner, \
             or the model does not name it under [contacts.columns]."
                .to_owned(),
        );
    }
    if facts.has_answers {
        notes.push(format!(
            "Answers are those to the first question of each lead. {METHOD}"
        ));
        notes.push(
            "Untouched are leads of the hottest temperature, neither disqualified nor decided, \
             that wait for an answer or that nobody turned to in the last 7 days."
                .to_owned(),
        );
    } else {
        notes.push(WANTED.to_owned());
    }
    if has_outcome {
        notes.push(verdict::METHOD.to_owned());
    } else {
        notes.extend(facts.without_wins());
    }
    facts.document("owners", "Owners".to_owned(), tables, notes)
}

fn table(facts: &Facts<'_>, rows: &[Row], has_outcome: bool) -> Table {
    let mut table = ByColumn::new(
        "owners",
        "Owners",
        "Is somebody slow, or only given bad leads?",
        rows,
    );
    let count = |name: &str, heading: &str| Column::new(name.to_owned(), heading, Unit::Count);
    table.add(Column::new("owner", "Owner", Unit::Text), |row| {
        row.owner.name.as_str().into()
    });
    table.add(count("leads", "Leads"), |row| row.owner.leads.into());
    let mut names = ColumnNames::beside(&FIXED);
    for (place, temperature) in facts.model.temperatures.iter().enumerate() {
        let name = names.give(&temperature.name, "temperature", &["*"]);
        let part = if place == 0 { Part::Own } else { Part::Hidden };
        let column = count(&name, &temperature.name).part(part);
        table.add(column, |row| row.owner.temperatures[place].into());
    }
    if facts.has_answers {
        table.add(count("untouched", "Untouched"), |row| {
            row.owner.untouched.into()
        });
        answering::add_columns(&mut table, |row| &row.owner.answering);
        // People get them in a table of their own, so that the verdicts have room.
        table.hide(answer_columns().filter(|name| !matches!(*name, "owner" | "median")));
    }
    if !has_outcome {
        return table.table(None);
    }
    add_verdicts(&mut table);
    let chart = Chart::Intervals {
        label: "owner",
        value: "ratio",
        low: "ratio_low",
        high: "ratio_high",
        reference: Some(Number::ONE),
    };
    table.table(Some(chart))
}

/// The columns of the table of answers.
fn answer_columns() -> impl Iterator<Item = &'static str> {
    ["owner", "untouched"]
        .into_iter()
        .chain(answering::columns())
}

/// How soon owners answer, for people.
fn answers(main: &Table) -> Table {
    Table {
        name: "answers".into(),
        title: "Answers".to_owned(),
        question: "How soon do owners answer, and which hot leads are left alone?".to_owned(),
        ..main.part_of(answer_columns().map(|name| (name.to_owned(), Part::Own)))
    }
}

fn add_verdicts(table: &mut ByColumn<'_, Row>) {
    let figure = |row: &Row, of: fn(&super::statistics::Compared) -> f64, decimals| {
        let compared = row.verdict.compared.as_ref();
        compared.map_or(Cell::Blank, |compared| {
            Cell::rounded(of(compared), decimals)
        })
    };
    let judged = Column::new("judged", "Judged", Unit::Count).part(Part::Hidden);
    table.add(judged, |row| row.verdict.leads.into());
    table.add(Column::new("won", "Won", Unit::Count), |row| {
        row.owner.won.into()
    });
    table.add(Column::new("expected", "Expected", Unit::Plain), |row| {
        figure(row, |compared| compared.expected, 1)
    });
    table.add_interval(
        Column::with_interval("ratio", "Won to expected", Unit::Plain),
        |row| {
            [
                figure(row, |compared| compared.ratio, 2),
                figure(row, |compared| compared.interval.low, 2),
                figure(row, |compared| compared.interval.high, 2),
            ]
        },
    );
    let p_value = Column::new("p_value", "p", Unit::Plain).part(Part::Hidden);
    table.add(p_value, |row| figure(row, |compared| compared.p_value, 6));
    table.add(Column::new("verdict", "Verdict", Unit::Text), |row| {
        Cell::text(row.verdict.words)
    });
}
