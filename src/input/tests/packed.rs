//! Inputs that have to be unpacked or decoded before they are text.

use std::fs;
use std::io::{Cursor, Write};

use super::{Export, drain, opened, read, read_with};
use crate::diagnostic::{Kind, Report};
use crate::input::{Content, Encoding, Options, Table, open};

const ROWS: &str = "id,name\n1,Zoë\n2,Bob\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn utf_16(text: &str, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn told(name: &str) -> Options {
    Options {
        encoding: Encoding::named(name),
        ..Options::default()
    }
}

fn refusal(bytes: &[u8]) -> Report {
    read_with(bytes, &Options::default()).unwrap_err()
}

fn content(bytes: &[u8], options: &Options) -> Content {
    let table = Table::begin(opened(Cursor::new(bytes.to_vec())), options).unwrap();
    table.content().clone()
}

/// Rows that take longer to unpack than is looked at to tell what a file holds.
fn many_rows() -> String {
    let rows = (0..60_000).map(|number| format!("{number},{}\n", number * 7919 % 10_007));
    format!("id,name\n{}", rows.collect::<String>())
}

#[test]
fn long_texts_that_are_unpacked_ahead_read_as_the_plain_one() {
    let text = many_rows();
    let plain = read(&text);
    assert_eq!(plain.rows.len(), 60_000);
    assert_eq!(read(gzip(text.as_bytes())), plain);
    assert_eq!(read(utf_16(&text, true)), plain);
    assert_eq!(read(gzip(&utf_16(&text, true))), plain);
}

#[test]
fn what_is_wrong_far_down_is_said_of_long_texts_too_however_often_they_are_asked() {
    let bytes = gzip(many_rows().as_bytes());
    let cut = bytes[..bytes.len() - 1000].to_vec();
    let mut table = Table::begin(opened(Cursor::new(cut)), &Options::default()).unwrap();
    for _ in 0..2 {
        let report = loop {
            match table.next_block() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("it breaks off"),
                Err(report) => break report,
            }
        };
        assert_eq!(report.diagnostics[0].code, "truncated-file");
        let message = "export.csv breaks off in the middle of its gzip data";
        assert_eq!(report.to_string(), message);
    }
}

#[test]
fn compressed_texts_and_wide_ones_read_as_the_plain_one() {
    let plain = read(ROWS);
    let objects = "{\"id\":\"1\",\"name\":\"Zoë\"}\n{\"id\":\"2\",\"name\":\"Bob\"}\n";
    let lines = read(objects);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
    for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &zstd] {
        assert_eq!(read(pack(ROWS.as_bytes())), plain);
        assert_eq!(read(pack(&utf_16(ROWS, true))), plain);
        assert_eq!(read(pack(objects.as_bytes())), lines);
    }
    for mark in [true, false] {
        assert_eq!(read(utf_16(ROWS, mark)), plain);
        assert_eq!(read(utf_16(objects, mark)), lines);
    }
    let windows = |bytes: &[u8]| -> Export { read_with(bytes, &told("windows-1252")).unwrap() };
    assert_eq!(windows(b"id,name\n1,Zo\xeb\n2,Bob\n"), plain);
    assert_eq!(windows(ROWS.as_bytes()), plain);
}

#[test]
fn what_was_undone_is_known() {
    let content = content(&gzip(ROWS.as_bytes()), &told("latin1"));
    assert_eq!(content.compression.unwrap().to_string(), "gzip");
    assert_eq!(content.encoding, Encoding::UTF_8);
    let notes = content.notes("a.csv.gz");
    assert_eq!(
        notes,
        ["a.csv.gz is read as UTF-8, which it is, not as windows-1252"]
    );
}

