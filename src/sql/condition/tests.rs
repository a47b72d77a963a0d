//! Conditions over dirty cells come to the same on `SQLite` as in the engine, or are refused.

use std::cell::RefCell;
use std::sync::Arc;

use proptest::prelude::*;

use super::super::read::{Cells, ColumnType, TableColumn, TableLayout};
use super::super::trial::Trial;
use super::*;
use crate::model::columns::Columns;
use crate::model::condition::{Names, Phase, Scope, read};
use crate::value::{
    Day, DecimalSign, Number, Points, TimeForm, TimeReader, Zone, read_number, read_yes_no,
};

const TODAY: i32 = 20_758;

/// Columns of the contact, in the order of its cells.
const COLUMNS: [&str; 6] = ["a", "b", "t", "u", "d", "f"];

/// A contact with these cells. The signal `opens` is the length of the cell `u`, `spent` the number in `b`; `score` is
/// 42.5 and the group 7.25.
struct Contact<'c> {
    columns: &'c Columns,
    cells: &'c [Option<String>],
}

impl Contact<'_> {
    fn read(&self, reading: usize) -> Option<&str> {
        self.cell(self.columns.readings()[reading].0)
    }

    fn named(&self, name: &str) -> Option<&str> {
        let place = COLUMNS.iter().position(|known| *known == name)?;
        let cell = self.cells[place].as_deref();
        cell.filter(|cell| !cell.trim().is_empty())
    }

    fn times() -> TimeReader {
        TimeReader {
            zone: Arc::new(Zone::utc()),
            form: TimeForm::Recognised,
            order: None,
        }
    }
}

impl Scope for Contact<'_> {
    fn cell(&self, column: usize) -> Option<&str> {
        self.named(&self.columns.entries()[column].name)
    }
    fn number(&self, reading: usize) -> Option<Number> {
        read_number(self.read(reading)?, DecimalSign::Point)
    }
    fn day(&self, reading: usize) -> Option<Day> {
        Self::times().read_day(self.read(reading)?).ok()
    }
    fn yes_no(&self, reading: usize) -> Option<bool> {
        read_yes_no(self.read(reading)?)
    }
    fn number_from(&self, text: &str, _: Option<usize>) -> Option<Number> {
        read_number(text, DecimalSign::Point)
    }
    fn day_from(&self, text: &str, _: Option<usize>) -> Option<Day> {
        Self::times().read_day(text).ok()
    }
    fn yes_no_from(&self, text: &str, _: Option<usize>) -> Option<bool> {
        read_yes_no(text)
    }
    fn today(&self) -> Day {
        Day::from_days(TODAY)
    }
    fn signal(&self, signal: usize) -> Option<Number> {
        if signal == 0 {
            let length = self.named("u")?.chars().count();
            return Some(Number::integer(i64::try_from(length).expect("short")));
        }
        read_number(self.named("b")?, DecimalSign::Point)
    }
    fn score(&self) -> Points {
        Points::from_thousandths(42_500)
    }
    fn group(&self, _: usize) -> Points {
        Points::from_thousandths(7_250)
    }
    fn checklist(&self, item: usize) -> bool {
        item == 0
    }
    fn temperature(&self) -> Option<&str> {
        Some("hot")
    }
}

/// The same as columns of a query.
struct Columned<'c> {
    cells: &'c Cells<'c>,
    messages: RefCell<Vec<String>>,
    length: usize,
    number: usize,
}

