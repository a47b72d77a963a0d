//! What a rule gives one lead, and the least and the most that it can give any.

use super::cells;
use super::condition::Reading;
use super::decimal::{Decimal, round_small};
use super::model::{Band, Form, Measure, Model, Rule, Several, Source};
use super::names::Names;

/// Where points stop growing, in thousandths.
const MOST_POINTS: i128 = 1_000_000_000_000_000;

/// Points between two bounds, of which each may be missing.
pub fn bound(points: i64, min: Option<i64>, max: Option<i64>) -> i64 {
    points
        .max(min.unwrap_or(i64::MIN))
        .min(max.unwrap_or(i64::MAX))
}

/// The points of a rule, rounded to a thousandth and bounded.
pub fn contribution(rule: &Rule, names: &Names, reading: &Reading) -> i64 {
    let number = |of: &Source| match of {
        Source::Signal(name) | Source::Column(name) => names.get(name).as_number(reading),
    };
    let points = match &rule.form {
        Form::When { condition, points } if names.meet(condition, reading) => *points,
        Form::When { .. } => 0,
        Form::ForEach { of, points } => number(of).map_or(0, |units| for_each(units, *points)),
        Form::Bands {
            of,
            bands,
            upto,
            blank,
        } => number(of).map_or(*blank, |value| in_band(value, bands, *upto)),
        Form::Values {
            column,
            several,
            values,
            other,
            blank,
        } => {
            let value = names.get(column);
            let given: Vec<&str> = match (value.as_text(), several) {
                (None, _) => Vec::new(),
                (Some(cell), None) => vec![cell],
                (Some(cell), Some(_)) => cells::values_of(cell),
            };
            let listed: Vec<i64> = values
                .iter()
                .filter(|(text, _)| given.contains(&text.as_str()))
                .map(|(_, points)| *points)
                .collect();
            match several {
                _ if given.is_empty() => *blank,
                _ if listed.is_empty() => *other,
                Some(Several::Max) => *listed.iter().max().expect("one is listed"),
                None | Some(Several::Sum) => listed.iter().sum(),
            }
        }
    };
    bound(points, rule.min, rule.max)
}

fn for_each(units: Decimal, points: i64) -> i64 {
    let thousandths = round_small(units.0 * i128::from(points), 1_000_000);
    let thousandths = thousandths.clamp(-MOST_POINTS, MOST_POINTS);
    i64::try_from(thousandths).expect("within the most points")
}

/// The points of the band that the value is in: the largest `from` not above
/// it, or the smallest `upto` not below it.
fn in_band(value: Decimal, bands: &[Band], upto: bool) -> i64 {
    let band = if upto {
        bands
            .iter()
            .filter(|band| band.edge >= value)
            .min_by_key(|band| band.edge)
    } else {
        bands
            .iter()
            .filter(|band| band.edge <= value)
            .max_by_key(|band| band.edge)
    };
    band.map_or(0, |band| band.points)
}

/// The least and the most that a rule can give.
pub fn reach(rule: &Rule, model: &Model) -> (i64, i64) {
    // Nothing known and nothing counted are always possible.
    let mut possible = vec![0];
    match &rule.form {
        Form::When { points, .. } => possible.push(*points),
        Form::Bands { bands, blank, .. } => {
            possible.push(*blank);
            possible.extend(bands.iter().map(|band| band.points));
        }
        Form::Values {
            several,
            values,
            other,
            blank,
            ..
        } => {
            possible.extend([*other, *blank]);
            possible.extend(values.iter().map(|(_, points)| *points));
            if let Some(Several::Sum) = several {
                let points = values.iter().map(|(_, points)| *points);
                possible.push(points.clone().filter(|points| *points > 0).sum());
                possible.push(points.filter(|points| *points < 0).sum());
            }
        }
        Form::ForEach { of, points } => {
            if *points > 0 || (*points < 0 && !is_never_negative(of, model)) {
                possible.push(rule.max.expect("a rule of this kind has a max"));
            }
            if *points < 0 || (*points > 0 && !is_never_negative(of, model)) {
                possible.push(rule.min.expect("a rule of this kind has a min"));
            }
        }
    }
    let end = |points: Option<&i64>| bound(*points.expect("0 is possible"), rule.min, rule.max);
    (end(possible.iter().min()), end(possible.iter().max()))
}

/// Whether the units that a rule counts cannot be below zero.
fn is_never_negative(of: &Source, model: &Model) -> bool {
    let Source::Signal(name) = of else {
        return false;
    };
    let (_, signal) = model
        .signals
        .iter()
        .find(|(signal, _)| signal == name)
        .expect("a signal");
    !matches!(
        signal.measure,
        Measure::Sum(_) | Measure::Max(_) | Measure::Min(_)
    )
}
