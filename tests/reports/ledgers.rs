//! The reports on rules, the overview and the data once more, from the list with its ledgers that `score` writes and
//! from the export itself.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::database::{Database, assert_near, number, table};
use crate::scene::Scene;

const INPUTS: &str = "contacts.csv -e events.csv --as-of 2026-11-01 -q --format json";

#[track_caller]
fn run(scene: &Scene, command: &str) -> Value {
    let text = scene.run(&format!("{command} {INPUTS}")).output();
    serde_json::from_str(&text).expect("JSON")
}

/// The list by the built-in model, which disqualifies nobody of the sample.
fn leads(scene: &Scene) -> Vec<Value> {
    let list = run(scene, "score");
    list.as_array().expect("a list").clone()
}

/// The sample as a table with the outcome of each lead.
fn database(scene: &Scene) -> Database {
    let database = Database::new();
    database.add_csv("contacts", &scene.read("contacts.csv"));
    database.run("DELETE FROM contacts WHERE type <> 'lead'");
    database
}

fn mean(values: &[f64]) -> f64 {
    #[allow(clippy::cast_precision_loss)]
    let count = values.len() as f64;
    values.iter().sum::<f64>() / count
}

/// The mean product of deviations.
fn covariance(one: &[f64], other: &[f64]) -> f64 {
    let (of_one, of_other) = (mean(one), mean(other));
    let products: Vec<f64> = one
        .iter()
        .zip(other)
        .map(|(a, b)| (a - of_one) * (b - of_other))
        .collect();
    mean(&products)
}

#[test]
fn what_rules_explain_is_their_covariance_with_the_score() {
    let scene = Scene::sample();
    let leads = leads(&scene);
    let scores: Vec<f64> = leads
        .iter()
        .map(|lead| lead["score"].as_f64().expect("a score"))
        .collect();
    let mut given: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (place, lead) in leads.iter().enumerate() {
        for entry in lead["ledger"].as_array().expect("a ledger") {
            let rule = entry["rule"].as_str();
            let line = rule.unwrap_or(if entry["group"].is_string() {
                "(limits of groups)"
            } else {
                "(bounds and rounding)"
            });
            let points = given
                .entry(line.to_owned())
                .or_insert_with(|| vec![0.0; leads.len()]);
            points[place] += entry["points"].as_f64().expect("points");
        }
    }
    let report = run(&scene, "report rules");
    let rows = table(&report, "rules");
    let triggered = rows.iter().filter(|row| row["leads"] != 0);
    assert_eq!(triggered.count(), given.len());
    for row in rows {
        let line = row["rule"]
            .as_str()
            .or(row["name"].as_str())
            .expect("a name");
        let none = vec![0.0; leads.len()];
        let points = given.get(line).unwrap_or(&none);
        let explained = covariance(points, &scores) / covariance(&scores, &scores);
        assert_near(row, "explained", Some(explained), 5);
        assert_near(row, "points", Some(points.iter().sum()), 3);
        let leads = points.iter().filter(|points| **points != 0.0).count();
        assert_eq!(row["leads"], leads, "{line}");
    }
}

#[test]
fn the_overview_counts_what_the_list_and_the_export_say() {
    let scene = Scene::sample();
    let leads = leads(&scene);
    let database = database(&scene);
    let won: Vec<String> = database
        .rows("SELECT contact_id FROM contacts WHERE outcome = 'won'")
        .iter()
        .map(|row| crate::database::text(&row[0]).to_owned())
        .collect();
    let is_won = |lead: &Value| won.iter().any(|id| lead["contact_id"] == id.as_str());
    let report = run(&scene, "report overview");
    for row in table(&report, "temperatures") {
        let its = leads
            .iter()
            .filter(|lead| lead["temperature"] == row["temperature"]);
        assert_eq!(row["leads"], its.clone().count());
        assert_eq!(row["won"], its.filter(|lead| is_won(lead)).count());
    }
    let stages = ["MQL", "SQL"];
    let passed = |stage: usize| {
        let of = |lead: &&Value| {
            let own = stages.iter().position(|name| lead["stage"] == *name);
            is_won(lead) || own.is_some_and(|own| own >= stage)
        };
        leads.iter().filter(of).count()
    };
    let steps: Vec<u64> = table(&report, "funnel")
        .iter()
        .map(|row| row["leads"].as_u64().expect("a count"))
        .collect();
    let expected = [leads.len(), passed(0), passed(1), won.len()];
    assert_eq!(steps, expected.map(|count| count as u64));
    for row in table(&report, "scores") {
        let end = |name: &str| row[name].as_f64().expect("an end");
        let within = |lead: &&Value| {
            let score = lead["score"].as_f64().expect("a score");
            (end("from")..=end("to")).contains(&score)
        };
        assert_eq!(row["leads"], leads.iter().filter(within).count(), "{row}");
    }
}

#[test]
fn blanks_and_missing_addresses_are_what_sql_counts() {
    let scene = Scene::sample();
    let database = database(&scene);
    let report = run(&scene, "report quality");
    let count = |condition: &str| {
        let sql = format!("SELECT count(*) FROM contacts WHERE {condition}");
        number(&database.cell(&sql))
    };
    let said_nothing = |column: &str| {
        let name = format!("coalesce(trim(\"{column}\"), '')");
        format!("{name} IN ('', '-', 'N/A', 'n/a', 'Select')")
    };
    for (name, header) in [
        ("email", "email"),
        ("phone", "phone"),
        ("budget", "property_details.price_max"),
        ("budget_confirmed", "budget_confirmed"),
        ("timeline", "timing.timeline_max"),
        ("location", "property_details.location"),
        ("closed_at", "closed_at"),
    ] {
        let rows = table(&report, "blanks").iter();
        let row = rows.clone().find(|row| row["column"] == name);
        let row = row.unwrap_or_else(|| panic!("no column {name}"));
        assert_near(row, "blank", count(&said_nothing(header)), 0);
    }
    let rows = table(&report, "checks").iter();
    let row = rows.clone().find(|row| row["check"] == "no_email");
    assert_near(
        row.expect("a check"),
        "leads",
        count(&said_nothing("email")),
        0,
    );
}
