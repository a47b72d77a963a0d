//! Same inputs, model and as-of: the same bytes, whatever the order of rows, the threads, the format of the inputs, the
//! time zone of the machine or its language.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::scene::{Outcome, Scene, column, outcome};

const SAMPLE: &str = "score contacts.csv -e events.csv --as-of 2026-11-01";

/// The rows of a CSV text in another order, below the same header.
fn shuffled(csv: &str, seed: u64) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(reader.headers().expect("a header"))
        .expect("written");
    let mut rows: Vec<csv::StringRecord> =
        reader.records().map(|row| row.expect("a row")).collect();
    // Fisher and Yates, by a small generator: the order matters only in that it is another one.
    let mut state = seed;
    for last in (1..rows.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).expect("it fits") % (last + 1);
        rows.swap(last, other);
    }
    for row in rows {
        writer.write_record(&row).expect("written");
    }
    String::from_utf8(writer.into_inner().expect("flushed")).expect("UTF-8")
}

fn json(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("an array")
}

#[test]
fn several_outputs_hold_the_same_leads_in_the_same_order() {
    let scene = Scene::sample();
    let run = scene.run(&format!(
        "{SAMPLE} -o ranked.csv -o ranked.json -o ranked.tsv -o ranked.ndjson -o ranked.md -o ranked.txt -o ranked.html"
    ));
    assert_eq!(run.output(), "");
    let ids = column(&scene.read("ranked.csv"), "contact_id");
    assert_eq!(ids.len(), 485);
    let of = |value: &Value| value["contact_id"].as_str().expect("an id").to_owned();
    assert_eq!(
        json(&scene.read("ranked.json"))
            .iter()
            .map(of)
            .collect::<Vec<_>>(),
        ids
    );
    let ndjson = scene.read("ranked.ndjson");
    let lines = ndjson
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"));
    assert_eq!(lines.map(|lead: Value| of(&lead)).collect::<Vec<_>>(), ids);
    let tsv = scene.read("ranked.tsv");
    let tsv = tsv
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(1).expect("an id").to_owned());
    assert_eq!(tsv.collect::<Vec<_>>(), ids);
    for name in ["ranked.md", "ranked.txt", "ranked.html"] {
        let text = scene.read(name);
        let mut rest = text.as_str();
        for id in &ids {
            let at = rest.find(id.as_str());
            let at = at.unwrap_or_else(|| panic!("{id} is not in {name} or stands too early"));
            rest = &rest[at + id.len()..];
        }
    }
}

