//! SQLite with the tables of a case in it.

use super::flavour::Typed;
use super::table::Table;
use regex::Regex;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use std::sync::Arc;

/// A database in memory with these tables, all of text but for columns of a type; what is blank is NULL in those and in
/// every other row.
pub fn database(tables: &[(&str, &Table)], types: &[Typed]) -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    add_regexp(&connection)?;
    for (name, table) in tables {
        let columns: Vec<String> = table.columns.iter().map(|name| quoted(name)).collect();
        let is_typed: Vec<bool> = table
            .columns
            .iter()
            .map(|header| {
                let mut types = types.iter().filter(|typed| typed.is_known_to("sqlite"));
                types.any(|typed| typed.table == *name && typed.header == header)
            })
            .collect();
        let types: Vec<String> = columns
            .iter()
            .zip(&is_typed)
            .map(|(name, typed)| format!("{name} {}", if *typed { "NUMERIC" } else { "TEXT" }))
            .collect();
        let types = types.join(", ");
        connection.execute_batch(&format!("CREATE TABLE {name} ({types})"))?;
        let places = vec!["?"; columns.len()].join(", ");
        let transaction = connection.transaction()?;
        {
            let sql = format!("INSERT INTO {name} VALUES ({places})");
            let mut insert = transaction.prepare(&sql)?;
            for (number, row) in table.rows.iter().enumerate() {
                let cells = row.iter().zip(&is_typed);
                let cells = cells.map(|(cell, typed)| match cell.as_str() {
                    "" if *typed || number.is_multiple_of(2) => None,
                    "true" if *typed => Some("1"),
                    "false" if *typed => Some("0"),
                    cell => Some(cell),
                });
                insert.execute(rusqlite::params_from_iter(cells))?;
            }
        }
        transaction.commit()?;
    }
    Ok(connection)
}

/// What a query gives; NULL is an empty text.
pub fn rows(connection: &Connection, sql: &str) -> Result<Table> {
    let mut statement = connection.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let cells = (0..columns.len()).map(|at| Ok(text(row.get_ref(at)?)));
        rows.push(cells.collect::<Result<Vec<String>>>()?);
    }
    Ok(Table { columns, rows })
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec()).expect("text"),
        other => panic!("{other:?} is neither a whole number nor a text"),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `text REGEXP pattern`, which SQLite leaves to whoever embeds it.
fn add_regexp(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("regexp", 2, flags, |context| {
        let pattern: Arc<Regex> = context.get_or_create_aux(
            0,
            |pattern| -> std::result::Result<_, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Regex::new(pattern.as_str()?)?)
            },
        )?;
        let text: Option<String> = context.get(1)?;
        Ok(text.map(|text| pattern.is_match(&text)))
    })
}
