//! `hotlist score`: rank and tag leads.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::listing::{Choice, List, Picked, write};
use super::sink::Sink;
use super::split;
use crate::cli::args::{Escape, Global, GuardFlags, Score};
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::max_drop;
use crate::cli::settings::{STANDARD, Screen, Task, limit, refuse_overwriting};
use crate::cli::summary::{self, Changed, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::{
    Available, Columns, Context, CsvEscape, Format, Settings, exporter, target, xlsx,
};
use crate::plan::Plan;
use crate::rank::AccountRanking;
use crate::run::{Guards, Keep, Limit, Run, read_fail_on};

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: u64 = 20;

/// The paths under which standard output is known.
const STANDARD_OUTPUT: [&str; 4] = [STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

pub(in crate::cli) fn run(args: &Score, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let standard = [PathBuf::from(STANDARD)];
    let outputs: &[PathBuf] = match args.output.as_slice() {
        [] => &standard,
        named => named,
    };
    refuse_two_standard_outputs(outputs)?;
    let told = args.format.as_deref().map(Format::from_name).transpose()?;
    let formats = outputs
        .iter()
        .map(|path| told.map_or_else(|| format_of(path, screen), Ok))
        .collect::<Result<Vec<Format>, Report>>()?;
    if args.excel && !formats.iter().any(|format| format.is_delimited()) {
        return Err(excel_without_csv().into());
    }
    let guards = guards(&args.guards)?;
    let most_drop = args.guards.max_drop.as_deref();
    let most_drop = most_drop
        .map(|most| limit(most, "--max-drop"))
        .transpose()?;
    let mut task = Task::of(
        &args.contacts,
        &args.sources,
        args.filter.as_deref(),
        console,
    )?;
    task.keep = Keep::of(&args.keep);
    task.pseudonymize(args.pseudonymize.as_deref())?;
    refuse_overwriting(outputs, &task.inputs)?;
    refuse_rejects_as_output(outputs, args.sources.bad_rows.rejects.as_deref())?;
    refuse_unknown_temperatures(&args.temperature, &task.plan.model)?;
    if args.split_by.is_some() {
        split::refuse_streams(outputs)?;
    }
    let has_files = outputs.iter().any(|path| path.as_os_str() != STANDARD);
    let interrupts = has_files.then(Interrupts::listen);
    // Opened before the exports are read, so that what cannot be created is told at once.
    let sinks = Sink::open_all(outputs, interrupts.as_ref())?;
    for (sink, format) in sinks.iter().zip(&formats) {
        if sink.is_terminal() && !format.is_text() {
            return Err(no_text(*format).into());
        }
    }
    let inputs = task.inputs.clone();
    let (plan, run) = task.run(&[], console)?;
    if let Some(refusal) = guards.refusal(&run) {
        return Err(refusal.into());
    }

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
    let columns = columns(args, &plan, &run, &available)?;
    let defaults = &plan.model.output;
    let temperatures = if args.temperature.is_empty() {
        &defaults.temperatures
    } else {
        &args.temperature
    };
    let choice = Choice {
        temperatures: temperatures.iter().map(String::as_str).collect(),
        top: args.top.or(defaults.top.map(u64::from)),
    };
    let jobs: Vec<Job<'_>> = match args.split_by {
        None => {
            let outputs = outputs.iter().zip(formats).zip(sinks);
            outputs
                .map(|((path, format), sink)| {
                    let is_screenful = format == Format::Table && sink.is_standard();
                    let top = choice.top.or(is_screenful.then_some(TABLE_ROWS));
                    let choice = choice.clone();
                    Job {
                        path: path.clone(),
                        format,
                        sink: Some(sink),
                        leads: Picked::Choice(Choice { top, ..choice }),
                    }
                })
                .collect()
        }
        Some(by) => {
            // They have shown that they can be; what is written goes to files named after them.
            drop(sinks);
            split::refuse_unknown(by, &available, accounts.is_some())?;
            let leads = choice.of_temperature(list);
            let parts = split::parts(by, leads, &plan.model, &choice.temperatures)?;
            jobs_of_parts(parts, outputs, &formats, choice.top, &inputs)?
        }
    };
    refuse_drops(&jobs, list, most_drop)?;
    let settings = Settings {
        csv_escape: match args.csv_escape {
            Escape::Formulas => CsvEscape::Formulas,
            Escape::None => CsvEscape::None,
        },
        excel: args.excel,
        width: screen.width,
        color: false,
        terminal: false,
    };
    let mut shown = 0;
    let mut changed = Changed::default();
    let mut sealed = Vec::new();
    let mut names = Vec::new();
    let mut places = BTreeSet::new();
    let mut has_written = false;
    for job in jobs {
        let count = job.leads.count(list);
        if job.format == Format::Xlsx {
            xlsx::refuse_too_large(count, columns.list().len())?;
        }
        let mut sink = match job.sink {
            Some(sink) => sink,
            None => Sink::open(&job.path, interrupts.as_ref())?,
        };
        if let Some(place) = sink.place()
            && !places.insert(place.to_owned())
        {
            return Err(target::same_output(&job.path, place).into());
        }
        let settings = Settings {
            color: screen.color && sink.is_standard(),
            terminal: sink.is_terminal(),
            ..settings
        };
        let exporter = exporter(job.format, &columns, settings);
        match write(job.leads.leads(list), exporter, &mut sink) {
            Ok(wrote) => {
                has_written = true;
                changed.add(&wrote);
                shown = match args.split_by {
                    Some(_) => shown + count,
                    None => count.max(shown),
                };
            }
            // The reader went away: it has what it wanted, and so may the readers of the other outputs.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => continue,
            Err(error) => return Err(sink.failed(&error).into()),
        }
        if let Some(file) = sink.into_file() {
            names.push(file.path().to_owned());
            sealed.extend(file.seal()?);
        }
    }
    if !has_written {
        return Ok(());
    }
    let hold = interrupts.as_ref().map(Interrupts::hold);
    target::place_all(sealed)?;
    drop(hold);
    if args.split_by.is_some() {
        shown /= outputs.len() as u64;
    }
    let shown = Shown {
        leads: shown,
        of: list.len(),
        accounts: accounts.as_ref().map(AccountRanking::mix),
        by_top: temperatures.is_empty() && args.filter.is_none(),
    };
    summary::print(&plan, &run, &shown, changed, &names, console);
    Ok(())
}

/// One output to be written.
struct Job<'a> {
    path: PathBuf,
    format: Format,
    /// Where it goes; a file that is yet to be opened if not known.
    sink: Option<Sink>,
    leads: Picked<'a>,
}

