//! One list as several files.

use std::fs;

use crate::scene::{MODEL, Scene, column};

/// Contacts with owners, one of whom would like to be a path.
const CONTACTS: &str = "contact_id,name,owner,budget\n\
    A,Anna,Bram Smit,200000\n\
    B,Bea,../evil,100\n\
    C,Carla,,200000\n\
    D,Dirk,Bram Smit,1\n";

fn scene() -> Scene {
    Scene::small().with("contacts.csv", CONTACTS)
}

const ROUTES: &str = "\n[[routes]]\nto = \"Coast\"\nwhen = \"budget >= 150000\"\n\
    [[routes]]\nto = \"Never/There\"\nwhen = \"budget > 900000\"\n";

#[test]
fn each_temperature_of_the_model_has_a_file_and_ranks_are_those_of_the_whole_list() {
    let scene = scene().with("ranked-hot.csv", "yesterday's\n");
    let whole = scene.score("").output();
    let run = scene.score("--split-by temperature -o ranked.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let said = "wrote     ranked-cold.csv, ranked-hot.csv, ranked-warm.csv\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    assert!(!scene.path("ranked.csv").exists());
    let header = whole.lines().next().expect("a header");
    let mut rows: Vec<String> = Vec::new();
    for temperature in ["hot", "warm", "cold"] {
        let part = scene.read(&format!("ranked-{temperature}.csv"));
        assert_eq!(part.lines().next(), Some(header));
        assert!(
            column(&part, "temperature")
                .iter()
                .all(|found| found == temperature)
        );
        rows.extend(part.lines().skip(1).map(str::to_owned));
    }
    assert_eq!(rows, whole.lines().skip(1).collect::<Vec<_>>());
    assert!(scene.files().iter().all(|name| !name.contains(".hotlist-")));
}

#[test]
fn owners_have_files_with_safe_names_and_nobody_has_one_too() {
    let scene = scene();
    assert_eq!(
        scene
            .score("--split-by owner -o ranked.csv -o ranked.xlsx")
            .code,
        0
    );
    for name in ["bram-smit", "evil", "none"] {
        assert!(
            scene.path(&format!("ranked-{name}.xlsx")).exists(),
            "{name}"
        );
    }
    let of = |name: &str| column(&scene.read(&format!("ranked-{name}.csv")), "contact_id");
    assert_eq!(of("bram-smit"), ["A", "D"]);
    assert_eq!(of("evil"), ["B"]);
    assert_eq!(of("none"), ["C"]);
}

#[test]
fn each_route_has_a_file_even_where_nobody_takes_it() {
    let scene = scene().with("model.toml", format!("{MODEL}{ROUTES}"));
    assert_eq!(scene.score("--split-by route -o ranked.csv").code, 0);
    let of = |name: &str| column(&scene.read(&format!("ranked-{name}.csv")), "contact_id");
    assert_eq!(of("coast"), ["A", "C"]);
    assert!(of("never-there").is_empty());
    assert_eq!(of("none").len(), 2);
}

#[test]
fn top_counts_in_each_file_and_temperature_chooses_the_files() {
    let scene = scene();
    let more = "--split-by owner --top 1 --columns rank,contact_id -o ranked.csv";
    assert_eq!(scene.score(more).code, 0);
    assert_eq!(scene.read("ranked-bram-smit.csv").lines().count(), 2);
    let scene = self::scene();
    let more = "--split-by temperature --temperature hot,warm -o ranked.csv";
    assert_eq!(scene.score(more).code, 0);
    assert!(scene.path("ranked-hot.csv").exists() && !scene.path("ranked-cold.csv").exists());
}

#[test]
fn what_cannot_be_split_is_a_mistake_in_the_command() {
    let scene = scene();
    for (more, code) in [
        ("--split-by temperature -o -", "split-without-file"),
        (
            "--split-by temperature -o /dev/null --format csv",
            "split-without-file",
        ),
        (
            "--split-by route -o ranked.csv",
            "cannot-split]: the model has no routes to split by\n",
        ),
    ] {
        let refusal = scene.score(more).refusal(2);
        assert!(
            refusal.starts_with(&format!("error[{code}")),
            "{more}: {refusal}"
        );
    }
    let model = scene.read("model.toml") + "\n[accounts]\nkey = \"name\"\n";
    let accounts = scene.with("model.toml", model);
    for by in ["route", "owner"] {
        let refusal = accounts
            .score(&format!("--accounts --split-by {by} -o ranked.csv"))
            .refusal(2);
        assert!(
            refusal
                .starts_with("error[cannot-split]: accounts have neither a route nor an owner\n"),
            "{refusal}"
        );
    }
    let scene = accounts;
    assert_eq!(scene.score("--split-by temperature").code, 2, "without -o");
    let bare = Scene::small();
    let refusal = bare.score("--split-by owner -o ranked.csv").refusal(2);
    assert!(
        refusal.contains("no column of the export tells the owner"),
        "{refusal}"
    );
    let owners: Vec<String> = (0..501).map(|n| format!("c{n},Owner {n},1\n")).collect();
    let many = Scene::small().with(
        "contacts.csv",
        format!("contact_id,owner,budget\n{}", owners.concat()),
    );
    let refusal = many.score("--split-by owner -o ranked.csv").refusal(2);
    assert!(refusal.contains("501 files"), "{refusal}");
    assert_eq!(many.files(), ["contacts.csv", "events.csv", "model.toml"]);
}

#[test]
fn a_file_of_a_part_may_not_replace_an_input_and_then_none_is_replaced() {
    let scene = scene();
    fs::rename(scene.path("contacts.csv"), scene.path("c-warm.csv")).expect("renamed");
    scene.write("c-cold.csv", "old\n");
    let run = scene
        .run("score c-warm.csv -m model.toml --as-of 2026-11-01 --split-by temperature -o c.csv");
    let refusal = run.refusal(2);
    assert!(
        refusal.contains("error[output-is-input]: the output c-warm.csv"),
        "{refusal}"
    );
    assert_eq!(scene.read("c-warm.csv"), CONTACTS);
    assert_eq!(scene.read("c-cold.csv"), "old\n");
    assert!(!scene.path("c-hot.csv").exists());
    assert!(scene.files().iter().all(|name| !name.contains(".hotlist-")));
}

#[test]
fn if_one_of_the_files_cannot_be_made_the_others_stay_what_they_were() {
    let scene = scene().with("ranked-cold.csv", "old\n");
    fs::create_dir(scene.path("ranked-warm.csv")).expect("created");
    assert_eq!(scene.score("--split-by temperature -o ranked.csv").code, 73);
    assert_eq!(scene.read("ranked-cold.csv"), "old\n");
    assert!(!scene.path("ranked-hot.csv").exists());
    assert!(scene.files().iter().all(|name| !name.contains(".hotlist-")));
}

#[test]
fn many_files_are_told_by_their_number() {
    let owners: Vec<String> = (0..300).map(|n| format!("c{n},Owner {n},1\n")).collect();
    let scene = Scene::small().with(
        "contacts.csv",
        format!("contact_id,owner,budget\n{}", owners.concat()),
    );
    let run = scene.score("--split-by owner -o ranked.csv -o ranked.json");
    assert!(
        run.stderr
            .contains("wrote     600 files: ranked-owner-0.csv, "),
        "{}",
        run.stderr
    );
    assert_eq!(scene.files().len(), 603);
}
