//! Records that are like those before them: flat objects of plain values under keys that are known.
//!
//! Most records are such, and their cells are found in one walk over the text. Whatever is anything else (a nested
//! value, an escape, a key that comes twice, a mistake) is left to the [`Flattener`](super::flatten::Flattener), which
//! alone says what is wrong with a record; what is read here is exactly what it would read.

use std::ops::Range;

use super::keys::{Keys, Target};
use crate::input::row::header_seed;

/// How many keys are known at the most: as many as there are bits to note those of a record in.
const MOST_KEYS: usize = 64;

/// The keys of the records so far, in the order in which they first came.
#[derive(Debug)]
pub(in crate::input) struct Outline {
    members: Vec<Member>,
    decimal_comma: bool,
    max_cell: usize,
}

#[derive(Debug)]
struct Member {
    key: Box<str>,
    /// The slots that the key fills.
    targets: Box<[Target]>,
    /// What its cells are hashed with.
    seed: u64,
}

/// What became of a walk over a record.
enum Walk {
    /// The record was read.
    Whole,
    /// It was not, as it is of another kind.
    Other,
    /// It was not, as the key in this place is not known.
    Unknown(Range<usize>),
}

impl Outline {
    /// No key is known yet. Cells longer than `max_cell` bytes and, with a decimal comma, numbers with a point are left
    /// to others.
    pub(super) fn new(decimal_comma: bool, max_cell: usize) -> Self {
        Self {
            members: Vec::new(),
            decimal_comma,
            max_cell,
        }
    }

    /// Calls `found` with every cell that is not empty, where it lies in `text`, and the slots that its key fills, in
    /// the order of the record. Tells whether the record was read; if not, what was found means nothing. So it is where
    /// `found` tells that it cannot be. A key that is not known yet is known to the records that follow.
    pub(super) fn read(
        &mut self,
        text: &str,
        keys: &mut Keys,
        mut found: impl FnMut(&[Target], Range<usize>) -> bool,
    ) -> bool {
        match self.walk(text, |member, cell| {
            member.targets.is_empty() || found(&member.targets, cell)
        }) {
            Walk::Whole => true,
            Walk::Other => false,
            Walk::Unknown(key) => {
                let key = &text[key];
                if self.members.len() < MOST_KEYS {
                    self.members.push(Member {
                        key: key.into(),
                        targets: keys.slots_of(key).into(),
                        seed: header_seed(key),
                    });
                }
                false
            }
        }
    }

    /// Calls `found` with every cell that is not empty and what it is hashed with. Tells whether the record was read; if
    /// not, what was found means nothing.
    pub fn each_cell<'t>(&self, text: &'t str, mut found: impl FnMut(u64, &'t str)) -> bool {
        let walk = self.walk(text, |member, cell| {
            found(member.seed, &text[cell]);
            true
        });
        matches!(walk, Walk::Whole)
    }

    fn walk(&self, text: &str, mut found: impl FnMut(&Member, Range<usize>) -> bool) -> Walk {
        match self.try_walk(text, &mut found) {
            Ok(()) => Walk::Whole,
            Err(ended) => ended,
        }
    }

    fn try_walk(
        &self,
        text: &str,
        found: &mut impl FnMut(&Member, Range<usize>) -> bool,
    ) -> Result<(), Walk> {
        let bytes = text.as_bytes();
        let mut at = past_blanks(bytes, past(bytes, 0, b'{')?);
        let mut seen = 0_u64;
        let mut next = 0;
        if bytes.get(at) == Some(&b'}') {
            return is_end(bytes, at + 1);
        }
        loop {
            let key_start = past(bytes, at, b'"')?;
            let (number, key_end) = self.member(text, key_start, next);
            at = past_blanks(bytes, past(bytes, key_end, b'"')?);
            at = past_blanks(bytes, past(bytes, at, b':')?);
            let (cell, end) = self.value(bytes, at)?;
            let number = number.ok_or(Walk::Unknown(key_start..key_end))?;
            let bit = 1 << number;
            if seen & bit != 0 || cell.len() > self.max_cell {
                return Err(Walk::Other);
            }
            seen |= bit;
            next = number + 1;
            if !cell.is_empty() && !found(&self.members[number], cell) {
                return Err(Walk::Other);
            }
            at = past_blanks(bytes, end);
            match bytes.get(at) {
                Some(b',') => at = past_blanks(bytes, at + 1),
                Some(b'}') => return is_end(bytes, at + 1),
                _ => return Err(Walk::Other),
            }
        }
    }

