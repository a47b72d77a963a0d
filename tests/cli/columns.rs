//! Columns that a model names and an export lacks, or has twice.

use crate::scene::{MODEL, Scene, column};

#[test]
fn a_missing_column_points_at_the_models_line_and_at_the_header() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,name,e-mail\nA,Anna,a@example.com\n",
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.starts_with("error[missing-column]: contacts.csv has no column `budget`\n"),
        "{refusal}"
    );
    assert!(refusal.contains(" --> model.toml:18:9\n"), "{refusal}");
    assert!(
        refusal.contains(
            "18 | when = \"budget >= 150000\"\n   |         ^^^^^^ the model asks for it here"
        ),
        "{refusal}"
    );
    assert!(refusal.contains("::: contacts.csv:1:1\n"), "{refusal}");
    assert!(
        refusal.contains("1 | contact_id,name,e-mail\n"),
        "{refusal}"
    );
    assert!(refusal.contains("optional = [\"budget\"]"), "{refusal}");
}

#[test]
fn a_missing_column_of_nearly_the_same_name_is_suggested() {
    let scene = Scene::small().with("contacts.csv", "contact_id,Bugdet\nA,1\n");
    let refusal = scene.score("").refusal(65);
    assert!(refusal.contains("did you mean `bugdet`?"), "{refusal}");
}

#[test]
fn a_column_that_is_there_twice_points_at_both_headers_and_the_model() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,Budget,name,BUDGET\nA,1,Anna,2\n",
    );
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.starts_with(
            "error[ambiguous-column]: contacts.csv has 2 columns that could be `budget`\n"
        ),
        "{refusal}"
    );
    assert!(refusal.contains(" --> contacts.csv:1:12\n"), "{refusal}");
    assert!(
        refusal.contains("|            ^^^^^^ one  ------ another\n"),
        "{refusal}"
    );
    assert!(refusal.contains("::: model.toml:18:9\n"), "{refusal}");
}

#[test]
fn a_column_that_is_there_twice_and_not_asked_for_is_no_error() {
    let scene = Scene::small().with(
        "contacts.csv",
        "contact_id,Colour,colour,budget\nA,red,blue,200000\n",
    );
    assert_eq!(column(&scene.score("").output(), "score"), ["66"]);
}

#[test]
fn every_missing_column_is_told_at_once() {
    let model =
        format!("{MODEL}\n[[rules]]\nname = \"Phone\"\nwhen = \"phone IS NOT NULL\"\npoints = 1\n");
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", "contact_id\nA\n");
    let refusal = scene.score("").refusal(65);
    assert_eq!(
        refusal.matches("error[missing-column]").count(),
        2,
        "{refusal}"
    );
}

#[test]
fn a_missing_column_of_the_events_is_told_like_one_of_the_contacts() {
    let model = MODEL.replace("within = \"30 days\"", "where = \"campaign = 'x'\"");
    let refusal = Scene::small()
        .with("model.toml", model)
        .score("")
        .refusal(65);
    assert!(
        refusal.starts_with("error[missing-column]: events.csv has no column `campaign`\n"),
        "{refusal}"
    );
    assert!(refusal.contains(" --> model.toml:5:"), "{refusal}");
    assert!(refusal.contains("::: events.csv:1:1\n"), "{refusal}");
}

#[test]
fn an_export_without_anything_like_an_id_says_where_to_name_it() {
    let scene = Scene::small().with("contacts.csv", "nickname,budget\nA,1\n");
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.starts_with("error[missing-column]: no column of contacts.csv looks like the id\n"),
        "{refusal}"
    );
    assert!(refusal.contains("[contacts] id = "), "{refusal}");
}

#[test]
fn an_optional_column_may_be_missing_and_is_null_throughout() {
    let model = MODEL.replace(
        "[signals]",
        "[contacts]\noptional = [\"budget\"]\n\n[signals]",
    );
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", "contact_id\nA\nB\n");
    assert_eq!(column(&scene.score("").output(), "score"), ["10", "5"]);
}

#[test]
fn which_columns_were_found_by_themselves_is_said() {
    let scene = Scene::small();
    scene.write(
        "events.csv",
        "Lead ID,Activity,Occurred At\nA,email_open,2026-10-30 10:00\n",
    );
    let run = scene.score("");
    for found in ["contact_id", "Lead ID", "Activity", "Occurred At"] {
        assert!(
            run.stderr.contains(&format!("\"{found}\"")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_misspelt_signal_in_a_condition_is_told_from_a_column() {
    let model = MODEL.replace(
        "when = \"budget >= 150000\"\npoints",
        "when = \"openz >= 1\"\npoints",
    );
    let refusal = Scene::small()
        .with("model.toml", model)
        .score("")
        .refusal(65);
    assert!(
        refusal.contains("contacts.csv has no column `openz`"),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: did you mean the signal `opens`?"),
        "{refusal}"
    );
}

#[test]
fn headers_that_differ_in_capitals_only_give_one_name() {
    let scene = Scene::small().with("contacts.csv", "contact_id,Budget,budget\nA,200000,1\n");
    let refusal = scene.score("").refusal(65);
    assert!(
        refusal.starts_with("error[ambiguous-column]: "),
        "{refusal}"
    );
    let model = MODEL.replace(
        "[signals]",
        "[contacts.columns]\nbudget = \"Budget\"\n\n[signals]",
    );
    scene.write("model.toml", model);
    assert_eq!(column(&scene.score("").output(), "score"), ["66"]);
}
