//! Contacts and events that stand in the exports more than once.

use crate::scene::{MODEL, Scene, column};

#[test]
fn identical_contacts_collapse_and_are_counted() {
    let scene = Scene::small()
        .with(
            "contacts.csv",
            "contact_id,budget\nA,200000\nB,1\nA,200000\n",
        )
        .with("again.csv", "budget,contact_id\n1,B\n");
    let run = scene.run("score contacts.csv again.csv -m model.toml --as-of 2026-11-01");
    assert!(
        run.stderr
            .contains("contacts  4 read = 2 scored + 2 repeated rows\n"),
        "{}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "contact_id"), ["A", "B"]);
}

#[test]
fn conflicting_contacts_are_refused_naming_the_first_line() {
    let scene = Scene::small().with("contacts.csv", "contact_id,budget\nA,200000\nB,1\n\nA,1\n");
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("  contacts.csv:5: duplicate_contact: "),
        "{refusal}"
    );
    assert!(refusal.contains("line 2"), "{refusal}");
}

#[test]
fn conflicting_contacts_of_two_files_say_that_the_first_is_in_an_earlier_one() {
    let scene = Scene::small().with(
        "again.csv",
        "contact_id,name,email,budget\nB,Bram,bram@example.com,2\n",
    );
    let run = scene.run("score contacts.csv again.csv -m model.toml --as-of 2026-11-01");
    let refusal = run.refusal(65);
    assert!(
        refusal.contains("  again.csv:2: duplicate_contact: "),
        "{refusal}"
    );
    assert!(refusal.contains("line 3 of an earlier file"), "{refusal}");
}

#[test]
fn events_with_an_id_collapse_and_conflicting_ones_are_refused() {
    let event = |id: &str, contact: &str| format!("{id},{contact},email_open,2026-10-30 10:00\n");
    let header = "event_id,contact_id,event,timestamp\n";
    let scene = Scene::small();
    scene.write(
        "events.csv",
        format!(
            "{header}{}{}{}",
            event("1", "A"),
            event("1", "A"),
            event("2", "A")
        ),
    );
    let run = scene.score("");
    assert!(
        run.stderr
            .contains("events    3 read = 2 counted + 1 repeated rows\n"),
        "{}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "engagement")[0], "10");
    scene.write(
        "events.csv",
        format!("{header}{}{}", event("1", "A"), event("1", "B")),
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("  events.csv:3: duplicate_event: "),
        "{refusal}"
    );
    assert!(refusal.contains("line 2"), "{refusal}");
}

#[test]
fn events_without_an_id_are_separate_however_alike() {
    let scene = Scene::small().with(
        "events.csv",
        "contact_id,event,timestamp\nA,email_open,2026-10-30\nA,email_open,2026-10-30\n",
    );
    assert_eq!(column(&scene.score("").output(), "engagement")[0], "10");
}

#[test]
fn the_columns_of_contacts_that_no_rule_looks_at_still_tell_two_rows_apart() {
    let scene = Scene::small().with("model.toml", MODEL).with(
        "contacts.csv",
        "contact_id,budget,note\nA,200000,one\nA,200000,two\n",
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("contacts.csv:3: duplicate_contact"),
        "{refusal}"
    );
}

#[test]
fn a_pipe_that_cannot_be_kept_is_refused_only_where_it_must_be_read_again() {
    let header = "event_id,contact_id,event,timestamp\n";
    let once = format!("{header}1,A,email_open,2026-10-30\n");
    let twice = format!("{once}1,B,email_open,2026-10-30\n");
    let scene = Scene::small();
    let fed = |events: &str| {
        let arguments = "score contacts.csv -e - -m model.toml --as-of 2026-11-01";
        let mut command = scene.command(arguments);
        command
            .env("TMPDIR", "missing")
            .stdin(std::process::Stdio::piped());
        crate::scene::outcome(&mut command, events.as_bytes())
    };
    assert_eq!(fed(&once).code, 0);
    let refusal = fed(&twice).refusal(74);
    assert!(
        refusal.starts_with(
            "error[no-temporary-file]: <stdin> has to be read a second time, and no temporary file could keep it: "
        ),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: say where there is room in TMPDIR"),
        "{refusal}"
    );
}
