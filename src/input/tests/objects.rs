//! JSON, case by case.

use super::*;
use crate::diagnostic::Kind;
use crate::input::Format;

const ARRAY: &str = r#"[
  {"id": 1, "name": "Ann"},
  {"id": 2, "name": "B\u00f6b, \"x\""}
]
"#;

#[test]
fn an_array_of_objects_is_read() {
    let export = read(ARRAY);
    assert_eq!(export.headers, ["id", "name"]);
    assert_eq!(export.cells(), [["1", "Ann"], ["2", "Böb, \"x\""]]);
    assert_eq!(export.lines(), [2, 3]);
}

#[test]
fn one_object_per_line_is_read() {
    let export = read("{\"id\":1,\"name\":\"Ann\"}\n\n{\"name\":\"Bob\",\"id\":2}\r\n{\"id\":3}");
    assert_eq!(export.cells(), [["1", "Ann"], ["2", "Bob"], ["3", ""]]);
    assert_eq!(export.lines(), [1, 3, 4]);
    assert_eq!(export.rows[2].record, 3);
}

#[test]
fn an_object_that_holds_the_array_is_read() {
    let text = r#"{"total": 2, "tags": ["a"], "meta": {"x": [{"y": 1}]},
 "results": [{"id": "1"},
 {"id": "2"}], "paging": {"next": "]}"}}
"#;
    let mut table = begin(text.as_bytes()).unwrap();
    assert_eq!(table.format(), Format::JsonArray);
    let export = drain(&mut table).unwrap();
    assert_eq!(export.cells(), [["1"], ["2"]]);
    assert_eq!(export.lines(), [2, 3]);
}

#[test]
fn a_line_that_holds_an_array_is_still_a_line_when_others_follow() {
    let export = read("{\"id\":1,\"deals\":[{\"v\":2}]}\n{\"id\":2,\"deals\":[]}\n");
    assert_eq!(export.cells(), [["1", "[{\"v\":2}]"], ["2", ""]]);
}

#[test]
fn values_read_as_a_person_would_write_them() {
    let export = read(
        r#"[{"a": 1.50, "b": true, "c": null, "d": {"e": "x", "f": {"g": -2e3}}, "h.i": "lit",
            "j": ["p", 2, null, false], "k": [ {"l" : "m n"} ], "o": {}, "q": []}]"#,
    );
    assert_eq!(
        export.headers,
        ["a", "b", "c", "d.e", "d.f.g", "h.i", "j", "k", "q"]
    );
    assert_eq!(
        export.cells(),
        [[
            "1.50",
            "true",
            "",
            "x",
            "-2e3",
            "lit",
            "p, 2, false",
            "[{\"l\":\"m n\"}]",
            ""
        ]]
    );
}

/// The cells of slot 1 and the bad rows where slot 0 is fed by the first header and slot 1 by late keys.
fn with_late_keys(text: &str, keys: &'static [(&str, usize)]) -> (Vec<String>, Vec<BadRow>) {
    let mut table = begin(text.as_bytes()).unwrap();
    let mut binding = Binding::new(2);
    binding.bind(0, 0);
    binding.late(Arc::new(|key| {
        let ranks = keys.iter().filter(|(known, _)| *known == key);
        ranks.map(|(_, rank)| (1, *rank)).collect()
    }));
    let mut parser = table.parser(Arc::new(binding));
    let (mut cells, mut bad) = (Vec::new(), Vec::new());
    while let Some(block) = table.next_block().unwrap() {
        parser.parse(&block, |row| match row {
            Ok(row) => cells.push(row.text(1).to_owned()),
            Err(refused) => bad.push(refused),
        });
    }
    (cells, bad)
}

/// Records with no other key than `id`, more than are looked at for the headers, and then `text`.
fn late(text: &str) -> String {
    format!("{}{text}", "{\"id\":1}\n".repeat(30_000))
}

#[test]
fn a_key_that_first_turns_up_later_is_found_by_what_the_binding_tells_of_it() {
    let text = late("{\"id\":2,\"geo\":{\"city\":\"Rome\"}}\n{\"id\":3,\"City\":\"Oslo\"}\n");
    let (cells, bad) = with_late_keys(&text, &[("geo.city", 0), ("City", 0)]);
    assert_eq!(bad, []);
    assert_eq!(cells[29_999..], ["", "Rome", "Oslo"]);
}

