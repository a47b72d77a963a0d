//! Overrides by hand, and what the list of an earlier run changes.

use crate::scene::{Scene, column};

const MODEL: &str = r#"
[[rules]]
name = "Points"
column = "points"
points = 1
[temperatures]
hot = { from = 80, keep = 75, tag = "Hot Lead" }
warm = { from = 50 }
cold = { from = 0 }
"#;

const CONTACTS: &str = "contact_id,points\nA,90.4\nB,60\nC,10\nD,77\n";

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

fn scene() -> Scene {
    Scene::empty()
        .with("model.toml", MODEL)
        .with("contacts.csv", CONTACTS)
}

fn overridden(rows: &str) -> crate::scene::Outcome {
    scene()
        .with(
            "by-hand.csv",
            format!("contact_id,action,value,until,by,reason\n{rows}"),
        )
        .run("score contacts.csv -m model.toml --as-of 2026-11-01 --overrides by-hand.csv")
}

#[test]
fn overrides_set_add_hold_and_exclude() {
    let list = overridden(
        "A,temperature,COLD,,,\nB,score,95,,anna,met her\nC,add,15,,,\nC,floor,20,,,\nC,ceiling,24,,,\nD,exclude,,,,\n",
    )
    .output();
    assert_eq!(column(&list, "contact_id"), ["B", "A", "C", "D"]);
    assert_eq!(column(&list, "score"), ["95", "90", "24", "0"]);
    assert_eq!(
        column(&list, "temperature"),
        ["hot", "cold", "cold", "cold"]
    );
    assert_eq!(
        column(&list, "computed_temperature"),
        ["warm", "hot", "cold", "warm"]
    );
    assert_eq!(
        column(&list, "override"),
        [
            "score 95 by anna: met her",
            "temperature cold",
            "add 15; at least 20; at most 24",
            "excluded"
        ]
    );
    assert_eq!(column(&list, "rank"), ["1", "2", "3", ""]);
    assert_eq!(column(&list, "reasons")[3], "Disqualified: excluded");
}

#[test]
fn a_score_and_a_temperature_set_by_hand_may_contradict_each_other() {
    let list = overridden("A,score,5,,,\nA,temperature,hot,,,\n").output();
    assert_eq!(column(&list, "contact_id")[3], "A");
    assert_eq!(column(&list, "temperature")[3], "hot");
    assert_eq!(
        column(&list, "reasons")[3],
        "by hand: temperature hot; by hand: score 5; Points +90.4"
    );
}

#[test]
fn an_override_is_a_line_of_the_ledger_and_of_no_rule() {
    let scene = scene().with("by-hand.csv", "contact_id,action,value,by\nA,add,20,anna\n");
    let json = scene
        .run("score contacts.csv -m model.toml --overrides by-hand.csv --format json --top 1 --columns score")
        .output();
    let leads: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(leads[0]["score"], 100);
    assert_eq!(
        leads[0]["ledger"],
        parsed(
            r#"[{"rule":"points","label":"Points","points":90.4},{"override":"add","label":"By hand: add 20 by anna","points":20},{"score":"score-at-most-100","label":"Score: at most 100","points":-10.4}]"#
        )
    );
    let told = scene
        .run("explain A contacts.csv -m model.toml --overrides by-hand.csv --as-of 2026-11-01")
        .output();
    assert!(told.contains("By hand: add 20 by anna"), "{told}");
}

#[test]
fn an_override_counts_up_to_its_last_day() {
    let list = overridden("C,score,70,2026-11-01,,\nB,score,95,2026-10-31,,\n");
    assert!(
        list.stderr.contains("by hand   1 overridden, 1 expired"),
        "{}",
        list.stderr
    );
    let list = list.output();
    assert_eq!(column(&list, "score"), ["90", "77", "70", "60"]);
}

#[test]
fn an_expired_override_contradicts_none() {
    let list = overridden("C,score,70,2026-10-01,,\nC,score,60,2026-12-01,,\n").output();
    assert_eq!(column(&list, "override")[3], "score 60 until 2026-12-01");
}

#[test]
fn overrides_of_nobody_are_said() {
    let told = overridden("Z,exclude,,,,\n").stderr;
    assert!(
        told.contains("by hand   1 for nobody in this run"),
        "{told}"
    );
}

