//! What an earlier run said about the leads.

use super::Row;
use super::decimal::Decimal;
use super::exports::identity;
use std::collections::BTreeMap;

/// One lead as it was.
#[derive(Debug)]
pub struct Previous {
    /// Thousandths.
    pub score: i64,
    /// The name of the temperature that was worked out.
    pub temperature: String,
}

/// Reads an output of an earlier run: the leads by their id.
///
/// # Panics
/// Where it is none.
pub fn read(rows: &[Row]) -> BTreeMap<String, Previous> {
    rows.iter()
        .map(|row| {
            let score = Decimal::parse(&row["score"])
                .expect("a score")
                .thousandths();
            let filled = |column: &str| row.get(column).filter(|cell| !cell.is_empty());
            let temperature = filled("computed_temperature").or(filled("temperature"));
            let previous = Previous {
                score,
                temperature: temperature.cloned().unwrap_or_default(),
            };
            (identity(&row["contact_id"]), previous)
        })
        .collect()
}
