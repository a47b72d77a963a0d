//! The columns of the list: the same names, the same order and the same texts as `hotlist score` gives.

use super::as_of::Told;
use super::by_hand::ByHand;
use super::labels::{self, assigned_to, by_number, is_out};
use super::lead::Lead;
use super::{Draft, asked, reasons, shown};
use crate::model::{Model, RuleSource, reach};
use crate::output::{Available, Columns, Context};
use crate::sql::amount::Unit;
use crate::sql::expression::{Expression, Order, Type};
use crate::sql::relation::{Item, Join, Select, Source};
use crate::sql::zone::{Clock, Offsets, Table as OffsetRows};
use crate::value::Points;

/// The selection of the ranked list, and its order.
pub(super) fn list(draft: &mut Draft<'_>, mut lead: Lead<'_>) -> (Select, Vec<Order>) {
    let model = draft.model();
    let available = available(draft);
    let context = Context {
        as_of: String::new(),
        model: String::new(),
        zone: &model.zone,
        temperature_tags: Vec::new(),
    };
    let columns = Columns::of_run(&available, context);
    let asked = draft.request.columns.iter().map(String::as_str);
    let by_default = &model.output.columns;
    let picked = if asked.len() > 0 {
        columns.pick(asked)
    } else if by_default.is_empty() {
        Ok(columns)
    } else {
        columns.pick_fillable(by_default.iter().map(String::as_str))
    };
    let columns = match picked {
        Ok(columns) => columns,
        Err(report) => {
            draft.refuse(report);
            return (Select::default(), Vec::new());
        }
    };
    // The order of the whole list is asked for only where it shows.
    let is_ranked = columns
        .list()
        .iter()
        .any(|column| matches!(column.name.as_ref(), "rank" | "assigned_to"));
    if is_ranked {
        labels::rank(draft, &mut lead);
    }
    let mut items = Vec::new();
    for column in columns.list() {
        let group = available.groups.iter().position(|group| {
            column.name == **group || column.name.strip_prefix("group_") == Some(group)
        });
        let is_fixed = FIXED.contains(&column.name.as_ref());
        let value = match group {
            Some(group) if !is_fixed => group_shown(model, &lead, group),
            _ => value(draft, &mut lead, &column.name),
        };
        items.push(Item::new(column.name.as_ref(), value));
    }
    let order = is_ranked.then(|| Order {
        key: Expression::column(&lead.place),
        descending: false,
    });
    let select = Select {
        items,
        from: Source::Step(lead.step),
        ..Select::default()
    };
    (select, order.into_iter().collect())
}

/// Columns that have the same name whatever the model.
const FIXED: [&str; 24] = [
    "rank",
    "contact_id",
    "name",
    "email",
    "owner",
    "source",
    "score",
    "temperature",
    "tag",
    "action",
    "stage",
    "grade",
    "checklist",
    "missing",
    "route",
    "assigned_to",
    "reasons",
    "last_event",
    "computed_temperature",
    "override",
    "previous_score",
    "change",
    "as_of",
    "model",
];

fn available<'r>(draft: &Draft<'r>) -> Available<'r> {
    let model = draft.model();
    let person = &model.contacts.person;
    let present = |slot: usize| draft.request.contacts.has(slot);
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
        // What would help is worked out by `explain`.
        next_step: false,
        overrides: model.overrides.is_some() || draft.request.overrides.is_some(),
        previous: draft.request.previous.is_some(),
        tags: false,
        last_event: draft.request.events.is_some(),
        groups: model
            .groups
            .iter()
            .map(|group| group.name.as_str())
            .collect(),
    }
}

/// A value that a lead that is pursued no more does not have.
fn of_pursued(lead: &Lead<'_>, value: Expression, of: Type) -> Expression {
    match is_out(lead) {
        Some(out) => Expression::case([(out, Expression::Null(of))], value),
        None => value,
    }
}

fn text(lead: &Lead<'_>, slot: usize) -> Expression {
    asked::text(&lead.cells, Some(lead.id_slot), slot)
}

