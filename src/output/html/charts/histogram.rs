//! Upright bars over steps that follow each other.

use maud::{Markup, html};

use super::Setting;
use super::scale::{Scale, Zero, caption};
use super::series::Series;
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::Table;

/// Pixels above the drawing, for the caption of the axis upward.
const TOP: f64 = 26.0;
/// Pixels that the longest bar takes.
const TALL: f64 = 150.0;
/// Pixels below, for names of steps and what they are.
const BELOW: f64 = 42.0;

/// About so many steps are named.
const NAMES: usize = 7;

pub(super) fn draw(
    table: &Table,
    label: &str,
    value: &str,
    setting: Setting<'_>,
) -> Option<Markup> {
    let series = Series::of(table, label, value)?;
    let scale = Scale::over(series.values(), series.unit, Zero::Always);
    let width = 1.0 / number(series.marks.len());
    let every = series.marks.len().div_ceil(NAMES);
    let down = |value: f64| TOP + TALL * (1.0 - scale.at(value));
    let zero = down(0.0);
    let bars = series.marks.iter().enumerate().map(|(step, mark)| {
        let left = number(step) * width;
        let top = mark.value.map_or(zero, down);
        html! {
            @if mark.value.is_some() {
                rect class="bar" x=(percent(left + width * 0.06)) width=(percent(width * 0.88))
                    y=(pixels(top.min(zero))) height=(pixels((top - zero).abs())) {
                    title { (mark.name) ": " (mark.shown) }
                }
            }
            @if step % every == 0 {
                text class="tick" x=(percent(left + width / 2.0)) y=(pixels(TOP + TALL + 16.0)) text-anchor="middle" {
                    (short(&mark.name, 12))
                }
            }
        }
    });
    let content = html! {
        (grid(&scale))
        (upward(&caption(series.heading, series.unit)))
        (joined(bars))
        line class="axis" x1="0" x2="100%" y1=(pixels(zero)) y2=(pixels(zero)) {}
        text class="caption" x="100%" y=(pixels(TOP + TALL + 36.0)) text-anchor="end" { (short(series.named, 60)) }
    };
    let says = series.says("Histogram");
    Some(drawing(
        table,
        setting,
        "plot",
        TOP + TALL + BELOW,
        &says,
        &content,
    ))
}

/// Lines across at the ticks of the axis upward, each called by its figure at the left.
fn grid(scale: &Scale) -> Markup {
    joined(scale.ticks().into_iter().map(|(at, name)| {
        let y = TOP + TALL * (1.0 - at);
        html! {
            line class="grid" x1="0" x2="100%" y1=(pixels(y)) y2=(pixels(y)) {}
            text class="tick" x="-8" y=(pixels(y + 4.0)) text-anchor="end" { (name) }
        }
    }))
}

/// What the axis upward shows, above it.
pub(super) fn upward(caption: &str) -> Markup {
    html! {
        text class="caption up" x="-52" y="12" { "↑ " (short(caption, 60)) }
    }
}
