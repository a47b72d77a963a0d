//! The patterns of SQL's `LIKE`: `%` is any run of characters, `_` is one, and `\` takes the next literally.
//!
//! A pattern is cut at its `%`s into segments. The first must begin the text, the last must end it, and each one between
//! is looked for from the left, where the first place found leaves most room for the rest: nothing found is ever given up again.

use std::borrow::Cow;

use memchr::memmem::Finder;

use super::ascii_lower;

/// A compiled `LIKE` pattern. Matching takes time in proportion to the text, times a segment's length where the segment
/// holds a `_`.
#[derive(Debug, Clone)]
pub struct Like {
    segments: Vec<Segment>,
    ignore_ascii_case: bool,
}

/// What stands between two `%`s.
#[derive(Debug, Clone)]
enum Segment {
    /// Plain text.
    Literal(Box<Finder<'static>>),
    /// Characters, where `None` is `_`.
    Mixed(Vec<Option<char>>),
}

impl Like {
    /// Compiles a pattern. With `ignore_ascii_case` it is that of `ILIKE`: ASCII letters match in either case.
    ///
    /// # Errors
    /// A phrase that says what is wrong: the pattern ends in a lone `\`.
    pub fn new(pattern: &str, ignore_ascii_case: bool) -> Result<Like, String> {
        let pattern = if ignore_ascii_case {
            ascii_lower(pattern)
        } else {
            Cow::Borrowed(pattern)
        };
        let mut segments = Vec::new();
        let mut segment = Vec::new();
        let mut characters = pattern.chars();
        while let Some(c) = characters.next() {
            match c {
                '%' => segments.push(Segment::new(std::mem::take(&mut segment))),
                '_' => segment.push(None),
                '\\' => match characters.next() {
                    Some(literal) => segment.push(Some(literal)),
                    None => {
                        return Err(
                            "the pattern ends in a lone `\\`; write `\\\\` for a backslash"
                                .to_owned(),
                        );
                    }
                },
                c => segment.push(Some(c)),
            }
        }
        segments.push(Segment::new(segment));
        Ok(Like {
            segments,
            ignore_ascii_case,
        })
    }

    /// Whether the whole text is what the pattern says.
    pub fn matches(&self, text: &str) -> bool {
        if self.ignore_ascii_case {
            self.matches_folded(&ascii_lower(text))
        } else {
            self.matches_folded(text)
        }
    }

    /// Whether ASCII letters match in either case; those of the pattern are then small.
    pub fn ignores_case(&self) -> bool {
        self.ignore_ascii_case
    }

    /// What stands between the pattern's `%`s, of which there is one less: characters, where `None` is `_`.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = Vec<Option<char>>> + '_ {
        self.segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => {
                let literal = String::from_utf8_lossy(literal.needle());
                literal.chars().map(Some).collect()
            }
            Segment::Mixed(characters) => characters.clone(),
        })
    }

    fn matches_folded(&self, text: &str) -> bool {
        let Some((first, rest)) = self.segments.split_first() else {
            return text.is_empty();
        };
        let Some(after_first) = first.length_at_start(text) else {
            return false;
        };
        let text = &text[after_first..];
        let Some((last, middle)) = rest.split_last() else {
            return text.is_empty();
        };
        let Some(before_last) = last.start_at_end(text) else {
            return false;
        };
        let mut text = &text[..before_last];
        for segment in middle {
            match segment.end_of_first_in(text) {
                Some(end) => text = &text[end..],
                None => return false,
            }
        }
        true
    }
}

impl Segment {
    fn new(characters: Vec<Option<char>>) -> Segment {
        match characters.iter().copied().collect::<Option<String>>() {
            Some(literal) => {
                Segment::Literal(Box::new(Finder::new(literal.as_bytes()).into_owned()))
            }
            None => Segment::Mixed(characters),
        }
    }

    /// How many bytes of the text's beginning are this segment.
    fn length_at_start(&self, text: &str) -> Option<usize> {
        match self {
            Segment::Literal(literal) => text
                .as_bytes()
                .starts_with(literal.needle())
                .then(|| literal.needle().len()),
            Segment::Mixed(characters) => {
                let mut rest = text.chars();
                for expected in characters {
                    let found = rest.next()?;
                    if expected.is_some_and(|expected| expected != found) {
                        return None;
                    }
                }
                Some(text.len() - rest.as_str().len())
            }
        }
    }

