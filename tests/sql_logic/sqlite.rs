//! SQLite with the leads in a table, and with the functions that it lacks.

use super::Truth;
use super::cells::reading_of;
use super::functions;
use super::rows::{COLUMNS, Lead};
use super::translation::translate;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, ToSql};

/// What each condition comes to for each lead, one list for each condition.
pub fn truths(conditions: &[String], leads: &[Lead]) -> Vec<Vec<Truth>> {
    let translated: Vec<String> = conditions.iter().map(|c| translate(c)).collect();
    evaluate(&translated, leads)
}

/// The same for conditions that are in SQLite's own syntax.
pub fn evaluate(conditions: &[String], leads: &[Lead]) -> Vec<Vec<Truth>> {
    let connection = database(leads).expect("a database");
    conditions
        .iter()
        .map(|condition| {
            column(&connection, condition).unwrap_or_else(|error| panic!("{condition}: {error}"))
        })
        .collect()
}

fn column(connection: &Connection, condition: &str) -> rusqlite::Result<Vec<Truth>> {
    let mut statement =
        connection.prepare(&format!("SELECT {condition} FROM leads ORDER BY id"))?;
    let truths = statement.query_map([], |row| row.get::<_, Truth>(0))?;
    truths.collect()
}

fn database(leads: &[Lead]) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch("PRAGMA case_sensitive_like = ON")?;
    add_functions(&connection)?;

    let columns = COLUMNS.map(|name| {
        format!("{name} TEXT, {name}_number REAL, {name}_day TEXT, {name}_yes INTEGER")
    });
    let columns = columns.join(", ");
    connection.execute_batch(&format!(
        "CREATE TABLE leads (id INTEGER PRIMARY KEY, quiet REAL, {columns})"
    ))?;
    let places = vec!["?"; 2 + 4 * COLUMNS.len()].join(", ");
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO leads VALUES ({places})"))?;
        for (id, lead) in (0_i64..).zip(leads) {
            let text = lead.cells.map(|cell| (!cell.blank).then_some(cell.text));
            let mut values: Vec<&dyn ToSql> = vec![&id, &lead.quiet];
            for (text, cell) in text.iter().zip(lead.cells) {
                values.extend([text as &dyn ToSql, &cell.number, &cell.day, &cell.yes]);
            }
            insert.execute(values.as_slice())?;
        }
    }
    transaction.commit()?;
    Ok(connection)
}

/// What is asked of one text.
type Test = fn(&str) -> bool;
/// What is asked of two texts.
type Relation = fn(&str, &str) -> bool;

fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let tests: [(&str, Test); 3] = [
        ("is_email", functions::is_email),
        ("is_free_email", functions::is_free_email),
        ("is_phone", functions::is_phone),
    ];
    for (name, test) in tests {
        add(connection, name, move |[text]| test(&text))?;
    }
    let relations: [(&str, Relation); 5] = [
        ("starts_with", functions::starts_with),
        ("ends_with", functions::ends_with),
        ("contains", functions::contains),
        ("regexp_like", functions::regexp_like),
        ("has_tag", functions::has_tag),
    ];
    for (name, relation) in relations {
        add(connection, name, move |[left, right]| {
            relation(&left, &right)
        })?;
    }
    add(connection, "number", |[text]| reading_of(&text).number)?;
    add(connection, "day", |[text]| reading_of(&text).day)?;
    add(connection, "yes_no", |[text]| reading_of(&text).yes)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("decimal", 1, flags, |context| {
        let result: Option<f64> = context.get(0)?;
        Ok(result.and_then(functions::decimal))
    })
}

/// Adds a function of texts that is NULL where one of them is.
fn add<const COUNT: usize, T: ToSql + 'static>(
    connection: &Connection,
    name: &str,
    function: impl Fn([String; COUNT]) -> T + Send + 'static,
) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let count = i32::try_from(COUNT).expect("few arguments");
    connection.create_scalar_function(name, count, flags, move |context: &Context<'_>| {
        let texts: Vec<Option<String>> = (0..COUNT)
            .map(|at| context.get(at))
            .collect::<rusqlite::Result<_>>()?;
        let known: Option<Vec<String>> = texts.into_iter().collect();
        Ok(known.map(|texts| function(texts.try_into().expect("as many as asked for"))))
    })
}
