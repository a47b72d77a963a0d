//! Where results go: a file is replaced whole or not at all, and what cannot be written is said by the exit code.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::scene::{CONTACTS, EVENTS, MODEL, Scene, outcome};

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
        let run = outcome(&mut command, b"");
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

#[test]
fn standard_input_is_an_input_too_and_not_replaced() {
    let scene = Scene::small();
    let run = |arguments: &str| {
        let mut command = scene.command(arguments);
        command.stdin(fs::File::open(scene.path("contacts.csv")).expect("there"));
        outcome(&mut command, b"")
    };
    let refusal = run("score - -m model.toml -o contacts.csv").refusal(2);
    assert_eq!(
        refusal,
        "error[output-is-input]: the output contacts.csv would replace the input - (standard input)\n\n\
         hint: choose another file for the output\n"
    );
    assert_eq!(scene.read("contacts.csv"), CONTACTS);
    let wanted = scene
        .run("score contacts.csv -m model.toml --as-of 2026-11-01")
        .output();
    let found = run("score - -m model.toml --as-of 2026-11-01").output();
    assert_eq!(found, wanted);
}

#[test]
fn standard_output_that_is_an_input_is_not_appended_to() {
    let scene = Scene::small();
    let mut command = scene.command("score contacts.csv -m model.toml");
    let file = fs::OpenOptions::new()
        .append(true)
        .open(scene.path("contacts.csv"));
    command.stdout(file.expect("there"));
    let run = outcome(&mut command, b"");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(scene.read("contacts.csv"), CONTACTS);
}

#[test]
fn a_hyphen_is_standard_output_beside_files() {
    let scene = Scene::small();
    let wanted = scene.score("").output();
    assert_eq!(scene.score("-o -").output(), wanted);
    let run = scene.score("-o - -o ranked.csv");
    assert!(
        run.stderr.ends_with("wrote     ranked.csv\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.output(), wanted);
    assert_eq!(scene.read("ranked.csv"), wanted);
    assert!(!scene.path("-").exists());
    for twice in ["-o - -o -", "-o - -o /dev/stdout"] {
        let refusal = scene.score(twice).refusal(2);
        assert!(
            refusal.starts_with("error[two-standard-outputs]: "),
            "{refusal}"
        );
    }
}

#[test]
fn a_reader_that_leaves_a_pipe_is_no_failure_and_the_other_outputs_are_written() {
    let scene = Scene::sample();
    let pipe = scene.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    let mut command = scene.command(
        "score contacts.csv -e events.csv --as-of 2026-11-01 -q -o pipe -o ranked.csv --format csv",
    );
    let child = command.spawn().expect("the command starts");
    // Opened and left without reading a byte: the list is longer than a pipe holds.
    drop(fs::File::open(&pipe).expect("a reader"));
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let wanted = scene
        .run("score contacts.csv -e events.csv --as-of 2026-11-01")
        .output();
    assert_eq!(scene.read("ranked.csv"), wanted);
}

/// A run that has opened its outputs and waits for the rest of its input, and that input.
fn waiting(scene: &Scene, command: &mut Command) -> (Child, ChildStdin) {
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    // More than a pipe holds: once it is taken, reading has begun, which is after the outputs are opened.
    let rows: Vec<String> = (0..20_000).map(|row| format!("c{row},1\n")).collect();
    let rows = rows.concat();
    input
        .write_all(format!("contact_id,budget\n{rows}").as_bytes())
        .expect("taken");
    let files = scene.files();
    let is_temporary = |name: &String| name.starts_with(".ranked.csv.hotlist-");
    assert!(files.iter().any(is_temporary), "{files:?}");
    (child, input)
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
}

/// Whether whoever runs the tests ignores SIGHUP, as `nohup` does: what they start then ignores it too, and rightly.
fn hangups_are_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 == 1)
}

#[test]
fn an_interrupted_run_leaves_the_earlier_file_and_nothing_else() {
    for (signal, number, more) in [
        ("-INT", 2, ""),
        ("-TERM", 15, ""),
        ("-HUP", 1, ""),
        ("-TERM", 15, "--rejects rejects.csv"),
    ] {
        if number == 1 && hangups_are_ignored() {
            continue;
        }
        let scene = Scene::small().with("ranked.csv", "what was here\n");
        let before = scene.files();
        let outputs = "-o ranked.csv -o ranked.json";
        let mut command = scene.command(&format!("score - -m model.toml {outputs} {more}"));
        let (mut child, input) = waiting(&scene, &mut command);
        send(signal, &child);
        let status = child.wait().expect("it ends");
        drop(input);
        assert_eq!(status.signal(), Some(number), "{status}");
        assert_eq!(scene.files(), before);
        assert_eq!(scene.read("ranked.csv"), "what was here\n");
    }
}

#[test]
fn a_signal_that_is_to_be_ignored_is_ignored() {
    let scene = Scene::small();
    let mut command = Command::new("sh");
    let line = "trap '' HUP; exec \"$0\" score - -m model.toml -q -o ranked.csv";
    command
        .args(["-c", line, env!("CARGO_BIN_EXE_hotlist")])
        .current_dir(scene.path(""));
    let (mut child, input) = waiting(&scene, &mut command);
    send("-HUP", &child);
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(scene.path("ranked.csv").exists());
}
