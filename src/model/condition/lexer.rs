//! Cuts a condition into tokens, each with its place in the text, so that a caret can land on one of them.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare name, dots included: `budget`, `property_details.price_max`, or a keyword in any case.
    Word(String),
    /// A name in double quotes: an export's header as it stands.
    Quoted(String),
    /// A text in single quotes, its doubled quotes undone.
    Text(String),
    /// A number without sign, as written.
    Number(String),
    /// An operator or punctuation.
    Symbol(&'static str),
}

/// A token and the bytes it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spanned {
    pub token: Token,
    pub span: Range<usize>,
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Bytes of the condition to blame.
    pub span: Range<usize>,
    /// A lowercase phrase.
    pub message: String,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
}

impl SyntaxError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            hint: None,
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Longest first, so that `<=` is not read as `<` and `=`.
const SYMBOLS: [&str; 13] = [
    "<>", "<=", ">=", "!=", "=", "<", ">", "(", ")", ",", "+", "-", "*",
];

const NO_COMMENTS: &str = "put comments behind a # outside the quotes";
const STRAIGHT_QUOTES: &str = "put texts in straight single quotes: '…'";
const PLAIN_NUMBERS: &str = "numbers are written plainly: 150000 or 0.5";

/// Signs of other languages, and what is written instead.
const FOREIGN: [(&str, &str); 15] = [
    ("==", "write `=` to compare"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("&&", "write `AND`"),
    ("||", "write `OR`; texts cannot be joined in a condition"),
    ("\u{2018}", STRAIGHT_QUOTES),
    ("\u{2019}", STRAIGHT_QUOTES),
    ("\u{201c}", STRAIGHT_QUOTES),
    ("\u{201d}", STRAIGHT_QUOTES),
    ("--", NO_COMMENTS),
    ("/*", NO_COMMENTS),
    (";", "a condition ends where its text ends"),
    ("$", PLAIN_NUMBERS),
    ("\u{20ac}", PLAIN_NUMBERS),
    ("\u{a3}", PLAIN_NUMBERS),
];

/// Cuts `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if let Some((operator, hint)) = FOREIGN.iter().find(|(o, _)| rest.starts_with(o)) {
            return Err(SyntaxError::new(
                at..at + operator.len(),
                format!("`{operator}` means nothing in a condition"),
            )
            .hint(*hint));
        }
        let (token, length) = if first == '\'' {
            let (value, length) = quoted(rest, '\'').ok_or_else(|| {
                SyntaxError::new(at..text.len(), "a text is not closed")
                    .hint("end it with a single quote; a quote inside is written twice: 'it''s'")
            })?;
            (Token::Text(value), length)
        } else if first == '"' {
            let (value, length) = quoted(rest, '"').ok_or_else(|| {
                SyntaxError::new(at..text.len(), "a quoted column name is not closed")
                    .hint("end it with a double quote")
            })?;
            (Token::Quoted(value), length)
        } else if first.is_ascii_digit() {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
                .unwrap_or(rest.len());
            let number = &rest[..length];
            let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && number.matches('.').count() <= 1
                && !number.ends_with('.');
            if !plain {
                return Err(SyntaxError::new(
                    at..at + length,
                    format!("`{number}` is not a number"),
                )
                .hint(PLAIN_NUMBERS));
            }
            (Token::Number(number.to_owned()), length)
        } else if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
                .unwrap_or(rest.len());
            let word = rest[..length].trim_end_matches('.');
            (Token::Word(word.to_owned()), word.len())
        } else if first == '/' {
            (Token::Symbol("/"), 1)
        } else if let Some(symbol) = SYMBOLS.iter().find(|s| rest.starts_with(**s)) {
            let meaning = if *symbol == "!=" { "<>" } else { symbol };
            (Token::Symbol(meaning), symbol.len())
        } else {
            return Err(SyntaxError::new(
                at..at + first.len_utf8(),
                format!("`{}` means nothing in a condition", first.escape_debug()),
            ));
        };
        tokens.push(Spanned {
            token,
            span: at..at + length,
        });
        at += length;
    }
    Ok(tokens)
}

/// Reads a quoted stretch in which the quote itself stands twice; gives its value and length in bytes.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            value.push(character);
        } else if characters.peek().is_some_and(|(_, next)| *next == quote) {
            value.push(quote);
            characters.next();
        } else {
            return Some((value, at + quote.len_utf8()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Token> {
        let tokens = tokens(text).expect("tokens");
        tokens.into_iter().map(|spanned| spanned.token).collect()
    }

    fn word(text: &str) -> Token {
        Token::Word(text.to_owned())
    }

    #[test]
    fn names_keep_their_dots_and_texts_lose_their_doubled_quotes() {
        assert_eq!(
            words("a.b_1='it''s' \"x\"\"y\""),
            [
                word("a.b_1"),
                Token::Symbol("="),
                Token::Text("it's".to_owned()),
                Token::Quoted("x\"y".to_owned()),
            ]
        );
    }

    #[test]
    fn the_longest_operator_is_read_and_both_signs_of_inequality_are_one() {
        let symbols = ["<=", "<>", "<>", "<", "-", ">="].map(Token::Symbol);
        assert_eq!(words("<= <> != < - >="), symbols);
    }

    #[test]
    fn every_token_knows_its_bytes() {
        let text = "é >= 'ü'";
        let spans: Vec<&str> = tokens(text)
            .expect("tokens")
            .iter()
            .map(|t| &text[t.span.clone()])
            .collect();
        assert_eq!(spans, ["é", ">=", "'ü'"]);
    }

    #[test]
    fn signs_of_other_languages_are_refused_with_what_to_write() {
        for (text, hint) in [
            ("a == b", "`=`"),
            ("a && b", "`AND`"),
            ("a => 1", "`>=`"),
            ("a = ’b’", "straight"),
        ] {
            let error = tokens(text).expect_err("refused");
            assert!(error.hint.expect("a hint").contains(hint), "{text}");
        }
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(
            words("1 0.50 007"),
            ["1", "0.50", "007"].map(|n| Token::Number(n.to_owned()))
        );
        for text in ["1e5", "1_000", "1.2.3", "5.", "3k"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }
}
