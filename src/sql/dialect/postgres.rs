//! `PostgreSQL`, from 14 on.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Escape
    }

    fn support(&self) -> Support {
        Support::Proven
    }

    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer => "bigint",
            Type::Text => "text",
            Type::Truth => "boolean",
        }
    }

    fn lacks(&self, pattern: &str) -> Option<String> {
        // A repetition of more is an error of its own there.
        const MOST: u32 = 255;
        let repeats = pattern.split('{').skip(1);
        let mut numbers = repeats
            .filter_map(|rest| rest.split_once('}'))
            .flat_map(|(counts, _)| counts.split(','))
            .filter_map(|count| count.parse::<u32>().ok());
        numbers
            .find(|count| *count > MOST)
            .map(|count| format!("PostgreSQL repeats at most {MOST} times, not {count}"))
    }

    fn digits(&self, text: &str) -> String {
        self.cast(text, Type::Integer)
    }

    fn by_bytes(&self, operand: &str) -> String {
        format!("({operand} COLLATE \"C\")")
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        format!("BTRIM({text}, {})", self.text(characters))
    }

    fn length(&self, text: &str) -> String {
        self.cast(&format!("LENGTH({text})"), Type::Integer)
    }

    fn substring(&self, text: &str, from: &str, count: &str) -> String {
        let narrow = |number: &str| {
            if number.bytes().all(|byte| byte.is_ascii_digit()) {
                number.to_owned()
            } else {
                format!("({number})::int")
            }
        };
        format!("SUBSTR({text}, {}, {})", narrow(from), narrow(count))
    }

    fn before(&self, text: &str, literal: &str) -> String {
        format!("SPLIT_PART({text}, {}, 1)", self.text(literal))
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        format!(
            "(RIGHT({text}, NULLIF(LENGTH({part}), 0)) = {part} OR {part} = '' AND {text} IS NOT NULL)"
        )
    }

    fn spelling(&self) -> Spelling {
        Spelling {
            any: "[^\\n]",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("({operand} ~ {pattern})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("TO_CHAR(DATE '1970-01-01' + ({days})::int, 'YYYY-MM-DD')")
    }

    fn parameter(&self, name: &str) -> String {
        // As psql puts a variable's text into a query.
        format!(":'{name}'")
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant | Native::LocalTime => {
                format!("CAST(EXTRACT(EPOCH FROM {value}) * 1000000 AS bigint)")
            }
            Native::Date => format!("CAST({value} - DATE '1970-01-01' AS bigint)"),
            Native::Integer => self.cast(value, Type::Integer),
            Native::Number => {
                format!("CAST(ROUND(CAST({value} AS numeric) * 1000000) AS bigint)")
            }
            Native::Truth => self.cast(value, Type::Truth),
        })
    }

    fn step(&self) -> &'static str {
        "AS MATERIALIZED"
    }
}
