//! The exports of a run: headers read, checked and bound to the columns of the model, before any row is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Report;
use crate::engine::EventFile;
use crate::input::{Binding, Opened, Options, Table};
use crate::model::columns::Columns;
use crate::plan::{Bound, Export, Plan, bind, late_slots};
use crate::preset;
use crate::value::DecimalSign;

/// What a file is an export of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The contacts.
    Contacts,
    /// What they did.
    Events,
}

impl Section {
    /// The section of the model that speaks of it.
    fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Events => "events",
        }
    }

    fn kind(self) -> preset::Kind {
        match self {
            Self::Contacts => preset::Kind::Contacts,
            Self::Events => preset::Kind::Events,
        }
    }

    fn columns(self, plan: &Plan) -> &Columns {
        match self {
            Self::Contacts => &plan.model.contacts.columns,
            Self::Events => &plan.model.events.columns,
        }
    }
}

impl Section {
    /// How exports of this kind are read: as told, with the sign that the model says their numbers have.
    fn options(self, plan: &Plan, told: &Options) -> Options {
        let model = &plan.model;
        let cells = match self {
            Self::Contacts => &model.contacts.cells,
            Self::Events => &model.events.cells,
        };
        Options {
            decimal_comma: cells.decimal == DecimalSign::Comma,
            kinds: vec![self.kind()],
            ..told.clone()
        }
    }
}

/// What the header of a file says, without any row being read.
#[derive(Debug)]
pub struct Headers {
    /// The headers, in the order of the file.
    pub names: Vec<String>,
    /// Which of them fill the model's columns.
    pub bound: Bound,
    /// The known shape that the file has.
    pub shape: Option<&'static preset::Shape>,
}

impl Headers {
    /// Reads the header of a file and binds it to the model's columns.
    ///
    /// # Errors
    /// Whatever a run would refuse of the header.
    pub fn read(
        opened: Opened,
        section: Section,
        plan: &Plan,
        options: &Options,
    ) -> Result<Self, Report> {
        let table = Table::begin(opened, &section.options(plan, options))?;
        Ok(Self {
            bound: bound(section.columns(plan), plan, section, &table)?,
            names: table.headers().to_vec(),
            shape: table.preset(),
        })
    }
}

/// A file whose header is read and bound to the model's columns.
pub(super) struct Begun {
    pub table: Table,
    pub binding: Arc<Binding>,
}

/// What was taken for granted of a file because of its shape, or because it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The file.
    pub file: String,
    /// The known shape it has.
    pub shape: Option<&'static preset::Shape>,
    /// Lines before its header that were passed over.
    pub lines_before_header: u64,
}

/// Keys that could not be kept, as far as they are named.
const UNKEPT_SHOWN: usize = 5;

/// What the headers of all files tell.
#[derive(Default)]
pub(super) struct Files {
    /// Columns found without the model naming them: what for, and which header.
    pub taken: Vec<(String, String)>,
    /// For each slot of the contacts' columns, whether an export has it.
    pub present: Vec<bool>,
    /// What was taken for granted of each file.
    pub known: Vec<Known>,
    /// Where keys go that turn up behind the beginning of JSON and that no column of the contacts is filled by, if all
    /// columns are to be kept.
    pub unkept: Option<Arc<Mutex<BTreeSet<String>>>>,
}

/// Reads the headers of files of one kind; gives everything that is wrong with them.
pub(super) fn begin_all(
    opened: Vec<Opened>,
    section: Section,
    plan: &Plan,
    options: &Options,
) -> Result<Vec<Table>, Report> {
    let options = section.options(plan, options);
    all(opened, |opened| Table::begin(opened, &options))
}

/// What is made of each, or everything that is wrong with any of them.
fn all<T, U>(
    things: Vec<T>,
    mut make: impl FnMut(T) -> Result<U, Report>,
) -> Result<Vec<U>, Report> {
    let mut made = Vec::new();
    let mut refusals: Option<Report> = None;
    for thing in things {
        match make(thing) {
            Ok(one) => made.push(one),
            Err(report) => {
                refusals = Some(match refusals {
                    Some(earlier) => earlier.with(report),
                    None => report,
                });
            }
        }
    }
    refusals.map_or(Ok(made), Err)
}

