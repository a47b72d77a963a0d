//! The export's own columns that outputs carry through untouched.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::input::Table;
use crate::plan::Plan;

/// Which columns of the contacts are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Keep {
    /// None.
    #[default]
    Nothing,
    /// All, in the order of the files.
    All,
    /// Those called so, by the rules for names in a model.
    Named(Vec<String>),
}

/// A column that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is called in the export, or was called by who asked for it.
    pub name: String,
    /// Its slot among the columns of the contacts.
    pub(super) slot: usize,
}

impl Keep {
    /// Reads a list of columns; `all` alone means all.
    pub fn of(names: &[String]) -> Self {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        match names.as_slice() {
            [] => Self::Nothing,
            [all] if all == "all" => Self::All,
            _ => Self::Named(names),
        }
    }

    /// The plan with the columns that are kept beside those that the model asks for.
    pub(super) fn planned<'p>(
        &self,
        plan: &'p Plan,
        tables: &[Table],
    ) -> (Cow<'p, Plan>, Vec<Kept>) {
        if *self == Self::Nothing {
            return (Cow::Borrowed(plan), Vec::new());
        }
        let mut model = (*plan.model).clone();
        let columns = &mut model.contacts.columns;
        let mut kept: Vec<Kept> = Vec::new();
        let mut add = |name: &str, slot: usize| {
            if !kept.iter().any(|other| other.slot == slot) {
                let name = name.to_owned();
                kept.push(Kept { name, slot });
            }
        };
        match self {
            Self::Nothing => {}
            Self::All => {
                for table in tables {
                    let headers = table.headers();
                    for (place, header) in headers.iter().enumerate() {
                        // A column without a name cannot be asked for, nor found again in what is written.
                        if !header.is_empty() {
                            let before = headers[..place].iter().filter(|other| *other == header);
                            add(header, columns.kept_header(header, before.count()));
                        }
                    }
                }
            }
            Self::Named(names) => {
                for name in names {
                    add(name, columns.kept(name));
                }
            }
        }
        let plan = Plan::new(Arc::new(model), plan.as_of);
        (Cow::Owned(plan), kept)
    }
}

impl Kept {
    /// The refusal of a column that none of the tables has; `present` tells of each slot whether one fills it.
    pub(super) fn refuse_absent<'t>(
        kept: &[Self],
        present: &[bool],
        tables: impl Iterator<Item = &'t Table> + Clone,
    ) -> Result<(), Report> {
        let is_absent = |kept: &&Self| present.get(kept.slot) == Some(&false);
        // An array without elements has no keys that could be missing.
        let has_headers = tables.clone().any(|table| !table.headers().is_empty());
        match kept.iter().find(is_absent) {
            Some(absent) if has_headers => Err(nowhere(&absent.name, tables)),
            _ => Ok(()),
        }
    }
}

fn nowhere<'t>(name: &str, tables: impl Iterator<Item = &'t Table> + Clone) -> Report {
    let message = format!("no export of contacts has a column `{name}` to keep");
    let headers = tables.flat_map(Table::headers).map(String::as_str);
    let hint = match nearest(name, headers.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", headers.collect::<Vec<&str>>().join(", ")),
    };
    Report::new(
        Kind::Usage,
        Diagnostic::error("nothing-to-keep", message).hint(hint),
    )
}
