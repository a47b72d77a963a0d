//! The account of a run on standard error: every row read is in it, once.

use std::path::PathBuf;

use super::console::Console;
use crate::output::{Summary, xlsx};
use crate::plan::Plan;
use crate::run::{Run, left_out};

/// Names of unused event types shown; the rest is a number.
const KINDS_SHOWN: usize = 5;

/// Names of outputs shown, where there are many.
const FILES_SHOWN: usize = 5;

/// How much of the list was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown<'r> {
    /// So many leads or accounts.
    pub leads: u64,
    /// Of so many.
    pub of: u64,
    /// How many accounts have each temperature, where they are what is listed.
    pub accounts: Option<Vec<(&'r str, u64)>>,
    /// Whether a larger `--top` would show the others: not where `--temperature` left them out.
    pub by_top: bool,
}

/// Cells that are not written as they are, over all outputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// So that no spreadsheet runs or obeys them.
    escaped: u64,
    /// Because a workbook takes no longer ones.
    cut: u64,
}

impl Changed {
    /// Counts those of one more output.
    pub(super) fn add(&mut self, wrote: &Summary) {
        self.escaped += wrote.cells_escaped;
        self.cut += wrote.cells_cut;
    }
}

/// Says what was read, what came of it and, in lines of [`written`], where it went.
pub(super) fn print(
    plan: &Plan,
    run: &Run,
    shown: &Shown<'_>,
    written: &[String],
    console: Console,
) {
    for line in lines(plan, run, shown, written) {
        console.say(&line);
    }
    if let Some(left_out) = left_out(&run.bad, &run.files) {
        console.show(&left_out);
    }
}

/// The same, as lines, of a run of which nothing is written as a list.
pub(super) fn account(plan: &Plan, run: &Run) -> Vec<String> {
    let all = run.ranking.len() as u64;
    let shown = Shown {
        leads: all,
        of: all,
        accounts: None,
        by_top: false,
    };
    lines(plan, run, &shown, &[])
}

fn lines(plan: &Plan, run: &Run, shown: &Shown<'_>, written: &[String]) -> Vec<String> {
    let mut lines = vec![contacts(run)];
    lines.extend(events(run));
    lines.extend(times(plan, run));
    let disqualified = run.ranking.disqualified() as u64;
    let disqualified = match disqualified {
        0 => String::new(),
        count => format!(", {} of them disqualified", grouped(count)),
    };
    let mix = mixed(&run.ranking.mix());
    lines.push(format!("leads     {mix}{disqualified}"));
    if let Some(accounts) = &shown.accounts {
        lines.push(format!("accounts  {}", mixed(accounts)));
    }
    lines.extend(by_hand(run));
    if run.ranking.beside().previous.is_none()
        && plan.model.temperatures.iter().any(|t| t.keep.is_some())
    {
        lines.push(
            "note: `keep` in the model needs the list of the previous run (--previous FILE)"
                .to_owned(),
        );
    }
    if let Some(unknown @ 1..) = run.ranking.beside().previous.as_ref().map(|p| p.unknown) {
        lines.push(format!(
            "warning: {} of the previous list had a temperature that the model does not have",
            counted(unknown, "lead")
        ));
    }
    let all = shown.of;
    if shown.leads < all {
        let tip = if shown.by_top {
            format!(" (all: --top {all})")
        } else {
            String::new()
        };
        lines.push(format!(
            "shown     {} of {}{tip}",
            grouped(shown.leads),
            grouped(all)
        ));
    }
    lines.push(format!(
        "as of     {}, model {}",
        plan.as_of.write(&plan.model.zone),
        plan.model.title()
    ));
    if !run.taken.is_empty() {
        let taken: Vec<String> = run
            .taken
            .iter()
            .map(|(purpose, header)| format!("{purpose} = \"{header}\""))
            .collect();
        lines.push(format!("columns   {}", taken.join(", ")));
    }
    let columns: Vec<&str> = run.kept.iter().map(|kept| kept.name.as_str()).collect();
    if !columns.is_empty() {
        lines.push(format!("kept      {}", columns.join(", ")));
    }
    lines.extend(known(run));
    lines.extend(run.notes.iter().map(|note| format!("note: {note}")));
    for (file, line) in &run.unended {
        lines.push(format!(
            "warning: {file}, line {line}: the last line has no end; is the export complete?"
        ));
    }
    for unreadable in &run.unreadable {
        lines.push(format!(
            "warning: {} of column `{}` not readable as a {}, taken as unknown",
            counted(unreadable.cells, "cell"),
            unreadable.column,
            unreadable.wanted
        ));
    }
    lines.extend_from_slice(written);
    lines
}

/// What is said of outputs that are written.
pub(super) fn written(changed: Changed, outputs: &[PathBuf]) -> Vec<String> {
    let mut lines = Vec::new();
    if changed.escaped > 0 {
        lines.push(format!(
            "note: {} got a ' or a spelling such as \\u{{1b}}, so that no spreadsheet runs or obeys them (--csv-escape none leaves them)",
            counted(changed.escaped, "cell")
        ));
    }
    if changed.cut > 0 {
        lines.push(format!(
            "warning: {} cut at {} characters, the most that Excel takes",
            counted(changed.cut, "cell"),
            grouped(xlsx::LONGEST_CELL as u64)
        ));
    }
    if !outputs.is_empty() {
        lines.push(format!("wrote     {}", names(outputs)));
    }
    lines
}

