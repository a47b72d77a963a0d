//! What advertising cost, beside the exports.

use serde_json::Value;

use crate::scene::{Outcome, Scene};

const MODEL: &str = "[[rules]]\nname = \"Budget\"\nwhen = \"budget >= 1\"\npoints = 60\n";
const CONTACTS: &str = "contact_id,source,budget\nA,Portal,5\nB,portal fair,1\nC,Website,\n";

fn channels(spend: &str, more: &str) -> Outcome {
    Scene::empty()
        .with("model.toml", MODEL)
        .with("contacts.csv", CONTACTS)
        .with("spend.csv", spend)
        .run(&format!(
            "report channels contacts.csv -m model.toml --as-of 2026-11-01 -q --spend spend.csv --format json {more}"
        ))
}

#[test]
fn spend_stands_beside_the_channels_that_it_names() {
    let json: Value =
        serde_json::from_str(&channels("Channel,Cost\nPORTAL,12.50\n", "").output()).expect("JSON");
    let portal = &json["tables"]["channels"][0];
    assert_eq!(
        (&portal["channel"], &portal["spend"]),
        (&"Portal".into(), &12.5.into())
    );
    assert_eq!(json["tables"]["channels"][1]["spend"], Value::Null);
}

#[test]
fn rows_of_the_spend_that_cannot_be_used_are_listed_with_their_lines() {
    let told = channels("source,spend\nPortal,12\nWebsite,lots\n,3\n", "").refusal(65);
    for part in [
        "error[bad-rows]: 2 rows of the spend cannot be used",
        "spend.csv:3: its amount is no number",
        "spend.csv:4: it has no channel",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_file_that_is_no_spend_is_refused() {
    let told = channels("name,age\nA,3\n", "").refusal(65);
    assert!(
        told.contains("error[missing-column]: the spend spend.csv has no column `source`"),
        "{told}"
    );
}

#[test]
fn a_report_does_not_replace_the_spend_that_it_reads() {
    let told = channels("source,spend\nPortal,12\n", "-o spend.csv").refusal(2);
    assert!(told.contains("spend.csv"), "{told}");
}
