//! The tree of a query written down as text, in lines that people can read.

mod expression;
mod query;
#[cfg(test)]
mod tests;

use super::dialect::Dialect;
use super::expression::Expression;
use super::relation::Query;
use crate::value::is_unseen;

/// Columns that a line should not go beyond.
const WIDTH: usize = 110;

/// How far what belongs to something stands to the right of it.
const INDENT: usize = 4;

/// A query as text, with a line end behind it.
pub fn query(query: &Query, dialect: &dyn Dialect) -> String {
    query::Writer::new(dialect).query(query)
}

/// One expression as text.
pub fn expression(expression: &Expression, dialect: &dyn Dialect) -> String {
    expression::Writer::new(dialect).value(expression, 0)
}

/// A name as it stands in a query.
pub fn name(name: &str, dialect: &dyn Dialect) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_plain && !super::dialect::is_reserved(name) && !dialect.reserves(name) {
        return name.to_owned();
    }
    let mark = dialect.name_mark();
    let inside = name.replace(mark, &format!("{mark}{mark}"));
    let inside = if dialect.escapes_names() {
        inside.replace('\\', "\\\\")
    } else {
        inside
    };
    format!("{mark}{inside}{mark}")
}

/// Texts with commas between them, as many on a line as fit, each line so far to the right.
pub(super) fn filled(texts: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut lines = margin.clone();
    let mut width = indent;
    for (number, text) in texts.iter().enumerate() {
        let comma = if number + 1 < texts.len() { "," } else { "" };
        if width > indent && width + 1 + text.len() + comma.len() > WIDTH {
            lines.push('\n');
            lines.push_str(&margin);
            width = indent;
        } else if width > indent {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(text);
        lines.push_str(comma);
        width += text.len() + comma.len();
    }
    lines
}

/// A text that can stand in a comment: on one line, and without what acts unseen.
fn comment(text: &str) -> String {
    let seen = |character| if is_unseen(character) { ' ' } else { character };
    text.chars().map(seen).collect()
}
