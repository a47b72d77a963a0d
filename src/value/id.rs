//! Ids as they are compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// An id as it is compared: trimmed, in Unicode's composed form (NFC), case kept.
///
/// ```
/// # use hotlist::value::normal_id;
/// assert_eq!(normal_id(" Jose\u{301} "), "Jos\u{e9}");
/// ```
pub fn normal_id(cell: &str) -> Cow<'_, str> {
    let trimmed = cell.trim();
    if trimmed.is_ascii() || is_nfc_quick(trimmed.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.nfc().collect())
}

/// Whether an id is as it is compared whatever it is compared as: plain ASCII without spaces around it, and no e-mail
/// address with capitals, which do not count in those.
#[inline]
pub fn is_plain_id(cell: &[u8]) -> bool {
    let (eights, rest) = cell.as_chunks::<8>();
    let mut last = [b'0'; 8];
    last[..rest.len()].copy_from_slice(rest);
    eights.iter().chain([&last]).all(|eight| are_plain(*eight)) || is_plain_address(cell)
}

/// Whether bytes are plain ASCII without spaces, and none is an `@`.
#[inline]
fn are_plain(bytes: [u8; 8]) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let word = u64::from_le_bytes(bytes);
    let at = word ^ (EACH * u64::from(b'@'));
    // Of each of these the highest bit of some byte is set if a byte is below `!`, is `@`, or is beyond `~`: the usual
    // tricks, see Warren, Hacker's Delight, 6-1.
    let below = word.wrapping_sub(EACH * u64::from(b'!')) & !word;
    let is_at = at.wrapping_sub(EACH) & !at;
    let beyond = word | word.wrapping_add(EACH);
    (below | is_at | beyond) & (EACH * 0x80) == 0
}

/// The same, but that an `@` is fine unless there are capitals.
fn is_plain_address(cell: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    cell.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_plain_without_capitals_and_an_id_with_them() {
        for plain in ["00Q5g00000AbCdEFGH", "a@b.example", "1", "~!", ""] {
            assert!(is_plain_id(plain.as_bytes()), "{plain}");
        }
        for other in [
            "A@b.example",
            " 1",
            "1 2",
            "\u{7f}",
            "é",
            "a\tb",
            "12345678 ",
        ] {
            assert!(!is_plain_id(other.as_bytes()), "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_id_is_its_own_normal_form(cell in "[ -~\u{7f}é\t@A]{0,20}") {
            if is_plain_id(cell.as_bytes()) {
                prop_assert_eq!(normal_id(&cell), cell.as_str());
                prop_assert!(!cell.contains('@') || !cell.contains(|c: char| c.is_ascii_uppercase()));
            } else {
                let is_odd = |c: char| !c.is_ascii_graphic() || c == '@';
                prop_assert!(cell.contains(is_odd));
            }
        }
    }
}
