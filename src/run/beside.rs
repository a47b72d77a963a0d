//! The small files beside the exports: what people set by hand, and the list of an earlier run.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{BadRow, Binding, Format, Opened, Options, Row, Table};
use crate::model::Model;
use crate::rank::overrides::{Action, temperature_called};
use crate::rank::{Before, Override, Overrides, Previous};
use crate::value::{Day, Points, normal_id, read_yes_no, snake_case};

/// Rows refused that are shown one by one.
const SHOWN: usize = 20;

/// A column of such a file.
struct Wanted {
    /// The headers it may have in `snake_case`, the best first.
    names: &'static [&'static str],
    is_needed: bool,
}

const fn needed(names: &'static [&'static str]) -> Wanted {
    Wanted {
        names,
        is_needed: true,
    }
}

const fn optional(names: &'static [&'static str]) -> Wanted {
    Wanted {
        names,
        is_needed: false,
    }
}

const IDS: &[&str] = &["contact_id", "lead_id", "person_id", "record_id", "id"];

/// Reads a file of overrides, as far as they are in force on a day.
///
/// # Errors
/// Every row that says nothing the model understands, and every two rows that contradict each other.
pub fn read_overrides(opened: Opened, model: &Model, today: Day) -> Result<Overrides, Report> {
    const COLUMNS: [Wanted; 6] = [
        needed(IDS),
        needed(&["action"]),
        optional(&["value"]),
        optional(&["until"]),
        optional(&["by"]),
        optional(&["reason"]),
    ];
    let mut rows: HashMap<String, Vec<(u64, Override)>> = HashMap::new();
    let mut seen: HashSet<(String, Override)> = HashSet::new();
    let mut expired = 0;
    each_row(opened, "overrides", &COLUMNS, |line, cells| {
        let one = read_override(model, cells)?;
        if !one.is_in_force(today) {
            expired += 1;
            return Ok(());
        }
        let id = normal_id(cells[0]).into_owned();
        if !seen.insert((id.clone(), one.clone())) {
            return Ok(());
        }
        let known = rows.entry(id.clone()).or_default();
        let sets = matches!(one.action, Action::Temperature(_) | Action::Score(_));
        let contradicts = |(_, other): &&(u64, Override)| {
            other.action.name() == one.action.name() && other.action != one.action
        };
        if sets && let Some((first, _)) = known.iter().find(contradicts) {
            let what = one.action.name();
            return Err(format!("line {first} sets the {what} of `{id}` otherwise"));
        }
        known.push((line, one));
        Ok(())
    })?;
    let mut overrides = Overrides::new(expired);
    for (id, of_contact) in rows {
        for (_, one) in of_contact {
            overrides.add(id.clone(), one);
        }
    }
    Ok(overrides)
}

fn read_override(model: &Model, cells: &[&str]) -> Result<Override, String> {
    let [_, action, value, until, by, reason] = cells else {
        return Err("a cell is missing".to_owned());
    };
    // What stands in a cell may be of a person, so that messages name the column and not the cell.
    let points = || {
        Points::parse(value)
            .ok_or_else(|| "its value is no number of points, such as 80 or -2.5".to_owned())
    };
    let action = match action.to_ascii_lowercase().as_str() {
        "temperature" => {
            let number = temperature_called(model, value).ok_or_else(|| {
                let names: Vec<&str> = model.temperatures.iter().map(|t| t.name.as_str()).collect();
                format!("its value is no temperature; there is {}", names.join(", "))
            })?;
            Action::Temperature(number)
        }
        "score" => Action::Score(points()?),
        "add" => Action::Add(points()?),
        "floor" => Action::Floor(points()?),
        "ceiling" => Action::Ceiling(points()?),
        "exclude" if value.is_empty() || read_yes_no(value) == Some(true) => Action::Exclude,
        "exclude" => {
            return Err("its value is not yes; to exclude no more, delete the row".to_owned());
        }
        _ => {
            let actions = Action::NAMES.join(", ");
            return Err(format!("its action is none; there is {actions}"));
        }
    };
    let until = match *until {
        "" => None,
        until => Some(
            Day::parse(until)
                .ok_or_else(|| "its until is no date such as 2026-12-01".to_owned())?,
        ),
    };
    Ok(Override {
        action,
        until,
        by: (*by).to_owned(),
        reason: (*reason).to_owned(),
    })
}

