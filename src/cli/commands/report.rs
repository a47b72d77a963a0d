//! `hotlist report`: what the leads of a run say together.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::compare::temperatures;
use super::documents::DocumentOutputs;
use super::listing::{self, Choice, Picked};
use super::outputs::Written;
use super::run_columns::{available, shared_context};
use super::sink::Sink;
use crate::analysis::compare::{Between, Heat, Moves, compare};
use crate::analysis::{Document, Facts, channels, overview, owners, quality, response, rules};
use crate::cli::args::{Global, Report, ReportOn};
use crate::cli::collisions::{refuse_two_standard_inputs, refuse_two_standard_outputs};
use crate::cli::console::Console;
use crate::cli::settings::{STANDARD, Screen, Task};
use crate::cli::summary::{self, Shown};
use crate::diagnostic::{self, Diagnostic, Kind};
use crate::input::{Options, open};
use crate::output::{Columns, html::Html};
use crate::plan::Plan;
use crate::run::list::{List, read_list};
use crate::run::spend::{Spend, read_spend};
use crate::run::{Keep, Run};
use crate::value::DecimalSign;

pub(in crate::cli) fn run(args: &Report, global: &Global) -> Result<()> {
    let console = Console::of(global);
    let screen = Screen::of(global.color);
    let filter = args.filter.as_deref();
    let sources = &args.sources;
    let read = args.contacts.iter().chain(&sources.events.files);
    let read = read.chain(&sources.overrides).chain(&sources.previous);
    let read: Vec<PathBuf> = read.chain(&args.spend).cloned().collect();
    refuse_two_standard_inputs(&read)?;
    let mut task = Task::of_report(&args.contacts, &args.sources, filter, console)?;
    if !args.by.is_empty() {
        // Not `Keep::of`, to which `all` is every column.
        let names = args.by.iter().map(|name| name.trim().to_owned());
        task.keep = Keep::Named(names.collect());
    }
    task.pseudonymize(args.pseudonyms.pseudonymize.as_deref())?;
    task.files.inputs.extend(args.spend.clone());
    let outputs = DocumentOutputs::open(&args.documents, &task.files, screen)?;
    let all: Vec<_> = outputs.paths().chain(&args.html).cloned().collect();
    refuse_two_standard_outputs(&all)?;
    task.files.refuse_collisions(&all)?;
    let page = args.html.as_deref().map(Sink::open).transpose()?;
    let spend = args.spend.as_deref().map(|path| {
        let divided_by = args.by.first().map_or("source", String::as_str);
        // What is said of the exports is said of them alone, but for the systems they are from and how people there
        // write numbers.
        let cells = &task.plan.model.contacts.cells;
        let options = Options {
            presets: task.options.presets.clone(),
            decimal_comma: cells.decimal == DecimalSign::Comma,
            ..Options::default()
        };
        read_spend(open(path)?, &options, divided_by)
    });
    let spend = spend.transpose()?;
    let previous = args.sources.previous.as_deref();
    let previous = page.as_ref().and(previous).map(earlier).transpose()?;
    let is_part = filter.is_some() || args.pseudonyms.pseudonymize.is_some();
    let (plan, run) = task.run(&[], console)?.settled()?;
    let facts = Facts::of(&run);
    let subject = Subject {
        plan: &plan,
        run: &run,
        facts: &facts,
        spend: spend.as_ref(),
        previous: previous.map(|list| if is_part { only_of(list, &run) } else { list }),
        quiet_days: args.quiet_days,
    };
    let mut written = Written::default();
    let asked = subject.report(args.what);
    let of_page = page.is_some().then(|| subject.reports(args.what, &asked));
    outputs.write_to(&mut written, asked)?;
    if let Some((page, documents)) = page.zip(of_page) {
        subject.write_page(page, documents, &mut written)?;
    } else if args.spend.is_some() && args.what != ReportOn::Channels {
        console
            .say("warning: --spend is for the report on channels and for --html, and was not used");
    }
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

/// The earlier list, to be compared with this run.
fn earlier(path: &Path) -> Result<List, diagnostic::Report> {
    if path.as_os_str() == STANDARD {
        let message =
            "the page compares with the previous list, which standard input gives only once";
        return Err(diagnostic::Report::new(
            Kind::Usage,
            Diagnostic::error("two-standard-inputs", message).hint("give `--previous` as a file"),
        ));
    }
    read_list(open(path)?, true)
}

/// The leads of an earlier list that this run shows. Of a run over some leads the others are not gone, and where it
/// shows pseudonyms the list may say who they are.
fn only_of(mut list: List, run: &Run) -> List {
    let shown: HashSet<&str> = run.ranking.ids().collect();
    list.leads.retain(|lead| shown.contains(lead.id.as_str()));
    list
}

/// What reports are on.
struct Subject<'s> {
    plan: &'s Plan,
    run: &'s Run,
    facts: &'s Facts<'s>,
    spend: Option<&'s Spend>,
    previous: Option<List>,
    quiet_days: u16,
}

impl Subject<'_> {
    /// The report on one thing.
    fn report(&self, what: ReportOn) -> Document {
        match what {
            ReportOn::Overview => overview(self.facts),
            ReportOn::Channels => channels(self.facts, self.spend),
            ReportOn::Owners => owners(self.facts),
            ReportOn::Response => response(self.facts),
            ReportOn::Quality => quality(self.facts, self.run, self.quiet_days),
            ReportOn::Rules => rules(self.facts, &self.run.ranking),
        }
    }

    /// Every report, one of which is at hand, and who moved since the earlier list if there is one.
    fn reports(&self, at_hand: ReportOn, document: &Document) -> Vec<Document> {
        let report = |what| {
            if what == at_hand {
                document.clone()
            } else {
                self.report(what)
            }
        };
        let mut documents = vec![report(ReportOn::Overview)];
        let previous = self.previous.as_ref().filter(|old| !old.leads.is_empty());
        documents.extend(previous.map(|old| self.moves_since(old)));
        let others = [
            ReportOn::Channels,
            ReportOn::Owners,
            ReportOn::Response,
            ReportOn::Rules,
            ReportOn::Quality,
        ];
        documents.extend(others.map(report));
        documents
    }

    fn moves_since(&self, old: &List) -> Document {
        let new = List::of_run("this run", self.plan, self.run);
        let heat = Heat::of(&[old, &new], &temperatures(&self.plan.model));
        compare(&Moves::between(old, &new, &heat), Between::Lists, &[])
    }

    /// Writes the page of these reports and the list.
    fn write_page(
        &self,
        page: Sink,
        reports: Vec<Document>,
        written: &mut Written,
    ) -> Result<(), diagnostic::Report> {
        let model = &self.plan.model;
        let available = available(model, self.run);
        let columns = Columns::of_run(&available, shared_context(self.plan));
        let columns = columns.with_temperatures(&model.temperatures);
        let exporter = Box::new(Html::new(&columns, reports));
        let list = listing::List::People(&self.run.ranking);
        let places = Picked::Choice(Choice::default()).places(list);
        written.write(page, |out| listing::write(list, &places, exporter, out))?;
        Ok(())
    }
}
