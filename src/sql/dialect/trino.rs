//! Trino.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};

#[derive(Debug)]
pub(super) struct Trino;

impl Dialect for Trino {
    fn name(&self) -> &'static str {
        "trino"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Unicode
    }

    fn support(&self) -> Support {
        Support::Parsed
    }

    fn day_of(&self, text: &str) -> String {
        format!("DATE_DIFF('day', DATE '1970-01-01', TRY_CAST({text} AS DATE))")
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        format!("TRIM(BOTH {} FROM {text})", self.text(characters))
    }

    fn octets(&self, text: &str) -> String {
        format!("LENGTH(TO_UTF8({text}))")
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        format!(
            "(LENGTH({text}) >= LENGTH({part}) AND SUBSTR({text}, LENGTH({text}) - LENGTH({part}) + 1) = {part})"
        )
    }

    fn date_text(&self, days: &str) -> String {
        format!("CAST(DATE_ADD('day', {days}, DATE '1970-01-01') AS VARCHAR)")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let separator = self.text(separator);
        format!("LISTAGG({text}, {separator}) WITHIN GROUP (ORDER BY {order})")
    }

    fn parameter(&self, _name: &str) -> String {
        // Parameters have no names there; this is the only one.
        "?".to_owned()
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant | Native::LocalTime => format!(
                "(CAST(TO_UNIXTIME(DATE_TRUNC('second', {value})) AS BIGINT) * 1000000 \
                 + CAST(DATE_FORMAT({value}, '%f') AS BIGINT))"
            ),
            Native::Date => format!("DATE_DIFF('day', DATE '1970-01-01', {value})"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS DECIMAL(38, 12)) * 1000000) AS BIGINT)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn total(&self, value: &str) -> String {
        format!("SUM({value})")
    }
}
