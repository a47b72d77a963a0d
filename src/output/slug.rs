//! Names that are safe in keys and in the names of files.

/// Lower-case letters and digits, with one `-` for each run of anything else between them.
pub fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_letters_and_digits_with_single_hyphens_between_them() {
        for (text, expected) in [
            ("Anna de Vries", "anna-de-vries"),
            ("Bounds of the score", "bounds-of-the-score"),
            ("../../etc/passwd", "etc-passwd"),
            (".hidden", "hidden"),
            ("Zoë  & Søn", "zoë-søn"),
            ("A1", "a1"),
            ("\u{202e}\0 /", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }
}
