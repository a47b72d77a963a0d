//! Signals: the events of each contact brought together, and joined to the leads.
//!
//! The events are read once, and brought together in one step: what looks at events beside each other (limits, answers)
//! finds that in columns which the steps of `turns` lay down.

use super::decay::{Weights, weights};
use super::events::Events;
use super::lead::Lead;
use super::measures::takes;
use super::turns::Turns;
use super::{Draft, limit, response};
use crate::model::{Measure, Model, Signal};
use crate::sql::amount::{Amount, Unit};
use crate::sql::expression::{Aggregate, Expression};
use crate::sql::relation::{Item, Join, Select, Source};

/// Events that a contact can have, so that whatever counts them stays within 64 bits.
const MOST_EVENTS: i64 = 1 << 32;
/// The largest sum of millionths.
const MOST_SUM: i64 = i64::MAX;
/// The most days between two times that are read.
const MOST_DAYS: i64 = 50_000;
/// The most minutes between two such times.
const MOST_MINUTES: i64 = MOST_DAYS * 1_440;

/// Every contact's events together.
struct Activity {
    /// The step that has them.
    step: String,
    /// The column of the last one's time.
    last_event: String,
    /// By signal, where its value stands; None for one that nothing asks for.
    values: Vec<Option<Value>>,
}

/// Where the value of a signal stands.
struct Value {
    /// Its column.
    column: String,
    unit: Unit,
    low: i64,
    high: i64,
    /// What it is where a contact has no such event.
    otherwise: Option<i64>,
}

/// Adds the steps of all signals, and joins them to the leads.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>, events: Option<&Events<'_>>) {
    let model = draft.model();
    let Some(events) = events else {
        lead.signals = without_events(model);
        return;
    };
    let mut events = events.clone();
    let weights = weights(draft, &events.age);
    if let Some(table) = &weights.table {
        join_weights(draft, &mut events, table);
    }
    let activity = measure(draft, &events, &weights);
    join(draft, lead, &events, &activity);
}

/// The signals of those who did nothing.
fn without_events(model: &Model) -> Vec<Amount> {
    let without = |signal: &Signal| match nothing(&signal.measure) {
        Some(nothing) => Amount::between(Expression::Integer(nothing), Unit::One, 0, 0),
        None => Amount::null(),
    };
    model.signals.iter().map(without).collect()
}

/// Looks up the weights of every event.
fn join_weights(draft: &mut Draft<'_>, events: &mut Events, table: &str) {
    let of = |step: &str, column: &str| Expression::column_of(step, column);
    let select = Select {
        all_of: vec![events.step.clone(), table.to_owned()],
        from: Source::Step(events.step.clone()),
        joins: vec![Join {
            keeps_all: true,
            to: Source::Step(table.to_owned()),
            on: vec![(of(&events.step, &events.age), of(table, "days"))],
        }],
        ..Select::default()
    };
    events.step = draft.select("events_weighed", vec!["What they weigh".to_owned()], select);
}

/// Adds the steps that measure.
fn measure(draft: &mut Draft<'_>, events: &Events<'_>, weights: &Weights) -> Activity {
    let model = draft.model();
    let contact = Expression::column(&events.contact);
    let last = Expression::Aggregate(
        Aggregate::Max,
        Box::new(Expression::column(&events.instant)),
    );
    let last_event = events.names.take("last_event");
    let mut items = vec![
        Item::new(&events.contact, contact.clone()),
        Item::new(&last_event, last),
    ];
    let mut turns = Turns::default();
    let mut values = Vec::new();
    for (number, signal) in model.signals.iter().enumerate() {
        if model.answers == Some(number) {
            // Only reports ask for it.
            values.push(None);
            continue;
        }
        let column = events.names.take(&signal.name);
        let weight = weights.of[number].as_ref();
        let value = measured(draft, signal, events, weight, &mut turns);
        let about = format!("signal {}", signal.name);
        items.push(Item::new(&column, value).about(about));
        values.push(Some(shape(signal, &column)));
    }
    let select = Select {
        items,
        from: Source::Step(turns.add(draft, events)),
        group_by: vec![contact],
        ..Select::default()
    };
    let comments = vec!["Each contact's events together".to_owned()];
    Activity {
        step: draft.select("activity", comments, select),
        last_event,
        values,
    }
}

/// What a signal is without events.
fn nothing(measure: &Measure) -> Option<i64> {
    match measure {
        Measure::Count { .. }
        | Measure::Sum { .. }
        | Measure::Distinct { .. }
        | Measure::ActiveDays { .. } => Some(0),
        Measure::Max { .. }
        | Measure::Min { .. }
        | Measure::DaysSinceLast { .. }
        | Measure::DaysSinceFirst { .. }
        | Measure::Response { .. } => None,
    }
}

