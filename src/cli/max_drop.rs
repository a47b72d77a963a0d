//! `--max-drop`: a list that suddenly has far fewer leads than the file it would replace is more likely a broken export
//! than news.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{Binding, Options, Table, open};
use crate::output::Format;
use crate::run::Limit;

/// The refusal of a list of `leads` that may not replace the one at `path`; None where it may, or there is none.
///
/// # Errors
/// An old file that cannot be read as a list.
pub(super) fn refusal(
    path: &Path,
    format: Format,
    leads: u64,
    most: Limit,
) -> Result<Option<Diagnostic>, Report> {
    if !path.is_file() {
        return Ok(None);
    }
    let before = rows(path, format)?;
    if most.allows(before.saturating_sub(leads), before) {
        return Ok(None);
    }
    let message = format!(
        "{} has {before} leads, and the new list has {leads}: --max-drop {most} does not allow that",
        path.display()
    );
    Ok(Some(Diagnostic::error("drop", message).hint(
        "is the export complete? nothing was written; where it is right, run once without --max-drop",
    )))
}

/// How many leads a list holds.
fn rows(path: &Path, format: Format) -> Result<u64, Report> {
    let readable = match format {
        Format::Csv | Format::Tsv | Format::Json | Format::Ndjson | Format::Xlsx => true,
        Format::Table | Format::Markdown => false,
    };
    if !readable {
        let message = format!("--max-drop cannot count the leads of {}", path.display());
        let hint = "give it a list as CSV, TSV or JSON beside this one";
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("uncountable", message).hint(hint),
        ));
    }
    let mut table = Table::begin(open(path)?, &Options::default())?;
    let mut parser = table.parser(Arc::new(Binding::new(0)));
    let mut count = 0;
    while let Some(block) = table.next_block()? {
        parser.parse(&block, |_| count += 1);
    }
    Ok(count)
}
