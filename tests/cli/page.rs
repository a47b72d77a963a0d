//! The list as a page for a browser.

use serde_json::Value;

use crate::scene::{MODEL, Scene, column};

/// The data of a page, read with nothing of the library.
#[track_caller]
fn data(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script type=\"application/json\" id=\"data\">")
        .expect("a page with data");
    let (json, _) = rest.split_once("</script>").expect("the end of the data");
    serde_json::from_str(json).expect("JSON")
}

/// What the leads of a page have in a field, as text.
#[track_caller]
fn values(data: &Value, name: &str) -> Vec<String> {
    let fields = data["fields"].as_array().expect("fields").iter();
    let field = fields.clone().find(|field| field["name"] == name);
    let field = field.unwrap_or_else(|| panic!("no field {name}"));
    let text = |value: &Value| match (field.get("texts"), value) {
        (Some(texts), place) => {
            let place = usize::try_from(place.as_u64().expect("a place")).expect("a small one");
            texts[place].as_str().expect("text").to_owned()
        }
        (None, Value::String(text)) => text.clone(),
        (None, value) => value.to_string(),
    };
    let leads = usize::try_from(data["leads"].as_u64().expect("a count")).expect("a small one");
    match field.get("values") {
        Some(values) => values
            .as_array()
            .expect("values")
            .iter()
            .map(text)
            .collect(),
        None => vec![text(&Value::from(0)); leads],
    }
}

#[test]
fn a_page_holds_what_every_other_format_does() {
    let scene = Scene::small();
    let csv = scene.score("").output();
    for name in ["ranked.html", "ranked.htm"] {
        assert_eq!(scene.score(&format!("-o {name}")).output(), "");
    }
    let page = scene.read("ranked.html");
    assert_eq!(scene.read("ranked.htm"), page);
    assert_eq!(scene.score("--format html").output(), page);
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    let data = data(&page);
    for name in ["rank", "contact_id", "name", "score", "email"] {
        assert_eq!(values(&data, name), column(&csv, name), "{name}");
    }
    assert_eq!(values(&data, "temperature"), column(&csv, "tag"));
}

#[test]
fn the_sample_is_a_page_whatever_the_number_of_threads() {
    let scene = Scene::sample();
    let score = "score contacts.csv -e events.csv --as-of 2026-11-01";
    for threads in [1, 2] {
        let run = scene.run(&format!("{score} --threads {threads} -o {threads}.html"));
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let page = scene.read("1.html");
    assert_eq!(scene.read("2.html"), page);
    let csv = scene.run(&format!("{score} -q")).output();
    let data = data(&page);
    assert_eq!(values(&data, "score"), column(&csv, "score"));
    assert_eq!(values(&data, "owner"), column(&csv, "owner"));
    for (name, wanted) in [
        ("hot", "Hot Lead"),
        ("warm", "Warm Lead"),
        ("cold", "Cold Lead"),
    ] {
        let count = column(&csv, "temperature");
        let count = count.iter().filter(|one| *one == name).count();
        let figure = format!("{wanted}</span><b>{count}</b>");
        assert!(page.contains(&figure), "{figure}");
    }
}

#[test]
fn a_hostile_name_is_text_in_a_page() {
    let hostile = "</script><img src=x onerror=alert(1)>\u{202e}";
    let contacts = format!("contact_id,name,budget\nA,{hostile},200000\n");
    let scene = Scene::small().with("contacts.csv", contacts);
    let page = scene.score("--format html").output();
    assert!(
        !page.contains("<img") && !page.contains('\u{202e}'),
        "{page}"
    );
    let shown = "</script><img src=x onerror=alert(1)>\\u{202e}";
    assert_eq!(values(&data(&page), "name"), [shown]);
}

#[test]
fn only_the_leads_and_columns_that_were_asked_for_are_in_a_page() {
    let scene = Scene::small();
    let page = scene.score("--top 1 --format html").output();
    assert_eq!(data(&page)["leads"], 1);
    assert!(!page.contains("Bram"), "{page}");
    let page = scene.score("--columns rank,score --format html").output();
    assert_eq!(data(&page)["leads"], 3);
    assert!(!page.contains("Anna") && !page.contains("anna@"), "{page}");
}

#[test]
fn a_list_in_parts_is_a_page_for_each() {
    let scene = Scene::small();
    let run = scene.score("--split-by temperature -o ranked.html -o ranked.csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    for temperature in ["hot", "warm", "cold"] {
        let page = scene.read(&format!("ranked-{temperature}.html"));
        let csv = scene.read(&format!("ranked-{temperature}.csv"));
        let ids = column(&csv, "contact_id");
        assert_eq!(data(&page)["leads"], ids.len());
        if !ids.is_empty() {
            assert_eq!(values(&data(&page), "contact_id"), ids);
        }
    }
}

#[test]
fn a_page_is_not_written_over_an_input_or_another_output() {
    let scene = Scene::small();
    for outputs in ["-o contacts.csv --format html", "-o a.html -o ./a.html"] {
        let before = scene.files();
        scene.score(outputs).refusal(2);
        assert_eq!(scene.files(), before);
    }
}

#[test]
fn accounts_are_a_page_of_accounts() {
    let model = format!("{MODEL}\n[accounts]\nkey = \"company\"\n");
    let contacts =
        "contact_id,name,company,budget\nA,Anna,Acme,200000\nB,Bram,Acme,1\nC,Carla,Beta,1\n";
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", contacts);
    let csv = scene.score("--accounts").output();
    let page = scene.score("--accounts --format html").output();
    let data = data(&page);
    assert_eq!(data["who"], "accounts");
    for name in ["account", "people", "score"] {
        assert_eq!(values(&data, name), column(&csv, name), "{name}");
    }
    assert!(page.contains("<h1>Ranked accounts</h1>"), "{page}");
}

#[test]
fn what_would_make_a_lead_hotter_and_what_is_kept_stand_below_it() {
    let scene = Scene::small();
    let csv = scene.score("--keep budget").output();
    let page = scene.score("--keep budget --format html").output();
    let data = data(&page);
    for name in ["next_step", "budget", "missing"] {
        assert_eq!(values(&data, name), column(&csv, name), "{name}");
    }
    let fields = data["fields"].as_array().expect("fields").iter();
    let below = fields.filter(|field| field["table"] == false);
    let below: Vec<&str> = below.filter_map(|field| field["name"].as_str()).collect();
    assert!(
        below.contains(&"next_step") && below.contains(&"budget"),
        "{below:?}"
    );
}

#[test]
fn columns_that_were_not_asked_for_leave_nothing_in_the_page() {
    let scene = Scene::small().with(
        "overrides.csv",
        "contact_id,action,value,until,by,reason\nA,temperature,hot,,Eva,said so in private\n",
    );
    let id = column(&scene.score("--format csv").output(), "contact_id").remove(0);
    let overrides = scene
        .read("overrides.csv")
        .replace("\nA,", &format!("\n{id},"));
    scene.write("overrides.csv", overrides);
    let page = |columns: &str| {
        scene
            .score(&format!(
                "--overrides overrides.csv --format html {columns}"
            ))
            .output()
    };
    assert!(page("").contains("said so in private"));
    assert!(!page("--columns rank,score").contains("said so in private"));
}
