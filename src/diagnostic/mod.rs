//! What is wrong, where, and what to do about it.
//!
//! Every refusal of hotlist, of a model as of an export or an output, is a [`Diagnostic`]: a sentence, the places
//! to blame and a hint. A [`Report`] is all the diagnostics of one refusal together with its [`Kind`], which the
//! binary turns into an exit code. Nothing here prints: [`render`] makes text, the binary decides where it goes.

pub mod render;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text that a diagnostic can point into: a model file, or the header line of an export.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The name shown before line and column, usually the path as the user gave it.
    pub name: String,
    /// The text itself.
    pub text: String,
    /// The physical line number of the text's first line, from 1.
    pub first_line: usize,
}

impl Source {
    /// A whole file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::from_line(name, text, 1)
    }

    /// A part of a file that begins at physical line `first_line`.
    pub fn from_line(
        name: impl Into<String>,
        text: impl Into<String>,
        first_line: usize,
    ) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
            first_line,
        })
    }

    /// Physical line and column (both from 1, columns in characters) of a byte offset.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.first_line + before.matches('\n').count();
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A stretch of a source, with what to say under its caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text pointed into.
    pub source: Arc<Source>,
    /// Bytes of that text.
    pub span: Range<usize>,
    /// What stands beside the caret; may be empty.
    pub text: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The run is refused.
    Error,
    /// The run goes on.
    Warning,
    /// It may well be meant so.
    Remark,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of this kind of problem, in kebab-case.
    pub code: &'static str,
    /// Error, warning or remark.
    pub severity: Severity,
    /// What is wrong: a lowercase phrase without a full stop.
    pub message: String,
    /// The single things that the message counts, each a line below it.
    pub list: Vec<String>,
    /// Where; the first is the place to blame.
    pub labels: Vec<Label>,
    /// What to do next.
    pub hint: Option<String>,
    /// Text that, put in place of the first label's span, mends the problem.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// An error of the given code.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            list: Vec::new(),
            labels: Vec::new(),
            hint: None,
            replacement: None,
        }
    }

    /// A warning of the given code.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// A remark of the given code.
    pub fn remark(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Remark,
            ..Self::error(code, message)
        }
    }

    /// Adds a place; the first one added is the place to blame.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            source: Arc::clone(source),
            span,
            text: text.into(),
        });
        self
    }

    /// Lists what the message counts.
    #[must_use]
    pub fn list(mut self, lines: Vec<String>) -> Self {
        self.list = lines;
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Offers a text to put in place of the first label's span.
    #[must_use]
    pub fn replace_with(mut self, replacement: impl Into<String>) -> Self {
        self.replacement = Some(replacement.into());
        self
    }
}

/// Why a run was refused, as far as a script needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line asks for something impossible.
    Usage,
    /// The input data is not what it should be.
    Data,
    /// An input is missing, unreadable or a folder.
    NoInput,
    /// An output cannot be created.
    CannotCreate,
    /// Reading or writing failed half-way.
    Io,
    /// An input changed while it was read.
    Changed,
    /// The model is invalid.
    Model,
    /// Everything could be read, and a guard that was asked for holds the result back.
    Guard,
}

/// A refusal: its kind and everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What kind of refusal this is.
    pub kind: Kind,
    /// Every problem found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// A refusal for one reason.
    pub fn new(kind: Kind, diagnostic: Diagnostic) -> Self {
        Self {
            kind,
            diagnostics: vec![diagnostic],
        }
    }

    /// This refusal and another as one, of this one's kind.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.diagnostics.extend(other.diagnostics);
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            f.write_str(&diagnostic.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// The candidate nearest to `name`, if one is near enough to be a slip of the finger.
///
/// Distance is optimal string alignment (Damerau without repeats), at most a third of the name's length and at
/// least one, but never the whole of it; case, blanks, `-`, `_` and `.` do not count.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| -> String {
        text.chars()
            .filter(|c| !matches!(c, '-' | '_' | ' ' | '.'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let folded = fold(name);
    let length = folded.chars().count();
    let allowed = (length / 3).max(1).min(length.saturating_sub(1));
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len(), *candidate))
        .map(|(_, candidate)| candidate)
}
