//! Why a lead stands where it stands: what holds it back, the three rules that give most and the one that takes most.
//!
//! A rule's points and its number are put into one whole number, of which the largest is the first of the rules that
//! give most: no rows need be made of rules, nor sorted.

use super::Draft;
use super::labels::{self, is_out};
use super::lead::Lead;
use super::shown::{behind, points, sentences};
use crate::model::{Temperature, reach};
use crate::sql::amount::Amount;
use crate::sql::expression::{Comparison, Expression};
use crate::sql::phrases::{all, any};
use crate::sql::relation::Item;
use crate::value::Points;

/// How many of the rules that give are named.
const STRONGEST: usize = 3;

/// The rules that are reasons.
struct Reason {
    /// The column of the number that stands for the rule.
    column: String,
    gives: bool,
}

/// Adds the steps that find the reasons; gives their text.
pub(super) fn add(draft: &mut Draft<'_>, lead: &mut Lead<'_>) -> Expression {
    let mut parts = circumstances(draft, lead);
    parts.extend(strongest(draft, lead));
    if parts.is_empty() {
        parts.push((None, Expression::literal("")));
    }
    let told = lead.names.take("reasons");
    let items = vec![Item::new(&told, sentences(parts))];
    let comments = vec!["The reasons in words".to_owned()];
    lead.step = draft.extended(&lead.step, "reasons", comments, items);
    match (&lead.disqualified, is_out(lead)) {
        (Some(disqualified), Some(is_out)) => {
            let reason = Expression::Concatenation(vec![
                Expression::literal("Disqualified: "),
                Expression::column(disqualified),
            ]);
            Expression::case([(is_out, reason)], behind(&told))
        }
        _ => behind(&told),
    }
}

/// What holds a lead where it is: that it was kept there, what was set by hand, and what it lacks.
fn circumstances(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
) -> Vec<(Option<Expression>, Expression)> {
    let model = draft.model();
    let mut parts = Vec::new();
    // Nobody set the temperature.
    let as_computed = lead.by_hand.as_ref().map(|_| {
        let computed = Expression::column(&lead.computed_temperature);
        Expression::column(&lead.temperature).equals(computed)
    });
    if let Some((before, _)) = &lead.previous {
        let warmer = (0..).zip(&model.temperatures);
        let kept = warmer.filter(|(_, temperature)| temperature.keep.is_some());
        let kept = kept.map(|(number, temperature)| {
            let from = Amount::literal(temperature.from.as_number());
            let is_it = Expression::column(&lead.temperature).equals(Expression::Integer(number));
            all([is_it, lead.score.clone().compare(Comparison::Less, from)])
        });
        let kept: Vec<Expression> = kept.collect();
        if !kept.is_empty() {
            let had = Expression::column(before).equals(Expression::column(&lead.temperature));
            let is_kept = all(as_computed.clone().into_iter().chain([had, any(kept)]));
            let text = Expression::literal("kept from the previous run");
            parts.push((Some(is_kept), text));
        }
    }
    if let Some(by_hand) = &lead.by_hand {
        parts.extend(by_hand.reasons());
    }
    // A score set by hand may reach a temperature that the computed one does not.
    let nothing_is_required = model.temperatures.iter().all(|t| t.requires.is_empty());
    if nothing_is_required && lead.by_hand.is_none() {
        return parts;
    }
    let by_score = lead.names.take("temperature_by_score");
    let comments = vec!["What the score alone would be called".to_owned()];
    let items = vec![Item::new(&by_score, labels::by_score(model, lead))];
    lead.step = draft.extended(&lead.step, "by_score", comments, items);
    let warmer = &model.temperatures[..model.temperatures.len() - 1];
    for (number, temperature) in (0_i64..).zip(warmer) {
        let number = || Expression::Integer(number);
        let denied = [
            Expression::column(&by_score).compared(Comparison::AtMost, number()),
            Expression::column(&lead.computed_temperature).greater(number()),
        ];
        let is_denied = all(as_computed.clone().into_iter().chain(denied));
        let lacks = |item: &usize| Expression::column(&lead.checklist[*item]).negation();
        let missing = temperature.requires.iter().map(|item| {
            let label = Expression::literal(format!(", {}", model.checklist[*item].label));
            Expression::case([(lacks(item), label)], Expression::literal(""))
        });
        let missing: Vec<Expression> = missing.collect();
        let mut text = vec![Expression::literal(denial(temperature))];
        if !missing.is_empty() {
            let list = Expression::Concatenation(missing);
            let length = list.clone().length();
            let list = Expression::Substring(
                Box::new(list),
                Box::new(Expression::Integer(3)),
                Box::new(length),
            );
            let is_any = any(temperature.requires.iter().map(lacks));
            let told = Expression::Concatenation(vec![
                Expression::literal(": "),
                list,
                Expression::literal(" missing"),
            ]);
            text.push(Expression::case([(is_any, told)], Expression::literal("")));
        }
        parts.push((Some(is_denied), Expression::Concatenation(text)));
    }
    parts
}