#[test]
fn rows_that_cannot_be_used_are_refused_with_their_lines() {
    let refusal = overridden(
        "A,temperatur,hot,,,\nA,temperature,tepid,,,\nA,score,many,,,\nA,exclude,no,,,\nA,add,1,tomorrow,,\n,add,1,,,\nB,score,1,,,\nB,score,2,,,\n",
    )
    .refusal(65);
    for part in [
        "7 rows of the overrides cannot be used",
        "by-hand.csv:2: its action is none; there is temperature, score, add, floor, ceiling, exclude",
        "by-hand.csv:3: its value is no temperature; there is hot, warm, cold",
        "by-hand.csv:4: its value is no number of points, such as 80 or -2.5",
        "by-hand.csv:5: its value is not yes; to exclude no more, delete the row",
        "by-hand.csv:6: its until is no date such as 2026-12-01",
        "by-hand.csv:7: it has no id",
        "by-hand.csv:9: line 8 sets the score of `B` otherwise",
    ] {
        assert!(refusal.contains(part), "{part}\n{refusal}");
    }
}

#[test]
fn a_file_that_is_no_list_of_overrides_is_refused() {
    let refusal = scene()
        .with("by-hand.csv", "contact,what\nA,hot\n")
        .run("score contacts.csv -m model.toml --overrides by-hand.csv")
        .refusal(65);
    assert!(
        refusal.contains("the overrides by-hand.csv has no column `contact_id`"),
        "{refusal}"
    );
}

