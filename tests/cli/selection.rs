//! Which leads and which columns are written.

use serde_json::Value;

use crate::scene::{MODEL, Scene, column};

#[test]
fn columns_are_picked_and_ordered() {
    let scene = Scene::small();
    let found = scene
        .score("--columns score,contact_id,engagement")
        .output();
    assert_eq!(
        found,
        "score,contact_id,engagement\n66,A,5\n10,B,10\n0,C,0\n"
    );
    let json = scene
        .score("--columns score,contact_id --format ndjson")
        .output();
    let first: Value =
        serde_json::from_str(json.lines().next().expect("a line")).expect("an object");
    assert_eq!(
        (&first["score"], &first["contact_id"]),
        (&66.into(), &"A".into())
    );
    assert_eq!(first.get("name"), None);
}

#[test]
fn a_column_alone_says_what_it_says_among_all() {
    let model = format!(
        "{MODEL}[stages]\nMQL = \"score > 5\"\n[grades]\nlevel = {{ of = \"engagement\", A = 9, B = 4 }}\n\
         [[routes]]\nto = \"Desk\"\nassign = [\"anna\", \"bram\"]\n\
         [temperatures]\nhot = {{ from = 60, requires = [\"budget\"], tag = \"Hot Lead\", action = \"Call\" }}\n\
         warm = {{ from = 20, keep = 5, requires = [\"budget\"] }}\ncold = {{ from = 0 }}\n"
    );
    let contacts = "contact_id,name,email,budget,owner,source,tags\n\
        A,Anna,anna@example.com,200000,Bram,Portal,vip\n\
        B,Bram,bram@example.com,100,,Fair,\n\
        C,Carla,carla@example.com,,Bram,,\n";
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", contacts)
        .with(
            "before.csv",
            "contact_id,score,temperature\nA,61,hot\nB,30,warm\n",
        )
        .with(
            "by-hand.csv",
            "contact_id,action,value\nC,add,3\nB,floor,40\n",
        );
    let score = |more: &str| {
        let more = format!("--previous before.csv --overrides by-hand.csv --keep budget {more}");
        scene.score(&more).output()
    };
    let all = score("");
    let header = all.lines().next().expect("a header");
    assert_eq!(header.split(',').count(), 28, "{header}");
    // Kept columns stand behind those that are picked.
    for name in header.split(',').filter(|name| *name != "budget") {
        let alone = score(&format!("--columns {name}"));
        assert_eq!(column(&alone, name), column(&all, name), "{name}");
        assert_eq!(column(&alone, "budget"), column(&all, "budget"), "{name}");
    }
}

#[test]
fn a_column_that_does_not_exist_is_a_mistake_in_the_command() {
    let refusal = Scene::small()
        .score("--columns rank,scor -o ranked.csv")
        .refusal(2);
    assert!(refusal.contains("did you mean `score`?"), "{refusal}");
}

#[test]
fn top_takes_the_first_and_the_summary_still_counts_all() {
    let run = Scene::small().score("--top 2");
    assert!(
        run.stderr.contains("leads     0 hot, 1 warm, 2 cold\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("shown     2 of 3"), "{}", run.stderr);
    assert_eq!(column(&run.output(), "rank"), ["1", "2"]);
    assert!(!Scene::small().score("--top 99").stderr.contains("shown"));
}

#[test]
fn temperatures_are_taken_with_their_ranks() {
    let run = Scene::small().score("--temperature cold");
    assert!(run.stderr.contains("shown     2 of 3"), "{}", run.stderr);
    assert!(
        !run.stderr.contains("--top"),
        "taking more would show no more: {}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "rank"), ["2", "3"]);
    let run = Scene::small().score("--temperature hot,warm");
    assert_eq!(column(&run.output(), "contact_id"), ["A"]);
    let run = Scene::small().score("--temperature cold --top 1");
    assert_eq!(column(&run.output(), "contact_id"), ["B"]);
}

#[test]
fn a_temperature_that_the_model_lacks_is_a_mistake_in_the_command() {
    let refusal = Scene::small().score("--temperature hott").refusal(2);
    assert!(refusal.contains("did you mean `hot`?"), "{refusal}");
}

#[test]
fn a_table_that_nobody_limited_shows_twenty() {
    let scene = Scene::sample();
    let run = scene.run("score contacts.csv -e events.csv --as-of 2026-11-01 --format table");
    assert!(
        run.stderr
            .contains("shown     20 of 485 (all: --top 485)\n"),
        "{}",
        run.stderr
    );
    let run = scene.run("score contacts.csv -e events.csv --as-of 2026-11-01 -o ranked.txt");
    assert!(!run.stderr.contains("shown"), "{}", run.stderr);
    assert!(scene.read("ranked.txt").lines().count() > 485);
}