    /// Where the cell of a value lies, and where the value ends.
    fn value(&self, bytes: &[u8], at: usize) -> Result<(Range<usize>, usize), Walk> {
        let word = |word: &[u8]| {
            let is_there = bytes[at..].starts_with(word);
            is_there.then_some(at + word.len()).ok_or(Walk::Other)
        };
        Ok(match bytes.get(at) {
            Some(b'"') => {
                let start = at + 1;
                let end = start + plain(&bytes[start..]);
                (start..end, past(bytes, end, b'"')?)
            }
            Some(b'-' | b'0'..=b'9') => {
                let end = past_number(bytes, at)?;
                if self.decimal_comma && memchr::memchr(b'.', &bytes[at..end]).is_some() {
                    return Err(Walk::Other);
                }
                (at..end, end)
            }
            Some(b't') => (at..word(b"true")?, word(b"true")?),
            Some(b'f') => (at..word(b"false")?, word(b"false")?),
            Some(b'n') => (at..at, word(b"null")?),
            _ => return Err(Walk::Other),
        })
    }

    /// The number of the member whose key begins at `start`, if it is known, and where the key ends. Mostly it is the
    /// one that is `next`.
    fn member(&self, text: &str, start: usize, next: usize) -> (Option<usize>, usize) {
        let rest = &text.as_bytes()[start..];
        if let Some(Member { key, .. }) = self.members.get(next)
            && rest.starts_with(key.as_bytes())
            && rest.get(key.len()) == Some(&b'"')
        {
            return (Some(next), start + key.len());
        }
        let length = plain(rest);
        let key = &rest[..length];
        let mut members = self.members.iter();
        let known = members.position(|member| member.key.as_bytes() == key);
        (known, start + length)
    }
}

/// The place behind a byte, which must be there.
fn past(bytes: &[u8], at: usize, wanted: u8) -> Result<usize, Walk> {
    if bytes.get(at) == Some(&wanted) {
        Ok(at + 1)
    } else {
        Err(Walk::Other)
    }
}

/// Nothing may follow.
fn is_end(bytes: &[u8], at: usize) -> Result<(), Walk> {
    if at == bytes.len() {
        Ok(())
    } else {
        Err(Walk::Other)
    }
}

fn past_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The place behind a number as RFC 8259 writes it.
fn past_number(bytes: &[u8], at: usize) -> Result<usize, Walk> {
    let past_digits = |at: usize| {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit());
        match digits.count() {
            0 => Err(Walk::Other),
            digits => Ok(at + digits),
        }
    };
    let mut at = at + usize::from(bytes[at] == b'-');
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        _ => past_digits(at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = past_digits(at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = past_digits(at + 1 + usize::from(sign))?;
    }
    Ok(at)
}

