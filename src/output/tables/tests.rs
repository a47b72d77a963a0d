//! One document in every format.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::analysis::{Cell, Column, Part, Unit};
use crate::output::spreadsheet::CsvEscape;
use crate::value::{Number, is_unseen};

fn number(text: &str) -> Cell {
    Cell::Number(Number::parse(text).unwrap())
}

/// A table of channels with names that would act, and a second one without rows.
fn document() -> Document {
    let [rate, low, high] = Column::with_interval("won_rate", "Won", Unit::Share);
    let channels = Table {
        name: "channels".into(),
        title: "Channels".into(),
        question: "Which channels win?".into(),
        columns: vec![
            Column::new("source", "Source", Unit::Text),
            Column::new("leads", "Leads", Unit::Count),
            rate,
            low,
            high,
            Column::new("spend", "Spend", Unit::Money),
            Column::new("since", "Since", Unit::Time),
            Column::new("prior", "Prior", Unit::Plain).part(Part::Hidden),
        ],
        rows: vec![
            vec![
                "=1+1|<b>".into(),
                1234_u64.into(),
                number("0.105"),
                number("0.091"),
                number("0.12"),
                number("1250.5"),
                "2026-10-30T10:00:00Z".into(),
                number("0.5"),
            ],
            vec![
                "re\u{202e}d\u{1b}[31m".into(),
                Cell::Count(0),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
            ],
        ],
        chart: None,
        notes: vec!["Shares are of all leads.".into()],
    };
    let empty = Table {
        name: "empty".into(),
        title: "Nothing/at: all".into(),
        columns: vec![Column::new("x", "X", Unit::Count)],
        ..Table::default()
    };
    Document {
        temperatures: Vec::new(),
        name: "channels".into(),
        title: "Channels \u{202e}".into(),
        as_of: "2026-11-01T23:59:59Z".into(),
        model: "Demo 1".into(),
        tables: vec![channels, empty],
        notes: vec!["Move money.".into()],
    }
}

