//! A decay that hardly takes anything before the window ends.
//!
//! Within `within` days the weight of an event stays above 95 percent: because the window ends before the first drop
//! (`after`), or because the decay is much slower than the window is short. Readers think that old events fade, but
//! they count in full and then not at all. Lengthen the window, quicken the decay, or delete it.
//!
//! ```toml
//! [signals]
//! opens = { event = "open", within = "30 days", decay = { step = "30 days", by = 0.2, after = "45 days" } }
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};
use crate::model::{FULL_WEIGHT, Measure};
use crate::value::{Number, Span};

pub(super) const LINT: Lint = Lint::of_model("decay-without-effect", check);

/// The least weight, in millionths, that counts as full.
const HARDLY_LESS: i64 = FULL_WEIGHT * 95 / 100;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signal in &subject.model.signals {
        let (Measure::Count { decay, .. } | Measure::Sum { decay, .. }) = &signal.measure else {
            continue;
        };
        let (Some(decay), Some(within)) = (decay, signal.within) else {
            continue;
        };
        let left = decay.weight(within - 1);
        if left < HARDLY_LESS {
            continue;
        }
        let window = Span::from_days(within);
        let message = if left == FULL_WEIGHT {
            format!(
                "the decay of `{}` begins after its window of {window} ends",
                signal.name
            )
        } else {
            let left = Number::from_millionths(i128::from(left));
            format!(
                "within {window} the decay of `{}` leaves {left} of each event",
                signal.name
            )
        };
        findings.warn(
            subject.places.signal(&signal.name, "decay"),
            message,
            "",
            "lengthen `within`, quicken the decay, or delete it",
        );
        findings.beside(subject.places.signal(&signal.name, "within"), "the window");
    }
}