fn value(draft: &mut Draft<'_>, lead: &mut Lead<'_>, column: &str) -> Expression {
    let model = draft.model();
    let person = &model.contacts.person;
    let temperatures = model.temperatures.iter();
    match column {
        "rank" => of_pursued(lead, Expression::column(&lead.place), Type::Integer),
        "contact_id" => Expression::column(&lead.id),
        "name" => name(model, lead),
        "email" => text(lead, person.email),
        "owner" => text(lead, person.owner),
        "source" => text(lead, person.source),
        "score" => match lead.score.unit {
            Unit::One => lead.score.value.clone(),
            _ => shown::points(&lead.score.value, lead.score.low),
        },
        "temperature" => by_number(
            &lead.temperature,
            temperatures.map(|t| Some(t.name.as_str())),
        ),
        "computed_temperature" => by_number(
            &lead.computed_temperature,
            temperatures.map(|t| Some(t.name.as_str())),
        ),
        "tag" => by_number(&lead.temperature, temperatures.map(|t| t.tag.as_deref())),
        "action" => {
            let action = by_number(&lead.temperature, temperatures.map(|t| t.action.as_deref()));
            of_pursued(lead, action, Type::Text)
        }
        "stage" => lead
            .stage
            .as_ref()
            .map_or(Expression::Null(Type::Text), Expression::column),
        "grade" => of_pursued(lead, grade(model, lead), Type::Text),
        "checklist" => {
            let items = model.checklist.iter().zip(&lead.checklist);
            let answer = |(item, column): (&crate::model::ChecklistItem, &String)| {
                let yes = Expression::literal(format!("{}=yes", item.name));
                let no = Expression::literal(format!("{}=no", item.name));
                Expression::case([(Expression::column(column), yes)], no)
            };
            let mut parts: Vec<Expression> = Vec::new();
            for item in items {
                if !parts.is_empty() {
                    parts.push(Expression::literal("; "));
                }
                parts.push(answer(item));
            }
            Expression::Concatenation(parts)
        }
        "missing" => {
            let items = model.checklist.iter().zip(&lead.checklist);
            let items = items.map(|(item, column)| {
                let is_missing = Expression::column(column).negation();
                (Some(is_missing), Expression::literal(&item.label))
            });
            let missing = lead.names.take("missing");
            let items = vec![Item::new(&missing, shown::sentences(items.collect()))];
            let comments = vec!["What is missing".to_owned()];
            lead.step = draft.extended(&lead.step, "missing", comments, items);
            shown::behind(&missing)
        }
        "route" => lead
            .route
            .as_ref()
            .map_or(Expression::Null(Type::Text), |route| {
                by_number(
                    route,
                    model.routes.iter().map(|route| Some(route.to.as_str())),
                )
            }),
        "assigned_to" => assigned_to(model, lead),
        "reasons" => reasons::add(draft, lead),
        "last_event" => lead
            .last_event
            .clone()
            .map_or(Expression::Null(Type::Text), |instant| {
                let instant = Expression::column(instant);
                let minutes = minutes_ahead(draft, lead, &instant);
                shown::time(&instant, &minutes, model.zone.is_utc())
            }),
        "override" => {
            let texts = lead.by_hand.as_ref().map(ByHand::texts).unwrap_or_default();
            let said = lead.names.take("overrides_said");
            let items = vec![Item::new(&said, shown::sentences(texts))];
            let comments = vec!["What was set by hand, in words".to_owned()];
            lead.step = draft.extended(&lead.step, "overrides_said", comments, items);
            shown::behind(&said)
        }
        "previous_score" => match &lead.previous {
            Some((_, score)) => shown_or_null(&Expression::column(score)),
            None => Expression::Null(Type::Text),
        },
        "change" => match &lead.previous {
            Some((_, before)) => {
                let score = lead.score.clone().in_unit(Unit::Thousandth).value;
                let change = score.minus(Expression::column(before));
                shown_or_null(&change)
            }
            None => Expression::Null(Type::Text),
        },
        "as_of" if draft.told.is_some() => Expression::column(Told::TEXT),
        "as_of" => Expression::literal(draft.request.plan.as_of.write(&model.zone)),
        "model" => Expression::literal(model.title()),
        _ => Expression::Null(Type::Text),
    }
}

/// Points as text, where they are known.
fn shown_or_null(points: &Expression) -> Expression {
    let is_known = points.clone().is_null().negation();
    Expression::case([(is_known, shown::points(points, i64::MIN))], None)
}

