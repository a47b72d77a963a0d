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
        proptest!(ProptestConfig::with_cases(1_500), |(cell in dirty::numbers())| {
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
            // Kolkata's have not since 1945.
            let zone_changes = named != "UTC";
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
        proptest!(ProptestConfig::with_cases(50), |(cell in dirty::times())| {
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
        proptest!(ProptestConfig::with_cases(50), |(cell in dirty::times())| {
            check_time(trial, reader, &cell);
        });
    });
}

fn events(text: &str) -> Events {
    let text = format!("{text}\n[[rules]]\nname = \"Any\"\nsignal = \"one\"\npoints = 1\n");
    crate::model::Model::parse("model.toml", &text)
        .expect("a model")
        .events
}

fn kind_trial(events: &Events, shape: Option<&'static Shape>) -> Trial {
    let mut columns = Columns::default();
    let slot = columns.named("type", 0..1);
    let column = TableColumn {
        name: "c0".to_owned(),
        kept_as: ColumnType::Text,
    };
    let layout = TableLayout {
        columns: vec![Some(column)],
        shape,
    };
    let zone = Zone::utc();
    let cells = Cells::new(&columns, &events.cells, &layout, &zone);
    let kind = cells.event_kind(events, slot);
    Trial::new(1, &cells, vec![kind], &zone)
}

fn check_kind(
    trial: &Trial,
    kinds: &crate::plan::Kinds,
    shape: Option<&Shape>,
    cell: &str,
) -> bool {
    let wanted = match kinds.find_in(cell, shape) {
        crate::plan::Kind::Used(number) => Some(i64::try_from(number).expect("small")),
        crate::plan::Kind::Unused(_) => None,
    };
    match trial.number(cell) {
        Ok(number) => {
            assert_eq!(number, wanted, "{cell:?}\n{}", trial.text());
            true
        }
        Err(message) => {
            assert!(message.contains("[events.types]"), "{message}");
            false
        }
    }
}

const EVENTS: &str = "[events.types]\nemail_open = [\"Email Opened\", \"OPEN\", \"Ouvert é\"]\nclick = \"Clicked\"\n\
    [signals]\none = { event = \"email_open\" }\ntwo = { event = [\"page_view\", \"reply\", \"a1_urls\"] }\nthree = { event = \"große\" }\nfour = { event = \"x.y_z\" }\n";

#[test]
fn types_of_events_are_found_as_the_engine_does_or_refused() {
    for text in [EVENTS, &EVENTS.replace("große", "size")] {
        let events = events(text);
        let kinds = crate::plan::Kinds::new(&events);
        let trial = kind_trial(&events, None);
        let words = "(email|Email|EMAIL|e|E-?mail|open|Open|OPEN|ope|n|page|Page|PAGE|view|View|VIEW|vi|ew|reply|Reply|REPLY|a1|A1|urls|URLs|URLS|x|y|z|X|gr[öo]ße|große|Größe|Émail|pagé|vi\u{e8}w|e\u{301}|r\u{e9}ply|opened|clicked|Click|страница|\u{212a})";
        let cells = format!("[ \t\u{a0}]?{words}([_ .:/\u{2013}-]{{0,2}}{words}){{0,3}}[!?. ]?");
        let strategy = proptest::string::string_regex(&cells).expect("a pattern");
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 1_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let outcome = runner.run(&strategy, |cell| {
            check_kind(&trial, &kinds, None, &cell);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_usual_spellings_of_types_are_read_and_not_refused() {
    let events = events(EVENTS);
    let kinds = crate::plan::Kinds::new(&events);
    let trial = kind_trial(&events, None);
    for cell in [
        "page_view",
        "Page View",
        "page view",
        "PAGE_VIEW",
        "pageView",
        "PageView",
        "Page-View",
        "pageview",
        "Pageview",
        "PAGEVIEW",
        " Reply ",
        "reply",
        "Email Opened",
        "email opened",
        "OPEN",
        "ouvert é",
        "Email Open",
        "emailOpen",
        "Clicked",
        "click",
        "",
        " ",
        "session_start",
        "Große",
        "große",
        "Zażółć",
        "n/a",
        "Téléchargement de brochure",
    ] {
        assert!(check_kind(&trial, &kinds, None, cell), "{cell:?}");
    }
}

#[test]
fn types_of_a_known_export_are_found_as_the_engine_does() {
    let events = events(EVENTS);
    let kinds = crate::plan::Kinds::new(&events);
    for headers in [
        ["marketoGUID", "activityTypeId"],
        ["recipient", "campaignGuid"],
    ] {
        let Some(shape) = crate::preset::recognise(crate::preset::Kind::Events, &headers) else {
            continue;
        };
        let trial = kind_trial(&events, Some(shape));
        let spellings = shape.types.iter().flat_map(|(_, spellings)| spellings);
        for spelling in spellings {
            for cell in [
                spelling.clone(),
                spelling.to_uppercase(),
                format!(" {spelling} "),
            ] {
                check_kind(&trial, &kinds, Some(shape), &cell);
            }
        }
    }
}

fn typed(kept_as: ColumnType, asked: Asked, value: &str, blank: &[&str]) -> rusqlite::types::Value {
    let manner = CellManner {
        blank: Blanks::new(blank.iter().copied()),
        ..CellManner::default()
    };
    let trial = trial(&manner, "UTC", kept_as, asked);
    trial.said_of(value).expect("an answer").remove(0)
}

#[test]
fn typed_columns_are_read_as_their_usual_text() {
    use ColumnType::{Boolean, Integer, Number};
    use rusqlite::types::Value;
    let whole = Value::Integer;
    let text = |text: &str| Value::Text(text.to_owned());
    for (kept_as, asked, value, blank, wanted) in [
        (Integer, NUMBER, "5", &[][..], whole(5_000_000)),
        (Integer, NUMBER, "-5", &["0"], whole(-5_000_000)),
        (Integer, NUMBER, "0", &["0"], Value::Null),
        (Integer, NUMBER, "NULL", &[], Value::Null),
        (Integer, YES, "1", &[], whole(1)),
        (Integer, YES, "2", &[], Value::Null),
        (Integer, Asked::Text, "12", &[], text("12")),
        (Integer, Asked::Id, "12", &[], text("12")),
        (Number, NUMBER, "-2.5", &[], whole(-2_500_000)),
        (Number, Asked::Text, "-2.5", &[], text("-2.5")),
        (Number, Asked::Text, "0.000001", &[], text("0.000001")),
        (Number, Asked::Text, "120.0", &[], text("120")),
        (Number, YES, "1.0", &[], whole(1)),
        (Number, NUMBER, "2.5", &["2.5"], Value::Null),
        (Boolean, YES, "1", &[], whole(1)),
        (Boolean, YES, "0", &["false"], Value::Null),
        (Boolean, NUMBER, "1", &[], Value::Null),
        (Boolean, Asked::Text, "0", &[], text("false")),
        (Boolean, Asked::Blank, "NULL", &[], whole(1)),
    ] {
        assert_eq!(
            typed(kept_as, asked, value, blank),
            wanted,
            "{kept_as:?} {value}"
        );
    }
}

/// A time as an export would have it, and as a whole number of microseconds, or of days of a date.
fn typed_time(kept_as: ColumnType, micros: i64) -> (String, i64) {
    let instant = crate::value::Instant::from_micros(micros);
    let text = instant.write_in(&Zone::utc());
    match kept_as {
        ColumnType::Timestamp => (text, micros),
        ColumnType::LocalTimestamp => (text.trim_end_matches('Z').to_owned(), micros),
        _ => (text[..10].to_owned(), micros.div_euclid(86_400_000_000)),
    }
}

#[test]
fn typed_times_are_read_as_their_usual_text() {
    // SQLite has no such types: their whole numbers stand for them.
    let kinds = [
        ColumnType::Timestamp,
        ColumnType::LocalTimestamp,
        ColumnType::Date,
    ];
    for (zone, kept_as) in ZONES
        .iter()
        .flat_map(|zone| kinds.map(|kind| (*zone, kind)))
    {
        let manner = CellManner::default();
        let days = trial(&manner, zone, kept_as, DAY);
        let times = trial(&manner, zone, kept_as, Asked::Time);
        let reader = reader(zone, TimeForm::Recognised, None);
        proptest!(ProptestConfig::with_cases(60), |(micros in prop_oneof![
            -100_000_000_000_i64..4_102_500_000_000_000,
            1_500_000_000_000_000_i64..1_800_000_000_000_000,
            -2_209_075_200_000_000_i64..7_258_204_800_000_000,
            Just(0_i64),
            Just(4_102_444_799_999_999_i64),
        ])| {
            let (text, number) = typed_time(kept_as, micros);
            let number = number.to_string();
            if let Ok(values) = days.said_of(&number) {
                let wanted = reader.read_day(&text).ok().map(|day| i64::from(day.days()));
                let wanted = wanted.map_or(rusqlite::types::Value::Null, rusqlite::types::Value::Integer);
                prop_assert_eq!(&values, &[wanted], "{} in {}", text, zone);
            } else {
                let is_far = !(0..4_102_444_800_000_000).contains(&micros);
                prop_assert!(is_far && kept_as == ColumnType::Timestamp, "{} in {}", text, zone);
            }
            match (times.said_of(&number), reader.read(&text)) {
                (Ok(values), Ok(instant)) => {
                    let day = i64::from(reader.zone.day_of(instant).days());
                    let wanted = [instant.micros(), day].map(rusqlite::types::Value::Integer);
                    prop_assert_eq!(values, wanted, "{} in {}", text, zone);
                }
                (Err(_), Err(_)) => {}
                (ours, theirs) => prop_assert!(false, "{text} in {zone}: {ours:?}, {theirs:?}"),
            }
        });
    }
}
