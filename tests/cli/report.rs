//! `hotlist report`: what the leads of a run say together.

use serde_json::Value;

use crate::scene::{Scene, column};

const REPORTS: [&str; 6] = [
    "overview", "channels", "owners", "response", "quality", "rules",
];

/// A model with an outcome, answers and a check of its own.
const MODEL: &str = "\
[contacts]
blank = [\"-\"]
[signals]
opens   = { event = \"email_open\", within = \"30 days\" }
bounces = { event = \"bounce\" }
[[rules]]
name = \"Opens\"
signal = \"opens\"
points = 20
max = 60
[[rules]]
name = \"Budget\"
when = \"budget >= 100\"
points = 50
[[rules]]
name = \"Never\"
when = \"budget = -1\"
points = 5
[stages]
MQL = \"score >= 50\"
SQL = \"score >= 70\"
[outcome]
won = \"status = 'Won'\"
lost = \"status = 'Lost'\"
value = \"price\"
days = \"days_since(created) - days_since(closed)\"
[answers]
from = \"inquiry\"
to = \"call\"
[quality]
bounced = { when = \"bounces >= 1\", label = \"Mail bounces\" }
";

const CONTACTS: &str = "\
contact_id,first_name,last_name,email,phone,source,owner,budget,status,price,created,closed
A,Ana,Cruz,ana@mail.example,+34 600 555 001,Portal,tom,500,Won,1000,2026-09-01,2026-10-01
B,Bo,Dahl,bo@mail.example,,Portal,tom,500,,,2026-10-01,
C,Cy,Evans,not an address,0034600555001,Fair,eva,-,Lost,,2026-10-01,2026-10-20
D,Ana,Cruz,ANA+news@mail.example,,Fair,eva,10,,,2026-10-01,
E,Eli,Fox,,,,,10,,,2026-10-01,
";

const EVENTS: &str = "\
contact_id,event,timestamp
A,email_open,2026-10-30 10:00
A,inquiry,2026-10-30 10:00
A,call,2026-10-30 10:20
B,email_open,2026-10-29 10:00
B,email_open,2026-10-30 10:00
B,inquiry,2026-10-31 23:00
C,bounce,2026-10-30 10:00
C,email_open,2026-05-01 10:00
D,visit,2026-10-30 10:00
Z,visit,2026-10-30 10:00
";

fn scene() -> Scene {
    Scene::empty()
        .with("model.toml", MODEL)
        .with("contacts.csv", CONTACTS)
        .with("events.csv", EVENTS)
}

const INPUTS: &str = "contacts.csv -e events.csv -m model.toml --as-of 2026-11-01";

#[track_caller]
fn report(scene: &Scene, what: &str, more: &str) -> String {
    let run = scene.run(&format!("report {what} {INPUTS} {more}"));
    assert_eq!(run.code, 0, "{what} {more}: {}", run.stderr);
    run.output()
}

#[track_caller]
fn json(scene: &Scene, what: &str, more: &str) -> Value {
    let text = report(scene, what, &format!("--format json {more}"));
    serde_json::from_str(&text).expect("JSON")
}

/// The row of a table whose column has a value.
#[track_caller]
fn row<'j>(report: &'j Value, table: &str, column: &str, value: &str) -> &'j Value {
    let rows = report["tables"][table].as_array().expect("a table");
    let found = rows.iter().find(|row| row[column] == value);
    found.unwrap_or_else(|| panic!("no {column} {value} in {rows:?}"))
}

#[test]
fn every_report_is_written_in_every_format() {
    let scene = scene();
    for what in REPORTS {
        for format in ["table", "csv", "tsv", "json", "ndjson", "markdown"] {
            let text = report(&scene, what, &format!("--format {format}"));
            assert!(text.lines().count() > 1, "{what} {format}: {text}");
        }
        report(&scene, what, "-o report.xlsx -o report.md -o report.json");
        assert!(scene.read("report.md").starts_with("# "), "{what}");
        assert!(scene.read("report.json").starts_with('{'), "{what}");
    }
}

#[test]
fn the_bytes_are_the_same_whatever_the_threads_and_the_order_of_rows() {
    let scene = Scene::sample();
    let inputs = "-e events.csv --as-of 2026-11-01 -q --format json";
    let turned = |name: &str| {
        let text = scene.read(name);
        let (header, rows) = text.split_once('\n').expect("a header");
        // One cell has a line break, so that rows are turned whole by a reader that knows it.
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(rows.as_bytes());
        let mut rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row")).collect();
        rows.reverse();
        let mut writer = csv::Writer::from_writer(format!("{header}\n").into_bytes());
        for row in rows {
            writer.write_record(&row).expect("memory");
        }
        writer.into_inner().expect("memory")
    };
    scene.write("turned-contacts.csv", turned("contacts.csv"));
    scene.write("turned-events.csv", turned("events.csv"));
    for what in REPORTS {
        let one = scene.run(&format!("report {what} contacts.csv {inputs} --threads 1"));
        let three = scene.run(&format!("report {what} contacts.csv {inputs} --threads 3"));
        let inputs = inputs.replace("events.csv", "turned-events.csv");
        let turned = scene.run(&format!("report {what} turned-contacts.csv {inputs}"));
        let one = one.output();
        assert_eq!(one, three.output(), "{what}");
        assert_eq!(one, turned.output(), "{what}");
    }
}

#[test]
fn the_overview_counts_temperatures_stages_and_scores() {
    let overview = json(&scene(), "overview", "");
    // B has 90 points, A 70, D and E none, C none today.
    assert_eq!(
        row(&overview, "temperatures", "temperature", "hot")["leads"],
        1
    );
    assert_eq!(
        row(&overview, "temperatures", "temperature", "warm")["won"],
        1
    );
    let funnel: Vec<(&str, u64)> = overview["tables"]["funnel"]
        .as_array()
        .expect("a table")
        .iter()
        .map(|row| {
            (
                row["step"].as_str().unwrap_or(""),
                row["leads"].as_u64().unwrap_or(0),
            )
        })
        .collect();
    assert_eq!(funnel, [("leads", 5), ("MQL", 2), ("SQL", 2), ("won", 1)]);
    let highest = row(&overview, "scores", "scores", "90 to 100");
    assert_eq!(highest["leads"], 1);
    let notes = overview["notes"].to_string();
    for note in [
        "Of temperature hot and left alone: 1 lead",
        "Asked and got no answer yet: 1 lead",
        "Won: 1 of 5 leads, worth 1,000 in all",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
}

#[test]
fn who_was_won_has_passed_every_stage_however_few_points_are_left() {
    let scene = scene().with(
        "contacts.csv",
        CONTACTS.replace("eva,10,,,2026-10-01,\nE", "eva,10,Won,,,\nE"),
    );
    let overview = json(&scene, "overview", "");
    assert_eq!(row(&overview, "funnel", "step", "SQL")["leads"], 3);
}

#[test]
fn rules_say_what_they_gave_to_how_many_and_their_shares_sum_to_one() {
    let rules = json(&scene(), "rules", "");
    let opens = row(&rules, "rules", "rule", "opens");
    assert_eq!((&opens["leads"], &opens["points"]), (&2.into(), &60.into()));
    assert_eq!(opens["mean"], 30);
    let budget = row(&rules, "rules", "rule", "budget");
    assert_eq!(
        (&budget["won_with"], &budget["won_without"]),
        (&0.5.into(), &0.into())
    );
    let shares = rules["tables"]["rules"].as_array().expect("a table").iter();
    let sum: f64 = shares
        .map(|row| row["explained"].as_f64().unwrap_or(0.0))
        .sum();
    assert!((sum - 1.0).abs() < 0.001, "{sum}");
    let notes = rules["notes"].to_string();
    assert!(notes.contains("Gave nothing to anybody: Never."), "{notes}");
}

#[test]
fn quality_finds_addresses_look_alikes_the_quiet_and_what_the_model_checks() {
    let quality = json(&scene(), "quality", "");
    let count = |check: &str| row(&quality, "checks", "check", check)["leads"].clone();
    for (check, leads) in [
        ("no_email", 1),
        ("invalid_email", 1),
        ("bounced", 1),
        ("look_alike", 3),
        ("no_event", 1),
        ("quiet", 0),
        ("faded", 2),
    ] {
        assert_eq!(count(check), leads, "{check}");
    }
    // A and D share a mailbox, A and C a telephone number.
    let alike = &quality["tables"]["look_alikes"][0];
    assert_eq!(alike["same"], "e-mail, name, phone");
    assert_eq!(alike["contact_ids"], "A; C; D");
    let blank = row(&quality, "blanks", "column", "budget");
    assert_eq!((&blank["blank"], &blank["share"]), (&1.into(), &0.2.into()));
    assert_eq!(
        row(&quality, "events", "events_are", "orphans")["events"],
        1
    );
    assert_eq!(row(&quality, "unused_types", "type", "visit")["events"], 1);
}

#[test]
fn a_lead_without_events_for_ninety_days_is_quiet() {
    let scene = scene().with(
        "events.csv",
        "contact_id,event,timestamp\nA,visit,2026-08-03 10:00\nB,visit,2026-08-04 10:00\n",
    );
    let quality = json(&scene, "quality", "");
    assert_eq!(row(&quality, "checks", "check", "quiet")["leads"], 1);
    assert_eq!(row(&quality, "checks", "check", "quiet")["examples"], "A");
}

#[test]
fn a_report_can_be_over_some_of_the_leads() {
    let overview = json(&scene(), "overview", "--where owner='tom'");
    assert_eq!(row(&overview, "funnel", "step", "leads")["leads"], 2);
}

#[test]
fn scores_need_none_of_the_columns_that_reports_look_at() {
    let scene = scene().with("contacts.csv", "contact_id,budget\nA,500\n");
    let score = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01 --columns score");
    assert_eq!(score.output(), "score\n50\n");
    let refusal = scene
        .run("report overview contacts.csv -m model.toml --as-of 2026-11-01")
        .refusal(65);
    assert!(refusal.contains("no column `status`"), "{refusal}");
}

#[test]
fn scores_are_the_same_in_a_report_as_in_the_list() {
    let scene = Scene::sample();
    let list = scene
        .run("score contacts.csv -e events.csv --as-of 2026-11-01 -q --format csv")
        .output();
    let hot = column(&list, "temperature");
    let hot = hot.iter().filter(|name| *name == "hot").count();
    let overview = scene
        .run("report overview contacts.csv -e events.csv --as-of 2026-11-01 -q --format json")
        .output();
    let overview: Value = serde_json::from_str(&overview).expect("JSON");
    let row = row(&overview, "temperatures", "temperature", "hot");
    assert_eq!(row["leads"], hot);
}

#[test]
fn reports_say_nobodys_name_where_the_run_shows_pseudonyms() {
    let scene = scene().with("key", "a key of more than sixteen bytes\n");
    for what in REPORTS {
        for format in ["table", "csv", "json", "markdown"] {
            for by in ["", "--by email", "--by contact_id", "--by last_name"] {
                let more = format!("--pseudonymize key --format {format} {by}");
                let text = report(&scene, what, &more).to_lowercase();
                for secret in ["mail.example", "cruz", "evans", "not an address"] {
                    assert!(!text.contains(secret), "{what} {format} {by}: {text}");
                }
            }
        }
    }
    let quality = json(&scene, "quality", "--pseudonymize key");
    let alike = &quality["tables"]["look_alikes"][0]["contact_ids"];
    let ids: Vec<&str> = alike.as_str().expect("ids").split("; ").collect();
    assert!(
        ids.len() == 3 && ids.iter().all(|id| id.len() > 10),
        "{ids:?}"
    );
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_defused() {
    let scene = scene().with("contacts.csv", CONTACTS.replace("Portal", "=1+1"));
    let text = report(&scene, "channels", "--format csv");
    assert!(text.contains("\n'=1+1,"), "{text}");
}

#[test]
fn one_table_of_a_report_can_be_picked() {
    let scene = scene();
    let text = report(&scene, "overview", "--format csv --table funnel");
    assert!(text.starts_with("step,leads,"), "{text}");
    let refusal = scene
        .run(&format!("report overview {INPUTS} --table funel"))
        .refusal(2);
    assert!(refusal.contains("did you mean `funnel`?"), "{refusal}");
}

#[test]
fn without_an_outcome_a_report_says_how_to_have_one() {
    let start = MODEL.find("[outcome]").expect("a section");
    let scene = scene().with("model.toml", &MODEL[..start]);
    let overview = json(&scene, "overview", "");
    let notes = overview["notes"].to_string();
    assert!(
        notes.contains("the model has to say it, such as [outcome] won"),
        "{notes}"
    );
    assert_eq!(
        overview["tables"]["funnel"].as_array().map(Vec::len),
        Some(3)
    );
    assert!(overview["tables"]["temperatures"][0].get("won").is_none());
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let scene = scene();
    let run = scene.run(&format!("report overview {INPUTS} -o contacts.csv"));
    run.refusal(2);
    assert_eq!(scene.read("contacts.csv"), CONTACTS);
}

#[test]
fn standard_input_is_read_once_whatever_it_is_for() {
    let scene = scene();
    let run = scene.run_fed("report channels - -m model.toml --spend -", CONTACTS);
    let refusal = run.refusal(2);
    assert!(
        refusal.contains("standard input can be read only once"),
        "{refusal}"
    );
}

#[test]
fn money_is_written_as_the_model_says_numbers_are() {
    let comma = MODEL.replace("[contacts]\n", "[contacts]\ndecimal = ','\n");
    let scene = scene()
        .with("model.toml", comma)
        .with("spend.csv", "source;spend\nPortal;1.234,50\n");
    let channels = json(&scene, "channels", "--spend spend.csv --skip 0");
    assert_eq!(
        row(&channels, "channels", "channel", "Portal")["spend"],
        1234.5
    );
}

#[test]
fn the_page_holds_every_report_the_movers_and_the_list() {
    let scene = scene();
    let inputs = INPUTS.replace("2026-11-01", "2026-10-29");
    scene
        .run(&format!("score {inputs} -o before.json"))
        .output();
    let run = scene.run(&format!(
        "report rules {INPUTS} --previous before.json --html page.html --format csv"
    ));
    assert!(run.stderr.contains("page.html"), "{}", run.stderr);
    assert!(run.output().starts_with("rule,name,"));
    let page = scene.read("page.html");
    for heading in [
        "Overview",
        "What changed from 2026-10-29 to 2026-11-01",
        "Channels by source",
        "Owners",
        "Response",
        "What the rules gave",
        "Quality of the data",
    ] {
        assert!(page.contains(&format!(">{heading}</h2>")), "{heading}");
    }
    assert!(page.contains("Ana Cruz") && page.ends_with("</html>\n"));
}

#[test]
fn the_page_is_none_of_the_inputs_and_none_of_the_other_outputs() {
    let scene = scene();
    for page in ["contacts.csv", "model.toml", "rules.csv"] {
        let run = scene.run(&format!("report rules {INPUTS} -o rules.csv --html {page}"));
        run.refusal(2);
    }
    assert_eq!(scene.read("contacts.csv"), CONTACTS);
}

#[test]
fn a_page_for_whoever_may_not_know_them_says_nobodys_name() {
    let scene = scene().with("key", "a key of more than sixteen bytes\n");
    report(&scene, "rules", "--pseudonymize key --html page.html");
    let page = scene.read("page.html").to_lowercase();
    for secret in ["mail.example", "cruz", "evans", "not an address"] {
        assert!(!page.contains(secret), "{secret}");
    }
}

#[test]
fn whoever_may_not_know_the_leads_learns_no_name_from_an_earlier_list() {
    let scene = scene().with("key", "a key of more than sixteen bytes\n");
    scene.run(&format!("score {INPUTS} -o before.csv")).output();
    report(
        &scene,
        "rules",
        "--pseudonymize key --previous before.csv --html page.html",
    );
    let page = scene.read("page.html").to_lowercase();
    for secret in ["mail.example", "cruz", "evans", "what changed"] {
        assert!(!page.contains(secret), "{secret}");
    }
    scene
        .run(&format!("score {INPUTS} --pseudonymize key -o before.csv"))
        .output();
    report(
        &scene,
        "rules",
        "--pseudonymize key --previous before.csv --html page.html",
    );
    assert!(scene.read("page.html").contains("What changed"));
}

#[test]
fn leads_that_were_not_asked_for_are_not_gone() {
    let scene = scene();
    scene
        .run(&format!("score {INPUTS} -o before.json"))
        .output();
    report(
        &scene,
        "rules",
        "--where owner='tom' --previous before.json --html page.html",
    );
    let page = scene.read("page.html");
    assert!(page.contains("Bo Dahl") && !page.contains("Cy Evans"));
}

#[test]
fn a_page_compares_with_a_list_that_can_be_read_twice() {
    let scene = scene();
    let run = scene.run_fed(
        &format!("report rules {INPUTS} --previous - --html page.html"),
        "contact_id,score,temperature\nA,1,cold\n",
    );
    assert!(run.refusal(2).contains("give `--previous` as a file"));
}

#[test]
fn spend_that_no_report_looks_at_is_said() {
    let scene = scene().with("spend.csv", "source,spend\nPortal,10\n");
    let run = scene.run(&format!("report rules {INPUTS} --spend spend.csv"));
    assert!(
        run.stderr.contains("--spend is for the report on channels"),
        "{}",
        run.stderr
    );
}

#[test]
fn when_a_lead_is_quiet_can_be_told() {
    let quality = json(&scene(), "quality", "--quiet-days 2");
    // A, C and D did something on 30 October, B on the day before the last.
    assert_eq!(row(&quality, "checks", "check", "quiet")["leads"], 3);
}

#[test]
fn one_owner_alone_is_compared_with_nobody() {
    let rows: Vec<String> = (0..60)
        .map(|n| {
            let status = if n % 2 == 0 { "Won" } else { "Lost" };
            format!("L{n},x,y,,,Portal,tom,{n},{status},1,,\n")
        })
        .collect();
    let rows = rows.concat();
    let header = CONTACTS.lines().next().expect("a header");
    let alone = scene().with("contacts.csv", format!("{header}\n{rows}"));
    let owners = json(&alone, "owners", "");
    assert_eq!(
        row(&owners, "owners", "owner", "tom")["verdict"],
        "too few to say"
    );
    let two = rows.replacen("tom", "eva", 30);
    let two = alone.with("contacts.csv", format!("{header}\n{two}"));
    let owners = json(&two, "owners", "");
    assert_eq!(
        row(&owners, "owners", "owner", "tom")["verdict"],
        "as expected"
    );
}

#[test]
fn where_the_score_tells_who_is_won_nothing_is_left_to_owners() {
    let rows: Vec<String> = (0..60)
        .map(|n| {
            let (budget, status) = if n % 2 == 0 {
                (500, "Won")
            } else {
                (1, "Lost")
            };
            let owner = if n < 30 { "tom" } else { "eva" };
            format!("L{n},x,y,,,Portal,{owner},{budget},{status},1,,\n")
        })
        .collect();
    let rows = rows.concat();
    let header = CONTACTS.lines().next().expect("a header");
    let scene = scene().with("contacts.csv", format!("{header}\n{rows}"));
    let owners = json(&scene, "owners", "");
    assert_eq!(
        row(&owners, "owners", "owner", "tom")["verdict"],
        "too few to say"
    );
}

#[test]
fn no_budget_is_moved_to_a_channel_whose_leads_had_more_time() {
    let leads = |source: &str, won: usize, lost: usize, open: usize| -> String {
        let statuses = [("Won", won), ("Lost", lost), ("", open)];
        let statuses = statuses.iter().flat_map(|(status, n)| vec![*status; *n]);
        let rows = statuses
            .enumerate()
            .map(|(n, status)| format!("{source}{n},x,y,,,{source},tom,5,{status},1,,\n"));
        rows.collect::<Vec<String>>().concat()
    };
    let header = CONTACTS.lines().next().expect("a header");
    let young = leads("Old", 100, 300, 0) + &leads("Young", 10, 30, 360);
    let even = leads("Old", 100, 300, 0) + &leads("Young", 10, 390, 0);
    let scene = scene().with("spend.csv", "source,spend\nOld,1000\nYoung,1000\n");
    for (contacts, suggests) in [(young, false), (even, true)] {
        scene.write("contacts.csv", format!("{header}\n{contacts}"));
        let channels = json(&scene, "channels", "--spend spend.csv");
        let notes = channels["notes"].to_string();
        assert_eq!(notes.contains("Suggestion: move"), suggests, "{notes}");
    }
}

#[test]
fn a_source_that_is_called_like_a_row_of_ours_has_its_own() {
    let scene = scene().with("contacts.csv", CONTACTS.replace("Fair", "(all)"));
    let channels = json(&scene, "channels", "");
    assert_eq!(row(&channels, "channels", "channel", "(all)")["leads"], 5);
    assert_eq!(row(&channels, "channels", "channel", "“(all)”")["leads"], 2);
}

#[test]
fn who_is_decided_waits_for_nobody() {
    let scene = scene().with(
        "events.csv",
        "contact_id,event,timestamp\nA,inquiry,2026-10-30 10:00\n",
    );
    let notes = json(&scene, "overview", "")["notes"].to_string();
    assert!(!notes.contains("Asked and got no answer"), "{notes}");
}
