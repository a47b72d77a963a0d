//! `hotlist check`: what it says of a model, alone and against exports, and how it ends.

use crate::scene::{CONTACTS, Scene};

/// A model with a warning (an unused signal) and a remark (no tests).
const UNUSED: &str = r#"name = "Small"

[signals]
opens = { event = "email_open" }
calls = { event = "call" }

[[rules]]
name = "Opens"
signal = "opens"
points = 5
max = 40

[[rules]]
name = "Budget"
when = "budget >= 150000"
points = 60
"#;

/// Checks contacts.csv and events.csv as of 2026-11-01, with more arguments.
fn check(scene: &Scene, more: &str) -> crate::scene::Outcome {
    scene.run(&format!(
        "check contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 {more}"
    ))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn findings_in_a_model_stand_on_standard_output_with_their_place_and_are_counted_last() {
    let scene = Scene::empty().with("model.toml", UNUSED);
    let outcome = scene.run("check -m model.toml");
    assert_eq!(outcome.stderr, "");
    let said = outcome.output();
    assert!(
        said.starts_with(
            "warning[unused-signal]: nothing uses the signal `calls`\n --> model.toml:5:1"
        ),
        "{said}"
    );
    assert!(said.ends_with("\n1 warning, 1 remark\n"), "{said}");
}

#[test]
fn warnings_end_with_one_only_where_they_are_denied() {
    let scene = Scene::empty().with("model.toml", UNUSED);
    let accepted = scene.run("check -m model.toml");
    let denied = scene.run("check -m model.toml --deny warnings");
    assert_eq!((accepted.code, denied.code), (0, 1));
    assert_eq!(accepted.stdout, denied.stdout);
    assert_eq!(denied.stderr, "");
}

#[test]
fn remarks_are_not_denied() {
    let model = UNUSED.replace("calls = { event = \"call\" }\n", "");
    let scene = Scene::empty().with("model.toml", model);
    let said = scene.run("check -m model.toml --deny warnings").output();
    assert!(said.ends_with("\n1 remark\n"), "{said}");
}

#[test]
fn an_invalid_model_is_refused_as_everywhere() {
    let scene = Scene::empty().with("model.toml", "[[rules]]\nname = \"x\"\n");
    let said = scene.run("check -m model.toml").refusal(78);
    assert!(said.contains("error[no-source]"), "{said}");
    scene.run("check -m missing.toml").refusal(66);
}

#[test]
fn events_without_contacts_are_a_mistake_in_the_command() {
    let said = Scene::small()
        .run("check -m model.toml -e events.csv")
        .refusal(2);
    assert!(said.contains("events are given without contacts"), "{said}");
}

#[test]
fn with_exports_a_preview_tells_temperatures_scores_and_the_reach_of_rules() {
    let said = check(&Scene::small(), "").output();
    for part in [
        "Preview: 3 leads as of 2026-11-01, by Small",
        "  hot         0    0.0%\n",
        "  cold        2   66.7%  ██████████████████████████████\n",
        "Scores (median 10, mean 25.3)",
        "  60 to below 70        1  ███",
        "  Opens         2   66.7%      +7.5       +10\n",
        "  Budget        1   33.3%     +60.5     +60.5\n",
        "  engagement        0    0.0%        20\n",
    ] {
        assert!(said.contains(part), "{part}\nis not in\n{said}");
    }
}

#[test]
fn programs_read_findings_and_preview_as_json() {
    let scene = Scene::small().with("model.toml", UNUSED);
    let checked = json(&check(&scene, "--format json").output());
    let finding = &checked["findings"][0];
    assert_eq!(finding["code"], "unused-signal");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["detail"], serde_json::Value::Null);
    assert_eq!(finding["file"], "model.toml");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&5.into(), &1.into())
    );
    let preview = &checked["preview"];
    assert_eq!(preview["leads"], 3);
    assert_eq!(preview["rules"][0]["leads"], 2);
    assert_eq!(preview["temperatures"][0]["name"], "hot");
    assert_eq!(preview["scores"]["bins"].as_array().map(Vec::len), Some(10));
    let alone = json(&scene.run("check -m model.toml --format json").output());
    assert_eq!(alone.get("preview"), None);
}

#[test]
fn disqualified_leads_are_counted_apart() {
    let model = format!("{UNUSED}\n[disqualify]\npoor = \"budget < 150000\"\n");
    let said = check(&Scene::small().with("model.toml", model), "").output();
    assert!(
        said.contains("Preview: 2 leads and 1 disqualified"),
        "{said}"
    );
}

#[test]
fn events_from_a_stream_are_scored_and_what_needs_them_twice_is_said_to_be_left_out() {
    let scene = Scene::small().with("model.toml", UNUSED);
    let arguments = "check contacts.csv -e - -m model.toml --as-of 2026-11-01";
    let outcome = scene.run_fed(arguments, crate::scene::EVENTS);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("can be read only once"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stdout.contains("  Opens         2"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn the_order_of_the_rows_and_the_threads_change_nothing() {
    let scene = Scene::small();
    let first = check(&scene, "--threads 1").output();
    let mut rows: Vec<&str> = CONTACTS.lines().collect();
    rows[1..].reverse();
    scene.write("contacts.csv", rows.join("\n") + "\n");
    assert_eq!(check(&scene, "--threads 2").output(), first);
}

#[test]
fn what_an_export_says_cannot_act_on_the_terminal() {
    let contacts = CONTACTS.replace("200000", "\u{202e}much");
    let scene = Scene::small().with("contacts.csv", contacts);
    for format in ["text", "json"] {
        let said = check(&scene, &format!("--format {format}")).output();
        assert!(!said.contains('\u{202e}'), "{said}");
        assert!(said.contains("much"), "{said}");
    }
}
