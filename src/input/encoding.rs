//! The encoding of a text: UTF-8, UTF-16 by its byte order mark or by where its NULs stand, or another one that the
//! user names, decoded while it is read.
//!
//! A byte sequence that is no character is never replaced. It comes out as the byte [`NO_TEXT`], which no UTF-8 text
//! holds, so that the row it stands in is refused with its line like any other that is no text.

use std::io::{self, Read};

use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at for the NULs of wide characters.
const LOOKED_AT: usize = 1024;

/// How many bytes are decoded at a time.
const CHUNK: usize = 64 * 1024;

/// What stands for bytes that are no character.
const NO_TEXT: u8 = 0xff;

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// What every text is taken for that does not say otherwise.
    pub const UTF_8: Self = Self(UTF_8);

    /// Names of encodings that exports come in, for hints; [`Encoding::named`] knows many more.
    pub const NAMES: [&str; 24] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "iso-8859-1",
        "iso-8859-2",
        "iso-8859-15",
        "latin1",
        "macintosh",
        "koi8-r",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "gbk",
        "gb18030",
        "big5",
    ];

    /// The encoding of this name, by any label of the [Encoding Standard](https://encoding.spec.whatwg.org/#names-and-labels).
    pub fn named(label: &str) -> Option<Self> {
        let encoding = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
        (encoding != encoding_rs::X_USER_DEFINED).then_some(Self(encoding))
    }

    /// Its name in the Encoding Standard.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What to do about a text that is not in this encoding.
    pub(super) fn other(self) -> &'static str {
        if self == Self::UTF_8 {
            "it may be --encoding windows-1252; if not, save or export it as CSV UTF-8"
        } else {
            "name another --encoding, or save or export it as CSV UTF-8"
        }
    }

    /// What is said of bytes that are no text in it.
    pub(super) fn not_in(self) -> String {
        if self == Self::UTF_8 {
            "is not UTF-8".to_owned()
        } else {
            format!("is not text in {}", self.name())
        }
    }
}

/// Characters of two or four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32,
}

/// Whether a text has characters of two or four bytes: by its byte order mark, or by where its NULs stand.
pub(super) fn wide(bytes: &[u8]) -> Option<Wide> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Some(Wide::Utf32);
    }
    if bytes.starts_with(b"\xff\xfe") {
        return Some(Wide::Utf16Le);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(Wide::Utf16Be);
    }
    let beginning = &bytes[..bytes.len().min(LOOKED_AT)];
    if beginning.len() < 4 {
        return None;
    }
    let mut nuls = [0; 4];
    for (at, _) in beginning.iter().enumerate().filter(|(_, byte)| **byte == 0) {
        nuls[at % 4] += 1;
    }
    // A text of mostly ASCII has a NUL in the same places of nearly every character.
    let quarter = beginning.len() / 4;
    let mostly = nuls.map(|count| count * 4 > quarter * 3);
    match mostly {
        [true, true, true, false] | [false, true, true, true] => Some(Wide::Utf32),
        [true, false, true, false] => Some(Wide::Utf16Be),
        [false, true, false, true] => Some(Wide::Utf16Le),
        _ => None,
    }
}

/// The encoding of a text that begins with `sample`, of which it is all where `is_whole`; `told` is what the user says.
///
/// Exports of several systems are read in one run, so what a text says of itself counts for more than what is told of
/// all: a byte order mark, NULs as only UTF-16 has them, and characters beyond ASCII that are UTF-8, which other
/// encodings hardly ever happen to be.
pub(super) fn tell(sample: &[u8], is_whole: bool, told: Option<Encoding>) -> Encoding {
    match wide(sample) {
        Some(Wide::Utf16Le) => return Encoding(UTF_16LE),
        Some(Wide::Utf16Be) => return Encoding(UTF_16BE),
        _ => {}
    }
    if sample.starts_with(b"\xef\xbb\xbf") {
        return Encoding::UTF_8;
    }
    // Delimiters and line ends alone have NULs in UTF-16.
    let is_wide = told.is_some_and(|told| [UTF_16LE, UTF_16BE].contains(&told.0));
    if is_wide && !sample.contains(&0) {
        return Encoding::UTF_8;
    }
    let is_utf_8 = match std::str::from_utf8(sample) {
        Ok(_) => true,
        // The last character may be cut by the end of the sample.
        Err(error) => error.error_len().is_none() && !is_whole,
    };
    match told {
        Some(told) if !(is_utf_8 && !sample.is_ascii() && !sample.contains(&0)) => told,
        _ => Encoding::UTF_8,
    }
}

