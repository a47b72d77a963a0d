//! The instant a run looks back from.

use crate::scene::{Scene, column};

/// How many of four events around two midnights count: all opens, with no window.
fn counted(as_of: &str) -> String {
    let model = crate::scene::MODEL.replace(", within = \"30 days\"", "");
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", "contact_id,budget\nA,\n")
        .with(
            "events.csv",
            "contact_id,event,timestamp\n\
         A,email_open,2026-10-31T22:59:59Z\n\
         A,email_open,2026-10-31T23:00:00Z\n\
         A,email_open,2026-11-01T22:59:59Z\n\
         A,email_open,2026-11-01T23:00:00Z\n",
        );
    let run = scene.run(&format!(
        "score contacts.csv -e events.csv -m model.toml --as-of {as_of}"
    ));
    column(&run.output(), "engagement").concat()
}

#[test]
fn a_date_is_the_end_of_that_day_in_the_models_zone() {
    assert_eq!(counted("2026-10-31"), "5");
    assert_eq!(counted("2026-11-01"), "15");
    assert_eq!(counted("2026-11-02"), "20");
}

#[test]
fn an_instant_is_itself_and_includes_its_events() {
    assert_eq!(counted("2026-10-31T22:59:58Z"), "0");
    assert_eq!(counted("2026-10-31T22:59:59Z"), "5");
    assert_eq!(counted("2026-11-01T00:00:00+01:00"), "10");
    assert_eq!(counted("2026-11-01T00:00:00"), "10");
}

#[test]
fn events_after_as_of_are_counted_in_the_summary() {
    let run =
        Scene::small().run("score contacts.csv -e events.csv -m model.toml --as-of 2026-10-30");
    assert!(
        run.stderr
            .contains("events    4 read = 1 counted + 1 of no such contact + 2 after as-of\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn as_of_stands_in_every_output_and_reads_back() {
    let scene = Scene::small();
    for as_of in ["2026-11-01", "2026-11-01T09:30:00+01:00"] {
        let first = scene.run(&format!(
            "score contacts.csv -e events.csv -m model.toml --as-of {as_of}"
        ));
        let written = column(&first.stdout, "as_of")[0].clone();
        let again = scene.run(&format!(
            "score contacts.csv -e events.csv -m model.toml --as-of {written}"
        ));
        assert_eq!(again, first);
    }
}

#[test]
fn what_is_no_time_is_a_mistake_in_the_command() {
    for as_of in ["yesterday", "2026-02-30", "01/11/2026", "2026"] {
        let refusal = Scene::small()
            .run(&format!("score contacts.csv -m model.toml --as-of {as_of}"))
            .refusal(2);
        assert!(
            refusal.contains("for instance --as-of 2026-11-01"),
            "{refusal}"
        );
    }
}

#[test]
fn without_as_of_it_is_now_and_an_output_says_which_now() {
    let run = Scene::small().run("score contacts.csv -m model.toml");
    let written = column(&run.output(), "as_of")[0].clone();
    assert!(
        written.len() > "2026-11-01".len() && written.contains('T'),
        "{written}"
    );
}
