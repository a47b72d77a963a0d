//! Arguments that are no command, and the help: what the parser says, and how that ends.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Error, Parser};

use super::args::Arguments;
use super::console::Console;
use super::exit;
use crate::value::readable;

/// What to do where the exports of contacts were taken for exports of events.
pub(super) const CONTACTS_FIRST: &str = "all files after -e are events: put the contacts before -e";

/// Reads the arguments; the error quotes nothing that acts on a terminal.
pub(super) fn arguments() -> Result<Arguments, Error> {
    Arguments::try_parse().map_err(|error| {
        let shown =
            std::env::args_os().map(|argument| readable(&argument.to_string_lossy()).into_owned());
        // The same mistake again, in words that are fit to be shown.
        Arguments::try_parse_from(shown).err().unwrap_or(error)
    })
}

/// Says what the parser has to say, an error or the help that was asked for.
pub(super) fn answer(error: &Error) -> ExitCode {
    let printed = error.print().and_then(|()| io::stdout().flush());
    if error.use_stderr() {
        if are_contacts_taken_for_events(error) {
            Console::plain().write(&format!("\nhint: {CONTACTS_FIRST}\n"));
        }
        // That nobody may be listening is not worth another error.
        return exit::usage();
    }
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::unprinted(error),
    }
}

/// Whether `score` lacks its contacts and has several files of events.
fn are_contacts_taken_for_events(error: &Error) -> bool {
    if error.kind() != ErrorKind::MissingRequiredArgument {
        return false;
    }
    let lenient = Arguments::command().mut_subcommand("score", |score| {
        score.mut_arg("contacts", |contacts| contacts.required(false))
    });
    let matches = lenient.try_get_matches().ok();
    let score = matches
        .as_ref()
        .and_then(|found| found.subcommand_matches("score"));
    let events = score.and_then(|score| score.get_raw("events"));
    events.is_some_and(|events| events.len() > 1)
}
