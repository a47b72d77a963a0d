//! Response times: from a question to the first answer at or after it and before the next question.

use super::Draft;
use super::events::Events;
use super::measures::{is_of, takes_kinds};
use crate::model::{Signal, Take};
use crate::sql::expression::{
    Aggregate, Comparison, Expression, Order, Sign, Window, WindowFunction,
};
use crate::sql::phrases::all;
use crate::sql::relation::{Item, Rows, Select, Source};

const MICROS_PER_MINUTE: i64 = 60_000_000;

/// Adds the steps of a signal that measures them; gives the one that has it.
pub(super) fn add(
    draft: &mut Draft<'_>,
    signal: &Signal,
    events: &Events<'_>,
    (from, to, take): (&[usize], &[usize], Take),
    column: &str,
) -> String {
    let names = events.names.clone();
    let [answers, before, answers_before, minutes, place, count] = [
        "answers",
        "before",
        "answers_before",
        "minutes",
        "place",
        "pairs",
    ]
    .map(|name| names.take(name));
    let contact = || Expression::column(&events.contact);
    let instant = || Expression::column(&events.instant);

    let side = |kinds: &[usize], side: Expression, draft: &Draft<'_>| Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(&events.instant, instant()),
            Item::new(&answers, side),
        ],
        from: Source::Step(events.step.clone()),
        filter: Some(takes_kinds(draft, signal, events, kinds)),
        ..Select::default()
    };
    let rows = if from.iter().any(|kind| to.contains(kind)) {
        // An event that is of both sides asks first and then answers.
        Rows::Union(vec![
            side(from, Expression::Integer(0), draft),
            side(to, Expression::Integer(1), draft),
        ])
    } else {
        let both: Vec<usize> = from.iter().chain(to).copied().collect();
        let is_answer = (is_of(&events.kind, to), Expression::Integer(1));
        let which = Expression::case([is_answer], Expression::Integer(0));
        Rows::Select(side(&both, which, draft))
    };
    let comments = vec![format!("signal {}: questions and answers", signal.name)];
    let turns = draft.step(&format!("{}_turns", signal.name), comments, rows);

    let lag = |value: Expression| {
        Expression::Window(Box::new(Window {
            function: WindowFunction::Lag(value),
            partition: vec![contact()],
            order: vec![
                Order {
                    key: instant(),
                    descending: false,
                },
                Order {
                    key: Expression::column(&answers),
                    descending: false,
                },
            ],
        }))
    };
    let select = Select {
        all_of: vec![turns.clone()],
        items: vec![
            Item::new(&before, lag(instant())),
            Item::new(&answers_before, lag(Expression::column(&answers))),
        ],
        from: Source::Step(turns),
        ..Select::default()
    };
    let comments = vec!["each turn with the one before it".to_owned()];
    let turns = draft.select(&format!("{}_beside", signal.name), comments, select);

    let waited = Expression::Arithmetic(
        Sign::Minus,
        Box::new(instant()),
        Box::new(Expression::column(&before)),
    );
    let is_pair = all([
        Expression::column(&answers).equals(Expression::Integer(1)),
        Expression::column(&answers_before).equals(Expression::Integer(0)),
    ]);
    let select = Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(&events.instant, instant()),
            Item::new(
                &minutes,
                waited.over(Expression::Integer(MICROS_PER_MINUTE)),
            ),
        ],
        from: Source::Step(turns),
        filter: Some(is_pair),
        ..Select::default()
    };
    let comments = vec!["answers right behind a question, with the minutes between".to_owned()];
    let pairs = draft.select(&format!("{}_pairs", signal.name), comments, select);

    let minutes = || Expression::column(&minutes);
    let (pairs, value, filter) = match take {
        Take::Fastest => (
            pairs,
            Expression::Aggregate(Aggregate::Min, Box::new(minutes())),
            None,
        ),
        Take::Slowest => (
            pairs,
            Expression::Aggregate(Aggregate::Max, Box::new(minutes())),
            None,
        ),
        Take::Latest | Take::Median => {
            let is_latest = take == Take::Latest;
            let order = Order {
                key: if is_latest { instant() } else { minutes() },
                descending: is_latest,
            };
            let window = |function, order| {
                Expression::Window(Box::new(Window {
                    function,
                    partition: vec![contact()],
                    order,
                }))
            };
            let count_all = WindowFunction::Of(Aggregate::Count, Expression::Integer(1));
            let items = vec![
                Item::new(&place, window(WindowFunction::RowNumber, vec![order])),
                Item::new(&count, window(count_all, Vec::new())),
            ];
            let comments = vec!["in their order".to_owned()];
            let ordered =
                draft.extended(&pairs, &format!("{}_ordered", signal.name), comments, items);
            // Of two middle ones the shorter.
            let middle = Expression::column(&count)
                .plus(Expression::Integer(1))
                .over(Expression::Integer(2));
            let wanted = if is_latest {
                Expression::Integer(1)
            } else {
                middle
            };
            let is_wanted = Expression::column(&place).compared(Comparison::Equal, wanted);
            let value = Expression::Aggregate(Aggregate::Min, Box::new(minutes()));
            (ordered, value, Some(is_wanted))
        }
    };
    let select = Select {
        items: vec![
            Item::new(&events.contact, contact()),
            Item::new(column, value),
        ],
        from: Source::Step(pairs),
        filter,
        group_by: vec![contact()],
        ..Select::default()
    };
    draft.select(&format!("{}_measured", signal.name), Vec::new(), select)
}
