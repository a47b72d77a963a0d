//! The colours a model may give its temperatures, as a terminal and a workbook show them.

use anstyle::{Ansi256Color, AnsiColor, Color, RgbColor};

/// The colours known by name: for a terminal and, as `0xrrggbb`, for where there is no palette. On a terminal the plain
/// ones follow its own palette; the others are of the 256 colours.
const NAMED: &[(&str, Color, u32)] = &[
    ("black", Color::Ansi(AnsiColor::Black), 0x00_0000),
    ("blue", Color::Ansi(AnsiColor::Blue), 0x2f_75b5),
    ("brown", Color::Ansi256(Ansi256Color(130)), 0x8b_5a2b),
    ("cyan", Color::Ansi(AnsiColor::Cyan), 0x00_a3a3),
    ("gray", Color::Ansi256(Ansi256Color(245)), 0x80_8080),
    ("green", Color::Ansi(AnsiColor::Green), 0x3a_9d4a),
    ("grey", Color::Ansi256(Ansi256Color(245)), 0x80_8080),
    ("magenta", Color::Ansi(AnsiColor::Magenta), 0xc2_339a),
    ("orange", Color::Ansi256(Ansi256Color(208)), 0xf3_9c12),
    ("pink", Color::Ansi256(Ansi256Color(212)), 0xf5_a9cb),
    ("purple", Color::Ansi256(Ansi256Color(135)), 0x7e_57c2),
    ("red", Color::Ansi(AnsiColor::Red), 0xd9_3025),
    ("teal", Color::Ansi256(Ansi256Color(37)), 0x00_897b),
    ("violet", Color::Ansi256(Ansi256Color(135)), 0x8e_63ce),
    ("white", Color::Ansi(AnsiColor::White), 0xff_ffff),
    ("yellow", Color::Ansi(AnsiColor::Yellow), 0xff_e066),
];

/// The names that [`terminal_color`] knows, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|(name, _, _)| *name)
}

/// The terminal's colour for a name, in any case, or for `#rrggbb`; none for anything else.
pub fn terminal_color(text: &str) -> Option<Color> {
    match exact(text) {
        Some(rgb) => {
            let [_, red, green, blue] = rgb.to_be_bytes();
            Some(Color::Rgb(RgbColor(red, green, blue)))
        }
        None => named(text).map(|(color, _)| color),
    }
}

/// The colour for a name, in any case, or for `#rrggbb` as the number `0xrrggbb`; none for anything else.
pub fn rgb(text: &str) -> Option<u32> {
    exact(text).or_else(|| named(text).map(|(_, rgb)| rgb))
}

fn named(text: &str) -> Option<(Color, u32)> {
    NAMED
        .iter()
        .find(|(name, _, _)| name.eq_ignore_ascii_case(text))
        .map(|(_, color, rgb)| (*color, *rgb))
}

/// The number of `#rrggbb`.
fn exact(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
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
        assert_eq!(rgb("#Ff8000"), Some(0xff_8000));
    }

    #[test]
    fn every_name_is_a_colour_of_its_own_where_there_is_no_palette() {
        let mut seen: Vec<u32> = names().filter_map(rgb).collect();
        seen.sort_unstable();
        seen.dedup();
        // Gray is grey, and purple and violet are two.
        assert_eq!(seen.len(), NAMED.len() - 1);
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
            assert_eq!(rgb(text), None, "{text}");
        }
    }
}
