//! Where results go: a file is replaced whole or not at all, and what cannot be written is said by the exit code.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::scene::{CONTACTS, EVENTS, MODEL, Scene};

#[test]
fn a_file_holds_what_standard_output_would() {
    let scene = Scene::small();
    let wanted = scene.score("").output();
    assert_eq!(scene.score("-o ranked.csv").output(), "");
    assert_eq!(scene.read("ranked.csv"), wanted);
    assert_eq!(scene.score("-o ranked.txt --format csv").output(), "");
    assert_eq!(scene.read("ranked.txt"), wanted);
}

#[test]
fn an_ending_that_names_no_format_is_a_mistake_in_the_command() {
    let refusal = Scene::small().score("-o ranked.xsl").refusal(2);
    assert!(
        refusal.contains("ranked.xsl") && refusal.contains("--format"),
        "{refusal}"
    );
    let refusal = Scene::small().score("--format cvs").refusal(2);
    assert!(refusal.contains("did you mean `csv`?"), "{refusal}");
}

#[test]
fn a_full_disk_is_74_on_standard_output_and_in_a_file() {
    let scene = Scene::small();
    for more in [
        "-o /dev/full",
        "-o /dev/full --format json",
        "-o ranked.csv -o /dev/full",
    ] {
        let refusal = scene.score(more).refusal(74);
        assert!(
            refusal.starts_with("error[write-failed]: cannot write `/dev/full`"),
            "{refusal}"
        );
    }
    assert!(
        !scene.path("ranked.csv").exists(),
        "one output failed, so none is replaced"
    );
    for arguments in [
        "score contacts.csv -e events.csv -m model.toml",
        "score contacts.csv -e events.csv -m model.toml --format table",
        "score contacts.csv -e events.csv -m model.toml --format json",
        "explain A contacts.csv -e events.csv -m model.toml",
        "init",
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("the device");
        let mut command = scene.command(arguments);
        command.stdout(full);
        let run = crate::scene::outcome(&mut command, b"");
        assert_eq!(run.code, 74, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains("standard output"), "{}", run.stderr);
    }
}

#[test]
fn an_output_that_fails_leaves_the_earlier_file_and_nothing_else() {
    let scene = Scene::small().with("ranked.csv", "what was here\n");
    let before = scene.files();
    assert_eq!(
        scene.score("-o ranked.csv -o /dev/full --format csv").code,
        74
    );
    assert_eq!(scene.read("ranked.csv"), "what was here\n");
    assert_eq!(scene.files(), before);
}

#[test]
fn an_input_is_never_overwritten_by_whatever_name() {
    let scene = Scene::small();
    symlink("contacts.csv", scene.path("link.csv")).expect("linked");
    fs::hard_link(scene.path("events.csv"), scene.path("hard.csv")).expect("linked");
    fs::create_dir(scene.path("sub")).expect("created");
    for output in [
        "contacts.csv",
        "./contacts.csv",
        "sub/../contacts.csv",
        "events.csv",
        "link.csv",
        "hard.csv",
        "model.toml --format csv",
    ] {
        let refusal = scene.score(&format!("-o {output}")).refusal(2);
        assert!(
            refusal.starts_with("error[output-is-input]: "),
            "{output}: {refusal}"
        );
    }
    assert_eq!(scene.read("contacts.csv"), CONTACTS);
    assert_eq!(scene.read("events.csv"), EVENTS);
    assert_eq!(scene.read("model.toml"), MODEL);
}

#[test]
fn an_input_that_is_a_link_protects_the_file_it_leads_to() {
    let scene = Scene::small();
    symlink("contacts.csv", scene.path("link.csv")).expect("linked");
    let run = scene.run("score link.csv -m model.toml --as-of 2026-11-01 -o contacts.csv");
    let refusal = run.refusal(2);
    assert!(refusal.starts_with("error[output-is-input]: "), "{refusal}");
}

#[test]
fn two_outputs_of_one_name_are_a_mistake_in_the_command() {
    let scene = Scene::small();
    for more in [
        "-o ranked.csv -o ranked.csv",
        "-o ranked.csv -o ./ranked.csv",
    ] {
        let refusal = scene.score(more).refusal(2);
        assert!(refusal.starts_with("error[same-output]: "), "{refusal}");
    }
}

#[test]
fn an_output_that_cannot_be_created_is_73() {
    let scene = Scene::small();
    fs::create_dir(scene.path("folder.csv")).expect("created");
    for output in ["model.toml/ranked.csv", "nowhere/ranked.csv", "folder.csv"] {
        let refusal = scene.score(&format!("-o {output}")).refusal(73);
        assert!(refusal.starts_with("error[cannot-create]: "), "{refusal}");
        assert!(refusal.contains(output), "{refusal}");
    }
}

#[test]
fn an_output_that_cannot_be_created_is_told_before_the_exports_are_read() {
    let scene = Scene::small().with("contacts.csv", "contact_id,budget\nbroken\n");
    assert_eq!(scene.score("-o nowhere/ranked.csv").code, 73);
}

#[test]
fn a_link_stays_a_link_and_its_file_is_replaced() {
    let scene = Scene::small();
    fs::create_dir(scene.path("results")).expect("created");
    scene.write("results/today.csv", "old\n");
    symlink("results/today.csv", scene.path("ranked.csv")).expect("linked");
    assert_eq!(scene.score("-o ranked.csv").code, 0);
    let link = fs::symlink_metadata(scene.path("ranked.csv")).expect("there");
    assert!(link.file_type().is_symlink());
    assert_eq!(scene.read("results/today.csv"), scene.score("").output());
}

#[test]
fn the_mode_of_the_replaced_file_stays() {
    let scene = Scene::small().with("ranked.csv", "old\n");
    for mode in [0o600, 0o664] {
        fs::set_permissions(scene.path("ranked.csv"), fs::Permissions::from_mode(mode))
            .expect("set");
        assert_eq!(scene.score("-o ranked.csv").code, 0);
        let found = fs::metadata(scene.path("ranked.csv"))
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(found & 0o777, mode);
    }
}

#[test]
fn a_device_named_as_output_is_written_to_directly() {
    let scene = Scene::small();
    let wanted = scene.score("").output();
    assert_eq!(scene.score("-o /dev/stdout").output(), wanted);
}

#[test]
fn what_was_written_is_said() {
    let run = Scene::small().score("-o ranked.csv -o ranked.json");
    assert!(
        run.stderr.ends_with("wrote     ranked.csv, ranked.json\n"),
        "{}",
        run.stderr
    );
}
