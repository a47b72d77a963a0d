//! Cases with one thing in their tables that `score` may refuse.

use super::cases::{Case, case};
use super::table::Table;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What is done to a row.
#[derive(Debug, Clone, Copy)]
enum Spoil {
    /// A cell of it is replaced.
    Cell(&'static str, &'static str, &'static str),
    /// It comes once more, with another cell.
    Again(&'static str, &'static str, &'static str),
}

use Spoil::{Again, Cell};

const SPOILS: [Spoil; 40] = [
    Cell("contacts", "contact_id", ""),
    Cell("contacts", "contact_id", " \u{a0}"),
    Cell("contacts", "contact_id", "Cafe\u{301}"),
    Cell("contacts", "Visits", "999999999999.999999"),
    Cell("contacts", "Visits", "1000000000000"),
    Cell("contacts", "Visits", "-9223372036854775808"),
    Cell("contacts", "Visits", "123456789012345678901234567890"),
    Cell("contacts", "Visits", "1e20"),
    Cell("contacts", "Visits", "0.00000000000000000000000000001"),
    Cell("contacts", "Visits", "１２"),
    Cell("contacts", "Created On", "03/05/2026"),
    Cell("contacts", "Created On", "2026-10-31T24:00:00"),
    Cell("contacts", "Created On", "2026-10-31T23:59:60Z"),
    Cell("contacts", "Created On", "2200-01-01"),
    Cell("contacts", "Created On", "1899-12-31"),
    Cell("contacts", "Created On", "10000-01-01"),
    Cell("contacts", "Set Score", "1000000000000"),
    Again("contacts", "Visits", "7"),
    Again("contacts", "Confirmed", "no"),
    Again("contacts", "Email", "other@example.com"),
    Cell("events", "timestamp", ""),
    Cell("events", "timestamp", "yesterday"),
    Cell("events", "timestamp", "2026-02-30"),
    Cell("events", "timestamp", "2026-10-31T24:00:00"),
    Cell("events", "timestamp", "1969-12-31T23:59:59Z"),
    Cell("events", "timestamp", "2100-01-01T00:00:00Z"),
    Cell("events", "timestamp", "99999999999999999999"),
    Cell("events", "timestamp", "-5"),
    Cell("events", "contact_id", ""),
    Cell("events", "event", ""),
    Cell("events", "Amount EUR", "1000000000000"),
    Cell("events", "Amount EUR", "9999999999999999999999"),
    Again("events", "event", "newsletter"),
    Again("events", "timestamp", "2026-10-01"),
    Cell("overrides", "action", "raise"),
    Cell("overrides", "value", "a lot"),
    Cell("overrides", "until", "soon"),
    Again("overrides", "value", "17"),
    Cell("previous", "score", "high"),
    Again("previous", "score", "3"),
];

/// A case with something amiss in it.
pub fn spoiled() -> impl Strategy<Value = Case> {
    let spoiled = (case(), select(SPOILS.to_vec()), any::<Index>());
    spoiled.prop_map(|(mut case, spoil, index)| {
        let (Cell(name, header, cell) | Again(name, header, cell)) = spoil;
        let typed = case
            .types
            .iter()
            .any(|typed| typed.table == name && typed.header == header);
        let table = case.tables.iter_mut().find(|(table, _)| *table == name);
        if let Some((_, table)) = table.filter(|_| !typed) {
            let row = index.index(table.rows.len());
            spoil_row(table, row, matches!(spoil, Again(..)), header, cell);
        }
        case
    })
}

fn spoil_row(table: &mut Table, row: usize, again: bool, header: &str, cell: &str) {
    let Some(at) = table.columns.iter().position(|name| name == header) else {
        return;
    };
    if again {
        let mut other = table.rows[row].clone();
        cell.clone_into(&mut other[at]);
        table.rows.push(other);
        return;
    }
    // And in all that repeat the row: a query sees no difference in columns that the model does not name.
    let alike = table.rows[row].clone();
    for other in table.rows.iter_mut().filter(|other| **other == alike) {
        cell.clone_into(&mut other[at]);
    }
}
