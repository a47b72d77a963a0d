//! Presets for the exports of known systems: which is taken, what it changes, what is passed over, what is said.

use crate::scene::{EVENTS, Scene, column};

/// What the small contacts would be as a known CRM exports them.
const HUBSPOT: &str = "\
Record ID,First Name,Email,Lifecycle Stage,Contact owner,Job Title,Phone Number
A,Anna,anna@example.com,Lead,Nora,Director,+31 20 555 01 01
B,Bram,bram@example.com,Lead,Nora,Buyer,
";

/// A model that calls columns by other names than that CRM does, and e-mails opened by another name than any system.
const MODEL: &str = r#"
[events]
match = "email"

[signals]
opens = { event = "email_open" }

[[rules]]
name   = "Opens"
signal = "opens"
points = 5
max    = 20

[[rules]]
name   = "Decides"
when   = "title = 'Director'"
points = 50

[[rules]]
name   = "Can be called"
when   = "phone IS NOT NULL"
points = 3
"#;

/// E-mail events, by address, with times in milliseconds: 27 October 2026, 08:00 UTC and on.
const MAILS: &str = "\
id,created,type,recipient,appId,emailCampaignId
1,1793088000000,DELIVERED,anna@example.com,2286,28
2,1793091600000,OPEN,anna@example.com,2286,28
3,1793095200000,OPEN,bram@example.com,2286,28
";

fn hubspot() -> Scene {
    Scene::empty()
        .with("model.toml", MODEL)
        .with("contacts.csv", HUBSPOT)
        .with("events.csv", MAILS)
}

/// The line of the summary that begins with a word.
#[track_caller]
fn line<'s>(summary: &'s str, word: &str) -> &'s str {
    let found = summary.lines().find(|line| line.starts_with(word));
    found.unwrap_or_else(|| panic!("no {word} in {summary}"))
}

#[test]
fn an_unmistakable_export_is_read_by_its_preset_and_the_summary_says_so() {
    let run = hubspot().score("");
    let said = run.stderr.clone();
    let list = run.output();
    assert_eq!(column(&list, "contact_id"), ["A", "B"]);
    assert_eq!(column(&list, "score"), ["58", "5"]);
    assert_eq!(column(&list, "owner"), ["Nora", "Nora"]);
    let preset = said.lines().filter(|line| line.starts_with("preset"));
    assert_eq!(
        preset.collect::<Vec<&str>>(),
        [
            "preset    hubspot contacts (second-hand) for contacts.csv",
            "preset    hubspot email-events (seen) for events.csv",
        ]
    );
    assert!(line(&said, "events").contains("2 counted"), "{said}");
}

#[test]
fn without_presets_the_same_export_lacks_what_the_model_asks_for() {
    let refusal = hubspot().score("--preset none").refusal(65);
    assert!(refusal.contains("no column `title`"), "{refusal}");
}

#[test]
fn a_preset_can_be_named_for_an_export_that_is_not_unmistakable() {
    let scene = hubspot().with(
        "contacts.csv",
        HUBSPOT.replace("Lifecycle Stage,Contact owner", "X,Y"),
    );
    scene.score("").refusal(65);
    let run = scene.score("--preset hubspot");
    assert!(
        line(&run.stderr, "preset").contains("hubspot contacts"),
        "{}",
        run.stderr
    );
    assert_eq!(column(&run.output(), "score"), ["58", "5"]);
}

#[test]
fn what_the_model_says_itself_wins_over_a_preset() {
    let told = "[contacts.columns]\ntitle = \"First Name\"\n[events.types]\nemail_open = \"Delivered\"\nother = \"Open\"\n";
    let scene = hubspot().with("model.toml", format!("{told}{MODEL}"));
    let list = scene.score("").output();
    // Opens are another type now, and no first name is Director.
    assert_eq!(column(&list, "contact_id"), ["A", "B"]);
    assert_eq!(column(&list, "score"), ["8", "0"]);
}

#[test]
fn a_form_of_times_that_the_model_declares_is_not_the_presets() {
    let scene = hubspot().with(
        "model.toml",
        MODEL.replace("[events]", "[events]\ntime_format = \"unix\""),
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.contains("timestamp_range") || refusal.contains("bad_timestamp"),
        "{refusal}"
    );
}

