//! A line over time for each of some columns.

use std::borrow::Cow;
use std::ops::Range;

use maud::{Markup, html};

use super::Setting;
use super::histogram::upward;
use super::scale::{Scale, Zero, caption};
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::{Cell, Table, Unit};
use crate::output::figures::figure;
use crate::value::{Day, readable};

/// Pixels above the drawing, for the caption of the axis upward.
const TOP: f64 = 26.0;
/// Pixels of the axis upward.
const TALL: f64 = 190.0;
/// Pixels below, for the axis across.
const BELOW: f64 = 26.0;
/// Colours and dashes; after them they come again.
const MANNERS: usize = 6;
/// Instants that are named.
const NAMES: usize = 5;
/// Beyond so many instants their dots would be a line themselves.
const MOST_DOTS: usize = 60;

pub(super) fn draw(
    table: &Table,
    time: &str,
    values: &[Cow<'static, str>],
    setting: Setting<'_>,
) -> Option<Markup> {
    let time = table.column(time)?;
    let drawn: Vec<usize> = values
        .iter()
        .filter_map(|name| table.column(name))
        .collect();
    let unit = table.columns[*drawn.first()?].unit;
    let figures = || {
        let cells = table
            .rows
            .iter()
            .flat_map(|row| drawn.iter().map(|place| &row[*place]));
        cells.filter_map(Cell::figure)
    };
    figures().next()?;
    let scale = Scale::over(figures(), unit, Zero::IfNear);
    let across = places_of(table.rows.iter().map(|row| &row[time]));
    let down = |value: f64| TOP + TALL * (1.0 - scale.at(value));
    let has_dots = table.rows.len() <= MOST_DOTS;
    let manner = |nth: usize, place: usize| {
        let column = &table.columns[place];
        let temperature = setting
            .palette
            .class(&column.heading)
            .or_else(|| setting.palette.class(&column.name));
        let color = temperature.unwrap_or_else(|| format!("s{}", nth % MANNERS));
        format!("{color} d{}", nth % MANNERS)
    };
    let line = |nth: usize, place: usize| {
        let points = table.rows.iter().zip(&across);
        let points: Vec<(f64, f64)> = points
            .filter_map(|(row, at)| Some((*at, row[place].figure()?)))
            .collect();
        html! {
            g class=(format!("line {}", manner(nth, place))) {
                title { (readable(&table.columns[place].heading)) }
                @for pair in points.windows(2) {
                    line x1=(percent(pair[0].0)) x2=(percent(pair[1].0)) y1=(pixels(down(pair[0].1))) y2=(pixels(down(pair[1].1))) {}
                }
                @if has_dots {
                    @for (at, value) in &points {
                        circle cx=(percent(*at)) cy=(pixels(down(*value))) r="3" {}
                    }
                }
            }
        }
    };
    let lines = drawn
        .iter()
        .enumerate()
        .map(|(nth, place)| line(nth, *place));
    let grid = scale.ticks().into_iter().map(|(at, name)| {
        let y = TOP + TALL * (1.0 - at);
        html! {
            line class="grid" x1="0" x2="100%" y1=(pixels(y)) y2=(pixels(y)) {}
            text class="tick" x="-8" y=(pixels(y + 4.0)) text-anchor="end" { (name) }
        }
    });
    let first = &table.columns[drawn[0]];
    let heading = if drawn.len() == 1 {
        caption(&first.heading, unit)
    } else {
        caption(&table.title, unit)
    };
    let content = html! {
        (upward(&heading))
        (joined(grid))
        (named_instants(table, time, &across))
        (joined(lines))
    };
    let says = format!(
        "Lines over time: {}, at {} instants.",
        drawn
            .iter()
            .map(|place| table.columns[*place].heading.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        table.rows.len()
    );
    let chart = drawing(table, setting, "plot", TOP + TALL + BELOW, &says, &content);
    Some(html! {
        (chart)
        ul.legend {
            @for (nth, place) in drawn.iter().enumerate() {
                li {
                    svg.key width="26" height="10" aria-hidden="true" {
                        g class=(format!("line {}", manner(nth, *place))) { line x1="0" x2="26" y1="5" y2="5" {} }
                    }
                    span { (readable(&table.columns[*place].heading)) }
                }
            }
        }
    })
}

/// Where each instant stands across, from 0 to 1: by its day and time, or one after the other if one cannot be read.
fn places_of<'t>(cells: impl Iterator<Item = &'t Cell> + Clone) -> Vec<f64> {
    let count = cells.clone().count();
    let evenly = || {
        let steps = number(count.saturating_sub(1)).max(1.0);
        (0..count).map(|nth| number(nth) / steps).collect()
    };
    let Some(days) = cells.map(days).collect::<Option<Vec<f64>>>() else {
        return evenly();
    };
    let first = days.iter().copied().fold(f64::INFINITY, f64::min);
    let last = days.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if last > first {
        days.iter()
            .map(|day| (day - first) / (last - first))
            .collect()
    } else {
        evenly()
    }
}

/// Days since 1970 of a date or of an RFC 3339 instant as its clock shows it.
fn days(cell: &Cell) -> Option<f64> {
    let Cell::Text(text) = cell else {
        return cell.figure();
    };
    let day = f64::from(Day::parse(text.get(..10)?)?.days());
    let part = |range: Range<usize>| text.get(range)?.parse::<u8>().ok().map(f64::from);
    let of_day = match (part(11..13), part(14..16)) {
        (Some(hours), Some(minutes)) => (hours * 60.0 + minutes) / 1440.0,
        _ => 0.0,
    };
    Some(day + of_day)
}

/// Names of a few instants below the drawing, the first and the last among them.
fn named_instants(table: &Table, time: usize, across: &[f64]) -> Markup {
    let last = across.len().saturating_sub(1);
    let mut picked: Vec<usize> = (0..NAMES).map(|nth| nth * last / (NAMES - 1)).collect();
    picked.dedup();
    let mut before = f64::NEG_INFINITY;
    let mut names = Vec::new();
    for row in picked {
        // Names closer than this would run into each other.
        if across[row] - before < 0.2 && row != 0 {
            continue;
        }
        before = across[row];
        let text = figure(&table.rows[row][time], Unit::Time);
        let text = if text.get(..10).and_then(Day::parse).is_some() {
            text[..10].to_owned()
        } else {
            short(&text, 12)
        };
        let anchor = match across[row] {
            at if at < 0.05 => "start",
            at if at > 0.95 => "end",
            _ => "middle",
        };
        // On a narrow page only the first and the last stay.
        let class = if anchor == "middle" {
            "tick minor"
        } else {
            "tick"
        };
        names.push(html! {
            text class=(class) x=(percent(across[row])) y=(pixels(TOP + TALL + 18.0)) text-anchor=(anchor) { (text) }
        });
    }
    joined(names)
}