impl Slots for Columned<'_> {
    fn text(&self, slot: usize) -> Expression {
        self.cells.text(slot)
    }
    fn reading(&self, reading: usize) -> Expression {
        self.cells.reading(reading)
    }
    fn cells(&self) -> &Cells<'_> {
        self.cells
    }
    fn signal(&self, signal: usize) -> Amount {
        if signal == 0 {
            let length = self.cells.text(self.length).length();
            return Amount::between(length, Unit::One, 0, 1 << 26);
        }
        self.cells.number(self.number)
    }
    fn score(&self) -> Amount {
        Amount::between(
            Expression::Integer(42_500),
            Unit::Thousandth,
            42_500,
            42_500,
        )
    }
    fn group(&self, _: usize) -> Amount {
        Amount::between(Expression::Integer(7_250), Unit::Thousandth, 7_250, 7_250)
    }
    fn checklist(&self, item: usize) -> Expression {
        Expression::Truth(item == 0)
    }
    fn temperature(&self) -> Expression {
        Expression::literal("hot")
    }
    fn stage(&self) -> Expression {
        Expression::Null(Type::Text)
    }
    fn as_of_day(&self) -> Expression {
        Expression::Integer(TODAY.into())
    }
    fn unsaid(&self, message: &str) {
        self.messages.borrow_mut().push(message.to_owned());
    }
}