/// Reads the list of an earlier run, as `score` writes it.
///
/// # Errors
/// A file that is no such list, and a lead that stands in it twice.
pub fn read_previous(opened: Opened, model: &Model) -> Result<Previous, Report> {
    const COLUMNS: [Wanted; 4] = [
        needed(&["contact_id"]),
        needed(&["score"]),
        needed(&["temperature"]),
        optional(&["computed_temperature"]),
    ];
    let mut previous = Previous::default();
    each_row(opened, "previous list", &COLUMNS, |_, cells| {
        let [id, score, temperature, computed] = cells else {
            return Err("a cell is missing".to_owned());
        };
        let score = Points::parse(score).ok_or_else(|| "its score is no number".to_owned())?;
        // What somebody set by hand is not what the model had come to.
        let temperature = if computed.is_empty() {
            temperature
        } else {
            computed
        };
        let before = Before {
            temperature: temperature_called(model, temperature),
            score: Some(score),
        };
        previous.unknown += u64::from(before.temperature.is_none());
        if previous.add(normal_id(id).into_owned(), before) {
            Ok(())
        } else {
            Err(format!("the lead `{id}` stands in the list twice"))
        }
    })?;
    Ok(previous)
}

/// Calls `take` for each row with the trimmed cells of the wanted columns; collects what it refuses.
fn each_row(
    opened: Opened,
    kind: &str,
    wanted: &[Wanted],
    mut take: impl FnMut(u64, &[&str]) -> Result<(), String>,
) -> Result<(), Report> {
    let mut table = Table::begin(opened, &Options::default())?;
    let binding = find_columns(&table, kind, wanted)?;
    let mut parser = table.parser(Arc::new(binding));
    let mut refused: Vec<(u64, String)> = Vec::new();
    while let Some(block) = table.next_block()? {
        let row = |row: Result<Row<'_>, BadRow>| {
            let row = match row {
                Ok(row) => row,
                Err(bad) => {
                    refused.push((bad.line, bad.message));
                    return;
                }
            };
            let cells: Vec<&str> = (0..wanted.len())
                .map(|slot| row.text(slot).trim())
                .collect();
            let line = row.line();
            let taken = if cells[0].is_empty() {
                Err("it has no id".to_owned())
            } else {
                take(line, &cells)
            };
            if let Err(why) = taken {
                refused.push((line, why));
            }
        };
        parser.parse(&block, row);
    }
    if refused.is_empty() {
        return Ok(());
    }
    refused.sort();
    let count = refused.len();
    let message = match count {
        1 => format!("a row of the {kind} cannot be used"),
        _ => format!("{count} rows of the {kind} cannot be used"),
    };
    let mut list: Vec<String> = refused
        .into_iter()
        .take(SHOWN)
        .map(|(line, why)| format!("{}:{line}: {why}", table.name))
        .collect();
    if count > SHOWN {
        list.push(format!("… and {} more", count - SHOWN));
    }
    Err(Report::new(
        Kind::Data,
        Diagnostic::error("bad-rows", message)
            .list(list)
            .hint("mend these rows; nothing was written"),
    ))
}

/// Binds each wanted column to the header that is called so.
fn find_columns(table: &Table, kind: &str, wanted: &[Wanted]) -> Result<Binding, Report> {
    let headers: Vec<String> = table.headers().iter().map(|h| snake_case(h)).collect();
    let mut binding = Binding::new(wanted.len());
    // An array without elements has no keys that could be missing.
    let is_bare = headers.is_empty() && !matches!(table.format(), Format::Csv { .. });
    for (slot, column) in wanted.iter().enumerate() {
        let name = column.names[0];
        let called = |name: &&str| headers.iter().filter(|header| header == name).count();
        let found = column.names.iter().find(|name| called(name) > 0);
        match found {
            Some(found) if called(found) > 1 => {
                let message = format!("the {kind} {} has the column `{found}` twice", table.name);
                return Err(refused_header(
                    table,
                    message,
                    "give one of them another name",
                ));
            }
            Some(found) => {
                if let Some(header) = headers.iter().position(|header| header == found) {
                    binding.bind(header, slot);
                }
            }
            None if column.is_needed && !is_bare => {
                let message = format!("the {kind} {} has no column `{name}`", table.name);
                let hint = format!("its first line names the columns; one must be `{name}`");
                return Err(refused_header(table, message, hint));
            }
            None => {}
        }
    }
    Ok(binding)
}

fn refused_header(table: &Table, message: String, hint: impl Into<String>) -> Report {
    let (source, spans) = table.header_source();
    let whole =
        spans.first().map_or(0, |first| first.start)..spans.last().map_or(0, |last| last.end);
    Report::new(
        Kind::Data,
        Diagnostic::error("missing-column", message)
            .at(&source, whole, "the header")
            .hint(hint),
    )
}
