//! The events' table: whose event it is, of which type, when, and the cells that signals ask for.

use std::cell::RefCell;
use std::rc::Rc;

use super::amounts::Amounts;
use super::as_of::Told;
use super::asked::Asked;
use super::names::Names;
use super::{Draft, Table};
use crate::model::{Measure, Model, Signal};
use crate::sql::amount::Amount;
use crate::sql::condition::Slots;
use crate::sql::expression::{
    Aggregate, Comparison, Expression, Order, Type, Window, WindowFunction,
};
use crate::sql::phrases::{all, any};
use crate::sql::read::{Cells, ColumnType, EventTime};
use crate::sql::relation::{Item, Select, Source};

/// The events up to as-of, and the names of their columns.
#[derive(Debug, Clone)]
pub(super) struct Events<'r> {
    /// How their cells are read.
    pub cells: Rc<Cells<'r>>,
    /// The step that has them.
    pub step: String,
    /// The names of all of them.
    pub names: Names,
    /// What contacts are joined on.
    pub contact: String,
    /// The number of the type; NULL for a type that no signal looks at.
    pub kind: String,
    /// When it happened, in microseconds.
    pub instant: String,
    /// The day in the model's zone.
    pub day: String,
    /// Its age in days.
    pub age: String,
}

/// Adds the steps that read the events' table.
pub(super) fn read<'r>(draft: &mut Draft<'r>, table: &'r Table) -> Events<'r> {
    let model = draft.model();
    let of = &model.events;
    let cells = Cells::new(&of.columns, &of.cells, &table.layout, &model.zone);
    let asked = Asked::of(&cells, None);
    for signal in measured(model) {
        if let Some(filter) = &signal.filter {
            asked.condition(filter);
        }
        match &signal.measure {
            Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
                asked.reading(*of);
            }
            Measure::Distinct { of, .. } => {
                asked.text(*of);
            }
            _ => {}
        }
    }
    let columns = asked.columns();
    let contact = cells.key(of.contact);
    let kind = cells.event_kind(of, of.kind);
    let EventTime { instant, day } = cells.time(of.time);
    let id = table.has(of.id).then(|| own_id(&cells, table, of));
    let comments = vec!["The events; what is blank is NULL".to_owned()];
    let step = draft.cells(
        (&of.columns, &cells),
        &table.name,
        "event_rows",
        "events_cells",
        comments,
    );

    let (step, instant, is_first) = match id {
        Some(id) => once(draft, &step, id, instant),
        None => (step, instant, None),
    };

    let told = [Told::TEXT, Told::DAY].map(str::to_owned);
    let names = Names::taken(columns.iter().cloned().chain(told));
    let mut items: Vec<Item> = Vec::new();
    let mut own = |value: &Expression, name: &str, about: &str| {
        let name = names.take(name);
        let item = Item::new(&name, value.clone());
        items.push(if about.is_empty() {
            item
        } else {
            item.about(about)
        });
        name
    };
    let contact = own(&contact, "contact", "");
    let kind = own(&kind, "event_type", &kinds(&of.types));
    let happened = own(&instant, "instant", "microseconds since 1970");
    let of_age = draft.today().minus(day.clone());
    let day = own(&day, "day", "days since 1970-01-01");
    let age = own(&of_age, "age", "in days");
    items.extend(
        columns
            .iter()
            .map(|name| Item::new(name, Expression::column(name))),
    );
    items.extend(draft.told_items());
    let select = Select {
        items,
        from: Source::Step(step),
        joins: draft.told(),
        filter: Some(all(is_first
            .into_iter()
            .chain([instant.compared(Comparison::AtMost, draft.as_of())]))),
        ..Select::default()
    };
    let comments = vec!["Those up to as-of, with their type, day and age".to_owned()];
    let step = draft.select("events_read", comments, select);
    Events {
        cells: Rc::new(cells),
        step,
        names,
        contact,
        kind,
        instant: happened,
        day,
        age,
    }
}

/// An event's own id, and all of its cells in one text.
fn own_id(cells: &Cells<'_>, table: &Table, of: &crate::model::Events) -> (Expression, Expression) {
    let slots = 0..of.columns.entries().len();
    let is_text = |slot: &usize| {
        let column = table.layout.columns[*slot].as_ref();
        column.is_some_and(|column| column.kept_as == ColumnType::Text)
    };
    let texts = slots.filter(is_text).flat_map(|slot| {
        let text = cells.text(slot).or_else(Expression::literal(""));
        [text, Expression::literal(" | ")]
    });
    (cells.id(of.id), Expression::Concatenation(texts.collect()))
}

