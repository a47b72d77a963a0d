//! Rows and columns drawn for a terminal, never wider than it is told to be.
//!
//! Columns share the line by what they hold: a number is never cut, sentences take what is left, and where there is no
//! room the optional columns go first, then the last ones. A row takes at most two lines, the second cut with `…`.
//!
//! Whether there is colour, and how wide the terminal is, is the caller's to say alone: cells come coloured to the
//! grid that draws them, which is kept from asking the terminal or the environment.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, Table, TableStyle,
    Width,
};

use super::Settings;
use super::room::{Need, Room};

/// Blank cells between columns.
const GAP: u16 = 2;

/// Cells in which a name reads well.
const COMFORTABLE_TEXT: u16 = 16;

/// Lines a row may take.
const ROW_LINES: usize = 2;

/// The widest table drawn, however wide the terminal is.
const WIDEST: u16 = 1000;

/// Characters of a text that are looked at: more than the lines of a row ever show, and few enough that widths of
/// 16 bits do not overflow.
const LONGEST_TEXT: usize = 4 * WIDEST as usize;

/// What stands above a column, and how the column is drawn.
#[derive(Debug)]
pub(super) struct Heading<'t> {
    pub text: Cow<'t, str>,
    pub kind: Kind,
    /// Whether the column goes before others are cramped.
    pub is_optional: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Figures, which are never cut and stand on the right.
    Number,
    /// A name, a word or two.
    Text,
    /// Whole sentences, which gain most from more room.
    Sentences,
}

/// Rows that are drawn when all of them are known, because the widest text of a column decides its width.
#[derive(Debug)]
pub(super) struct Grid {
    drawn: Table,
    columns: Vec<(Kind, bool)>,
    width: u16,
}

impl Grid {
    pub(super) fn new<'t>(
        headings: impl IntoIterator<Item = Heading<'t>>,
        settings: Settings,
    ) -> Self {
        let bold = style_if(settings.color, Style::new().bold());
        let mut columns = Vec::new();
        let mut cells = Vec::new();
        for heading in headings {
            columns.push((heading.kind, heading.is_optional));
            cells.push(cell(&heading.text, bold));
        }
        // The last heading stands for columns there was no room for, and is hidden otherwise.
        cells.push(cell("…", bold));
        let mut heading = Row::from(cells);
        heading.max_height(1);
        let mut drawn = empty(settings.width);
        drawn.set_header(heading);
        Self {
            drawn,
            columns,
            width: drawn_width(settings.width),
        }
    }

    /// Appends a row of texts that are fit to be read, a cell for each heading.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = (T, Style)>) {
        let cells = cells.into_iter();
        let cells = cells.map(|(text, style)| cell(text.as_ref(), style));
        let mut row = Row::from(cells.collect::<Vec<_>>());
        row.max_height(ROW_LINES);
        self.drawn.add_row(row);
    }

    /// Draws all rows.
    pub(super) fn draw(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.arrange();
        draw(&self.drawn, out)
    }

    /// Hides the columns there is no room for, and says how the others share it.
    fn arrange(&mut self) {
        let width = self.width;
        let contents = self.drawn.column_max_content_widths();
        let shapes: Vec<Shape> = self
            .columns
            .iter()
            .zip(&contents)
            .map(|(&(kind, is_optional), &content)| Shape {
                kind,
                is_optional,
                content,
            })
            .chain([Shape::MARK])
            .collect();
        let needs: Vec<Need> = shapes[..self.columns.len()]
            .iter()
            .map(|shape| shape.need())
            .collect();
        let room = Room::of(&needs, GAP.into(), width.into());
        let mut is_shown = room.shown;
        is_shown.push(room.is_cut);
        let shown: Vec<usize> = (0..shapes.len()).filter(|at| is_shown[*at]).collect();

        let blanks = shown.len().saturating_sub(1) * usize::from(GAP);
        let texts: usize = shown
            .iter()
            .map(|&at| usize::from(shapes[at].content))
            .sum();
        let share = Share {
            fits: texts + blanks <= width.into(),
            is_alone: shown.len() == 1,
            has_sentences: shown.iter().any(|&at| shapes[at].kind == Kind::Sentences),
            fifth: width / 5,
        };
        for (at, column) in self.drawn.column_iter_mut().enumerate() {
            let gap = if shown.last() == Some(&at) { 0 } else { GAP };
            column.set_padding((0, gap));
            if shapes[at].kind == Kind::Number {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if !is_shown[at] {
                column.set_constraint(ColumnConstraint::Hidden);
            } else if let Some(constraint) = share.constraint(shapes[at], gap) {
                column.set_constraint(constraint);
            }
        }
    }
}

