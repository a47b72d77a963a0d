//! A text that never stands in its column, while nearly the same one does.
//!
//! The two differ by capitals, spaces, accents or one or two letters: `'referral'` in the model, `Referral` in the
//! export. Texts are compared exactly, so the rule gives nothing for all these cells. Put the export's spelling into
//! the model, or compare `lower(…)`. Columns with more than 10,000 different values are not looked at.
//!
//! ```toml
//! [[rules]]
//! name   = "Where the lead came from"
//! column = "source"
//! values = { "referral" = 10 }       # the export says Referral
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::{Lint, Subject, literals};

pub(super) const LINT: Lint = Lint::of_exports("misspelt-literal", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    for missing in literals::missing(subject, observed) {
        let Some((near, count)) = &missing.near else {
            continue;
        };
        let cells = if *count == 1 {
            "cell says"
        } else {
            "cells say"
        };
        findings.warn(
            missing.literal.place.clone(),
            format!(
                "`{}` never stands in the column `{}`",
                missing.literal.text, missing.column
            ),
            format!("{count} {cells} `{near}`"),
            format!("did you mean `{near}`?"),
        );
        if let Some(replacement) = missing.replacement() {
            findings.mended_by(replacement);
        }
    }
}
