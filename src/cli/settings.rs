//! Arguments and surroundings resolved once: after this nobody asks whether a flag was set or a stream is a terminal.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::args::{self, ColorChoice, MOST_THREADS, Sources};
use super::collisions::{Files, refuse_one_file_twice, refuse_two_standard_inputs};
use super::console::{Console, Progress, colored};
use super::reading::{self, kinds_of};
use super::rejects::{self, RejectsFile};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::OnDuplicate;
use crate::input::{Opened, Options, open};
use crate::model::{Model, templates};
use crate::plan::{AsOf, Plan};
use crate::rank::Beside;
use crate::run::beside::{read_overrides, read_previous};
use crate::run::{Inputs, Keep, Limit, Run, run};
use crate::value::{Instant, Pseudonyms, SHORTEST_KEY, Zone};

/// How standard input and standard output are named.
pub(super) const STANDARD: &str = "-";

/// What to read and score by.
pub(super) struct Task {
    pub plan: Plan,
    contacts: Vec<Opened>,
    events: Vec<Opened>,
    beside: Beside,
    /// How the exports are read.
    pub options: Options,
    allow_empty: bool,
    on_duplicate: OnDuplicate,
    budget: Limit,
    /// The columns of the contacts to keep for the outputs.
    pub keep: Keep,
    /// The columns of the outputs, where they are settled.
    pub shown: Option<Vec<String>>,
    threads: usize,
    /// Whether the model is not the user's own.
    is_built_in: bool,
    /// The files that are read, and the one for rows that cannot be.
    pub files: Files,
}

impl Task {
    /// Reads the model, fixes the as-of instant and opens the exports; `filter` is a condition over the leads.
    pub(super) fn of(
        contacts: &[PathBuf],
        sources: &Sources,
        filter: Option<&str>,
        console: Console,
    ) -> Result<Self> {
        let (model, named_model) = named_model(sources.model.path.as_deref(), console)?;
        Self::by_model(model, named_model, contacts, sources, filter)
    }

    /// The same for a report, which asks more of the exports than scores need.
    pub(super) fn of_report(
        contacts: &[PathBuf],
        sources: &Sources,
        filter: Option<&str>,
        console: Console,
    ) -> Result<Self> {
        let (model, named_model) = named_model(sources.model.path.as_deref(), console)?;
        let model = model.for_reports();
        let mut task = Self::by_model(model, named_model, contacts, sources, filter)?;
        task.beside.asks_outcomes = true;
        Ok(task)
    }

    fn by_model(
        mut model: Model,
        named_model: Option<PathBuf>,
        contacts: &[PathBuf],
        sources: &Sources,
        filter: Option<&str>,
    ) -> Result<Self> {
        let is_built_in = named_model.is_none();
        let filter = filter
            .map(|text| model.read_filter("--where", text))
            .transpose()?;
        let model = Arc::new(model);
        let as_of = as_of(sources.as_of.as_deref(), &model.zone)?;
        let budget = sources.bad_rows.budget()?;
        let exports = contacts.iter().chain(&sources.events.files);
        let mut inputs: Vec<PathBuf> = exports.chain(&sources.overrides).cloned().collect();
        let read: Vec<PathBuf> = inputs.iter().chain(&sources.previous).cloned().collect();
        refuse_two_standard_inputs(&read)?;
        let kinds = kinds_of(&sources.events.files);
        let options = reading::options(&sources.events.reading, &kinds)?;
        let (contacts, events) = (open_all(contacts)?, open_all(&sources.events.files)?);
        refuse_one_file_twice(&inputs)?;
        inputs.extend(named_model);
        let overrides = sources.overrides.as_deref().map(|path| {
            let opened = open(path)?;
            read_overrides(opened, &model, as_of.day)
        });
        let previous = sources.previous.as_deref().map(|path| {
            let opened = open(path)?;
            read_previous(opened, &model)
        });
        let beside = Beside {
            overrides: overrides.transpose()?,
            previous: previous.transpose()?,
            filter,
            pseudonyms: None,
            asks_outcomes: false,
        };
        Ok(Self {
            plan: Plan::new(model, as_of),
            contacts,
            events,
            beside,
            options,
            allow_empty: sources.allow_empty,
            on_duplicate: match sources.on_duplicate {
                args::OnDuplicate::Error => OnDuplicate::Error,
                args::OnDuplicate::First => OnDuplicate::First,
                args::OnDuplicate::Last => OnDuplicate::Last,
            },
            budget,
            keep: Keep::Nothing,
            shown: None,
            threads: threads(sources),
            is_built_in,
            files: Files {
                inputs,
                previous: sources.previous.clone(),
                rejects: sources.bad_rows.rejects.clone(),
            },
        })
    }

