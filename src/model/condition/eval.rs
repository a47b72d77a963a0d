//! Evaluates a condition for one contact or one event, by SQL's three-valued logic: `None` is NULL.

use std::borrow::Cow;

use super::ast::Operator;
use super::typed::{Amount, Case, Condition, Date, Text, TextRelation, TextTest};
use crate::value::{self, Day, Number, Points};

/// What a condition can ask of the contact or event it is evaluated for.
///
/// Each method answers for a slot that the model's check handed out, so none can fail; a scope in which a thing
/// does not exist yet never gets asked for it, because the check refuses such conditions.
pub trait Scope {
    /// The cell of a column, NULL if blank.
    fn cell(&self, column: usize) -> Option<&str>;
    /// The number in the cell of a reading.
    fn number(&self, reading: usize) -> Option<Number>;
    /// The day in the cell of a reading.
    fn day(&self, reading: usize) -> Option<Day>;
    /// The yes or no in the cell of a reading.
    fn yes_no(&self, reading: usize) -> Option<bool>;
    /// A text made of cells read as a number, in the manner of a reading of one of them.
    fn number_from(&self, text: &str, reading: Option<usize>) -> Option<Number>;
    /// A text made of cells read as a day, in the manner of a reading of one of them.
    fn day_from(&self, text: &str, reading: Option<usize>) -> Option<Day>;
    /// A text made of cells read as yes or no, in the manner of a reading of one of them.
    fn yes_no_from(&self, text: &str, reading: Option<usize>) -> Option<bool>;
    /// The day of the run's as-of instant.
    fn today(&self) -> Day;
    /// The value of a signal.
    fn signal(&self, _signal: usize) -> Option<Number> {
        None
    }
    /// The score as shown.
    fn score(&self) -> Points {
        Points::ZERO
    }
    /// A group's bounded sum.
    fn group(&self, _group: usize) -> Points {
        Points::ZERO
    }
    /// Whether an item of the checklist is met.
    fn checklist(&self, _item: usize) -> bool {
        false
    }
    /// The name of the temperature.
    fn temperature(&self) -> Option<&str> {
        None
    }
    /// The name of the stage.
    fn stage(&self) -> Option<&str> {
        None
    }
}

