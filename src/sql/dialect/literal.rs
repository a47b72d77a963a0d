//! Texts that stand in a query, with every character to be seen: one that is not (a line's end, a space other than the
//! usual one) is spelled by its number, so that a query survives being shown, copied and mailed.

use crate::value::is_unseen;

/// How an engine spells characters by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// It cannot: they stand as they are.
    Raw,
    /// `'\u00a0'`, in every text.
    Backslash,
    /// `'\xC2\xA0'`, in every text.
    Bytes,
    /// `E'\u00a0'`, in texts that say so.
    Escape,
    /// `E'\xC2\xA0'`
    EscapedBytes,
    /// `U&'\00a0'`
    Unicode,
    /// `CHAR(160)`, beside texts.
    Function,
}

/// Whether a character must be spelled.
fn is_odd(c: char) -> bool {
    is_unseen(c) || c.is_whitespace() && c != ' '
}

/// A text as a literal.
pub(super) fn literal(text: &str, spelling: Spelling) -> String {
    let doubled = || text.replace('\'', "''");
    let has_odd = text.contains(is_odd);
    match spelling {
        Spelling::Backslash => {
            let text = text.replace('\\', "\\\\").replace('\'', "\\'");
            format!("'{}'", spelled(&text, by_number))
        }
        Spelling::Bytes => {
            let text = text.replace('\\', "\\\\").replace('\'', "\\'");
            format!("'{}'", spelled(&text, by_bytes))
        }
        Spelling::Escape if has_odd => {
            format!(
                "E'{}'",
                spelled(&doubled().replace('\\', "\\\\"), by_number)
            )
        }
        Spelling::EscapedBytes if has_odd => {
            format!("E'{}'", spelled(&doubled().replace('\\', "\\\\"), by_bytes))
        }
        Spelling::Unicode if has_odd => {
            let number = |c: char| match u32::from(c) {
                number @ ..=0xffff => format!("\\{number:04x}"),
                number => format!("\\+{number:06x}"),
            };
            format!("U&'{}'", spelled(&doubled().replace('\\', "\\\\"), number))
        }
        Spelling::Function if has_odd => beside(text),
        _ => format!("'{}'", doubled()),
    }
}

/// A text with its odd characters spelled.
fn spelled(text: &str, spell: impl Fn(char) -> String) -> String {
    let each = text.chars().map(|c| match c {
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        c if is_odd(c) => spell(c),
        c => c.to_string(),
    });
    each.collect()
}

fn by_number(c: char) -> String {
    match u32::from(c) {
        number @ ..=0xffff => format!("\\u{number:04x}"),
        number => format!("\\U{number:08x}"),
    }
}

fn by_bytes(c: char) -> String {
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).bytes();
    let spelled: Vec<String> = bytes.map(|byte| format!("\\x{byte:02X}")).collect();
    spelled.concat()
}

/// Stretches of a text and of numbers, joined.
fn beside(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let runs = characters.chunk_by(|a, b| is_odd(*a) == is_odd(*b));
    let parts: Vec<String> = runs
        .map(|run| {
            if is_odd(run[0]) {
                let numbers: Vec<String> = run.iter().map(|c| u32::from(*c).to_string()).collect();
                format!("CHAR({})", numbers.join(", "))
            } else {
                let run: String = run.iter().collect();
                format!("'{}'", run.replace('\'', "''"))
            }
        })
        .collect();
    match parts.as_slice() {
        [one] => one.clone(),
        _ => format!("({})", parts.join(" || ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_stands_as_it_is() {
        for spelling in [
            Spelling::Raw,
            Spelling::Escape,
            Spelling::Unicode,
            Spelling::Function,
        ] {
            assert_eq!(literal("it's 5 é", spelling), "'it''s 5 é'");
        }
        assert_eq!(literal("it's \\", Spelling::Backslash), "'it\\'s \\\\'");
    }

    #[test]
    fn what_is_not_seen_is_spelled() {
        let text = "a\u{a0}'\\\n";
        let spelled = [
            (Spelling::Backslash, "'a\\u00a0\\'\\\\\\n'"),
            (Spelling::Bytes, "'a\\xC2\\xA0\\'\\\\\\n'"),
            (Spelling::Escape, "E'a\\u00a0''\\\\\\n'"),
            (Spelling::EscapedBytes, "E'a\\xC2\\xA0''\\\\\\n'"),
            (
                Spelling::Function,
                "('a' || CHAR(160) || '''\\' || CHAR(10))",
            ),
        ];
        for (spelling, expected) in spelled {
            assert_eq!(literal(text, spelling), expected);
        }
        assert_eq!(literal("a\u{a0}\\", Spelling::Unicode), "U&'a\\00a0\\\\'");
    }
}
