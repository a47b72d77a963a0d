//! `hotlist sql`: the query, what it is told on the command line, and what it refuses to say.
//!
//! Whether a query gives the answers of `hotlist score` is tried in `tests/sql_parity.rs`.

use crate::golden::golden;
use crate::scene::Scene;

const DIALECTS: [&str; 11] = [
    "duckdb",
    "postgres",
    "spark",
    "databricks",
    "bigquery",
    "snowflake",
    "redshift",
    "trino",
    "clickhouse",
    "datafusion",
    "sqlite",
];

/// A model that asks for a little of everything.
const RICH: &str = r#"name = "A little of everything"

[contacts]
only = "type = 'lead'"
date_order = "day-first"

[events]
id = "event_id"

[events.types]
email_open = ["Email Opened", "OPEN"]

[signals]
opens  = { event = "email_open", within = "90 days", decay = { half_life = "30 days" }, limit = { per = "day", max = 3 } }
homes  = { event = "property_view", measure = "distinct", of = "property_id", where = "price >= 1000" }
answer = { measure = "response", from = "outreach", to = "reply" }
quiet  = { event = "reply", measure = "days_since_last" }

[groups.engagement]
label = "Engagement level"
max   = 40

[[rules]]
name   = "Opens our emails"
group  = "engagement"
signal = "opens"
points = 2.5
max    = 10

[[rules]]
name   = "Answers quickly"
group  = "engagement"
signal = "answer"
bands  = [{ upto = "1 hour", points = 10 }, { upto = "1 day", points = 4 }]
blank  = -1

[[rules]]
name   = "Looks at homes"
when   = "homes >= 2 AND regexp_like(source, '^(Referral|Portal)$')"
points = 30

[[rules]]
name   = "Where it's from"
column = "source"
values = { Referral = 10, Portals = 5 }
blank  = -2

[checklist]
budget = { when = "budget >= 150000", label = "Budget sufficient" }

[temperatures.hot]
from     = 50
keep     = 45
requires = ["budget"]
[temperatures.cold]
from = 0

[stages]
MQL = "score >= 20"

[disqualify]
"left us" = "quiet > 365 AND unsubscribed"

[grades]
fit = { of = ["engagement"], A = 30, B = 20, C = 10, D = 0 }

[[routes]]
to     = "Sales"
when   = "temperature = 'hot'"
assign = ["anna@example.com", "bram@example.com"]

[overrides]
score = "score_by_hand"
until = "until"
"#;

fn query(dialect: &str, flags: &str) -> String {
    let scene = Scene::empty().with("model.toml", RICH);
    let command = format!("sql --dialect {dialect} -m model.toml --as-of 2026-11-01 {flags}");
    scene.run(&command).output()
}

#[test]
fn every_dialect_writes_a_rich_model_as_it_has_to_come_out() {
    for dialect in DIALECTS {
        golden(&format!("sql/{dialect}.sql"), &query(dialect, ""));
    }
    golden("sql/ledger.sql", &query("duckdb", "--ledger"));
}

#[test]
fn no_line_break_or_other_unseen_character_stands_in_a_literal() {
    for dialect in DIALECTS
        .into_iter()
        .filter(|dialect| *dialect != "redshift")
    {
        let text = query(dialect, "");
        let odd = text
            .chars()
            .find(|c| c.is_whitespace() && !" \n".contains(*c));
        assert_eq!(odd, None, "{dialect}");
    }
}

#[test]
fn the_columns_are_those_of_the_list() {
    let scene = Scene::small();
    let sql = scene
        .run("sql --dialect duckdb -m model.toml contacts.csv -e events.csv --as-of 2026-11-01");
    let text = sql.output();
    let list = scene.run("score -m model.toml contacts.csv -e events.csv --as-of 2026-11-01 -q");
    let header = list.output();
    let header = header.lines().next().expect("a header");
    for column in header.split(',').filter(|column| *column != "next_step") {
        let is_named = [format!(" AS {column}"), format!("    {column},")];
        assert!(is_named.iter().any(|name| text.contains(name)), "{column}");
    }
    assert!(!text.contains("next_step"), "{text}");
}

#[test]
fn columns_are_picked_and_without_a_rank_nothing_is_sorted() {
    let text = query("duckdb", "--columns contact_id,score");
    assert!(!text.contains("ORDER BY total"), "{text}");
    assert!(query("duckdb", "--columns rank,contact_id").contains("ORDER BY place"));
    let scene = Scene::small();
    let refusal = scene
        .run("sql --dialect duckdb -m model.toml --columns next_step")
        .refusal(2);
    assert!(refusal.contains("error[column-not-filled]"), "{refusal}");
}

