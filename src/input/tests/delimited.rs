//! Delimited text, case by case.

use super::*;
use crate::diagnostic::Kind;
use crate::input::Format;

#[test]
fn plain_rows_come_as_they_stand() {
    let export = read("id,name\n1,Ann\n2, Bob \n");
    assert_eq!(export.headers, ["id", "name"]);
    assert_eq!(export.cells(), [["1", "Ann"], ["2", " Bob "]]);
    assert_eq!(export.lines(), [2, 3]);
}

#[test]
fn a_doubled_quote_reads_as_one() {
    let export = read("id,name\n1,\"Ann \"\"A\"\" Doe\"\n2,\"\"\n3,\"\"\"\"\n");
    assert_eq!(
        export.cells(),
        [["1", "Ann \"A\" Doe"], ["2", ""], ["3", "\""]]
    );
}

#[test]
fn a_quote_inside_an_unquoted_field_is_data() {
    let export = read("id,name\n1,5\" pipe\n2, \"x\"\n");
    assert_eq!(export.cells(), [["1", "5\" pipe"], ["2", " \"x\""]]);
}

#[test]
fn delimiters_and_line_ends_inside_quotes_are_data() {
    let export = read("id,note\n1,\"a,b\r\nc\nd\"\n2,x\n");
    assert_eq!(export.cells(), [["1", "a,b\r\nc\nd"], ["2", "x"]]);
    assert_eq!(export.lines(), [2, 5]);
}

#[test]
fn crlf_and_lf_end_records_alike() {
    let export = read("id,name\r\n1,Ann\r\n2,\"Bob\"\r\n3,Cy\n");
    assert_eq!(export.cells(), [["1", "Ann"], ["2", "Bob"], ["3", "Cy"]]);
}

#[test]
fn a_file_with_cr_alone_ends_records_at_cr() {
    let export = read("id,name\r1,Ann\r\r2,\"a\rb\"\r3,c");
    assert_eq!(export.cells(), [["1", "Ann"], ["2", "a\rb"], ["3", "c"]]);
    assert_eq!(export.lines(), [2, 4, 6]);
}

#[test]
fn the_last_record_need_not_end_its_line() {
    for end in ["", "\n", "\r\n", "\r"] {
        let export = read(format!("id,name\n1,Ann\n2,\"Bob\"{end}"));
        assert_eq!(export.cells(), [["1", "Ann"], ["2", "Bob"]], "{end:?}");
    }
}

#[test]
fn byte_order_mark_separator_line_and_blank_lines_are_passed_over() {
    let export = read("\u{feff}sep=;\r\n\r\nid;name\r\n\r\n1;a,b\r\n\n2;c\n\n");
    assert_eq!(export.headers, ["id", "name"]);
    assert_eq!(export.cells(), [["1", "a,b"], ["2", "c"]]);
    assert_eq!(export.lines(), [5, 7]);
    assert_eq!(export.rows[1].record, 2);
}

#[test]
fn a_quoted_header_behind_a_byte_order_mark_is_unquoted() {
    assert_eq!(
        read("\u{feff}\"id\",\"na,me\"\n1,2\n").headers,
        ["id", "na,me"]
    );
}

#[test]
fn a_told_delimiter_wins() {
    let options = Options {
        delimiter: Some(b';'),
        ..Options::default()
    };
    let export = read_with(b"a,b;c\n1,2;3\n", &options).unwrap();
    assert_eq!(export.cells(), [["1,2", "3"]]);
}

#[test]
fn an_undecidable_delimiter_is_refused_and_the_flag_named() {
    let report = refusal("a,b;c\n1,2;3\n");
    assert_eq!(report.kind, Kind::Data);
    let hint = report.diagnostics[0].hint.as_deref().unwrap();
    assert!(hint.contains("--delimiter"), "{hint}");
}

#[test]
fn a_wrong_number_of_fields_is_a_bad_row_that_says_both_numbers() {
    let export = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n");
    assert_eq!(export.cells(), [["1", "2", "3"]]);
    assert_eq!(
        export.faults(),
        [(2, 2, 1, "field_count"), (4, 4, 3, "field_count")]
    );
    assert_eq!(export.bad[0].message, "has 2 fields, the header has 3");
    assert_eq!(export.bad[0].raw, b"1,2");
}

#[test]
fn text_after_a_closing_quote_is_refused_with_its_line() {
    let export = read("id,name\n1,\"x\"y\n2,z\n3,\"x\" \n");
    assert_eq!(export.cells(), [["2", "z"]]);
    assert_eq!(
        export.faults(),
        [(2, 2, 1, "bad_quote"), (4, 4, 3, "bad_quote")]
    );
    assert_eq!(export.bad[0].column.as_deref(), Some("name"));
    assert_eq!(export.bad[0].raw, b"1,\"x\"y");
}

