//! The law of the account: every row of every file is in it, once, whatever the files hold and however many threads
//! read them; and a rejects file lists exactly the rows that were rejected.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::scene::{Outcome, Scene, column};

/// A row of a dirty export, and the code it is refused with, if the row alone tells.
type Row = (String, Option<&'static str>);

fn contact() -> impl Strategy<Value = Row> {
    let id = select(vec!["A", "B", "C", "D"]);
    let budget = select(vec!["", "1", "200000", "lots"]);
    let good =
        (id, budget).prop_map(|(id, budget)| (format!("{id},x,x@example.com,{budget}"), None));
    let bad = select(vec![
        (",nobody,n@example.com,1", "missing_id"),
        ("E,too,few", "field_count"),
        ("E,one,too,many,cells", "field_count"),
        ("E,\"x\"y,e@example.com,1", "bad_quote"),
        ("E,be\u{7}ll,e@example.com,1", "control_char"),
        ("contact_id,name,email,budget", "repeated_header"),
    ])
    .prop_map(|(text, code)| (text.to_owned(), Some(code)));
    prop_oneof![4 => good, 1 => bad]
}

fn event(with_id: bool) -> impl Strategy<Value = Row> {
    let id = select(vec!["", "1", "2", "3", "4", "5"]);
    let contact = select(vec!["A", "B", "C", "Z", ""]);
    let kind = select(vec!["email_open", "fax", ""]);
    let time = select(vec![
        ("2026-10-30", None),
        ("2026-10-31T09:00:00Z", None),
        ("2026-12-24", None),
        ("2020-01-01", None),
        ("soon", Some("bad_timestamp")),
        ("", Some("bad_timestamp")),
        ("1812-06-24", Some("timestamp_range")),
    ]);
    let row = (id, contact, kind, time).prop_map(move |(id, contact, kind, (time, code))| {
        let id = if with_id {
            format!("{id},")
        } else {
            String::new()
        };
        (format!("{id}{contact},{kind},{time}"), code)
    });
    let torn = Just(("torn".to_owned(), Some("field_count")));
    prop_oneof![8 => row, 1 => torn]
}

fn file(header: &str, rows: &[Row]) -> String {
    let mut text = format!("{header}\n");
    for (row, _) in rows {
        text.push_str(row);
        text.push('\n');
    }
    text
}

/// The lines and codes that the rows alone tell.
fn expected(rows: &[Row]) -> BTreeMap<u64, &'static str> {
    let lines = (2..).zip(rows);
    lines
        .filter_map(|(line, (_, code))| Some((line, (*code)?)))
        .collect()
}

/// The number read of a line of the summary, and its parts by what they are called.
fn account(stderr: &str, what: &str) -> (u64, Vec<(String, u64)>) {
    let line = stderr
        .lines()
        .find(|line| line.starts_with(what))
        .expect(what);
    let (read, parts) = line.split_once(" = ").expect("a sum");
    let number = |text: &str| text.replace(',', "").parse::<u64>().expect("a number");
    let read = number(read.split_whitespace().nth(1).expect("a number"));
    let part = |part: &str| {
        let (count, name) = part.split_once(' ').expect("a number and a name");
        (name.to_owned(), number(count))
    };
    (read, parts.split(" + ").map(part).collect())
}

fn part(parts: &[(String, u64)], name: &str) -> u64 {
    parts
        .iter()
        .find(|(other, _)| other == name)
        .map_or(0, |(_, count)| *count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_dirty_files_is_accounted_for_once(
        mut contacts in vec(contact(), 1..14),
        (with_id, events) in any::<bool>()
            .prop_flat_map(|with_id| (Just(with_id), vec(event(with_id), 1..40))),
        policy in select(vec!["error", "first", "last"]),
    ) {
        // A list of nobody is refused.
        contacts.push(("Q,x,x@example.com,1".to_owned(), None));
        let id = if with_id { "event_id," } else { "" };
        let scene = Scene::small()
            .with("contacts.csv", file("contact_id,name,email,budget", &contacts))
            .with("events.csv", file(&format!("{id}contact_id,event,timestamp"), &events));
        let flags = format!("--max-bad-rows 100% --on-duplicate {policy} --rejects rejects.csv");
        let runs: Vec<(Outcome, String)> = [1, 3]
            .map(|threads| {
                let run = scene.score(&format!("{flags} --threads {threads}"));
                (run, scene.read("rejects.csv"))
            })
            .into();
        prop_assert_eq!(&runs[0], &runs[1]);
        let (run, rejects) = &runs[0];
        prop_assert_eq!(run.code, 0, "{}", run.stderr);

        let files = column(rejects, "file");
        let lines = column(rejects, "line");
        let codes = column(rejects, "code");
        for (what, rows, duplicate) in [
            ("contacts", &contacts, "duplicate_contact"),
            ("events", &events, "duplicate_event"),
        ] {
            let (read, parts) = account(&run.stderr, what);
            prop_assert_eq!(read, rows.len() as u64, "{}", run.stderr);
            let sum: u64 = parts.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(sum, read, "{}", run.stderr);
            let listed: Vec<(u64, &str)> = files
                .iter()
                .zip(&lines)
                .zip(&codes)
                .filter(|((file, _), _)| file.starts_with(what))
                .map(|((_, line), code)| (line.parse().expect("a line"), code.as_str()))
                .collect();
            prop_assert_eq!(listed.len() as u64, part(&parts, "rejected"));
            let (twice, alone): (Vec<_>, Vec<_>) =
                listed.into_iter().partition(|(_, code)| *code == duplicate);
            prop_assert!(policy == "error" || twice.is_empty());
            let alone: BTreeMap<u64, &str> = alone.into_iter().collect();
            prop_assert_eq!(alone, expected(rows));
        }
    }
}
