//! What goes wrong around a run: it is killed, the disk is full, the reader leaves, others write the same file. Whatever
//! happens, an output holds the whole old list or the whole new one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::scene::{Scene, outcome};

const FORMATS: [&str; 8] = [
    "table", "csv", "tsv", "json", "ndjson", "markdown", "html", "xlsx",
];

/// Contacts and events that keep a run busy for a moment.
fn busy() -> Scene {
    let scene = Scene::small();
    let contacts: Vec<String> = (0..3_000)
        .map(|n| format!("c{n},Name {n},n{n}@example.com,{n}\n"))
        .collect();
    let events: Vec<String> = (0..12_000)
        .map(|n| {
            format!(
                "c{},email_open,2026-10-{:02} 10:00\n",
                n % 3_000,
                1 + n % 30
            )
        })
        .collect();
    scene.write(
        "contacts.csv",
        format!("contact_id,name,email,budget\n{}", contacts.concat()),
    );
    scene.write(
        "events.csv",
        format!("contact_id,event,timestamp\n{}", events.concat()),
    );
    scene
}

const SCORE: &str = "score contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 -q";

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_each_output_old_or_new_and_whole() {
    let scene = busy();
    assert_eq!(
        scene.run(&format!("{SCORE} -o new.csv -o new.xlsx")).code,
        0
    );
    let new = ["csv", "xlsx"]
        .map(|ending| fs::read(scene.path(&format!("new.{ending}"))).expect("there"));
    let old = b"the old list, which is longer than nothing\n";
    // A generator of numbers that looks random and is the same every time.
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for turn in 0..15 {
        for ending in ["csv", "xlsx"] {
            scene.write(&format!("ranked.{ending}"), old);
        }
        let mut child = scene
            .command(&format!("{SCORE} -o ranked.csv -o ranked.xlsx"))
            .spawn()
            .expect("the command starts");
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        thread::sleep(Duration::from_micros((state >> 33) % 120_000));
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("it ends");
        for (ending, new) in ["csv", "xlsx"].iter().zip(&new) {
            let found = fs::read(scene.path(&format!("ranked.{ending}"))).expect("there");
            assert!(
                found == old || found == *new,
                "turn {turn}, {ending}: {} bytes",
                found.len()
            );
        }
    }
    // What killed runs left is in nobody's way.
    assert_eq!(scene.run(&format!("{SCORE} -o ranked.csv")).code, 0);
    assert_eq!(fs::read(scene.path("ranked.csv")).expect("there"), new[0]);
}

#[test]
fn a_run_that_is_told_to_end_at_any_moment_leaves_all_outputs_old_or_all_new_and_no_temporary() {
    let scene = busy();
    // A row that is left out.
    let mut contacts = scene.read("contacts.csv");
    contacts.push_str("too,few\n");
    scene.write("contacts.csv", contacts);
    let score = format!("{SCORE} --max-bad-rows 1 --rejects rejects.csv");
    assert_eq!(
        scene.run(&format!("{score} -o new.csv -o new.xlsx")).code,
        0
    );
    let rejects = fs::read(scene.path("rejects.csv")).expect("there");
    let new = ["csv", "xlsx"]
        .map(|ending| fs::read(scene.path(&format!("new.{ending}"))).expect("there"));
    let old = b"the old list";
    for turn in 0..20 {
        for name in ["ranked.csv", "ranked.xlsx", "rejects.csv"] {
            scene.write(name, old);
        }
        let before = scene.files();
        let mut child = scene
            .command(&format!("{score} -o ranked.csv -o ranked.xlsx"))
            .spawn()
            .expect("the command starts");
        thread::sleep(Duration::from_millis(turn * 25));
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).output();
        sent.expect("kill runs");
        child.wait().expect("it ends");
        assert_eq!(scene.files(), before, "turn {turn}");
        let found = ["csv", "xlsx"]
            .map(|ending| fs::read(scene.path(&format!("ranked.{ending}"))).expect("there"));
        let are_old = found.iter().all(|list| list == old);
        assert!(are_old || found == new, "turn {turn}");
        let found = fs::read(scene.path("rejects.csv")).expect("there");
        assert!(found == rejects || (are_old && found == old), "turn {turn}");
    }
}

#[test]
fn a_full_disk_is_74_in_every_format_by_name_and_as_standard_output() {
    let scene = Scene::small();
    for format in FORMATS {
        let refusal = scene
            .score(&format!("-q --format {format} -o /dev/full"))
            .refusal(74);
        assert_eq!(
            refusal,
            "error[write-failed]: cannot write `/dev/full`: No space left on device\n"
        );
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let mut command = scene.command(&format!("{SCORE} --format {format}"));
        command.stdout(full.expect("the device"));
        let run = outcome(&mut command, b"");
        assert_eq!(run.code, 74, "{format}: {}", run.stderr);
        assert!(run.stderr.contains("standard output"), "{}", run.stderr);
    }
}

#[test]
fn a_pipe_that_is_closed_at_once_is_no_failure_in_any_format_and_files_are_still_written() {
    let scene = busy();
    assert_eq!(scene.run(&format!("{SCORE} -o wanted.csv")).code, 0);
    for format in FORMATS {
        let mut child = scene
            .command(&format!("{SCORE} --format {format} -o - -o ranked.out"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        let written = fs::read(scene.path("ranked.out")).expect("written all the same");
        assert!(!written.is_empty(), "{format}");
        if format == "csv" {
            assert_eq!(written, fs::read(scene.path("wanted.csv")).expect("there"));
        }
    }
}

#[test]
fn of_three_runs_that_write_one_file_at_once_one_is_there_whole() {
    let scene = busy();
    let columns = ["rank,contact_id", "contact_id,score", "rank,score,email"];
    let wanted = columns.map(|columns| scene.run(&format!("{SCORE} --columns {columns}")).output());
    for _ in 0..3 {
        let children = columns.map(|columns| {
            scene
                .command(&format!("{SCORE} --columns {columns} -o ranked.csv"))
                .spawn()
                .expect("the command starts")
        });
        for mut child in children {
            assert_eq!(child.wait().expect("it ends").code(), Some(0));
        }
        assert!(wanted.contains(&scene.read("ranked.csv")));
        assert!(scene.files().iter().all(|name| !name.contains(".hotlist-")));
    }
}

#[test]
fn a_folder_that_takes_no_files_is_73_and_the_file_in_it_stays() {
    let scene = Scene::small();
    // Not even an administrator makes files here.
    let refusal = scene.score("-o /proc/ranked.csv").refusal(73);
    assert!(
        refusal.starts_with("error[cannot-create]: cannot create `/proc/ranked.csv`"),
        "{refusal}"
    );
    let folder = scene.path("closed");
    fs::create_dir(&folder).expect("created");
    scene.write("closed/ranked.csv", "old\n");
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("set");
    set(0o555);
    let is_closed = fs::write(folder.join("try"), "").is_err();
    let run = scene.score("-o closed/ranked.csv");
    set(0o755);
    if is_closed {
        assert_eq!(run.code, 73, "{}", run.stderr);
        assert_eq!(scene.read("closed/ranked.csv"), "old\n");
    }
}