fn settled(text: &str, columns: &mut Columns) -> Condition {
    let signals = ["opens".to_owned(), "spent".to_owned()];
    let condition = read(
        text,
        &mut Names {
            columns,
            phase: Phase::Staged,
            signals: &signals,
            groups: &["engagement".to_owned()],
            checklist: &["budget".to_owned(), "soon".to_owned()],
            temperatures: &["hot".to_owned(), "cold".to_owned()],
            stages: &["MQL".to_owned()],
            locate: &|span| span,
        },
    );
    condition.unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// A condition of each kind, and some of several.
const CONDITIONS: &[&str] = &[
    "f",
    "NOT f",
    "f = TRUE",
    "f <> FALSE",
    "f < TRUE",
    "f IS NULL",
    "(f = TRUE) IS NULL",
    "(a > 1) = f",
    "f AND a > 2",
    "f OR a > 2",
    "NOT (f AND a > 2)",
    "NULL",
    "TRUE",
    "FALSE OR NULL",
    "checklist.budget",
    "checklist.soon OR f",
    "a = 5",
    "a <> 5",
    "a < 5",
    "a <= 1.5",
    "a > 1.5",
    "a >= 0.000001",
    "a = 1.25",
    "a BETWEEN 1 AND 10",
    "a NOT BETWEEN 1 AND b",
    "a IN (1, 2, 3.5)",
    "a NOT IN (1, 2)",
    "a IN (1, b)",
    "a >= 5000000000000",
    "a < 123456789012345678",
    "a > b",
    "number(a) > number(b)",
    "number(a) = b",
    "a + b > 10",
    "a - b < 0.5",
    "a - 1 = b - 1",
    "a * 2 = b",
    "a * 0.5 >= b",
    "a * 0.000001 > 0.000002",
    "a * b > 100",
    "a * b = 12.5",
    "a * b < 0",
    "a / b = 2",
    "a / 2 > 3.5",
    "a / 3 = 1.666667",
    "a / b > 0.333333",
    "a / 0 IS NULL",
    "a / 0.3 < b",
    "a / -7 < 0",
    "-a < 3",
    "-a = b",
    "a * a >= 4",
    "a / a = 1",
    "a * b / 3 > 7",
    "(a + b) * 0.07 > 1",
    "1000 / a > 3",
    "0 * a = 0",
    "a * 123456.789 > 1000000",
    "a IS NULL",
    "a + 1 IS NULL",
    "number(a) IS NULL",
    "a * b IS NULL",
    "opens > 3",
    "opens >= 2.5",
    "opens = 2.5",
    "opens <> 2.5",
    "opens < 2.5",
    "2 < opens",
    "opens * 0.5 > 1",
    "opens / 2 = 1.5",
    "opens / 3 = 0.333333",
    "opens * a > 10",
    "opens + a > 10",
    "opens * opens = 9",
    "opens / opens = 1",
    "a / opens > 2",
    "opens / a > 2",
    "opens - 1 = 2",
    "spent > 3",
    "spent * 1.21 > 3",
    "spent / opens > 1.5",
    "score >= 42.5",
    "score > 42.5",
    "score * 2 = 85",
    "groups.engagement > 7.2",
    "groups.engagement * a > 7.25",
    "groups.engagement / opens > 3",
    "score / 3 > 14.166",
    "temperature = 'hot'",
    "temperature <> 'cold'",
    "stage IS NULL",
    "stage = 'MQL'",
    "length(t) > 3",
    "length(t) = length(u)",
    "length(trim(t)) < length(t)",
    "t = 'x'",
    "t <> 'x'",
    "t = u",
    "t < u",
    "t >= 'M'",
    "t <= u",
    "t IN ('x', 'VIP', 'Málaga')",
    "t NOT IN ('x', 'y')",
    "t IN ('x', u)",
    "t BETWEEN 'A' AND 'Z'",
    "lower(t) = 'vip'",
    "upper(t) = 'MÁLAGA'",
    "upper(t) = 'MáLAGA'",
    "trim(t) = 'x'",
    "trim(lower(t)) = lower(u)",
    "t IS NULL",
    "t IS NOT NULL",
    "trim(t) IS NULL",
    "lower(t)",
    "trim(t) > 3",
    "number(trim(t)) > 3",
    "date(trim(t)) = DATE '2026-11-01'",
    "coalesce(t, u) = 'x'",
    "coalesce(a, 0) > 1",
    "coalesce(a, b, 1.5) > 1.25",
    "coalesce(a, opens) > 2",
    "coalesce(f, TRUE)",
    "coalesce(d, DATE '2026-01-01') > DATE '2025-01-01'",
    "coalesce(lower(t), 'none') = 'none'",
    "starts_with(t, 'V')",
    "starts_with(t, u)",
    "ends_with(t, 'P')",
    "ends_with(t, u)",
    "contains(t, 'I')",
    "contains(t, u)",
    "contains(t, '')",
    "has_tag(t, 'VIP')",
    "has_tag(t, ' VIP ')",
    "NOT has_tag(t, '')",
    "has_tag(t, 'a.b')",
    "has_tag(t, lower('VIP'))",
    "t LIKE 'V%'",
    "t LIKE '%P'",
    "t LIKE '%I%'",
    "t LIKE 'V%P'",
    "t LIKE 'x'",
    "t LIKE '%'",
    "t LIKE ''",
    "t LIKE '_'",
    "t LIKE '_IP'",
    "t LIKE '%_%_%'",
    "t LIKE 'a\\%b'",
    "t LIKE '%\\_%'",
    "t LIKE '%.%'",
    "t LIKE 'M_laga%'",
    "t NOT LIKE '%l%g%'",
    "t ILIKE 'vip'",
    "t ILIKE '%SEA%'",
    "t ILIKE 'm_l%A'",
    "t ILIKE '%É%'",
    "t ILIKE '%o%v%'",
    "t LIKE '%\\\\%'",
    "t LIKE 'two%lines'",
    "t LIKE 'a%a'",
    "regexp_like(t, '^V')",
    "regexp_like(t, 'P$')",
    "regexp_like(t, '[0-9]+')",
    "regexp_like(t, '^two.lines$')",
    "regexp_like(t, '^$')",
    "regexp_like(t, 'a|b|V')",
    "regexp_like(t, '(?:ab){1,2}')",
    "regexp_like(t, 'M.laga')",
    "regexp_like(t, '\\.')",
    "regexp_like(t, '[^a-z]')",
    "is_email(t)",
    "is_free_email(t)",
    "is_phone(t)",
    "NOT is_email(t)",
    "is_email(lower(t))",
    "d = DATE '2026-11-01'",
    "d > DATE '2026-01-01'",
    "d BETWEEN DATE '2026-01-01' AND DATE '2026-12-31'",
    "d IN (DATE '2026-11-01', DATE '2024-02-29')",
    "d IS NULL",
    "date(d) IS NULL",
    "days_since(d) < 30",
    "days_since(d) = 0.5",
    "days_until(d) > 0",
    "days_since(d) * 2 > 30",
    "days_since(d) + days_until(d) = 0",
    "days_since(d) IS NULL",
    "date(t) = d",
    "days_since(t) >= 0",
    "CASE WHEN f THEN a > 1 WHEN a > 5 THEN TRUE ELSE FALSE END",
    "CASE t WHEN 'x' THEN 1 WHEN 'VIP' THEN 2.5 END > 1.5",
    "CASE WHEN f THEN a ELSE opens END > 2",
    "CASE WHEN f THEN d ELSE DATE '2026-11-01' END = DATE '2026-11-01'",
    "CASE WHEN f THEN t ELSE u END = 'x'",
    "CASE WHEN f THEN t END IS NULL",
    "CASE WHEN f THEN a END IS NULL",
    "CASE WHEN f THEN d END IS NULL",
    "CASE a WHEN 1 THEN TRUE WHEN b THEN NULL END",
    "CASE WHEN t = 'x' THEN NULL ELSE 1.5 END + 1 > 2",
    "t = 'it''s' OR t = 'a\\b' OR t = '\"'",
    "a = 1 OR a = 2 OR b = 3 OR a = 5",
];

fn number_cells() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "0", "1", "2", "5", "-5", "12.5", "1.25", "0.5", "3.5", "-2.5", "10", "25", "0.000001", "-0.000001", "999999999999",
            "$1,000", "45%", "7", "1.666667", "abc", " 3 ", "0.3333335", "1000000", "4600000000", "5000000000", "-999999999999.999999"]).prop_map(|cell| Some(cell.to_owned())),
        2 => "-?[0-9]{1,12}(\\.[0-9]{1,7})?".prop_map(Some),
        2 => "-?[0-9]{1,3}(\\.[0-9]{1,6})?".prop_map(Some),
        1 => Just(None),
    ]
}

