//! A condition given beside the model, such as the one of `--where`: the same language, over all that is known of a
//! lead at the end.

use super::condition::{self, Condition, Phase};
use super::{Model, Reader};
use crate::diagnostic::{Diagnostic, Kind, Report, Source};

impl Model {
    /// Reads a condition over the model's leads; `name` is what messages call it. The columns it uses become columns
    /// of the model, so this comes before any export is bound.
    ///
    /// # Errors
    /// Every mistake of the condition.
    pub fn read_filter(&mut self, name: &str, text: &str) -> Result<Condition, Report> {
        let known = self.contacts.columns.entries().len();
        let reader = Reader::of(self);
        let mut names = reader.names(Phase::Staged, &mut self.contacts.columns, &|span| span);
        let condition = condition::read(text, &mut names).map_err(|errors| {
            let source = Source::new(name, text);
            let diagnostics = errors.into_iter().map(|error| Diagnostic {
                hint: error.hint,
                ..Diagnostic::error("bad-condition", error.message).at(&source, error.span, "")
            });
            Report {
                kind: Kind::Usage,
                diagnostics: diagnostics.collect(),
            }
        })?;
        // The places of the new columns are in the condition, not in the model's file.
        self.contacts.columns.forget_places(known);
        Ok(condition)
    }
}
