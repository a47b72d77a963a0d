//! A text value of a model file, and where each of its characters stands in the file, so that a caret can point
//! inside a condition even where the TOML string has escapes or several lines.

use std::ops::Range;

/// A text and the places of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileText {
    /// The text as TOML understands it.
    pub value: String,
    /// The bytes of the file from quote to quote.
    pub span: Range<usize>,
    /// For each byte of `value`, and for its end, the offset in the file.
    offsets: Vec<usize>,
}

impl FileText {
    /// `value` as read from `file[span]`, a TOML string with its quotes.
    pub(super) fn new(value: &str, file: &str, span: Range<usize>) -> Self {
        Self {
            value: value.to_owned(),
            offsets: offsets(value, &file[span.clone()], span.start),
            span,
        }
    }

    /// Bytes of the file for bytes of the value.
    pub(super) fn locate(&self, range: Range<usize>) -> Range<usize> {
        let last = self.offsets.len() - 1;
        let start = self.offsets[range.start.min(last)];
        let end = self.offsets[range.end.min(last)];
        // A place behind the last character still needs something to stand under.
        start..end.max(start)
    }
}

/// Walks the string as written beside its value.
fn offsets(value: &str, written: &str, start: usize) -> Vec<usize> {
    let multi_line = written.starts_with("\"\"\"") || written.starts_with("'''");
    let literal = written.starts_with('\'');
    let quotes = if multi_line { 3 } else { 1 };
    let mut at = quotes.min(written.len());
    if multi_line {
        // A line end right after the opening quotes is not part of the value.
        if written[at..].starts_with("\r\n") {
            at += 2;
        } else if written[at..].starts_with('\n') {
            at += 1;
        }
    }
    let mut offsets = Vec::with_capacity(value.len() + 1);
    for character in value.chars() {
        if !literal {
            at += skipped_line_end(&written[at.min(written.len())..]);
        }
        let width = written_width(&written[at.min(written.len())..], character, literal);
        offsets.extend(std::iter::repeat_n(start + at, character.len_utf8()));
        at += width;
    }
    offsets.push(start + at.min(written.len()));
    offsets
}

/// Length of a backslash at a line's end together with the blanks it swallows.
fn skipped_line_end(written: &str) -> usize {
    let Some(rest) = written.strip_prefix('\\') else {
        return 0;
    };
    let blanks = rest.trim_start_matches([' ', '\t']);
    if !(blanks.starts_with('\n') || blanks.starts_with("\r\n")) {
        return 0;
    }
    written.len() - rest.trim_start().len()
}

/// How many bytes of the file stand for one character of the value.
fn written_width(written: &str, character: char, literal: bool) -> usize {
    if literal || !written.starts_with('\\') {
        // TOML may read CR LF as one line feed.
        let line_end = character == '\n' && written.starts_with("\r\n");
        return if line_end { 2 } else { character.len_utf8() };
    }
    match written.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed(value: &str, written: &str, part: &str) -> String {
        let file = format!("when = {written}\n");
        let text = FileText::new(value, &file, 7..7 + written.len());
        let at = value.find(part).expect("the part is in the value");
        file[text.locate(at..at + part.len())].to_owned()
    }

    #[test]
    fn a_plain_string_points_at_itself() {
        assert_eq!(pointed("a = b", "\"a = b\"", "b"), "b");
        assert_eq!(pointed("a = b", "'a = b'", "b"), "b");
    }

    #[test]
    fn escapes_before_the_place_are_counted_as_written() {
        assert_eq!(pointed("\"x\" = y", r#""\"x\" = y""#, "y"), "y");
        assert_eq!(pointed("é = y", r#""\u00e9 = y""#, "y"), "y");
        assert_eq!(pointed("é = y", r#""\u00e9 = y""#, "é"), "\\u00e9");
    }

    #[test]
    fn lines_of_a_multi_line_string_are_counted_as_written() {
        assert_eq!(
            pointed("a = 1\nAND b", "\"\"\"\na = 1\nAND b\"\"\"", "b"),
            "b"
        );
        assert_eq!(
            pointed(
                "a = 1 AND b",
                "\"\"\"\\\n   a = 1 \\\n   AND b\"\"\"",
                "AND"
            ),
            "AND"
        );
        assert_eq!(pointed("a = 1\nAND b", "'''a = 1\r\nAND b'''", "b"), "b");
    }

    #[test]
    fn the_end_of_a_text_has_a_place() {
        let file = "when = \"a =\"";
        let text = FileText::new("a =", file, 7..12);
        assert_eq!(text.locate(3..3), 11..11);
    }
}