/// A file in each format for each part of the list.
fn jobs_of_parts<'a>(
    parts: Vec<split::Part>,
    outputs: &[PathBuf],
    formats: &[Format],
    top: Option<u64>,
    inputs: &[PathBuf],
) -> Result<Vec<Job<'a>>, Report> {
    let most = usize::try_from(top.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let mut jobs = Vec::new();
    for part in parts {
        for (output, format) in outputs.iter().zip(formats) {
            let path = part.path(output);
            refuse_overwriting(std::slice::from_ref(&path), inputs)?;
            jobs.push(Job {
                path,
                format: *format,
                sink: None,
                leads: Picked::Places(part.places.iter().copied().take(most).collect()),
            });
        }
    }
    Ok(jobs)
}

/// Refuses lists that would replace far longer ones.
fn refuse_drops(jobs: &[Job<'_>], list: List<'_>, most: Option<Limit>) -> Result<(), Report> {
    let Some(most) = most else {
        return Ok(());
    };
    let drops = jobs
        .iter()
        .filter(|job| job.path.as_os_str() != STANDARD)
        .filter_map(|job| {
            max_drop::refusal(&job.path, job.format, job.leads.count(list), most).transpose()
        })
        .collect::<Result<Vec<Diagnostic>, Report>>()?;
    if drops.is_empty() {
        return Ok(());
    }
    Err(Report {
        kind: Kind::Guard,
        diagnostics: drops,
    })
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
    Ok(columns.with_kept(&kept))
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

fn refuse_two_standard_outputs(outputs: &[PathBuf]) -> Result<(), Report> {
    let is_standard =
        |path: &&PathBuf| STANDARD_OUTPUT.iter().any(|name| path.as_os_str() == *name);
    if outputs.iter().filter(is_standard).count() > 1 {
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error(
                "two-standard-outputs",
                "standard output can be written only once",
            )
            .hint("give all but one -o a file"),
        ));
    }
    Ok(())
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

/// The rows that cannot be read and the list are two files.
fn refuse_rejects_as_output(outputs: &[PathBuf], rejects: Option<&Path>) -> Result<(), Report> {
    let is_rejects =
        |output: &&PathBuf| rejects.is_some_and(|rejects| target::same_file(output, rejects));
    match outputs.iter().find(is_rejects) {
        None => Ok(()),
        Some(output) => {
            let message = format!("the output {} is the rejects file too", output.display());
            let problem = Diagnostic::error("same-output", message);
            Err(Report::new(
                Kind::Usage,
                problem.hint("give --rejects a file of its own"),
            ))
        }
    }
}
