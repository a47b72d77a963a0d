//! The queries of a case: what `hotlist sql` makes of the model and the headers of the exports.

use super::flavour::Typed;
use super::scored::Files;

/// Why there is no answer, which is no difference.
#[derive(Debug)]
pub enum Refused {
    /// There is no query: what `hotlist sql` says.
    Model(String),
    /// The query failed: what the engine says.
    Data(String),
    /// Something is wrong with the program or the query.
    Crash(String),
}

impl Refused {
    /// What was said.
    pub fn why(&self) -> &str {
        match self {
            Self::Model(why) | Self::Data(why) | Self::Crash(why) => why,
        }
    }
}

/// The query of the list, and that of the ledger.
#[derive(Debug)]
pub struct Queries {
    pub list: String,
    pub ledger: String,
}

/// Both queries in a dialect, of tables that are called like their files.
///
/// # Errors
/// Where the model cannot be said in SQL, which is no difference but a refusal.
pub fn queries(files: &Files, dialect: &str, types: &[Typed]) -> Result<Queries, Refused> {
    Ok(Queries {
        list: query(files, dialect, types, &[])?,
        ledger: query(files, dialect, types, &["--ledger"])?,
    })
}

fn query(files: &Files, dialect: &str, types: &[Typed], more: &[&str]) -> Result<String, Refused> {
    let mut command = files.command("sql");
    command.args(["--dialect", dialect]).args(more);
    if files.previous.is_some() {
        command.args(["--previous-table", "previous"]);
    }
    if files.overrides.is_some() {
        command.args(["--overrides-table", "overrides"]);
    }
    for Typed {
        table,
        name,
        header,
        kind,
    } in types.iter().filter(|typed| typed.is_known_to(dialect))
    {
        command.args(["--column", &format!("{table}.{name}={header}:{kind}")]);
    }
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Ok(String::from_utf8(output.stdout).expect("text")),
        Some(2 | 78) => Err(Refused::Model(said)),
        _ => Err(Refused::Crash(said)),
    }
}