#[test]
fn times_in_another_form_than_the_presets_are_read_as_without_it() {
    let connector = MAILS
        .replace("1793091600000", "2026-10-27T09:00:00Z")
        .replace("appId", "app_id");
    let run = hubspot().with("events.csv", connector).score("");
    assert!(line(&run.stderr, "preset    hubspot email").ends_with("events.csv"));
    assert_eq!(column(&run.output(), "score"), ["58", "5"]);
}

#[test]
fn a_file_of_a_presets_times_does_not_keep_another_from_telling_which_of_day_and_month_comes_first()
{
    let local = "email,event,timestamp\nbram@example.com,email_open,03/10/2026 10:00\nbram@example.com,email_open,27/10/2026 10:00\n";
    let scene = hubspot().with("local.csv", local);
    let run =
        scene.run("score contacts.csv -e events.csv local.csv -m model.toml --as-of 2026-11-01");
    assert_eq!(column(&run.output(), "score"), ["58", "15"]);
}

#[test]
fn each_file_of_events_has_its_own_preset() {
    let marketo = "\
marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes
9,bram@example.com,2026-10-28T14:06:20Z,10,null,1,Newsletter,null
10,bram@example.com,2026-10-28T15:06:20Z,7,null,1,Newsletter,null
";
    let plain = "email,event,timestamp\nbram@example.com,email_open,2026-10-28 10:00\nbram@example.com,10,2026-10-28 10:00\n";
    let scene = hubspot()
        .with("marketo.csv", marketo)
        .with("plain.csv", plain);
    let run = scene.run(
        "score contacts.csv -e events.csv marketo.csv plain.csv -m model.toml --as-of 2026-11-01",
    );
    let events = line(&run.stderr, "events").to_owned();
    assert_eq!(column(&run.output(), "score"), ["58", "15"]);
    // A number is a type of Marketo's in Marketo's file alone.
    assert!(events.contains("4 counted"), "{events}");
    assert!(events.contains("10 1"), "{events}");
}

#[test]
fn lines_before_the_header_are_passed_over_as_many_as_told() {
    let before = "Report of contacts\n\"one, two\nAs of today;\n";
    let scene = Scene::small();
    let wanted = scene.score("-q").output();
    scene.write(
        "contacts.csv",
        format!("{before}{}", scene.read("contacts.csv")),
    );
    scene.write("events.csv", format!("x\n\n\n{EVENTS}"));
    let run = scene.score("--skip 3");
    assert_eq!(
        line(&run.stderr, "skipped"),
        "skipped   3 lines before the header of contacts.csv"
    );
    assert_eq!(run.output(), wanted);
    scene.score("--skip 300").refusal(65);
}

#[test]
fn lines_told_to_be_skipped_are_counted_in_the_lines_of_messages() {
    let scene = Scene::small();
    let contacts = scene.read("contacts.csv").replace("B,Bram", "B,\"Br\"am");
    scene.write("contacts.csv", format!("one\ntwo\n{contacts}"));
    let refusal = scene
        .run("score contacts.csv -m model.toml --as-of 2026-11-01 --skip 2")
        .refusal(65);
    assert!(refusal.contains("contacts.csv:5: bad_quote"), "{refusal}");
}

#[test]
fn json_has_no_lines_to_skip() {
    let scene = Scene::small().with(
        "events.json",
        "[{\"contact_id\":\"A\",\"event\":\"email_open\",\"timestamp\":\"2026-10-30 10:00\"}]",
    );
    scene.write(
        "contacts.csv",
        format!("one\n{}", scene.read("contacts.csv")),
    );
    let run =
        scene.run("score contacts.csv -e events.json -m model.toml --as-of 2026-11-01 --skip 1");
    assert!(
        line(&run.stderr, "events").contains("1 read = 1 counted"),
        "{}",
        run.stderr
    );
}

const REPORT: &str = "\
Lead ID,Lead Owner,Lead Status,Email,Title,Phone
A,Nora,Open,anna@example.com,Director,1
B,Nora,Open,bram@example.com,Buyer,2
";

