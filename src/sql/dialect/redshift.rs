//! Amazon Redshift.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct Redshift;

impl Dialect for Redshift {
    fn name(&self) -> &'static str {
        "redshift"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Backslash
    }

    fn support(&self) -> Support {
        Support::Parsed
    }

    fn reserves(&self, word: &str) -> bool {
        matches!(
            word,
            "tag"
                | "snapshot"
                | "offset"
                | "percent"
                | "permissions"
                | "system"
                | "open"
                | "oid"
                | "raw"
        )
    }

    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer => "BIGINT",
            Type::Text => "VARCHAR(65535)",
            Type::Truth => "BOOLEAN",
        }
    }

    fn day_of(&self, text: &str) -> String {
        format!("CAST(DATEDIFF(day, DATE '1970-01-01', CAST({text} AS DATE)) AS BIGINT)")
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        format!("BTRIM({text}, {})", self.text(characters))
    }

    fn length(&self, text: &str) -> String {
        self.cast(&format!("LEN({text})"), Type::Integer)
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn starts_with(&self, text: &str, part: &str) -> String {
        format!("(LEFT({text}, LEN({part})) = {part})")
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        format!("(RIGHT({text}, LEN({part})) = {part})")
    }

    fn spelling(&self) -> Spelling {
        Spelling {
            any: "[^\\n]",
            group: "(",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("({operand} ~ {pattern})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("TO_CHAR(DATEADD(day, {days}, DATE '1970-01-01'), 'YYYY-MM-DD')")
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let separator = self.text(separator);
        format!("LISTAGG({text}, {separator}) WITHIN GROUP (ORDER BY {order})")
    }

    fn parameter(&self, name: &str) -> String {
        // As psql puts a variable's text into a query.
        format!(":'{name}'")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant | Native::LocalTime => {
                format!("DATEDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', {value})")
            }
            Native::Date => format!("DATEDIFF(DAY, DATE '1970-01-01', {value})"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS DECIMAL(38, 12)) * 1000000) AS BIGINT)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn literal_rows(&self, columns: &[(String, Type)], rows: &[Vec<String>]) -> String {
        // There is no `VALUES` to select from.
        let rows: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(number, row)| {
                let cells = row.iter().zip(columns).map(|(cell, (name, of))| {
                    if number == 0 {
                        format!("{} AS {name}", self.cast(cell, *of))
                    } else {
                        cell.clone()
                    }
                });
                format!("SELECT {}", cells.collect::<Vec<_>>().join(", "))
            })
            .collect();
        rows.join("\n    UNION ALL ")
    }
}
