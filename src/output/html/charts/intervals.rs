//! A dot with its interval for each row, and a line to compare with.

use maud::{Markup, html};

use super::Setting;
use super::bars::{MOST_ROWS, PITCH, more};
use super::scale::{Scale, Zero, caption};
use super::series::Series;
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::{Cell, Table, Unit};
use crate::output::figures::figure;
use crate::value::{Number, readable};

/// Characters of a name that are shown.
const NAME: usize = 26;

/// The columns that are drawn.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub label: &'static str,
    pub value: &'static str,
    pub low: &'static str,
    pub high: &'static str,
}

pub(super) fn draw(
    table: &Table,
    names: Names,
    reference: Option<Number>,
    setting: Setting<'_>,
) -> Option<Markup> {
    let series = Series::of(table, names.label, names.value)?;
    let (low, high) = (table.column(names.low)?, table.column(names.high)?);
    let unit = series.unit;
    let reference = reference.map(Cell::Number);
    let line = reference.as_ref().and_then(Cell::figure);
    let drawn = table.rows.len().min(MOST_ROWS);
    let ends = table.rows[..drawn]
        .iter()
        .flat_map(|row| [row[low].figure(), row[high].figure()]);
    let values = ends
        .flatten()
        .chain(series.marks[..drawn].iter().filter_map(|mark| mark.value));
    let scale = Scale::over(values.chain(line), unit, Zero::IfNear);
    let bottom = number(drawn) * PITCH;
    let rows = series.marks[..drawn].iter().enumerate().map(|(row, mark)| {
        let top = number(row) * PITCH;
        let middle = top + 24.0;
        let cells = &table.rows[row];
        let said = said(&mark.shown, &cells[low], &cells[high], unit);
        html! {
            g {
                title { (mark.name) ": " (said) }
                text class="name" x="0" y=(pixels(top + 13.0)) { (short(&mark.name, NAME)) }
                text class="figure" x="100%" y=(pixels(top + 13.0)) text-anchor="end" { (said) }
                line class="guide" x1="0" x2="100%" y1=(pixels(middle)) y2=(pixels(middle)) {}
                @if let (Some(low), Some(high)) = (cells[low].figure(), cells[high].figure()) {
                    line class="whisker" x1=(percent(scale.at(low))) x2=(percent(scale.at(high)))
                        y1=(pixels(middle)) y2=(pixels(middle)) {}
                }
                @if let Some(value) = mark.value {
                    circle class="dot" cx=(percent(scale.at(value))) cy=(pixels(middle)) r="4.5" {}
                }
            }
        }
    });
    let content = html! {
        (across(&scale, bottom))
        @if let Some(line) = line {
            line class="reference" x1=(percent(scale.at(line))) x2=(percent(scale.at(line))) y1="0" y2=(pixels(bottom + 4.0)) {}
        }
        (joined(rows))
        text class="caption" x="100%" y=(pixels(bottom + 38.0)) text-anchor="end" {
            (short(&caption(series.heading, unit), 44))
        }
    };
    let mut says = series.says("Dots with their intervals");
    if let Some(reference) = &reference {
        says.push_str(&format!(
            " A line stands at {} to compare with.",
            figure(reference, unit)
        ));
    }
    let chart = drawing(table, setting, "rows inset", bottom + 44.0, &says, &content);
    Some(html! {
        (chart)
        @if let Some(reference) = &reference {
            ul.legend {
                li {
                    i.swatch.rule {}
                    span { "The dashed line stands at " (figure(reference, unit)) }
                }
            }
        }
        (more(series.marks.len() - drawn))
    })
}

/// The ticks of an axis across, below the drawing.
pub(super) fn across(scale: &Scale, bottom: f64) -> Markup {
    let ticks = scale.ticks();
    joined(ticks.into_iter().map(|(at, name)| {
        html! {
            line class="grid" x1=(percent(at)) x2=(percent(at)) y1="0" y2=(pixels(bottom)) {}
            text class="tick" x=(percent(at)) y=(pixels(bottom + 18.0)) text-anchor="middle" { (name) }
        }
    }))
}

/// `10.5% (9.1 to 12%)`.
fn said(shown: &str, low: &Cell, high: &Cell, unit: Unit) -> String {
    let (low, high) = (figure(low, unit), figure(high, unit));
    if low.is_empty() || high.is_empty() {
        return shown.to_owned();
    }
    let low = low.strip_suffix('%').unwrap_or(&low);
    readable(&format!("{shown} ({low} to {high})")).into_owned()
}
