//! Exports in every shape that is read.

use crate::scene::{CONTACTS, EVENTS, Scene, column};

/// What the small exports come to.
fn wanted() -> String {
    Scene::small().score("-q").output()
}

/// The small scene with contacts and events as given.
#[track_caller]
fn found(contacts: impl AsRef<[u8]>, events: impl AsRef<[u8]>) -> String {
    let scene = Scene::small()
        .with("contacts.csv", contacts)
        .with("events.csv", events);
    scene.score("-q").output()
}

#[test]
fn commas_semicolons_tabs_and_bars_are_told_by_looking() {
    for delimiter in [";", "\t", "|"] {
        let change = |text: &str| text.replace(',', delimiter);
        assert_eq!(
            found(change(CONTACTS), change(EVENTS)),
            wanted(),
            "{delimiter:?}"
        );
    }
}

#[test]
fn a_delimiter_that_is_given_is_not_looked_for() {
    let scene = Scene::small().with("contacts.csv", "contact_id;budget,name\nA;200000,Anna\n");
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01 -q --delimiter ,");
    let refusal = run.refusal(65);
    assert!(refusal.contains("contact_id;budget"), "{refusal}");
}

#[test]
fn a_byte_order_mark_a_sep_line_and_windows_line_ends_are_passed_over() {
    let windows = |text: &str| text.replace(',', ";").replace('\n', "\r\n");
    let contacts = format!("\u{feff}sep=;\r\n{}", windows(CONTACTS));
    let events = format!("\u{feff}\r\n\r\n{}", windows(EVENTS));
    assert_eq!(found(contacts, events), wanted());
}

#[test]
fn a_last_line_without_its_end_is_a_line() {
    assert_eq!(found(CONTACTS.trim_end(), EVENTS.trim_end()), wanted());
}

#[test]
fn quoted_cells_may_hold_line_ends_delimiters_and_quotes() {
    let contacts = CONTACTS.replace("Anna", "\"Anna\r\nvan \"\"Dijk\"\", jr.\"");
    let found = found(contacts, EVENTS);
    assert_eq!(column(&found, "name")[0], "Anna\r\nvan \"Dijk\", jr.");
    assert_eq!(column(&found, "score"), column(&wanted(), "score"));
}

#[test]
fn json_arrays_objects_that_hold_one_and_lines_of_objects_are_told_by_content() {
    let objects = [
        r#"{"contact_id":"A","name":"Anna","email":"anna@example.com","budget":200000}"#,
        r#"{"contact_id":"B","name":"Bram","email":"bram@example.com","budget":"100"}"#,
        r#"{"budget":null,"contact_id":"C","name":"Carla","email":"carla@example.com"}"#,
    ];
    for text in [
        format!("[{}]", objects.join(",\n")),
        format!("{{\"total\": 3, \"data\": [{}]}}", objects.join(", ")),
        objects.join("\n"),
    ] {
        assert_eq!(found(&text, EVENTS), wanted(), "{text}");
    }
}

#[test]
fn nested_json_is_known_by_dotted_names() {
    let model = crate::scene::MODEL.replace("budget >=", "details.budget >=");
    let scene = Scene::small()
        .with("model.toml", model)
        .with(
            "contacts.json",
            r#"[{"contact_id":"A","details":{"budget":200000}}]"#,
        )
        .with("contacts.csv", "contact_id,details.budget\nA,200000\n");
    let nested = scene
        .run("score contacts.json -m model.toml --as-of 2026-11-01 -q")
        .output();
    assert_eq!(column(&nested, "score"), ["61"]);
    let dotted = scene
        .run("score contacts.csv -m model.toml --as-of 2026-11-01 -q")
        .output();
    assert_eq!(dotted, nested);
}

#[test]
fn a_dash_is_standard_input() {
    let scene = Scene::small();
    let contacts = "score - -e events.csv -m model.toml --as-of 2026-11-01 -q";
    assert_eq!(scene.run_fed(contacts, CONTACTS).output(), wanted());
    let events = "score contacts.csv -e - -m model.toml --as-of 2026-11-01 -q";
    assert_eq!(scene.run_fed(events, EVENTS).output(), wanted());
}

#[test]
fn standard_input_is_read_once() {
    let refusal = Scene::small()
        .run_fed("score - -e - -m model.toml", CONTACTS)
        .refusal(2);
    assert!(
        refusal.contains("standard input can be read only once"),
        "{refusal}"
    );
}

#[test]
fn ids_keep_their_digits_and_capitals_and_lose_their_blanks() {
    let scene = Scene::small()
        .with("contacts.csv", "contact_id,budget\n007, \n 7 ,\na,\nA,\n1e3,\n")
        .with("events.csv", "contact_id,event,timestamp\n7,email_open,2026-10-30\n\" 007\",email_open,2026-10-30\n007,email_open,2026-10-30\na,email_open,2026-10-30\n");
    let found = scene.score("").output();
    let pairs: Vec<String> = column(&found, "contact_id")
        .into_iter()
        .zip(column(&found, "score"))
        .map(|(id, score)| format!("{id}={score}"))
        .collect();
    assert_eq!(pairs, ["007=10", "7=5", "a=5", "1e3=0", "A=0"]);
}

#[test]
fn events_can_join_on_the_email_whatever_its_capitals() {
    let model =
        crate::scene::MODEL.replace("[signals]", "[events]\nmatch = \"email\"\n\n[signals]");
    let events = "Recipient,Event,Time\nANNA@example.com,email_open,2026-10-30 10:00\n";
    let scene = Scene::small()
        .with("model.toml", model)
        .with("events.csv", events);
    assert_eq!(
        column(&scene.score("").output(), "engagement"),
        ["5", "0", "0"]
    );
}

#[test]
fn without_events_signals_are_empty_and_no_last_event_is_shown() {
    let scene = Scene::small();
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01");
    assert!(!run.stderr.contains("events"), "{}", run.stderr);
    let found = run.output();
    assert_eq!(column(&found, "score"), ["61", "0", "0"]);
    assert!(!found.contains("last_event"));
}

#[test]
fn a_header_without_rows_is_refused_unless_that_is_said_to_be_fine() {
    let scene = Scene::small();
    scene.write("none.csv", "contact_id,name,email,budget\n");
    scene.write("no-events.csv", "contact_id,event,timestamp\n");
    scene.write("nothing.json", "[]");
    for arguments in [
        "score none.csv -m model.toml",
        "score contacts.csv -e no-events.csv -m model.toml",
    ] {
        let refusal = scene.run(arguments).refusal(65);
        assert!(refusal.contains("has a header and no rows"), "{refusal}");
        assert!(refusal.contains("--allow-empty"), "{refusal}");
        assert_eq!(scene.run(&format!("{arguments} --allow-empty")).code, 0);
    }
    assert_eq!(scene.run("score nothing.json -m model.toml").code, 65);
}
