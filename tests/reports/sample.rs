//! The sample data by a model with an outcome, stages and answers: each figure of the reports on channels, owners and
//! response once more in SQL.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::database::{Database, assert_near, number, table, text};
use crate::formulas::{beta_interval, findings, isotonic, p_value, prior_strength, wilson};
use crate::scene::Scene;

const MODEL: &str = r#"
timezone = "Europe/Madrid"
[contacts]
only = "type = 'lead'"
[events.types]
asked  = ["Inquiry", "Information Requested", "Viewing Requested"]
turned = ["Email Sent", "Call Made", "WhatsApp Sent"]
opened = "Email Opened"
viewed = "Property Viewed"
[signals]
opens  = { event = "opened", within = "365 days" }
homes  = { event = "viewed", within = "365 days" }
[[rules]]
name = "Opens"
signal = "opens"
points = 4
max = 30
[[rules]]
name = "Homes"
signal = "homes"
points = 5
max = 40
[[rules]]
name = "Budget"
when = "budget_confirmed = 'yes'"
points = 30
[temperatures]
hot  = { from = 70 }
warm = { from = 40 }
cold = { from = 0 }
[stages]
MQL = "score >= 30"
SQL = "score >= 60"
[outcome]
won   = "outcome = 'won'"
lost  = "outcome = 'lost'"
value = "deal_value"
days  = "days_since(created_at) - days_since(closed_at)"
[answers]
from = "asked"
to   = "turned"
"#;

const SPEND: &str = "Source,Amount spent (EUR)\nPortals,\"30,000.50\"\nwebsite,8000\nportals,29999.50\nRadio,1000\n";

const INPUTS: &str = "contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 -q --format json";

fn scene() -> Scene {
    Scene::sample()
        .with("model.toml", MODEL)
        .with("spend.csv", SPEND)
}

fn json(scene: &Scene, command: &str) -> Value {
    let output = scene.run(&format!("{command} {INPUTS}")).output();
    serde_json::from_str(&output).expect("JSON")
}

