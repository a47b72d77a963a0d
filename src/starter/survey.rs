//! Reading the exports once, from end to end, to learn what each of their columns holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::facts::{Examiner, Facts};
use crate::diagnostic::{Diagnostic, Kind, Report, Source};
use crate::input::{Binding, Opened, Options, Table};
use crate::preset::{self, Shape};
use crate::value::{folded, snake_case};

/// What is known of the exports of one kind.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Their columns, in the order they were first met.
    pub columns: Vec<Column>,
    /// Their files.
    pub files: Vec<File>,
    /// Rows that could be read.
    pub rows: u64,
    /// Rows that could not.
    pub bad_rows: u64,
}

/// A column of all the files that have it.
#[derive(Debug)]
pub(super) struct Column {
    /// Its header as it first stood.
    pub header: String,
    /// Its header in `snake_case`.
    pub snake: String,
    /// The words of that, or of the name that the export's known shape has for it.
    pub words: Vec<String>,
    /// The same by letters and digits alone.
    pub folded: String,
    /// Whether no other header of a file is the same in `snake_case`.
    pub is_only: bool,
    /// Whether every file has it.
    pub is_everywhere: bool,
    /// What its cells are.
    pub facts: Facts,
}

/// A file and its header, to bind a model to.
#[derive(Debug)]
pub(super) struct File {
    pub name: String,
    pub headers: Vec<String>,
    pub source: Arc<Source>,
    pub spans: Vec<Range<usize>>,
    /// The known shape it has.
    pub shape: Option<&'static Shape>,
}

/// Columns looked at in one kind of exports; wider ones are read, but what is beyond takes no part.
const MOST_COLUMNS: usize = 2_000;

/// Reads all rows of the exports of one kind.
///
/// # Errors
/// What makes a file unreadable as a whole, and a file without rows.
pub(super) fn survey(
    opened: Vec<Opened>,
    kind: preset::Kind,
    options: &Options,
    progress: &dyn Fn(usize),
) -> Result<Survey, Report> {
    let options = &Options {
        kinds: vec![kind],
        ..options.clone()
    };
    let mut tables = Vec::new();
    for opened in opened {
        let table = Table::begin(opened, options)?;
        if !table.has_rows() {
            return Err(without_rows(&table.name));
        }
        tables.push(table);
    }
    let headers: Vec<&[String]> = tables.iter().map(Table::headers).collect();
    let (mut columns, places) = columns(&headers);
    for (table, places) in tables.iter().zip(&places) {
        for (header, column) in places {
            columns[*column].go_by_preset(&table.headers()[*header], table.preset());
        }
    }
    let mut survey = Survey {
        columns,
        ..Survey::default()
    };
    let examiner = Examiner::new();
    for (mut table, places) in tables.into_iter().zip(places) {
        survey.read(&mut table, &places, &examiner, progress)?;
        let (source, spans) = table.header_source();
        survey.files.push(File {
            name: table.name.clone(),
            headers: table.headers().to_vec(),
            source,
            spans,
            shape: table.preset(),
        });
    }
    Ok(survey)
}

/// For each file, which of its headers stand for which columns.
type Places = Vec<Vec<(usize, usize)>>;

