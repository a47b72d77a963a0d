//! `hotlist normalize`: any export as plain CSV, and what it was taken for.

use std::io::Write;

use hotlist::value::spreadsheet::unescape;
use proptest::prelude::*;

use crate::scene::{CONTACTS, Scene};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory takes it");
    packer.finish().expect("memory takes it")
}

#[test]
fn what_a_file_was_taken_for_is_said_and_its_rows_are_written() {
    let scene = Scene::empty().with(
        "a.csv",
        b"sep=;\r\nid;n\xe4me\r\n\r\n1;a,b\r\n2;\"x\r\ny\"\r\n",
    );
    let run = scene.run("normalize a.csv --encoding latin1");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "id,näme\n1,\"a,b\"\n2,\"x\r\ny\"\n");
    assert_eq!(
        run.stderr,
        "a.csv: delimited text with semicolons, windows-1252, lines end with CRLF\n2 rows, 2 columns\n"
    );
}

#[test]
fn a_workbook_and_a_compressed_file_come_out_as_the_plain_export() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(CONTACTS.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, cell),
            }
            .expect("a cell");
        }
    }
    let scene = Scene::small()
        .with("a.xlsx", workbook.save_to_buffer().expect("a workbook"))
        .with("a.gz", gzip(CONTACTS.as_bytes()));
    let wanted = scene.score_file("contacts.csv").output();
    for name in ["a.xlsx", "a.gz"] {
        assert_eq!(scene.run(&format!("normalize {name}")).output(), CONTACTS);
        assert_eq!(scene.score_file(name).output(), wanted);
    }
    let run = scene.run_fed("normalize - -q", gzip(CONTACTS.as_bytes()));
    assert_eq!(run.output(), CONTACTS);
    let said = scene.run("normalize a.xlsx").stderr;
    assert!(
        said.contains("a.xlsx: a workbook, sheet `Sheet1`"),
        "{said}"
    );
}

#[test]
fn the_keys_of_all_records_are_columns_in_the_order_they_are_first_seen() {
    let first = "{\"id\":1,\"b\":{\"c\":2}}\n".repeat(20_000);
    let text = format!("{first}{{\"late\":\"x\",\"id\":2,\"b\":{{\"d\":3}}}}\n");
    let scene = Scene::empty().with("a.json", &text);
    for run in [
        scene.run("normalize a.json"),
        scene.run_fed("normalize -", &text),
    ] {
        let output = run.output();
        assert!(
            output.starts_with("id,b.c,late,b.d\n1,2,,\n"),
            "{}",
            &output[..40]
        );
        assert!(output.ends_with("\n1,2,,\n2,,x,3\n"));
    }
}

