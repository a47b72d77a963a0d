//! One run: exports in, a ranking out, by every station in order.

pub mod beside;
pub mod case;
mod exports;
mod guards;
mod keep;
mod limit;
pub mod list;
mod refused;
mod small_file;
pub mod spend;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::{
    ContactRows, EventRows, Events, Evidence, Gathering, OnDuplicate, Unreadable, Watch, pass,
};
use crate::input::{Again, BadRows, Opened, Options, Rejects, Table};
use crate::plan::Plan;
use crate::rank::{Beside, Ranking};
use exports::{Begun, Files, event_files};
pub use exports::{Headers, Known, Section};
pub use guards::{Finding, Guards, read_fail_on};
pub use keep::{Keep, Kept};
pub use limit::Limit;
pub use refused::{Counts, left_out, refusal};

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
    /// What is done with rows that have one id and differ.
    pub on_duplicate: OnDuplicate,
    /// How many rows that cannot be read are left out, instead of the run being refused.
    pub budget: Limit,
    /// Where rows go that cannot be read.
    pub rejects: Option<Arc<Rejects>>,
    /// The columns of the contacts to keep for the outputs.
    pub keep: Keep,
    /// The columns of outputs, where they are settled: of a person nothing is kept that is in none of them.
    pub shown: Option<Vec<String>>,
    /// How many threads work.
    pub threads: usize,
    /// What bears on leads beside the exports.
    pub beside: Beside,
    /// Contacts to collect evidence for, by id.
    pub watched: &'i [String],
    /// Called with the number of bytes read, from any thread.
    pub progress: &'i (dyn Fn(usize) + Sync),
}

impl Default for Inputs<'_> {
    /// Nothing to read, strictly, by one thread.
    fn default() -> Self {
        Self {
            contacts: Vec::new(),
            events: Vec::new(),
            options: Options::default(),
            allow_empty: false,
            on_duplicate: OnDuplicate::default(),
            budget: Limit::NONE,
            rejects: None,
            keep: Keep::default(),
            shown: None,
            threads: 1,
            beside: Beside::default(),
            watched: &[],
            progress: &|_| {},
        }
    }
}

