//! What is known of a lead at some step of the query, and under which names, for conditions to refer to.

use std::cell::RefCell;
use std::rc::Rc;

use super::amounts::Amounts;
use super::asked;
use super::by_hand::ByHand;
use super::names::Names;
use crate::sql::amount::{Amount, Unit};
use crate::sql::condition::Slots;
use crate::sql::expression::{Expression, Type};
use crate::sql::read::Cells;

/// A lead's columns so far.
#[derive(Debug, Clone)]
pub(super) struct Lead<'r> {
    /// How its cells are read.
    pub cells: Rc<Cells<'r>>,
    /// The slot of the id.
    pub id_slot: usize,
    /// The step that has them.
    pub step: String,
    /// The names of all of them.
    pub names: Names,
    /// The id's.
    pub id: String,
    /// What events are joined on; None without events.
    pub key: Option<Expression>,
    /// By number, the signals.
    pub signals: Vec<Amount>,
    /// The newest event, in microseconds; None without events.
    pub last_event: Option<String>,
    /// By number, what each rule gives in thousandths; None where it gives nothing.
    pub rules: Vec<Option<String>>,
    /// By number, the sums of the groups' rules, and what the groups count, in thousandths.
    pub group_sums: Vec<Expression>,
    pub groups: Vec<Amount>,
    /// The sum of groups and rules, before scale and bounds.
    pub sum: String,
    /// The share it is of what can be reached, or it itself.
    pub scaled: String,
    /// What people set by hand, if anybody may.
    pub by_hand: Option<ByHand>,
    /// The number of the temperature that it had in the earlier list, and its score there.
    pub previous: Option<(String, String)>,
    /// What leads are ranked by, in thousandths, before and after overrides.
    pub computed: String,
    pub total: String,
    /// The score shown.
    pub score: Amount,
    /// The total and the score of leads as if none was pursued no more.
    pub before_disqualified: Option<(String, Amount)>,
    /// By number, the items of the checklist.
    pub checklist: Vec<String>,
    /// The number of the temperature that the model computes, and of the one that counts.
    pub computed_temperature: String,
    pub temperature: String,
    /// Why a lead is pursued no more: NULL for others. None where no lead can be.
    pub disqualified: Option<String>,
    /// The stage's name.
    pub stage: Option<String>,
    /// The number of the route, and the lead's turn within it.
    pub route: Option<String>,
    pub turn: Option<String>,
    /// The place in the list, from 1.
    pub place: String,
}

impl<'r> Lead<'r> {
    /// A lead of whom only the cells are known.
    pub(super) fn new(
        cells: Rc<Cells<'r>>,
        id_slot: usize,
        step: String,
        names: Names,
        id: String,
        key: Option<Expression>,
    ) -> Self {
        let none = String::new;
        Self {
            cells,
            id_slot,
            step,
            names,
            id,
            key,
            signals: Vec::new(),
            last_event: None,
            rules: Vec::new(),
            group_sums: Vec::new(),
            groups: Vec::new(),
            sum: none(),
            scaled: none(),
            by_hand: None,
            previous: None,
            computed: none(),
            total: none(),
            score: Amount::null(),
            before_disqualified: None,
            checklist: Vec::new(),
            computed_temperature: none(),
            temperature: none(),
            disqualified: None,
            stage: None,
            route: None,
            turn: None,
            place: none(),
        }
    }
}

/// A lead as conditions see it.
#[derive(Debug, Clone)]
pub(super) struct Scope<'l, 'r> {
    pub lead: &'l Lead<'r>,
    /// The score, where conditions may ask for it.
    pub score: Option<Amount>,
    /// By number, whether each item of the checklist is met.
    pub checklist: Vec<Expression>,
    /// The temperature's name.
    pub temperature: Option<Expression>,
    /// The stage's name.
    pub stage: Option<Expression>,
    /// The day from which ages are counted.
    pub today: Expression,
    /// What cannot be said.
    pub unsaid: RefCell<Vec<String>>,
    /// What the step before has to work out.
    pub amounts: Amounts,
}

impl<'l, 'r> Scope<'l, 'r> {
    /// A lead of whom cells and signals are known.
    pub(super) fn of(lead: &'l Lead<'r>, today: Expression) -> Self {
        Self {
            lead,
            score: None,
            checklist: Vec::new(),
            temperature: None,
            stage: None,
            today,
            unsaid: RefCell::default(),
            amounts: Amounts::default(),
        }
    }
}

impl Slots for Scope<'_, '_> {
    fn text(&self, slot: usize) -> Expression {
        asked::text(&self.lead.cells, Some(self.lead.id_slot), slot)
    }

    fn is_blank(&self, slot: usize) -> Expression {
        asked::is_blank(&self.lead.cells, Some(self.lead.id_slot), slot)
    }

    fn cells(&self) -> &Cells<'_> {
        &self.lead.cells
    }

    fn worked_out(&self, value: Expression) -> Expression {
        self.amounts.column(value, &self.lead.names)
    }

    fn unsaid(&self, message: &str) {
        self.unsaid.borrow_mut().push(message.to_owned());
    }

    fn reading(&self, reading: usize) -> Expression {
        self.lead.cells.reading(reading)
    }

    fn signal(&self, number: usize) -> Amount {
        self.lead.signals[number].clone()
    }

    fn score(&self) -> Amount {
        self.score.clone().unwrap_or_else(Amount::null)
    }

    fn group(&self, number: usize) -> Amount {
        self.lead.groups[number].clone()
    }

    fn checklist(&self, number: usize) -> Expression {
        self.checklist[number].clone()
    }

    fn temperature(&self) -> Expression {
        self.temperature
            .clone()
            .unwrap_or(Expression::Null(Type::Text))
    }

    fn stage(&self) -> Expression {
        self.stage.clone().unwrap_or(Expression::Null(Type::Text))
    }

    fn as_of_day(&self) -> Expression {
        self.today.clone()
    }
}

/// A number that is never NULL, of so many thousandths.
pub(super) fn points(column: &str, low: i64, high: i64) -> Amount {
    Amount::between(Expression::column(column), Unit::Thousandth, low, high)
}
