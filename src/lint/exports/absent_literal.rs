//! A text that never stands in its column, and nothing like it either.
//!
//! It may be a value that nobody has yet, or one that the CRM does not use any more. It does no harm, but does
//! nothing either: see whether the export calls it otherwise. Columns with more than 10,000 different values are not
//! looked at.
//!
//! ```toml
//! [[rules]]
//! name   = "Wants to move soon"
//! when   = "timeline IN ('now', 'at once')"      # no cell says `at once`
//! points = 10
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject, literals};

pub(super) const LINT: Lint = Lint::of_exports("absent-literal", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    for missing in literals::missing(subject, observed) {
        if missing.near.is_none() {
            findings.remark(
                missing.literal.place,
                format!(
                    "`{}` never stands in the column `{}`",
                    missing.literal.text, missing.column
                ),
                "",
                "does the export call it otherwise?",
            );
        }
    }
}
