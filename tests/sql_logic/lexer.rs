//! A condition's words, numbers, texts and signs.

/// One piece of a condition, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A keyword, a name or a function.
    Word(String),
    Number(String),
    /// A text in single quotes, with them.
    Text(String),
    /// A name in double quotes, without them.
    Quoted(String),
    Sign(String),
}

/// Cuts a condition into its pieces.
pub fn tokens(condition: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = condition.trim_start();
    while let Some(first) = rest.chars().next() {
        let run = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (token, length): (fn(String) -> Token, usize) = match first {
            '\'' => (Token::Text, quoted(rest, '\'')),
            '"' => (Token::Quoted, quoted(rest, '"')),
            '0'..='9' => (Token::Number, run(|c| c.is_ascii_digit() || c == '.')),
            'a'..='z' | 'A'..='Z' => (
                Token::Word,
                run(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.'),
            ),
            _ => (
                Token::Sign,
                if ["<>", "<=", ">=", "!="]
                    .iter()
                    .any(|sign| rest.starts_with(sign))
                {
                    2
                } else {
                    1
                },
            ),
        };
        let piece = match first {
            '"' => &rest[1..length - 1],
            _ => &rest[..length],
        };
        tokens.push(token(piece.to_owned()));
        rest = rest[length..].trim_start();
    }
    tokens
}

/// How long the quoted stretch is that a text begins with; a quote inside is written twice.
fn quoted(text: &str, quote: char) -> usize {
    let mut length = 1;
    loop {
        length += text[length..].find(quote).expect("the quote is closed") + 1;
        if !text[length..].starts_with(quote) {
            return length;
        }
        length += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_falls_into_its_pieces() {
        let pieces = tokens(r#"a>=2.5 AND"b"<>'it''s'"#);
        let word = |text: &str| Token::Word(text.to_owned());
        let sign = |text: &str| Token::Sign(text.to_owned());
        assert_eq!(
            pieces,
            [
                word("a"),
                sign(">="),
                Token::Number("2.5".to_owned()),
                word("AND"),
                Token::Quoted("b".to_owned()),
                sign("<>"),
                Token::Text("'it''s'".to_owned()),
            ]
        );
    }
}