/// The columns of files with these headers. A header that a file has twice to the letter cannot be named, so it is no
/// column; headers of several files are one column if they are the same in `snake_case`, as long as no file has two
/// of them.
fn columns(files: &[&[String]]) -> (Vec<Column>, Places) {
    let snakes: Vec<Vec<String>> = files
        .iter()
        .map(|headers| headers.iter().map(|header| snake_case(header)).collect())
        .collect();
    let mut doubled: BTreeSet<&str> = BTreeSet::new();
    let mut repeated: BTreeSet<&str> = BTreeSet::new();
    for (headers, snakes) in files.iter().zip(&snakes) {
        let (mut seen, mut seen_exactly) = (BTreeSet::new(), BTreeSet::new());
        for (header, snake) in headers.iter().zip(snakes) {
            if !seen.insert(snake.as_str()) {
                doubled.insert(snake);
            }
            if !seen_exactly.insert(header.as_str()) {
                repeated.insert(header);
            }
        }
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for (headers, snakes) in files.iter().zip(&snakes) {
        let mut of_file = Vec::new();
        for (index, (header, snake)) in headers.iter().zip(snakes).enumerate() {
            if header.trim().is_empty() || repeated.contains(header.as_str()) {
                continue;
            }
            let is_only = !snake.is_empty() && !doubled.contains(snake.as_str());
            let key = if is_only { snake } else { header };
            let column = match known.get(key.as_str()) {
                Some(column) => *column,
                None if columns.len() == MOST_COLUMNS => continue,
                None => {
                    columns.push(Column {
                        header: header.clone(),
                        snake: snake.clone(),
                        words: words(snake),
                        folded: folded(snake),
                        is_only,
                        is_everywhere: true,
                        facts: Facts::default(),
                    });
                    known.insert(key, columns.len() - 1);
                    columns.len() - 1
                }
            };
            of_file.push((index, column));
        }
        places.push(of_file);
    }
    for (number, column) in columns.iter_mut().enumerate() {
        let has = |places: &Vec<(usize, usize)>| places.iter().any(|(_, other)| *other == number);
        column.is_everywhere = files.len() == 1 || places.iter().all(has);
    }
    (columns, places)
}

/// The words of a name in `snake_case`.
pub(super) fn words(snake: &str) -> Vec<String> {
    snake
        .split(['_', '.'])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Column {
    /// Known by the name that a shape has for its header, where nothing else is known of it: `property_jobtitle` says
    /// less than `title`.
    fn go_by_preset(&mut self, header: &str, shape: Option<&'static Shape>) {
        let name = shape.and_then(|shape| shape.names_of(header).next());
        if let Some((name, _)) = name
            && header.starts_with(WAREHOUSE)
        {
            self.words = words(name);
            self.folded = folded(name);
        }
    }
}

/// What warehouse connectors put before the names of columns.
const WAREHOUSE: &str = "property_";

impl Survey {
    /// The known shape of the first file that has one.
    pub(super) fn shape(&self) -> Option<&'static Shape> {
        self.files.iter().find_map(|file| file.shape)
    }

    /// The column that the known shape calls by a name, where every file has it.
    pub(super) fn called_by_shape(&self, name: &str) -> Option<usize> {
        let shape = self.shape()?;
        let mut columns = self.columns.iter();
        columns.position(|column| {
            let mut names = shape.names_of(&column.header);
            column.is_everywhere && names.any(|(known, _)| known == name)
        })
    }

    /// What the known shape of a file calls an event type, the best first.
    pub(super) fn types_of<'s>(&'s self, spelling: &'s str) -> impl Iterator<Item = &'s str> {
        let shapes = self.files.iter().filter_map(|file| file.shape);
        shapes.flat_map(move |shape| shape.types_of(spelling))
    }

    fn read(
        &mut self,
        table: &mut Table,
        places: &[(usize, usize)],
        examiner: &Examiner,
        progress: &dyn Fn(usize),
    ) -> Result<(), Report> {
        let mut binding = Binding::new(self.columns.len());
        for (header, column) in places {
            binding.bind(*header, *column);
        }
        let mut parser = table.parser(Arc::new(binding));
        while let Some(block) = table.next_block()? {
            parser.parse(&block, |row| {
                let Ok(row) = row else {
                    self.bad_rows += 1;
                    return;
                };
                self.rows += 1;
                let fingerprint = row.fingerprint();
                for (_, column) in places {
                    let facts = &mut self.columns[*column].facts;
                    examiner.note(row.text(*column), fingerprint, facts);
                }
            });
            progress(block.len());
        }
        Ok(())
    }
}

fn without_rows(name: &str) -> Report {
    Report::new(
        Kind::Data,
        Diagnostic::error("no-rows", format!("{name} has a header and no rows"))
            .hint("show an export with some rows: a model is fitted to what they hold"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surveyed(files: &[&[&str]]) -> Vec<(String, bool, bool)> {
        let files: Vec<Vec<String>> = files
            .iter()
            .map(|headers| headers.iter().map(|&header| header.to_owned()).collect())
            .collect();
        let files: Vec<&[String]> = files.iter().map(Vec::as_slice).collect();
        let (columns, _) = columns(&files);
        let facts = columns.into_iter();
        facts
            .map(|c| (c.header, c.is_only, c.is_everywhere))
            .collect()
    }

    fn column(header: &str, is_only: bool, is_everywhere: bool) -> (String, bool, bool) {
        (header.to_owned(), is_only, is_everywhere)
    }

    #[test]
    fn headers_of_several_files_are_one_column_in_snake_case() {
        let wanted = [
            column("Lead Source", true, true),
            column("Email", true, false),
        ];
        assert_eq!(
            surveyed(&[&["Lead Source", "Email"], &["lead_source"]]),
            wanted
        );
    }

    #[test]
    fn headers_that_are_alike_are_told_apart_and_the_same_ones_are_none() {
        let wanted = [column("Email", false, true), column("EMAIL", false, true)];
        assert_eq!(surveyed(&[&["Email", "EMAIL", "Note", "Note", ""]]), wanted);
    }

    #[test]
    fn a_header_without_letters_is_known_by_its_signs() {
        assert_eq!(
            surveyed(&[&["#", "=cmd"]]),
            [column("#", false, true), column("=cmd", true, true)]
        );
    }
}
