//! What a score is called and what follows: score, checklist, temperature, disqualification, stage, route, and at last
//! rank and turns, in this order.

use super::by_hand::ByHand;
use super::lead::{Lead, Scope};
use super::{Draft, Place, by_hand, previous, score};
use crate::model::{Model, Temperature};
use crate::sql::amount::Amount;
use crate::sql::expression::{Comparison, Expression, Order, Type, Window, WindowFunction};
use crate::sql::phrases::{all, any};
use crate::sql::relation::Item;
use crate::value::Points;

/// Adds the steps from the total to the route.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    by_hand::add(draft, lead);
    previous::add(draft, lead);
    show_score(draft, lead);
    check(draft, lead);
    name_temperatures(draft, lead);
    disqualify(draft, lead);
    stage(draft, lead);
    route(draft, lead);
}

fn place(number: usize) -> Expression {
    Expression::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A condition that is false where it is not met.
fn is_met(when: Expression) -> Expression {
    Expression::case([(when, Expression::Truth(true))], Expression::Truth(false))
}

fn show_score(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let score = score::rounded(draft, &lead.total);
    let name = lead.names.take("score");
    let decimals = draft.model().score.decimals;
    let about = if decimals == 0 {
        "The score, as it is shown and compared".to_owned()
    } else {
        format!("The score with {decimals} decimals, in thousandths")
    };
    let items = vec![Item::new(&name, score.value)];
    lead.step = draft.extended(&lead.step, "scored", vec![about], items);
    lead.score = Amount {
        value: Expression::column(name),
        ..score
    };
}

fn check(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let all = 0..model.checklist.len();
    let score = lead.score.clone();
    let comments = vec!["The checklist".to_owned()];
    let checklist = checked(
        draft,
        lead,
        &score,
        "checklist",
        &all.collect::<Vec<_>>(),
        comments,
    );
    lead.checklist = checklist;
}

/// Adds a step that asks items of the checklist of a lead with a score; gives their columns, by number.
fn checked(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
    score: &Amount,
    name: &str,
    numbers: &[usize],
    comments: Vec<String>,
) -> Vec<String> {
    let model = draft.model();
    let mut scope = Scope::of(lead, draft.today());
    scope.score = Some(score.clone());
    let mut items = Vec::new();
    let mut columns = vec![String::new(); model.checklist.len()];
    for number in numbers {
        let item = &model.checklist[*number];
        let place = Place::of(format!("checklist item `{}`", item.name));
        let when = draft.condition(&item.when, &scope, &place);
        columns[*number] = lead.names.take(&format!("{name}_{}", item.name));
        items.push(Item::new(&columns[*number], is_met(when)).about(&item.label));
    }
    lead.step = draft.extended(&lead.step, "checked", comments, items);
    columns
}

/// The number of the temperature of a score, lowered while its required items are not met.
fn temperature(
    model: &Model,
    score: &Amount,
    checklist: Option<&[String]>,
    before: Option<&String>,
) -> Expression {
    let coldest = place(model.temperatures.len() - 1);
    // The coldest takes every score and requires nothing.
    let warmer = &model.temperatures[..model.temperatures.len() - 1];
    let arms = warmer.iter().enumerate().map(|(number, temperature)| {
        let mut parts = vec![begins(score, temperature, number, before)];
        if let Some(checklist) = checklist {
            let required = temperature.requires.iter();
            parts.extend(required.map(|item| Expression::column(&checklist[*item])));
        }
        (all(parts), place(number))
    });
    let arms: Vec<_> = arms.collect();
    if arms.is_empty() {
        return coldest;
    }
    Expression::case(arms, coldest)
}

/// The number of the temperature that the score alone would give.
pub(super) fn by_score(model: &Model, lead: &Lead<'_>) -> Expression {
    let before = lead.previous.as_ref().map(|(temperature, _)| temperature);
    temperature(model, &lead.score, None, before)
}

/// Whether a score reaches a temperature, lower where the lead had it before and may keep it.
fn begins(
    score: &Amount,
    temperature: &Temperature,
    number: usize,
    before: Option<&String>,
) -> Expression {
    let from = reaches(score, temperature.from);
    let (Some(before), Some(keep)) = (before, temperature.keep) else {
        return from;
    };
    let keeps = all([
        Expression::column(before).equals(place(number)),
        reaches(score, keep),
    ]);
    any([from, keeps])
}

fn reaches(score: &Amount, from: Points) -> Expression {
    let from = Amount::literal(from.as_number());
    score.clone().compare(Comparison::AtLeast, from)
}

/// The numbers of the temperatures, for readers.
fn numbered<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let numbered: Vec<String> = names
        .enumerate()
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    numbered.join(", ")
}

