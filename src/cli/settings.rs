//! Arguments and surroundings resolved once: after this nobody asks whether a flag was set or a stream is a terminal.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::args::{self, ColorChoice, MOST_THREADS, Sources};
use super::console::{Console, Progress, colored};
use super::interrupt::Interrupts;
use super::reading::{self, kinds_of};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::engine::OnDuplicate;
use crate::input::{Opened, Options, Rejects, open};
use crate::model::{Model, templates};
use crate::output::target::{Target, same_file, write_failed};
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
    rejects: Option<PathBuf>,
    /// The columns of the contacts to keep for the outputs.
    pub keep: Keep,
    threads: usize,
    /// Whether the model is not the user's own.
    is_built_in: bool,
    /// Every file that is read, the model included.
    pub inputs: Vec<PathBuf>,
}

impl Task {
    /// Reads the model, fixes the as-of instant and opens the exports; `filter` is a condition over the leads.
    pub(super) fn of(
        contacts: &[PathBuf],
        sources: &Sources,
        filter: Option<&str>,
        console: Console,
    ) -> Result<Self> {
        let (mut model, named_model) = named_model(sources.model.path.as_deref(), console)?;
        let is_built_in = named_model.is_none();
        let filter = filter
            .map(|text| model.read_filter("--where", text))
            .transpose()?;
        let model = Arc::new(model);
        let as_of = as_of(sources.as_of.as_deref(), &model.zone)?;
        let budget = sources.bad_rows.budget()?;
        let exports = contacts.iter().chain(&sources.events.files);
        // The previous list is none of them: it is read before anything is written, and the next may replace it.
        let mut inputs: Vec<PathBuf> = exports.chain(&sources.overrides).cloned().collect();
        let read: Vec<PathBuf> = inputs.iter().chain(&sources.previous).cloned().collect();
        refuse_two_standard_inputs(&read)?;
        let kinds = kinds_of(&sources.events.files);
        let options = reading::options(&sources.events.reading, &kinds)?;
        let (contacts, events) = (open_all(contacts)?, open_all(&sources.events.files)?);
        refuse_one_file_twice(&inputs)?;
        inputs.extend(named_model);
        if let Some(rejects) = &sources.bad_rows.rejects {
            refuse_overwriting(std::slice::from_ref(rejects), &inputs)?;
        }
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
            rejects: sources.bad_rows.rejects.clone(),
            keep: Keep::Nothing,
            threads: threads(sources),
            is_built_in,
            inputs,
        })
    }

    /// Has ids, e-mail addresses and names shown as pseudonyms by the key in a file, if one is named.
    pub(super) fn pseudonymize(&mut self, key: Option<&Path>) -> Result<(), Report> {
        if let Some(key) = key {
            self.beside.pseudonyms = Some(pseudonyms(key)?);
            self.inputs.push(key.to_owned());
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

    /// Reads, scores and ranks, keeping evidence for the watched ids.
    pub(super) fn run(self, watched: &[String], console: Console) -> Result<(Plan, Run)> {
        let progress: Progress = console.progress(self.size());
        let names = self.contacts.iter().chain(&self.events);
        let names: Vec<String> = names.map(|opened| opened.name.clone()).collect();
        let rejects = self.rejects.as_deref().map(RejectsFile::open).transpose()?;
        let outcome = run(
            &self.plan,
            Inputs {
                contacts: self.contacts,
                events: self.events,
                options: self.options,
                on_duplicate: self.on_duplicate,
                budget: self.budget,
                rejects: rejects.as_ref().map(|file| Arc::clone(&file.rejects)),
                keep: self.keep,
                beside: self.beside,
                allow_empty: self.allow_empty,
                threads: self.threads,
                watched,
                progress: &|bytes| progress.add(bytes),
            },
        );
        progress.finish();
        if let Some(file) = rejects {
            file.finish(&names)?;
        }
        let is_built_in = self.is_built_in;
        let run = outcome.map_err(|report| if is_built_in { to_edit(report) } else { report })?;
        Ok((self.plan, run))
    }
}

/// The file of rows that cannot be read.
pub(super) struct RejectsFile {
    target: Target,
    /// What is collected for it.
    pub rejects: Arc<Rejects>,
}

impl RejectsFile {
    /// Opens it before anything is read, so that a folder that is missing is known at once.
    pub fn open(path: &Path) -> Result<Self, Report> {
        let target = Target::private(path)?;
        if let Some(temporary) = target.temporary() {
            Interrupts::listen().remove(temporary);
        }
        let rejects = Rejects::new()
            .map_err(|why| write_failed("the temporary file of rows that cannot be read", &why))?;
        Ok(Self {
            target,
            rejects: Arc::new(rejects),
        })
    }

    /// Puts it in its place, unless the reading broke off and rows are missing.
    pub fn finish(mut self, names: &[String]) -> Result<(), Report> {
        if !self.rejects.are_complete() {
            return Ok(());
        }
        match self.rejects.write(names, &mut self.target) {
            Ok(()) => self.target.commit(),
            Err(why) => Err(self.target.failed(&why)),
        }
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
    let path = path.map(Path::to_owned).or_else(model_of_environment);
    Ok((model(path.as_deref(), console)?, path))
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
fn as_of(text: Option<&str>, zone: &Arc<Zone>) -> Result<AsOf, Report> {
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

pub(super) fn refuse_two_standard_inputs(inputs: &[PathBuf]) -> Result<(), Report> {
    let standard = inputs.iter().filter(|path| path.as_os_str() == "-").count();
    if standard > 1 {
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error(
                "two-standard-inputs",
                "standard input can be read only once",
            )
            .hint("give all but one `-` as files"),
        ));
    }
    Ok(())
}

/// Rows read twice would only ever be repeated, or counted twice.
pub(super) fn refuse_one_file_twice(inputs: &[PathBuf]) -> Result<(), Report> {
    for (index, one) in inputs.iter().enumerate() {
        let same = |other: &&PathBuf| same_file(input_file(one), input_file(other));
        if let Some(other) = inputs[index + 1..].iter().find(same) {
            let message = format!(
                "the inputs {} and {} are one file",
                input_name(one),
                input_name(other)
            );
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error("same-input", message).hint("give each file once"),
            ));
        }
    }
    Ok(())
}

/// An output may not take the place of an input.
pub(super) fn refuse_overwriting(outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<(), Report> {
    for output in outputs {
        let (file, name) = if output.as_os_str() == "-" {
            (Path::new("/dev/stdout"), "standard output".to_owned())
        } else {
            (output.as_path(), format!("the output {}", output.display()))
        };
        let is_input = |input: &&PathBuf| same_file(file, input_file(input));
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

/// The file that an input is read from, so that it can be compared with others: `-` may be led from a file.
pub(super) fn input_file(path: &Path) -> &Path {
    if path.as_os_str() == "-" {
        Path::new("/dev/stdin")
    } else {
        path
    }
}

/// What an input is called in messages.
pub(super) fn input_name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "- (standard input)".to_owned()
    } else {
        path.display().to_string()
    }
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
