//! `hotlist score`: rank and tag leads.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::args::{Escape, Global, Score};
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::settings::{STANDARD, Screen, Task, refuse_overwriting};
use crate::cli::summary::{self, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::{
    Available, Columns, Context, CsvEscape, Exporter, Format, Settings, Target, exporter, target,
};
use crate::rank::{AccountRanking, Lead, Ranking};
use crate::run::Run;

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: u64 = 20;

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
    let task = Task::of(
        &args.contacts,
        &args.sources,
        args.filter.as_deref(),
        console,
    )?;
    refuse_overwriting(outputs, &task.inputs)?;
    refuse_unknown_temperatures(&args.temperature, &task.plan.model)?;
    let sinks = Sink::open_all(outputs)?;
    let (plan, run) = task.run(&[], console)?;

    let zone = &plan.model.zone;
    let context = Context {
        as_of: plan.as_of.write(zone),
        model: plan.model.title(),
        zone,
        temperature_tags: temperature_tags(&plan.model),
    };
    let accounts = if args.accounts {
        Some(run.ranking.accounts().ok_or_else(no_accounts)?)
    } else {
        None
    };
    let available = available(&plan.model, &run);
    let mut columns = match accounts {
        Some(_) => Columns::of_accounts(&available, context),
        None => Columns::of_run(&available, context),
    };
    let defaults = &plan.model.output;
    if !args.columns.is_empty() {
        columns = columns.pick(args.columns.iter().map(String::as_str))?;
    } else if !defaults.columns.is_empty() && accounts.is_none() {
        // A model for every night asks for columns that only some nights can fill.
        columns = columns
            .pick_fillable(defaults.columns.iter().map(String::as_str))
            .map_err(|report| of_the_model(report, &plan.model))?;
    }
    let temperatures = if args.temperature.is_empty() {
        &defaults.temperatures
    } else {
        &args.temperature
    };
    let top = args.top.or(defaults.top.map(u64::from));
    let list = match &accounts {
        Some(accounts) => List::Accounts(accounts),
        None => List::People(&run.ranking),
    };
    let mut shown = 0;
    let mut escaped = 0;
    let mut written = Vec::new();
    for (mut sink, format) in sinks.into_iter().zip(formats) {
        let settings = Settings {
            csv_escape: match args.csv_escape {
                Escape::Formulas => CsvEscape::Formulas,
                Escape::None => CsvEscape::None,
            },
            excel: false,
            width: screen.width,
            color: screen.color && sink.is_standard(),
            terminal: sink.is_terminal(),
        };
        let is_screenful = format == Format::Table && sink.is_standard();
        let choice = Choice {
            temperatures: temperatures.iter().map(String::as_str).collect(),
            top: top.or(is_screenful.then_some(TABLE_ROWS)),
        };
        match write(
            list,
            &choice,
            exporter(format, &columns, settings),
            &mut sink,
        ) {
            Ok(cells) => {
                escaped += cells;
                shown = choice.count(list).max(shown);
                written.push(sink);
            }
            // The reader went away: it has what it wanted, and so may the readers of the other outputs.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(sink.failed(&error).into()),
        }
    }
    if written.is_empty() {
        return Ok(());
    }
    let files: Vec<Target> = written.into_iter().filter_map(Sink::into_file).collect();
    let names: Vec<PathBuf> = files.iter().map(|file| file.path().to_owned()).collect();
    target::commit_all(files)?;
    let shown = Shown {
        leads: shown,
        of: list.len(),
        accounts: accounts.as_ref().map(AccountRanking::mix),
        by_top: temperatures.is_empty() && args.filter.is_none(),
    };
    summary::print(&plan, &run, &shown, escaped, &names, console);
    Ok(())
}

