//! Bars that each hold a part of the one before, and how large a part.

use maud::Markup;

use super::Setting;
use super::bars;
use super::series::Series;
use crate::analysis::{Cell, Table, Unit};
use crate::output::figures::figure;

pub(super) fn draw(
    table: &Table,
    label: &str,
    value: &str,
    setting: Setting<'_>,
) -> Option<Markup> {
    let series = Series::of(table, label, value)?;
    let of_the_one_before = |row: usize| {
        let before = series.marks.get(row.checked_sub(1)?)?;
        let share = series.marks[row].value? / before.value.filter(|value| *value > 0.0)?;
        let share = figure(&Cell::rounded(share, 6), Unit::Share);
        Some(format!("{share} of {}", before.name))
    };
    Some(bars::rows(
        table,
        &series,
        setting,
        "Funnel",
        |mark, row| match of_the_one_before(row) {
            Some(part) => format!("{} · {part}", mark.shown),
            None => mark.shown.clone(),
        },
    ))
}
