//! What must be settled about the contacts before events are read: whether day or month comes first in their dates,
//! and which of them are leads at all.

use super::cells::Lector;
use super::contacts::Contacts;
use super::dates::OrderSoFar;
use super::score::row_scope;
use crate::diagnostic::{Kind, Report};
use crate::plan::Plan;

/// Contacts ready for the pass over the events.
pub(super) struct Prepared {
    /// How their cells are read.
    pub lector: Lector,
    /// For each reading, how many cells of those that are no leads could not be read.
    pub unreadable: Vec<u64>,
}

/// Settles what has to be settled about the contacts.
pub(super) fn prepare(contacts: &mut Contacts, plan: &Plan) -> Result<Prepared, Report> {
    let model = &plan.model;
    let mut lector = Lector::new(
        &model.contacts.cells,
        model.contacts.columns.readings(),
        &model.zone,
        plan.as_of.day,
    );
    settle_dates(&mut lector, contacts, plan)?;
    let unreadable = leave_out_others(contacts, &lector, plan);
    Ok(Prepared { lector, unreadable })
}

/// Settles for each column that is read as a date whether day or month comes first, by all its cells.
fn settle_dates(lector: &mut Lector, contacts: &Contacts, plan: &Plan) -> Result<(), Report> {
    let model = &plan.model;
    if model.contacts.cells.date_order.is_some() {
        return Ok(());
    }
    let columns = &model.contacts.columns;
    let readings: Vec<usize> = lector.day_readings().collect();
    for reading in readings {
        let mut so_far = OrderSoFar::default();
        for slot in columns.columns_of_reading(reading) {
            for contact in 0..contacts.len() {
                let cell = contacts.cell(contact, slot);
                if !lector.is_blank(cell) {
                    so_far.note(cell);
                }
            }
        }
        let column = &columns.entries()[columns.readings()[reading].0];
        match so_far.order().settled(&column.name, "contacts") {
            Ok(None) => {}
            Ok(Some(order)) => lector.settle(reading, order),
            Err(diagnostic) => {
                let diagnostic = match &column.span {
                    Some(span) => {
                        (*diagnostic).at(&model.source, span.clone(), "read as a date here")
                    }
                    None => *diagnostic,
                };
                return Err(Report::new(Kind::Data, diagnostic));
            }
        }
    }
    Ok(())
}

/// Leaves out the contacts that the model's `only` does not take; gives what could not be read of them.
fn leave_out_others(contacts: &mut Contacts, lector: &Lector, plan: &Plan) -> Vec<u64> {
    let mut unreadable = vec![0; lector.readings().len()];
    let Some(only) = &plan.model.contacts.only else {
        return unreadable;
    };
    let memory = lector.memory();
    let mut others = Vec::new();
    {
        let mut cells = Vec::new();
        for contact in 0..contacts.people() {
            memory.forget();
            contacts.cells(contact, &mut cells);
            if only.is_met(&row_scope(&cells, lector, &memory)) {
                // A lead's cells are read again, and counted, when it is scored.
                continue;
            }
            others.push(contact);
            for (reading, count) in unreadable.iter_mut().enumerate() {
                *count += u64::from(memory.is_counted(reading));
            }
        }
    }
    for contact in others {
        contacts.leave_out(contact);
    }
    unreadable
}
