//! Which columns of the database's tables are those that a model speaks of: by the headers of exports that were loaded
//! into them, or else by the model's own names; and what was said on the command line instead.

use super::read::{ColumnType, TableColumn, TableLayout};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::model::columns::{Columns, Pick};
use crate::plan::Bound;
use crate::preset::Shape;

/// Which of the two exports a table takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The contacts.
    Contacts,
    /// The events.
    Events,
}

impl Side {
    /// The section of the model that speaks of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Events => "events",
        }
    }

    fn columns(self, model: &Model) -> &Columns {
        match self {
            Self::Contacts => &model.contacts.columns,
            Self::Events => &model.events.columns,
        }
    }

    /// Slots that a section of the model gives a name to.
    fn named(self, model: &Model) -> Vec<(&'static str, usize)> {
        match self {
            Self::Contacts => vec![("id", model.contacts.id)],
            Self::Events => vec![
                ("contact", model.events.contact),
                ("type", model.events.kind),
                ("time", model.events.time),
                ("id", model.events.id),
            ],
        }
    }
}

/// The table that an export was loaded into as it is: columns are called like its headers.
pub fn of_headers(bound: &Bound, headers: &[String], shape: Option<&'static Shape>) -> TableLayout {
    let column = |header: &Option<usize>| {
        header.map(|header| TableColumn {
            name: headers[header].clone(),
            kept_as: ColumnType::Text,
        })
    };
    TableLayout {
        columns: bound.headers.iter().map(column).collect(),
        shape,
    }
}

/// The table whose columns are called as in the model.
pub fn of_model(model: &Model, side: Side) -> TableLayout {
    let columns = side.columns(model);
    let spoken_of = |name: &str| {
        let entries = columns.entries().iter();
        let mut own = entries.filter(|column| column.pick == Pick::Only);
        own.any(|column| column.name == name) || columns.declared_spellings(name).is_some()
    };
    let usual = usual_names(model, side);
    let names = columns.entries().iter().enumerate().map(|(slot, column)| {
        let usual = usual.iter().find(|(known, _)| *known == slot);
        match (column.pick, usual) {
            (Pick::Only, _) => Some(column.name.clone()),
            (_, Some((_, name))) => Some(name.clone()),
            _ if spoken_of(&column.name) => Some(column.name.clone()),
            _ => None,
        }
    });
    let column = |name: String| TableColumn {
        name,
        kept_as: ColumnType::Text,
    };
    TableLayout {
        columns: names.map(|name| name.map(column)).collect(),
        shape: None,
    }
}

/// What needed columns are called that the model leaves to be found.
fn usual_names(model: &Model, side: Side) -> Vec<(usize, String)> {
    match side {
        Side::Contacts => vec![(model.contacts.id, "contact_id".to_owned())],
        Side::Events => {
            let contact = match model.events.matching {
                Some(slot) => model.contacts.columns.entries()[slot].name.clone(),
                None => "contact_id".to_owned(),
            };
            vec![
                (model.events.contact, contact),
                (model.events.kind, "event".to_owned()),
                (model.events.time, "timestamp".to_owned()),
            ]
        }
    }
}

/// What the command line says of a column: `[contacts.|events.]NAME=[COLUMN][:TYPE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    side: Option<Side>,
    name: String,
    column: Option<String>,
    kept_as: Option<ColumnType>,
}

impl Said {
    /// Reads what was said.
    ///
    /// # Errors
    /// A usage error where it is not of that form, or there is no such type.
    pub fn read(text: &str) -> Result<Self, Report> {
        let Some((name, column)) = text.split_once('=') else {
            return Err(usage(
                Diagnostic::error("bad-column", format!("`--column {text}` has no `=`"))
                    .hint("for instance --column budget=price_max, or with a type: --column budget=price_max:number"),
            ));
        };
        let sides = [Side::Contacts, Side::Events].into_iter();
        let mut sides = sides.filter_map(|side| {
            let rest = name.strip_prefix(side.name())?.strip_prefix('.')?;
            Some((side, rest))
        });
        let (side, name) = match sides.next() {
            Some((side, name)) => (Some(side), name),
            None => (None, name),
        };
        let (column, kept_as) = match column.rsplit_once(':') {
            None => (column, None),
            Some((column, wanted)) => {
                let known = ColumnType::ALL
                    .into_iter()
                    .find(|(known, _)| *known == wanted);
                match known {
                    Some((_, kept_as)) => (column, Some(kept_as)),
                    None => return Err(unknown_type(text, wanted)),
                }
            }
        };
        Ok(Self {
            side,
            name: name.trim().to_owned(),
            column: Some(column.trim().to_owned()).filter(|column| !column.is_empty()),
            kept_as,
        })
    }
}

