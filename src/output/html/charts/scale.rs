//! From figures to places along an axis, with ticks at round numbers.

use super::svg::number;
use crate::analysis::{Cell, Unit};
use crate::output::figures::figure;

/// About so many steps between ticks.
const STEPS: f64 = 4.0;

/// Minutes between ticks that clocks and calendars make round; beyond, round numbers of days.
const MINUTES: [f64; 13] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 720.0, 1440.0, 2880.0,
];

/// Minutes in a day.
const DAY: f64 = 1440.0;

/// Whether an axis reaches down (or up) to zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zero {
    /// Always: lengths are compared.
    Always,
    /// Only if it is not far away: places are compared.
    IfNear,
}

/// An axis from a round number to a round number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
    unit: Unit,
}

impl Scale {
    /// An axis that holds all values; from 0 to 1 if there are none.
    pub fn over(values: impl IntoIterator<Item = f64>, unit: Unit, zero: Zero) -> Self {
        let mut ends: Option<(f64, f64)> = None;
        for value in values.into_iter().filter(|value| value.is_finite()) {
            let (low, high) = ends.unwrap_or((value, value));
            ends = Some((low.min(value), high.max(value)));
        }
        let (mut low, mut high) = ends.unwrap_or((0.0, 1.0));
        if zero == Zero::Always || low.abs().min(high.abs()) <= 0.5 * low.abs().max(high.abs()) {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        let least = match unit {
            Unit::Count | Unit::Minutes => 1.0,
            Unit::Share => 0.001,
            _ => 1e-6,
        };
        // One value takes as much room as it is large, and nothing takes one step.
        if high - low < least {
            high = low + (low.abs() * 0.1).max(least);
        }
        let step = round_step((high - low) / STEPS, unit).max(least);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
            unit,
        }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper.
    pub fn at(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Each tick: where it stands and what it is called.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        // At most twice the steps asked for, and the ends.
        let steps = ((self.high - self.low) / self.step).round().min(16.0);
        let mut ticks = Vec::new();
        let mut passed = 0;
        while number(passed) <= steps {
            let value = self.low + number(passed) * self.step;
            ticks.push((self.at(value), self.called(value)));
            passed += 1;
        }
        ticks
    }

    fn called(&self, value: f64) -> String {
        match self.unit {
            Unit::Minutes => figure(&Cell::rounded(value, 0), Unit::Minutes),
            Unit::Share => format!("{}%", plain(value * 100.0, self.step * 100.0)),
            _ => {
                let largest = self.low.abs().max(self.high.abs());
                let sizes = [(1e12, " tn"), (1e9, " bn"), (1e6, " m"), (1e3, "k")];
                let of = |size: &&(f64, &str)| largest >= size.0 * 10.0;
                let (size, name) = sizes.iter().find(of).copied().unwrap_or((1.0, ""));
                let name = if value == 0.0 { "" } else { name };
                format!("{}{name}", plain(value / size, self.step / size))
            }
        }
    }
}

/// The next larger of 1, 2 and 5 times a power of ten, or what is round in minutes.
fn round_step(wanted: f64, unit: Unit) -> f64 {
    if unit == Unit::Minutes {
        let fit = MINUTES.into_iter().find(|step| *step >= wanted);
        return fit.unwrap_or_else(|| DAY * round_step(wanted / DAY, Unit::Days).max(1.0));
    }
    let power = 10_f64.powf(wanted.log10().floor());
    let fit = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|times| times * power >= wanted * (1.0 - 1e-9));
    fit.unwrap_or(10.0) * power
}

/// A number with the decimals that a step needs.
fn plain(value: f64, step: f64) -> String {
    let mut decimals = 0;
    let mut scaled = step.abs();
    while decimals < 6 && (scaled - scaled.round()).abs() > scaled * 1e-6 {
        scaled *= 10.0;
        decimals += 1;
    }
    // What rounding leaves of zero has no sign.
    let value = if value.abs() < step.abs() / 2.0 {
        0.0
    } else {
        value
    };
    format!("{value:.decimals$}")
}

/// What an axis shows, in words: its heading and the unit of its figures.
pub(super) fn caption(heading: &str, unit: Unit) -> String {
    let words = match unit {
        Unit::Share => "per cent",
        Unit::Points => "points",
        Unit::Days => "days",
        Unit::Money => "money",
        Unit::Minutes => "time",
        Unit::Text | Unit::Count | Unit::Plain | Unit::Time => return heading.to_owned(),
    };
    if heading.to_lowercase().contains(words) {
        return heading.to_owned();
    }
    format!("{heading} ({words})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(values: &[f64], unit: Unit, zero: Zero) -> Vec<String> {
        let scale = Scale::over(values.iter().copied(), unit, zero);
        scale.ticks().into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        let count = |values: &[f64]| names(values, Unit::Count, Zero::Always);
        assert_eq!(count(&[37.0]), ["0", "10", "20", "30", "40"]);
        assert_eq!(count(&[3.0]), ["0", "1", "2", "3"]);
        assert_eq!(count(&[0.0]), ["0", "1"]);
        assert_eq!(count(&[]), ["0", "1"]);
        assert_eq!(count(&[-30.0, 55.0]), ["-50", "0", "50", "100"]);
        assert_eq!(count(&[180_000.0]), ["0", "50k", "100k", "150k", "200k"]);
    }

    #[test]
    fn shares_are_per_cent_and_minutes_are_hours_and_days() {
        let shares = names(&[0.031, 0.12], Unit::Share, Zero::Always);
        assert_eq!(shares, ["0%", "5%", "10%", "15%"]);
        let small = names(&[0.004], Unit::Share, Zero::Always);
        assert_eq!(small, ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]);
        let minutes = names(&[200.0], Unit::Minutes, Zero::Always);
        assert_eq!(minutes, ["0 min", "1 h", "2 h", "3 h", "4 h"]);
        let days = names(&[10.0 * DAY], Unit::Minutes, Zero::Always);
        assert_eq!(days, ["0 min", "5 d", "10 d"]);
    }

    #[test]
    fn an_axis_of_places_leaves_out_a_zero_that_is_far_away() {
        let far = names(&[101.0, 104.0], Unit::Plain, Zero::IfNear);
        assert_eq!(far, ["101", "102", "103", "104"]);
        let near = names(&[1.0, 4.0], Unit::Plain, Zero::IfNear);
        assert_eq!(near, ["0", "1", "2", "3", "4"]);
    }

    #[test]
    fn any_values_give_a_few_ticks_within_the_axis() {
        for values in [
            vec![1e18],
            vec![-1e18, 1e18],
            vec![1e-6],
            vec![1e15, 1e15 + 1.0],
            vec![f64::NAN, f64::INFINITY],
        ] {
            for unit in [Unit::Count, Unit::Share, Unit::Minutes, Unit::Money] {
                for zero in [Zero::Always, Zero::IfNear] {
                    let ticks = Scale::over(values.iter().copied(), unit, zero).ticks();
                    assert!((2..=17).contains(&ticks.len()), "{values:?}: {ticks:?}");
                    assert!(ticks.iter().all(|(at, _)| (0.0..=1.0).contains(at)));
                }
            }
        }
    }

    #[test]
    fn an_axis_says_its_unit_in_words_once() {
        assert_eq!(caption("Won", Unit::Share), "Won (per cent)");
        assert_eq!(caption("Days to won", Unit::Days), "Days to won");
        assert_eq!(caption("Leads", Unit::Count), "Leads");
    }
}
