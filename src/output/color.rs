//! The colours a model may give its temperatures, as a terminal shows them.

use anstyle::{Ansi256Color, AnsiColor, Color, RgbColor};

/// The colours known by name. The plain ones follow the terminal's own palette; the others are of the 256 colours.
const NAMED: &[(&str, Color)] = &[
    ("black", Color::Ansi(AnsiColor::Black)),
    ("blue", Color::Ansi(AnsiColor::Blue)),
    ("brown", Color::Ansi256(Ansi256Color(130))),
    ("cyan", Color::Ansi(AnsiColor::Cyan)),
    ("gray", Color::Ansi256(Ansi256Color(245))),
    ("green", Color::Ansi(AnsiColor::Green)),
    ("grey", Color::Ansi256(Ansi256Color(245))),
    ("magenta", Color::Ansi(AnsiColor::Magenta)),
    ("orange", Color::Ansi256(Ansi256Color(208))),
    ("pink", Color::Ansi256(Ansi256Color(212))),
    ("purple", Color::Ansi256(Ansi256Color(135))),
    ("red", Color::Ansi(AnsiColor::Red)),
    ("teal", Color::Ansi256(Ansi256Color(37))),
    ("violet", Color::Ansi256(Ansi256Color(135))),
    ("white", Color::Ansi(AnsiColor::White)),
    ("yellow", Color::Ansi(AnsiColor::Yellow)),
];

/// The names that [`terminal_color`] knows, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|(name, _)| *name)
}

/// The terminal's colour for a name, in any case, or for `#rrggbb`; none for anything else.
pub fn terminal_color(text: &str) -> Option<Color> {
    if let Some(digits) = text.strip_prefix('#') {
        return hexadecimal(digits);
    }
    NAMED
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
        .map(|(_, color)| *color)
}

fn hexadecimal(digits: &str) -> Option<Color> {
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(Color::Rgb(RgbColor(part(0)?, part(2)?, part(4)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(terminal_color("Red"), Some(Color::Ansi(AnsiColor::Red)));
        assert_eq!(terminal_color("grey"), terminal_color("gray"));
    }

    #[test]
    fn the_names_are_in_alphabetical_order() {
        assert!(names().is_sorted());
        assert!(names().all(|name| terminal_color(name).is_some()));
    }

    #[test]
    fn six_hexadecimal_digits_are_an_exact_colour() {
        assert_eq!(
            terminal_color("#Ff8000"),
            Some(Color::Rgb(RgbColor(255, 128, 0)))
        );
    }

    #[test]
    fn anything_else_is_no_colour() {
        for text in [
            "",
            "#",
            "#ff800",
            "#ff80000",
            "#gg8000",
            "#+f8000",
            "#é000",
            "crimson-ish",
        ] {
            assert_eq!(terminal_color(text), None, "{text}");
        }
    }
}
