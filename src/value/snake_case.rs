//! The name a header goes by in a model: `Lead Source` and `LeadSource` are both `lead_source`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A header in `snake_case`: words in lower case joined by `_`, accents taken off Latin letters, letters of other
/// scripts kept. A dot directly between two words stays, because it separates the parts of a path.
///
/// ```
/// # use hotlist::value::snake_case;
/// assert_eq!(snake_case("Person - Email - Work"), "person_email_work");
/// assert_eq!(snake_case("marketoGUID"), "marketo_guid");
/// assert_eq!(snake_case("property_details.price_max"), "property_details.price_max");
/// ```
pub fn snake_case(header: &str) -> String {
    let letters = plain_letters(header);
    let mut name = String::with_capacity(letters.len());
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        if is_part_of_word(letter) {
            if begins_hump(&letters, index) {
                separate(&mut name);
            }
            name.extend(letter.to_lowercase());
        } else if letter == '.'
            && before.is_some_and(is_part_of_word)
            && after.is_some_and(is_part_of_word)
        {
            name.push('.');
        } else {
            separate(&mut name);
        }
    }
    // Letters of other scripts were taken apart with their marks; put them together again.
    name.trim_end_matches('_').nfc().collect()
}

/// A name in `snake_case` by its letters and digits alone: how headers are compared that are not written alike.
pub fn folded(snake: &str) -> String {
    snake.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The header's characters taken apart, without the accents of Latin letters.
fn plain_letters(header: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(header.len());
    let mut base = None;
    for c in header.nfd() {
        if !is_combining_mark(c) {
            base = Some(c);
        } else if base.is_none_or(|base| base < '\u{250}') {
            // Latin letters end at U+024F; in other scripts a mark can make another letter.
            continue;
        }
        letters.push(c);
    }
    letters
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a capital begins a new word: after a small letter or digit (`leadSource`), or as the last of several before
/// a small letter (`GUIDValue`), unless that is the plural of an abbreviation (`IDs`).
fn begins_hump(letters: &[char], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| letters[before]) else {
        return false;
    };
    if !letters[index].is_uppercase() {
        return false;
    }
    if before.is_lowercase() || before.is_numeric() {
        return true;
    }
    let mut after = letters[index + 1..].iter().copied();
    before.is_uppercase()
        && match (after.next(), after.next()) {
            (Some('s'), next) => next.is_some_and(char::is_lowercase),
            (Some(next), _) => next.is_lowercase(),
            (None, _) => false,
        }
}

/// Puts one `_` between words, and none at the beginning or next to a dot.
fn separate(name: &mut String) {
    if !name.is_empty() && !name.ends_with(['_', '.']) {
        name.push('_');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headers_become_the_names_their_readers_expect() {
        for (header, name) in [
            ("Lead Source", "lead_source"),
            ("LeadSource", "lead_source"),
            ("lead_source", "lead_source"),
            ("LEAD SOURCE", "lead_source"),
            ("leadSource", "lead_source"),
            ("marketoGUID", "marketo_guid"),
            ("GUIDValue", "guid_value"),
            ("Contact ID", "contact_id"),
            ("ContactIDs", "contact_ids"),
            ("URLs", "urls"),
            ("Person - Email - Work", "person_email_work"),
            ("property_details.price_max", "property_details.price_max"),
            ("PropertyDetails.PriceMax", "property_details.price_max"),
            ("No. of employees", "no_of_employees"),
            ("Phone*", "phone"),
            ("  # of Visits (30d) ", "of_visits_30d"),
            ("E-mail", "e_mail"),
            ("Address2", "address2"),
            ("Line2Name", "line2_name"),
            ("__private__", "private"),
            (".hidden.", "hidden"),
            ("a..b", "a_b"),
            ("Société", "societe"),
            ("Prénom de l’acheteur", "prenom_de_l_acheteur"),
            ("Größe", "große"),
            ("Teléfono móvil", "telefono_movil"),
            ("Компания", "компания"),
            ("Последний", "последний"),
            ("会社名", "会社名"),
            ("メールがある", "メールがある"),
            ("% complete", "complete"),
            ("***", ""),
            ("", ""),
        ] {
            assert_eq!(snake_case(header), name, "{header:?}");
        }
    }

    #[test]
    fn it_does_not_matter_whether_an_accent_is_composed() {
        assert_eq!(snake_case("Pre\u{301}nom"), snake_case("Pr\u{e9}nom"));
    }

    proptest! {
        #[test]
        fn a_name_stays_what_it_is(header in "[A-Za-z0-9 ._*éÉñß公йЙ-]{0,16}") {
            let name = snake_case(&header);
            prop_assert_eq!(snake_case(&name), name);
        }

        #[test]
        fn no_name_begins_or_ends_with_a_separator_or_doubles_it(header: String) {
            let name = snake_case(&header);
            prop_assert!(!name.starts_with('_') && !name.ends_with('_') && !name.contains("__"), "{:?}", name);
        }
    }
}
