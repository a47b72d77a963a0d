//! `hotlist score`: rank and tag leads.

use anyhow::Result;

use super::listing::{Choice, List, Picked, write};
use super::outputs::{Output, Written, open};
use super::run_columns::{available, shared_context};
use super::sink::Sink;
use super::split;
use crate::cli::args::{Global, GuardFlags, OutputFlags, Score};
use crate::cli::console::Console;
use crate::cli::max_drop;
use crate::cli::rejects::RejectsFile;
use crate::cli::settings::{Done, Screen, Task};
use crate::cli::summary::{self, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::{Available, Columns, Format, exporter, xlsx};
use crate::plan::Plan;
use crate::rank::AccountRanking;
use crate::run::{Guards, Keep, Run, read_fail_on};

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: u64 = 20;

pub(in crate::cli) fn run(args: &Score, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let outputs = args.outputs.outputs(screen)?;
    if args.split_by.is_some() {
        split::refuse_streams(&args.outputs.output)?;
    }
    let guards = guards(&args.guards)?;
    let countable = outputs
        .iter()
        .map(|output| (output.path.as_path(), output.format));
    let most_drop = max_drop::limit(args.guards.max_drop.as_deref(), countable)?;
    let filter = args.filter.as_deref();
    let mut task = Task::of(&args.contacts, &args.sources, filter, console)?;
    task.keep = Keep::of(&args.keep);
    task.shown = shown(args, &task.plan.model);
    task.pseudonymize(args.pseudonyms.pseudonymize.as_deref())?;
    let files = task.files.clone();
    files.refuse_collisions(outputs.iter().map(|output| &output.path))?;
    refuse_unknown_temperatures(&args.temperature, &task.plan.model)?;
    // Opened before the exports are read, so that what cannot be created is told at once.
    let sinks = open(&outputs)?;
    let Done { plan, run, rejects } = task.run(&[], console)?;

    let accounts = if args.accounts {
        Some(run.ranking.accounts().ok_or_else(no_accounts)?)
    } else {
        None
    };
    let list = match &accounts {
        Some(accounts) => List::Accounts(accounts),
        None => List::People(&run.ranking),
    };
    let available = available(&plan.model, &run);
    let choice = choice(args, &plan.model);
    let jobs = match args.split_by {
        None => jobs(outputs, sinks, &choice),
        Some(by) => {
            // They have shown that they can be; what is written goes to files named after them.
            drop(sinks);
            split::refuse_unknown(by, &available, accounts.is_some())?;
            let leads = choice.of_temperature(list);
            let parts = split::parts(by, leads, &plan.model, &choice.temperatures)?;
            let jobs = jobs_of_parts(&parts, &outputs, choice.top);
            files.refuse_collisions(jobs.iter().map(|job| &job.output.path))?;
            jobs
        }
    };
    rejects.map_or(Ok(()), RejectsFile::place)?;
    if let Some(refusal) = guards.refusal(&run) {
        return Err(refusal.into());
    }
    if let Some(most) = most_drop {
        let lists = jobs.iter();
        let lists = lists.map(|job| {
            let leads = job.leads.count(list);
            (job.output.path.as_path(), job.output.format, leads)
        });
        max_drop::refuse_drops(lists, most)?;
    }
    let columns = columns(args, &plan, &run, &available)?;
    let (mut written, leads) = write_all(jobs, list, &columns, &args.outputs, screen)?;
    let Some(most_leads) = leads.iter().max() else {
        return Ok(());
    };
    written.commit()?;
    let shown = Shown {
        leads: match args.split_by {
            None => *most_leads,
            // Each output is the whole list, in parts.
            Some(_) => leads.iter().sum::<u64>() / args.outputs.output.len() as u64,
        },
        of: list.len(),
        accounts: accounts.as_ref().map(AccountRanking::mix),
        by_top: choice.temperatures.is_empty() && args.filter.is_none(),
    };
    summary::print(&plan, &run, &shown, &written.lines(), console);
    Ok(())
}

/// The leads that the command line or the model asks for.
fn choice<'a>(args: &'a Score, model: &'a Model) -> Choice<'a> {
    let defaults = &model.output;
    let temperatures = if args.temperature.is_empty() {
        &defaults.temperatures
    } else {
        &args.temperature
    };
    Choice {
        temperatures: temperatures.iter().map(String::as_str).collect(),
        top: args.top.or(defaults.top.map(u64::from)),
    }
}

/// One output to be written.
struct Job<'a> {
    output: Output,
    /// Where it goes; a file that is yet to be opened if not known.
    sink: Option<Sink>,
    leads: Picked<'a>,
}

