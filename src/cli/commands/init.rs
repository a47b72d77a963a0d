//! `hotlist init`: a starter model to edit.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::Result;

use crate::cli::args::{Global, Init};
use crate::cli::console::Console;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};
use crate::model::templates;

pub(in crate::cli) fn run(args: &Init, global: &Global) -> Result<()> {
    let names = templates::ALL.map(|template| template.name);
    let Some(template) = templates::ALL
        .iter()
        .find(|template| template.name == args.template)
    else {
        let diagnostic = Diagnostic::error(
            "unknown-template",
            format!("there is no template `{}`", args.template),
        );
        let hint = match nearest(&args.template, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is {}", names.join(", ")),
        };
        return Err(Report::new(Kind::Usage, diagnostic.hint(hint)).into());
    };
    let Some(path) = &args.output else {
        std::io::stdout().write_all(template.text.as_bytes())?;
        return Ok(());
    };
    let name = path.display();
    // Somebody's model is not to be lost: only a new file is written.
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = created.map_err(|error| {
        let diagnostic = match error.kind() {
            ErrorKind::AlreadyExists => {
                Diagnostic::error("file-exists", format!("{name} is there already"))
                    .hint("choose another name, or delete the file first")
            }
            _ => Diagnostic::error("cannot-create", format!("cannot create {name}: {error}")),
        };
        Report::new(Kind::CannotCreate, diagnostic)
    })?;
    file.write_all(template.text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| crate::output::target::write_failed(&name.to_string(), &error))?;
    Console::of(global).say(&format!(
        "wrote {name}; use it with: hotlist score CONTACTS -e EVENTS -m {name}"
    ));
    Ok(())
}
