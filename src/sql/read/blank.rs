//! White space, blank cells and ids.

use super::super::expression::Expression;

/// Unicode's white space, without the control characters that no cell may hold.
pub(in crate::sql) const WHITE_SPACE: &str = "\t\n\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

/// The same as the inside of a class of a pattern.
pub(in crate::sql) const WHITE_SPACE_CLASS: &str =
    "\\t\\n\\r \u{85}\u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

/// A text without white space at its ends, as [`crate::value::trim`] has it.
pub(in crate::sql) fn trimmed(text: Expression) -> Expression {
    text.trimmed_of(WHITE_SPACE)
}

/// Something of a cell, or NULL where the cell says nothing: where it is, once trimmed, empty or one of `named`.
pub(super) fn unless_blank(
    trimmed: &Expression,
    named: &[String],
    something: Expression,
) -> Expression {
    let blank = (is_blank(trimmed, named), Expression::Null(super::TEXT));
    Expression::case([blank], something)
}

/// Whether a cell says nothing.
fn is_blank(trimmed: &Expression, named: &[String]) -> Expression {
    let blank = std::iter::once(String::new()).chain(named.iter().cloned());
    trimmed.clone().is_one_of(blank)
}

/// Characters that are in the composed form of Unicode (NFC) whatever stands beside them, as the inside of a class: ASCII,
/// Latin, Greek, Cyrillic, Hebrew and Arabic letters, punctuation, kana, Han and Hangul.
const COMPOSED_CLASS: &str = "\\t\\n\\r -~\u{a1}-\u{2b8}\u{391}-\u{3a1}\u{3a3}-\u{3c9}\u{400}-\u{481}\u{5d0}-\u{5ea}\u{621}-\u{64a}\u{2010}-\u{2027}\u{3041}-\u{3096}\u{30a1}-\u{30fa}\u{4e00}-\u{9fff}\u{ac00}-\u{d7a3}";

/// An id as it is compared, of a trimmed cell, NULL of an empty one or one of `named`: in Unicode's composed form, as
/// [`crate::value::normal_id`] has it. No database can be asked for that form; ids that may not be in it are refused.
pub(super) fn id(trimmed: &Expression, named: &[String]) -> Expression {
    let is_composed = trimmed.clone().matches(format!("[{COMPOSED_CLASS}]*"));
    let refusal = Expression::refuse(
        "hotlist: an id may not be in the composed form of Unicode (NFC); normalise ids first: ",
        trimmed.clone(),
    );
    let is_ascii = Expression::IsAscii(Box::new(trimmed.clone()));
    Expression::case(
        [
            (is_blank(trimmed, named), Expression::Null(super::TEXT)),
            // As nearly all are.
            (is_ascii, trimmed.clone()),
            (is_composed, trimmed.clone()),
            (
                trimmed.clone().is_null().negation(),
                Expression::Decimal(Box::new(refusal)),
            ),
        ],
        Expression::Null(super::TEXT),
    )
}

/// An id as events join on it: of an e-mail address the letters are small.
pub(super) fn join_key(id: Expression) -> Expression {
    let has_sign = id.clone().contains("@");
    Expression::case([(has_sign, id.clone().lower())], id)
}
