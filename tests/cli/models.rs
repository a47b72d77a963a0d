//! Models that are wrong or missing.

use std::fs;
use std::path::Path;

use crate::scene::{MODEL, Scene};

#[test]
fn a_model_with_five_mistakes_prints_five_diagnostics_with_carets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models/invalid");
    let model = fs::read_to_string(folder.join("five-mistakes.toml")).expect("readable");
    let wanted = fs::read_to_string(folder.join("five-mistakes.stderr")).expect("readable");
    let scene = Scene::small().with("five-mistakes.toml", model);
    let run = scene.run("score contacts.csv -e events.csv -m five-mistakes.toml -o ranked.csv");
    let refusal = run.refusal(78);
    assert_eq!(refusal, wanted);
    assert!(refusal.matches("error[").count() >= 5, "{refusal}");
    assert_eq!(
        refusal.matches("error[").count(),
        refusal.matches(" --> five-mistakes.toml:").count()
    );
    assert!(!scene.path("ranked.csv").exists());
}

#[test]
fn explain_refuses_a_bad_model_in_the_same_words() {
    let scene = Scene::small().with("model.toml", MODEL.replace("points = 5", "points = \"5\""));
    let scored = scene.score("").refusal(78);
    let explained = scene
        .run("explain A contacts.csv -e events.csv -m model.toml")
        .refusal(78);
    assert_eq!(explained, scored);
}

#[test]
fn a_model_that_is_missing_is_no_reason_to_take_another() {
    let scene = Scene::small();
    let refusal = scene.run("score contacts.csv -m modle.toml").refusal(66);
    assert!(refusal.contains("modle.toml"), "{refusal}");
    let mut command = scene.command("score contacts.csv");
    command.env("HOTLIST_MODEL", "gone.toml");
    let refusal = crate::scene::outcome(&mut command, b"").refusal(66);
    assert!(
        refusal.contains("gone.toml") && refusal.contains("HOTLIST_MODEL"),
        "{refusal}"
    );
}

#[test]
fn a_model_that_is_a_folder_or_no_text_is_refused() {
    let scene = Scene::small();
    fs::create_dir(scene.path("models")).expect("created");
    assert_eq!(scene.run("score contacts.csv -m models").code, 66);
    scene.write("latin.toml", b"name = \"Makelaar Ren\xe9\"\n");
    let refusal = scene.run("score contacts.csv -m latin.toml").refusal(78);
    assert!(
        refusal.contains("latin.toml") && refusal.contains("line 1"),
        "{refusal}"
    );
    assert!(refusal.contains("UTF-8"), "{refusal}");
}

#[test]
fn a_model_that_windows_wrote_is_the_same_model() {
    let scene = Scene::small();
    let wanted = scene.score("--columns contact_id,score").output();
    scene.write(
        "model.toml",
        format!("\u{feff}{}", MODEL.replace('\n', "\r\n")),
    );
    assert_eq!(scene.score("--columns contact_id,score").output(), wanted);
}

#[test]
fn without_a_model_the_built_in_one_scores_and_that_is_said() {
    let scene = Scene::sample();
    let run = scene.run("score contacts.csv -e events.csv --as-of 2026-11-01");
    assert_eq!(run.code, 0);
    let first = run.stderr.lines().next().unwrap_or_default();
    assert!(first.contains("built-in real-estate model"), "{first}");
    assert!(
        first.contains("hotlist init --template real-estate -o model.toml"),
        "{first}"
    );
}

#[test]
fn a_copy_of_the_built_in_model_scores_alike() {
    let scene = Scene::sample();
    let wanted = scene
        .run("score contacts.csv -e events.csv --as-of 2026-11-01")
        .output();
    assert_eq!(
        scene.run("init --template real-estate -o model.toml").code,
        0
    );
    let found = scene.run("score contacts.csv -e events.csv --as-of 2026-11-01 -m model.toml");
    assert_eq!(found.output(), wanted);
    let printed = scene.run("init --template real-estate").output();
    assert_eq!(printed, scene.read("model.toml"));
}

#[test]
fn init_replaces_nothing() {
    let scene = Scene::small();
    let refusal = scene.run("init -o model.toml").refusal(73);
    assert!(refusal.contains("model.toml is there already"), "{refusal}");
    assert_eq!(scene.read("model.toml"), MODEL);
    let refusal = scene.run("init --template real-estat").refusal(2);
    assert!(refusal.contains("did you mean `real-estate`?"), "{refusal}");
}

#[test]
fn an_empty_variable_names_no_model() {
    let scene = Scene::sample();
    let mut command = scene.command("score contacts.csv --as-of 2026-11-01 --top 1");
    command.env("HOTLIST_MODEL", "");
    let run = crate::scene::outcome(&mut command, b"");
    assert!(
        run.stderr.contains("built-in real-estate model"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 0);
}

#[test]
fn a_column_that_the_built_in_model_lacks_is_mended_in_a_copy_of_it() {
    let scene = Scene::small().with("contacts.csv", "number,town\n1,Delft\n");
    let refusal = scene.run("score contacts.csv -q").refusal(65);
    let hint = "hint: get a copy of the model to edit first: hotlist init --template real-estate -o model.toml; then ";
    assert_eq!(refusal.matches(hint).count(), 1, "{refusal}");
    let refusal = scene.run("score contacts.csv -q -m model.toml").refusal(65);
    assert!(!refusal.contains("hotlist init"), "{refusal}");
}
