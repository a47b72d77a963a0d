//! Files of rows about leads that are no exports: their columns by name, and every row that cannot be used.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{BadRow, Binding, Format, Opened, Options, Row, Table};
use crate::value::snake_case;

/// Rows refused that are shown one by one.
const SHOWN: usize = 20;

/// A column of such a file.
pub(super) struct Wanted {
    /// The headers it may have in `snake_case`, the best first.
    names: &'static [&'static str],
    is_needed: bool,
}

pub(super) const fn needed(names: &'static [&'static str]) -> Wanted {
    Wanted {
        names,
        is_needed: true,
    }
}

pub(super) const fn optional(names: &'static [&'static str]) -> Wanted {
    Wanted {
        names,
        is_needed: false,
    }
}

/// The rows of such a file, of which the first wanted column is the id.
pub(super) struct NamedRows<'k> {
    table: Table,
    kind: &'k str,
    binding: Binding,
    /// For each wanted column, whether the file has it.
    pub present: Vec<bool>,
}

impl<'k> NamedRows<'k> {
    /// Reads the beginning and finds the columns; `kind` is what the file is called in messages.
    ///
    /// # Errors
    /// A file that cannot be read, and one that lacks a needed column or has a wanted one twice.
    pub(super) fn begin(opened: Opened, kind: &'k str, wanted: &[Wanted]) -> Result<Self, Report> {
        Self::begin_with(opened, kind, wanted, |_| Vec::new())
    }

    /// As [`NamedRows::begin`], with more columns, chosen by the places of their headers; their cells stand after those
    /// of the wanted ones.
    pub(super) fn begin_with(
        opened: Opened,
        kind: &'k str,
        wanted: &[Wanted],
        more: impl FnOnce(&[String]) -> Vec<usize>,
    ) -> Result<Self, Report> {
        let table = Table::begin(opened, &Options::default())?;
        let found = find_columns(&table, kind, wanted)?;
        let present = found.iter().map(Option::is_some).collect();
        let more = more(table.headers()).into_iter().map(Some);
        let places: Vec<Option<usize>> = found.into_iter().chain(more).collect();
        let mut binding = Binding::new(places.len());
        for (slot, place) in places.iter().enumerate() {
            if let Some(header) = place {
                binding.bind(*header, slot);
            }
        }
        Ok(Self {
            table,
            kind,
            binding,
            present,
        })
    }

    /// What the file is called.
    pub(super) fn name(&self) -> &str {
        &self.table.name
    }

    /// Calls `take` for each row with its line and its trimmed cells; collects what it refuses.
    ///
    /// # Errors
    /// Every row that cannot be read, has no id or is refused by `take`.
    pub(super) fn each(
        mut self,
        mut take: impl FnMut(u64, &[&str]) -> Result<(), String>,
    ) -> Result<(), Report> {
        let slots = self.binding.slots();
        let mut parser = self.table.parser(Arc::new(self.binding));
        let mut refused: Vec<(u64, String)> = Vec::new();
        while let Some(block) = self.table.next_block()? {
            let row = |row: Result<Row<'_>, BadRow>| {
                let row = match row {
                    Ok(row) => row,
                    Err(bad) => {
                        refused.push((bad.line, bad.message));
                        return;
                    }
                };
                let cells: Vec<&str> = (0..slots).map(|slot| row.text(slot).trim()).collect();
                let line = row.line();
                let taken = if cells[0].is_empty() {
                    Err("it has no id".to_owned())
                } else {
                    take(line, &cells)
                };
                if let Err(why) = taken {
                    refused.push((line, why));
                }
            };
            parser.parse(&block, row);
        }
        if refused.is_empty() {
            return Ok(());
        }
        refused.sort();
        let (kind, count) = (self.kind, refused.len());
        let message = match count {
            1 => format!("a row of the {kind} cannot be used"),
            _ => format!("{count} rows of the {kind} cannot be used"),
        };
        let mut list: Vec<String> = refused
            .into_iter()
            .take(SHOWN)
            .map(|(line, why)| format!("{}:{line}: {why}", self.table.name))
            .collect();
        if count > SHOWN {
            list.push(format!("… and {} more", count - SHOWN));
        }
        Err(Report::new(
            Kind::Data,
            Diagnostic::error("bad-rows", message)
                .list(list)
                .hint("mend these rows; nothing was written"),
        ))
    }
}

/// Finds for each wanted column the header that is called so.
fn find_columns(
    table: &Table,
    kind: &str,
    wanted: &[Wanted],
) -> Result<Vec<Option<usize>>, Report> {
    let headers: Vec<String> = table.headers().iter().map(|h| snake_case(h)).collect();
    // An array without elements has no keys that could be missing.
    let is_bare = headers.is_empty() && !matches!(table.format(), Format::Csv { .. });
    let mut places = Vec::with_capacity(wanted.len());
    for column in wanted {
        let name = column.names[0];
        let called = |name: &&str| headers.iter().filter(|header| header == name).count();
        let found = column.names.iter().find(|name| called(name) > 0);
        match found {
            Some(found) if called(found) > 1 => {
                let message = format!("the {kind} {} has the column `{found}` twice", table.name);
                return Err(refused_header(
                    table,
                    message,
                    "give one of them another name",
                ));
            }
            None if column.is_needed && !is_bare => {
                let message = format!("the {kind} {} has no column `{name}`", table.name);
                let hint = format!("its first line names the columns; one must be `{name}`");
                return Err(refused_header(table, message, hint));
            }
            found => {
                places.push(found.and_then(|found| headers.iter().position(|h| h == found)));
            }
        }
    }
    Ok(places)
}

fn refused_header(table: &Table, message: String, hint: impl Into<String>) -> Report {
    let (source, spans) = table.header_source();
    let whole =
        spans.first().map_or(0, |first| first.start)..spans.last().map_or(0, |last| last.end);
    Report::new(
        Kind::Data,
        Diagnostic::error("missing-column", message)
            .at(&source, whole, "the header")
            .hint(hint),
    )
}