#[test]
fn reading_goes_on_behind_a_bad_quote_with_quoted_line_ends_intact() {
    let export = read("a,b\n\"x\"y,\"p\nq\"\n1,2\n");
    assert_eq!(export.faults(), [(2, 3, 1, "bad_quote")]);
    assert_eq!(export.cells(), [["1", "2"]]);
    assert_eq!(export.lines(), [4]);
}

#[test]
fn an_unclosed_quote_refuses_the_file_and_names_the_line_where_it_opened() {
    let report = refusal("id,name\n1,Ann\n2,\"Bob\n3,Cy\n4,Di\n");
    assert_eq!(report.kind, Kind::Data);
    assert_eq!(report.diagnostics[0].code, "unclosed-quote");
    assert_eq!(
        report.to_string(),
        "the quote opened on line 3 of export.csv is never closed"
    );
}

#[test]
fn an_unclosed_quote_in_the_header_names_its_line() {
    let report = refusal("\n\nid,\"name\n1,Ann\n");
    assert!(report.to_string().contains("line 3"), "{report}");
}

#[test]
fn an_escaped_quote_at_the_very_end_does_not_close_the_field() {
    assert_eq!(
        refusal("id,name\n1,\"Ann\"\"").diagnostics[0].code,
        "unclosed-quote"
    );
}

#[test]
fn control_characters_are_refused_with_their_column() {
    let export = read("id,name\n1,a\0b\n2,a\rb\n3,\"a\x1bb\"\n4,a\tb\n5,\"a\rb\"\n6,a\x7f\n");
    assert_eq!(export.cells(), [["4", "a\tb"], ["5", "a\rb"]]);
    assert_eq!(
        export.faults(),
        [
            (2, 2, 1, "control_char"),
            (3, 3, 2, "control_char"),
            (4, 4, 3, "control_char"),
            (7, 7, 6, "control_char")
        ]
    );
    assert_eq!(export.bad[0].column.as_deref(), Some("name"));
    assert_eq!(
        export.bad[2].message,
        "column `name` holds the control character U+001B"
    );
}

#[test]
fn invalid_utf8_is_refused_with_its_column_and_spares_its_neighbours() {
    let export =
        read(b"id,name,city\n1,Zo\xc3\xab,Rome\n2,Zo\xeb,Oslo\n3,x,\"\"\"\xc3\xab\"\n".as_slice());
    assert_eq!(export.cells(), [["1", "Zoë", "Rome"], ["3", "x", "\"ë"]]);
    assert_eq!(export.faults(), [(3, 3, 2, "bad_utf8")]);
    assert_eq!(export.bad[0].column.as_deref(), Some("name"));
    assert_eq!(export.bad[0].raw, b"2,Zo\xeb,Oslo");
}

#[test]
fn escaped_quotes_of_a_good_record_outlive_a_refused_one_that_is_no_utf8() {
    let export = read(b"a,b\n\"x \"\"y\"\"\",1\n\"z \"\"\xff\"\"\",2\n".as_slice());
    assert_eq!(export.cells(), [["x \"y\"", "1"]]);
    assert_eq!(export.faults(), [(3, 3, 2, "bad_utf8")]);
}

#[test]
fn invalid_utf8_in_the_header_refuses_the_file() {
    let report = refusal(b"id,pr\xe9nom\n1,x\n".as_slice());
    assert_eq!(report.kind, Kind::Data);
    assert_eq!(report.diagnostics[0].code, "bad-utf8");
}

#[test]
fn a_cell_beyond_one_mebibyte_is_refused() {
    let limit = 1024 * 1024;
    let export = read(format!(
        "id,name\n1,{}\n2,{}\n",
        "x".repeat(limit),
        "x".repeat(limit + 1)
    ));
    assert_eq!(export.rows.len(), 1);
    assert_eq!(export.faults(), [(3, 3, 2, "field_too_long")]);
}

#[test]
fn a_record_beyond_64_mebibytes_stops_the_reading() {
    let endless = io::Cursor::new(b"id,name\n1,\"".to_vec()).chain(io::repeat(b'x'));
    let report =
        drain(&mut Table::begin(opened(endless), &Options::default()).unwrap()).unwrap_err();
    assert_eq!(report.diagnostics[0].code, "record-too-long");
    assert!(report.to_string().contains("line 2"), "{report}");
}

