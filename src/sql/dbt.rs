//! A query as a part of a dbt project: a model whose tables are `ref()`s and `source()`s, what it gives with tests, and a
//! test of the score's bounds.

use std::fmt::Write;

use super::dialect::Dialect;
use super::lower::{self, Request, Table};
use super::relation::{Query, TableName};
use super::render;
use crate::diagnostic::Report;
use crate::model::Model;

/// A file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it stands in the project, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What the list and the ledger are called.
const LIST: &str = "ranked_leads";
const LEDGER: &str = "lead_ledger";

/// What the parameter of the date is called until it is put in.
const AS_OF: &str = "hotlist_dbt_as_of";

/// The files of the list, or of the ledger.
///
/// # Errors
/// See [`lower::list`].
pub fn files(request: Request<'_>, is_ledger: bool) -> Result<Vec<File>, Report> {
    let mut macros = Macros::default();
    let contacts = macros.table(request.contacts);
    let events = request.events.map(|events| macros.table(events));
    let overrides = request.overrides.map(|name| macros.name(name));
    let previous = request.previous.map(|name| macros.name(name));
    let own = Request {
        contacts: &contacts,
        events: events.as_ref(),
        overrides: overrides.as_ref(),
        previous: previous.as_ref(),
        as_of_parameter: request.as_of_parameter.map(|_| AS_OF),
        ..request
    };
    let query = if is_ledger {
        lower::ledger(own)?
    } else {
        lower::list(own)?
    };
    let columns: Vec<String> = query
        .result
        .items
        .iter()
        .map(|item| item.name.clone())
        .collect();
    let name = if is_ledger { LEDGER } else { LIST };
    let text = macros.put_in(&query, &request);
    let model = &request.plan.model;
    let mut files = vec![
        File {
            path: format!("models/{name}.sql"),
            text: format!("{{{{ config(materialized='table') }}}}\n\n{text}"),
        },
        File {
            path: format!("models/{name}.yml"),
            text: schema(name, &columns, model),
        },
    ];
    if !macros.sources.is_empty() {
        files.push(File {
            path: "models/hotlist_sources.yml".to_owned(),
            text: macros.sources(),
        });
    }
    if !is_ledger && columns.iter().any(|column| column == "score") {
        files.push(File {
            path: format!("tests/{name}_score_is_within_bounds.sql"),
            text: bounds(model, request.dialect),
        });
    }
    Ok(files)
}

/// The macros that stand for tables.
#[derive(Debug, Default)]
struct Macros {
    /// What stands in the query, and the macro that takes its place.
    tables: Vec<(String, String)>,
    /// Sources by name, with their tables.
    sources: Vec<(String, Vec<String>)>,
}

impl Macros {
    fn table(&mut self, table: &Table) -> Table {
        Table {
            name: self.name(&table.name),
            layout: table.layout.clone(),
        }
    }

    /// A name to stand in the query for now: of a table alone for a `ref`, of one in something for a `source`.
    fn name(&mut self, table: &TableName) -> TableName {
        let TableName::Parts(parts) = table else {
            return table.clone();
        };
        let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        let said = match parts.as_slice() {
            [.., of, name] => {
                match self.sources.iter_mut().find(|(known, _)| known == of) {
                    Some((_, tables)) if tables.contains(name) => {}
                    Some((_, tables)) => tables.push(name.clone()),
                    None => self.sources.push((of.clone(), vec![name.clone()])),
                }
                format!("{{{{ source({}, {}) }}}}", quoted(of), quoted(name))
            }
            [name] => format!("{{{{ ref({}) }}}}", quoted(name)),
            [] => return table.clone(),
        };
        let stands = format!("hotlist_dbt_table_{}", self.tables.len() + 1);
        self.tables.push((stands.clone(), said));
        TableName::Verbatim(stands)
    }

    /// The sources that the query is made from.
    fn sources(&self) -> String {
        let mut text = String::from("version: 2\n\nsources:\n");
        for (source, tables) in &self.sources {
            let _ = writeln!(text, "  - name: {}\n    tables:", yaml(source));
            for table in tables {
                let _ = writeln!(text, "      - name: {}", yaml(table));
            }
        }
        text
    }

    /// The query as text, in which what dbt would take for its own is told to stand for itself.
    fn put_in(&self, query: &Query, request: &Request<'_>) -> String {
        // A table has no order.
        let query = Query {
            order: Vec::new(),
            ..query.clone()
        };
        let mut text = render::query(&query, request.dialect);
        if let Some(name) = request.as_of_parameter {
            // What stands for it is no text of its own: some engines put marks around a parameter.
            let stands = request.dialect.parameter(AS_OF);
            text = text
                .replace(&stands, AS_OF)
                .replace(AS_OF, &format!("'{AS_OF}'"));
            text = text.replace(
                &format!("The parameter '{AS_OF}'"),
                &format!("The variable {name}"),
            );
            text = text.replace(&format!("parameter '{AS_OF}'"), &format!("variable {name}"));
        }
        for mark in ["{{", "{%", "{#"] {
            text = text.replace(mark, &format!("\u{1}{}\u{1}", &mark[1..]));
        }
        for mark in ["{", "%", "#"] {
            text = text.replace(
                &format!("\u{1}{mark}\u{1}"),
                &format!("{{{{ '{{{mark}' }}}}"),
            );
        }
        for (stands, said) in &self.tables {
            text = text.replace(stands, said);
        }
        if let Some(name) = request.as_of_parameter {
            text = text.replace(AS_OF, &format!("{{{{ var('{name}') }}}}"));
        }
        text
    }
}

