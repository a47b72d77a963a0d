//! Diagnostics as text for people: the line to blame, a caret, and what to do.
//!
//! Messages quote exports, models, file names and arguments. Here, and here alone, all of that becomes fit to be
//! shown: nothing acts on the terminal, and no line of a message is written by what the message quotes.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use anstyle::AnsiColor;

use super::{Diagnostic, Label, Report, Severity, Source};
use crate::value::{is_unseen, readable};

/// How a text is dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// In the terminal's colours.
    Colored,
}

/// Renders all diagnostics of a report, each ended by a line feed, with a blank line between them.
pub fn render(report: &Report, style: Style) -> String {
    let texts: Vec<String> = report
        .diagnostics
        .iter()
        .map(|diagnostic| render_one(diagnostic, style))
        .collect();
    texts.join("\n")
}

/// Renders one diagnostic, ended by a line feed.
pub fn render_one(diagnostic: &Diagnostic, style: Style) -> String {
    if diagnostic.labels.is_empty() {
        return render_unplaced(diagnostic, style);
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Remark => Level::NOTE.with_name("remark"),
    };
    let message = readable(&diagnostic.message);
    let labels: Vec<Shown<'_>> = diagnostic.labels.iter().map(Shown::of).collect();
    let title = level.primary_title(&*message).id(diagnostic.code);
    let mut group = Group::with_title(title);
    for snippet in snippets(&labels) {
        group = group.element(snippet);
    }
    let mut groups = vec![group];
    let hint = diagnostic.hint.as_deref().map(readable);
    let replacement = diagnostic.replacement.as_deref().map(readable);
    if let Some(hint) = &hint {
        let title = Level::HELP.with_name("hint").secondary_title(&**hint);
        let mut group = Group::with_title(title);
        if let (Some(text), Some(label)) = (&replacement, labels.first()) {
            let patch = Patch::new(label.span.clone(), &**text);
            group = group.element(label.snippet().patch(patch));
        }
        groups.push(group);
    }
    let mut text = renderer.render(&groups);
    text.push('\n');
    text
}

/// A diagnostic without a place to point at: its message, the list under it, and its hint.
fn render_unplaced(diagnostic: &Diagnostic, style: Style) -> String {
    let (word, color) = match diagnostic.severity {
        Severity::Error => ("error", AnsiColor::BrightRed),
        Severity::Warning => ("warning", AnsiColor::Yellow),
        Severity::Remark => ("remark", AnsiColor::BrightGreen),
    };
    let dress = |text: &str, dress: anstyle::Style| match style {
        Style::Plain => text.to_owned(),
        Style::Colored => format!("{dress}{text}{dress:#}"),
    };
    let title = format!("{word}[{}]", diagnostic.code);
    let title = dress(&title, color.on_default().bold());
    let mut text = format!("{title}: {}\n", readable(&diagnostic.message));
    for line in &diagnostic.list {
        text.push_str(&format!("  {}\n", readable(line)));
    }
    if let Some(hint) = &diagnostic.hint {
        let word = dress("hint", AnsiColor::BrightCyan.on_default().bold());
        text.push_str(&format!("\n{word}: {}\n", readable(hint)));
    }
    text
}

/// A label as it may be shown: character for character as many as in the source, so that carets stay under theirs.
struct Shown<'d> {
    source: &'d Source,
    name: Cow<'d, str>,
    text: Cow<'d, str>,
    span: Range<usize>,
    label: Cow<'d, str>,
}

impl<'d> Shown<'d> {
    fn of(label: &'d Label) -> Self {
        let original = label.source.text.as_str();
        let text = replace_unseen(original);
        let span = match &text {
            Cow::Borrowed(_) => label.span.clone(),
            // The stretch before an offset is replaced like the whole.
            Cow::Owned(_) => moved(original, label.span.start)..moved(original, label.span.end),
        };
        Self {
            source: &label.source,
            name: readable(&label.source.name),
            text,
            span,
            label: readable(&label.text),
        }
    }

    fn snippet<T: Clone>(&self) -> Snippet<'_, T> {
        Snippet::source(&*self.text)
            .line_start(self.source.first_line)
            .path(&*self.name)
    }
}

/// The characters of a source, those that are not seen replaced by one that is; tabs and line ends stay.
fn replaced(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().map(move |(at, c)| {
        let ends_line = c == '\n' || c == '\r' && text[at..].starts_with("\r\n");
        let stays = c == '\t' || ends_line || !is_unseen(c);
        (
            at,
            if stays {
                c
            } else {
                char::REPLACEMENT_CHARACTER
            },
        )
    })
}

