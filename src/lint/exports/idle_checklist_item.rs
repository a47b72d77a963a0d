//! A checklist item that no lead meets, or every lead.
//!
//! One that nobody meets holds everybody back from the temperatures that require it, which is a warning; where nothing
//! requires it, and where everybody meets it, it tells nobody apart, which is a remark. With fewer than 20 leads
//! nothing is said.
//!
//! ```toml
//! [checklist]
//! budget = { when = "budget >= 15000000" }       # two noughts too many
//! ```

use crate::lint::finding::Findings;
use crate::lint::observed::Observed;
use crate::lint::truth::Outcome;
use crate::lint::{Lint, Subject};

pub(super) const LINT: Lint = Lint::of_exports("idle-checklist-item", check);

fn check(subject: &Subject<'_>, observed: &Observed<'_>, findings: &mut Findings<'_>) {
    if !observed.has_enough() {
        return;
    }
    let model = subject.model;
    let leads = observed.leads();
    let world = subject.world(&model.contacts.columns);
    for (number, item) in model.checklist.iter().enumerate() {
        let met = observed.tally.met[number];
        let without_events =
            observed.run.event_rows.is_none() && !item.when.mentions().signals.is_empty();
        // What can never be met, or always is, is a finding of its own.
        let fixed = world.impossible(&item.when, Outcome::True).is_some()
            || world.impossible(&item.when, Outcome::NotTrue).is_some();
        if met > 0 && met < leads || without_events || fixed {
            continue;
        }
        let path = ["checklist".into(), item.name.as_str().into(), "when".into()];
        let place = subject.places.value(&path);
        let mut temperatures = model.temperatures.iter();
        let required = temperatures.any(|temperature| temperature.requires.contains(&number));
        let hint = "do its columns, its texts and its numbers fit the export?";
        if met == leads {
            let message = format!("all {leads} leads meet the checklist item `{}`", item.name);
            findings.remark(place, message, "", hint);
            continue;
        }
        let message = format!("no lead meets the checklist item `{}`", item.name);
        if required {
            findings.warn(place, message, "", hint);
        } else {
            findings.remark(place, message, "", hint);
        }
    }
}
