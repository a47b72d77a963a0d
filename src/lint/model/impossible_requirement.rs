//! A temperature whose `requires` cannot be met by a lead with the score for it.
//!
//! The checklist items exclude each other, or ask for a score or a group that does not go with `from`. No lead can
//! become so hot, whatever its points. Look at the items' conditions.
//!
//! ```toml
//! [checklist]
//! fits = { when = "groups.fit >= 30" }      # the group's `max` is 20
//!
//! [temperatures.hot]
//! from     = 80
//! requires = ["fits"]
//! ```

use crate::lint::finding::Findings;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_model("impossible-requirement", check);

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let model = subject.model;
    let world = subject.world(&model.contacts.columns);
    for (place, temperature) in model.temperatures.iter().enumerate() {
        if temperature.requires.is_empty() || temperature.from > subject.reach.score.1 {
            continue;
        }
        let items: Vec<_> = temperature
            .requires
            .iter()
            .map(|item| &model.checklist[*item].when)
            .collect();
        // A score above the next hotter one has this temperature, too, where that one's items are not met.
        let hotter = place
            .checked_sub(1)
            .map(|hotter| &model.temperatures[hotter]);
        let upper = hotter.filter(|hotter| hotter.requires.is_empty());
        let score = (
            // Once it has the temperature, a lead may stay in it with less.
            temperature.keep.unwrap_or(temperature.from).as_number(),
            upper.map(|hotter| hotter.from.as_number()),
        );
        let Some(reasons) = world.impossible_together(&items, score) else {
            continue;
        };
        let alone = temperature.requires.iter().find(|item| {
            let condition = &model.checklist[**item].when;
            world.impossible(condition, Outcome::True).is_some()
        });
        let why = match alone {
            Some(item) => format!("`{}` can never be met", model.checklist[*item].name),
            None => reasons.join("; "),
        };
        findings.warn(
            subject.places.temperature(&temperature.name, "requires"),
            format!("no lead can meet what `{}` requires", temperature.name),
            why,
            "look at the conditions of these items",
        );
    }
}
