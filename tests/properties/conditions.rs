//! Random conditions in the syntax of a SQL WHERE clause, over given names.
//!
//! Parentheses are left out at random, so that both readers must agree on the
//! precedence too. A column may turn up as any type; only what the syntax
//! calls a type error is never written.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

/// The names that a condition may use, by what stands in them.
#[derive(Debug, Clone)]
pub struct Names {
    pub texts: Vec<String>,
    pub numbers: Vec<String>,
    pub flags: Vec<String>,
    pub days: Vec<String>,
    /// Signals, `score` and groups: numbers that are no cells.
    pub measured: Vec<String>,
    /// Items of the checklist: yes or no without being cells.
    pub checks: Vec<String>,
    /// `temperature` and `stage`, each with the model's words for it.
    pub words: Vec<(String, Vec<String>)>,
}

impl Names {
    fn columns(&self) -> Vec<String> {
        [&self.texts, &self.numbers, &self.flags, &self.days]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

/// The texts that conditions compare with; the exports hold some of them.
pub const TEXTS: [&str; 14] = [
    "Referral",
    "referral",
    "Portals",
    "Référence",
    "lead",
    "",
    "a",
    "e",
    "it''s",
    "VIP",
    "Ω",
    "é",
    " x",
    "1",
];

/// A condition over the names.
pub fn condition(names: &Names) -> BoxedStrategy<String> {
    simple(names)
        .prop_recursive(3, 10, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} AND {b}")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} OR {b}")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
                inner.clone().prop_map(|a| format!("NOT {a}")),
                inner.clone().prop_map(|a| format!("NOT ({a})")),
                inner.clone().prop_map(|a| format!("({a})")),
                (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!(
                    "CASE WHEN {a} THEN ({b}) = TRUE ELSE NOT ({c}) END"
                )),
            ]
        })
        .boxed()
}

/// A condition without AND, OR and NOT of its own.
fn simple(names: &Names) -> BoxedStrategy<String> {
    let mut kinds = vec![(6, about_cells(names))];
    if !names.checks.is_empty() {
        kinds.push((2, about_a_check(&names.checks)));
    }
    for (name, words) in &names.words {
        kinds.push((2, about_a_word(name, words)));
    }
    Union::new_weighted(kinds).boxed()
}

fn about_a_check(checks: &[String]) -> BoxedStrategy<String> {
    let check = select(checks.to_vec());
    let after = select(vec![
        "",
        "",
        "",
        " = TRUE",
        " = FALSE",
        " <> TRUE",
        " IS NOT NULL",
    ]);
    (check, after)
        .prop_map(|(check, after)| format!("{check}{after}"))
        .boxed()
}

fn about_a_word(name: &str, words: &[String]) -> BoxedStrategy<String> {
    let name = name.to_owned();
    let word = select(words.to_vec()).prop_map(|word| format!("'{word}'"));
    prop_oneof![
        4 => (select(vec!["=", "<>"]), word.clone()).prop_map(|(op, word)| format!("{op} {word}")),
        2 => (select(vec!["IN", "NOT IN"]), word.clone(), word).prop_map(|(op, one, other)| format!("{op} ({one}, {other})")),
        1 => select(vec!["IS NULL", "IS NOT NULL"]).prop_map(str::to_owned),
        1 => (select(vec!["LIKE", "NOT ILIKE"]), pattern()).prop_map(|(op, pattern)| format!("{op} {pattern}")),
    ]
    .prop_map(move |rest| format!("{name} {rest}"))
    .boxed()
}