#[test]
fn an_empty_file_is_refused() {
    for text in ["", "\u{feff}", "\n\n", "\r\n", "sep=;\n", "  \n"] {
        let report = begin(text.as_bytes()).err().unwrap();
        assert_eq!(report.kind, Kind::Data, "{text:?}");
        assert_eq!(report.diagnostics[0].code, "empty-file", "{text:?}");
    }
}

#[test]
fn a_header_alone_has_no_rows() {
    for text in ["id,name", "id,name\n", "id,name\r\n\r\n"] {
        let mut table = begin(text.as_bytes()).unwrap();
        assert!(!table.has_rows(), "{text:?}");
        assert_eq!(table.headers(), ["id", "name"]);
        assert!(drain(&mut table).unwrap().rows.is_empty());
    }
    assert!(begin(b"id\n\n1").unwrap().has_rows());
}

#[test]
fn headers_are_trimmed_and_their_places_known() {
    let table = begin(b"\n id ,\" Full \"\"N\"\" \"\n1,2\n").unwrap();
    assert_eq!(table.headers(), ["id", "Full \"N\""]);
    assert_eq!(table.format(), Format::Csv { delimiter: b',' });
    let (source, spans) = table.header_source();
    assert_eq!(&source.text[spans[0].clone()], "id");
    assert_eq!(&source.text[spans[1].clone()], "Full \"\"N\"\"");
    assert_eq!(source.position(spans[0].start), (2, 2));
}

#[test]
fn one_header_may_feed_several_slots_and_an_unbound_slot_is_blank() {
    let mut table = begin(b"id,name\n1,Ann\n").unwrap();
    let mut binding = Binding::new(4);
    binding.bind(1, 0);
    binding.bind(1, 2);
    binding.bind(0, 3);
    let mut parser = table.parser(Arc::new(binding));
    let block = table.next_block().unwrap().unwrap();
    let mut cells = Vec::new();
    parser.parse(&block, |row| {
        let row = row.unwrap();
        cells.extend((0..5).map(|slot| row.text(slot).to_owned()));
    });
    assert_eq!(cells, ["Ann", "", "Ann", "1", ""]);
    assert_eq!(table.next_block().unwrap(), None);
}

#[test]
fn a_fingerprint_follows_the_cells_and_not_the_order_of_columns() {
    let one = read("id,name,city\n1,Ann,\n1,Bob,\n");
    let other = read("city;name;id;more\n ;Ann;1;\n");
    assert_eq!(one.rows[0].fingerprint, other.rows[0].fingerprint);
    assert_ne!(one.rows[0].fingerprint, one.rows[1].fingerprint);
    let swapped = read("name,id\n1,Ann\n");
    assert_ne!(one.rows[0].fingerprint, swapped.rows[0].fingerprint);
}

#[test]
fn a_read_error_is_an_io_refusal() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let reader = io::Cursor::new(b"id\n1\n".to_vec()).chain(Broken);
    let report = Table::begin(opened(reader), &Options::default())
        .err()
        .unwrap();
    assert_eq!(report.kind, Kind::Io);
}

#[test]
fn a_blank_line_has_one_cr_at_most() {
    let export = read("id,name\n1,Ann\n\r\r\n2,Bob\n");
    assert_eq!(export.faults(), [(3, 3, 2, "control_char")]);
    assert_eq!(export.rows[1].record, 3);
}

#[test]
fn a_table_and_its_parsers_may_go_to_other_threads() {
    fn sendable<T: Send>(_: &T) {}
    let table = begin(b"id\n1\n").unwrap();
    sendable(&table);
    sendable(&table.parser(Arc::new(Binding::new(0))));
}

#[test]
fn any_number_of_blank_lines_after_a_separator_line_is_passed_over() {
    let export = read(format!("sep=;{}id;name\n1;Ann\n", "\n".repeat(300_000)));
    assert_eq!(export.cells(), [["1", "Ann"]]);
    assert_eq!(export.lines(), [300_002]);
    let report = refusal(format!("sep=;{}", "\n".repeat(262_144)));
    assert_eq!(report.diagnostics[0].code, "empty-file");
}

#[test]
fn a_file_of_nothing_but_cr_is_empty() {
    let report = begin(&vec![b'\r'; 1_000_000]).err().unwrap();
    assert_eq!(report.diagnostics[0].code, "empty-file");
}

#[test]
fn a_header_of_too_many_columns_is_refused() {
    let header = |columns: usize| vec!["a"; columns].join(",");
    let table = begin(format!("{}\n", header(100_000)).as_bytes()).unwrap();
    assert_eq!(table.headers().len(), 100_000);
    for text in [format!("{}\n1\n", header(100_001)), ",".repeat(4_000_000)] {
        let report = begin(text.as_bytes()).err().unwrap();
        assert_eq!(report.kind, Kind::Data);
        assert_eq!(report.diagnostics[0].code, "too-many-columns");
    }
}

