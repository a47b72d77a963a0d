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
    let table = begin(text.as_bytes()).unwrap();
    assert_eq!(table.format(), Format::JsonArray);
    let export = drain(table).unwrap();
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

#[test]
fn a_key_that_first_turns_up_later_is_found_by_its_name() {
    let mut table = begin(b"{\"id\":1}\n{\"id\":2,\"geo\":{\"city\":\"Rome\"}}\n").unwrap();
    let mut binding = Binding::new(2);
    binding.bind(0, 0);
    binding.bind_key("geo.city", 1);
    let mut parser = table.parser(Arc::new(binding));
    let block = table.next_block().unwrap().unwrap();
    let mut cities = Vec::new();
    parser
        .parse(&block, |row| cities.push(row.text(1).to_owned()))
        .unwrap();
    assert_eq!(cities, ["", "Rome"]);
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
        let table = begin(text.as_bytes()).unwrap();
        assert!(!table.has_rows(), "{text}");
        assert!(drain(table).unwrap().rows.is_empty());
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