fn name_temperatures(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let names = || numbered(model.temperatures.iter().map(|t| t.name.as_str()));
    let before = lead.previous.clone().map(|(temperature, _)| temperature);
    let of = |score: &Amount, checklist: &[String]| {
        temperature(model, score, Some(checklist), before.as_ref())
    };
    let own = of(&lead.score, &lead.checklist);
    lead.temperature = lead.names.take("temperature_number");
    let comments = vec!["What the score is called".to_owned()];
    let Some(by_hand) = lead.by_hand.clone() else {
        let items = vec![Item::new(&lead.temperature, own).about(names())];
        lead.step = draft.extended(&lead.step, "named", comments, items);
        lead.computed_temperature.clone_from(&lead.temperature);
        return;
    };
    // What the model alone would call it: by the score, and the checklist, before anybody set anything.
    let score = score::rounded(draft, &lead.computed);
    let computed_score = lead.names.take("computed_score");
    let items = vec![Item::new(&computed_score, score.value.clone())];
    let about = vec!["The score before anything was set by hand".to_owned()];
    lead.step = draft.extended(&lead.step, "computed", about, items);
    let score = Amount {
        value: Expression::column(computed_score),
        ..score
    };
    let required = model.temperatures.iter().flat_map(|t| &t.requires);
    let mut required: Vec<usize> = required.copied().collect();
    required.sort_unstable();
    required.dedup();
    let about = vec!["What temperatures require, by that score".to_owned()];
    let checklist = checked(draft, lead, &score, "computed_checklist", &required, about);
    lead.computed_temperature = lead.names.take("computed_temperature_number");
    let own = by_hand.temperature().or_else(own);
    let items = vec![
        Item::new(&lead.computed_temperature, of(&score, &checklist)).about(names()),
        Item::new(&lead.temperature, own),
    ];
    lead.step = draft.extended(&lead.step, "named", comments, items);
}

/// What stands in a list by the number in a column; NULL where there is nothing.
pub(super) fn by_number<'t>(
    number: &str,
    texts: impl IntoIterator<Item = Option<&'t str>>,
) -> Expression {
    let arms = texts.into_iter().enumerate().filter_map(|(at, text)| {
        let is_it = Expression::column(number).equals(place(at));
        Some((is_it, Expression::literal(text?)))
    });
    let arms: Vec<_> = arms.collect();
    if arms.is_empty() {
        return Expression::Null(Type::Text);
    }
    Expression::case(arms, None)
}

/// A lead as the conditions behind the temperature see it.
fn labelled<'l, 'r>(draft: &Draft<'_>, lead: &'l Lead<'r>) -> Scope<'l, 'r> {
    let model = draft.model();
    let mut scope = Scope::of(lead, draft.today());
    scope.score = Some(lead.score.clone());
    scope.checklist = lead.checklist.iter().map(Expression::column).collect();
    let names = model.temperatures.iter().map(|t| Some(t.name.as_str()));
    scope.temperature = Some(by_number(&lead.temperature, names));
    scope.stage = lead.stage.as_ref().map(Expression::column);
    scope
}

fn disqualify(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    if model.disqualify.is_empty() && lead.by_hand.is_none() {
        return;
    }
    let scope = labelled(draft, lead);
    let excluded = lead.by_hand.as_ref().map(ByHand::excludes);
    let excluded = excluded.map(|excluded| (excluded, Expression::literal(Model::EXCLUDED)));
    let reasons = model.disqualify.iter();
    let reasons = reasons.map(|reason| {
        let place = Place::at(&reason.span, format!("disqualification `{}`", reason.name));
        let holds = draft.condition(&reason.when, &scope, &place);
        (holds, Expression::literal(&reason.name))
    });
    let reason = Expression::case(excluded.into_iter().chain(reasons), None);
    let disqualified = lead.names.take("disqualified");
    let comments = vec!["Why a lead is pursued no more".to_owned()];
    let items = vec![Item::new(&disqualified, reason)];
    lead.step = draft.extended(&lead.step, "qualified", comments, items);

    // Such a lead has no score, and the coldest temperature.
    let is_out = || Expression::column(&disqualified).is_null().negation();
    let coldest = place(model.temperatures.len() - 1);
    let mut items = Vec::new();
    let mut replace = |name: &str, when: Expression, column: &Expression, value: &Expression| {
        let name = lead.names.take(name);
        let value = Expression::case([(when, value.clone())], column.clone());
        items.push(Item::new(&name, value));
        name
    };
    let nothing = Expression::Integer(0);
    let own_total = Expression::column(&lead.total);
    let total = replace("total_counted", is_out(), &own_total, &nothing);
    let score = replace("score_counted", is_out(), &lead.score.value, &nothing);
    let own = Expression::column(&lead.temperature);
    let temperature = replace("temperature_counted", is_out(), &own, &coldest);
    let computed = match &lead.by_hand {
        None => temperature.clone(),
        Some(by_hand) => {
            // What was computed of a lead that was taken out by hand stays to be seen.
            let because = all([is_out(), by_hand.excludes().negation()]);
            let own = Expression::column(&lead.computed_temperature);
            replace("computed_temperature_counted", because, &own, &coldest)
        }
    };
    let comments =
        vec!["A lead that is pursued no more has no score, and the lowest temperature".to_owned()];
    lead.step = draft.extended(&lead.step, "counted", comments, items);
    lead.before_disqualified = Some((lead.total.clone(), lead.score.clone()));
    lead.total = total;
    lead.score = Amount {
        value: Expression::column(score),
        low: lead.score.low.min(0),
        high: lead.score.high.max(0),
        ..lead.score.clone()
    };
    lead.computed_temperature = computed;
    lead.temperature = temperature;
    lead.disqualified = Some(disqualified);
}

