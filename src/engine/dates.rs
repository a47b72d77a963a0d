//! Whether day or month comes first in a column's dates such as 03/05/2026: decided for the column, never by a cell.

use crate::diagnostic::Diagnostic;
use crate::value::{DateOrder, OrderEvidence, order_evidence};

/// What the cells of a column have said so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct OrderSoFar {
    undecided: bool,
    day_first: bool,
    month_first: bool,
    /// File and line of the first date with the day first, where these are known.
    day_at: Option<Place>,
    /// The same with the month first.
    month_at: Option<Place>,
}

/// The number of a file, and a line in it.
pub(super) type Place = (usize, u64);

/// Whether a cell may be a date such as 03/05/2026, which has a separator behind its first or second digit. Most times
/// begin with the year, and are passed over so.
#[inline]
pub(super) fn may_be_numeric_date(cell: &[u8]) -> bool {
    let bytes = cell.trim_ascii_start();
    let is_separator = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'.' | b'-'));
    is_separator(bytes.get(1)) || is_separator(bytes.get(2))
}

/// What they say about the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// There are no such dates.
    None,
    /// All such dates can be read in this order, and some in no other.
    Settled(DateOrder),
    /// All of them can be read in both orders.
    Ambiguous,
    /// Some can only be read in one order and some only in the other.
    Contradictory,
}

impl OrderSoFar {
    /// Takes another cell into account.
    pub(super) fn note(&mut self, cell: &str) {
        self.note_at(cell, || None);
    }

    /// The same, and where the cell stands.
    pub(super) fn note_at(&mut self, cell: &str, place: impl Fn() -> Option<Place>) {
        match order_evidence(cell) {
            OrderEvidence::NotNumericDate => {}
            OrderEvidence::Undecided => self.undecided = true,
            OrderEvidence::DayFirst => {
                self.day_first = true;
                self.day_at = self.day_at.or_else(place);
            }
            OrderEvidence::MonthFirst => {
                self.month_first = true;
                self.month_at = self.month_at.or_else(place);
            }
        }
    }

    /// Takes the cells into account that another has met.
    pub(super) fn merge(&mut self, other: Self) {
        self.undecided |= other.undecided;
        self.day_first |= other.day_first;
        self.month_first |= other.month_first;
        self.day_at = self.day_at.into_iter().chain(other.day_at).min();
        self.month_at = self.month_at.into_iter().chain(other.month_at).min();
    }

    /// Where the day and where the month comes first, in the order of files and lines.
    pub(super) fn places(self) -> Vec<(Place, &'static str)> {
        let day = self.day_at.map(|place| (place, "the day comes first"));
        let month = self.month_at.map(|place| (place, "the month comes first"));
        let mut places: Vec<_> = day.into_iter().chain(month).collect();
        places.sort_unstable();
        places
    }

    /// What follows from the cells so far.
    pub(super) fn order(self) -> Order {
        match (self.day_first, self.month_first) {
            (true, false) => Order::Settled(DateOrder::DayFirst),
            (false, true) => Order::Settled(DateOrder::MonthFirst),
            (true, true) => Order::Contradictory,
            (false, false) if self.undecided => Order::Ambiguous,
            (false, false) => Order::None,
        }
    }
}

impl Order {
    /// The order to read by, if there is any such date.
    ///
    /// # Errors
    /// A diagnostic that names the setting, where the `column` of `section` does not tell.
    pub(super) fn settled(
        self,
        column: &str,
        section: &str,
    ) -> Result<Option<DateOrder>, Box<Diagnostic>> {
        let message = match self {
            Self::None => return Ok(None),
            Self::Settled(order) => return Ok(Some(order)),
            Self::Ambiguous => {
                format!("the dates in `{column}` do not tell whether day or month comes first")
            }
            Self::Contradictory => {
                format!("in `{column}` the day comes first in some dates and the month in others")
            }
        };
        let hint = format!(
            "say it in the model: [{section}] date_order = \"day-first\" or \"month-first\""
        );
        let refusal = Diagnostic::error("ambiguous-dates", message).hint(hint);
        Err(Box::new(refusal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(cells: &[&str]) -> Order {
        let mut so_far = OrderSoFar::default();
        for cell in cells {
            so_far.note(cell);
        }
        so_far.order()
    }

    #[test]
    fn one_date_past_the_twelfth_settles_a_column() {
        let day_first = order(&["03/05/2026", "13/05/2026"]);
        assert_eq!(day_first, Order::Settled(DateOrder::DayFirst));
        let month_first = order(&["05/13/2026", "03/05/2026"]);
        assert_eq!(month_first, Order::Settled(DateOrder::MonthFirst));
    }

    #[test]
    fn whatever_tells_something_of_the_order_may_be_a_date() {
        for cell in ["3/5/2026", "03/05/2026", " 13.5.2026", "05-13-2026 10:00"] {
            assert!(may_be_numeric_date(cell.as_bytes()), "{cell}");
            assert_ne!(order_evidence(cell), OrderEvidence::NotNumericDate);
        }
        for cell in ["2026-05-03", "2026/05/03", "", "soon", "1736899200"] {
            assert!(!may_be_numeric_date(cell.as_bytes()), "{cell}");
            assert_eq!(order_evidence(cell), OrderEvidence::NotNumericDate);
        }
    }

    #[test]
    fn dates_that_fit_both_orders_or_neither_settle_nothing() {
        assert_eq!(order(&["03/05/2026"]), Order::Ambiguous);
        assert_eq!(order(&["13/05/2026", "05/13/2026"]), Order::Contradictory);
    }

    #[test]
    fn without_such_dates_nothing_has_to_be_settled() {
        assert_eq!(order(&[]), Order::None);
        assert_eq!(order(&["", "2026-05-03", "soon"]), Order::None);
    }

    #[test]
    fn a_column_that_does_not_tell_names_the_setting() {
        let refusal = Order::Ambiguous
            .settled("due", "events")
            .expect_err("not told");
        assert!(refusal.message.contains("`due`"));
        assert!(
            refusal
                .hint
                .is_some_and(|hint| hint.contains("[events] date_order"))
        );
    }
}
