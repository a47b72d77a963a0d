//! The contacts' table: its cells as values, each id once, and the leads among the contacts.

use std::collections::BTreeSet;

use super::Draft;
use super::lead::{Lead, Scope};
use super::names::Names;
use crate::model::condition::Mentions;
use crate::model::{Model, Operand, OverrideColumns, RuleSource};
use crate::sql::condition::condition;
use crate::sql::expression::{Aggregate, Expression, Window, WindowFunction};
use crate::sql::read::Cells;
use crate::sql::relation::{Item, Select, Source};

/// What a model looks at of a row.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Slots of columns as they stand.
    pub columns: BTreeSet<usize>,
    /// Numbers of readings.
    pub readings: BTreeSet<usize>,
}

impl Looked {
    /// Adds what a condition looks at.
    pub(super) fn add(&mut self, mentions: &Mentions) {
        self.columns.extend(&mentions.columns);
        self.readings.extend(&mentions.readings);
    }

    fn of_contacts(model: &Model) -> Self {
        let mut looked = Self::default();
        let labels = model.disqualify.iter().chain(&model.stages);
        let conditions = (model.contacts.only.iter())
            .chain(model.checklist.iter().map(|item| &item.when))
            .chain(labels.map(|label| &label.when))
            .chain(model.routes.iter().filter_map(|route| route.when.as_ref()));
        for condition in conditions {
            looked.add(&condition.mentions());
        }
        for rule in model.rules.iter().filter(|rule| rule.enabled) {
            match &rule.source {
                RuleSource::When { condition, .. } => looked.add(&condition.mentions()),
                RuleSource::PerUnit { of, .. } | RuleSource::Bands { of, .. } => {
                    if let Operand::Column(reading) = of {
                        looked.readings.insert(*reading);
                    }
                }
                RuleSource::Values { column, .. } => {
                    looked.columns.insert(*column);
                }
            }
        }
        if let Some(overrides) = &model.overrides {
            looked.add_overrides(overrides);
        }
        looked
    }

    fn add_overrides(&mut self, columns: &OverrideColumns) {
        self.columns.extend(columns.temperature);
        self.columns
            .extend(columns.by.iter().chain(&columns.reason));
        let readings = [
            columns.score,
            columns.add,
            columns.floor,
            columns.ceiling,
            columns.exclude,
        ];
        self.readings.extend(readings.into_iter().flatten());
        if let Some((slot, reading)) = columns.until {
            self.columns.insert(slot);
            self.readings.insert(reading);
        }
    }
}

/// Adds the steps that read the contacts' table; gives the leads.
pub(super) fn read(draft: &mut Draft<'_>) -> Lead {
    let model = draft.model();
    let contacts = &model.contacts;
    let table = draft.request.contacts;
    let cells = Cells::new(
        &contacts.columns,
        &contacts.cells,
        &table.layout,
        &model.zone,
    );
    let mut looked = Looked::of_contacts(model);
    let person = &contacts.person;
    let shown = [
        person.name,
        person.first_name,
        person.last_name,
        person.email,
        person.owner,
        person.source,
    ];
    let is_there = |slot: &usize| table.layout.columns.get(*slot).is_some_and(Option::is_some);
    looked.columns.extend(shown.into_iter().filter(is_there));

    let id = cells.id(contacts.id);
    let has_events = draft.request.events.is_some();
    let key = has_events.then(|| cells.key(model.events.matching.unwrap_or(contacts.id)));
    let mut texts = vec![None; contacts.columns.entries().len()];
    for slot in looked.columns {
        texts[slot] = Some(cells.text(slot));
    }
    let mut readings = vec![None; contacts.columns.readings().len()];
    for number in looked.readings {
        readings[number] = Some(cells.reading(number));
    }
    let comments = vec!["The contacts; what is blank is NULL".to_owned()];
    let step = draft.cells(
        &cells,
        &table.name,
        "contact_rows",
        "contacts_cells",
        comments,
    );

    // What stands in a conditions as it is, is the id as it is compared.
    texts[contacts.id] = Some(id.clone());
    let mut names = Names::default();
    let lead_id = names.take("lead_id");
    let mut items = vec![Item::new(&lead_id, once(&id))];
    let mut carry = |value: &mut Expression| {
        let Expression::Column { name, .. } = &*value else {
            return;
        };
        if items.iter().all(|item| item.value != *value) {
            let taken = names.take(name);
            items.push(Item::new(taken, value.clone()));
        }
        let carried = items.iter().find(|item| item.value == *value);
        if let Some(item) = carried {
            *value = Expression::column(&item.name);
        }
    };
    texts.iter_mut().flatten().for_each(&mut carry);
    readings.iter_mut().flatten().for_each(&mut carry);
    let key = key.map(|mut key| {
        carry(&mut key);
        key
    });
    let select = Select {
        items,
        from: Source::Step(step),
        ..Select::default()
    };
    let comments =
        vec!["Each once; numbers are in millionths, days are counted from 1970-01-01".to_owned()];
    let step = draft.select("contacts_read", comments, select);
    let mut lead = Lead::new(step, names, lead_id, key);
    lead.manner = cells.manner();
    lead.texts = texts;
    lead.readings = readings;
    if let Some(only) = &contacts.only {
        let is_lead = condition(only, &Scope::of(&lead, draft.today()));
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
