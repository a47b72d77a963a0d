//! Lists that do not say who somebody is.

use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::scene::{MODEL, Scene, column};

const KEY: &str = "a key of more than sixteen bytes\n";

/// What must be in no output.
const SECRETS: [&str; 7] = [
    "ID-7001",
    "ID-7002",
    "ID-7003",
    "Annabel",
    "Brammert",
    "@mail.example",
    "Verhoeven",
];

fn scene() -> Scene {
    let model = format!(
        "{MODEL}\n[accounts]\nkey = \"company\"\n\
         [[rules]]\nname = \"Can be written to\"\nwhen = \"email IS NOT NULL AND first_name <> 'x'\"\npoints = 1\n\
         [[rules]]\nname = \"Id\"\nwhen = \"contact_id <> 'x'\"\npoints = 1\n"
    );
    Scene::empty()
        .with("model.toml", model)
        .with("key", KEY)
        .with("other-key", "another key of more than sixteen bytes")
        .with(
            "contacts.csv",
            "contact_id,first_name,last_name,email,company,budget\n\
             ID-7001,Annabel,Verhoeven,Annabel@mail.example,Acme,200000\n\
             ID-7002,Brammert,,brammert@mail.example,Acme,100\n\
             ID-7003,,,,,\n",
        )
        .with(
            "events.csv",
            "contact_id,event,timestamp\nID-7001,email_open,2026-10-30 10:00\n",
        )
}

#[track_caller]
fn assert_says_nobody(what: &str, text: &str) {
    for secret in SECRETS {
        let found = text.to_lowercase().contains(&secret.to_lowercase());
        assert!(!found, "{what}: {secret}: {text}");
    }
}

#[test]
fn no_output_in_any_format_says_who_somebody_is() {
    let scene = scene();
    for format in ["table", "csv", "tsv", "json", "ndjson", "markdown", "html"] {
        for more in ["", "--accounts"] {
            let run = scene.score(&format!("--pseudonymize key --format {format} {more}"));
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert_says_nobody(format, &run.stderr);
            assert_says_nobody(format, &run.output());
        }
    }
    assert_eq!(scene.score("--pseudonymize key -o ranked.xlsx").code, 0);
    let mut book: Xlsx<_> = open_workbook(scene.path("ranked.xlsx")).expect("a workbook");
    let sheet = book
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("readable");
    let cells: Vec<String> = sheet
        .used_cells()
        .map(|(_, _, cell): (_, _, &Data)| cell.to_string())
        .collect();
    assert_says_nobody("xlsx", &cells.join("\n"));
}

#[test]
fn an_explanation_says_nobody_either_not_even_in_the_cells_that_rules_look_at() {
    let scene = scene();
    for format in ["text", "json"] {
        let run = scene.run(&format!(
            "explain ID-7001 contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 --pseudonymize key --format {format}"
        ));
        assert_says_nobody(format, &run.output());
    }
}

#[test]
fn one_key_gives_one_list_and_another_key_another_one() {
    let scene = scene();
    let ids = |key: &str| {
        let list = scene
            .score(&format!("--pseudonymize {key} --format csv"))
            .output();
        (
            column(&list, "contact_id"),
            column(&list, "email"),
            column(&list, "name"),
        )
    };
    let (one, again, other) = (ids("key"), ids("key"), ids("other-key"));
    assert_eq!(one, again);
    assert_ne!(one.0[0], other.0[0]);
    let is_hash =
        |cell: &String| cell.len() == 32 && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(one.0.iter().all(is_hash), "{one:?}");
    assert_eq!(
        (one.1[2].as_str(), one.2[2].as_str()),
        ("", ""),
        "blank stays blank"
    );
    let plain = scene.score("").output();
    let hashed = scene.score("--pseudonymize key").output();
    assert_eq!(column(&hashed, "score"), column(&plain, "score"));
}

#[test]
fn the_list_of_an_earlier_run_with_the_key_is_recognised() {
    let scene = scene();
    assert_eq!(scene.score("--pseudonymize key -o before.csv").code, 0);
    let with = |key: &str| {
        let list = scene
            .score(&format!("--pseudonymize {key} --previous before.csv"))
            .output();
        column(&list, "change")
    };
    assert_eq!(with("key"), ["0", "0", "0"]);
    assert_eq!(with("other-key"), ["", "", ""]);
}

#[test]
fn a_key_that_is_missing_or_short_is_refused_with_how_to_make_one() {
    let scene = scene().with("short", "fifteen bytes..\r\n");
    let refusal = scene.score("--pseudonymize nowhere").refusal(66);
    assert!(
        refusal.contains("error[no-key]: cannot read the key nowhere"),
        "{refusal}"
    );
    let refusal = scene.score("--pseudonymize short").refusal(2);
    assert!(
        refusal.contains("error[short-key]: the key in short has 15 bytes"),
        "{refusal}"
    );
    assert!(
        refusal.contains("head -c 32 /dev/urandom | base64 > short"),
        "{refusal}"
    );
}

#[test]
fn the_key_is_an_input_that_no_output_replaces() {
    let scene = scene();
    let refusal = scene
        .score("--pseudonymize key -o key --format csv")
        .refusal(2);
    assert!(refusal.contains("error[output-is-input]: "), "{refusal}");
    assert_eq!(fs::read_to_string(scene.path("key")).expect("there"), KEY);
}
