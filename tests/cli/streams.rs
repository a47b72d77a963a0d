//! Data on standard output, everything else on standard error; colour only where it is wanted.

use std::io::Read;
use std::process::Stdio;

use crate::scene::{Scene, outcome};

const TABLE: &str =
    "score contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 --format table";

#[test]
fn a_reader_that_goes_away_is_no_error_and_nothing_is_said_about_it() {
    let scene = Scene::sample();
    for format in ["csv", "json", "table --top 485"] {
        let mut command = scene.command(&format!(
            "score contacts.csv -e events.csv --as-of 2026-11-01 -q --format {format}"
        ));
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut first = [0; 4];
        stdout.read_exact(&mut first).expect("a few bytes");
        drop(stdout);
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[test]
fn quiet_says_nothing_but_errors() {
    let scene = Scene::small();
    for more in ["-q", "--quiet -o ranked.csv"] {
        assert_eq!(scene.score(more).stderr, "");
    }
    let sample = Scene::sample().run("score contacts.csv -q --as-of 2026-11-01 -e events.csv");
    assert_eq!((sample.code, sample.stderr.as_str()), (0, ""));
    assert!(
        scene
            .run("score gone.csv -q -m model.toml")
            .refusal(66)
            .contains("gone.csv")
    );
}

#[test]
fn without_a_terminal_there_is_no_colour_and_no_progress() {
    let run = Scene::small().run(TABLE);
    for stream in [&run.stdout, &run.stderr] {
        assert!(!stream.contains(['\u{1b}', '\r']), "{stream:?}");
    }
}

/// Whether the table and an error are coloured with these variables and arguments.
fn colored(variables: &[(&str, &str)], more: &str) -> (bool, bool) {
    let scene = Scene::small();
    let run = |arguments: &str| {
        let mut command = scene.command(&format!("{arguments} {more}"));
        command.envs(variables.iter().copied());
        outcome(&mut command, b"")
    };
    let table = run(TABLE).output().contains('\u{1b}');
    let error = run("score gone.csv -m model.toml")
        .refusal(66)
        .contains('\u{1b}');
    (table, error)
}

#[test]
fn the_flag_wins_over_the_environment_and_the_environment_over_the_terminal() {
    let both = (true, true);
    let none = (false, false);
    assert_eq!(colored(&[], "--color always"), both);
    assert_eq!(colored(&[], "--color never"), none);
    assert_eq!(colored(&[("CLICOLOR_FORCE", "1")], ""), both);
    assert_eq!(colored(&[("CLICOLOR_FORCE", "1")], "--color never"), none);
    assert_eq!(colored(&[("CLICOLOR_FORCE", "0")], ""), none);
    assert_eq!(colored(&[("CLICOLOR_FORCE", "")], ""), none);
    assert_eq!(
        colored(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], ""),
        none
    );
    assert_eq!(colored(&[("NO_COLOR", "1")], "--color always"), both);
    assert_eq!(colored(&[("NO_COLOR", "")], ""), none);
}

#[test]
fn files_are_never_coloured() {
    let scene = Scene::small();
    assert_eq!(
        scene
            .score("--color always -o ranked.txt -o ranked.md")
            .code,
        0
    );
    assert!(!scene.read("ranked.txt").contains('\u{1b}'));
    assert!(!scene.read("ranked.md").contains('\u{1b}'));
}

#[test]
fn in_a_pipe_the_format_is_csv() {
    let scene = Scene::small();
    assert_eq!(
        scene.score("").output(),
        scene.score("--format csv").output()
    );
}

#[test]
fn mistakes_in_the_command_are_2_and_help_is_0() {
    let scene = Scene::small();
    for arguments in [
        "",
        "scor contacts.csv",
        "score",
        "score contacts.csv --topp 3",
        "score contacts.csv --threads 0",
    ] {
        assert_eq!(scene.run(arguments).code, 2, "{arguments}");
    }
    for arguments in [
        "--help",
        "score --help",
        "explain -h",
        "init --help",
        "--version",
        "help score",
    ] {
        let run = scene.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments}");
    }
    for command in ["score", "explain", "init"] {
        let help = scene.run(&format!("{command} --help")).output();
        assert!(
            help.contains("\nExample") && help.contains(&format!(":\n  hotlist {command}")),
            "{help}"
        );
    }
    let headings = scene.run("score --help").output();
    for heading in ["Input:", "Model:", "Output:", "Global:"] {
        assert!(headings.contains(&format!("\n{heading}\n")), "{headings}");
    }
}

#[test]
fn help_that_cannot_be_written_is_74() {
    for arguments in ["--help", "--version", "score --help"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let scene = Scene::small();
        let mut command = scene.command(arguments);
        command.stdout(full.expect("the device"));
        let run = outcome(&mut command, b"");
        assert_eq!(run.code, 74, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains("standard output"), "{}", run.stderr);
    }
}

#[test]
fn more_threads_than_anyone_has_are_a_mistake_in_the_command() {
    let scene = Scene::small();
    assert_eq!(scene.score("--threads 256").code, 0);
    let refusal = scene.score("--threads 257").refusal(2);
    assert!(refusal.contains("257 is not in 1..=256"), "{refusal}");
}
