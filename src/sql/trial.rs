//! Expressions tried on `SQLite`: how the tests of what is lowered evaluate it.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Statement, types::Value};

use super::dialect;
use super::expression::Expression;
use super::read::Cells;
use super::relation::{Item, Join, Query, Rows, Select, Source, Step, TableName};
use super::render;
use super::zone::{Offsets, Table};
use crate::value::Zone;

/// A database with the function that patterns need.
pub(in crate::sql) fn connection() -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let known: RefCell<HashMap<String, Regex>> = RefCell::default();
    connection
        .create_scalar_function("regexp", 2, flags, move |context| {
            let pattern: String = context.get(0)?;
            let text: Option<String> = context.get(1)?;
            let mut known = known.borrow_mut();
            let pattern = known
                .entry(pattern.clone())
                .or_insert_with(|| Regex::new(&pattern).expect("a pattern"));
            Ok(text.map(|text| pattern.is_match(&text)))
        })
        .expect("a function");
    connection
}

/// What a query over one row says, of which the cells can be changed.
pub(in crate::sql) struct Trial {
    update: RefCell<Statement<'static>>,
    query: RefCell<Statement<'static>>,
    text: String,
    connection: &'static Connection,
}

impl Trial {
    /// Values over the cells of a table with so many columns, called `c0`, `c1` and so on.
    pub fn new(columns: usize, cells: &Cells<'_>, values: Vec<Expression>, zone: &Zone) -> Self {
        let query = query_over(
            TableName::Parts(vec!["cells".to_owned()]),
            cells,
            values,
            zone,
        );
        let dialect = dialect::named("sqlite").expect("a dialect");
        let query = render::query(&query, dialect);
        // It lives as long as the test, and its statements with it.
        let connection: &'static Connection = Box::leak(Box::new(connection()));
        let names: Vec<String> = (0..columns).map(|n| format!("c{n}")).collect();
        let nulls = vec!["NULL"; columns].join(", ");
        let sets: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
        let names = names.join(", ");
        let batch = format!("CREATE TABLE cells ({names}); INSERT INTO cells VALUES ({nulls})");
        connection.execute_batch(&batch).expect("a table");
        let update = format!("UPDATE cells SET {}", sets.join(", "));
        let prepared = |text: &str| {
            let statement = connection.prepare(text);
            RefCell::new(statement.unwrap_or_else(|error| panic!("{error}\n{text}")))
        };
        Self {
            update: prepared(&update),
            query: prepared(&query),
            text: query,
            connection,
        }
    }

    /// The values for some cells, or the message with which the query fails.
    pub fn said(&self, cells: &[Option<&str>]) -> Result<Vec<Value>, String> {
        let mut update = self.update.borrow_mut();
        update
            .execute(rusqlite::params_from_iter(cells))
            .expect("an update");
        self.row()
    }

    fn row(&self) -> Result<Vec<Value>, String> {
        let mut query = self.query.borrow_mut();
        let count = query.column_count();
        let row = query.query_row([], |row| (0..count).map(|n| row.get(n)).collect());
        row.map_err(|error| error.to_string())
    }

    /// The same for a value of the first column that is written as in SQL.
    pub fn said_of(&self, value: &str) -> Result<Vec<Value>, String> {
        self.connection
            .execute_batch(&format!("UPDATE cells SET c0 = {value}"))
            .expect("an update");
        self.row()
    }

    /// The only value, a whole number or NULL.
    pub fn number(&self, cell: &str) -> Result<Option<i64>, String> {
        let values = self.said(&[Some(cell)])?;
        Ok(match &values[0] {
            Value::Integer(number) => Some(*number),
            Value::Null => None,
            other => panic!("{other:?} of {cell:?}"),
        })
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The query for values over the cells of a table.
pub(in crate::sql) fn query_over(
    table: TableName,
    cells: &Cells<'_>,
    values: Vec<Expression>,
    zone: &Zone,
) -> Query {
    const OFFSETS: &str = "offsets";
    let mut steps = Vec::new();
    if let Offsets::Table(table) = Offsets::of(zone) {
        steps.push(Step {
            name: OFFSETS.to_owned(),
            comments: Vec::new(),
            rows: Rows::Literal(table.literal()),
        });
    }
    let mut from = Source::Table {
        written: table,
        known_as: "cells_read".to_owned(),
    };
    for (number, step) in cells.steps().into_iter().enumerate() {
        let joins = step.joins.into_iter().map(|joined| Join {
            keeps_all: true,
            on: vec![(
                joined.piece,
                Expression::column_of(&joined.known_as, Table::PIECE),
            )],
            to: Source::StepAs {
                step: OFFSETS.to_owned(),
                known_as: joined.known_as,
            },
        });
        let all_of = if number == 0 {
            Vec::new()
        } else {
            vec![from.name().to_owned()]
        };
        let items = step.columns.into_iter();
        let select = Select {
            all_of,
            items: items.map(|(name, value)| Item::new(name, value)).collect(),
            joins: joins.collect(),
            from,
            ..Select::default()
        };
        let name = format!("step_{number}");
        steps.push(Step {
            name: name.clone(),
            comments: Vec::new(),
            rows: Rows::Select(select),
        });
        from = Source::Step(name);
    }
    let items = values.into_iter().enumerate();
    Query {
        comments: Vec::new(),
        steps,
        result: Select {
            items: items
                .map(|(number, value)| Item::new(format!("value_{number}"), value))
                .collect(),
            from,
            ..Select::default()
        },
        order: Vec::new(),
    }
}