#[test]
fn tables_and_columns_are_called_as_they_are_told() {
    let flags = "--contacts-table crm.Leads --events-table log --column budget=price_max:number --column events.time=happened:timestamp";
    let text = query("postgres", flags);
    assert!(
        text.contains("FROM crm.\"Leads\" AS contact_rows"),
        "{text}"
    );
    assert!(text.contains("FROM log AS event_rows"), "{text}");
    assert!(
        text.contains("ROUND(CAST(price_max AS numeric) * 1000000)"),
        "{text}"
    );
    assert!(text.contains("EXTRACT(EPOCH FROM happened)"), "{text}");
}

#[test]
fn the_headers_of_exports_are_the_columns_names() {
    let scene = Scene::small().with("leads.csv", "Contact ID,Budget (EUR)\nA,1\n");
    let model = scene.read("model.toml") + "\n[contacts.columns]\nbudget = \"Budget (EUR)\"\n";
    scene.write("own.toml", model);
    let text = scene
        .run("sql --dialect duckdb -m own.toml leads.csv")
        .output();
    assert!(text.contains("\"Budget (EUR)\""), "{text}");
    assert!(text.contains("\"Contact ID\""), "{text}");
    // Without exports of events nobody did anything.
    assert!(!text.contains("event_rows"), "{text}");
}

#[test]
fn nested_arithmetic_is_worked_out_in_steps_and_stays_short() {
    let length = |when: &str| {
        let model = format!("[[rules]]\nname = \"Rich\"\nwhen = \"{when}\"\npoints = 5\n");
        let scene = Scene::empty().with("model.toml", &model);
        let command = "sql --dialect duckdb -m model.toml --as-of 2026-11-01";
        scene.run(command).output().len()
    };
    let one = length("a / b > 2");
    let several = length("((a / b) * (b / c)) / ((a * b) * (c / a)) > 2");
    assert!(several < 4 * one, "{several} bytes instead of {one}");
}

#[test]
fn a_query_is_written_to_a_file_that_is_no_input() {
    let scene = Scene::small();
    let run = scene.run("sql --dialect sqlite -m model.toml -o ranked.sql");
    assert_eq!(run.output(), "");
    assert!(scene.read("ranked.sql").ends_with("ORDER BY place\n"));
    let refusal = scene
        .run("sql --dialect sqlite -m model.toml -o model.toml")
        .refusal(2);
    assert!(refusal.contains("model.toml"), "{refusal}");
}

#[test]
fn without_a_date_the_query_says_which_day_it_was_written() {
    let scene = Scene::small();
    let text = scene.run("sql --dialect duckdb -m model.toml").output();
    let line = text.lines().nth(1).expect("a second line");
    assert!(line.contains("the day it was written"), "{line}");
    let text = scene
        .run("sql --dialect duckdb -m model.toml --as-of 2026-11-01")
        .output();
    let line = text.lines().nth(1).expect("a second line");
    assert!(line.starts_with("-- as of 2026-11-01, "), "{line}");
}

#[test]
fn the_date_can_be_a_parameter_which_is_named_once() {
    let scene = Scene::empty().with("model.toml", RICH);
    for (dialect, parameter) in [
        ("duckdb", "$today"),
        ("postgres", ":'today'"),
        ("spark", ":today"),
        ("bigquery", "@today"),
        ("clickhouse", "{today:String}"),
        ("trino", "(?)"),
        ("sqlite", ":today"),
    ] {
        let told = format!("sql --dialect {dialect} -m model.toml --as-of-parameter today");
        let text = scene.run(&told).output();
        assert_eq!(text.matches(parameter).count(), 1, "{dialect}: {text}");
    }
    let both = "sql --dialect duckdb -m model.toml --as-of 2026-11-01 --as-of-parameter today";
    scene.run(both).refusal(2);
    let bad = scene
        .run("sql --dialect duckdb -m model.toml --as-of-parameter a-b")
        .refusal(2);
    assert!(bad.contains("error[bad-parameter]"), "{bad}");
}

