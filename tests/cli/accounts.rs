//! Accounts instead of people.

use crate::scene::{Scene, column};

fn model(roll_up: &str) -> String {
    format!(
        r#"
[events]
type = "event"
[signals]
visits = {{ event = "visit" }}
[[rules]]
name = "Points"
column = "points"
points = 1
[[rules]]
name = "Visits"
signal = "visits"
points = 10
[checklist]
budget = {{ when = "points >= 40", label = "Somebody with 40" }}
[temperatures]
hot = {{ from = 80, requires = "budget", tag = "Hot" }}
cold = {{ from = 0 }}
[disqualify]
left = "gone"
[accounts]
key = "company"
event_key = "company"
{roll_up}
"#
    )
}

const CONTACTS: &str = "\
contact_id,name,company,points,gone
A,Anna, Acme ,40,
B,Bram,Acme,30.5,
C,Carla,Beta,35,
D,Dirk,,90,
E,Eva,Beta,99,yes
F,Femke,Acme,20,
";

const EVENTS: &str = "\
contact_id,company,event,timestamp
,Acme,visit,2026-10-30
,Acme,visit,2026-10-31
,Gamma,visit,2026-10-31
C,Acme,visit,2026-10-31
,,visit,2026-10-31
";

fn scene(roll_up: &str) -> Scene {
    Scene::empty()
        .with("model.toml", model(roll_up))
        .with("contacts.csv", CONTACTS)
        .with("events.csv", EVENTS)
}

fn listed(roll_up: &str) -> String {
    scene(roll_up).score("--accounts").output()
}

#[test]
fn the_largest_score_of_its_people_is_the_default() {
    let list = listed("");
    assert_eq!(
        list.lines().next().expect("a header"),
        "rank,account,people,score,temperature,tag,checklist,missing,reasons,last_event,as_of,model"
    );
    assert_eq!(column(&list, "account"), ["Beta", "Acme"]);
    assert_eq!(column(&list, "score"), ["45", "40"]);
    assert_eq!(column(&list, "people"), ["1", "3"]);
    assert_eq!(column(&list, "missing"), ["Somebody with 40", ""]);
}

#[test]
fn scores_can_be_added_up_with_those_of_somebody_unnamed() {
    let list = listed("roll_up = \"sum\"");
    assert_eq!(column(&list, "account"), ["Acme", "Beta"]);
    assert_eq!(column(&list, "score"), ["100", "45"]);
    assert_eq!(column(&list, "temperature"), ["hot", "cold"]);
    assert_eq!(
        column(&list, "reasons")[0],
        "Anna +40; Bram +30.5; Somebody unnamed +20"
    );
}

#[test]
fn only_the_best_may_count_and_their_mean_may() {
    let list = listed("roll_up = \"mean\"\nbest = 2");
    assert_eq!(column(&list, "score"), ["45", "35"]);
    let list = listed("roll_up = \"sum\"\nbest = 2");
    assert_eq!(column(&list, "score"), ["71", "45"]);
}

#[test]
fn the_ledger_of_an_account_names_its_people_and_sums_to_its_score() {
    let json = scene("roll_up = \"mean\"")
        .score("--accounts --format json")
        .output();
    let accounts: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let acme = &accounts[1];
    assert_eq!(acme["account"], "Acme");
    assert_eq!(acme["score"], 28);
    assert_eq!(
        acme["ledger"],
        serde_json::from_str::<serde_json::Value>(r#"[{"contact":"A","label":"Anna","points":10},{"contact":"B","label":"Bram","points":7.625},{"contact":"","label":"Somebody unnamed","points":5},{"contact":"F","label":"Femke","points":5},{"score":"rounding","label":"Rounding","points":0.375}]"#).expect("JSON")
    );
}

#[test]
fn people_are_listed_as_ever_and_nobody_unnamed_among_them() {
    let run = scene("").score("");
    assert!(
        run.stderr.contains("contacts  6 read = 6 scored"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("events    5 read = 3 counted + 2 of no such contact"),
        "{}",
        run.stderr
    );
    assert_eq!(
        column(&run.output(), "contact_id"),
        ["D", "C", "A", "B", "F", "E"]
    );
}

#[test]
fn an_account_is_one_by_its_leads() {
    let contacts = format!("{CONTACTS}G,Gerd,Gamma,,yes\n");
    let model = model("").replacen(
        "[events]",
        "[contacts]\nonly = \"name <> 'Gerd'\"\n[events]",
        1,
    );
    let scene = scene("")
        .with("model.toml", model)
        .with("contacts.csv", contacts);
    let list = scene.score("--accounts").output();
    assert_eq!(column(&list, "account"), ["Beta", "Acme"]);
}

#[test]
fn people_read_accounts_and_how_many_people_they_have() {
    let table = scene("").score("--accounts --format markdown").output();
    assert!(
        table.starts_with("| Rank | Score | Temperature | Account | People | Why | Last event |"),
        "{table}"
    );
}

#[test]
fn the_summary_counts_accounts_where_they_are_listed() {
    let run = scene("").score("--accounts --top 1");
    assert!(
        run.stderr.contains("accounts  0 hot, 2 cold"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("shown     1 of 2 (all: --top 2)"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_model_without_accounts_has_none_to_list() {
    let refusal = Scene::small().score("--accounts").refusal(2);
    assert!(
        refusal.contains("the model says nothing of accounts"),
        "{refusal}"
    );
    assert!(refusal.contains("[accounts]"), "{refusal}");
}
