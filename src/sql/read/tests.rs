//! Whatever stands in a cell, a query reads it as the engine does or refuses it.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::trial::Trial;
use super::*;
use crate::value::{
    Blanks, DateOrder, DecimalSign, TimeForm, TimeReader, Zone, normal_id, read_number, read_yes_no,
};

/// What is asked of one column.
#[derive(Clone, Copy)]
enum Asked {
    Reading(Reading),
    Text,
    Blank,
    Id,
    Time,
}

fn trial(manner: &CellManner, zone: &str, kept_as: ColumnType, asked: Asked) -> Trial {
    let mut columns = Columns::default();
    let slot = columns.named("cell", 0..1);
    if let Asked::Reading(reading) = asked {
        columns.reading(slot, reading);
    }
    let layout = TableLayout {
        columns: vec![Some(TableColumn {
            name: "c0".to_owned(),
            kept_as,
        })],
        shape: None,
    };
    let zone = Zone::named(zone).expect("a zone");
    let cells = Cells::new(&columns, manner, &layout, &zone);
    let values = match asked {
        Asked::Reading(_) => vec![cells.reading(0)],
        Asked::Text => vec![cells.text(slot)],
        Asked::Blank => vec![cells.is_blank(slot)],
        Asked::Id => vec![cells.key(slot)],
        Asked::Time => {
            let time = cells.time(slot);
            vec![time.instant, time.day]
        }
    };
    assert_eq!(cells.unsaid(), []);
    Trial::new(1, &cells, values, &zone)
}

fn text_trial(manner: &CellManner, zone: &str, asked: Asked) -> Trial {
    trial(manner, zone, ColumnType::Text, asked)
}

const NUMBER: Asked = Asked::Reading(Reading::Number);
const DAY: Asked = Asked::Reading(Reading::Day);
const YES: Asked = Asked::Reading(Reading::YesNo);

fn with_decimal(decimal: DecimalSign) -> CellManner {
    CellManner {
        decimal,
        ..CellManner::default()
    }
}

fn check_number(trial: &Trial, cell: &str, sign: DecimalSign) {
    let engine = read_number(cell, sign).map(crate::value::Number::millionths);
    match trial.number(cell) {
        Ok(number) => assert_eq!(number.map(i128::from), engine, "{cell:?}\n{}", trial.text()),
        Err(message) => {
            let number = engine.unwrap_or_else(|| panic!("{cell:?}: {message}"));
            assert!(
                number.abs() >= 1_000_000_000_000_000_000,
                "{cell:?}: {message}"
            );
            assert!(message.contains("10^12"), "{message}");
        }
    }
}

#[test]
fn numbers_that_people_thought_of_are_read_as_the_engine_does() {
    let cells = [
        "0",
        "12",
        "  12\t",
        "\u{a0}12\u{3000}",
        "-3.5",
        "+3.5",
        ".5",
        "-.5",
        "1,234",
        "1,234.5",
        "12,345,678.90",
        "$1,234",
        "$ 1,234",
        "€\u{a0}1,234.50",
        "-€5",
        "€-5",
        "€ -5",
        "5€",
        "5 €",
        "-5 £",
        "₹500",
        "45%",
        "45 %",
        "-4.5%",
        "007",
        "0.1234565",
        "0.9999995",
        "999999999999",
        "999999999999.9999994",
        "999999999999.9999995",
        "1000000000000",
        "999999999999999999",
        "1000000000000000000",
        "000000000000000000000000012",
        "",
        "  ",
        "-",
        "+",
        "$",
        "%",
        ".",
        "5.",
        "1,5",
        "1,23",
        "1,2345",
        "0,500",
        ",500",
        "1,,234",
        "1234,567",
        "1.5,000",
        "1.234,567",
        "1e3",
        "0x10",
        "1_000",
        "1 234",
        "- 5",
        "--5",
        "-$-5",
        "+€-5",
        "$$5",
        "$5€",
        "$5%",
        "5%%",
        "€  5",
        "5  €",
        "(5)",
        "5-",
        "١٢",
        "１２",
        "NaN",
        "3.-5",
        "1.2.3",
        "1,234,567,890,123",
        "123,456,789,012",
        "1,234,567,890,123,456,789",
        "\u{1ecb0}5",
        "5\u{fdfc}",
        "1.234,50 €",
        "12.345.678",
        "-0,25%",
        "5\n",
        "1\n2",
    ];
    for sign in [DecimalSign::Point, DecimalSign::Comma] {
        let trial = text_trial(&with_decimal(sign), "UTC", NUMBER);
        for cell in cells {
            check_number(&trial, cell, sign);
        }
    }
}

