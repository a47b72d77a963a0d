//! Diagnostics as text for people: the line to blame, a caret, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use anstyle::AnsiColor;

use super::{Diagnostic, Label, Report, Severity};

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
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    for snippet in snippets(&diagnostic.labels) {
        group = group.element(snippet);
    }
    let mut groups = vec![group];
    if let Some(hint) = &diagnostic.hint {
        let title = Level::HELP.with_name("hint").secondary_title(hint.as_str());
        let mut group = Group::with_title(title);
        if let (Some(text), Some(label)) = (&diagnostic.replacement, diagnostic.labels.first()) {
            let patched = Snippet::source(label.source.text.as_str())
                .line_start(label.source.first_line)
                .path(label.source.name.as_str())
                .patch(Patch::new(label.span.clone(), text.as_str()));
            group = group.element(patched);
        }
        groups.push(group);
    }
    let mut text = renderer.render(&groups);
    text.push('\n');
    text
}

/// A diagnostic without a place to point at: its message, whose further lines are a list, and its hint.
fn render_unplaced(diagnostic: &Diagnostic, style: Style) -> String {
    let (word, color) = match diagnostic.severity {
        Severity::Error => ("error", AnsiColor::BrightRed),
        Severity::Warning => ("warning", AnsiColor::Yellow),
    };
    let dress = |text: &str, dress: anstyle::Style| match style {
        Style::Plain => text.to_owned(),
        Style::Colored => format!("{dress}{text}{dress:#}"),
    };
    let title = format!("{word}[{}]", diagnostic.code);
    let title = dress(&title, color.on_default().bold());
    let mut text = format!("{title}: {}\n", diagnostic.message.replace('\n', "\n  "));
    if let Some(hint) = &diagnostic.hint {
        let word = dress("hint", AnsiColor::BrightCyan.on_default().bold());
        text.push_str(&format!("\n{word}: {hint}\n"));
    }
    text
}

/// One snippet for each source, in the order in which the labels first name them.
fn snippets(labels: &[Label]) -> Vec<Snippet<'_, annotate_snippets::Annotation<'_>>> {
    let mut sources: Vec<&Label> = Vec::new();
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
                    if label.text.is_empty() {
                        annotation
                    } else {
                        annotation.label(label.text.as_str())
                    }
                });
            Snippet::source(first.source.text.as_str())
                .line_start(first.source.first_line)
                .path(first.source.name.as_str())
                .annotations(annotations)
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
        let diagnostic =
            Diagnostic::error("bad-rows", "2 rows cannot be read\na.csv:2: x\na.csv:9: y")
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
}
