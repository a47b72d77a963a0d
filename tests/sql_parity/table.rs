//! A table of texts: an export as it is loaded into a database, a list or a ledger as it comes out.

use std::collections::BTreeMap;

/// Columns and rows; nothing in a cell is an empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The rows of an export, of which there is at least one.
    pub fn of(rows: &[BTreeMap<String, String>]) -> Self {
        Self {
            columns: rows[0].keys().cloned().collect(),
            rows: rows
                .iter()
                .map(|row| row.values().cloned().collect())
                .collect(),
        }
    }

    /// What a file with commas and a header holds.
    pub fn from_csv(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let columns = cells(reader.headers().expect("a header"));
        let rows = reader.records();
        let rows = rows.map(|record| cells(&record.expect("a row")));
        Self {
            columns,
            rows: rows.collect(),
        }
    }

    /// The same as a file.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            writer.write_record(row).expect("a row");
        }
        let bytes = writer.into_inner().expect("a written table");
        String::from_utf8(bytes).expect("texts")
    }

    /// The table without these columns.
    pub fn without(mut self, names: &[&str]) -> Self {
        let kept: Vec<bool> = self
            .columns
            .iter()
            .map(|name| !names.contains(&name.as_str()))
            .collect();
        for row in std::iter::once(&mut self.columns).chain(&mut self.rows) {
            let mut kept = kept.iter();
            row.retain(|_| *kept.next().expect("as many cells as columns"));
        }
        self
    }

    /// Where `found` is another table than this, in words; nothing if it is the same.
    pub fn difference(&self, found: &Self) -> Option<String> {
        if self.columns != found.columns {
            let (ours, theirs) = (self.columns.join(", "), found.columns.join(", "));
            return Some(format!("columns {ours}\n  found {theirs}"));
        }
        let mut told = Vec::new();
        for (number, (row, other)) in (1..).zip(self.rows.iter().zip(&found.rows)) {
            for (column, (cell, other)) in self.columns.iter().zip(row.iter().zip(other)) {
                if cell != other {
                    let of = &row[usize::from(self.columns[0] == "rank")];
                    told.push(format!(
                        "row {number} ({of}) {column}: {cell:?}, found {other:?}"
                    ));
                }
            }
        }
        let (rows, others) = (self.rows.len(), found.rows.len());
        if rows != others {
            told.push(format!("{rows} rows, found {others}"));
        }
        told.truncate(8);
        (!told.is_empty()).then(|| told.join("\n  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_the_row_and_the_column() {
        let table = Table::from_csv("rank,contact_id,score\n1,A,5\n2,B,4\n");
        assert_eq!(Table::from_csv(&table.to_csv()), table);
        assert_eq!(table.difference(&table), None);
        for (other, told) in [
            (
                "rank,contact_id,score\n1,A,5\n2,B,3\n",
                "row 2 (B) score: \"4\", found \"3\"",
            ),
            ("rank,contact_id,score\n1,A,5\n", "2 rows, found 1"),
            (
                "rank,score\n1,5\n",
                "columns rank, contact_id, score\n  found rank, score",
            ),
        ] {
            let other = Table::from_csv(other);
            assert_eq!(table.difference(&other).as_deref(), Some(told));
        }
    }
}
