//! `hotlist compare`: what changed between ranked lists, or what another model would change.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use super::documents::DocumentOutputs;
use crate::analysis::Document;
use crate::analysis::compare::{Between, Change, Heat, Moves, compare, trends};
use crate::cli::args::{self, Compare, Global, ModelFile, MoverChange, Sources};
use crate::cli::collisions::{Files, refuse_two_standard_inputs};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::reading;
use crate::cli::settings::{STANDARD, Screen, Task, named_by, open_all, read_model};
use crate::cli::summary;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::Opened;
use crate::model::Model;
use crate::run::left_out;
use crate::run::list::{List, read_list};

pub(in crate::cli) fn run(args: &Compare, global: &Global) -> Result<ExitCode> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let (outputs, document, moved) = if let [one, other] = args.models.as_slice() {
        of_models([one, other], args, screen, console)?
    } else {
        of_lists(args, screen)?
    };
    outputs.write(document, console)?;
    Ok(if args.exit_code && moved > 0 {
        exit::found()
    } else {
        ExitCode::SUCCESS
    })
}

/// What is to be written, where, and how many leads moved.
type Compared<'a> = (DocumentOutputs<'a>, Document, usize);

/// Compares lists that `score` wrote.
fn of_lists(args: &Compare, screen: Screen) -> Result<Compared<'_>> {
    refuse_flags_of_exports(args)?;
    refuse_two_standard_inputs(&args.files)?;
    if args.files.len() < 2 {
        return Err(one_list(&args.files).into());
    }
    let model = named_by(args.sources.model.path.as_deref());
    let files = Files {
        inputs: args.files.iter().chain(&model).cloned().collect(),
        ..Files::default()
    };
    let outputs = DocumentOutputs::open(&args.document, &files, screen)?;
    let temperatures = match model {
        Some(path) => temperatures(&read_model(&path)?),
        None => Vec::new(),
    };
    let lists = read_lists(open_all(&args.files)?, args.sources.allow_empty)?;
    let heat = Heat::of(&lists.iter().collect::<Vec<&List>>(), &temperatures);
    if let [old, new] = lists.as_slice() {
        let (document, moved) = of_two(old, new, &heat, Between::Lists, args);
        return Ok((outputs, document, moved));
    }
    if !args.change.is_empty() {
        return Err(change_of_many().into());
    }
    let (document, moved) = trends(&lists, &heat);
    Ok((outputs, document, moved))
}

/// Compares what two models make of the same exports as of the same instant.
fn of_models<'a>(
    [one, other]: [&Path; 2],
    args: &'a Compare,
    screen: Screen,
    console: Console,
) -> Result<Compared<'a>> {
    let sources = &args.sources;
    refuse_reading_twice(args)?;
    let task = |sources: &Sources| -> Result<Task> {
        let mut task = Task::of(&args.files, sources, None, console)?;
        task.pseudonymize(args.pseudonyms.pseudonymize.as_deref())?;
        Ok(task)
    };
    let first = task(&with_model(sources, one))?;
    // The clock is read once, and a date is the end of the same day for both models, whatever their zones.
    let as_of = first.plan.as_of.write(&first.plan.model.zone);
    let second = |as_of: String| {
        task(&Sources {
            as_of: Some(as_of),
            bad_rows: args::BadRowFlags {
                // The rows that cannot be read are those of the first run.
                rejects: None,
                ..sources.bad_rows.clone()
            },
            ..with_model(sources, other)
        })
    };
    let mut other_task = second(as_of)?;
    if other_task.plan.as_of.instant != first.plan.as_of.instant {
        other_task = second(first.plan.as_of.instant.write_in(&first.plan.model.zone))?;
    }
    let mut files = first.files.clone();
    files.inputs.push(other.to_owned());
    let outputs = DocumentOutputs::open(&args.document, &files, screen)?;
    let (old, old_temperatures, old_account) = listed(first, one, console)?;
    let (new, mut known, new_account) = listed(other_task, other, console)?;
    for line in &old_account {
        console.say(line);
    }
    // Of the same exports the second run has little to add.
    let is_new = |line: &&String| !old_account.contains(line);
    let more: Vec<&String> = new_account.iter().filter(is_new).collect();
    if !more.is_empty() {
        console.say(&format!("by {}:", other.display()));
    }
    for line in more {
        console.say(line);
    }
    for name in old_temperatures {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    let heat = Heat::of(&[&old, &new], &known);
    let (document, moved) = of_two(&old, &new, &heat, Between::Models, args);
    Ok((outputs, document, moved))
}

