//! Arguments and surroundings resolved once: after this nobody asks whether a flag was set or a stream is a terminal.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::args::{ColorChoice, EventExports, MOST_THREADS, Sources};
use super::console::{Console, Progress, colored};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Opened, Options, open};
use crate::model::{Model, templates};
use crate::output::target::same_file;
use crate::plan::{AsOf, Plan};
use crate::preset::{self, Choice};
use crate::rank::Beside;
use crate::run::beside::{read_overrides, read_previous};
use crate::run::{Inputs, Run, run};
use crate::value::{Instant, Zone};

/// What to read and score by.
pub(super) struct Task {
    pub plan: Plan,
    contacts: Vec<Opened>,
    events: Vec<Opened>,
    beside: Beside,
    /// How the exports are read.
    pub options: Options,
    allow_empty: bool,
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
        let exports = contacts.iter().chain(&sources.events.files);
        // The previous list is none of them: it is read before anything is written, and the next may replace it.
        let mut inputs: Vec<PathBuf> = exports.chain(&sources.overrides).cloned().collect();
        let read: Vec<PathBuf> = inputs.iter().chain(&sources.previous).cloned().collect();
        refuse_two_standard_inputs(&read)?;
        let options = options(&sources.events)?;
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
        };
        Ok(Self {
            plan: Plan::new(model, as_of),
            contacts,
            events,
            beside,
            options,
            allow_empty: sources.allow_empty,
            threads: threads(sources),
            is_built_in,
            inputs,
        })
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
        let outcome = run(
            &self.plan,
            Inputs {
                contacts: self.contacts,
                events: self.events,
                options: self.options,
                beside: self.beside,
                allow_empty: self.allow_empty,
                threads: self.threads,
                watched,
                progress: &|bytes| progress.add(bytes),
            },
        );
        progress.finish();
        let is_built_in = self.is_built_in;
        let run = outcome.map_err(|report| if is_built_in { to_edit(report) } else { report })?;
        Ok((self.plan, run))
    }
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

/// How exports are read, as the arguments say.
pub(super) fn options(exports: &EventExports) -> Result<Options, Report> {
    let presets = Choice::read(&exports.preset)?;
    let mut kinds = vec![preset::Kind::Contacts];
    if !exports.files.is_empty() {
        kinds.push(preset::Kind::Events);
    }
    presets.refuse_useless(&kinds)?;
    Ok(Options {
        delimiter: delimiter(exports.delimiter.as_deref())?,
        skip: exports.skip,
        presets,
        ..Options::default()
    })
}

fn delimiter(text: Option<&str>) -> Result<Option<u8>, Report> {
    let Some(text) = text else {
        return Ok(None);
    };
    match text {
        "," | ";" | "|" | "\t" => Ok(text.bytes().next()),
        "tab" | "\\t" => Ok(Some(b'\t')),
        _ => Err(Report::new(
            Kind::Usage,
            Diagnostic::error("bad-delimiter", format!("`{text}` cannot be a delimiter"))
                .hint("it can be `,` `;` `|` or `tab`"),
        )),
    }
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