/// The same leads for each output, but that a table on standard output is what a screen shows.
fn jobs<'a>(outputs: Vec<Output>, sinks: Vec<Sink>, choice: &Choice<'a>) -> Vec<Job<'a>> {
    let outputs = outputs.into_iter().zip(sinks);
    outputs
        .map(|(output, sink)| {
            let is_screenful = output.format == Format::Table && sink.is_standard();
            let top = choice.top.or(is_screenful.then_some(TABLE_ROWS));
            let choice = choice.clone();
            Job {
                output,
                sink: Some(sink),
                leads: Picked::Choice(Choice { top, ..choice }),
            }
        })
        .collect()
}

/// A file in each format for each part of the list.
fn jobs_of_parts<'a>(parts: &[split::Part], outputs: &[Output], top: Option<u64>) -> Vec<Job<'a>> {
    let most = usize::try_from(top.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let mut jobs = Vec::new();
    for part in parts {
        for output in outputs {
            jobs.push(Job {
                output: Output {
                    path: part.path(&output.path),
                    format: output.format,
                },
                sink: None,
                leads: Picked::Places(part.places.iter().copied().take(most).collect()),
            });
        }
    }
    jobs
}

/// Writes all outputs, each to its end; gives how many leads each has whose reader did not go away.
fn write_all(
    jobs: Vec<Job<'_>>,
    list: List<'_>,
    columns: &Columns<'_>,
    flags: &OutputFlags,
    screen: Screen,
) -> Result<(Written, Vec<u64>), Report> {
    let mut written = Written::default();
    let mut leads = Vec::new();
    for job in jobs {
        let Output { path, format } = job.output;
        let count = job.leads.count(list);
        if format == Format::Xlsx {
            xlsx::refuse_too_large(count, columns.list().len())?;
        }
        let sink = job.sink.map_or_else(|| Sink::open(&path), Ok)?;
        let exporter = exporter(format, columns, flags.settings(&sink, screen));
        let places = job.leads.places(list);
        if written.write(sink, |out| write(list, &places, exporter, out))? {
            leads.push(count);
        }
    }
    Ok((written, leads))
}

/// The columns of all outputs, where the command line or the model asks for some and nothing else shows who a lead is.
fn shown(args: &Score, model: &Model) -> Option<Vec<String>> {
    let asked = if args.columns.is_empty() {
        &model.output.columns
    } else {
        &args.columns
    };
    let shows_more =
        args.accounts || args.split_by.is_some() || args.pseudonyms.pseudonymize.is_some();
    let settled = !asked.is_empty() && !shows_more;
    settled.then(|| asked.iter().map(|name| name.trim().to_owned()).collect())
}

/// The columns that the command line or the model asks for, of those that the run can fill.
fn columns<'r>(
    args: &Score,
    plan: &'r Plan,
    run: &Run,
    available: &Available<'r>,
) -> Result<Columns<'r>, Report> {
    let model = &plan.model;
    let context = shared_context(plan);
    let mut columns = if args.accounts {
        Columns::of_accounts(available, context)
    } else {
        Columns::of_run(available, context)
    };
    let defaults = &model.output;
    if !args.columns.is_empty() {
        columns = columns.pick(args.columns.iter().map(String::as_str))?;
    } else if !defaults.columns.is_empty() && !args.accounts {
        // A model for every night asks for columns that only some nights can fill.
        columns = columns
            .pick_fillable(defaults.columns.iter().map(String::as_str))
            .map_err(|report| of_the_model(report, model))?;
    }
    let kept: Vec<&str> = run.kept.iter().map(|kept| kept.name.as_str()).collect();
    Ok(columns
        .with_kept(&kept)
        .with_temperatures(&model.temperatures))
}

fn no_accounts() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("no-accounts", "the model says nothing of accounts")
            .hint("name the contacts' column of the account: [accounts] with key = \"company\""),
    )
}

/// A refusal of columns that the model asks for, not the command line.
fn of_the_model(report: Report, model: &Model) -> Report {
    let place = |told: Diagnostic| told.at(&model.source, model.output.columns_span.clone(), "");
    Report {
        kind: Kind::Model,
        diagnostics: report.diagnostics.into_iter().map(place).collect(),
    }
}

fn refuse_unknown_temperatures(wanted: &[String], model: &Model) -> Result<(), Report> {
    let names: Vec<&str> = model
        .temperatures
        .iter()
        .map(|temperature| temperature.name.as_str())
        .collect();
    for name in wanted {
        if !names.contains(&name.as_str()) {
            let diagnostic = Diagnostic::error(
                "unknown-temperature",
                format!("the model has no temperature `{name}`"),
            );
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has {}", names.join(", ")),
            };
            return Err(Report::new(Kind::Usage, diagnostic.hint(hint)));
        }
    }
    Ok(())
}

/// The guards that the command line asks for.
fn guards(flags: &GuardFlags) -> Result<Guards, Report> {
    let fail_on = flags.fail_on.iter().map(|one| read_fail_on(one));
    Ok(Guards {
        min_contacts: flags.min_contacts,
        fail_on: fail_on.collect::<Result<_, Report>>()?,
    })
}