#[test]
fn rows_that_are_no_text_in_the_encoding_are_refused_with_their_line() {
    let export = read_with(b"id,name\n1,Zo\xeb\n2,\x81\n", &told("windows-1252")).unwrap();
    assert_eq!(export.faults(), [(3, 3, 2, "bad_utf8")]);
    assert_eq!(
        export.bad[0].message,
        "column `name` is not text in windows-1252"
    );
    let mut cut = utf_16("id,name\n1,Ann\n2,Bob", true);
    cut.pop();
    let export = read(&cut);
    assert_eq!(export.faults(), [(3, 3, 2, "bad_utf8")]);
    let report = refusal(b"id,n\xe4me\n1,Ann\n");
    assert_eq!(report.diagnostics[0].code, "bad-utf8");
    let hint = report.diagnostics[0].hint.as_deref().unwrap();
    assert!(hint.contains("--encoding windows-1252"), "{hint}");
}

#[test]
fn texts_in_four_bytes_and_what_is_compressed_twice_are_refused_by_name() {
    let four: Vec<u8> = ROWS
        .chars()
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    assert_eq!(refusal(&four).to_string(), "export.csv is text in UTF-32");
    let twice = gzip(&gzip(ROWS.as_bytes()));
    assert_eq!(
        refusal(&twice).to_string(),
        "export.csv is compressed twice"
    );
}

#[test]
fn compressed_data_that_breaks_off_is_refused_and_never_a_bad_row() {
    let rows: Vec<String> = (0..100_000)
        .map(|n| format!("{n},Ann {}\n", n * 7919))
        .collect();
    let bytes = gzip(format!("id,name\n{}", rows.concat()).as_bytes());
    for length in [20, bytes.len() / 2, bytes.len() - 1] {
        let report = refusal(&bytes[..length]);
        assert_eq!(report.diagnostics[0].code, "truncated-file");
        assert_eq!(report.kind, Kind::Data);
    }
}

#[test]
fn a_compressed_file_that_changes_while_it_is_read_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts.csv.gz");
    let bytes = gzip(ROWS.as_bytes());
    for kept in [bytes.len() - 3, bytes.len() / 2] {
        fs::write(&path, &bytes).unwrap();
        let opened = open(&path).unwrap();
        assert_eq!(opened.size, None);
        fs::write(&path, &bytes[..kept]).unwrap();
        let report =
            Table::begin(opened, &Options::default()).and_then(|mut table| drain(&mut table));
        assert_eq!(report.unwrap_err().kind, Kind::Changed);
    }
}

#[test]
fn the_longest_cell_can_be_told() {
    let options = Options {
        max_cell: 10,
        ..Options::default()
    };
    for text in [
        "id,name\n1,12345678901\n2,1234567890\n",
        "{\"id\":1,\"name\":\"12345678901\"}\n{\"id\":2,\"name\":\"1234567890\"}\n",
    ] {
        let export = read_with(text.as_bytes(), &options).unwrap();
        assert_eq!(export.rows.len(), 1);
        assert_eq!(export.bad[0].code.name(), "field_too_long");
        assert_eq!(
            export.bad[0].message,
            "column `name` is longer than 10 bytes"
        );
    }
}

#[test]
fn a_mark_and_the_bytes_themselves_count_for_more_than_what_is_told() {
    let marked = b"\xef\xbb\xbfid,name\n1,Zo\xc3\xab\n2,\xff\n";
    let export = read_with(marked, &told("windows-1252")).unwrap();
    assert_eq!(export.headers, ["id", "name"]);
    assert_eq!(export.cells(), [["1", "Zoë"]]);
    assert_eq!(export.faults(), [(3, 3, 2, "bad_utf8")]);
    let plain = read_with(b"id,name\n1,Bob\n", &told("utf-16le")).unwrap();
    assert_eq!(plain.cells(), [["1", "Bob"]]);
}

#[test]
fn a_frame_that_is_passed_over_may_come_first() {
    let mut packed = b"\x50\x2a\x4d\x18\x04\0\0\0abcd".to_vec();
    packed.extend(zstd::encode_all(ROWS.as_bytes(), 1).unwrap());
    assert_eq!(read(&packed), read(ROWS));
}
