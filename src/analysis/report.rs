//! What every report begins with.

use std::borrow::Cow;

use super::facts::Facts;
use super::table::{Document, Table};

/// What a model has to say for wins to be known.
pub(super) const OUTCOME_WANTED: &str = "Who was won is not known: \
    the model has to say it, such as [outcome] won = \"status = 'Customer'\", lost = \"status = 'Lost'\".";

impl Facts<'_> {
    /// A document about this run.
    pub(super) fn document(
        &self,
        name: &'static str,
        title: String,
        tables: Vec<Table>,
        notes: Vec<String>,
    ) -> Document {
        Document {
            name: Cow::Borrowed(name),
            title,
            as_of: self.as_of.write(&self.model.zone),
            model: self.model.title(),
            tables,
            notes,
        }
    }

    /// Whether it is known of any lead how it ended.
    pub(super) fn has_outcome(&self) -> bool {
        self.leads.iter().any(|lead| lead.is_won || lead.is_lost)
    }
}
