//! Lints: what a valid model says that its author can hardly have meant, and, with exports at hand, what does not fit
//! them.
//!
//! A lint is one file of `model/` (it needs the model alone) or `exports/` (it looks at a finished run as well). The
//! paragraph its file opens with is its documentation; `docs/lints.md` is made of these. A finding is a
//! [`Diagnostic`] of the severity warning or remark that points into the model.

mod conditions;
mod exports;
mod finding;
mod literals;
mod model;
mod observed;
mod places;
mod preview;
mod reach;
mod text;
mod truth;

pub use finding::FindingRecord;
pub use observed::{EventFiles, Observed};
pub use preview::Preview;
pub use text::{counts, preview as preview_text};

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use finding::Findings;
use places::Places;
use reach::Reach;

/// One kind of finding.
pub struct Lint {
    /// Stable name, in kebab-case; its file is called so, in `snake_case`.
    pub code: &'static str,
    check: Check,
}

/// What a lint looks at.
enum Check {
    Model(fn(&Subject<'_>, &mut Findings<'_>)),
    Exports(fn(&Subject<'_>, &Observed<'_>, &mut Findings<'_>)),
}

impl Lint {
    const fn of_model(code: &'static str, check: fn(&Subject<'_>, &mut Findings<'_>)) -> Self {
        Self {
            code,
            check: Check::Model(check),
        }
    }

    const fn of_exports(
        code: &'static str,
        check: fn(&Subject<'_>, &Observed<'_>, &mut Findings<'_>),
    ) -> Self {
        Self {
            code,
            check: Check::Exports(check),
        }
    }

    /// Whether the lint needs exports.
    pub fn needs_exports(&self) -> bool {
        matches!(self.check, Check::Exports(_))
    }
}

/// Every lint: those of the model alone first, in the order of their documentation.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    model::LINTS.iter().chain(&exports::LINTS)
}

/// A model with what lints ask of it again and again.
struct Subject<'m> {
    model: &'m Model,
    places: Places<'m>,
    reach: Reach,
}

/// Everything the lints find in a model and, where there are any, in its exports: in the order of the model's file,
/// what points nowhere last.
pub fn findings(model: &Model, observed: Option<&Observed<'_>>) -> Vec<Diagnostic> {
    let subject = Subject {
        model,
        places: Places::of(&model.source.text),
        reach: Reach::of(model),
    };
    let mut list = Vec::new();
    for lint in lints() {
        let mut findings = Findings::new(lint.code, &model.source, &mut list);
        match (&lint.check, observed) {
            (Check::Model(check), _) => check(&subject, &mut findings),
            (Check::Exports(check), Some(observed)) => check(&subject, observed, &mut findings),
            (Check::Exports(_), None) => {}
        }
    }
    // Stable, so that findings at one place keep the order of the lints.
    list.sort_by_key(|finding| {
        let place = finding.labels.first().map(|label| label.span.start);
        place.unwrap_or(usize::MAX)
    });
    list
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_lints_have_one_code() {
        let codes: BTreeSet<&str> = lints().map(|lint| lint.code).collect();
        assert_eq!(codes.len(), lints().count());
    }

    #[test]
    fn findings_stand_in_the_order_of_the_file() {
        let text = "[signals]\nb = { event = \"x\" }\na = { event = \"y\" }\n\
            [[rules]]\nname = \"None\"\nwhen = \"c\"\npoints = 0\n";
        let model = Model::parse("model.toml", text).expect("a valid model");
        let found = findings(&model, None);
        let codes: Vec<&str> = found
            .iter()
            .filter(|finding| !finding.labels.is_empty())
            .map(|finding| finding.code)
            .collect();
        assert_eq!(
            codes,
            ["unused-signal", "unused-signal", "rule-without-points"]
        );
    }
}
