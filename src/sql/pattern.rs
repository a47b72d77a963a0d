//! Regular expressions of the shared syntax, spelled for an engine: what `.`, `^` and `$` mean differs from one to the
//! other, all else does not.

/// How an engine's regular expressions spell what engines spell differently.
#[derive(Debug, Clone, Copy)]
pub struct Spelling {
    /// What turns the engine's own ways off; stands in front of every pattern.
    pub prefix: &'static str,
    /// Any character but a line feed.
    pub any: &'static str,
    /// The very end of the text.
    pub end: &'static str,
    /// The beginning of a group.
    pub group: &'static str,
}

impl Spelling {
    /// As RE2 and the `regex` crate have it, and so the shared syntax.
    pub const SHARED: Self = Self {
        prefix: "",
        any: ".",
        end: "$",
        group: "(?:",
    };

    /// A pattern that is found where the shared one is.
    pub fn found(&self, pattern: &str) -> String {
        format!("{}{}", self.prefix, self.translated(pattern))
    }

    /// A pattern that is found where the shared one matches the whole text.
    pub fn whole(&self, pattern: &str) -> String {
        let inner = self.translated(pattern);
        format!("{}^{}{inner}){}", self.prefix, self.group, self.end)
    }

    fn translated(&self, pattern: &str) -> String {
        let mut translated = String::with_capacity(pattern.len());
        let mut characters = pattern.chars().peekable();
        let mut in_class = false;
        // A `]` right behind the beginning of a class is one of its characters.
        let mut class_begins = false;
        while let Some(character) = characters.next() {
            match character {
                '\\' => {
                    translated.push(character);
                    translated.extend(characters.next());
                    class_begins = false;
                    continue;
                }
                '[' if !in_class => {
                    in_class = true;
                    class_begins = true;
                    translated.push('[');
                    if characters.next_if_eq(&'^').is_some() {
                        translated.push('^');
                    }
                    continue;
                }
                ']' if in_class && !class_begins => in_class = false,
                '.' if !in_class => {
                    translated.push_str(self.any);
                    continue;
                }
                '$' if !in_class => {
                    translated.push_str(self.end);
                    continue;
                }
                '(' if !in_class && self.group == "(" => {
                    translated.push('(');
                    if characters.next_if_eq(&'?').is_some() {
                        characters.next_if_eq(&':');
                    }
                    continue;
                }
                _ => {}
            }
            class_begins = false;
            translated.push(character);
        }
        translated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRANGE: Spelling = Spelling {
        prefix: "(?d)",
        any: "[^\\n]",
        end: "\\z",
        group: "(",
    };

    #[test]
    fn what_engines_share_stays_as_it_stands() {
        let pattern = "^[A-Z]{2,3}(?:x|y)*\\.$";
        assert_eq!(Spelling::SHARED.found(pattern), pattern);
        assert_eq!(Spelling::SHARED.whole("a|b"), "^(?:a|b)$");
    }

    #[test]
    fn points_ends_and_groups_are_spelled_as_the_engine_has_them() {
        assert_eq!(STRANGE.found("a.b$"), "(?d)a[^\\n]b\\z");
        assert_eq!(STRANGE.found("(?:a)(b)"), "(?d)(a)(b)");
        assert_eq!(STRANGE.whole("a"), "(?d)^(a)\\z");
    }

    #[test]
    fn signs_in_classes_and_behind_a_backslash_stand_for_themselves() {
        assert_eq!(STRANGE.found("[.$(]\\.\\$"), "(?d)[.$(]\\.\\$");
        assert_eq!(STRANGE.found("[]$].[^].]."), "(?d)[]$][^\\n][^].][^\\n]");
    }
}
