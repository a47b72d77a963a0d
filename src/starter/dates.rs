//! How a column writes its dates and times, as far as its cells tell.

use super::facts::{Facts, Times};
use crate::value::{DateOrder, TimeForm};

/// How a column writes its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// So that they are read as they come.
    Plain,
    /// With day and month in an order that the cells tell.
    Told(DateOrder),
    /// With day and month in an order that no cell tells.
    Untold,
    /// With the day first in some cells and the month in others.
    Contradictory,
    /// As a `time_format` says.
    Declared(&'static str),
}

/// Patterns of dates that are not read without being declared.
const PATTERNS: [&str; 16] = [
    "%Y%m%d",
    "%b %d, %Y",
    "%b %d, %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%B %d, %Y",
    "%B %d, %Y %H:%M",
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y, %I:%M %p",
    "%d %b %Y",
    "%d %b %Y %H:%M",
    "%d %b %Y, %H:%M",
    "%d %B %Y",
    "%d %B %Y %H:%M",
    "%d-%b-%Y",
    "%d-%b-%Y %H:%M",
];

impl Form {
    /// How most cells of a column are written; `None` if it is no column of times.
    pub(super) fn of(facts: &Facts) -> Option<Self> {
        let Times {
            unsettled,
            day_first,
            month_first,
            seconds,
            millis,
            micros,
            ..
        } = facts.times;
        if facts.are_most(facts.times.recognised()) {
            return Some(match (day_first > 0, month_first > 0) {
                (true, true) => Self::Contradictory,
                (true, false) => Self::Told(DateOrder::DayFirst),
                (false, true) => Self::Told(DateOrder::MonthFirst),
                (false, false) if unsettled > 0 => Self::Untold,
                (false, false) => Self::Plain,
            });
        }
        for (cells, format) in [(seconds, "unix"), (millis, "unix-ms"), (micros, "unix-us")] {
            if facts.are_most(cells) {
                return Some(Self::Declared(format));
            }
        }
        let fits = |pattern: &&&str| is_pattern_of(pattern, facts);
        PATTERNS
            .iter()
            .find(fits)
            .map(|pattern| Self::Declared(pattern))
    }
}

/// Whether all sampled cells are written by a pattern.
fn is_pattern_of(pattern: &str, facts: &Facts) -> bool {
    let Ok(form) = TimeForm::pattern(pattern) else {
        return false;
    };
    let reader = crate::value::TimeReader {
        zone: std::sync::Arc::new(crate::value::Zone::utc()),
        form,
        order: None,
    };
    let mut cells = facts.sample.values().peekable();
    cells.peek().is_some() && cells.all(|cell| reader.read(cell).is_ok())
}

/// The word for an order in a model.
pub(super) fn word(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day-first",
        DateOrder::MonthFirst => "month-first",
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Examiner;
    use super::*;

    fn form(cells: &[&str]) -> Option<Form> {
        let mut facts = Facts::default();
        for (cell, row) in cells.iter().zip(0..) {
            Examiner::new().note(cell, row, &mut facts);
        }
        Form::of(&facts)
    }

    #[test]
    fn dates_that_are_read_as_they_come_need_nothing() {
        assert_eq!(
            form(&["2026-11-01", "", "2026-10-30 10:00"]),
            Some(Form::Plain)
        );
    }

    #[test]
    fn an_order_is_told_or_not_but_never_guessed() {
        let day_first = Some(Form::Told(DateOrder::DayFirst));
        assert_eq!(form(&["03/05/2026", "13/05/2026"]), day_first);
        assert_eq!(form(&["03/05/2026", "04/05/2026"]), Some(Form::Untold));
        assert_eq!(
            form(&["13/05/2026", "05/13/2026"]),
            Some(Form::Contradictory)
        );
    }

    #[test]
    fn other_forms_are_declared() {
        for (cells, format) in [
            (["1788242400000", "1788253200247"], "unix-ms"),
            (["1788242400", "1788253200"], "unix"),
            (["20261101", "20261031"], "%Y%m%d"),
            (
                ["Nov 1, 2026 3:04 PM", "Oct 30, 2026 10:00 AM"],
                "%b %d, %Y %I:%M %p",
            ),
        ] {
            assert_eq!(form(&cells), Some(Form::Declared(format)));
        }
    }

    #[test]
    fn what_is_no_date_has_no_form() {
        assert_eq!(form(&["soon", "2026-11-01"]), None);
        assert_eq!(form(&["12", "15"]), None);
        assert_eq!(form(&[]), None);
    }
}
