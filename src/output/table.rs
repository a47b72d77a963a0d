//! A table for the terminal, never wider than it is told to be.
//!
//! It shows what people look at first: rank, score, temperature in its colour, who it is and why. Id and owner are
//! there when there is room, and a row takes at most two lines, the second cut with `…`. Columns picked by name are
//! shown instead where somebody picked them.
//!
//! Whether there is colour, and how wide the terminal is, is the caller's to say alone: cells come coloured to the
//! table that draws them, which is kept from asking the terminal or the environment.

use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, TableStyle, Width,
};

use super::color::terminal_color;
use super::columns::Columns;
use super::glance::{Glance, glances, made_from};
use super::room::{Need, Room};
use super::{Exporter, Settings, Summary};
use crate::rank::Lead;

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

/// Draws a table. The rows are held until the last lead, because the widest text of a column decides its width.
#[derive(Debug)]
pub struct Table<'run> {
    columns: &'run Columns<'run>,
    settings: Settings,
    glances: Vec<Glance>,
    grid: comfy_table::Table,
    summary: Summary,
}

impl<'run> Table<'run> {
    /// An exporter of these columns, or of what people look at first where nobody picked any.
    pub fn new(columns: &'run Columns<'run>, settings: Settings) -> Self {
        let mut glances = glances(columns);
        // A time of 25 characters leaves too little for the reasons.
        glances.retain(|glance| *glance != Glance::LastEvent);
        let bold = style_if(settings.color, Style::new().bold());
        let headings = glances.iter().map(|glance| glance.heading(columns));
        // The last heading stands for columns there was no room for, and is hidden otherwise.
        let headings = headings.chain(["…".into()]);
        let mut heading = Row::from(headings.map(|text| cell(&text, bold)).collect::<Vec<_>>());
        heading.max_height(1);
        let mut grid = grid(settings.width);
        grid.set_header(heading);
        Self {
            columns,
            settings,
            glances,
            grid,
            summary: Summary::default(),
        }
    }

    fn style(&self, glance: Glance, lead: &Lead<'_>) -> Style {
        let of_temperature = Style::new().fg_color(lead.color.and_then(terminal_color));
        let is_colored = self.settings.color && glance.is_temperature(self.columns);
        style_if(is_colored, of_temperature)
    }

    /// Hides the columns there is no room for, and says how the others share it.
    fn arrange(&mut self) {
        let width = drawn_width(self.settings.width);
        let contents = self.grid.column_max_content_widths();
        let shapes: Vec<Shape> = self
            .glances
            .iter()
            .zip(&contents)
            .map(|(glance, content)| Shape::of(*glance, self.columns, *content))
            .chain([Shape::MARK])
            .collect();
        let needs: Vec<Need> = shapes[..self.glances.len()]
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
        for (at, column) in self.grid.column_iter_mut().enumerate() {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Sentences,
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

    fn of(glance: Glance, columns: &Columns<'_>, content: u16) -> Self {
        let kind = if glance.is_number(columns) {
            Kind::Number
        } else if glance.is_sentences(columns) {
            Kind::Sentences
        } else {
            Kind::Text
        };
        Self {
            kind,
            is_optional: matches!(glance, Glance::Id | Glance::Owner),
            content,
        }
    }

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
fn grid(width: usize) -> comfy_table::Table {
    let mut grid = comfy_table::Table::new();
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

fn style_if(is_wanted: bool, style: Style) -> Style {
    if is_wanted { style } else { Style::new() }
}

fn draw(grid: &comfy_table::Table, out: &mut dyn Write) -> io::Result<()> {
    for line in grid.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

impl Exporter for Table<'_> {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn lead(&mut self, lead: &Lead<'_>, _out: &mut dyn Write) -> io::Result<()> {
        let cells = self.glances.iter().map(|glance| {
            let text = glance.text(lead, self.columns);
            cell(&text, self.style(*glance, lead))
        });
        let mut row = Row::from(cells.collect::<Vec<_>>());
        row.max_height(ROW_LINES);
        self.grid.add_row(row);
        self.summary.leads += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        self.arrange();
        draw(&self.grid, out)?;
        let dimmed = style_if(self.settings.color, Style::new().dimmed());
        let mut row = Row::from(vec![cell(&made_from(self.columns), dimmed)]);
        row.max_height(1);
        let mut closing = grid(self.settings.width);
        closing.add_row(row);
        for column in closing.column_iter_mut() {
            column.set_padding((0, 0));
        }
        writeln!(out)?;
        draw(&closing, out)?;
        Ok(self.summary)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, sample, write};
    use super::*;
    use crate::value::Zone;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn drawn(columns: &Columns<'_>, leads: &[Lead<'_>], width: usize, color: bool) -> String {
        let settings = Settings {
            width,
            color,
            ..Settings::default()
        };
        let mut out = Vec::new();
        write(Format::Table, columns, settings, leads, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The text without the sequences that colour it.
    fn bare(text: &str) -> String {
        let mut bare = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            bare.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        bare + rest
    }

    #[test]
    fn the_list_of_nasty_names_is_drawn_as_agreed() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        for width in [100, 60] {
            let text = drawn(&columns, &sample::leads(), width, false);
            sample::assert_agreed(&format!("ranked-{width}.txt"), &text);
        }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let every_name: Vec<String> = columns
            .list()
            .iter()
            .map(|column| column.name.to_string())
            .collect();
        let picked = columns
            .clone()
            .pick(every_name.iter().map(String::as_str))
            .unwrap();
        for width in 2..=200 {
            for columns in [&columns, &picked] {
                for line in drawn(columns, &sample::leads(), width, false).lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn score_and_name_are_there_however_narrow_it_is() {
        let zone = Zone::utc();
        for width in 40..=200 {
            let text = drawn(&sample::columns(&zone), &sample::leads(), width, false);
            let first = text.lines().nth(2).unwrap();
            assert!(
                first.contains("85") && first.contains("Anna de"),
                "{width}: {first}"
            );
        }
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_drawn() {
        let zone = Zone::utc();
        let text = drawn(&sample::columns(&zone), &sample::leads(), 200, false);
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()));
        assert!(text.contains(r"\u{1b}[31mred\u{7}") && text.contains(r"gpj.\u{202e}exe"));
    }

    #[test]
    fn the_temperature_is_shown_in_its_colour_and_only_on_request() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let text = drawn(&columns, &sample::leads()[..1], 100, true);
        assert!(text.contains("\u{1b}[31mHot Lead\u{1b}[0m"), "{text:?}");
        assert!(!drawn(&columns, &sample::leads()[..1], 100, false).contains('\u{1b}'));
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let colored = drawn(&columns, &sample::leads(), 100, true);
        assert_eq!(
            bare(&colored),
            drawn(&columns, &sample::leads(), 100, false)
        );
    }

    #[test]
    fn picked_columns_are_drawn_under_their_own_names() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone).pick(["fit", "contact_id"]).unwrap();
        let text = drawn(&columns, &sample::leads()[..1], 80, false);
        let expected = "   fit  contact_id\n──────────────────\n45.125  0017\n\nAs of 2026-11-01T23:59:59Z, model Demo 2026.11\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_line_ends_in_blanks() {
        let zone = Zone::utc();
        let text = drawn(&sample::columns(&zone), &sample::leads(), 90, false);
        assert!(text.lines().all(|line| !line.ends_with(' ')));
    }

    #[test]
    fn a_name_takes_two_lines_at_most_and_says_that_it_goes_on() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let lead = Lead {
            name: Some("Wilhelmina Maria ".repeat(9).into()),
            ..sample::bare_lead()
        };
        let text = drawn(&columns, &[lead], 60, false);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 6, "{text}");
        assert!(lines[3].contains('…'), "{text}");
    }

