//! The contacts' table: its cells as values, each id once, and the leads among the contacts.

use std::rc::Rc;

use super::as_of::Told;
use super::asked::Asked;
use super::lead::{Lead, Scope};
use super::names::Names;
use super::{Draft, Place};
use crate::model::{Model, Operand, RuleSource};
use crate::sql::condition::Slots;
use crate::sql::expression::{Aggregate, Expression, Window, WindowFunction};
use crate::sql::read::Cells;
use crate::sql::relation::{Item, Select, Source};

/// Asks all that the model asks of a contact's cells.
fn ask(model: &Model, asked: &Asked<'_, '_>) {
    let labels = model.disqualify.iter().chain(&model.stages);
    let conditions = (model.contacts.only.iter())
        .chain(model.checklist.iter().map(|item| &item.when))
        .chain(labels.map(|label| &label.when))
        .chain(model.routes.iter().filter_map(|route| route.when.as_ref()));
    conditions.for_each(|condition| asked.condition(condition));
    for rule in model.rules.iter().filter(|rule| rule.enabled) {
        match &rule.source {
            RuleSource::When { condition, .. } => asked.condition(condition),
            RuleSource::PerUnit { of, .. } | RuleSource::Bands { of, .. } => {
                if let Operand::Column(reading) = of {
                    asked.reading(*reading);
                }
            }
            RuleSource::Values { column, .. } => {
                asked.text(*column);
            }
        }
    }
    if let Some(columns) = &model.overrides {
        let texts = [columns.temperature, columns.by, columns.reason];
        for slot in texts.into_iter().flatten() {
            asked.text(slot);
        }
        let readings = [
            columns.score,
            columns.add,
            columns.floor,
            columns.ceiling,
            columns.exclude,
        ];
        for reading in readings.into_iter().flatten() {
            asked.reading(reading);
        }
        if let Some((slot, reading)) = columns.until {
            asked.is_blank(slot);
            asked.reading(reading);
        }
    }
}

/// Adds the steps that read the contacts' table; gives the leads.
pub(super) fn read<'r>(draft: &mut Draft<'r>) -> Lead<'r> {
    let model = draft.model();
    let contacts = &model.contacts;
    let table = draft.request.contacts;
    let cells = Cells::new(
        &contacts.columns,
        &contacts.cells,
        &table.layout,
        &model.zone,
    );
    let asked = Asked::of(&cells, Some(contacts.id));
    ask(model, &asked);
    let person = &contacts.person;
    let shown = [
        person.name,
        person.first_name,
        person.last_name,
        person.email,
        person.owner,
        person.source,
    ];
    for slot in shown.into_iter().filter(|slot| table.has(*slot)) {
        asked.text(slot);
    }
    let id = asked.note(cells.id(contacts.id));
    let has_events = draft.request.events.is_some();
    let key = has_events.then(|| {
        let matched = model.events.matching.unwrap_or(contacts.id);
        asked.note(cells.key(matched))
    });
    let columns = asked.columns();
    let comments = vec!["The contacts; what is blank is NULL".to_owned()];
    let step = draft.cells(
        (&contacts.columns, &cells),
        &table.name,
        "contact_rows",
        "contacts_cells",
        comments,
    );

    let told = [Told::TEXT, Told::DAY].map(str::to_owned);
    let names = Names::taken(columns.iter().cloned().chain(told));
    let lead_id = names.take("lead_id");
    let mut items = vec![Item::new(&lead_id, once(&id))];
    let carried = columns.iter();
    items.extend(carried.map(|name| Item::new(name, Expression::column(name))));
    items.extend(draft.told_items());
    let select = Select {
        items,
        from: Source::Step(step),
        joins: draft.told(),
        ..Select::default()
    };
    let comments =
        vec!["Each once; numbers are in millionths, days are counted from 1970-01-01".to_owned()];
    let step = draft.select("contacts_read", comments, select);
    let mut lead = Lead::new(Rc::new(cells), contacts.id, step, names, lead_id, key);
    if let Some(only) = &contacts.only {
        let scope = Scope::of(&lead, draft.today());
        let is_lead = draft.condition(only, &scope, &Place::of("[contacts] only"));
        lead.step = draft.with_amounts(&lead.step);
        // Whoever is no lead has an id of their own, too: engines look at it only where they are asked.
        let has_no_id = Expression::column(&lead.id).is_null();
        let is_lead = Expression::case([(has_no_id, Expression::Truth(false))], is_lead);
        let select = Select {
            all_of: vec![lead.step.clone()],
            from: Source::Step(lead.step.clone()),
            filter: Some(is_lead),
            ..Select::default()
        };
        lead.step = draft.select("leads", vec!["Those who are leads".to_owned()], select);
    }
    lead
}

/// An id, where it is there and no other contact has it.
fn once(id: &Expression) -> Expression {
    let count = Expression::Window(Box::new(Window {
        function: WindowFunction::Of(Aggregate::Count, Expression::Integer(1)),
        partition: vec![id.clone()],
        order: Vec::new(),
    }));
    let refused =
        |message: &str| Expression::Decimal(Box::new(Expression::refuse(message, id.clone())));
    Expression::case(
        [
            (
                id.clone().is_null(),
                refused("hotlist: a contact has no id"),
            ),
            (
                count.greater(Expression::Integer(1)),
                refused("hotlist: several contacts have the id "),
            ),
        ],
        id.clone(),
    )
}
