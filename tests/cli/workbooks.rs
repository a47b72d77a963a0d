//! Excel workbooks, and the CSV that Excel likes.

use std::fs;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};

use crate::scene::Scene;

/// The first sheet of a workbook.
fn sheet(scene: &Scene, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(scene.path(name)).expect("a workbook");
    book.worksheet_range_at(0)
        .expect("a sheet")
        .expect("readable")
}

fn rows(scene: &Scene, name: &str) -> Vec<Vec<String>> {
    let cells = |row: &[Data]| row.iter().map(ToString::to_string).collect();
    sheet(scene, name).rows().map(cells).collect()
}

#[test]
fn a_workbook_holds_what_csv_would_with_types() {
    let scene = Scene::small();
    assert_eq!(scene.score("-o ranked.xlsx").output(), "");
    let found = rows(&scene, "ranked.xlsx");
    let csv = scene.score("--csv-escape none").output();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let wanted: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(found.len(), wanted.len());
    let time = wanted[0]
        .iter()
        .position(|name| name == "last_event")
        .expect("a column");
    for (found, wanted) in found.iter().zip(&wanted) {
        for (number, (found, wanted)) in found.iter().zip(wanted).enumerate() {
            assert!(found == wanted || number == time, "{found} and {wanted}");
        }
    }
    let range = sheet(&scene, "ranked.xlsx");
    assert!(
        matches!(range.get((1, 0)), Some(Data::Float(_))),
        "a rank is a number"
    );
    assert!(
        matches!(range.get((1, time)), Some(Data::DateTime(_))),
        "a time is a time"
    );
}

#[test]
fn two_runs_give_the_same_workbook_byte_for_byte() {
    let scene = Scene::small();
    for name in ["one.xlsx", "two.xlsx"] {
        assert_eq!(scene.score(&format!("-o {name} --threads 2")).code, 0);
    }
    let read = |name| fs::read(scene.path(name)).expect("there");
    assert_eq!(read("one.xlsx"), read("two.xlsx"));
}

#[test]
fn a_cell_that_excel_could_not_take_is_cut_and_said() {
    let long = "x".repeat(40_000);
    let scene = Scene::small().with("contacts.csv", format!("contact_id,name\nA,{long}\n"));
    scene.write(
        "model.toml",
        "[[rules]]\nname = \"any\"\nwhen = \"TRUE\"\npoints = 1\n",
    );
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01 -o ranked.xlsx");
    assert_eq!(run.code, 0);
    let warning = "warning: 1 cell cut at 32,767 characters, the most that Excel takes\n";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
}

#[test]
fn excel_gets_a_byte_order_mark_and_crlf_in_csv_and_tsv() {
    let scene = Scene::small();
    for format in ["csv", "tsv"] {
        let plain = scene.score(&format!("--format {format}")).output();
        let excel = scene.score(&format!("--format {format} --excel")).output();
        assert_eq!(excel, format!("\u{feff}{}", plain.replace('\n', "\r\n")));
    }
    assert_eq!(scene.score("--excel -o ranked.csv -o ranked.json").code, 0);
    assert!(scene.read("ranked.csv").starts_with('\u{feff}'));
    assert!(!scene.read("ranked.json").contains('\r'));
}

#[test]
fn excel_without_csv_or_tsv_is_a_mistake_in_the_command() {
    let scene = Scene::small();
    for more in ["--excel --format json", "--excel -o ranked.xlsx"] {
        let refusal = scene.score(more).refusal(2);
        assert!(
            refusal.starts_with("error[excel-without-csv]: "),
            "{refusal}"
        );
        assert!(refusal.contains("-o ranked.csv"), "{refusal}");
    }
}

#[test]
fn a_list_written_for_excel_is_read_as_the_previous_one() {
    let scene = Scene::small();
    assert_eq!(scene.score("--excel -o before.csv").code, 0);
    let again = scene
        .score("--previous before.csv --columns contact_id,change")
        .output();
    assert_eq!(again, "contact_id,change\nA,0\nB,0\nC,0\n");
}
