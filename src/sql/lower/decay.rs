//! Weights by age: a few are said where they are used, many stand in a table of their own.

use super::Draft;
use crate::model::{Decay, Signal};
use crate::sql::expression::{Expression, Type};
use crate::sql::relation::{Literal, Rows};

/// Stretches of ages with one weight that are said as a CASE.
const MOST_ARMS: usize = 40;

/// The weights of the model's signals: how each is said, and the table that some are looked up in.
pub(super) struct Weights {
    /// By signal, the weight in millionths of an event with its age in the column `age`; None without decay.
    pub of: Vec<Option<Expression>>,
    /// The table, to be joined by `age`.
    pub table: Option<String>,
}

/// Lays down the weights of every signal; `age` is the column of an event's age.
pub(super) fn weights(draft: &mut Draft<'_>, age: &str) -> Weights {
    let signals = &draft.model().signals;
    let today = match draft.request.as_of_parameter {
        // The last day that is read as a time.
        Some(_) => 47_481,
        None => draft.request.plan.as_of.day.days(),
    };
    let oldest = usize::try_from(today).unwrap_or(0) + 2;
    let mut tabled: Vec<(String, &Decay)> = Vec::new();
    let mut of = Vec::new();
    for signal in signals {
        of.push(decay_of(signal).map(|decay| {
            let runs = runs(decay);
            if runs.len() <= MOST_ARMS {
                return said(&runs, decay.beyond, age);
            }
            let known = tabled.iter().position(|(_, known)| *known == decay);
            let number = known.unwrap_or_else(|| {
                tabled.push((format!("weight_{}", tabled.len() + 1), decay));
                tabled.len() - 1
            });
            let name = &tabled[number].0;
            Expression::column(name).or_else(Expression::Integer(decay.beyond))
        }));
    }
    if tabled.is_empty() {
        return Weights { of, table: None };
    }
    let longest = tabled.iter().map(|(_, decay)| decay.weights.len()).max();
    let ages = longest.unwrap_or(0).min(oldest);
    let mut columns = vec![("days".to_owned(), Type::Integer)];
    columns.extend(tabled.iter().map(|(name, _)| (name.clone(), Type::Integer)));
    let rows = (0..ages).map(|days| {
        let age = u32::try_from(days).unwrap_or(u32::MAX);
        let weights = tabled.iter().map(|(_, decay)| decay.weight(age));
        let cells = std::iter::once(i64::from(age)).chain(weights);
        cells.map(Expression::Integer).collect()
    });
    let literal = Literal {
        rows: rows.collect(),
        columns,
    };
    let comments = vec!["What an event of so many days weighs, in millionths".to_owned()];
    let table = draft.step("weights", comments, Rows::Literal(literal));
    Weights {
        of,
        table: Some(table),
    }
}

/// The decay of a signal.
pub(super) fn decay_of(signal: &Signal) -> Option<&Decay> {
    use crate::model::Measure::{Count, Sum};
    match &signal.measure {
        Count { decay, .. } | Sum { decay, .. } => decay.as_ref(),
        _ => None,
    }
}

/// Stretches of ages with one weight: the age each ends before, and the weight.
fn runs(decay: &Decay) -> Vec<(usize, i64)> {
    let mut runs: Vec<(usize, i64)> = Vec::new();
    for (age, weight) in decay.weights.iter().enumerate() {
        match runs.last_mut() {
            Some((end, last)) if last == weight => *end = age + 1,
            _ => runs.push((age + 1, *weight)),
        }
    }
    while runs
        .last()
        .is_some_and(|(_, weight)| *weight == decay.beyond)
    {
        runs.pop();
    }
    runs
}

fn said(runs: &[(usize, i64)], beyond: i64, age: &str) -> Expression {
    let arms = runs.iter().map(|(end, weight)| {
        let end = i64::try_from(*end).unwrap_or(i64::MAX);
        let is_younger = Expression::column(age).less(Expression::Integer(end));
        (is_younger, Expression::Integer(*weight))
    });
    if runs.is_empty() {
        return Expression::Integer(beyond);
    }
    Expression::case(arms, Expression::Integer(beyond))
}