#[test]
fn of_two_late_keys_the_better_counts_and_two_alike_are_refused_unless_one_is_blank() {
    let text = late(
        r#"{"City":"Rome","town":"Oslo"}
{"town":"Oslo","City":"Rome"}
{"City":" ","place":"Lyon"}
{"place":"Lyon","City":null}
{"City":"Rome","place":"Rome"}
{"town":"Oslo","City":""}
"#,
    );
    let (cells, bad) = with_late_keys(&text, &[("City", 0), ("place", 0), ("town", 1)]);
    assert_eq!(cells[30_000..], ["Rome", "Rome", "Lyon", "Lyon", "Oslo"]);
    assert_eq!(bad.len(), 1);
    assert_eq!((bad[0].line, bad[0].code.name()), (30_005, "duplicate_key"));
    assert_eq!(bad[0].column.as_deref(), Some("place"));
}

#[test]
fn a_late_key_fills_a_slot_whose_header_a_record_lacks() {
    let mut table = begin(late("{\"ID\":7}\n{\"id\":8,\"ID\":9}\n").as_bytes()).unwrap();
    let mut binding = Binding::new(1);
    binding.bind(0, 0);
    binding.late(Arc::new(|key| {
        if key == "ID" {
            vec![(0, 0)]
        } else {
            Vec::new()
        }
    }));
    let mut parser = table.parser(Arc::new(binding));
    let block = table.next_block().unwrap().unwrap();
    let mut last = String::new();
    let mut bad = 0;
    parser.parse(&block, |row| match row {
        Ok(row) => row.text(0).clone_into(&mut last),
        Err(_) => bad += 1,
    });
    assert_eq!(last, "7");
    assert_eq!(bad, 1);
}

#[test]
fn numbers_of_json_read_with_a_decimal_comma_where_the_export_has_one() {
    let text = r#"[{"a": 1.234, "b": "1.234", "c": -0.5, "d": 12, "e": [1.5, "x.y"], "f": {"g": 2.5e3}, "h": true}]"#;
    let options = Options {
        decimal_comma: true,
        ..Options::default()
    };
    let export = read_with(text.as_bytes(), &options).unwrap();
    assert_eq!(
        export.cells(),
        [["1,234", "1.234", "-0,5", "12", "1,5, x.y", "2,5e3", "true"]]
    );
    assert_eq!(read(text).cells()[0][0], "1.234");
}

#[test]
fn two_arrays_of_records_are_refused_and_both_keys_named() {
    let texts = [
        r#"{"leads":[{"id":1}],"more":[{"id":2}]}"#.to_owned(),
        format!(
            r#"{{"leads":[{}{{"id":1}}],"more":[{{"id":2}}]}}"#,
            "{\"id\":1},".repeat(30_000)
        ),
    ];
    for text in texts {
        let report = refusal(&text);
        assert_eq!(report.kind, Kind::Data);
        assert_eq!(
            report.to_string(),
            "the JSON object of export.csv holds two arrays, `leads` and `more`"
        );
    }
    let long = format!(
        r#"{{"leads":[{}{{"id":1}}],"leads":[]}}"#,
        "{\"id\":1},".repeat(30_000)
    );
    for text in [
        r#"{"leads":[{"id":1}],"leads":[{"id":2}]}"#,
        r#"{"leads":[{"id":1}],"leads":[]}"#,
        &long,
    ] {
        let report = refusal(text);
        assert_eq!(report.diagnostics[0].code, "two-arrays");
        assert!(report.to_string().contains("`leads`"), "{report}");
    }
}

#[test]
fn garbage_beside_the_array_of_an_object_is_refused_with_its_line() {
    let texts = [
        ("{\"leads\":[{\"id\":1}],\n\"x\":@@@ garbage}", "line 2"),
        ("{\"leads\":[{\"id\":1}]]", "line 1"),
        ("{\"leads\":[{\"id\":1}]]}", "line 1"),
        ("{\"x\":@@@,\"leads\":[{\"id\":1}]}", "line 1"),
        ("{\"x\":[1},\n\"leads\":[{\"id\":1}]}", "line 1"),
    ];
    for (text, line) in texts {
        let report = refusal(text);
        assert_eq!(report.diagnostics[0].code, "bad-json", "{text}");
        assert!(report.to_string().contains(line), "{text}: {report}");
    }
    let report = refusal("{\"leads\":[{\"id\":1}]}}");
    assert_eq!(report.diagnostics[0].code, "trailing-json");
}

#[test]
fn a_record_alone_on_its_line_is_no_wrapper_of_the_array_in_it() {
    let export = read("{\"id\":1,\"deals\":[{\"v\":2}]}\n");
    assert_eq!(export.headers, ["id", "deals"]);
    assert_eq!(export.cells(), [["1", "[{\"v\":2}]"]]);
    assert_eq!(read("{\"id\":1,\"tags\":[]}").cells(), [["1", ""]]);
    assert_eq!(read("{\"deals\":[{\"id\":2}]}").cells(), [["2"]]);
}