/// By how many minutes the clocks of the model's zone are ahead of UTC at an instant. Where that changes, a step looks it
/// up.
fn minutes_ahead(draft: &mut Draft<'_>, lead: &mut Lead<'_>, instant: &Expression) -> Expression {
    let table = match Offsets::of(&draft.model().zone) {
        Offsets::Fixed(seconds) => return Expression::Integer(seconds / 60),
        Offsets::Table(table) => table,
    };
    let second = instant.clone().over(Expression::Integer(1_000_000));
    let offsets = draft.offsets();
    let minutes = lead.names.take("minutes_ahead");
    let ahead = table.offset_at(Clock::Utc, &second, &offsets);
    // Whole minutes, and no quotient of what is below nought.
    let is_behind = ahead.clone().less(Expression::Integer(0));
    let value = Expression::case(
        [(
            is_behind,
            ahead
                .clone()
                .negated()
                .over(Expression::Integer(60))
                .negated(),
        )],
        ahead.over(Expression::Integer(60)),
    );
    let piece = Expression::column_of(&offsets, OffsetRows::PIECE);
    let select = Select {
        all_of: vec![lead.step.clone()],
        items: vec![Item::new(&minutes, value)],
        from: Source::Step(lead.step.clone()),
        joins: vec![Join {
            keeps_all: true,
            to: Source::Step(offsets),
            on: vec![(OffsetRows::piece_of(second), piece)],
        }],
        ..Select::default()
    };
    let comments = vec!["How far the clocks were ahead of UTC at the last event".to_owned()];
    lead.step = draft.select("clocks", comments, select);
    Expression::column(minutes)
}

/// The whole name, or the first and the last one.
fn name(model: &Model, lead: &Lead<'_>) -> Expression {
    let person = &model.contacts.person;
    let trimmed = |slot: usize| text(lead, slot);
    let (first, last) = (trimmed(person.first_name), trimmed(person.last_name));
    let is_known = |value: &Expression| !matches!(value, Expression::Null(_));
    let both = if is_known(&first) && is_known(&last) {
        Expression::Concatenation(vec![first.clone(), Expression::literal(" "), last.clone()])
    } else {
        Expression::Null(Type::Text)
    };
    let known = [trimmed(person.name), both, first, last];
    let mut known: Vec<Expression> = known.into_iter().filter(is_known).collect();
    match known.len() {
        1 => known.remove(0),
        _ => Expression::Coalesce(known),
    }
}

fn grade(model: &Model, lead: &Lead<'_>) -> Expression {
    let marks = model.grades.iter().map(|grade| {
        let sum = grade
            .of
            .iter()
            .map(|group| lead.groups[*group].value.clone());
        let sum = sum
            .reduce(Expression::plus)
            .unwrap_or(Expression::Integer(0));
        let arms = grade.marks.iter().map(|(mark, least)| {
            let earns = sum
                .clone()
                .at_least(Expression::Integer(least.thousandths()));
            (earns, Expression::literal(mark.to_string()))
        });
        let arms: Vec<_> = arms.collect();
        let lowest = Expression::literal(grade.lowest.to_string());
        if arms.is_empty() {
            lowest
        } else {
            Expression::case(arms, lowest)
        }
    });
    Expression::Concatenation(marks.collect())
}

/// What a group counts: a whole number where it is sure to be one.
fn group_shown(model: &Model, lead: &Lead<'_>, group: usize) -> Expression {
    let amount = &lead.groups[group];
    let bounds = &model.groups[group];
    let is_whole = |points: Points| points.thousandths() % 1_000 == 0;
    let mut rules = model.rules.iter().filter(|rule| rule.group == Some(group));
    let are_whole = rules.all(|rule| {
        reach::of_rule(rule, &model.signals).is_nothing()
            || rule.min.iter().chain(&rule.max).all(|bound| is_whole(*bound))
                && match &rule.source {
                    RuleSource::When { points, .. } => is_whole(*points),
                    RuleSource::PerUnit { of, points } => {
                        is_whole(*points)
                            && matches!(of, crate::model::Operand::Signal(signal) if lead.signals[*signal].unit == Unit::One)
                    }
                    RuleSource::Bands { bands, blank, .. } => {
                        is_whole(*blank) && bands.steps.iter().all(|(_, points)| is_whole(*points))
                    }
                    RuleSource::Values {
                        values,
                        other,
                        blank,
                        ..
                    } => {
                        is_whole(*other)
                            && is_whole(*blank)
                            && values.iter().all(|(_, points)| is_whole(*points))
                    }
                }
    });
    let are_whole = are_whole
        && bounds
            .min
            .iter()
            .chain(&bounds.max)
            .all(|bound| is_whole(*bound));
    let low = amount.low;
    if are_whole {
        shown::whole_points(&amount.value, low)
    } else {
        shown::points(&amount.value, low)
    }
}
