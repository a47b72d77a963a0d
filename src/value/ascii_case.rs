//! Upper and lower case of ASCII letters alone, so that every database folds the same way.

use std::borrow::Cow;

/// The text with its ASCII letters in lower case; other letters stay as they are.
pub fn ascii_lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text with its ASCII letters in upper case; other letters stay as they are.
pub fn ascii_upper(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(text.to_ascii_uppercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ascii_letters_fold() {
        assert_eq!(ascii_lower("Málaga ÀB"), "málaga Àb");
        assert_eq!(ascii_upper("málaga ß"), "MáLAGA ß");
    }

    #[test]
    fn text_that_needs_no_folding_is_not_copied() {
        assert!(matches!(ascii_lower("é 1 lower"), Cow::Borrowed(_)));
        assert!(matches!(ascii_upper("É 1 UPPER"), Cow::Borrowed(_)));
    }
}
