//! Yes and no: the words of [`crate::value::read_yes_no`].

use super::super::expression::{Expression, Type};

/// The accented letter is not ASCII, so it is folded by naming both cases.
const YES: [&str; 11] = [
    "yes", "true", "1", "y", "x", "ja", "si", "sí", "sÍ", "oui", "checked",
];
const NO: [&str; 8] = ["no", "false", "0", "n", "nee", "nein", "non", "unchecked"];

/// A trimmed text with small letters read as yes or no.
pub(in crate::sql) fn yes_no(word: Expression) -> Expression {
    Expression::case(
        [
            (word.clone().is_one_of(YES), Expression::Truth(true)),
            (word.is_one_of(NO), Expression::Truth(false)),
        ],
        Expression::Null(Type::Truth),
    )
}