const FOOTER: &str = "
Leads of this year
\"Copyright, all rights reserved\"
Generated By:,Nora
";

#[test]
fn the_footer_of_a_report_is_passed_over_and_counted() {
    let scene = hubspot().with("contacts.csv", format!("{REPORT}{FOOTER}"));
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01");
    assert_eq!(
        line(&run.stderr, "contacts"),
        "contacts  5 read = 2 scored + 3 of a footer"
    );
    assert_eq!(column(&run.output(), "contact_id"), ["A", "B"]);
}

#[test]
fn what_looks_like_a_footer_and_is_followed_by_rows_stays_a_bad_row() {
    let scene = hubspot().with(
        "contacts.csv",
        format!("{REPORT}{FOOTER}C,Nora,Open,c@example.com,Buyer,3\n{FOOTER}"),
    );
    let refusal = scene.score_file("contacts.csv").refusal(65);
    for line in 5..=7 {
        assert!(
            refusal.contains(&format!("contacts.csv:{line}: field_count")),
            "{refusal}"
        );
    }
    assert!(refusal.contains("3 rows cannot be read"), "{refusal}");
}

#[test]
fn an_export_that_is_of_no_known_shape_has_no_footer() {
    let scene = hubspot().with("contacts.csv", format!("{REPORT}{FOOTER}"));
    let refusal = scene
        .run("score contacts.csv -m model.toml --preset none")
        .refusal(65);
    assert!(refusal.contains("field_count"), "{refusal}");
}

#[test]
fn a_report_without_rows_has_none_though_it_has_a_footer() {
    let header = REPORT.lines().next().expect("a header");
    let scene = hubspot().with("contacts.csv", format!("{header}\n{FOOTER}"));
    let refusal = scene.score_file("contacts.csv").refusal(65);
    assert!(refusal.contains("no-rows"), "{refusal}");
    let run = scene.run("score contacts.csv -m model.toml --as-of 2026-11-01 --allow-empty");
    assert_eq!(
        line(&run.stderr, "contacts"),
        "contacts  3 read = 0 scored + 3 of a footer"
    );
}

#[test]
fn letters_before_ids_and_numbers_are_taken_off() {
    let meta = "\
id\tcreated_time\tad_id\tadset_id\tform_id\tis_organic\tfull_name\tphone_number\temail
l:77\t2026-09-05T10:00:38-05:00\tag:1\tas:2\tf:3\tfalse\tp: Anna\tp:+31612345678\tanna@example.com
";
    let rule = "[[rules]]\nname = \"Phone\"\nwhen = \"phone = '+31612345678'\"\npoints = 7\n";
    let scene = Scene::empty()
        .with("model.toml", rule)
        .with("leads.csv", meta);
    let list = scene.score_file("leads.csv").output();
    assert_eq!(column(&list, "contact_id"), ["77"]);
    assert_eq!(column(&list, "score"), ["7"]);
    assert_eq!(column(&list, "name"), ["p: Anna"]);
}

#[test]
fn an_unknown_preset_is_refused_with_its_neighbour() {
    let refusal = hubspot().score("--preset hubspt").refusal(2);
    assert!(
        refusal.contains("error[unknown-preset]: there is no preset `hubspt`"),
        "{refusal}"
    );
    assert!(refusal.contains("did you mean `hubspot`?"), "{refusal}");
    let refusal = hubspot().score("--preset crm-of-nobody").refusal(2);
    assert!(refusal.contains("pipedrive"), "{refusal}");
}

#[test]
fn a_preset_without_a_shape_of_what_is_read_is_refused_with_what_it_has() {
    let scene = hubspot();
    let refusal = scene
        .run("score contacts.csv -m model.toml --preset hubspot,marketo")
        .refusal(2);
    assert!(
        refusal.contains("the preset marketo has no shape of contacts"),
        "{refusal}"
    );
    assert!(
        refusal.contains("it has Marketo activities (events)"),
        "{refusal}"
    );
    let both = scene.score("--preset hubspot --preset marketo");
    assert_eq!(column(&both.output(), "score"), ["58", "5"]);
}