fn text_cells() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        4 => prop::sample::select(vec!["", " ", "x", "VIP", "vip", " x ", "Málaga", "málaga", "VIP; Sea view, x", "a.b", "a%b", "a_b", "two\nlines", "it's", "a\\b", "\"", "ab", "aba", "a", "É",
            "anna@example.com", "Anna@GMAIL.com", "anna@gmail.com ", "a@b", "o'brien@web.de", "+31 (0)20 123 45 67", "00123456789012345", "123456", "\u{a0}+34\u{a0}600\u{a0}000\u{a0}000",
            "0012345", "++31612345678", "yes", "0", "5", "2026-11-01", "2026-11-01T10:00:00Z", ";VIP", "VIP\n", ",\u{a0}VIP ;", "😀", "e\u{301}"]).prop_map(|cell| Some(cell.to_owned())),
        2 => "[a-zVIPx@.,; éÁ%_\\\\\n\u{a0}0-9+()-]{0,10}".prop_map(Some),
        1 => <String as Arbitrary>::arbitrary().prop_map(|text| Some(crate::sql::read::without_controls(text))),
        1 => Just(None),
    ]
}

fn day_cells() -> impl Strategy<Value = Option<String>> {
    let cells = [
        "",
        "2026-11-01",
        "2026-10-31 10:00",
        "2024-02-29",
        "2026-02-29",
        "soon",
        "2027-01-01T00:00:00+02:00",
        "1950-01-01",
        "1800-01-01",
    ];
    prop::sample::select(cells.to_vec()).prop_map(|cell| Some(cell.to_owned()))
}

fn contacts() -> impl Strategy<Value = Vec<Option<String>>> {
    let flags = prop::sample::select(vec!["", "yes", "no", "1", "0", "perhaps", "JA"]);
    (
        number_cells(),
        number_cells(),
        text_cells(),
        text_cells(),
        day_cells(),
        flags,
    )
        .prop_map(|(a, b, t, u, d, f)| vec![a, b, t, u, d, Some(f.to_owned())])
}

