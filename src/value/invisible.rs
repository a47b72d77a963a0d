//! Characters that take part in a text without being seen.

/// Whether a character is a format character: zero-width, bidirectional or otherwise without a shape of its own.
///
/// These are Unicode's format characters (category Cf) without the few that have a shape, such as the Arabic number
/// signs, together with the fillers that show as nothing. Variation selectors are not among them: they choose the
/// look of the character before them.
pub fn is_format_character(c: char) -> bool {
    matches!(c,
        '\u{ad}'                    // soft hyphen
        | '\u{34f}'                 // combining grapheme joiner
        | '\u{61c}'                 // Arabic letter mark
        | '\u{115f}' | '\u{1160}'   // Hangul fillers
        | '\u{17b4}' | '\u{17b5}'   // Khmer inherent vowels
        | '\u{180b}'..='\u{180f}'   // Mongolian selectors and vowel separator
        | '\u{200b}'..='\u{200f}'   // zero-width space, joiners, left-to-right and right-to-left marks
        | '\u{202a}'..='\u{202e}'   // bidirectional embeddings and overrides
        | '\u{2060}'..='\u{206f}'   // word joiner, invisible operators, isolates, deprecated controls
        | '\u{3164}' | '\u{ffa0}'   // Hangul fillers
        | '\u{feff}'                // byte order mark
        | '\u{fff9}'..='\u{fffb}'   // interlinear annotation
        | '\u{13430}'..='\u{1343f}' // Egyptian hieroglyph controls
        | '\u{1bca0}'..='\u{1bca3}' // shorthand controls
        | '\u{1d173}'..='\u{1d17a}' // musical controls
        | '\u{e0000}'..='\u{e007f}' // tags
    )
}

/// Whether a character only chooses the look of the one before it.
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
