//! The export's own columns that outputs carry through untouched.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
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
    pub slot: usize,
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
        let kept: Vec<Kept> = match self {
            Self::Nothing => Vec::new(),
            Self::All => {
                let mut known: HashSet<(&str, usize)> = HashSet::new();
                let mut kept = Vec::new();
                for table in tables {
                    let mut counts: HashMap<&str, usize> = HashMap::new();
                    for (place, header) in table.headers().iter().enumerate() {
                        let before = counts.entry(header).or_default();
                        if known.insert((header, *before)) {
                            let slot = columns.kept_header(header, *before);
                            let name = if header.is_empty() {
                                format!("column_{}", place + 1)
                            } else {
                                header.clone()
                            };
                            kept.push(Kept { name, slot });
                        }
                        *before += 1;
                    }
                }
                kept
            }
            Self::Named(names) => {
                let mut kept: Vec<Kept> = Vec::new();
                for name in names {
                    let slot = columns.kept(name);
                    if !kept.iter().any(|other| other.slot == slot) {
                        let name = name.clone();
                        kept.push(Kept { name, slot });
                    }
                }
                kept
            }
        };
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
        // Keys of JSON may turn up later.
        let are_delimited = tables.clone().all(Table::is_delimited);
        match kept.iter().find(is_absent) {
            Some(absent) if are_delimited => Err(nowhere(&absent.name, tables)),
            _ => Ok(()),
        }
    }
}

fn nowhere<'t>(name: &str, tables: impl Iterator<Item = &'t Table> + Clone) -> Report {
    let message = format!("no export of contacts has a column `{name}`");
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
