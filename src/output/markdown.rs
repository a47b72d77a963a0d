//! A Markdown table for people: in a ticket, a chat or a page.
//!
//! It shows what people look at first (or the columns somebody picked), with every character that Markdown or HTML
//! would take for its own made harmless.

use std::io::{self, Write};

use super::columns::Columns;
use super::glance::{Glance, glances, made_from};
use super::rows::Rows;
use crate::rank::{Lead, Parts};

/// Writes a Markdown table and a line on what it was worked out from.
#[derive(Debug)]
pub struct Markdown<'run> {
    columns: &'run Columns<'run>,
    glances: Vec<Glance>,
}

impl<'run> Markdown<'run> {
    /// A writer of these columns, or of what people look at first where nobody picked any.
    pub fn new(columns: &'run Columns<'run>) -> Self {
        Self {
            columns,
            glances: glances(columns),
        }
    }
}

impl Rows for Markdown<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns;
        let headings = self
            .glances
            .iter()
            .map(|glance| escape(&glance.heading(columns)));
        write_row(headings, out)?;
        let rules = self
            .glances
            .iter()
            .map(|glance| {
                if glance.is_number(columns) {
                    "---:"
                } else {
                    "---"
                }
            })
            .map(str::to_owned);
        write_row(rules, out)
    }

    fn lead(&mut self, _: u64, lead: &Lead<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        let glances = self.glances.iter();
        write_row(
            glances.map(|glance| escape(&glance.text(lead, self.columns))),
            text,
        )
    }

    fn end(&mut self, _: u64, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", escape(&made_from(self.columns)))
    }

    fn parts(&self) -> Parts {
        Parts::ALL
    }

    fn another(&self) -> Box<dyn Rows + '_> {
        Box::new(Self::new(self.columns))
    }
}

pub(super) fn write_row(
    cells: impl Iterator<Item = String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let cells: Vec<String> = cells.collect();
    writeln!(out, "| {} |", cells.join(" | "))
}

/// Makes readable text stand for itself in a cell of a Markdown table.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (index, c) in text.char_indices() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => safe.extend(['\\', c]),
            // These mean something at the start of a line, and some readers ask only for the start of a cell.
            '#' | '+' | '-' | '=' if index == 0 => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::{Format, sample};
    use super::*;
    use proptest::prelude::*;

    fn written(leads: &[Lead<'_>]) -> String {
        sample::written(Format::Markdown, leads)
    }

    #[test]
    fn the_list_of_nasty_names_is_written_as_agreed() {
        let text = sample::visible(&written(&sample::leads()));
        sample::assert_agreed("ranked.md", &text);
    }

    #[test]
    fn numbers_are_aligned_to_the_right() {
        let text = written(&[]);
        assert_eq!(
            text.lines().nth(1),
            Some("| ---: | ---: | --- | --- | --- | --- | --- | --- |")
        );
    }

    #[test]
    fn markup_in_a_name_stands_for_itself() {
        assert_eq!(
            escape("a|b `c` *d* _e_ [f](g)"),
            r"a\|b \`c\` \*d\* \_e\_ \[f\](g)"
        );
        assert_eq!(escape("<script>&amp;"), "&lt;script&gt;&amp;amp;");
        assert_eq!(escape("# x #"), r"\# x #");
        assert_eq!(escape(r"\|"), r"\\\|");
    }

    proptest! {
        #[test]
        fn no_name_adds_a_cell_or_a_line(name in any::<String>()) {
            let lead = Lead { name: Some(name.into()), ..sample::bare_lead() };
            let text = written(&[lead]);
            let lines: Vec<&str> = text.lines().collect();
            prop_assert_eq!(lines.len(), 5);
            let bare = lines[2].replace(r"\\", "").replace(r"\|", "");
            prop_assert_eq!(bare.matches('|').count(), 9);
        }
    }
}
