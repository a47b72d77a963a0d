//! How a run ends: the exit code, and what is said about it on standard error.

use std::io;
use std::process::ExitCode;

use super::args::{ColorChoice, Global};
use super::console::Console;
use crate::diagnostic::render::{Style, render};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::output::target::write_failed;

/// The exit code of a check that was asked for and found something.
const FOUND: u8 = 1;

/// The exit code of a kind of refusal, after BSD's sysexits.
fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Guard => FOUND,
        Kind::Usage => 2,
        Kind::Data => 65,
        Kind::NoInput => 66,
        Kind::CannotCreate => 73,
        Kind::Io => 74,
        Kind::Changed => 75,
        Kind::Model => 78,
    }
}

/// Says what was wrong and gives the exit code.
pub(super) fn report(error: &anyhow::Error, global: &Global) -> ExitCode {
    let written;
    let report = match (
        error.downcast_ref::<Report>(),
        error.downcast_ref::<io::Error>(),
    ) {
        (Some(report), _) => report,
        // The reader of our output went away: it has what it wanted.
        (None, Some(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return ExitCode::SUCCESS;
        }
        (None, Some(error)) => {
            written = write_failed("standard output", error);
            &written
        }
        (None, None) => {
            written = Report::new(Kind::Io, Diagnostic::error("failed", format!("{error:#}")));
            &written
        }
    };
    let console = Console::of(global);
    let style = if console.color {
        Style::Colored
    } else {
        Style::Plain
    };
    console.write(&limited(report, style));
    ExitCode::from(code(report.kind))
}

/// Problems shown one by one.
const SHOWN: usize = 20;

/// The first problems of a report in full, and how many more there are.
fn limited(report: &Report, style: Style) -> String {
    let more = report.diagnostics.len().saturating_sub(SHOWN);
    if more == 0 {
        return render(report, style);
    }
    let first = Report {
        kind: report.kind,
        diagnostics: report.diagnostics[..SHOWN].to_vec(),
    };
    let problems = if more == 1 { "problem" } else { "problems" };
    format!("{}\n… and {more} more {problems}\n", render(&first, style))
}

/// Replaces the panic message, which could hold data, by one that says where the bug is and nothing else.
pub(super) fn explain_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |location| {
            format!(" at {}:{}", location.file(), location.line())
        });
        Console::plain().write(&format!(
            "error: this is a bug in hotlist {}{place}\n\nhint: please report this line, with what you ran; no output was replaced\n",
            env!("CARGO_PKG_VERSION"),
        ));
    }));
}

/// The exit code of a check that found something.
pub(super) fn found() -> ExitCode {
    ExitCode::from(FOUND)
}

/// The exit code of a command line that is no command.
pub(super) fn usage() -> ExitCode {
    ExitCode::from(code(Kind::Usage))
}

/// How it ends where help could not be written; settings are not known then.
pub(super) fn unprinted(error: io::Error) -> ExitCode {
    let global = Global {
        quiet: false,
        color: ColorChoice::Auto,
    };
    report(&error.into(), &global)
}

/// The exit code of a bug.
pub(super) fn bug() -> ExitCode {
    ExitCode::from(70)
}
