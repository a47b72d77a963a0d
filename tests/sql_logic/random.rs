//! Random conditions and random leads.
//!
//! Parentheses are left out at random, so that all must agree on how operators bind. Only what every one of the three
//! ways understands is written: no value of one type is chosen beside a bare cell, for instance.

use super::cells::CELLS;
use super::rows::{COLUMNS, Lead, QUIET, settling};
use proptest::prelude::*;
use proptest::sample::select;

/// How many cases a law is tried on: `usual`, unless `PROPTEST_CASES` asks for more or fewer.
pub fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(usual)
}

/// A few leads of any cells; the first one settles how dates are read.
pub fn leads() -> impl Strategy<Value = Vec<Lead>> {
    let cell = || (0..CELLS.len()).prop_map(|at| &CELLS[at]);
    let lead = ([cell(), cell(), cell()], select(QUIET.to_vec()));
    let lead = lead.prop_map(|(cells, quiet)| Lead { cells, quiet });
    proptest::collection::vec(lead, 5..30).prop_map(|mut leads| {
        leads.insert(0, settling());
        leads
    })
}

/// A condition, nested up to five deep.
pub fn condition() -> BoxedStrategy<String> {
    simple()
        .prop_recursive(5, 24, 3, |inner| {
            let two = (inner.clone(), inner.clone());
            let three = (inner.clone(), inner.clone(), inner.clone());
            let given = three.clone();
            prop_oneof![
                3 => two.clone().prop_map(|(a, b)| format!("{a} AND {b}")),
                3 => two.clone().prop_map(|(a, b)| format!("{a} OR {b}")),
                2 => two.clone().prop_map(|(a, b)| format!("({a}) AND ({b})")),
                2 => two.clone().prop_map(|(a, b)| format!("({a}) or ({b})")),
                2 => inner.clone().prop_map(|a| format!("NOT {a}")),
                2 => inner.clone().prop_map(|a| format!("NOT ({a})")),
                1 => (two.clone(), comparison()).prop_map(|((a, b), is)| format!("({a} OR FALSE) {is} ({b})")),
                1 => two.clone().prop_map(|(a, b)| format!("({a} AND {b}) IS NULL")),
                1 => two.clone().prop_map(|(a, b)| format!("({a} OR {b}) IS NOT NULL")),
                1 => two.prop_map(|(a, b)| format!("coalesce(NOT ({a}), NOT ({b}))")),
                1 => three.prop_map(|(a, b, c)| format!("CASE WHEN {a} THEN NOT ({b}) ELSE NOT ({c}) END")),
                1 => given.prop_map(|(a, b, c)| format!("CASE (NOT ({a})) WHEN {b} THEN TRUE WHEN FALSE THEN NOT ({c}) END")),
                1 => (inner, typed_number(), number())
                    .prop_map(|(a, b, c)| format!("CASE WHEN {a} THEN {b} ELSE number({c}) END > 2")),
            ]
        })
        .boxed()
}

/// A condition without AND, OR and NOT of its own.
fn simple() -> BoxedStrategy<String> {
    let not = || select(vec!["", "NOT "]);
    prop_oneof![
        4 => column(),
        1 => select(vec!["TRUE", "FALSE", "NULL"]).prop_map(str::to_owned),
        2 => (column(), comparison(), select(vec!["TRUE", "FALSE"])).prop_map(|(a, is, b)| format!("{a} {is} {b}")),
        6 => (number(), comparison(), typed_number()).prop_map(|(a, is, b)| format!("{a} {is} {b}")),
        3 => (typed_number(), comparison(), number()).prop_map(|(a, is, b)| format!("{a} {is} {b}")),
        6 => (text(), comparison(), text()).prop_map(|(a, is, b)| format!("{a} {is} {b}")),
        4 => (day(), comparison(), typed_day()).prop_map(|(a, is, b)| format!("{a} {is} {b}")),
        1 => (column(), comparison()).prop_map(|(a, is)| format!("{a} {is} NULL")),
        3 => (number(), not(), list(typed_number())).prop_map(|(a, not, list)| format!("{a} {not}IN ({list})")),
        3 => (text(), not(), list(text())).prop_map(|(a, not, list)| format!("{a} {not}IN ({list})")),
        1 => (day(), not(), list(typed_day())).prop_map(|(a, not, list)| format!("{a} {not}IN ({list})")),
        3 => (number(), not(), typed_number(), typed_number())
            .prop_map(|(a, not, b, c)| format!("{a} {not}BETWEEN {b} AND {c}")),
        2 => (text(), not(), text(), text()).prop_map(|(a, not, b, c)| format!("{a} {not}BETWEEN {b} AND {c}")),
        1 => (day(), not(), typed_day(), typed_day()).prop_map(|(a, not, b, c)| format!("{a} {not}BETWEEN {b} AND {c}")),
        4 => (text(), not(), select(vec!["LIKE", "ILIKE"]), pattern())
            .prop_map(|(a, not, like, pattern)| format!("{a} {not}{like} {pattern}")),
        3 => (prop_oneof![column(), typed_number(), typed_day(), text()], not())
            .prop_map(|(a, not)| format!("{a} IS {not}NULL")),
        3 => (select(vec!["starts_with", "ends_with", "contains"]), text(), text())
            .prop_map(|(call, a, b)| format!("{call}({a}, {b})")),
        2 => (text(), select(vec!["VIP", "Buyer", "a"])).prop_map(|(a, tag)| format!("has_tag({a}, '{tag}')")),
        2 => (select(vec!["is_email", "is_free_email", "is_phone"]), text()).prop_map(|(call, a)| format!("{call}({a})")),
        2 => (text(), select(vec!["^[a-z]+$", "[0-9]", "a|é", "^.{1,2}$", "l$"]))
            .prop_map(|(a, pattern)| format!("regexp_like({a}, '{pattern}')")),
        2 => (text(), text(), text(), column())
            .prop_map(|(a, b, c, d)| format!("CASE {a} WHEN {b} THEN TRUE WHEN {c} THEN FALSE ELSE {d} = TRUE END")),
        2 => (number(), typed_number(), typed_number())
            .prop_map(|(a, b, c)| format!("CASE {a} WHEN {b} THEN TRUE WHEN {c} THEN FALSE END")),
    ]
    .boxed()
}

