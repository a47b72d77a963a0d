//! Inputs that are not what they should be: refused, every bad row with its physical line, and nothing is written.

use crate::scene::{CONTACTS, Scene};

#[test]
fn contacts_cut_inside_a_quoted_cell_are_refused_and_the_earlier_output_stays() {
    let scene = Scene::small();
    assert_eq!(scene.score("-o ranked.csv").code, 0);
    let before = scene.read("ranked.csv");
    let whole =
        "contact_id,name,email,budget\nA,\"Anna\nvan Dijk\",a@example.com,200000\nB,\"Bram, de\n";
    scene.write("contacts.csv", whole);
    let refusal = scene.score("-o ranked.csv").refusal(65);
    assert_eq!(
        refusal,
        "error[unclosed-quote]: the quote opened on line 4 of contacts.csv is never closed\n\
         \n\
         hint: close the quote, or write a quote inside a quoted field twice\n"
    );
    assert_eq!(scene.read("ranked.csv"), before);
    assert_eq!(
        scene.files(),
        ["contacts.csv", "events.csv", "model.toml", "ranked.csv"]
    );
}

#[test]
fn the_sample_cut_at_any_quoted_cell_is_refused() {
    let scene = Scene::sample();
    let whole = scene.read("contacts.csv");
    let opening = whole.match_indices(",\"").map(|(at, _)| at + 2);
    for at in opening.step_by(97) {
        let end = whole[at..].find('"').map_or(at, |length| at + length / 2);
        let end = whole.floor_char_boundary(end.max(at));
        scene.write("cut.csv", &whole[..end]);
        let line = 1 + whole[..at].matches('\n').count();
        let refusal = scene.run("score cut.csv --as-of 2026-11-01 -q").refusal(65);
        assert!(
            refusal.contains(&format!("line {line} of cut.csv")),
            "cut at {end}: {refusal}"
        );
    }
}

#[test]
fn every_bad_row_is_listed_with_its_file_line_and_reason() {
    let contacts = "contact_id,name,email,budget\n\
        A,\"Anna\nvan Dijk\",a@example.com,200000\n\
        A,Anne,a@example.com,200000\n\
        ,Nobody,n@example.com,1\n\
        B,\"x\"y,b@example.com,3\n\
        C,too,few\n\
        D,one,too,many,cells\n\
        E,be\u{7}ll,e@example.com,1\n\
        F,fine,f@example.com,1\n";
    let scene = Scene::small().with("contacts.csv", contacts);
    scene.write(
        "events.csv",
        "contact_id,event,timestamp\nA,email_open,soon\nA,email_open,\n,email_open,2026-10-30\nA,email_open,2026-10-30\n",
    );
    let refusal = scene.score("-o ranked.csv").refusal(65);
    let rows: Vec<&str> = refusal
        .lines()
        .filter(|line| line.starts_with("  "))
        .collect();
    let starts = [
        "  contacts.csv:4: duplicate_contact: ",
        "  contacts.csv:5: missing_id: ",
        "  contacts.csv:6: bad_quote, column \"name\": ",
        "  contacts.csv:7: field_count: ",
        "  contacts.csv:8: field_count: ",
        "  contacts.csv:9: control_char, column \"name\": ",
        "  events.csv:2: bad_timestamp, column \"timestamp\": ",
        "  events.csv:3: bad_timestamp, column \"timestamp\": ",
    ];
    assert!(refusal.starts_with("error[bad-rows]: "), "{refusal}");
    for (row, start) in rows.iter().zip(starts) {
        assert!(row.starts_with(start), "{row} instead of {start}");
    }
    assert!(rows.len() >= starts.len(), "{refusal}");
    assert!(
        rows[0].contains("line 2"),
        "the first row's line is named: {refusal}"
    );
    assert!(refusal.contains("nothing was written"), "{refusal}");
    assert!(!scene.path("ranked.csv").exists());
}

#[test]
fn a_bad_row_says_nothing_of_the_person_in_it() {
    let contacts = CONTACTS.replace("bram@example.com,100", "bram@example.com");
    let refusal = Scene::small()
        .with("contacts.csv", contacts)
        .score("")
        .refusal(65);
    assert!(!refusal.to_lowercase().contains("bram"), "{refusal}");
}

