//! What a chart is drawn from: names and figures of a table's rows.

use crate::analysis::{Cell, Table, Unit};
use crate::output::figures::figure;
use crate::value::readable;

/// A row as a chart sees it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// What it is called.
    pub name: String,
    /// Its figure; none where it is not known.
    pub value: Option<f64>,
    /// The figure as people read it.
    pub shown: String,
}

/// The rows of a table by two of its columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series<'t> {
    pub marks: Vec<Mark>,
    /// The heading of the figures.
    pub heading: &'t str,
    /// The heading of the names.
    pub named: &'t str,
    pub unit: Unit,
}

impl<'t> Series<'t> {
    /// None without rows, without one of the columns, or where no row has a figure.
    pub fn of(table: &'t Table, label: &str, value: &str) -> Option<Self> {
        let (label, value) = (table.column(label)?, table.column(value)?);
        let unit = table.columns[value].unit;
        let marks: Vec<Mark> = table
            .rows
            .iter()
            .map(|row| Mark {
                name: name(&row[label]),
                value: row[value].figure(),
                shown: readable(&figure(&row[value], unit)).into_owned(),
            })
            .collect();
        let has_figures = marks.iter().any(|mark| mark.value.is_some());
        has_figures.then(|| Self {
            marks,
            heading: &table.columns[value].heading,
            named: &table.columns[label].heading,
            unit,
        })
    }

    /// The figures that are known.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.marks.iter().filter_map(|mark| mark.value)
    }

    /// What the chart says in a sentence: what it shows, and its largest.
    pub fn says(&self, kind: &str) -> String {
        let known = self.marks.iter().filter(|mark| mark.value.is_some());
        let mut largest: Option<&Mark> = None;
        for mark in known.clone() {
            if largest.is_none_or(|before| before.value < mark.value) {
                largest = Some(mark);
            }
        }
        let largest = largest.map_or_else(String::new, |mark| {
            format!(" The largest is {}: {}.", mark.name, mark.shown)
        });
        format!(
            "{kind} of {} by {}, {} in all.{largest}",
            self.heading,
            self.named,
            known.count()
        )
    }
}

/// What a row is called, fit to be read.
pub(super) fn name(cell: &Cell) -> String {
    let text = figure(cell, Unit::Text);
    match readable(text.trim()) {
        text if text.is_empty() => "(none)".to_owned(),
        text => text.into_owned(),
    }
}
