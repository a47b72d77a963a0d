//! `hotlist init` on exports: what it writes runs at once on them, untouched.

use std::fs;
use std::path::Path;

use crate::scene::{Scene, column};

/// A folder with the exports of a system as contacts.csv and events.csv.
fn scene_of(system: &str, contacts: &str, events: &str) -> Scene {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/init")
        .join(system);
    let read = |name: &str| fs::read(folder.join(name)).expect("readable");
    Scene::empty()
        .with("contacts.csv", read(contacts))
        .with("events.csv", read(events))
}

/// Fits a model, runs its tests and scores by it: what init said, and the ranking.
#[track_caller]
fn fitted(scene: &Scene, inputs: &str) -> (String, String) {
    let init = scene.run(&format!("init {inputs} -o fitted.toml"));
    assert_eq!(
        (init.code, init.stdout.as_str()),
        (0, ""),
        "{}",
        init.stderr
    );
    let tests = scene.run("test -m fitted.toml");
    assert_eq!(tests.code, 0, "{}{}", tests.stdout, tests.stderr);
    let score = scene.run(&format!("score {inputs} -m fitted.toml --as-of 2026-11-01"));
    (init.stderr, score.output())
}

#[test]
fn a_model_fitted_to_the_sample_scores_it() {
    let scene = Scene::sample();
    let (said, ranked) = fitted(&scene, "contacts.csv -e events.csv");
    assert!(
        said.contains("contacts.csv is in the shape of Tesoro leads"),
        "{said}"
    );
    assert!(
        said.contains("no rule   for Note Added 87, Document Uploaded 49"),
        "{said}"
    );
    assert_eq!(column(&ranked, "contact_id").len(), 485);
    let temperatures = column(&ranked, "temperature");
    for temperature in ["hot", "warm", "cold"] {
        assert!(
            temperatures.iter().any(|t| t == temperature),
            "{temperature}"
        );
    }
    let model = scene.read("fitted.toml");
    for part in [
        "only       = \"type = 'lead'\"",
        "budget   = \"property_details.price_max\"",
        "requires = [\"urgency\", \"budget\", \"engagement\", \"decision\"]",
    ] {
        assert!(model.contains(part), "{part}\n{model}");
    }
}

#[test]
fn json_exports_are_fitted_as_well() {
    let (_, ranked) = fitted(&Scene::sample(), "contacts.json -e events.json");
    assert_eq!(column(&ranked, "contact_id").len(), 485);
}

#[test]
fn contacts_alone_can_be_hot_by_what_their_profile_says() {
    let scene = Scene::sample();
    let (_, ranked) = fitted(&scene, "contacts.csv");
    assert!(column(&ranked, "temperature").iter().any(|t| t == "hot"));
    let model = scene.read("fitted.toml");
    assert!(
        !model.contains("[events]") && !model.contains("[signals]"),
        "{model}"
    );
}

#[test]
fn hubspots_mail_events_join_on_the_address_and_count_milliseconds() {
    let scene = scene_of("hubspot", "contacts.csv", "events.csv");
    let (said, ranked) = fitted(&scene, "contacts.csv -e events.csv");
    assert!(
        said.contains("contacts.csv is in the shape of HubSpot contacts"),
        "{said}"
    );
    assert!(
        said.contains("contact = \"recipient\" (the contact's \"Email\")"),
        "{said}"
    );
    assert!(said.contains("(in the form unix-ms)"), "{said}");
    let stages = column(&ranked, "reasons");
    assert!(
        stages
            .iter()
            .any(|reasons| reasons == "Disqualified: unsubscribed"),
        "{ranked}"
    );
    assert!(
        stages
            .iter()
            .any(|reasons| reasons == "Disqualified: undeliverable"),
        "{ranked}"
    );
}

