//! What is done with rows that cannot be read: the run is refused, or, within a budget, goes on without them.

use super::limit::Limit;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{BadCode, BadRow, BadRows};

/// How many rows of a run were refused, of how many.
pub struct Counts {
    /// Of contacts: refused and read.
    pub contacts: (u64, u64),
    /// Of events.
    pub events: (u64, u64),
}

impl Counts {
    /// Those of one file.
    pub fn of_one(refused: u64, read: u64) -> Self {
        Self {
            contacts: (refused, read),
            events: (0, 0),
        }
    }

    /// Whether a budget covers them: a number holds for all rows together, a share for contacts and events each.
    pub fn are_within(&self, budget: Limit) -> bool {
        let (contacts, events) = (self.contacts, self.events);
        match budget {
            Limit::Rows(_) => budget.allows(contacts.0 + events.0, 0),
            Limit::Share(_) => {
                budget.allows(contacts.0, contacts.1) && budget.allows(events.0, events.1)
            }
        }
    }
}

/// The refusal of a run for its bad rows, whose files have these names.
pub fn refusal(rows: &BadRows, names: &[String], budget: Limit, counts: &Counts) -> Report {
    let count = rows.len();
    let mut message = rows_that(count, "cannot be read");
    if budget != Limit::NONE {
        message = format!("{message}, and --max-bad-rows {budget} does not allow that");
    }
    let mut hint = format!(
        "mend these rows or export again; --max-bad-rows {} leaves them out",
        enough(budget, counts)
    );
    let twice = [BadCode::DuplicateContact, BadCode::DuplicateEvent];
    if twice.iter().any(|code| rows.counts().contains_key(code)) {
        hint.push_str("; --on-duplicate last takes the last of rows that differ");
    }
    if count > BadRows::KEPT as u64 && !rows.are_logged() {
        hint.push_str("; --rejects FILE lists all of them");
    }
    // What is said of a text that was read in another encoding names that one.
    let not_utf8 = |(_, row): &(usize, &BadRow)| {
        row.code == BadCode::BadUtf8 && row.message.ends_with("is not UTF-8")
    };
    if rows.first().iter().any(not_utf8) {
        hint =
            format!("say the encoding of the file, it may be --encoding windows-1252; or {hint}");
    }
    hint.push_str("; nothing was written");
    let diagnostic = Diagnostic::error("bad-rows", message)
        .list(listed(rows, names))
        .hint(hint);
    Report::new(Kind::Data, diagnostic)
}

/// The least budget of the same form that covers the rows.
fn enough(budget: Limit, counts: &Counts) -> String {
    if let Limit::Rows(_) = budget {
        return (counts.contacts.0 + counts.events.0).to_string();
    }
    let whole = (1..=100).find(|percent| {
        let share = Limit::parse(&format!("{percent}%"));
        share.is_some_and(|share| counts.are_within(share))
    });
    format!("{}%", whole.unwrap_or(100))
}

/// What is said of bad rows that were left out, whose files have these names; None if there are none.
pub fn left_out(rows: &BadRows, names: &[String]) -> Option<Diagnostic> {
    if rows.is_empty() {
        return None;
    }
    let message = rows_that(rows.len(), "cannot be read and is left out");
    Some(Diagnostic::warning("bad-rows", message).list(listed(rows, names)))
}

/// `4 rows cannot be read`.
fn rows_that(count: u64, what: &str) -> String {
    match count {
        1 => format!("a row {what}"),
        _ => format!("{count} rows {}", what.replace("is left", "are left")),
    }
}

/// The first rows, one by one, and how many more there are.
fn listed(rows: &BadRows, names: &[String]) -> Vec<String> {
    let mut list: Vec<String> = rows
        .first()
        .into_iter()
        .map(|(file, row)| {
            let file = &names[file];
            let column = row
                .column
                .as_ref()
                .map_or_else(String::new, |column| format!(", column \"{column}\""));
            format!(
                "{file}:{}: {}{column}: {}",
                row.line,
                row.code.name(),
                row.message
            )
        })
        .collect();
    let more = rows.len() - list.len() as u64;
    if more > 0 {
        list.push(format!("… and {more} more"));
    }
    list
}
