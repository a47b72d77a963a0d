//! The file of `--rejects` beside everything else that a run reads and writes: it replaces nothing, tells nobody's name
//! where names are hidden, and what goes wrong with it hides no refusal.

use crate::scene::{Scene, outcome};

/// A key that pseudonyms can be made by.
const KEY: &str = "a key of more than sixteen bytes\n";

/// Contacts of which the second is no row.
const BAD: &str = "contact_id,name,email,budget\nA,Anna,anna@example.com,1\nB,too,few\n";

#[test]
fn it_replaces_neither_the_key_nor_the_list_of_before() {
    let scene = Scene::small().with("key", KEY);
    assert_eq!(scene.score("-o before.csv").code, 0);
    let before = scene.read("before.csv");
    let refusal = scene
        .score("--previous before.csv --rejects before.csv")
        .refusal(2);
    assert!(
        refusal.contains("the output before.csv would replace the input before.csv"),
        "{refusal}"
    );
    assert_eq!(scene.read("before.csv"), before);
    // The next list may.
    let run = scene.score("--previous before.csv -o before.csv --rejects rejects.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    for command in ["score", "explain A"] {
        let run = scene.run(&format!(
            "{command} contacts.csv -e events.csv -m model.toml --pseudonymize key --rejects key"
        ));
        run.refusal(2);
        assert_eq!(scene.read("key"), KEY);
    }
}

#[test]
fn rows_are_not_written_whole_beside_a_list_without_names() {
    let scene = Scene::small().with("key", KEY).with("contacts.csv", BAD);
    let refusal = scene
        .score("--pseudonymize key --rejects rejects.csv")
        .refusal(2);
    assert!(
        refusal.starts_with(
            "error[rejects-with-names]: --rejects writes whole rows, names included, and --pseudonymize is to hide names\n"
        ),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: mend the rows first, without --pseudonymize"),
        "{refusal}"
    );
    assert!(!scene.path("rejects.csv").exists());
}

#[test]
fn it_is_none_of_the_files_that_a_list_is_split_into() {
    let scene = Scene::small().with("ranked-hot.csv", "yesterday's\n");
    let refusal = scene
        .score("--split-by temperature -o ranked.csv --rejects ranked-hot.csv")
        .refusal(2);
    assert!(
        refusal.contains("the output ranked-hot.csv is the rejects file too"),
        "{refusal}"
    );
    assert_eq!(scene.read("ranked-hot.csv"), "yesterday's\n");
    // An owner is not known before the export is read.
    scene.write(
        "contacts.csv",
        "contact_id,owner,budget\nA,Anna,1\nB,Rejects,1\n",
    );
    let refusal = scene
        .score("--split-by owner -o ranked.csv --rejects ranked-rejects.csv")
        .refusal(2);
    assert!(refusal.contains("ranked-rejects.csv"), "{refusal}");
    let files = scene.files();
    assert!(
        !files.iter().any(|name| name.contains("rejects")),
        "{files:?}"
    );
}

#[test]
fn a_normalized_export_and_its_rejects_are_two_files() {
    let scene = Scene::small().with("out.csv", "yesterday's\n");
    for rejects in ["out.csv", "./out.csv"] {
        let refusal = scene
            .run(&format!(
                "normalize contacts.csv -o out.csv --rejects {rejects}"
            ))
            .refusal(2);
        assert!(
            refusal.contains("the output out.csv is the rejects file too"),
            "{refusal}"
        );
        assert_eq!(scene.read("out.csv"), "yesterday's\n");
    }
}

#[test]
fn a_rejects_file_that_cannot_be_written_does_not_hide_the_refusal_of_the_rows() {
    let scene = Scene::small().with("contacts.csv", BAD);
    for command in [
        "score contacts.csv -m model.toml",
        "normalize contacts.csv -o out.csv",
    ] {
        let refusal = scene
            .run(&format!("{command} --rejects /dev/full"))
            .refusal(65);
        assert!(
            refusal.starts_with("error[bad-rows]: a row cannot be read\n"),
            "{refusal}"
        );
        assert!(
            refusal.contains(
                "error[write-failed]: cannot write `/dev/full`: No space left on device\n"
            ),
            "{refusal}"
        );
    }
    let out = "normalize contacts.csv --max-bad-rows 1 -o out.csv --rejects /dev/full";
    scene.run(out).refusal(74);
    assert!(!scene.path("out.csv").exists());
}

#[test]
fn where_rows_cannot_wait_the_temporary_file_is_to_blame() {
    let scene = Scene::small();
    let line = "score contacts.csv -m model.toml --rejects rejects.csv";
    let mut command = scene.command(line);
    command.env("TMPDIR", scene.path("none"));
    let refusal = outcome(&mut command, b"").refusal(74);
    assert!(
        refusal.starts_with(
            "error[no-temporary-file]: rows that cannot be read cannot be kept in a temporary file: "
        ),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: say where there is room in TMPDIR, or leave out --rejects\n"),
        "{refusal}"
    );
}
