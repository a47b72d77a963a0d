//! `hotlist init`: a starter model to edit, fitted to exports or from a template.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Result;

use crate::cli::args::{DateOrder, Global, Init};
use crate::cli::collisions::{refuse_one_file_twice, refuse_two_standard_inputs};
use crate::cli::console::Console;
use crate::cli::reading::{self, kinds_of};
use crate::cli::settings::open_all;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::templates;
use crate::starter::{Exports, Starter, fit};
use crate::value;

/// How standard output is named.
const STANDARD: &str = "-";

pub(in crate::cli) fn run(args: &Init, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let output = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != STANDARD);
    // The exports may be large: what can be refused at once is.
    if let Some(path) = output
        && path.symlink_metadata().is_ok()
    {
        return Err(uncreated(path, &ErrorKind::AlreadyExists.into()).into());
    }
    if args.contacts.is_empty() {
        refuse_what_goes_with_contacts(args)?;
        let name = args
            .template
            .as_deref()
            .unwrap_or(templates::REAL_ESTATE.name);
        let text = template(name)?.text;
        return write(text, output, "CONTACTS -e EVENTS", console);
    }
    if let Some(name) = &args.template {
        let diagnostic =
            Diagnostic::error("template-and-exports", "a template or exports, not both").hint(
                format!("leave out --template {name} for a model fitted to the exports"),
            );
        return Err(Report::new(Kind::Usage, diagnostic).into());
    }
    let starter = fitted(args, console)?;
    for line in &starter.account {
        console.say(line);
    }
    let names = |paths: &[std::path::PathBuf]| -> String {
        let names: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        names.join(" ")
    };
    let mut inputs = names(&args.contacts);
    if !args.events.files.is_empty() {
        inputs = format!("{inputs} -e {}", names(&args.events.files));
    }
    write(&starter.text, output, &inputs, console)
}

/// Reads the exports and fits a model to them.
fn fitted(args: &Init, console: Console) -> Result<Starter> {
    let inputs: Vec<_> = args
        .contacts
        .iter()
        .chain(&args.events.files)
        .cloned()
        .collect();
    refuse_two_standard_inputs(&inputs)?;
    let options = reading::options(&args.events.reading, &kinds_of(&args.events.files))?;
    let (contacts, events) = (open_all(&args.contacts)?, open_all(&args.events.files)?);
    refuse_one_file_twice(&inputs)?;
    let size = contacts
        .iter()
        .chain(&events)
        .map(|opened| opened.size)
        .sum();
    let progress = console.progress(size);
    let outcome = fit(Exports {
        contacts,
        events,
        options,
        date_order: args.date_order.map(|order| match order {
            DateOrder::DayFirst => value::DateOrder::DayFirst,
            DateOrder::MonthFirst => value::DateOrder::MonthFirst,
        }),
        progress: &|bytes| progress.add(bytes),
    });
    progress.finish();
    Ok(outcome?)
}

/// Without contacts there is nothing to fit, and nothing to read.
fn refuse_what_goes_with_contacts(args: &Init) -> Result<(), Report> {
    let own = [
        (!args.events.files.is_empty(), "--events"),
        (args.date_order.is_some(), "--date-order"),
    ];
    let own = own.into_iter().filter(|(is_given, _)| *is_given);
    let mut given = own
        .map(|(_, flag)| flag)
        .chain(reading::given(&args.events.reading));
    match given.next() {
        Some(flag) => {
            let message = format!("{flag} goes with exports of contacts, and there are none");
            let diagnostic = Diagnostic::error("no-contacts", message)
                .hint("all files after -e are events: hotlist init CONTACTS -e EVENTS");
            Err(Report::new(Kind::Usage, diagnostic))
        }
        None => Ok(()),
    }
}

fn template(wanted: &str) -> Result<&'static templates::Template, Report> {
    let found = templates::ALL
        .iter()
        .find(|template| template.name == wanted);
    found.ok_or_else(|| {
        let names = templates::ALL.iter().map(|template| template.name);
        let message = format!("there is no template `{wanted}`");
        let hint = match nearest(wanted, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is {}", names.collect::<Vec<&str>>().join(", ")),
        };
        Report::new(
            Kind::Usage,
            Diagnostic::error("unknown-template", message).hint(hint),
        )
    })
}

/// Writes the model to a new file, or to standard output.
fn write(text: &str, output: Option<&Path>, inputs: &str, console: Console) -> Result<()> {
    let Some(path) = output else {
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    };
    let name = path.display();
    // Somebody's model is not to be lost: only a new file is written.
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = created.map_err(|error| uncreated(path, &error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| crate::output::target::write_failed(&name.to_string(), &error))?;
    console.say(&format!(
        "wrote {name}; use it with: hotlist score {inputs} -m {name}"
    ));
    Ok(())
}

fn uncreated(path: &Path, error: &std::io::Error) -> Report {
    let name = path.display();
    let diagnostic = match error.kind() {
        ErrorKind::AlreadyExists => {
            Diagnostic::error("file-exists", format!("{name} is there already"))
                .hint("choose another name, or delete the file first")
        }
        _ => Diagnostic::error("cannot-create", format!("cannot create {name}: {error}")),
    };
    Report::new(Kind::CannotCreate, diagnostic)
}
