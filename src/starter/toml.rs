//! Names, texts and comments of an export as parts of a TOML file, so that nothing a header or a cell holds can be
//! taken for a part of the model.

use crate::value::{is_unseen, readable};

/// A text in quotes. Whatever is not seen where it stands is written by its number.
pub(super) fn text(value: &str) -> String {
    let mut written = String::with_capacity(value.len() + 2);
    written.push('"');
    for c in value.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            c if is_unseen(c) => {
                let number = u32::from(c);
                if number > 0xffff {
                    written.push_str(&format!("\\U{number:08x}"));
                } else {
                    written.push_str(&format!("\\u{number:04x}"));
                }
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// A key: bare where TOML allows it, otherwise in quotes.
pub(super) fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_owned()
    } else {
        text(name)
    }
}

/// A list of texts; one alone stands without brackets.
pub(super) fn texts<T: AsRef<str>>(values: &[T]) -> String {
    match values {
        [one] => text(one.as_ref()),
        _ => list(values),
    }
}

/// A list of texts in brackets.
pub(super) fn list<T: AsRef<str>>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(|value| text(value.as_ref())).collect();
    format!("[{}]", values.join(", "))
}

/// A text as conditions quote it.
pub(super) fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Characters of an export's own text that a comment shows.
const SHOWN: usize = 60;

/// What of an export's text may stand in a comment: one line, not too long, nothing that acts on its reader.
pub(super) fn shown(value: &str) -> String {
    let value = readable(value.trim());
    let mut shown: String = value.chars().take(SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;

    /// What a TOML reader makes of `key = …`.
    fn read(written: &str) -> Option<String> {
        let file = format!("key = {written}\n");
        let table = DeTable::parse(&file).ok()?;
        let value = table.get_ref().get("key")?.get_ref().as_str()?;
        Some(value.to_owned())
    }

    #[test]
    fn a_name_that_is_not_bare_stands_in_quotes() {
        assert_eq!(key("email_open"), "email_open");
        assert_eq!(key("a b"), "\"a b\"");
        assert_eq!(key(""), "\"\"");
        assert_eq!(key("geöffnet"), "\"geöffnet\"");
    }

    #[test]
    fn a_quote_in_a_literal_is_doubled() {
        assert_eq!(literal("it's"), "'it''s'");
    }

    #[test]
    fn a_comment_stays_on_its_line() {
        assert_eq!(shown("a\n[[rules]]\u{1b}[31m"), "a [[rules]]\\u{1b}[31m");
        assert_eq!(shown(&"x".repeat(80)).chars().count(), SHOWN + 1);
    }

    proptest! {
        #[test]
        fn every_text_comes_back_as_it_was(value: String) {
            prop_assert_eq!(read(&text(&value)), Some(value));
        }

        #[test]
        fn every_key_is_one_key(name: String) {
            let file = format!("{} = 1\n", key(&name));
            let table = DeTable::parse(&file).expect("TOML");
            let names: Vec<String> = table.get_ref().keys().map(|key| key.get_ref().to_string()).collect();
            prop_assert_eq!(names, vec![name]);
        }

        #[test]
        fn no_comment_ends_its_line(value: String) {
            let file = format!("# {}\n", shown(&value));
            prop_assert!(DeTable::parse(&file).expect("TOML").get_ref().is_empty());
        }
    }
}
