//! What engines spell differently: a dialect is a set of small methods, each with a generic default, so that a dialect
//! says only where it differs. One file for each, but for those that are another's under another name.
//!
//! Texts that are handed to a method are finished SQL. Those called `operand` in the documentation stand in parentheses
//! where they need them; what a method gives is always safe to stand beside an operator.

mod bigquery;
mod clickhouse;
mod datafusion;
mod duckdb;
mod literal;
mod postgres;
mod redshift;
mod reserved;
mod snowflake;
mod spark;
mod sqlite;
mod trino;

use super::expression::{Aggregate, Native, Type};
use super::pattern::Spelling;
pub(in crate::sql) use reserved::is_reserved;

/// How sure it is that an engine gives the engine's own answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// The project's tests run queries on the engine and compare every row.
    Proven,
    /// The project's tests have queries parsed as the engine's; none is run.
    Parsed,
    /// Written as the engine's documentation has it.
    BestEffort,
}

impl Support {
    /// The level in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Parsed => "parsed",
            Self::BestEffort => "best effort",
        }
    }

    /// What it means, for readers of the query.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Proven => {
                "the tests of hotlist run such queries on this engine and compare every row"
            }
            Self::Parsed => {
                "the tests of hotlist check the syntax of such queries; they do not run them"
            }
            Self::BestEffort => "written by the engine's documentation",
        }
    }
}

/// Every dialect, by name in the order of the documentation.
pub fn all() -> [&'static dyn Dialect; 11] {
    [
        &duckdb::DuckDb,
        &postgres::Postgres,
        &spark::Spark::Apache,
        &spark::Spark::Databricks,
        &bigquery::BigQuery,
        &snowflake::Snowflake,
        &redshift::Redshift,
        &trino::Trino,
        &clickhouse::ClickHouse,
        &datafusion::DataFusion,
        &sqlite::Sqlite,
    ]
}

/// The dialect of a name.
pub fn named(name: &str) -> Option<&'static dyn Dialect> {
    all().into_iter().find(|dialect| dialect.name() == name)
}

/// How an engine spells what engines spell differently.
pub trait Dialect: std::fmt::Debug + Sync {
    /// The name by which people ask for it.
    fn name(&self) -> &'static str;

    /// How sure it is that the engine answers as hotlist does.
    fn support(&self) -> Support;

    // Names, types and literals.

    /// The mark around names that cannot stand bare; inside it is doubled.
    fn name_mark(&self) -> char {
        '"'
    }

    /// Whether a backslash in a marked name takes the next character.
    fn escapes_names(&self) -> bool {
        false
    }

    /// Whether a word cannot be a name as it stands, beyond those that are so nearly everywhere.
    fn reserves(&self, _word: &str) -> bool {
        false
    }

