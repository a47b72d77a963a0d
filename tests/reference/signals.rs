//! Signals: each measure, worked out over all the events of one contact.

use super::calendar;
use super::condition::Reading;
use super::decimal::Decimal;
use super::exports::Event;
use super::model::{Limit, Measure, Signal};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE: i64 = 60_000_000;

/// The value of a signal over a contact's events up to as-of; `None` is NULL.
pub fn measure(signal: &Signal, events: &[&Event], reading: &Reading) -> Option<Decimal> {
    let is_counted = |event: &Event| {
        let age = age(event, reading);
        let in_window = signal.within.is_none_or(|days| age < days);
        let column = |name: &str| event.columns.get(name);
        in_window
            && signal
                .condition
                .as_ref()
                .is_none_or(|where_| where_.holds(&column, reading))
    };
    let of_types = |types: &[String]| -> Vec<&Event> {
        let wanted = |event: &&Event| types.contains(&event.kind) && is_counted(event);
        events.iter().copied().filter(wanted).collect()
    };
    let found = of_types(&signal.types);
    let numbers = |column: &str| -> Vec<(&Event, Decimal)> {
        let number = |event: &Event| event.columns.get(column).as_number(reading);
        found
            .iter()
            .filter_map(|event| Some((*event, number(event)?)))
            .collect()
    };
    match &signal.measure {
        Measure::Count => {
            let ones = found
                .iter()
                .map(|event| (*event, Decimal::whole(1)))
                .collect();
            Some(weighted_total(signal, ones, reading))
        }
        Measure::Sum(column) => Some(weighted_total(signal, numbers(column), reading)),
        Measure::Max(column) => numbers(column).into_iter().map(|(_, number)| number).max(),
        Measure::Min(column) => numbers(column).into_iter().map(|(_, number)| number).min(),
        Measure::Distinct(column) => {
            let text = |event: &&Event| event.columns.get(column).as_text().map(str::to_owned);
            let values: BTreeSet<String> = found.iter().filter_map(text).collect();
            Some(whole(values.len()))
        }
        Measure::ActiveDays => {
            let days: BTreeSet<Date> = found.iter().map(|event| event.day).collect();
            Some(whole(days.len()))
        }
        Measure::DaysSinceLast => found
            .iter()
            .map(|event| age(event, reading))
            .min()
            .map(Decimal::whole),
        Measure::DaysSinceFirst => found
            .iter()
            .map(|event| age(event, reading))
            .max()
            .map(Decimal::whole),
        Measure::Response { from, to, take } => {
            let instants = |types| of_types(types).iter().map(|event| event.instant).collect();
            let waits = waits(&instants(from), &instants(to));
            pick(&waits, take).map(|micros| Decimal::whole(micros / MINUTE))
        }
    }
}

fn whole(count: usize) -> Decimal {
    Decimal::whole(i64::try_from(count).expect("few events"))
}

fn age(event: &Event, reading: &Reading) -> i64 {
    calendar::days_between(event.day, reading.today)
}

/// The total of the values that the limit leaves, each by its weight.
fn weighted_total(signal: &Signal, values: Vec<(&Event, Decimal)>, reading: &Reading) -> Decimal {
    let counted = match &signal.limit {
        Some(limit) => newest_of_each_period(limit, values),
        None => values,
    };
    let mut total = Decimal::whole(0);
    for (event, value) in counted {
        let weight = match &signal.decay {
            Some(decay) => Decimal(decay.weight(age(event, reading))),
            None => Decimal::whole(1),
        };
        let weighted = value.times(weight).expect("a small value");
        total = total.plus(weighted).expect("a small total");
    }
    total
}

/// The newest events of each calendar period; at one instant the larger value
/// comes first.
fn newest_of_each_period<'a>(
    limit: &Limit,
    mut values: Vec<(&'a Event, Decimal)>,
) -> Vec<(&'a Event, Decimal)> {
    values.sort_by_key(|(event, value)| (event.instant, *value));
    values.reverse();
    let mut taken: BTreeMap<Date, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for (event, value) in values {
        let period = match limit.per.as_str() {
            "day" => event.day,
            "week" => calendar::monday_of(event.day),
            "month" => event.day.first_of_month(),
            other => panic!("there is no period {other}"),
        };
        let taken = taken.entry(period).or_insert(0);
        if *taken < limit.max {
            *taken += 1;
            kept.push((event, value));
        }
    }
    kept
}

/// The microseconds from each `from` to the first `to` at or after it and
/// before the next `from`, oldest first.
fn waits(from: &BTreeSet<i64>, to: &BTreeSet<i64>) -> Vec<i64> {
    let mut waits = Vec::new();
    for start in from {
        let next = from.iter().find(|other| *other > start);
        let answer = to.iter().find(|answer| *answer >= start);
        if let Some(answer) = answer
            && next.is_none_or(|next| answer < next)
        {
            waits.push(answer - start);
        }
    }
    waits
}

fn pick(waits: &[i64], take: &str) -> Option<i64> {
    let mut sorted = waits.to_vec();
    sorted.sort_unstable();
    match take {
        "fastest" => sorted.first().copied(),
        "slowest" => sorted.last().copied(),
        "latest" => waits.last().copied(),
        "median" if sorted.is_empty() => None,
        "median" => Some(sorted[(sorted.len() - 1) / 2]),
        other => panic!("there is no {other} response"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_answers_only_the_outreach_before_it() {
        let waits = waits(&[0, 10, 20, 30].into(), &[5, 7, 20, 33].into());
        // The second outreach has no reply before the third, which is answered at once.
        assert_eq!(waits, [5, 0, 3]);
    }

    #[test]
    fn the_median_of_four_is_the_second() {
        let waits = [9, 1, 7, 3];
        assert_eq!(pick(&waits, "median"), Some(3));
        assert_eq!(pick(&waits, "fastest"), Some(1));
        assert_eq!(pick(&waits, "slowest"), Some(9));
        assert_eq!(pick(&waits, "latest"), Some(3));
        assert_eq!(pick(&[], "median"), None);
    }
}
