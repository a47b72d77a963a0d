//! Where the cells of plain text lie: nothing but what can be printed, and no quotes, as most blocks of events are.
//!
//! Such text is looked at once. What separates two cells is found and what would ask for a second look is noticed at the
//! same time, many bytes at once.

use wide::u8x16;

/// Finds where cells begin, as long as a text is plain and each of its records has as many cells as it should.
pub(super) struct PlainScan<'a> {
    delimiter: u8x16,
    line_end: u8x16,
    /// Bytes this far above the blank, or further, are not plain.
    limit: u8x16,
    /// Whether each LF, and nothing else, has a CR before it.
    has_cr: bool,
    /// Whether the byte before the next one to look at was a CR.
    after_cr: bool,
    bytes: &'a [u8],
    /// The first byte that has not been looked at.
    next: usize,
    is_over: bool,
    /// Cells of a record.
    width: usize,
    /// Where the cells found begin: those of whole records, then those of the record at hand. The first is the beginning
    /// of a record, each other one stands behind a separator.
    starts: Vec<u32>,
    /// How many of them there are.
    filled: usize,
    /// How many of them there will be before what follows the record at hand.
    end_of_record: usize,
}

/// Bytes looked at together, one for each bit of a word.
const SIGHT: usize = 64;

/// What stands in a few bytes, a bit for each, the lowest for the first.
#[derive(Clone, Copy)]
struct Sight {
    /// Where they begin.
    at: u32,
    /// Separators.
    found: u64,
    /// Those of them that end lines.
    lines: u64,
}

impl<'a> PlainScan<'a> {
    /// A scan of `bytes`, of which there are fewer than 2^32, for records of `width` cells. `memory` is that of a scan
    /// which is done with.
    pub fn new(bytes: &'a [u8], separators: [u8; 2], width: usize, memory: Vec<u32>) -> Self {
        let [delimiter, line_end] = separators;
        let mut scan = Self {
            delimiter: u8x16::splat(delimiter),
            line_end: u8x16::splat(line_end),
            limit: u8x16::splat(0x7f - b' '),
            has_cr: false,
            after_cr: false,
            bytes,
            next: 0,
            is_over: false,
            width,
            starts: memory,
            filled: 1,
            end_of_record: width,
        };
        let first = memchr::memchr(line_end, bytes).map(|end| &bytes[..end]);
        scan.has_cr = line_end == b'\n' && first.is_some_and(|line| line.ends_with(b"\r"));
        scan.starts.clear();
        scan.starts.push(0);
        scan
    }

    /// Whether each line ends with a CR and a LF.
    pub fn has_cr(&self) -> bool {
        self.has_cr
    }

    /// Whether it is over because of a byte beyond ASCII.
    pub fn met_more_than_ascii(&self) -> bool {
        let sight = self.bytes[self.next..].iter().take(SIGHT);
        self.is_over && sight.into_iter().any(|byte| !byte.is_ascii())
    }

    /// Goes on beyond ASCII, where all of the text is known to be text.
    pub fn go_on_as_text(&mut self) {
        // Nothing is so far above the blank but what is below it, where it begins again at 255.
        self.limit = u8x16::splat(0_u8.wrapping_sub(b' '));
        self.is_over = false;
    }

    /// Looks for records until there are `most` whole ones, or what follows is not plain, or a record has another number
    /// of cells. Gives how many there are, at most `most`.
    pub fn find(&mut self, most: usize) -> usize {
        let wanted = most * self.width;
        self.starts.resize(wanted + SIGHT + 1, 0);
        while self.filled <= wanted && !self.is_over {
            match self.look() {
                Some(sight) => self.take(sight),
                None => self.is_over = true,
            }
        }
        (self.end_of_record / self.width - 1).min(most)
    }

    /// Where the cells of the first `count` records found begin, and what follows the last.
    pub fn starts(&self, count: usize) -> &[u32] {
        &self.starts[..=count * self.width]
    }

