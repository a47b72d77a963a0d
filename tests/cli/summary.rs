//! The summary accounts for every row: its numbers add up, whatever the exports hold.

use proptest::prelude::*;

use crate::scene::{MODEL, Scene};

/// The line of the summary that begins with `what`, as the number read and the numbers it is made of.
#[track_caller]
fn account(stderr: &str, what: &str) -> (u64, Vec<u64>) {
    let line = stderr.lines().find(|line| line.starts_with(what));
    let line = line.unwrap_or_else(|| panic!("no {what} in {stderr}"));
    let (read, parts) = line.split_once(" = ").expect("a sum");
    let number = |text: &str| -> u64 {
        let digits: String = text.chars().filter(|c| *c != ',').collect();
        digits
            .parse()
            .unwrap_or_else(|_| panic!("{text} in {line}"))
    };
    let first = |part: &str| number(part.split_whitespace().next().expect("a number"));
    let read = number(read.split_whitespace().nth(1).expect("a number"));
    // What stands in parentheses details a part and is none itself.
    let parts = parts.split(" + ").map(first).collect();
    (read, parts)
}

#[test]
fn the_account_of_the_sample_adds_up() {
    let run = Scene::sample().run("score contacts.csv -e events.csv --as-of 2026-11-01");
    for what in ["contacts", "events"] {
        let (read, parts) = account(&run.stderr, what);
        assert!(read > 100);
        assert_eq!(parts.iter().sum::<u64>(), read, "{what} in {}", run.stderr);
    }
    assert_eq!(account(&run.stderr, "contacts").0, 500);
}

#[test]
fn every_kind_of_row_has_its_part() {
    let model = MODEL.replace("[signals]", "[contacts]\nonly = \"type = 'lead'\"\n\n[signals]\nclicks = { event = \"click\", where = \"path LIKE '/a%'\" }");
    let scene = Scene::small()
        .with("model.toml", model)
        .with(
            "contacts.csv",
            "contact_id,type,budget\nA,lead,1\nA,lead,1\nB,partner,1\n",
        )
        .with(
            "events.csv",
            "event_id,contact_id,event,timestamp,path\n\
             1,A,email_open,2026-10-30,\n\
             1,A,email_open,2026-10-30,\n\
             2,A,email_open,2026-09-01,\n\
             3,A,email_open,2026-11-02,\n\
             4,A,phone_call,2026-10-30,\n\
             5,A,click,2026-10-30,/b\n\
             6,A,click,2026-10-30,/a\n\
             7,B,email_open,2026-10-30,\n\
             8,Z,email_open,2026-10-30,\n",
        );
    let run = scene.score("");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("contacts  3 read = 1 scored + 1 not leads + 1 repeated rows\n"),
        "{}",
        run.stderr
    );
    let (read, parts) = account(&run.stderr, "events");
    assert_eq!(
        (read, parts.as_slice()),
        (9, [2, 1, 1, 1, 1, 1, 1, 1].as_slice()),
        "{}",
        run.stderr
    );
    for part in [
        "of types no signal uses (phone_call 1)",
        "of no such contact",
        "of contacts that are not leads",
        "after as-of",
        "out of every window",
        "not matched by any signal",
        "repeated rows",
    ] {
        assert!(
            run.stderr.contains(&format!("1 {part}")),
            "{part}: {}",
            run.stderr
        );
    }
}

#[test]
fn cells_that_could_not_be_read_are_counted() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,budget\nA,lots\nB,\nC,\"1,5\"\nD,200000\n",
    );
    let run = scene.score("");
    assert!(
        run.stderr
            .contains("2 cells of column `budget` not readable as a number"),
        "{}",
        run.stderr
    );
}

/// Rows of contacts and events that can be read but are anything but tidy.
fn exports() -> impl Strategy<Value = (String, String)> {
    let contact = (0..12_u8, prop::sample::select(vec!["lead", "partner", ""]));
    let contacts = prop::collection::vec(contact, 1..20);
    let kind = prop::sample::select(vec![
        "email_open",
        " EMAIL_OPEN ",
        "click",
        "phone call",
        "",
    ]);
    let event = (0..16_u8, kind, 1..31_u8, 8..12_u8, prop::bool::ANY);
    let events = prop::collection::vec(event, 1..60);
    (contacts, events).prop_map(|(contacts, events)| {
        let mut rows = "contact_id,type,budget\n".to_owned();
        let mut kinds = std::collections::BTreeMap::new();
        for (id, kind) in contacts {
            // A contact that comes again is the same contact again.
            let kind = kinds.entry(id).or_insert(kind);
            rows.push_str(&format!("C{id},{kind},200000\n"));
        }
        let mut happened = "event_id,contact_id,event,timestamp\n".to_owned();
        for (number, (id, kind, day, month, again)) in events.into_iter().enumerate() {
            let row = format!("E{number},C{id},{kind},2026-{month:02}-{day:02} 10:00\n");
            for _ in 0..=u8::from(again) {
                happened.push_str(&row);
            }
        }
        (rows, happened)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_numbers_of_the_summary_add_up((contacts, events) in exports()) {
        let model = MODEL.replace("[signals]", "[contacts]\nonly = \"type = 'lead'\"\n\n[signals]\nclicks = { event = \"click\" }");
        let rows = |text: &str| text.lines().count() as u64 - 1;
        let wanted = (rows(&contacts), rows(&events));
        let scene = Scene::small().with("model.toml", model).with("contacts.csv", contacts).with("events.csv", events);
        let run = scene.score("");
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let (read, parts) = account(&run.stderr, "contacts");
        prop_assert_eq!(read, wanted.0);
        prop_assert_eq!(parts.iter().sum::<u64>(), read, "{}", run.stderr);
        prop_assert_eq!(parts[0], run.stdout.lines().count() as u64 - 1);
        let (read, parts) = account(&run.stderr, "events");
        prop_assert_eq!(read, wanted.1);
        prop_assert_eq!(parts.iter().sum::<u64>(), read, "{}", run.stderr);
        let leads = run.stderr.lines().find(|line| line.starts_with("leads")).expect("a mix");
        let mix: u64 = leads["leads".len()..].split(',').map(|part| part.split_whitespace().next().expect("a number").parse::<u64>().expect("a number")).sum();
        prop_assert_eq!(mix, rows(&run.stdout));
    }
}

#[test]
fn a_last_line_without_an_end_is_mentioned_because_the_export_may_be_cut() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,name,email,budget\nA,Anna,anna@example.com,2000",
    );
    let run = scene.score("");
    assert!(
        run.stderr.contains(
            "warning: contacts.csv, line 2: the last line has no end; is the export complete?\n"
        ),
        "{}",
        run.stderr
    );
    assert!(!Scene::small().score("").stderr.contains("has no end"));
}
