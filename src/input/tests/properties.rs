//! Laws that hold for every text.

use proptest::prelude::*;

use super::*;

/// Pieces that make CSV interesting.
fn csv_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => Just(","), 4 => Just("\n"), 3 => Just("\""), 2 => Just("a"), 1 => Just("bc"),
        1 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\"\""), 1 => Just("é"), 1 => Just(";"),
        1 => Just("\0"), 1 => Just(" "), 2 => Just("\",\""), 2 => Just(",\""), 2 => Just("\"\n"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec("[a-z,;\"\n é0-9]{0,6}", 3..=3), 1..12)
}

fn comma(block_size: usize) -> Options {
    Options {
        delimiter: Some(b','),
        block_size,
        ..Options::default()
    }
}

/// All that a caller can see of a reading, be it a refusal.
fn outcome(bytes: &[u8], options: &Options) -> Result<Export, String> {
    read_with(bytes, options).map_err(|report| report.to_string())
}

proptest! {
    #[test]
    fn the_block_size_changes_nothing_in_csv(
        text in csv_text(),
        size in 1_usize..40,
        broken in any::<bool>(),
    ) {
        let mut bytes = format!("x,y\n{text}").into_bytes();
        if broken {
            // The second byte of an é: without it the text is no UTF-8.
            bytes.retain(|byte| *byte != 0xa9);
        }
        prop_assert_eq!(outcome(&bytes, &comma(size)), outcome(&bytes, &comma(1 << 20)));
    }

    #[test]
    fn a_reader_that_drips_changes_nothing(text in csv_text(), size in 1_usize..40) {
        let text = format!("x,y\n{text}");
        let dripped = Table::begin(opened(Drip(io::Cursor::new(text.clone().into_bytes()))), &comma(size))
            .and_then(|mut table| drain(&mut table))
            .map_err(|report| report.to_string());
        prop_assert_eq!(dripped, outcome(text.as_bytes(), &comma(1 << 20)));
    }

    #[test]
    fn the_block_size_changes_nothing_in_json(
        pieces in prop::collection::vec(
            prop_oneof![
                4 => Just("{\"id\":1}"), 4 => Just(","), 2 => Just("\n"), 1 => Just("\""), 1 => Just("\\"),
                1 => Just("]"), 1 => Just("["), 1 => Just("{\"a\":{\"b\":\"x\\\"]\"}}"), 1 => Just("}"), 1 => Just(" "),
            ],
            0..30,
        ),
        array in any::<bool>(),
        size in 1_usize..40,
    ) {
        let text = if array {
            format!("[{{\"id\":0}},{}]", pieces.concat())
        } else {
            format!("{{\"id\":0}}\n{}", pieces.concat())
        };
        let options = |block_size| Options { block_size, ..Options::default() };
        prop_assert_eq!(
            outcome(text.as_bytes(), &options(size)),
            outcome(text.as_bytes(), &options(1 << 20))
        );
    }

    /// Where both readers take a record its cells are equal, and where only the lenient one takes it, the reason is
    /// one of our strict rules.
    #[test]
    fn cells_agree_with_a_lenient_reader(text in csv_text()) {
        // That reader ends records at a CR anywhere, so only CRLF can be compared.
        let text = format!("x,y\n{}", text.replace("\r\n", "\n").replace('\r', "").replace('\n', "\r\n"));
        let Ok(export) = read_with(text.as_bytes(), &comma(1 << 20)) else {
            return Ok(());
        };
        let lenient: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        // A NUL, a bad quote or a wrong number of fields is refused here and taken there; both agree where
        // records end.
        prop_assert_eq!(lenient.len(), export.rows.len() + export.bad.len());
        for row in &export.rows {
            let index = usize::try_from(row.record - 1).unwrap();
            prop_assert_eq!(&row.cells, &lenient[index]);
        }
        for bad in &export.bad {
            let theirs = &lenient[usize::try_from(bad.record - 1).unwrap()];
            let reason = match bad.code.name() {
                "field_count" => theirs.len() != 2,
                "control_char" => theirs.iter().any(|cell| cell.contains('\0')),
                "bad_quote" => bad.raw.contains(&b'"'),
                _ => false,
            };
            prop_assert!(reason, "{bad:?}");
        }
    }

    #[test]
    fn what_a_writer_wrote_is_read_back(rows in cells(), delimiter in prop::sample::select(b",;\t|".to_vec())) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["p", "q", "r"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let options = Options { delimiter: Some(delimiter), block_size: 16, ..Options::default() };
        let export = read_with(&bytes, &options).unwrap();
        prop_assert_eq!(&export.bad, &[]);
        let read: Vec<Vec<String>> = export.rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn json_and_csv_of_the_same_rows_read_alike(rows in cells()) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["p", "q", "r"]).unwrap();
        let mut lines = String::new();
        let mut elements = Vec::new();
        for row in &rows {
            writer.write_record(row).unwrap();
            let object = serde_json::json!({ "p": row[0], "q": row[1], "r": row[2] }).to_string();
            lines.push_str(&object);
            lines.push('\n');
            elements.push(object);
        }
        let array = format!("[{}]", elements.join(",\n"));
        let wrapped = format!("{{\"n\": 1, \"rows\": {array}}}");
        let seen = |bytes: &[u8]| -> Vec<(u64, Vec<String>)> {
            let export = read_with(bytes, &Options { block_size: 32, ..Options::default() });
            export.unwrap().rows.into_iter().map(|row| (row.fingerprint, row.cells)).collect()
        };
        let export = read_with(&writer.into_inner().unwrap(), &comma(32)).unwrap();
        let from_csv: Vec<_> = export.rows.into_iter().map(|row| (row.fingerprint, row.cells)).collect();
        prop_assert_eq!(&seen(array.as_bytes()), &from_csv);
        prop_assert_eq!(&seen(wrapped.as_bytes()), &from_csv);
        prop_assert_eq!(&seen(lines.as_bytes()), &from_csv);
    }
}
