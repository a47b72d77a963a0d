//! Check boxes and the words people type instead of them.

use super::trim;

/// Reads a cell as yes or no: yes, true, 1, y, x, ja, si, sí, oui, checked, or no, false, 0, n, nee, nein, non,
/// unchecked; trimmed, in any case. `None` for anything else.
pub fn read_yes_no(cell: &str) -> Option<bool> {
    // The longest of the words has nine bytes.
    let word = trim(cell).as_bytes();
    let mut folded = [0; 9];
    let folded = folded.get_mut(..word.len())?;
    folded.copy_from_slice(word);
    folded.make_ascii_lowercase();
    match &*folded {
        b"yes"
        | b"true"
        | b"1"
        | b"y"
        | b"x"
        | b"ja"
        | b"si"
        | SI_WITH_ACCENT
        | SI_WITH_CAPITAL_ACCENT
        | b"oui"
        | b"checked" => Some(true),
        b"no" | b"false" | b"0" | b"n" | b"nee" | b"nein" | b"non" | b"unchecked" => Some(false),
        _ => None,
    }
}

// The accented letter is not ASCII, so it is folded by naming both cases.
const SI_WITH_ACCENT: &[u8] = "sí".as_bytes();
const SI_WITH_CAPITAL_ACCENT: &[u8] = "sÍ".as_bytes();

#[cfg(test)]
mod tests {
    use super::*;

    const YES: [&str; 10] = [
        "yes", "true", "1", "y", "x", "ja", "si", "sí", "oui", "checked",
    ];
    const NO: [&str; 8] = ["no", "false", "0", "n", "nee", "nein", "non", "unchecked"];

    #[test]
    fn every_word_for_yes_is_yes_in_any_case() {
        for word in YES {
            for cell in [word.to_owned(), word.to_uppercase(), format!(" {word}\t")] {
                assert_eq!(read_yes_no(&cell), Some(true), "{cell:?}");
            }
        }
    }

    #[test]
    fn every_word_for_no_is_no_in_any_case() {
        for word in NO {
            for cell in [word.to_owned(), word.to_uppercase(), format!(" {word}\t")] {
                assert_eq!(read_yes_no(&cell), Some(false), "{cell:?}");
            }
        }
    }

    #[test]
    fn anything_else_is_neither() {
        for cell in [
            "",
            " ",
            "yes!",
            "2",
            "01",
            "on",
            "off",
            "maybe",
            "sì",
            "ye s",
            "unchecked!",
            "a long text",
            "\u{212a}",
        ] {
            assert_eq!(read_yes_no(cell), None, "{cell:?}");
        }
    }
}
