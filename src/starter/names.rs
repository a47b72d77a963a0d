//! The names by which a starter model speaks of columns: short ones for those of known roles, the header's own for
//! others; never one that means something else in a condition.

use std::collections::{BTreeMap, BTreeSet};

use super::survey::{Column, Survey};
use crate::model::condition::{RESERVED, is_keyword};

/// The names of one kind of exports' columns.
#[derive(Debug)]
pub(super) struct Names<'s> {
    survey: &'s Survey,
    /// Names that are no column's.
    reserved: BTreeSet<&'static str>,
    by_column: BTreeMap<usize, String>,
    /// Columns whose name is declared, in the order they were named.
    declared: Vec<usize>,
}

/// Longest name in characters.
const LONGEST: usize = 40;

impl<'s> Names<'s> {
    /// No names yet; none of the `reserved` will be given.
    pub(super) fn new(
        survey: &'s Survey,
        reserved: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        Self {
            survey,
            reserved: reserved.into_iter().collect(),
            by_column: BTreeMap::new(),
            declared: Vec::new(),
        }
    }

    /// The name of a column; the `wanted` one if it has none yet and it is free.
    pub(super) fn name(&mut self, column: usize, wanted: &str) -> String {
        if let Some(name) = self.by_column.get(&column) {
            return name.clone();
        }
        let name = self.free(&usable(wanted));
        let Column { snake, is_only, .. } = &self.survey.columns[column];
        if !(*is_only && *snake == name) {
            self.declared.push(column);
        }
        self.by_column.insert(column, name.clone());
        name
    }

    /// The name of a column by its own header.
    pub(super) fn own_name(&mut self, column: usize) -> String {
        let snake = self.survey.columns[column].snake.clone();
        self.name(column, &snake)
    }

    /// Names given to columns by a declaration, with the header of each.
    pub(super) fn declarations(&self) -> impl Iterator<Item = (&str, &str)> {
        self.declared.iter().map(|column| {
            let header = &self.survey.columns[*column].header;
            (self.by_column[column].as_str(), header.as_str())
        })
    }

    /// Named columns that some file lacks.
    pub(super) fn optional(&self) -> Vec<&str> {
        let named = self.by_column.iter();
        let missing = named.filter(|(column, _)| !self.survey.columns[**column].is_everywhere);
        missing.map(|(_, name)| name.as_str()).collect()
    }

    /// How `id`, `contact`, `type` and such keys refer to a column: by its header where that will do.
    pub(super) fn reference(&mut self, column: usize, wanted: &str) -> String {
        let Column {
            header, is_only, ..
        } = &self.survey.columns[column];
        if self.by_column.contains_key(&column) || !is_only {
            self.name(column, wanted)
        } else {
            header.clone()
        }
    }

    /// Whether a column has a name.
    pub(super) fn is_named(&self, column: usize) -> bool {
        self.by_column.contains_key(&column)
    }

    fn free(&self, wanted: &str) -> String {
        let is_taken = |name: &str| {
            self.reserved.contains(name)
                || RESERVED.contains(&name)
                || is_keyword(name)
                || self.by_column.values().any(|other| other == name)
        };
        if !is_taken(wanted) {
            return wanted.to_owned();
        }
        let numbered = (1..).map(|number| match number {
            1 => format!("{wanted}_column"),
            _ => format!("{wanted}_column_{number}"),
        });
        let mut free = numbered.filter(|name| !is_taken(name));
        free.next().unwrap_or_default()
    }
}

/// A name of letters, digits and `_` that begins with a letter.
fn usable(snake: &str) -> String {
    let plain = snake.chars().map(|c| if c == '.' { '_' } else { c });
    let plain: String = plain
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .take(LONGEST)
        .collect();
    let plain = plain.trim_matches('_');
    if plain.starts_with(char::is_alphabetic) {
        plain.to_owned()
    } else if plain.is_empty() {
        "column".to_owned()
    } else {
        format!("column_{plain}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_and_digits() {
        for (snake, name) in [
            ("lead.source", "lead_source"),
            ("90_days", "column_90_days"),
            ("", "column"),
            ("_x_", "x"),
            ("größe", "größe"),
        ] {
            assert_eq!(usable(snake), name);
        }
    }

    #[test]
    fn names_that_mean_something_else_are_not_given() {
        let survey = Survey::default();
        let names = Names::new(&survey, ["opens"]);
        assert_eq!(names.free("budget"), "budget");
        assert_eq!(names.free("opens"), "opens_column");
        assert_eq!(names.free("score"), "score_column");
        assert_eq!(names.free("select"), "select_column");
    }
}
