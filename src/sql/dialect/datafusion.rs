//! Apache `DataFusion`.

use super::literal::Spelling as Unseen;
use super::{Dialect, LOWER, Support, UPPER, class};
use crate::sql::expression::{Native, Type};

#[derive(Debug)]
pub(super) struct DataFusion;

/// Texts in which a letter and what stands beside it are one thing to readers, which `TRANSLATE` then takes as one.
const CLUSTERS: &str =
    r"[A-Za-z][\p{gcb=Extend}\p{gcb=ZWJ}\p{gcb=SpacingMark}]|\p{gcb=Prepend}[A-Za-z]";

impl DataFusion {
    /// ASCII letters folded: its own functions fold all of Unicode, or take a letter with its accents.
    fn folded(&self, text: &str, function: &str, from: &str, to: &str) -> String {
        let refusal = self.refuse(
            "hotlist: letters with combining marks cannot be folded: ",
            text,
        );
        let refusal = self.cast(&refusal, Type::Text);
        format!(
            "CASE WHEN OCTET_LENGTH({text}) = LENGTH({text}) THEN {function}({text}) \
             WHEN REGEXP_LIKE({text}, '{CLUSTERS}') THEN {refusal} \
             ELSE TRANSLATE({text}, '{from}', '{to}') END"
        )
    }
}

impl Dialect for DataFusion {
    fn name(&self) -> &'static str {
        "datafusion"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Escape
    }

    fn support(&self) -> Support {
        Support::Proven
    }

    fn has_narrow_literals(&self) -> bool {
        false
    }

    fn day_of(&self, text: &str) -> String {
        format!("CAST(CAST(TRY_CAST({text} AS DATE) AS INT) AS BIGINT)")
    }

    fn lower(&self, text: &str) -> String {
        self.folded(text, "LOWER", UPPER, LOWER)
    }

    fn upper(&self, text: &str) -> String {
        self.folded(text, "UPPER", LOWER, UPPER)
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        format!("BTRIM({text}, {})", self.text(characters))
    }

    fn without(&self, text: &str, characters: &str) -> String {
        // One `REPLACE` for each would be nested too deeply for its parser.
        let class = self.text(&class(characters));
        format!("REGEXP_REPLACE({text}, {class}, '', 'g')")
    }

    fn length(&self, text: &str) -> String {
        self.cast(&format!("LENGTH({text})"), Type::Integer)
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("CONTAINS({text}, {part})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("CAST(CAST(CAST({days} AS INT) AS DATE) AS VARCHAR)")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant => format!(
                "CAST(ARROW_CAST({value}, 'Timestamp(Microsecond, Some(\"UTC\"))') AS BIGINT)"
            ),
            Native::LocalTime => {
                format!("CAST(ARROW_CAST({value}, 'Timestamp(Microsecond, None)') AS BIGINT)")
            }
            Native::Date => format!("CAST(CAST(CAST({value} AS DATE) AS INT) AS BIGINT)"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS DECIMAL(38, 12)) * 1000000) AS BIGINT)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        // What is the same for every row would be worked out, and fail, before any row is looked at. Nothing random is.
        let message = self.text(message);
        let nothing = "SUBSTR(CAST(RANDOM() AS VARCHAR), 1, 0)";
        self.cast(&format!("{message} || {text} || {nothing}"), Type::Integer)
    }

    fn total(&self, value: &str) -> String {
        format!("SUM({value})")
    }

    fn sum(&self, value: &str) -> String {
        // A total of 64 bits would go round.
        self.cast(
            &format!("SUM(CAST({value} AS DECIMAL(38, 0)))"),
            Type::Integer,
        )
    }

    fn row_number(&self, over: &str) -> String {
        format!("CAST(ROW_NUMBER() OVER ({over}) AS BIGINT)")
    }

    fn parameter(&self, name: &str) -> String {
        format!("${name}")
    }
}