#[test]
fn the_fault_of_the_first_record_is_said_where_none_can_be_read() {
    let cases: [(&[u8], &str); 5] = [
        (
            b"\n{\"id\":}\n",
            "export.csv:2: bad_json: is not valid JSON: expected value",
        ),
        (
            b"[{\"id\":1,\"id\":2}]",
            "export.csv:1: duplicate_key: has the key `id` twice",
        ),
        (
            b"[\n{\"id\":\"\xff\"}]",
            "export.csv:2: bad_utf8: the record is not UTF-8",
        ),
        (
            b"{\"id\":\"\xff\"}\n",
            "export.csv:1: bad_utf8: the record is not UTF-8",
        ),
        (b"[1, 2]", "export.csv:1: bad_json: is not a JSON object"),
    ];
    for (text, line) in cases {
        let report = begin(text).err().unwrap();
        assert_eq!(report.kind, Kind::Data);
        assert_eq!(report.diagnostics[0].list, [line]);
    }
    for text in ["[{\"id\":1", "{\"id\":", "{\"results\":[{\"id\":1"] {
        let report = begin(text.as_bytes()).err().unwrap();
        assert_eq!(report.diagnostics[0].code, "truncated-json", "{text}");
    }
    assert_eq!(
        read("{\"id\":}\n{\"id\":2}\n").faults(),
        [(1, 1, 1, "bad_json")]
    );
}

#[test]
fn a_first_record_longer_than_what_is_looked_at_still_gives_the_headers() {
    let long = "x".repeat(600_000);
    for text in [
        format!("[{{\"id\":1,\"note\":\"{long}\"}}]"),
        format!("{{\"id\":1,\"note\":\"{long}\"}}\n{{\"id\":2}}\n"),
    ] {
        let table = begin(text.as_bytes()).unwrap();
        assert_eq!(table.headers(), ["id", "note"]);
    }
}

#[test]
fn an_object_may_have_ten_thousand_keys_and_no_more() {
    let object = |keys: usize| {
        let members: Vec<String> = (0..keys).map(|key| format!("\"k{key}\":1")).collect();
        format!("{{{}}}\n", members.join(","))
    };
    let text = format!("{{\"id\":1}}\n{}{}", object(10_000), object(10_001));
    let export = read(text);
    assert_eq!(export.faults(), [(3, 3, 3, "bad_json")]);
    assert_eq!(export.bad[0].message, "has more than 10,000 keys");
}

#[test]
fn half_a_surrogate_pair_is_refused_wherever_it_stands() {
    let export = read(
        r#"{"a":["x"]}
{"a":"\ud800"}
{"a":["\ud800"]}
{"a":["\ud800",{"b":1}]}
{"a":[{"b":["\ud800"]}]}
{"a":[{"\ud800":1}]}
{"a":["\ud83d\ude00",{"b":"\\ud800"}]}
"#,
    );
    let lines: Vec<u64> = export.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6]);
    assert_eq!(export.rows.len(), 2);
}

#[test]
fn records_that_are_no_objects_are_bad_rows() {
    let export = read("{\"id\":1}\n{\"id\":}\n[2]\n{\"id\":3}\n7\n");
    assert_eq!(export.cells(), [["1"], ["3"]]);
    assert_eq!(
        export.faults(),
        [
            (2, 2, 2, "bad_json"),
            (3, 3, 3, "bad_json"),
            (5, 5, 5, "bad_json")
        ]
    );
    assert_eq!(export.bad[1].message, "is not a JSON object");
}

#[test]
fn a_bad_element_spares_its_neighbours() {
    let export =
        read("[{\"id\":1},\n{\"id\":2} {\"id\":3},\n{\"id\":4},,{]\n, \"x\",\n{\"id\":5},]");
    assert_eq!(export.cells(), [["1"], ["4"], ["5"]]);
    let lines: Vec<u64> = export.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [2, 3, 3, 4, 5]);
    assert!(export.bad.iter().all(|bad| bad.code.name() == "bad_json"));
}

#[test]
fn a_key_that_is_given_twice_is_refused() {
    let export = read(
        "{\"id\":1,\"id\":2}\n{\"a\":{\"b\":1,\"b\":1}}\n{\"a\":{\"b\":1},\"a.b\":2}\n{\"id\":1,\"a\":{\"id\":2}}\n",
    );
    assert_eq!(
        export.faults(),
        [
            (1, 1, 1, "duplicate_key"),
            (2, 2, 2, "duplicate_key"),
            (3, 3, 3, "duplicate_key")
        ]
    );
    assert_eq!(export.bad[1].column.as_deref(), Some("a.b"));
}

