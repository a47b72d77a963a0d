//! `hotlist score`: rank and tag leads.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::args::{Escape, Global, Score};
use crate::cli::commands::split;
use crate::cli::console::Console;
use crate::cli::interrupt::Interrupts;
use crate::cli::settings::{Screen, Task, input_file, input_name};
use crate::cli::summary::{self, Changed, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::{
    Available, Columns, Context, CsvEscape, Exporter, Format, Settings, Summary, Target, exporter,
    target, xlsx,
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
    if args.excel && !formats.iter().any(|format| format.is_delimited()) {
        return Err(excel_without_csv().into());
    }
    let mut task = Task::of(
        &args.contacts,
        &args.sources,
        args.filter.as_deref(),
        console,
    )?;
    task.pseudonymize(args.pseudonymize.as_deref())?;
    refuse_overwriting(outputs, &task.inputs)?;
    refuse_unknown_temperatures(&args.temperature, &task.plan.model)?;
    if args.split_by.is_some() {
        split::refuse_streams(outputs)?;
    }
    let files = || outputs.iter().any(|path| path.as_os_str() != STANDARD);
    let interrupts = files().then(Interrupts::listen);
    // Opened before the exports are read, so that what cannot be created is told at once.
    let sinks = Sink::open_all(outputs, interrupts.as_ref())?;
    for (sink, format) in sinks.iter().zip(&formats) {
        if sink.is_terminal() && !format.is_text() {
            return Err(no_text(*format).into());
        }
    }
    let inputs = task.inputs.clone();
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
    let mut changed = Changed::default();
    let choice = Choice {
        temperatures: temperatures.iter().map(String::as_str).collect(),
        top,
    };
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
    let mut sealed = Vec::new();
    let mut written = Vec::new();
    let mut sinks = sinks;
    if let Some(by) = args.split_by {
        // They have shown that they can be; what is written goes to files named after them.
        sinks.clear();
        split::refuse_unknown(by, &available, accounts.is_some())?;
        let leads = choice.of_temperature(list);
        let mut taken = BTreeSet::new();
        for part in split::parts(by, leads, &plan.model, &choice.temperatures)? {
            let count = (part.places.len() as u64).min(choice.top.unwrap_or(u64::MAX));
            for (output, format) in outputs.iter().zip(&formats) {
                let path = part.path(output);
                refuse_overwriting(std::slice::from_ref(&path), &inputs)?;
                if *format == Format::Xlsx {
                    xlsx::refuse_too_large(count, columns.list().len())?;
                }
                let mut target = Target::open(&path)?;
                if let (Some(temporary), Some(interrupts)) = (target.temporary(), &interrupts) {
                    interrupts.remove(temporary);
                }
                if !taken.insert(target.place().map(Path::to_owned)) {
                    return Err(target::same_output(output, &path).into());
                }
                let top = usize::try_from(count).unwrap_or(usize::MAX);
                let leads = part
                    .places
                    .iter()
                    .take(top)
                    .map(|place| list.lead_at(*place));
                let wrote = write(leads, exporter(*format, &columns, settings), &mut target)
                    .map_err(|why| target.failed(&why))?;
                changed.add(&wrote);
                sealed.extend(target.seal()?);
            }
            shown += count;
        }
    }
    for (mut sink, format) in sinks.into_iter().zip(formats) {
        let settings = Settings {
            color: screen.color && sink.is_standard(),
            terminal: sink.is_terminal(),
            ..settings
        };
        let is_screenful = format == Format::Table && sink.is_standard();
        let choice = Choice {
            top: top.or(is_screenful.then_some(TABLE_ROWS)),
            ..choice.clone()
        };
        if format == Format::Xlsx {
            xlsx::refuse_too_large(choice.count(list), columns.list().len())?;
        }
        match write(
            choice.leads(list),
            exporter(format, &columns, settings),
            &mut sink,
        ) {
            Ok(wrote) => {
                changed.add(&wrote);
                shown = choice.count(list).max(shown);
                written.push(sink);
            }
            // The reader went away: it has what it wanted, and so may the readers of the other outputs.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(sink.failed(&error).into()),
        }
    }
    if written.is_empty() && sealed.is_empty() {
        return Ok(());
    }
    let mut names: Vec<PathBuf> = sealed.iter().map(|file| file.path().to_owned()).collect();
    for file in written.into_iter().filter_map(Sink::into_file) {
        names.push(file.path().to_owned());
        sealed.extend(file.seal()?);
    }
    let hold = interrupts.as_ref().map(Interrupts::hold);
    target::place_all(sealed)?;
    drop(hold);
    let shown = Shown {
        leads: shown,
        of: list.len(),
        accounts: accounts.as_ref().map(AccountRanking::mix),
        by_top: temperatures.is_empty() && args.filter.is_none(),
    };
    summary::print(&plan, &run, &shown, changed, &names, console);
    Ok(())
}

/// The name that means standard output.
const STANDARD: &str = "-";

/// The paths under which standard output is known.
const STANDARD_OUTPUT: [&str; 4] = [STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Where a list goes.
enum Sink {
    Standard(BufWriter<StdoutLock<'static>>),
    File(Target),
}

impl Sink {
    /// Opens all outputs; the files among them leave nothing behind should the run be interrupted.
    fn open_all(outputs: &[PathBuf], interrupts: Option<&Interrupts>) -> Result<Vec<Self>, Report> {
        let is_file = |path: &&Path| path.as_os_str() != STANDARD;
        let files: Vec<&Path> = outputs
            .iter()
            .map(PathBuf::as_path)
            .filter(is_file)
            .collect();
        let targets = Target::open_all(files)?;
        for temporary in targets.iter().filter_map(Target::temporary) {
            if let Some(interrupts) = interrupts {
                interrupts.remove(temporary);
            }
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
#[derive(Clone)]
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

    /// The places of those that were asked for, from 0.
    fn places(self) -> Box<dyn Iterator<Item = usize> + 'r> {
        match self {
            Self::People(ranking) => Box::new(ranking.places()),
            Self::Accounts(accounts) => Box::new(0..accounts.len()),
        }
    }

    /// The lead in a place.
    fn lead_at(self, place: usize) -> Lead<'r> {
        match self {
            Self::People(ranking) => ranking.lead(place),
            Self::Accounts(accounts) => accounts.lead_at(place),
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
        list.leads().filter(|lead| self.admits(lead)).take(most)
    }

    /// The leads of the wanted temperatures, each with its place.
    fn of_temperature<'r>(&'r self, list: List<'r>) -> impl Iterator<Item = (usize, Lead<'r>)> {
        list.places()
            .map(move |place| (place, list.lead_at(place)))
            .filter(|(_, lead)| self.admits(lead))
    }

    fn admits(&self, lead: &Lead<'_>) -> bool {
        self.temperatures.is_empty() || self.temperatures.contains(lead.temperature)
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

fn write<'l>(
    leads: impl Iterator<Item = Lead<'l>>,
    mut exporter: Box<dyn Exporter + '_>,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    exporter.begin(out)?;
    for lead in leads {
        exporter.lead(&lead, out)?;
    }
    let wrote = exporter.finish(out)?;
    out.flush()?;
    Ok(wrote)
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

fn refuse_overwriting(outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<(), Report> {
    for output in outputs {
        let (file, name) = if output.as_os_str() == STANDARD {
            (Path::new("/dev/stdout"), "standard output".to_owned())
        } else {
            (output.as_path(), format!("the output {}", output.display()))
        };
        let is_input = |input: &&PathBuf| target::same_file(file, input_file(input));
        if let Some(input) = inputs.iter().find(is_input) {
            let message = format!("{name} would replace the input {}", input_name(input));
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error("output-is-input", message)
                    .hint("choose another file for the output"),
            ));
        }
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
