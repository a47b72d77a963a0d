//! Diagnostics as text for people: the line to blame, a caret, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

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
