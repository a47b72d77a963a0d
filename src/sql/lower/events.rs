//! The events' table: whose event it is, of which type, when, and the cells that signals ask for.

use super::contacts::Looked;
use super::names::Names;
use super::{Draft, Table};
use crate::model::Measure;
use crate::sql::amount::{Amount, Unit};
use crate::sql::condition::Slots;
use crate::sql::expression::{Comparison, Expression, Type};
use crate::sql::read::{Cells, EventTime, TextManner};
use crate::sql::relation::{Item, Select, Source};

/// The events up to as-of, and the names of their columns.
#[derive(Debug, Clone)]
pub(super) struct Events {
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
    /// By slot, the cells as texts.
    pub texts: Vec<Option<Expression>>,
    /// By number, the readings.
    pub readings: Vec<Option<Expression>>,
    /// How texts made of cells are read.
    pub manner: TextManner,
}

/// Adds the steps that read the events' table.
pub(super) fn read(draft: &mut Draft<'_>, table: &Table) -> Events {
    let model = draft.model();
    let of = &model.events;
    let cells = Cells::new(&of.columns, &of.cells, &table.layout, &model.zone);
    let mut looked = Looked::default();
    for (number, signal) in model.signals.iter().enumerate() {
        if model.answers == Some(number) {
            continue;
        }
        if let Some(filter) = &signal.filter {
            looked.add(&filter.mentions());
        }
        match &signal.measure {
            Measure::Sum { of, .. } | Measure::Max { of, .. } | Measure::Min { of, .. } => {
                looked.readings.insert(*of);
            }
            Measure::Distinct { of, .. } => {
                looked.columns.insert(*of);
            }
            _ => {}
        }
    }
    let mut contact = cells.key(of.contact);
    let mut kind = cells.event_kind(of, of.kind);
    let EventTime {
        mut instant,
        mut day,
    } = cells.time(of.time);
    let mut texts = vec![None; of.columns.entries().len()];
    for slot in looked.columns {
        texts[slot] = Some(cells.text(slot));
    }
    let mut readings = vec![None; of.columns.readings().len()];
    for number in looked.readings {
        readings[number] = Some(cells.reading(number));
    }
    let comments = vec!["The events; what is blank is NULL".to_owned()];
    let step = draft.cells(&cells, &table.name, "event_rows", "events_cells", comments);

    let mut names = Names::default();
    let mut items: Vec<Item> = Vec::new();
    let mut own = |value: &mut Expression, name: &str, about: Option<String>| {
        let name = names.take(name);
        items.push(Item {
            comment: about,
            ..Item::new(&name, value.clone())
        });
        *value = Expression::column(&name);
        name
    };
    let is_in_time = instant.clone().compared(Comparison::AtMost, draft.as_of());
    let of_age = draft.today().minus(day.clone());
    let contact = own(&mut contact, "contact", None);
    let kind = own(&mut kind, "event_type", Some(kinds(&of.types)));
    let instant = own(
        &mut instant,
        "instant",
        Some("microseconds since 1970".to_owned()),
    );
    let day = own(&mut day, "day", Some("days since 1970-01-01".to_owned()));
    let mut of_age = of_age;
    let age = own(&mut of_age, "age", None);
    for value in texts.iter_mut().chain(&mut readings).flatten() {
        if let Expression::Column { name, .. } = &*value {
            let name = name.clone();
            own(value, &name, None);
        }
    }
    let select = Select {
        items,
        from: Source::Step(step),
        filter: Some(is_in_time),
        ..Select::default()
    };
    let comments = vec!["Those up to as-of, with their type, day and age in days".to_owned()];
    let step = draft.select("events_read", comments, select);
    Events {
        step,
        names,
        contact,
        kind,
        instant,
        day,
        age,
        texts,
        readings,
        manner: cells.manner(),
    }
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
pub(super) struct Scope<'e> {
    pub events: &'e Events,
    pub today: Expression,
}

impl Slots for Scope<'_> {
    fn text(&self, slot: usize) -> Expression {
        let text = self.events.texts[slot].clone();
        text.unwrap_or(Expression::Null(Type::Text))
    }

    fn reading(&self, reading: usize) -> Expression {
        let read = self.events.readings[reading].clone();
        read.unwrap_or(Expression::NO_NUMBER)
    }

    fn manner(&self) -> &TextManner {
        &self.events.manner
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

impl Events {
    /// The number in a reading.
    pub(super) fn number(&self, reading: usize) -> Amount {
        match &self.readings[reading] {
            Some(column) => Amount::new(column.clone(), Unit::Millionth),
            None => Amount::null(),
        }
    }
}