fn about_cells(names: &Names) -> BoxedStrategy<String> {
    let column = select(names.columns());
    let number = number(names);
    let text = text(names);
    let literal = literal();
    let compare = select(vec!["=", "<>", "<", "<=", ">", ">="]);
    let compare_days = compare.clone();
    let is = select(vec!["IS NULL", "IS NOT NULL", "is not null"]);
    let not = select(vec!["", "NOT "]);
    let text_call = (
        select(vec!["starts_with", "ends_with", "contains"]),
        text.clone(),
        literal.clone(),
    );
    let numbers = (numeral(), numeral(), select(vec!["", ", NULL"]));
    prop_oneof![
        4 => select(names.flags.clone()),
        2 => column.clone(),
        1 => select(vec!["TRUE".to_owned(), "FALSE".to_owned()]),
        2 => (column.clone(), select(vec!["= TRUE", "= FALSE", "<> TRUE"])).prop_map(|(a, b)| format!("{a} {b}")),
        8 => (number.clone(), compare.clone(), number.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        3 => (column.clone(), compare.clone(), numeral()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        6 => (text.clone(), compare.clone(), text.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        2 => (column.clone(), compare.clone(), column.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        3 => (number.clone(), not.clone(), numbers).prop_map(|(a, not, (b, c, null))| format!("{a} {not}IN ({b}, {c}{null})")),
        3 => (text.clone(), not.clone(), literal.clone(), literal.clone())
            .prop_map(|(a, not, b, c)| format!("{a} {not}IN ({b}, {c})")),
        3 => (number.clone(), not.clone(), numeral(), number)
            .prop_map(|(a, not, b, c)| format!("{a} {not}BETWEEN {b} AND {c}")),
        3 => (text.clone(), not.clone(), select(vec!["LIKE", "ILIKE"]), pattern())
            .prop_map(|(a, not, like, p)| format!("{a} {not}{like} {p}")),
        4 => (column.clone(), is.clone()).prop_map(|(a, is)| format!("{a} {is}")),
        2 => (typed_number(names), is.clone()).prop_map(|(a, is)| format!("{a} {is}")),
        1 => (column.clone(), is).prop_map(|(a, is)| format!("date({a}) {is}")),
        3 => (column.clone(), compare.clone(), day()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => (column.clone(), not, day(), day()).prop_map(|(a, not, b, c)| format!("{a} {not}BETWEEN {b} AND {c}")),
        2 => (select(names.days.clone()), compare.clone(), column.clone()).prop_map(|(a, op, b)| format!("date({a}) {op} date({b})")),
        3 => (select(names.texts.clone()), compare, 0..10)
            .prop_map(|(a, op, b)| format!("length({a}) {op} {b}")),
        3 => (select(names.days.clone()), compare_days, -40..40)
            .prop_map(|(a, op, b)| format!("days_since({a}) {op} {b}")),
        3 => text_call.prop_map(|(call, a, b)| format!("{call}({a}, {b})")),
        2 => (text.clone(), regex()).prop_map(|(a, p)| format!("regexp_like({a}, {p})")),
        2 => (select(vec!["is_email", "is_free_email", "is_phone"]), column.clone()).prop_map(|(call, a)| format!("{call}({a})")),
        2 => (column, select(vec!["'VIP'", "'Buyer'", "'é'"])).prop_map(|(a, tag)| format!("has_tag({a}, {tag})")),
    ]
    .boxed()
}

/// A number, or a cell that is to be read as one beside a number.
fn number(names: &Names) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        2 => select(names.numbers.clone()),
        3 => typed_number(names),
        2 => numeral(),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (
                inner.clone(),
                select(vec!["+", "-", "*", "/"]),
                inner.clone()
            )
                .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            (
                inner.clone(),
                select(vec!["+", "-", "*", "/"]),
                inner.clone()
            )
                .prop_map(|(a, op, b)| format!("({a}) {op} ({b})")),
            inner.prop_map(|a| format!("-({a})")),
        ]
    })
    .boxed()
}

/// What is a number by itself.
fn typed_number(names: &Names) -> BoxedStrategy<String> {
    let column = select(names.columns());
    let number = select(names.numbers.clone()).prop_map(|name| format!("number({name})"));
    let day = select(names.days.clone());
    let mut plain = prop_oneof![
        3 => number.clone(),
        1 => column.prop_map(|name| format!("number({name})")),
        2 => select(names.texts.clone()).prop_map(|name| format!("length({name})")),
        1 => day.clone().prop_map(|name| format!("days_since({name})")),
        1 => day.prop_map(|name| format!("days_until({name})")),
        1 => (number, numeral()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
    ]
    .boxed();
    if !names.measured.is_empty() {
        let measured = select(names.measured.clone());
        plain = prop_oneof![
            2 => plain,
            2 => measured.clone(),
            1 => (measured, numeral()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
        ]
        .boxed();
    }
    let flag = select(names.flags.clone());
    prop_oneof![
        5 => plain.clone(),
        1 => (flag.clone(), plain.clone(), numeral()).prop_map(|(when, a, b)| format!("CASE WHEN {when} THEN {a} ELSE {b} END")),
        1 => (flag, plain).prop_map(|(when, a)| format!("CASE WHEN {when} THEN {a} END")),
    ]
    .boxed()
}

fn numeral() -> BoxedStrategy<String> {
    let odd = [
        "0",
        "1",
        "-1",
        "2.5",
        "0.333333",
        "150000",
        "3",
        "999999999999999999",
        "0.000001",
    ];
    prop_oneof![
        3 => select(odd.to_vec()).prop_map(str::to_owned),
        2 => (-5_i32..40).prop_map(|number| number.to_string()),
    ]
    .boxed()
}

/// A text, or a cell that is to be read as one beside a text.
fn text(names: &Names) -> BoxedStrategy<String> {
    let column = select(names.texts.clone());
    let call = select(vec!["lower", "upper", "trim"]);
    prop_oneof![
        4 => column.clone(),
        1 => select(names.columns()),
        2 => (call, column.clone()).prop_map(|(call, name)| format!("{call}({name})")),
        1 => (column.clone(), column.clone(), literal()).prop_map(|(a, b, c)| format!("coalesce({a}, {b}, {c})")),
        1 => (select(names.flags.clone()), literal(), column)
            .prop_map(|(when, a, b)| format!("CASE WHEN {when} THEN {a} ELSE lower({b}) END")),
        2 => literal(),
    ]
    .boxed()
}

fn literal() -> BoxedStrategy<String> {
    select(TEXTS.to_vec())
        .prop_map(|text| format!("'{text}'"))
        .boxed()
}

fn pattern() -> BoxedStrategy<String> {
    let piece = select(vec![
        "%", "_", "a", "e", "R", "r", "é", r"\%", r"\_", r"\\", "ref", "/pricing",
    ]);
    proptest::collection::vec(piece, 0..5)
        .prop_map(|pieces| format!("'{}'", pieces.concat()))
        .boxed()
}

fn regex() -> BoxedStrategy<String> {
    select(vec![
        "'^R'",
        "'al$'",
        "'[0-9]+'",
        "'^[A-Za-z]+$'",
        "'(lead|Portals)'",
        "'e.e'",
        "'é?r'",
        r"'\.'",
        "'a{2,3}'",
    ])
    .prop_map(str::to_owned)
    .boxed()
}

fn day() -> BoxedStrategy<String> {
    select(vec![
        "2026-10-31",
        "2026-11-01",
        "2026-09-06",
        "2026-03-29",
        "2024-02-29",
        "1999-12-31",
    ])
    .prop_map(|day| format!("DATE '{day}'"))
    .boxed()
}