#[test]
fn numbers_of_any_text_are_read_as_the_engine_does() {
    for sign in [DecimalSign::Point, DecimalSign::Comma] {
        let trial = text_trial(&with_decimal(sign), "UTC", NUMBER);
        proptest!(ProptestConfig::with_cases(3_000), |(cell in dirty::numbers())| {
            check_number(&trial, &cell, sign);
        });
    }
}

#[test]
fn yes_and_no_are_read_as_the_engine_does() {
    let trial = text_trial(&CellManner::default(), "UTC", YES);
    let words = [
        "yes",
        "true",
        "1",
        "y",
        "x",
        "ja",
        "si",
        "sí",
        "oui",
        "checked",
        "no",
        "false",
        "0",
        "n",
        "nee",
        "nein",
        "non",
        "unchecked",
        "YES",
        " Ja\u{a0}",
        "SÍ",
        "sÍ",
        "Sí",
        "",
        " ",
        "yes!",
        "2",
        "01",
        "on",
        "sì",
        "ye s",
        "\u{212a}",
        "ＹＥＳ",
        "y\n",
        "true\r\n",
    ];
    for word in words {
        let said = trial.number(word).expect("an answer");
        assert_eq!(said.map(|truth| truth == 1), read_yes_no(word), "{word:?}");
    }
}

#[test]
fn what_is_blank_is_null_in_every_reading() {
    let manner = CellManner {
        blank: Blanks::new(["N/A", "0", "-", "2026-01-01"]),
        ..CellManner::default()
    };
    for asked in [NUMBER, YES, DAY, Asked::Text, Asked::Id] {
        let trial = text_trial(&manner, "UTC", asked);
        for cell in ["", "  ", "\u{a0}", "N/A", " N/A ", "0", "-", "2026-01-01\n"] {
            let values = trial.said(&[Some(cell)]).expect("an answer");
            assert_eq!(values, [rusqlite::types::Value::Null], "{cell:?}");
        }
        assert_eq!(trial.said(&[None]), Ok(vec![rusqlite::types::Value::Null]));
    }
    let trial = text_trial(&manner, "UTC", Asked::Blank);
    for cell in ["", " ", "N/A", "n/a", "00", "--", "x", "\u{200b}"] {
        let is_blank = i64::from(manner.blank.is_blank(cell.as_bytes()));
        assert_eq!(trial.number(cell), Ok(Some(is_blank)), "{cell:?}");
    }
}

#[test]
fn a_text_stays_as_it_stands() {
    let trial = text_trial(&CellManner::default(), "UTC", Asked::Text);
    for cell in ["x", " x ", "it's", "a\\b", "\"q\"", "two\nlines", "\u{a0}é"] {
        let values = trial.said(&[Some(cell)]).expect("an answer");
        assert_eq!(values, [rusqlite::types::Value::Text(cell.to_owned())]);
    }
}

#[test]
fn ids_are_compared_in_their_composed_form_or_refused() {
    let trial = text_trial(&CellManner::default(), "UTC", Asked::Id);
    proptest!(ProptestConfig::with_cases(400), |(cell in prop_oneof!["[ A-Za-z0-9@é\u{301}ß한\u{1100}\u{212a}\u{a0}-]{0,8}", any::<String>()])| {
        let cell = without_controls(cell);
        let id = normal_id(&cell);
        let key = if id.contains('@') { id.to_ascii_lowercase() } else { id.clone().into_owned() };
        let wanted = if id.is_empty() { rusqlite::types::Value::Null } else { rusqlite::types::Value::Text(key) };
        match trial.said(&[Some(&cell)]) {
            Ok(values) => prop_assert_eq!(&values, &[wanted], "{:?}", cell),
            Err(message) => prop_assert!(message.contains("NFC") && !cell.is_ascii(), "{:?}: {}", cell, message),
        }
    });
    for plain in ["Zoë", "José", "Łódź", "李小龍", "Анна", "ß"] {
        let values = trial.said(&[Some(plain)]).expect("it is composed");
        assert_eq!(values, [rusqlite::types::Value::Text(plain.to_owned())]);
    }
}

