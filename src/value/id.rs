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
    let (mut plain, mut at, mut capital) = (true, false, false);
    for &byte in cell {
        plain &= byte.is_ascii_graphic();
        at |= byte == b'@';
        capital |= byte.is_ascii_uppercase();
    }
    plain && !(at && capital)
}
