//! The grade of a lead: a letter and a number for what some of its groups come to.

use crate::engine::Ledger;
use crate::model::Model;
use crate::value::Points;

/// The grade, such as A1; empty for a model without grades.
pub(super) fn of(model: &Model, ledger: &Ledger<'_>) -> String {
    model
        .grades
        .iter()
        .map(|grade| {
            let sum: Points = grade.of.iter().map(|group| ledger.group(*group)).sum();
            grade.mark(sum)
        })
        .collect()
}
