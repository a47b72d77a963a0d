//! Guards: what a run that nobody watches must not find, lest its list replace a good one.

use std::fmt;

use super::Run;
use super::limit::Limit;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};

/// What a run is refused for although everything could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guards {
    /// Fewer contacts than this.
    pub min_contacts: Option<u64>,
    /// More of these than the limit.
    pub fail_on: Vec<(Finding, Limit)>,
}

/// What a guard looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Events of nobody in the contacts.
    Orphans,
    /// Events later than as-of.
    Future,
    /// Events of types that no signal uses.
    UnusedTypes,
    /// Rows that repeat others, or give way to them.
    Repeats,
    /// Rows that were left out because they cannot be read.
    Rejected,
    /// Cells that a condition could not read.
    UnreadableCells,
    /// Files whose last line has no end.
    NoLineEnd,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Orphans,
        Self::Future,
        Self::UnusedTypes,
        Self::Repeats,
        Self::Rejected,
        Self::UnreadableCells,
        Self::NoLineEnd,
    ];

    /// The name it has on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orphans => "orphans",
            Self::Future => "future",
            Self::UnusedTypes => "unused-types",
            Self::Repeats => "repeats",
            Self::Rejected => "rejected",
            Self::UnreadableCells => "unreadable-cells",
            Self::NoLineEnd => "no-line-end",
        }
    }

    /// Whether it is about rows, of which there can be a share.
    fn is_of_rows(self) -> bool {
        !matches!(self, Self::UnreadableCells | Self::NoLineEnd)
    }

    /// How many of these a run found, and of how many rows; of none where it is not about rows.
    fn count(self, run: &Run) -> (u64, u64) {
        let contacts = run.contact_rows;
        let of_events = |count: fn(&crate::engine::EventRows) -> u64| {
            run.event_rows
                .as_ref()
                .map_or((0, 0), |rows| (count(rows), rows.read))
        };
        let of_both = |of_contacts: u64, count: fn(&crate::engine::EventRows) -> u64| {
            let (events, read) = of_events(count);
            (of_contacts + events, contacts.read + read)
        };
        match self {
            Self::Orphans => of_events(|rows| rows.no_contact),
            Self::Future => of_events(|rows| rows.after_as_of),
            Self::UnusedTypes => of_events(crate::engine::EventRows::unused),
            Self::Repeats => of_both(contacts.collapsed + contacts.superseded, |rows| {
                rows.collapsed + rows.superseded
            }),
            Self::Rejected => of_both(contacts.rejected, |rows| rows.rejected),
            Self::UnreadableCells => {
                let cells = run.unreadable.iter().map(|column| column.cells);
                (cells.sum(), 0)
            }
            Self::NoLineEnd => (run.unended.len() as u64, 0),
        }
    }

    /// So many of them, in words.
    fn said(self, count: u64) -> String {
        let one = count == 1;
        let what = match self {
            Self::Orphans if one => "event of no contact in the export",
            Self::Orphans => "events of no contact in the export",
            Self::Future if one => "event later than as-of",
            Self::Future => "events later than as-of",
            Self::UnusedTypes if one => "event of a type that no signal uses",
            Self::UnusedTypes => "events of types that no signal uses",
            Self::Repeats if one => "row that repeats another",
            Self::Repeats => "rows that repeat others",
            Self::Rejected if one => "row that cannot be read",
            Self::Rejected => "rows that cannot be read",
            Self::UnreadableCells if one => "cell that a condition cannot read",
            Self::UnreadableCells => "cells that conditions cannot read",
            Self::NoLineEnd if one => "file whose last line has no end",
            Self::NoLineEnd => "files whose last line has no end",
        };
        format!("{count} {what}")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads one of the list of `--fail-on`: `orphans`, `orphans=10` or `orphans=5%`.
///
/// # Errors
/// A name that is none, with the nearest, and a limit that is none; a share of what is not about rows is none.
pub fn read_fail_on(text: &str) -> Result<(Finding, Limit), Report> {
    let (name, limit) = match text.split_once('=') {
        Some((name, limit)) => (name.trim(), Limit::parse(limit.trim())),
        None => (text.trim(), Some(Limit::NONE)),
    };
    let names = Finding::ALL.map(Finding::name);
    let Some(finding) = Finding::ALL.into_iter().find(|one| one.name() == name) else {
        let hint = match nearest(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {}", names.join(", ")),
        };
        let message = format!("`{name}` is nothing that --fail-on can look for");
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("unknown-finding", message).hint(hint),
        ));
    };
    let Some(limit) = limit else {
        let message = format!("`{text}` has no limit behind its `=`");
        let hint = format!("a number or a share: {finding}=10 or {finding}=5%");
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("bad-limit", message).hint(hint),
        ));
    };
    if let Limit::Share(_) = limit
        && !finding.is_of_rows()
    {
        let message = format!("{finding} are no rows, so `{limit}` is no share of them");
        return Err(Report::new(
            Kind::Usage,
            Diagnostic::error("bad-limit", message).hint(format!("a number: {finding}=10")),
        ));
    }
    Ok((finding, limit))
}

impl Guards {
    /// The refusal of a run that found what it must not.
    pub fn refusal(&self, run: &Run) -> Option<Report> {
        let rows = run.contact_rows;
        let contacts = rows.scored + rows.not_leads;
        let too_few = self
            .min_contacts
            .filter(|least| contacts < *least)
            .map(|least| {
                let s = if contacts == 1 { "" } else { "s" };
                let message = format!("{contacts} contact{s}, and --min-contacts asks for {least}");
                Diagnostic::error("too-few-contacts", message)
                    .hint("is the export complete? nothing was written")
            });
        let found = self.fail_on.iter().filter_map(|(finding, limit)| {
            let (count, all) = finding.count(run);
            if limit.allows(count, all) {
                return None;
            }
            let mut message = finding.said(count);
            if *limit != Limit::NONE {
                message = format!("{message}, and --fail-on {finding}={limit} allows fewer");
            }
            let hint = format!("--fail-on asks to stop at {finding}; nothing was written");
            Some(Diagnostic::error("guard", message).hint(hint))
        });
        let diagnostics: Vec<Diagnostic> = too_few.into_iter().chain(found).collect();
        (!diagnostics.is_empty()).then_some(Report {
            kind: Kind::Guard,
            diagnostics,
        })
    }
}
