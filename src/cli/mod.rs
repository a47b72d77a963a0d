//! The command line: arguments to settings, settings to a run, the outcome to an exit code.

mod args;
mod collisions;
mod commands;
mod console;
mod exit;
mod interrupt;
mod max_drop;
mod reading;
mod rejects;
mod settings;
mod summary;
mod usage;

use std::process::ExitCode;

use args::Command;

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    exit::explain_panics();
    let arguments = match usage::arguments() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error),
    };
    let done = |()| ExitCode::SUCCESS;
    let outcome = std::panic::catch_unwind(|| match &arguments.command {
        Command::Score(args) => commands::score::run(args, &arguments.global).map(done),
        Command::Report(args) => commands::report::run(args, &arguments.global).map(done),
        Command::Explain(args) => commands::explain::run(args, &arguments.global).map(done),
        Command::ExplainCode(args) => {
            commands::explain_code::run(args, &arguments.global).map(done)
        }
        Command::Compare(args) => commands::compare::run(args, &arguments.global),
        Command::Check(args) => commands::check::run(args, &arguments.global),
        Command::Init(args) => commands::init::run(args, &arguments.global).map(done),
        Command::Normalize(args) => commands::normalize::run(args, &arguments.global).map(done),
        Command::Sql(args) => commands::sql::run(args, &arguments.global).map(done),
        Command::Schema => commands::schema::run().map(done),
        Command::Completions(args) => commands::completions::run(args).map(done),
        Command::Man(args) => commands::man::run(args).map(done),
        Command::Test(args) => commands::test::run(args, &arguments.global),
    });
    match outcome {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => exit::report(&error, &arguments.global),
        Err(_) => exit::bug(),
    }
}