fn replace_unseen(text: &str) -> Cow<'_, str> {
    if replaced(text).all(|(at, c)| text[at..].starts_with(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(replaced(text).map(|(_, c)| c).collect())
}

/// Where a byte offset into a text lies once the text is replaced.
fn moved(text: &str, offset: usize) -> usize {
    replaced(text)
        .take_while(|(at, _)| *at < offset)
        .map(|(_, c)| c.len_utf8())
        .sum()
}

/// One snippet for each source, in the order in which the labels first name them.
fn snippets<'d>(labels: &'d [Shown<'d>]) -> Vec<Snippet<'d, annotate_snippets::Annotation<'d>>> {
    let mut sources: Vec<&Shown<'_>> = Vec::new();
    for label in labels {
        if !sources.iter().any(|known| known.source == label.source) {
            sources.push(label);
        }
    }
    sources
        .into_iter()
        .map(|first| {
            let annotations = labels
                .iter()
                .enumerate()
                .filter(|(_, label)| label.source == first.source)
                .map(|(index, label)| {
                    let kind = if index == 0 {
                        AnnotationKind::Primary
                    } else {
                        AnnotationKind::Context
                    };
                    let annotation = kind.span(label.span.clone());
                    if label.label.is_empty() {
                        annotation
                    } else {
                        annotation.label(&*label.label)
                    }
                });
            first.snippet().annotations(annotations)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Kind, Source};

    #[test]
    fn a_placed_problem_shows_its_line_a_caret_and_the_mended_line() {
        let source = Source::new("model.toml", "[[rules]]\npoinst = 25\n");
        let diagnostic = Diagnostic::error("unknown-key", "unknown key `poinst`")
            .at(&source, 10..16, "not a known key")
            .hint("did you mean `points`?")
            .replace_with("points");
        let expected = "\
error[unknown-key]: unknown key `poinst`
 --> model.toml:2:1
  |
2 | poinst = 25
  | ^^^^^^ not a known key
  |
hint: did you mean `points`?
  |
2 - poinst = 25
2 + points = 25
  |
";
        assert_eq!(render_one(&diagnostic, Style::Plain), expected);
    }

    #[test]
    fn a_problem_in_two_files_shows_both() {
        let model = Source::new("model.toml", "when = \"budgt\"\n");
        let header = Source::from_line("contacts.csv", "id,budget", 3);
        let diagnostic = Diagnostic::error("missing-column", "there is no column `budgt`")
            .at(&model, 8..13, "asked for here")
            .at(&header, 0..9, "no header fits");
        let text = render_one(&diagnostic, Style::Plain);
        assert!(text.contains("--> model.toml:1:9"), "{text}");
        assert!(text.contains("::: contacts.csv:3:1"), "{text}");
    }

    #[test]
    fn a_list_of_rows_is_indented_and_its_hint_stands_apart() {
        let diagnostic = Diagnostic::error("bad-rows", "2 rows cannot be read")
            .list(vec!["a.csv:2: x".to_owned(), "a.csv:9: y".to_owned()])
            .hint("mend them");
        let report = Report::new(Kind::Data, diagnostic);
        let expected = "\
error[bad-rows]: 2 rows cannot be read
  a.csv:2: x
  a.csv:9: y

hint: mend them
";
        assert_eq!(render(&report, Style::Plain), expected);
    }

    #[test]
    fn only_a_colored_style_has_escape_sequences() {
        let diagnostic = Diagnostic::error("bad-rows", "a row cannot be read");
        assert!(!render_one(&diagnostic, Style::Plain).contains('\u{1b}'));
        assert!(render_one(&diagnostic, Style::Colored).contains('\u{1b}'));
    }

    const NASTY: &str = "\u{1b}[31m\u{9b}1m\u{202e}\u{200b}\u{7f}\r\u{2028}\nerror: forged";

    /// What acts on a terminal, line feeds aside.
    fn acts(text: &str) -> bool {
        text.contains(|c| c != '\n' && is_unseen(c))
    }

    #[test]
    fn nothing_a_message_quotes_acts_on_the_terminal_or_begins_a_line() {
        let unplaced = Diagnostic::error("bad-rows", format!("no `{NASTY}`"))
            .list(vec![format!("a.csv:2: column \"{NASTY}\"")])
            .hint(format!("did you mean `{NASTY}`?"));
        let source = Source::new(NASTY, format!("id,{}", NASTY.replace('\n', "")));
        let placed = Diagnostic::error("missing-column", format!("no `{NASTY}`"))
            .at(&source, 0..2, NASTY)
            .hint(format!("did you mean `{NASTY}`?"))
            .replace_with(NASTY);
        for diagnostic in [unplaced, placed] {
            let text = render_one(&diagnostic, Style::Plain);
            assert!(!acts(&text), "{text:?}");
            assert!(!text.contains("\nerror: forged"), "{text}");
            assert!(
                text.contains(r"\u{1b}[31m"),
                "what was there is shown: {text}"
            );
        }
    }

    #[test]
    fn a_caret_stays_under_its_word_behind_characters_that_are_not_seen() {
        let line = "\u{1b}\u{9b}\u{202e}\u{e0041},budget\r\nnext\r\n";
        let source = Source::new("contacts.csv", line);
        let start = line.find("budget").unwrap();
        let diagnostic =
            Diagnostic::error("ambiguous-column", "twice").at(&source, start..start + 6, "here");
        let expected = "\
error[ambiguous-column]: twice
 --> contacts.csv:1:6
  |
1 | \u{fffd}\u{fffd}\u{fffd}\u{fffd},budget
  |      ^^^^^^ here
";
        assert_eq!(render_one(&diagnostic, Style::Plain), expected);
    }
}
