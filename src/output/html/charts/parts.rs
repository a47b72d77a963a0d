//! The rows as parts of one bar, with a list of their names, figures and shares.

use maud::{Markup, html};

use super::Setting;
use super::series::{Mark, Series};
use super::svg::{drawing, joined, percent};
use crate::analysis::{Cell, Table, Unit};
use crate::output::figures::figure;

/// Colours for parts that are no temperatures; after them they come again.
const COLORS: usize = 6;

pub(super) fn draw(
    table: &Table,
    label: &str,
    value: &str,
    setting: Setting<'_>,
) -> Option<Markup> {
    let series = Series::of(table, label, value)?;
    // What is below nothing is no part of a whole.
    let size = |mark: &Mark| mark.value.unwrap_or_default().max(0.0);
    let whole: f64 = series.marks.iter().map(size).sum();
    let share = |mark: &Mark| {
        if whole > 0.0 { size(mark) / whole } else { 0.0 }
    };
    let class = |row: usize, mark: &Mark| {
        let temperature = setting.palette.class(&mark.name);
        temperature.unwrap_or_else(|| format!("s{}", row % COLORS))
    };
    let mut passed = 0.0;
    let pieces: Vec<Markup> = series
        .marks
        .iter()
        .enumerate()
        .map(|(row, mark)| {
            let from = passed;
            passed += share(mark);
            html! {
                rect class=(format!("part {}", class(row, mark))) x=(percent(from)) y="0" width=(percent(share(mark))) height="28" {
                    title { (mark.name) ": " (mark.shown) }
                }
            }
        })
        .collect();
    let bar = drawing(
        table,
        setting,
        "stack",
        28.0,
        &series.says("One bar, divided into the parts"),
        &joined(pieces),
    );
    Some(html! {
        (bar)
        ul.legend.tiles {
            @for (row, mark) in series.marks.iter().enumerate() {
                li {
                    span { i class=(format!("swatch {}", class(row, mark))) {} " " (mark.name) }
                    b { (mark.shown) }
                    @if series.unit != Unit::Share && whole > 0.0 {
                        span.muted { (figure(&Cell::rounded(share(mark), 4), Unit::Share)) }
                    }
                }
            }
        }
    })
}
