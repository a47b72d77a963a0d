//! Steps in which every event learns of those beside it. Events are read once, whatever a model asks of them: engines
//! that write a step out wherever it is used would read them again for each signal.

use super::Draft;
use super::events::Events;
use crate::sql::expression::{Expression, Order, Window, WindowFunction};
use crate::sql::relation::Item;

/// The columns that signals ask for, each in a step behind those that it is made of.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Whether a signal takes an event, and as what.
    pub taken: Vec<Item>,
    /// Its place among those that the signal takes, and the one before it.
    pub placed: Vec<Item>,
    /// What it and the one before it come to.
    pub paired: Vec<Item>,
    /// The place of that among all of the contact.
    pub ordered: Vec<Item>,
}

impl Turns {
    /// Adds the steps; gives the last of them.
    pub(super) fn add(self, draft: &mut Draft<'_>, events: &Events<'_>) -> String {
        let steps = [
            ("events_taken", "Which of them signals take", self.taken),
            ("events_in_turn", "Their turn among those", self.placed),
            (
                "events_answering",
                "Answers right behind a question, with the minutes between",
                self.paired,
            ),
            ("answers_in_order", "Answers in their order", self.ordered),
        ];
        let mut step = events.step.clone();
        for (name, about, items) in steps {
            step = draft.extended(&step, name, vec![about.to_owned()], items);
        }
        step
    }
}

/// A function over the events of a contact that agree in something.
pub(super) fn beside(
    events: &Events<'_>,
    function: WindowFunction,
    alike: impl IntoIterator<Item = Expression>,
    order: Vec<Order>,
) -> Expression {
    let contact = Expression::column(&events.contact);
    Expression::Window(Box::new(Window {
        function,
        partition: std::iter::once(contact).chain(alike).collect(),
        order,
    }))
}
