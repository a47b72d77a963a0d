//! The account of a run on standard error: every row read is in it, once.

use std::path::PathBuf;

use super::console::Console;
use crate::plan::Plan;
use crate::run::Run;

/// Names of unused event types shown; the rest is a number.
const KINDS_SHOWN: usize = 5;

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

/// Says what was read, what came of it and where it went.
pub(super) fn print(
    plan: &Plan,
    run: &Run,
    shown: &Shown<'_>,
    escaped: u64,
    outputs: &[PathBuf],
    console: Console,
) {
    for line in lines(plan, run, shown, escaped, outputs) {
        console.say(&line);
    }
}

fn lines(
    plan: &Plan,
    run: &Run,
    shown: &Shown<'_>,
    escaped: u64,
    outputs: &[PathBuf],
) -> Vec<String> {
    let mut lines = vec![contacts(run)];
    lines.extend(events(run));
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
    lines.extend(known(run));
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
    if escaped > 0 {
        lines.push(format!(
            "note: {} got a ' so that no spreadsheet runs them (--csv-escape none leaves them)",
            counted(escaped, "cell")
        ));
    }
    if !outputs.is_empty() {
        let names: Vec<String> = outputs
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        lines.push(format!("wrote     {}", names.join(", ")));
    }
    lines
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
        (rows.footer, "of a footer"),
    ];
    Some(format!(
        "events    {} read = {}",
        grouped(rows.read),
        sum(&parts)
    ))
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
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
