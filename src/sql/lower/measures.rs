//! Which events a signal takes, and what each of them brings.

use super::events::{Events, Scope};
use super::{Draft, Place};
use crate::model::{Measure, Signal};
use crate::sql::condition::Slots;
use crate::sql::expression::Expression;
use crate::sql::phrases::all;

/// What holds of every event that a signal takes.
pub(super) fn takes(draft: &Draft<'_>, signal: &Signal, events: &Events<'_>) -> Expression {
    let mut kinds: Vec<usize> = signal.measure.kinds().collect();
    kinds.sort_unstable();
    kinds.dedup();
    takes_kinds(draft, signal, events, &kinds)
}

/// The same of events of some types.
pub(super) fn takes_kinds(
    draft: &Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    kinds: &[usize],
) -> Expression {
    let mut parts = vec![is_of(&events.kind, kinds)];
    if let Some(days) = signal.within {
        let age = Expression::column(&events.age);
        parts.push(age.less(Expression::Integer(i64::from(days))));
    }
    let scope = Scope::of(events, draft.today());
    if let Some(filter) = &signal.filter {
        let place = Place::at(&signal.span, format!("signal `{}`", signal.name));
        parts.push(draft.condition(filter, &scope, &place));
    }
    match &signal.measure {
        Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
            parts.push(scope.reading(*of).is_null().negation());
        }
        Measure::Distinct { of, .. } => parts.push(scope.text(*of).is_null().negation()),
        _ => {}
    }
    all(parts)
}

/// Whether an event is of one of some types.
pub(super) fn is_of(kind: &str, kinds: &[usize]) -> Expression {
    let number = |kind: &usize| Expression::Integer(i64::try_from(*kind).unwrap_or(i64::MAX));
    let kind = Expression::column(kind);
    match kinds {
        [] => Expression::Truth(false),
        [one] => kind.equals(number(one)),
        several => Expression::In(Box::new(kind), several.iter().map(number).collect()),
    }
}
