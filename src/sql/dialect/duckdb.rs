//! `DuckDB`.

use super::literal::Spelling as Unseen;
use super::{Dialect, LOWER, Support, UPPER};
use crate::sql::expression::{Native, Type};
use crate::sql::read::WHITE_SPACE;

#[derive(Debug)]
pub(super) struct DuckDb;

impl Dialect for DuckDb {
    fn name(&self) -> &'static str {
        "duckdb"
    }

    fn unseen(&self) -> Unseen {
        Unseen::EscapedBytes
    }

    fn support(&self) -> Support {
        Support::Proven
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        Some("//")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        if characters != WHITE_SPACE {
            return format!("TRIM({text}, {})", self.text(characters));
        }
        // Hardly a row needs it, and none that begins and ends with what is seen.
        let space = "[\\t\\n\\r\\x{85}\\pZ]+";
        let is_seen = |end: &str| format!("{end}({text}, 1) BETWEEN '!' AND '~'");
        format!(
            "CASE WHEN {} AND {} THEN {text} ELSE REGEXP_REPLACE({text}, '^{space}|{space}$', '', 'g') END",
            is_seen("LEFT"),
            is_seen("RIGHT")
        )
    }

    fn lower(&self, text: &str) -> String {
        let letters = format!("TRANSLATE({text}, '{UPPER}', '{LOWER}')");
        // Which is made of the letters anew for each row.
        format!("CASE WHEN STRLEN({text}) = LENGTH({text}) THEN LOWER({text}) ELSE {letters} END")
    }

    fn octets(&self, text: &str) -> String {
        format!("STRLEN({text})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("CONTAINS({text}, {part})")
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("REGEXP_MATCHES({operand}, {pattern})")
    }

    fn day_of(&self, text: &str) -> String {
        format!("(TRY_CAST({text} AS DATE) - DATE '1970-01-01')")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant | Native::LocalTime => format!("EPOCH_US({value})"),
            Native::Date => format!("CAST({value} - DATE '1970-01-01' AS BIGINT)"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS DECIMAL(38, 12)) * 1000000) AS BIGINT)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        let message = format!("ERROR({} || {text})", self.text(message));
        self.cast(&message, Type::Integer)
    }

    fn parameter(&self, name: &str) -> String {
        format!("${name}")
    }
}
