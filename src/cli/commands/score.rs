//! `hotlist score`: rank and tag leads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::listing::{Choice, List, Picked, write};
use super::sink::Sink;
use super::split;
use crate::cli::args::{Escape, Global, GuardFlags, Score};
use crate::cli::collisions::refuse_two_standard_outputs;
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::max_drop;
use crate::cli::rejects::RejectsFile;
use crate::cli::settings::{Done, STANDARD, Screen, Task};
use crate::cli::summary::{self, Changed, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::target::Sealed;
use crate::output::{Available, Columns, Context, CsvEscape, Format, Settings, exporter, xlsx};
use crate::plan::Plan;
use crate::rank::AccountRanking;
use crate::run::{Guards, Keep, Run, read_fail_on};

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: u64 = 20;

pub(in crate::cli) fn run(args: &Score, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let outputs = outputs(args, screen)?;
    let guards = guards(&args.guards)?;
    let countable = outputs
        .iter()
        .map(|output| (output.path.as_path(), output.format));
    let most_drop = max_drop::limit(args.guards.max_drop.as_deref(), countable)?;
    let filter = args.filter.as_deref();
    let mut task = Task::of(&args.contacts, &args.sources, filter, console)?;
    task.keep = Keep::of(&args.keep);
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
    let written = write_all(jobs, list, &columns, &settings(args, screen), screen)?;
    let Some(most_leads) = written.leads.iter().max() else {
        return Ok(());
    };
    if !written.sealed.is_empty() {
        Interrupts::listen().commit(written.sealed)?;
    }
    let shown = Shown {
        leads: match args.split_by {
            None => *most_leads,
            // Each output is the whole list, in parts.
            Some(_) => written.leads.iter().sum::<u64>() / args.output.len() as u64,
        },
        of: list.len(),
        accounts: accounts.as_ref().map(AccountRanking::mix),
        by_top: choice.temperatures.is_empty() && args.filter.is_none(),
    };
    let (changed, names) = (written.changed, &written.names);
    summary::print(&plan, &run, &shown, changed, names, console);
    Ok(())
}

/// A list as it is asked for.
#[derive(Clone)]
struct Output {
    path: PathBuf,
    format: Format,
}

/// The outputs that are asked for: standard output if none is named.
fn outputs(args: &Score, screen: Screen) -> Result<Vec<Output>, Report> {
    let standard = [PathBuf::from(STANDARD)];
    let paths: &[PathBuf] = match args.output.as_slice() {
        [] => &standard,
        named => named,
    };
    refuse_two_standard_outputs(paths)?;
    let told = args.format.as_deref().map(Format::from_name).transpose()?;
    let outputs = paths.iter().map(|path| {
        Ok(Output {
            path: path.clone(),
            format: told.map_or_else(|| format_of(path, screen), Ok)?,
        })
    });
    let outputs: Vec<Output> = outputs.collect::<Result<_, Report>>()?;
    if args.excel && !outputs.iter().any(|output| output.format.is_delimited()) {
        return Err(excel_without_csv());
    }
    if args.split_by.is_some() {
        split::refuse_streams(paths)?;
    }
    Ok(outputs)
}

/// Opens all outputs.
fn open(outputs: &[Output]) -> Result<Vec<Sink>, Report> {
    let sinks = outputs.iter().map(|output| {
        let sink = Sink::open(&output.path)?;
        if sink.is_terminal() && !output.format.is_text() {
            return Err(no_text(output.format));
        }
        Ok(sink)
    });
    sinks.collect()
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

/// What was written.
#[derive(Default)]
struct Written {
    /// The files, which are yet to take their places.
    sealed: Vec<Sealed>,
    /// Their names as they were given.
    names: Vec<PathBuf>,
    /// How many leads each output has whose reader did not go away.
    leads: Vec<u64>,
    changed: Changed,
}

/// How lists are written.
fn settings(args: &Score, screen: Screen) -> Settings {
    Settings {
        csv_escape: match args.csv_escape {
            Escape::Formulas => CsvEscape::Formulas,
            Escape::None => CsvEscape::None,
        },
        excel: args.excel,
        width: screen.width,
        color: false,
        terminal: false,
    }
}

/// Writes all outputs, each to its end.
fn write_all(
    jobs: Vec<Job<'_>>,
    list: List<'_>,
    columns: &Columns<'_>,
    settings: &Settings,
    screen: Screen,
) -> Result<Written, Report> {
    let mut written = Written::default();
    for job in jobs {
        let Output { path, format } = job.output;
        let count = job.leads.count(list);
        if format == Format::Xlsx {
            xlsx::refuse_too_large(count, columns.list().len())?;
        }
        let mut sink = job.sink.map_or_else(|| Sink::open(&path), Ok)?;
        let settings = Settings {
            color: screen.color && sink.is_standard(),
            terminal: sink.is_terminal(),
            ..*settings
        };
        let exporter = exporter(format, columns, settings);
        match write(job.leads.leads(list), exporter, &mut sink) {
            Ok(wrote) => {
                written.leads.push(count);
                written.changed.add(&wrote);
            }
            // The reader went away: it has what it wanted, and so may the readers of the other outputs.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => continue,
            Err(error) => return Err(sink.failed(&error)),
        }
        if let Some(file) = sink.into_file() {
            written.names.push(file.path().to_owned());
            written.sealed.extend(file.seal()?);
        }
    }
    Ok(written)
}

/// The columns that the command line or the model asks for, of those that the run can fill.
fn columns<'r>(
    args: &Score,
    plan: &'r Plan,
    run: &Run,
    available: &Available<'r>,
) -> Result<Columns<'r>, Report> {
    let model = &plan.model;
    let context = Context {
        as_of: plan.as_of.write(&model.zone),
        model: model.title(),
        zone: &model.zone,
        temperature_tags: temperature_tags(model),
    };
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

/// The format that a path's ending names. On standard output it is a table for people and CSV for programs; a device
/// or a pipe without an ending takes CSV too.
fn format_of(path: &Path, screen: Screen) -> Result<Format, Report> {
    if path.as_os_str() == STANDARD {
        return Ok(if screen.terminal {
            Format::Table
        } else {
            Format::Csv
        });
    }
    let is_stream = || fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if path.extension().is_none() && is_stream() {
        return Ok(Format::Csv);
    }
    Format::from_path(path)
}

/// What this run can fill.
fn available<'r>(model: &'r Model, run: &Run) -> Available<'r> {
    let person = &model.contacts.person;
    let present = |slot: usize| run.present[slot];
    Available {
        name: present(person.name) || present(person.first_name) || present(person.last_name),
        email: present(person.email),
        owner: present(person.owner),
        source: present(person.source),
        tag: model.temperatures.iter().any(|t| t.tag.is_some()),
        action: model.temperatures.iter().any(|t| t.action.is_some()),
        checklist: !model.checklist.is_empty(),
        stage: !model.stages.is_empty(),
        grade: !model.grades.is_empty(),
        route: !model.routes.is_empty(),
        assigned_to: model.routes.iter().any(|route| !route.assign.is_empty()),
        next_step: model.temperatures.len() > 1,
        overrides: run.ranking.beside().overrides.is_some() || model.overrides.is_some(),
        previous: run.ranking.beside().previous.is_some(),
        tags: present(person.tags) && model.temperatures.iter().any(|t| t.tag.is_some()),
        last_event: run.event_rows.is_some(),
        groups: model
            .groups
            .iter()
            .map(|group| group.name.as_str())
            .collect(),
    }
}

fn no_accounts() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("no-accounts", "the model says nothing of accounts")
            .hint("name the contacts' column of the account: [accounts] with key = \"company\""),
    )
}

fn excel_without_csv() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error(
            "excel-without-csv",
            "--excel is for CSV and TSV, and no output is either",
        )
        .hint("write CSV, such as -o ranked.csv, or a workbook without --excel: -o ranked.xlsx"),
    )
}

fn no_text(format: Format) -> Report {
    let name = format.name();
    Report::new(
        Kind::Usage,
        Diagnostic::error(
            "not-for-a-terminal",
            format!("a terminal cannot show {name}"),
        )
        .hint(format!("write it to a file: -o ranked.{name}")),
    )
}

fn temperature_tags(model: &Model) -> Vec<&str> {
    let tags = model.temperatures.iter().map(|t| t.tag.as_deref());
    tags.flatten().collect()
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