/// A text in another encoding, as UTF-8.
pub(super) struct Decoded {
    reader: Box<dyn Read + Send>,
    encoding: &'static encoding_rs::Encoding,
    decoder: encoding_rs::Decoder,
    /// What was read last.
    input: Vec<u8>,
    /// What it says, of which the first `given` bytes are handed out.
    output: Vec<u8>,
    filled: usize,
    given: usize,
    ended: bool,
}

impl Decoded {
    /// Decodes `reader`; a byte order mark is left out.
    pub fn new(reader: Box<dyn Read + Send>, encoding: Encoding) -> Self {
        Self {
            reader,
            encoding: encoding.0,
            decoder: encoding.0.new_decoder_with_bom_removal(),
            input: vec![0; CHUNK],
            output: vec![0; CHUNK * 4],
            filled: 0,
            given: 0,
            ended: false,
        }
    }

    /// Decodes the first `length` bytes of the input into the output, which is used up.
    fn decode(&mut self, length: usize) {
        let mut rest = &self.input[..length];
        self.filled = 0;
        loop {
            let room = &mut self.output[self.filled..];
            let (result, read, written) = self
                .decoder
                .decode_to_utf8_without_replacement(rest, room, self.ended);
            if self.encoding.is_single_byte() {
                self.filled += without_unassigned(&mut room[..written]);
            } else {
                self.filled += written;
            }
            rest = &rest[read..];
            if let DecoderResult::Malformed(..) = result {
                if self.filled == self.output.len() {
                    self.output.push(0);
                }
                self.output[self.filled] = NO_TEXT;
                self.filled += 1;
            }
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                DecoderResult::Malformed(..) => {}
            }
        }
        self.given = 0;
    }
}

