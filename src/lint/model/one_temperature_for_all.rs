//! A model in which every lead has the same temperature.
//!
//! Only one can be reached, so that the temperature, its tag and its colour tell nothing. Move the other thresholds
//! between the lowest and the highest score there can be, or add temperatures.
//!
//! ```toml
//! [temperatures.lead]
//! from = 0             # the only one
//! ```

use crate::lint::finding::Findings;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("one-temperature-for-all", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (lowest, highest) = subject.reach.score;
    let temperatures = &subject.model.temperatures;
    let reachable = |place: usize| {
        let hotter = temperatures[..place]
            .iter()
            .rfind(|hotter| hotter.from <= lowest);
        let taken = hotter.is_some_and(|hotter| hotter.requires.is_empty());
        temperatures[place].from <= highest && !taken
    };
    let mut left = (0..temperatures.len()).filter(|place| reachable(*place));
    if let (Some(only), None) = (left.next(), left.next()) {
        let name = &temperatures[only].name;
        findings.warn(
            subject.places.temperature(name, "from"),
            format!("every lead is `{name}`"),
            format!("scores run from {lowest} to {highest}"),
            "move the thresholds between these, or add temperatures",
        );
    }
}
