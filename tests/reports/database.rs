//! Files of a scene as tables of a database.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

/// A database with files as tables; cells are texts, and blank ones NULL.
pub struct Database(Connection);

impl Database {
    pub fn new() -> Self {
        Self(Connection::open_in_memory().expect("a database"))
    }

    /// Adds the rows of a CSV file as a table.
    pub fn add_csv(&self, table: &str, csv: &str) {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let headers: Vec<String> = reader
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            row.iter()
                .map(|cell| (!cell.trim().is_empty()).then(|| cell.to_owned()))
                .collect()
        });
        self.add(table, &headers, rows.collect());
    }

    fn add(&self, table: &str, headers: &[String], rows: Vec<Vec<Option<String>>>) {
        let columns: Vec<String> = headers
            .iter()
            .map(|header| format!("\"{header}\" TEXT"))
            .collect();
        let places = vec!["?"; headers.len()].join(", ");
        self.run(&format!("CREATE TABLE {table} ({})", columns.join(", ")));
        self.run("BEGIN");
        let insert = format!("INSERT INTO {table} VALUES ({places})");
        let mut insert = self.0.prepare(&insert).expect("SQL");
        for row in rows {
            insert.execute(params_from_iter(row)).expect("a row");
        }
        self.run("COMMIT");
    }

    pub fn run(&self, sql: &str) {
        self.0
            .execute_batch(sql)
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// The rows of a query.
    pub fn rows(&self, sql: &str) -> Vec<Vec<Sql>> {
        let mut query = self
            .0
            .prepare(sql)
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        let width = query.column_count();
        let rows = query.query_map([], |row| (0..width).map(|column| row.get(column)).collect());
        rows.expect("SQL").map(|row| row.expect("a row")).collect()
    }

    /// The only cell of a query.
    pub fn cell(&self, sql: &str) -> Sql {
        self.rows(sql).swap_remove(0).swap_remove(0)
    }
}

/// A cell as a number; none of nothing.
pub fn number(cell: &Sql) -> Option<f64> {
    match cell {
        Sql::Null => None,
        #[allow(clippy::cast_precision_loss)]
        Sql::Integer(number) => Some(*number as f64),
        Sql::Real(number) => Some(*number),
        other => panic!("{other:?} is no number"),
    }
}

pub fn text(cell: &Sql) -> &str {
    match cell {
        Sql::Text(text) => text,
        other => panic!("{other:?} is no text"),
    }
}

/// The rows of a table of a report.
#[track_caller]
pub fn table<'j>(report: &'j Value, name: &str) -> &'j Vec<Value> {
    let table = report["tables"][name].as_array();
    table.unwrap_or_else(|| panic!("no table {name} in {report}"))
}

/// That a cell of a report is this figure, rounded to so many decimals.
#[track_caller]
pub fn assert_near(row: &Value, column: &str, wanted: Option<f64>, decimals: i32) {
    let found = row[column].as_f64();
    let near = match (found, wanted) {
        (Some(found), Some(wanted)) => (found - wanted).abs() <= 0.5001 * 10_f64.powi(-decimals),
        (None, None) => true,
        _ => false,
    };
    assert!(near, "{column}: {found:?} is not {wanted:?} in {row}");
}