#[test]
fn json_says_what_csv_says() {
    let scene = Scene::sample();
    let csv = scene.run(&format!("{SAMPLE} --csv-escape none")).output();
    let json = json(&scene.run(&format!("{SAMPLE} --format json")).output());
    for name in [
        "rank",
        "score",
        "name",
        "email",
        "owner",
        "source",
        "temperature",
        "tag",
        "last_event",
    ] {
        let cells = column(&csv, name);
        assert_eq!(cells.len(), json.len());
        for (cell, lead) in cells.iter().zip(&json) {
            let value = match &lead[name] {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(cell, &value, "{name} in {lead}");
        }
    }
    for (cell, lead) in column(&csv, "checklist").iter().zip(&json) {
        let items = lead["checklist"].as_object().expect("an object");
        let words = |met: &Value| {
            if met == &Value::Bool(true) {
                "yes"
            } else {
                "no"
            }
        };
        let said: Vec<String> = items
            .iter()
            .map(|(k, v)| format!("{k}={}", words(v)))
            .collect();
        let mut said_by_csv: Vec<&str> = cell.split("; ").collect();
        let mut said: Vec<&str> = said.iter().map(String::as_str).collect();
        said.sort_unstable();
        said_by_csv.sort_unstable();
        assert_eq!(said_by_csv, said);
    }
}

#[test]
fn every_ledger_sums_to_its_score() {
    let scene = Scene::sample();
    let leads = json(&scene.run(&format!("{SAMPLE} --format json")).output());
    assert_eq!(leads.len(), 485);
    for lead in leads {
        let ledger = lead["ledger"].as_array().expect("a ledger");
        assert!(!ledger.is_empty() || lead["score"] == 0, "{lead}");
        let sum: i64 = ledger
            .iter()
            .map(|entry| thousandths(&entry["points"]))
            .sum();
        assert_eq!(sum, thousandths(&lead["score"]), "{lead}");
        for entry in ledger {
            let kinds = ["rule", "group", "score"]
                .iter()
                .filter(|kind| !entry[**kind].is_null());
            assert_eq!(kinds.count(), 1, "{entry}");
            assert!(entry["label"].is_string(), "{entry}");
        }
    }
}

/// A number of the JSON output, exactly: its digits are read, not its binary fraction.
fn thousandths(number: &Value) -> i64 {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{decimals:0<3}");
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{text} is no number of points"))
}

/// The same without the lines of the summary that name files.
fn without_files(mut outcome: Outcome) -> Outcome {
    let lines = outcome.stderr.lines();
    let others = lines.filter(|line| !line.starts_with("preset "));
    outcome.stderr = others.collect::<Vec<&str>>().join("\n");
    outcome
}

#[test]
fn rows_in_another_order_give_the_same_bytes() {
    let scene = Scene::sample();
    let wanted = without_files(scene.run(SAMPLE));
    for seed in [1, 2] {
        scene.write("c.csv", shuffled(&scene.read("contacts.csv"), seed));
        scene.write("e.csv", shuffled(&scene.read("events.csv"), seed));
        assert_ne!(scene.read("c.csv"), scene.read("contacts.csv"));
        let run = scene.run("score c.csv -e e.csv --as-of 2026-11-01");
        assert_eq!(without_files(run), wanted);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let scene = Scene::sample();
    let wanted = scene.run(&format!("{SAMPLE} --threads 1 --format json"));
    for threads in [2, 3, 8] {
        let run = scene.run(&format!("{SAMPLE} --threads {threads} --format json"));
        assert!(run == wanted, "{threads} threads differ");
    }
}

#[test]
fn any_number_of_threads_writes_the_same_list_of_thousands() {
    // Many leads are alike but for their ids, whose order in the export is none.
    let rows = (0..9_000_u32).map(|number| {
        let id = number.wrapping_mul(2_654_435_761);
        format!("{id:010},=Lead {number},{}\n", number % 7)
    });
    let contacts: String = std::iter::once("contact_id,name,points\n".to_owned())
        .chain(rows)
        .collect();
    let model = "[[rules]]\nname = \"Points\"\ncolumn = \"points\"\npoints = 2.5\n";
    let scene = Scene::empty()
        .with("contacts.csv", contacts)
        .with("model.toml", model);
    for format in ["csv", "json", "ndjson", "markdown"] {
        let score = "score contacts.csv -m model.toml --as-of 2026-11-01 --format";
        let wanted = scene.run(&format!("{score} {format} --threads 1"));
        assert_eq!(wanted.code, 0, "{}", wanted.stderr);
        let run = scene.run(&format!("{score} {format} --threads 3"));
        assert!(run == wanted, "{format} differs");
        if format == "csv" {
            let list = run.output();
            let ids = column(&list, "contact_id");
            let order = column(&list, "score").into_iter().zip(ids);
            let order: Vec<(i64, String)> = order
                .map(|(score, id)| (-score.parse::<i64>().expect("whole"), id))
                .collect();
            assert_eq!(order.len(), 9_000);
            assert!(order.is_sorted());
        }
    }
}

#[test]
fn the_json_exports_give_the_ranking_of_the_csv_exports() {
    let scene = Scene::sample();
    let csv = scene.run(SAMPLE).output();
    let json = scene
        .run("score contacts.json -e events.json --as-of 2026-11-01")
        .output();
    assert_eq!(json, csv);
}

#[test]
fn several_files_are_one_input() {
    let scene = Scene::sample();
    for (name, first, second) in [
        ("contacts.csv", "c1.csv", "c2.csv"),
        ("events.csv", "e1.csv", "e2.csv"),
    ] {
        let text = scene.read(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut halves = [first, second].map(|_| csv::Writer::from_writer(Vec::new()));
        for half in &mut halves {
            half.write_record(reader.headers().expect("a header"))
                .expect("written");
        }
        for (index, row) in reader.records().enumerate() {
            halves[index % 2]
                .write_record(&row.expect("a row"))
                .expect("written");
        }
        let [one, two] = halves.map(|half| half.into_inner().expect("flushed"));
        scene.write(first, one);
        scene.write(second, two);
    }
    let wanted = without_files(scene.run(SAMPLE));
    assert_eq!(
        without_files(scene.run("score c1.csv c2.csv -e e1.csv e2.csv --as-of 2026-11-01")),
        wanted
    );
    assert_eq!(
        without_files(scene.run("score c2.csv c1.csv -e e2.csv -e e1.csv --as-of 2026-11-01")),
        wanted
    );
}

#[test]
fn columns_of_several_files_are_matched_by_name() {
    let scene = Scene::small()
        .with(
            "one.csv",
            "contact_id,name,budget,email\nA,Anna,200000,anna@example.com\n",
        )
        .with(
            "two.csv",
            "email;budget;contact_id;name\nbram@example.com;100;B;Bram\n",
        )
        .with(
            "three.csv",
            "contact_id,name,email,budget\nC,Carla,carla@example.com,\n",
        );
    let wanted = scene.score("").output();
    let found =
        scene.run("score one.csv two.csv three.csv -e events.csv -m model.toml --as-of 2026-11-01");
    assert_eq!(found.output(), wanted);
}

#[test]
fn time_zone_language_and_home_of_the_machine_change_nothing() {
    let scene = Scene::sample();
    let wanted = scene.run(&format!("{SAMPLE} --format table"));
    let surroundings: [&[(&str, &str)]; 4] = [
        &[
            ("TZ", "Asia/Tokyo"),
            ("LANG", "de_DE.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
        ],
        &[("TZ", "America/St_Johns"), ("LC_NUMERIC", "nl_NL")],
        &[
            ("TZ", "nonsense"),
            ("HOME", "/nonexistent"),
            ("TERM", "xterm-256color"),
        ],
        &[("COLUMNS", "40"), ("LANG", "C")],
    ];
    for variables in surroundings {
        let mut command = scene.command(&format!("{SAMPLE} --format table"));
        command.envs(variables.iter().copied());
        assert_eq!(outcome(&mut command, b""), wanted, "{variables:?}");
    }
}

#[test]
fn the_model_in_the_environment_is_the_model_of_the_flag() {
    let scene = Scene::small();
    let wanted = scene.score("");
    let mut command = scene.command("score contacts.csv -e events.csv --as-of 2026-11-01");
    command.env("HOTLIST_MODEL", "model.toml");
    assert_eq!(outcome(&mut command, b""), wanted);
}

#[test]
fn the_order_is_score_then_newest_event_then_id() {
    let scene = Scene::small()
        .with("contacts.csv", "contact_id,budget\nb,\na,\nB,\nd,\nc,200000\ne,\n")
        .with(
            "events.csv",
            "contact_id,event,timestamp\nd,anything,2026-10-01 10:00\ne,anything,2026-10-02 10:00\n",
        );
    let found = scene.score("").output();
    let ids: BTreeMap<String, String> = column(&found, "rank")
        .into_iter()
        .zip(column(&found, "contact_id"))
        .collect();
    let ids: Vec<String> = ids.into_values().collect();
    assert_eq!(ids, ["c", "e", "d", "B", "a", "b"]);
}