/// The contacts that are leads, with their score, temperature and stage; the events; and the waits for answers.
fn database(scene: &Scene) -> Database {
    let database = Database::new();
    database.add_csv("contacts", &scene.read("contacts.csv"));
    database.add_csv("events", &scene.read("events.csv"));
    let columns = "contact_id,score,temperature,stage";
    let list = scene.run(&format!(
        "score contacts.csv -e events.csv -m model.toml --as-of 2026-11-01 -q --format csv --columns {columns}"
    ));
    database.add_csv("list", &list.output());
    database.run(
        "CREATE TABLE leads AS
           SELECT c.*, CAST(l.score AS REAL) AS score, l.temperature, l.stage,
             coalesce(trim(c.\"lead.source\"), '(none)') AS channel,
             coalesce(c.outcome = 'won', 0) AS is_won, coalesce(c.outcome = 'lost', 0) AS is_lost,
             CASE WHEN c.outcome = 'won' THEN 2 WHEN l.stage = 'SQL' THEN 2 WHEN l.stage = 'MQL' THEN 1 ELSE 0 END AS passed,
             CAST(julianday(c.closed_at) - julianday(substr(c.created_at, 1, 10)) AS INTEGER) AS days
           FROM contacts c JOIN list l USING (contact_id);
         CREATE TABLE turns AS
           SELECT contact_id, event, unixepoch(timestamp) AS at, CAST(substr(timestamp, 12, 2) AS INTEGER) AS hour,
             (CAST(strftime('%w', substr(timestamp, 1, 10)) AS INTEGER) + 6) % 7 AS weekday
           FROM events JOIN leads USING (contact_id)
           WHERE unixepoch(timestamp) <= unixepoch('2026-11-01T23:59:59+01:00');
         CREATE TABLE asked AS SELECT * FROM turns WHERE event IN ('Inquiry', 'Information Requested', 'Viewing Requested');
         CREATE TABLE turned AS SELECT * FROM turns WHERE event IN ('Email Sent', 'Call Made', 'WhatsApp Sent');
         CREATE INDEX by_contact ON turned (contact_id, at);
         CREATE TABLE waits AS
           SELECT contact_id, min(at) AS asked, answered, hour, weekday,
             answered - min(at) AS seconds, unixepoch('2026-11-01T23:59:59+01:00') - min(at) AS age
           FROM (SELECT a.*, (SELECT min(t.at) FROM turned t WHERE t.contact_id = a.contact_id AND t.at >= a.at) AS answered
                 FROM asked a)
           GROUP BY contact_id, answered;
         CREATE TABLE first_waits AS
           SELECT w.* FROM waits w JOIN (SELECT contact_id, min(asked) AS asked FROM waits GROUP BY contact_id) f
             ON w.contact_id = f.contact_id AND w.asked = f.asked;",
    );
    database
}

#[test]
fn channels_are_what_sql_counts() {
    let scene = scene();
    let database = database(&scene);
    let report = json(&scene, "report channels --spend spend.csv");
    let rows = table(&report, "channels");
    let counted = database.rows(
        "SELECT channel, count(*), sum(temperature = 'hot'), sum(temperature = 'warm'), sum(temperature = 'cold'),
           sum(passed >= 1), sum(passed >= 2), sum(is_won),
           sum(CASE WHEN is_won THEN CAST(deal_value AS REAL) END)
         FROM leads GROUP BY channel
         UNION ALL SELECT '(all)', count(*), sum(temperature = 'hot'), sum(temperature = 'warm'), sum(temperature = 'cold'),
           sum(passed >= 1), sum(passed >= 2), sum(is_won),
           sum(CASE WHEN is_won THEN CAST(deal_value AS REAL) END)
         FROM leads",
    );
    assert_eq!(rows.len(), counted.len() + 1, "and one without leads");
    let all = number(&counted.last().expect("all")[1]).expect("a count");
    let of_channels = counted[..counted.len() - 1].iter();
    let groups: Vec<(f64, f64)> = of_channels
        .map(|row| {
            (
                number(&row[7]).expect("won"),
                number(&row[1]).expect("leads"),
            )
        })
        .collect();
    let won: f64 = groups.iter().map(|group| group.0).sum();
    let strength = prior_strength(&groups).expect("channels differ");
    assert!(won > 40.0, "the sample has wins");
    for counts in &counted {
        let channel = text(&counts[0]);
        let row = rows.iter().find(|row| row["channel"] == channel);
        let row = row.unwrap_or_else(|| panic!("no {channel}"));
        let count = |place: usize| number(&counts[place]);
        for (place, column) in
            (1..).zip(["leads", "hot", "warm", "cold", "mql", "sql", "won", "value"])
        {
            assert_near(row, column, count(place), 6);
        }
        let at = |place: usize| count(place).expect("a count");
        assert_near(row, "share", Some(at(1) / all), 4);
        for (rate, part, whole) in [
            ("mql_rate", 5, 1),
            ("sql_rate", 6, 5),
            ("close_rate", 7, 6),
            ("won_rate", 7, 1),
        ] {
            let interval = wilson(at(part), at(whole));
            assert_near(row, rate, interval.map(|_| at(part) / at(whole)), 4);
            assert_near(row, &format!("{rate}_low"), interval.map(|ends| ends.0), 4);
            assert_near(row, &format!("{rate}_high"), interval.map(|ends| ends.1), 4);
        }
        let median = database.rows(&format!(
            "WITH d AS (SELECT days, row_number() OVER (ORDER BY days) AS place, count(*) OVER () AS of FROM leads
               WHERE is_won AND days >= 0 AND (channel = '{channel}' OR '{channel}' = '(all)'))
             SELECT days FROM d WHERE place = (of + 1) / 2"
        ));
        assert_near(
            row,
            "days_to_won",
            median.first().and_then(|row| number(&row[0])),
            6,
        );
        if channel != "(all)" {
            let (a, b) = (
                won / all * strength + at(7),
                (1.0 - won / all) * strength + at(1) - at(7),
            );
            let (low, high) = beta_interval(a, b);
            assert_near(row, "won_rate_shrunk", Some(a / (a + b)), 4);
            assert_near(row, "won_rate_shrunk_low", Some(low), 3);
            assert_near(row, "won_rate_shrunk_high", Some(high), 3);
        }
        let spend = match channel {
            "Portals" => Some(60_000.0),
            "Website" => Some(8_000.0),
            "(all)" => Some(69_000.0),
            _ => None,
        };
        assert_near(row, "spend", spend, 6);
        for (cost, place) in [("lead", 1), ("hot", 2), ("mql", 5), ("sql", 6), ("won", 7)] {
            let each = spend
                .filter(|_| at(place) > 0.0)
                .map(|spend| spend / at(place));
            assert_near(row, &format!("cost_per_{cost}"), each, 2);
        }
        let back = spend.zip(count(8)).map(|(spend, value)| value / spend);
        assert_near(row, "return", back, 2);
    }
    let radio = &rows[rows.len() - 2];
    assert_eq!(
        (&radio["channel"], &radio["leads"]),
        (&"Radio".into(), &0.into())
    );
}

#[test]
fn answers_of_owners_are_what_sql_counts() {
    let scene = scene();
    let database = database(&scene);
    let report = json(&scene, "report owners");
    let rows = table(&report, "owners");
    let owners = database
        .rows("SELECT coalesce(owner_email, '(nobody)'), count(*) FROM leads GROUP BY owner_email");
    assert_eq!(rows.len(), owners.len());
    for owner in &owners {
        let name = text(&owner[0]);
        let row = rows
            .iter()
            .find(|row| row["owner"] == name)
            .expect("the owner");
        assert_near(row, "leads", number(&owner[1]), 6);
        let of = format!(
            "first_waits JOIN leads USING (contact_id) WHERE coalesce(owner_email, '(nobody)') = '{name}'"
        );
        answers(&database, row, &of);
        let untouched = database.cell(&format!(
            "SELECT count(*) FROM leads l WHERE coalesce(owner_email, '(nobody)') = '{name}' AND temperature = 'hot'
               AND NOT is_won AND NOT is_lost
               AND (NOT EXISTS (SELECT 1 FROM turned t WHERE t.contact_id = l.contact_id
                                AND unixepoch('2026-11-01T23:59:59+01:00') - t.at < 7 * 86400)
                    OR EXISTS (SELECT 1 FROM waits w WHERE w.contact_id = l.contact_id AND w.answered IS NULL))"
        ));
        assert_near(row, "untouched", number(&untouched), 6);
    }
}

/// The figures of answers, over waits that SQL names.
#[track_caller]
fn answers(database: &Database, row: &Value, of: &str) {
    let count =
        |filter: &str| number(&database.cell(&format!("SELECT count(*) FROM {of} AND {filter}")));
    assert_near(row, "asked", count("1"), 6);
    assert_near(row, "answered", count("answered IS NOT NULL"), 6);
    assert_near(row, "never", count("answered IS NULL AND age >= 86400"), 6);
    assert_near(row, "waiting", count("answered IS NULL AND age < 86400"), 6);
    for (column, minutes) in [
        ("within_5m", 5),
        ("within_15m", 15),
        ("within_30m", 30),
        ("within_1h", 60),
        ("within_4h", 240),
        ("within_24h", 1440),
    ] {
        let limit = minutes * 60;
        let soon = count(&format!("seconds <= {limit}")).expect("a count");
        let whole = count(&format!("(answered IS NOT NULL OR age >= {limit})")).expect("a count");
        assert_near(row, column, (whole > 0.0).then(|| soon / whole), 4);
    }
    for (column, per_cent) in [("median", 50), ("p90", 90)] {
        let quantile = database.rows(&format!(
            "WITH w AS (SELECT seconds, row_number() OVER (ORDER BY seconds IS NULL, seconds) AS place,
                          count(*) OVER () AS of
                        FROM (SELECT seconds FROM {of} AND (answered IS NOT NULL OR age >= 86400)))
             SELECT seconds / 60.0 FROM w WHERE place = (of * {per_cent} + 99) / 100"
        ));
        let minutes = quantile.first().and_then(|row| number(&row[0]));
        assert_near(row, column, minutes, 1);
    }
}

