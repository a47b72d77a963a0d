//! What changed between ranked lists, and what another model would change.

use std::collections::BTreeMap;
use std::io::Write;

use rusqlite::Connection;
use serde_json::Value;

use crate::scene::{MODEL, Scene, column};

const OLD: &str = "\
rank,contact_id,name,score,temperature,missing,override,fit,reach,as_of,model
1,A,Anna,90,hot,,,60,30,2026-11-01,Demo 1 (aa)
2,B,Bram,70,warm,Budget,,50,20,2026-11-01,Demo 1 (aa)
3,C,Carla,65,warm,,,45,20,2026-11-01,Demo 1 (aa)
4,D,Dirk,60,warm,,,40,20,2026-11-01,Demo 1 (aa)
5,E,Eva,20,cold,,,10,10,2026-11-01,Demo 1 (aa)
6,F,Finn,15,cold,,,10,5,2026-11-01,Demo 1 (aa)
7,G,Guus,12,cold,,,10,2,2026-11-01,Demo 1 (aa)
";

const NEW: &str = "\
rank,contact_id,name,score,temperature,missing,override,fit,reach,as_of,model
1,H,Hanna,95,hot,,,60,35,2026-11-02,Demo 1 (aa)
2,B,Bram,80,hot,,,50,30,2026-11-02,Demo 1 (aa)
3,A,Anna,72,warm,Budget,,50,22,2026-11-02,Demo 1 (aa)
4,C,Carla,68,warm,,score 68 by anna,45,20,2026-11-02,Demo 1 (aa)
5,E,Eva,55,warm,,,50,5,2026-11-02,Demo 1 (aa)
6,I,Ida,14,cold,,,14,0,2026-11-02,Demo 1 (aa)
7,G,Guus,12,cold,,,10,2,2026-11-02,Demo 1 (aa)
8,F,Finn,10,cold,,,10,0,2026-11-02,Demo 1 (aa)
";

fn lists() -> Scene {
    Scene::empty().with("old.csv", OLD).with("new.csv", NEW)
}

#[test]
fn each_lead_that_moved_is_listed_with_what_became_of_it() {
    let movers = lists().run("compare old.csv new.csv").output();
    assert_eq!(
        column(&movers, "change"),
        [
            "newly hot",
            "newly hot",
            "hotter",
            "cooled",
            "new",
            "gone",
            "up",
            "down"
        ]
    );
    assert_eq!(
        column(&movers, "contact_id"),
        ["H", "B", "E", "A", "I", "D", "C", "F"]
    );
    assert_eq!(
        column(&movers, "difference"),
        ["", "10", "35", "-18", "", "", "3", "-5"]
    );
    assert_eq!(
        column(&movers, "old_temperature"),
        ["", "warm", "cold", "hot", "", "warm", "warm", "cold"]
    );
    assert_eq!(
        column(&movers, "rank"),
        ["1", "2", "5", "3", "6", "", "4", "8"]
    );
}

#[test]
fn without_ledgers_the_groups_tell_why() {
    let movers = lists().run("compare old.csv new.csv").output();
    assert_eq!(
        column(&movers, "why"),
        [
            "",
            "reach +10; no longer missing: Budget",
            "fit +40; reach -5",
            "fit -10; reach -8; missing: Budget",
            "",
            "",
            "by hand: score 68 by anna",
            "reach -5",
        ]
    );
}

