//! What hotlist writes as CSV or TSV it reads back as it was, whatever the cells hold, and nothing in such a file acts
//! on a spreadsheet or a terminal.

use std::io::Cursor;
use std::sync::Arc;

use hotlist::input::{Binding, Opened, Options, Table};
use hotlist::output::{Available, Columns, Context, Format, Settings, write};
use hotlist::rank::Lead;
use hotlist::value::Zone;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Texts made of what spreadsheets, terminals and readers of CSV stumble over.
fn cell() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "=",
        "+",
        "-",
        "@",
        "＝",
        "'",
        "''",
        "\"",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\u{feff}",
        "\u{200b}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{9b}",
        "\\u{202e}",
        "\\u{5c}",
        "\\",
        "{",
        "1",
        "-2.5",
        "1e5",
        "cmd|' /C calc'!A0",
        "é",
        "name",
        "contact_id",
    ]);
    prop_oneof![
        4 => vec(piece, 0..6).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
    .prop_map(|text| text.replace(is_refused, ""))
}

/// Control characters are in no cell, because no export may hold them.
fn is_refused(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n')
}

/// The file that a list of leads with these cells becomes.
fn written(format: Format, excel: bool, rows: &[Vec<String>]) -> String {
    let zone = Zone::utc();
    let context = Context {
        as_of: String::new(),
        model: String::new(),
        zone: &zone,
        temperature_tags: Vec::new(),
    };
    let names = ["first", "second"];
    let columns = Columns::of_run(&Available::default(), context)
        .pick(["rank"])
        .expect("every run has ranks")
        .with_kept(&names);
    let leads: Vec<Lead<'_>> = (1..)
        .zip(rows)
        .map(|(rank, cells)| Lead {
            rank: Some(rank),
            kept: cells.iter().map(|cell| cell.as_str().into()).collect(),
            ..Lead::nobody()
        })
        .collect();
    let settings = Settings {
        excel,
        ..Settings::default()
    };
    let mut out = Vec::new();
    write(format, &columns, settings, &leads, &mut out).expect("memory takes every byte");
    String::from_utf8(out).expect("text")
}

/// The cells that our own reader finds in it, behind the ranks.
fn read(text: &str) -> Vec<Vec<String>> {
    let opened = Opened::stream("list".to_owned(), Cursor::new(text.as_bytes().to_vec()));
    let mut table = Table::begin(opened, &Options::default()).expect("a header");
    let mut binding = Binding::new(2);
    (0..2).for_each(|slot| binding.bind(slot + 1, slot));
    let mut parser = table.parser(Arc::new(binding));
    let mut rows = Vec::new();
    while let Some(block) = table.next_block().expect("a whole file") {
        parser.parse(&block, |row| {
            let row = row.unwrap_or_else(|bad| panic!("{bad:?} in {text:?}"));
            rows.push((0..2).map(|slot| row.text(slot).to_owned()).collect());
        });
    }
    rows
}

proptest! {
    #[test]
    fn a_list_reads_back_as_what_was_written(
        rows in vec(vec(cell(), 2), 1..5),
        tabs in any::<bool>(),
        excel in any::<bool>(),
    ) {
        let format = if tabs { Format::Tsv } else { Format::Csv };
        let text = written(format, excel, &rows);
        prop_assert_eq!(read(&text), rows);
        let acts = |c: char| {
            let is_line_end = matches!(c, '\t' | '\r' | '\n');
            c.is_control() && !is_line_end || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        prop_assert!(!text.contains(acts), "{:?}", text);
    }
}
