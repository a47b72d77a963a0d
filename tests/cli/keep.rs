//! Columns of the export that outputs carry through as they are.

use crate::scene::{Scene, column};

const CONTACTS: &str = "\
contact_id,name,email,budget,Phone Number,score
A,Anna,anna@example.com,200000,+31 6 1234,7
B,Bram,bram@example.com,100, 020 ,
C,Carla,carla@example.com,,,\"a;=b\"
";

#[test]
fn kept_columns_stand_at_the_end_as_they_are_in_the_export() {
    let scene = Scene::small().with("contacts.csv", CONTACTS);
    let run = scene.score("--keep phone_number,budget --csv-escape none");
    assert!(
        run.stderr.contains("kept      phone_number, budget\n"),
        "{}",
        run.stderr
    );
    let csv = run.output();
    let header = csv.lines().next().expect("a header");
    assert!(header.ends_with(",model,phone_number,budget"), "{header}");
    assert_eq!(column(&csv, "phone_number"), ["+31 6 1234", " 020 ", ""]);
    assert_eq!(column(&csv, "budget"), ["200000", "100", ""]);
}

#[test]
fn all_keeps_every_column_and_renames_those_that_would_be_taken_for_ours() {
    let scene = Scene::small().with("contacts.csv", CONTACTS);
    let csv = scene.score("--keep all").output();
    let header = csv.lines().next().expect("a header");
    assert!(
        header.ends_with(
            ",model,export_contact_id,export_name,export_email,budget,Phone Number,export_score"
        ),
        "{header}"
    );
    assert_eq!(column(&csv, "export_score"), ["7", "", "a;'=b"]);
    assert_eq!(column(&csv, "Phone Number"), ["'+31 6 1234", " 020 ", ""]);
}

#[test]
fn kept_columns_are_in_every_format() {
    let scene = Scene::small().with("contacts.csv", CONTACTS);
    let json = scene.score("--keep budget --format json --top 1").output();
    assert!(json.contains("\"budget\":\"200000\""), "{json}");
    for format in ["table", "markdown", "tsv", "ndjson"] {
        let text = scene
            .score(&format!(
                "--keep budget --columns rank,name --format {format}"
            ))
            .output();
        assert!(text.contains("200000") && text.contains("budget"), "{text}");
    }
}

#[test]
fn files_with_different_columns_keep_all_of_them() {
    let scene = Scene::small().with("more.csv", "Shoe size,contact_id,budget\n42,X,1\n");
    let run = scene.run("score contacts.csv more.csv -m model.toml --as-of 2026-11-01 --keep all");
    let csv = run.output();
    assert_eq!(column(&csv, "Shoe size"), ["", "", "", "42"]);
}

#[test]
fn what_tells_who_a_lead_is_is_hidden_in_kept_columns_too() {
    let scene = Scene::small()
        .with("contacts.csv", CONTACTS)
        .with("key", "0123456789abcdef");
    let csv = scene.score("--keep all --pseudonymize key").output();
    for told in ["Anna", "anna@", "\nA,", ",A,"] {
        assert!(!csv.contains(told), "{told} in {csv}");
    }
    assert_eq!(
        column(&csv, "export_contact_id"),
        column(&csv, "contact_id")
    );
    assert_eq!(column(&csv, "export_email"), column(&csv, "email"));
}

#[test]
fn a_column_that_no_export_has_is_a_usage_error_with_the_nearest() {
    let scene = Scene::small().with("contacts.csv", CONTACTS);
    let refusal = scene.score("--keep phone_numbr").refusal(2);
    assert_eq!(
        refusal,
        "error[nothing-to-keep]: no export of contacts has a column `phone_numbr`\n\
         \n\
         hint: did you mean `Phone Number`?\n"
    );
    let refusal = scene.score("--keep shoe").refusal(2);
    assert!(
        refusal.contains("there is contact_id, name, email, budget,"),
        "{refusal}"
    );
}

#[test]
fn lists_with_kept_columns_read_back_as_what_they_were() {
    let scene = Scene::small().with("contacts.csv", CONTACTS);
    assert_eq!(scene.score("--keep all -o kept.csv").code, 0);
    // The list is an export of contacts itself: the same cells come back, whatever was done for spreadsheets.
    let run = scene.run("score kept.csv -m model.toml --as-of 2026-11-01 --keep export_score,phone_number --csv-escape none --columns contact_id");
    let csv = run.output();
    assert_eq!(column(&csv, "export_score"), ["7", "", "a;=b"]);
    assert_eq!(column(&csv, "phone_number"), ["+31 6 1234", " 020 ", ""]);
}

#[test]
fn of_two_columns_with_one_header_both_are_kept() {
    let contacts = "contact_id,budget,note,note\nA,1,first,second\n";
    let scene = Scene::small().with("contacts.csv", contacts);
    let csv = scene.score("--keep all").output();
    assert_eq!(column(&csv, "note"), ["first"]);
    assert_eq!(column(&csv, "export_note"), ["second"]);
}

#[test]
fn a_column_is_kept_under_the_name_that_a_preset_has_for_it() {
    let contacts = "Record ID,Lifecycle Stage,Job Title,budget\n1,lead,Director,1\n";
    let scene = Scene::small().with("contacts.csv", contacts);
    let csv = scene.score("--keep title").output();
    assert_eq!(column(&csv, "title"), ["Director"]);
}

#[test]
fn a_workbook_as_the_previous_list_says_what_a_csv_says() {
    let contacts = "contact_id,budget\n''=1,200000\n=1,100\n0017,1\n";
    let scene = Scene::small().with("contacts.csv", contacts);
    assert_eq!(scene.score("-o before.csv -o before.xlsx").code, 0);
    let by = |list: &str| {
        column(
            &scene.score(&format!("--previous {list}")).output(),
            "change",
        )
    };
    assert_eq!(by("before.xlsx"), by("before.csv"));
    assert!(by("before.xlsx").iter().all(|change| change == "0"));
}

#[test]
fn a_column_without_a_name_is_kept_under_its_number() {
    let contacts = "contact_id,budget,,\nA,1,x,y\n";
    let scene = Scene::small().with("contacts.csv", contacts);
    let csv = scene.score("--keep all").output();
    assert_eq!(column(&csv, "column_3"), ["x"]);
    assert_eq!(column(&csv, "column_4"), ["y"]);
}

#[test]
fn keys_that_turn_up_far_down_are_kept_if_named_and_said_if_not() {
    let mut contacts = String::new();
    for number in 0..400 {
        contacts.push_str(&format!(
            "{{\"contact_id\":{number},\"budget\":1,\"text\":\"{}\"}}\n",
            "x".repeat(1000)
        ));
    }
    contacts.push_str("{\"contact_id\":\"Z\",\"budget\":200000,\"late\":\"L\"}\n");
    let scene = Scene::small().with("contacts.csv", contacts);
    let run = scene.score("--keep all --top 1");
    assert!(
        run.stderr.contains(
            "note: late first turn up far down in the JSON and are kept only if named: --keep late\n"
        ),
        "{}",
        run.stderr
    );
    let csv = scene.score("--keep late --top 1").output();
    assert_eq!(column(&csv, "late"), ["L"]);
}
