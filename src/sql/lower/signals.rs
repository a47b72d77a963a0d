//! Signals: the events of each contact brought together, and joined to the leads.
//!
//! Everything that one pass can do is done in one step: plain counts, sums, extremes and ages. What must look at events
//! beside each other (limits, different values, answers) has steps of its own.

use super::decay::{Weights, weights};
use super::events::Events;
use super::lead::Lead;
use super::measures::takes;
use super::{Draft, civil, response};
use crate::model::{Limit, Measure, Model, Signal};
use crate::sql::amount::{Amount, Unit};
use crate::sql::expression::{Aggregate, Comparison, Expression, Order, Window, WindowFunction};
use crate::sql::relation::{Item, Join, Select, Source};

/// Events that a contact can have, so that whatever counts them stays within 64 bits.
const MOST_EVENTS: i64 = 1 << 32;
/// The largest sum of millionths.
const MOST_SUM: i64 = i64::MAX;
/// The most days between two times that are read.
const MOST_DAYS: i64 = 50_000;
/// The most minutes between two such times.
const MOST_MINUTES: i64 = MOST_DAYS * 1_440;

/// Where the value of a signal stands.
struct Value {
    /// The step that has it, beside the contact.
    step: String,
    /// Its column there.
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
    let (activity, values) = measure(draft, &events, &weights);
    join(draft, lead, &events, &activity, &values);
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

/// Adds the steps that measure; gives the one that brings most together, and where the value of each signal stands.
fn measure(draft: &mut Draft<'_>, events: &Events<'_>, weights: &Weights) -> (String, Vec<Value>) {
    let model = draft.model();
    let contact = || Expression::column(&events.contact);
    let activity = draft.names.take("activity");
    let mut items = vec![
        Item::new(&events.contact, contact()),
        Item::new(
            "last_event",
            aggregate(Aggregate::Max, Expression::column(&events.instant)),
        ),
    ];
    let names = events.names.clone();
    names.take("last_event");
    let mut values = Vec::new();
    for (number, signal) in model.signals.iter().enumerate() {
        if model.answers == Some(number) {
            // Only reports ask for it.
            values.push(None);
            continue;
        }
        let column = names.take(&signal.name);
        let weight = weights.of[number].as_ref();
        let mut value = shape(signal, &activity, &column);
        match in_one_pass(draft, signal, events, weight) {
            Some(expression) => {
                items.push(Item::new(&column, expression).about(described(signal)));
            }
            None => value.step = apart(draft, signal, events, weight, &column),
        }
        values.push(Some(value));
    }
    let select = Select {
        items,
        from: Source::Step(events.step.clone()),
        group_by: vec![contact()],
        ..Select::default()
    };
    draft.steps.push(crate::sql::relation::Step {
        name: activity.clone(),
        comments: vec!["Each contact's events together".to_owned()],
        rows: crate::sql::relation::Rows::Select(select),
    });
    let nowhere = || Value {
        step: String::new(),
        column: String::new(),
        unit: Unit::One,
        low: 0,
        high: 0,
        otherwise: None,
    };
    let values = values
        .into_iter()
        .map(|value| value.unwrap_or_else(nowhere));
    (activity, values.collect())
}

fn described(signal: &Signal) -> String {
    format!("signal {}", signal.name)
}

fn aggregate(aggregate: Aggregate, value: Expression) -> Expression {
    Expression::Aggregate(aggregate, Box::new(value))
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
fn shape(signal: &Signal, step: &str, column: &str) -> Value {
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
        step: step.to_owned(),
        column: column.to_owned(),
        unit,
        low,
        high,
        otherwise: nothing(&signal.measure),
    }
}

/// A signal that needs no more than one look at each event.
fn in_one_pass(
    draft: &Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    weight: Option<&Expression>,
) -> Option<Expression> {
    let is_limited = matches!(
        signal.measure,
        Measure::Count { limit: Some(_), .. } | Measure::Sum { limit: Some(_), .. }
    );
    if is_limited {
        return None;
    }
    let of_those =
        |value: Expression| Expression::case([(takes(draft, signal, events), value)], None);
    let age = || Expression::column(&events.age);
    Some(match &signal.measure {
        Measure::Count { .. } if weight.is_none() => {
            aggregate(Aggregate::Count, of_those(Expression::Integer(1)))
        }
        Measure::Count { .. } => {
            aggregate(Aggregate::Total, of_those(counts(signal, events, weight)))
        }
        Measure::Sum { .. } => aggregate(Aggregate::Sum, of_those(counts(signal, events, weight))),
        Measure::Max { of, .. } => {
            aggregate(Aggregate::Max, of_those(events.cells.number(*of).value))
        }
        Measure::Min { of, .. } => {
            aggregate(Aggregate::Min, of_those(events.cells.number(*of).value))
        }
        Measure::DaysSinceLast { .. } => aggregate(Aggregate::Min, of_those(age())),
        Measure::DaysSinceFirst { .. } => aggregate(Aggregate::Max, of_those(age())),
        Measure::Distinct { .. } | Measure::ActiveDays { .. } | Measure::Response { .. } => {
            return None;
        }
    })
}

/// What an event that a count or a sum takes brings to it.
fn counts(signal: &Signal, events: &Events<'_>, weight: Option<&Expression>) -> Expression {
    match (&signal.measure, weight) {
        (Measure::Sum { of, .. }, Some(weight)) => events.cells.number(*of).weighted(weight).value,
        (Measure::Sum { of, .. }, None) => events.cells.number(*of).value,
        (_, Some(weight)) => weight.clone(),
        (_, None) => Expression::Integer(1),
    }
}

/// Adds steps of its own for a signal; gives the one that has it.
fn apart(
    draft: &mut Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    weight: Option<&Expression>,
    column: &str,
) -> String {
    match &signal.measure {
        Measure::Response { from, to, take } => {
            response::add(draft, signal, events, (from, to, *take), column)
        }
        Measure::Distinct { of, .. } => {
            different(draft, signal, events, events.cells.text(*of), column)
        }
        Measure::Count {
            limit: Some(limit), ..
        }
        | Measure::Sum {
            limit: Some(limit), ..
        } => limited(draft, signal, events, weight, *limit, column),
        _ => different(
            draft,
            signal,
            events,
            Expression::column(&events.day),
            column,
        ),
    }
}

/// How many different values there are.
fn different(
    draft: &mut Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    value: Expression,
    column: &str,
) -> String {
    let contact = || Expression::column(&events.contact);
    let select = Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(column, aggregate(Aggregate::CountDistinct, value)),
        ],
        from: Source::Step(events.step.clone()),
        filter: Some(takes(draft, signal, events)),
        group_by: vec![contact()],
        ..Select::default()
    };
    draft.select(
        &format!("{}_counted", signal.name),
        vec![described(signal)],
        select,
    )
}

