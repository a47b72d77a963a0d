//! `hotlist explain`: the ledger of a lead, the evidence, and what would make it hotter.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::args::{Explain, ExplainFormat, Global};
use crate::cli::console::Console;
use crate::cli::settings::{Screen, Task};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::output::explanation;
use crate::rank::Explanation;

pub(in crate::cli) fn run(args: &Explain, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let (ids, contacts) = split(&args.ids_and_contacts)?;
    let task = Task::of(&contacts, &args.sources, console)?;
    let (_, run) = task.run(&ids, console)?;
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
            serde_json::to_writer_pretty(&mut out, &explanations).map_err(io::Error::from)?;
            writeln!(out)?;
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

/// Ids come first; the first argument that names a file, or is `-`, begins the contacts.
fn split(arguments: &[String]) -> Result<(Vec<String>, Vec<PathBuf>), Report> {
    let is_file = |argument: &String| argument == "-" || Path::new(argument).exists();
    let first = arguments.iter().position(is_file);
    let (ids, contacts) = match first {
        Some(0) => {
            return Err(Report::new(
                Kind::Usage,
                Diagnostic::error("no-id", "no id of a lead is given before the contacts")
                    .hint("for instance: hotlist explain L-10001 contacts.csv -e events.csv"),
            ));
        }
        Some(first) => arguments.split_at(first),
        None => {
            let last = arguments.last().map_or("", String::as_str);
            return Err(Report::new(
                Kind::NoInput,
                Diagnostic::error(
                    "no-contacts",
                    format!("no export of contacts is given, and there is no file `{last}`"),
                )
                .hint("for instance: hotlist explain L-10001 contacts.csv -e events.csv"),
            ));
        }
    };
    Ok((ids.to_vec(), contacts.iter().map(PathBuf::from).collect()))
}

fn not_a_lead(id: &str) -> Report {
    Report::new(
        Kind::Usage,
        Diagnostic::error("not-a-lead", format!("the contact `{id}` is not a lead"))
            .hint("`only` under [contacts] of the model says which rows are leads"),
    )
}