#[test]
fn with_ledgers_the_rules_tell_why_the_strongest_first() {
    let lead = |score: &str, ledger: &str| {
        format!(
            r#"[{{"rank":1,"contact_id":"A","score":{score},"temperature":"warm","ledger":[{ledger}]}}]"#
        )
    };
    let scene = Scene::empty()
        .with("old.json", lead("9.5", r#"{"rule":"a","label":"Mails","points":5},{"rule":"b","label":"Calls","points":4.5}"#))
        .with("new.json", lead("20", r#"{"rule":"a","label":"Mails","points":2},{"rule":"c","label":"Budget","points":10},{"rule":"d","label":"Role","points":2},{"rule":"b","label":"Calls","points":5},{"score":"rounding","label":"Rounding","points":1}"#));
    let movers = scene.run("compare old.json new.json").output();
    assert_eq!(column(&movers, "why"), ["Budget +10; Mails -3; Role +2"]);
    assert_eq!(
        column(&movers, "reasons"),
        ["Budget +10; Mails -3; Role +2; Calls +0.5; Rounding +1"]
    );
    let rules = scene
        .run("compare old.json new.json --table rules")
        .output();
    assert_eq!(
        column(&rules, "label"),
        ["Budget", "Mails", "Role", "Rounding", "Calls"]
    );
    assert_eq!(
        column(&rules, "status"),
        [
            "only in the new list",
            "changed",
            "only in the new list",
            "changed",
            "changed"
        ]
    );
    assert_eq!(column(&rules, "difference"), ["10", "-3", "2", "1", "0.5"]);
    assert_eq!(column(&rules, "leads_lost"), ["0", "1", "0", "0", "0"]);
}

#[test]
fn a_lead_that_is_disqualified_says_so() {
    let list = |rank: &str, score: &str| {
        format!("rank,contact_id,score,temperature\n{rank},A,{score},cold\n")
    };
    let scene = Scene::empty()
        .with("old.csv", list("1", "30"))
        .with("new.csv", list("", "0"));
    let movers = scene.run("compare old.csv new.csv").output();
    assert_eq!(column(&movers, "why"), ["disqualified"]);
    let movers = scene.run("compare new.csv old.csv").output();
    assert_eq!(column(&movers, "why"), ["no longer disqualified"]);
}

#[test]
fn people_see_tables_with_questions_and_what_to_bear_in_mind() {
    let text = lists()
        .run("compare old.csv new.csv --format table --color never")
        .output();
    for part in [
        "What changed from 2026-11-01 to 2026-11-02\n",
        "From       to hot  to warm  to cold  gone\n",
        "hot             0        1        0     0\n",
        "not there       1        0        1\n",
        "mean score    47.43  50.75        3.32\n",
        "Temperatures go by the mean score of their leads, the hottest first: hot, warm, cold.",
        "As of 2026-11-02, model Demo 1 (aa)\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_list_against_itself_says_that_nobody_moved() {
    let scene = lists();
    let run = scene.run("compare old.csv old.csv --exit-code --format json");
    let document: Value = serde_json::from_str(&run.output()).expect("JSON");
    assert_eq!(document["report"], "compare");
    assert_eq!(document["tables"]["movers"], Value::Array(Vec::new()));
    let notes = document["notes"].to_string();
    assert!(notes.contains("Nobody moved."), "{notes}");
    assert!(
        notes.contains("Both lists look back from 2026-11-01."),
        "{notes}"
    );
}

#[test]
fn the_exit_code_tells_whether_a_lead_moved_in_the_ways_that_are_asked_for() {
    let scene = lists();
    let code = |more: &str| scene.run(&format!("compare old.csv new.csv {more}")).code;
    assert_eq!(code(""), 0);
    assert_eq!(code("--exit-code"), 1);
    assert_eq!(code("--exit-code --change newly-hot,cooled"), 1);
    let swapped = scene.run("compare new.csv new.csv --exit-code --change newly-hot");
    assert_eq!(swapped.code, 0);
    let few = scene
        .run("compare old.csv new.csv --change newly-hot,cooled")
        .output();
    assert_eq!(column(&few, "contact_id"), ["H", "B", "A"]);
    let notes = scene
        .run("compare old.csv new.csv --change cooled --format json")
        .output();
    let note = "Only leads that are cooled are listed: 1 of 8 that moved.";
    assert!(notes.contains(note), "{notes}");
}

#[test]
fn the_order_of_rows_changes_no_byte() {
    let turned = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    let scene = lists();
    let straight = scene.run("compare old.csv new.csv --format json").output();
    scene.write("old.csv", turned(OLD));
    scene.write("new.csv", turned(NEW));
    let reversed = scene.run("compare old.csv new.csv --format json").output();
    assert_eq!(straight, reversed);
}

#[test]
fn the_notes_say_what_may_mislead() {
    let scene = lists()
        .with("other.csv", NEW.replace("Demo 1 (aa)", "Demo 2 (bb)"))
        .with(
            "part.csv",
            NEW.replace("2,B,Bram,80,hot,,,50,30,2026-11-02,Demo 1 (aa)\n", ""),
        )
        .with(
            "mixed.csv",
            NEW.replace("14,0,2026-11-02", "14,0,2026-11-03"),
        );
    let notes = |arguments: &str| {
        let text = scene
            .run(&format!("compare {arguments} --format json"))
            .output();
        let document: Value = serde_json::from_str(&text).expect("JSON");
        document["notes"].to_string()
    };
    let models = notes("old.csv other.csv");
    assert!(
        models.contains("different models") && models.contains("Demo 2 (bb)"),
        "{models}"
    );
    let order = notes("new.csv old.csv");
    assert!(
        order.contains("The old list looks back from 2026-11-02, after the new one"),
        "{order}"
    );
    let part = notes("old.csv part.csv");
    assert!(part.contains("part.csv does not have every rank"), "{part}");
    let mixed = notes("old.csv mixed.csv");
    assert!(
        mixed.contains("mixed.csv holds rows of several runs"),
        "{mixed}"
    );
    let plain = notes("old.csv new.csv");
    assert!(
        !plain.contains("every rank") && !plain.contains("different models"),
        "{plain}"
    );
}

#[test]
fn every_format_that_a_list_is_written_in_for_programs_is_read_again() {
    let scene = Scene::small().with(
        "later.csv",
        "contact_id,name,email,budget\nB,=Bram,b@example.com,200000\nC,Carla,c@example.com,\n",
    );
    let formats = ["csv", "tsv", "json", "ndjson", "xlsx"];
    let score = |contacts: &str, name: &str| {
        let outputs: Vec<String> = formats
            .iter()
            .map(|ending| format!("-o {name}.{ending}"))
            .collect();
        let outputs = outputs.join(" ");
        let command =
            format!("score {contacts} -e events.csv -m model.toml --as-of 2026-11-01 {outputs}");
        scene.run(&command).output();
    };
    score("contacts.csv", "old");
    score("later.csv", "new");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed
        .write_all(scene.read("old.csv").as_bytes())
        .expect("memory");
    scene.write("old.csv.gz", packed.finish().expect("memory"));
    let movers = |old: &str, new: &str| {
        let text = scene.run(&format!("compare {old} {new}")).output();
        let [change, id, name, score] =
            ["change", "contact_id", "name", "score"].map(|name| column(&text, name));
        (change, id, name, score)
    };
    let expected = movers("old.csv", "new.csv");
    assert_eq!(expected.1, ["B", "A"]);
    assert_eq!(expected.2, ["'=Bram", "Anna"]);
    for ending in formats {
        assert_eq!(
            movers(&format!("old.{ending}"), &format!("new.{ending}")),
            expected,
            "{ending}"
        );
    }
    assert_eq!(movers("old.csv.gz", "new.json"), expected);
    let piped = scene
        .run_fed("compare - new.csv", scene.read("old.csv"))
        .output();
    assert_eq!(column(&piped, "contact_id"), ["B", "A"]);
}

#[test]
fn what_is_no_list_is_refused_with_what_it_lacks() {
    let scene = lists()
        .with("other.csv", "contact_id,points\nA,1\n")
        .with(
            "twice.csv",
            "contact_id,score,temperature\nA,1,hot\nA,1,hot\nB,x,hot\n",
        )
        .with("nobody.csv", "contact_id,score,temperature\n")
        .with("nobody.json", "[]\n");
    let refusal = |other: &str, code| scene.run(&format!("compare old.csv {other}")).refusal(code);
    let text = refusal("other.csv", 65);
    assert!(
        text.contains("the list other.csv has no column `score`"),
        "{text}"
    );
    let text = refusal("twice.csv", 65);
    assert!(
        text.contains("twice.csv:3: the lead `A` stands in the list twice"),
        "{text}"
    );
    assert!(
        text.contains("twice.csv:4: its score is no number"),
        "{text}"
    );
    for empty in ["nobody.csv", "nobody.json"] {
        let text = refusal(empty, 65);
        assert!(
            text.contains(&format!("the list {empty} has no leads")),
            "{text}"
        );
    }
    let text = refusal("nowhere.csv", 66);
    assert!(text.contains("there is no file nowhere.csv"), "{text}");
    let all_gone = scene
        .run("compare old.csv nobody.csv --allow-empty")
        .output();
    assert_eq!(column(&all_gone, "change"), ["gone"; 7]);
}

#[test]
fn mistakes_in_the_command_are_told_with_what_to_do() {
    let scene = lists();
    let refusal = |arguments: &str| scene.run(&format!("compare {arguments}")).refusal(2);
    let text = refusal("old.csv");
    assert!(
        text.contains("error[one-list]: there is nothing to compare old.csv with"),
        "{text}"
    );
    let text = refusal("old.csv new.csv --as-of 2026-11-01");
    assert!(
        text.contains("error[exports-without-models]: --as-of is of exports"),
        "{text}"
    );
    let text = refusal("old.csv new.csv --sheet Leads");
    assert!(text.contains("--sheet is of exports"), "{text}");
    let text = refusal("old.csv new.csv old.csv --change up");
    assert!(text.contains("error[change-of-many-lists]"), "{text}");
    let text = refusal("old.csv new.csv --table mover");
    assert!(
        text.contains("error[unknown-table]: there is no table `mover` in compare"),
        "{text}"
    );
    assert!(text.contains("did you mean `movers`?"), "{text}");
    let text = refusal("old.csv new.csv -o old.csv");
    assert!(
        text.contains("the output old.csv would replace the input old.csv"),
        "{text}"
    );
    let text = refusal("- - ");
    assert!(text.contains("error[two-standard-inputs]"), "{text}");
    let text = refusal("old.csv new.csv --models a.toml b.toml -m c.toml");
    assert!(text.contains("cannot be used with"), "{text}");
    let text = refusal("--models a.toml b.toml -");
    assert!(text.contains("each model reads the exports"), "{text}");
}

#[test]
fn a_model_says_which_temperature_is_the_hottest() {
    let model = format!(
        "{MODEL}\n[temperatures]\ncold = {{ from = 80 }}\nwarm = {{ from = 50 }}\nhot = {{ from = 0 }}\n"
    );
    let scene = lists().with("upside-down.toml", model);
    let movers = scene
        .run("compare old.csv new.csv -m upside-down.toml")
        .output();
    let of = |id: &str| {
        let place = column(&movers, "contact_id")
            .iter()
            .position(|one| one == id);
        column(&movers, "change")[place.expect("a mover")].clone()
    };
    assert_eq!(of("B"), "cooled");
    assert_eq!(of("A"), "hotter");
    assert_eq!(of("E"), "cooled");
    assert_eq!(of("H"), "new");
    assert_eq!(of("I"), "newly hot");
}

#[test]
fn all_formats_are_written_at_once_and_a_table_can_be_chosen() {
    let scene = lists();
    let run = scene
        .run("compare old.csv new.csv -o m.csv -o m.json -o m.md -o m.xlsx -o m.ndjson -o m.txt");
    assert!(
        run.stderr
            .contains("wrote     6 files: m.csv, m.json, m.md, m.xlsx, m.ndjson and 1 more"),
        "{}",
        run.stderr
    );
    assert_eq!(run.output(), "");
    assert!(
        scene
            .read("m.md")
            .starts_with("# What changed from 2026-11-01 to 2026-11-02\n\n## Who moved\n")
    );
    assert_eq!(scene.read("m.ndjson").lines().count(), 8);
    let document: Value = serde_json::from_str(&scene.read("m.json")).expect("JSON");
    let names: Vec<&String> = document["tables"]
        .as_object()
        .expect("tables")
        .keys()
        .collect();
    assert_eq!(names, ["changes", "movers", "summary", "transitions"]);
    assert_eq!(document["tables"]["movers"][0]["old_score"], Value::Null);
    let matrix = scene
        .run("compare old.csv new.csv --table transitions --format tsv")
        .output();
    assert_eq!(
        matrix.lines().next(),
        Some("from\tto_hot\tto_warm\tto_cold\tgone")
    );
    let top = scene.run("compare old.csv new.csv --top 2").output();
    assert_eq!(column(&top, "contact_id"), ["H", "B"]);
}

#[test]
fn a_screen_shows_the_first_movers_and_how_many_there_are() {
    let list = |score: &str| {
        let rows: Vec<String> = (0..30)
            .map(|id| format!("L{id:02},{score},warm\n"))
            .collect();
        let rows = rows.concat();
        format!("contact_id,score,temperature\n{rows}")
    };
    let scene = Scene::empty()
        .with("a.csv", list("1"))
        .with("b.csv", list("2"));
    let text = scene.run("compare a.csv b.csv --format table").output();
    assert!(
        text.contains("The first 20 of 30 rows (all: --top 30)."),
        "{text}"
    );
    assert!(text.contains("L19") && !text.contains("L20"), "{text}");
    let whole = scene
        .run("compare a.csv b.csv --format table --top 30")
        .output();
    assert!(
        whole.contains("L29") && !whole.contains("The first"),
        "{whole}"
    );
}

#[test]
fn two_models_are_told_apart_rule_by_rule() {
    let changed = MODEL
        .replace("points = 5", "points = 4")
        .replace("name = \"Budget\"\nwhen", "name = \"Large budget\"\nwhen");
    let scene = Scene::small().with("other.toml", changed);
    let command =
        "compare --models model.toml other.toml contacts.csv -e events.csv --as-of 2026-11-01";
    let run = scene.run(command);
    assert!(
        run.stderr.contains("contacts  3 read = 3 scored"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("by other.toml:"), "{}", run.stderr);
    let movers = run.output();
    assert_eq!(column(&movers, "contact_id"), ["B", "A"]);
    assert_eq!(column(&movers, "why")[0], "Opens -2");
    let rules = scene.run(&format!("{command} --table rules")).output();
    let status: BTreeMap<String, String> = column(&rules, "label")
        .into_iter()
        .zip(column(&rules, "status"))
        .collect();
    assert_eq!(status["Budget"], "only in A");
    assert_eq!(status["Large budget"], "only in B");
    assert_eq!(status["Opens"], "changed");
    let notes = scene.run(&format!("{command} --format json -q")).output();
    assert!(
        notes.contains("\"report\":\"compare-models\"") && notes.contains("A is Small ("),
        "{notes}"
    );
    let same = "compare --models model.toml model.toml contacts.csv -e events.csv --exit-code";
    assert_eq!(column(&scene.run(same).output(), "change").len(), 0);
}

#[test]
fn two_models_move_the_leads_that_their_lists_move() {
    let scene = Scene::sample();
    scene.run("init --template real-estate -o a.toml").output();
    scene.write(
        "b.toml",
        scene.read("a.toml").replace("points = 12", "points = 7"),
    );
    for model in ["a", "b"] {
        let command = format!(
            "score contacts.csv -e events.csv -m {model}.toml --as-of 2026-10-20 -o {model}.json"
        );
        scene.run(&command).output();
    }
    let both = scene
        .run("compare --models a.toml b.toml contacts.csv -e events.csv --as-of 2026-10-20")
        .output();
    let lists = scene.run("compare a.json b.json -m b.toml").output();
    assert!(column(&both, "change").len() > 50);
    for name in [
        "change",
        "contact_id",
        "name",
        "score",
        "difference",
        "why",
        "stage",
    ] {
        assert_eq!(column(&both, name), column(&lists, name), "{name}");
    }
}

#[test]
fn models_of_other_time_zones_look_back_from_the_same_instant() {
    let scene = Scene::small().with(
        "tokyo.toml",
        MODEL.replace("Europe/Amsterdam", "Asia/Tokyo"),
    );
    let command = "compare --models model.toml tokyo.toml contacts.csv -e events.csv --as-of 2026-10-31 --format json";
    let document: Value = serde_json::from_str(&scene.run(command).output()).expect("JSON");
    assert_eq!(document["as_of"], "2026-11-01T07:59:59.999999+09:00");
    assert_eq!(document["tables"]["movers"], Value::Array(Vec::new()));
}

#[test]
fn many_lists_show_how_leads_went() {
    let third = "rank,contact_id,name,score,temperature,as_of\n1,A,Anna,99,hot,2026-11-03\n2,B,Bram,81,hot,2026-11-03\n3,E,Eva,1,cold,2026-11-03\n";
    let scene = lists().with("third.csv", third);
    let runs = scene.run("compare third.csv old.csv new.csv").output();
    assert_eq!(column(&runs, "list"), ["old.csv", "new.csv", "third.csv"]);
    assert_eq!(column(&runs, "leads_hot"), ["1", "2", "2"]);
    assert_eq!(column(&runs, "newly_hot"), ["", "2", "1"]);
    assert_eq!(column(&runs, "gone"), ["", "1", "5"]);
    let leads = scene
        .run("compare old.csv new.csv third.csv --table leads")
        .output();
    assert_eq!(column(&leads, "contact_id")[..3], ["B", "A", "E"]);
    assert_eq!(column(&leads, "difference")[..3], ["11", "9", "-19"]);
    assert_eq!(
        column(&leads, "path")[..3],
        ["warm → hot", "hot → warm → hot", "cold → warm → cold"]
    );
    let path: BTreeMap<String, String> = column(&leads, "contact_id")
        .into_iter()
        .zip(column(&leads, "path"))
        .collect();
    assert_eq!(path["D"], "warm → –");
    assert_eq!(path["H"], "– → hot → –");
    let notes = scene
        .run("compare third.csv old.csv new.csv --format markdown")
        .output();
    assert!(
        notes.contains("The lists stand in the order of their as-of instants"),
        "{notes}"
    );
    let same = scene.run("compare old.csv old.csv old.csv --exit-code --format markdown");
    assert!(
        same.stdout.contains("look back from the same instant"),
        "{}",
        same.stdout
    );
    assert_eq!(same.code, 0);
    assert_eq!(
        scene
            .run("compare old.csv old.csv new.csv --exit-code")
            .code,
        1
    );
}

#[test]
fn pseudonyms_are_compared_as_they_are_and_hide_names_of_models_too() {
    let scene = Scene::small().with("key", "0123456789abcdef0123456789abcdef");
    let score = |as_of: &str, name: &str| {
        let command = format!(
            "score contacts.csv -e events.csv -m model.toml --as-of {as_of} --pseudonymize key -o {name}"
        );
        scene.run(&command).output();
    };
    score("2026-10-30", "old.csv");
    score("2026-11-01", "new.csv");
    let movers = scene.run("compare old.csv new.csv").output();
    assert_eq!(column(&movers, "change"), ["up"]);
    assert!(!movers.contains("Bram"), "{movers}");
    scene.write("other.toml", MODEL.replace("points = 5", "points = 4"));
    let command = "compare --models model.toml other.toml contacts.csv -e events.csv --as-of 2026-11-01 --pseudonymize key";
    let models = scene.run(command).output();
    assert_eq!(column(&models, "contact_id").len(), 2);
    assert!(
        !models.contains("Bram") && !column(&models, "contact_id").contains(&"B".to_owned()),
        "{models}"
    );
}

#[test]
fn names_that_act_are_harmless_in_every_format() {
    let list = |score: &str| {
        format!("contact_id,name,score,temperature\n=A1,\"<script>|\u{202e}x\",{score},warm\n")
    };
    let scene = Scene::empty()
        .with("a.csv", list("1"))
        .with("b.csv", list("2"));
    let csv = scene.run("compare a.csv b.csv").output();
    assert!(csv.contains(",'=A1,"), "{csv}");
    for format in ["table", "markdown", "json", "csv"] {
        let text = scene
            .run(&format!("compare a.csv b.csv --format {format}"))
            .output();
        assert!(!text.contains('\u{202e}'), "{format}: {text}");
    }
    let markdown = scene.run("compare a.csv b.csv --format markdown").output();
    assert!(markdown.contains(r"&lt;script&gt;\|"), "{markdown}");
}

/// The two lists of the sample data in a database of their own.
fn database(scene: &Scene) -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    for (name, as_of) in [("old", "2026-10-05"), ("new", "2026-10-25")] {
        let command = format!("score contacts.csv -e events.csv --as-of {as_of} -o {name}.csv");
        scene.run(&command).output();
        let list = scene.read(&format!("{name}.csv"));
        connection
            .execute(&format!("CREATE TABLE {name} (id TEXT PRIMARY KEY, score REAL, heat TEXT, level INTEGER)"), ())
            .expect("a table");
        let rows = column(&list, "contact_id")
            .into_iter()
            .zip(column(&list, "score"))
            .zip(column(&list, "temperature"));
        for (row, ((id, score), heat)) in rows.enumerate() {
            // Some leads are left out of each list, so that there are new ones and gone ones.
            if row % 20 == if name == "old" { 3 } else { 7 } {
                continue;
            }
            let level = ["hot", "warm", "cold"].iter().position(|one| *one == heat);
            let level = level.map(|level| i64::try_from(level).expect("few"));
            let score: f64 = score.parse().expect("a number");
            connection
                .execute(
                    &format!("INSERT INTO {name} VALUES (?1, ?2, ?3, ?4)"),
                    (&id, score, &heat, level),
                )
                .expect("a row");
        }
        let mut kept = String::from("contact_id,score,temperature\n");
        let mut statement = connection
            .prepare(&format!("SELECT id, score, heat FROM {name}"))
            .expect("a query");
        let rows = statement
            .query_map((), |row| {
                let (id, score, heat): (String, f64, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(format!("{id},{score},{heat}\n"))
            })
            .expect("rows");
        kept.extend(rows.map(|row| row.expect("a row")));
        scene.write(&format!("{name}.csv"), kept);
    }
    connection
}

#[test]
fn sql_over_the_sample_data_finds_the_same_movers_and_transitions() {
    let scene = Scene::sample();
    let connection = database(&scene);
    let movers = scene.run("compare old.csv new.csv").output();
    let mut told: Vec<(String, String)> = column(&movers, "contact_id")
        .into_iter()
        .zip(column(&movers, "change"))
        .collect();
    told.sort();
    let sql = "
        SELECT id, change FROM (
            SELECT n.id AS id, CASE
                WHEN o.id IS NULL AND n.level = 0 THEN 'newly hot'
                WHEN o.id IS NULL THEN 'new'
                WHEN n.level < o.level AND n.level = 0 THEN 'newly hot'
                WHEN n.level < o.level THEN 'hotter'
                WHEN n.level > o.level THEN 'cooled'
                WHEN n.score > o.score THEN 'up'
                WHEN n.score < o.score THEN 'down'
            END AS change
            FROM new n LEFT JOIN old o ON o.id = n.id
            UNION ALL
            SELECT id, 'gone' FROM old WHERE id NOT IN (SELECT id FROM new)
        ) WHERE change IS NOT NULL ORDER BY id";
    let mut statement = connection.prepare(sql).expect("a query");
    let expected = statement
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows");
    let expected: Vec<(String, String)> = expected.map(|row| row.expect("a row")).collect();
    assert!(expected.len() > 100, "{}", expected.len());
    assert_eq!(told, expected);
    let kinds: BTreeMap<&str, usize> =
        expected
            .iter()
            .fold(BTreeMap::new(), |mut kinds, (_, change)| {
                *kinds.entry(change).or_default() += 1;
                kinds
            });
    assert_eq!(kinds.len(), 7, "{kinds:?}");

    let changes = scene
        .run("compare old.csv new.csv --table changes")
        .output();
    for (change, leads) in column(&changes, "change")
        .iter()
        .zip(column(&changes, "leads"))
    {
        if change != "unchanged" {
            assert_eq!(leads, kinds[change.as_str()].to_string(), "{change}");
        }
    }
    let matrix = scene
        .run("compare old.csv new.csv --table transitions")
        .output();
    for (row, from) in ["hot", "warm", "cold"].iter().enumerate() {
        for to in ["hot", "warm", "cold"] {
            let sql = "SELECT count(*) FROM old o JOIN new n ON o.id = n.id WHERE o.heat = ?1 AND n.heat = ?2";
            let count: i64 = connection
                .query_row(sql, [from, to], |row| row.get(0))
                .expect("a count");
            assert_eq!(
                column(&matrix, &format!("to_{to}"))[row],
                count.to_string(),
                "{from} to {to}"
            );
        }
    }
    let means: (f64, f64) = connection
        .query_row(
            "SELECT (SELECT avg(score) FROM old), (SELECT avg(score) FROM new)",
            (),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("means");
    let summary = scene
        .run("compare old.csv new.csv --table summary")
        .output();
    let place = column(&summary, "measure")
        .iter()
        .position(|one| one == "mean score")
        .expect("a mean");
    for (name, mean) in [("old", means.0), ("new", means.1)] {
        let told: f64 = column(&summary, name)[place].parse().expect("a number");
        assert!((told - mean).abs() < 0.005_000_1, "{name}: {told} {mean}");
    }
}