/// A finished run.
pub struct Run {
    /// The ranked leads.
    pub ranking: Ranking,
    /// The names of the files, contacts' first.
    pub files: Vec<String>,
    /// What became of the rows of contacts.
    pub contact_rows: ContactRows,
    /// What became of the rows of events; None if there were no files of them.
    pub event_rows: Option<EventRows>,
    /// The rows that cannot be read and were left out.
    pub bad: BadRows,
    /// Cells that conditions could not read, contacts' first.
    pub unreadable: Vec<Unreadable>,
    /// Files whose last line has no end, which a file cut off in a cell has neither, and that line.
    pub unended: Vec<(String, u64)>,
    /// What a reader of the summary should know of how files were read, a line each.
    pub notes: Vec<String>,
    /// Columns found without the model naming them: what for, and which header.
    pub taken: Vec<(String, String)>,
    /// For each slot of the contacts' columns, whether an export has it.
    pub present: Vec<bool>,
    /// The columns that were kept for the outputs.
    pub kept: Vec<Kept>,
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
pub fn run(plan: &Plan, mut inputs: Inputs<'_>) -> Result<Run, Report> {
    let options = &inputs.options;
    let again: Vec<Again> = inputs.events.iter_mut().map(Opened::repeatable).collect();
    let contacts = exports::begin_all(inputs.contacts, Section::Contacts, plan, options);
    let events = exports::begin_all(inputs.events, Section::Events, plan, options);
    let (contacts, events) = both(contacts, events)?;
    let (plan, kept) = inputs.keep.planned(plan, &contacts);
    let plan = &*plan;
    let model = &plan.model;
    let mut files = Files {
        unkept: (inputs.keep == Keep::All).then(Arc::default),
        ..Files::default()
    };
    let contacts = files.bind_all(contacts, Section::Contacts, plan);
    let events = files.bind_all(events, Section::Events, plan);
    let (mut contacts, events) = both(contacts, events)?;
    Kept::refuse_absent(
        &kept,
        &files.present,
        contacts.iter().map(|begun| &begun.table),
    )?;
    for begun in contacts.iter().chain(&events) {
        refuse_without_rows(&begun.table, inputs.allow_empty)?;
    }
    let names: Vec<String> = contacts
        .iter()
        .chain(&events)
        .map(|begun| begun.table.name.clone())
        .collect();
    let mut notes: Vec<String> = contacts
        .iter()
        .chain(&events)
        .flat_map(|begun| begun.table.content().notes(&begun.table.name))
        .collect();
    // Files are numbered through, contacts' first.
    let mut bad = BadRows::new(inputs.rejects.clone());
    let unshown = inputs
        .shown
        .map_or_else(Vec::new, |shown| model.contacts.person.in_none_of(&shown));
    // The keys of JSON may turn up later.
    let may_be_there = |slot: usize| {
        files.present.get(slot) == Some(&true)
            || !contacts.iter().all(|begun| begun.table.is_delimited())
    };
    let mut gathering = Gathering::new(plan, inputs.on_duplicate, |slot| {
        !unshown.contains(&slot) && may_be_there(slot)
    });
    for (number, Begun { table, binding }) in (0..).zip(&mut contacts) {
        gathering.read(
            (number, table),
            binding,
            inputs.threads,
            &mut bad,
            inputs.progress,
        )?;
    }
    notes.extend(files.unkept());
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
    let events = Events {
        files: event_files(events),
        first: first_of_events,
        again: &mut || {
            let opened = again.iter().map(Again::open);
            let opened = opened.collect::<Result<Vec<Opened>, Report>>()?;
            let begun = exports::begin_all(opened, Section::Events, plan, options)?;
            Ok(event_files(files.bind_all(begun, Section::Events, plan)?))
        },
        on_duplicate: inputs.on_duplicate,
        rejects: inputs.rejects.clone(),
    };
    let passed = pass(plan, contacts, events, inputs.threads, &watch)?;
    bad.merge(passed.bad);
    let last_lines = passed.unended.into_iter();
    unended.extend(last_lines.map(|(file, line)| (names[first_of_events + file].clone(), line)));
    if let Some(rejects) = &inputs.rejects {
        rejects.complete();
    }
    let contact_rows = passed.scoring.contacts().account;
    let counts = Counts {
        contacts: (contact_rows.rejected, contact_rows.read),
        events: (passed.account.rejected, passed.account.read),
    };
    if !counts.are_within(inputs.budget) {
        return Err(refusal(&bad, &names, inputs.budget, &counts));
    }
    if contact_rows.rejected > 0 && contact_rows.leaves_nobody() && !inputs.allow_empty {
        return Err(nobody_left());
    }
    let mut ranking = Ranking::new(passed.scoring, inputs.beside);
    ranking.keep(kept.iter().map(|kept| kept.slot).collect());
    let mut unreadable = std::mem::take(&mut ranking.unreadable);
    unreadable.extend(passed.unreadable);
    Ok(Run {
        ranking,
        files: names,
        contact_rows,
        event_rows: has_events.then_some(passed.account),
        bad,
        unreadable,
        unended,
        notes,
        taken: files.taken,
        present: files.present,
        kept,
        known: files.known,
        evidence: passed.evidence,
        watched: watched?,
    })
}

/// Both, or what is wrong with either or both, said at once.
fn both<C, E>(contacts: Result<C, Report>, events: Result<E, Report>) -> Result<(C, E), Report> {
    match (contacts, events) {
        (Ok(contacts), Ok(events)) => Ok((contacts, events)),
        (Err(one), Err(other)) => Err(one.with(other)),
        (Err(report), _) | (_, Err(report)) => Err(report),
    }
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

fn nobody_left() -> Report {
    let message = "no row of contacts can be read, so nobody is left to score";
    Report::new(
        Kind::Data,
        Diagnostic::error("no-rows", message)
            .hint("is it the right file? if that is as it should be, say --allow-empty"),
    )
}

fn unknown_id(id: &str) -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("unknown-contact", format!("no contact has the id `{id}`"))
            .hint("ids are compared as they stand in the export, capitals included"),
    )
}
