//! The queries of a case: what `hotlist sql` makes of the model and the headers of the exports.

use super::flavour::Typed;
use super::scored::Files;
use hotlist::diagnostic::Report;
use hotlist::input::{Options, open};
use hotlist::model::{Model, templates};
use hotlist::plan::{AsOf, Plan};
use hotlist::run::{Headers, Section};
use hotlist::sql::dialect;
use hotlist::sql::layout::{Said, apply, of_headers};
use hotlist::sql::lower::{Request, Table, ledger, list};
use hotlist::sql::relation::{Query, TableName};
use hotlist::sql::render;
use std::sync::Arc;

/// Why there is no answer, which is no difference.
#[derive(Debug)]
pub enum Refused {
    /// There is no query: what the program says.
    Model(String),
    /// The query failed: what the engine says.
    Data(String),
    /// Something is wrong with the query.
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
    written(files, dialect, types).map_err(|report| {
        let told = report.diagnostics.into_iter().map(|told| told.message);
        Refused::Model(told.collect::<Vec<_>>().join("\n"))
    })
}

fn written(files: &Files, name: &str, types: &[Typed]) -> Result<Queries, Report> {
    let plan = plan(files)?;
    let table = |file: &Option<String>, section: Section, name: &str| {
        let file = file.as_ref()?;
        let opened = open(&files.folder.join(file)).expect("an export");
        let options = Options::default();
        let headers = Headers::read(opened, section, &plan, &options).expect("headers");
        Some(Table {
            name: beside(name),
            layout: of_headers(&headers.bound, &headers.names, headers.shape),
        })
    };
    let contacts = Some(files.contacts.clone());
    let mut contacts = table(&contacts, Section::Contacts, "contacts").expect("contacts");
    let mut events = table(&files.events, Section::Events, "events");
    for typed in types.iter().filter(|typed| typed.is_known_to(name)) {
        let Typed {
            table,
            name,
            header,
            kind,
        } = typed;
        let said = Said::read(&format!("{table}.{name}={header}:{kind}"))?;
        let events = events.as_mut().map(|events| &mut events.layout);
        // A column that the model does not look at is refused, and is as well left alone.
        let _ = apply(&[said], &plan.model, &mut contacts.layout, events);
    }
    let dialect = dialect::named(name).expect("a dialect");
    let overrides = files.overrides.as_ref().map(|_| beside("overrides"));
    let previous = files.previous.as_ref().map(|_| beside("previous"));
    let request = Request {
        plan: &plan,
        contacts: &contacts,
        events: events.as_ref(),
        overrides: overrides.as_ref(),
        previous: previous.as_ref(),
        previous_has_computed: files.previous.as_ref().is_some_and(|file| {
            let list = std::fs::read_to_string(files.folder.join(file)).expect("a list");
            let header = list.lines().next().unwrap_or_default();
            header.split(',').any(|name| name == "computed_temperature")
        }),
        is_of_today: false,
        as_of_parameter: None,
        dialect,
        columns: &[],
    };
    let text = |query: &Query| render::query(query, dialect);
    Ok(Queries {
        list: text(&list(request)?),
        ledger: text(&ledger(request)?),
    })
}

fn beside(name: &str) -> TableName {
    TableName::Parts(vec![name.to_owned()])
}

fn plan(files: &Files) -> Result<Plan, Report> {
    let text = match &files.model {
        Some(file) => std::fs::read_to_string(files.folder.join(file)).expect("a model"),
        None => templates::REAL_ESTATE.text.to_owned(),
    };
    let file = match &files.model {
        Some(file) => file.clone(),
        None => format!("built-in {}.toml", templates::REAL_ESTATE.name),
    };
    let model = Model::parse(&file, &text)?;
    let as_of = AsOf::read(&files.as_of, &model.zone).expect("an as-of");
    Ok(Plan::new(Arc::new(model), as_of))
}
