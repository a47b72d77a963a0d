//! The list of an earlier run: the temperature that each lead had, which it may keep, and its score.

use super::Draft;
use super::beside::{self, points, temperature_called};
use super::lead::Lead;
use crate::sql::expression::{Aggregate, Expression, Window, WindowFunction};
use crate::sql::relation::{Item, Join, Select, Source};

/// Joins the earlier list, if there is one.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let Some(table) = draft.request.previous else {
        return;
    };
    let model = draft.model();
    let mut columns = vec!["score", "temperature"];
    // Whatever the list may lack is left alone where nobody keeps a temperature.
    let keeps = model.temperatures.iter().any(|one| one.keep.is_some());
    if keeps && draft.request.previous_has_computed {
        columns.push("computed_temperature");
    }
    let about = ("previous", "The list of an earlier run");
    let list = beside::read(draft, table, &columns, about);
    let [before, before_score] =
        ["temperature_before", "score_before"].map(|name| list.names.take(name));
    // What somebody set by hand is not what the model had come to.
    let named = match list.cells.get(2) {
        None => list.cells[1].clone(),
        Some(computed) => Expression::case(
            [(
                computed.clone().equals(Expression::literal("")),
                list.cells[1].clone(),
            )],
            computed.clone(),
        ),
    };
    let id = || Expression::column(&list.id);
    let count = Expression::Window(Box::new(Window {
        function: WindowFunction::Of(Aggregate::Count, Expression::Integer(1)),
        partition: vec![id()],
        order: Vec::new(),
    }));
    let twice = Expression::refuse(
        "hotlist: the previous list has several leads with the id ",
        id(),
    );
    let score = points(
        &list.cells[0],
        "hotlist: a score of the previous list is no number: ",
    );
    let items = vec![
        Item::new(&list.id, id()),
        Item::new(&before, temperature_called(model, &named)),
        Item::new(
            &before_score,
            Expression::case([(count.greater(Expression::Integer(1)), twice)], score),
        ),
    ];
    let select = Select {
        items,
        from: Source::Step(list.step.clone()),
        ..Select::default()
    };
    let step = draft.select("previous", Vec::new(), select);

    let own = Expression::column_of(&lead.step, &lead.id);
    let [temperature, score] =
        ["previous_temperature", "previous_score"].map(|name| lead.names.take(name));
    let select = Select {
        all_of: vec![lead.step.clone()],
        items: vec![
            Item::new(&temperature, Expression::column_of(&step, &before)),
            Item::new(&score, Expression::column_of(&step, &before_score)),
        ],
        from: Source::Step(lead.step.clone()),
        joins: vec![Join {
            keeps_all: true,
            to: Source::Step(step.clone()),
            on: vec![(own, Expression::column_of(&step, &list.id))],
        }],
        ..Select::default()
    };
    let comments = vec!["The leads beside what they were before".to_owned()];
    lead.step = draft.select("compared", comments, select);
    lead.previous = Some((temperature, score));
}
