//! Sheets of workbooks as exports.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{Export, read, read_with, refusal};
use crate::input::{Options, Table};

fn saved(workbook: &mut Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

fn rows(sheet: &mut Worksheet, first_row: u32, rows: &[&[&str]]) {
    for (row, cells) in (first_row..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
}

fn with_sheet(options: &str, bytes: &[u8]) -> Result<Export, String> {
    let options = Options {
        sheet: Some(options.to_owned()),
        ..Options::default()
    };
    read_with(bytes, &options).map_err(|report| {
        let hint = report.diagnostics[0].hint.clone().unwrap_or_default();
        format!("{report}; {hint}")
    })
}

#[test]
fn typed_cells_come_out_as_an_export_would_write_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = ["id", "name", "joined", "seen", "ok", "sum", "worked"];
    rows(sheet, 0, &[&header]);
    let date = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    let time = ExcelDateTime::from_ymd(2026, 3, 5)
        .unwrap()
        .and_hms(14, 22, 0)
        .unwrap();
    let as_date = Format::new().set_num_format("yyyy-mm-dd");
    let as_time = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
    let as_hours = Format::new().set_num_format("[h]:mm:ss");
    sheet.write_number(1, 0, 1_736_899_200_000.0).unwrap();
    sheet.write_string(1, 1, "Zoë \"Z\"\nJones").unwrap();
    sheet
        .write_datetime_with_format(1, 2, &date, &as_date)
        .unwrap();
    sheet
        .write_datetime_with_format(1, 3, &time, &as_time)
        .unwrap();
    sheet.write_boolean(1, 4, true).unwrap();
    sheet
        .write_formula(1, 5, Formula::new("=1+0.5").set_result("1.5"))
        .unwrap();
    sheet
        .write_number_with_format(1, 6, 1.5, &as_hours)
        .unwrap();
    sheet.write_string(2, 0, "007").unwrap();
    sheet
        .write_formula(2, 1, Formula::new("=NA()").set_result("#N/A"))
        .unwrap();
    let bytes = saved(&mut workbook);
    let export = read(&bytes);
    assert_eq!(export.headers, header);
    assert_eq!(
        export.cells()[0],
        [
            "1736899200000",
            "Zoë \"Z\"\nJones",
            "2026-03-05",
            "2026-03-05 14:22:00",
            "TRUE",
            "1.5",
            "36:00:00"
        ]
    );
    assert_eq!(export.cells()[1][0], "007");
    assert_eq!(export.cells()[1][2], "");
    let comma = Options {
        decimal_comma: true,
        ..Options::default()
    };
    assert_eq!(read_with(&bytes, &comma).unwrap().cells()[0][5], "1,5");
}

#[test]
fn lines_are_the_rows_of_the_sheet() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(sheet, 2, &[&["id", "name"], &["1", "Ann\nAnna"]]);
    rows(sheet, 6, &[&["2"], &["3", "a\u{1}b"], &["4", "Bob"]]);
    let export = read(saved(&mut workbook));
    assert_eq!(export.lines(), [4, 7, 9]);
    assert_eq!(export.cells()[1], ["2", ""]);
    assert_eq!(export.faults(), [(8, 8, 3, "control_char")]);
}

#[test]
fn a_sheet_is_never_taken_for_another_format() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(
        sheet,
        0,
        &[&["[id", "a;b;c;d", "sep=;"], &["1", "=1+1", "x"]],
    );
    let bytes = saved(&mut workbook);
    let options = Options {
        delimiter: Some(b';'),
        ..Options::default()
    };
    for options in [&options, &Options::default()] {
        let export = read_with(&bytes, options).unwrap();
        assert_eq!(export.headers, ["[id", "a;b;c;d", "sep=;"]);
        assert_eq!(export.cells(), [["1", "=1+1", "x"]]);
    }
}

#[test]
fn the_sheet_is_the_only_one_that_is_shown_and_filled_or_is_told() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Empty").unwrap();
    rows(
        workbook.add_worksheet().set_name("Leads").unwrap(),
        0,
        &[&["id"], &["1"]],
    );
    let hidden = workbook.add_worksheet().set_name("Lists").unwrap();
    rows(hidden, 0, &[&["id"], &["9"]]);
    hidden.set_hidden(true);
    let bytes = saved(&mut workbook);
    assert_eq!(read(&bytes).cells(), [["1"]]);
    assert_eq!(with_sheet("Lists", &bytes).unwrap().cells(), [["9"]]);
    let refused = with_sheet("Laeds", &bytes).unwrap_err();
    assert_eq!(
        refused,
        "export.csv has no sheet `Laeds`; did you mean --sheet 'Leads'?"
    );
    let mut workbook = Workbook::new();
    for name in ["Leads", "Deals"] {
        rows(
            workbook.add_worksheet().set_name(name).unwrap(),
            0,
            &[&["id"]],
        );
    }
    let report = refusal(saved(&mut workbook));
    assert_eq!(
        report.to_string(),
        "export.csv has several sheets: `Leads`, `Deals`"
    );
    assert_eq!(report.diagnostics[0].code, "several-sheets");
}

#[test]
fn an_empty_workbook_is_an_empty_file() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    let report = refusal(saved(&mut workbook));
    assert_eq!(report.diagnostics[0].code, "empty-file");
}

