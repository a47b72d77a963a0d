//! The sales pipeline of Maven: 8,800 opportunities of 30 agents with a pipeline, 4,238 won and 2,473 lost.

use std::collections::BTreeMap;

use crate::reading::folder;
use crate::reports::{Row, assert_near, days_between, lower_median, real, report, row, rows};
use crate::scene::Scene;

const MODEL: &str = "\
[contacts.columns]
id     = \"opportunity_id\"
owner  = \"sales_agent\"
source = \"product\"
[[rules]]
name = \"Dear products\"
when = \"source IN ('GTK 500', 'GTX Plus Pro')\"
points = 50
[stages]
Engaged = \"engage_date IS NOT NULL\"
[outcome]
won   = \"deal_stage = 'Won'\"
lost  = \"deal_stage = 'Lost'\"
value = \"close_value\"
days  = \"days_since(engage_date) - days_since(close_date)\"
";

const INPUT: &str = "pipeline.csv -m model.toml --as-of 2018-01-01";

fn scene() -> (Scene, Vec<Row>) {
    let path = folder("MAVEN_CRM").join("sales_pipeline.csv");
    let text = std::fs::read_to_string(&path).expect("the pipeline is there");
    let scene = Scene::empty()
        .with("model.toml", MODEL)
        .with("pipeline.csv", text);
    (scene, rows(&path))
}

fn is_won(row: &Row) -> bool {
    row["deal_stage"] == "Won"
}

#[test]
#[ignore = "needs the pipeline of Maven in the folder that MAVEN_CRM names"]
fn products_are_those_counted_here() {
    let (scene, all) = scene();
    let report = report(&scene, &format!("channels {INPUT}"));
    let mut products: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for opportunity in &all {
        products
            .entry(&opportunity["product"])
            .or_default()
            .push(opportunity);
        products.entry("(all)").or_default().push(opportunity);
    }
    assert_eq!(products["(all)"].len(), 8800);
    for (name, rows) in &products {
        let row = row(&report, "channels", "channel", name);
        let won: Vec<&&Row> = rows.iter().filter(|row| is_won(row)).collect();
        let engaged = rows
            .iter()
            .filter(|row| !row["engage_date"].is_empty())
            .count();
        let value = won
            .iter()
            .map(|row| row["close_value"].parse::<i64>().expect("a value"));
        let days = won
            .iter()
            .map(|row| days_between(&row["engage_date"], &row["close_date"]));
        assert_near(row, "leads", real(rows.len()), 6);
        assert_near(row, "engaged", real(engaged), 6);
        assert_near(row, "engaged_rate", real(engaged) / real(rows.len()), 4);
        assert_near(row, "won", real(won.len()), 6);
        assert_near(row, "close_rate", real(won.len()) / real(engaged), 4);
        assert_eq!(row["value"].as_i64(), Some(value.sum()), "{name}");
        let median = lower_median(&days.collect::<Vec<i64>>());
        assert_eq!(row["days_to_won"].as_i64(), median, "{name}");
    }
    assert_eq!(
        products["(all)"].iter().filter(|row| is_won(row)).count(),
        4238
    );
}

#[test]
#[ignore = "needs the pipeline of Maven in the folder that MAVEN_CRM names"]
fn agents_are_compared_with_the_win_rates_of_their_scores() {
    let (scene, all) = scene();
    let report = report(&scene, &format!("owners {INPUT}"));
    let decided: Vec<&Row> = all
        .iter()
        .filter(|row| is_won(row) || row["deal_stage"] == "Lost")
        .collect();
    assert_eq!(decided.len(), 4238 + 2473);
    let is_dear = |row: &Row| ["GTK 500", "GTX Plus Pro"].contains(&row["product"].as_str());
    let rate = |is_meant: &dyn Fn(&Row) -> bool| {
        let meant: Vec<&&Row> = decided.iter().filter(|row| is_meant(row)).collect();
        real(meant.iter().filter(|row| is_won(row)).count()) / real(meant.len())
    };
    // Two scores: if the higher one wins less, both have the rate of all.
    let (dear, cheap) = (rate(&is_dear), rate(&|row| !is_dear(row)));
    let whole = rate(&|_| true);
    let chance = |row: &Row| match (dear >= cheap, is_dear(row)) {
        (false, _) => whole,
        (true, true) => dear,
        (true, false) => cheap,
    };
    let mut agents: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &decided {
        agents.entry(&row["sales_agent"]).or_default().push(row);
    }
    assert_eq!(
        report["tables"]["owners"].as_array().map(Vec::len),
        Some(agents.len())
    );
    let mut expected_of_all = 0.0;
    let mut p_values: Vec<(f64, &str)> = Vec::new();
    for (name, rows) in &agents {
        let row = row(&report, "owners", "owner", name);
        let won = rows.iter().filter(|row| is_won(row)).count();
        let expected: f64 = rows.iter().map(|row| chance(row)).sum();
        expected_of_all += expected;
        let held = all.iter().filter(|row| row["sales_agent"] == *name).count();
        assert_near(row, "leads", real(held), 6);
        assert_near(row, "judged", real(rows.len()), 6);
        assert_near(row, "won", real(won), 6);
        assert_near(row, "expected", expected, 1);
        assert_near(row, "ratio", real(won) / expected, 2);
        // One opportunity after the other, the chances of so many wins.
        let mut chances = vec![1.0];
        for row in rows {
            let chance = chance(row);
            let mut next = vec![0.0; chances.len() + 1];
            for (wins, probability) in chances.iter().enumerate() {
                next[wins] += probability * (1.0 - chance);
                next[wins + 1] += probability * chance;
            }
            chances = next;
        }
        let tails: [f64; 2] = [chances[..=won].iter().sum(), chances[won..].iter().sum()];
        let p = (2.0 * tails[0].min(tails[1])).min(1.0);
        let decimals = if rows.len() <= 150 { 5 } else { 3 };
        assert_near(row, "p_value", p, decimals);
        p_values.push((p, name));
    }
    assert!((expected_of_all - 4238.0).abs() < 1e-6, "{expected_of_all}");
    p_values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let steps = (1..).zip(&p_values);
    let met = steps.filter(|(step, (p, _))| *p <= 0.05 * real(*step) / real(p_values.len()));
    let found = met.last().map_or(0, |(step, _)| step);
    for (place, (_, name)) in p_values.iter().enumerate() {
        let verdict = row(&report, "owners", "owner", name)["verdict"].as_str();
        assert_eq!(
            verdict == Some("as expected"),
            place >= found,
            "{name}: {verdict:?}"
        );
    }
}