fn written(format: Format, settings: Settings) -> (String, Summary) {
    let mut out = Vec::new();
    let summary = write(format, &document(), settings, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn a_terminal_gets_every_table_under_its_heading_with_the_notes() {
    let settings = Settings {
        width: 82,
        ..Settings::default()
    };
    let (text, _) = written(Format::Table, settings);
    let expected = "Channels \\u{202e}

Channels
Which channels win?

Source                 Leads                   Won     Spend  Since
──────────────────────────────────────────────────────────────────────────────────
=1+1|<b>               1,234  10.5% (9.1 to 12.0%)  1,250.50  2026-10-30T10:00:00Z
re\\u{202e}d\\u{1b}[31m      0

Shares are of all leads.

Nothing/at: all

X
─

Move money.

As of 2026-11-01T23:59:59Z, model Demo 1
";
    assert_eq!(text, expected);
}

#[test]
fn no_line_is_wider_than_the_terminal_or_ends_in_blanks() {
    for width in 2..=120 {
        let settings = Settings {
            width,
            ..Settings::default()
        };
        for line in written(Format::Table, settings).0.lines() {
            assert!(
                line.width() <= width && !line.ends_with(' '),
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn figures_stand_on_the_right_and_headings_are_bold_where_there_is_colour() {
    let settings = Settings {
        color: true,
        ..Settings::default()
    };
    assert!(written(Format::Table, settings).0.contains("\u{1b}[1m"));
    let (text, _) = written(Format::Table, Settings::default());
    let end = |part: &str| {
        let line = text.lines().find(|line| line.contains(part)).unwrap();
        line.find(part).unwrap() + part.len()
    };
    assert_eq!(end("Leads"), end("1,234"));
}

#[test]
fn csv_is_the_main_table_with_raw_cells_under_the_names_of_programs() {
    let (text, summary) = written(Format::Csv, Settings::default());
    let expected = "source,leads,won_rate,won_rate_low,won_rate_high,spend,since,prior\n\
        '=1+1|<b>,1234,0.105,0.091,0.12,1250.5,2026-10-30T10:00:00Z,0.5\n\
        re\\u{202e}d\\u{1b}[31m,0,,,,,,\n";
    assert_eq!(text, expected);
    assert_eq!((summary.leads, summary.cells_escaped), (2, 2));
    let raw = Settings {
        csv_escape: CsvEscape::None,
        ..Settings::default()
    };
    assert!(written(Format::Tsv, raw).0.contains("\n=1+1|<b>\t1234\t"));
    let excel = Settings {
        excel: true,
        ..Settings::default()
    };
    let (text, _) = written(Format::Csv, excel);
    assert!(text.starts_with("\u{feff}source,") && text.contains("prior\r\n"));
}

#[test]
fn json_has_all_tables_with_numbers_as_numbers_and_blanks_as_null() {
    let (text, _) = written(Format::Json, Settings::default());
    assert!(!text.contains(|c: char| c != '\n' && is_unseen(c)));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["report"], "channels");
    assert_eq!(value["title"], "Channels \u{202e}");
    assert_eq!(value["as_of"], "2026-11-01T23:59:59Z");
    assert_eq!(value["model"], "Demo 1");
    assert_eq!(
        value["notes"],
        json!(["Move money.", "Shares are of all leads."])
    );
    assert_eq!(value["tables"]["empty"], json!([]));
    let rows = value["tables"]["channels"].as_array().unwrap();
    assert_eq!(rows[0]["won_rate"], json!(0.105));
    assert_eq!(rows[0]["leads"], json!(1234));
    assert_eq!(rows[1]["won_rate"], Value::Null);
    assert_eq!(rows[1]["source"], "re\u{202e}d\u{1b}[31m");
}

#[test]
fn ndjson_is_the_main_table_with_an_object_on_each_line() {
    let (text, _) = written(Format::Ndjson, Settings::default());
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["source"], "=1+1|<b>");
}

#[test]
fn a_document_without_tables_is_still_whole() {
    let bare = Document {
        name: "bare".into(),
        ..Document::default()
    };
    for format in Format::ALL {
        let mut out = Vec::new();
        write(format, &bare, Settings::default(), &mut out).unwrap();
        if format == Format::Json {
            let value: Value = serde_json::from_slice(&out).unwrap();
            assert_eq!(value["tables"], json!({}));
        }
    }
}

#[test]
fn markdown_has_headings_questions_and_cells_that_stand_for_themselves() {
    let (text, _) = written(Format::Markdown, Settings::default());
    let expected = r"# Channels \\u{202e}

## Channels

Which channels win?

| Source | Leads | Won | Spend | Since |
| --- | ---: | ---: | ---: | --- |
| \=1+1\|&lt;b&gt; | 1,234 | 10.5% (9.1 to 12.0%) | 1,250.50 | 2026-10-30T10:00:00Z |
| re\\u{202e}d\\u{1b}\[31m | 0 |  |  |  |

- Shares are of all leads.

## Nothing/at: all

| X |
| ---: |

- Move money.

As of 2026-11-01T23:59:59Z, model Demo 1
";
    assert_eq!(text, expected);
}

#[test]
fn a_workbook_has_a_sheet_for_each_table_and_one_of_the_notes() {
    let mut out = Vec::new();
    write(Format::Xlsx, &document(), Settings::default(), &mut out).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(out.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["Channels", "Nothing at  all", "Notes"]);
    let sheet = book.worksheet_range("Channels").unwrap();
    assert_eq!(sheet.get((0, 2)), Some(&Data::String("won_rate".into())));
    assert_eq!(sheet.get((1, 0)), Some(&Data::String("=1+1|<b>".into())));
    assert_eq!(sheet.get((1, 1)), Some(&Data::Float(1234.0)));
    assert_eq!(sheet.get((1, 2)), Some(&Data::Float(0.105)));
    assert!(matches!(sheet.get((1, 6)), Some(Data::DateTime(_))));
    assert_eq!(sheet.get((2, 2)), Some(&Data::Empty));
    assert!(
        book.worksheet_formula("Channels")
            .unwrap()
            .used_cells()
            .next()
            .is_none()
    );
    let notes = book.worksheet_range("Notes").unwrap();
    let lines: Vec<String> = notes
        .rows()
        .map(|row| format!("{}: {}", row[0], row[1]))
        .collect();
    assert!(
        lines.contains(&r"Channels: Shares are of all leads.".to_owned()),
        "{lines:?}"
    );
    assert!(lines.contains(&"model: Demo 1".to_owned()), "{lines:?}");
    let mut again = Vec::new();
    write(Format::Xlsx, &document(), Settings::default(), &mut again).unwrap();
    assert_eq!(out, again);
}

#[test]
fn one_table_can_be_asked_for_by_its_name() {
    let one = only(document(), "empty").unwrap();
    assert_eq!(one.tables.len(), 1);
    let mut out = Vec::new();
    write(Format::Csv, &one, Settings::default(), &mut out).unwrap();
    assert_eq!(out, b"x\n");
}

#[test]
fn a_table_that_is_not_there_is_refused_with_the_nearest() {
    let hint = |name| {
        let report = only(document(), name).unwrap_err();
        assert_eq!(report.kind, Kind::Usage);
        let message = format!("there is no table `{name}` in channels");
        assert_eq!(report.diagnostics[0].message, message);
        report.diagnostics[0].hint.clone().unwrap()
    };
    assert_eq!(hint("chanels"), "did you mean `channels`?");
    assert_eq!(hint("zzz"), "there are channels, empty");
}

proptest! {
    #[test]
    fn whatever_a_cell_holds_no_line_or_cell_is_added_and_every_line_fits(
        text in any::<String>(),
        width in 20_usize..140,
    ) {
        let mut document = document();
        document.tables[0].rows[0][0] = Cell::Text(text.clone());
        document.notes = vec![text.clone()];
        let run = |format, settings| {
            let mut out = Vec::new();
            write(format, &document, settings, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        for line in run(Format::Table, Settings { width, ..Settings::default() }).lines() {
            prop_assert!(line.width() <= width, "{}", line);
        }
        let markdown = run(Format::Markdown, Settings::default());
        let bare = markdown.replace(r"\\", "").replace(r"\|", "");
        prop_assert_eq!(bare.matches('|').count(), 4 * 6 + 2 * 2);
        prop_assert_eq!(markdown.lines().count(), 21);
        let value: Value = serde_json::from_str(&run(Format::Json, Settings::default())).unwrap();
        prop_assert_eq!(&value["tables"]["channels"][0]["source"], &json!(text));
    }
}
