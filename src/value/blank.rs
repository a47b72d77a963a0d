//! Cells that say nothing, and the white space around those that do.

/// The text without Unicode white space at either end.
pub fn trim(text: &str) -> &str {
    text.trim()
}

/// The bytes of a cell without Unicode white space at either end: the same answer as [`trim`], and quick where the
/// ends are ASCII. Bytes that are not UTF-8 are only rid of ASCII white space.
pub fn trim_ascii_fast(cell: &[u8]) -> &[u8] {
    let mut cell = cell;
    while let [first, rest @ ..] = cell
        && is_ascii_space(*first)
    {
        cell = rest;
    }
    while let [rest @ .., last] = cell
        && is_ascii_space(*last)
    {
        cell = rest;
    }
    match cell {
        [first, .., last] if first.is_ascii() && last.is_ascii() => cell,
        [] | [_] => cell,
        _ => std::str::from_utf8(cell).map_or(cell, |text| text.trim().as_bytes()),
    }
}

/// The ASCII part of Unicode `White_Space`: tab, line feed, vertical tab, form feed, carriage return and space.
const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Which cells mean that nothing is known: empty ones, white space, and the texts a model names as `blank`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blanks {
    named: Vec<Box<[u8]>>,
}

impl Blanks {
    /// Empty cells and white space, and besides these the cells that say exactly one of `named` once trimmed.
    pub fn new<T: AsRef<str>>(named: impl IntoIterator<Item = T>) -> Self {
        let mut named: Vec<Box<[u8]>> = named
            .into_iter()
            .map(|text| trim(text.as_ref()).as_bytes().into())
            .collect();
        named.retain(|text| !text.is_empty());
        named.sort_unstable();
        named.dedup();
        Blanks { named }
    }

    /// The texts that say nothing besides white space, trimmed.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let named = self.named.iter();
        named.filter_map(|text| std::str::from_utf8(text).ok())
    }

    /// Whether the cell says nothing.
    #[inline]
    pub fn is_blank(&self, cell: &[u8]) -> bool {
        // Most cells begin with what is no white space, and mostly nothing is named.
        if self.named.is_empty() && cell.first().is_some_and(u8::is_ascii_graphic) {
            return false;
        }
        self.is_blank_trimmed(cell)
    }

    fn is_blank_trimmed(&self, cell: &[u8]) -> bool {
        let cell = trim_ascii_fast(cell);
        cell.is_empty() || self.named.iter().any(|text| **text == *cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_no_break_space_is_trimmed_like_any_other() {
        assert_eq!(trim("\u{a0} x y \u{3000}\t"), "x y");
        assert_eq!(trim_ascii_fast("\u{a0} x y \u{3000}\t".as_bytes()), b"x y");
    }

    #[test]
    fn empty_cells_and_white_space_are_blank_without_saying_so() {
        let blanks = Blanks::default();
        for cell in ["", " ", "\t\r\n", "\u{a0}", "\u{2003} "] {
            assert!(blanks.is_blank(cell.as_bytes()), "{cell:?}");
        }
        for cell in ["-", "0", "N/A", "\u{200b}"] {
            assert!(!blanks.is_blank(cell.as_bytes()), "{cell:?}");
        }
    }

    #[test]
    fn named_blanks_match_exactly_once_trimmed() {
        let blanks = Blanks::new(["", "Select", " N/A ", "-"]);
        for cell in ["", "  ", "Select", " Select ", "N/A", "-"] {
            assert!(blanks.is_blank(cell.as_bytes()), "{cell:?}");
        }
        for cell in ["select", "Select one", "--", "n/a"] {
            assert!(!blanks.is_blank(cell.as_bytes()), "{cell:?}");
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_left_alone() {
        assert_eq!(trim_ascii_fast(b" \xff\xfe "), b"\xff\xfe");
    }

    proptest! {
        #[test]
        fn the_quick_way_trims_as_the_plain_way(text in "[ \t\u{b}\u{a0}\u{2003}\u{85}aé\u{0}]{0,8}") {
            prop_assert_eq!(trim_ascii_fast(text.as_bytes()), trim(&text).as_bytes());
        }
    }
}
