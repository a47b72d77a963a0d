//! Charts of tables as SVG, drawn by ourselves: a file for each kind.
//!
//! Lengths across are per cent and lengths down are pixels, so that a chart fills whatever width it has while its
//! letters keep their size. Colours come from the page's style by class, never from here, and so follow the light or
//! the dark scheme. Every chart has a title and a sentence that says what it shows; the table it is drawn from stands
//! below it.

mod bars;
mod funnel;
mod heat;
mod histogram;
mod intervals;
mod lines;
mod parts;
mod scale;
mod scatter;
mod series;
mod svg;

use maud::Markup;

use super::palette::Palette;
use crate::analysis::{Chart, Table};

/// What a chart needs besides its table.
#[derive(Clone, Copy)]
pub(super) struct Setting<'p> {
    /// What the ids of its parts begin with; unique in the page.
    pub id: &'p str,
    /// The colours of temperatures.
    pub palette: &'p Palette,
}

/// The chart of a table; none where it has none or there is nothing to draw.
pub(super) fn draw(table: &Table, setting: Setting<'_>) -> Option<Markup> {
    match table.chart.as_ref()? {
        Chart::Bars { label, value } => bars::draw(table, label, value, setting),
        Chart::Parts { label, value } => parts::draw(table, label, value, setting),
        Chart::Histogram { label, value } => histogram::draw(table, label, value, setting),
        Chart::Funnel { label, value } => funnel::draw(table, label, value, setting),
        Chart::Intervals {
            label,
            value,
            low,
            high,
            reference,
        } => {
            let names = intervals::Names {
                label,
                value,
                low,
                high,
            };
            intervals::draw(table, names, *reference, setting)
        }
        Chart::Scatter {
            label,
            x,
            y,
            y_interval,
        } => scatter::draw(
            table,
            scatter::Names {
                label,
                x,
                y,
                y_interval: *y_interval,
            },
            setting,
        ),
        Chart::Heat => heat::draw(table, setting),
        Chart::Lines { time, values } => lines::draw(table, time, values, setting),
    }
}

#[cfg(test)]
mod tests;
