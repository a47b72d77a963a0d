//! Formats that are not read, told by their first bytes, so that the refusal says what the file is.

use crate::diagnostic::{Diagnostic, Kind, Report};

/// How many bytes are looked at for the NULs of wide characters.
const LOOKED_AT: usize = 1024;

/// A format that is not read, and what to do with such a file.
struct Foreign {
    what: &'static str,
    hint: &'static str,
}

const UNPACK: &str = "compressed files are not read yet: unpack it first";
const AS_CSV: &str = "save or export it as CSV UTF-8";
const AS_UTF8: &str = "other encodings are not read yet: save or export it as CSV UTF-8";

/// What a file begins with, and what it then is.
const BEGINNINGS: [(&[u8], Foreign); 12] = [
    (b"\x1f\x8b", foreign("compressed with gzip", UNPACK)),
    (
        b"\x28\xb5\x2f\xfd",
        foreign("compressed with Zstandard", UNPACK),
    ),
    (b"\xfd7zXZ\0", foreign("compressed with xz", UNPACK)),
    (b"BZh91AY&SY", foreign("compressed with bzip2", UNPACK)),
    (
        b"PK\x03\x04",
        foreign(
            "a ZIP archive, as Excel workbooks (.xlsx) are",
            "workbooks and archives are not read yet: save the sheet as CSV UTF-8, or unpack the archive",
        ),
    ),
    (
        b"PK\x05\x06",
        foreign("a ZIP archive that holds nothing", AS_CSV),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        foreign(
            "an old Office document, such as an Excel workbook (.xls)",
            "workbooks are not read yet: save the sheet as CSV UTF-8",
        ),
    ),
    (b"%PDF-", foreign("a PDF document", AS_CSV)),
    (b"\x89PNG", foreign("a PNG picture", AS_CSV)),
    (
        b"PAR1\x15",
        foreign(
            "a Parquet file",
            "Parquet is not read yet: export it as CSV or JSON",
        ),
    ),
    (
        b"Obj\x01",
        foreign(
            "an Avro file",
            "Avro is not read yet: export it as CSV or JSON",
        ),
    ),
    (
        b"SQLite format 3\0",
        foreign("an SQLite database", "export its table as CSV or JSON"),
    ),
];

const fn foreign(what: &'static str, hint: &'static str) -> Foreign {
    Foreign { what, hint }
}

/// The refusal of the input `name` where its first bytes are those of a format that is not read.
pub(super) fn refuse(bytes: &[u8], name: &str) -> Result<(), Report> {
    let begun = BEGINNINGS
        .iter()
        .find(|(beginning, _)| bytes.starts_with(beginning))
        .map(|(_, foreign)| foreign);
    let told;
    let found = match (begun, wide(bytes), is_markup(bytes)) {
        (Some(foreign), ..) => foreign,
        (None, Some(encoding), _) => {
            told = foreign(encoding, AS_UTF8);
            &told
        }
        (None, None, true) => &foreign(
            "a web page or XML",
            "save or export it as CSV UTF-8, not as a page; a login page saved in its place looks like this as well",
        ),
        (None, None, false) => return Ok(()),
    };
    let message = format!("{name} is {}", found.what);
    let diagnostic = Diagnostic::error("foreign-format", message).hint(found.hint);
    Err(Report::new(Kind::Data, diagnostic))
}

/// The encoding of a text in characters of two or four bytes: by its byte order mark, or by where its NULs stand.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    const UTF_16: &str = "text in UTF-16";
    const UTF_32: &str = "text in UTF-32";
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Some(UTF_32);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16);
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
        [true, true, true, false] | [false, true, true, true] => Some(UTF_32),
        [true, false, true, false] | [false, true, false, true] => Some(UTF_16),
        _ => None,
    }
}

/// Whether the text begins as HTML or XML does.
fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<table",
        "<?xml",
        "<!--",
    ]
    .iter()
    .any(|tag| {
        text.get(..tag.len())
            .is_some_and(|begun| begun.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> Option<String> {
        refuse(bytes, "x").err().map(|report| report.to_string())
    }

    fn utf_16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn a_file_of_another_format_is_called_what_it_is() {
        let cases: [(&[u8], &str); 10] = [
            (b"\x1f\x8b\x08\0", "x is compressed with gzip"),
            (b"\x28\xb5\x2f\xfd\x04", "x is compressed with Zstandard"),
            (
                b"PK\x03\x04\x14\0",
                "x is a ZIP archive, as Excel workbooks (.xlsx) are",
            ),
            (b"%PDF-1.7\n", "x is a PDF document"),
            (b"\x89PNG\r\n\x1a\n", "x is a PNG picture"),
            (b"PAR1\x15\x04", "x is a Parquet file"),
            (b"\xff\xfei\0d\0", "x is text in UTF-16"),
            (b"\xff\xfe\0\0i\0\0\0", "x is text in UTF-32"),
            (b"\n<!DOCTYPE html><html>", "x is a web page or XML"),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>",
                "x is a web page or XML",
            ),
        ];
        for (bytes, message) in cases {
            assert_eq!(said(bytes).as_deref(), Some(message));
        }
    }

    #[test]
    fn wide_characters_are_told_without_a_byte_order_mark() {
        let text = "id,name\n1,Zoë\n2,Łukasz\n";
        for big in [false, true] {
            assert_eq!(
                said(&utf_16(text, big)).as_deref(),
                Some("x is text in UTF-16")
            );
        }
        let four: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(said(&four).as_deref(), Some("x is text in UTF-32"));
    }

    #[test]
    fn text_is_let_through() {
        for text in [
            "PAR1,PAR2\n1,2\n",
            "<id>,name\n",
            "id\n1\0\n",
            "",
            "a",
            "PK,x\n",
            "[{}]",
        ] {
            assert_eq!(said(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn no_hint_names_a_flag() {
        for (_, foreign) in &BEGINNINGS {
            assert!(!foreign.hint.contains("--"), "{}", foreign.hint);
        }
    }
}
