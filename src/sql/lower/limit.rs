//! Counts and sums of the newest so many events of each period.

use super::events::Events;
use super::measures::takes;
use super::turns::{Turns, beside};
use super::{Draft, civil};
use crate::model::{Limit, Measure, Signal};
use crate::sql::expression::{Aggregate, Comparison, Expression, Order, WindowFunction};
use crate::sql::phrases::all;
use crate::sql::relation::Item;

/// Lays down what such a signal needs to know of events; gives what it comes to for a contact. An event `counts` so much.
pub(super) fn add(
    draft: &Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    (limit, counts): (Limit, Expression),
    turns: &mut Turns,
) -> Expression {
    let [taken, turn] =
        ["taken", "turn"].map(|what| events.names.take(&format!("{}_{what}", signal.name)));
    let is_taken = Item::new(&taken, takes(draft, signal, events));
    turns.taken.push(is_taken.about(format!(
        "signal {}: the newest {} of each {} count",
        signal.name,
        limit.max,
        civil::name(limit.per)
    )));

    let mut order = vec![Order {
        key: Expression::column(&events.instant),
        descending: true,
    }];
    let mut together = Aggregate::Total;
    if let Measure::Sum { of, .. } = &signal.measure {
        // Of two at one instant the larger counts.
        order.push(Order {
            key: events.cells.number(*of).value,
            descending: true,
        });
        together = Aggregate::Sum;
    }
    let period = civil::period(Expression::column(&events.day), limit.per);
    let alike = [period, Expression::column(&taken)];
    turns.placed.push(Item::new(
        &turn,
        beside(events, WindowFunction::RowNumber, alike, order),
    ));

    let most = Expression::Integer(i64::from(limit.max));
    let is_counted = all([
        Expression::column(&taken),
        Expression::column(&turn).compared(Comparison::AtMost, most),
    ]);
    let value = Expression::case([(is_counted, counts)], None);
    Expression::Aggregate(together, Box::new(value))
}
