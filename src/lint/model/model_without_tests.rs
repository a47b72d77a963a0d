//! A model without tests of its own.
//!
//! A `[[tests]]` entry says of one made-up lead what should come out, and `hotlist test` tells when a change to the
//! model changes that by accident. A few are enough: the best lead, the worst, and those on a threshold.
//!
//! ```toml
//! [[tests]]
//! name    = "a confirmed budget alone is warm"
//! as_of   = "2026-11-01"
//! contact = { budget_confirmed = "yes" }
//! expect  = { temperature = "warm" }
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("model-without-tests", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.model.tests.is_empty() {
        findings.remark(
            None,
            "the model has no tests of its own",
            "",
            "add some: [[tests]], run by `hotlist test`",
        );
    }
}
