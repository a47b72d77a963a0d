//! What a lead is called by its score and what follows from it: stages, grades, routes, reasons to disqualify, and the
//! columns that say so.

use crate::scene::{Scene, column};

/// Stages, grades, routes and a reason to disqualify over a budget and a city.
const MODEL: &str = r#"
[groups.fit]
max = 60
[groups.mood]
max = 40
[[rules]]
name = "Budget"
group = "fit"
when = "budget >= 100"
points = 60
[[rules]]
name = "Mood"
group = "mood"
column = "mood"
points = 1
max = 40
[checklist]
budget = { when = "budget >= 100", label = "Budget known" }
asked = { when = "asked", label = "Asked for a viewing" }
[temperatures]
hot = { from = 80, requires = "asked", tag = "Hot Lead", action = "Call" }
warm = { from = 50, tag = "Warm Lead", action = "Write" }
cold = { from = 0, tag = "Cold Lead", action = "Wait" }
[stages]
MQL = "score >= 50"
SQL = "temperature = 'hot' AND checklist.asked"
[disqualify]
competitor = "email LIKE '%@rival.example'"
unsubscribed = "unsubscribed"
[grades]
fit = { of = "fit", A = 60, B = 30 }
mood = { of = "mood", 1 = 30, 2 = 20 }
[[routes]]
to = "Coast"
when = "stage = 'SQL' OR has_tag(city, 'Marbella')"
assign = ["anna", "bram"]
[[routes]]
to = "Office"
when = "temperature <> 'cold'"
"#;

const CONTACTS: &str = "\
contact_id,budget,mood,asked,email,unsubscribed,city,tags
A,100,35,yes,a@example.com,,,vip; Warm Lead
B,100,35,no,b@example.com,,\"Estepona, Marbella\",
C,100,5,,c@example.com,no,,
D,0,40,yes,d@rival.example,yes,,Hot Lead
E,0,10,,e@example.com,,Marbella,
F,100,40,yes,f@example.com,yes,,
";

fn scene() -> Scene {
    Scene::empty()
        .with("model.toml", MODEL)
        .with("contacts.csv", CONTACTS)
}

fn written() -> String {
    scene().score_file("contacts.csv").output()
}

#[test]
fn the_last_stage_that_holds_is_shown() {
    let list = written();
    assert_eq!(column(&list, "contact_id"), ["A", "B", "C", "E", "D", "F"]);
    assert_eq!(column(&list, "stage"), ["SQL", "MQL", "MQL", "", "", ""]);
}

#[test]
fn disqualified_leads_come_last_without_a_rank_or_anything_to_do() {
    let list = written();
    assert_eq!(column(&list, "rank"), ["1", "2", "3", "4", "", ""]);
    assert_eq!(column(&list, "score")[4..], ["0", "0"]);
    assert_eq!(column(&list, "temperature")[4..], ["cold", "cold"]);
    assert_eq!(
        column(&list, "action"),
        ["Call", "Write", "Write", "Wait", "", ""]
    );
    assert_eq!(
        column(&list, "reasons")[4..],
        ["Disqualified: competitor", "Disqualified: unsubscribed"]
    );
    assert_eq!(column(&list, "grade")[4..], ["", ""]);
    assert_eq!(column(&list, "next_step")[4..], ["", ""]);
}

#[test]
fn a_disqualification_is_a_line_of_the_ledger() {
    let json = scene()
        .run("score contacts.csv -m model.toml --format json --as-of 2026-11-01 --columns contact_id,score")
        .output();
    let leads: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let ledger = leads[5]["ledger"].as_array().expect("a ledger");
    assert_eq!(ledger[2]["disqualified"], "unsubscribed");
    assert_eq!(ledger[2]["points"], -100);
}

#[test]
fn the_summary_counts_the_disqualified() {
    let summary = scene().score_file("contacts.csv").stderr;
    assert!(
        summary.contains("leads     1 hot, 2 warm, 3 cold, 2 of them disqualified"),
        "{summary}"
    );
}

#[test]
fn grades_are_a_letter_and_a_number() {
    assert_eq!(column(&written(), "grade")[..4], ["A1", "A1", "A4", "D4"]);
}

#[test]
fn the_first_route_that_holds_assigns_in_turn_by_rank() {
    let list = written();
    assert_eq!(
        column(&list, "route"),
        ["Coast", "Coast", "Office", "Coast", "", ""]
    );
    assert_eq!(
        column(&list, "assigned_to"),
        ["anna", "bram", "", "anna", "", ""]
    );
}

#[test]
fn turns_do_not_depend_on_which_leads_are_shown() {
    let list = scene()
        .run("score contacts.csv -m model.toml --as-of 2026-11-01 --where mood<30")
        .output();
    assert_eq!(column(&list, "contact_id"), ["C", "E"]);
    assert_eq!(column(&list, "assigned_to"), ["", "anna"]);
    assert_eq!(column(&list, "rank"), ["3", "4"]);
}

#[test]
fn missing_names_what_the_checklist_lacks_and_next_step_what_to_do() {
    let list = written();
    assert_eq!(
        column(&list, "missing")[..4],
        [
            "",
            "Asked for a viewing",
            "Asked for a viewing",
            "Budget known; Asked for a viewing"
        ]
    );
    assert_eq!(
        column(&list, "next_step")[..4],
        [
            "",
            "for Hot Lead: Asked for a viewing",
            "for Hot Lead: Mood (+35) and Asked for a viewing",
            "for Warm Lead: Budget (+60)"
        ]
    );
}

