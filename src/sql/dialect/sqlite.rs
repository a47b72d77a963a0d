//! `SQLite`, from 3.35 on, with a function for `REGEXP` as its shell and most drivers have it.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support, without_each};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Function
    }

    fn support(&self) -> Support {
        Support::Proven
    }

    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer | Type::Truth => "INTEGER",
            Type::Text => "TEXT",
        }
    }

    fn has_narrow_literals(&self) -> bool {
        false
    }

    fn digits(&self, text: &str) -> String {
        self.cast(text, Type::Integer)
    }

    fn day_of(&self, text: &str) -> String {
        format!("CAST(JULIANDAY({text}) - 2440587.5 AS INTEGER)")
    }

    fn lower(&self, text: &str) -> String {
        // ASCII letters alone are folded.
        format!("LOWER({text})")
    }

    fn upper(&self, text: &str) -> String {
        format!("UPPER({text})")
    }

    fn octets(&self, text: &str) -> String {
        format!("LENGTH(CAST({text} AS BLOB))")
    }

    fn without(&self, text: &str, characters: &str) -> String {
        without_each(self, text, characters)
    }

    fn position(&self, text: &str, part: &str) -> String {
        format!("INSTR({text}, {part})")
    }

    fn starts_with(&self, text: &str, part: &str) -> String {
        format!("(SUBSTR({text}, 1, LENGTH({part})) = {part})")
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        // The last no characters would be all of them.
        format!(
            "(SUBSTR({text}, -NULLIF(LENGTH({part}), 0)) = {part} OR {part} = '' AND {text} IS NOT NULL)"
        )
    }

    fn spelling(&self) -> Spelling {
        // The shell's own `REGEXP` knows fewer signs than most.
        Spelling {
            any: "[^\\n]",
            group: "(",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("({operand} REGEXP {pattern})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("DATE(({days}) * 86400, 'unixepoch')")
    }

    fn greatest(&self) -> &'static str {
        "MAX"
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let separator = self.text(separator);
        format!("GROUP_CONCAT({text}, {separator} ORDER BY {order})")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        match kind {
            Native::Integer | Native::Truth => Some(value.to_owned()),
            Native::Number => Some(format!("CAST(ROUND({value} * 1000000) AS INTEGER)")),
            Native::Instant | Native::LocalTime | Native::Date => None,
        }
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        // It has no function that fails: a path into nothing that begins like this is none, and is named in the error.
        let message = self.text(message);
        format!("JSON_EXTRACT('{{}}', {message} || {text})")
    }

    fn total(&self, value: &str) -> String {
        format!("SUM({value})")
    }

    fn step(&self) -> &'static str {
        "AS MATERIALIZED"
    }

    fn literal_rows(&self, columns: &[(String, Type)], rows: &[Vec<String>]) -> String {
        let columns: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(number, (name, _))| format!("column{} AS {name}", number + 1))
            .collect();
        format!(
            "SELECT {} FROM (VALUES\n{}\n)",
            columns.join(", "),
            super::lines(rows)
        )
    }
}