#[test]
fn the_delimiter_of_a_header_longer_than_what_is_looked_at_is_told() {
    let name = "n".repeat(200_000);
    let table = begin(format!("id;{name};b\n1;2;3\n").as_bytes()).unwrap();
    assert_eq!(table.format(), Format::Csv { delimiter: b';' });
}

#[test]
fn a_file_of_another_format_is_refused_as_what_it_is() {
    let report = refusal(b"BZh91AY&SY".as_slice());
    assert_eq!(report.kind, Kind::Data);
    assert_eq!(report.to_string(), "export.csv is compressed with bzip2");
}

#[test]
fn the_header_once_more_is_a_bad_row_and_so_is_what_a_byte_order_mark_begins() {
    let export = read(
        "id, name\n1,Ann\nid, name\n2,id\nid,x\n\"id\",\"name\"\n\u{feff}id,name\n\u{feff}3,Cy\n4,\u{feff}Di\n",
    );
    assert_eq!(
        export.cells(),
        [["1", "Ann"], ["2", "id"], ["id", "x"], ["4", "\u{feff}Di"]]
    );
    assert_eq!(
        export.faults(),
        [
            (3, 3, 2, "repeated_header"),
            (6, 6, 5, "repeated_header"),
            (7, 7, 6, "control_char"),
            (8, 8, 7, "control_char")
        ]
    );
}

#[test]
fn bad_records_are_handed_out_whole_however_long_and_many_they_are() {
    let export = read(format!("id,name\n{}\n", "x".repeat(100_000)));
    assert_eq!(export.bad[0].raw.len(), 100_000);
    let export = read(format!("id,name\n{}", "x\n".repeat(3000)));
    assert_eq!(export.bad.len(), 3000);
    let last = &export.bad[2999];
    assert_eq!(last.message, "has 1 field, the header has 2");
    assert_eq!((last.line, last.raw.as_slice()), (3001, &b"x"[..]));
}

/// The line of a text that lacks its line end, whatever the size of the blocks.
fn unended(text: &str) -> Option<u64> {
    let of = |block_size| {
        let options = Options {
            block_size,
            ..Options::default()
        };
        let bytes = io::Cursor::new(text.to_owned().into_bytes());
        let mut table = Table::begin(opened(bytes), &options).unwrap();
        assert_eq!(table.ends_without_line_end(), None);
        while table.next_block().unwrap().is_some() {}
        table.ends_without_line_end()
    };
    let told = of(1 << 20);
    for block_size in 1..12 {
        assert_eq!(of(block_size), told, "{text:?}");
    }
    told
}

#[test]
fn a_last_line_that_lacks_its_line_end_can_be_asked_for() {
    assert_eq!(unended("id,name\n1,Ann\n2,Bob\n"), None);
    assert_eq!(unended("id,name\r\n1,Ann\r\n\r\n"), None);
    assert_eq!(unended("id,name\r1,Ann\r"), None);
    assert_eq!(unended("id,name\n1,Ann\n2,Bo"), Some(3));
    assert_eq!(unended("id,name\n1,\"A\nnn\""), Some(3));
    assert_eq!(unended("id,name\r\n1,Ann\r\n2,Bob\r"), Some(3));
    assert_eq!(unended("id,name\r1,Ann"), Some(2));
    assert_eq!(unended("{\"id\":1}\n{\"id\":2}"), None);
}

#[test]
fn a_spelled_control_character_stays_spelled_and_any_other_mark_is_taken_off() {
    let export = read("id,name\n1,\\u{1b}[31m\n2,\\u{202e}x\n3,'=1\n4,\\u{5c}u{1b}\n");
    let names: Vec<&str> = export.cells().iter().map(|row| row[1]).collect();
    assert_eq!(names, ["\\u{1b}[31m", "\u{202e}x", "=1", "\\u{1b}"]);
}

#[test]
fn a_first_row_that_is_of_a_person_is_not_shown_in_the_header_s_place() {
    let table = begin(b"Jane Roe,jane@example.com,\"+44 79, 1\"\nBob,b@example.com,1\n").unwrap();
    let (source, _) = table.header_source();
    assert_eq!(source.text, "**** ***,****************,\"*** **, *\"");
    assert_eq!(table.headers()[0], "Jane Roe");
    let report = refusal("id,\"name,x\n1,Ada,a\n2 Jane Roe,\"b\",c\n");
    assert_eq!(
        report.to_string(),
        "text follows the closing quote of a header on line 3 of export.csv"
    );
    assert!(report.diagnostics[0].labels.is_empty());
}
