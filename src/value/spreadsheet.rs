//! Cells that a spreadsheet opens without running them.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a lead can choose their own
//! name. Such a cell gets a `'` in front, which a spreadsheet reads as "this is text". Because a spreadsheet may
//! split a cell anew at a `;`, a tab or a line break, each part between those is looked at on its own.
//!
//! A control character or one that turns the direction of text round acts on whatever shows the file, so it is
//! spelled by its number, `\u{1b}`. A text that already holds such a spelling gets its backslash spelled, `\u{5c}`.
//!
//! Reading takes exactly one `'` off again and turns exactly these spellings back, so nothing is lost on the way
//! through: `unescape(escape(x))` is `x` for every `x`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{is_format_character, is_variation_selector};

/// Whether text cells are made safe for spreadsheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CsvEscape {
    /// A cell that a spreadsheet would run is prefixed with `'`, and characters that act unseen are spelled.
    #[default]
    Formulas,
    /// Cells are written as they are, for pipes between machines.
    None,
}

/// The cell with a `'` before each part that a spreadsheet would run, and with control and bidirectional characters
/// spelled by their number; borrowed where there is nothing to change.
///
/// A cell that is a plain number, such as `-3.5` or `1e-6`, is left alone. A cell that is changed becomes longer.
///
/// ```
/// use hotlist::value::spreadsheet::escape;
///
/// assert_eq!(escape("=1+1"), "'=1+1");
/// assert_eq!(escape("'=1+1"), "''=1+1");
/// assert_eq!(escape("a;-1"), "a;'-1");
/// assert_eq!(escape("-1"), "-1");
/// assert_eq!(escape("\u{1b}[31m"), r"\u{1b}[31m");
/// ```
pub fn escape(cell: &str) -> Cow<'_, str> {
    if is_plain(cell) {
        return Cow::Borrowed(cell);
    }
    match spell(cell) {
        Cow::Borrowed(cell) => quote(cell),
        Cow::Owned(cell) => Cow::Owned(quote(&cell).into_owned()),
    }
}

/// The cell as it was before [`escape`]: one `'` off the start of each part that would run without it, and every
/// spelling turned into its character.
///
/// ```
/// use hotlist::value::spreadsheet::unescape;
///
/// assert_eq!(unescape("''=1+1"), "'=1+1");
/// assert_eq!(unescape("'t Hart"), "'t Hart");
/// assert_eq!(unescape(r"\u{1b}[31m"), "\u{1b}[31m");
/// ```
pub fn unescape(cell: &str) -> Cow<'_, str> {
    unescaped(cell, |_| true)
}

/// As [`unescape`], for cells of exports: control characters stay spelled. No cell of an export may hold them, so
/// nobody had to spell them, and who writes such a spelling into a name does not get the character.
///
/// ```
/// use hotlist::value::spreadsheet::unescape_export;
///
/// assert_eq!(unescape_export("'=1+1"), "=1+1");
/// assert_eq!(unescape_export(r"\u{1b}[31m"), r"\u{1b}[31m");
/// assert_eq!(unescape_export(r"\u{202e}"), "\u{202e}");
/// ```
pub fn unescape_export(cell: &str) -> Cow<'_, str> {
    unescaped(cell, |c| !c.is_ascii_control())
}

fn unescaped(cell: &str, turns_back: fn(char) -> bool) -> Cow<'_, str> {
    if memchr::memchr2(b'\'', b'\\', cell.as_bytes()).is_none() {
        return Cow::Borrowed(cell);
    }
    match unquote(cell) {
        Cow::Borrowed(cell) => unspell(cell, turns_back),
        Cow::Owned(cell) => Cow::Owned(unspell(&cell, turns_back).into_owned()),
    }
}

/// Whether a character is spelled by its number: a control character that is no tab and no line break, and whatever
/// changes the direction of the text around it.
fn is_spelled(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        _ => c.is_control(),
    }
}

/// Whether a byte may belong to something to spell: a control character, a backslash, or the first byte of U+0080 to
/// U+009F, of U+061C, or of U+200E to U+2069.
const fn may_be_spelled(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        0..=0x1f | 0x7f | b'\\' | 0xc2 | 0xd8 | 0xe2 => true,
        _ => false,
    }
}

