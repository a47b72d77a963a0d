//! The sample data that documentation, examples and tests share: it is what its generator makes, and it is sound.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

#[allow(dead_code)]
#[path = "../sample-data/generate.rs"]
mod generate;

const CONTACTS_CSV: &str = include_str!("../sample-data/contacts.csv");
const EVENTS_CSV: &str = include_str!("../sample-data/events.csv");
const CONTACTS_JSON: &str = include_str!("../sample-data/contacts.json");
const EVENTS_JSON: &str = include_str!("../sample-data/events.json");

/// A row: its cells by header.
type Row = BTreeMap<String, String>;

fn rows(csv: &str) -> Vec<Row> {
    // The reader refuses a row with more or fewer fields than the header.
    let mut reader = csv::ReaderBuilder::new()
        .flexible(false)
        .from_reader(csv.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row with as many fields as the header");
            let cells = headers.iter().zip(&record);
            cells.map(|(h, c)| (h.to_owned(), c.to_owned())).collect()
        })
        .collect()
}

fn flat(json: &str) -> Vec<Row> {
    let objects: Vec<BTreeMap<String, Value>> = serde_json::from_str(json).expect("an array");
    let flatten = |object: BTreeMap<String, Value>| {
        let mut row = Row::new();
        for (name, value) in object {
            match value {
                Value::Object(inner) => {
                    row.extend(inner.iter().map(|(n, v)| (format!("{name}.{n}"), cell(v))));
                }
                plain => {
                    row.insert(name, cell(&plain));
                }
            }
        }
        row
    };
    objects.into_iter().map(flatten).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// True for a name that RFC 2606 sets aside: the ending `example` and the domains `example.com`, `.net`, `.org`.
fn is_reserved(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    domain == "example"
        || domain.ends_with(".example")
        || ["example.com", "example.net", "example.org"].contains(&domain.as_str())
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let made = generate::generate();
    // Not `assert_eq`: a difference would print megabytes.
    assert!(made.contacts_csv == CONTACTS_CSV, "contacts.csv differs");
    assert!(made.events_csv == EVENTS_CSV, "events.csv differs");
    assert!(made.contacts_json == CONTACTS_JSON, "contacts.json differs");
    assert!(made.events_json == EVENTS_JSON, "events.json differs");
}

#[test]
fn there_are_about_five_hundred_leads_and_ten_thousand_events() {
    let contacts = rows(CONTACTS_CSV);
    let leads = contacts.iter().filter(|row| row["type"] == "lead").count();
    assert!((400..=600).contains(&leads), "{leads} leads");
    assert_eq!(contacts.len() - leads, 15);
    let events = rows(EVENTS_CSV).len();
    assert!((9_000..=11_000).contains(&events), "{events} events");
}

#[test]
fn every_row_has_as_many_fields_as_the_header() {
    for (csv, columns) in [(CONTACTS_CSV, 31), (EVENTS_CSV, 8)] {
        for row in rows(csv) {
            assert_eq!(row.len(), columns, "{row:?}");
        }
    }
}

#[test]
fn no_id_is_given_twice() {
    for (csv, id) in [(CONTACTS_CSV, "contact_id"), (EVENTS_CSV, "event_id")] {
        let mut seen = BTreeSet::new();
        for row in rows(csv) {
            assert!(!row[id].is_empty());
            assert!(seen.insert(row[id].clone()), "{} twice", row[id]);
        }
    }
}

#[test]
fn the_json_files_hold_the_rows_of_the_csv_files() {
    assert!(rows(CONTACTS_CSV) == flat(CONTACTS_JSON), "contacts differ");
    assert!(rows(EVENTS_CSV) == flat(EVENTS_JSON), "events differ");
}

#[test]
fn every_mail_address_is_at_a_domain_set_aside_for_examples() {
    let mut addresses = 0;
    for row in rows(CONTACTS_CSV).iter().chain(&rows(EVENTS_CSV)) {
        for (column, text) in row {
            for word in text.split_whitespace() {
                let Some((_, domain)) = word.rsplit_once('@') else {
                    continue;
                };
                addresses += 1;
                assert!(domain.is_empty() || is_reserved(domain), "{column}: {word}");
            }
        }
    }
    assert!(addresses > 400, "{addresses} addresses");
}

#[test]
fn no_two_contacts_share_a_mail_address_or_a_number() {
    for column in ["email", "phone"] {
        let mut seen = BTreeSet::new();
        for row in rows(CONTACTS_CSV) {
            let text = row[column].to_ascii_lowercase();
            if text.contains('@') || text.starts_with('+') {
                assert!(seen.insert(text), "{} twice", row[column]);
            }
        }
    }
}

#[test]
fn a_dozen_events_at_most_belong_to_contacts_that_are_gone() {
    let contacts = rows(CONTACTS_CSV);
    let known: BTreeSet<&str> = contacts
        .iter()
        .map(|row| row["contact_id"].as_str())
        .collect();
    let orphans = rows(EVENTS_CSV)
        .iter()
        .filter(|row| !known.contains(row["contact_id"].as_str()))
        .count();
    assert!((8..=12).contains(&orphans), "{orphans} orphans");
}

#[test]
fn a_deal_has_a_value_and_a_day_where_it_was_won_and_only_there() {
    for row in rows(CONTACTS_CSV)
        .iter()
        .filter(|row| row["type"] == "lead")
    {
        let told = (!row["closed_at"].is_empty(), !row["deal_value"].is_empty());
        let expected = match row["outcome"].as_str() {
            "won" => (true, true),
            "lost" => (true, false),
            "open" => (false, false),
            other => panic!("outcome {other}"),
        };
        assert_eq!(told, expected, "{}", row["contact_id"]);
    }
}

#[test]
fn events_stand_in_order_of_time_and_begin_in_may_2026() {
    let events = rows(EVENTS_CSV);
    // The offset is a summer or a winter one; the wall clock less the offset is what must not run backwards.
    let instant = |row: &Row| {
        let text = &row["timestamp"];
        assert_eq!(text.len(), "2026-05-01T10:11:12+02:00".len(), "{text}");
        let number = |from: usize, to: usize| text[from..to].parse::<i64>().expect("digits");
        let days = 31 * number(5, 7) + number(8, 10);
        (days * 24 + number(11, 13) - number(20, 22)) * 3_600 + number(14, 16) * 60 + number(17, 19)
    };
    assert!(events[0]["timestamp"].starts_with("2026-05-0"));
    for pair in events.windows(2) {
        assert!(instant(&pair[0]) <= instant(&pair[1]), "{pair:?}");
    }
}

#[test]
fn the_clocks_go_back_on_the_25th_of_october() {
    for row in rows(EVENTS_CSV) {
        let text = &row["timestamp"];
        let expected = match &text[..10] {
            "2026-10-25" => continue,
            day if day < "2026-10-25" => "+02:00",
            _ => "+01:00",
        };
        assert!(text.ends_with(expected), "{text}");
    }
}
