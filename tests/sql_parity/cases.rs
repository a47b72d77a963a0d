//! Random cases: models and exports as the other properties have them, and beside them what a query could do otherwise.

use super::beyond;
use super::exports::{Exports, exports};
use super::flavour::{Flavour, Typed};
use super::models::{ModelText, Most, model_of, numbered};
use super::table::Table;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;

/// A model, the tables it scores and the as-of of the run.
#[derive(Clone)]
pub struct Case {
    pub model: String,
    pub as_of: String,
    /// By their names: `contacts`, `events`, and perhaps `previous` and `overrides`.
    pub tables: Vec<(&'static str, Table)>,
    /// The columns that have a type.
    pub types: Vec<Typed>,
}

impl fmt::Debug for Case {
    /// As it stands in the files, so that a failing case can be run by hand.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "as of {}\n{}", self.as_of, self.model)?;
        for (name, table) in &self.tables {
            writeln!(f, "{name}.csv:\n{}", table.to_csv())?;
        }
        writeln!(f, "types: {:?}", self.types)
    }
}

/// Few parts each.
const SMALL: Most = Most {
    signals: 2,
    rules: 3,
    items: 1,
    routes: 1,
};

/// A case that `score` takes.
pub fn case() -> impl Strategy<Value = Case> {
    let flavours = [&Flavour::ALL[..], &[Flavour::Typed { has_zone: false }]].concat();
    // Engines take long to plan what is large, and most of what may go wrong does so in small.
    let model = prop_oneof![1 => model_of(Most::USUAL), 5 => model_of(SMALL)];
    (model, select(flavours)).prop_flat_map(|(model, flavour)| {
        let budget = if model.text.contains("budget = [") {
            "budget"
        } else {
            "property_details.price_max"
        };
        let beyond = vec(beyond::rule(budget), 0..3);
        (exports(&model), beyond).prop_map(move |(exports, beyond)| {
            let types = flavour.types(budget);
            told(&model, (flavour, types), &beyond, &exports)
        })
    })
}

fn told(
    model: &ModelText,
    (flavour, types): (Flavour, Vec<Typed>),
    beyond: &[String],
    exports: &Exports,
) -> Case {
    let named = [
        ("contacts", &exports.contacts),
        ("events", &exports.events),
        ("previous", &exports.previous),
        ("overrides", &exports.overrides),
    ];
    let mut tables: Vec<(&'static str, Table)> = named
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(name, rows)| (name, Table::of(rows)))
        .collect();
    for (name, table) in &mut tables {
        flavour.write(name, table);
    }
    // With what is computed of it, a query would soon refuse it; what it says to it is tried elsewhere.
    let cells = tables
        .iter_mut()
        .flat_map(|(_, table)| &mut table.rows)
        .flatten();
    for cell in cells.filter(|cell| *cell == "999999999999") {
        "99999999".clone_into(cell);
    }
    let contacts = &mut tables[0].1;
    add_people(contacts);
    // A query refuses contacts that come twice, alike or not.
    let rows = std::mem::take(&mut contacts.rows);
    for row in rows {
        if !contacts.rows.contains(&row) {
            contacts.rows.push(row);
        }
    }
    Case {
        model: model_text(model, flavour, beyond),
        as_of: exports.as_of.clone(),
        tables,
        types,
    }
}

/// The model, with what the flavour needs, what temperatures ask to be done, and the rules beyond.
fn model_text(model: &ModelText, flavour: Flavour, beyond: &[String]) -> String {
    let mut text = model.text.clone();
    // Beyond 64 bits a query refuses to compute, which is tried elsewhere.
    text = text.replace("999999999999999999", "99999999");
    let mut after = |line: &str, more: &str| {
        assert_eq!(text.matches(line).count(), 1, "{line} in {text}");
        text = text.replacen(line, &format!("{line}{more}"), 1);
    };
    // The query asks for it where the columns of the exports would tell.
    after(
        "[contacts]\nid = \"contact_id\"\n",
        "date_order = \"day-first\"\n",
    );
    after("[events]\ncontact = \"contact_id\"\n", &flavour.setting());
    if matches!(flavour, Flavour::Typed { .. }) {
        // Typed numbers are spelled with a point.
        text = text.replace("decimal = \",\"\n", "");
    }
    for (name, action) in [
        ("warm", "Call, or \\\"write\\\""),
        ("hot", "It's urgent; é"),
    ] {
        let table = format!("[temperatures.{name}]\n");
        text = text.replace(&table, &format!("{table}action = \"{action}\"\n"));
    }
    text + &numbered(beyond, |at, rule| {
        format!("[[rules]]\nname = \"Beyond {at}; 'quoted' -- /* \\\\ */\"\n{rule}")
    })
}

/// Names and owners, told from the ids.
fn add_people(contacts: &mut Table) {
    let id = contacts
        .columns
        .iter()
        .position(|name| name == "contact_id");
    let id = id.expect("contacts have ids");
    let headers = ["Name", "First Name", "Last Name", "Owner"];
    contacts.columns.extend(headers.map(str::to_owned));
    for row in &mut contacts.rows {
        let person = match row[id].trim().len() % 4 {
            0 => ["Anna \"A\" de Vries", "", "", "ann@example.com"],
            1 => ["", "Bram", "'t Hooft", " "],
            2 => ["", " Zoë", "", ""],
            _ => ["=1+1", "Dirk", "D", "ben; \\x"],
        };
        row.extend(person.map(str::to_owned));
    }
}
