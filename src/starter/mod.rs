//! A starter model fitted to the exports it is shown.
//!
//! The exports are read once, from end to end, in bounded memory for each column (`survey`); headers in several
//! languages and the cells themselves tell which column is what (`roles`, `event_columns`) and what the events are
//! (`event_types`). From that a draft is made (`draft`), written as TOML (`text`) and tried at once: it is parsed,
//! bound to the exports' headers, and its own tests are leads that it has scored (`cases`). What is not told, such as
//! the order of day and month in `03/05/2026`, is not guessed.

mod account;
mod cases;
mod dates;
mod draft;
mod event_columns;
mod event_types;
mod facts;
mod names;
mod numbers;
mod roles;
mod sketch;
mod survey;
#[cfg(test)]
mod tests;
mod text;
mod toml;
mod words;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Opened, Options};
use crate::model::Model;
use crate::model::columns::Columns;
use crate::plan::{Export, bind};
use crate::preset::{self, Shape};
use crate::value::DateOrder;
use dates::Form;
use draft::Evidence;
use event_columns::EventColumns;
use numbers::Decimals;
use roles::{Role, Roles};
use survey::Survey;

/// The exports a model is fitted to.
pub struct Exports<'e> {
    /// Files of contacts; several are one input.
    pub contacts: Vec<Opened>,
    /// Files of events; there may be none.
    pub events: Vec<Opened>,
    /// How they are read.
    pub options: Options,
    /// The order of day and month in dates that do not tell it.
    pub date_order: Option<DateOrder>,
    /// Called with the number of bytes read.
    pub progress: &'e dyn Fn(usize),
}

/// A model to start from.
#[derive(Debug)]
pub struct Starter {
    /// The model file, comments included.
    pub text: String,
    /// What was recognised, in lines for people.
    pub account: Vec<String>,
}

/// What is settled about the exports.
struct Settled<'s> {
    contacts: &'s Survey,
    events: Option<(&'s Survey, &'s EventColumns)>,
    /// The known shape of the contacts.
    shape: Option<&'static Shape>,
    /// The column of the contacts' ids.
    id: usize,
    decimals: Decimals,
    date_order: Option<DateOrder>,
}

/// Reads the exports and writes a model that runs on them.
///
/// # Errors
/// Exports that cannot be read; a column that every run needs and that nothing tells: the contacts' id, the contact,
/// type or time of events; times whose order of day and month is neither told by any nor given.
pub fn fit(exports: Exports<'_>) -> Result<Starter, Report> {
    let contacts = survey::survey(
        exports.contacts,
        preset::Kind::Contacts,
        &exports.options,
        exports.progress,
    )?;
    let decimals = Decimals::of(&contacts);
    let roles = Roles::find(&contacts, decimals);
    let id = roles.get(Role::Id).ok_or_else(|| without_id(&contacts))?;
    let events = if exports.events.is_empty() {
        None
    } else {
        let survey = survey::survey(
            exports.events,
            preset::Kind::Events,
            &exports.options,
            exports.progress,
        )?;
        let columns = event_columns::find(&survey, &contacts, &roles)?;
        refuse_untold_times(&survey, &columns, exports.date_order)?;
        Some((survey, columns))
    };
    let events = events.as_ref().map(|(survey, columns)| (survey, columns));
    let settled = Settled {
        contacts: &contacts,
        events,
        shape: contacts.shape(),
        id,
        decimals,
        date_order: exports.date_order,
    };
    let mut draft = draft::draft(&Evidence {
        contacts: &contacts,
        roles: &roles,
        decimals,
        events,
        date_order: exports.date_order,
    });
    let cases = cases::cases(&mut draft, |draft, cases| {
        text::write(draft, &settled, cases)
    })?;
    let text = text::write(&mut draft, &settled, &cases);
    let model = Model::parse(MODEL, &text)?;
    bind_all(&model.contacts.columns, &model, "contacts", &contacts)?;
    if let Some((survey, _)) = events {
        bind_all(&model.events.columns, &model, "events", survey)?;
    }
    let account = account::lines(&settled, &roles, &draft);
    Ok(Starter { text, account })
}

/// What a model is called while it is tried.
const MODEL: &str = "the starter model";

/// Binds the model to every file, as a run will.
fn bind_all(
    columns: &Columns,
    model: &Model,
    section: &str,
    survey: &Survey,
) -> Result<(), Report> {
    for file in &survey.files {
        let export = Export {
            name: &file.name,
            section,
            headers: &file.headers,
            source: &file.source,
            spans: &file.spans,
            shape: file.shape,
        };
        bind(columns, &model.source, &export)?;
    }
    Ok(())
}

fn without_id(contacts: &Survey) -> Report {
    let file = contacts
        .files
        .first()
        .map_or("the contacts", |file| file.name.as_str());
    let message = format!(
        "no column of {file} could be the contact's id: in each, a value comes twice or is blank"
    );
    Report::new(
        Kind::Data,
        Diagnostic::error("missing-column", message)
            .hint("export the contacts with their id, in a column called \"contact_id\""),
    )
}

/// The times of events must be read, so their order of day and month must be known.
fn refuse_untold_times(
    events: &Survey,
    columns: &EventColumns,
    told: Option<DateOrder>,
) -> Result<(), Report> {
    let message = match columns.form {
        Form::Untold if told.is_none() => "do not tell whether day or month comes first",
        Form::Contradictory if told.is_none() => {
            "have the day first in some cells and the month in others"
        }
        _ => return Ok(()),
    };
    let header = &events.columns[columns.time].header;
    Err(Report::new(
        Kind::Data,
        Diagnostic::error(
            "ambiguous-dates",
            format!("the dates in `{header}` {message}"),
        )
        .hint("say it: --date-order day-first or --date-order month-first"),
    ))
}
