//! Findings: collected while lints run, and as programs read them.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity, Source};

/// Where a lint puts what it finds.
pub(super) struct Findings<'f> {
    code: &'static str,
    source: &'f Arc<Source>,
    list: &'f mut Vec<Diagnostic>,
}

impl<'f> Findings<'f> {
    pub(super) fn new(
        code: &'static str,
        source: &'f Arc<Source>,
        list: &'f mut Vec<Diagnostic>,
    ) -> Self {
        Self { code, source, list }
    }

    /// Something the author surely wants to change.
    pub(super) fn warn(
        &mut self,
        place: Option<Range<usize>>,
        message: impl Into<String>,
        label: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Diagnostic::warning(self.code, message), place, label, hint);
    }

    /// Something the author may well have meant.
    pub(super) fn remark(
        &mut self,
        place: Option<Range<usize>>,
        message: impl Into<String>,
        label: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Diagnostic::remark(self.code, message), place, label, hint);
    }

    /// Says under the finding just added that it has to do with another place, too.
    pub(super) fn beside(&mut self, place: Option<Range<usize>>, label: impl Into<String>) {
        if let (Some(place), Some(mut last)) = (place, self.list.pop()) {
            if !last.labels.is_empty() {
                last = last.at(self.source, place, label);
            }
            self.list.push(last);
        }
    }

    /// Offers a text to put in place of what the finding just added points at.
    pub(super) fn mended_by(&mut self, replacement: impl Into<String>) {
        if let Some(last) = self.list.last_mut() {
            last.replacement = Some(replacement.into());
        }
    }

    fn add(
        &mut self,
        diagnostic: Diagnostic,
        place: Option<Range<usize>>,
        label: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let diagnostic = match place {
            Some(place) => diagnostic.at(self.source, place, label),
            None => diagnostic,
        };
        self.list.push(diagnostic.hint(hint));
    }
}

/// A finding as programs read it.
#[derive(Debug, Serialize)]
pub struct FindingRecord {
    /// The lint's stable name.
    pub code: &'static str,
    /// `warning` or `remark`.
    pub severity: &'static str,
    /// What is found.
    pub message: String,
    /// What stands at the place it points at.
    pub detail: Option<String>,
    /// The model's file, where the finding points into it.
    pub file: Option<String>,
    /// The line it points at, from 1.
    pub line: Option<usize>,
    /// The column it points at, from 1, in characters.
    pub column: Option<usize>,
    /// What to do.
    pub hint: Option<String>,
    /// A text that mends it, put in place of what it points at.
    pub replacement: Option<String>,
}

impl FindingRecord {
    /// A finding in this form.
    pub fn of(finding: &Diagnostic) -> Self {
        let label = finding.labels.first();
        let position = label.map(|label| label.source.position(label.span.start));
        Self {
            code: finding.code,
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Remark => "remark",
            },
            message: finding.message.clone(),
            detail: label
                .map(|label| label.text.clone())
                .filter(|detail| !detail.is_empty()),
            file: label.map(|label| label.source.name.clone()),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            hint: finding.hint.clone(),
            replacement: finding.replacement.clone(),
        }
    }
}