/// Whether a look at its bytes shows that [`escape`] leaves the cell as it is: nothing in it is to be spelled or breaks
/// the line, and each of its parts begins with a letter or a digit, after blanks at the most. Most cells are so.
fn is_plain(cell: &str) -> bool {
    const BREAKS: u8 = 1;
    const DIVIDES: u8 = 2;
    const KINDS: [u8; 256] = {
        let mut kinds = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "below 256")]
            let this = byte as u8;
            kinds[byte] = match this {
                b';' => DIVIDES,
                b'\t' | b'\r' | b'\n' => BREAKS,
                _ if may_be_spelled(this) => BREAKS,
                _ => 0,
            };
            byte += 1;
        }
        kinds
    };
    let bytes = cell.as_bytes();
    let begins_plain = |part: &[u8]| {
        let start = part.iter().find(|byte| **byte != b' ');
        start.is_some_and(u8::is_ascii_alphanumeric)
    };
    // No branch for each byte, so that many are looked at in one go.
    let kinds = |kinds: u8, byte: &u8| kinds | KINDS[usize::from(*byte)];
    match bytes.iter().fold(0, kinds) {
        _ if bytes.is_empty() => true,
        0 => begins_plain(bytes),
        DIVIDES => {
            begins_plain(bytes)
                && memchr::memchr_iter(b';', bytes).all(|end| begins_plain(&bytes[end + 1..]))
        }
        _ => false,
    }
}

/// The text with characters that act unseen spelled, and the backslash of what looks like a spelling already.
fn spell(text: &str) -> Cow<'_, str> {
    let is_marked = |at: usize, c: char| match c {
        '\\' => spelling(&text[at..]).is_some(),
        _ => is_spelled(c),
    };
    if !text.bytes().any(may_be_spelled) || !text.char_indices().any(|(at, c)| is_marked(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if is_marked(at, c) {
            // A String takes every write.
            let _ = write!(spelled, "\\u{{{:x}}}", u32::from(c));
        } else {
            spelled.push(c);
        }
    }
    Cow::Owned(spelled)
}

/// The text before [`spell`], as far as its characters are to be turned back.
fn unspell(text: &str, turns_back: fn(char) -> bool) -> Cow<'_, str> {
    let mut plain = String::new();
    // Where what is not yet taken over begins.
    let mut start = 0;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        if let Some((c, length)) = spelling(&text[at..])
            && turns_back(c)
        {
            plain.push_str(&text[start..at]);
            plain.push(c);
            start = at + length;
        }
    }
    if start == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(&text[start..]);
    Cow::Owned(plain)
}

/// The character that a text begins with the spelling of, and how long the spelling is.
///
/// Only what [`spell`] writes is one: lower-case digits without a zero in front, and a character that is spelled.
fn spelling(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix("\\u{")?;
    let digits = &rest[..rest.bytes().take(5).position(|byte| byte == b'}')?];
    let is_canonical = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let has_idle_zero = digits.len() > 1 && digits.starts_with('0');
    if digits.is_empty() || has_idle_zero || !digits.bytes().all(is_canonical) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (c == '\\' || is_spelled(c)).then_some((c, "\\u{}".len() + digits.len()))
}

/// The cell with a `'` before each part that would run.
fn quote(cell: &str) -> Cow<'_, str> {
    if is_plain_number(cell) || !parts(cell).any(|part| part.would_run()) {
        return Cow::Borrowed(cell);
    }
    let mut safe = String::with_capacity(cell.len() + 4);
    for part in parts(cell) {
        if part.would_run() {
            safe.push('\'');
        }
        safe.push_str(part.text);
        safe.extend(part.separator);
    }
    Cow::Owned(safe)
}

/// The cell before [`quote`].
fn unquote(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let mut plain = String::with_capacity(cell.len());
    for part in parts(cell) {
        // An apostrophe does not change whether its part would run, so the whole part can be asked.
        let text = match part.text.strip_prefix('\'') {
            Some(rest) if part.would_run() => rest,
            _ => part.text,
        };
        plain.push_str(text);
        plain.extend(part.separator);
    }
    if plain == cell {
        Cow::Borrowed(cell)
    } else {
        Cow::Owned(plain)
    }
}

/// A stretch of a cell that a spreadsheet may take for a cell of its own.
struct Part<'cell> {
    text: &'cell str,
    /// What ends the part; none at the end of the cell.
    separator: Option<char>,
    is_first: bool,
}

impl Part<'_> {
    /// Whether a spreadsheet would take the part for a formula, whatever blanks, invisible characters,
    /// apostrophes and quotes it begins with. A tab or line break at the start of a cell counts too: it is thrown away when
    /// the cell is opened, and what follows it becomes the start.
    fn would_run(&self) -> bool {
        // Most parts begin with a letter or a digit, after a blank or two, and that settles it.
        let start = self.text.trim_start_matches(' ');
        if start.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return false;
        }
        match self.text.chars().find(|c| !is_passed_over(*c)) {
            Some(start) => is_formula_start(start),
            None => self.is_first && matches!(self.separator, Some('\t' | '\r' | '\n')),
        }
    }
}