#[test]
fn none_and_a_name_exclude_each_other() {
    let refusal = hubspot().score("--preset none,hubspot").refusal(2);
    assert!(refusal.contains("preset-does-not-fit"), "{refusal}");
}

#[test]
fn check_reads_events_by_their_preset_as_score_does() {
    let run = hubspot().run("check -m model.toml contacts.csv -e events.csv --as-of 2026-11-01");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("absent-event-type"), "{}", run.stdout);
}

#[test]
fn init_names_types_and_columns_that_only_the_preset_knows() {
    let marketo = "\
marketoGUID,leadId,activityDate,activityTypeId
1,A,2026-10-28T14:06:20Z,10
2,A,2026-10-28T14:16:20Z,10
3,B,2026-10-28T15:06:20Z,11
4,B,2026-10-29T15:06:20Z,11
";
    let warehouse = "\
id,property_email,property_firstname,property_lastname,property_lifecyclestage,property_hubspot_owner_id
A,anna@example.com,Anna,Asper,lead,9001
B,bram@example.com,Bram,Bos,lead,9001
";
    let scene = Scene::empty()
        .with("contacts.csv", warehouse)
        .with("events.csv", marketo);
    let run = scene.run("init contacts.csv -e events.csv -o model.toml");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("contacts.csv is in the shape of HubSpot contacts (second-hand)"),
        "{}",
        run.stderr
    );
    let model = scene.read("model.toml");
    assert!(
        model.contains("email_open  = [\"10\"]")
            || model.contains("email_open = [\"10\"]")
            || model.contains("email_open  = \"10\""),
        "{model}"
    );
    assert!(
        run.stderr.contains("first_name = \"property_firstname\""),
        "{}",
        run.stderr
    );
}

#[test]
fn the_footer_of_a_report_in_a_workbook_is_passed_over_too() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(REPORT.as_bytes());
    let mut row = 0;
    for record in reader.records() {
        for (column, cell) in (0..).zip(record.expect("a row").iter()) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
        row += 1;
    }
    for cell in ["Leads of this year", "Copyright, all rights reserved"] {
        row += 1;
        sheet.write_string(row, 0, cell).expect("a cell");
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let scene = hubspot().with("contacts.xlsx", bytes);
    let run = scene.score_file("contacts.xlsx");
    assert_eq!(
        line(&run.stderr, "contacts"),
        "contacts  4 read = 2 scored + 2 of a footer"
    );
    assert_eq!(column(&run.output(), "contact_id"), ["A", "B"]);
}

#[test]
fn a_named_preset_is_not_taken_for_a_file_of_which_it_knows_no_header() {
    let own = "wie;wat;wanneer\nanna@example.com;Open;2026-10-27 10:00\n";
    let told = r#"
[events.columns]
contact = "wie"
type    = "wat"
time    = "wanneer"

[events.types]
email_open = "Open"
"#;
    let model = format!("{MODEL}{told}");
    let scene = hubspot().with("events.csv", own).with("model.toml", model);
    let run = scene.score("--preset hubspot");
    let said: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.contains("preset"))
        .collect();
    assert_eq!(
        said,
        ["preset    hubspot contacts (second-hand) for contacts.csv"]
    );
    assert_eq!(column(&run.output(), "score"), ["58", "0"]);
}

#[test]
fn a_named_preset_that_is_taken_for_no_file_is_warned_of() {
    let scene = Scene::small().with("own.csv", "wie,budget\nA,1\n");
    let model = scene.read("model.toml") + "\n[contacts.columns]\nid = \"wie\"\n";
    scene.write("model.toml", model);
    let warning =
        "warning: --preset hubspot was taken for no export: it knows none of their headers";
    for command in [
        "score own.csv -m model.toml --as-of 2026-11-01",
        "explain A own.csv -m model.toml --as-of 2026-11-01",
        "check own.csv -m model.toml --as-of 2026-11-01",
        "normalize own.csv",
    ] {
        let run = scene.run(&format!("{command} --preset hubspot"));
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
        assert!(
            run.stderr.lines().any(|line| line == warning),
            "{command}: {}",
            run.stderr
        );
        let run = scene.run(&format!("{command} --preset hubspot -q"));
        assert_eq!(run.stderr, "", "{command}");
    }
}