impl Condition {
    /// True, false or NULL in `scope`.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<bool> {
        match self {
            Self::Literal(flag) => *flag,
            Self::Read(reading) => scope.yes_no(*reading),
            Self::Checklist(item) => Some(scope.checklist(*item)),
            Self::FromText(text, reading) => scope.yes_no_from(&text.evaluate(scope)?, *reading),
            Self::And(left, right) => match left.evaluate(scope) {
                Some(false) => Some(false),
                Some(true) => right.evaluate(scope),
                None => right.evaluate(scope).filter(|met| !met),
            },
            Self::Or(left, right) => match left.evaluate(scope) {
                Some(true) => Some(true),
                Some(false) => right.evaluate(scope),
                None => right.evaluate(scope).filter(|met| *met),
            },
            Self::Not(operand) => operand.evaluate(scope).map(|met| !met),
            Self::Numbers(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Days(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Texts(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::Flags(comparison, left, right) => {
                comparison.apply(left.evaluate(scope), right.evaluate(scope))
            }
            Self::IsBlank(column) => Some(scope.cell(*column).is_none()),
            Self::NumberIsNull(amount) => Some(amount.evaluate(scope).is_none()),
            Self::DateIsNull(date) => Some(date.evaluate(scope).is_none()),
            Self::TextIsNull(text) => Some(text.evaluate(scope).is_none()),
            Self::FlagIsNull(condition) => Some(condition.evaluate(scope).is_none()),
            Self::Like(text, pattern) => Some(pattern.matches(&text.evaluate(scope)?)),
            Self::Matches(text, pattern) => Some(pattern.is_match(&text.evaluate(scope)?)),
            Self::Test(test, text) => {
                let text = text.evaluate(scope)?;
                Some(match test {
                    TextTest::IsEmail => value::is_email(&text),
                    TextTest::IsFreeEmail => value::is_free_email(&text),
                    TextTest::IsPhone => value::is_phone(&text),
                })
            }
            Self::Relation(relation, left, right) => {
                let (left, right) = (left.evaluate(scope)?, right.evaluate(scope)?);
                let (left, right) = (left.as_ref(), right.as_ref());
                Some(match relation {
                    TextRelation::StartsWith => left.starts_with(right),
                    TextRelation::EndsWith => left.ends_with(right),
                    TextRelation::Contains => left.contains(right),
                    TextRelation::HasTag => value::has_tag(left, right),
                })
            }
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }

    /// Whether the condition is met: NULL is not.
    pub fn is_met<S: Scope>(&self, scope: &S) -> bool {
        self.evaluate(scope) == Some(true)
    }
}

impl Amount {
    /// The number in `scope`, or NULL.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<Number> {
        match self {
            Self::Literal(number) => *number,
            Self::Read(reading) => scope.number(*reading),
            Self::FromText(text, reading) => scope.number_from(&text.evaluate(scope)?, *reading),
            Self::Signal(signal) => scope.signal(*signal),
            Self::Score => Some(scope.score().as_number()),
            Self::Group(group) => Some(scope.group(*group).as_number()),
            Self::Arithmetic(operator, left, right) => {
                let (left, right) = (left.evaluate(scope)?, right.evaluate(scope)?);
                match operator {
                    Operator::Plus => left.plus(right),
                    Operator::Minus => left.minus(right),
                    Operator::Times => left.times(right),
                    Operator::Over => left.over(right),
                }
            }
            Self::Negated(amount) => amount.evaluate(scope).map(Number::negated),
            Self::Length(text) => {
                let characters = text.evaluate(scope)?.chars().count();
                i64::try_from(characters).ok().map(Number::integer)
            }
            Self::DaysSince(date) => {
                let day = date.evaluate(scope)?;
                Some(days_between(day, scope.today()))
            }
            Self::DaysUntil(date) => {
                let day = date.evaluate(scope)?;
                Some(days_between(scope.today(), day))
            }
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

fn days_between(from: Day, to: Day) -> Number {
    Number::integer(i64::from(to.days()) - i64::from(from.days()))
}

impl Date {
    /// The day in `scope`, or NULL.
    pub fn evaluate<S: Scope>(&self, scope: &S) -> Option<Day> {
        match self {
            Self::Literal(day) => *day,
            Self::Read(reading) => scope.day(*reading),
            Self::FromText(text, reading) => scope.day_from(&text.evaluate(scope)?, *reading),
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

impl Text {
    /// The text in `scope`, or NULL.
    pub fn evaluate<'s, S: Scope>(&'s self, scope: &'s S) -> Option<Cow<'s, str>> {
        match self {
            Self::Literal(text) => text.as_deref().map(Cow::Borrowed),
            Self::Column(column) => scope.cell(*column).map(Cow::Borrowed),
            Self::Temperature => scope.temperature().map(Cow::Borrowed),
            Self::Stage => scope.stage().map(Cow::Borrowed),
            Self::Lower(text) => {
                let text = text.evaluate(scope)?;
                Some(Cow::Owned(text.to_ascii_lowercase()))
            }
            Self::Upper(text) => {
                let text = text.evaluate(scope)?;
                Some(Cow::Owned(text.to_ascii_uppercase()))
            }
            Self::Trim(text) => Some(match text.evaluate(scope)? {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            }),
            Self::Case(case) => case.chosen(scope)?.evaluate(scope),
            Self::Coalesce(choices) => choices.iter().find_map(|c| c.evaluate(scope)),
        }
    }
}

impl<T> Case<T> {
    fn chosen<S: Scope>(&self, scope: &S) -> Option<&T> {
        self.arms
            .iter()
            .find(|(when, _)| when.is_met(scope))
            .map(|(_, then)| then)
            .or(self.otherwise.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::columns::Columns;
    use crate::model::condition::{Names, Phase, Reading, read};

    /// A contact whose cells stand under their names; an empty one is NULL. `opens` is a signal of 3, `quiet` one
    /// that is NULL.
    struct Contact<'c> {
        columns: &'c Columns,
        cells: &'c [(&'c str, &'c str)],
    }

    impl Contact<'_> {
        fn read(&self, reading: usize) -> Option<&str> {
            self.cell(self.columns.readings()[reading].0)
        }
    }

    impl Scope for Contact<'_> {
        fn cell(&self, column: usize) -> Option<&str> {
            let name = &self.columns.entries()[column].name;
            let cell = self.cells.iter().find(|(known, _)| known == name);
            cell.map(|(_, cell)| *cell).filter(|cell| !cell.is_empty())
        }
        fn number(&self, reading: usize) -> Option<Number> {
            assert_eq!(self.columns.readings()[reading].1, Reading::Number);
            Number::parse(self.read(reading)?)
        }
        fn day(&self, reading: usize) -> Option<Day> {
            Day::parse(self.read(reading)?)
        }
        fn yes_no(&self, reading: usize) -> Option<bool> {
            value::read_yes_no(self.read(reading)?)
        }
        fn number_from(&self, text: &str, _: Option<usize>) -> Option<Number> {
            Number::parse(text)
        }
        fn day_from(&self, text: &str, _: Option<usize>) -> Option<Day> {
            Day::parse(text)
        }
        fn yes_no_from(&self, text: &str, _: Option<usize>) -> Option<bool> {
            value::read_yes_no(text)
        }

        fn today(&self) -> Day {
            Day::parse("2026-11-01").expect("a day")
        }
        fn signal(&self, signal: usize) -> Option<Number> {
            (signal == 0).then(|| Number::integer(3))
        }
        fn score(&self) -> Points {
            Points::whole(42)
        }
        fn group(&self, _: usize) -> Points {
            Points::parse("7.5").expect("points")
        }
        fn checklist(&self, item: usize) -> bool {
            item == 0
        }
        fn temperature(&self) -> Option<&str> {
            Some("hot")
        }
    }

    const CELLS: [(&str, &str); 9] = [
        ("yes", "Yes"),
        ("no", "0"),
        ("odd", "perhaps"),
        ("five", "5"),
        ("ten", "10"),
        ("city", "Málaga"),
        ("email", "Anna@Example.com"),
        ("day", "2026-10-30"),
        ("tags", "VIP; Sea view, x"),
    ];

    /// What a condition comes to for a contact with [`CELLS`].
    fn evaluated(text: &str) -> Option<bool> {
        let mut columns = Columns::default();
        let signals = ["opens".to_owned(), "quiet".to_owned()];
        let condition = read(
            text,
            &mut Names {
                columns: &mut columns,
                phase: Phase::Staged,
                signals: &signals,
                groups: &["engagement".to_owned()],
                checklist: &["budget".to_owned(), "soon".to_owned()],
                temperatures: &["hot".to_owned(), "cold".to_owned()],
                stages: &["MQL".to_owned()],
                locate: &|span| span,
            },
        );
        let condition = condition.unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
        let contact = Contact {
            columns: &columns,
            cells: &CELLS,
        };
        condition.evaluate(&contact)
    }

    #[track_caller]
    fn all(wanted: Option<bool>, conditions: &[&str]) {
        for condition in conditions {
            assert_eq!(evaluated(condition), wanted, "{condition}");
        }
    }

    #[test]
    fn and_or_and_not_know_three_values() {
        let values = [("TRUE", Some(true)), ("FALSE", Some(false)), ("none", None)];
        for (left, a) in values {
            assert_eq!(evaluated(&format!("NOT {left}")), a.map(|a| !a));
            for (right, b) in values {
                let and = match (a, b) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                let or = match (a, b) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                assert_eq!(
                    evaluated(&format!("{left} AND {right}")),
                    and,
                    "{left} AND {right}"
                );
                assert_eq!(
                    evaluated(&format!("{left} OR {right}")),
                    or,
                    "{left} OR {right}"
                );
            }
        }
    }

    #[test]
    fn a_column_alone_is_yes_no_or_null() {
        all(
            Some(true),
            &["yes", "NOT no", "yes = TRUE", "yes AND NOT no"],
        );
        all(Some(false), &["no", "yes = FALSE"]);
        all(None, &["odd", "none", "NOT odd"]);
    }

    #[test]
    fn a_cell_is_read_as_what_it_is_compared_with() {
        all(
            Some(true),
            &[
                "ten > 9",
                "ten > five + 4",
                "ten BETWEEN 9 AND 10",
                "five BETWEEN 1 AND ten",
                "NOT five BETWEEN ten AND 20",
                "five IN (50, 4, five)",
                "CASE ten WHEN 10.0 THEN 'a' WHEN five THEN 'b' END = 'a'",
                "number(ten) > number(five)",
            ],
        );
        all(
            Some(true),
            &[
                "ten < '9'",
                "ten < five",
                "day < DATE '2026-10-31'",
                "day = '2026-10-30'",
            ],
        );
        all(
            None,
            &[
                "city > 9",
                "city < DATE '2026-10-31'",
                "none = 'x'",
                "none <> 'x'",
            ],
        );
    }

    #[test]
    fn texts_compare_exactly_and_by_bytes() {
        all(
            Some(true),
            &["city = 'Málaga'", "city <> 'málaga'", "'B' < 'a'"],
        );
        all(Some(false), &["city = 'Malaga'", "city = ' Málaga'"]);
    }

    #[test]
    fn in_is_an_or_of_equalities_and_so_can_be_null() {
        all(
            Some(true),
            &[
                "city IN ('x', 'Málaga')",
                "five IN (4, 5, NULL)",
                "five NOT IN (1, 2)",
            ],
        );
        all(Some(false), &["five IN (1, 2)", "five NOT IN (5, NULL)"]);
        all(
            None,
            &["five IN (1, NULL)", "five NOT IN (1, NULL)", "none IN (1)"],
        );
    }

    #[test]
    fn is_null_asks_whether_a_cell_is_blank() {
        all(
            Some(true),
            &[
                "none IS NULL",
                "odd IS NOT NULL",
                "quiet IS NULL",
                "none + 1 IS NULL",
                "(odd OR odd) IS NULL",
            ],
        );
        all(Some(false), &["odd IS NULL", "city IS NULL", "'' IS NULL"]);
    }

    #[test]
    fn arithmetic_is_decimal_and_division_by_nothing_is_null() {
        all(
            Some(true),
            &[
                "7 / 2 = 3.5",
                "0.1 + 0.2 = 0.3",
                "-five = 0 - 5",
                "five * 2 = ten",
                "opens * 2 - 1 = 5",
            ],
        );
        all(None, &["1 / 0 = 1", "none + 1 = 1", "quiet > 1"]);
    }

    #[test]
    fn case_takes_the_first_arm_that_holds() {
        all(
            Some(true),
            &[
                "CASE WHEN none THEN 1 WHEN yes THEN 2 ELSE 3 END = 2",
                "CASE city WHEN 'x' THEN 'no' WHEN 'Málaga' THEN 'sun' END = 'sun'",
                "CASE WHEN no THEN 1 END IS NULL",
                "CASE WHEN yes THEN ten ELSE 0 END > 9",
            ],
        );
    }

    #[test]
    fn coalesce_takes_the_first_that_is_not_null() {
        all(
            Some(true),
            &[
                "coalesce(none, 'x') = 'x'",
                "coalesce(none, five, 0) = 5",
                "coalesce(odd, yes, FALSE)",
                "coalesce(none, day, DATE '2020-01-01') = DATE '2026-10-30'",
            ],
        );
    }

    #[test]
    fn texts_have_functions() {
        all(
            Some(true),
            &[
                "lower(email) = 'anna@example.com'",
                "upper(city) = 'MáLAGA'",
                "trim('  x ') = 'x'",
                "length(city) = 6",
                "starts_with(city, 'Má')",
                "ends_with(email, '.com')",
                "contains(email, '@')",
                "has_tag(tags, 'Sea view')",
                "regexp_like(email, '^[A-Z][a-z]+@')",
                "email LIKE '_nna@%'",
                "email ILIKE '%EXAMPLE%'",
                "is_email(email)",
                "NOT is_phone(email)",
                "is_free_email('a@gmail.com')",
            ],
        );
        all(
            Some(false),
            &[
                "has_tag(tags, 'Sea')",
                "email LIKE '%example%'",
                "is_free_email(email)",
            ],
        );
        all(
            None,
            &[
                "is_email(none)",
                "contains(city, none)",
                "none LIKE '%'",
                "length(none) > 0",
            ],
        );
    }

    #[test]
    fn days_are_counted_from_as_of() {
        all(
            Some(true),
            &[
                "days_since(day) = 2",
                "days_until(day) = -2",
                "days_since(DATE '2026-11-01') = 0",
                "DATE '2026-11-03' > day",
            ],
        );
        all(None, &["days_since(city) > 0", "days_until(none) > 0"]);
    }

    #[test]
    fn score_groups_and_signals_are_numbers() {
        all(
            Some(true),
            &[
                "score = 42",
                "groups.engagement = 7.5",
                "opens >= 3",
                "score > groups.engagement",
            ],
        );
    }

    #[test]
    fn labels_are_true_or_false_texts_or_null() {
        all(
            Some(true),
            &[
                "checklist.budget AND NOT checklist.soon",
                "temperature = 'hot'",
                "temperature IN ('cold', 'hot')",
                "stage IS NULL",
                "coalesce(stage, 'none') = 'none'",
            ],
        );
        all(Some(false), &["checklist.soon", "temperature = 'cold'"]);
        all(None, &["stage = 'MQL'", "stage <> 'MQL'"]);
    }

    #[test]
    fn null_is_not_met() {
        let condition = Condition::Literal(None);
        let columns = Columns::default();
        let contact = Contact {
            columns: &columns,
            cells: &[],
        };
        assert!(!condition.is_met(&contact));
    }
}