#[test]
fn of_more_than_twenty_bad_rows_the_first_twenty_are_listed_and_the_rest_counted() {
    let mut contacts = "contact_id,name,email,budget\n".to_owned();
    for number in 0..25 {
        contacts.push_str(&format!("C{number},too,few\n"));
    }
    let refusal = Scene::small()
        .with("contacts.csv", contacts)
        .score("")
        .refusal(65);
    assert!(
        refusal.starts_with("error[bad-rows]: 25 rows cannot be read\n"),
        "{refusal}"
    );
    assert_eq!(
        refusal
            .lines()
            .filter(|line| line.contains("field_count"))
            .count(),
        20
    );
    assert!(
        refusal.contains("contacts.csv:21: field_count"),
        "{refusal}"
    );
    assert!(
        !refusal.contains("contacts.csv:22: field_count"),
        "{refusal}"
    );
    assert!(refusal.contains("… and 5 more"), "{refusal}");
}

#[test]
fn a_missing_file_is_named_with_its_neighbour() {
    let refusal = Scene::small().score_file("contact.csv").refusal(66);
    assert_eq!(
        refusal,
        "error[input-missing]: there is no file contact.csv\n\nhint: did you mean `contacts.csv`?\n"
    );
    let scene = Scene::small();
    let refusal = scene
        .run("score contacts.csv -e event.csv -m model.toml")
        .refusal(66);
    assert!(refusal.contains("did you mean `events.csv`?"), "{refusal}");
}

#[test]
fn a_folder_is_no_export() {
    let scene = Scene::small();
    std::fs::create_dir(scene.path("exports")).expect("created");
    let refusal = scene.score_file("exports").refusal(66);
    assert!(
        refusal.starts_with("error[input-is-folder]: exports is a folder"),
        "{refusal}"
    );
}

#[test]
fn an_empty_file_is_no_export_even_where_empty_ones_are_fine() {
    let scene = Scene::small()
        .with("empty.csv", "")
        .with("blank.csv", "\n \n\r\n");
    for name in ["empty.csv", "blank.csv"] {
        let refusal = scene
            .score_file(&format!("{name} --allow-empty"))
            .refusal(65);
        assert!(
            refusal.contains(name) && refusal.contains("empty"),
            "{refusal}"
        );
    }
}

#[test]
fn json_that_ends_half_way_is_refused_with_its_line() {
    let array = "[\n{\"contact_id\":\"A\",\"budget\":200000},\n{\"contact_id\":\"B\",\"bud";
    let lines = "{\"contact_id\":\"A\",\"budget\":200000}\n\n{\"contact_id\":\"B\",\"bud";
    for (text, line) in [(array, "line 3"), (lines, "line 3")] {
        let refusal = Scene::small()
            .with("contacts.json", text)
            .score_file("contacts.json")
            .refusal(65);
        assert!(
            refusal.contains("contacts.json") && refusal.contains(line),
            "{text}: {refusal}"
        );
    }
}

#[test]
fn a_key_twice_and_a_row_that_is_no_object_are_bad_rows() {
    let text = "{\"contact_id\":\"A\",\"budget\":1}\n{\"contact_id\":\"B\",\"budget\":1,\"budget\":2}\n[1]\n";
    let refusal = Scene::small()
        .with("contacts.json", text)
        .score_file("contacts.json")
        .refusal(65);
    assert!(
        refusal.contains("contacts.json:2: duplicate_key"),
        "{refusal}"
    );
    assert!(refusal.contains("contacts.json:3: bad_json"), "{refusal}");
}

#[test]
fn bytes_that_are_not_utf8_are_refused_in_header_and_rows() {
    let scene = Scene::small();
    scene.write("header.csv", b"contact_id,na\xefme,budget\nA,Anna,1\n");
    let refusal = scene.score_file("header.csv").refusal(65);
    assert!(refusal.contains("header.csv:1:"), "{refusal}");
    scene.write(
        "row.csv",
        b"contact_id,name,budget\nA,Anna,1\nB,Ren\xe9,1\n",
    );
    let refusal = scene.score_file("row.csv").refusal(65);
    assert!(
        refusal.contains("row.csv:3: bad_utf8, column \"name\""),
        "{refusal}"
    );
}

