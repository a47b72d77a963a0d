//! Cells one behind the other in one text: each is its length and its text.
//!
//! A length is written in six bits a byte, the lowest first, with a seventh where more follow, so that what is packed
//! is a text as a whole.

/// Puts a cell behind the others.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a length is written in pieces of six bits"
)]
pub(super) fn push_cell(packed: &mut String, cell: &str) {
    let mut length = cell.len();
    while length >= 0x40 {
        packed.push(char::from((length & 0x3f) as u8 | 0x40));
        length >>= 6;
    }
    packed.push(char::from(length as u8));
    packed.push_str(cell);
}

/// Takes one cell off the front.
pub(super) fn take_cell<'r>(rest: &mut &'r str) -> &'r str {
    let mut length = 0;
    let mut shift = 0;
    let mut at = 0;
    loop {
        let byte = rest.as_bytes()[at];
        length |= usize::from(byte & 0x3f) << shift;
        at += 1;
        shift += 6;
        if byte < 0x40 {
            break;
        }
    }
    let cell = &rest[at..at + length];
    *rest = &rest[at + length..];
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_come_off_as_they_were_put_on(
            cells in prop::collection::vec("[a-zé€]{0,200}", 0..8),
            times in 1_usize..100,
        ) {
            let cells: Vec<String> = cells.iter().map(|cell| cell.repeat(times)).collect();
            let mut packed = String::new();
            for cell in &cells {
                push_cell(&mut packed, cell);
            }
            let mut rest = packed.as_str();
            for cell in &cells {
                prop_assert_eq!(take_cell(&mut rest), cell);
            }
            prop_assert_eq!(rest, "");
        }
    }
}
