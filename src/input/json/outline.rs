//! Records that are like those before them: flat objects of plain values under keys that are known.
//!
//! Most records are such, and their cells are found in one walk over the text. Whatever is anything else (a nested
//! value, an escape, a key that comes twice, a mistake) is left to the [`Flattener`](super::flatten::Flattener), which
//! alone says what is wrong with a record; what is read here is exactly what it would read.

use super::keys::{Keys, Target};

/// How many keys are known at the most: as many as there are bits to note those of a record in.
const MOST_KEYS: usize = 64;

/// The keys of the records so far, in the order in which they first came.
#[derive(Debug)]
pub(super) struct Outline {
    members: Vec<Member>,
    decimal_comma: bool,
    max_cell: usize,
}

#[derive(Debug)]
struct Member {
    key: Box<str>,
    targets: Box<[Target]>,
}

impl Outline {
    /// No key is known yet. Cells longer than `max_cell` bytes and, with a decimal comma, numbers with a point are left
    /// to others.
    pub fn new(decimal_comma: bool, max_cell: usize) -> Self {
        Self {
            members: Vec::new(),
            decimal_comma,
            max_cell,
        }
    }

    /// Calls `found` with every cell that is not empty, where it lies in `text`, and the slots that its key fills, in
    /// the order of the record. Tells whether the record was read; if not, what was found means nothing. So it is where
    /// `found` tells that it cannot be.
    pub fn read(
        &mut self,
        text: &str,
        keys: &mut Keys,
        mut found: impl FnMut(&[Target], (usize, usize)) -> bool,
    ) -> bool {
        self.walk(text, keys, &mut found).is_some()
    }

    fn walk(
        &mut self,
        text: &str,
        keys: &mut Keys,
        found: &mut impl FnMut(&[Target], (usize, usize)) -> bool,
    ) -> Option<()> {
        let bytes = text.as_bytes();
        let mut at = past_blanks(bytes, past(bytes, 0, b'{')?);
        let mut seen = 0_u64;
        let mut next = 0;
        if bytes.get(at) == Some(&b'}') {
            return (at + 1 == bytes.len()).then_some(());
        }
        loop {
            let key_start = past(bytes, at, b'"')?;
            let (member, key_end) = self.member(text, key_start, next)?;
            at = past_blanks(bytes, past(bytes, key_end, b'"')?);
            at = past_blanks(bytes, past(bytes, at, b':')?);
            let (start, end) = match bytes.get(at)? {
                b'"' => {
                    let start = at + 1;
                    let end = start + plain(&bytes[start..]);
                    at = past(bytes, end, b'"')?;
                    (start, end)
                }
                b'-' | b'0'..=b'9' => {
                    let start = at;
                    at = past_number(bytes, at)?;
                    let has_point = || memchr::memchr(b'.', &bytes[start..at]).is_some();
                    if self.decimal_comma && has_point() {
                        return None;
                    }
                    (start, at)
                }
                b't' => (at, past_word(bytes, &mut at, b"true")?),
                b'f' => (at, past_word(bytes, &mut at, b"false")?),
                b'n' => {
                    let end = past_word(bytes, &mut at, b"null")?;
                    (end, end)
                }
                _ => return None,
            };
            if end - start > self.max_cell {
                return None;
            }
            let member = match member {
                Some(member) => member,
                None => self.learn(&text[key_start..key_end], keys)?,
            };
            let bit = 1 << member;
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            next = member + 1;
            let targets = &self.members[member].targets;
            if start < end && !targets.is_empty() && !found(targets, (start, end)) {
                return None;
            }
            at = past_blanks(bytes, at);
            match bytes.get(at)? {
                b',' => at = past_blanks(bytes, at + 1),
                b'}' => return (at + 1 == bytes.len()).then_some(()),
                _ => return None,
            }
        }
    }

    /// The number of the member whose key begins at `start`, if it is known, and where the key ends. Mostly it is the
    /// one that is `next`.
    fn member(&self, text: &str, start: usize, next: usize) -> Option<(Option<usize>, usize)> {
        let rest = &text.as_bytes()[start..];
        if let Some(Member { key, .. }) = self.members.get(next)
            && rest.starts_with(key.as_bytes())
            && rest.get(key.len()) == Some(&b'"')
        {
            return Some((Some(next), start + key.len()));
        }
        let length = plain(rest);
        let key = &rest[..length];
        let mut members = self.members.iter();
        let known = members.position(|member| member.key.as_bytes() == key);
        Some((known, start + length))
    }

    /// Remembers a key, if there is room.
    fn learn(&mut self, key: &str, keys: &mut Keys) -> Option<usize> {
        if self.members.len() == MOST_KEYS {
            return None;
        }
        self.members.push(Member {
            key: key.into(),
            targets: keys.slots_of(key).into(),
        });
        Some(self.members.len() - 1)
    }
}

/// The place behind a byte, which must be there.
fn past(bytes: &[u8], at: usize, wanted: u8) -> Option<usize> {
    (bytes.get(at) == Some(&wanted)).then_some(at + 1)
}

fn past_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Goes on behind a word, which must be there; its end.
fn past_word(bytes: &[u8], at: &mut usize, word: &[u8]) -> Option<usize> {
    bytes[*at..].starts_with(word).then(|| {
        *at += word.len();
        *at
    })
}

/// The place behind a number as RFC 8259 writes it.
fn past_number(bytes: &[u8], at: usize) -> Option<usize> {
    let past_digits = |at: usize| {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit());
        match digits.count() {
            0 => None,
            digits => Some(at + digits),
        }
    };
    let mut at = at + usize::from(bytes[at] == b'-');
    at = match past(bytes, at, b'0') {
        Some(zero) => zero,
        None => past_digits(at)?,
    };
    if let Some(point) = past(bytes, at, b'.') {
        at = past_digits(point)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = past_digits(at + 1 + usize::from(sign))?;
    }
    Some(at)
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
        outline.read(before, &mut keys, |_, _| true);
        let mut cells = vec![String::new(); 3];
        let is_read = outline.read(text, &mut keys, |targets, (start, end)| {
            cells[targets[0].slot] = text[start..end].to_owned();
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