/// How much room a column asks for, in terminal cells.
#[derive(Debug, Clone, Copy)]
struct Shape {
    kind: Kind,
    is_optional: bool,
    /// What its widest text takes.
    content: u16,
}

impl Shape {
    /// The column that stands for those there was no room for.
    const MARK: Self = Self {
        kind: Kind::Number,
        is_optional: false,
        content: 1,
    };

    fn least(self) -> u16 {
        self.content.min(match self.kind {
            // A number cut short would be another number.
            Kind::Number => u16::MAX,
            Kind::Text => 8,
            Kind::Sentences => 16,
        })
    }

    fn need(self) -> Need {
        let comfortable = self.content.min(match self.kind {
            Kind::Number => u16::MAX,
            Kind::Text => COMFORTABLE_TEXT,
            Kind::Sentences => 36,
        });
        Need {
            least: self.least().into(),
            comfortable: comfortable.into(),
            is_optional: self.is_optional,
        }
    }
}

/// What decides how the columns share a line.
#[derive(Debug, Clone, Copy)]
struct Share {
    /// Whether every text has room on one line.
    fits: bool,
    /// Whether a single column is shown.
    is_alone: bool,
    has_sentences: bool,
    /// A fifth of the line.
    fifth: u16,
}

impl Share {
    /// The bounds of a column, in which the gap after it counts; none if it takes what there is.
    fn constraint(self, shape: Shape, gap: u16) -> Option<ColumnConstraint> {
        if self.is_alone {
            return None;
        }
        if self.fits || shape.kind == Kind::Number {
            return Some(ColumnConstraint::ContentWidth);
        }
        let lower = Width::Fixed(shape.least() + gap);
        Some(if self.has_sentences && shape.kind == Kind::Text {
            // Sentences gain most from more room, so the texts leave it to them.
            let more = if shape.is_optional { 0 } else { self.fifth };
            let upper = Width::Fixed(more.max(COMFORTABLE_TEXT) + gap);
            ColumnConstraint::Boundaries { lower, upper }
        } else {
            ColumnConstraint::LowerBoundary(lower)
        })
    }
}

/// An empty grid that is as wide as it is told, whatever the terminal says.
fn empty(width: usize) -> Table {
    let mut grid = Table::new();
    grid.force_no_tty()
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(drawn_width(width));
    grid
}

/// A width that can be drawn. It is two at least, because a wide character takes two cells.
fn drawn_width(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(WIDEST).clamp(2, WIDEST)
}

fn cell(text: &str, style: Style) -> Cell {
    let end = text.char_indices().nth(LONGEST_TEXT);
    let text = &text[..end.map_or(text.len(), |(end, _)| end)];
    Cell::new_owned(format!("{style}{text}{style:#}"))
}

/// The style, or none.
pub(super) fn style_if(is_wanted: bool, style: Style) -> Style {
    if is_wanted { style } else { Style::new() }
}

fn draw(grid: &Table, out: &mut dyn Write) -> io::Result<()> {
    for line in grid.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Draws one line below a table, dimmed, cut where it is too long.
pub(super) fn closing_line(text: &str, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let dimmed = style_if(settings.color, Style::new().dimmed());
    paragraph(text, dimmed, Some(1), settings.width, out)
}

/// Draws text in as many lines as it takes, or so many at most.
pub(super) fn paragraph(
    text: &str,
    style: Style,
    lines: Option<usize>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut row = Row::from(vec![cell(text, style)]);
    if let Some(lines) = lines {
        row.max_height(lines);
    }
    let mut grid = empty(width);
    grid.add_row(row);
    for column in grid.column_iter_mut() {
        column.set_padding((0, 0));
    }
    draw(&grid, out)
}
