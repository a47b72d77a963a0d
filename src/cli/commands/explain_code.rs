//! `hotlist explain-code`: what the codes of errors, refused rows and lints mean, and how to mend what they stand for.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::Style;
use anyhow::Result;

use crate::cli::args::{ExplainCode, Global};
use crate::cli::settings::Screen;
use crate::diagnostic::{Diagnostic, Kind, Report, nearest};

/// The pages that explain codes, each under a heading of its own.
const PAGES: [&str; 2] = [
    include_str!("../../../docs/diagnostics.md"),
    include_str!("../../../docs/lints.md"),
];

pub(in crate::cli) fn run(args: &ExplainCode, global: &Global) -> Result<()> {
    let entries: Vec<Entry<'_>> = PAGES.into_iter().flat_map(entries).collect();
    let text = match &args.code {
        None => list(&entries),
        Some(code) => find(&entries, code)?.text(Screen::of(global.color).color),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// What a page says of one code.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'p> {
    code: &'p str,
    /// The lines below the heading, without blank ones at the ends.
    lines: Vec<&'p str>,
}

/// The opening and the end of a block of Markdown.
const FENCE: &str = "```";

/// Every entry of a page, in its order: what stands below a heading that is a code, up to the next heading.
fn entries(page: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut is_entry = false;
    let mut is_block = false;
    for line in page.lines() {
        is_block ^= line.starts_with(FENCE);
        if line.starts_with('#') && !is_block {
            let heading = line.trim_start_matches('#').trim().trim_matches('`');
            is_entry = is_code(heading);
            if is_entry {
                entries.push(Entry {
                    code: heading,
                    lines: Vec::new(),
                });
            }
        } else if let (true, Some(entry)) = (is_entry, entries.last_mut()) {
            entry.lines.push(line);
        }
    }
    for entry in &mut entries {
        let is_blank = |line: &&&str| line.trim().is_empty();
        let before = entry.lines.iter().take_while(is_blank).count();
        entry.lines.drain(..before);
        let after = entry.lines.iter().rev().take_while(is_blank).count();
        entry.lines.truncate(entry.lines.len() - after);
    }
    entries
}

/// Codes are words in lower case with hyphens; those of rows have underscores.
fn is_code(heading: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    !heading.is_empty() && heading.chars().all(is_part)
}

impl Entry<'_> {
    /// The first sentence.
    fn summary(&self) -> String {
        let paragraph: Vec<&str> = self
            .lines
            .iter()
            .take_while(|line| !line.trim().is_empty())
            .copied()
            .collect();
        let paragraph = paragraph.join(" ");
        let sentence = paragraph.split_once(". ");
        let sentence = sentence.map_or(paragraph.as_str(), |(first, _)| first);
        sentence.trim_end_matches('.').to_owned()
    }

    /// The entry for people: its blocks are indented instead of fenced.
    fn text(&self, color: bool) -> String {
        let bold = if color {
            Style::new().bold()
        } else {
            Style::new()
        };
        let mut text = format!("{bold}{}{bold:#}\n\n", self.code);
        let mut is_block = false;
        for line in &self.lines {
            if line.starts_with(FENCE) {
                is_block = !is_block;
                continue;
            }
            let indent = if is_block && !line.is_empty() {
                "    "
            } else {
                ""
            };
            text.push_str(indent);
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

/// Every code with its first sentence.
fn list(entries: &[Entry<'_>]) -> String {
    let width = entries.iter().map(|entry| entry.code.len()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for entry in entries {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}", entry.code, entry.summary());
    }
    text
}

/// The entry of a code.
fn find<'e, 'p>(entries: &'e [Entry<'p>], code: &str) -> Result<&'e Entry<'p>, Report> {
    if let Some(entry) = entries.iter().find(|entry| entry.code == code) {
        return Ok(entry);
    }
    let message = format!("there is no code `{code}`");
    let hint = match nearest(code, entries.iter().map(|entry| entry.code)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "all of them: hotlist explain-code".to_owned(),
    };
    let diagnostic = Diagnostic::error("unknown-code", message).hint(hint);
    Err(Report::new(Kind::Usage, diagnostic))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Title\n\nWords.\n\n## one-code\n\nFirst sentence. Second\none.\n\n\
        ```diff model.toml\n-wrong\n\n# no heading\n```\n\n# Chapter\n\nMore words.\n\n### `row_code`\n\nA row.\n";

    #[test]
    fn an_entry_goes_from_its_heading_to_the_next_and_blocks_have_none() {
        let entries = entries(PAGE);
        let codes: Vec<&str> = entries.iter().map(|entry| entry.code).collect();
        assert_eq!(codes, ["one-code", "row_code"]);
        assert_eq!(entries[1].lines, ["A row."]);
    }

    #[test]
    fn the_list_shows_the_first_sentence_of_each_code() {
        let expected = "one-code  First sentence\nrow_code  A row\n";
        assert_eq!(list(&entries(PAGE)), expected);
    }

    #[test]
    fn blocks_are_indented_instead_of_fenced() {
        let expected =
            "one-code\n\nFirst sentence. Second\none.\n\n    -wrong\n\n    # no heading\n";
        assert_eq!(entries(PAGE)[0].text(false), expected);
    }

    #[test]
    fn the_heading_is_bold_where_there_is_colour() {
        let text = entries(PAGE)[1].text(true);
        assert_eq!(text, "\u{1b}[1mrow_code\u{1b}[0m\n\nA row.\n");
    }
}