#[test]
fn verdicts_on_owners_follow_from_the_chances_of_their_scores() {
    let scene = scene();
    let database = database(&scene);
    let report = json(&scene, "report owners");
    let rows = table(&report, "owners");
    let by_score = database.rows(
        "SELECT score, sum(is_won), count(*) FROM leads
         WHERE owner_email IS NOT NULL AND (is_won OR is_lost) GROUP BY score ORDER BY score",
    );
    let groups: Vec<(f64, f64)> = by_score
        .iter()
        .map(|row| {
            (
                number(&row[1]).expect("won"),
                number(&row[2]).expect("leads"),
            )
        })
        .collect();
    let fit = isotonic(&groups);
    let chances: BTreeMap<String, f64> = by_score
        .iter()
        .map(|row| format!("{:?}", row[0]))
        .zip(fit)
        .collect();
    let mut judged = Vec::new();
    let mut expected_of_all = 0.0;
    for row in rows.iter().filter(|row| row["owner"] != "(nobody)") {
        let name = row["owner"].as_str().expect("a name");
        let leads = database.rows(&format!(
            "SELECT score, is_won FROM leads WHERE owner_email = '{name}' AND (is_won OR is_lost)"
        ));
        let of_leads: Vec<f64> = leads
            .iter()
            .map(|lead| chances[&format!("{:?}", lead[0])])
            .collect();
        let won = leads
            .iter()
            .filter(|lead| number(&lead[1]) == Some(1.0))
            .count();
        let expected: f64 = of_leads.iter().sum();
        expected_of_all += expected;
        #[allow(clippy::cast_precision_loss)]
        let (hits, trials) = (won as f64, leads.len() as f64);
        assert_near(row, "judged", Some(trials), 6);
        assert_near(row, "won", Some(hits), 6);
        assert_near(row, "expected", Some(expected), 1);
        assert_near(row, "ratio", Some(hits / expected), 2);
        let p = p_value(won, &of_leads);
        // Beyond 150 leads the program approximates.
        assert_near(
            row,
            "p_value",
            Some(p),
            if leads.len() <= 150 { 5 } else { 2 },
        );
        let (low, high) = (
            row["ratio_low"].as_f64().expect("an end"),
            row["ratio_high"].as_f64().expect("an end"),
        );
        assert!(
            low <= hits / expected + 0.005 && hits / expected <= high + 0.005,
            "{row}"
        );
        if (p - 0.05).abs() > 0.01 {
            assert_eq!(low > 1.0 || high < 1.0, p < 0.05, "{row}");
        }
        if expected >= 5.0 && trials - expected >= 5.0 {
            judged.push((row, p, hits > expected));
        } else {
            assert_eq!(row["verdict"], "too few to say", "{row}");
        }
    }
    let won = database.cell("SELECT sum(is_won) FROM leads WHERE owner_email IS NOT NULL");
    assert!((expected_of_all - number(&won).expect("won")).abs() < 1e-6);
    assert!(judged.len() >= 3, "the sample has owners to judge");
    let p_values: Vec<f64> = judged.iter().map(|(_, p, _)| *p).collect();
    for ((row, _, is_more), is_found) in judged.iter().zip(findings(&p_values)) {
        let verdict = match (is_found, is_more) {
            (false, _) => "as expected",
            (true, true) => "better than their leads",
            (true, false) => "worse than their leads",
        };
        assert_eq!(row["verdict"], verdict, "{row}");
    }
}