/// The paths under which standard output is known.
const STANDARD_OUTPUT: [&str; 4] = [STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Where a list goes.
enum Sink {
    Standard(BufWriter<StdoutLock<'static>>),
    File(Target),
}

impl Sink {
    /// Opens all outputs; the files among them leave nothing behind should the run be interrupted.
    fn open_all(outputs: &[PathBuf]) -> Result<Vec<Self>, Report> {
        let is_file = |path: &&Path| path.as_os_str() != STANDARD;
        let files: Vec<&Path> = outputs
            .iter()
            .map(PathBuf::as_path)
            .filter(is_file)
            .collect();
        if files.is_empty() {
            return Ok(outputs.iter().map(|_| Self::standard()).collect());
        }
        let interrupts = Interrupts::listen();
        let targets = Target::open_all(files)?;
        for temporary in targets.iter().filter_map(Target::temporary) {
            interrupts.remove(temporary);
        }
        let mut targets = targets.into_iter();
        let sinks = outputs.iter().map(|path| {
            let target = is_file(&path.as_path()).then(|| targets.next()).flatten();
            target.map_or_else(Self::standard, Self::File)
        });
        Ok(sinks.collect())
    }

    fn standard() -> Self {
        Self::Standard(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    fn is_standard(&self) -> bool {
        matches!(self, Self::Standard(_))
    }

    fn is_terminal(&self) -> bool {
        match self {
            Self::Standard(out) => out.get_ref().is_terminal(),
            Self::File(target) => target.is_terminal(),
        }
    }

    fn into_file(self) -> Option<Target> {
        match self {
            Self::Standard(_) => None,
            Self::File(target) => Some(target),
        }
    }

    /// The refusal for a write that failed.
    fn failed(&self, why: &io::Error) -> Report {
        match self {
            Self::Standard(_) => target::write_failed("standard output", why),
            Self::File(target) => target.failed(why),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File(target) => target.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(target) => target.flush(),
        }
    }
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

/// Which leads are written.
struct Choice<'a> {
    /// Only these; all if empty.
    temperatures: BTreeSet<&'a str>,
    /// So many at the most.
    top: Option<u64>,
}

/// What is listed.
#[derive(Clone, Copy)]
enum List<'r> {
    People(&'r Ranking),
    Accounts(&'r AccountRanking<'r>),
}

impl<'r> List<'r> {
    fn leads(self) -> Box<dyn Iterator<Item = Lead<'r>> + 'r> {
        match self {
            Self::People(ranking) => Box::new(ranking.leads()),
            Self::Accounts(accounts) => Box::new(accounts.leads()),
        }
    }

    fn mix(self) -> Vec<(&'r str, u64)> {
        match self {
            Self::People(ranking) => ranking.mix_asked_for(),
            Self::Accounts(accounts) => accounts.mix(),
        }
    }

    /// How many there are, asked for or not.
    fn len(self) -> u64 {
        match self {
            Self::People(ranking) => ranking.len() as u64,
            Self::Accounts(accounts) => accounts.len() as u64,
        }
    }
}

impl Choice<'_> {
    fn leads<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = Lead<'r>> {
        let most = self.top.unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        list.leads()
            .filter(|lead| {
                self.temperatures.is_empty() || self.temperatures.contains(lead.temperature)
            })
            .take(most)
    }

    /// How many leads that is.
    fn count(&self, list: List<'_>) -> u64 {
        let all: u64 = list
            .mix()
            .into_iter()
            .filter(|(name, _)| self.temperatures.is_empty() || self.temperatures.contains(name))
            .map(|(_, count)| count)
            .sum();
        all.min(self.top.unwrap_or(u64::MAX))
    }
}

fn write(
    list: List<'_>,
    choice: &Choice<'_>,
    mut exporter: Box<dyn Exporter + '_>,
    out: &mut dyn Write,
) -> io::Result<u64> {
    exporter.begin(out)?;
    for lead in choice.leads(list) {
        exporter.lead(&lead, out)?;
    }
    let cells = exporter.finish(out)?.cells_escaped;
    out.flush()?;
    Ok(cells)
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