/// A ZIP archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn other_archives_are_called_what_they_are_and_cut_ones_cut() {
    let said = |parts: &[(&str, &[u8])]| refusal(archive(parts)).to_string();
    assert_eq!(
        said(&[("contacts.csv", b"id\n1\n")]),
        "export.csv is a ZIP archive that holds no workbook"
    );
    assert_eq!(
        said(&[("content.xml", b""), ("META-INF/manifest.xml", b"")]),
        "export.csv is an OpenDocument file, as LibreOffice writes it (.ods)"
    );
    assert_eq!(
        said(&[("xl/workbook.bin", b"")]),
        "export.csv is a binary Excel workbook (.xlsb)"
    );
    let mut workbook = Workbook::new();
    rows(workbook.add_worksheet(), 0, &[&["id"], &["1"]]);
    let bytes = saved(&mut workbook);
    let report = refusal(&bytes[..bytes.len() - 30]);
    assert_eq!(report.diagnostics[0].code, "truncated-file", "{report}");
    let report = refusal(archive(&[("xl/workbook.xml", b"<workbook>")]));
    assert_eq!(report.diagnostics[0].code, "damaged-file", "{report}");
}

/// A workbook made by hand: its one sheet and its shared strings.
fn by_hand(sheet: &str, strings: &str) -> Vec<u8> {
    let workbook = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let root = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn what_excel_itself_writes_is_read_too() {
    let strings = r#"<sst count="2" uniqueCount="2"><si><t>id</t></si><si><r><t>Zo</t></r><r><rPr><b/></rPr><t>ë</t></r></si></sst>"#;
    let sheet = r#"<row r="1"><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>name</t></is></c><c r="D1" t="str"><v>day</v></c></row><row r="2"><c r="B2"><v>17</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" s="1"><v>44624</v></c></row><row r="3"><c r="B3"><v>18</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="e"><v>#SPILL!</v></c></row>"#;
    let bytes = by_hand(sheet, strings);
    let export = read(&bytes);
    assert_eq!(export.headers, ["id", "name", "day"]);
    assert_eq!(
        export.cells(),
        [["17", "Zoë", "2026-03-05"], ["18", "", ""]]
    );
    let table = Table::begin(super::opened(Cursor::new(bytes)), &Options::default()).unwrap();
    assert_eq!(table.content().sheet.as_deref(), Some("A"));
    assert_eq!(
        table.content().notes("a.xlsx"),
        ["2 cells of a.xlsx with an error such as #N/A read as blank"]
    );
}

#[test]
fn a_workbook_cannot_take_memory_without_end() {
    let code = |sheet: &str, strings: &str, options: &Options| {
        let report = read_with(&by_hand(sheet, strings), options).unwrap_err();
        report.diagnostics[0].code
    };
    let defaults = Options::default();
    let row = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>"#;
    let announced = r#"<sst uniqueCount="99999999999999"></sst>"#;
    assert_eq!(code(row, announced, &defaults), "damaged-file");
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(18 << 20));
    assert_eq!(code(row, &long, &defaults), "record-too-long");
    let hidden = format!("{row}<!-- {} -->", "</c>".repeat(5 << 20));
    assert_eq!(code(&hidden, "<sst/>", &defaults), "record-too-long");
    let many = format!("<sst>{}</sst>", "<si></si>".repeat(2_200_000));
    assert_eq!(code(row, &many, &defaults), "unpacked-too-large");
    let small = Options {
        max_unpacked: Some(1000),
        ..defaults.clone()
    };
    let rows: Vec<String> = (1..100)
        .map(|row| format!("<row r='{row}'><c r='A{row}'><v>1</v></c></row>"))
        .collect();
    assert_eq!(code(&rows.concat(), "<sst/>", &small), "unpacked-too-large");
    // One cell far away makes every row as wide as the sheet.
    let far = format!("{row}<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>");
    assert_eq!(
        read_with(&by_hand(&far, "<sst/>"), &defaults)
            .unwrap()
            .rows
            .len(),
        1
    );
}

#[test]
fn a_cell_longer_than_allowed_is_a_bad_row() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(
        sheet,
        0,
        &[&["id", "name"], &["1", &"a".repeat(100)], &["2", "b"]],
    );
    let options = Options {
        max_cell: 99,
        ..Options::default()
    };
    let export = read_with(&saved(&mut workbook), &options).unwrap();
    assert_eq!(export.faults(), [(2, 2, 1, "field_too_long")]);
    assert_eq!(export.cells(), [["2", "b"]]);
}

#[test]
fn cells_are_what_stands_in_the_sheet_whatever_would_be_done_to_text_for_spreadsheets() {
    let mut workbook = Workbook::new();
    let cells: &[&[&str]] = &[&["id", "'=header"], &["'=1", "a\\u{1b}b"], &["''-2", "x"]];
    rows(workbook.add_worksheet(), 0, cells);
    let export = read(saved(&mut workbook));
    assert_eq!(export.headers, ["id", "'=header"]);
    assert_eq!(export.cells(), [["'=1", "a\\u{1b}b"], ["''-2", "x"]]);
}

#[test]
fn numbers_of_more_digits_than_a_workbook_keeps_are_refused_where_two_ids_could_become_one() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    rows(sheet, 0, &[&["id", "name"], &["", "Ada"], &["", "Bob"]]);
    sheet.write_number(1, 0, 9_007_199_254_740_992.0).unwrap();
    sheet.write_number(2, 0, 12_345_678_901_234_567.0).unwrap();
    let export = read(saved(&mut workbook));
    assert_eq!(export.cells(), [["9007199254740992", "Ada"]]);
    assert_eq!(export.faults(), [(3, 3, 2, "control_char")]);
    let message =
        "column `id` is a number of more digits than a workbook keeps: have it stored as text";
    assert_eq!(export.bad[0].message, message);
}