/// Events that come twice count once. Those that have one id and differ are refused: the query fails.
fn once(
    draft: &mut Draft<'_>,
    step: &str,
    (id, text): (Expression, Expression),
    instant: Expression,
) -> (String, Expression, Option<Expression>) {
    let names = ["event_cells_together", "event_instant", "event_turn"];
    let [together, own_instant, turn] = names;
    let items = vec![Item::new(together, text)];
    let comments = vec!["Each event's cells in one".to_owned()];
    let step = draft.extended(step, "events_together", comments, items);
    let window = |function, order| {
        Expression::Window(Box::new(Window {
            function,
            partition: vec![id.clone()],
            order,
        }))
    };
    let end = |end| {
        window(
            WindowFunction::Of(end, Expression::column(together)),
            Vec::new(),
        )
    };
    let differ = all([
        id.clone().is_null().negation(),
        end(Aggregate::Min).compared(Comparison::Unequal, end(Aggregate::Max)),
    ]);
    let refusal = Expression::refuse("hotlist: events that differ have the id ", id.clone());
    let order = vec![Order {
        key: instant.clone(),
        descending: false,
    }];
    let items = vec![
        Item::new(own_instant, Expression::case([(differ, refusal)], instant)),
        Item::new(turn, window(WindowFunction::RowNumber, order)),
    ];
    let comments = vec!["What comes twice under one id".to_owned()];
    let step = draft.extended(&step, "events_by_id", comments, items);
    let is_first = any([
        id.is_null(),
        Expression::column(turn).equals(Expression::Integer(1)),
    ]);
    (step, Expression::column(own_instant), Some(is_first))
}

/// The signals that bear on scores.
pub(super) fn measured(model: &Model) -> impl Iterator<Item = &Signal> {
    let signals = model.signals.iter().enumerate();
    let bears = |(number, signal)| (model.answers != Some(number)).then_some(signal);
    signals.filter_map(bears)
}

/// The numbers of the types, for readers.
fn kinds(types: &[String]) -> String {
    let kinds: Vec<String> = types
        .iter()
        .enumerate()
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    kinds.join(", ")
}

/// An event as conditions see it.
pub(super) struct Scope<'e, 'r> {
    pub events: &'e Events<'r>,
    pub today: Expression,
    /// What cannot be said.
    pub unsaid: RefCell<Vec<String>>,
    /// What the step before has to work out.
    pub amounts: Amounts,
}

impl<'e, 'r> Scope<'e, 'r> {
    pub(super) fn of(events: &'e Events<'r>, today: Expression) -> Self {
        Self {
            events,
            today,
            unsaid: RefCell::default(),
            amounts: Amounts::default(),
        }
    }
}

impl Slots for Scope<'_, '_> {
    fn text(&self, slot: usize) -> Expression {
        self.events.cells.text(slot)
    }

    fn is_blank(&self, slot: usize) -> Expression {
        self.events.cells.is_blank(slot)
    }

    fn cells(&self) -> &Cells<'_> {
        &self.events.cells
    }

    fn worked_out(&self, value: Expression) -> Expression {
        self.amounts.column(value, &self.events.names)
    }

    fn unsaid(&self, message: &str) {
        self.unsaid.borrow_mut().push(message.to_owned());
    }

    fn reading(&self, reading: usize) -> Expression {
        self.events.cells.reading(reading)
    }

    // A condition over events speaks of nothing else.

    fn signal(&self, _: usize) -> Amount {
        Amount::null()
    }

    fn score(&self) -> Amount {
        Amount::null()
    }

    fn group(&self, _: usize) -> Amount {
        Amount::null()
    }

    fn checklist(&self, _: usize) -> Expression {
        Expression::Null(Type::Truth)
    }

    fn temperature(&self) -> Expression {
        Expression::Null(Type::Text)
    }

    fn stage(&self) -> Expression {
        Expression::Null(Type::Text)
    }

    fn as_of_day(&self) -> Expression {
        self.today.clone()
    }
}