#[test]
fn response_is_what_sql_counts() {
    let scene = scene();
    let database = database(&scene);
    let report = json(&scene, "report response");
    let rows = table(&report, "response");
    answers(&database, &rows[0], "waits WHERE 1");
    answers(&database, &rows[1], "first_waits WHERE 1");
    let share = |of: &str| {
        let soon =
            number(&database.cell(&format!("SELECT count(*) FROM {of} AND seconds <= 3600")));
        let whole = number(&database.cell(&format!(
            "SELECT count(*) FROM {of} AND (answered IS NOT NULL OR age >= 3600)"
        )));
        whole
            .filter(|whole| *whole > 0.0)
            .and_then(|whole| soon.map(|soon| soon / whole))
    };
    for (hour, row) in table(&report, "by_hour").iter().enumerate() {
        let of = format!("waits WHERE hour = {hour}");
        let asked = database.cell(&format!("SELECT count(*) FROM {of}"));
        assert_eq!(row["hour"], format!("{hour:02}"));
        assert_near(row, "asked", number(&asked), 6);
        assert_near(row, "within_1h", share(&of), 4);
    }
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    for (day, row) in table(&report, "by_weekday").iter().enumerate() {
        let of = format!("waits WHERE weekday = {day}");
        let asked = database.cell(&format!("SELECT count(*) FROM {of}"));
        assert_eq!(
            row["weekday"].as_str().expect("a day").to_lowercase(),
            days[day]
        );
        assert_near(row, "asked", number(&asked), 6);
        assert_near(row, "within_1h", share(&of), 4);
    }
    for (hour, row) in table(&report, "by_weekday_and_hour").iter().enumerate() {
        for (day, name) in days.iter().enumerate() {
            let of = format!("waits WHERE weekday = {day} AND hour = {hour}");
            assert_near(row, name, share(&of), 4);
        }
    }
    let bands = [
        (0, 300),
        (300, 900),
        (900, 3600),
        (3600, 14400),
        (14400, 86400),
        (86400, i64::MAX),
    ];
    let speeds = table(&report, "won_by_speed");
    for ((over, up_to), row) in bands.into_iter().zip(speeds) {
        let from = if over == 0 { -1 } else { over };
        let counts = database.rows(&format!(
            "SELECT count(*), coalesce(sum(is_won), 0) FROM first_waits JOIN leads USING (contact_id)
             WHERE seconds > {from} AND seconds <= {up_to}"
        ));
        assert_near(row, "leads", number(&counts[0][0]), 6);
        assert_near(row, "won", number(&counts[0][1]), 6);
    }
    assert_eq!(speeds.len(), bands.len() + 1);
}
