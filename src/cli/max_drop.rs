//! `--max-drop`: a list that suddenly has far fewer leads than the file it would replace is more likely a broken export
//! than news.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::settings::{self, STANDARD};
use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Binding, Options, Table, open};
use crate::output::Format;
use crate::output::target::is_device;
use crate::run::Limit;

/// The limit that the flag gives, if it is given, for outputs of these formats.
///
/// # Errors
/// What is no limit, and outputs of which none can be counted.
pub(super) fn limit<'o>(
    text: Option<&str>,
    outputs: impl IntoIterator<Item = (&'o Path, Format)>,
) -> Result<Option<Limit>, Report> {
    let Some(text) = text else {
        return Ok(None);
    };
    let most = settings::limit(text, "--max-drop")?;
    let mut outputs = outputs.into_iter();
    if !outputs.any(|(path, format)| is_countable(path, format)) {
        let message = "--max-drop has no output whose leads it can count";
        let hint = "write a list to a file as CSV, TSV, JSON or .xlsx, beside others if need be: -o ranked.csv";
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("uncountable", message).hint(hint),
        ));
    }
    Ok(Some(most))
}

/// Whether the leads of a list that is there can be counted.
fn is_countable(path: &Path, format: Format) -> bool {
    let is_read = match format {
        Format::Csv | Format::Tsv | Format::Json | Format::Ndjson | Format::Xlsx => true,
        Format::Table | Format::Markdown | Format::Html => false,
    };
    is_read && path.as_os_str() != STANDARD && !is_device(path)
}

/// Refuses lists that would replace far longer ones: each has a path, a format and a number of leads.
pub(super) fn refuse_drops<'o>(
    lists: impl IntoIterator<Item = (&'o Path, Format, u64)>,
    most: Limit,
) -> Result<(), Report> {
    let mut drops = Vec::new();
    for (path, format, leads) in lists {
        if is_countable(path, format) && path.is_file() {
            let before = leads_of(path)?;
            if !most.allows(before.saturating_sub(leads), before) {
                drops.push(dropped(path, before, leads, most));
            }
        }
    }
    if drops.is_empty() {
        return Ok(());
    }
    Err(Report {
        kind: Kind::Guard,
        diagnostics: drops,
    })
}

fn dropped(path: &Path, before: u64, leads: u64, most: Limit) -> Diagnostic {
    let message = format!(
        "{} has {before} leads, and the new list has {leads}: --max-drop {most} does not allow that",
        path.display()
    );
    Diagnostic::error("drop", message).hint(
        "is the export complete? nothing was written; where it is right, run once without --max-drop",
    )
}

/// How many leads the list of before holds.
fn leads_of(path: &Path) -> Result<u64, Report> {
    // NDJSON without leads is a file without bytes.
    if fs::metadata(path).is_ok_and(|found| found.len() == 0) {
        return Ok(0);
    }
    rows(path).map_err(|report| {
        let message = format!("the old list {} cannot be read: {report}", path.display());
        Report::new(
            Kind::Data,
            Diagnostic::error("unreadable-list", message)
                .hint("--max-drop cannot count its leads; run once without --max-drop"),
        )
    })
}

fn rows(path: &Path) -> Result<u64, Report> {
    let mut table = Table::begin(open(path)?, &Options::default())?;
    let mut parser = table.parser(Arc::new(Binding::new(0)));
    let mut count = 0;
    while let Some(block) = table.next_block()? {
        parser.parse(&block, |_| count += 1);
    }
    Ok(count)
}