/// Puts [`NO_TEXT`] in the place of the control characters U+0080 to U+009F, and gives how long the text then is.
///
/// They are what the Encoding Standard reads bytes as that have no meaning, such as 81, 8D, 8F, 90 and 9D of
/// windows-1252.
fn without_unassigned(text: &mut [u8]) -> usize {
    let mut kept = 0;
    let mut at = 0;
    while at < text.len() {
        let next = memchr::memchr(0xc2, &text[at..]).map_or(text.len(), |found| at + found);
        text.copy_within(at..next, kept);
        kept += next - at;
        at = next;
        match text.get(at..at + 2) {
            Some([_, 0x80..=0x9f]) => {
                text[kept] = NO_TEXT;
                kept += 1;
                at += 2;
            }
            Some(_) => {
                text.copy_within(at..at + 2, kept);
                kept += 2;
                at += 2;
            }
            None => break,
        }
    }
    kept
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.filled {
            if self.ended || buffer.is_empty() {
                return Ok(0);
            }
            let length = self.reader.read(&mut self.input)?;
            self.ended = length == 0;
            self.decode(length);
        }
        let length = buffer.len().min(self.filled - self.given);
        buffer[..length].copy_from_slice(&self.output[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// Gives a few bytes at a time, so that characters are cut.
    struct Slow(Cursor<Vec<u8>>, usize);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let room = buffer.len().min(self.1);
            self.0.read(&mut buffer[..room])
        }
    }

    fn decoded(bytes: &[u8], name: &str, at_a_time: usize) -> Vec<u8> {
        let reader = Box::new(Slow(Cursor::new(bytes.to_vec()), at_a_time));
        let mut text = Vec::new();
        Decoded::new(reader, Encoding::named(name).unwrap())
            .read_to_end(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn a_text_is_decoded_wherever_reading_cuts_it() {
        for at_a_time in [1, 3, 1000] {
            assert_eq!(
                decoded(b"Zo\xeb;\x80 5", "windows-1252", at_a_time),
                "Zoë;€ 5".as_bytes()
            );
            assert_eq!(
                decoded(b"\x93\xfa\x96\x7b", "shift_jis", at_a_time),
                "日本".as_bytes()
            );
            assert_eq!(
                decoded(b"\xff\xfeZ\0\x3d\xd8\x00\xde", "utf-16le", at_a_time),
                "Z😀".as_bytes()
            );
        }
    }

    #[test]
    fn bytes_that_are_no_character_are_kept_as_one_that_no_text_holds() {
        assert_eq!(
            decoded(b"a\x81\x8d\x8f\x90\x9db\xc2", "windows-1252", 1),
            b"a\xff\xff\xff\xff\xffb\xc3\x82"
        );
        // Half a surrogate pair, and half a character at the end.
        assert_eq!(decoded(b"a\0\x3d\xd8b\0c", "utf-16le", 2), b"a\xffb\xff");
        assert_eq!(decoded(b"\x93,x", "shift_jis", 1), b"\xff,x");
    }

    #[test]
    fn what_a_text_says_of_itself_counts_for_more_than_what_is_told() {
        let told = Encoding::named("latin1");
        let name = |sample: &[u8], is_whole| tell(sample, is_whole, told).name();
        assert_eq!(name(b"id\n1\n", true), "windows-1252");
        assert_eq!(name(b"Zo\xeb\n", true), "windows-1252");
        assert_eq!(name("Zoë\n".as_bytes(), true), "UTF-8");
        assert_eq!(name(b"\xef\xbb\xbfid", true), "UTF-8");
        assert_eq!(name(b"\xff\xfei\0d\0", true), "UTF-16LE");
        assert_eq!(name(b"\0i\0d\0,\0n\0\n", true), "UTF-16BE");
        assert_eq!(
            name("Zoë, Zo".as_bytes().split_last().unwrap().1, false),
            "UTF-8"
        );
        assert_eq!(name(b"Zo\xc3", false), "UTF-8");
        assert_eq!(name(b"Zo\xc3", true), "windows-1252");
        assert_eq!(tell(b"Zo\xeb", true, None), Encoding::UTF_8);
    }

    #[test]
    fn any_label_names_its_encoding() {
        let named = |label| Encoding::named(label).map(Encoding::name);
        assert_eq!(named("ISO-8859-1"), Some("windows-1252"));
        assert_eq!(named("utf8"), Some("UTF-8"));
        assert_eq!(named("cp1250"), Some("windows-1250"));
        assert_eq!(named("utf-7"), None);
        assert_eq!(named("hz-gb-2312"), None);
        for name in Encoding::NAMES {
            assert!(named(name).is_some(), "{name}");
        }
    }

    #[test]
    fn wide_characters_are_told_without_a_byte_order_mark() {
        let text = "id,name\n1,Zoë\n2,Łukasz\n";
        let two = |big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        assert_eq!(wide(&two(true)), Some(Wide::Utf16Be));
        assert_eq!(wide(&two(false)), Some(Wide::Utf16Le));
        let four: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(wide(&four), Some(Wide::Utf32));
        assert_eq!(wide(text.as_bytes()), None);
    }

    proptest! {
        #[test]
        fn utf_16_comes_out_as_it_went_in(text: String, at_a_time in 1_usize..9) {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let mut marked = b"\xff\xfe".to_vec();
            marked.extend(bytes);
            prop_assert_eq!(decoded(&marked, "utf-16le", at_a_time), text.as_bytes());
        }
    }
}