/// The names of a few files; of many their number, the first and how many more.
fn names(outputs: &[PathBuf]) -> String {
    let names: Vec<String> = outputs
        .iter()
        .take(FILES_SHOWN)
        .map(|path| path.display().to_string())
        .collect();
    let names = names.join(", ");
    match outputs.len().saturating_sub(FILES_SHOWN) {
        0 => names,
        more => format!("{} files: {names} and {more} more", outputs.len()),
    }
}

/// How many have each temperature: `29 hot, 125 warm`.
fn mixed(mix: &[(&str, u64)]) -> String {
    let parts: Vec<String> = mix
        .iter()
        .map(|(name, count)| format!("{} {name}", grouped(*count)))
        .collect();
    parts.join(", ")
}

/// What became of overrides, if the run has any.
fn by_hand(run: &Run) -> Option<String> {
    let ranking = &run.ranking;
    let expired = ranking.beside().overrides.as_ref().map_or(0, |o| o.expired);
    let parts: Vec<String> = [
        (ranking.overridden() as u64, "overridden"),
        (expired, "expired"),
        (ranking.strangers, "for nobody in this run"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", grouped(count)))
    .collect();
    (!parts.is_empty()).then(|| format!("by hand   {}", parts.join(", ")))
}

/// Which known system's exports the files were taken for, and what was passed over before their headers.
fn known(run: &Run) -> Vec<String> {
    let mut shapes: Vec<(String, Vec<&str>)> = Vec::new();
    for known in &run.known {
        let Some(shape) = known.shape else {
            continue;
        };
        let said = shape.said();
        match shapes.iter_mut().find(|(other, _)| *other == said) {
            Some((_, files)) => files.push(&known.file),
            None => shapes.push((said, vec![&known.file])),
        }
    }
    let mut lines: Vec<String> = shapes
        .into_iter()
        .map(|(said, files)| format!("preset    {said} for {}", files.join(", ")))
        .collect();
    for known in run
        .known
        .iter()
        .filter(|known| known.lines_before_header > 0)
    {
        lines.push(format!(
            "skipped   {} before the header of {}",
            counted(known.lines_before_header, "line"),
            known.file
        ));
    }
    lines
}

fn contacts(run: &Run) -> String {
    let rows = run.contact_rows;
    let parts = [
        (rows.scored, "scored"),
        (rows.not_leads, "not leads"),
        (rows.collapsed, "repeated rows"),
        (rows.superseded, "superseded by rows of the same contact"),
        (rows.rejected, "rejected"),
        (rows.footer, "of a footer"),
    ];
    format!("contacts  {} read = {}", grouped(rows.read), sum(&parts))
}

fn events(run: &Run) -> Option<String> {
    let rows = run.event_rows.as_ref()?;
    let mut kinds: Vec<(&String, &u64)> = rows.unused_kinds.iter().collect();
    kinds.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    let more = kinds.len().saturating_sub(KINDS_SHOWN);
    let mut names: Vec<String> = kinds
        .iter()
        .take(KINDS_SHOWN)
        .map(|(name, count)| format!("{name} {}", grouped(**count)))
        .collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let unused = format!("of types no signal uses ({})", names.join(", "));
    let parts = [
        (rows.counted, "counted"),
        (rows.unused(), unused.as_str()),
        (rows.no_contact, "of no such contact"),
        (rows.not_leads, "of contacts that are not leads"),
        (rows.after_as_of, "after as-of"),
        (rows.out_of_window, "out of every window"),
        (rows.unmatched, "not matched by any signal"),
        (rows.collapsed, "repeated rows"),
        (rows.superseded, "superseded by rows of the same id"),
        (rows.rejected, "rejected"),
        (rows.footer, "of a footer"),
    ];
    Some(format!(
        "events    {} read = {}",
        grouped(rows.read),
        sum(&parts)
    ))
}

/// What was assumed of the times of the events.
fn times(plan: &Plan, run: &Run) -> Vec<String> {
    let Some(notes) = run.event_rows.as_ref().map(|rows| rows.times) else {
        return Vec::new();
    };
    let model = &plan.model;
    let mut parts = Vec::new();
    if notes.without_offset > 0 && !model.names_zone {
        parts.push(format!(
            "{} without an offset, read as UTC because the model names no timezone",
            grouped(notes.without_offset)
        ));
    }
    let zone = model.zone.name();
    if notes.skipped > 0 {
        parts.push(format!(
            "{} skipped by the clocks of {zone}, moved forward",
            grouped(notes.skipped)
        ));
    }
    if notes.shown_twice > 0 {
        parts.push(format!(
            "{} shown twice by the clocks of {zone}, taken for the first",
            grouped(notes.shown_twice)
        ));
    }
    let mut lines = Vec::new();
    if !parts.is_empty() {
        lines.push(format!("times     {}", parts.join("; ")));
    }
    if notes.epoch > 0 {
        lines.push(format!(
            "warning: {} at 1970-01-01T00:00:00Z, which mostly means that nothing is known",
            counted(notes.epoch, "event")
        ));
    }
    lines
}

/// The parts that are not nothing, as a sum.
fn sum(parts: &[(u64, &str)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(index, (count, _))| *index == 0 || *count > 0)
        .map(|(_, (count, what))| format!("{} {what}", grouped(*count)))
        .collect();
    parts.join(" + ")
}

fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(count))
}

/// A count with its thousands separated.
pub(super) fn grouped(count: u64) -> String {
    crate::value::grouped(&count.to_string())
}
