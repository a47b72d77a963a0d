//! Rows that cannot be read, where the command line allows for some: left out, counted, and listed whole in a file.

use crate::scene::{Scene, column};

/// Two good contacts among four rows that cannot be read, and one event of three.
fn dirty() -> Scene {
    Scene::small()
        .with(
            "contacts.csv",
            "contact_id,name,email,budget\n\
             A,Anna,a@example.com,200000\n\
             B,\"x\"y,b@example.com,3\n\
             C,too,few\n\
             ,=1+1,n@example.com,1\n\
             A,Anne,a@example.com,1\n\
             D,Dora,d@example.com,100\n",
        )
        .with(
            "events.csv",
            "contact_id,event,timestamp\n\
             A,email_open,2026-10-30 10:00\n\
             A,email_open,soon\n\
             Z,email_open,2026-10-31 10:00\n",
        )
}

#[test]
fn the_refusal_names_the_flag_that_leaves_the_rows_out() {
    let refusal = dirty().score("").refusal(65);
    assert!(
        refusal.contains(
            "hint: mend these rows or export again; --max-bad-rows 5 leaves them out; \
             --on-duplicate last takes the last of rows that differ; nothing was written\n"
        ),
        "{refusal}"
    );
}

#[test]
fn within_the_budget_the_rows_are_left_out_counted_and_listed() {
    let run = dirty().score("--max-bad-rows 5");
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "contacts  6 read = 2 scored + 4 rejected\n",
        "events    3 read = 1 counted + 1 of no such contact + 1 rejected\n",
        "warning[bad-rows]: 5 rows cannot be read and are left out\n",
        "  contacts.csv:3: bad_quote, column \"name\": ",
        "  contacts.csv:6: duplicate_contact: the contact of line 2 again",
        "  events.csv:3: bad_timestamp, column \"timestamp\": ",
    ] {
        assert!(run.stderr.contains(line), "{line} in {}", run.stderr);
    }
    assert_eq!(column(&run.output(), "contact_id"), ["A", "D"]);
}

#[test]
fn more_than_the_budget_is_refused_and_the_budget_named() {
    let refusal = dirty().score("--max-bad-rows 4").refusal(65);
    assert!(
        refusal.starts_with(
            "error[bad-rows]: 5 rows cannot be read, and --max-bad-rows 4 does not allow that\n"
        ),
        "{refusal}"
    );
    assert!(
        refusal.contains("--max-bad-rows 5 leaves them out"),
        "{refusal}"
    );
}

#[test]
fn a_share_holds_for_contacts_and_for_events_each() {
    let scene = dirty();
    let refusal = scene.score("--max-bad-rows 66%").refusal(65);
    assert!(
        refusal.contains("--max-bad-rows 67% leaves them out"),
        "{refusal}"
    );
    assert_eq!(scene.score("--max-bad-rows 67%").code, 0);
    // One event of three is less than half, four contacts of six are not.
    scene.score("--max-bad-rows 50%").refusal(65);
}

#[test]
fn a_budget_that_is_neither_number_nor_share_is_a_usage_error() {
    let refusal = dirty().score("--max-bad-rows few").refusal(2);
    assert_eq!(
        refusal,
        "error[bad-limit]: `few` is no limit for --max-bad-rows\n\
         \n\
         hint: a number or a share of the rows: --max-bad-rows 10 or --max-bad-rows 0.5%\n"
    );
}

#[test]
fn no_budget_covers_a_file_that_cannot_be_trusted() {
    let scene = Scene::small();
    for (contacts, code) in [
        ("contact_id,budget\nA,\"1\nB,2\n", "unclosed-quote"),
        (
            "[{\"contact_id\":\"A\",\"budget\":1},{\"contact_id\":",
            "truncated-json",
        ),
        ("", "empty-file"),
        ("contact_id,budget\n", "no-rows"),
        ("contact_id,name\nA,Anna\n", "missing-column"),
    ] {
        scene.write("contacts.csv", contacts);
        let refusal = scene.score("--max-bad-rows 100%").refusal(65);
        assert!(
            refusal.starts_with(&format!("error[{code}]")),
            "{contacts:?}: {refusal}"
        );
    }
}

