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
    assert!(
        refusal.contains("three.csv:2: the month comes first"),
        "{refusal}"
    );
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

#[test]
fn the_order_is_that_of_all_files_whichever_is_read_first() {
    let scene = Scene::small()
        .with("iso.csv", events(&["2026-10-30 10:00"]))
        .with("numeric.csv", events(&["05/10/2026 10:00", "25/10/2026"]));
    let one = score(&scene, "iso.csv numeric.csv");
    let other = score(&scene, "numeric.csv iso.csv");
    assert_eq!(one, other);
    assert!(
        one.stderr.contains("3 read = 3 counted\n"),
        "{}",
        one.stderr
    );
}

#[test]
fn dates_that_contradict_each_other_far_apart_are_refused_in_either_order() {
    let scene = Scene::small()
        .with("day.csv", events(&["25/10/2026"]))
        .with("month.csv", events(&["10/25/2026"]));
    for files in ["day.csv month.csv", "month.csv day.csv"] {
        let refusal = score(&scene, files).refusal(65);
        for said in [
            "in `time` the day comes first in some dates and the month in others\n",
            "  day.csv:2: the day comes first\n",
            "  month.csv:2: the month comes first\n",
            "[events] date_order",
        ] {
            assert!(refusal.contains(said), "{said} in {refusal}");
        }
    }
}

#[test]
fn events_through_a_pipe_are_read_again_where_their_dates_settle_late() {
    let scene = Scene::small().with("iso.csv", events(&["2026-10-30 10:00"]));
    let run = scene.run_fed(
        "score contacts.csv -e iso.csv - -m model.toml --as-of 2026-11-01",
        events(&["25/10/2026"]),
    );
    assert!(
        run.stderr.contains("2 read = 2 counted\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_assumed_of_times_is_said() {
    let model = crate::scene::MODEL.replace("timezone = \"Europe/Amsterdam\"\n", "");
    let times = [
        "2026-10-25 02:30",
        "2026-03-29 02:30",
        "1970-01-01T00:00:00Z",
    ];
    let scene = Scene::small().with("events.csv", events(&times));
    let run = score(&scene, "events.csv");
    assert!(
        run.stderr.contains(
            "times     1 skipped by the clocks of Europe/Amsterdam, moved forward; \
             1 shown twice by the clocks of Europe/Amsterdam, taken for the first\n"
        ),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains(
            "warning: 1 event at 1970-01-01T00:00:00Z, which mostly means that nothing is known\n"
        ),
        "{}",
        run.stderr
    );
    let run = score(&scene.with("model.toml", model), "events.csv");
    assert!(
        run.stderr.contains(
            "times     2 without an offset, read as UTC because the model names no timezone\n"
        ),
        "{}",
        run.stderr
    );
}
