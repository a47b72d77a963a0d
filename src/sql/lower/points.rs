//! Rules: what each gives a lead, in thousandths of a point, held within the rule's own bounds.

use super::lead::{Lead, Scope};
use super::{Draft, Place};
use crate::model::reach;
use crate::model::{Bands, Edge, Operand, Rule, RuleSource, Several};
use crate::sql::amount::{Amount, Unit};
use crate::sql::condition::{Slots, has_tag, has_tags};
use crate::sql::expression::{Comparison, Expression};
use crate::sql::phrases::any;
use crate::sql::relation::Item;
use crate::value::Points;

/// Adds the steps of the rules.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let mut products = Vec::new();
    let mut items = Vec::new();
    let mut rules = Vec::new();
    for rule in &model.rules {
        if reach::of_rule(rule, &model.signals).is_nothing() {
            rules.push(None);
            continue;
        }
        let name = lead.names.take(&format!("{}_points", rule.id));
        let scope = Scope::of(lead, draft.today());
        let mut given = given(draft, rule, &scope);
        if let Given::Unbounded(product) = given {
            let product_name = lead.names.take(&format!("{}_product", rule.id));
            products.push(Item::new(&product_name, product).about(&rule.name));
            given = Given::Bounded(held(Expression::column(product_name), rule));
        }
        if let Given::Bounded(points) = given {
            items.push(Item::new(&name, points).about(&rule.name));
        }
        rules.push(Some(name));
    }
    lead.rules = rules;
    let comments = vec!["What each rule gives before its bounds".to_owned()];
    lead.step = draft.extended(&lead.step, "products", comments, products);
    let comments = vec!["What each rule gives, in thousandths of a point".to_owned()];
    lead.step = draft.extended(&lead.step, "points", comments, items);
}

enum Given {
    /// Within the rule's bounds.
    Bounded(Expression),
    /// Not so yet, and too long to be said more than once.
    Unbounded(Expression),
}

fn thousandths(points: Points) -> Expression {
    Expression::Integer(points.thousandths())
}

/// What a rule gives.
fn given(draft: &Draft<'_>, rule: &Rule, scope: &Scope<'_, '_>) -> Given {
    let bounded = |points: Points| thousandths(rule.bounded(points));
    Given::Bounded(match &rule.source {
        RuleSource::When {
            condition: when,
            points,
            ..
        } => Expression::case(
            [(
                draft.condition(
                    when,
                    scope,
                    &Place::at(&rule.span, format!("rule `{}`", rule.name)),
                ),
                bounded(*points),
            )],
            bounded(Points::ZERO),
        ),
        RuleSource::PerUnit { of, points } => return per_unit(rule, *of, *points, scope),
        RuleSource::Bands { of, bands, blank } => {
            let amount = number(*of, scope);
            in_bands(&amount, bands, bounded(*blank), &bounded)
        }
        RuleSource::Values {
            column,
            values,
            other,
            blank,
            several,
        } => {
            let cell = scope.text(*column);
            match several {
                None => {
                    let is_blank = (cell.clone().is_null(), bounded(*blank));
                    let arms = values.iter().map(|(text, points)| {
                        (
                            cell.clone().equals(Expression::literal(text)),
                            bounded(*points),
                        )
                    });
                    Expression::case(std::iter::once(is_blank).chain(arms), bounded(*other))
                }
                Some(several) => {
                    let says_something = has_tags(cell.clone());
                    let is_blank = any([cell.clone().is_null(), says_something.negation()]);
                    let is_blank = (is_blank, bounded(*blank));
                    let listed = |text: &String| has_tag(cell.clone(), text);
                    match several {
                        Several::Max => {
                            let mut values: Vec<_> = values.iter().collect();
                            // The first that is listed gives most.
                            values.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
                            let arms = values
                                .into_iter()
                                .map(|(text, points)| (listed(text), bounded(*points)));
                            Expression::case(std::iter::once(is_blank).chain(arms), bounded(*other))
                        }
                        Several::Sum => {
                            let sum = values.iter().map(|(text, points)| {
                                Expression::case(
                                    [(listed(text), thousandths(*points))],
                                    Expression::Integer(0),
                                )
                            });
                            let sum = sum
                                .reduce(Expression::plus)
                                .unwrap_or(Expression::Integer(0));
                            let is_listed = any(values.iter().map(|(text, _)| listed(text)));
                            let given = Expression::case(
                                [(is_blank.0, thousandths(*blank)), (is_listed, sum)],
                                thousandths(*other),
                            );
                            return if rule.min.is_none() && rule.max.is_none() {
                                Given::Bounded(given)
                            } else {
                                Given::Unbounded(given)
                            };
                        }
                    }
                }
            }
        }
    })
}

/// The number that a rule looks at.
fn number(of: Operand, scope: &Scope<'_, '_>) -> Amount {
    match of {
        Operand::Signal(signal) => scope.signal(signal),
        Operand::Column(reading) => Amount::new(scope.reading(reading), Unit::Millionth),
    }
}

fn per_unit(rule: &Rule, of: Operand, points: Points, scope: &Scope<'_, '_>) -> Given {
    let amount = number(of, scope);
    let is_plain = amount.unit == Unit::One;
    let product = amount
        .times_points(points.thousandths())
        .or_else(Expression::Integer(0));
    match (rule.min, rule.max) {
        (None, None) => Given::Bounded(product),
        _ if is_plain => Given::Bounded(held(product, rule)),
        _ => Given::Unbounded(product),
    }
}

/// Points held within the bounds of a rule.
fn held(points: Expression, rule: &Rule) -> Expression {
    within(points, rule.min, rule.max)
}

/// Points held within bounds, the lower of which counts last.
pub(super) fn within(points: Expression, min: Option<Points>, max: Option<Points>) -> Expression {
    let mut arms = Vec::new();
    if let Some(min) = min {
        arms.push((points.clone().less(thousandths(min)), thousandths(min)));
    }
    if let Some(max) = max {
        let max = min.map_or(max, |min| max.max(min));
        arms.push((points.clone().greater(thousandths(max)), thousandths(max)));
    }
    if arms.is_empty() {
        points
    } else {
        Expression::case(arms, points)
    }
}

fn in_bands(
    amount: &Amount,
    bands: &Bands,
    blank: Expression,
    bounded: &impl Fn(Points) -> Expression,
) -> Expression {
    let is_blank = (amount.value.clone().is_null(), blank);
    let arm = |(edge, points): &(crate::value::Number, Points)| {
        let comparison = match bands.edge {
            Edge::From => Comparison::AtLeast,
            Edge::Upto => Comparison::AtMost,
        };
        let is_in = amount.clone().compare(comparison, Amount::literal(*edge));
        (is_in, bounded(*points))
    };
    let arms: Vec<_> = match bands.edge {
        Edge::From => bands.steps.iter().rev().map(arm).collect(),
        Edge::Upto => bands.steps.iter().map(arm).collect(),
    };
    Expression::case(std::iter::once(is_blank).chain(arms), bounded(Points::ZERO))
}
