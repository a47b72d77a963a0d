//! The small files beside the exports: what people set by hand, and the list of an earlier run.

use std::collections::{HashMap, HashSet};

use super::small_file::{SmallFile, Wanted, needed, optional, refuse_without_id};
use crate::diagnostic::Report;
use crate::input::{Opened, Options};
use crate::model::Model;
use crate::rank::overrides::{Action, temperature_called};
use crate::rank::{Before, Override, Overrides, Previous};
use crate::value::{Day, Points, normal_id, read_yes_no};

const IDS: &[&str] = &["contact_id", "lead_id", "person_id", "record_id", "id"];

/// Reads a file of overrides, as far as they are in force on a day.
///
/// # Errors
/// Every row that says nothing the model understands, and every two rows that contradict each other.
pub fn read_overrides(opened: Opened, model: &Model, today: Day) -> Result<Overrides, Report> {
    let columns: [Wanted; 6] = [
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
    let file = SmallFile::begin(opened, "overrides", &Options::default())?;
    let columns = file.find(&columns)?;
    file.each_row(&columns, |line, cells| {
        refuse_without_id(cells)?;
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
    let columns: [Wanted; 4] = [
        needed(&["contact_id"]),
        needed(&["score"]),
        needed(&["temperature"]),
        optional(&["computed_temperature"]),
    ];
    let mut previous = Previous::default();
    let file = SmallFile::begin(opened, "previous list", &Options::default())?;
    let columns = file.find(&columns)?;
    file.each_row(&columns, |_, cells| {
        refuse_without_id(cells)?;
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
