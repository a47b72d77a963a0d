//! `hotlist explain`: what it says is the lead's ledger, and what it promises comes true.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::Value;

use crate::scene::{MODEL, Scene, column, outcome};

const SAMPLE: &str = "contacts.csv -e events.csv --as-of 2026-11-01";

/// A number of JSON in thousandths, read from its digits.
fn thousandths(number: &Value) -> i64 {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{decimals:0<3}");
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{text} is no number of points"))
}

fn explained(scene: &Scene, arguments: &str) -> Vec<Value> {
    let run = scene.run(&format!("explain {arguments} --format json"));
    serde_json::from_str(&run.output()).expect("an array")
}

#[test]
fn the_points_of_every_explanation_sum_to_the_score_that_score_gives() {
    let scene = Scene::sample();
    let csv = scene.run(&format!("score {SAMPLE}")).output();
    let ids: Vec<String> = column(&csv, "contact_id").into_iter().step_by(5).collect();
    let scores: Vec<String> = column(&csv, "score").into_iter().step_by(5).collect();
    let all = explained(&scene, &format!("{} {SAMPLE}", ids.join(" ")));
    assert_eq!(all.len(), ids.len());
    for ((lead, id), score) in all.iter().zip(&ids).zip(&scores) {
        assert_eq!(lead["contact_id"], id.as_str());
        assert_eq!(&lead["score"].to_string(), score);
        let groups = lead["groups"].as_array().expect("groups");
        for group in groups {
            let rules = group["rules"].as_array().expect("rules");
            let sum: i64 = rules.iter().map(|rule| thousandths(&rule["points"])).sum();
            assert_eq!(sum, thousandths(&group["sum"]), "{id}: {group}");
            let bounded = match (&group["min"], &group["max"]) {
                (_, max) if !max.is_null() && sum > thousandths(max) => thousandths(max),
                (min, _) if !min.is_null() && sum < thousandths(min) => thousandths(min),
                _ => sum,
            };
            assert_eq!(bounded, thousandths(&group["points"]), "{id}: {group}");
        }
        let groups: i64 = groups
            .iter()
            .map(|group| thousandths(&group["points"]))
            .sum();
        let changes = lead["score_changes"].as_array().expect("changes");
        let changes: i64 = changes
            .iter()
            .map(|change| thousandths(&change["points"]))
            .sum();
        assert_eq!(groups + changes, thousandths(&lead["score"]), "{id}");
    }
}

#[test]
fn the_evidence_shows_which_events_how_many_and_the_newest() {
    let scene = Scene::small();
    let found = scene
        .run("explain B contacts.csv -e events.csv -m model.toml --as-of 2026-11-01")
        .output();
    assert!(
        found.starts_with("B Bram: 10 points, Cold Lead (rank 2 of 3)\n"),
        "{found}"
    );
    for part in [
        "Opens",
        "2026-10-31T11:00:00+01:00  email_open",
        "2026-10-31T10:00:00+01:00  email_open",
        "Budget sufficient",
    ] {
        assert!(found.contains(part), "{part} is missing: {found}");
    }
    let lead = &explained(
        &scene,
        "B contacts.csv -e events.csv -m model.toml --as-of 2026-11-01",
    )[0];
    let events = &lead["groups"][0]["rules"][0]["seen"][0]["events"];
    assert_eq!(events["count"], 2);
    assert_eq!(events["newest"][0]["age_days"], 1);
}

#[test]
fn what_would_make_a_lead_hotter_does_so() {
    let scene = Scene::small();
    let lead = &explained(
        &scene,
        "B contacts.csv -e events.csv -m model.toml --as-of 2026-11-01",
    )[0];
    let steps = lead["hotter"]["steps"].as_array().expect("steps");
    let budget = steps
        .iter()
        .find(|step| step["rule"] == "budget")
        .expect("the budget is a step");
    scene.write(
        "contacts.csv",
        "contact_id,name,email,budget\nB,Bram,bram@example.com,150000\n",
    );
    let csv = scene.score("").output();
    assert_eq!(column(&csv, "score")[0], budget["score"].to_string());
    assert_eq!(
        column(&csv, "tag")[0],
        budget["temperature"].as_str().expect("a temperature")
    );
}

#[test]
fn several_leads_are_explained_in_the_order_asked_for() {
    let leads = explained(
        &Scene::small(),
        "C A contacts.csv -e events.csv -m model.toml --as-of 2026-11-01",
    );
    let ids: Vec<&Value> = leads.iter().map(|lead| &lead["contact_id"]).collect();
    assert_eq!(ids, ["C", "A"]);
}

#[test]
fn an_id_that_no_contact_has_is_a_mistake_in_the_command() {
    let run = Scene::small().run("explain Q contacts.csv -e events.csv -m model.toml");
    let refusal = run.refusal(2);
    assert!(
        refusal.starts_with("error[unknown-contact]: no contact has the id `Q`\n"),
        "{refusal}"
    );
}

#[test]
fn a_contact_that_is_no_lead_is_told_so() {
    let model = MODEL.replace(
        "[signals]",
        "[contacts]\nonly = \"type = 'lead'\"\n\n[signals]",
    );
    let scene = Scene::small().with("model.toml", model).with(
        "contacts.csv",
        "contact_id,type,budget\nA,lead,1\nB,partner,1\n",
    );
    let refusal = scene.run("explain B contacts.csv -m model.toml").refusal(2);
    assert!(
        refusal.starts_with("error[not-a-lead]: the contact `B` is not a lead\n"),
        "{refusal}"
    );
}

#[test]
fn ids_and_exports_are_both_needed() {
    let scene = Scene::small();
    assert!(
        scene
            .run("explain contacts.csv -m model.toml")
            .refusal(2)
            .contains("no id")
    );
    assert!(
        scene
            .run("explain A gone.csv -m model.toml")
            .refusal(66)
            .contains("gone.csv")
    );
}

#[test]
fn explaining_reads_the_exports_as_strictly_as_scoring() {
    let scene = Scene::small().with("contacts.csv", "contact_id,budget\nA,1\nB\n");
    let scored = scene.score("").refusal(65);
    let run = scene.run("explain A contacts.csv -e events.csv -m model.toml --as-of 2026-11-01");
    assert_eq!(run.refusal(65), scored);
}

#[test]
fn threads_change_nothing_in_an_explanation() {
    let scene = Scene::sample();
    let wanted = scene.run(&format!("explain L-10279 L-10255 {SAMPLE} --threads 1"));
    assert_eq!(wanted.code, 0);
    for threads in [2, 8] {
        assert_eq!(
            scene.run(&format!(
                "explain L-10279 L-10255 {SAMPLE} --threads {threads}"
            )),
            wanted
        );
    }
}

#[test]
fn the_first_argument_is_an_id_even_where_a_file_is_called_so() {
    let scene = Scene::small().with("A", "not an export");
    let leads = explained(&scene, "A contacts.csv -e events.csv -m model.toml");
    assert_eq!(leads[0]["contact_id"], "A");
}

#[test]
fn exports_under_any_name_are_explained() {
    let scene = Scene::small();
    let name = OsStr::from_bytes(b"contacts-\xe9.csv");
    std::fs::rename(scene.path("contacts.csv"), scene.path("").join(name)).expect("renamed");
    let mut command = scene.command("explain A -m model.toml");
    command.arg(name);
    let found = outcome(&mut command, b"").output();
    assert!(found.starts_with("A Anna: "), "{found}");
}