/// The files as the engine takes them.
pub(super) fn event_files(begun: Vec<Begun>) -> Vec<EventFile> {
    let file = |begun: Begun| EventFile {
        table: begun.table,
        binding: begun.binding,
    };
    begun.into_iter().map(file).collect()
}

impl Files {
    /// Binds the headers of files of one kind; gives everything that is wrong with them.
    pub(super) fn bind_all(
        &mut self,
        tables: Vec<Table>,
        section: Section,
        plan: &Plan,
    ) -> Result<Vec<Begun>, Report> {
        all(tables, |table| self.bind(table, section, plan))
    }

    fn bind(&mut self, table: Table, section: Section, plan: &Plan) -> Result<Begun, Report> {
        let columns = section.columns(plan);
        let bound = bound(columns, plan, section, &table)?;
        if section == Section::Contacts {
            self.present.resize(columns.entries().len(), false);
            for (present, header) in self.present.iter_mut().zip(&bound.headers) {
                *present |= header.is_some();
            }
        }
        self.note_taken(columns, &bound, &table, section);
        // Events may be opened twice.
        if !self.known.iter().any(|known| known.file == table.name) {
            self.known.push(Known {
                file: table.name.clone(),
                shape: table.preset(),
                lines_before_header: table.lines_before_header(),
            });
        }
        let unkept = self.unkept.clone().filter(|_| section == Section::Contacts);
        let binding = binding(&bound, columns, &table, unkept);
        Ok(Begun { table, binding })
    }

    /// What is to be said of keys that could not be kept.
    pub(super) fn unkept(&self) -> Option<String> {
        let keys = self.unkept.as_ref()?;
        let keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
        let first: Vec<&str> = keys.iter().take(UNKEPT_SHOWN).map(String::as_str).collect();
        let more = keys.len() - first.len();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (!first.is_empty()).then(|| {
            format!(
                "{}{more} first turn up far down in the JSON and are kept only if named: --keep {}",
                first.join(", "),
                first.join(",")
            )
        })
    }

    /// Remembers which header was taken for a needed column that the model leaves to be found.
    fn note_taken(&mut self, columns: &Columns, bound: &Bound, table: &Table, section: Section) {
        for (column, header) in columns.entries().iter().zip(&bound.headers) {
            if let (None, true, Some(header)) = (&column.span, column.needed, header) {
                let purpose = format!("{}.{}", section.name(), column.name);
                let note = (purpose, table.headers()[*header].clone());
                if !self.taken.contains(&note) {
                    self.taken.push(note);
                }
            }
        }
    }
}

fn bound(columns: &Columns, plan: &Plan, section: Section, table: &Table) -> Result<Bound, Report> {
    let (source, spans) = table.header_source();
    let export = Export {
        name: &table.name,
        section: section.name(),
        headers: table.headers(),
        source: &source,
        spans: &spans,
        shape: table.preset(),
    };
    bind(columns, &plan.model.source, &export)
}

fn binding(
    bound: &Bound,
    columns: &Columns,
    table: &Table,
    unkept: Option<Arc<Mutex<BTreeSet<String>>>>,
) -> Arc<Binding> {
    let mut binding = Binding::new(bound.headers.len());
    for (slot, header) in bound.headers.iter().enumerate() {
        if let Some(header) = header {
            binding.bind(*header, slot);
        }
    }
    // A JSON object may have keys that none before it had.
    let late = late_slots(columns, bound, table.headers(), table.preset());
    binding.late(Arc::new(move |key| {
        let slots = late(key);
        if let (true, Some(unkept)) = (slots.is_empty(), &unkept) {
            let mut unkept = unkept.lock().unwrap_or_else(PoisonError::into_inner);
            unkept.insert(key.to_owned());
        }
        slots
    }));
    Arc::new(binding)
}
