//! From points to the score: groups within their bounds, their sum, its share of what can be reached, and the bounds and
//! the rounding of the score.

use super::Draft;
use super::lead::{Lead, points};
use super::points::within;
use crate::model::reach;
use crate::sql::amount::{Amount, Unit};
use crate::sql::expression::Expression;
use crate::sql::relation::Item;
use crate::value::Points;

/// Thousandths beyond which no rule goes.
const LARGEST: i64 = 1_000_000_000_000_000;

/// Adds the steps from the rules' points to the score before overrides.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    groups(draft, lead);
    total(draft, lead);
}

fn sum(parts: impl IntoIterator<Item = Expression>) -> Expression {
    let parts = parts.into_iter().reduce(Expression::plus);
    parts.unwrap_or(Expression::Integer(0))
}

fn groups(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let mut sums = Vec::new();
    let mut bounded = Vec::new();
    for (number, group) in model.groups.iter().enumerate() {
        let rules = model.rules.iter().zip(&lead.rules);
        let own = rules.filter(|(rule, _)| rule.group == Some(number));
        let own: Vec<&String> = own.filter_map(|(_, name)| name.as_ref()).collect();
        let together = sum(own.iter().map(|name| Expression::column(*name)));
        let is_open = group.min.is_none() && group.max.is_none();
        let name = lead.names.take(&format!("group_{}", group.name));
        let of_rules = if is_open {
            bounded.push(Item::new(&name, together).about(&group.label));
            Expression::column(&name)
        } else {
            let sum = match own.as_slice() {
                [one] => Expression::column(*one),
                _ => {
                    let name = lead.names.take(&format!("sum_{}", group.name));
                    sums.push(Item::new(&name, together).about(&group.label));
                    Expression::column(name)
                }
            };
            let held = within(sum.clone(), group.min, group.max);
            bounded.push(Item::new(&name, held).about(bounds_text(
                &group.label,
                group.min,
                group.max,
            )));
            sum
        };
        lead.group_sums.push(of_rules);
        let ends = reach::of_group(number, &model.groups, &model.rules, &model.signals);
        let end = |end: Option<Points>, otherwise: i64| end.map_or(otherwise, Points::thousandths);
        lead.groups.push(points(
            &name,
            end(ends.lowest, -LARGEST),
            end(ends.highest, LARGEST),
        ));
    }
    let comments = vec!["The sums of groups".to_owned()];
    lead.step = draft.extended(&lead.step, "sums", comments, sums);
    let comments = vec!["What groups count, within their bounds".to_owned()];
    lead.step = draft.extended(&lead.step, "groups", comments, bounded);
}

fn bounds_text(label: &str, min: Option<Points>, max: Option<Points>) -> String {
    let bound =
        |word: &str, bound: Option<Points>| bound.map(|bound| format!(", at {word} {bound}"));
    let ends = [bound("least", min), bound("most", max)];
    ends.into_iter()
        .flatten()
        .fold(label.to_owned(), |text, end| text + &end)
}

fn total(draft: &mut Draft<'_>, lead: &mut Lead<'_>) {
    let model = draft.model();
    let rules = model.rules.iter().zip(&lead.rules);
    let ungrouped = rules.filter(|(rule, _)| rule.group.is_none());
    let ungrouped = ungrouped
        .filter_map(|(_, name)| name.as_ref())
        .map(Expression::column);
    let groups = lead.groups.iter().map(|group| group.value.clone());
    let together = sum(groups.chain(ungrouped));
    lead.sum = lead.names.take("sum_of_points");
    let comments = vec!["Groups and rules without a group together".to_owned()];
    let items = vec![Item::new(&lead.sum, together)];
    lead.step = draft.extended(&lead.step, "summed", comments, items);

    lead.scaled = lead.sum.clone();
    if let Some(reach) = model.score.share {
        let whole = reach.highest - reach.lowest;
        let part =
            Expression::column(&lead.sum).minus(Expression::Integer(reach.lowest.thousandths()));
        // Of a sum that is never below the lowest, in hundredths and thousandths.
        let whole = whole.thousandths();
        let share = part
            .times(Expression::Integer(200_000))
            .plus(Expression::Integer(whole))
            .over(Expression::Integer(whole.saturating_mul(2)));
        lead.scaled = lead.names.take("share_of_reach");
        let comments = vec![format!(
            "The share of what can be reached, from {} to {}",
            reach.lowest, reach.highest
        )];
        let items = vec![Item::new(&lead.scaled, share)];
        lead.step = draft.extended(&lead.step, "shares", comments, items);
    }

    let (min, max) = (model.score.min, model.score.max);
    lead.computed = lead.names.take("total");
    let held = within(Expression::column(&lead.scaled), Some(min), Some(max));
    let comments = vec![format!(
        "The total, from {min} to {max}: what leads are ranked by"
    )];
    let items = vec![Item::new(&lead.computed, held)];
    lead.step = draft.extended(&lead.step, "totals", comments, items);
    lead.total = lead.computed.clone();
}

/// The score that is shown of a total: whole, or in thousandths where the model shows decimals.
pub(super) fn rounded(draft: &Draft<'_>, total: &str) -> Amount {
    let score = &draft.model().score;
    let (low, high) = (score.min.thousandths(), score.max.thousandths());
    let total = points(total, low, high);
    let ends = |unit: i64| {
        (
            score.min.thousandths() / unit - 1,
            score.max.thousandths() / unit + 1,
        )
    };
    match score.decimals {
        0 => {
            let (low, high) = ends(1_000);
            Amount::between(total.rounded(1_000), Unit::One, low, high)
        }
        1 | 2 => {
            let step = if score.decimals == 1 { 100 } else { 10 };
            let (low, high) = ends(1);
            let value = total.rounded(step).times(Expression::Integer(step));
            Amount::between(value, Unit::Thousandth, low - step, high + step)
        }
        _ => total,
    }
}
