//! One run: exports in, a ranking out, by every station in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::{
    ContactRows, EventFile, EventRows, Evidence, Gathering, Passed, Unreadable, Watch, pass,
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
    let columns = &model.contacts.columns;
    let mut taken = Vec::new();
    let mut present = vec![false; columns.entries().len()];
    let mut gathering = Gathering::new(plan);
    let mut refused = Vec::new();
    for (number, opened) in (0..).zip(inputs.contacts) {
        let mut table = begin(opened, &inputs.options, inputs.allow_empty)?;
        let bound = bound(columns, plan, "contacts", &table)?;
        for (slot, header) in bound.headers.iter().enumerate() {
            present[slot] |= header.is_some();
        }
        note_taken(&mut taken, columns, &bound, &table, "contacts");
        let mut parser = table.parser(binding(&bound, columns));
        let mut bad = Vec::new();
        while let Some(block) = table.next_block()? {
            bad.extend(parser.parse(&block, |row| {
                if let Err(row) = gathering.take(number, &row) {
                    refused.push((table.name.clone(), row));
                }
            })?);
            (inputs.progress)(block.len());
        }
        refused.extend(bad.into_iter().map(|row| (table.name.clone(), row)));
    }
    let contacts = gathering.finish(model.events.matching);
    let watched = inputs
        .watched
        .iter()
        .map(|id| contacts.find_id(id).ok_or_else(|| unknown_id(id)))
        .collect::<Result<Vec<usize>, Report>>();

    let columns = &model.events.columns;
    let mut files = Vec::new();
    for opened in inputs.events {
        let table = begin(opened, &inputs.options, inputs.allow_empty)?;
        let bound = bound(columns, plan, "events", &table)?;
        note_taken(&mut taken, columns, &bound, &table, "events");
        let binding = binding(&bound, columns);
        files.push(EventFile { table, binding });
    }
    let names: Vec<String> = files.iter().map(|file| file.table.name.clone()).collect();
    let watch = Watch {
        contacts: watched
            .iter()
            .flatten()
            .copied()
            .collect::<BTreeSet<usize>>(),
        progress: inputs.progress,
    };
    let passed = pass(plan, contacts, files, inputs.threads, &watch)?;
    let Passed {
        scoring,
        account,
        bad,
        unreadable,
        evidence,
    } = passed;
    refused.extend(
        bad.into_iter()
            .map(|(file, row)| (names[file].clone(), row)),
    );
    if !refused.is_empty() {
        return Err(refusal(refused));
    }
    let contact_rows = scoring.contacts().account;
    let mut ranking = Ranking::new(scoring);
    let mut all_unreadable = std::mem::take(&mut ranking.unreadable);
    all_unreadable.extend(unreadable);
    Ok(Run {
        ranking,
        contact_rows,
        event_rows: (!names.is_empty()).then_some(account),
        unreadable: all_unreadable,
        taken,
        present,
        evidence,
        watched: watched?,
    })
}

fn begin(opened: Opened, options: &Options, allow_empty: bool) -> Result<Table, Report> {
    let table = Table::begin(opened, options)?;
    if !table.has_rows() && !allow_empty {
        return Err(Report::new(
            Kind::Data,
            Diagnostic::error(
                "no-rows",
                format!("{} has a header and no rows", table.name),
            )
            .hint("if that is as it should be, say --allow-empty"),
        ));
    }
    Ok(table)
}

fn bound(columns: &Columns, plan: &Plan, section: &str, table: &Table) -> Result<Bound, Report> {
    let (source, spans) = table.header_source();
    let export = Export {
        name: &table.name,
        section,
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

/// Remembers which header was taken for a needed column that the model leaves to be found.
fn note_taken(
    taken: &mut Vec<(String, String)>,
    columns: &Columns,
    bound: &Bound,
    table: &Table,
    section: &str,
) {
    for (column, header) in columns.entries().iter().zip(&bound.headers) {
        if let (None, true, Some(header)) = (&column.span, column.needed, header) {
            let purpose = format!("{section}.{}", column.name);
            let note = (purpose, table.headers()[*header].clone());
            if !taken.contains(&note) {
                taken.push(note);
            }
        }
    }
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
    let mut message = match count {
        1 => "a row cannot be read".to_owned(),
        _ => format!("{count} rows cannot be read"),
    };
    for (file, row) in rows.iter().take(SHOWN) {
        let column = row
            .column
            .as_ref()
            .map_or_else(String::new, |column| format!(", column \"{column}\""));
        message.push_str(&format!(
            "\n{file}:{}: {}{column}: {}",
            row.line,
            row.code.name(),
            row.message
        ));
    }
    if count > SHOWN {
        message.push_str(&format!("\n… and {} more", count - SHOWN));
    }
    Report::new(
        Kind::Data,
        Diagnostic::error("bad-rows", message)
            .hint("mend these rows or export again; nothing was written"),
    )
}
