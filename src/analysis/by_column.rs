//! Tables put together column by column, and names for columns that are called by words of the model.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::statistics::{Interval, wilson};
use super::table::{Cell, Chart, Column, Part, Table};
use crate::value::snake_case;

/// A table that gets one column after the other, each worked out from the same rows.
pub(super) struct ByColumn<'r, R> {
    rows: &'r [R],
    table: Table,
}

impl<'r, R> ByColumn<'r, R> {
    /// A table of rows, still without columns.
    pub fn new(
        name: &'static str,
        title: impl Into<String>,
        question: impl Into<String>,
        rows: &'r [R],
    ) -> Self {
        Self {
            rows,
            table: Table {
                name: Cow::Borrowed(name),
                title: title.into(),
                question: question.into(),
                rows: rows.iter().map(|_| Vec::new()).collect(),
                ..Table::default()
            },
        }
    }

    /// Adds a column.
    pub fn add(&mut self, column: Column, cell: impl Fn(&R) -> Cell) {
        self.table.columns.push(column);
        for (cells, row) in self.table.rows.iter_mut().zip(self.rows) {
            cells.push(cell(row));
        }
    }

    /// Adds a figure and the ends of its interval.
    pub fn add_interval(&mut self, columns: [Column; 3], cells: impl Fn(&R) -> [Cell; 3]) {
        self.table.columns.extend(columns);
        for (own, row) in self.table.rows.iter_mut().zip(self.rows) {
            own.extend(cells(row));
        }
    }

    /// Hides columns from people.
    pub fn hide(&mut self, names: impl Iterator<Item = &'static str>) {
        for name in names {
            if let Some(place) = self.table.column(name) {
                self.table.columns[place].part = Part::Hidden;
            }
        }
    }

    /// Whether it has a column.
    pub fn has(&self, name: &str) -> bool {
        self.table.column(name).is_some()
    }

    /// The whole table with its chart.
    pub fn table(self, chart: Option<Chart>) -> Table {
        Table {
            chart,
            ..self.table
        }
    }
}

impl Table {
    /// Some of its columns as a table of its own, each shown in another part; names of none are passed over.
    pub(super) fn part_of(&self, columns: impl Iterator<Item = (String, Part)>) -> Self {
        let places = columns.filter_map(|(name, part)| Some((self.column(&name)?, part)));
        let places: Vec<(usize, Part)> = places.collect();
        let column = |(place, part): &(usize, Part)| self.columns[*place].clone().part(*part);
        let rows = self.rows.iter();
        Self {
            columns: places.iter().map(column).collect(),
            rows: rows
                .map(|row| {
                    places
                        .iter()
                        .map(|(place, _)| row[*place].clone())
                        .collect()
                })
                .collect(),
            ..Self::default()
        }
    }
}

/// A share with its 95% Wilson interval, as cells.
pub(super) fn share_with_interval(part: u64, whole: u64) -> [Cell; 3] {
    let [low, high] = ends(wilson(part, whole));
    [Cell::share(part, whole), low, high]
}

/// The ends of an interval of shares, as cells.
pub(super) fn ends(interval: Option<Interval>) -> [Cell; 2] {
    match interval {
        Some(Interval { low, high }) => [Cell::rounded(low, 6), Cell::rounded(high, 6)],
        None => [Cell::Blank, Cell::Blank],
    }
}

/// Names of columns, none of them twice.
pub(super) struct ColumnNames {
    taken: BTreeSet<String>,
}

impl ColumnNames {
    /// Names beside these.
    pub fn beside(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// A name for what the model calls `text`, by which every one of `forms`, with the name for `*`, is free as well.
    /// Where the text itself would be taken, it is led by `kind`: the stage Won is `stage_won` beside the column `won`.
    pub fn give(&mut self, text: &str, kind: &str, forms: &[&str]) -> String {
        let plain = snake_case(text).replace('.', "_");
        let led = if plain.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind}_{plain}")
        };
        let numbered = (2..).map(|number: u64| format!("{led}_{number}"));
        let candidates = [plain, led.clone()].into_iter().chain(numbered);
        for candidate in candidates.filter(|candidate| !candidate.is_empty()) {
            let made: Vec<String> = forms.iter().map(|f| f.replace('*', &candidate)).collect();
            if made.iter().all(|name| !self.taken.contains(name)) {
                self.taken.extend(made);
                return candidate;
            }
        }
        led
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_have_one_name() {
        let mut names = ColumnNames::beside(&["won", "won_rate", "leads"]);
        let mut give = |text| names.give(text, "stage", &["*", "*_rate"]);
        assert_eq!(give("MQL"), "mql");
        assert_eq!(give("Won!"), "stage_won");
        assert_eq!(give("won"), "stage_won_2");
        assert_eq!(give("mql"), "stage_mql");
        assert_eq!(give("***"), "stage");
        assert_eq!(give("Sales.Accepted"), "sales_accepted");
        assert_eq!(give("leads"), "stage_leads");
        assert_eq!(give("Sales accepted rate"), "stage_sales_accepted_rate");
    }
}