fn parts(cell: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = Some(cell);
    let mut is_first = true;
    std::iter::from_fn(move || {
        let text = rest?;
        // All four separators are one byte long.
        let end = text
            .bytes()
            .position(|byte| matches!(byte, b';' | b'\t' | b'\r' | b'\n'));
        rest = end.map(|end| &text[end + 1..]);
        let part = Part {
            text: &text[..end.unwrap_or(text.len())],
            separator: end.and_then(|end| text[end..].chars().next()),
            is_first,
        };
        is_first = false;
        Some(part)
    })
}

/// Characters that start a formula, and their full-width forms.
fn is_formula_start(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
    )
}

/// Characters a spreadsheet may drop or ignore before a formula. A quote is one of them: where a cell is split anew,
/// it may open a quoted cell.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\'' | '"')
        || c.is_whitespace()
        || is_format_character(c)
        || is_variation_selector(c)
}

/// `^-?\d+(\.\d+)?([eE][+-]?\d+)?$`, with ASCII digits.
fn is_plain_number(cell: &str) -> bool {
    let Some(rest) = digits(cell.strip_prefix('-').unwrap_or(cell)) else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => match digits(fraction) {
            Some(rest) => rest,
            None => return false,
        },
        None => rest,
    };
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) == Some(""),
        None => rest.is_empty(),
    }
}

