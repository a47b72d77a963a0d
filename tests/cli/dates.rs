//! Dates such as 03/05/2026: whether day or month comes first is settled for the column, never for a cell.

use crate::scene::{Scene, column};

/// An export in which one contact opened a mail at each of these times.
fn events(times: &[&str]) -> String {
    let mut export = "contact_id,event,timestamp\n".to_owned();
    for time in times {
        export.push_str(&format!("A,email_open,{time}\n"));
    }
    export
}

fn score(scene: &Scene, files: &str) -> crate::scene::Outcome {
    scene.run(&format!(
        "score contacts.csv -e {files} -m model.toml --as-of 2026-11-01"
    ))
}

#[test]
fn a_date_far_down_the_file_settles_the_column() {
    let mut times = vec!["01/10/2026 10:00"; 300_000];
    times.push("25/10/2026 10:00");
    let scene = Scene::small().with("events.csv", events(&times));
    let run = score(&scene, "events.csv");
    // Read day first, the many lie on 1 October, out of the window of 30 days.
    assert!(
        run.stderr
            .contains("300,001 read = 1 counted + 300,000 out of every window"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_second_file_settles_the_column_for_both() {
    let scene = Scene::small()
        .with("one.csv", events(&["05/10/2026 10:00"]))
        .with("two.csv", events(&["25/10/2026 10:00"]));
    let run = score(&scene, "one.csv two.csv");
    assert!(run.stderr.contains("2 read = 2 counted"), "{}", run.stderr);
}

#[test]
fn two_files_in_different_orders_are_refused_naming_the_setting() {
    let scene = Scene::small()
        .with("one.csv", events(&["05/10/2026 10:00"]))
        .with("two.csv", events(&["25/10/2026 10:00"]))
        .with("three.csv", events(&["10/25/2026 10:00"]));
    let refusal = score(&scene, "one.csv two.csv three.csv").refusal(65);
    assert!(refusal.contains("bad_timestamp"), "{refusal}");
    let both = events(&["25/10/2026 10:00", "10/25/2026 10:00"]);
    let refusal = score(&scene.with("one.csv", both), "one.csv").refusal(65);
    assert!(refusal.starts_with("error[ambiguous-dates]: "), "{refusal}");
    assert!(refusal.contains("[events] date_order"), "{refusal}");
}

#[test]
fn a_date_column_of_events_settles_its_own_order() {
    let model = r#"
[signals]
due = { event = "task", where = "due >= DATE '2026-11-01'" }
[[rules]]
name = "Due"
signal = "due"
points = 10
"#;
    let events = "contact_id,event,timestamp,due\n\
                  A,task,2026-10-30 10:00,25/12/2026\n\
                  A,task,2026-10-30 11:00,03/12/2026\n\
                  A,task,2026-10-30 12:00,03/05/2026\n";
    let scene = Scene::small()
        .with("model.toml", model)
        .with("events.csv", events);
    let run = score(&scene, "events.csv --top 1");
    assert!(!run.stderr.contains("not readable"), "{}", run.stderr);
    assert_eq!(column(&run.output(), "score"), ["20"]);
}

#[test]
fn a_date_made_of_two_columns_is_settled_by_both() {
    let model = r#"
[[rules]]
name = "Fresh"
when = "days_since(coalesce(called, created)) < 30"
points = 10
"#;
    let contacts = "contact_id,called,created\nA,,05/10/2026\nB,25/10/2026,01/01/2026\nC,soon,\n";
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", contacts);
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01");
    assert!(
        run.stderr
            .contains("1 cell of column `called` not readable as a date"),
        "{}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "score"), ["10", "10", "0"]);
}

#[test]
fn blanks_that_the_model_names_join_nothing_and_are_no_ids() {
    let model = r#"
[contacts]
blank = ["-"]
[events]
match = "email"
blank = ["-"]
[signals]
opens = { event = "email_open" }
[[rules]]
name = "Opens"
signal = "opens"
points = 5
"#;
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", "contact_id,email\nA,-\nB,b@example.com\n")
        .with(
            "events.csv",
            "event_id,email,event,timestamp\n\
             -,-,email_open,2026-10-30 10:00\n\
             -,B@EXAMPLE.COM,email_open,2026-10-30 11:00\n",
        );
    let run = score(&scene, "events.csv");
    assert!(
        run.stderr.contains("1 counted + 1 of no such contact"),
        "{}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "score"), ["5", "0"]);
    let scene = scene.with("contacts.csv", "contact_id,email\n-,x@example.com\n");
    assert!(
        score(&scene, "events.csv")
            .refusal(65)
            .contains("missing_id")
    );
}