#[test]
fn salesforces_tasks_count_when_they_are_completed() {
    let scene = scene_of("salesforce", "leads.csv", "tasks.csv");
    let (said, ranked) = fitted(&scene, "contacts.csv -e events.csv");
    assert!(
        said.contains("\"Last Activity Date\": month-first, as its dates tell"),
        "{said}"
    );
    assert_eq!(column(&ranked, "contact_id")[0], "00Q5e00000A0001");
    assert!(
        scene
            .read("fitted.toml")
            .contains("where = \"status = 'Completed'\"")
    );
}

#[test]
fn pipedrives_activities_join_on_the_name() {
    let scene = scene_of("pipedrive", "persons.csv", "activities.csv");
    let (said, ranked) = fitted(&scene, "contacts.csv -e events.csv");
    assert!(
        said.contains("contact = \"Activity - Person\" (the contact's \"Person - Name\")"),
        "{said}"
    );
    assert_eq!(column(&ranked, "name")[0], "Petra Quist");
}

#[test]
fn the_same_exports_give_the_same_model_whatever_the_order_of_their_rows() {
    let scene = Scene::sample();
    let wanted = scene.run("init contacts.csv -e events.csv").output();
    let contacts = scene.read("contacts.csv");
    // Cells of the sample hold line ends, so its rows are turned round in the JSON.
    assert!(contacts.len() > 1_000);
    let events = scene.read("events.csv");
    let mut lines: Vec<&str> = events.lines().collect();
    lines[1..].reverse();
    scene.write("events.csv", format!("{}\n", lines.join("\n")));
    assert_eq!(
        scene.run("init contacts.csv -e events.csv").output(),
        wanted
    );
}

#[test]
fn a_template_and_exports_do_not_go_together() {
    let refusal = Scene::small()
        .run("init contacts.csv --template real-estate")
        .refusal(2);
    assert!(
        refusal.contains("a template or exports, not both"),
        "{refusal}"
    );
}

#[test]
fn events_alone_are_refused_with_how_to_show_contacts() {
    let refusal = Scene::small().run("init -e events.csv").refusal(2);
    assert!(
        refusal.contains("hotlist init CONTACTS -e EVENTS"),
        "{refusal}"
    );
}

#[test]
fn a_file_that_is_there_is_not_replaced_by_a_fitted_model() {
    let scene = Scene::small();
    let before = scene.read("model.toml");
    let refusal = scene
        .run("init contacts.csv -e events.csv -o model.toml")
        .refusal(73);
    assert!(refusal.contains("model.toml is there already"), "{refusal}");
    assert_eq!(scene.read("model.toml"), before);
}

#[test]
fn times_that_do_not_tell_their_order_are_refused_and_settled_by_the_flag() {
    let scene = Scene::small().with(
        "events.csv",
        "contact_id,event,date\nA,Call,03/05/2026\nB,Call,04/05/2026\n",
    );
    let refusal = scene.run("init contacts.csv -e events.csv").refusal(65);
    assert!(refusal.contains("--date-order day-first"), "{refusal}");
    let model = scene
        .run("init contacts.csv -e events.csv --date-order day-first")
        .output();
    assert!(model.contains("date_order  = \"day-first\""), "{model}");
}

#[test]
fn the_contacts_may_come_on_standard_input_and_the_model_goes_to_standard_output() {
    let scene = Scene::small();
    let contacts = scene.read("contacts.csv");
    let run = scene.run_fed("init - -e events.csv -o -", contacts);
    assert_eq!(
        run.stderr
            .lines()
            .filter(|line| line.starts_with("error"))
            .count(),
        0
    );
    let model = run.output();
    assert!(model.contains("email_open = \"email_open\""), "{model}");
}

#[test]
fn an_export_without_rows_says_nothing_to_fit_a_model_to() {
    let scene = Scene::empty().with("contacts.csv", "id,email\n");
    let refusal = scene.run("init contacts.csv").refusal(65);
    assert!(refusal.contains("has a header and no rows"), "{refusal}");
}
