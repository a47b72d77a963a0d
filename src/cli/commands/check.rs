//! `hotlist check`: what a model can hardly mean, alone or against exports, and a preview of the scores.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use crate::cli::args::{Check, CheckFormat, Deny, Global};
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::settings::{Screen, Task, named_model};
use crate::diagnostic::render::{Style, render_one};
use crate::diagnostic::{Diagnostic, Kind, Report, Severity};
use crate::input::{Opened, open};
use crate::lint::{self, EventFiles, FindingRecord, Observed, Preview};
use crate::output::json::escape_unseen;

pub(in crate::cli) fn run(args: &Check, global: &Global) -> Result<ExitCode> {
    let console = Console::of(global);
    let (findings, preview) = if args.contacts.is_empty() {
        if !args.sources.events.files.is_empty() {
            return Err(events_alone().into());
        }
        let (model, _) = named_model(args.sources.model.path.as_deref(), console)?;
        (lint::findings(&model, None), None)
    } else {
        against_exports(args, console)?
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        CheckFormat::Text => {
            let style = if Screen::of(global.color).color {
                Style::Colored
            } else {
                Style::Plain
            };
            write_text(&findings, preview.as_ref(), style, &mut out)?;
        }
        CheckFormat::Json => write_json(&findings, preview.as_ref(), &mut out)?,
    }
    out.flush()?;
    let warns = |finding: &Diagnostic| finding.severity == Severity::Warning;
    if args.deny == Some(Deny::Warnings) && findings.iter().any(warns) {
        return Ok(exit::found());
    }
    Ok(ExitCode::SUCCESS)
}

/// The findings and the preview of a run over the exports.
fn against_exports(args: &Check, console: Console) -> Result<(Vec<Diagnostic>, Option<Preview>)> {
    let task = Task::of(&args.contacts, &args.sources, None, console)?;
    let options = task.options.clone();
    let (plan, run) = task.run(&[], console)?.settled()?;
    // Events are read a second time, for what scoring does not keep.
    let again = opened_again(&args.sources.events.files)?;
    if again.is_none() {
        console.say(
            "note: events that do not come from files can be read only once; findings about their types, columns and age are left out",
        );
    }
    let again = again.filter(|files| !files.is_empty());
    let progress = console.progress(again.iter().flatten().map(|opened| opened.size).sum());
    let add = |bytes: usize| progress.add(bytes);
    let files = again.map(|opened| EventFiles {
        opened,
        options,
        progress: &add,
    });
    let observed = Observed::of(&run, files);
    progress.finish();
    let observed = observed?;
    let findings = lint::findings(&plan.model, Some(&observed));
    Ok((findings, Some(observed.preview())))
}

/// The files once more; None where one is a stream, which is gone.
fn opened_again(files: &[PathBuf]) -> Result<Option<Vec<Opened>>, Report> {
    let mut opened = Vec::new();
    for path in files {
        let is_file = path.as_os_str() != "-" && path.metadata().is_ok_and(|about| about.is_file());
        if !is_file {
            return Ok(None);
        }
        opened.push(open(path)?);
    }
    Ok(Some(opened))
}

fn events_alone() -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("no-contacts", "events are given without contacts")
            .hint("for instance: hotlist check contacts.csv -e events.csv"),
    )
}

fn write_text(
    findings: &[Diagnostic],
    preview: Option<&Preview>,
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}", render_one(finding, style))?;
    }
    if let Some(preview) = preview {
        writeln!(out, "{}", lint::preview_text(preview))?;
    }
    writeln!(out, "{}", lint::counts(findings))
}

/// What programs read.
#[derive(Serialize)]
struct Checked<'c> {
    findings: Vec<FindingRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<&'c Preview>,
}

fn write_json(
    findings: &[Diagnostic],
    preview: Option<&Preview>,
    out: &mut impl Write,
) -> io::Result<()> {
    let checked = Checked {
        findings: findings.iter().map(FindingRecord::of).collect(),
        preview,
    };
    let text = serde_json::to_string_pretty(&checked).map_err(io::Error::from)?;
    writeln!(out, "{}", escape_unseen(&text))
}