#[test]
fn the_earlier_list_is_asked_for_what_it_has() {
    let temperatures = "[temperatures.hot]\nfrom = 10\nkeep = 5\n[temperatures.cold]\nfrom = 0\n";
    let rule = "[[rules]]\nname = \"Budget\"\ncolumn = \"budget\"\npoints = 5\n";
    let scene = Scene::empty()
        .with("keeps.toml", format!("{temperatures}{rule}"))
        .with("plain.toml", rule);
    let query = |flags: &str| {
        let run = scene.run(&format!(
            "sql --dialect sqlite --as-of 2026-11-01 --previous-table yesterday {flags}"
        ));
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let asks = |text: String| text.contains("computed_temperature");
    assert!(asks(query("-m keeps.toml")));
    let header = "rank,contact_id,score,temperature";
    assert!(!asks(query(&format!(
        "-m keeps.toml --previous-columns {header}"
    ))));
    assert!(asks(query(&format!(
        "-m keeps.toml --previous-columns {header},computed_temperature"
    ))));
    // Nobody keeps anything.
    assert!(!asks(query("-m plain.toml")));
    let refusal = scene
        .run("sql --dialect sqlite -m keeps.toml --previous-table yesterday --previous-columns contact_id,score")
        .refusal(2);
    assert!(refusal.contains("error[no-previous-column]"), "{refusal}");
}

#[test]
fn a_dbt_project_has_the_query_its_columns_and_tests() {
    let model = RICH.replace("Where it's from", "Where {{ it }} is {% from %}");
    let scene = Scene::empty().with("model.toml", model);
    let flags = "--contacts-table crm.leads --events-table log --as-of-parameter today";
    let run = scene.run(&format!(
        "sql --dialect duckdb -m model.toml {flags} --format dbt -o project"
    ));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let query = scene.read("project/models/ranked_leads.sql");
    assert!(
        query.starts_with("{{ config(materialized='table') }}\n"),
        "{query}"
    );
    assert!(
        query.contains("FROM {{ source('crm', 'leads') }} AS contact_rows"),
        "{query}"
    );
    assert!(
        query.contains("FROM {{ ref('log') }} AS event_rows"),
        "{query}"
    );
    assert!(query.contains("('{{ var('today') }}')"), "{query}");
    assert!(
        query.contains("Where {{ '{{' }} it }} is {{ '{%' }} from %}"),
        "{query}"
    );
    assert!(
        !query.contains("hotlist_dbt") && !query.contains("ORDER BY place\n"),
        "{query}"
    );
    golden(
        "sql/dbt.yml",
        &scene.read("project/models/ranked_leads.yml"),
    );
    assert!(
        scene
            .read("project/models/hotlist_sources.yml")
            .contains("\"leads\"")
    );
    let bounds = scene.read("project/tests/ranked_leads_score_is_within_bounds.sql");
    assert!(bounds.contains("score < 0 OR score > 100"), "{bounds}");
    let run = scene.run("sql --dialect duckdb -m model.toml --format dbt --ledger -o project");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        scene
            .read("project/models/lead_ledger.yml")
            .contains("\"points\"")
    );
    let refusal = scene
        .run("sql --dialect duckdb -m model.toml --format dbt")
        .refusal(2);
    assert!(refusal.contains("error[no-folder]"), "{refusal}");
}

#[test]
fn what_cannot_be_said_is_refused_with_its_place() {
    let scene = Scene::empty().with(
        "model.toml",
        "[[rules]]\nname = \"Long\"\nwhen = \"regexp_like(city, '^a{300}')\"\npoints = 5\n",
    );
    let refusal = scene
        .run("sql --dialect postgres -m model.toml")
        .refusal(78);
    assert!(
        refusal.contains("error[not-in-sql]: rule `Long`: "),
        "{refusal}"
    );
    assert!(refusal.contains("--> model.toml:2"), "{refusal}");
    assert!(
        scene
            .run("sql --dialect duckdb -m model.toml")
            .output()
            .contains("a{300}")
    );
}

#[test]
fn sqlite_has_no_times_of_its_own() {
    let scene = Scene::small();
    let told = "sql --dialect sqlite -m model.toml --column events.time=:timestamp";
    let refusal = scene.run(told).refusal(78);
    assert!(refusal.contains("error[not-in-sql]"), "{refusal}");
}

#[test]
fn what_is_no_dialect_table_or_column_is_refused() {
    let scene = Scene::small();
    let refusal = scene.run("sql --dialect oracle -m model.toml").refusal(2);
    assert!(
        refusal.contains("duckdb") && refusal.contains("sqlite"),
        "{refusal}"
    );
    for (flags, code) in [
        ("--contacts-table crm.", "bad-table"),
        ("--column budget", "bad-column"),
        ("--column budgt=x", "bad-column"),
        ("--column budget=x:decimal", "bad-column"),
        ("-e events.csv", "no-contacts"),
        ("contacts.csv events.csv", "missing-column"),
    ] {
        let run = scene.run(&format!("sql --dialect duckdb -m model.toml {flags}"));
        assert!(run.code == 2 || run.code == 65, "{flags}: {}", run.code);
        assert!(
            run.stderr.contains(&format!("error[{code}]")),
            "{flags}: {}",
            run.stderr
        );
    }
    scene.write("more.csv", "id,budget\nD,100\n");
    let refusal = scene
        .run("sql --dialect duckdb -m model.toml contacts.csv more.csv")
        .refusal(2);
    assert!(refusal.contains("error[unlike-headers]"), "{refusal}");
}
