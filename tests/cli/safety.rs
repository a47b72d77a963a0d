//! Cells that a spreadsheet would run or that a terminal would obey.

use crate::scene::{Scene, column, outcome};

const CONTACTS: &str = "contact_id,name,email,budget\n\
    A,\"=HYPERLINK(\"\"http://x.example\"\")\",@SUM(A1),200000\n\
    B,-5 apples,+31 6 1234,1\n\
    C,-5.5,'=1+1,1\n\
    D,a\u{202e}b\u{200b},\"x | <b>y</b>\",1\n\
    E,\"two\nlines;=1\",\"tab\there\",1\n";

fn scene() -> Scene {
    Scene::small().with("contacts.csv", CONTACTS)
}

#[test]
fn csv_cells_that_a_spreadsheet_would_run_are_defused_and_counted() {
    let run = scene().score("");
    assert!(
        run.stderr.contains("note: 7 cells got a '"),
        "{}",
        run.stderr
    );
    let found = run.output();
    let by_id: Vec<(String, (String, String))> = column(&found, "contact_id")
        .into_iter()
        .zip(
            column(&found, "name")
                .into_iter()
                .zip(column(&found, "email")),
        )
        .collect();
    let of = |id: &str| {
        &by_id
            .iter()
            .find(|(known, _)| known == id)
            .expect("a lead")
            .1
    };
    assert_eq!(of("A").0, "'=HYPERLINK(\"http://x.example\")");
    assert_eq!(of("A").1, "'@SUM(A1)");
    assert_eq!(of("B").0, "'-5 apples");
    assert_eq!(of("B").1, "'+31 6 1234");
    assert_eq!(of("C").0, "-5.5", "a plain number is no formula");
    assert_eq!(
        of("C").1,
        "'=1+1",
        "reading takes exactly one ' off, and writing puts it back"
    );
    assert_eq!(
        of("E").0,
        "two\nlines;'=1",
        "a part after ; may become a cell of its own"
    );
}

#[test]
fn csv_carries_no_control_and_no_bidi_characters_and_reads_back_as_it_was() {
    let contacts = "[{\"contact_id\":\"A\",\"name\":\"\\u0090\\u009b\\u202e=1\"},\
        {\"contact_id\":\"B\",\"name\":\"\\\\u{1b}\",\"budget\":1}]";
    let scene = Scene::small().with("contacts.csv", contacts);
    for format in ["csv", "tsv"] {
        let found = scene.score(&format!("--format {format}")).output();
        let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{202e}';
        assert!(!found.contains(acts), "{found:?}");
        assert!(found.contains(r"\u{90}\u{9b}\u{202e}=1"), "{found}");
        assert!(found.contains(r"\u{5c}u{1b}"), "{found}");
    }
    let raw = scene.score("--csv-escape none").output();
    assert!(raw.contains("\u{90}\u{9b}\u{202e}=1"), "{raw:?}");
    assert!(raw.contains(r",\u{1b},"), "{raw}");
}

#[test]
fn defusing_can_be_left_out_for_programs() {
    let run = scene().score("--csv-escape none");
    assert!(!run.stderr.contains("cells got"), "{}", run.stderr);
    assert!(run.output().contains(",-5 apples,+31 6 1234,"));
}

#[test]
fn tsv_is_defused_like_csv() {
    let found = scene().score("--format tsv").output();
    assert!(found.contains("\t'-5 apples\t'+31 6 1234\t"), "{found}");
}

#[test]
fn json_carries_the_cells_as_they_are() {
    let found = scene().score("--format ndjson").output();
    assert!(
        found.contains(r#""name":"-5 apples","email":"+31 6 1234""#),
        "{found}"
    );
}

#[test]
fn what_people_read_carries_no_control_and_no_bidi_characters() {
    let scene = scene();
    for arguments in ["--format table --color never", "--format markdown"] {
        let found = scene.score(arguments).output();
        let invisible = |c: char| {
            c != '\n'
                && (c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        };
        assert!(!found.contains(invisible), "{found:?}");
        assert!(
            found.contains("u{202e}"),
            "what was there is shown: {found}"
        );
    }
    let run = scene.run("explain D contacts.csv -e events.csv -m model.toml --as-of 2026-11-01");
    assert!(!run.output().contains('\u{202e}'));
}

#[test]
fn markdown_cells_stay_cells() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,name,budget\nA,\"x | <b>y</b> *z*\",1\n",
    );
    let found = scene.score("--format markdown").output();
    let row = found.lines().nth(2).expect("a row");
    assert!(row.contains(r"x \| "), "{row}");
    assert!(!row.contains("<b>"), "{row}");
}

#[test]
fn escape_sequences_in_an_export_are_refused_and_not_repeated() {
    let scene = Scene::small();
    scene.write(
        "contacts.csv",
        "contact_id,name,budget\nA,\u{1b}[31mred,1\n",
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("contacts.csv:2: control_char, column \"name\""),
        "{refusal}"
    );
    assert!(!refusal.contains('\u{1b}'), "{refusal:?}");
}

