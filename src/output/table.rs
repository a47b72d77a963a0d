//! A table for the terminal, never wider than it is told to be.
//!
//! It shows what people look at first: rank, score, temperature in its colour, who it is and why. Id and owner are
//! there when there is room, and a row takes at most two lines, the second cut with `…`. Columns picked by name are
//! shown instead where somebody picked them.

use std::io::{self, Write};

use anstyle::Style;

use super::color::terminal_color;
use super::columns::Columns;
use super::glance::{Glance, glances, made_from};
use super::grid::{Grid, Heading, Kind, closing_line, style_if};
use super::{Exporter, Settings, Summary};
use crate::rank::Lead;

/// Draws a table. The rows are held until the last lead, because the widest text of a column decides its width.
#[derive(Debug)]
pub struct Table<'run> {
    columns: &'run Columns<'run>,
    settings: Settings,
    glances: Vec<Glance>,
    grid: Grid,
    summary: Summary,
}

impl<'run> Table<'run> {
    /// An exporter of these columns, or of what people look at first where nobody picked any.
    pub fn new(columns: &'run Columns<'run>, settings: Settings) -> Self {
        let mut glances = glances(columns);
        // A time of 25 characters leaves too little for the reasons.
        glances.retain(|glance| *glance != Glance::LastEvent);
        let headings = glances.iter().map(|glance| Heading {
            text: glance.heading(columns),
            kind: if glance.is_number(columns) {
                Kind::Number
            } else if glance.is_sentences(columns) {
                Kind::Sentences
            } else {
                Kind::Text
            },
            is_optional: matches!(glance, Glance::Id | Glance::Owner),
        });
        let grid = Grid::new(headings, settings);
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
}

impl Exporter for Table<'_> {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn lead(&mut self, lead: &Lead<'_>, _out: &mut dyn Write) -> io::Result<()> {
        let cells: Vec<(String, Style)> = self
            .glances
            .iter()
            .map(|glance| {
                let text = glance.text(lead, self.columns);
                (text, self.style(*glance, lead))
            })
            .collect();
        self.grid.row(cells);
        self.summary.leads += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        self.grid.draw(out)?;
        writeln!(out)?;
        closing_line(&made_from(self.columns), self.settings, out)?;
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