fn unknown_type(text: &str, wanted: &str) -> Report {
    let names = ColumnType::ALL.map(|(name, _)| name);
    let message = format!("`--column {text}` asks for a type `{wanted}`, which there is not");
    let hint = match nearest(wanted, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    usage(Diagnostic::error("bad-column", message).hint(hint))
}

fn usage(problem: Diagnostic) -> Report {
    Report::new(Kind::Usage, problem)
}

/// Puts what was said in place of what was found.
///
/// # Errors
/// A usage error where the model speaks of no such column, or of one on either side.
pub fn apply(
    said: &[Said],
    model: &Model,
    contacts: &mut TableLayout,
    events: Option<&mut TableLayout>,
) -> Result<(), Report> {
    let mut tables = vec![(Side::Contacts, contacts)];
    tables.extend(events.map(|events| (Side::Events, events)));
    for one in said {
        let mut found = Vec::new();
        for (place, (side, _)) in tables.iter().enumerate() {
            if one.side.is_none_or(|asked| asked == *side) {
                let slots = slots_of(&one.name, model, *side);
                if !slots.is_empty() {
                    found.push((place, slots));
                }
            }
        }
        if found.len() > 1 {
            let message = format!("contacts and events both have a column `{}`", one.name);
            let hint = format!("say which: contacts.{0}=… or events.{0}=…", one.name);
            return Err(usage(Diagnostic::error("bad-column", message).hint(hint)));
        }
        let Some((place, slots)) = found.pop() else {
            let sides = tables.iter().map(|(side, _)| *side);
            return Err(unknown_column(&one.name, model, sides));
        };
        let (side, table) = &mut tables[place];
        for slot in slots {
            let known = table.columns[slot].take();
            let own = || side.columns(model).entries()[slot].name.clone();
            let name = one.column.clone();
            let name = name.or(known.as_ref().map(|known| known.name.clone()));
            table.columns[slot] = Some(TableColumn {
                name: name.unwrap_or_else(own),
                kept_as: one.kept_as.unwrap_or_default(),
            });
        }
    }
    Ok(())
}

/// The slots that go by a name: several where outputs show what the model speaks of as well.
fn slots_of(name: &str, model: &Model, side: Side) -> Vec<usize> {
    let named = side.named(model);
    let by_key: Vec<usize> = named
        .iter()
        .filter(|(key, _)| *key == name)
        .map(|(_, slot)| *slot)
        .collect();
    if !by_key.is_empty() {
        return by_key;
    }
    let entries = side.columns(model).entries().iter().enumerate();
    let same = entries.filter(|(_, column)| column.name == name);
    same.map(|(slot, _)| slot).collect()
}

fn unknown_column(name: &str, model: &Model, sides: impl Iterator<Item = Side>) -> Report {
    let mut names: Vec<&str> = Vec::new();
    for side in sides {
        names.extend(side.named(model).iter().map(|(key, _)| *key));
        let entries = side.columns(model).entries().iter();
        names.extend(entries.map(|column| column.name.as_str()));
    }
    let message = format!("the model speaks of no column `{name}`");
    let problem = Diagnostic::error("bad-column", message);
    usage(match nearest(name, names.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint("the name is the one in the model: --column NAME=COLUMN"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = r#"
[contacts.columns]
budget = ["Budget", "price_max"]
[signals]
opens = { event = "open", where = "device = 'phone'" }
[[rules]]
name = "Budget"
when = "budget >= 10 AND email IS NOT NULL"
points = 5
[[rules]]
name = "Opens"
signal = "opens"
points = 1
"#;

    fn model() -> Model {
        Model::parse("model.toml", MODEL).expect("a valid model")
    }

    fn names(table: &TableLayout) -> Vec<&str> {
        let columns = table.columns.iter().flatten();
        columns.map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn without_exports_columns_are_called_as_in_the_model() {
        let model = model();
        let contacts = of_model(&model, Side::Contacts);
        // What outputs show of a person is there where the model speaks of it.
        assert_eq!(names(&contacts), ["contact_id", "budget", "email", "email"]);
        let events = of_model(&model, Side::Events);
        assert_eq!(
            names(&events),
            ["contact_id", "event", "timestamp", "device"]
        );
    }

    #[test]
    fn what_is_said_of_a_column_is_its_name_its_type_or_both() {
        let model = model();
        let mut contacts = of_model(&model, Side::Contacts);
        let mut events = of_model(&model, Side::Events);
        let said = [
            "budget=amount:number",
            "contacts.id=:integer",
            "events.time=at",
            "device=:text",
        ];
        let said = said.map(|one| Said::read(one).expect("readable"));
        apply(&said, &model, &mut contacts, Some(&mut events)).expect("known columns");
        assert_eq!(names(&contacts), ["contact_id", "amount", "email", "email"]);
        let types = contacts
            .columns
            .iter()
            .flatten()
            .map(|column| column.kept_as);
        assert_eq!(
            types.take(2).collect::<Vec<_>>(),
            [ColumnType::Integer, ColumnType::Number]
        );
        assert_eq!(names(&events), ["contact_id", "event", "at", "device"]);
    }

    fn refusal(said: &str) -> String {
        let model = model();
        let mut contacts = of_model(&model, Side::Contacts);
        let mut events = of_model(&model, Side::Events);
        let said = Said::read(said)
            .and_then(|said| apply(&[said], &model, &mut contacts, Some(&mut events)));
        let report = said.expect_err("a refusal");
        report.diagnostics[0].message.clone()
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert_eq!(refusal("budget"), "`--column budget` has no `=`");
        assert_eq!(
            refusal("budget=price:decimal"),
            "`--column budget=price:decimal` asks for a type `decimal`, which there is not"
        );
        assert_eq!(refusal("budgt=x"), "the model speaks of no column `budgt`");
        assert_eq!(
            refusal("id=x"),
            "contacts and events both have a column `id`"
        );
    }
}
