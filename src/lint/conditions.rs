//! Every condition of a model, with where it stands and over which rows it is.

use std::ops::Range;

use super::Subject;
use super::truth::World;
use crate::model::RuleSource;
use crate::model::columns::Columns;
use crate::model::condition::Condition;

/// A condition of the model.
pub(super) struct Stated<'m> {
    /// What it belongs to: the rule `x`.
    pub owner: String,
    /// The condition.
    pub condition: &'m Condition,
    /// The columns it is over.
    pub columns: &'m Columns,
    /// Whether these are columns of events.
    pub of_events: bool,
    /// Where it stands.
    pub place: Option<Range<usize>>,
}

impl<'m> Subject<'m> {
    /// What is known of the terms of a condition.
    pub(super) fn world(&self, columns: &'m Columns) -> World<'_> {
        World {
            model: self.model,
            columns,
            reach: &self.reach,
        }
    }

    /// Every condition of the model, but those of rules that are switched off.
    pub(super) fn conditions(&self) -> Vec<Stated<'m>> {
        let model = self.model;
        let of_contacts = |owner: String, condition: &'m Condition, place| Stated {
            owner,
            condition,
            columns: &model.contacts.columns,
            of_events: false,
            place,
        };
        let mut stated = Vec::new();
        if let Some(only) = &model.contacts.only {
            let place = self.places.value(&["contacts".into(), "only".into()]);
            stated.push(of_contacts("`only`".to_owned(), only, place));
        }
        for signal in &model.signals {
            if let Some(filter) = &signal.filter {
                stated.push(Stated {
                    owner: format!("`where` of the signal `{}`", signal.name),
                    condition: filter,
                    columns: &model.events.columns,
                    of_events: true,
                    place: self.places.signal(&signal.name, "where"),
                });
            }
        }
        for (number, rule) in model.rules.iter().enumerate() {
            if let (true, RuleSource::When { condition, .. }) = (rule.enabled, &rule.source) {
                let place = self.places.rule(number, "when");
                stated.push(of_contacts(
                    format!("the rule `{}`", rule.name),
                    condition,
                    place,
                ));
            }
        }
        for item in &model.checklist {
            let path = ["checklist".into(), item.name.as_str().into(), "when".into()];
            let owner = format!("the checklist item `{}`", item.name);
            stated.push(of_contacts(owner, &item.when, self.places.value(&path)));
        }
        for (section, labels, what) in [
            ("disqualify", &model.disqualify, "the reason to disqualify"),
            ("stages", &model.stages, "the stage"),
        ] {
            for label in labels {
                let place = self
                    .places
                    .value(&[section.into(), label.name.as_str().into()]);
                let owner = format!("{what} `{}`", label.name);
                stated.push(of_contacts(owner, &label.when, place));
            }
        }
        for (number, route) in model.routes.iter().enumerate() {
            if let Some(when) = &route.when {
                let path = ["routes".into(), number.into(), "when".into()];
                let owner = format!("the route to `{}`", route.to);
                stated.push(of_contacts(owner, when, self.places.value(&path)));
            }
        }
        stated
    }

    /// Every condition of the model, those too that reports alone ask.
    pub(super) fn all_conditions(&self) -> impl Iterator<Item = Stated<'m>> {
        let of_scores = self.conditions().into_iter();
        of_scores.chain(self.conditions_of_reports())
    }

    /// Every condition that reports alone ask.
    fn conditions_of_reports(&self) -> Vec<Stated<'m>> {
        let reports = &self.model.reports;
        let of_contacts = |owner: String, condition: &'m Condition, place| Stated {
            owner,
            condition,
            columns: &reports.columns,
            of_events: false,
            place,
        };
        let mut stated = Vec::new();
        if let Some(outcome) = &reports.outcome {
            let lost = outcome.lost.as_ref().map(|lost| ("lost", lost));
            for (key, condition) in std::iter::once(("won", &outcome.won)).chain(lost) {
                let place = self.places.value(&["outcome".into(), key.into()]);
                stated.push(of_contacts(
                    format!("`{key}` of the outcome"),
                    condition,
                    place,
                ));
            }
        }
        for question in &reports.quality {
            let path = [
                "quality".into(),
                question.name.as_str().into(),
                "when".into(),
            ];
            let owner = format!("the check of quality `{}`", question.name);
            stated.push(of_contacts(owner, &question.when, self.places.value(&path)));
        }
        stated
    }
}

/// Whether two conditions are written alike, but for white space.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
