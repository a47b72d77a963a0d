//! `hotlist score`: rank and tag leads.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::args::{Escape, Global, Score};
use crate::cli::console::Console;
use crate::cli::settings::{Screen, Task};
use crate::cli::summary::{self, Shown};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::Model;
use crate::output::{
    Available, Columns, Context, CsvEscape, Exporter, Format, Settings, Target, exporter, target,
};
use crate::run::Run;

/// Rows of a table that nobody limited: what a screen shows.
const TABLE_ROWS: u64 = 20;

pub(in crate::cli) fn run(args: &Score, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let told = args.format.as_deref().map(Format::from_name).transpose()?;
    let formats = args
        .output
        .iter()
        .map(|path| told.map_or_else(|| format_of(path), Ok))
        .collect::<Result<Vec<Format>, Report>>()?;
    let task = Task::of(&args.contacts, &args.sources, console)?;
    refuse_overwriting(&args.output, &task.inputs)?;
    refuse_unknown_temperatures(&args.temperature, &task.plan.model)?;
    let targets = Target::open_all(args.output.iter().map(PathBuf::as_path))?;
    let (plan, run) = task.run(&[], console)?;

    let zone = &plan.model.zone;
    let context = Context {
        as_of: plan.as_of.write(zone),
        model: plan.model.title(),
        zone,
    };
    let mut columns = Columns::of_run(&available(&plan.model, &run), context);
    if !args.columns.is_empty() {
        columns = columns.pick(args.columns.iter().map(String::as_str))?;
    }
    let settings = Settings {
        csv_escape: match args.csv_escape {
            Escape::Formulas => CsvEscape::Formulas,
            Escape::None => CsvEscape::None,
        },
        excel: false,
        width: screen.width,
        color: screen.color,
    };
    let choice = Choice {
        temperatures: args.temperature.iter().map(String::as_str).collect(),
        top: args.top,
    };
    let mut escaped = 0;
    let mut shown = choice.count(&run);
    if targets.is_empty() {
        let format = told.unwrap_or(if screen.terminal {
            Format::Table
        } else {
            Format::Csv
        });
        let choice = if format == Format::Table && args.top.is_none() {
            Choice {
                top: Some(TABLE_ROWS),
                ..choice
            }
        } else {
            choice
        };
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        escaped = write(
            &run,
            &choice,
            exporter(format, &columns, settings),
            &mut out,
        )?;
        out.flush()?;
        shown = choice.count(&run);
    } else {
        let mut written = Vec::new();
        for (mut target, format) in targets.into_iter().zip(formats) {
            let settings = Settings {
                color: false,
                ..settings
            };
            let exporter = exporter(format, &columns, settings);
            escaped += write(&run, &choice, exporter, &mut target)
                .map_err(|error| target.failed(&error))?;
            written.push(target);
        }
        target::commit_all(written)?;
    }
    let shown = Shown {
        leads: shown,
        by_top: args.temperature.is_empty(),
    };
    summary::print(&plan, &run, shown, escaped, &args.output, console);
    Ok(())
}

/// The format that a path's ending names; a device or a pipe without one takes CSV, as standard output does.
fn format_of(path: &Path) -> Result<Format, Report> {
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

impl Choice<'_> {
    fn leads<'r>(&'r self, run: &'r Run) -> impl Iterator<Item = crate::rank::Lead<'r>> {
        let most = self.top.unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        run.ranking
            .leads()
            .filter(|lead| {
                self.temperatures.is_empty() || self.temperatures.contains(lead.temperature)
            })
            .take(most)
    }

    /// How many leads that is.
    fn count(&self, run: &Run) -> u64 {
        let all: u64 = run
            .ranking
            .mix()
            .into_iter()
            .filter(|(name, _)| self.temperatures.is_empty() || self.temperatures.contains(name))
            .map(|(_, count)| count)
            .sum();
        all.min(self.top.unwrap_or(u64::MAX))
    }
}

fn write(
    run: &Run,
    choice: &Choice<'_>,
    mut exporter: Box<dyn Exporter + '_>,
    out: &mut dyn Write,
) -> io::Result<u64> {
    exporter.begin(out)?;
    for lead in choice.leads(run) {
        exporter.lead(&lead, out)?;
    }
    Ok(exporter.finish(out)?.cells_escaped)
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
        last_event: run.event_rows.is_some(),
        groups: model
            .groups
            .iter()
            .map(|group| group.name.as_str())
            .collect(),
    }
}

fn refuse_overwriting(outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<(), Report> {
    for output in outputs {
        let is_input = |input: &&PathBuf| {
            input.as_os_str() != "-" && target::same_file(output, Path::new(input))
        };
        if let Some(input) = inputs.iter().find(is_input) {
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error(
                    "output-is-input",
                    format!(
                        "the output {} would replace the input {}",
                        output.display(),
                        input.display()
                    ),
                )
                .hint("choose another file for -o"),
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
