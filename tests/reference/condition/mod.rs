//! Conditions: the syntax and the three-valued logic of a SQL WHERE clause.

mod eval;
mod functions;
mod lexer;
mod parser;

use super::calendar::{self, DateOrder};
use super::cells;
use super::decimal::Decimal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use parser::Expr;

/// A condition, read.
#[derive(Debug, Clone)]
pub struct Condition(Expr);

/// What an expression comes to. A cell has no type of its own: what stands
/// beside it says how it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Cell {
        text: String,
        order: Option<DateOrder>,
    },
    Text(String),
    Number(Decimal),
    Day(Date),
    Bool(bool),
}

/// What is the same for all cells of one export.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The decimal sign, `.` or `,`.
    pub decimal: char,
    /// The model's time zone.
    pub zone: TimeZone,
    /// The local day of as-of.
    pub today: Date,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Panics
    /// Where it is not one.
    pub fn parse(text: &str) -> Self {
        Self(parser::parse(text))
    }

    /// Whether the condition is met; NULL is not.
    pub fn holds(&self, names: &dyn Fn(&str) -> Value, reading: &Reading) -> bool {
        let value = eval::eval(&self.0, names, reading);
        value.as_bool() == Some(true)
    }
}

impl Value {
    /// As yes or no. `None` is NULL.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Null => None,
            Self::Bool(value) => Some(*value),
            Self::Cell { text, .. } => cells::read_yes_no(text),
            other => panic!("{other:?} is neither yes nor no"),
        }
    }

    /// As a number.
    pub fn as_number(&self, reading: &Reading) -> Option<Decimal> {
        match self {
            Self::Null => None,
            Self::Number(number) => Some(*number),
            Self::Cell { text, .. } => cells::read_number(text, reading.decimal),
            other => panic!("{other:?} is no number"),
        }
    }

    /// As a local day.
    pub fn as_day(&self, reading: &Reading) -> Option<Date> {
        match self {
            Self::Null => None,
            Self::Day(day) => Some(*day),
            Self::Cell { text, order } => {
                let instant = calendar::read_instant(text, &reading.zone, *order)?;
                Some(calendar::day_of(instant, &reading.zone))
            }
            other => panic!("{other:?} is no day"),
        }
    }

    /// As text, as it stands.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Null => None,
            Self::Cell { text, .. } | Self::Text(text) => Some(text),
            other => panic!("{other:?} is no text"),
        }
    }
}

impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Null, Self::Bool)
    }
}

