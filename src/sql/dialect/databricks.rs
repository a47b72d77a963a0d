//! Databricks SQL: Spark's.

use super::literal::Spelling as Unseen;
use super::spark::Spark;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct Databricks;

impl Dialect for Databricks {
    fn name(&self) -> &'static str {
        "databricks"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Backslash
    }

    fn support(&self) -> Support {
        Support::BestEffort
    }

    fn name_mark(&self) -> char {
        Spark.name_mark()
    }

    fn type_name(&self, of: Type) -> &'static str {
        Spark.type_name(of)
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        Spark.quotient_sign()
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        Spark.trim(text, characters)
    }

    fn length(&self, text: &str) -> String {
        Spark.length(text)
    }

    fn substring(&self, text: &str, from: &str, count: &str) -> String {
        Spark.substring(text, from, count)
    }

    fn position(&self, text: &str, part: &str) -> String {
        Spark.position(text, part)
    }

    fn before(&self, text: &str, literal: &str) -> String {
        Spark.before(text, literal)
    }

    fn contains(&self, text: &str, part: &str) -> String {
        Spark.contains(text, part)
    }

    fn starts_with(&self, text: &str, part: &str) -> String {
        Spark.starts_with(text, part)
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        Spark.ends_with(text, part)
    }

    fn spelling(&self) -> Spelling {
        Spark.spelling()
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        Spark.found(operand, pattern)
    }

    fn date_text(&self, days: &str) -> String {
        Spark.date_text(days)
    }

    fn day_of(&self, text: &str) -> String {
        Spark.day_of(text)
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        Spark.joined(text, separator, order)
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Spark.native(kind, value)
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        Spark.refuse(message, text)
    }

    fn total(&self, value: &str) -> String {
        Spark.total(value)
    }

    fn sum(&self, value: &str) -> String {
        Spark.sum(value)
    }

    fn row_number(&self, over: &str) -> String {
        Spark.row_number(over)
    }
}
