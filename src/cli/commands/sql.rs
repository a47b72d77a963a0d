//! `hotlist sql`: the model as one query for a database.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use crate::cli::args::{Global, Sql, SqlFormat};
use crate::cli::collisions::{Files, refuse_one_file_twice, refuse_two_standard_inputs};
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::reading::{self, kinds_of};
use crate::cli::settings::{STANDARD, as_of, named_model, open_all};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::Options;
use crate::plan::Plan;
use crate::run::{Headers, Section};
use crate::sql::dbt;
use crate::sql::dialect::{self, Dialect};
use crate::sql::layout::{self, Said, Side};
use crate::sql::lower::{self, Request, Table};
use crate::sql::read::TableLayout;
use crate::sql::relation::TableName;
use crate::sql::render;

pub(in crate::cli) fn run(args: &Sql, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let output = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != STANDARD);
    let (model, named_model) = named_model(args.model.path.as_deref(), console)?;
    let inputs = args.contacts.iter().chain(&args.events.files);
    let mut inputs: Vec<PathBuf> = inputs.cloned().collect();
    refuse_two_standard_inputs(&inputs)?;
    refuse_one_file_twice(&inputs)?;
    inputs.extend(named_model);
    let files = Files {
        inputs,
        ..Files::default()
    };
    files.refuse_collisions(&[output.unwrap_or(Path::new(STANDARD)).to_owned()])?;
    if args.contacts.is_empty() && !args.events.files.is_empty() {
        return Err(events_alone().into());
    }
    if let Some(name) = &args.as_of_parameter {
        refuse_bad_parameter(name)?;
    }
    let model = Arc::new(model);
    let mut instant = as_of(args.as_of.as_deref(), &model.zone)?;
    if args.as_of.is_none() {
        // Not this very second, which nobody could ask for again.
        instant = as_of(Some(&instant.day.to_string()), &model.zone)?;
    }
    let plan = Plan::new(model, instant);
    let (contacts, events) = tables(args, &plan)?;
    let beside = |name: &Option<String>| name.as_deref().map(table_name).transpose();
    let (overrides, previous) = (
        beside(&args.overrides_table)?,
        beside(&args.previous_table)?,
    );
    let request = Request {
        plan: &plan,
        contacts: &contacts,
        events: events.as_ref(),
        overrides: overrides.as_ref(),
        previous: previous.as_ref(),
        previous_has_computed: previous_has_computed(&args.previous_columns)?,
        is_of_today: args.as_of.is_none() && args.as_of_parameter.is_none(),
        as_of_parameter: args.as_of_parameter.as_deref(),
        dialect: wanted(&args.dialect),
        columns: &args.columns,
    };
    if args.format == SqlFormat::Dbt {
        let Some(folder) = output else {
            return Err(no_folder().into());
        };
        let written = dbt::files(request, args.ledger)?;
        let targets = written.iter().map(|file| folder.join(&file.path));
        files.refuse_collisions(&targets.collect::<Vec<PathBuf>>())?;
        return write_project(&written, folder, console);
    }
    let query = if args.ledger {
        lower::ledger(request)?
    } else {
        lower::list(request)?
    };
    let text = render::query(&query, wanted(&args.dialect));
    write(&text, output)
}

/// Writes the files of a dbt project, all or none.
fn write_project(files: &[dbt::File], folder: &Path, console: Console) -> Result<()> {
    let mut sealed = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| {
                let message = format!("cannot create {}: {error}", parent.display());
                Report::new(
                    Kind::CannotCreate,
                    Diagnostic::error("cannot-create", message),
                )
            })?;
        }
        let mut target = Interrupts::listen().open(&path)?;
        let wrote = target.write_all(file.text.as_bytes());
        wrote.map_err(|error| target.failed(&error))?;
        sealed.extend(target.seal()?);
    }
    Interrupts::listen().commit(sealed)?;
    let names: Vec<String> = files
        .iter()
        .map(|file| folder.join(&file.path).display().to_string())
        .collect();
    console.say(&format!("wrote {}", names.join(", ")));
    Ok(())
}

fn no_folder() -> Report {
    let message = "a dbt project is several files, and no folder is named for them";
    Report::new(
        Kind::Usage,
        Diagnostic::error("no-folder", message)
            .hint("name the folder of the project: --format dbt -o my-project"),
    )
}

/// The dialect of a name that the parser of the arguments knows.
fn wanted(name: &str) -> &'static dyn Dialect {
    dialect::named(name).unwrap_or(dialect::all()[0])
}

