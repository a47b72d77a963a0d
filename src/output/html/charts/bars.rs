//! A bar for each row, one below the other: the name and the figure on a line, the bar under them.

use maud::{Markup, html};

use super::Setting;
use super::series::{Mark, Series};
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::{Table, Unit};

/// Pixels from row to row.
pub(super) const PITCH: f64 = 36.0;

/// Rows that are drawn; the table has them all.
pub(super) const MOST_ROWS: usize = 24;

/// Characters of a name that are shown.
const NAME: usize = 34;

pub(super) fn draw(
    table: &Table,
    label: &str,
    value: &str,
    setting: Setting<'_>,
) -> Option<Markup> {
    let series = Series::of(table, label, value)?;
    Some(rows(table, &series, setting, "Bar chart", |mark, _| {
        mark.shown.clone()
    }))
}

/// Bars of a series, each with what is said of it at its right.
pub(super) fn rows(
    table: &Table,
    series: &Series<'_>,
    setting: Setting<'_>,
    kind: &str,
    said: impl Fn(&Mark, usize) -> String,
) -> Markup {
    let scale = Lengths::of(series);
    let drawn = series.marks.iter().take(MOST_ROWS).enumerate();
    let bars = drawn.map(|(row, mark)| {
        let top = number(row) * PITCH;
        let said = said(mark, row);
        let class = setting.palette.class(&mark.name);
        html! {
            g {
                title { (mark.name) ": " (said) }
                text class="name" x="0" y=(pixels(top + 13.0)) { (short(&mark.name, NAME)) }
                text class="figure" x="100%" y=(pixels(top + 13.0)) text-anchor="end" { (said) }
                rect class="track" x="0" y=(pixels(top + 19.0)) width="100%" height="8" rx="2" {}
                @if let Some(value) = mark.value {
                    (bar(&scale, value, top + 19.0, class.as_deref()))
                }
            }
        }
    });
    let left = series.marks.len().saturating_sub(MOST_ROWS);
    let shown = series.marks.len().min(MOST_ROWS);
    let height = number(shown) * PITCH;
    html! {
        (drawing(table, setting, "rows", height, &series.says(kind), &joined(bars)))
        (more(left))
    }
}

/// How long bars are: there is no axis whose ends would be round, so that the longest takes all the room.
struct Lengths {
    low: f64,
    high: f64,
}

impl Lengths {
    fn of(series: &Series<'_>) -> Self {
        let values = series.values().filter(|value| value.is_finite());
        let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        // Of shares the whole is known, and the track stands for it.
        let whole = if series.unit == Unit::Share { 1.0 } else { 0.0 };
        Self {
            low,
            high: high.max(whole),
        }
    }

    /// Where a value stands, from 0 to 1.
    fn at(&self, value: f64) -> f64 {
        let room = self.high - self.low;
        if room > 0.0 {
            ((value - self.low) / room).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// A bar from zero to a value.
fn bar(scale: &Lengths, value: f64, top: f64, class: Option<&str>) -> Markup {
    let (from, to) = (scale.at(0.0), scale.at(value));
    let class = match class {
        Some(class) => format!("bar {class}"),
        None if value < 0.0 => "bar below".to_owned(),
        None => "bar".to_owned(),
    };
    html! {
        rect class=(class) x=(percent(from.min(to))) y=(pixels(top)) width=(percent((to - from).abs())) height="8" rx="2" {}
    }
}

/// Says how many rows are not drawn.
pub(super) fn more(left: usize) -> Markup {
    html! {
        @if left > 0 {
            p.aside { "The first " (MOST_ROWS) " are drawn; the table has " (left) " more." }
        }
    }
}
