//! Where the few bytes that matter to a record stand: its delimiters, line ends and quotes.
//!
//! Fields are short, so a search that starts anew after each find would spend most of its time starting. This one
//! looks at 64 bytes at once and remembers all finds among them as the bits of one word.

use wide::u8x16;

/// The places of three bytes in a text, in rising order. None of the three may be NUL.
pub(super) struct Hits<'a> {
    wanted: [u8; 3],
    /// What has not been looked at, from `next` on.
    rest: &'a [u8],
    next: usize,
    /// Where the bytes looked at last begin, and a bit for each find among them that was not given yet.
    at: usize,
    found: u64,
}

/// Bytes looked at together: one for each bit of a word.
const SIGHT: usize = 64;

impl<'a> Hits<'a> {
    pub(super) fn new(wanted: [u8; 3], bytes: &'a [u8]) -> Self {
        Self {
            wanted,
            rest: bytes,
            next: 0,
            at: 0,
            found: 0,
        }
    }

    /// Looks at the next bytes; false at the end.
    fn look(&mut self) -> bool {
        if let Some((sight, rest)) = self.rest.split_first_chunk::<SIGHT>() {
            self.found = finds(self.wanted, sight);
            self.rest = rest;
        } else if self.rest.is_empty() {
            return false;
        } else {
            let mut sight = [0; SIGHT];
            sight[..self.rest.len()].copy_from_slice(self.rest);
            self.found = finds(self.wanted, &sight);
            self.rest = &[];
        }
        self.at = self.next;
        self.next += SIGHT;
        true
    }
}

impl Iterator for Hits<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            if !self.look() {
                return None;
            }
        }
        let bit = self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(self.at + bit)
    }
}

/// A bit for each byte of `sight` that is one of `wanted`, the lowest for the first.
fn finds(wanted: [u8; 3], sight: &[u8; SIGHT]) -> u64 {
    let [one, other, third] = wanted.map(u8x16::splat);
    let (quarters, _) = sight.as_chunks::<16>();
    quarters.iter().rev().fold(0, |finds, quarter| {
        let bytes = u8x16::new(*quarter);
        let found = bytes.simd_eq(one) | bytes.simd_eq(other) | bytes.simd_eq(third);
        finds << 16 | u64::from(found.to_bitmask())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_on_both_sides_of_a_sight_are_in_order() {
        let mut bytes = vec![b'x'; 130];
        for at in [0, 63, 64, 127, 128, 129] {
            bytes[at] = b',';
        }
        let hits: Vec<usize> = Hits::new([b',', b'\n', b'"'], &bytes).collect();
        assert_eq!(hits, [0, 63, 64, 127, 128, 129]);
    }

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(bytes in prop::collection::vec(prop::sample::select(b",\n\"ab\xff".to_vec()), 0..200)) {
            let wanted = [b',', b'\n', b'"'];
            let plain: Vec<usize> = (0..bytes.len()).filter(|at| wanted.contains(&bytes[*at])).collect();
            prop_assert_eq!(Hits::new(wanted, &bytes).collect::<Vec<_>>(), plain);
        }
    }
}
