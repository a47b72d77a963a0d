//! Whether the words of a header or an event type are those of something known.
//!
//! A stem is the beginning of a word (`unsubscri` is found in `unsubscribed`); `*` before it finds it anywhere in a
//! word, as German and Dutch compounds need, and `$` behind it asks for the whole word.

/// Stems that must all be found.
pub(super) type Stems = &'static [&'static str];

/// Whether all stems are found among the words.
pub(super) fn are_there(stems: &[&str], words: &[String]) -> bool {
    stems
        .iter()
        .all(|stem| words.iter().any(|word| fits(stem, word)))
}

/// Whether any of these sets of stems is.
pub(super) fn any(sets: &[Stems], words: &[String]) -> bool {
    sets.iter().any(|stems| are_there(stems, words))
}

fn fits(stem: &str, word: &str) -> bool {
    if let Some(part) = stem.strip_prefix('*') {
        word.contains(part)
    } else if let Some(whole) = stem.strip_suffix('$') {
        word == whole
    } else {
        word.starts_with(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::super::survey::words;
    use super::*;

    #[test]
    fn stems_are_beginnings_parts_or_whole_words() {
        let words = words("email_unsubscribed_offertebedrag");
        for (stems, found) in [
            (&["unsubscri"][..], true),
            (&["subscri"], false),
            (&["*subscri"], true),
            (&["*bedrag", "mail$"], false),
            (&["*bedrag", "email$"], true),
            (&["unsubscri$"], false),
        ] {
            assert_eq!(are_there(stems, &words), found, "{stems:?}");
        }
    }
}