/// The newest so many of each period.
fn limited(
    draft: &mut Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    weight: Option<&Expression>,
    limit: Limit,
    column: &str,
) -> String {
    let contact = || Expression::column(&events.contact);
    let word = civil::name(limit.per);
    let period = civil::period(Expression::column(&events.day), limit.per);
    let mut order = vec![Order {
        key: Expression::column(&events.instant),
        descending: true,
    }];
    if let Measure::Sum { of, .. } = &signal.measure {
        // Of two at one instant the larger counts.
        order.push(Order {
            key: events.cells.number(*of).value,
            descending: true,
        });
    }
    let turn = Expression::Window(Box::new(Window {
        function: WindowFunction::RowNumber,
        partition: vec![contact(), period],
        order,
    }));
    let names = events.names.clone();
    let [counted, place] = ["counts", "place"].map(|name| names.take(name));
    let select = Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(&counted, counts(signal, events, weight)),
            Item::new(&place, turn),
        ],
        from: Source::Step(events.step.clone()),
        filter: Some(takes(draft, signal, events)),
        ..Select::default()
    };
    let comments = vec![format!(
        "{}: the newest {} of each {word} count",
        described(signal),
        limit.max
    )];
    let step = draft.select(&format!("{}_in_turn", signal.name), comments, select);
    let sum = match &signal.measure {
        Measure::Sum { .. } => Aggregate::Sum,
        _ => Aggregate::Total,
    };
    let most = Expression::Integer(i64::from(limit.max));
    let select = Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(column, aggregate(sum, Expression::column(&counted))),
        ],
        from: Source::Step(step),
        filter: Some(Expression::column(&place).compared(Comparison::AtMost, most)),
        group_by: vec![contact()],
        ..Select::default()
    };
    draft.select(&format!("{}_counted", signal.name), Vec::new(), select)
}

/// Joins the signals to the leads.
fn join(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
    events: &Events<'_>,
    activity: &str,
    values: &[Value],
) {
    let model = draft.model();
    let Some(Expression::Column { name: key, .. }) = lead.key.clone() else {
        // Nobody is told apart by what stands nowhere.
        lead.signals = without_events(model);
        return;
    };
    let key = Expression::column_of(&lead.step, key);
    let mut joins: Vec<Join> = Vec::new();
    let used = values.iter().map(|value| value.step.as_str());
    for step in std::iter::once(activity).chain(used) {
        let is_joined = joins.iter().any(|join| join.to.name() == step);
        if !step.is_empty() && !is_joined {
            joins.push(Join {
                keeps_all: true,
                to: Source::Step(step.to_owned()),
                on: vec![(key.clone(), Expression::column_of(step, &events.contact))],
            });
        }
    }
    let last_event = lead.names.take("last_event");
    let mut items = vec![Item::new(
        &last_event,
        Expression::column_of(activity, "last_event"),
    )];
    lead.last_event = Some(last_event);
    for (signal, value) in model.signals.iter().zip(values) {
        if value.step.is_empty() {
            lead.signals.push(Amount::null());
            continue;
        }
        let name = lead.names.take(&signal.name);
        let column = Expression::column_of(&value.step, &value.column);
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
