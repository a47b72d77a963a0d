//! `hotlist report`: what the leads of a run say together.

use anyhow::Result;

use super::documents::DocumentOutputs;
use super::outputs::Written;
use crate::analysis::{Document, Facts, channels, overview, owners, quality, response, rules};
use crate::cli::args::{Global, Report, ReportOn};
use crate::cli::console::Console;
use crate::cli::settings::{Screen, Task};
use crate::cli::summary::{self, Shown};
use crate::input::open;
use crate::run::spend::{Spend, read_spend};
use crate::run::{Keep, Run};

pub(in crate::cli) fn run(args: &Report, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let filter = args.filter.as_deref();
    let mut task = Task::of_report(&args.contacts, &args.sources, filter, console)?;
    task.keep = Keep::of(&args.by);
    task.pseudonymize(args.pseudonyms.pseudonymize.as_deref())?;
    task.files.inputs.extend(args.spend.clone());
    let outputs = DocumentOutputs::open(&args.documents, &task.files, screen)?;
    let spend = args.spend.as_deref().map(|path| {
        let divided_by = args.by.first().map_or("source", String::as_str);
        read_spend(open(path)?, &task.options, divided_by)
    });
    let spend = spend.transpose()?;
    let (plan, run) = task.run(&[], console)?.settled()?;
    let facts = Facts::of(&run);
    let mut written = Written::default();
    let document = document(args.what, &facts, &run, spend.as_ref());
    outputs.write_to(&mut written, document)?;
    written.commit()?;
    let leads = run.ranking.len() as u64;
    let shown = Shown {
        leads,
        of: leads,
        accounts: None,
        by_top: false,
    };
    summary::print(&plan, &run, &shown, &written.lines(), console);
    Ok(())
}

/// The report on one thing.
fn document(what: ReportOn, facts: &Facts<'_>, run: &Run, spend: Option<&Spend>) -> Document {
    match what {
        ReportOn::Overview => overview(facts),
        ReportOn::Channels => channels(facts, spend),
        ReportOn::Owners => owners(facts),
        ReportOn::Response => response(facts),
        ReportOn::Quality => quality(facts, run),
        ReportOn::Rules => rules(facts, &run.ranking),
    }
}