#[test]
fn the_temperature_tag_is_set_anew_among_the_other_tags() {
    assert_eq!(
        column(&written(), "tags"),
        [
            "vip; Hot Lead",
            "Warm Lead",
            "Warm Lead",
            "Cold Lead",
            "Cold Lead",
            "Cold Lead"
        ]
    );
}

#[test]
fn a_condition_that_the_leads_cannot_be_asked_is_refused_under_where() {
    let scene = scene();
    let ask = |condition: &str| {
        let mut command = scene.command("score contacts.csv -m model.toml --where");
        command.arg(condition);
        crate::scene::outcome(&mut command, b"")
    };
    let refusal = ask("stage = 'MQLs'").refusal(2);
    assert!(refusal.contains("there is no stage `MQLs`"), "{refusal}");
    assert!(refusal.contains("--> --where:1:9"), "{refusal}");
    let refusal = ask("county = 'x'").refusal(65);
    assert!(refusal.contains("county"), "{refusal}");
    let list = ask("checklist.budget AND temperature <> 'cold'").output();
    assert_eq!(column(&list, "contact_id"), ["A", "B", "C"]);
}

#[test]
fn the_model_can_say_what_is_written_and_flags_win() {
    let model = format!(
        "[output]\ncolumns = [\"contact_id\", \"stage\"]\ntop = 2\ntemperature = [\"warm\", \"cold\"]\n{MODEL}"
    );
    let scene = scene().with("model.toml", model);
    assert_eq!(
        scene.score_file("contacts.csv").output(),
        "contact_id,stage\nB,MQL\nC,MQL\n"
    );
    let told =
        "score contacts.csv -m model.toml --top 1 --temperature hot --columns rank,contact_id";
    assert_eq!(scene.run(told).output(), "rank,contact_id\n1,A\n");
}

#[test]
fn a_column_that_only_other_runs_can_fill_is_left_out_where_the_model_asks_for_it() {
    let model = format!("[output]\ncolumns = [\"contact_id\", \"change\"]\n{MODEL}");
    let scene = scene().with("model.toml", model);
    let list = scene.score_file("contacts.csv").output();
    assert_eq!(list.lines().next(), Some("contact_id"));
}

#[test]
fn a_column_that_the_model_asks_for_in_vain_is_the_models_mistake() {
    let model = format!("[output]\ncolumns = [\"contact_id\", \"stge\"]\n{MODEL}");
    let scene = scene().with("model.toml", model);
    let refusal = scene.score_file("contacts.csv").refusal(78);
    assert!(refusal.contains("unknown column `stge`"), "{refusal}");
    assert!(refusal.contains("did you mean `stage`?"), "{refusal}");
    assert!(refusal.contains("--> model.toml:2:11"), "{refusal}");
}

#[test]
fn a_share_maps_the_lowest_and_the_highest_sum_to_0_and_100() {
    let model = r#"
[score]
scale = "share"
decimals = 1
[[rules]]
name = "Good"
when = "good"
points = 30
[[rules]]
name = "Bad"
when = "bad"
points = -10
[temperatures]
all = { from = 0 }
"#;
    let contacts = "contact_id,good,bad\nA,yes,no\nB,no,no\nC,no,yes\nD,yes,yes\n";
    let scene = Scene::empty()
        .with("model.toml", model)
        .with("contacts.csv", contacts);
    let list = scene.score_file("contacts.csv").output();
    assert_eq!(column(&list, "contact_id"), ["A", "D", "B", "C"]);
    assert_eq!(column(&list, "score"), ["100", "75", "25", "0"]);
    let json = scene
        .run("score contacts.csv -m model.toml --format json --columns contact_id,score")
        .output();
    assert!(
        json.contains(r#"{"score":"share-of-what-can-be-reached","label":"Share of what can be reached","points":55}"#),
        "{json}"
    );
}

#[test]
fn cells_with_several_values_count_each_or_the_best() {
    let rule = |several: &str| {
        format!(
            "[[rules]]\nname = \"Regions\"\ncolumn = \"regions\"\nseveral = \"{several}\"\n\
             values = {{ Marbella = 10, Estepona = 5, Ronda = -3 }}\nother = 1\nblank = -1\n\
             [score]\nmin = -50\n[temperatures]\nall = {{ from = -50 }}\n"
        )
    };
    let contacts = "contact_id;regions\nA;Marbella, Estepona\nB;\"Ronda; Marbella;Marbella\"\nC;Madrid, Ronda\n\
                    D;Madrid\nE;\nF;,\n";
    let scores = |several: &str| {
        let scene = Scene::empty()
            .with("model.toml", rule(several))
            .with("contacts.csv", contacts);
        let list = scene.score_file("contacts.csv").output();
        let ids = column(&list, "contact_id");
        let scores = column(&list, "score");
        let mut of: Vec<(String, String)> = ids.into_iter().zip(scores).collect();
        of.sort();
        of.into_iter().map(|(_, score)| score).collect::<Vec<_>>()
    };
    assert_eq!(scores("sum"), ["15", "7", "-3", "1", "-1", "-1"]);
    assert_eq!(scores("max"), ["10", "10", "-3", "1", "-1", "-1"]);
}