    /// The name of a type.
    fn type_name(&self, of: Type) -> &'static str {
        match of {
            Type::Integer => "BIGINT",
            Type::Text => "VARCHAR",
            Type::Truth => "BOOLEAN",
        }
    }

    /// Whether whole numbers that stand in the query have fewer than 64 bits, so that what is made of them alone must
    /// be cast.
    fn has_narrow_literals(&self) -> bool {
        true
    }

    /// A whole number that is the result of something, where its type counts.
    fn whole(&self, number: i64) -> String {
        number.to_string()
    }

    /// A text.
    fn text(&self, text: &str) -> String {
        literal::literal(text, self.unseen())
    }

    /// How a text spells characters that are not seen.
    fn unseen(&self) -> literal::Spelling {
        literal::Spelling::Raw
    }

    /// A value brought to a type.
    fn cast(&self, value: &str, to: Type) -> String {
        format!("CAST({value} AS {})", self.type_name(to))
    }

    /// What keeps the engine from matching a pattern of the shared syntax as hotlist does: None if nothing does.
    fn lacks(&self, _pattern: &str) -> Option<String> {
        None
    }

    // Whole numbers.

    /// The sign of the division that cuts off; None where that is a function.
    fn quotient_sign(&self) -> Option<&'static str> {
        Some("/")
    }

    /// The quotient of two numbers that are not negative, cut off, where no sign says that.
    fn quotient(&self, dividend: &str, divisor: &str) -> String {
        format!("DIV({dividend}, {divisor})")
    }

    /// The sign of what is left by that division; None where that is a function.
    fn remainder_sign(&self) -> Option<&'static str> {
        Some("%")
    }

    /// What is left by that division, where no sign says that.
    fn remainder(&self, dividend: &str, divisor: &str) -> String {
        format!("MOD({dividend}, {divisor})")
    }

    /// The whole number that the digits of a text write; where the engine may ask before it knows that there are
    /// digits only, it must not fail.
    fn digits(&self, text: &str) -> String {
        format!("TRY_CAST({text} AS {})", self.type_name(Type::Integer))
    }

    /// The days since 1970-01-01 of a date written `2026-11-01`; where the engine may ask before it knows that there is
    /// a date, it must not fail.
    fn day_of(&self, text: &str) -> String {
        format!("CAST(CAST({text} AS DATE) - DATE '1970-01-01' AS BIGINT)")
    }

    /// The date of so many days since 1970-01-01, written `2026-11-01`.
    fn date_text(&self, days: &str) -> String {
        format!("CAST(DATE '1970-01-01' + CAST({days} AS INTEGER) AS VARCHAR)")
    }

    /// The function that gives the largest of several numbers.
    fn greatest(&self) -> &'static str {
        "GREATEST"
    }

    /// The digits of a whole number.
    fn decimal(&self, number: &str) -> String {
        self.cast(number, Type::Text)
    }

    // Text.

    /// An operand such that texts are compared by their bytes.
    fn by_bytes(&self, operand: &str) -> String {
        operand.to_owned()
    }

    /// ASCII letters in lower case.
    fn lower(&self, text: &str) -> String {
        format!("TRANSLATE({text}, '{UPPER}', '{LOWER}')")
    }

    /// ASCII letters in upper case.
    fn upper(&self, text: &str) -> String {
        format!("TRANSLATE({text}, '{LOWER}', '{UPPER}')")
    }

    /// Without any of these characters at the ends.
    fn trim(&self, text: &str, characters: &str) -> String {
        format!("TRIM({text}, {})", self.text(characters))
    }

    /// Without any of these characters.
    fn without(&self, text: &str, characters: &str) -> String {
        format!("TRANSLATE({text}, {}, '')", self.text(characters))
    }

    /// With every occurrence of a literal replaced.
    fn replace(&self, text: &str, from: &str, to: &str) -> String {
        format!("REPLACE({text}, {}, {})", self.text(from), self.text(to))
    }

    /// How many characters it has, as a whole number of 64 bits.
    fn length(&self, text: &str) -> String {
        format!("LENGTH({text})")
    }

    /// How many bytes it takes in UTF-8.
    fn octets(&self, text: &str) -> String {
        format!("OCTET_LENGTH({text})")
    }

    /// A part: from a character, counted from 1, so many.
    fn substring(&self, text: &str, from: &str, count: &str) -> String {
        format!("SUBSTR({text}, {from}, {count})")
    }

    /// The place of a part in a text, counted from 1 as [`Dialect::substring`] does; 0 if it is not there.
    fn position(&self, text: &str, part: &str) -> String {
        format!("STRPOS({text}, {part})")
    }

    /// The part before the first occurrence of a literal.
    fn before(&self, text: &str, literal: &str) -> String {
        let place = self.position(text, &self.text(literal));
        self.substring(text, "1", &format!("{place} - 1"))
    }

    /// The part behind the first occurrence of a literal.
    fn after(&self, text: &str, literal: &str) -> String {
        let place = self.position(text, &self.text(literal));
        let length = literal.chars().count();
        format!("SUBSTR({text}, {place} + {length})")
    }

    /// Whether a text holds a part.
    fn contains(&self, text: &str, part: &str) -> String {
        format!("({} > 0)", self.position(text, part))
    }

    /// Whether a text begins with a part.
    fn starts_with(&self, text: &str, part: &str) -> String {
        format!("STARTS_WITH({text}, {part})")
    }

    /// Whether a text ends with a part.
    fn ends_with(&self, text: &str, part: &str) -> String {
        format!("ENDS_WITH({text}, {part})")
    }

    /// How patterns are spelled.
    fn spelling(&self) -> Spelling {
        Spelling::SHARED
    }

    /// Whether a pattern, which is a finished literal, is found in an operand.
    fn found(&self, operand: &str, pattern: &str) -> String {
        format!("REGEXP_LIKE({operand}, {pattern})")
    }

    // What only this engine can say.

    /// A typed column brought to whole numbers or truth; None where the engine has no such type.
    fn native(&self, kind: Native, value: &str) -> Option<String>;

    /// Whether the engine may work out what an arm of a CASE gives for rows that are not the arm's.
    fn is_eager(&self) -> bool {
        false
    }

    /// Refuses where a condition holds, and is 0 elsewhere; on engines that are eager.
    fn refuse_if(&self, _condition: &str, message: &str, text: &str) -> String {
        self.refuse(message, text)
    }

    /// A whole number that cannot be worked out: the query fails with a message that ends in a text.
    fn refuse(&self, message: &str, text: &str) -> String {
        let message = format!("{} || {text}", self.text(message));
        self.cast(&message, Type::Integer)
    }

    // Rows of a group, and beside one.

    /// A total that 64 bits hold for sure.
    fn total(&self, value: &str) -> String {
        self.cast(&format!("SUM({value})"), Type::Integer)
    }

    /// A total; the query fails where 64 bits do not hold it.
    fn sum(&self, value: &str) -> String {
        self.total(value)
    }

    /// How many values there are.
    fn count(&self, value: &str) -> String {
        format!("COUNT({value})")
    }

    /// The texts of the rows of a group in an order, with a separator between.
    fn joined(&self, text: &str, separator: &str, order: &str) -> String {
        let separator = self.text(separator);
        format!("STRING_AGG({text}, {separator} ORDER BY {order})")
    }

    /// How many different values there are.
    fn count_distinct(&self, value: &str) -> String {
        format!("COUNT(DISTINCT {value})")
    }

    /// The number of a row among others; `over` is what stands behind `OVER`.
    fn row_number(&self, over: &str) -> String {
        format!("ROW_NUMBER() OVER ({over})")
    }

    /// What is made of the rows of a window; `over` is what stands behind `OVER`, with the rows that are meant.
    fn windowed(&self, aggregate: Aggregate, value: &str, over: &str) -> String {
        match aggregate {
            Aggregate::Total | Aggregate::Sum => {
                self.cast(&format!("SUM({value}) OVER ({over})"), Type::Integer)
            }
            Aggregate::Count | Aggregate::CountDistinct => {
                self.cast(&format!("COUNT({value}) OVER ({over})"), Type::Integer)
            }
            Aggregate::Min => format!("MIN({value}) OVER ({over})"),
            Aggregate::Max => format!("MAX({value}) OVER ({over})"),
        }
    }

    /// A value of the row before; `over` is what stands behind `OVER`.
    fn lag(&self, value: &str, over: &str) -> String {
        format!("LAG({value}) OVER ({over})")
    }

    /// A value of the row after.
    fn lead(&self, value: &str, over: &str) -> String {
        format!("LEAD({value}) OVER ({over})")
    }

    // The query.

    /// What stands between the name of a step and its selection. Engines that put a step's expressions in the place
    /// of its columns, and so compute them once for each use, are told not to.
    fn step(&self) -> &'static str {
        "AS"
    }

    /// A selection of rows that stand in the query; each is a list of finished literals.
    fn literal_rows(&self, columns: &[(String, Type)], rows: &[Vec<String>]) -> String {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let casts: Vec<String> = columns
            .iter()
            .map(|(name, of)| match of {
                Type::Integer => format!("{} AS {name}", self.cast(name, *of)),
                Type::Text | Type::Truth => name.clone(),
            })
            .collect();
        format!(
            "SELECT {} FROM (VALUES\n{}\n) AS t ({})",
            casts.join(", "),
            lines(rows),
            names.join(", ")
        )
    }

    /// What stands at the end of the query.
    fn settings(&self) -> Option<&'static str> {
        None
    }

    /// A parameter of a name, whose value is a text.
    fn parameter(&self, name: &str) -> String {
        format!(":{name}")
    }
}

/// Rows in parentheses, as many on a line as fit.
fn lines(rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("({})", row.join(", ")))
        .collect();
    super::render::filled(&rows, 4)
}

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";

/// A text without some characters, one after the other.
fn without_each(dialect: &dyn Dialect, text: &str, characters: &str) -> String {
    characters.chars().fold(text.to_owned(), |text, character| {
        dialect.replace(&text, &character.to_string(), "")
    })
}

/// A class of a regular expression that has some characters.
fn class(characters: &str) -> String {
    let escape = |character: char| match character {
        '\\' | ']' | '[' | '^' | '-' => format!("\\{character}"),
        other => other.to_string(),
    };
    let characters: String = characters.chars().map(escape).collect();
    format!("[{characters}]")
}
