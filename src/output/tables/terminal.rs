//! A document for the terminal: each table under its heading, never wider than the terminal, and the notes.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::Style;

use super::{made_from, rows};
use crate::analysis::{Document, Table, Unit};
use crate::output::figures::Shown;
use crate::output::grid::{Grid, Heading, Kind, closing_line, paragraph, style_if};
use crate::output::{Settings, Summary};
use crate::value::readable;

/// A column with a text longer than this is taken for one of sentences.
const LONG: usize = 36;

pub(super) fn write(
    document: &Document,
    settings: Settings,
    out: &mut dyn Write,
) -> io::Result<Summary> {
    let mut page = Page {
        settings,
        is_begun: false,
        out,
    };
    page.part(&document.title, Style::new().bold().underline())?;
    for table in &document.tables {
        page.part(&table.title, Style::new().bold())?;
        page.line(&table.question, Style::new().dimmed())?;
        page.table(table)?;
        page.notes(&table.notes)?;
    }
    page.notes(&document.notes)?;
    let closing = made_from(document);
    if !closing.is_empty() {
        page.gap()?;
        closing_line(&closing, settings, page.out)?;
    }
    Ok(Summary {
        leads: rows(document),
        ..Summary::default()
    })
}

struct Page<'o> {
    settings: Settings,
    is_begun: bool,
    out: &'o mut dyn Write,
}

impl Page<'_> {
    /// A blank line between two parts.
    fn gap(&mut self) -> io::Result<()> {
        if self.is_begun {
            writeln!(self.out)?;
        }
        self.is_begun = true;
        Ok(())
    }

    /// Text that begins a part; nothing of nothing.
    fn part(&mut self, text: &str, style: Style) -> io::Result<()> {
        if !text.is_empty() {
            self.gap()?;
        }
        self.line(text, style)
    }

    /// Text in as many lines as it takes; nothing of nothing.
    fn line(&mut self, text: &str, style: Style) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let style = style_if(self.settings.color, style);
        paragraph(&readable(text), style, None, self.settings.width, self.out)
    }

    fn notes(&mut self, notes: &[String]) -> io::Result<()> {
        if !notes.is_empty() {
            self.gap()?;
        }
        for note in notes {
            self.line(note, Style::new())?;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> io::Result<()> {
        let shown = Shown::of(table);
        let texts: Vec<Vec<Cow<'_, str>>> = shown
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| readable(cell.trim())).collect())
            .collect();
        let headings = shown.columns.iter().enumerate().map(|(place, column)| {
            let is_long = || texts.iter().any(|row| row[place].chars().count() > LONG);
            Heading {
                text: readable(&column.heading),
                kind: match column.unit {
                    Unit::Text | Unit::Time if is_long() => Kind::Sentences,
                    Unit::Text | Unit::Time => Kind::Text,
                    _ => Kind::Number,
                },
                is_optional: false,
            }
        });
        self.gap()?;
        let mut grid = Grid::new(headings, self.settings);
        for row in &texts {
            grid.row(row.iter().map(|text| (text, Style::new())));
        }
        grid.draw(self.out)
    }
}