/// The unit and the bounds of a signal's value.
fn shape(signal: &Signal, column: &str) -> Value {
    let largest = Amount::new(Expression::NO_NUMBER, Unit::Millionth).high;
    let (unit, low, high) = match &signal.measure {
        Measure::Count { decay: None, .. }
        | Measure::Distinct { .. }
        | Measure::ActiveDays { .. } => (Unit::One, 0, MOST_EVENTS),
        Measure::Count { .. } => (Unit::Millionth, 0, MOST_EVENTS * 1_000_000),
        Measure::Sum { .. } => (Unit::Millionth, -MOST_SUM, MOST_SUM),
        Measure::Max { .. } | Measure::Min { .. } => (Unit::Millionth, -largest, largest),
        Measure::DaysSinceLast { .. } | Measure::DaysSinceFirst { .. } => (Unit::One, 0, MOST_DAYS),
        Measure::Response { .. } => (Unit::One, 0, MOST_MINUTES),
    };
    Value {
        column: column.to_owned(),
        unit,
        low,
        high,
        otherwise: nothing(&signal.measure),
    }
}

/// What a signal comes to for a contact; what it asks of events beside each other is laid down in `turns`.
fn measured(
    draft: &Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    weight: Option<&Expression>,
    turns: &mut Turns,
) -> Expression {
    let counts = || match (&signal.measure, weight) {
        (Measure::Sum { of, .. }, Some(weight)) => events.cells.number(*of).weighted(weight).value,
        (Measure::Sum { of, .. }, None) => events.cells.number(*of).value,
        (_, Some(weight)) => weight.clone(),
        (_, None) => Expression::Integer(1),
    };
    let of_those = |together, value| {
        let value = Expression::case([(takes(draft, signal, events), value)], None);
        Expression::Aggregate(together, Box::new(value))
    };
    let age = || Expression::column(&events.age);
    match &signal.measure {
        Measure::Count {
            limit: Some(limit), ..
        }
        | Measure::Sum {
            limit: Some(limit), ..
        } => limit::add(draft, signal, events, (*limit, counts()), turns),
        Measure::Count { .. } if weight.is_none() => of_those(Aggregate::Count, counts()),
        Measure::Count { .. } => of_those(Aggregate::Total, counts()),
        Measure::Sum { .. } => of_those(Aggregate::Sum, counts()),
        Measure::Max { of, .. } => of_those(Aggregate::Max, events.cells.number(*of).value),
        Measure::Min { of, .. } => of_those(Aggregate::Min, events.cells.number(*of).value),
        Measure::DaysSinceLast { .. } => of_those(Aggregate::Min, age()),
        Measure::DaysSinceFirst { .. } => of_those(Aggregate::Max, age()),
        Measure::Distinct { of, .. } => of_those(Aggregate::CountDistinct, events.cells.text(*of)),
        Measure::ActiveDays { .. } => {
            of_those(Aggregate::CountDistinct, Expression::column(&events.day))
        }
        Measure::Response { from, to, take } => {
            response::add(draft, signal, events, (from, to, *take), turns)
        }
    }
}

/// Joins the signals to the leads.
fn join(draft: &mut Draft<'_>, lead: &mut Lead<'_>, events: &Events<'_>, activity: &Activity) {
    let model = draft.model();
    let Some(Expression::Column { name: key, .. }) = lead.key.clone() else {
        // Nobody is told apart by what stands nowhere.
        lead.signals = without_events(model);
        return;
    };
    let key = Expression::column_of(&lead.step, key);
    let joins = vec![Join {
        keeps_all: true,
        to: Source::Step(activity.step.clone()),
        on: vec![(key, Expression::column_of(&activity.step, &events.contact))],
    }];
    let last_event = lead.names.take("last_event");
    let mut items = vec![Item::new(
        &last_event,
        Expression::column_of(&activity.step, &activity.last_event),
    )];
    lead.last_event = Some(last_event);
    for (signal, value) in model.signals.iter().zip(&activity.values) {
        let Some(value) = value else {
            lead.signals.push(Amount::null());
            continue;
        };
        let name = lead.names.take(&signal.name);
        let column = Expression::column_of(&activity.step, &value.column);
        let known = match value.otherwise {
            Some(otherwise) => column.or_else(Expression::Integer(otherwise)),
            None => column,
        };
        let comment = match value.unit {
            Unit::One => signal.measure.unit().to_owned(),
            Unit::Thousandth | Unit::Millionth => {
                format!("millionths of {}", signal.measure.unit())
            }
        };
        items.push(Item::new(&name, known).about(comment.trim_end_matches(" of ")));
        lead.signals.push(Amount::between(
            Expression::column(&name),
            value.unit,
            value.low,
            value.high,
        ));
    }
    let select = Select {
        all_of: vec![lead.step.clone()],
        items,
        from: Source::Step(lead.step.clone()),
        joins,
        ..Select::default()
    };
    lead.step = draft.select(
        "signals",
        vec!["The leads with their signals".to_owned()],
        select,
    );
}