fn column() -> BoxedStrategy<String> {
    select(COLUMNS.to_vec()).prop_map(str::to_owned).boxed()
}

fn comparison() -> impl Strategy<Value = &'static str> {
    select(vec!["=", "<>", "<", "<=", ">", ">="])
}

/// Some of what is compared, and perhaps NULL among it.
fn list(of: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let of = prop_oneof![6 => of, 1 => Just("NULL".to_owned())];
    proptest::collection::vec(of, 1..4)
        .prop_map(|list| list.join(", "))
        .boxed()
}

/// A number, or a cell that is to be read as one beside a number.
fn number() -> BoxedStrategy<String> {
    prop_oneof![column(), typed_number()].boxed()
}

/// What is a number by itself.
fn typed_number() -> BoxedStrategy<String> {
    let operator = || select(vec!["+", "-", "*", "/"]);
    let leaf = || {
        prop_oneof![
            3 => select(vec!["0", "1", "-1", "2.5", "5", "10", "0.5"]).prop_map(str::to_owned),
            2 => column().prop_map(|name| format!("number({name})")),
            1 => Just("quiet".to_owned()),
            1 => text().prop_map(|text| format!("length({text})")),
            1 => day().prop_map(|day| format!("days_since({day})")),
            1 => day().prop_map(|day| format!("days_until({day})")),
            1 => column().prop_map(|name| format!("coalesce(number({name}), quiet, 5)")),
        ]
    };
    let operand = || prop_oneof![2 => leaf(), 1 => column()];
    prop_oneof![
        5 => leaf(),
        2 => (operand(), operator(), operand()).prop_map(|(a, by, b)| format!("{a} {by} {b}")),
        1 => (operand(), operator(), operand(), operator(), operand())
            .prop_map(|(a, by, b, then, c)| format!("{a} {by} {b} {then} {c}")),
        1 => (operand(), operator(), operand(), operator(), operand())
            .prop_map(|(a, by, b, then, c)| format!("{a} {by} ({b} {then} {c})")),
        1 => (operand(), operator(), operand()).prop_map(|(a, by, b)| format!("-({a} {by} {b})")),
        1 => operand().prop_map(|a| format!("-({a})")),
    ]
    .boxed()
}

/// A day, or a cell that is to be read as one beside a day.
fn day() -> BoxedStrategy<String> {
    prop_oneof![column(), typed_day()].boxed()
}

/// What is a day by itself.
fn typed_day() -> BoxedStrategy<String> {
    let literal = || select(vec!["2026-10-30", "2026-11-01", "2026-05-03"]);
    prop_oneof![
        literal().prop_map(|day| format!("DATE '{day}'")),
        column().prop_map(|name| format!("date({name})")),
        (column(), column()).prop_map(|(a, b)| format!("coalesce(date({a}), date({b}))")),
        (column(), column(), literal())
            .prop_map(|(a, b, day)| format!("CASE WHEN {a} THEN date({b}) ELSE DATE '{day}' END")),
    ]
    .boxed()
}

/// A text, or a cell that is to be read as one beside a text.
fn text() -> BoxedStrategy<String> {
    let call = select(vec!["lower", "upper", "trim"]);
    prop_oneof![
        5 => column(),
        3 => literal(),
        2 => (call, column()).prop_map(|(call, name)| format!("{call}({name})")),
        1 => (column(), column(), literal()).prop_map(|(a, b, c)| format!("coalesce({a}, lower({b}), {c})")),
        1 => (column(), column(), literal())
            .prop_map(|(a, b, c)| format!("CASE WHEN {a} THEN {b} ELSE {c} END")),
    ]
    .boxed()
}

fn literal() -> BoxedStrategy<String> {
    let texts = vec![
        "Referral", "referral", "a", "", "é", "VIP", "yes", "5", "it''s", "e",
    ];
    select(texts).prop_map(|text| format!("'{text}'")).boxed()
}

fn pattern() -> BoxedStrategy<String> {
    let piece = select(vec![
        "%", "_", "a", "e", "R", "é", r"\%", r"\_", r"\\", "ref", "/pricing",
    ]);
    proptest::collection::vec(piece, 0..5)
        .prop_map(|pieces| format!("'{}'", pieces.concat()))
        .boxed()
}