    /// Forgets the first `count` records found.
    pub fn pass_over(&mut self, count: usize) {
        let cells = count * self.width;
        self.starts.copy_within(cells..self.filled, 0);
        self.filled -= cells;
        self.end_of_record -= cells;
    }

    /// Where the first record that was not passed over begins, and memory for another scan.
    pub fn finish(self) -> (usize, Vec<u32>) {
        (self.starts[0] as usize, self.starts)
    }

    /// Takes in what was seen, if the records that end there have as many cells as they should.
    #[inline]
    fn take(&mut self, sight: Sight) {
        let Sight {
            at,
            mut found,
            mut lines,
        } = sight;
        let mut end_of_record = self.end_of_record;
        while lines != 0 {
            // What separates cells before the lowest of them.
            let before = found & (lines ^ (lines - 1)) >> 1;
            if self.filled + before.count_ones() as usize != end_of_record {
                self.is_over = true;
                return;
            }
            end_of_record += self.width;
            lines &= lines - 1;
        }
        self.end_of_record = end_of_record;
        let count = found.count_ones() as usize;
        for start in self.starts[self.filled..].iter_mut().take(count) {
            *start = at + found.trailing_zeros() + 1;
            found &= found - 1;
        }
        self.filled += count;
    }

    /// Looks at the next bytes; none if there are no more, or one of them is not plain.
    #[inline]
    fn look(&mut self) -> Option<Sight> {
        let rest = &self.bytes[self.next..];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a shorter text was asked for"
        )]
        let at = self.next as u32;
        if let Some(sight) = rest.first_chunk() {
            let sight = self.separators(at, sight)?;
            self.next += SIGHT;
            return Some(sight);
        }
        if rest.is_empty() {
            return None;
        }
        let mut sight = [b'x'; SIGHT];
        sight[..rest.len()].copy_from_slice(rest);
        let sight = self.separators(at, &sight)?;
        self.next = self.bytes.len();
        Some(sight)
    }

    #[inline]
    fn separators(&mut self, at: u32, sight: &[u8; SIGHT]) -> Option<Sight> {
        let (quarters, _) = sight.as_chunks::<16>();
        let (mut odd, mut found, mut lines) = (0, 0, 0);
        for quarter in quarters.iter().rev() {
            let bytes = u8x16::new(*quarter);
            let ends = bytes.simd_eq(self.line_end);
            let separates = bytes.simd_eq(self.delimiter) | ends;
            // What is below the blank is far above it once it begins again at 255.
            let above = bytes - u8x16::splat(b' ');
            let is_odd = above.max(self.limit).simd_eq(above)
                | bytes.simd_eq(u8x16::splat(0x7f))
                | bytes.simd_eq(u8x16::splat(b'"'))
                | bytes.simd_eq(u8x16::splat(b'\''))
                | bytes.simd_eq(u8x16::splat(b'\\'));
            odd = odd << 16 | u64::from((is_odd & !separates).to_bitmask());
            found = found << 16 | u64::from(separates.to_bitmask());
            lines = lines << 16 | u64::from(ends.to_bitmask());
        }
        let is_plain = if self.has_cr {
            self.are_line_ends(sight, odd, lines)
        } else {
            odd == 0
        };
        is_plain.then_some(Sight { at, found, lines })
    }

    /// Whether these odd bytes are the CRs that stand before each of these LFs, and there are no other CRs.
    fn are_line_ends(&mut self, sight: &[u8; SIGHT], odd: u64, lines: u64) -> bool {
        let (quarters, _) = sight.as_chunks::<16>();
        let crs = quarters.iter().rev().fold(0, |crs, quarter| {
            let is_cr = u8x16::new(*quarter).simd_eq(u8x16::splat(b'\r'));
            crs << 16 | u64::from(is_cr.to_bitmask())
        });
        let behind = crs << 1 | u64::from(self.after_cr);
        if odd != crs || behind != lines {
            return false;
        }
        self.after_cr = crs >> 63 == 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the cells of plain records of two cells begin, looked at byte by byte; at most those of records that end
    /// before anything else.
    fn slowly(bytes: &[u8], is_text: bool) -> Vec<u32> {
        let line = bytes
            .split(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let has_cr = line.len() < bytes.len() && line.ends_with(b"\r");
        let mut starts = vec![0];
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line = &rest[..end];
            let line = if has_cr {
                line.strip_suffix(b"\r")
            } else {
                Some(line)
            };
            let is_plain = |byte: &u8| {
                (b' '..0x7f).contains(byte) && !b"\"'\\".contains(byte)
                    || is_text && !byte.is_ascii()
            };
            let commas = |line: &[u8]| memchr::memchr_iter(b',', line).count();
            let Some(line) = line.filter(|line| line.iter().all(is_plain) && commas(line) == 1)
            else {
                break;
            };
            let start = starts.last().copied().unwrap_or_default();
            let comma = line
                .iter()
                .position(|byte| *byte == b',')
                .unwrap_or_default();
            for behind in [comma + 1, end + 1] {
                starts.push(start + u32::try_from(behind).expect("a short text"));
            }
            rest = &rest[end + 1..];
        }
        starts
    }

    fn quickly(bytes: &[u8], is_text: bool, most: usize) -> Vec<u32> {
        let mut scan = PlainScan::new(bytes, [b',', b'\n'], 2, Vec::new());
        if is_text {
            scan.go_on_as_text();
        }
        let mut found = vec![0];
        loop {
            let count = scan.find(most);
            found.extend_from_slice(&scan.starts(count)[1..]);
            scan.pass_over(count);
            if count < most {
                return found;
            }
        }
    }

    /// It may stop some records before what it does not take, but not for nothing.
    fn agree(bytes: &[u8], is_text: bool, most: usize) -> Result<(), TestCaseError> {
        let (slowly, quickly) = (slowly(bytes, is_text), quickly(bytes, is_text, most));
        prop_assert!(slowly.starts_with(&quickly), "{quickly:?} of {slowly:?}");
        let last = |starts: &[u32]| starts.last().copied().unwrap_or_default() as usize;
        let is_all = last(&slowly) == bytes.len();
        let missed = last(&slowly) - last(&quickly);
        prop_assert!(
            missed <= if is_all { 0 } else { 2 * SIGHT },
            "{missed} bytes missed"
        );
        Ok(())
    }

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_every_byte_finds(
            lines in prop::collection::vec("[a ~]{0,9},[a ~]{0,9}", 0..40),
            odd in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
            has_cr in any::<bool>(),
            is_text in any::<bool>(),
            most in 1..20_usize,
        ) {
            let end = if has_cr { "\r\n" } else { "\n" };
            let mut bytes: Vec<u8> = lines.iter().flat_map(|line| [line, end]).collect::<String>().into_bytes();
            if let Some((at, byte)) = odd && !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            agree(&bytes, is_text, most)?;
        }
    }

    #[test]
    fn a_line_too_many_cells_long_is_not_taken_for_two_lines() -> Result<(), TestCaseError> {
        for length in [1, 60, 100] {
            let long = format!("1,2\n3,{},5,6\n7,8\n", "4".repeat(length));
            agree(long.as_bytes(), false, 5)?;
        }
        Ok(())
    }

    #[test]
    fn it_goes_on_beyond_ascii_where_that_is_text() {
        let bytes = "é,2\n3,ñ\n".as_bytes();
        let mut scan = PlainScan::new(bytes, [b',', b'\n'], 2, Vec::new());
        assert_eq!((scan.find(9), scan.met_more_than_ascii()), (0, true));
        scan.go_on_as_text();
        assert_eq!(scan.find(9), 2);
        assert_eq!(scan.starts(2), [0, 3, 5, 7, 10]);
    }
}