#[test]
fn columns_of_the_export_override_and_the_file_replaces_them() {
    let model = format!(
        "[overrides]\ntemperature = \"set_to\"\nadd = \"plus\"\nuntil = \"until\"\nby = \"who\"\nreason = \"why\"\n{MODEL}"
    );
    let contacts = "contact_id,points,set_to,plus,until,who,why\n\
                    A,90,Cold,,,anna,sold\nB,60,,5,2026-12-01,,\nC,10,tepid,x,,,\nD,30,hot,,2026-10-01,,\n";
    let scene = Scene::empty()
        .with("model.toml", model)
        .with("contacts.csv", contacts)
        .with(
            "by-hand.csv",
            "contact_id,action,value\nA,temperature,warm\nA,add,1\n",
        );
    let run = scene.score_file("contacts.csv");
    assert!(
        run.stderr
            .contains("1 cell of column `set_to` not readable as a temperature"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("1 cell of column `plus` not readable as a number"),
        "{}",
        run.stderr
    );
    let list = run.output();
    assert_eq!(column(&list, "contact_id"), ["A", "B", "D", "C"]);
    assert_eq!(
        column(&list, "temperature"),
        ["cold", "warm", "cold", "cold"]
    );
    assert_eq!(
        column(&list, "override"),
        [
            "temperature cold by anna: sold",
            "add 5 until 2026-12-01",
            "",
            ""
        ]
    );
    let list = scene
        .run("score contacts.csv -m model.toml --as-of 2026-11-01 --overrides by-hand.csv")
        .output();
    assert_eq!(column(&list, "override")[0], "temperature warm; add 1");
}

#[test]
fn a_lead_keeps_its_temperature_from_the_list_of_the_previous_run() {
    let scene = scene();
    let run = "score contacts.csv -m model.toml --as-of 2026-11-01";
    let without = scene.run(run);
    assert!(
        without.stderr.contains("--previous FILE"),
        "{}",
        without.stderr
    );
    assert_eq!(
        column(&without.output(), "temperature"),
        ["hot", "warm", "warm", "cold"]
    );
    for (name, text) in [
        ("before.csv", "contact_id,score,temperature\nD,85,hot\nB,90,hot\nC,10,frozen\n".to_owned()),
        (
            "before.json",
            r#"[{"contact_id":"D","score":85,"temperature":"hot"},{"contact_id":"B","score":90,"temperature":"hot"},{"contact_id":"C","score":10,"temperature":"frozen"}]"#
                .to_owned(),
        ),
    ] {
        scene.write(name, text);
        let run = scene.run(&format!("{run} --previous {name}"));
        let warning = "warning: 1 lead of the previous list had a temperature that the model does not have";
        assert!(run.stderr.contains(warning), "{}", run.stderr);
        let list = run.output();
        assert_eq!(column(&list, "contact_id"), ["A", "D", "B", "C"]);
        assert_eq!(column(&list, "reasons")[1], "kept from the previous run; Points +77");
        assert_eq!(column(&list, "next_step")[2], "for Hot Lead: Points, 15 more (+15)");
        assert_eq!(column(&list, "temperature"), ["hot", "hot", "warm", "cold"]);
        assert_eq!(column(&list, "previous_score"), ["", "85", "90", "10"]);
        assert_eq!(column(&list, "change"), ["", "-8", "-30", "0"]);
    }
}

#[test]
fn a_list_written_by_one_run_is_read_by_the_next() {
    let scene = scene().with("contacts.csv", "contact_id,points\n=D,81\n'=E,82\nF,10\n");
    for name in ["before.csv", "before.tsv", "before.json", "before.ndjson"] {
        scene
            .run(&format!("score contacts.csv -m model.toml -o {name}"))
            .output();
        let list = scene
            .run(&format!(
                "score contacts.csv -m model.toml --previous {name} --csv-escape none"
            ))
            .output();
        assert_eq!(column(&list, "change"), ["0", "0", "0"], "{name}");
    }
}

#[test]
fn what_was_set_by_hand_is_not_what_a_lead_keeps() {
    let scene = scene().with(
        "before.csv",
        "contact_id,score,temperature,computed_temperature\nD,85,hot,warm\n",
    );
    let list = scene
        .run("score contacts.csv -m model.toml --previous before.csv")
        .output();
    assert_eq!(column(&list, "temperature")[1], "warm");
}

#[test]
fn a_previous_list_that_is_none_is_refused() {
    let scene = scene().with("other.csv", "contact_id,points\nA,1\n").with(
        "twice.csv",
        "contact_id,score,temperature\nA,1,hot\nA,1,hot\nB,x,hot\n",
    );
    let run = |name: &str| {
        scene.run(&format!(
            "score contacts.csv -m model.toml --previous {name}"
        ))
    };
    let refusal = run("other.csv").refusal(65);
    assert!(
        refusal.contains("the previous list other.csv has no column `score`"),
        "{refusal}"
    );
    let refusal = run("twice.csv").refusal(65);
    assert!(
        refusal.contains("twice.csv:3: the lead `A` stands in the list twice"),
        "{refusal}"
    );
    assert!(
        refusal.contains("twice.csv:4: its score is no number"),
        "{refusal}"
    );
    let refusal = run("nowhere.csv").refusal(66);
    assert!(
        refusal.contains("there is no file nowhere.csv"),
        "{refusal}"
    );
}

#[test]
fn a_nightly_run_may_replace_the_list_it_compares_with() {
    let scene = scene();
    let run = "score contacts.csv -m model.toml --as-of 2026-11-01 -o ranked.csv";
    scene.run(run).output();
    scene.write("contacts.csv", CONTACTS.replace("A,90.4", "A,76"));
    scene.run(&format!("{run} --previous ranked.csv")).output();
    let list = scene.read("ranked.csv");
    assert_eq!(column(&list, "contact_id")[1], "A");
    assert_eq!(column(&list, "temperature")[1], "hot");
    assert_eq!(column(&list, "change")[1], "-14");
}

#[test]
fn the_order_of_overrides_changes_nothing_and_equal_ones_do_not_contradict() {
    let rows = [
        "A,add,5,,anna,x",
        "A,add,5,,bram,y",
        "B,temperature,hot,2026-12-01,anna,",
        "B,temperature,hot,2026-12-31,bram,",
        "C,score,20,,anna,",
        "C,score,20.0,,bram,",
    ];
    let forth = overridden(&format!("{}\n", rows.join("\n"))).output();
    let mut turned = rows;
    turned.reverse();
    let back = overridden(&format!("{}\n", turned.join("\n"))).output();
    assert_eq!(forth, back);
    assert_eq!(column(&forth, "score"), ["100", "77", "60", "20"]);
}

#[test]
fn a_wrong_file_beside_the_exports_is_refused_with_and_without_rows() {
    let scene = scene()
        .with("wrong.csv", "nonsense\n")
        .with("twice.csv", "contact_id,action,value,value\nA,score,1,2\n")
        .with("none.csv", "contact_id,action,value\n");
    let run = |name: &str| {
        scene.run(&format!(
            "score contacts.csv -m model.toml --overrides {name}"
        ))
    };
    let refusal = run("wrong.csv").refusal(65);
    assert!(
        refusal.contains("the overrides wrong.csv has no column `contact_id`"),
        "{refusal}"
    );
    let refusal = run("twice.csv").refusal(65);
    assert!(
        refusal.contains("the overrides twice.csv has the column `value` twice"),
        "{refusal}"
    );
    assert_eq!(run("none.csv").code, 0);
    let refusal = scene.run("score - -m model.toml --previous -").refusal(2);
    assert!(
        refusal.contains("standard input can be read only once"),
        "{refusal}"
    );
}