#[test]
fn a_header_with_an_escape_sequence_is_not_repeated_either() {
    let scene = Scene::small();
    scene.write("contacts.csv", "contact_id,\u{1b}]0;owned\u{7}name\nA,1\n");
    let run = scene.score("");
    assert_eq!(run.code, 65);
    assert!(
        !run.stderr.contains(['\u{1b}', '\u{7}']),
        "{:?}",
        run.stderr
    );
}

/// What acts on a terminal or its reader, line feeds aside.
fn acts(text: &str) -> bool {
    text.contains(|c: char| {
        c != '\n'
            && (c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
    })
}

#[test]
fn nothing_that_acts_on_a_terminal_reaches_standard_error_from_names_headers_or_arguments() {
    let nasty = "\u{1b}[31m\u{9b}1m\u{202e}\u{200b}\u{7f}\nerror: forged\r";
    let scene = Scene::small()
        .with(&format!("{nasty}.csv"), CONTACTS)
        .with(&format!("{nasty}-rows.csv"), "contact_id,budget\nA\n")
        .with("headers.csv", format!("contact_id,\"{nasty}\",budget,budget\nA,1,1,1\n"))
        .with("cells.csv", format!("contact_id,\"b{nasty}\",budget\nA,\"x\"y,1\n"))
        .with("keys.json", "[{\"contact_id\":\"A\",\"b\\u001b\\u202e\\u009b\\n\":1}]")
        .with("kinds.csv", "contact_id,event,timestamp\nA,k\u{9b}1m\u{202e},2026-10-30\n")
        .with("model-of-names.toml", format!("name = \"M\"\n[[rules]]\nname = \"x\"\nwhen = 'a\u{202e}\u{200b} = 1'\npoints = {:?}\n", "\u{9b}"));
    let run = |arguments: &[&str]| {
        let mut command = scene.command("");
        command.args(arguments);
        outcome(&mut command, b"")
    };
    let file = format!("{nasty}.csv");
    let rows = format!("{nasty}-rows.csv");
    for (arguments, code) in [
        (&["score", &rows, "-m", "model.toml"] as &[&str], 65),
        (&["score", "headers.csv", "-m", "model.toml"], 65),
        (&["score", "cells.csv", "-m", "model.toml"], 65),
        (&["score", "keys.json", "-m", "model.toml"], 65),
        (&["score", "contacts.csv", "-m", "model-of-names.toml"], 78),
        (&["score", "contacts.csv", "-m", nasty], 66),
        (&["score", nasty], 66),
        (
            &[
                "score",
                "contacts.csv",
                "-e",
                "kinds.csv",
                "-m",
                "model.toml",
                "-q",
            ],
            0,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-e",
                "kinds.csv",
                "-m",
                "model.toml",
            ],
            0,
        ),
        (
            &[
                "score",
                &file,
                "-m",
                "model.toml",
                "-o",
                &format!("{nasty}.txt"),
            ],
            0,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-m",
                "model.toml",
                "--temperature",
                nasty,
            ],
            2,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-m",
                "model.toml",
                "--columns",
                nasty,
            ],
            2,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-m",
                "model.toml",
                "--format",
                nasty,
            ],
            2,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-m",
                "model.toml",
                "--as-of",
                nasty,
            ],
            2,
        ),
        (
            &[
                "score",
                "contacts.csv",
                "-m",
                "model.toml",
                "-o",
                &format!("no/{nasty}.csv"),
            ],
            73,
        ),
        (&["score", "contacts.csv", &format!("--{nasty}")], 2),
        (&[nasty], 2),
        (&["explain", nasty, "contacts.csv", "-m", "model.toml"], 2),
        (&["init", "--template", nasty], 2),
    ] {
        let found = run(arguments);
        assert_eq!(found.code, code, "{arguments:?}: {}", found.stderr);
        assert!(!acts(&found.stderr), "{arguments:?}: {:?}", found.stderr);
        let is_forged = found
            .stderr
            .lines()
            .any(|line| line.starts_with("error: forged"));
        assert!(!is_forged, "{arguments:?}: {}", found.stderr);
    }
}

#[test]
fn json_writes_what_is_not_seen_as_escapes() {
    let scene = scene();
    for arguments in ["--format json", "--format ndjson"] {
        let found = scene.score(arguments).output();
        assert!(!acts(&found), "{found:?}");
        assert!(found.contains(r#""name":"a\u202eb\u200b""#), "{found}");
    }
    let run = scene
        .run("explain D contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 --format json");
    let found = run.output();
    assert!(
        !acts(&found) && found.contains(r"a\u202eb\u200b"),
        "{found:?}"
    );
}
