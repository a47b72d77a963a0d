//! What is written is what is meant: read by eye here, and evaluated by `SQLite`.

use regex::Regex;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::*;
use crate::sql::dialect::{self, all};
use crate::sql::expression::{Aggregate, Comparison, Order, Sign, Type, Window, WindowFunction};
use crate::sql::relation::{Item, Literal, Rows, Select, Source, Step};

fn column(name: &str) -> Expression {
    Expression::Column {
        of: None,
        name: name.to_owned(),
    }
}

fn less(left: Expression, right: Expression) -> Expression {
    Expression::Compare(Comparison::Less, Box::new(left), Box::new(right))
}

fn plus(left: Expression, right: Expression) -> Expression {
    Expression::Arithmetic(Sign::Plus, Box::new(left), Box::new(right))
}

fn minus(left: Expression, right: Expression) -> Expression {
    Expression::Arithmetic(Sign::Minus, Box::new(left), Box::new(right))
}

fn said(value: &Expression, dialect: &str) -> String {
    expression(value, dialect::named(dialect).expect("a dialect"))
}

fn connection() -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection
        .create_scalar_function("regexp", 2, flags, |context| {
            let pattern: String = context.get(0)?;
            let text: Option<String> = context.get(1)?;
            let pattern = Regex::new(&pattern).expect("a pattern");
            Ok(text.map(|text| pattern.is_match(&text)))
        })
        .expect("a function");
    connection
}

/// What `SQLite` makes of an expression.
fn evaluated(expression: &Expression) -> Result<rusqlite::types::Value, rusqlite::Error> {
    let text = format!("SELECT {}", said(expression, "sqlite"));
    connection().query_row(&text, [], |row| row.get(0))
}

fn number(expression: &Expression) -> i64 {
    match evaluated(expression).expect("an answer") {
        rusqlite::types::Value::Integer(number) => number,
        other => panic!("{other:?}"),
    }
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "parts of expressions stand in boxes"
)]
fn text(text: &str) -> Box<Expression> {
    Box::new(Expression::Text(text.to_owned()))
}

#[test]
fn what_is_weaker_stands_in_parentheses() {
    let sum = minus(column("a"), minus(column("b"), Expression::Integer(-3)));
    assert_eq!(said(&sum, "duckdb"), "a - (b - (-3))");
    let product = column("a").times(column("b").over(column("c")));
    assert_eq!(said(&product, "duckdb"), "a * (b // c)");
    let product = column("a").over(column("b")).times(column("c"));
    assert_eq!(said(&product, "duckdb"), "a // b * c");
    let either = Expression::Or(vec![
        less(column("a"), Expression::Integer(1)),
        Expression::And(vec![
            column("x"),
            Expression::Or(vec![column("y"), column("z")]),
        ]),
    ]);
    assert_eq!(said(&either, "duckdb"), "a < 1 OR (x AND (y OR z))");
    let not = Expression::Not(Box::new(Expression::IsNull(Box::new(column("a")))));
    assert_eq!(said(&not, "duckdb"), "a IS NOT NULL");
    assert_eq!(
        said(&Expression::Not(Box::new(either)), "duckdb"),
        "NOT (a < 1 OR (x AND (y OR z)))"
    );
}

#[test]
fn names_are_bare_where_they_can_be() {
    let postgres = dialect::named("postgres").expect("a dialect");
    let names = ["budget", "order", "Lead Source", "a\"b", "2x", "_x1"];
    let written = names.map(|plain| name(plain, postgres));
    assert_eq!(
        written,
        [
            "budget",
            "\"order\"",
            "\"Lead Source\"",
            "\"a\"\"b\"",
            "\"2x\"",
            "_x1"
        ]
    );
}

#[test]
fn texts_are_written_so_that_the_engine_reads_them_back() {
    let nasty = "it's a \\ back\nslash";
    assert_eq!(
        evaluated(&text(nasty)).expect("a text"),
        rusqlite::types::Value::Text(nasty.to_owned())
    );
    for dialect in ["spark", "bigquery"] {
        assert_eq!(said(&text(nasty), dialect), "'it\\'s a \\\\ back\\nslash'");
    }
}

#[test]
fn numbers_that_stand_alone_have_64_bits() {
    let case = Expression::Case {
        arms: vec![(column("x"), Expression::Integer(5))],
        otherwise: Some(Box::new(Expression::Integer(0))),
    };
    assert_eq!(
        said(&case, "postgres"),
        "CAST(CASE WHEN x THEN 5 ELSE 0 END AS bigint)"
    );
    assert_eq!(
        said(&case, "clickhouse"),
        "CASE WHEN x THEN toInt64(5) ELSE toInt64(0) END"
    );
    let within = Expression::case([(column("y"), case.clone())], Expression::Integer(1));
    assert_eq!(
        said(&within, "postgres"),
        "CAST(CASE WHEN y THEN CASE WHEN x THEN 5 ELSE 0 END ELSE 1 END AS bigint)"
    );
    assert_eq!(
        said(&plus(column("a"), case), "sqlite"),
        "a + CASE WHEN x THEN 5 ELSE 0 END"
    );
}

