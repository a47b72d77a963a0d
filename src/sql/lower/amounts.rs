//! Amounts that are worked out in steps of their own, because conditions name them several times: guards of nested
//! arithmetic would otherwise grow with each other.

use std::cell::RefCell;

use super::Draft;
use super::names::Names;
use crate::sql::expression::Expression;
use crate::sql::relation::{Item, Select, Source};

/// Columns that no step has yet, and their values, each of which may use those before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Amounts {
    columns: RefCell<Vec<(String, Expression)>>,
}

impl Amounts {
    /// The column of a value; a new one takes its name from `names`.
    pub(super) fn column(&self, value: Expression, names: &Names) -> Expression {
        let mut columns = self.columns.borrow_mut();
        if let Some((name, _)) = columns.iter().find(|(_, known)| *known == value) {
            return Expression::column(name);
        }
        let name = names.take("amount");
        columns.push((name.clone(), value));
        Expression::column(name)
    }

    /// Looks at every value and all its parts.
    pub(super) fn each_value(&self, look: &mut impl FnMut(&Expression)) {
        for (_, value) in &*self.columns.borrow() {
            value.each(look);
        }
    }

    /// Takes those of others in.
    pub(super) fn append(&self, others: &Self) {
        self.columns
            .borrow_mut()
            .append(&mut others.columns.borrow_mut());
    }
}

impl Draft<'_> {
    /// Adds the steps that work out what conditions of the next step need; gives the step to go on from.
    pub(super) fn with_amounts(&mut self, from: &str) -> String {
        let mut pending = self.amounts.columns.take();
        let mut from = from.to_owned();
        while !pending.is_empty() {
            // Those that need no other of them.
            let is_pending = |name: &str| pending.iter().any(|(other, _)| other == name);
            let (now, later) = pending
                .clone()
                .into_iter()
                .partition::<Vec<_>, _>(|(_, value)| {
                    let mut is_ready = true;
                    value.each(&mut |part| {
                        if let Expression::Column { name, .. } = part {
                            is_ready &= !is_pending(name);
                        }
                    });
                    is_ready
                });
            pending = later;
            let items = now.into_iter();
            let select = Select {
                all_of: vec![from.clone()],
                items: items.map(|(name, value)| Item::new(name, value)).collect(),
                from: Source::Step(from),
                ..Select::default()
            };
            from = self.select("amounts", Vec::new(), select);
        }
        from
    }
}
