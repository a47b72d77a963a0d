//! Spark SQL, 3.4 and later, in either of its ANSI modes, and Databricks SQL, which is the same.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) enum Spark {
    Apache,
    Databricks,
}

impl Dialect for Spark {
    fn name(&self) -> &'static str {
        match self {
            Self::Apache => "spark",
            Self::Databricks => "databricks",
        }
    }

    fn unseen(&self) -> Unseen {
        Unseen::Backslash
    }

    fn support(&self) -> Support {
        match self {
            Self::Apache => Support::Proven,
            Self::Databricks => Support::BestEffort,
        }
    }

    fn name_mark(&self) -> char {
        '`'
    }

    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer => "BIGINT",
            Type::Text => "STRING",
            Type::Truth => "BOOLEAN",
        }
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        Some("DIV")
    }

    fn day_of(&self, text: &str) -> String {
        format!("CAST(DATEDIFF(TRY_CAST({text} AS DATE), DATE '1970-01-01') AS BIGINT)")
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        format!("TRIM(BOTH {} FROM {text})", self.text(characters))
    }

    fn length(&self, text: &str) -> String {
        self.cast(&format!("LENGTH({text})"), Type::Integer)
    }

    fn substring(&self, text: &str, from: &str, count: &str) -> String {
        format!("SUBSTR({text}, CAST({from} AS INT), CAST({count} AS INT))")
    }

    fn position(&self, text: &str, part: &str) -> String {
        format!("INSTR({text}, {part})")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SUBSTRING_INDEX({text}, {}, 1)", self.text(literal))
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
        // Java's `.` and `$` know more line ends than one, and its `$` holds before the last of them.
        Spelling {
            any: "[^\\n]",
            end: "\\z",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("({operand} RLIKE {pattern})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("CAST(DATE_ADD(DATE '1970-01-01', CAST({days} AS INT)) AS STRING)")
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        // A list of pairs in order, of which the texts are taken; a row without a text gives no pair.
        let pair = format!(
            "CASE WHEN {text} IS NOT NULL THEN STRUCT({order} AS place, {text} AS words) END"
        );
        let texts = format!("TRANSFORM(ARRAY_SORT(COLLECT_LIST({pair})), pair -> pair.words)");
        format!("NULLIF(ARRAY_JOIN({texts}, {}), '')", self.text(separator))
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant => format!("UNIX_MICROS({value})"),
            // A time without a zone, as the clock of the session's zone shows it: said in UTC, that zone drops out.
            Native::LocalTime => format!(
                "TIMESTAMPDIFF(MICROSECOND, TIMESTAMP_NTZ '1970-01-01 00:00:00', CAST({value} AS TIMESTAMP_NTZ))"
            ),
            Native::Date => {
                format!("CAST(DATEDIFF({value}, DATE '1970-01-01') AS BIGINT)")
            }
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS DECIMAL(38, 12)) * 1000000) AS BIGINT)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        let message = format!("RAISE_ERROR({} || {text})", self.text(message));
        self.cast(&message, Type::Integer)
    }

    fn total(&self, value: &str) -> String {
        format!("SUM({value})")
    }

    fn sum(&self, value: &str) -> String {
        // Without ANSI mode a total of 64 bits goes round.
        let wide = format!("SUM(CAST({value} AS DECIMAL(20, 0)))");
        format!(
            "CAST(CASE WHEN ABS({wide}) > 9223372036854775807 THEN \
             RAISE_ERROR('hotlist: a sum is out of range') ELSE {wide} END AS BIGINT)"
        )
    }

    fn row_number(&self, over: &str) -> String {
        format!("CAST(ROW_NUMBER() OVER ({over}) AS BIGINT)")
    }
}