/// How many bytes come before the first that is a quote, a backslash or a control character.
///
/// Eight at a time: in `x - 0x0101…` the highest bit of the lowest byte of `x` that is 0 is set, and of no lower one
/// (Hacker's Delight, 6-1).
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let equal = |word: u64, byte: u8| {
        let zero = word ^ (ONES * u64::from(byte));
        zero.wrapping_sub(ONES) & !zero
    };
    let mut at = 0;
    while let Some(chunk) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let low = word.wrapping_sub(ONES * 0x20) & !word;
        let special = (low | equal(word, b'"') | equal(word, b'\\') | equal(word, 0x7f)) & HIGH;
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'"' | b'\\');
    let rest = bytes[at..].iter().position(is_special);
    rest.map_or(bytes.len(), |rest| at + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::binding::Binding;
    use crate::input::json::flatten::Flattener;
    use proptest::prelude::*;
    use std::borrow::Cow;

    /// The cells of slots 0 to 2, which the keys a, b and c fill, as an outline that knows `before` finds them.
    fn cells(before: &str, text: &str, decimal_comma: bool) -> Option<Vec<String>> {
        let headers: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        let mut binding = Binding::new(3);
        for slot in 0..3 {
            binding.bind(slot, slot);
        }
        let mut keys = Keys::new(&headers, &binding);
        let mut outline = Outline::new(decimal_comma, 20);
        // Each time it gets to know one more key.
        for record in [before, before, before, before, text, text, text, text] {
            outline.read(record, &mut keys, |_, _| true);
        }
        let mut cells = vec![String::new(); 3];
        let is_read = outline.read(text, &mut keys, |targets, cell| {
            cells[targets[0].slot] = text[cell].to_owned();
            true
        });
        is_read.then_some(cells)
    }

    /// The same as the flattener finds them.
    fn flattened(text: &str, decimal_comma: bool) -> Option<Vec<String>> {
        let mut cells = vec![String::new(); 3];
        let mut flattener = Flattener::new(decimal_comma, 20);
        let mut set = |key: &str, cell: Cow<'_, str>| {
            if let Some(slot) = ["a", "b", "c"].iter().position(|known| *known == key) {
                cells[slot] = cell.into_owned();
            }
        };
        flattener.flatten(text, &mut set).ok()?;
        Some(cells)
    }

    #[test]
    fn plain_values_are_read_in_any_order_of_the_keys() {
        let before = r#"{"a":"1","b":2,"c":null}"#;
        let wanted = |cells: [&str; 3]| Some(cells.map(str::to_owned).to_vec());
        let text = r#"{ "c" : -1.5e+3 , "z":true, "a" : "Łódź" }"#;
        assert_eq!(cells(before, text, false), wanted(["Łódź", "", "-1.5e+3"]));
        assert_eq!(cells(before, "{}", false), wanted(["", "", ""]));
    }

    #[test]
    fn all_else_is_left_to_the_flattener() {
        for text in [
            r#"{"a":{"b":1}}"#,
            r#"{"a":[1]}"#,
            r#"{"a":"x\n"}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"\u0061":1}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":+1}"#,
            r#"{"a":nul}"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            r#"{"a":1} "#,
            r#"{"a":1}}"#,
            r#"{"a":"x"#,
            "{\"a\":\"\u{7f}\"}",
            "{\"a\":\"\t\"}",
            r#"{"a":"longer than 20 bytes."}"#,
            "",
            "7",
        ] {
            assert_eq!(cells("{}", text, false), None, "{text}");
        }
        assert_eq!(cells("{}", r#"{"a":1.5}"#, true), None);
    }

    #[test]
    fn a_plain_stretch_ends_at_the_first_special_byte_wherever_it_stands() {
        for special in ['"', '\\', '\u{0}', '\u{1f}', '\u{7f}', '\n'] {
            for before in 0..20 {
                let text = format!(
                    "{}{special}{special}é!",
                    "~é ".repeat(7).split_at(before / 4 * 4).0
                );
                let expected = text.find(special).unwrap();
                assert_eq!(plain(text.as_bytes()), expected, "{text:?}");
            }
        }
        assert_eq!(plain("é!".repeat(9).as_bytes()), 27);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_flattener_reads(
            before in r#"\{("[abc]":[0-9],?){0,3}\}"#,
            text in r#"\{( ?"[abcd]" ?: ?("[xé\\u0"]{0,9}"|-?[0-9]{1,2}(\.[0-9])?(e-?[0-9])?|true|null|\{\}|\[\]),?){0,4}\}"#,
            decimal_comma: bool,
        ) {
            if let Some(cells) = cells(&before, &text, decimal_comma) {
                prop_assert_eq!(Some(cells), flattened(&text, decimal_comma), "{}", text);
            }
        }
    }
}
