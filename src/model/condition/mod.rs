//! Conditions: the part of SQL's WHERE clause that rules, checklists and signals are written in.
//!
//! A condition's way: text → tokens → tree as written → tree with names and types settled → true, false or NULL
//! for one contact or event. The last tree is what the model keeps; it asks a [`Scope`] for cells and signals.

mod ast;
mod check;
mod eval;
mod lexer;
mod mentions;
mod parser;
mod typed;

pub use ast::{Comparison, Operator};
pub use check::{Names, Phase};
pub use eval::Scope;
pub use lexer::SyntaxError;
pub use mentions::Mentions;
pub use typed::{Amount, Case, Condition, Date, Reading, Text, TextRelation, TextTest};

/// Names that mean something of their own where the score is known.
pub const RESERVED: [&str; 5] = ["score", "groups", "checklist", "temperature", "stage"];

/// Reads a condition and settles its names and types; gives every mistake found.
pub fn read(text: &str, names: &mut Names<'_>) -> Result<Condition, Vec<SyntaxError>> {
    let node = parser::parse(text).map_err(|error| vec![error])?;
    check::check(&node, names)
}

/// Reads what is to be a number, such as `price * 0.03`; gives every mistake found.
pub fn read_amount(text: &str, names: &mut Names<'_>) -> Result<Amount, Vec<SyntaxError>> {
    let node = parser::parse(text).map_err(|error| vec![error])?;
    check::check_amount(&node, names)
}

/// Whether a word is part of the language of conditions, so that nothing in a model may be called so.
pub fn is_keyword(word: &str) -> bool {
    parser::KEYWORDS
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(word))
}
