//! `ClickHouse`.

use super::literal::Spelling as Unseen;
use super::{Dialect, Support, class};
use crate::sql::expression::{Native, Type};
use crate::sql::pattern::Spelling;

#[derive(Debug)]
pub(super) struct ClickHouse;

impl Dialect for ClickHouse {
    fn name(&self) -> &'static str {
        "clickhouse"
    }

    fn unseen(&self) -> Unseen {
        Unseen::Bytes
    }

    fn support(&self) -> Support {
        Support::Proven
    }

    fn name_mark(&self) -> char {
        '`'
    }

    fn escapes_names(&self) -> bool {
        true
    }

    fn type_name(&self, of: Type) -> &'static str {
        // Without being told, a type cannot be NULL.
        match of {
            Type::Integer => "Nullable(Int64)",
            Type::Text => "Nullable(String)",
            Type::Truth => "Nullable(Bool)",
        }
    }

    fn has_narrow_literals(&self) -> bool {
        // They are as narrow as can be, and without a sign: none goes without its type.
        false
    }

    fn whole(&self, number: i64) -> String {
        format!("toInt64({number})")
    }

    fn quotient_sign(&self) -> Option<&'static str> {
        None
    }

    fn remainder_sign(&self) -> Option<&'static str> {
        None
    }

    fn quotient(&self, dividend: &str, divisor: &str) -> String {
        format!("intDiv({dividend}, {})", not_nought(divisor))
    }

    fn remainder(&self, dividend: &str, divisor: &str) -> String {
        format!("toInt64(modulo({dividend}, {}))", not_nought(divisor))
    }

    fn digits(&self, text: &str) -> String {
        format!("toInt64OrNull({text})")
    }

    fn decimal(&self, number: &str) -> String {
        format!("toString({number})")
    }

    fn day_of(&self, text: &str) -> String {
        format!("toInt64(toInt32(toDate32OrNull({text})))")
    }

    fn lower(&self, text: &str) -> String {
        // ASCII letters alone are folded; the others have a function of their own.
        format!("lower({text})")
    }

    fn upper(&self, text: &str) -> String {
        format!("upper({text})")
    }

    fn trim(&self, text: &str, characters: &str) -> String {
        let class = class(characters);
        let ends = self.text(&format!("^{class}+|{class}+$"));
        format!("replaceRegexpAll({text}, {ends}, '')")
    }

    fn without(&self, text: &str, characters: &str) -> String {
        format!(
            "replaceRegexpAll({text}, {}, '')",
            self.text(&class(characters))
        )
    }

    fn replace(&self, text: &str, from: &str, to: &str) -> String {
        format!("replaceAll({text}, {}, {})", self.text(from), self.text(to))
    }

    fn length(&self, text: &str) -> String {
        format!("toInt64(lengthUTF8({text}))")
    }

    fn octets(&self, text: &str) -> String {
        format!("toInt64(length({text}))")
    }

    fn substring(&self, text: &str, from: &str, count: &str) -> String {
        format!("substringUTF8({text}, {from}, {count})")
    }

    fn position(&self, text: &str, part: &str) -> String {
        format!("positionUTF8({text}, {part})")
    }

    fn before(&self, text: &str, literal: &str) -> String {
        let literal = self.text(literal);
        format!("substring({text}, 1, position({text}, {literal}) - 1)")
    }

    fn after(&self, text: &str, literal: &str) -> String {
        let length = literal.len();
        let literal = self.text(literal);
        format!("substring({text}, position({text}, {literal}) + {length})")
    }

    fn contains(&self, text: &str, part: &str) -> String {
        format!("(position({text}, {part}) > 0)")
    }

    fn starts_with(&self, text: &str, part: &str) -> String {
        format!("startsWith({text}, {part})")
    }

    fn ends_with(&self, text: &str, part: &str) -> String {
        format!("endsWith({text}, {part})")
    }

    fn spelling(&self) -> Spelling {
        Spelling {
            any: "[^\\n]",
            ..Spelling::SHARED
        }
    }

    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("match({operand}, {pattern})")
    }

    fn date_text(&self, days: &str) -> String {
        format!("toString(addDays(toDate32('1970-01-01'), {days}))")
    }

    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let pairs = format!("arraySort(groupArrayIf(({order}, {text}), {text} IS NOT NULL))");
        let texts = format!("arrayMap(pair -> assumeNotNull(pair.2), {pairs})");
        format!(
            "nullIf(arrayStringConcat({texts}, {}), '')",
            self.text(separator)
        )
    }

    fn native(&self, kind: Native, value: &str) -> Option<String> {
        Some(match kind {
            Native::Instant => format!("toUnixTimestamp64Micro(toDateTime64({value}, 6))"),
            // As text the time is what the clock shows, whatever the column's zone.
            Native::LocalTime => {
                format!("toUnixTimestamp64Micro(toDateTime64(toString({value}), 6, 'UTC'))")
            }
            Native::Date => format!("toInt64(toInt32(toDate32({value})))"),
            Native::Integer => format!("toInt64({value})"),
            Native::Number => {
                format!("toInt64(round(toDecimal128({value}, 12) * 1000000))")
            }
            Native::Truth => value.to_owned(),
        })
    }

    fn is_eager(&self) -> bool {
        true
    }

    fn refuse_if(&self, condition: &str, message: &str, text: &str) -> String {
        let message = self.text(message);
        format!("toInt64(assumeNotNull(if({condition}, concat({message}, {text}), '0')))")
    }

    fn refuse(&self, message: &str, text: &str) -> String {
        format!(
            "toInt64(assumeNotNull(concat({}, {text})))",
            self.text(message)
        )
    }

    fn total(&self, value: &str) -> String {
        format!("sum({value})")
    }

    fn sum(&self, value: &str) -> String {
        format!("accurateCast(sum(toInt128({value})), 'Nullable(Int64)')")
    }

    fn count(&self, value: &str) -> String {
        format!("toInt64(count({value}))")
    }

    fn count_distinct(&self, value: &str) -> String {
        format!("toInt64(uniqExact({value}))")
    }

    fn row_number(&self, over: &str) -> String {
        format!("toInt64(row_number() OVER ({over}))")
    }

    fn lag(&self, value: &str, over: &str) -> String {
        format!(
            "lagInFrame(toNullable({value})) OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
        )
    }

    fn lead(&self, value: &str, over: &str) -> String {
        format!(
            "leadInFrame(toNullable({value})) OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
        )
    }

    fn literal_rows(&self, columns: &[(String, Type)], rows: &[Vec<String>]) -> String {
        let columns: Vec<String> = columns
            .iter()
            .map(|(name, of)| format!("{name} {}", self.type_name(*of)))
            .collect();
        format!(
            "SELECT * FROM values({},\n{}\n)",
            self.text(&columns.join(", ")),
            super::lines(rows)
        )
    }

    fn settings(&self) -> Option<&'static str> {
        Some(
            "SETTINGS join_use_nulls = 1, short_circuit_function_evaluation = 'force_enable', prefer_column_name_to_alias = 1",
        )
    }

    fn parameter(&self, name: &str) -> String {
        format!("{{{name}:String}}")
    }
}

/// A divisor that fails no row, not even one for which the quotient is not asked.
fn not_nought(divisor: &str) -> String {
    if divisor.bytes().all(|byte| byte.is_ascii_digit()) {
        divisor.to_owned()
    } else {
        format!("NULLIF({divisor}, 0)")
    }
}