/// `not Hot Lead`
fn denial(temperature: &Temperature) -> String {
    let title = temperature.tag.as_deref().unwrap_or(&temperature.name);
    let mut letters = title.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("not {first}{}", letters.as_str())
}

fn strongest(draft: &mut Draft<'_>, lead: &mut Lead<'_>) -> Vec<(Option<Expression>, Expression)> {
    let model = draft.model();
    let rules: Vec<(usize, &str, String)> = (model.rules.iter().zip(&lead.rules))
        .enumerate()
        .filter_map(|(number, (rule, column))| Some((number, rule.name.as_str(), column.clone()?)))
        .collect();
    let can = |number: usize, does: fn(Points) -> bool| {
        let ends = reach::of_rule(&model.rules[number], &model.signals);
        [ends.lowest, ends.highest]
            .into_iter()
            .any(|end| end.is_none_or(does))
    };
    let count = i64::try_from(model.rules.len()).unwrap_or(i64::MAX);
    let width = count.saturating_add(1);
    let key = |number: usize, value: Expression| {
        let behind = count - i64::try_from(number).unwrap_or(0);
        value
            .times(Expression::Integer(width))
            .plus(Expression::Integer(behind))
    };
    let gains: Vec<Expression> = rules
        .iter()
        .filter(|(number, ..)| can(*number, |end| end > Points::ZERO))
        .map(|(number, _, column)| key(*number, Expression::column(column)))
        .collect();
    let costs: Vec<Expression> = rules
        .iter()
        .filter(|(number, ..)| can(*number, |end| end < Points::ZERO))
        .map(|(number, _, column)| key(*number, Expression::column(column).negated()))
        .collect();
    let mut found: Vec<Reason> = Vec::new();
    let comment = |text: &str| vec![text.to_owned()];
    for nth in 0..STRONGEST.min(gains.len()) {
        let column = lead.names.take(&format!("reason_{}", nth + 1));
        let list = match found.last() {
            None => gains.clone(),
            // Those behind the one before.
            Some(before) => gains
                .iter()
                .map(|gain| {
                    let is_behind = gain.clone().less(Expression::column(&before.column));
                    Expression::case([(is_behind, gain.clone())], Expression::Integer(0))
                })
                .collect(),
        };
        let items = vec![Item::new(&column, Expression::Greatest(list))];
        let about = comment(
            "The rule that gives most, of those behind the one before: its points and its number in one",
        );
        lead.step = draft.extended(&lead.step, &column, about, items);
        found.push(Reason {
            column,
            gives: true,
        });
    }
    if !costs.is_empty() {
        let column = lead.names.take("reason_against");
        let items = vec![Item::new(&column, Expression::Greatest(costs))];
        lead.step = draft.extended(
            &lead.step,
            &column,
            comment("The rule that takes most"),
            items,
        );
        found.push(Reason {
            column,
            gives: false,
        });
    }
    name(draft, lead, &rules, found, width, &can)
}

/// Puts the rules that were found into words.
fn name(
    draft: &mut Draft<'_>,
    lead: &mut Lead<'_>,
    rules: &[(usize, &str, String)],
    found: Vec<Reason>,
    width: i64,
    can: &impl Fn(usize, fn(Points) -> bool) -> bool,
) -> Vec<(Option<Expression>, Expression)> {
    let mut items = Vec::new();
    let mut parts = Vec::new();
    for reason in found {
        let key = || Expression::column(&reason.column);
        let does: fn(Points) -> bool = if reason.gives {
            |end| end > Points::ZERO
        } else {
            |end| end < Points::ZERO
        };
        let names = rules.iter().filter(|(number, ..)| can(*number, does));
        let names = names.map(|(rule, name, _)| {
            let behind = width - 1 - i64::try_from(*rule).unwrap_or(0);
            let number = key().modulo(Expression::Integer(width));
            (
                number.equals(Expression::Integer(behind)),
                Expression::literal(*name),
            )
        });
        let rule = lead.names.take(&format!("{}_rule", reason.column));
        items.push(Item::new(&rule, Expression::case(names, None)));
        let given = lead.names.take(&format!("{}_points", reason.column));
        // A key below the width is of a rule that gives nothing.
        let gives = key().at_least(Expression::Integer(width));
        let value = key().over(Expression::Integer(width));
        items.push(Item::new(
            &given,
            Expression::case([(gives, value)], Expression::Integer(0)),
        ));
        let sign = if reason.gives { " +" } else { " -" };
        let text = Expression::Concatenation(vec![
            Expression::column(rule),
            Expression::literal(sign),
            points(&Expression::column(&given), 0),
        ]);
        let is_reason = Expression::column(&given).greater(Expression::Integer(0));
        parts.push((Some(is_reason), text));
    }
    let comments =
        vec!["Which rules these are, and what they give or take in thousandths".to_owned()];
    lead.step = draft.extended(&lead.step, "reason_rules", comments, items);
    parts
}