impl From<Option<Decimal>> for Value {
    fn from(value: Option<Decimal>) -> Self {
        value.map_or(Self::Null, Self::Number)
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
}

impl From<Option<Date>> for Value {
    fn from(value: Option<Date>) -> Self {
        value.map_or(Self::Null, Self::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Value {
        Value::Cell {
            text: text.to_owned(),
            order: None,
        }
    }

    fn names(name: &str) -> Value {
        match name {
            "budget" => cell("€ 300,000"),
            "source" => cell("Référral"),
            "confirmed" => cell(" Ja "),
            "junk" => cell("maybe"),
            "empty" => Value::Null,
            "tags" => cell("vip; Buyer"),
            "email" => cell("Made-up@gmail.com"),
            "created" => cell("2026-10-30T23:30:00Z"),
            "price.max" => cell("12"),
            "path" => cell("/pricing_1%"),
            "opens" => Value::Number(Decimal::whole(3)),
            other => panic!("no column {other}"),
        }
    }

    fn value(text: &str) -> Value {
        let reading = Reading {
            decimal: '.',
            zone: TimeZone::get("Europe/Amsterdam").expect("a zone"),
            today: "2026-11-01".parse().expect("a date"),
        };
        let Condition(expression) = Condition::parse(text);
        eval::eval(&expression, &names, &reading)
    }

    fn truth(text: &str) -> Option<bool> {
        value(text).as_bool()
    }

    #[track_caller]
    fn assert_truths(truths: &[(&str, Option<bool>)]) {
        for (text, expected) in truths {
            assert_eq!(truth(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_stands_beside_a_cell_says_how_it_is_read() {
        assert_truths(&[
            ("budget >= 150000", Some(true)),
            ("150000 > budget", Some(false)),
            ("budget = '€ 300,000'", Some(true)),
            ("source > 1", None),
            ("confirmed", Some(true)),
            ("confirmed = TRUE", Some(true)),
            ("junk", None),
            ("created = DATE '2026-10-31'", Some(true)),
            ("junk > DATE '2026-10-31'", None),
            ("price.max BETWEEN 12 AND 13", Some(true)),
        ]);
    }

    #[test]
    fn null_is_neither_true_nor_false() {
        assert_truths(&[
            ("empty = empty", None),
            ("NOT junk", None),
            ("junk AND FALSE", Some(false)),
            ("junk OR TRUE", Some(true)),
            ("junk OR FALSE", None),
            ("empty IS NULL", Some(true)),
            ("junk IS NOT NULL", Some(true)),
            ("number(junk) IS NULL", Some(true)),
            ("opens IN (1, NULL)", None),
            ("opens IN (3, NULL)", Some(true)),
            ("opens NOT IN (1, NULL)", None),
            ("opens NOT IN (1, 2)", Some(true)),
            ("empty LIKE '%'", None),
            ("CASE WHEN junk THEN TRUE END", None),
            ("empty NOT BETWEEN 1 AND 2", None),
        ]);
    }

    #[test]
    fn operators_bind_as_in_sql() {
        assert_truths(&[
            ("NOT opens = 4", Some(true)),
            ("TRUE OR FALSE AND FALSE", Some(true)),
            ("NOT FALSE AND FALSE", Some(false)),
            ("opens + 1 * 2 = 5", Some(true)),
            ("(opens + 1) * 2 = 8", Some(true)),
            ("10 - 3 - 2 = 5", Some(true)),
            ("-opens + 3 = 0", Some(true)),
            ("opens BETWEEN 1 AND 2 OR TRUE", Some(true)),
            ("NOT empty IS NULL", Some(false)),
        ]);
    }

    #[test]
    fn arithmetic_is_exact_and_a_division_by_zero_is_null() {
        assert_truths(&[
            ("7 / 2 = 3.5", Some(true)),
            ("1 / 3 = 0.333333", Some(true)),
            ("2 / 3 = 0.666667", Some(true)),
            ("opens / 0 = 1", None),
            ("opens / 0 IS NULL", Some(true)),
            ("0.1 + 0.2 = 0.3", Some(true)),
            ("999999999999999999 + 1 IS NULL", Some(true)),
        ]);
    }

    #[test]
    fn like_knows_its_wildcards_and_the_escape() {
        assert_truths(&[
            ("path LIKE '/pricing%'", Some(true)),
            (r"path LIKE '/pricing\_1\%'", Some(true)),
            (r"path LIKE '/pricing\_1'", Some(false)),
            ("source LIKE 'R_f_rral'", Some(true)),
            ("source LIKE 'r%'", Some(false)),
            ("source ILIKE 'r%'", Some(true)),
            ("source NOT LIKE '%'", Some(false)),
        ]);
    }

    #[test]
    fn functions_do_what_their_names_say() {
        assert_truths(&[
            ("lower(source) = 'référral'", Some(true)),
            ("upper(source) = 'RéFéRRAL'", Some(true)),
            ("length(source) = 8", Some(true)),
            ("trim(confirmed) = 'Ja'", Some(true)),
            ("coalesce(empty, source, 'x') = 'Référral'", Some(true)),
            (
                "starts_with(source, 'Ré') AND ends_with(source, 'al')",
                Some(true),
            ),
            ("contains(source, 'fér')", Some(true)),
            ("contains(empty, 'x')", None),
            ("regexp_like(source, '^R.f')", Some(true)),
            ("regexp_like(source, '^f')", Some(false)),
            ("days_since(created) = 1", Some(true)),
            ("days_until(created) = -1", Some(true)),
            ("days_since(junk) IS NULL", Some(true)),
            ("is_free_email(email)", Some(true)),
            ("is_free_email(source)", Some(false)),
            ("has_tag(tags, 'Buyer')", Some(true)),
            ("has_tag(empty, 'Buyer')", None),
            ("date(created) < DATE '2026-11-01'", Some(true)),
        ]);
    }

    #[test]
    fn a_case_takes_its_first_branch_that_holds() {
        let text = "CASE WHEN opens > 5 THEN 10 WHEN opens > 2 THEN 5 ELSE 1 END";
        assert_eq!(value(text), Value::Number(Decimal::whole(5)));
        assert_eq!(
            value("CASE opens WHEN 3 THEN 'three' END"),
            Value::Text("three".to_owned())
        );
    }

    #[test]
    fn a_quote_in_a_text_is_written_twice() {
        assert_eq!(value("'it''s'"), Value::Text("it's".to_owned()));
    }
}