/// Puts a condition to both, for many contacts.
fn agree(text: &str, cases: u32) {
    let mut columns = Columns::default();
    let slots: Vec<usize> = COLUMNS
        .iter()
        .map(|name| columns.named(name, 0..1))
        .collect();
    let number = columns.reading(slots[1], crate::model::condition::Reading::Number);
    let condition = settled(text, &mut columns);
    let layout = TableLayout {
        columns: (0..COLUMNS.len())
            .map(|column| {
                Some(TableColumn {
                    name: format!("c{column}"),
                    kept_as: ColumnType::Text,
                })
            })
            .collect(),
        shape: None,
    };
    let zone = Zone::utc();
    let cells = Cells::new(&columns, &crate::model::Cells::default(), &layout, &zone);
    let columned = Columned {
        messages: RefCell::default(),
        length: slots[3],
        number,
        cells: &cells,
    };
    let value = super::condition(&condition, &columned);
    assert_eq!(*columned.messages.borrow(), Vec::<String>::new(), "{text}");
    // A table that is not asked for any cell still has a row.
    let _ = cells.text(slots[0]);
    let trial = Trial::new(COLUMNS.len(), &cells, vec![value], &zone);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&contacts(), |row| {
        let contact = Contact {
            columns: &columns,
            cells: &row,
        };
        let wanted = condition.evaluate(&contact);
        let given: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
        match trial.said(&given) {
            Ok(values) => {
                let truth = match &values[0] {
                    rusqlite::types::Value::Integer(truth) => Some(*truth == 1),
                    rusqlite::types::Value::Null => None,
                    other => panic!("{other:?}"),
                };
                prop_assert_eq!(truth, wanted, "{} of {:?}\n{}", text, row, trial.text());
            }
            Err(message) => prop_assert!(
                message.contains("too large") || message.contains("10^12"),
                "{}: {}",
                text,
                message
            ),
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{text}: {error}"));
}

#[test]
fn every_kind_of_condition_comes_to_the_same() {
    for text in CONDITIONS {
        agree(text, 60);
    }
}

/// What becomes of a condition, and what of it cannot be said.
fn lowered(text: &str) -> (Expression, Vec<String>) {
    let mut columns = Columns::default();
    let condition = settled(text, &mut columns);
    let column = |name: &str| TableColumn {
        name: name.to_owned(),
        kept_as: ColumnType::Text,
    };
    let names = columns.entries().iter();
    let layout = TableLayout {
        columns: names.map(|entry| Some(column(&entry.name))).collect(),
        shape: None,
    };
    let manner = crate::model::Cells::default();
    let cells = Cells::new(&columns, &manner, &layout, &Zone::utc());
    let columned = Columned {
        messages: RefCell::default(),
        length: 0,
        number: 0,
        cells: &cells,
    };
    let value = super::condition(&condition, &columned);
    (value, columned.messages.into_inner())
}

#[test]
fn what_no_query_can_say_is_told() {
    for text in [
        "has_tag(t, u)",
        "regexp_like(t, 'a\\<b')",
        "regexp_like(t, '[a[b]]')",
        "regexp_like(t, '[a-z--b]')",
        "regexp_like(t, 'a++')",
        "regexp_like(t, 'a{2}{3}')",
        "regexp_like(t, '[]a]')",
    ] {
        assert_eq!(lowered(text).1.len(), 1, "{text}");
    }
    for text in [
        "regexp_like(t, '[*+?]{2,3}?')",
        "regexp_like(t, '(?:a+)+')",
        "regexp_like(t, 'a\\++')",
        "regexp_like(t, '[^-a]-')",
    ] {
        assert_eq!(lowered(text).1, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn alternatives_of_one_thing_are_one_list() {
    let (value, _) = lowered("t IN ('a', 'b', 'c') OR u = 'x'");
    let Expression::Or(parts) = value else {
        panic!("two alternatives");
    };
    assert!(matches!(&parts[0], Expression::In(_, list) if list.len() == 3));
}
