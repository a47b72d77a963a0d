//! Spellings of event types to numbers: each different cell of the types' column gets the next number.
//!
//! Every event asks for its type, and there are few of them. So the short ones, which most are, stand in a small table
//! as two machine words each, and are told apart without looking at a text byte by byte.

use super::interner::Interner;

/// Numbers of spellings, in order of first appearance.
#[derive(Debug)]
pub(super) struct Spellings {
    /// All of them.
    numbers: Interner,
    /// The short ones by their hash, at most a quarter full; a power of two of places.
    short: Vec<Short>,
    /// How many there are in it.
    shorts: usize,
}

/// A spelling of at most [`LONGEST`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Short {
    text: Words,
    number: u32,
}

/// The first and the last bytes of a short text, which may overlap, and its length: together all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Words {
    first: u64,
    last: u64,
    length: u8,
}

/// Bytes of the longest spelling that two words hold.
const LONGEST: usize = 16;

/// No spelling is so long.
const VACANT: Short = Short {
    text: Words {
        first: 0,
        last: 0,
        length: u8::MAX,
    },
    number: 0,
};

impl Default for Spellings {
    fn default() -> Self {
        Self {
            numbers: Interner::default(),
            short: vec![VACANT; 64],
            shorts: 0,
        }
    }
}

impl Words {
    #[inline]
    fn of(text: &[u8]) -> Option<Self> {
        let length = u8::try_from(text.len()).ok()?;
        let (first, last) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) if text.len() <= LONGEST => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            }
            (None, _) => {
                let mut word = [0; 8];
                word[..text.len()].copy_from_slice(text);
                (u64::from_le_bytes(word), 0)
            }
            _ => return None,
        };
        Some(Self {
            first,
            last,
            length,
        })
    }

    #[inline]
    fn hash(self) -> usize {
        // Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4), of which the upper bits are good.
        let mixed = (self.first ^ self.last.rotate_left(29) ^ u64::from(self.length))
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mixed >> 40).unwrap_or(0)
    }
}

impl Spellings {
    /// The number of a spelling, which gets one if it has none.
    #[inline]
    pub(super) fn number(&mut self, spelling: &[u8]) -> usize {
        let Some(text) = Words::of(spelling) else {
            return self.numbers.intern(spelling) as usize;
        };
        let at = self.place(text);
        let found = self.short[at];
        if found.text == text {
            return found.number as usize;
        }
        self.add(text, spelling)
    }

    /// Where a short spelling stands, or where it belongs.
    #[inline]
    fn place(&self, text: Words) -> usize {
        let mask = self.short.len() - 1;
        let mut at = text.hash() & mask;
        while self.short[at].text != text && self.short[at] != VACANT {
            at = (at + 1) & mask;
        }
        at
    }

    #[cold]
    fn add(&mut self, text: Words, spelling: &[u8]) -> usize {
        let number = self.numbers.intern(spelling);
        self.shorts += 1;
        if self.shorts * 4 > self.short.len() {
            let larger = vec![VACANT; self.short.len() * 4];
            for short in std::mem::replace(&mut self.short, larger) {
                if short != VACANT {
                    let at = self.place(short.text);
                    self.short[at] = short;
                }
            }
        }
        let at = self.place(text);
        self.short[at] = Short { text, number };
        number as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn texts_that_two_words_cannot_tell_apart_are_told_apart() {
        let mut spellings = Spellings::default();
        let texts = [
            "",
            "\0",
            "\0\0",
            "abcdefgh",
            "abcdefghabcdefgh",
            "abcdefghXabcdefgh",
            "abcdefghYabcdefgh",
        ];
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(spellings.number(text.as_bytes()), number, "{text:?}");
        }
        for (number, text) in texts.iter().enumerate() {
            assert_eq!(spellings.number(text.as_bytes()), number, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn each_different_text_gets_the_next_number(texts in prop::collection::vec("[ab]{0,7}|[ab]{15,18}", 0..300)) {
            let mut spellings = Spellings::default();
            let mut known: HashMap<&str, usize> = HashMap::new();
            for text in &texts {
                let next = known.len();
                let expected = *known.entry(text).or_insert(next);
                prop_assert_eq!(spellings.number(text.as_bytes()), expected);
            }
        }
    }
}