    /// Has ids, e-mail addresses and names shown as pseudonyms by the key in a file, if one is named.
    pub(super) fn pseudonymize(&mut self, key: Option<&Path>) -> Result<(), Report> {
        if let Some(key) = key {
            if self.files.rejects.is_some() {
                return Err(rejects_with_names());
            }
            self.beside.pseudonyms = Some(pseudonyms(key)?);
            self.files.inputs.push(key.to_owned());
        }
        Ok(())
    }

    /// Bytes to be read, where all files tell their size.
    fn size(&self) -> Option<u64> {
        self.contacts
            .iter()
            .chain(&self.events)
            .map(|opened| opened.size)
            .sum()
    }

    /// Reads, scores and ranks, keeping evidence for the watched ids. Where that is refused, the rejects file is in its
    /// place already.
    pub(super) fn run(self, watched: &[String], console: Console) -> Result<Done> {
        self.files.refuse_collisions(&[])?;
        let progress: Progress = console.progress(self.size());
        let names = self.contacts.iter().chain(&self.events);
        let names: Vec<String> = names.map(|opened| opened.name.clone()).collect();
        let presets = self.options.presets.clone();
        let rejects = self.files.rejects.as_deref();
        let rejects = rejects
            .map(|path| RejectsFile::open(path, names))
            .transpose()?;
        let outcome = run(
            &self.plan,
            Inputs {
                contacts: self.contacts,
                events: self.events,
                options: self.options,
                on_duplicate: self.on_duplicate,
                budget: self.budget,
                rejects: rejects.as_ref().map(RejectsFile::collected),
                keep: self.keep,
                shown: self.shown,
                beside: self.beside,
                allow_empty: self.allow_empty,
                threads: self.threads,
                watched,
                progress: &|bytes| progress.add(bytes),
            },
        );
        progress.finish();
        let is_built_in = self.is_built_in;
        match outcome {
            Ok(run) => {
                let taken = run.known.iter().filter_map(|known| known.shape);
                reading::warn_of_unused(&presets, taken, console);
                Ok(Done {
                    plan: self.plan,
                    run,
                    rejects,
                })
            }
            Err(report) => {
                let report = if is_built_in { to_edit(report) } else { report };
                Err(rejects::place_beside(rejects, report.into()))
            }
        }
    }
}

/// A run that was not refused.
pub(super) struct Done {
    pub plan: Plan,
    pub run: Run,
    /// The rows that were left out, to be placed.
    pub rejects: Option<RejectsFile>,
}

impl Done {
    /// Puts the rejects file in its place.
    pub(super) fn settled(self) -> Result<(Plan, Run), Report> {
        self.rejects.map_or(Ok(()), RejectsFile::place)?;
        Ok((self.plan, self.run))
    }
}

impl args::BadRowFlags {
    /// How many rows that cannot be read are left out.
    pub(super) fn budget(&self) -> Result<Limit, Report> {
        let budget = self.max_bad_rows.as_deref();
        budget.map_or(Ok(Limit::NONE), |text| limit(text, "--max-bad-rows"))
    }
}

/// The limit that a flag gives.
pub(super) fn limit(text: &str, flag: &str) -> Result<Limit, Report> {
    Limit::parse(text).ok_or_else(|| {
        let message = format!("`{text}` is no limit for {flag}");
        let hint = format!("a number or a share of the rows: {flag} 10 or {flag} 0.5%");
        Report::new(
            Kind::Usage,
            Diagnostic::error("bad-limit", message).hint(hint),
        )
    })
}

/// Opens all files, or says what is wrong with the first that does not.
pub(super) fn open_all(paths: &[PathBuf]) -> Result<Vec<Opened>, Report> {
    paths.iter().map(|path| open(path)).collect()
}

fn threads(sources: &Sources) -> usize {
    match sources.threads {
        Some(threads) => usize::from(threads),
        None => std::thread::available_parallelism()
            .map_or(1, std::num::NonZero::get)
            .min(MOST_THREADS.try_into().unwrap_or(usize::MAX)),
    }
}

/// The model that the command line or the environment names, and its file; or the built-in one, which is said.
pub(super) fn named_model(
    path: Option<&Path>,
    console: Console,
) -> Result<(Model, Option<PathBuf>), Report> {
    let path = named_by(path);
    Ok((model(path.as_deref(), console)?, path))
}

/// The file of the model that the command line or the environment names.
pub(super) fn named_by(path: Option<&Path>) -> Option<PathBuf> {
    path.map(Path::to_owned).or_else(model_of_environment)
}

