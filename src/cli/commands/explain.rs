//! `hotlist explain`: the ledger of a lead, the evidence, and what would make it hotter.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::args::{Explain, ExplainFormat, Global};
use crate::cli::console::Console;
use crate::cli::settings::{Screen, Task};
use crate::cli::usage;
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::output::{explanation, json::escape_unseen};
use crate::rank::Explanation;

pub(in crate::cli) fn run(args: &Explain, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let (ids, contacts) = split(&args.ids_and_contacts, &args.sources.events.files)?;
    let mut task = Task::of(&contacts, &args.sources, None, console)?;
    task.pseudonymize(args.pseudonyms.pseudonymize.as_deref())?;
    let (_, run) = task.run(&ids, console)?.settled()?;
    let explanations = ids
        .iter()
        .zip(&run.watched)
        .map(|(id, contact)| {
            let place = run
                .ranking
                .place_of(*contact)
                .ok_or_else(|| not_a_lead(id))?;
            Ok(Explanation::of(&run.ranking, place, &run.evidence))
        })
        .collect::<Result<Vec<Explanation>, Report>>()?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        ExplainFormat::Json => {
            let text = serde_json::to_string_pretty(&explanations).map_err(io::Error::from)?;
            writeln!(out, "{}", escape_unseen(&text))?;
        }
        ExplainFormat::Text => {
            let color = Screen::of(global.color).color;
            for (index, one) in explanations.iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                out.write_all(explanation::text(one, color).as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// The first argument is an id, whatever it looks like; of the others the first that names a file, or is `-`, begins
/// the contacts.
fn split(
    arguments: &[OsString],
    events: &[PathBuf],
) -> Result<(Vec<String>, Vec<PathBuf>), Report> {
    let is_file = |argument: &OsString| argument == "-" || Path::new(argument).exists();
    let example = "for instance: hotlist explain L-10001 contacts.csv -e events.csv";
    if let [only] = arguments
        && is_file(only)
    {
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("no-id", "no id of a lead is given before the contacts")
                .hint(example),
        ));
    }
    let contacts = arguments.iter().skip(1).position(is_file);
    let Some(contacts) = contacts else {
        let last = arguments.last().map(|last| last.display());
        let last = last.map_or_else(String::new, |last| last.to_string());
        let mut diagnostic = Diagnostic::error(
            "no-contacts",
            format!("no export of contacts is given, and there is no file `{last}`"),
        );
        diagnostic.hint = Some(match events {
            [_, _, ..] => usage::CONTACTS_FIRST.to_owned(),
            _ => example.to_owned(),
        });
        return Err(Report::new(Kind::NoInput, diagnostic));
    };
    let (ids, contacts) = arguments.split_at(contacts + 1);
    // Exports are UTF-8, so an id that is not is in none of them.
    let ids = ids.iter().map(|id| id.to_string_lossy().into_owned());
    Ok((ids.collect(), contacts.iter().map(PathBuf::from).collect()))
}

fn not_a_lead(id: &str) -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("not-a-lead", format!("the contact `{id}` is not a lead"))
            .hint("`only` under [contacts] of the model says which rows are leads"),
    )
}
