//! Random overrides, in columns of the contacts and in a file of their own, and random outputs of a run before.

use super::outcomes::ACTIONS;
use super::row::Row;
use proptest::collection::vec;
use proptest::option::{self, weighted};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::collections::BTreeSet;

/// The cells of one contact that set something by hand; most are blank.
pub fn override_cells(temperatures: &[String], today: &str) -> BoxedStrategy<Row> {
    let points = vec![
        "50", "12.5", "12,5", "-3", "0", "€ 70", "1,234", "abc", "-", "N/A",
    ];
    let exclude = vec!["yes", "JA", "no", "perhaps", "0"];
    let until = [
        &untils(today)[..],
        &["soon".to_owned(), "2026-02-30".to_owned()],
    ]
    .concat();
    let mut cells = vec![
        ("Set Temperature", rarely(temperature_cells(temperatures))),
        (
            "Leave Out",
            weighted(0.1, select(exclude)).prop_map(text_of).boxed(),
        ),
        (
            "Until",
            weighted(0.4, select(until))
                .prop_map(Option::unwrap_or_default)
                .boxed(),
        ),
        (
            "Set By",
            weighted(0.5, Just("anna")).prop_map(text_of).boxed(),
        ),
        (
            "Why",
            weighted(0.5, Just("said so, twice"))
                .prop_map(text_of)
                .boxed(),
        ),
    ];
    for header in ["Set Score", "Add Points", "At Least", "At Most"] {
        let points = points.iter().map(ToString::to_string).collect();
        cells.push((header, rarely(points)));
    }
    let headers: Vec<&str> = cells.iter().map(|(header, _)| *header).collect();
    let cells: Vec<_> = cells.into_iter().map(|(_, cell)| cell).collect();
    cells
        .prop_map(move |cells| {
            let headers = headers.iter().map(ToString::to_string);
            headers.zip(cells).collect()
        })
        .boxed()
}

fn rarely(cells: Vec<String>) -> BoxedStrategy<String> {
    weighted(0.25, select(cells))
        .prop_map(Option::unwrap_or_default)
        .boxed()
}

fn text_of(cell: Option<&str>) -> String {
    cell.unwrap_or("").to_owned()
}

/// Temperatures by name and tag in any case, and one that there is not.
fn temperature_cells(temperatures: &[String]) -> Vec<String> {
    let mut cells = vec!["tepid".to_owned()];
    for name in temperatures {
        let tag = format!("{name} lead");
        cells.extend([name.clone(), format!(" {} ", name.to_uppercase()), tag]);
    }
    cells
}

/// Days of which the last that counts is the day of as-of.
fn untils(today: &str) -> Vec<String> {
    let day: jiff::civil::Date = today[..10].parse().expect("a date");
    let near = [day.yesterday(), Ok(day), day.tomorrow()];
    let near = near.map(|day| day.expect("near").to_string());
    let mut days = near.to_vec();
    days.extend([
        "2026-12-31".to_owned(),
        "1999-12-31".to_owned(),
        String::new(),
    ]);
    days
}

/// A file of overrides that contradicts itself nowhere; empty for none.
pub fn override_file(
    contacts: &[Row],
    temperatures: &[String],
    today: &str,
) -> BoxedStrategy<Vec<Row>> {
    let mut ids = ids(contacts);
    ids.push("nobody".to_owned());
    let known: Vec<String> = temperature_cells(temperatures)
        .into_iter()
        .filter(|cell| cell != "tepid")
        .collect();
    let points = vec!["0", "5", "-12", "33", "61", "95", "300"];
    let value = (
        select(known),
        select(points),
        select(vec!["", "yes", "JA "]),
    );
    let row = (
        select(ids),
        select(ACTIONS.to_vec()),
        value,
        select(untils(today)),
        select(vec!["", "anna", "bram"]),
        select(vec!["", "called, twice"]),
    )
        .prop_map(
            |(id, (action, _), (temperature, points, exclude), until, by, reason)| {
                let value = match action {
                    "temperature" => temperature.as_str(),
                    "exclude" => exclude,
                    _ => points,
                };
                row(&[
                    ("contact_id", &id),
                    ("action", action),
                    ("value", value),
                    ("until", &until),
                    ("by", by),
                    ("reason", reason),
                ])
            },
        );
    let rows = (vec(row, 1..10), vec(any::<Index>(), 0..2));
    weighted(0.4, rows)
        .prop_map(|rows| {
            rows.map_or(Vec::new(), |(mut rows, repeated)| {
                let mut decided = BTreeSet::new();
                for row in &mut rows {
                    let id = row["contact_id"].trim().to_owned();
                    let action = row["action"].clone();
                    let is_single = ["score", "temperature", "exclude"].contains(&action.as_str());
                    if is_single && !decided.insert((id, action)) {
                        row.insert("until".to_owned(), "2020-01-01".to_owned());
                    }
                }
                for index in repeated {
                    rows.push(index.get(&rows).clone());
                }
                rows
            })
        })
        .boxed()
}

/// What a run before said about some of the contacts; empty for none.
pub fn previous(contacts: &[Row], temperatures: &[String]) -> BoxedStrategy<Vec<Row>> {
    let mut ids = ids(contacts);
    ids.push("gone".to_owned());
    let count = ids.len();
    let mut words = temperatures.to_vec();
    words.push("lukewarm".to_owned());
    let lead = (
        select(vec!["0", "7", "55", "12.5", "-3", "99.125"]),
        select(words.clone()),
        option::of(select(words)),
    );
    let leads = (subsequence(ids, 1..=count), vec(lead, count), any::<bool>());
    weighted(0.6, leads)
        .prop_map(|leads| {
            let (ids, leads, has_overrides) = leads.unwrap_or_default();
            ids.iter()
                .zip(&leads)
                .enumerate()
                .map(|(at, (id, (score, temperature, computed)))| {
                    let mut row = row(&[
                        ("rank", &(at + 1).to_string()),
                        ("contact_id", id.trim()),
                        ("score", score),
                        ("temperature", temperature),
                    ]);
                    if has_overrides {
                        let computed = computed.clone().unwrap_or_default();
                        row.insert("computed_temperature".to_owned(), computed);
                    }
                    row
                })
                .collect()
        })
        .boxed()
}

/// The ids of the contacts as they stand in the export, each once.
fn ids(contacts: &[Row]) -> Vec<String> {
    let ids: BTreeSet<&String> = contacts.iter().map(|row| &row["contact_id"]).collect();
    ids.into_iter().cloned().collect()
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells
        .iter()
        .map(|(header, cell)| ((*header).to_owned(), (*cell).to_owned()))
        .collect()
}
