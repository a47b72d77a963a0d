//! Rows and columns of shaded squares.

use maud::{Markup, html};

use super::Setting;
use super::series::name;
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::{Cell, Column, Part, Table};
use crate::output::figures::figure;
use crate::value::readable;

/// Pixels from row to row.
const PITCH: f64 = 28.0;
/// Pixels above the squares, for the names of columns.
const TOP: f64 = 22.0;
/// Shades, from none to full.
const SHADES: f64 = 8.0;
/// With more columns than this, figures stand only in the table.
const MOST_FIGURES: usize = 8;
/// About so many columns are named.
const NAMES: usize = 8;
/// Rows that are drawn.
const MOST_ROWS: usize = 60;

pub(super) fn draw(table: &Table, setting: Setting<'_>) -> Option<Markup> {
    let is_shown = |place: &usize| table.columns[*place].part == Part::Own;
    let places: Vec<usize> = (1..table.columns.len()).filter(is_shown).collect();
    let rows = &table.rows[..table.rows.len().min(MOST_ROWS)];
    let figures = rows
        .iter()
        .flat_map(|row| places.iter().filter_map(|place| row[*place].figure()));
    let largest = figures
        .map(f64::abs)
        .fold(None, |most: Option<f64>, value| {
            Some(most.map_or(value, |most| most.max(value)))
        })?;
    let width = 1.0 / number(places.len());
    let has_figures = places.len() <= MOST_FIGURES;
    let every = places
        .len()
        .div_ceil(if has_figures { MOST_FIGURES } else { NAMES });
    let square = |row: usize, nth: usize, column: &Column, cell: &Cell, called: &str| {
        let (left, top) = (number(nth) * width, TOP + number(row) * PITCH);
        let shown = readable(&figure(cell, column.unit)).into_owned();
        let class = format!("square {}", shade(cell, largest));
        html! {
            rect class=(class) x=(percent(left)) y=(pixels(top)) width=(percent(width)) height=(pixels(PITCH)) {
                title { (called) ", " (readable(&column.heading)) ": " (if shown.is_empty() { "none" } else { &shown }) }
            }
            @if has_figures && !shown.is_empty() {
                text class="figure small" x=(percent(left + width / 2.0)) y=(pixels(top + PITCH / 2.0 + 4.0)) text-anchor="middle" {
                    (short(&shown, 12))
                }
            }
        }
    };
    let squares = rows.iter().enumerate().map(|(row, cells)| {
        let called = name(&cells[0]);
        let squares = places.iter().enumerate().map(|(nth, place)| {
            square(row, nth, &table.columns[*place], &cells[*place], &called)
        });
        html! {
            text class="name small" x="-8" y=(pixels(TOP + number(row) * PITCH + PITCH / 2.0 + 4.0)) text-anchor="end" {
                (short(&called, 15))
            }
            (joined(squares))
        }
    });
    let headings = places.iter().enumerate().step_by(every).map(|(nth, place)| {
        // On a narrow page every second one goes.
        let class = if nth / every % 2 == 1 { "tick minor" } else { "tick" };
        html! {
            text class=(class) x=(percent((number(nth) + 0.5) * width)) y="14" text-anchor="middle" {
                (short(&table.columns[*place].heading, 12))
            }
        }
    });
    let content = html! { (joined(headings)) (joined(squares)) };
    let says = format!(
        "Shaded squares in {} rows and {} columns; the darker, the larger.",
        rows.len(),
        places.len()
    );
    let height = TOP + number(rows.len()) * PITCH + 6.0;
    let chart = drawing(table, setting, "heat", height, &says, &content);
    Some(html! {
        (chart)
        @if table.rows.len() > rows.len() {
            p.aside { "The first " (rows.len()) " rows are drawn; the table has all." }
        }
    })
}

/// The shade of a figure beside the largest; none of what is not known.
fn shade(cell: &Cell, largest: f64) -> String {
    let Some(value) = cell.figure() else {
        return "blank".to_owned();
    };
    let part = if largest > 0.0 {
        (value.abs() / largest * SHADES).ceil()
    } else {
        0.0
    };
    let below = if value < 0.0 { " below" } else { "" };
    format!("q{part:.0}{below}")
}
