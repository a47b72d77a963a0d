//! Response times: from a question to the first answer at or after it and before the next question.

use super::Draft;
use super::events::Events;
use super::measures::{is_of, takes_kinds};
use super::turns::{Turns, beside};
use crate::model::{Signal, Take};
use crate::sql::expression::{Aggregate, Comparison, Expression, Order, WindowFunction};
use crate::sql::phrases::all;
use crate::sql::relation::Item;

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// What an event is; of those of one instant questions come first. No type is both.
const ASKS: Expression = Expression::Integer(0);
const ANSWERS: Expression = Expression::Integer(1);

/// Lays down what a signal that measures them needs to know of events; gives what it comes to for a contact.
pub(super) fn add(
    draft: &Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    (from, to, take): (&[usize], &[usize], Take),
    turns: &mut Turns,
) -> Expression {
    let own = |what: &str| events.names.take(&format!("{}_{what}", signal.name));
    let [side, side_before, before, minutes] =
        ["side", "side_before", "before", "minutes"].map(own);
    let instant = || Expression::column(&events.instant);
    let is = |name: &str, side: Expression| Expression::column(name).equals(side);

    let both: Vec<usize> = from.iter().chain(to).copied().collect();
    let answers = (is_of(&events.kind, to), ANSWERS);
    let is_turn = takes_kinds(draft, signal, events, &both);
    let value = Expression::case([(is_turn, Expression::case([answers], ASKS))], None);
    let about = format!("signal {}: whether it asks or answers", signal.name);
    turns.taken.push(Item::new(&side, value).about(about));

    // Whatever neither asks nor answers has turns of its own.
    let is_none = || Expression::column(&side).is_null();
    let lag = |value: Expression| {
        let order = [instant(), Expression::column(&side)].map(|key| Order {
            key,
            descending: false,
        });
        let function = WindowFunction::Lag(value);
        beside(events, function, [is_none()], order.to_vec())
    };
    turns.placed.push(Item::new(&before, lag(instant())));
    let value = lag(Expression::column(&side));
    turns.placed.push(Item::new(&side_before, value));

    let waited = instant().minus(Expression::column(&before));
    let is_pair = all([is(&side, ANSWERS), is(&side_before, ASKS)]);
    let minutes_waited = waited.over(Expression::Integer(MICROS_PER_MINUTE));
    let value = Expression::case([(is_pair, minutes_waited)], None);
    turns.paired.push(Item::new(&minutes, value));

    let waited = || Expression::column(&minutes);
    let least = |value| Expression::Aggregate(Aggregate::Min, Box::new(value));
    match take {
        Take::Fastest => least(waited()),
        Take::Slowest => Expression::Aggregate(Aggregate::Max, Box::new(waited())),
        Take::Latest | Take::Median => {
            let [place, count] = ["place", "pairs"].map(own);
            let is_latest = take == Take::Latest;
            let order = Order {
                key: if is_latest { instant() } else { waited() },
                descending: is_latest,
            };
            let alike = [waited().is_null()];
            let value = beside(events, WindowFunction::RowNumber, alike, vec![order]);
            turns.ordered.push(Item::new(&place, value));
            let wanted = if is_latest {
                Expression::Integer(1)
            } else {
                let function = WindowFunction::Of(Aggregate::Count, waited());
                let value = beside(events, function, [], Vec::new());
                turns.ordered.push(Item::new(&count, value));
                // Of two middle ones the shorter.
                Expression::column(&count)
                    .plus(Expression::Integer(1))
                    .over(Expression::Integer(2))
            };
            let is_wanted = Expression::column(&place).compared(Comparison::Equal, wanted);
            least(Expression::case([(is_wanted, waited())], None))
        }
    }
}