/// Runs a task, and gives its leads, the temperatures of its model, the hottest first, and the account of the run.
fn listed(task: Task, model: &Path, console: Console) -> Result<(List, Vec<String>, Vec<String>)> {
    let (plan, run) = task.run(&[], console)?.settled()?;
    if let Some(left_out) = left_out(&run.bad, &run.files) {
        console.show(&left_out);
    }
    let list = List::of_run(&model.display().to_string(), &plan, &run);
    Ok((
        list,
        temperatures(&plan.model),
        summary::account(&plan, &run),
    ))
}

/// Compares two lists as the flags ask for, and counts the leads that moved so.
fn of_two(
    old: &List,
    new: &List,
    heat: &Heat,
    between: Between,
    args: &Compare,
) -> (Document, usize) {
    let chosen: Vec<Change> = args.change.iter().map(|one| one.change()).collect();
    let moves = Moves::between(old, new, heat);
    (compare(&moves, between, &chosen), moves.count(&chosen))
}

/// Reads all lists, each in a thread of its own; the first that is refused is told.
fn read_lists(opened: Vec<Opened>, allow_empty: bool) -> Result<Vec<List>, Report> {
    std::thread::scope(|scope| {
        let readers: Vec<_> = opened
            .into_iter()
            .map(|opened| scope.spawn(move || read_list(opened, allow_empty)))
            .collect();
        let lists = readers.into_iter().map(|reader| match reader.join() {
            Ok(list) => list,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        lists.collect()
    })
}

fn with_model(sources: &Sources, path: &Path) -> Sources {
    Sources {
        model: ModelFile {
            path: Some(path.to_owned()),
        },
        ..sources.clone()
    }
}

/// The temperatures of a model, the hottest first.
pub(super) fn temperatures(model: &Model) -> Vec<String> {
    let temperatures = model.temperatures.iter();
    temperatures
        .map(|temperature| temperature.name.clone())
        .collect()
}

impl MoverChange {
    fn change(self) -> Change {
        match self {
            Self::NewlyHot => Change::NewlyHot,
            Self::Hotter => Change::Hotter,
            Self::Cooled => Change::Cooled,
            Self::New => Change::New,
            Self::Gone => Change::Gone,
            Self::Up => Change::Up,
            Self::Down => Change::Down,
        }
    }
}

/// Lists are read as they were written: what is said of exports would be passed over unseen.
fn refuse_flags_of_exports(args: &Compare) -> Result<(), Report> {
    let sources = &args.sources;
    let given = [
        (!sources.events.files.is_empty(), "--events"),
        (sources.overrides.is_some(), "--overrides"),
        (sources.previous.is_some(), "--previous"),
        (sources.as_of.is_some(), "--as-of"),
        (sources.bad_rows.max_bad_rows.is_some(), "--max-bad-rows"),
        (sources.bad_rows.rejects.is_some(), "--rejects"),
        (
            sources.on_duplicate != args::OnDuplicate::Error,
            "--on-duplicate",
        ),
        (args.pseudonyms.pseudonymize.is_some(), "--pseudonymize"),
    ];
    let given = given.into_iter().filter(|(is_given, _)| *is_given);
    let mut flags = given
        .map(|(_, flag)| flag)
        .chain(reading::given(&sources.events.reading));
    let Some(flag) = flags.next() else {
        return Ok(());
    };
    let message = format!("{flag} is of exports, and lists are compared");
    let hint = "leave it out; or compare two models on exports: compare --models A B CONTACTS";
    Err(Report::new(
        Kind::Usage,
        Diagnostic::error("exports-without-models", message).hint(hint),
    ))
}

/// Each model reads the exports anew.
fn refuse_reading_twice(args: &Compare) -> Result<(), Report> {
    let sources = &args.sources;
    let files = args.files.iter().chain(&sources.events.files);
    let mut files = files.chain(&sources.overrides).chain(&sources.previous);
    if !files.any(|path| path.as_os_str() == STANDARD) {
        return Ok(());
    }
    Err(Report::new(
        Kind::Usage,
        Diagnostic::error(
            "two-standard-inputs",
            "standard input can be read only once, and each model reads the exports",
        )
        .hint("give `-` as a file"),
    ))
}

fn one_list(files: &[PathBuf]) -> Report {
    let name = files.first().map(|path| path.display().to_string());
    let message = format!(
        "there is nothing to compare {} with",
        name.unwrap_or_default()
    );
    Report::new(
        Kind::Usage,
        Diagnostic::error("one-list", message)
            .hint("give two lists, the older first: hotlist compare yesterday.csv today.csv"),
    )
}

fn change_of_many() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error(
            "change-of-many-lists",
            "--change is for two lists, and there are more",
        )
        .hint("leave it out, or compare two lists at a time"),
    )
}