#[test]
fn a_refused_row_leaves_nothing_behind() {
    let scene = Scene::empty().with("a.csv", b"id,name\n1,Ann\n2,Zo\xeb\n");
    let refusal = scene.run("normalize a.csv").refusal(65);
    assert!(refusal.contains("a.csv:3: bad_utf8"), "{refusal}");
    assert!(refusal.contains("--encoding windows-1252"), "{refusal}");
    scene.run("normalize a.csv -o b.csv").refusal(65);
    assert_eq!(scene.files(), ["a.csv"]);
    let refusal = scene.run("normalize a.csv -o a.csv").refusal(2);
    assert!(refusal.contains("would replace the input"), "{refusal}");
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_defused_unless_told_otherwise() {
    let scene = Scene::empty().with("a.json", "[{\"id\":\"=1+1\",\"n\":\"-3\"}]");
    let run = scene.run("normalize a.json -o b.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("1 cell that a spreadsheet would run"),
        "{}",
        run.stderr
    );
    assert_eq!(scene.read("b.csv"), "id,n\n'=1+1,-3\n");
    let raw = scene.run("normalize a.json --csv-escape none");
    assert_eq!(raw.output(), "id,n\n=1+1,-3\n");
}

#[test]
fn a_wrong_encoding_size_or_sheet_is_said_with_what_is_near() {
    let scene = Scene::small();
    let refusal = scene
        .run("normalize contacts.csv --encoding windows1252x")
        .refusal(2);
    assert!(
        refusal.contains("did you mean `windows-1252`?"),
        "{refusal}"
    );
    let refusal = scene
        .run("normalize contacts.csv --max-cell 1GiB")
        .refusal(2);
    assert!(
        refusal.contains("a cell has 64 MiB at the most"),
        "{refusal}"
    );
    let refusal = scene
        .run("score contacts.csv --max-unpacked lots")
        .refusal(2);
    assert!(
        refusal.contains("`lots` is no size for --max-unpacked"),
        "{refusal}"
    );
}

#[test]
fn a_cut_or_swollen_download_is_refused_by_name() {
    let packed = gzip(CONTACTS.repeat(1000).as_bytes());
    let scene = Scene::small()
        .with("a.csv.gz", &packed[..packed.len() - 9])
        .with("b.csv.gz", &packed);
    let refusal = scene.score_file("a.csv.gz").refusal(65);
    assert!(
        refusal.starts_with(
            "error[truncated-file]: a.csv.gz breaks off in the middle of its gzip data"
        ),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: is the download complete?"),
        "{refusal}"
    );
    let refusal = scene
        .run("normalize b.csv.gz --max-unpacked 10K")
        .refusal(65);
    assert!(refusal.contains("error[unpacked-too-large]"), "{refusal}");
    assert!(refusal.contains("--max-unpacked"), "{refusal}");
}

#[test]
fn a_file_that_is_utf_8_whatever_is_told_is_read_as_that_and_said() {
    let scene = Scene::small().with("contacts.csv", CONTACTS.replace("Anna,", "Zoë,"));
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01 --encoding latin1");
    assert!(run.stdout.contains("Zoë"), "{}", run.stdout);
    assert!(
        run.stderr
            .contains("note: contacts.csv is read as UTF-8, which it is, not as windows-1252"),
        "{}",
        run.stderr
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_written_gives_the_same_cells(
        cells in proptest::collection::vec(
            proptest::collection::vec("[ a-c;,|'\"=\\-\\[{#\u{feff}é\t\r\n]{0,6}", 3), 1..6),
        headers in proptest::collection::hash_set("[a-c;,|'=\\-\\[{<#é]{1,4}", 3),
    ) {
        let headers: Vec<String> = headers.into_iter().collect();
        let rows: Vec<serde_json::Value> = cells.iter().map(|row| {
            let members = headers.iter().cloned().zip(row.iter().cloned().map(serde_json::Value::from));
            serde_json::Value::Object(members.collect())
        }).collect();
        let scene = Scene::empty().with("a.json", serde_json::to_vec(&rows).expect("JSON"));
        let raw = scene.run("normalize a.json").output();
        scene.write("b.csv", &raw);
        // Trimmed headers may be one and the same, and rows all blank; what is written stays what it is.
        prop_assert_eq!(scene.run("normalize b.csv").output(), raw.clone());
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(raw.as_bytes());
        let read: Vec<Vec<String>> = reader.records()
            .map(|row| row.expect("a row").iter().map(|cell| unescape(cell).into_owned()).collect())
            .collect();
        for (row, wanted) in read[1..].iter().zip(&cells) {
            let mut row = row.clone();
            let mut wanted = wanted.clone();
            row.sort();
            wanted.sort();
            prop_assert_eq!(row, wanted);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_never_ends_is_refused() {
    let refusal = Scene::empty().run("normalize /dev/zero").refusal(65);
    assert!(
        refusal.contains("the header of /dev/zero does not end within 17 MiB"),
        "{refusal}"
    );
}

#[test]
fn objects_through_a_pipe_are_read_twice() {
    let run = Scene::empty().run_fed("normalize -", "[{\"id\":1},{\"id\":2,\"late\":\"x\"}]");
    assert_eq!(run.output(), "id,late\n1,\n2,x\n");
}
