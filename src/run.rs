//! One run: exports in, a ranking out, by every station in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::{
    ContactRows, EventFile, EventRows, Evidence, Gathering, Unreadable, Watch, pass,
};
use crate::input::{BadRows, Binding, Opened, Options, Table};
use crate::model::columns::Columns;
use crate::plan::{Bound, Export, Plan, bind, late_slots};
use crate::rank::Ranking;
use crate::value::DecimalSign;

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
    /// Files whose last line has no end, which a file cut off in a cell has neither, and that line.
    pub unended: Vec<(String, u64)>,
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
    let names: Vec<String> = contacts
        .iter()
        .chain(&events)
        .map(|begun| begun.table.name.clone())
        .collect();
    // Files are numbered through, contacts' first.
    let mut refused = BadRows::new();
    let mut gathering = Gathering::new(plan);
    for (number, begun) in (0..).zip(&mut contacts) {
        gather(number, begun, &mut gathering, &mut refused, inputs.progress)?;
    }
    let mut unended: Vec<(String, u64)> = contacts
        .iter()
        .filter_map(|begun| {
            Some((
                begun.table.name.clone(),
                begun.table.ends_without_line_end()?,
            ))
        })
        .collect();
    let first_of_events = contacts.len();
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
    let has_events = !events.is_empty();
    let events = events.into_iter().map(|begun| EventFile {
        table: begun.table,
        binding: begun.binding,
    });
    let passed = pass(plan, contacts, events.collect(), inputs.threads, &watch)?;
    refused.merge(passed.bad.behind(first_of_events));
    let last_lines = passed.unended.into_iter();
    unended.extend(last_lines.map(|(file, line)| (names[first_of_events + file].clone(), line)));
    if !refused.is_empty() {
        return Err(refusal(refused, &names));
    }
    let contact_rows = passed.scoring.contacts().account;
    let mut ranking = Ranking::new(passed.scoring);
    let mut unreadable = std::mem::take(&mut ranking.unreadable);
    unreadable.extend(passed.unreadable);
    Ok(Run {
        ranking,
        contact_rows,
        event_rows: has_events.then_some(passed.account),
        unreadable,
        unended,
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
            ..told.clone()
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
        let table = Table::begin(opened, &section.options(plan, options))?;
        let bound = bound(columns, plan, section, &table)?;
        if section == Section::Contacts {
            self.present.resize(columns.entries().len(), false);
            for (present, header) in self.present.iter_mut().zip(&bound.headers) {
                *present |= header.is_some();
            }
        }
        self.note_taken(columns, &bound, &table, section);
        let binding = binding(&bound, columns, &table);
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

/// Gathers the contacts of a file, and the rows of it that cannot be read.
fn gather(
    number: u32,
    begun: &mut Begun,
    gathering: &mut Gathering,
    refused: &mut BadRows,
    progress: &dyn Fn(usize),
) -> Result<(), Report> {
    let Begun { table, binding } = begun;
    let mut parser = table.parser(Arc::clone(binding));
    let file = number as usize;
    while let Some(block) = table.next_block()? {
        let bad = parser.parse(&block, |row| {
            if let Err(row) = gathering.take(number, &row) {
                refused.push(file, row);
            }
        })?;
        for row in bad {
            refused.push(file, row);
        }
        progress(block.len());
    }
    Ok(())
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

fn binding(bound: &Bound, columns: &Columns, table: &Table) -> Arc<Binding> {
    let mut binding = Binding::new(bound.headers.len());
    for (slot, header) in bound.headers.iter().enumerate() {
        if let Some(header) = header {
            binding.bind(*header, slot);
        }
    }
    // A JSON object may have keys that none before it had.
    binding.late(Arc::new(late_slots(columns, bound, table.headers())));
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

/// The refusal of a run for the rows that cannot be read, whose files have these names.
fn refusal(rows: BadRows, names: &[String]) -> Report {
    let count = rows.len();
    let message = match count {
        1 => "a row cannot be read".to_owned(),
        _ => format!("{count} rows cannot be read"),
    };
    let mut list = Vec::new();
    for (file, row) in rows.into_first().into_iter().take(SHOWN) {
        let file = &names[file];
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
    if count > SHOWN as u64 {
        list.push(format!("… and {} more", count - SHOWN as u64));
    }
    Report::new(
        Kind::Data,
        Diagnostic::error("bad-rows", message)
            .list(list)
            .hint("mend these rows or export again; nothing was written"),
    )
}
