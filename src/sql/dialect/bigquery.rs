//! `BigQuery`.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};

#[derive(Debug)]
pub(super) struct BigQuery;

impl Dialect for BigQuery {
    fn name(&self) -> &'static str {
        "bigquery"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Backslash
    }

    fn support(&self) -> Support {
        Support::Parsed
    }

    fn name_mark(&self) -> char {
        '`'
    }

    fn escapes_names(&self) -> bool {
        true
    }

    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer => "INT64",
            Type::Text => "STRING",
            Type::Truth => "BOOL",
        }
    }

    fn has_narrow_literals(&self) -> bool {
        false
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        None
    }

    fn remainder_sign(&self) -> Option<&'static str> {
        None
    }

    fn digits(&self, text: &str) -> String {
        format!("SAFE_CAST({text} AS INT64)")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT({text}, {})[OFFSET(0)]", self.text(literal))
    }

    fn octets(&self, text: &str) -> String {
        format!("BYTE_LENGTH({text})")
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("REGEXP_CONTAINS({operand}, {pattern})")
    }

    fn day_of(&self, text: &str) -> String {
        format!("UNIX_DATE(SAFE_CAST({text} AS DATE))")
    }

    fn date_text(&self, days: &str) -> String {
        format!("CAST(DATE_FROM_UNIX_DATE({days}) AS STRING)")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant => format!("UNIX_MICROS({value})"),
            Native::LocalTime => format!("UNIX_MICROS(TIMESTAMP({value}, 'UTC'))"),
            Native::Date => format!("UNIX_DATE({value})"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS BIGNUMERIC) * 1000000) AS INT64)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        let message = format!("ERROR({} || {text})", self.text(message));
        self.cast(&message, Type::Integer)
    }

    fn total(&self, value: &str) -> String {
        format!("SUM({value})")
    }

    fn literal_rows(&self, columns: &[(String, Type)], rows: &[Vec<String>]) -> String {
        let fields: Vec<String> = columns
            .iter()
            .map(|(name, of)| format!("{name} {}", self.type_name(*of)))
            .collect();
        format!(
            "SELECT * FROM UNNEST(ARRAY<STRUCT<{}>>[\n{}\n])",
            fields.join(", "),
            super::lines(rows)
        )
    }

    fn parameter(&self, name: &str) -> String {
        format!("@{name}")
    }
}
