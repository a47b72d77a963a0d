//! `hotlist man`: the pages of the manual, made from the arguments that the parser knows.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::args::{Arguments, Man};
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};

/// What each exit code tells a script.
const EXIT_STATUS: [(&str, &str); 10] = [
    ("0", "Done, also when the reader of a pipe has gone away."),
    (
        "1",
        "The command ran, and a check that was asked for found something.",
    ),
    ("2", "The command line asks for something impossible."),
    ("65", "An export is refused: a row, a column or the file."),
    (
        "66",
        "An export or the model is missing, unreadable or a folder.",
    ),
    ("70", "A bug in hotlist."),
    ("73", "An output cannot be created."),
    (
        "74",
        "Reading or writing failed, for instance on a full disk.",
    ),
    ("75", "An export changed while it was read: try again."),
    ("78", "The model is invalid."),
];

/// What hotlist asks of the environment.
const ENVIRONMENT: [(&str, &str); 5] = [
    (
        "HOTLIST_MODEL",
        "The model file to use where no --model is given.",
    ),
    ("NO_COLOR", "If set and not empty, no colour."),
    (
        "CLICOLOR_FORCE",
        "If set and neither empty nor 0, colour also in a file or a pipe.",
    ),
    ("CLICOLOR", "If 0, no colour on a terminal."),
    (
        "TERM",
        "If dumb, neither progress nor colour on standard error.",
    ),
];

/// What hotlist reads and writes beside what it is told to.
const FILES: &str = "hotlist has no configuration file and keeps nothing between runs. It reads the exports and the \
     model that it is given, and writes standard output and the files it is told to write. A list that is there is \
     replaced whole or not at all.";

pub(in crate::cli) fn run(args: &Man) -> Result<()> {
    let mut all = Arguments::command()
        .disable_help_subcommand(true)
        .subcommand_help_heading("COMMANDS");
    all.build();
    let page = match &args.command {
        None => page(&all, None)?,
        Some(name) => page(find(&all, name)?, Some(all.get_name()))?,
    };
    let mut out = io::stdout().lock();
    out.write_all(&page)?;
    Ok(out.flush()?)
}

/// The command of that name.
fn find<'c>(all: &'c Command, name: &str) -> Result<&'c Command, Report> {
    if let Some(command) = all.find_subcommand(name) {
        return Ok(command);
    }
    let names: Vec<&str> = all.get_subcommands().map(Command::get_name).collect();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names.join(", ")),
    };
    let message = format!("there is no command `{name}`");
    let diagnostic = Diagnostic::error("unknown-command", message).hint(hint);
    Err(Report::new(Kind::Usage, diagnostic))
}

/// The page of a command; `parent` is the program's name if it is not the program itself.
fn page(command: &Command, parent: Option<&str>) -> io::Result<Vec<u8>> {
    let page = Page::new(command.clone())
        .source(concat!("hotlist ", env!("CARGO_PKG_VERSION")))
        .manual("hotlist");
    let mut written = Vec::new();
    page.render_title(&mut written)?;
    page.render_name_section(&mut written)?;
    page.render_synopsis_section(&mut written)?;
    page.render_description_section(&mut written)?;
    page.render_options_section(&mut written)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut written)?;
    }
    let mut rest = Roff::new();
    add_examples(&mut rest, command);
    add_terms(&mut rest, "EXIT STATUS", &EXIT_STATUS);
    add_terms(&mut rest, "ENVIRONMENT", &ENVIRONMENT);
    rest.control("SH", ["FILES"]);
    rest.text([roman(FILES)]);
    if let Some(parent) = parent {
        rest.control("SH", ["SEE ALSO"]);
        rest.text([bold(parent), roman("(1)")]);
    }
    rest.to_writer(&mut written)?;
    Ok(written)
}

/// A section of words and what they mean.
fn add_terms(roff: &mut Roff, title: &str, terms: &[(&str, &str)]) {
    roff.control("SH", [title]);
    for (term, meaning) in terms {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}

/// The examples that the help of the command ends with, or, for the program, those of all its commands.
fn add_examples(roff: &mut Roff, command: &Command) {
    let own = std::iter::once(command);
    let examples: Vec<String> = own
        .chain(command.get_subcommands())
        .flat_map(examples)
        .collect();
    roff.control("SH", ["EXAMPLES"]);
    roff.control("nf", []);
    for example in examples {
        roff.text([roman(example)]);
    }
    roff.control("fi", []);
}

/// The lines below the heading of a command's help that shows examples.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string);
    let help = help.unwrap_or_default();
    let lines = help.lines().skip_while(|line| !line.starts_with("Example"));
    lines.skip(1).map(|line| line.trim().to_owned()).collect()
}
