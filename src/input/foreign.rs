//! Formats that are not read, told by their first bytes, so that the refusal says what the file is.

use super::encoding::{Wide, wide};
use crate::diagnostic::{Diagnostic, Kind, Report};

/// A format that is not read, and what to do with such a file.
struct Foreign {
    what: &'static str,
    hint: &'static str,
}

const UNPACK: &str =
    "gzip and Zstandard are read: unpack it first, or compress it with one of these";
const AS_CSV: &str = "save or export it as CSV UTF-8";

/// What a file begins with, and what it then is.
const BEGINNINGS: [(&[u8], Foreign); 9] = [
    (b"\xfd7zXZ\0", foreign("compressed with xz", UNPACK)),
    (b"BZh91AY&SY", foreign("compressed with bzip2", UNPACK)),
    (
        b"PK\x05\x06",
        foreign("a ZIP archive that holds nothing", AS_CSV),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        foreign(
            "an old Office document, such as an Excel workbook (.xls)",
            "save it as .xlsx or as CSV UTF-8; of a workbook with a password, take the password away first",
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
    let found = match (begun, wide(bytes), is_markup(bytes)) {
        (Some(_), ..) if is_locked_workbook(bytes) => &foreign(
            "a workbook that is protected with a password",
            "open it in Excel, take the password away and save it again",
        ),
        (Some(foreign), ..) => foreign,
        (None, Some(Wide::Utf32), _) => &foreign("text in UTF-32", AS_CSV),
        (None, _, true) => &foreign(
            "a web page or XML",
            "save or export it as CSV UTF-8, not as a page; a login page saved in its place looks like this as well",
        ),
        (None, _, false) => return Ok(()),
    };
    let message = format!("{name} is {}", found.what);
    let diagnostic = Diagnostic::error("foreign-format", message).hint(found.hint);
    Err(Report::new(Kind::Data, diagnostic))
}

/// Whether an old Office document is what Excel wraps around a workbook with a password. Its parts are named in UTF-16.
fn is_locked_workbook(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && memchr::memmem::find(bytes, &name).is_some()
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

    #[test]
    fn a_file_of_another_format_is_called_what_it_is() {
        let cases: [(&[u8], &str); 9] = [
            (b"BZh91AY&SY", "x is compressed with bzip2"),
            (
                b"\xd0\xcf\x11\xe0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                "x is a workbook that is protected with a password",
            ),
            (b"%PDF-1.7\n", "x is a PDF document"),
            (b"\x89PNG\r\n\x1a\n", "x is a PNG picture"),
            (b"PAR1\x15\x04", "x is a Parquet file"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "x is an old Office document, such as an Excel workbook (.xls)",
            ),
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
