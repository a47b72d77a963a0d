//! A condition's text, cut into words, numbers, texts and signs.

/// One piece of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name or keyword; a name may have dots in it.
    Word(String),
    Number(String),
    Text(String),
    /// A header in double quotes.
    Header(String),
    /// An operator, a parenthesis or a comma.
    Sign(&'static str),
}

/// The longer signs stand before those that they begin with.
const SIGNS: [&str; 12] = [
    "<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")",
];

/// Cuts a condition into its pieces.
///
/// # Panics
/// At a character that begins none.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length;
        if first.is_alphabetic() || first == '_' {
            length = run(rest, |c| c.is_alphanumeric() || c == '_' || c == '.');
            tokens.push(Token::Word(rest[..length].to_owned()));
        } else if first.is_ascii_digit() || first == '.' {
            length = run(rest, |c| c.is_ascii_digit() || c == '.');
            tokens.push(Token::Number(rest[..length].to_owned()));
        } else if first == '\'' {
            let (literal, taken) = quoted(rest, '\'');
            length = taken;
            tokens.push(Token::Text(literal));
        } else if first == '"' {
            let (header, taken) = quoted(rest, '"');
            length = taken;
            tokens.push(Token::Header(header));
        } else if first == ',' {
            length = 1;
            tokens.push(Token::Sign(","));
        } else {
            let sign = SIGNS
                .into_iter()
                .find(|sign| rest.starts_with(sign))
                .expect(rest);
            length = sign.len();
            tokens.push(Token::Sign(sign));
        }
        rest = rest[length..].trim_start();
    }
    tokens
}

/// How many bytes from the start belong together.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The text between quotes, and how many bytes it took; a quote in it is
/// written twice.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let mut literal = String::new();
    let mut at = 1;
    loop {
        let end = at + text[at..].find(quote).expect("the quote is closed");
        literal.push_str(&text[at..end]);
        if !text[end + 1..].starts_with(quote) {
            return (literal, end + 1);
        }
        literal.push(quote);
        at = end + 2;
    }
}
