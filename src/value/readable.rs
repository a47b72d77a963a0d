//! What people read carries no raw control, escape or bidirectional characters from the data.
//!
//! A name may hold a terminal's escape sequence, or an override that turns the rest of the line round. Such
//! characters are shown by their number, `\u{1b}`, which takes their effect away and hides nothing; line breaks and
//! tabs become one space.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::invisible::is_format_character;

/// The text as it may be shown to people, on one line.
///
/// ```
/// use hotlist::value::readable;
///
/// assert_eq!(readable("Anna\r\nde Vries"), "Anna de Vries");
/// assert_eq!(readable("\u{1b}[31mred"), r"\u{1b}[31mred");
/// ```
pub fn readable(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain, and bytes are looked through faster than characters.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if breaks_a_line(c) {
            while chars.next_if(|next| breaks_a_line(*next)).is_some() {}
            if !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if is_unfit(c) {
            // A String takes every write.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character is not seen where it stands: a control character, a format character, or a line break of any
/// kind. Such a character acts on the terminal or the reader instead of being read.
pub fn is_unseen(c: char) -> bool {
    breaks_a_line(c) || is_unfit(c)
}

/// Line breaks of every kind, and tabs: between words they are as good as a space.
fn breaks_a_line(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character would act on the terminal or the reader instead of being read.
fn is_unfit(c: char) -> bool {
    c.is_control() || is_format_character(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_borrowed_as_it_is() {
        for text in ["", "Anna de Vries", "李小龍", "Zoë & Søn", "👋🏽", r"a\b"] {
            assert!(matches!(readable(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn escape_sequences_are_shown_and_not_sent() {
        assert_eq!(
            readable("\u{1b}[2J\u{7}\u{9b}31m"),
            r"\u{1b}[2J\u{7}\u{9b}31m"
        );
        assert_eq!(readable("a\0b\u{7f}"), r"a\u{0}b\u{7f}");
    }

    #[test]
    fn bidirectional_characters_are_shown_by_number() {
        let all = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}";
        let shown = readable(all);
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(readable("gpj.\u{202e}exe"), r"gpj.\u{202e}exe");
    }

    #[test]
    fn zero_width_characters_are_shown_by_number() {
        assert_eq!(readable("a\u{200b}b\u{feff}"), r"a\u{200b}b\u{feff}");
    }

    #[test]
    fn a_run_of_line_breaks_and_tabs_is_one_space() {
        assert_eq!(readable("a\r\n\tb\u{2028}c\u{85}d"), "a b c d");
    }

    #[test]
    fn the_look_of_an_emoji_stays() {
        assert_eq!(readable("❤\u{fe0f}"), "❤\u{fe0f}");
    }

    proptest! {
        #[test]
        fn nothing_shown_acts_on_the_reader(text in any::<String>()) {
            prop_assert!(!readable(&text).chars().any(|c| c.is_control() || is_format_character(c)));
        }

        #[test]
        fn what_is_readable_stays_as_it_is(text in any::<String>()) {
            let once = readable(&text).into_owned();
            let twice = readable(&once).into_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
