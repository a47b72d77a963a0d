//! What must be settled about the contacts before events are read: whether day or month comes first in their dates,
//! and which of them are leads at all.

use std::ops::Range;

use super::cells::Lector;
use super::contacts::Contacts;
use super::dates::OrderSoFar;
use super::score::row_scope;
use super::threads::spread;
use crate::diagnostic::{Kind, Report};
use crate::plan::Plan;

/// Contacts ready for the pass over the events.
pub(super) struct Prepared {
    /// How their cells are read.
    pub lector: Lector,
    /// For each reading, how many cells of those that are no leads could not be read.
    pub unreadable: Vec<u64>,
}

/// Settles what has to be settled about the contacts, by so many threads.
pub(super) fn prepare(
    contacts: &mut Contacts,
    plan: &Plan,
    threads: usize,
) -> Result<Prepared, Report> {
    let model = &plan.model;
    let mut lector = Lector::new(
        &model.contacts.cells,
        model.contacts.columns.readings(),
        &model.zone,
        plan.as_of.day,
    );
    settle_dates(&mut lector, contacts, plan, threads)?;
    let unreadable = leave_out_others(contacts, &lector, plan, threads);
    Ok(Prepared { lector, unreadable })
}

/// Gives each thread its share of so many contacts; what each makes of them, in order.
fn share<T: Send>(
    contacts: usize,
    threads: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let share = contacts.div_ceil(threads).max(1);
    let shares = (0..contacts).step_by(share);
    let work = &work;
    let job = |start| move || work(start..contacts.min(start + share));
    spread(shares.map(job).collect())
}

/// Settles for each column that is read as a date whether day or month comes first, by all its cells.
fn settle_dates(
    lector: &mut Lector,
    contacts: &Contacts,
    plan: &Plan,
    threads: usize,
) -> Result<(), Report> {
    let model = &plan.model;
    if model.contacts.cells.date_order.is_some() {
        return Ok(());
    }
    let columns = &model.contacts.columns;
    let readings: Vec<usize> = lector.day_readings().collect();
    for reading in readings {
        let shares = share(contacts.len(), threads, |range| {
            let mut so_far = OrderSoFar::default();
            for slot in columns.columns_of_reading(reading) {
                for contact in range.clone() {
                    let cell = contacts.cell(contact, slot);
                    if !lector.is_blank(cell) {
                        so_far.note(cell);
                    }
                }
            }
            so_far
        });
        let mut so_far = OrderSoFar::default();
        for share in shares {
            so_far.merge(share);
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
fn leave_out_others(
    contacts: &mut Contacts,
    lector: &Lector,
    plan: &Plan,
    threads: usize,
) -> Vec<u64> {
    let mut unreadable = vec![0; lector.readings().len()];
    let Some(only) = &plan.model.contacts.only else {
        return unreadable;
    };
    let shares = share(contacts.people(), threads, |range| {
        let memory = lector.memory();
        let mut unreadable = vec![0; lector.readings().len()];
        let mut others = Vec::new();
        let mut cells = Vec::new();
        for contact in range {
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
        (others, unreadable)
    });
    for (others, counts) in shares {
        for contact in others {
            contacts.leave_out(contact);
        }
        for (sum, count) in unreadable.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    unreadable
}
