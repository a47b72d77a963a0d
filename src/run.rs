//! One run: exports in, a ranking out, by every station in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::{
    ContactRows, EventFile, EventRows, Evidence, Gathering, Unreadable, Watch, pass,
};
use crate::input::{BadRow, Binding, Opened, Options, Table};
use crate::model::columns::Columns;
use crate::plan::{Bound, Export, Plan, bind};
use crate::rank::Ranking;

/// What a run reads, and how.
pub struct Inputs<'i> {
    /// Files of contacts; several are one input.
    pub contacts: Vec<Opened>,
    /// Files of events; there may be none.
    pub events: Vec<Opened>,
    /// How they are read.
    pub options: Options,
    /// Whether files without rows are fine.
    pub allow_empty: bool,
    /// How many threads work.
    pub threads: usize,
    /// Contacts to collect evidence for, by id.
    pub watched: &'i [String],
    /// Called with the number of bytes read, from any thread.
    pub progress: &'i (dyn Fn(usize) + Sync),
}

/// A finished run.
pub struct Run {
    /// The ranked leads.
    pub ranking: Ranking,
    /// What became of the rows of contacts.
    pub contact_rows: ContactRows,
    /// What became of the rows of events; None if there were no files of them.
    pub event_rows: Option<EventRows>,
    /// Cells that conditions could not read, contacts' first.
    pub unreadable: Vec<Unreadable>,
    /// Columns found without the model naming them: what for, and which header.
    pub taken: Vec<(String, String)>,
    /// For each slot of the contacts' columns, whether an export has it.
    pub present: Vec<bool>,
    /// The events behind the signals of watched contacts.
    pub evidence: Evidence,
    /// The numbers of the watched contacts, in the order asked for.
    pub watched: Vec<usize>,
}

/// Reads, scores and ranks.
///
/// # Errors
/// Everything that makes the result unreliable: see the kinds of [`Report`].
pub fn run(plan: &Plan, inputs: Inputs<'_>) -> Result<Run, Report> {
    let model = &plan.model;
    let mut files = Files::default();
    let contacts = files.begin_all(inputs.contacts, Section::Contacts, plan, &inputs.options);
    let events = files.begin_all(inputs.events, Section::Events, plan, &inputs.options);
    let (mut contacts, events) = match (contacts, events) {
        (Ok(contacts), Ok(events)) => (contacts, events),
        // What is wrong with the headers of both kinds is said at once.
        (Err(one), Err(other)) => return Err(one.with(other)),
        (Err(report), _) | (_, Err(report)) => return Err(report),
    };
    for begun in contacts.iter().chain(&events) {
        refuse_without_rows(&begun.table, inputs.allow_empty)?;
    }
    let mut refused = Vec::new();
    let mut gathering = Gathering::new(plan);
    for (number, begun) in (0..).zip(&mut contacts) {
        refused.extend(gather(number, begun, &mut gathering, inputs.progress)?);
    }
    let contacts = gathering.finish(model.events.matching);
    let watched = inputs
        .watched
        .iter()
        .map(|id| contacts.find_id(id).ok_or_else(|| unknown_id(id)))
        .collect::<Result<Vec<usize>, Report>>();
    let watch = Watch {
        contacts: watched
            .iter()
            .flatten()
            .copied()
            .collect::<BTreeSet<usize>>(),
        progress: inputs.progress,
    };
    let names: Vec<String> = events
        .iter()
        .map(|begun| begun.table.name.clone())
        .collect();
    let events = events.into_iter().map(|begun| EventFile {
        table: begun.table,
        binding: begun.binding,
    });
    let passed = pass(plan, contacts, events.collect(), inputs.threads, &watch)?;
    let bad = passed.bad.into_iter();
    refused.extend(bad.map(|(file, row)| (names[file].clone(), row)));
    if !refused.is_empty() {
        return Err(refusal(refused));
    }
    let contact_rows = passed.scoring.contacts().account;
    let mut ranking = Ranking::new(passed.scoring);
    let mut unreadable = std::mem::take(&mut ranking.unreadable);
    unreadable.extend(passed.unreadable);
    Ok(Run {
        ranking,
        contact_rows,
        event_rows: (!names.is_empty()).then_some(passed.account),
        unreadable,
        taken: files.taken,
        present: files.present,
        evidence: passed.evidence,
        watched: watched?,
    })
}

/// What a file is an export of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Contacts,
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

    fn columns(self, plan: &Plan) -> &Columns {
        match self {
            Self::Contacts => &plan.model.contacts.columns,
            Self::Events => &plan.model.events.columns,
        }
    }
}

/// A file whose header is read and bound to the model's columns.
struct Begun {
    table: Table,
    binding: Arc<Binding>,
}

/// What the headers of all files tell.
#[derive(Default)]
struct Files {
    taken: Vec<(String, String)>,
    present: Vec<bool>,
}