/// A text of YAML.
fn yaml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What the model gives, with its tests.
fn schema(name: &str, columns: &[String], model: &Model) -> String {
    let mut text = String::from("version: 2\n\nmodels:\n");
    let about = format!("{}, scored by hotlist sql", model.title());
    // Writing into a string cannot fail.
    let _ = writeln!(
        text,
        "  - name: {name}\n    description: {}\n    columns:",
        yaml(&about)
    );
    for column in columns {
        let _ = writeln!(text, "      - name: {}", yaml(column));
        let _ = writeln!(
            text,
            "        description: {}",
            yaml(&described(column, model))
        );
        let tests = tests(name, column, model);
        if !tests.is_empty() {
            let _ = writeln!(text, "        data_tests:");
            for test in tests {
                let _ = writeln!(text, "          - {test}");
            }
        }
    }
    text
}

/// What must hold of a column.
fn tests(name: &str, column: &str, model: &Model) -> Vec<String> {
    let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match (name, column) {
        (LIST, "contact_id") => all(&["unique", "not_null"]),
        // Disqualified leads have none.
        (LIST, "rank") => all(&["unique"]),
        (LIST, "score") | (LEDGER, "contact_id" | "points") => all(&["not_null"]),
        (LIST, "temperature" | "computed_temperature") => {
            let names = model
                .temperatures
                .iter()
                .map(|temperature| yaml(&temperature.name));
            let names: Vec<String> = names.collect();
            vec![
                "not_null".to_owned(),
                format!("accepted_values: {{ values: [{}] }}", names.join(", ")),
            ]
        }
        _ => Vec::new(),
    }
}

/// What a column holds.
fn described(column: &str, model: &Model) -> String {
    let told = match column {
        "rank" => "The place in the list, from 1; none for a lead that is disqualified",
        "contact_id" => "The contact's id",
        "name" => "The contact's name",
        "email" => "The contact's e-mail address",
        "owner" => "Who looks after the lead",
        "source" => "Where the lead came from",
        "score" => "The score",
        "temperature" => "What the score is called",
        "tag" => "How a CRM writes the temperature",
        "action" => "What to do with such a lead",
        "stage" => "How far the lead has come",
        "grade" => "A letter and a number, such as A1",
        "checklist" => "Each question of the checklist and whether it is met",
        "missing" => "The questions of the checklist that are not met",
        "route" => "Where the lead goes",
        "assigned_to" => "Whose turn it is there",
        "reasons" => "Why the lead stands where it stands",
        "last_event" => "The contact's newest event",
        "computed_temperature" => "The temperature without what was set by hand",
        "override" => "What was set by hand",
        "previous_score" => "The score of the earlier list",
        "change" => "The score minus that of the earlier list",
        "as_of" => "The date or instant that the list looks back from",
        "model" => "The model's name, version and fingerprint",
        "ordinal" => "The place of the entry in the lead's ledger, from 1",
        "kind" => {
            "What the entry belongs to: a rule, a group, the score, an override or a disqualification"
        }
        "entry" => "The rule's id, the group's name, or what else it belongs to",
        "label" => "What the entry is called",
        "points" => "What it adds to the score, or takes from it",
        group => {
            let name = group.strip_prefix("group_").unwrap_or(group);
            let mut groups = model.groups.iter();
            let found = groups.find(|known| known.name == group || known.name == name);
            return found.map_or_else(String::new, |group| {
                format!("Points of the group {}", group.label)
            });
        }
    };
    told.to_owned()
}

/// The test that no score is beyond the bounds of the model; of a lead that is disqualified it is 0.
fn bounds(model: &Model, dialect: &dyn Dialect) -> String {
    let score = &model.score;
    let number = if score.decimals == 0 {
        "score".to_owned()
    } else {
        // It is a text with as few decimals as say it.
        let decimal = if dialect.name() == "clickhouse" {
            "Decimal(18, 3)"
        } else {
            "DECIMAL(18, 3)"
        };
        format!("CAST(score AS {decimal})")
    };
    format!(
        "-- Scores are from {min} to {max}; a lead that is disqualified has none.\n\
         SELECT *\nFROM {{{{ ref('{LIST}') }}}}\nWHERE {number} <> 0 AND ({number} < {min} OR {number} > {max})\n",
        min = score.min,
        max = score.max,
    )
}