/// The model that the environment names; a variable that is empty names none.
fn model_of_environment() -> Option<PathBuf> {
    let path = std::env::var_os("HOTLIST_MODEL")?;
    (!path.is_empty()).then(|| path.into())
}

/// The refusal with a hint that says how to come by a model to edit, where one speaks of an edit to the built-in one.
fn to_edit(mut report: Report) -> Report {
    let speaks_of_edit =
        |hint: &&mut String| hint.contains("in the model") || hint.contains(".columns]");
    let hints = report.diagnostics.iter_mut();
    let hint = hints
        .filter_map(|diagnostic| diagnostic.hint.as_mut())
        .find(speaks_of_edit);
    if let Some(hint) = hint {
        let name = templates::REAL_ESTATE.name;
        let copy = format!("hotlist init --template {name} -o model.toml");
        *hint = format!("get a copy of the model to edit first: {copy}; then {hint}");
    }
    report
}

fn rejects_with_names() -> Report {
    let message =
        "--rejects writes whole rows, names included, and --pseudonymize is to hide names";
    Report::new(
        Kind::Usage,
        Diagnostic::error("rejects-with-names", message)
            .hint("mend the rows first, without --pseudonymize, then leave out --rejects"),
    )
}

/// Pseudonyms by the key in a file; the line end that editors and shells put behind it is not of the key.
fn pseudonyms(path: &Path) -> Result<Pseudonyms, Report> {
    let name = path.display();
    let hint = format!("make one: head -c 32 /dev/urandom | base64 > {name}");
    let content = std::fs::read(path).map_err(|why| {
        let message = format!("cannot read the key {name}: {why}");
        Report::new(
            Kind::NoInput,
            Diagnostic::error("no-key", message).hint(hint.as_str()),
        )
    })?;
    let mut key = content.as_slice();
    while let [rest @ .., b'\n' | b'\r'] = key {
        key = rest;
    }
    Pseudonyms::new(key).ok_or_else(|| {
        let message = format!(
            "the key in {name} has {} bytes, and {SHORTEST_KEY} are the least",
            key.len()
        );
        let problem = Diagnostic::error("short-key", message).hint(hint.as_str());
        Report::new(Kind::Usage, problem)
    })
}

/// The model named, or the built-in one, which is said.
fn model(path: Option<&Path>, console: Console) -> Result<Model, Report> {
    let Some(path) = path else {
        let template = templates::REAL_ESTATE;
        console.say(&format!(
            "note: no --model given: scoring by the built-in {0} model (a copy to edit: hotlist init --template {0} -o model.toml)",
            template.name
        ));
        return Model::parse(&format!("built-in {}.toml", template.name), template.text);
    };
    read_model(path)
}

/// Reads a model.
pub(super) fn read_model(path: &Path) -> Result<Model, Report> {
    let name = path.display().to_string();
    let text = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Err(Report::new(
                Kind::NoInput,
                Diagnostic::error("no-model", format!("cannot read the model {name}: {error}"))
                    .hint("check the path given with --model or in HOTLIST_MODEL"),
            ));
        }
    };
    let text = String::from_utf8(text).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + memchr::memchr_iter(b'\n', valid).count();
        Report::new(
            Kind::Model,
            Diagnostic::error("syntax", format!("{name}, line {line}, is not UTF-8 text"))
                .hint("save the file as UTF-8"),
        )
    })?;
    // Editors on Windows begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Model::parse(&name, text)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read; everything else is handed the instant"
)]
pub(super) fn as_of(text: Option<&str>, zone: &Arc<Zone>) -> Result<AsOf, Report> {
    let Some(text) = text else {
        let now = jiff::Timestamp::now().as_second();
        return Ok(AsOf::at(Instant::from_micros(now * 1_000_000), zone));
    };
    AsOf::read(text, zone).ok_or_else(|| {
        Report::new(
            Kind::Usage,
            Diagnostic::error(
                "bad-as-of",
                format!("`{text}` is neither a date nor a time"),
            )
            .hint("for instance --as-of 2026-11-01 or --as-of 2026-11-01T09:00:00Z"),
        )
    })
}

/// What standard output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screen {
    /// Whether a person is looking.
    pub terminal: bool,
    /// Whether it takes colour.
    pub color: bool,
    /// Its width in cells, or that of a page.
    pub width: usize,
}

/// A terminal narrower than this has lines cut by itself.
const NARROWEST: usize = 20;

impl Screen {
    pub(super) fn of(choice: ColorChoice) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width = terminal_size::terminal_size_of(std::io::stdout())
            .map(|(width, _)| usize::from(width.0));
        Self {
            terminal,
            color: colored(choice, terminal),
            width: width.map_or(100, |width| width.max(NARROWEST)),
        }
    }
}
