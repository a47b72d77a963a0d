//! What must be settled about the contacts before events are read: whether day or month comes first in their dates,
//! and which of them are leads at all.

use super::cells::Lector;
use super::contacts::Contacts;
use super::score::row_scope;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::model::condition::Reading;
use crate::plan::Plan;
use crate::value::{DateOrder, OrderEvidence, order_evidence};

/// A plan's contacts prepared for the pass over the events.
pub(super) fn prepare(contacts: &mut Contacts, plan: &Plan) -> Result<Lector, Report> {
    let model = &plan.model;
    let mut lector = Lector::new(
        &model.contacts.cells,
        model.contacts.columns.readings(),
        &model.zone,
        plan.as_of.day,
    );
    settle_dates(&mut lector, contacts, plan)?;
    leave_out_others(contacts, &lector, plan);
    Ok(lector)
}

/// Settles for each column that is read as a date whether day or month comes first, by all its cells.
fn settle_dates(lector: &mut Lector, contacts: &Contacts, plan: &Plan) -> Result<(), Report> {
    let model = &plan.model;
    if model.contacts.cells.date_order.is_some() {
        return Ok(());
    }
    let readings: Vec<usize> = lector.readings().iter().map(|(slot, _)| *slot).collect();
    for (reading, slot) in readings.into_iter().enumerate() {
        if lector.readings()[reading].1 != Reading::Day {
            continue;
        }
        let cells = (0..contacts.len()).map(|contact| contacts.cell(contact, slot));
        let column = &model.contacts.columns.entries()[slot];
        match settled_order(cells) {
            Order::None => {}
            Order::Settled(order) => lector.settle(reading, order),
            Order::Open => {
                let diagnostic = ambiguous_dates(&column.name, "contacts");
                let diagnostic = match &column.span {
                    Some(span) => diagnostic.at(&model.source, span.clone(), "read as a date here"),
                    None => diagnostic,
                };
                return Err(Report::new(Kind::Data, diagnostic));
            }
        }
    }
    Ok(())
}

/// What the cells of a column say about the order of day and month in it.
pub(super) enum Order {
    /// There are no dates such as 03/05/2026.
    None,
    /// All such dates can be read in this order, and some only in this.
    Settled(DateOrder),
    /// They can be read in both, or neither.
    Open,
}

pub(super) fn settled_order<'c>(cells: impl Iterator<Item = &'c str>) -> Order {
    let (mut any, mut day, mut month) = (false, false, false);
    for cell in cells {
        match order_evidence(cell) {
            OrderEvidence::NotNumericDate => {}
            OrderEvidence::Undecided => any = true,
            OrderEvidence::DayFirst => day = true,
            OrderEvidence::MonthFirst => month = true,
        }
    }
    match (day, month) {
        (true, false) => Order::Settled(DateOrder::DayFirst),
        (false, true) => Order::Settled(DateOrder::MonthFirst),
        (false, false) if !any => Order::None,
        _ => Order::Open,
    }
}

pub(super) fn ambiguous_dates(column: &str, section: &str) -> Diagnostic {
    Diagnostic::error(
        "ambiguous-dates",
        format!("the dates in `{column}` do not tell whether day or month comes first"),
    )
    .hint(format!(
        "say it in the model: [{section}] date_order = \"day-first\" or \"month-first\""
    ))
}

/// Leaves out the contacts that the model's `only` does not take.
fn leave_out_others(contacts: &mut Contacts, lector: &Lector, plan: &Plan) {
    let Some(only) = &plan.model.contacts.only else {
        return;
    };
    let memory = lector.memory();
    let mut others = Vec::new();
    {
        let mut cells = Vec::new();
        for contact in 0..contacts.len() {
            memory.forget();
            contacts.cells(contact, &mut cells);
            if !only.is_met(&row_scope(&cells, lector, &memory)) {
                others.push(contact);
            }
        }
    }
    for contact in others {
        contacts.leave_out(contact);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(cells: &[&str]) -> &'static str {
        match settled_order(cells.iter().copied()) {
            Order::None => "nothing to settle",
            Order::Settled(DateOrder::DayFirst) => "day first",
            Order::Settled(DateOrder::MonthFirst) => "month first",
            Order::Open => "open",
        }
    }

    #[test]
    fn one_date_past_the_twelfth_settles_a_column() {
        assert_eq!(order(&["03/05/2026", "13/05/2026"]), "day first");
        assert_eq!(order(&["05/13/2026", "03/05/2026"]), "month first");
    }

    #[test]
    fn dates_that_fit_both_orders_or_neither_leave_it_open() {
        assert_eq!(order(&["03/05/2026"]), "open");
        assert_eq!(order(&["13/05/2026", "05/13/2026"]), "open");
    }

    #[test]
    fn without_such_dates_nothing_has_to_be_settled() {
        assert_eq!(order(&[]), "nothing to settle");
        assert_eq!(order(&["", "2026-05-03", "soon"]), "nothing to settle");
    }
}
