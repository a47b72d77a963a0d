//! What is set by hand, in columns and in a file.

use super::{Row, Scored, inputs, ledger, row, score_leads};
use crate::reference::Inputs;

const MODEL: &str = r#"
[[rules]]
name = "Points"
column = "points"
points = 1
[temperatures.cold]
from = 0
[temperatures.hot]
from = 60
tag = "Hot Lead"
requires = ["never"]
[checklist]
never = { when = "FALSE" }
[disqualify]
rival = "score = 13"
[overrides]
score = "set_score"
temperature = "set_temperature"
exclude = "leave_out"
until = "until"
"#;

fn contact(points: &str, score: &str, temperature: &str, exclude: &str, until: &str) -> Row {
    row(&[
        ("contact_id", "a"),
        ("Points", points),
        ("Set Score", score),
        ("Set Temperature", temperature),
        ("Leave Out", exclude),
        ("Until", until),
    ])
}

fn plain(points: &str) -> Row {
    contact(points, "", "", "", "")
}

fn override_row(action: &str, value: &str, until: &str) -> Row {
    row(&[
        ("contact_id", "a"),
        ("action", action),
        ("value", value),
        ("until", until),
        ("by", ""),
        ("reason", ""),
    ])
}

fn one(contact: Row, overrides: &[Row]) -> Scored {
    let contacts = [contact];
    let inputs = Inputs {
        overrides,
        ..inputs(MODEL, &contacts, &[])
    };
    score_leads(&inputs).remove(0)
}

#[test]
fn a_score_is_set_then_added_to_then_lifted_then_lowered_then_bounded() {
    let rows = [
        override_row("score", "50", ""),
        override_row("add", "-10", "2026-11-01"),
        override_row("add", "-10", "2026-11-02"),
        override_row("add", "-10", "2026-11-02"),
        override_row("add", "99", "2026-10-31"),
        override_row("floor", "31", ""),
        override_row("floor", "40", ""),
        override_row("ceiling", "35", ""),
        override_row("ceiling", "70", ""),
    ];
    let lead = one(plain("20"), &rows);
    assert_eq!(
        ledger(&lead),
        [
            ("rule:points", 20_000),
            ("override:score", 30_000),
            ("override:add", -20_000),
            ("override:floor", 10_000),
            ("override:ceiling", -5_000)
        ]
    );
    assert_eq!(lead.score, "35");
    let lead = one(plain("20"), &[override_row("add", "300", "")]);
    assert_eq!(
        (lead.score.as_str(), lead.total_thousandths),
        ("100", 100_000)
    );
}

#[test]
fn a_temperature_set_by_hand_asks_for_nothing_and_the_computed_one_stays_beside_it() {
    for spelling in ["hot", " HOT LEAD "] {
        let lead = one(contact("20", "", spelling, "", "2026-11-01"), &[]);
        assert_eq!(lead.temperature, "hot");
        assert_eq!(lead.computed_temperature, "cold");
        assert!(lead.is_overridden);
    }
    for lead in [
        contact("20", "", "hot", "", "2026-10-31"),
        contact("20", "", "hot", "", "soon"),
        contact("20", "", "tepid", "", ""),
        contact("20", "abc", "", "no", ""),
    ] {
        let lead = one(lead, &[]);
        assert_eq!(
            (lead.temperature.as_str(), lead.is_overridden),
            ("cold", false)
        );
    }
}

#[test]
fn the_file_replaces_the_column_of_one_action_while_it_is_in_force() {
    let by_column = contact("20", "70", "hot", "", "");
    let lead = one(by_column.clone(), &[override_row("score", "10", "")]);
    assert_eq!(
        (lead.score.as_str(), lead.temperature.as_str()),
        ("10", "hot")
    );
    let lead = one(
        by_column.clone(),
        &[override_row("temperature", "cold", "")],
    );
    assert_eq!(
        (lead.score.as_str(), lead.temperature.as_str()),
        ("70", "cold")
    );
    let lead = one(by_column, &[override_row("score", "10", "2026-10-31")]);
    assert_eq!(lead.score, "70");
}

#[test]
fn an_excluded_lead_is_disqualified_by_hand_and_an_override_never_undoes_a_condition() {
    let by_column = contact("20", "", "", "yes", "");
    assert_eq!(
        one(by_column, &[]).disqualified.as_deref(),
        Some("excluded")
    );
    let lead = one(plain("20"), &[override_row("exclude", "", "")]);
    assert_eq!(lead.disqualified.as_deref(), Some("excluded"));
    assert_eq!((lead.score.as_str(), lead.rank), ("0", None));
    assert_eq!(
        ledger(&lead),
        [("rule:points", 20_000), ("disqualified", -20_000)]
    );
    let rows = [override_row("temperature", "hot", "")];
    let lead = one(plain("13"), &rows);
    assert_eq!(lead.disqualified.as_deref(), Some("rival"));
    assert_eq!(
        (
            lead.temperature.as_str(),
            lead.computed_temperature.as_str()
        ),
        ("cold", "cold")
    );
}
