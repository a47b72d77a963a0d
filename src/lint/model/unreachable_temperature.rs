//! A temperature that no lead can have.
//!
//! Its `from` is above the highest score there can be, or the lowest score there can be is in a hotter one already.
//! Lists of that temperature stay empty for ever, and nobody is told why. Change `from`, or the points. What it
//! requires is looked at by `impossible-requirement`.
//!
//! ```toml
//! [temperatures.hot]
//! from = 80            # with rules that come to 70 at most
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("unreachable-temperature", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (lowest, highest) = subject.reach.score;
    let temperatures = &subject.model.temperatures;
    for (place, temperature) in temperatures.iter().enumerate() {
        let name = &temperature.name;
        if temperature.from > highest {
            findings.warn(
                subject.places.temperature(name, "from"),
                format!("no lead can become `{name}`"),
                format!("scores end at {highest}"),
                format!("begin it at {highest} or below, or give rules more points"),
            );
            continue;
        }
        // A hotter one takes every lead, unless it asks for more than a score.
        let hotter = temperatures[..place]
            .iter()
            .rfind(|hotter| hotter.from <= lowest);
        if let Some(hotter) = hotter.filter(|hotter| hotter.requires.is_empty()) {
            findings.warn(
                subject.places.temperature(name, "from"),
                format!("no lead can be `{name}`"),
                format!(
                    "the lowest score, {lowest}, is in `{}` already",
                    hotter.name
                ),
                format!("begin `{}` above {lowest}", hotter.name),
            );
        }
    }
}