#[test]
fn the_rejects_file_holds_every_row_whole_and_safe_for_a_spreadsheet() {
    let scene = dirty();
    let expected = "file,line,end_line,record,column,code,message,raw\n\
        contacts.csv,3,3,2,name,bad_quote,text follows the closing quote in column `name`,\"B,\"\"x\"\"y,b@example.com,3\"\n\
        contacts.csv,4,4,3,,field_count,\"has 3 fields, the header has 4\",\"C,too,few\"\n\
        contacts.csv,5,5,4,,missing_id,it has no id,\",=1+1,n@example.com,1\"\n\
        contacts.csv,6,6,5,,duplicate_contact,\"the contact of line 2 again, with other values\",\"A,Anne,a@example.com,1\"\n\
        events.csv,3,3,2,timestamp,bad_timestamp,\"its time is not one: write 2026-11-01T14:22:00+01:00, or set [events] time_format\",\"A,email_open,soon\"\n";
    scene.score("--rejects rejects.csv").refusal(65);
    assert_eq!(scene.read("rejects.csv"), expected);
    std::fs::remove_file(scene.path("rejects.csv")).expect("it is there");
    let run = scene.score("--rejects rejects.csv --max-bad-rows 5 -o ranked.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(scene.read("rejects.csv"), expected);
    assert_eq!(
        scene.files(),
        [
            "contacts.csv",
            "events.csv",
            "model.toml",
            "ranked.csv",
            "rejects.csv"
        ]
    );
}

#[test]
fn a_run_without_bad_rows_leaves_a_rejects_file_with_its_header_alone() {
    let scene = Scene::small().with("rejects.csv", "yesterday's\n");
    assert_eq!(scene.score("--rejects rejects.csv").code, 0);
    assert_eq!(
        scene.read("rejects.csv"),
        "file,line,end_line,record,column,code,message,raw\n"
    );
}

#[test]
fn where_the_reading_breaks_off_the_old_rejects_file_stays() {
    let scene = Scene::small()
        .with("rejects.csv", "yesterday's\n")
        .with("contacts.csv", "contact_id,name,budget\nx\nA,\"Anna,1\n");
    scene.score("--rejects rejects.csv").refusal(65);
    assert_eq!(scene.read("rejects.csv"), "yesterday's\n");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_rejects_file() {
    use std::os::unix::fs::PermissionsExt;
    let scene = dirty().with("old.csv", "");
    for name in ["new.csv", "old.csv"] {
        scene.score(&format!("--rejects {name}")).refusal(65);
        let mode = std::fs::metadata(scene.path(name))
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_rejects_file_is_neither_an_input_nor_the_list() {
    let scene = dirty();
    let contacts = scene.read("contacts.csv");
    let refusal = scene.score("--rejects contacts.csv").refusal(2);
    assert!(
        refusal.contains("would replace the input contacts.csv"),
        "{refusal}"
    );
    assert_eq!(scene.read("contacts.csv"), contacts);
    let refusal = scene.score("--rejects x.csv -o x.csv").refusal(2);
    assert!(
        refusal.contains("x.csv is the rejects file too"),
        "{refusal}"
    );
    let refusal = scene.score("--rejects none/x.csv").refusal(73);
    assert!(
        refusal.contains("make the folder `none` first"),
        "{refusal}"
    );
}

#[test]
fn bytes_that_are_not_text_are_spelled_out_in_the_rejects_file() {
    let mut contacts = b"contact_id,name,email,budget\nA,Anna,a@example.com,1\nB,Jos".to_vec();
    contacts.extend(b"\xe9,b@example.com,2\n");
    let scene = Scene::small().with("contacts.csv", contacts);
    let refusal = scene.score("--rejects rejects.csv").refusal(65);
    assert!(
        refusal.contains("  contacts.csv:3: bad_utf8, column \"name\": "),
        "{refusal}"
    );
    assert!(
        scene
            .read("rejects.csv")
            .contains("\"B,Jos\\xe9,b@example.com,2\"")
    );
}

#[test]
fn of_more_bad_rows_than_are_listed_the_file_has_all() {
    let mut contacts = "contact_id,name,email,budget\n".to_owned();
    for number in 0..500 {
        contacts.push_str(&format!("C{number},too,few\n"));
    }
    let scene = Scene::small().with("contacts.csv", contacts);
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("; --rejects FILE lists all of them; "),
        "{refusal}"
    );
    let refusal = scene.score("--rejects rejects.csv").refusal(65);
    assert!(!refusal.contains("lists all of them"), "{refusal}");
    assert_eq!(column(&scene.read("rejects.csv"), "line").len(), 500);
}

#[test]
fn a_budget_that_leaves_nobody_does_not_replace_the_list() {
    let scene = Scene::small();
    assert_eq!(scene.score("-o ranked.csv").code, 0);
    let before = scene.read("ranked.csv");
    scene.write("contacts.csv", "contact_id,name,email,budget\nx\ny\n");
    let refusal = scene.score("--max-bad-rows 100% -o ranked.csv").refusal(65);
    assert!(
        refusal.starts_with(
            "error[no-rows]: no row of contacts can be read, so nobody is left to score\n"
        ),
        "{refusal}"
    );
    assert_eq!(scene.read("ranked.csv"), before);
    assert_eq!(scene.score("--max-bad-rows 100% --allow-empty").code, 0);
}
