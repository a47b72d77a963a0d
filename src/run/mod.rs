//! One run: exports in, a ranking out, by every station in order.

pub mod beside;
pub mod case;
mod exports;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::{
    ContactRows, EventFile, EventRows, Evidence, Gathering, Unreadable, Watch, pass,
};
use crate::input::{BadRows, Opened, Options, Table};
use crate::plan::Plan;
use crate::rank::{Beside, Ranking};
pub use exports::Known;
use exports::{Begun, Files, Section};

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
    /// What bears on leads beside the exports.
    pub beside: Beside,
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
    /// The known shape of each file, and what was passed over before its header; contacts' first.
    pub known: Vec<Known>,
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
    let account = model
        .accounts
        .filter(|accounts| accounts.event_key.is_some());
    let contacts = gathering.finish(model.events.matching, account.map(|accounts| accounts.key));
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
    let mut ranking = Ranking::new(passed.scoring, inputs.beside);
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
        known: files.known,
        evidence: passed.evidence,
        watched: watched?,
    })
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
    gathering.pass_over(table.footer_rows());
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