/// What holds of leads that are pursued no more.
pub(super) fn is_out(lead: &Lead<'_>) -> Option<Expression> {
    let disqualified = lead.disqualified.as_ref()?;
    Some(Expression::column(disqualified).is_null().negation())
}

fn stage(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    if model.stages.is_empty() {
        return;
    }
    let scope = labelled(draft, lead);
    // The last one that holds.
    let stages = model.stages.iter().rev();
    let stages = stages.map(|stage| {
        let place = Place::at(&stage.span, format!("stage `{}`", stage.name));
        let holds = draft.condition(&stage.when, &scope, &place);
        (holds, Expression::literal(&stage.name))
    });
    let out = is_out(lead).map(|out| (out, Expression::Null(Type::Text)));
    let value = Expression::case(out.into_iter().chain(stages), None);
    let name = lead.names.take("stage");
    let comments = vec!["How far a lead has come".to_owned()];
    lead.step = draft.extended(
        &lead.step,
        "staged",
        comments,
        vec![Item::new(&name, value)],
    );
    lead.stage = Some(name);
}

fn route(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    if model.routes.is_empty() {
        return;
    }
    let scope = labelled(draft, lead);
    let routes = model.routes.iter().enumerate().map(|(number, route)| {
        let when = route.when.as_ref();
        let when = when.map_or(Expression::Truth(true), |when| {
            let place = Place::at(&route.span, format!("route `{}`", route.to));
            draft.condition(when, &scope, &place)
        });
        (when, place(number))
    });
    let out = is_out(lead).map(|out| (out, Expression::NO_NUMBER));
    let value = Expression::case(out.into_iter().chain(routes), None);
    let name = lead.names.take("route_number");
    let names = model.routes.iter().map(|route| route.to.as_str());
    let items = vec![Item::new(&name, value).about(numbered(names))];
    let comments = vec!["Where a lead goes".to_owned()];
    lead.step = draft.extended(&lead.step, "routed", comments, items);
    lead.route = Some(name);
}

/// Adds the steps of the order of the list, and of the turns within a route.
pub(super) fn rank(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let ascending = |key| Order {
        key,
        descending: false,
    };
    let descending = |key| Order {
        key,
        descending: true,
    };
    let mut order = Vec::new();
    if let Some(out) = is_out(lead) {
        let last = Expression::case([(out, Expression::Integer(1))], Expression::Integer(0));
        order.push(ascending(last));
    }
    order.push(descending(Expression::column(&lead.total)));
    if let Some(last_event) = &lead.last_event {
        // Every event is newer than none.
        order.push(descending(
            Expression::column(last_event).or_else(Expression::Integer(-1)),
        ));
    }
    order.push(ascending(Expression::Bytes(Box::new(Expression::column(
        &lead.id,
    )))));
    let place = Expression::Window(Box::new(Window {
        function: WindowFunction::RowNumber,
        partition: Vec::new(),
        order,
    }));
    lead.place = lead.names.take("place");
    let comments = vec!["The order of the list".to_owned()];
    let items = vec![Item::new(&lead.place, place)];
    lead.step = draft.extended(&lead.step, "ranked", comments, items);
    take_turns(draft, lead);
}

/// Whose turn it is within a route, by rank.
fn take_turns(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let Some(route) = lead.route.clone() else {
        return;
    };
    if model.routes.iter().all(|route| route.assign.is_empty()) {
        return;
    }
    let turn = Expression::Window(Box::new(Window {
        function: WindowFunction::RowNumber,
        partition: vec![Expression::column(&route)],
        order: vec![Order {
            key: Expression::column(&lead.place),
            descending: false,
        }],
    }));
    let turn_name = lead.names.take("turn");
    let comments = vec!["Within a route leads are taken in turn, by rank".to_owned()];
    let items = vec![Item::new(&turn_name, turn)];
    lead.step = draft.extended(&lead.step, "turns", comments, items);
    lead.turn = Some(turn_name);
}

/// Whose turn it is.
pub(super) fn assigned_to(model: &Model, lead: &Lead<'_>) -> Expression {
    let (Some(route), Some(turn)) = (&lead.route, &lead.turn) else {
        return Expression::Null(Type::Text);
    };
    let before = Expression::column(turn).minus(Expression::Integer(1));
    let mut arms = Vec::new();
    for (number, taken) in model.routes.iter().enumerate() {
        let is_here = Expression::column(route).equals(place(number));
        let people = taken.assign.len();
        for (turn, person) in taken.assign.iter().enumerate() {
            let mut parts = vec![is_here.clone()];
            if people > 1 {
                parts.push(before.clone().modulo(place(people)).equals(place(turn)));
            }
            arms.push((all(parts), Expression::literal(person)));
        }
    }
    Expression::case(arms, None)
}