/// What follows one or more digits.
fn digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_escapes(cases: &[(&str, &str)]) {
        for (cell, safe) in cases {
            assert_eq!(escape(cell), *safe, "{cell:?}");
            assert_eq!(unescape(safe), *cell, "{safe:?}");
        }
    }

    #[test]
    fn the_four_formula_starts_are_prefixed() {
        assert_escapes(&[
            (
                "=HYPERLINK(\"http://x.example\")",
                "'=HYPERLINK(\"http://x.example\")",
            ),
            ("+31612345678", "'+31612345678"),
            ("-1+1", "'-1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
        ]);
    }

    #[test]
    fn their_full_width_forms_are_prefixed() {
        assert_escapes(&[
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠a", "'＠a"),
        ]);
    }

    #[test]
    fn blanks_zero_width_characters_and_a_byte_order_mark_do_not_hide_a_formula() {
        assert_escapes(&[
            ("  =1", "'  =1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{200b}\u{a0}=1", "'\u{200b}\u{a0}=1"),
            ("\u{3000}@a", "'\u{3000}@a"),
        ]);
    }

    #[test]
    fn a_quote_does_not_hide_a_formula() {
        assert_escapes(&[
            ("x;\"=cmd|' /C calc'!A0\"", "x;'\"=cmd|' /C calc'!A0\""),
            ("\"=1\"", "'\"=1\""),
            ("'\" \"@a", "''\" \"@a"),
        ]);
    }

    #[test]
    fn a_tab_or_line_break_at_the_start_is_prefixed() {
        assert_escapes(&[
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            (" \t", "' \t"),
        ]);
    }

    #[test]
    fn each_part_after_an_inner_separator_is_looked_at() {
        assert_escapes(&[
            ("a;-1", "a;'-1"),
            ("a; =1;b;@c", "a;' =1;b;'@c"),
            ("a\n=1", "a\n'=1"),
            ("a\r\n+1\t-1", "a\r\n'+1\t'-1"),
            (";=1", ";'=1"),
            ("\n=1", "'\n'=1"),
        ]);
    }

    #[test]
    fn an_apostrophe_that_was_there_before_is_kept() {
        assert_escapes(&[
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("' '=1", "'' '=1"),
            ("'-5", "''-5"),
        ]);
    }

    #[test]
    fn harmless_text_is_borrowed_as_it_is() {
        for cell in [
            "", "Anna", "'t Hart", "a-b", "a = b", "x;y", "1+1", "a\tb", ";", "'", "\"", "\"Ann\"",
        ] {
            assert!(
                matches!(escape(cell), Cow::Borrowed(same) if same == cell),
                "{cell:?}"
            );
            assert!(
                matches!(unescape(cell), Cow::Borrowed(same) if same == cell),
                "{cell:?}"
            );
        }
    }

    #[test]
    fn plain_numbers_are_left_alone_both_ways() {
        for cell in ["-1", "-0.25", "1e5", "-1.5E-10", "12", "0", "2e+3"] {
            assert_eq!(escape(cell), cell);
            assert_eq!(unescape(cell), cell);
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_prefixed() {
        for cell in [
            "+1", "-", "-.5", "-1.", "-1e", "-1e+", "-1 ", "-１", "--1", "-1,5",
        ] {
            assert_eq!(escape(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn control_and_bidirectional_characters_are_spelled_by_their_number() {
        assert_escapes(&[
            ("\u{1b}[31mred\u{7}", r"\u{1b}[31mred\u{7}"),
            (
                "\0\u{7f}\u{80}\u{85}\u{9b}",
                r"\u{0}\u{7f}\u{80}\u{85}\u{9b}",
            ),
            ("gpj.\u{202e}exe", r"gpj.\u{202e}exe"),
            (
                "\u{61c}\u{200e}\u{200f}\u{202a}\u{2066}\u{2069}",
                r"\u{61c}\u{200e}\u{200f}\u{202a}\u{2066}\u{2069}",
            ),
            ("x;\u{202e}=1", r"x;\u{202e}=1"),
            ("=1\u{1b}", r"'=1\u{1b}"),
        ]);
    }

    #[test]
    fn what_looks_like_a_spelling_already_gets_its_backslash_spelled() {
        assert_escapes(&[
            (r"\u{1b}", r"\u{5c}u{1b}"),
            (r"\u{5c}", r"\u{5c}u{5c}"),
            (r"\u{5c}u{1b}", r"\u{5c}u{5c}u{1b}"),
            (r"\\u{202e}", r"\\u{5c}u{202e}"),
        ]);
    }

    #[test]
    fn what_only_resembles_a_spelling_is_left_alone() {
        for cell in [
            r"\u{1B}",
            r"\u{01b}",
            r"\u{}",
            r"\u{61}",
            r"\u{1b",
            r"\u{9}",
            r"\u{a}",
            r"\u1b",
            r"a\b",
            r"\u{110000}",
            r"\u{d800}",
            r"\u{200b}",
            "\u{200b}",
            "a\u{200d}b",
            "é",
            "€",
        ] {
            assert_eq!(escape(cell), cell);
            assert_eq!(unescape(cell), cell);
        }
    }

    /// Texts in which the characters that matter are frequent.
    fn nasty() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "=",
            "+",
            "-",
            "@",
            "＝",
            "－",
            "'",
            "'",
            ";",
            "\t",
            "\r",
            "\n",
            " ",
            "\u{feff}",
            "\u{200b}",
            "a",
            "1",
            ".",
            "e",
            "\"",
            "\\",
            "u{",
            "}",
            "1b",
            "5c",
            "9b",
            "0",
            "\\u{1b}",
            "\\u{5c}",
            "\\u{202e}",
            "\u{1b}",
            "\u{9b}",
            "\u{202e}",
            "\u{61c}",
            "\u{0}",
        ]);
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_cell_that_looks_plain_is_left_as_it_is(cell in "[a-c0-9][a-c0-9;=+ \t\\\\\u{7}é]{0,12}") {
            if is_plain(&cell) {
                let spelled = spell(&cell);
                prop_assert_eq!(quote(&spelled), cell.as_str());
            }
        }

        #[test]
        fn reading_gives_back_what_was_written(cell in nasty()) {
            let safe = escape(&cell).into_owned();
            prop_assert_eq!(unescape(&safe), cell);
        }

        #[test]
        fn reading_gives_back_any_text_at_all(cell in any::<String>()) {
            let safe = escape(&cell).into_owned();
            prop_assert_eq!(unescape(&safe), cell);
        }

        #[test]
        fn no_part_that_would_run_is_without_its_apostrophe(cell in nasty()) {
            prop_assume!(!is_plain_number(&cell));
            let safe = escape(&cell).into_owned();
            for part in parts(&safe) {
                prop_assert!(!part.would_run() || part.text.starts_with('\''), "{:?}", part.text);
            }
        }

        #[test]
        fn nothing_but_apostrophes_and_spellings_is_added(cell in nasty()) {
            let safe = escape(&cell).into_owned();
            let bare = |text: &str| text.replace('\'', "");
            prop_assert_eq!(bare(&unspell(&safe, |_| true)), bare(&cell));
        }

        #[test]
        fn nothing_that_acts_unseen_is_left(cell in prop_oneof![nasty(), any::<String>()]) {
            let safe = escape(&cell).into_owned();
            prop_assert!(!safe.contains(is_spelled), "{:?}", safe);
        }

        #[test]
        fn a_cell_that_is_changed_becomes_longer(cell in prop_oneof![nasty(), any::<String>()]) {
            let safe = escape(&cell).into_owned();
            prop_assert_eq!(safe.len() > cell.len(), safe != cell);
        }
    }
}