const ZONES: [&str; 5] = [
    "UTC",
    "Asia/Kolkata",
    "Europe/Amsterdam",
    "America/Sao_Paulo",
    "Pacific/Apia",
];

fn forms() -> Vec<(TimeForm, Option<DateOrder>)> {
    vec![
        (TimeForm::Recognised, None),
        (TimeForm::Recognised, Some(DateOrder::DayFirst)),
        (TimeForm::Recognised, Some(DateOrder::MonthFirst)),
        (TimeForm::EpochSeconds, None),
        (TimeForm::EpochMillis, None),
        (TimeForm::EpochMicros, None),
        (
            TimeForm::Usually(Box::new(TimeForm::EpochMillis)),
            Some(DateOrder::DayFirst),
        ),
    ]
}

fn manner_of(form: &TimeForm, order: Option<DateOrder>) -> CellManner {
    CellManner {
        date_order: order,
        time_form: form.clone(),
        ..CellManner::default()
    }
}

fn reader(zone: &str, form: TimeForm, order: Option<DateOrder>) -> TimeReader {
    TimeReader {
        zone: Arc::new(Zone::named(zone).expect("a zone")),
        form,
        order,
    }
}

/// Each way of reading times, with what reads it.
fn each_manner(asked: Asked, mut check: impl FnMut(&Trial, &TimeReader)) {
    for zone in ZONES {
        for (form, order) in forms() {
            let trial = text_trial(&manner_of(&form, order), zone, asked);
            check(&trial, &reader(zone, form, order));
        }
    }
}

fn check_day(trial: &Trial, reader: &TimeReader, cell: &str) {
    let engine = reader.read_day(cell);
    let named = reader.zone.name();
    match trial.number(cell) {
        Ok(day) => {
            let wanted = engine.ok().map(|day| i64::from(day.days()));
            assert_eq!(day, wanted, "{cell:?} in {named}, {:?}", reader.form);
        }
        Err(message) => {
            let is_named = cell.contains('[');
            let has_no_order = reader.order.is_none() && message.contains("date_order");
            let zone_changes = !["UTC", "Asia/Kolkata"].contains(&named);
            let is_far = zone_changes && message.contains("1970 to 2099");
            let is_edge = named != "UTC" || !cell.contains(['Z', 'z']);
            let is_edge = is_edge && message.contains("1900 to 2199");
            assert!(
                is_named || has_no_order || is_far || is_edge,
                "{cell:?} in {named}, {:?}: {message}",
                reader.form
            );
        }
    }
}

#[test]
fn days_that_people_thought_of_are_read_as_the_engine_does() {
    each_manner(DAY, |trial, reader| {
        for cell in dirty::TIMES {
            check_day(trial, reader, cell);
        }
    });
}

#[test]
fn days_of_any_text_are_read_as_the_engine_does() {
    each_manner(DAY, |trial, reader| {
        proptest!(ProptestConfig::with_cases(200), |(cell in dirty::times())| {
            check_day(trial, reader, &cell);
        });
    });
}

fn check_time(trial: &Trial, reader: &TimeReader, cell: &str) {
    let engine = reader.read(cell);
    let named = reader.zone.name();
    match trial.said(&[Some(cell)]) {
        Ok(values) => {
            let instant = engine
                .unwrap_or_else(|error| panic!("{cell:?} in {named}: {error}, not {values:?}"));
            let day = i64::from(reader.zone.day_of(instant).days());
            let wanted = [instant.micros(), day].map(rusqlite::types::Value::Integer);
            assert_eq!(values, wanted, "{cell:?} in {named}, {:?}", reader.form);
        }
        Err(message) => {
            let has_no_order = reader.order.is_none() && message.contains("date_order");
            assert!(
                engine.is_err() || cell.contains('[') || has_no_order,
                "{cell:?} in {named}, {:?}: {message}",
                reader.form
            );
            assert!(message.contains("hotlist: "), "{message}");
        }
    }
}

#[test]
fn times_that_people_thought_of_are_read_as_the_engine_does() {
    each_manner(Asked::Time, |trial, reader| {
        for cell in dirty::TIMES {
            check_time(trial, reader, cell);
        }
    });
}

#[test]
fn times_of_any_text_are_read_as_the_engine_does() {
    each_manner(Asked::Time, |trial, reader| {
        proptest!(ProptestConfig::with_cases(200), |(cell in dirty::times())| {
            check_time(trial, reader, &cell);
        });
    });
}
