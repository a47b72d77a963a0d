//! What a model asks of the cells of a table, found out by lowering its conditions once before any step is written: the
//! columns of what was asked are those that later steps go on with.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::model::condition::Condition;
use crate::sql::amount::Amount;
use crate::sql::condition::{Slots, condition};
use crate::sql::expression::{Expression, Type};
use crate::sql::read::Cells;

/// A column of which it is not known yet which it will be; nothing can be read from a text that is made of it.
const UNKNOWN: &str = "";

/// The cells of a table, and the columns that hold what was asked of them.
pub(super) struct Asked<'a, 'r> {
    cells: &'a Cells<'r>,
    /// The slot of an id, which is compared in a form of its own.
    id: Option<usize>,
    columns: RefCell<BTreeSet<String>>,
}

impl<'a, 'r> Asked<'a, 'r> {
    pub(super) fn of(cells: &'a Cells<'r>, id: Option<usize>) -> Self {
        Self {
            cells,
            id,
            columns: RefCell::default(),
        }
    }

    /// Asks what a condition asks.
    pub(super) fn condition(&self, of: &Condition) {
        self.note(condition(of, self));
    }

    /// Goes on with the columns of an expression.
    pub(super) fn note(&self, expression: Expression) -> Expression {
        let mut columns = self.columns.borrow_mut();
        expression.each(&mut |part| {
            if let Expression::Column { name, .. } = part
                && name != UNKNOWN
            {
                columns.insert(name.clone());
            }
        });
        expression
    }

    /// The columns to go on with, in alphabetical order.
    pub(super) fn columns(self) -> BTreeSet<String> {
        self.columns.into_inner()
    }
}

impl Slots for Asked<'_, '_> {
    fn text(&self, slot: usize) -> Expression {
        self.note(text(self.cells, self.id, slot))
    }

    fn is_blank(&self, slot: usize) -> Expression {
        self.note(is_blank(self.cells, self.id, slot))
    }

    fn reading(&self, reading: usize) -> Expression {
        self.note(self.cells.reading(reading))
    }

    fn cells(&self) -> &Cells<'_> {
        self.cells
    }

    fn worked_out(&self, value: Expression) -> Expression {
        self.note(value);
        Expression::column(UNKNOWN)
    }

    // What is no cell does not matter here.

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
        Expression::NO_NUMBER
    }

    fn unsaid(&self, _: &str) {}
}

/// The text in a slot; of an id, as ids are compared.
pub(super) fn text(cells: &Cells<'_>, id: Option<usize>, slot: usize) -> Expression {
    if id == Some(slot) {
        cells.id(slot)
    } else {
        cells.text(slot)
    }
}

/// Whether nothing is known in a slot.
pub(super) fn is_blank(cells: &Cells<'_>, id: Option<usize>, slot: usize) -> Expression {
    if id == Some(slot) {
        cells.id(slot).is_null()
    } else {
        cells.is_blank(slot)
    }
}
