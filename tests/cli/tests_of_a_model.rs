//! `hotlist test`: the tests that a model carries.

use crate::scene::Scene;

const MODEL: &str = r#"name = "Tested"
timezone = "Europe/Amsterdam"
[contacts]
decimal = ","
[contacts.columns]
budget = ["Budget", "price.max"]
[events]
match = "email"
time_format = "%d.%m.%Y"
[events.types]
email_open = ["Email Opened"]
[signals]
opens = { event = "email_open", within = "30 days", where = "campaign = 'spring'" }
[[rules]]
name = "Opens"
signal = "opens"
points = 5
[[rules]]
name = "Budget"
when = "budget >= 1000.5"
points = 60
[checklist]
budget = { when = "budget >= 1000.5", label = "Budget known" }
[temperatures]
hot = { from = 80, keep = 60 }
cold = { from = 0 }
[stages]
MQL = "score >= 50"
"#;

const PASSES: &str = r#"
[[tests]]
name = "a budget and an open come to 65"
as_of = "2026-11-01"
contact = { budget = 1000.5 }
events = [
  { event = "email_open", time = "2026-10-30T10:00:00Z", campaign = "spring" },
  { event = "email_open", time = "2026-10-30T10:00:00Z", campaign = "autumn" },
]
expect = { score = 65, temperature = "cold", stage = "MQL", disqualified = false, checklist = { budget = true }, rules = { opens = 5 } }

[[tests]]
name = "as an export writes it, and hot as before"
as_of = 2026-11-01
contact = { budget = "1.000,50" }
previous = "hot"
expect = { temperature = "hot", missing = [] }
"#;

const FAILS: &str = r#"
[[tests]]
name = "nobody is hot for nothing"
as_of = "2026-11-01"
events = [ { event = "email_open", time = "2026-10-30", campaign = "spring" } ]
expect = { score = 82, temperature = "hot", stage = "", rules = { opens = 5, budget = 60 } }
"#;

fn scene(tests: &str) -> Scene {
    Scene::empty().with("model.toml", format!("{MODEL}{tests}"))
}

#[test]
fn tests_that_hold_pass() {
    assert_eq!(
        scene(PASSES).run("test -m model.toml").output(),
        "test a budget and an open come to 65 ... ok\n\
         test as an export writes it, and hot as before ... ok\n\n\
         test result: ok. 2 passed; 0 failed\n"
    );
}

#[test]
fn a_test_that_fails_shows_what_differs_and_the_ledger() {
    let outcome = scene(&format!("{PASSES}{FAILS}")).run("test -m model.toml");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (1, ""));
    let told = "test nobody is hot for nothing ... FAILED\n    \
                - score = 82\n    + score = 5\n    - temperature = hot\n    + temperature = cold\n    \
                - rules.budget = 60\n    + rules.budget = 0\n    the ledger:\n            \
                +5  Opens\n             5  score\n\n\
                test result: FAILED. 2 passed; 1 failed\n";
    assert!(outcome.stdout.ends_with(told), "{}", outcome.stdout);
}

#[test]
fn programs_and_build_servers_can_read_it() {
    let scene = scene(&format!("{PASSES}{FAILS}"));
    let json = scene.run("test -m model.toml --format json");
    assert_eq!(json.code, 1);
    let verdicts: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(verdicts[0]["passed"], true);
    assert_eq!(verdicts[2]["mismatches"][0]["expected"], "82");
    let junit = scene.run("test -m model.toml --format junit");
    assert_eq!(junit.code, 1);
    assert!(
        junit
            .stdout
            .contains("<testsuite name=\"Tested\" tests=\"3\" failures=\"1\">"),
        "{}",
        junit.stdout
    );
}

#[test]
fn a_model_without_tests_says_so() {
    let outcome = scene("").run("test -m model.toml");
    assert_eq!(outcome.code, 0);
    assert!(
        outcome.stderr.contains("the model has no tests"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_contact_that_is_no_lead_fails_its_test() {
    let model = MODEL.replacen("[contacts]\n", "[contacts]\nonly = \"type = 'lead'\"\n", 1);
    let outcome = Scene::empty()
        .with("model.toml", format!("{model}{PASSES}"))
        .run("test -m model.toml");
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stdout.contains(
            "    - contact = a lead\n    + contact = no lead by `only` under [contacts]\n"
        ),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.ends_with("0 passed; 2 failed\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn events_that_call_their_contact_id_can_be_tested() {
    let model = r#"
[events]
contact = "id"
[signals]
opens = { event = "open" }
[[rules]]
name = "Opens"
signal = "opens"
points = 5
[[tests]]
name = "two opens"
as_of = "2026-11-01"
events = [ { event = "open", time = "2026-10-30" }, { event = "open", time = "2026-10-30" } ]
expect = { score = 10 }
"#;
    Scene::empty()
        .with("model.toml", model)
        .run("test -m model.toml")
        .output();
}

#[test]
fn rows_of_a_test_that_cannot_be_read_are_told_with_their_reason() {
    let tests = r#"
[[tests]]
name = "one event twice"
as_of = "2026-11-01"
events = [
  { event = "email_open", time = "2026-10-30", event_id = "a" },
  { event = "email_open", time = "2026-10-31", event_id = "a" },
]
expect = { score = 5 }
"#;
    let refusal = scene(tests).run("test -m model.toml").refusal(78);
    assert!(
        refusal.contains("the test's events:2: duplicate_event"),
        "{refusal}"
    );
    assert!(
        refusal.contains("mend the cells or the events of the test"),
        "{refusal}"
    );
    assert!(refusal.contains("one event twice"), "{refusal}");
}
