//! What a score makes of a lead: temperature, disqualification, stage, grade and route.

use super::{Row, Scored, inputs, ledger, row, score_leads};
use crate::reference::Inputs;

/// The score is the `points` of the contact, and a bit for one that fits. A
/// column is called like a word of the language.
const MODEL: &str = r#"
[groups.fit]
max = 30
[groups.mail]
[[rules]]
name = "Points"
column = "points"
points = 1
group = "mail"
[[rules]]
name = "Fits"
when = "fits"
points = 20.5
group = "fit"
[temperatures.cold]
from = 0
[temperatures.warm]
from = 30
keep = 25
[temperatures.hot]
from = 60
keep = 50.5
requires = ["called"]
[checklist]
called = { when = "called", label = "We spoke" }
fits = { when = "groups.fit > 20" }
[disqualify]
rival = "\"Stage\" = 'rival'"
silly = "checklist.called AND temperature = 'cold'"
[stages]
Lead = "TRUE"
MQL = "score >= 40 AND checklist.fits"
Odd = "temperature = 'hot' AND NOT checklist.fits"
[grades.behaviour]
of = "mail"
1 = 50
2 = 30
[grades.fit]
of = ["fit", "mail"]
A = 80.5
C = 10
[[routes]]
to = "Sales"
when = "stage IN ('MQL', 'Odd')"
assign = ["anna", "bram"]
[[routes]]
to = "Nurture"
when = "points IS NOT NULL"
"#;

fn contact(id: &str, points: &str, fits: &str, called: &str, stage: &str) -> Row {
    row(&[
        ("contact_id", id),
        ("Points", points),
        ("Fits", fits),
        ("Called", called),
        ("Stage", stage),
    ])
}

fn leads(contacts: &[Row], previous: &[Row]) -> Vec<Scored> {
    score_leads(&Inputs {
        previous,
        ..inputs(MODEL, contacts, &[])
    })
}

fn one(contact: Row, previous: &[Row]) -> Scored {
    leads(&[contact], previous).remove(0)
}

fn previous(score: &str, temperature: &str, computed: &str) -> [Row; 1] {
    [row(&[
        ("contact_id", "a"),
        ("score", score),
        ("temperature", temperature),
        ("computed_temperature", computed),
    ])]
}

#[test]
fn the_last_stage_that_holds_and_the_best_marks_that_are_reached_are_taken() {
    let lead = one(contact("a", "60", "yes", "yes", ""), &[]);
    // 60 of mail are a 1; 80.5 of mail and fit are an A.
    assert_eq!(
        (lead.score.as_str(), lead.temperature.as_str()),
        ("81", "hot")
    );
    assert_eq!(lead.stage.as_deref(), Some("MQL"));
    assert_eq!(lead.grade.as_deref(), Some("A1"));
    let lead = one(contact("a", "60", "", "yes", ""), &[]);
    assert_eq!(lead.stage.as_deref(), Some("Odd"));
    assert_eq!(lead.grade.as_deref(), Some("C1"));
    assert_eq!(lead.missing, ["fits"]);
    // Below the last mark that is given come D and 4.
    let lead = one(contact("a", "9.999", "", "", ""), &[]);
    assert_eq!(lead.grade.as_deref(), Some("D4"));
    assert_eq!(lead.stage.as_deref(), Some("Lead"));
    assert_eq!(lead.missing, ["We spoke", "fits"]);
}

#[test]
fn a_lead_keeps_the_temperature_that_it_had_down_to_its_keep() {
    let temperature = |points: &str, called: &str, before: &[Row]| {
        one(contact("a", points, "", called, ""), before).temperature
    };
    let hot = previous("80", "hot", "");
    assert_eq!(temperature("51", "yes", &hot), "hot");
    assert_eq!(temperature("51", "yes", &[]), "warm");
    assert_eq!(temperature("50", "yes", &hot), "warm");
    // Kept, but for what it requires; and only the one that it had counts.
    assert_eq!(temperature("51", "", &hot), "warm");
    assert_eq!(temperature("27", "", &hot), "cold");
    assert_eq!(temperature("27", "", &previous("30", "warm", "")), "warm");
    // A hotter one fits.
    assert_eq!(temperature("60", "yes", &previous("30", "warm", "")), "hot");
    // What was worked out counts before what was set by hand.
    assert_eq!(
        temperature("27", "", &previous("30", "hot", "warm")),
        "warm"
    );
}

#[test]
fn the_change_since_the_run_before_is_empty_for_a_new_lead() {
    let lead = one(contact("a", "51", "", "", ""), &previous("62.5", "hot", ""));
    assert_eq!(lead.previous_score.as_deref(), Some("62.5"));
    assert_eq!(lead.change.as_deref(), Some("-11.5"));
    let lead = one(contact("b", "51", "", "", ""), &previous("62.5", "hot", ""));
    assert_eq!((lead.previous_score, lead.change), (None, None));
}

#[test]
fn a_disqualified_lead_keeps_its_checklist_and_comes_last_with_nothing() {
    let contacts = [
        contact("a", "70", "yes", "yes", "rival"),
        contact("b", "1", "", "", ""),
        contact("c", "", "", "yes", ""),
    ];
    let leads = leads(&contacts, &[]);
    let order: Vec<_> = leads
        .iter()
        .map(|lead| (lead.id.as_str(), lead.rank))
        .collect();
    assert_eq!(order, [("b", Some(1)), ("a", None), ("c", None)]);
    let rival = &leads[1];
    assert_eq!(rival.disqualified.as_deref(), Some("rival"));
    assert_eq!(
        (rival.score.as_str(), rival.temperature.as_str()),
        ("0", "cold")
    );
    assert_eq!(
        (&rival.stage, &rival.grade, &rival.route),
        (&None, &None, &None)
    );
    assert!(rival.checklist.iter().all(|(_, is_met)| *is_met));
    assert_eq!(
        ledger(rival),
        [
            ("rule:points", 70_000),
            ("rule:fits", 20_500),
            ("score", 500),
            ("disqualified", -91_000)
        ]
    );
    assert_eq!(leads[2].disqualified.as_deref(), Some("silly"));
}

#[test]
fn the_leads_of_a_route_are_assigned_in_turn_by_rank() {
    let contacts = [
        contact("low", "45", "yes", "", ""),
        contact("mid", "50", "yes", "", ""),
        contact("top", "65", "yes", "", ""),
        contact("other", "1", "", "", ""),
        contact("unknown", "", "", "", ""),
    ];
    let leads = leads(&contacts, &[]);
    let routes: Vec<_> = leads
        .iter()
        .map(|lead| {
            (
                lead.id.as_str(),
                lead.route.as_deref(),
                lead.assigned_to.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        routes,
        [
            ("top", Some("Sales"), Some("anna")),
            ("mid", Some("Sales"), Some("bram")),
            ("low", Some("Sales"), Some("anna")),
            ("other", Some("Nurture"), None),
            ("unknown", None, None),
        ]
    );
}
