//! What the columns of a list are filled with: what a run can tell of each lead, and what all its leads share.

use crate::model::Model;
use crate::output::{Available, Context};
use crate::plan::Plan;
use crate::run::Run;

/// What every lead of a run shares.
pub(super) fn shared_context(plan: &Plan) -> Context<'_> {
    let model = &plan.model;
    Context {
        as_of: plan.as_of.write(&model.zone),
        model: model.title(),
        zone: &model.zone,
        temperature_tags: temperature_tags(model),
    }
}

fn temperature_tags(model: &Model) -> Vec<&str> {
    let tags = model.temperatures.iter().map(|t| t.tag.as_deref());
    tags.flatten().collect()
}

/// What this run can fill.
pub(super) fn available<'r>(model: &'r Model, run: &Run) -> Available<'r> {
    let person = &model.contacts.person;
    let present = |slot: usize| run.present[slot];
    Available {
        name: present(person.name) || present(person.first_name) || present(person.last_name),
        email: present(person.email),
        owner: present(person.owner),
        source: present(person.source),
        tag: model.temperatures.iter().any(|t| t.tag.is_some()),
        action: model.temperatures.iter().any(|t| t.action.is_some()),
        checklist: !model.checklist.is_empty(),
        stage: !model.stages.is_empty(),
        grade: !model.grades.is_empty(),
        route: !model.routes.is_empty(),
        assigned_to: model.routes.iter().any(|route| !route.assign.is_empty()),
        next_step: model.temperatures.len() > 1,
        overrides: run.ranking.beside().overrides.is_some() || model.overrides.is_some(),
        previous: run.ranking.beside().previous.is_some(),
        tags: present(person.tags) && model.temperatures.iter().any(|t| t.tag.is_some()),
        last_event: run.event_rows.is_some(),
        groups: model
            .groups
            .iter()
            .map(|group| group.name.as_str())
            .collect(),
    }
}
