//! Snowflake.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct Snowflake;

impl Dialect for Snowflake {
    fn name(&self) -> &'static str {
        "snowflake"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Backslash
    }

    fn support(&self) -> Support {
        Support::Parsed
    }

    fn has_narrow_literals(&self) -> bool {
        // All whole numbers are of one type there, of 38 digits.
        false
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        None
    }

    fn remainder_sign(&self) -> Option<&'static str> {
        None
    }

    fn quotient(&self, dividend: &str, divisor: &str) -> String {
        // `/` gives decimals there, rounded: what is left over is taken off first.
        format!("CAST((({dividend}) - MOD({dividend}, {divisor})) / ({divisor}) AS BIGINT)")
    }

    fn digits(&self, text: &str) -> String {
        format!("TRY_TO_NUMBER({text}, 38, 0)")
    }

    fn position(&self, text: &str, part: &str) -> String {
        format!("POSITION({part}, {text})")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("CONTAINS({text}, {part})")
    }

    fn starts_with(&self, text: &str, part: &str) -> String {
        format!("STARTSWITH({text}, {part})")
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        format!("ENDSWITH({text}, {part})")
    }

    fn spelling(&self) -> Spelling {
        Spelling {
            any: "[^\\n]",
            group: "(",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        // `REGEXP_LIKE` would want the whole text to match.
        format!("(REGEXP_INSTR({operand}, {pattern}) > 0)")
    }

    fn day_of(&self, text: &str) -> String {
        format!("DATEDIFF(day, DATE '1970-01-01', TRY_TO_DATE({text}, 'YYYY-MM-DD'))")
    }

    fn date_text(&self, days: &str) -> String {
        format!("TO_CHAR(DATEADD(day, {days}, DATE '1970-01-01'), 'YYYY-MM-DD')")
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let separator = self.text(separator);
        format!("LISTAGG({text}, {separator}) WITHIN GROUP (ORDER BY {order})")
    }

    fn parameter(&self, name: &str) -> String {
        // A variable of the session.
        format!("${name}")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant | Native::LocalTime => {
                format!("DATE_PART(EPOCH_MICROSECOND, {value})")
            }
            Native::Date => format!("DATEDIFF('day', DATE '1970-01-01', {value})"),
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
