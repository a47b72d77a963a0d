//! The command line: arguments to settings, settings to a run, the outcome to an exit code.

mod args;
mod commands;
mod console;
mod exit;
mod settings;
mod summary;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    exit::explain_panics();
    let arguments = Arguments::parse();
    let outcome = std::panic::catch_unwind(|| match &arguments.command {
        Command::Score(args) => commands::score::run(args, &arguments.global),
        Command::Explain(args) => commands::explain::run(args, &arguments.global),
        Command::Init(args) => commands::init::run(args, &arguments.global),
    });
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => exit::report(&error, &arguments.global),
        Err(_) => exit::bug(),
    }
}
