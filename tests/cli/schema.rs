//! `hotlist schema`.

use std::fs;
use std::path::Path;

use crate::scene::{Scene, outcome};

#[test]
fn the_schema_is_printed_as_it_stands_in_the_documents() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model.schema.json");
    let printed = Scene::empty().run("schema").output();
    assert_eq!(printed, fs::read_to_string(path).expect("it is there"));
}

#[test]
fn a_reader_that_is_gone_already_is_no_error_to_what_only_prints() {
    let scene = Scene::empty();
    for arguments in ["schema", "completions bash", "man", "man score"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = scene.command(arguments);
        let run = outcome(command.stdout(writer), b"");
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments}");
    }
}

#[test]
fn the_schema_takes_no_files() {
    let refusal = Scene::empty().run("schema model.toml").refusal(2);
    assert!(refusal.contains("model.toml"), "{refusal}");
}