#[test]
fn text_functions_give_what_they_promise() {
    let flag = |truth: bool| i64::from(truth);
    assert_eq!(
        number(&Expression::EndsWith(text("abc"), text("bc"))),
        flag(true)
    );
    assert_eq!(
        number(&Expression::EndsWith(text("bc"), text("abc"))),
        flag(false)
    );
    assert_eq!(
        number(&Expression::EndsWith(text("abc"), text(""))),
        flag(true)
    );
    assert_eq!(
        number(&Expression::StartsWith(text("abc"), text("ab"))),
        flag(true)
    );
    assert_eq!(
        number(&Expression::Contains(text("abc"), text("bc"))),
        flag(true)
    );
    assert_eq!(
        number(&Expression::Matches(text("abc"), "a|b".to_owned())),
        flag(false)
    );
    assert_eq!(
        number(&Expression::Finds(text("abc"), "a|b".to_owned())),
        flag(true)
    );
    assert_eq!(number(&Expression::Length(text("aé"))), 2);
    let before = Expression::Before(text("é-b-c"), "-".to_owned());
    let after = Expression::After(text("é-b-c"), "-".to_owned());
    let without = Expression::Without(text("1,234,5"), ",3".to_owned());
    for (expression, answer) in [(before, "é"), (after, "b-c"), (without, "1245")] {
        assert_eq!(
            evaluated(&expression).expect("a text"),
            rusqlite::types::Value::Text(answer.to_owned())
        );
    }
}

#[test]
fn what_is_refused_fails_with_its_message() {
    let refused = Expression::Refuse("hotlist: not read: ".to_owned(), text("x1"));
    let error = evaluated(&refused).expect_err("a failure").to_string();
    assert!(error.contains("hotlist: not read: x1"), "{error}");
}

#[test]
fn every_dialect_says_every_expression() {
    let window = Expression::Window(Box::new(Window {
        function: WindowFunction::Of(Aggregate::Max, column("a")),
        partition: vec![column("b")],
        order: vec![Order {
            key: Expression::Bytes(Box::new(column("c"))),
            descending: true,
        }],
    }));
    for dialect in all() {
        let written = expression(&window, dialect);
        assert!(
            written.starts_with("MAX(a) OVER (PARTITION BY b ORDER BY "),
            "{written}"
        );
        let null = expression(&Expression::Null(Type::Text), dialect);
        assert!(null.starts_with("CAST(NULL AS "), "{null}");
    }
}

#[test]
fn a_query_reads_from_step_to_step() {
    let rows = Literal {
        columns: vec![
            ("age".to_owned(), Type::Integer),
            ("weight".to_owned(), Type::Integer),
        ],
        rows: (0..3)
            .map(|age| vec![Expression::Integer(age), Expression::Integer(10 - age)])
            .collect(),
    };
    let tree = Query {
        comments: vec!["A query".to_owned()],
        steps: vec![
            Step {
                name: "weights".to_owned(),
                comments: Vec::new(),
                rows: Rows::Literal(rows),
            },
            Step {
                name: "doubled".to_owned(),
                comments: vec!["Twice\nas much".to_owned()],
                rows: Rows::Select(Select {
                    all_of: vec!["weights".to_owned()],
                    items: vec![
                        Item::new("twice", plus(column("weight"), column("weight")))
                            .about("two of it"),
                    ],
                    from: Source::Step("weights".to_owned()),
                    filter: Some(less(column("age"), Expression::Integer(2))),
                    ..Select::default()
                }),
            },
        ],
        result: Select {
            items: vec![Item::new(
                "total",
                Expression::Aggregate(Aggregate::Total, Box::new(column("twice"))),
            )],
            from: Source::Step("doubled".to_owned()),
            ..Select::default()
        },
        order: Vec::new(),
    };
    let written = query(&tree, dialect::named("sqlite").expect("a dialect"));
    assert_eq!(
        written,
        "-- A query\n\
         WITH weights AS MATERIALIZED (\n    SELECT column1 AS age, column2 AS weight FROM (VALUES\n    (0, 10), (1, 9), (2, 8)\n)\n),\n\n\
         -- Twice as much\n\
         doubled AS MATERIALIZED (\n    SELECT\n        *,\n        weight + weight AS twice  -- two of it\n    FROM weights\n    WHERE age < 2\n),\n\n\
         SELECT SUM(twice) AS total\nFROM doubled\n"
            .replace("),\n\nSELECT", ")\n\nSELECT")
    );
    let total: i64 = connection()
        .query_row(&written, [], |row| row.get(0))
        .expect("a total");
    assert_eq!(total, 38);
}