impl Files {
    /// Reads and binds the headers of files of one kind; gives everything that is wrong with them.
    fn begin_all(
        &mut self,
        opened: Vec<Opened>,
        section: Section,
        plan: &Plan,
        options: &Options,
    ) -> Result<Vec<Begun>, Report> {
        let mut begun = Vec::new();
        let mut refusals: Option<Report> = None;
        for opened in opened {
            match self.begin(opened, section, plan, options) {
                Ok(file) => begun.push(file),
                Err(report) => {
                    refusals = Some(match refusals {
                        Some(earlier) => earlier.with(report),
                        None => report,
                    });
                }
            }
        }
        refusals.map_or(Ok(begun), Err)
    }

    fn begin(
        &mut self,
        opened: Opened,
        section: Section,
        plan: &Plan,
        options: &Options,
    ) -> Result<Begun, Report> {
        let columns = section.columns(plan);
        let table = Table::begin(opened, options)?;
        let bound = bound(columns, plan, section, &table)?;
        if section == Section::Contacts {
            self.present.resize(columns.entries().len(), false);
            for (present, header) in self.present.iter_mut().zip(&bound.headers) {
                *present |= header.is_some();
            }
        }
        self.note_taken(columns, &bound, &table, section);
        let binding = binding(&bound, columns);
        Ok(Begun { table, binding })
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

/// Gathers the contacts of a file; gives the rows that cannot be read.
fn gather(
    number: u32,
    begun: &mut Begun,
    gathering: &mut Gathering,
    progress: &dyn Fn(usize),
) -> Result<Vec<(String, BadRow)>, Report> {
    let Begun { table, binding } = begun;
    let mut parser = table.parser(Arc::clone(binding));
    let mut refused = Vec::new();
    while let Some(block) = table.next_block()? {
        let bad = parser.parse(&block, |row| {
            refused.extend(gathering.take(number, &row).err());
        })?;
        refused.extend(bad);
        progress(block.len());
    }
    let name = &table.name;
    Ok(refused.into_iter().map(|row| (name.clone(), row)).collect())
}

fn refuse_without_rows(table: &Table, allow_empty: bool) -> Result<(), Report> {
    if table.has_rows() || allow_empty {
        return Ok(());
    }
    Err(Report::new(
        Kind::Data,
        Diagnostic::error(
            "no-rows",
            format!("{} has a header and no rows", table.name),
        )
        .hint("if that is as it should be, say --allow-empty"),
    ))
}

fn bound(columns: &Columns, plan: &Plan, section: Section, table: &Table) -> Result<Bound, Report> {
    let (source, spans) = table.header_source();
    let export = Export {
        name: &table.name,
        section: section.name(),
        headers: table.headers(),
        source: &source,
        spans: &spans,
    };
    bind(columns, &plan.model.source, &export)
}

fn binding(bound: &Bound, columns: &Columns) -> Arc<Binding> {
    let mut binding = Binding::new(bound.headers.len());
    for (slot, header) in bound.headers.iter().enumerate() {
        if let Some(header) = header {
            binding.bind(*header, slot);
            continue;
        }
        // A JSON object may have keys that none before it had; the first spelling is the likeliest.
        if let Some(spelling) = columns.entries()[slot].spellings.first() {
            binding.bind_key(spelling, slot);
        }
    }
    Arc::new(binding)
}

fn unknown_id(id: &str) -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("unknown-contact", format!("no contact has the id `{id}`"))
            .hint("ids are compared as they stand in the export, capitals included"),
    )
}

/// Bad rows shown one by one.
const SHOWN: usize = 20;

/// The refusal of a run for the rows that cannot be read.
fn refusal(mut rows: Vec<(String, BadRow)>) -> Report {
    // Contacts come before events, and rows of one file in its order.
    let mut files: Vec<String> = Vec::new();
    for (file, _) in &rows {
        if !files.contains(file) {
            files.push(file.clone());
        }
    }
    rows.sort_by_key(|(file, row)| {
        let place = files.iter().position(|known| known == file);
        (place, row.line, row.record)
    });
    let count = rows.len();
    let message = match count {
        1 => "a row cannot be read".to_owned(),
        _ => format!("{count} rows cannot be read"),
    };
    let mut list = Vec::new();
    for (file, row) in rows.iter().take(SHOWN) {
        let column = row
            .column
            .as_ref()
            .map_or_else(String::new, |column| format!(", column \"{column}\""));
        list.push(format!(
            "{file}:{}: {}{column}: {}",
            row.line,
            row.code.name(),
            row.message
        ));
    }
    if count > SHOWN {
        list.push(format!("… and {} more", count - SHOWN));
    }
    Report::new(
        Kind::Data,
        Diagnostic::error("bad-rows", message)
            .list(list)
            .hint("mend these rows or export again; nothing was written"),
    )
}
