//! Small files beside the exports, read row by row: nothing in them is left out, and every row that cannot be used is
//! said with its line.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::{BadRow, Binding, Format, Opened, Options, Row, Table};
use crate::preset;
use crate::value::snake_case;

/// Rows refused that are shown one by one.
const SHOWN: usize = 20;

/// A column of such a file.
pub(super) struct Wanted {
    /// What it may be called in `snake_case`, the best first.
    pub names: Vec<String>,
    pub is_needed: bool,
}

/// A column that the file must have, by any of these names.
pub(super) fn needed<N: AsRef<str>>(names: &[N]) -> Wanted {
    Wanted {
        names: names.iter().map(|name| name.as_ref().to_owned()).collect(),
        is_needed: true,
    }
}

/// A column that the file may have.
pub(super) fn optional<N: AsRef<str>>(names: &[N]) -> Wanted {
    Wanted {
        is_needed: false,
        ..needed(names)
    }
}

/// A file of which the header is known.
pub(super) struct SmallFile {
    table: Table,
    /// What messages call it.
    kind: &'static str,
}

/// What was wrong with rows: the line of each, and why.
pub(super) type Refused = Vec<(u64, String)>;

impl SmallFile {
    /// Opens a file that messages call a `kind`.
    ///
    /// # Errors
    /// Whatever keeps its header from being read.
    pub fn begin(opened: Opened, kind: &'static str, options: &Options) -> Result<Self, Report> {
        Ok(Self {
            table: Table::begin(opened, options)?,
            kind,
        })
    }

    /// Its headers as they stand.
    pub fn headers(&self) -> &[String] {
        self.table.headers()
    }

    /// The known shape that it has.
    pub fn preset(&self) -> Option<&'static preset::Shape> {
        self.table.preset()
    }

    /// What messages call it: its path.
    pub fn name(&self) -> &str {
        &self.table.name
    }

    /// The places of the wanted columns, which are found by their headers in `snake_case`.
    ///
    /// # Errors
    /// A column that is missing or there twice.
    pub fn find(&self, wanted: &[Wanted]) -> Result<Vec<Option<usize>>, Report> {
        let headers: Vec<Vec<String>> =
            self.headers().iter().map(|h| vec![snake_case(h)]).collect();
        self.find_called(&headers, wanted)
    }

    /// Calls `take` for each row with its line and the trimmed cells of some columns, by their places; a column that is
    /// not there has blank cells.
    ///
    /// # Errors
    /// All rows that cannot be read and those that `take` refuses.
    pub fn each_row(
        self,
        columns: &[Option<usize>],
        take: impl FnMut(u64, &[&str]) -> Result<(), String>,
    ) -> Result<(), Report> {
        self.each_row_until(columns, take, Vec::new)
    }

    /// The same; `at_end` is asked, after the last row, which rows are wrong in the light of the others.
    ///
    /// # Errors
    /// As those of [`SmallFile::each_row`].
    pub fn each_row_until(
        mut self,
        columns: &[Option<usize>],
        mut take: impl FnMut(u64, &[&str]) -> Result<(), String>,
        at_end: impl FnOnce() -> Refused,
    ) -> Result<(), Report> {
        let mut binding = Binding::new(columns.len());
        for (slot, place) in columns.iter().enumerate() {
            if let Some(place) = place {
                binding.bind(*place, slot);
            }
        }
        let mut parser = self.table.parser(Arc::new(binding));
        let mut refused = Refused::new();
        while let Some(block) = self.table.next_block()? {
            let row = |row: Result<Row<'_>, BadRow>| {
                let row = match row {
                    Ok(row) => row,
                    Err(bad) => {
                        refused.push((bad.line, bad.message));
                        return;
                    }
                };
                let cells: Vec<&str> = (0..columns.len())
                    .map(|slot| row.text(slot).trim())
                    .collect();
                let line = row.line();
                if let Err(why) = take(line, &cells) {
                    refused.push((line, why));
                }
            };
            parser.parse(&block, row);
        }
        refused.extend(at_end());
        self.refuse(refused)
    }

    /// Refuses the file if rows of it are wrong.
    fn refuse(&self, mut refused: Refused) -> Result<(), Report> {
        if refused.is_empty() {
            return Ok(());
        }
        refused.sort();
        let (count, kind) = (refused.len(), self.kind);
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

    /// As [`SmallFile::find`], where each header goes by several names.
    ///
    /// # Errors
    /// A column that is missing or there twice.
    pub fn find_called(
        &self,
        headers: &[Vec<String>],
        wanted: &[Wanted],
    ) -> Result<Vec<Option<usize>>, Report> {
        let (table, kind) = (&self.table, self.kind);
        // An array without elements has no keys that could be missing.
        let is_bare = headers.is_empty() && !matches!(table.format(), Format::Csv { .. });
        let mut found_at = Vec::with_capacity(wanted.len());
        for column in wanted {
            let name = &column.names[0];
            let places = |name: &String| {
                let places = (0..headers.len()).filter(|place| headers[*place].contains(name));
                places.collect::<Vec<usize>>()
            };
            let found = column.names.iter().map(|name| (name, places(name)));
            match found.into_iter().find(|(_, places)| !places.is_empty()) {
                Some((found, places)) if places.len() > 1 => {
                    let message =
                        format!("the {kind} {} has the column `{found}` twice", table.name);
                    let hint = "give one of them another name";
                    return Err(self.refused_header(message, hint));
                }
                Some((_, places)) => found_at.push(places.first().copied()),
                None if column.is_needed && !is_bare => {
                    let message = format!("the {kind} {} has no column `{name}`", table.name);
                    let hint = format!("its first line names the columns; one must be `{name}`");
                    return Err(self.refused_header(message, hint));
                }
                None => found_at.push(None),
            }
        }
        Ok(found_at)
    }

    fn refused_header(&self, message: String, hint: impl Into<String>) -> Report {
        let (source, spans) = self.table.header_source();
        let whole =
            spans.first().map_or(0, |first| first.start)..spans.last().map_or(0, |last| last.end);
        Report::new(
            Kind::Data,
            Diagnostic::error("missing-column", message)
                .at(&source, whole, "the header")
                .hint(hint),
        )
    }
}

/// Refuses a row whose first cell, its id, is blank.
pub(super) fn refuse_without_id(cells: &[&str]) -> Result<(), String> {
    match cells.first() {
        Some(id) if !id.is_empty() => Ok(()),
        _ => Err("it has no id".to_owned()),
    }
}