/// The tables and their columns.
fn tables(args: &Sql, plan: &Plan) -> Result<(Table, Option<Table>)> {
    let model = &plan.model;
    let options = reading::options(&args.events.reading, &kinds_of(&args.events.files))?;
    let mut contacts = match headers(&args.contacts, Section::Contacts, plan, &options)? {
        Some(layout) => layout,
        None => layout::of_model(model, Side::Contacts),
    };
    let measures = !model.signals.is_empty() && args.contacts.is_empty();
    let mut events = match headers(&args.events.files, Section::Events, plan, &options)? {
        Some(layout) => Some(layout),
        None => {
            (measures || args.events_table.is_some()).then(|| layout::of_model(model, Side::Events))
        }
    };
    let said = args.column.iter().map(|one| Said::read(one));
    let said: Vec<Said> = said.collect::<Result<_, Report>>()?;
    layout::apply(&said, model, &mut contacts, events.as_mut())?;
    let events_table = args.events_table.as_deref().unwrap_or("events");
    let table = |name: &str, layout: TableLayout| -> Result<Table, Report> {
        Ok(Table {
            name: table_name(name)?,
            layout,
        })
    };
    let contacts = table(&args.contacts_table, contacts)?;
    let events = events.map(|events| table(events_table, events));
    Ok((contacts, events.transpose()?))
}

/// The columns of the table that some exports were loaded into, by their headers.
fn headers(
    paths: &[PathBuf],
    section: Section,
    plan: &Plan,
    options: &Options,
) -> Result<Option<TableLayout>, Report> {
    let mut layout: Option<TableLayout> = None;
    for opened in open_all(paths)? {
        let name = opened.name.clone();
        let headers = Headers::read(opened, section, plan, options)?;
        let next = layout::of_headers(&headers.bound, &headers.names, headers.shape);
        match &layout {
            Some(known) if known.columns != next.columns => return Err(unlike(&name)),
            _ => layout = Some(next),
        }
    }
    Ok(layout)
}

/// Whether the list of an earlier run tells what the temperatures were before anything set by hand. It is asked for what
/// it has, as a query fails where it lacks a column, but says something else where it has one that nobody named.
fn previous_has_computed(columns: &[String]) -> Result<bool> {
    let has = |name: &str| columns.is_empty() || columns.iter().any(|column| column.trim() == name);
    for name in ["contact_id", "score", "temperature"] {
        if !has(name) {
            let message = format!("a list without {name} is no list of an earlier run");
            let problem = Diagnostic::error("no-previous-column", message).hint(
                "name all columns that it has: --previous-columns contact_id,score,temperature",
            );
            return Err(Report::new(Kind::Usage, problem).into());
        }
    }
    Ok(has("computed_temperature"))
}

/// The parts of a table's name.
fn table_name(text: &str) -> Result<TableName, Report> {
    let parts: Vec<String> = text.split('.').map(|part| part.trim().to_owned()).collect();
    if parts.iter().any(String::is_empty) {
        let message = format!("`{text}` is no name of a table");
        let problem = Diagnostic::error("bad-table", message)
            .hint("a table stands behind what it is in: crm.leads");
        return Err(Report::new(Kind::Usage, problem));
    }
    Ok(TableName::Parts(parts))
}

fn refuse_bad_parameter(name: &str) -> Result<(), Report> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_word) {
        return Ok(());
    }
    let message = format!("`{name}` is no name of a parameter");
    let problem = Diagnostic::error("bad-parameter", message)
        .hint("letters, digits and underscores, a letter first: --as-of-parameter as_of");
    Err(Report::new(Kind::Usage, problem))
}

fn events_alone() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("no-contacts", "events are given without contacts")
            .hint("for instance: hotlist sql --dialect duckdb contacts.csv -e events.csv"),
    )
}

fn unlike(name: &str) -> Report {
    let message = format!(
        "{name} has other headers than the files before it, and a table has one name for each column"
    );
    let problem = Diagnostic::error("unlike-headers", message).hint(
        "name one file whose headers are the table's, or say each column: --column NAME=COLUMN",
    );
    Report::new(Kind::Usage, problem)
}

/// Writes the query to a file, which is replaced whole or not at all, or to standard output.
fn write(text: &str, output: Option<&Path>) -> Result<()> {
    let Some(path) = output else {
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    };
    let mut target = Interrupts::listen().open(path)?;
    let wrote = target.write_all(text.as_bytes());
    wrote.map_err(|error| target.failed(&error))?;
    Interrupts::listen().commit(target.seal()?)?;
    Ok(())
}