#[test]
fn invalid_utf8_and_control_characters_are_refused() {
    let export = read(
        b"{\"id\":1}\n{\"id\":\"\xff\"}\n{\"id\":\"a\\u0000\"}\n{\"id\":\"a\\tb\"}\n".as_slice(),
    );
    assert_eq!(export.cells(), [["1"], ["a\tb"]]);
    assert_eq!(
        export.faults(),
        [(2, 2, 2, "bad_utf8"), (3, 3, 3, "control_char")]
    );
}

#[test]
fn truncated_json_refuses_the_file() {
    let whole = [
        "[{\"id\":1},{\"id\":2}]",
        "{\"id\":1}\n{\"id\":2}",
        "{\"results\":[{\"id\":1}],\"x\":1}",
    ];
    for text in whole {
        assert!(read_with(text.as_bytes(), &Options::default()).is_ok());
        let first = text.find('1').unwrap() + 2;
        for cut in first..text.len() {
            // A cut between two lines leaves a shorter file that is whole.
            if text.as_bytes()[..cut].ends_with(b"}")
                && !text.starts_with('[')
                && !text[..cut].contains('[')
                || text.as_bytes()[..cut].ends_with(b"\n")
            {
                continue;
            }
            let report = refusal(&text[..cut]);
            assert_eq!(report.kind, Kind::Data);
            assert_eq!(
                report.diagnostics[0].code,
                "truncated-json",
                "{}",
                &text[..cut]
            );
        }
    }
}

#[test]
fn what_follows_the_array_is_refused() {
    assert_eq!(
        refusal("[{\"id\":1}]\n[2]").diagnostics[0].code,
        "trailing-json"
    );
    assert_eq!(
        refusal("[{\"id\":1}]}").diagnostics[0].code,
        "trailing-json"
    );
}

#[test]
fn an_array_of_nothing_has_no_rows() {
    for text in ["[]", " [ ]\n", "{\"results\": [], \"n\": 0}"] {
        let mut table = begin(text.as_bytes()).unwrap();
        assert!(!table.has_rows(), "{text}");
        assert!(drain(&mut table).unwrap().rows.is_empty());
    }
    assert!(begin(b"[ {} ]").unwrap().has_rows());
}

#[test]
fn objects_spread_over_lines_without_an_array_are_refused() {
    for text in ["{\n\"id\": 1\n}\n{\n\"id\": 2\n}\n", "{\n\"id\": 1\n}\n"] {
        assert_eq!(refusal(text).diagnostics[0].code, "unclear-json");
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    let deep = format!("{}1{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
    let export = read(format!("{{\"id\":1}}\n{deep}\n"));
    assert_eq!(export.faults(), [(2, 2, 2, "bad_json")]);
}

#[test]
fn keys_can_be_pointed_at() {
    let table = begin(ARRAY.as_bytes()).unwrap();
    let (source, spans) = table.header_source();
    assert_eq!(source.text, r#"{"id", "name"}"#);
    assert_eq!(&source.text[spans[1].clone()], "name");
}

#[test]
fn records_in_objects_within_an_object_read_as_a_plain_array() {
    let records = r#"{"id":1,"properties":{"email":"a@example.com"}},{"id":2}"#;
    let plain = read(format!("[{records}]"));
    for around in [
        "{\"data\":{\"contacts\":[@]}}",
        "{\"results\":[@],\"paging\":{\"next\":{\"after\":\"2\"}}}",
        "\u{feff}{\"data\":{\"total\":2,\"contacts\":[@],\"page\":1},\"ok\":true}",
    ] {
        assert_eq!(read(around.replace('@', records)), plain, "{around}");
    }
    let report = refusal("{\"data\":{\"contacts\":[{\"id\":1}],\"deals\":[{\"id\":1}]}}");
    assert_eq!(report.diagnostics[0].code, "two-arrays");
    let report = refusal("{\"data\":{\"contacts\":[{\"id\":1}]}");
    assert_eq!(report.diagnostics[0].code, "truncated-json");
}

#[test]
fn control_characters_in_strings_make_bad_rows_but_for_tabs_and_line_ends() {
    let export =
        read("{\"id\":\"a\\tb\\r\\nc\"}\n{\"id\":\"\\u001b[31m\"}\n{\"id\":[\"\\u0000\"]}\n");
    assert_eq!(export.cells(), [["a\tb\r\nc"]]);
    let codes: Vec<&str> = export.faults().iter().map(|fault| fault.3).collect();
    assert_eq!(codes, ["control_char", "control_char"]);
}

#[test]
fn a_first_record_that_is_too_long_is_told_as_such() {
    let report = refusal(format!("[{{\"id\":\"{}\"}}]", "x".repeat(18 * 1024 * 1024)));
    assert_eq!(report.diagnostics[0].code, "record-too-long");
}