    #[test]
    fn a_text_without_end_fits_too() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        for text in ["東京 ", "a", "e\u{301}"] {
            let lead = Lead {
                name: Some(text.repeat(70_000).into()),
                ..sample::leads().remove(0)
            };
            for width in [60, 100_000] {
                let drawn = drawn(&columns, std::slice::from_ref(&lead), width, true);
                assert_eq!(drawn.lines().count(), 6);
                assert!(drawn.lines().all(|line| bare(line).width() <= width));
                assert!(drawn.lines().nth(3).unwrap().contains('…'));
            }
        }
    }

    #[test]
    fn a_long_tag_is_colored_on_both_lines_and_its_neighbours_are_not() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let lead = Lead {
            tag: Some("Ready for a visit"),
            ..sample::leads().remove(0)
        };
        let text = drawn(&columns, &[lead], 60, true);
        for part in ["Ready", "for", "a", "visit"] {
            assert!(
                text.contains(&format!("\u{1b}[31m{part}\u{1b}[0m")),
                "{text:?}"
            );
        }
    }

    /// Texts of characters whose widths do not simply add up.
    fn uneven() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            "word ",
            " ",
            "東",
            "e\u{301}",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🇳🇱",
            "🇳",
            "👋🏽",
            "ﷺ",
            "لا",
            "ل",
            "ا",
            "\u{1100}",
            "\u{1161}",
            "\u{11a8}",
            "क्षि",
            "\u{94d}",
            "ꓸ",
            "ꓹ",
            "ꓐ",
            "\u{e33}",
            "\u{3099}",
            "\u{0}",
            "\u{200d}",
            "…",
            "\u{338}",
            "<",
            "\u{1a15}",
            "\u{1a17}",
            "\u{1a10}",
        ]);
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn whatever_a_lead_is_called_the_lines_fit(
            name in prop_oneof![any::<String>(), uneven()],
            id in prop_oneof![any::<String>(), uneven()],
            tag in prop_oneof![any::<String>(), uneven()],
            label in uneven(),
            rank in 1_u64..10_000_000,
            width in 40_usize..=200,
            color in any::<bool>(),
        ) {
            let zone = Zone::utc();
            let columns = sample::columns(&zone);
            let mut lead =
                Lead { rank: Some(rank), name: Some(name.into()), id: &id, tag: Some(&tag), ..sample::leads().remove(0) };
            lead.ledger[0].label = label.into();
            for line in bare(&drawn(&columns, &[lead], width, color)).lines() {
                prop_assert!(line.width() <= width, "{} {}", width, line);
            }
        }
    }
}