#[test]
fn dates_that_do_not_tell_day_from_month_are_refused_naming_the_setting() {
    let scene = Scene::small();
    scene.write(
        "events.csv",
        "contact_id,event,timestamp\nA,email_open,03/10/2026 10:00\nB,email_open,04/10/2026 10:00\n",
    );
    let refusal = scene.score("").refusal(65);
    assert!(refusal.starts_with("error[ambiguous-dates]: "), "{refusal}");
    assert!(refusal.contains("[events] date_order"), "{refusal}");
    scene.write(
        "model.toml",
        crate::scene::MODEL.replace(
            "[signals]",
            "[events]\ndate_order = \"day-first\"\n\n[signals]",
        ),
    );
    let found = scene.score("").output();
    assert_eq!(crate::scene::column(&found, "engagement"), ["5", "5", "0"]);
}

#[test]
fn one_date_past_the_twelfth_settles_the_whole_column() {
    let scene = Scene::small();
    scene.write(
        "events.csv",
        "contact_id,event,timestamp\nA,email_open,03/10/2026 10:00\nB,email_open,31/10/2026 10:00\n",
    );
    let found = scene.score("").output();
    assert_eq!(
        crate::scene::column(&found, "last_event")[1],
        "2026-10-31T10:00:00+01:00"
    );
    assert_eq!(
        crate::scene::column(&found, "last_event")[0],
        "2026-10-03T10:00:00+02:00"
    );
}

#[test]
fn of_more_than_twenty_problems_the_first_twenty_are_shown_and_the_rest_counted() {
    let rules: Vec<String> = (0..30)
        .map(|rule| format!("[[rules]]\nname = \"r{rule}\"\nwhen = \"a{rule} = 1\"\npoints = 1\n"))
        .collect();
    let rules = rules.concat();
    let scene = Scene::small().with("model.toml", format!("name = \"M\"\n{rules}"));
    let refusal = scene.score_file("contacts.csv").refusal(65);
    assert_eq!(refusal.matches("error[").count(), 20);
    assert!(
        refusal.ends_with("\n\n… and 10 more problems\n"),
        "{refusal}"
    );
}

#[test]
fn one_file_given_twice_is_a_mistake_in_the_command() {
    let scene = Scene::small();
    std::os::unix::fs::symlink("contacts.csv", scene.path("link.csv")).expect("linked");
    for (arguments, one, other) in [
        ("score contacts.csv link.csv", "contacts.csv", "link.csv"),
        (
            "score contacts.csv ./contacts.csv",
            "contacts.csv",
            "./contacts.csv",
        ),
        (
            "score contacts.csv -e events.csv events.csv",
            "events.csv",
            "events.csv",
        ),
        (
            "score contacts.csv -e contacts.csv",
            "contacts.csv",
            "contacts.csv",
        ),
        (
            "explain A contacts.csv link.csv",
            "contacts.csv",
            "link.csv",
        ),
    ] {
        let refusal = scene.run(&format!("{arguments} -m model.toml")).refusal(2);
        let wanted = format!("error[same-input]: the inputs {one} and {other} are one file\n");
        assert!(refusal.starts_with(&wanted), "{arguments}: {refusal}");
    }
}

#[test]
fn contacts_that_were_taken_for_events_are_told_to_stand_first() {
    let scene = Scene::small();
    let refusal = scene
        .run("score -e events.csv contacts.csv -m model.toml")
        .refusal(2);
    assert!(refusal.contains("<CONTACTS>"), "{refusal}");
    let hint = "\nhint: all files after -e are events: put the contacts before -e\n";
    assert!(refusal.ends_with(hint), "{refusal}");
    let refusal = scene.run("score -e events.csv -m model.toml").refusal(2);
    assert!(!refusal.contains("before -e"), "{refusal}");
    let refusal = scene
        .run("explain A -e events.csv contacts.csv -m model.toml")
        .refusal(66);
    assert!(refusal.ends_with(hint), "{refusal}");
}