    /// Where in the text this segment begins, if it ends the text.
    fn start_at_end(&self, text: &str) -> Option<usize> {
        match self {
            Segment::Literal(literal) => text
                .as_bytes()
                .ends_with(literal.needle())
                .then(|| text.len() - literal.needle().len()),
            Segment::Mixed(characters) => {
                let mut rest = text.chars();
                for expected in characters.iter().rev() {
                    let found = rest.next_back()?;
                    if expected.is_some_and(|expected| expected != found) {
                        return None;
                    }
                }
                Some(rest.as_str().len())
            }
        }
    }

    /// Where this segment's first occurrence in the text ends.
    fn end_of_first_in(&self, text: &str) -> Option<usize> {
        match self {
            Segment::Literal(literal) => literal
                .find(text.as_bytes())
                .map(|start| start + literal.needle().len()),
            Segment::Mixed(_) => text.char_indices().find_map(|(start, _)| {
                self.length_at_start(&text[start..])
                    .map(|length| start + length)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(text: &str, pattern: &str) -> bool {
        Like::new(pattern, false).unwrap().matches(text)
    }

    #[test]
    fn a_pattern_is_about_the_whole_text() {
        for (text, pattern) in [
            ("", ""),
            ("", "%"),
            ("", "%%"),
            ("abc", "abc"),
            ("abc", "a%"),
            ("abc", "%c"),
            ("abc", "%b%"),
            ("abc", "a_c"),
            ("abc", "___"),
            ("abc", "%_%_%_%"),
            ("/pricing/plans", "/pricing%"),
            ("aXbXc", "a%X%c"),
            ("abab", "%ab"),
            ("aab", "%a_"),
            ("née", "n_e"),
            ("日本", "__"),
            ("line\nbreak", "line%break"),
        ] {
            assert!(like(text, pattern), "{text:?} LIKE {pattern:?}");
        }
    }

    #[test]
    fn more_or_less_text_than_the_pattern_does_not_match() {
        for (text, pattern) in [
            ("abc", ""),
            ("abc", "ab"),
            ("abc", "bc"),
            ("abc", "a_"),
            ("abc", "____"),
            ("", "_"),
            ("aba", "ab%ba"),
            ("ABC", "abc"),
            ("née", "n__e"),
            ("日", "__"),
            ("a", "a%a"),
        ] {
            assert!(!like(text, pattern), "{text:?} LIKE {pattern:?}");
        }
    }

    #[test]
    fn a_backslash_takes_the_next_character_literally() {
        assert!(like("100%", r"100\%"));
        assert!(!like("1000", r"100\%"));
        assert!(like("a_b", r"a\_b"));
        assert!(!like("axb", r"a\_b"));
        assert!(like(r"a\b", r"a\\b"));
        assert!(like("ab", r"a\b"));
    }

    #[test]
    fn a_lone_backslash_at_the_end_is_refused() {
        assert!(Like::new(r"abc\", false).unwrap_err().contains("lone"));
        assert!(Like::new(r"abc\\", false).is_ok());
    }

    #[test]
    fn ilike_folds_ascii_letters_only() {
        let pattern = Like::new("%MÁLAGA%", true).unwrap();
        assert!(pattern.matches("near mÁlaga city"));
        assert!(!pattern.matches("near málaga city"));
    }

    #[test]
    fn a_pattern_of_many_percent_signs_finishes_on_a_long_text() {
        let text = "a".repeat(20_000);
        assert!(!like(&text, &format!("{}b", "%a".repeat(60))));
        assert!(!like(&text, &format!("{}b%", "%a_".repeat(60))));
    }

    /// What the standard says, tried in every possible way.
    fn matches_by_definition(text: &[char], pattern: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['%', rest @ ..] => {
                (0..=text.len()).any(|skipped| matches_by_definition(&text[skipped..], rest))
            }
            ['_', rest @ ..] => !text.is_empty() && matches_by_definition(&text[1..], rest),
            ['\\', literal, rest @ ..] | [literal, rest @ ..] => {
                text.first() == Some(literal) && matches_by_definition(&text[1..], rest)
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn it_matches_what_the_definition_matches(text in r"[abé%]{0,10}", pattern in r"([abé%_]|\\[a%_\\]){0,8}") {
            let expected = matches_by_definition(&text.chars().collect::<Vec<_>>(), &pattern.chars().collect::<Vec<_>>());
            prop_assert_eq!(like(&text, &pattern), expected);
        }

        #[test]
        fn ignoring_case_is_matching_what_both_say_in_lower_case(text in "[aAbBéÉ]{0,8}", pattern in "[aAbBéÉ%_]{0,6}") {
            let folded = like(&text.to_ascii_lowercase(), &pattern.to_ascii_lowercase());
            prop_assert_eq!(Like::new(&pattern, true).unwrap().matches(&text), folded);
        }
    }
}
